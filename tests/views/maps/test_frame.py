"""What goes to the map's frame: scripts that data cannot end, a bit per initiative, points for places only."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment
from streamlit_folium import generate_leaflet_string

from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.kit.words import Words
from hsc_geo.views.map.page import clicked, map_update
from hsc_geo.views.maps.common import draw_map, map_config
from hsc_geo.views.maps.features import anchors, bitmask, bounds, initiative_features
from hsc_geo.views.maps.frame import MapAssets, base_map, script_json, update_group
from tests.shared import naive
from tests.shared.hostile import NAMES, carried
from tests.views.query import Query
from tests.visit import names_of

CURRENT = naive.current()[0]
ASSETS = MapAssets(*(f"/x/{name}" for name in ("l.js", "l.css", "m.js", "m.css", "a", "i", "t", "f")))
repeatable = settings(max_examples=50, deadline=None, derandomize=True, database=None)


# --- scripts ----------------------------------------------------------------------------------------------------

hard = st.text(alphabet=st.sampled_from("<>/!-&'\"\\sScript\u2028\u2029\ud800é{}%"), max_size=40)


@repeatable
@given(
    value=st.recursive(
        hard, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(hard, inner, max_size=3)
    )
)
def test_json_in_a_script_is_the_value_and_cannot_end_the_script(value: Any) -> None:
    text = script_json(value)
    assert not re.search("[<>&\u2028\u2029]", text)
    assert text.isascii()
    assert json.loads(text) == value


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!--<script>", "\u2028alert(1)", "]]>"]
)
def test_the_usual_ways_out_of_a_script_are_closed(name: str) -> None:
    assert not re.search(r"</|<!--|<script|\u2028|]]>", script_json({"title": name}), re.IGNORECASE)


def payload(script: str) -> dict[str, Any]:
    """What `hsc.update` is called with."""
    found = re.search(r"hsc\.update\((\{.*\})\);", script, re.DOTALL)
    assert found
    return json.loads(found[1])


def script_of(element: Any) -> str:
    """As streamlit-folium takes it."""
    element.get_root().render()
    return str(generate_leaflet_string(element))


@pytest.mark.parametrize("hostile", NAMES[:9] + NAMES[10:], ids=lambda text: ascii(text[:12]))
def test_an_update_carries_hostile_words_unchanged_and_harmless(package: Package, hostile: str) -> None:
    view = explore(package, Choice("50090NED-Overgewicht"))
    update = replace(
        map_update(names_of(package, Words("en")), view, ""),
        title=hostile,
        text={"WK054603": hostile},
        selected=hostile,
    )
    group = update_group(update)
    base = base_map(ASSETS, map_config(package))
    group.add_to(base)
    script = script_of(base)
    sent = payload(script)
    assert (sent["title"], sent["text"], sent["selected"]) == (hostile, {"WK054603": hostile}, hostile)
    assert "<" not in script[script.index("hsc.update(") :].split(");")[0]


def test_a_change_compiles_none_of_the_scripts_of_the_map_as_a_template(
    package: Package, en: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    usual = Environment.compile

    def counting(self: Environment, source: Any, *others: Any, **named: Any) -> Any:
        compiled.append(str(source))
        return usual(self, source, *others, **named)

    update = map_update(en, explore(package, Choice("50090NED-Overgewicht")), "")
    monkeypatch.setattr(Environment, "compile", counting)
    draw_map("compiled", package, ASSETS, update)
    assert len(compiled) == 1  # the one line that each figure of branca begins with
    assert "hsc." not in compiled[0]


def test_the_script_of_the_map_never_changes_with_a_choice(package: Package) -> None:
    one, other = (base_map(ASSETS, map_config(package)) for _ in range(2))
    normal = [re.sub(r"[0-9a-f]{32}", "id", script_of(each)) for each in (one, other)]
    assert normal[0] == normal[1]
    assert "hsc.start(" in normal[0]


@pytest.mark.parametrize(
    "hostile", ["{{ 7 * 7 }}", "{% raw %}", "{# gone #}", "</script><script>alert(1)</script>"]
)
def test_the_name_of_a_focus_district_is_never_run_as_a_template(package: Package, hostile: str) -> None:
    """folium makes a Jinja template of every script that it is given."""
    names = package.focus_areas.assign(name_nl=hostile, name_en=hostile)
    base = base_map(ASSETS, map_config(replace(package, focus_areas=names)))
    found = re.search(r"hsc\.start\(map_\w+, (\{.*\})\);", script_of(base), re.DOTALL)
    assert found
    assert [each["label_nl"] for each in json.loads(found[1])["focus"]] == [hostile, hostile]


def test_the_map_asks_only_our_own_host(package: Package) -> None:
    base = base_map(ASSETS, map_config(package))
    html = base.get_root().render()
    assert re.findall(r'(?:src|href)="(?!/x/)[^"]*"', html) == []
    assert not re.search(r"https?://(?!www\.w3\.org)", html.replace("https://leafletjs.com", ""))


# --- bits -------------------------------------------------------------------------------------------------------


@repeatable
@given(mask=st.lists(st.booleans(), max_size=300))
def test_the_bits_are_the_mask(mask: list[bool]) -> None:
    packed = bitmask(np.array(mask, dtype=bool))
    naive_bytes = bytearray((len(mask) + 7) // 8)
    for i, visible in enumerate(mask):
        if visible:
            naive_bytes[i // 8] |= 1 << (i % 8)
    assert packed == bytes(naive_bytes)


@pytest.mark.parametrize("choices", [{}, {"ambition": ["A3"]}, {"district": ["WK054603", "unknown"]}])
def test_an_update_shows_the_initiatives_that_fit(
    package: Package, en: Names, choices: dict[str, list[str]]
) -> None:
    group = update_group(map_update(en, explore(package, Choice("", facets=choices)), ""))
    base = base_map(ASSETS, map_config(package))
    group.add_to(base)
    bits = base64.b64decode(payload(script_of(base))["visible"])
    shown = [key for i, key in enumerate(naive.initiatives()) if bits[i // 8] >> (i % 8) & 1]
    assert shown == [key for key in naive.initiatives() if naive.fits(key, choices)]


# --- figures on the map -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_an_update_has_a_class_and_a_text_for_every_published_value(
    package: Package, en: Names, level: str
) -> None:
    update = map_update(en, explore(package, Choice("50090NED-Overgewicht", level=level)), "WK054603")
    values = {
        code: naive.observed("50090NED-Overgewicht", "2020", "18plus", code) for code in naive.codes_of(level)
    }
    known = {code: value for code, value in values.items() if value is not None}
    assert set(update.classes) == set(known)
    assert set(update.text) == set(values)
    for code, value in values.items():
        expected = "suppressed by the source" if value is None else f"{value:.1f}%"
        assert update.text[code] == expected
    assert max(update.classes.values()) == len(update.colors) - 1
    ordered = sorted(known, key=lambda code: known[code])
    assert [update.classes[code] for code in ordered] == sorted(update.classes.values())
    assert (update.level, update.lang, update.selected) == (level, "en", "WK054603")


def test_without_a_figure_there_are_no_classes(package: Package, nl: Names) -> None:
    update = map_update(nl, explore(package, Choice("")), "")
    assert (update.classes, update.colors, update.text, update.title) == ({}, [], {}, "")


# --- what the frame fetches once --------------------------------------------------------------------------------


def points_of(found: dict[str, list[Any]]) -> dict[str, list[list[float]]]:
    return dict(zip(found["ids"], found["points"], strict=True))


def test_each_place_whose_point_is_known_is_drawn_and_no_launch(package: Package) -> None:
    drawn = points_of(initiative_features(package))
    for key in naive.initiatives():
        known = [row for row in naive.places().get(key, []) if row["latitude"]]
        assert drawn[key] == [
            [round(float(r["latitude"]), 5), round(float(r["longitude"]), 5)] for r in known
        ], key
    assert len(drawn["LEI-026"]) == 3
    launches = {row["initiative_id"] for row in naive.rows("initiative_places") if row["role"] == "event"}
    assert {"LEI-005", "LEI-010"} <= launches
    assert [drawn[key] for key in launches] == [[]] * len(launches)


def test_what_is_for_the_city_or_the_region_has_its_place_and_a_sign(package: Package) -> None:
    found = initiative_features(package)
    wide = dict(zip(found["ids"], found["wide"], strict=True))
    for key in naive.initiatives():
        scope = next(iter(naive.scope(key)))
        assert wide[key] == (scope if scope in ("city", "region") else ""), key
    assert wide["LEI-068"] == "region"
    (point,) = points_of(found)["LEI-068"]
    assert point == pytest.approx([52.160025, 4.511069], abs=1e-5)


def test_a_made_entry_with_several_places_is_drawn_at_each(package: Package) -> None:
    rows = package.initiative_places
    mine = rows[rows["initiative_id"] == "LEI-026"].assign(initiative_id=CURRENT)
    others = rows[rows["initiative_id"] != CURRENT]
    made = replace(package, initiative_places=pd.concat([others, mine]))
    assert len(points_of(initiative_features(made))[CURRENT]) == 3


def test_areas_served_are_those_of_the_tables(package: Package) -> None:
    found = initiative_features(package)
    assert found["ids"] == list(naive.initiatives())
    assert {len(column) for column in found.values()} == {len(naive.initiatives())}
    for i, key in enumerate(found["ids"]):
        assert set(found["serves"][i]) == naive.served()[key]
        assert set(found["exact"][i]) == naive.stated_areas()[key]
        assert len(found["serves"][i]) == len(set(found["serves"][i]))


def test_hostile_names_are_plain_text_in_it(hostile_package: Package) -> None:
    names = initiative_features(hostile_package)["names"]
    assert names[: len(NAMES)] == [carried(name) for name in NAMES]


def test_a_name_stands_inside_its_area(package: Package) -> None:
    shapes = package.geometry.to_crs(4326)["geometry"]
    import shapely

    places = anchors(package)
    assert set(places) == {*naive.codes_of("district"), *naive.codes_of("neighbourhood")}
    for code, (lat, lon) in places.items():
        assert shapes[code].contains(shapely.Point(lon, lat)), code


def test_the_bounds_hold_leiden(package: Package) -> None:
    (south, west), (north, east) = bounds(package)
    # The town hall, and the corners of Leiden as any atlas has them.
    assert 52.10 < south < 52.1589 < north < 52.20
    assert 4.43 < west < 4.4931 < east < 4.54


# --- a click ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("drawing", "expected"),
    [
        ({"properties": {"kind": "area", "code": "WK054603"}}, "WK054603"),
        ({"properties": {"kind": "place", "ids": ["LEI-004", "LEI-005"]}}, "LEI-004"),
        ({"properties": {"kind": "area", "code": "WK999999"}}, "before"),
        ({"properties": {"code": "<script>"}}, "before"),
        ({"properties": {}}, "before"),
        ({"properties": None}, "before"),
        (None, "before"),
    ],
)
def test_a_click_fills_the_panel_with_what_is_known(
    monkeypatch: pytest.MonkeyPatch, drawing: object, expected: str
) -> None:
    session: dict[str, Any] = {"hsc_map": {"last_active_drawing": drawing}}
    monkeypatch.setattr("streamlit.session_state", session)
    selectable = frozenset({"WK054603", "LEI-004", "before"})
    params = (Param("sel", "", selectable), Param("tab"), Param("ppage", "1"))
    state = PageState("map", params, session, Query(sel=["before"], ppage=["3"]))
    state.pull()
    clicked(state)
    assert state["sel"] == expected
    assert state["ppage"] == ("3" if expected == "before" else "1")
