"""Own thresholds on the page of the map, its legend, its files and its papers, without a browser."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.explore import explore
from hsc_geo.analysis.export import bundle
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map import downloads, paper
from hsc_geo.views.map.choices import choice, parameters
from hsc_geo.views.paper.model import Map
from hsc_geo.views.paper.take import map_of
from tests.shared import naive
from tests.views.query import Query
from tests.views.screens import map_update, notes, text, visit, whole

OVERWEIGHT, INCOME = "50150NED-Overgewicht", "85984NED-GemiddeldInkomenPerInwoner"
OWN = {"ind": OVERWEIGHT, "year": "2024", "age": "18plus", "classes": "own"}
BREAKS = "40_45.5_58"  # of which the last is above every district and not above every neighbourhood


def address(page: AppTest, key: str) -> str:
    """What stands in the address under a key."""
    found = page.query_params[key]
    return found[-1] if isinstance(found, list) else str(found)


def counted(numbers: dict[str, int], many: int) -> list[int]:
    return [list(numbers.values()).count(i) for i in range(many)]


def by_hand(given: tuple[float, ...]) -> dict[str, int]:
    known = {area: naive.observed(OVERWEIGHT, 2024, "18plus", area) for area in naive.codes_of("district")}
    return {area: sum(value >= each for each in given) for area, value in known.items() if value is not None}


def test_the_map_and_its_legend_follow_the_thresholds() -> None:
    page = whole(visit("kaart", **OWN, breaks=BREAKS, lang="nl"))
    numbers = by_hand((40, 45.5, 58))
    assert map_update(page)["classes"] == numbers
    legend = text(page)
    for words, count in zip(
        ("39,9% of lager", "40,0 – 45,4%", "45,5 – 57,9%", "58,0% of hoger"),
        counted(numbers, 4),
        strict=True,
    ):
        noun = "wijk" if count == 1 else "wijken"
        assert f"{words} ({count} {noun})" in legend
    assert counted(numbers, 4)[-1] == 0  # told as empty, not left out
    assert page.text_input(key="w_breaks").value == "40 45,5 58"
    assert notes(page) == []


def test_choosing_own_begins_with_those_of_the_map_rounded() -> None:
    page = visit("kaart", ind=OVERWEIGHT, year="2024", classes="natural", lang="en")
    page.selectbox(key="w_classes").set_value("own").run()
    whole(page)
    assert address(page, "classes") == "own"
    begun = address(page, "breaks").split("_")
    assert 2 <= len(begun) <= 6
    assert all(float(each).is_integer() for each in begun)
    assert notes(page) == []


def test_what_is_typed_goes_into_the_address_and_a_fault_loses_nothing() -> None:
    page = visit("kaart", **OWN, breaks="40_50", lang="nl")
    page.text_input(key="w_breaks").set_value("41,5 47").run()
    whole(page)
    assert address(page, "breaks") == "41.5_47"
    page.text_input(key="w_breaks").set_value("47 41,5").run()
    whole(page)
    assert address(page, "breaks") == "47_41.5"
    assert page.text_input(key="w_breaks").value == "47 41,5"
    (told,) = [note for note in notes(page) if "role" in note]
    assert "41,5 staat na 47" in told
    assert "van laag naar hoog" in told
    page.button(key="propose_breaks").click().run()
    whole(page)
    assert notes(page) == []
    assert address(page, "breaks") != "47_41.5"


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "{0} {value}", "*[x](y)* $1", "\u202e10 20"]
)
def test_whatever_is_typed_is_shown_as_text(hostile: str) -> None:
    page = whole(visit("kaart", **OWN, breaks=hostile, lang="en"))
    assert "<script>" not in text(page)
    assert any("is not a number" in note for note in notes(page))


def test_a_figure_that_they_do_not_fit_says_so_and_keeps_them() -> None:
    page = whole(visit("kaart", ind=INCOME, classes="own", breaks=BREAKS, lang="en"))
    (told,) = [note for note in notes(page) if "role" in note]
    assert "The map has its usual classes. 45.5 lies outside the values of this figure." in told
    assert address(page, "breaks") == BREAKS


def opened(package: Package, n: Names, **query: str) -> tuple[PageState, Any]:
    state = PageState("map", parameters(package), {}, Query(**{key: [value] for key, value in query.items()}))
    state.pull()
    return state, explore(package, choice(state, n.today))


def test_the_files_tell_them(package: Package, en: Names) -> None:
    state, view = opened(package, en, **OWN, breaks=BREAKS)
    told = downloads.about(en, state, view)
    assert told["classification"] == "own"
    assert told["classes_asked"] == f"own, {BREAKS}"
    assert told["thresholds"] == "40; 45.5; 58"
    assert f"breaks={BREAKS}" in told["address"]
    made = bundle(package, view, told)
    classes = made["classes"]
    assert classes["begins"].tolist()[1:] == [40, 45.5, 58]
    assert classes["areas"].tolist() == counted(by_hand((40, 45.5, 58)), 4)
    areas = made["areas"].set_index("area_code")["map_class"].dropna()
    assert areas.to_dict() == {area: number + 1 for area, number in by_hand((40, 45.5, 58)).items()}
    codes = made["codes"]
    assert codes.loc[codes["vocabulary"] == "scheme", "code"].tolist() == ["own"]
    assert "begins" in made["dictionary"].query("table == 'classes'")["column"].tolist()


def test_the_files_tell_those_that_could_not_be_taken(package: Package, en: Names) -> None:
    state, view = opened(package, en, ind=INCOME, classes="own", breaks="500_600")
    told = downloads.about(en, state, view)
    assert (told["classification"], told["classes_asked"]) == ("city", "own, 500_600")
    assert "500 lies outside" in told["thresholds_refused"]


def test_the_paper_tells_them(package: Package, en: Names) -> None:
    state, _ = opened(package, en, **OWN, breaks=BREAKS)
    drawn = map_of(paper.document(en, state, "").blocks)
    assert isinstance(drawn, Map)
    assert "Classes by own thresholds: 40.0%, 45.5% and 58.0%." in drawn.caption
    assert "2 classes have no areas." in drawn.caption
    texts = [sign.text for sign in drawn.signs if sign.kind == "fill"]
    assert len(texts) == 4
    assert texts[-1] == "58.0% or higher (0 districts)"


def test_the_frame_on_another_site_follows_them() -> None:
    page = whole(visit("insluiten", **OWN, breaks=BREAKS, lang="en"))
    assert "Classes by own thresholds" in text(page)
    assert "58.0% or higher (0 districts)" in text(page)
    fallen = whole(visit("insluiten", ind=INCOME, classes="own", breaks=BREAKS, lang="en"))
    assert "45.5 lies outside the values" in text(fallen)


def test_the_code_for_another_site_carries_them() -> None:
    page = whole(visit("kaart", **OWN, breaks=BREAKS, lang="en"))
    assert any(f"breaks={BREAKS}" in each.value for each in page.code)
