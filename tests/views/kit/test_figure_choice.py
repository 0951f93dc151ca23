"""One entry for each thing that is measured, the table as a second choice, on every page that lists figures; and the
classes of the map as they are chosen."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.explore import default_indicator, listed_indicators, shown_indicators
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.claim import every_figure
from hsc_geo.views.data.figures import figures_once
from hsc_geo.views.kit.figure_choice import entry, table_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.claims import choice_name
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.views.coverage import visiting as coverage
from tests.views.screens import components, map_update, notes, text, visit, whole
from tests.views.tags import Tags

NEW, OLD = "50150NED-Overgewicht", "50090NED-Overgewicht"
HOMES, HOMES_OF_2024 = "86165NED-GemiddeldeWOZWaardeVanWoningen", "85984NED-GemiddeldeWOZWaardeVanWoningen"
REGISTER = "REGISTER-Initiatieven"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def address(app: AppTest) -> dict[str, Any]:
    return dict(app.query_params)


def boxes(app: AppTest) -> dict[str, Any]:
    return {each.key: each for each in app.selectbox}


def explained(key: str, **query: str) -> str:
    """The page with the explanation of a figure."""
    return Tags(text(whole(visit("kaart", lang="en", ind=key, tab="explain", **query)))).text


def concept(key: str) -> str:
    return naive.indicators()[key]["concept"]


# --- the lists ------------------------------------------------------------------------------------------------------


def test_the_map_offers_each_thing_once_by_a_name_of_its_own() -> None:
    app = whole(visit("kaart", lang="en"))
    names = boxes(app)["w_ind"].options
    here = {r["indicator_id"] for r in naive.rows("observations") if r["status"] == "present"}
    things = {concept(key) for key in here} - {"known_initiatives"}
    assert len(names) == len(set(names)) == len(things) + 2  # the register's own count, and no figure
    assert boxes(app)["w_ind_table"].options == ["2012–2024, 50150NED", "2012–2020, 50090NED"]


def test_another_table_is_a_second_choice_and_stands_in_the_address() -> None:
    app = whole(visit("kaart", lang="en", ind=NEW, year="2022"))
    assert boxes(app)["w_ind_table"].value == NEW
    boxes(app)["w_ind_table"].set_value(OLD).run()
    whole(app)
    assert address(app)["ind"] in (OLD, [OLD])
    assert "year" not in address(app)
    assert boxes(app)["w_year"].options == ["2020", "2016", "2012"]
    assert boxes(app)["w_ind"].value == OLD
    assert notes(app) == []
    assert "table 50090NED" in explained(OLD)


def test_a_figure_of_one_table_has_no_second_choice() -> None:
    app = whole(visit("kaart", lang="en", ind="50090NED-Drinker"))
    assert "w_ind_table" not in boxes(app)
    assert "w_ind_table" not in boxes(whole(visit("kaart", lang="en", ind=REGISTER)))


@pytest.mark.parametrize("key", [OLD, "50090NED-Roker", "83765NED-GemiddeldInkomenPerInwoner"])
def test_an_old_link_to_the_older_table_still_shows_that_table(key: str) -> None:
    app = whole(visit("kaart", lang="en", ind=key, level="neighbourhood"))
    assert notes(app) == []
    table = naive.indicators()[key]["table_id"]
    assert f"table {table}" in explained(key, level="neighbourhood")
    assert boxes(app)["w_ind"].value == key


def test_a_table_without_figures_at_the_level_gives_way_and_that_is_told() -> None:
    app = whole(visit("kaart", lang="nl", ind=HOMES, level="neighbourhood"))
    (note,) = notes(app)
    assert "Tabel 86165NED heeft geen cijfers op dit niveau." in Tags(note).text
    assert "2024, 85984NED" in Tags(note).text
    assert boxes(app)["w_ind"].value == HOMES_OF_2024
    sent = map_update(app)
    value = naive.observed(HOMES_OF_2024, 2024, "all", "BU05460402")
    assert sent["text"]["BU05460402"] == f"{value:.0f}.000 euro"


def test_the_years_are_those_of_the_level() -> None:
    health = "50150NED-GoedErvarenGezondheid"
    assert boxes(whole(visit("kaart", lang="en", ind=health)))["w_year"].options == [
        "2024",
        "2022",
        "2020",
        "2016",
    ]
    fine = whole(visit("kaart", lang="en", ind=health, level="neighbourhood", year="2012"))
    assert (boxes(fine)["w_year"].value, notes(fine)) == ("2012", [])
    coarse = whole(visit("kaart", lang="en", ind=health, year="2012"))
    assert boxes(coarse)["w_year"].value == "2024"
    assert len(notes(coarse)) == 1


def test_what_can_be_shown_is_every_table_and_what_is_listed_one_of_each(package: Package) -> None:
    levels = ("district", "neighbourhood")
    listed, shown = listed_indicators(package, levels), shown_indicators(package)
    assert set(listed) <= set(shown)
    assert {OLD, NEW, HOMES, HOMES_OF_2024} <= set(shown)
    assert len({concept(key) for key in listed}) == len(listed)
    assert {concept(key) for key in listed} == {concept(key) for key in shown}
    assert default_indicator(package) == "50150NED-GoedErvarenGezondheid"


def test_where_two_tables_stand_in_one_list_the_second_says_which(en: Names) -> None:
    usual = listed_indicators(en.package, ("district", "neighbourhood"))
    assert entry(en, NEW, usual) == "Overweight"
    assert entry(en, OLD, usual) == "Overweight (2012–2020, 50090NED)"
    assert table_label(en, REGISTER) == "REGISTER"
    every = every_figure(en.package)
    names = [choice_name(en, "fig", key) for key in every]
    assert len(set(names)) == len(names)
    assert {OLD, NEW} <= set(every)  # whether they may be joined is asked there


def test_the_composition_of_need_keeps_weight_and_direction_when_the_table_changes() -> None:
    app = coverage.visit("composed", lang="en", part="need", need=[f"{NEW}~3r", "50150NED-Eenzaam~1"])
    names = next(each for each in app.multiselect if each.key == "w_need").options
    assert len(set(names)) == len(names)
    boxes(app)[f"w_table_{NEW}"].set_value(OLD).run()
    whole(app)
    assert list(app.query_params["need"]) == [f"{OLD}~3r", "50150NED-Eenzaam~1"]


def test_the_data_page_has_each_figure_once_with_its_tables(package: Package, en: Names) -> None:
    keys = figures_once(en)
    assert sorted(map(concept, keys)) == sorted({row["concept"] for row in naive.indicators().values()})
    app = whole(visit("data", lang="en", ind=OLD))
    rows = {row["id"]: row["cells"] for row in components(app)["indicators"]["rows"]}
    assert rows[NEW][-1] == "2016–2024, 50150NED; 2012–2020, 50090NED"
    assert OLD not in rows
    assert components(app)["indicators"]["selected"] == NEW
    assert boxes(app)["w_ind_table"].value == OLD
    shown = Tags(text(app)).text
    assert naive.indicators()[OLD]["caveats_en"] in shown
    assert "Same figure of another table" in shown


# --- the classes ----------------------------------------------------------------------------------------------------


def test_the_map_opens_with_the_distance_from_the_city() -> None:
    app = whole(visit("kaart", lang="en", ind=NEW))
    assert boxes(app)["w_classes"].value == "city"
    assert "w_k" not in boxes(app)
    assert "classes" not in address(app)
    assert "Darker is less favourable." in Tags(text(app)).text
    assert "Darker is less favourable. Leiden: 42.0%." in explained(NEW)


@pytest.mark.parametrize("k", ["", "5", "7"])
def test_another_way_has_three_classes_of_ten_districts_at_most(k: str) -> None:
    query = {"k": k} if k else {}
    app = whole(visit("kaart", lang="en", ind=NEW, classes="quantiles", **query))
    assert boxes(app)["w_k"].options == ["3"]
    sent = map_update(app)
    assert len(sent["colors"]) == 3
    shown = f"{Tags(text(app)).text} {explained(NEW, classes='quantiles', **query)}"
    assert "10 areas bear 3 classes at most." in shown
    assert ("Beware: two areas of different colours" in shown) is False  # the closest two lie 6.5 apart


def test_two_classes_that_lie_close_are_warned_of_on_the_page() -> None:
    shown = explained("50150NED-RooktTabak", classes="quantiles")
    assert (
        "two areas of different colours can be less than 2 percentage points apart, as 18.4% and 19.2%"
        in shown
    )


def test_neighbourhoods_can_have_more_classes() -> None:
    app = whole(visit("kaart", lang="en", ind=NEW, classes="natural", k="7", level="neighbourhood"))
    assert boxes(app)["w_k"].options == ["3", "4", "5", "6", "7"]
    assert boxes(app)["w_k"].value == "7"
    assert len(map_update(app)["colors"]) == 7


def test_the_darkest_district_is_the_least_favourable_whichever_way_it_is_measured() -> None:
    for key, least in ((NEW, max), ("50150NED-GoedErvarenGezondheid", min)):
        sent = map_update(whole(visit("kaart", lang="en", ind=key)))
        values = {code: naive.observed(key, 2024, "18plus", code) or 0 for code in sent["classes"]}
        worst = least(values, key=lambda code: values[code])
        colours = {code: sent["colors"][number] for code, number in sent["classes"].items()}
        assert colours[worst] == min(
            colours.values(), key=lambda c: sum(int(c[i : i + 2], 16) for i in (1, 3, 5))
        )
