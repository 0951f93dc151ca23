"""Faults in the municipality's own explanations; the package as committed has none, so each case adds rows."""

from __future__ import annotations

from pathlib import Path

from hsc_geo.domain.problems import Problem
from tests.data.cases import case
from tests.data.editing import read, write

FILE = "explanations.csv"
SOUND = {
    "explanation_id": "noord-1",
    "area_code": "WK054603",
    "indicator_id": "50090NED-Overgewicht",
    "text_nl": "Meer ouderen dan elders.",
    "text_en": "More older people than elsewhere.",
    "office": "Team Gezondheid",
    "contact_url": "mailto:gezondheid@leiden.example",
    "date": "2026-01-31",
    "source_url": "",
}


def add(folder: Path, **cells: str) -> int:
    """Add a row that is sound but for these cells; gives its number, the header being row 1."""
    header, *rows = read(folder, FILE)
    row = {**SOUND, "explanation_id": f"noord-{len(rows) + 1}", **cells}
    write(folder, FILE, [header, *rows, [row[name] for name in header]])
    return len(rows) + 2


@case("explanation-place")
def contact_that_is_no_address_of_an_office(folder: Path) -> list[Problem]:
    bad = [
        "javascript:alert(1)",
        "071-5165165",
        "mailto:",
        "mailto:a b@x.nl",
        "mailto:x@y",
        "http:/leiden.nl",
    ]
    bad += ["mailto:a@leiden.nl?bcc=b@evil.example", "MAILTO:a@leiden.nl"]
    good = ["https://gemeente.leiden.nl/contact", "mailto:wijk.noord@leiden.nl", "mailto:a+b@post.leiden.nl"]
    for address in good:
        add(folder, contact_url=address)
    mend = "give an https:// address or mailto: with a mailbox"
    return [Problem(FILE, add(folder, contact_url=each), "contact_url", each, mend) for each in bad]


@case("explanation-place")
def explanation_of_the_city(folder: Path) -> list[Problem]:
    add(folder, area_code="BU05460000")
    row = add(folder, area_code="GM0546")
    return [Problem(FILE, row, "area_code", "GM0546", "is a municipality: give a district or neighbourhood")]


@case("reference-unknown")
def explanation_of_what_is_not_there(folder: Path) -> list[Problem]:
    add(folder, indicator_id="")
    row = add(folder, area_code="WK999999", indicator_id="50090NED-Niets")
    return [
        Problem(FILE, row, "area_code", "WK999999", "no such area_code in areas.csv; correct or add it"),
        Problem(
            FILE,
            row,
            "indicator_id",
            "50090NED-Niets",
            "no such indicator_id in indicators.csv; correct or add it",
        ),
    ]


@case("value-missing")
def explanation_without_an_office(folder: Path) -> list[Problem]:
    return [Problem(FILE, add(folder, office=""), "office", "", "fill in: Office that gave it.")]


@case("html-in-text")
def explanation_with_html(folder: Path) -> list[Problem]:
    text = "Kom langs <script>alert(1)</script>"
    row = add(folder, text_nl=text)
    return [Problem(FILE, row, "text_nl", text, "remove the HTML; write plain text")]
