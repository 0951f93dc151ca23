"""What a download says of itself, and the line above the map: a number never travels alone."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs

import pytest

from hsc_geo.analysis.explore import Choice, View, explore
from hsc_geo.analysis.export import bundle
from hsc_geo.data.load import Package
from hsc_geo.views.explorer import map_title
from hsc_geo.views.explorer_downloads import about
from hsc_geo.views.explorer_state import choice, parameters
from hsc_geo.views.names import Names
from hsc_geo.views.state import PageState
from tests.analysis import naive
from tests.views.test_html import Tags
from tests.views.test_state import Query

REGISTER = "REGISTER-Initiatieven"
QUERY = {
    "ind": ["50090NED-Overgewicht"],
    "level": ["neighbourhood"],
    "amb": ["A2", "A3"],
    "q": ["R&D = 100% groen; + #1"],
    "lang": ["en"],
}


def opened(package: Package, **query: list[str]) -> tuple[PageState, View]:
    state = PageState("map", parameters(package), {}, Query(**query))
    state.pull()
    return state, explore(package, choice(state))


def term(vocabulary: str, code: str, language: str) -> str:
    return next(
        row[f"name_{language}"]
        for row in naive.rows("vocabularies")
        if (row["vocabulary"], row["code"]) == (vocabulary, code)
    )


def test_a_download_names_edition_figure_filters_and_counts(package: Package, en: Names) -> None:
    state, view = opened(package, **{**QUERY, "q": ["gezond"]})
    found = about(en, state, view)
    fit = [key for key in naive.initiatives() if naive.fits(key, {"ambition": ["A2", "A3"]}, "gezond")]
    assert found["snapshot"] == package.descriptor["snapshot"]
    assert package.descriptor["snapshot"] in found["citation"]
    assert (found["figure"], found["year"], found["age_group"]) == ("Overweight", "2020", "18plus")
    assert found["level"] == "neighbourhood"
    assert (found["initiatives_shown"], found["initiatives_in_register"]) == (str(len(fit)), "125")
    for part in ("A2", "A3", "gezond"):
        assert part in found["filters"]
    assert all(isinstance(value, str) for value in found.values())


def test_the_address_in_a_download_opens_the_same_view(package: Package, en: Names) -> None:
    state, view = opened(package, **QUERY)
    address = about(en, state, view)["address"]
    query = parse_qs(address.split("?")[-1], keep_blank_values=True)
    again, same = opened(package, **query)
    assert again.refused == []
    assert (again["q"], again.many("amb")) == (QUERY["q"][0], ["A2", "A3"])
    assert (same.ids, same.choice) == (view.ids, view.choice)


@pytest.mark.parametrize("indicator", ["50090NED-Overgewicht", "85984NED-AantalInwoners", REGISTER])
def test_the_figures_in_a_download_come_with_unit_kind_and_table(
    package: Package, n: Names, indicator: str
) -> None:
    state, view = opened(package, ind=[indicator])
    described = about(n, state, view)
    content = bundle(package, view, described)
    everything = " ".join(described.values()) + content.areas.to_csv() + content.sources.to_csv()
    row = naive.indicators()[indicator]
    for vocabulary, code in (("unit", row["unit"]), ("indicator_kind", row["kind"])):
        assert code in everything.split() or term(vocabulary, code, n.w.code) in everything, (
            vocabulary,
            code,
        )
    assert row["table_id"] in everything


def test_the_line_above_the_map_has_name_moment_kind_and_table(n: Names) -> None:
    for indicator, row in naive.indicators().items():
        view: Any = View(Choice(indicator, 2020, "65plus"), *[None] * 6)  # type: ignore[arg-type]
        shown = Tags(map_title(n, view)).text.lower()
        kind = term("indicator_kind", row["kind"], n.w.code)
        parts = [row[f"name_{n.w.code}"], kind, term("age_group", "65plus", n.w.code), "2020"]
        parts += [row["table_id"]] if indicator != REGISTER else []
        assert [part for part in parts if part.lower() not in shown] == [], indicator
