"""Fresh figures in the review: what a report says in words, and that the part shows the report that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from hsc_geo.data import refresh_report as told
from hsc_geo.data.load import Package
from hsc_geo.domain.problems import Problem
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review import fresh
from hsc_geo.views.review.choices import FRESH_LISTS

SCRIPT = "<script>alert(1)</script>"
AT = "2026-11-30T13:05:00+00:00"


@pytest.fixture
def n(package: Package) -> Callable[[str], Names]:
    moment = datetime(2026, 11, 30, 14, tzinfo=UTC)
    return lambda language="en": Names(package, Words(language), moment.date(), moment)


@pytest.fixture
def report(package: Package) -> told.RefreshReport:
    return told.RefreshReport(
        AT,
        "GM0546",
        "Leiden",
        package.snapshot,
        "0123456789ab",
        False,
        (
            told.Retrieved(
                "50150NED", SCRIPT, "2026-08-01", "StatLine OData", AT, "dataderden.cbs.nl", 8, "f" * 64
            ),
        ),
        (
            told.AreaChange("BU05460302", "De Kooi", "gone", "BU05460390 60%, BU05460391 40%"),
            told.AreaChange("BU05460390", "De Kooi West", "added"),
            told.AreaChange("BU05460301", "Groenoord", "renamed", "Groenoord-Noord"),
            told.AreaChange("BU05460301", "Groenoord", "moved", moved_m2=1234.6),
        ),
        (
            told.ColumnChange("50150NED", "Schermtijd_58", "Schermtijd", "uren", "new"),
            told.ColumnChange("50150NED", "", "", "", "missing", "Eenzaam"),
            told.ColumnChange("50150NED", "Roker_3", "Rokers", "%", "other_name", "RooktTabak"),
        ),
        (
            told.SeriesChange("50150NED-Eenzaam", 2024, "18plus", 1, 2, 0, 3, 1, 0, 60, 1.5),
            told.SeriesChange("99999NED-Nieuw", 2025, "all", 5, 0, 0, 0, 0, 0, 0, None),
        ),
        (
            told.ValueChange(
                "BU05460000", "50150NED-Eenzaam", 2024, "18plus", 41.0, "present", 42.5, "present"
            ),
            told.ValueChange(
                "BU05460001", "50150NED-Eenzaam", 2024, "18plus", 40.0, "present", None, "suppressed"
            ),
            told.ValueChange("BU05460302", "99999NED-Nieuw", 2025, "all", 7.0, "present", None, ""),
        ),
        (told.NewerTable("50150NED", "50199NED", "Gezondheid 2026"),),
        (),
    )


def test_no_report_says_how_to_make_one(n: Any) -> None:
    assert fresh.sentences(n(), None) == [
        "Nobody has looked for fresh figures yet.",
        "The administrator of the server does so with: python -m hsc_geo data refresh",
    ]


def test_the_answer_in_sentences(n: Any, report: told.RefreshReport) -> None:
    assert fresh.sentences(n(), report) == [
        "Fetched on 30 November 2026, 14:05.",
        "Areas that differ: 3. Figures: 6 new, 3 with another value, 1 no longer there, 60 with a new margin.",
        "Nothing was written. The administrator does so with: python -m hsc_geo data refresh --write",
        "There is a newer table than 50150NED: 50199NED, Gezondheid 2026.",
    ]
    assert fresh.sentences(n("nl"), report)[1].startswith("Gebieden die anders zijn: 3. Cijfers: 6 nieuw")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            {"problems": (Problem("venues.csv", 2, "area_code", "BU05460302", "x"),)},
            "1 thing stands in the way",
        ),
        ({"before": "x"}, "The data of the site are others by now"),
        ({"written": True}, "It was written. The site shows other data"),
    ],
)
def test_whether_it_can_be_written(n: Any, report: told.RefreshReport, change: Any, said: str) -> None:
    assert said in fresh.state_text(n(), replace(report, **change))


def test_written_and_shown(n: Any, report: told.RefreshReport) -> None:
    shown = replace(report, written=True, after=report.before)
    assert fresh.state_text(n(), shown) == "It was written. The site shows it."
    same = replace(report, areas=(), series=())
    assert fresh.changes_text(Words("en"), same) == "No area and no figure differs."


def test_the_lists(n: Any, report: told.RefreshReport) -> None:
    made = {which: fresh.listing(n(), report, which) for which in FRESH_LISTS}
    cells = {which: [list(row.cells) for row in each.rows] for which, each in made.items()}
    name = f"{n().indicator('50150NED-Eenzaam')} (50150NED)"
    change = "1 new, 2 new without a value, 3 with another value, 1 no longer published, 60 with a new margin"
    assert cells["figures"] == [
        [name, n().moment(2024, "18plus"), f"{change}, largest difference 1.5"],
        ["99999NED-Nieuw", "2025", "5 new"],
    ]
    assert [row[-2:] for row in cells["values"]] == [
        ["41.0%", "42.5%"],
        ["40.0%", "suppressed by the source"],
        ["7.0", "no longer there"],
    ]
    assert [row[2] for row in cells["areas"]] == [
        "no longer there; it lies in BU05460390 60%, BU05460391 40%",
        "new",
        "was called Groenoord-Noord",
        "other boundary: 1,235 m² differ",
    ]
    assert [row[1] for row in cells["columns"]] == ["Schermtijd", "Eenzaam", "Rokers"]
    assert cells["columns"][2][3] == "has another name now; we know it as RooktTabak"
    assert cells["sources"][0][1] == SCRIPT, "escaped where all text of tables is"
    for which, each in made.items():
        assert all(len(row.cells) == len(each.columns) for row in each.rows), which
