"""The page Partners as it is drawn: its parts and links, numbers by other code, hostile and empty data; the frame."""

from __future__ import annotations

import base64
import math
import re
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pandas as pd
import pytest
from pyproj import Geod
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.near import (
    FOUND,
    NOTHING,
    OFF,
    UNREACHABLE,
    WHY,
    Address,
    AddressAnswer,
    area_point,
    to_degrees,
    to_rd,
)
from hsc_geo.analysis.neighbours import CODES
from hsc_geo.analysis.partners import Companion, organisation
from hsc_geo.data.load import Package
from hsc_geo.views.kit.links import PARTNERS_PARTS
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.map.embed_code import frame_code, framed
from hsc_geo.views.maps.points import point_text
from hsc_geo.views.partners import answers
from hsc_geo.views.partners.choices import near_choice, parameters
from hsc_geo.views.partners.network import MOST, drawing, picture
from hsc_geo.views.partners.panel import go
from hsc_geo.views.partners.words.near import metres_text, near_list
from hsc_geo.views.wording.initiative import links
from hsc_geo.web import addresses
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.shared.by_hand import KNOWN, LINKS, ORGANISATIONS, by_hand, roles, takes_part, with_ambition
from tests.shared.hostile import NAMES, SCRIPT, keys
from tests.views import screens
from tests.views.screens import components, html, map_update, notes, text, whole
from tests.views.tags import Tags
from tests.visit import names_of

BREESTRAAT = "52.15833,4.49306"
LATITUDE, LONGITUDE = 52.15833, 4.49306
PLACED = [key for key in naive.initiatives() if key in naive.points()]
FORGOTTEN = r"\{\w*\}|\bnan\b|<NA>|\bNone\b(?! known| of these)"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)
    monkeypatch.setattr(addresses, "look_up", lambda package, text: AddressAnswer(NOTHING))


def visit(**query: Any) -> AppTest:
    return whole(screens.visit("partners", **query))


def opened(chip: str, **query: Any) -> AppTest:
    """The page with one of its chips open."""
    app = screens.visit("partners", **query)
    app.session_state[f"chip_{chip}"] = True
    return whole(app.run())


def cells(app: AppTest, key: str) -> list[tuple[str, list[Any]]]:
    return [(row["id"], row["cells"]) for row in components(app)[key]["rows"]]


def plain_address(app: AppTest) -> dict[str, list[str]]:
    """The choices in the address, each as a list, the language left out."""
    found = {
        key: value if isinstance(value, list) else [value] for key, value in dict(app.query_params).items()
    }
    return {key: value for key, value in found.items() if key != "lang"}


class Query(dict):
    def get_all(self, key: str) -> list[str]:
        return list(self.get(key, []))


def page_state(package: Package, **values: list[str]) -> PageState:
    held = PageState("partners", parameters(package), {}, Query(values))
    held.pull()
    return held


# --- every part ---------------------------------------------------------------------------------------------------

OPENED = {
    "near": {"at": BREESTRAAT, "by": "radius", "dist": "2000", "sel": PLACED[0]},
    "neighbours": {"one": "LEI-035", "why": ["join", "alike"]},
    "organisation": {"org": "ORG-001"},
    "missing": {"area": "WK054605", "msec": "business", "mamb": "A1"},
    "ending": {"soon": "24"},
}


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("part", PARTNERS_PARTS)
@pytest.mark.parametrize("opened", [False, True])
def test_every_part_opens_and_its_link_restores_it(part: str, language: str, opened: bool) -> None:
    query = {"part": part, **(OPENED[part] if opened else {})}
    app = visit(lang=language, **query)
    assert notes(app) == []
    shown = Tags(text(app)).text + str(components(app))
    assert not re.search(FORGOTTEN, Tags(text(app)).text), re.search(FORGOTTEN, shown)
    kept = plain_address(app)
    for key, value in query.items():
        if (key, value) != ("part", "near"):
            assert kept[key] == (value if isinstance(value, list) else [value]), key


@pytest.mark.parametrize(
    "wrong",
    [
        {"part": "chairs"},
        {"place": "WK999999"},
        {"own": "LEI-999"},
        {"dist": "-1"},
        {"k": "7"},
        {"amb": "A9"},
        {"one": "x", "part": "neighbours"},
        {"org": SCRIPT, "part": "organisation"},
        {"area": "GM0546", "part": "missing"},
        {"at": "4.49,52.15"},
        {"at": "52.00000,4.00000"},
        {"at": SCRIPT},
        {"at": "nan,nan"},
    ],
)
def test_what_a_link_asks_that_cannot_be(wrong: dict[str, str]) -> None:
    app = visit(lang="en", **wrong)
    assert len(notes(app)) == 1
    assert "<script>" not in text(app)


def test_another_part_closes_what_was_open(package: Package) -> None:
    held = page_state(package, sel=["LEI-001"], page=["3"], one=["LEI-002"])
    go(held, "organisation", "org", "ORG-001")
    assert (held["part"], held["org"], held["sel"], held["page"], held["one"]) == (
        "organisation",
        "ORG-001",
        "",
        "1",
        "LEI-002",
    )


# --- near me ------------------------------------------------------------------------------------------------------


def expected_near(latitude: float, longitude: float, keys_: list[str]) -> dict[str, float]:
    """To the nearest place of each, over the ellipsoid, from the coordinates as they stand in the table."""
    geod = Geod(ellps="WGS84")
    found = []
    for key in keys_:
        found.append((min(geod.inv(longitude, latitude, *point)[2] for point in naive.points()[key]), key))
    return {key: metres for metres, key in sorted(found)}


def near_rows(**query: str | list[str]) -> dict[str, list[Any]]:
    """All rows of the list, whatever page they are on."""
    package = web_package.data_package()
    n = names_of(package, Words("en"))
    values = {key: value if isinstance(value, list) else [value] for key, value in query.items()}
    choice = near_choice(page_state(package, **values))
    found = answers.near(package, choice, n.today)
    assert found is not None
    return {row.id: list(row.cells) for row in near_list(n, choice, found).rows}


def why(row: list[Any]) -> str:
    return str(row[1]).split(" · ")[0]


def shown_metres(row: list[Any]) -> int | None:
    found = re.search(r"· ([\d,]+).m", row[1])
    return int(found[1].replace(",", "")) if found else None


def running(keys_: list[str]) -> list[str]:
    return [key for key in keys_ if naive.initiatives()[key]["status"] != "ended"]


NAMES_OF_WHY = (
    "Own neighbourhood",
    "Own district",
    "By distance",
    "For the whole city",
    "For the region",
    "Another district",
    "Area not known",
)


def test_the_list_begins_with_the_own_neighbourhood_and_says_why_and_how_far() -> None:
    rows = near_rows(at=BREESTRAAT, k="50")
    expected = expected_near(LATITUDE, LONGITUDE, running(PLACED))
    assert set(rows) == set(running(list(naive.initiatives())))
    assert [key for key, _ in cells(visit(lang="en", at=BREESTRAAT, k="50"), "near")] == list(rows)[:10]
    order = [NAMES_OF_WHY.index(why(row)) for row in rows.values()]
    assert order == sorted(order)
    for key, row in rows.items():
        if key in expected:
            assert shown_metres(row) == pytest.approx(expected[key], rel=0.005, abs=6)
            assert (shown_metres(row) or 0) % 10 == 0
        else:
            assert shown_metres(row) is None
    by_distance = [key for key, row in rows.items() if why(row) == "By distance"]
    assert by_distance == sorted(by_distance, key=expected.__getitem__)
    update = map_update(visit(lang="en", at=BREESTRAAT))
    assert update["marks"] == [{"at": [LATITUDE, LONGITUDE], "sign": "×", "radius": 0}]
    assert update["radius"] == 0


def test_the_nearest_outside_the_district() -> None:
    rows, every = (near_rows(at=BREESTRAAT, k=k) for k in ("5", "50"))
    outside = [key for key, row in every.items() if why(row) == "By distance"]
    assert len(outside) > 5
    assert [key for key, row in rows.items() if why(row) == "By distance"] == outside[:5]
    left = set(running(PLACED)) - set(rows)
    assert f"{len(left)} more lie farther off." in text(visit(lang="en", at=BREESTRAAT, k="5"))


@pytest.mark.parametrize("metres", ["0", "300", "1200", "50000"])
def test_all_within_a_distance(metres: str) -> None:
    rows = near_rows(at=BREESTRAAT, by="radius", dist=metres)
    every = expected_near(LATITUDE, LONGITUDE, running(PLACED))
    within = {key for key, far in every.items() if far <= int(metres)}
    assert set(rows) & set(PLACED) == within
    assert set(rows) - set(PLACED) == set(running(list(naive.initiatives()))) - set(PLACED)
    app = visit(lang="en", at=BREESTRAAT, by="radius", dist=metres)
    (mark,) = map_update(app)["marks"]
    assert mark["radius"] == (int(metres) if int(metres) <= 5000 else 0)
    assert map_update(app)["radius"] == 0  # no ring round the places that were found


def test_a_food_bank_for_the_region_is_found_where_it_is_and_says_for_whom_it_is() -> None:
    rows = near_rows(place="WK054603", k="50")
    assert rows["LEI-068"][1].endswith("· for the region")
    ((longitude, latitude),) = naive.points()["LEI-068"]
    app = visit(lang="en", at=f"{latitude:.5f},{longitude:.5f}")
    shown = dict(cells(app, "near"))
    assert shown["LEI-068"][1] == "Own neighbourhood · 0\N{NO-BREAK SPACE}m · for the region"
    assert "49 for the whole city, 10 for the region" in said(app)
    assert {"LEI-005", "LEI-010"}.isdisjoint(rows.keys() & set(PLACED))


def test_one_with_several_places_has_the_distance_of_the_nearest() -> None:
    """LEI-026 had three places and has ended."""
    for longitude, latitude in naive.points()["LEI-026"]:
        at = f"{latitude:.5f},{longitude:.5f}"
        assert shown_metres(near_rows(at=at, ended="1")["LEI-026"]) == 0
        assert "LEI-026" not in near_rows(at=at)


def visible(app: AppTest) -> set[str]:
    raw = base64.b64decode(map_update(app)["visible"])
    return {key for i, key in enumerate(naive.initiatives()) if raw[i >> 3] >> (i & 7) & 1}


def said(app: AppTest) -> str:
    """The sentence of the answer."""
    (found,) = [part for part in html(app) if "hsc-said" in part]
    return Tags(found).text


@pytest.mark.parametrize("area", ["BU05460302", "BU05460506", "WK054603", "WK054609"])
def test_the_sentence_counts_as_every_page_does(package: Package, area: str) -> None:
    """The own neighbourhood, the rest of the district, the whole city and the region, by the one counting rule."""
    district = naive.areas()[area]["parent_code"] if area.startswith("BU") else area
    own, whole = (naive.count(code, KNOWN) for code in (area, district))
    number, more = (len(each["own"]) + len(each["shared"]) for each in (own, whole))
    told = said(visit(lang="en", place=area))
    known = f"{number} initiative" if number else "no initiative known"
    assert told.startswith(f"{naive.areas()[area]['name']}: {known}")
    if area != district:
        assert f", {more - number or 'none known'} elsewhere in {naive.areas()[district]['name']}," in told
    assert f"{len(own['city'])} for the whole city, {len(own['region'])} for the region." in told
    assert "(known, not ended; as of " in told


def test_groups_of_those_without_a_place(package: Package) -> None:
    """From the middle of each district: known to it, or to the neighbourhoods in it; the others by their scope."""
    for code in ("WK054603", "WK054609"):
        rest = [key for key in running(list(naive.initiatives())) if key not in PLACED]
        rows = near_rows(place=code, k="50")
        local = {key for key in rest if code in naive.served()[key]}
        expected = {
            "district": local,
            "elsewhere": {key for key in rest if naive.stated_areas()[key]} - local,
            **{
                scope: {key for key in rest if scope in naive.scope(key)}
                for scope in ("city", "region", "unknown")
            },
        }
        for group, wanted in expected.items():
            name = NAMES_OF_WHY[WHY.index(group)]
            assert {key for key in rest if why(rows[key]) == name} == wanted
            only = near_rows(place=code, grp=group)
            assert set(only) & set(rest) == wanted
        app = visit(lang="en", place=code)
        assert local <= visible(app)
        assert map_update(app)["selected"] == code
        assert map_update(app)["marks"][0]["at"] == [
            round(each, 5) for each in to_degrees(area_point(package, code))
        ]


def test_the_map_is_drawn_to_what_was_chosen(package: Package) -> None:
    (south, west), (north, east) = map_update(visit(lang="en", place="BU05460302"))["sight"]
    bounds = package.geometry.at["BU05460302", "geometry"].bounds
    assert to_rd(south, west) == pytest.approx(bounds[:2], abs=2)
    assert to_rd(north, east) == pytest.approx(bounds[2:], abs=2)
    (south, west), (north, east) = map_update(visit(lang="en", at=BREESTRAAT))["sight"]
    assert south < LATITUDE < north
    assert west < LONGITUDE < east
    assert to_rd(north, east)[1] - to_rd(south, west)[1] <= 3100
    assert map_update(visit(lang="en"))["sight"] == []


def test_an_own_initiative_is_measured_from_and_not_listed() -> None:
    own = PLACED[0]
    ((longitude, latitude),) = naive.points()[own]
    rows = near_rows(own=own, k="50")
    expected = expected_near(latitude, longitude, [key for key in running(PLACED) if key != own])
    assert {key for key, row in rows.items() if shown_metres(row) is not None} == set(expected)
    assert own not in rows
    assert own not in visible(visit(lang="en", own=own))


def test_an_own_initiative_without_a_place_stands_in_the_area_that_it_serves() -> None:
    own = next(
        key
        for key, row in naive.initiatives().items()
        if row["precision"] == "district" and len(naive.stated_areas()[key]) == 1 and key not in PLACED
    )
    app = visit(lang="en", own=own)
    (code,) = naive.stated_areas()[own]
    assert (
        f"No place of {naive.initiatives()[own]['name']} is known; counted from the middle of"
        in Tags(text(app)).text
    )
    assert naive.areas()[code]["name"] in Tags(text(app)).text
    assert why(cells(app, "near")[0][1]) == "Own district"


def test_an_own_initiative_of_nowhere_has_a_way_on() -> None:
    own = next(
        key for key, row in naive.initiatives().items() if row["precision"] == "city" and key not in PLACED
    )
    app = visit(lang="en", own=own)
    assert "near" not in components(app)
    assert "No place or area of" in text(app)
    app.button(key="near_own_neighbours").click().run()
    assert plain_address(whole(app)) == {"part": ["neighbours"], "one": [own], "own": [own]}


def test_before_a_place_is_chosen_it_says_where_two_or_more_meet() -> None:
    app = visit(lang="en")
    shown = cells(app, "near_meetings")
    assert said(app).startswith(f"At {len(shown)} places in Leiden two or more initiatives meet.")
    ids = running(list(naive.initiatives()))
    assert f"{len(ids)} initiatives are known. Of {len(running(PLACED))} the place is known." in said(app)
    assert visible(app) >= set(running(PLACED))
    key, row = shown[0]
    chosen = dict(cells(visit(lang="en", at=key), "near"))
    assert sum(shown_metres(each) == 0 for each in chosen.values()) == int(row[1])
    assert row[0] in said(visit(lang="en", at=key))  # the place of the register at that point


def test_before_a_place_is_chosen_a_topic_lists_what_fits() -> None:
    app = visit(lang="en", theme="loneliness")
    fit = {
        key for key in running(list(naive.initiatives())) if naive.initiatives()[key]["theme"] == "loneliness"
    }
    assert {key for key, _ in cells(app, "near_every")} == fit
    assert said(app).startswith(f"Loneliness. {len(fit)} initiatives are known.")


def test_often_asked_topics_are_one_press() -> None:
    app = visit(lang="en", place="BU05460302")
    app.button(key="often_theme_loneliness").click().run()
    app.button(key="often_life_stage_65+").click().run()
    assert plain_address(whole(app)) == {"place": ["BU05460302"], "theme": ["loneliness"], "life": ["65+"]}
    narrow = set(near_rows(place="BU05460302", theme="loneliness", life="65+"))
    app.button(key="often_all").click().run()
    assert plain_address(whole(app))["life"] == ["65+", "all"]
    wide = set(near_rows(place="BU05460302", theme="loneliness", life=["65+", "all"]))
    assert narrow < wide
    assert "LEI-050" not in wide  # ended


def test_facets_narrow_and_their_counts_are_right() -> None:
    query = {"at": BREESTRAAT, "k": "50", "amb": ["A1"], "life": ["all"]}
    fit = [
        key
        for key in running(list(naive.initiatives()))
        if naive.fits(key, {"ambition": ["A1"], "life_stage": ["all"]})
    ]
    assert set(near_rows(**query)) == set(fit)
    app = opened("ambition", lang="en", **query)
    (pills,) = [each for each in app.get("button_group") if each.proto.id.endswith("-w_amb")]
    for option in (each.content for each in pills.proto.options):
        name, number = re.fullmatch(r"(.*) \((\d+)\)", option).groups()  # type: ignore[union-attr]
        code = next(
            r["code"]
            for r in naive.rows("vocabularies")
            if r["vocabulary"] == "ambition" and r["name_en"] == name
        )
        among = running(list(naive.initiatives()))
        assert int(number) == sum(
            naive.fits(key, {"ambition": [code], "life_stage": ["all"]}) for key in among
        )


def test_ended_ones_too() -> None:
    ended = {key for key in PLACED if naive.initiatives()[key]["status"] == "ended"}
    without, with_ = (near_rows(at=BREESTRAAT, k="50", ended=each) for each in ("", "1"))
    assert (set(with_) - set(without)) & set(PLACED) == ended


def test_a_row_opens_its_source_and_the_ways_on() -> None:
    own = next(
        key for key in PLACED if any(row["organisation_id"] for row in LINKS if row["initiative_id"] == key)
    )
    app = visit(lang="en", at=BREESTRAAT, sel=own)
    assert naive.initiatives()[own]["source_url"] in text(app)
    code = next(
        row["organisation_id"] for row in LINKS if row["initiative_id"] == own and row["organisation_id"]
    )
    app.button(key=f"near_org_{code}").click().run()
    assert plain_address(whole(app))["org"] == [code]
    again = visit(lang="en", at=BREESTRAAT, sel=own)
    again.button(key="near_neighbours").click().run()
    assert plain_address(whole(again))["one"] == [own]


# What is typed


def typed(app: AppTest, value: str) -> AppTest:
    app.text_input(key="w_partners_text").set_value(value)
    return whole(app.run())


def offers(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("near_option_")]


def answering(monkeypatch: pytest.MonkeyPatch, answer: AddressAnswer) -> list[str]:
    asked: list[str] = []

    def look_up(package: Package, text: str) -> AddressAnswer:
        asked.append(text)
        return answer

    monkeypatch.setattr(addresses, "look_up", look_up)
    return asked


def test_a_neighbourhood_is_found_without_asking_anyone_and_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = answering(monkeypatch, AddressAnswer(FOUND))
    app = typed(visit(lang="en"), "zuidwest")
    assert plain_address(app) == {"place": ["WK054605"]}
    assert asked == []


def test_an_address_is_asked_once_chosen_as_a_point_and_not_kept_in_the_link(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    option = Address("Breestraat 92, 2311CS *Leiden*", to_rd(LATITUDE, LONGITUDE))
    asked = answering(monkeypatch, AddressAnswer(FOUND, (option,)))
    app = typed(visit(lang="en"), "Breestraat 92")
    app = whole(app.run())
    assert asked == ["Breestraat 92"]
    assert plain_address(app) == {}
    assert offers(app)[0] == "Breestraat 92, 2311CS \\*Leiden\\*"
    app.button(key="near_option_0").click().run()
    assert plain_address(whole(app)) == {"at": [BREESTRAAT]}
    assert asked == ["Breestraat 92"]
    assert "near" in components(app)
    assert "Near Breestraat 92, 2311CS *Leiden*: " in said(app)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (OFF, "Addresses are not looked up on this site"),
        (UNREACHABLE, "The address service cannot be reached just now"),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_without_the_service_a_street_of_the_register_is_taken_without_its_number(
    monkeypatch: pytest.MonkeyPatch, answer: str, words: str, language: str
) -> None:
    answering(monkeypatch, AddressAnswer(answer))
    app = typed(visit(lang=language), "Rijnsburgerweg 999")
    if language == "en":
        assert words in text(app)
    assert "at" in plain_address(app)
    assert "Rijnsburgerweg" in said(app)


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("eenzaamheid", {"theme": ["loneliness"]}),
        ("Huis van de Buurt De Kooi", {"own": ["LEI-045"]}),
        ("Fietsmaatjes LeidenLeiderdorp", {"own": ["LEI-126"]}),
        ("Hogeschool Leiden", {"part": ["organisation"], "org": ["ORG-003"]}),
        ("2315 CD", {"at": ["52.16370,4.51066"]}),
        ("Arubapad", {"at": ["52.16631,4.50926"]}),
        ("rosmolen 28", {"place": ["WK054608"]}),
        ("ouderen driftstraat", {"life": ["65+"], "at": ["52.16370,4.51066"]}),
    ],
)
def test_what_is_typed_becomes_choices(what: str, values: dict[str, list[str]]) -> None:
    assert plain_address(typed(visit(lang="nl"), what)) == values


def test_what_else_it_may_be_is_offered_and_a_name_that_is_misspelt_is_offered_only() -> None:
    app = typed(visit(lang="nl"), "Leiden Noord")
    assert plain_address(app) == {"place": ["WK054603"]}
    assert "WK054603" not in offers(app)
    app = typed(visit(lang="nl"), "stevnshof")
    assert "place" not in plain_address(app)
    assert any("Stevenshof" in offer for offer in offers(app))


def test_nothing_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, AddressAnswer(NOTHING))
    app = typed(visit(lang="en"), "qqzzqqzz")
    assert offers(app) == []
    assert "No place is found by this name" in text(app)


@pytest.mark.parametrize("value", [SCRIPT, "$x$ :red[x] [a](http://b)", "\ud800", "x" * 100_000])
def test_hostile_typing(value: str) -> None:
    app = visit(lang="en")
    app.text_input(key="w_partners_text").set_value(value.encode("utf-8", "replace").decode())
    assert "<script>" not in text(whole(app.run()))


def test_distances_are_in_tens_of_metres(nl: Names) -> None:
    assert metres_text(nl, 1234.5) == "1.230 m"
    assert metres_text(nl, 0) == "0 m"


def test_a_point_in_the_link_is_about_a_metre() -> None:
    point = to_rd(LATITUDE, LONGITUDE)
    back = to_rd(*map(float, point_text(point).split(",")))
    assert math.dist(point, back) < 1.5


# --- neighbours ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["LEI-035", "LEI-072", "LEI-001"])
def test_neighbours_have_their_points(key: str) -> None:
    app = visit(lang="en", part="neighbours", one=key)
    expected = {
        other: sum(found.values()) for other in KNOWN if other != key and (found := by_hand(key, other))
    }
    shown = cells(app, "neighbours")
    assert len(shown) == min(25, len(expected))
    for other, row in shown:
        assert row[1] == Words("en").number(expected[other], 1)
        parts = [float(number) for number in re.findall(r"\((\d\.\d)\):", row[2])]
        assert sum(parts) == pytest.approx(expected[other], abs=0.05 * len(parts) + 0.01)
    best = sorted(expected.values(), reverse=True)[: len(shown)]
    assert [row[1] for _, row in shown] == [Words("en").number(each, 1) for each in best]


@pytest.mark.parametrize("code", CODES)
def test_one_reason(code: str) -> None:
    app = visit(lang="en", part="neighbours", one="LEI-035", why=[code])
    expected = {other for other in KNOWN if other != "LEI-035" and code in by_hand("LEI-035", other)}
    shown = cells(app, "neighbours") if "neighbours" in components(app) else []
    assert {other for other, _ in shown} == expected


def test_an_initiative_without_neighbours_says_so(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    one = package.initiatives.iloc[:1]
    monkeypatch.setattr(web_package, "_package", replace(package, initiatives=one))
    app = visit(lang="en", part="neighbours", one=str(one.index[0]))
    assert said(app).startswith("No other initiative is known that fits with ")


def test_points_are_told() -> None:
    shown = text(visit(lang="en", part="neighbours"))
    for part in (
        "3 points for an ambition in common",
        "2 points for another ambition",
        "1,000 metres",
        "50% of the points",
        "at most 3",
        "TF-IDF",
        "from 0.15 on",
    ):
        assert part in shown


# --- an organisation ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["ORG-001", "ORG-009", "ORG-012", "ORG-028", "ORG-038"])
def test_an_organisation(key: str) -> None:
    app = visit(lang="en", part="organisation", org=key)
    row, own = ORGANISATIONS[key], roles(key)
    shown = text(app)
    assert row["source_url"] in shown
    assert ("(not confirmed)" in shown) == (row["agreement_role"] not in ("convener", "signatory"))
    for network in naive.parts(row["networks"]):
        assert network in Tags(shown).text
    if own:
        table = components(app)["organisation_parts"]
        assert table["words"]["range"].endswith(f"of {len(own)}")
        for one, row_ in cells(app, "organisation_parts"):
            assert row_[1] == {"lead": "leads", "partner": "partner"}[own[one]]
    else:
        assert said(app).startswith(f"Of {row['name']} no initiative is known")
    now = {one: role for one, role in own.items() if one in KNOWN}
    if now:
        leads = sum(role == "lead" for role in now.values())
        assert (f"leads {leads} initiative" in said(app)) == bool(leads)


def test_before_an_organisation_is_chosen_those_in_most_initiatives_stand_first() -> None:
    app = visit(lang="en", part="organisation")
    shown = cells(app, "organisations")
    for key, row in shown:
        now = [role for one, role in roles(key).items() if one in KNOWN]
        expected = [now.count("lead"), now.count("partner")]
        assert row[2:] == [str(number or "none known") for number in expected]
    leading = [key for key in ORGANISATIONS if any(o in KNOWN and r == "lead" for o, r in roles(key).items())]
    assert said(app).startswith(f"{len(leading)} of {len(ORGANISATIONS)} organisations of the register lead ")


def test_before_an_initiative_is_chosen_those_that_share_most_stand_first() -> None:
    app = visit(lang="en", part="neighbours")
    numbers = [int(row[1]) for _, row in cells(app, "neighbours_sharing")]
    assert numbers == sorted(numbers, reverse=True)
    assert f" of {len(KNOWN)} initiatives share a place or an organisation with another." in said(app)


def test_what_may_end_in_a_sentence() -> None:
    app = visit(lang="en", part="ending")
    number = int(components(app)["may_end"]["words"]["range"].split(" of ")[1])
    assert said(app).startswith(f"{number} initiatives have a sign that they may end.")


@pytest.mark.slow
def test_every_organisation_opens(package: Package) -> None:
    for key in list(ORGANISATIONS)[::6]:
        visit(lang="nl", part="organisation", org=key)


def svg(markup: str) -> ElementTree.Element:
    found = re.search(r"base64,([A-Za-z0-9+/=]+)", markup)
    assert found
    return ElementTree.fromstring(base64.b64decode(found[1]))


def test_the_picture_holds_what_the_table_holds(package: Package) -> None:
    app = visit(lang="en", part="organisation", org="ORG-001")
    (image,) = [part for part in html(app) if "<img" in part]
    lines = [each for each in svg(image).iter() if each.tag.endswith("line")]
    companions = organisation(package, "ORG-001").companions
    assert len(lines) == min(MOST, len(companions))
    alt = dict(next(attributes for tag, attributes in Tags(image).tags if tag == "img"))["alt"]
    for each in companions[:MOST]:
        assert f"{each.name} ({len(each.initiatives)})" in alt
    assert cells(app, "organisation_network")[0][1][:2] == [
        companions[0].name,
        str(len(companions[0].initiatives)),
    ]


@pytest.mark.parametrize("name", [*NAMES, SCRIPT, ""])
def test_a_hostile_name_in_the_picture(en: Names, name: str) -> None:
    made = [Companion("", name, ("a",)), Companion("ORG-001", name, ("a", "b"))]
    root = svg(picture(en, name, made, "dark"))
    assert {each.tag.rpartition("}")[2] for each in root.iter()} == {"svg", "line", "circle", "text"}


def test_light_and_dark_differ_and_none_is_nothing(en: Names) -> None:
    one = [Companion("", "x", ("a",))]
    assert drawing("a", one, "light") != drawing("a", one, "dark")
    assert picture(en, "a", [], "light") == ""


# --- who is missing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("area", ["WK054603", "WK054605", "BU05460300", "BU05460302"])
def test_the_matrix_of_kinds(area: str) -> None:
    app = visit(lang="en", part="missing", area=area)
    counted = naive.count(area, KNOWN)
    here = {*counted["own"], *counted["shared"]}
    heats = {}
    for sector, row in cells(app, "missing_matrix"):
        for i, ambition in enumerate(("A1", "A2", "A3", "A4", ""), 1):
            known = with_ambition(takes_part(sector) & set(KNOWN), ambition)
            around = known & set(counted["around"])
            told = row[i]["text"]
            if known & here:
                assert told == f"{len(known & here)} known"
                if ambition:
                    heats[row[i]["heat"]] = len(known & here)
            elif known:
                assert told.startswith("none known (")
                assert sum(map(int, re.findall(r"\d+", told))) == len(known)
                assert (f"whole district {len(around)}" in told) == bool(around)
            else:
                assert told == "none known in the city"
    assert [heats[heat] for heat in sorted(heats)] == sorted(heats.values())  # the more, the stronger
    assert max(heats) == 1


@pytest.mark.parametrize("area", ["WK054603", "BU05460302"])
def test_the_number_of_the_area_stands_above_with_its_label(area: str) -> None:
    told = Tags(text(visit(lang="en", part="missing", area=area))).text
    groups = naive.count(area, KNOWN)
    assert (
        f"{naive.areas()[area]['name']}: {len(groups['own']) + len(groups['shared'])} initiatives (known"
        in told
    )
    assert f"for the whole city: {len(groups['city'])}; for the region: {len(groups['region'])}" in told


def test_who_is_missing_is_known_elsewhere_and_in_nothing_here_or_around(package: Package) -> None:
    """What is known to the whole of Leiden-Noord is no gap in De Kooi, and who takes part in it is not missing."""
    for area in ("BU05460302", "WK054603"):
        told = said(visit(lang="en", part="missing", area=area))
        counted = naive.count(area, KNOWN)
        near = {*counted["own"], *counted["shared"], *counted["around"]}
        names = {r["code"]: r["name_en"] for r in naive.rows("vocabularies") if r["vocabulary"] == "sector"}
        listed = told.split("take part (", 1)[1].split(").")[0].split(", ")
        missing = [
            name[:1].lower() + name[1:]
            for sector, name in names.items()
            if takes_part(sector) & set(KNOWN) and not takes_part(sector) & set(KNOWN) & near
        ]
        assert sorted(listed) == sorted(missing)
        assert f": of {len(names)} kinds of partner {len(missing)} are not known to take part" in told


def test_neighbourhoods_where_none_is_known() -> None:
    for district in ("WK054603", "WK054601"):
        app = visit(lang="en", part="missing", area=district)
        names = {
            naive.areas()[code]["name"]: code
            for code in naive.codes_of("neighbourhood")
            if naive.areas()[code]["parent_code"] == district
        }
        empty = 0
        for _, row in cells(app, "missing_gaps"):
            for i in range(1, 5):
                groups = naive.count(names[row[0]], naive.with_ambition(KNOWN, f"A{i}"))
                own = len(groups["own"]) + len(groups["shared"])
                wide = len(groups["city"]) + len(groups["region"])
                parts = [f"{own} known" if own else "none known"]
                rest = [
                    f"{len(groups['around'])} for its district as a whole" if groups["around"] else "",
                    f"{wide} for the whole city or region" if wide else "",
                ]
                expected = "; ".join([*parts, ", ".join(filter(None, rest))])
                assert row[i] == expected
                empty += not own and not groups["around"]
        assert f"{empty} combination" in text(app)


def test_a_neighbourhood_that_was_asked_says_so(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    row = {
        "asked_id": "ASK-BU05460302-A3",
        "area_code": "BU05460302",
        "ambition_code": "A3",
        "asked_on": "2026-05-12",
        "source_kind": "organisation",
        "source": "Libertas Leiden",
        "source_url": "",
        "note": "",
    }
    made = replace(package, asked_none=pd.DataFrame([row], columns=package.asked_none.columns))
    monkeypatch.setattr(web_package, "_package", made)
    shown = {cells_[0]: cells_[3] for _, cells_ in cells(visit(lang="en", part="missing"), "missing_gaps")}
    assert shown["De Kooi"] == "asked on 12 May 2026: nothing found; 4 for the whole city or region"
    assert shown["Groenoord"] == "none known; 4 for the whole city or region"


def test_whom_to_invite_has_source_website_and_office() -> None:
    app = visit(lang="en", part="missing", area="WK054603", msec="nature", mamb="A2")
    here = {key for key in with_ambition(set(KNOWN), "A2") if "WK054603" in naive.served()[key]}
    expected = {
        key for key, row in ORGANISATIONS.items() if row["sector"] == "nature" and not set(roles(key)) & here
    }
    shown = dict(cells(app, "missing_invite"))
    assert set(shown) == expected
    for key, row in shown.items():
        stated = ORGANISATIONS[key]
        assert row[3] == (stated["public_contact"] or "none known")
        assert row[4] == (
            {"text": "website", "href": stated["website"]} if stated["website"] else "none known"
        )
        assert row[5]["href"] == stated["source_url"]


# --- hostile, empty -----------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("part", PARTNERS_PARTS)
def test_hostile_rows_stay_text(hostile_package: Package, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    for key in keys(hostile_package)[::5]:
        app = visit(lang="nl", part=part, own=key, one=key, sel=key, place="WK054603", org="ORG-001")
        for piece in html(app):
            assert "script" not in {tag for tag, _ in Tags(piece).tags}


@pytest.mark.parametrize("part", PARTNERS_PARTS)
def test_a_register_without_initiatives(package: Package, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    empty = replace(
        package,
        initiatives=package.initiatives.iloc[:0],
        initiative_areas=package.initiative_areas.iloc[:0],
        initiative_organisations=package.initiative_organisations.iloc[:0],
    )
    monkeypatch.setattr(web_package, "_package", empty)
    app = visit(lang="en", part=part, place="WK054603", org="ORG-001")
    assert "near" not in components(app)


def test_links_from_other_pages(en: Names) -> None:
    found = [dict(attributes)["href"] for tag, attributes in Tags(links(en, "LEI-014")).tags if tag == "a"]
    assert parse_qs(urlsplit(found[0]).query) == {"part": ["neighbours"], "one": ["LEI-014"], "lang": ["en"]}
    assert {urlsplit(each).path for each in found} == {"partners"}
    for each in found:
        query = {key: values[0] for key, values in parse_qs(urlsplit(each).query).items()}
        assert notes(visit(**query)) == []


# --- the frame for other sites ------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_list_in_a_frame(language: str) -> None:
    app = whole(screens.visit("insluiten", what="list", amb="A3", lang=language))
    expected = [key for key in naive.initiatives() if naive.fits(key, {"ambition": ["A3"]})]
    table = components(app)["embed_list"]
    assert table["words"]["range"].endswith(str(len(expected)))
    assert str(len(expected)) in text(app)
    assert {row["id"] for row in table["rows"]} == {""}
    assert app.get("component_instance") == []
    (link,) = [
        dict(a)["href"]
        for piece in html(app)
        for tag, a in Tags(piece).tags
        if tag == "a" and "kaart?" in dict(a)["href"]
    ]
    assert parse_qs(urlsplit(link).query) == {"amb": ["A3"], "lang": [language]}


def test_a_frame_that_was_shared_counts_from_its_day_and_its_link_too() -> None:
    app = whole(screens.visit("insluiten", what="list", amb="A3", lang="en", asof="2026-01-05"))
    assert "as of 5 January 2026" in text(app)
    assert "Counted from 5 January 2026." in text(app)
    (link,) = [a for piece in html(app) for a in re.findall(r'href="(kaart[^"]*)"', piece)]
    assert "asof=2026-01-05" in link


def test_the_map_in_a_frame() -> None:
    app = whole(screens.visit("insluiten", amb="A3", level="neighbourhood", lang="en"))
    update = map_update(app)
    assert update["level"] == "neighbourhood"
    assert len(components(app)) == 1
    shown = text(app)
    assert "hsc-legend" in shown
    assert "hsc-maptitle" in shown
    assert "None known is not the same as none" in shown
    assert "display: none" in "".join(each.value for each in app.get("html"))


@pytest.mark.parametrize("wrong", [{"what": "chairs"}, {"amb": "A9"}])
def test_a_frame_of_what_is_not_known(wrong: dict[str, str]) -> None:
    assert len(notes(whole(screens.visit("insluiten", **wrong)))) == 1


def test_the_frame_of_a_filter_that_leaves_none() -> None:
    app = whole(screens.visit("insluiten", what="list", q="zzzz", lang="en"))
    assert [each.value for each in app.info] == ["No initiative known fits these choices."]


def code_blocks(app: AppTest) -> list[str]:
    return [each.value for each in app.code if "<iframe" in each.value]


def test_the_code_to_copy_holds_the_filters_and_is_one_tag(package: Package) -> None:
    app = whole(
        screens.visit(
            "kaart", amb=["A3"], q='"><script>alert(1)</script>', sel="WK054603", page="1", lang="en"
        )
    )
    blocks = code_blocks(app)
    assert len(blocks) == 2
    for block, what in zip(blocks, ("map", "list"), strict=True):
        ((tag, attributes),) = Tags(block).tags
        assert tag == "iframe"
        query = parse_qs(urlsplit(dict(attributes)["src"]).query)
        assert query == {
            "what": [what],
            "amb": ["A3"],
            "q": ['"><script>alert(1)</script>'],
            "lang": ["en"],
            "asof": [date.today().isoformat()],
            "embed": ["true"],
        }


def test_the_code_opens_the_same_view(en: Names, package: Package) -> None:
    from hsc_geo.views.map.choices import parameters as map_parameters

    held = PageState("map", map_parameters(package), {}, Query(amb=["A2"], district=["WK054603"]))
    held.pull()
    query = framed(en, held, "list")
    app = whole(
        screens.visit("insluiten", **{key: values for key, values in query.items() if key != "embed"})
    )
    choices = {"ambition": ["A2"], "district": ["WK054603"]}
    fit = [key for key in naive.initiatives() if naive.fits(key, choices)]
    assert components(app)["embed_list"]["words"]["range"].endswith(f"of {len(fit)}")
    assert 'title="List of known initiatives for health"' in frame_code(en, query, "list")
