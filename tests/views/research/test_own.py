"""Own areas on the page of research: their answer, their rows with how each came about, and making one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.own_areas import make, read, with_own, written
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.answers.own import district_of, own
from hsc_geo.views.research.choices import OWN, choice, parameters
from hsc_geo.views.research.words.own import columns, result
from hsc_geo.web import package as web_package
from tests.views.screens import components, text, visit, whole

SOUTH_WEST = "WK054605"
PARTS = ("BU05460500", "BU05460501", "BU05460900")
AREA = make("Zuidwest, ruim", PARTS)
SPOTTY = make("Met gaten", [f"BU0546070{i}" for i in range(5)])


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def found(n: Names, *areas: object):
    both = replace(n, package=with_own(n.package, areas), own=areas)  # type: ignore[arg-type]
    state = PageState("t", parameters(both.package), {"state_t": {"part": OWN}}, {})
    return both, result(both, choice(both.package, state))


def test_its_figures_stand_beside_the_district_where_most_of_it_lives(n: Names) -> None:
    both, shown = found(n, AREA)
    assert district_of(n.package, AREA) == SOUTH_WEST
    assert own(both.package).codes == (AREA.code, SOUTH_WEST)
    assert "Bos- en Gasthuisdistrict" in shown.said
    assert str(count_for(both.package, AREA.code).number) in shown.said
    assert [column.label for column in shown.listing.columns][1] == both.area(AREA.code)


def test_each_row_says_how_it_was_made(n: Names) -> None:
    both, shown = found(n, SPOTTY)
    rows = shown.rows
    assert list(rows.columns) == [key for key in columns(both) if key in rows.columns]
    mine = rows[rows["area_code"] == SPOTTY.code]
    assert set(mine["level"]) == {"own"}
    assert set(mine["method"]) == {"mean", "sum"}
    assert set(rows.loc[rows["level"] == "district", "method"]) == {"as published"}
    for row in mine.to_dict("records"):
        expected = figure(both.package, SPOTTY.code, row["indicator_id"], row["year"], row["age_group"])
        assert (row["value"], row["status"]) == (expected.value, expected.status)
    gaps = mine[(mine["missing_neighbourhoods"] != "") & (mine["method"] == "mean") & mine["value"].notna()]
    assert len(gaps)
    assert all(0.8 <= share < 1 for share in gaps["covered"])
    assert shown.more["neighbourhoods"]["neighbourhood_code"].tolist() == list(SPOTTY.neighbourhoods)


def test_without_one_the_page_says_how_to_make_one(n: Names) -> None:
    _, shown = found(n)
    assert n.area_or_focus(SOUTH_WEST) in shown.said
    assert shown.map is None
    assert set(shown.rows["level"]) == {"district"}


def making(**query: object):
    app = visit("onderzoek", lang=["en"], part=["own"], **query)
    app.session_state["chip_own_new"] = True
    return whole(app.run())


def test_one_is_made_of_a_district_less_one_neighbourhood(package: Package) -> None:
    app = making()
    whole(app.selectbox(key="w_own_begin").select(SOUTH_WEST).run())
    inside = [str(code) for code in package.areas.index[package.areas["parent_code"] == SOUTH_WEST]]
    assert app.multiselect(key="w_own_parts").value == inside
    whole(app.multiselect(key="w_own_parts").unselect(inside[0]).run())
    whole(app.text_input(key="w_own_name").input("Zuidwest, smal").run())
    whole(app.button(key="own_make").click().run())
    (area,), refused = read(package, app.query_params["ownareas"])
    assert (area.name, area.neighbourhoods, refused) == ("Zuidwest, smal", tuple(inside[1:]), ())
    assert "Zuidwest, smal (own area)" in str(components(app)["research_own"])


def test_one_that_cannot_be_says_why_and_changes_nothing() -> None:
    app = making()
    whole(app.button(key="own_make").click().run())
    assert "Give it a name." in text(app)
    assert "ownareas" not in app.query_params


def test_one_is_taken_away() -> None:
    other = make("Other", PARTS[:2])
    app = visit("onderzoek", lang=["en"], part=["own"], ownareas=[written([AREA, other])])
    app.session_state[f"chip_{AREA.code}"] = True
    whole(app.run())
    whole(app.button(key=f"own_away_{AREA.code}").click().run())
    assert app.query_params["ownareas"] == written([other])
