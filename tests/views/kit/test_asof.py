"""The day in an address: what is shared carries it, the page counts from it and says so, wrong days are refused."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.data.load import Package
from hsc_geo.views.kit.address import address_of
from hsc_geo.views.kit.days import read
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.choices import parameters
from hsc_geo.views.map.paper import document
from hsc_geo.web import addresses
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.views.query import Query
from tests.views.screens import html, notes, text, visit, whole
from tests.views.tags import Tags

TODAY = dt.date.today()
COUNTING = ("start", "kaart", "dekking", "wijkprofiel", "partners", "onderzoek", "insluiten", "stuk", "data")


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    from hsc_geo.analysis.near import NOTHING, AddressAnswer

    monkeypatch.setattr(web_package, "_package", package)
    monkeypatch.setattr(addresses, "look_up", lambda package, text: AddressAnswer(NOTHING))


@pytest.mark.parametrize(
    ("asked", "day"),
    [
        ("2026-11-29", dt.date(2026, 11, 29)),
        ("2024-02-29", dt.date(2024, 2, 29)),
        ("2026-11-30", None),  # to come
        ("2062-01-01", None),
        ("2023-02-29", None),  # no such day
        ("20260101", None),
        ("2026-W01-1", None),
        ("2026-1-1", None),
        ("٢٠٢٦-٠١-٠١", None),
        ("2026-01-01T00:00", None),
        ("2000-01-01", dt.date(2000, 1, 1)),
        ("1999-12-31", None),  # long ago
        ("0001-01-01", None),
        ("<script>", None),
        ("", None),
    ],
)
def test_a_day_is_read_as_written_and_not_ahead(asked: str, day: dt.date | None) -> None:
    assert read(asked, dt.date(2026, 11, 29)) == day


def line(app: AppTest) -> str:
    return " ".join(Tags(each).text for each in html(app) if 'id="asof"' in each)


@pytest.mark.parametrize("page", COUNTING)
def test_each_page_counts_from_the_day_and_says_so(page: str) -> None:
    app = whole(visit(page, lang="en", asof="2026-01-05"))
    assert line(app) == "Counted from 5 January 2026."
    assert app.query_params["asof"] == "2026-01-05"
    assert notes(app) == []
    plain = whole(visit(page, lang="en"))
    assert (line(plain), "asof" in plain.query_params) == ("", False)
    assert "asof_leave" not in {str(button.key) for button in plain.button}


@pytest.mark.parametrize("page", [*COUNTING, "veranderd"])
@pytest.mark.parametrize("day", ["0001-01-01", "2000-01-01"])
def test_a_day_long_ago_fails_no_page(page: str, day: str) -> None:
    app = whole(visit(page, lang="en", asof=day))
    assert ("asof" in app.query_params) == (day == "2000-01-01")
    assert len(notes(app)) == (day == "0001-01-01")


def test_the_way_back_to_today_keeps_the_other_choices() -> None:
    app = whole(visit("kaart", lang="nl", asof="2026-01-05", amb="A2"))
    assert line(app) == "Geteld vanaf 5 januari 2026."
    assert "stand op 5 januari 2026" in text(app)
    button = app.button(key="asof_leave")
    assert button.label == "Nu kijken"
    button.click()
    whole(app.run())
    assert app.query_params == {"lang": "nl", "amb": "A2"}
    assert line(app) == ""
    assert "stand op 5 januari 2026" not in text(app)


def test_the_day_survives_a_choice_on_the_page() -> None:
    app = whole(visit("kaart", lang="en", asof="2026-01-05"))
    app.multiselect(key="w_sector").set_value(["sports"])
    whole(app.run())
    assert app.query_params["asof"] == "2026-01-05"
    assert line(app) == "Counted from 5 January 2026."


@pytest.mark.parametrize(
    "wrong", ["2062-01-01", "yesterday", (TODAY + dt.timedelta(days=1)).isoformat(), "<script>"]
)
def test_a_wrong_or_future_day_is_told_and_left_out(wrong: str) -> None:
    for page in ("start", "kaart", "dekking"):
        app = whole(visit(page, lang="en", asof=wrong))
        (note,) = notes(app)
        assert f'"{wrong}"' in Tags(note).text
        assert "<script>" not in note
        assert "asof" not in app.query_params
        assert line(app) == ""


def test_the_forms_know_no_other_day_than_today() -> None:
    for page in ("aanmelden", "beheer"):
        assert line(whole(visit(page, lang="en", asof="2026-01-05"))) == ""


def links(app: AppTest, to: str) -> list[dict[str, list[str]]]:
    found = [address for piece in html(app) for address in re.findall(r'href="([^"]*)"', piece)]
    return [
        parse_qs(urlsplit(address.replace("&amp;", "&")).query)
        for address in found
        if urlsplit(address).path == to
    ]


@pytest.mark.parametrize(
    ("page", "query", "to"),
    [
        ("kaart", {"sel": "WK054603"}, "wijkprofiel"),
        ("kaart", {"sel": "LEI-068"}, "partners"),
        ("insluiten", {}, "kaart"),
    ],
)
def test_links_to_other_pages_keep_the_day_and_add_none(page: str, query: dict[str, Any], to: str) -> None:
    kept = links(whole(visit(page, lang="en", asof="2026-01-05", **query)), to)
    assert kept
    assert all(each["asof"] == ["2026-01-05"] for each in kept)
    plain = links(whole(visit(page, lang="en", **query)), to)
    assert plain
    assert all("asof" not in each for each in plain)


def test_what_is_shared_carries_the_day_of_the_visit(package: Package, en: Names) -> None:
    held = PageState("map", parameters(package), {}, Query(amb=["A2"]))
    held.pull()
    assert address_of(en, {"amb": ["A2"]}) == {
        "amb": ["A2"],
        "lang": ["en"],
        "asof": [TODAY.isoformat()],
    }
    early = replace(en, today=dt.date(2026, 1, 5), fixed=True)
    assert address_of(early, {})["asof"] == ["2026-01-05"]
    assert document(early, held, "").date == dt.date(2026, 1, 5)


def test_the_code_to_embed_carries_the_day() -> None:
    app = whole(visit("kaart", lang="en", amb="A2"))
    codes = [each.value for each in app.code if "<iframe" in each.value]
    assert len(codes) == 2
    assert all(f"asof={TODAY.isoformat()}" in each for each in codes)
    assert "asof" not in app.query_params


def test_a_confirmation_of_after_the_day_changes_nothing_that_was_shared(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = next(k for k in naive.current() if naive.initiatives()[k]["last_evidence_year"] == "2017")
    before = text(whole(visit("dekking", lang="en", conf="12", asof="2026-01-05")))
    register = package.initiatives.copy()
    register.loc[key, "last_confirmed"] = "2026-06-01"
    monkeypatch.setattr(web_package, "_package", replace(package, initiatives=register))
    assert text(whole(visit("dekking", lang="en", conf="12", asof="2026-01-05"))) == before
    assert text(whole(visit("dekking", lang="en", conf="12", asof="2026-06-01"))) != before
