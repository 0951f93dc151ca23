"""What a download says of itself, and the line above the map: a number never travels alone."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from hsc_geo.analysis.explore import Choice, View, explore
from hsc_geo.analysis.export import bundle
from hsc_geo.data.load import Package
from hsc_geo.views.data import all_figures
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map import downloads
from hsc_geo.views.map.choices import choice, parameters
from hsc_geo.views.map.downloads import FORMATS, about
from hsc_geo.views.map.words import map_title
from hsc_geo.web.bulk import figures_urls
from tests.shared import naive
from tests.views.query import Query
from tests.views.screens import text, visit, whole
from tests.views.tags import Tags

REGISTER = "REGISTER-Initiatieven"
OVERWEIGHT = "50150NED-Overgewicht"
QUERY = {
    "ind": [OVERWEIGHT],
    "level": ["neighbourhood"],
    "amb": ["A2", "A3"],
    "q": ["R&D = 100% groen; + #1"],
    "lang": ["en"],
}
DAY = dt.date(2026, 3, 1)


def opened(package: Package, **query: list[str]) -> tuple[PageState, View]:
    state = PageState("map", parameters(package), {}, Query(**query))
    state.pull()
    return state, explore(package, choice(state, DAY))


def term(vocabulary: str, code: str, language: str) -> str:
    return next(
        row[f"name_{language}"]
        for row in naive.rows("vocabularies")
        if (row["vocabulary"], row["code"]) == (vocabulary, code)
    )


def holding(text: str, ambitions: set[str]) -> list[str]:
    """Initiatives with one of the ambitions that are not known to have ended and hold a word, by a plain search."""
    places = {row["initiative_id"]: row["venue"] + row["address"] for row in naive.rows("initiative_places")}
    return [
        key
        for key, row in naive.initiatives().items()
        if naive.parts(row["ambition_codes"]) & ambitions
        and row["status"] != "ended"
        and text in " ".join([*(row[c] for c in naive.SEARCHED), places.get(key, "")]).lower()
    ]


def test_a_download_names_edition_figure_filters_and_counts(package: Package, en: Names) -> None:
    state, view = opened(package, **{**QUERY, "q": ["gezond"]})
    found = about(en, state, view)
    fit = holding("gezond", {"A2", "A3"})
    wide = [naive.initiatives()[key]["precision"] for key in fit]
    assert found["snapshot"] == package.descriptor["snapshot"]
    assert (found["figure"], found["year"], found["age_group"]) == ("Overweight", "2024", "18plus")
    assert found["level"] == "neighbourhood"
    assert (found["initiatives_shown"], found["initiatives_in_register"]) == (str(len(fit)), "146")
    assert (
        found["initiatives_city"],
        found["initiatives_region"],
        found["initiatives_area_unknown"],
    ) == tuple(str(wide.count(scope)) for scope in ("city", "region", "unknown"))
    assert int(found["initiatives_here"]) == len(fit) - sum(w in ("city", "region", "unknown") for w in wide)
    for part in ("A2", "A3", "gezond"):
        assert part in found["filters"]
    assert all(isinstance(value, str) for value in found.values())


def test_a_citation_has_year_versions_address_and_day(package: Package, en: Names) -> None:
    state, view = opened(package)
    found, today = about(en, state, view), dt.date.today()
    told = found["citation"]
    for part in (
        f"({today.year})",
        package.snapshot,
        package.descriptor["contractVersion"],
        found["address"],
        en.w.date(today),
    ):
        assert part in told
    assert found["taken_on"] == today.isoformat()
    assert found["contract_version"] == package.descriptor["contractVersion"]


def test_the_address_in_a_download_opens_the_same_view(package: Package, en: Names) -> None:
    state, view = opened(package, **QUERY)
    address = about(en, state, view)["address"]
    query = parse_qs(address.split("?")[-1], keep_blank_values=True)
    again, same = opened(package, **query)
    assert again.refused == []
    assert (again["q"], again.many("amb")) == (QUERY["q"][0], ["A2", "A3"])
    assert (same.ids, same.choice) == (view.ids, view.choice)


@pytest.mark.parametrize(
    "query", [{}, {"ind": ["none"]}, {"ind": [REGISTER]}, {"district": ["WK054603"], "ended": ["1"]}]
)
def test_the_address_of_the_view_as_it_opens_says_every_choice(
    package: Package, n: Names, query: dict[str, list[str]]
) -> None:
    """So that it stays the same when another figure or year is the one that a map opens with."""
    state, view = opened(package, **query)
    told = parse_qs(urlsplit(about(replace(n, today=DAY), state, view)["address"]).query)
    usual = {param.key for param in state.params.values() if param.default}
    assert usual <= set(told)
    assert told["ind"] == [view.choice.indicator or "none"]
    assert told.get("year", [""]) == [str(view.choice.year or "")]
    assert told.get("age", [""]) == [view.choice.age_group]
    assert (told["level"], told["classes"], told["k"]) == (["district"], [view.choice.scheme], ["5"])
    assert (told["asof"], told["lang"]) == (["2026-03-01"], [n.w.code])
    assert all(told[key] == values for key, values in query.items())
    again, same = opened(package, **told)
    assert again.refused == []
    assert (same.ids, same.choice) == (view.ids, view.choice)


def test_the_address_is_whole_where_the_site_knows_its_own(
    package: Package, n: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    state, view = opened(package)
    whole = "https://kaart.example/base/kaart?ind=x"
    monkeypatch.setattr(
        downloads, "page_address", lambda page, query: whole if page == "kaart" and query else ""
    )
    told = about(n, state, view)
    assert told["address"] == whole
    assert whole in told["citation"]


def test_classes_against_the_city_say_against_what(package: Package, n: Names) -> None:
    state, view = opened(package, ind=[OVERWEIGHT])
    told = about(n, state, view)
    assert told["classification"] == "city"
    assert float(told["city_value"]) == naive.observed(OVERWEIGHT, 2024, "18plus", "GM0546")
    assert (float(told["same_within"]), float(told["much_from"])) == (2.0, 5.0)
    state, view = opened(package, ind=[OVERWEIGHT], classes=["equal"], k=["3"])
    told = about(n, state, view)
    assert (told["classification"], told["classes_asked"]) == ("equal", "equal, 3")
    assert "city_value" not in told


@pytest.mark.parametrize("code", FORMATS)
def test_every_format_can_be_made_of_the_view_that_a_map_opens_with(
    package: Package, n: Names, code: str
) -> None:
    state, view = opened(package)
    ending, _, make = FORMATS[code]
    taken = downloads.Taken()
    taken.take(n, state, view)
    content = taken.file(n, make)
    first = {".gpkg": b"SQLite format 3", ".xlsx": b"PK", ".zip": b"PK"}[f".{ending.rpartition('.')[2]}"]
    assert content.startswith(first)
    assert package.snapshot.encode() in content or code != "gpkg"


@pytest.mark.parametrize("indicator", [OVERWEIGHT, "86165NED-AantalInwoners", REGISTER])
def test_the_figures_in_a_download_come_with_unit_kind_and_table(
    package: Package, n: Names, indicator: str
) -> None:
    state, view = opened(package, ind=[indicator])
    described = about(n, state, view)
    content = bundle(package, view, described)
    told = content["figures"].set_index("column").loc["value"]
    row = naive.indicators()[indicator]
    assert [told[key] for key in ("indicator_id", "unit", "kind", "table_id", "definition_nl")] == [
        row[key] for key in ("indicator_id", "unit", "kind", "table_id", "definition_nl")
    ]
    assert described["kind"] == term("indicator_kind", row["kind"], n.w.code)
    assert (described["indicator_id"], described["table"]) == (indicator, row["table_id"])


def test_the_line_above_the_map_has_name_moment_kind_and_table(n: Names) -> None:
    for indicator, row in naive.indicators().items():
        view: Any = View(Choice(indicator, 2020, "65plus"), *[None] * 7)  # type: ignore[arg-type]
        shown = Tags(map_title(n, view)).text.lower()
        kind = term("indicator_kind", row["kind"], n.w.code)
        parts = [row[f"name_{n.w.code}"], kind, term("age_group", "65plus", n.w.code), "2020"]
        parts += [row["table_id"]] if indicator != REGISTER else []
        assert [part for part in parts if part.lower() not in shown] == [], indicator


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_page_on_data_leads_to_all_figures_and_holds_none_of_them(language: str) -> None:
    page = text(whole(visit("data", lang=language)))
    for name in (all_figures.PARQUET, all_figures.CSV, all_figures.EXCEL):
        assert f'href="/hsc/figures/{name}" download' in page
    rows = len(naive.rows("observations"))
    assert f"{rows:,}".replace(",", "." if language == "nl" else ",") in page
    assert set(figures_urls()) == {all_figures.PARQUET, all_figures.CSV, all_figures.EXCEL}


def test_a_citation_can_be_taken_in_three_forms(package: Package, en: Names) -> None:
    state, view = opened(package, **QUERY)
    taken = downloads.Taken()
    taken.take(en, state, view)
    address = about(en, state, view)["address"]
    made = {name: taken.cited(en, make).decode() for name, _, _, make in downloads.CITED}
    assert list(made) == ["APA", "BibTeX", "RIS"]
    for told in made.values():
        assert address in told
        assert str(en.day().year) in told
    assert made["BibTeX"].startswith("@misc{")
    assert made["RIS"].startswith("TY  - DATA")
