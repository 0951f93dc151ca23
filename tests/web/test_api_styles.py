"""The styles of the open API: each feature gets the colour that it has on our own map, and no other.

They are read here as QGIS reads them, by the filters and symbolizers of Symbology Encoding; QGIS itself is not asked.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from starlette.testclient import TestClient

from hsc_geo.analysis.explore import Choice, default_indicator, explore
from hsc_geo.analysis.feature_kinds import KINDS, MULTI_POLYGON
from hsc_geo.data.load import Package
from hsc_geo.views.maps import colours, sld
from hsc_geo.views.maps.legend import class_colours, class_text, doubt_text
from hsc_geo.web.screen import visit_without_page
from tests.web.conftest import Build

ROOT = Path(__file__).parents[2]
NAMES = {
    "sld": "http://www.opengis.net/sld",
    "se": "http://www.opengis.net/se",
    "ogc": "http://www.opengis.net/ogc",
}
OGC = f"{{{NAMES['ogc']}}}"
FIGURES = {  # with a direction either way, without one, in classes of another kind; with areas without a figure
    "50150NED-Overgewicht": "district",
    "50150NED-GoedErvarenGezondheid": "neighbourhood",
    "50090NED-Drinker": "neighbourhood",
    "86165NED-AantalInwoners": "neighbourhood",
}


@pytest.fixture
def client(build: Build) -> TestClient:
    return build(api_requests=0, api_mb=0)


def style(client: TestClient, name: str, **asked: object) -> ElementTree.Element:
    response = client.get(f"/api/styles/{name}.sld", params=asked)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "application/vnd.ogc.sld+xml"
    assert response.headers["content-disposition"] == f'attachment; filename="hsc-geo-{name}.sld"'
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{{{NAMES['sld']}}}StyledLayerDescriptor"
    assert root.get("version") == "1.1.0"
    return root


def rules(root: ElementTree.Element) -> list[ElementTree.Element]:
    return root.findall(".//se:Rule", NAMES)


def title(rule: ElementTree.Element) -> str:
    return rule.findtext("se:Description/se:Title", "", NAMES)


def given(rule: ElementTree.Element, name: str) -> list[str]:
    return [each.text or "" for each in rule.findall(f".//se:SvgParameter[@name='{name}']", NAMES)]


def fits(rule: ElementTree.Element, properties: dict[str, Any]) -> bool:
    """Whether a filter lets a feature through: the few signs of Filter Encoding that are used."""
    (joined,) = rule.findall("ogc:Filter/ogc:And", NAMES)
    for each in joined:
        if each.tag == f"{OGC}Or":
            codes = {one.findtext("ogc:Literal", "", NAMES) for one in each}
            if properties["area_code"] not in codes:
                return False
            continue
        value = properties[each.findtext("ogc:PropertyName", "", NAMES)]
        other, sign = each.findtext("ogc:Literal", "", NAMES), each.tag.removeprefix(OGC)
        if sign == "PropertyIsNull":
            held = value is None
        elif sign == "PropertyIsEqualTo":
            held = str(value) == other
        else:
            assert sign in ("PropertyIsGreaterThanOrEqualTo", "PropertyIsLessThan")
            held = value is not None and (
                value >= float(other) if sign.startswith("PropertyIsG") else value < float(other)
            )
        if not held:
            return False
    return True


@pytest.mark.parametrize("name", KINDS)
def test_each_collection_has_one_in_the_words_of_its_language(client: TestClient, name: str) -> None:
    kind = KINDS[name]
    links = client.get(f"/api/collections/{name}").json()["links"]
    (address,) = [link["href"] for link in links if link["type"] == "application/vnd.ogc.sld+xml"]
    assert address == f"http://testserver/api/styles/{name}.sld"
    for language in ("nl", "en"):
        root = style(client, name, lang=language)
        assert root.findtext("sld:NamedLayer/se:Name", "", NAMES) == name
        named = {each.text for each in root.findall(".//ogc:PropertyName", NAMES)}
        assert named <= {field.name for field in kind.fields}
        drawn = {each.tag.partition("}")[2] for each in root.iter() if each.tag.endswith("Symbolizer")}
        assert drawn == {"PolygonSymbolizer" if kind.geometry == MULTI_POLYGON else "PointSymbolizer"}
    assert title(rules(style(client, "venues", lang="nl"))[0]) == KINDS["venues"].title.nl


@pytest.mark.parametrize("key", FIGURES)
def test_each_area_is_drawn_once_and_in_the_colour_of_the_map(
    client: TestClient, package: Package, key: str
) -> None:
    view = explore(package, Choice(key, level=FIGURES[key]))
    choice, classes = view.choice, view.classes
    assert classes is not None
    asked = {
        "indicator_id": key,
        "year": choice.year,
        "age_group": choice.age_group,
        "area_level": choice.level,
    }
    found = rules(style(client, "observations", lang="en", **asked))
    n = visit_without_page(package, "en", "")
    texts = [class_text(n, key, classes, i, choice.level) for i in range(classes.k)]
    doubt = [doubt_text(n, classes, choice.level)] if classes.indistinct else []
    assert [title(each) for each in found] == [*texts, *doubt, "no figure"]
    dots = found.pop(-2) if doubt else None
    colours_used = class_colours(classes)
    features = client.get(
        "/api/collections/observations/items",
        params={"indicator_id": key, "year": choice.year, "limit": 1000},
    ).json()["features"]
    drawn: dict[str, str] = {}
    for properties in (each["properties"] for each in features):
        here = [each for each in found if fits(each, properties)]
        if all(str(properties[name]) == str(value) for name, value in asked.items()):
            (one,) = here
            code = properties["area_code"]
            drawn[code] = given(one, "fill")[0]
            assert (dots is not None and fits(dots, properties)) == (code in classes.indistinct)
        else:
            assert here == []
            assert dots is None or not fits(dots, properties)
    assigned = classes.assigned.to_dict()
    assert len(drawn) == len(assigned) > 5
    assert drawn == {
        str(code): colours.MISSING_GROUND if slot < 0 else colours_used[slot]
        for code, slot in assigned.items()
    }


@pytest.mark.parametrize("codes", [{"WK054601"}, {"WK054601", "WK054605"}])
def test_dots_lie_over_what_is_not_told_apart_from_the_city(package: Package, codes: set[str]) -> None:
    view = explore(package, Choice("50150NED-Overgewicht"))
    assert view.classes is not None
    doubted = replace(view, classes=replace(view.classes, indistinct=frozenset(codes)))
    n = visit_without_page(package, "nl", "")
    found = rules(ElementTree.fromstring(sld.style(n, KINDS["observations"], doubted).encode()))
    dots = found[-2]
    assert dots.findtext(".//se:WellKnownName", "", NAMES) == "circle"
    assert given(dots, "fill") == [colours.INK]
    choice = view.choice
    of = {
        "indicator_id": choice.indicator,
        "year": choice.year,
        "age_group": choice.age_group,
        "area_level": choice.level,
    }
    drawn = {code for code in view.table.index if fits(dots, {**of, "area_code": str(code), "value": 1.0})}
    assert drawn == codes


def test_without_a_figure_it_is_that_with_which_the_map_opens(client: TestClient, package: Package) -> None:
    root = style(client, "observations")
    literals = [each.text for each in root.findall(".//ogc:Literal", NAMES)]
    assert literals[0] == default_indicator(package)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("indicator_id=none", "indicator_id"),
        ("indicator_id=REGISTER-Initiatieven", "indicator_id"),
        ("year=1800", "year"),
        ("year=x", "year"),
        ("age_group=0to3", "age_group"),
        ("area_level=street", "area_level"),
        ("colour=red", "colour"),
    ],
)
def test_a_figure_that_is_not_there_is_told(client: TestClient, query: str, parameter: str) -> None:
    told = client.get(f"/api/styles/observations.sld?{query}")
    assert (told.status_code, told.json()["parameter"]) == (400, parameter)
    assert client.get(f"/api/styles/areas.sld?{query}").status_code == 400
    assert client.get("/api/styles/streets.sld").status_code == 404


def test_the_colours_are_those_of_the_map_in_the_browser() -> None:
    folder = ROOT / "hsc_geo" / "web" / "static"
    script = (folder / "map" / "styles.mjs").read_text(encoding="utf-8")
    sheet = (folder / "map.css").read_text(encoding="utf-8")
    ground = (folder / "map" / "ground.mjs").read_text(encoding="utf-8")
    assert f'INK = "{colours.INK}"' in script
    assert f'NO_FIGURE = "{colours.NO_FIGURE}"' in script
    assert f'color: "{colours.FOCUS}", weight: 3' in script
    assert f'color: "{colours.BETWEEN}", weight' in script
    assert re.search(rf"\.hsc-place {{[^}}]*{colours.INK}; background: {colours.PLACE};", sheet)
    assert f'fill: "{colours.MISSING_GROUND}"' in ground
    assert f'stroke: "{colours.MISSING}"' in ground
