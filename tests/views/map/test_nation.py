"""The map page for the whole country, without a browser: its way in and back, its words, its table and its files."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.nation import look
from hsc_geo.data.load import DataError
from hsc_geo.data.nation.reading import MEND, load_nation
from hsc_geo.domain.message import Message
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.choices import parameters
from hsc_geo.views.map.nation import file
from hsc_geo.views.map.nation.choices import PARAMETERS, choice
from hsc_geo.views.map.nation.said import Country
from hsc_geo.views.maps.nation_frame import nation_config
from hsc_geo.web.settings import settings
from tests.views.query import Query
from tests.views.screens import components, map_script, map_update, notes, text, visit, whole

ROOT = Path(__file__).resolve().parents[3]
LONELY = "50090NED-Eenzaam"
LINK = {"nation": "municipality", "ind": LONELY, "lang": "nl"}


def said(page: AppTest) -> str:
    return re.sub("<[^>]*>", "", next(part for part in text(page).split("\n") if "hsc-said" in part))


def chosen(page: AppTest, key: str) -> list[str]:
    """What stands in the address under a key."""
    found = page.query_params[key]
    return found if isinstance(found, list) else [str(found)]


def test_the_answer_holds_the_municipality_against_the_country_and_ranks_nothing() -> None:
    page = whole(visit("kaart", **LINK))
    assert said(page) == (
        "Eenzaam in 2020, 18 jaar en ouder: Leiden 50,2%, Nederland 47,0%. In de middelste helft van de gemeenten is "
        "dat 42,2 tot 46,5%. (modelschatting; RIVM, CBS, GGD, tabel 50090NED)"
    )
    assert notes(page) == []
    assert not re.search(r"\b\d+e van|hoogste|laagste|plaats \d", text(page))


def test_the_own_municipality_is_named_once_also_where_the_package_calls_it_otherwise() -> None:
    folder = settings().nation
    assert folder is not None
    config = nation_config(load_nation(folder), "GM0546", "SYNTHETIC name", "")
    towns: list[list[object]] = config["towns"]  # type: ignore[assignment]
    assert not {"Leiden", "GM0546"} & {town[0] for town in towns}
    assert "Delft" in {town[0] for town in towns}


def test_an_area_that_is_chosen_stands_first_and_is_looked_at() -> None:
    page = whole(visit("kaart", **{**LINK, "nation": "neighbourhood", "narea": "BU05031101"}))
    assert re.search(
        r"ouder: [^:]* \(Delft\) \d+,\d%, Delft \d+,\d%, Leiden 50,2%, Nederland 47,0%\.", said(page)
    )
    update = map_update(page)
    assert update["selected"] == "BU05031101"
    (south, west), (north, east) = update["sight"]
    assert 51.9 < south < north < 52.1
    assert 4.3 < west < east < 4.5
    assert "buurten van 2016" in text(page)
    assert "indeling van 2020" in text(page)


def test_the_way_in_and_the_way_back_keep_what_was_chosen() -> None:
    page = whole(visit("kaart", ambition="mental_health", ind=LONELY, level="neighbourhood", lang="nl"))
    assert "hsc_nation_map" not in str([each.proto.id for each in page.get("component_instance")])
    page.segmented_control(key="w_level").set_value("nation").run()
    assert chosen(page, "nation") == ["municipality"]
    assert map_update(page)["level"] == "municipality"
    page.segmented_control(key="w_nation").set_value("district").run()
    assert map_update(page)["level"] == "district"
    page.button(key="nation_leave").click().run()
    assert "nation" not in page.query_params
    assert map_update(page)["level"] == "neighbourhood"
    assert chosen(page, "ambition") == ["mental_health"]


def test_without_a_nation_no_way_to_it_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    from hsc_geo.web import screen

    monkeypatch.setattr(screen, "nation_assets", lambda: None)
    page = whole(visit("kaart", **LINK))
    assert "nation" not in list(page.segmented_control(key="w_level").options)
    assert "Nederland" not in list(page.segmented_control(key="w_level").options)
    assert map_update(page)["level"] == "district"


def test_a_package_that_knows_none_of_its_figures_does_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hsc_geo.views.map.page.shown", lambda package, nation: ())
    page = whole(visit("kaart", **LINK))
    assert map_update(page)["level"] == "district"
    assert "Nederland" not in list(page.segmented_control(key="w_level").options)


def test_a_table_that_the_link_asks_is_replaced_and_said_so() -> None:
    page = whole(visit("kaart", nation="municipality", ind="50150NED-Eenzaam", year="2024", lang="nl"))
    (told,) = notes(page)
    assert "Tabel 50150NED is hier niet voor heel Nederland; " in told
    assert "de kaart toont hetzelfde cijfer uit tabel 50090NED." in told
    assert "de kaart toont 2020" in told


def test_inside_a_sentence_a_level_has_no_capital() -> None:
    page = whole(visit("kaart", **{**LINK, "nation": "district"}))
    assert components(page)["nation_areas"]["caption"] == "Cijfer per wijk, heel Nederland"
    of_districts_alone = "85984NED-PersonenInArmoede"
    (told,) = notes(whole(visit("kaart", ind=of_districts_alone, level="neighbourhood", lang="nl")))
    assert "de kaart toont: wijk." in told


def test_an_area_that_is_not_known_is_left_out_with_a_note() -> None:
    (told,) = notes(whole(visit("kaart", **LINK, narea="GM9999")))
    assert "GM9999" in told


def test_a_change_brings_a_byte_an_area_and_the_script_stays() -> None:
    page = whole(visit("kaart", **{**LINK, "nation": "neighbourhood"}))
    before, script = map_update(page), map_script(page)
    page.selectbox(key="w_year").set_value("2012").run()
    after = map_update(page)
    assert map_script(page) == script
    assert before["classes"] != after["classes"]
    assert len(base64.b64decode(after["classes"])) == 12198
    assert after["values"] == before["values"].replace("/2020/", "/2012/")


def test_the_table_begins_with_the_own_municipality_by_pages() -> None:
    page = whole(visit("kaart", **{**LINK, "nation": "district"}))
    table = components(page)["nation_areas"]
    assert table["pages"] == 134
    assert len(table["rows"]) == 25
    assert [row["cells"][1] for row in table["rows"]][:10] == ["Leiden"] * 10
    assert not any(column["key"] == "value" and column.get("sortable") for column in table["columns"])
    kept = components(whole(visit("kaart", **{**LINK, "nation": "district"}, nof="GM0503")))["nation_areas"]
    assert {row["cells"][1] for row in kept["rows"]} == {"Delft"}


def test_what_is_not_true_of_the_country_is_not_offered() -> None:
    bar = components(whole(visit("kaart", **LINK)))["hsc_bar"]
    assert (bar["kind"], bar["picture"]) == ("", False)
    assert components(whole(visit("kaart", lang="nl")))["hsc_bar"]["picture"]


def test_a_file_holds_the_level_with_its_meaning(n: Names) -> None:
    found = settings().nation
    assert found is not None
    here = Country(n, load_nation(found))
    state = PageState(
        "map",
        (*parameters(n.package), *PARAMETERS),
        {},
        Query(**{key: [value] for key, value in LINK.items()}),
    )
    state.pull()
    view = look(n.package, here.nation, choice(state))
    made = file.bundle(here, view, file.about(here, state, view))
    table = pd.read_parquet(io.BytesIO(file.to_parquet(made)))
    assert table.set_index("area_code").at["GM0546", "value"] == 50.2
    assert len(table) == 345
    assert made.about["level"] == "municipality"
    assert "2016" in made.about["boundaries"]
    assert "Amsterdam" in made.about["boundaries"]
    assert here.nation.snapshot in made.about["citation"]
    assert made.about["address"] in made.about["citation"]


def test_the_municipality_of_the_table_does_not_count_where_it_cannot_be_chosen() -> None:
    page = whole(visit("kaart", **LINK, nof="GM0503"))
    assert components(page)["nation_areas"]["pages"] == 14


def test_a_municipality_without_neighbourhoods_says_so() -> None:
    sentence = "Van sommige gemeenten, zoals Amsterdam, heeft de bron geen buurten."
    page = whole(visit("kaart", **{**LINK, "nation": "neighbourhood"}, nof="GM0363"))
    assert [each.value for each in page.info] == [sentence]
    assert not components(page)["nation_areas"]["rows"]
    there = whole(visit("kaart", **{**LINK, "nation": "neighbourhood"}, nof="GM0003"))
    assert not there.info
    assert {row["cells"][1] for row in components(there)["nation_areas"]["rows"]} == {"Appingedam"}


def test_an_area_of_another_level_is_found_and_its_level_shown() -> None:
    page = visit("kaart", **LINK)
    page.session_state["chip_nation_area"] = True
    page.run()
    page.text_input(key="w_nation_sought").set_value("bu05031101").run()
    (found,) = page.radio(key="w_nation_found").options
    assert found.endswith("(buurt in Delft)")
    page.radio(key="w_nation_found").set_value("BU05031101").run()
    assert chosen(page, "nation") == ["neighbourhood"]
    assert chosen(page, "narea") == ["BU05031101"]
    assert map_update(page)["chosen"] >= 0


def test_a_fault_below_the_choices_is_told_once_and_leaves_a_way_back(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*asked: object) -> None:
        raise DataError("observations.parquet", Message("is missing"), MEND)

    monkeypatch.setattr("hsc_geo.views.map.nation.page.listing", broken)
    for _ in range(2):
        page = visit("kaart", **LINK)
        assert not page.exception
        assert "observations.parquet" in page.error[0].value
    page.button(key="nation_leave_unread").click().run()
    assert "nation" not in page.query_params
    assert len([each for each in caplog.records if "observations.parquet" in each.getMessage()]) == 1
