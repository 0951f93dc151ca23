"""Boundaries of PDOK on the loopback: a town of four squares, and what is no land or no town."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import geopandas as gpd
import pytest
import shapely

from hsc_geo.domain.crs import RD, WGS84
from hsc_geo.sources.extracts import SourceError
from hsc_geo.sources.live.fetch import Fetcher, Hosts, Limits
from hsc_geo.sources.live.pdok import LiveBoundaries, read_boundaries
from tests.shared.services import Services, feature, send

PLACE, WEST, SOUTH = "GM0001", 90_000, 460_000
LEAVES = ("BU00010001", "BU00010002", "BU00010101", "BU00010102")


def degrees(shape: Any) -> Any:
    return gpd.GeoSeries([shape], crs=RD).to_crs(WGS84).iloc[0]


def square(x: float, y: float = 0, side: float = 1000) -> Any:
    return shapely.box(WEST + x, SOUTH + y, WEST + x + side, SOUTH + y + side)


@pytest.fixture
def services() -> Iterator[Services]:
    leaves = {code: degrees(square(1000 * i)) for i, code in enumerate(LEAVES)}
    near, far = degrees(square(6000)), degrees(square(8000))
    served = Services()
    served.layers = {
        "buurten": [feature("buurt", code, f" {code} ", PLACE, shape) for code, shape in leaves.items()],
        "wijken": [
            feature("wijk", code, name, PLACE, degrees(square(0)))
            for code, name in (("WK000100", "West"), ("WK000101", "Oost"))
        ],
        "gemeenten": [
            feature("gemeente", PLACE, "Stad", PLACE, leaves[LEAVES[0]]),
            feature("gemeente", "GM0002", "Dichtbij", "GM0002", near),
            feature("gemeente", "GM0003", "Ver", "GM0003", far),
            feature("gemeente", "GM0004", "Meer", "GM0004", near, "JA"),
        ],
    }
    lake = feature("buurt", "BU00010199", "Plas", PLACE, degrees(square(0, 1000)), "JA")
    served.layers["buurten"].append(lake)
    with served.running() as running:
        yield running


def fetched(services: Services) -> LiveBoundaries:
    fetcher = Fetcher(Hosts(services.base), limits=Limits(again=0, silence=2))
    return read_boundaries(fetcher, PLACE, 2024)


def test_land_by_level_in_metres(services: Services) -> None:
    found = fetched(services).boundaries
    assert list(found.neighbourhoods.index) == list(LEAVES)
    assert list(found.neighbourhoods["name"]) == list(LEAVES)
    assert list(found.neighbourhoods["parent_code"]) == ["WK000100"] * 2 + ["WK000101"] * 2
    assert dict(found.districts["name"]) == {"WK000100": "West", "WK000101": "Oost"}
    assert set(found.districts["parent_code"]) == {PLACE}
    assert list(found.surroundings.index) == ["GM0002"]
    assert found.municipality_code == PLACE
    for layer in (found.neighbourhoods, found.districts, found.surroundings):
        assert layer.crs.to_epsg() == RD
    assert found.districts.geometry.area.to_numpy() == pytest.approx([2e6, 2e6], rel=1e-5)


def test_districts_fit_their_neighbourhoods_exactly(services: Services) -> None:
    found = fetched(services).boundaries
    assert shapely.coverage_is_valid(found.neighbourhoods.geometry.to_numpy())
    for code, shape in found.districts.geometry.items():
        leaves = found.neighbourhoods.geometry[found.neighbourhoods["parent_code"] == code]
        assert shape.symmetric_difference(shapely.union_all(leaves.to_numpy())).area == 0


def test_neighbours_that_do_not_share_their_corners_are_made_to(services: Services) -> None:
    """The first is cut in two; its neighbour does not have the corner where the cut meets it."""
    first = services.layers["buurten"][0]
    upper = feature(
        "buurt",
        "BU00010003",
        "Boven",
        PLACE,
        degrees(shapely.box(WEST, SOUTH + 400, WEST + 1000, SOUTH + 1000)),
    )
    first["geometry"] = feature(
        "buurt", "x", "x", PLACE, degrees(shapely.box(WEST, SOUTH, WEST + 1000, SOUTH + 400))
    )["geometry"]
    services.layers["buurten"].append(upper)
    found = fetched(services).boundaries
    assert shapely.coverage_is_valid(found.neighbourhoods.geometry.to_numpy())
    assert found.districts.geometry.is_valid.all()
    assert found.districts.geometry.area.to_numpy() == pytest.approx([2e6, 2e6], rel=1e-5)


def test_by_pages_is_the_same(services: Services) -> None:
    whole = fetched(services).boundaries
    services.page = 2
    found = fetched(services).boundaries
    assert found.neighbourhoods["name"].equals(whole.neighbourhoods["name"])
    assert found.neighbourhoods.geometry.geom_equals_exact(whole.neighbourhoods.geometry, 0).all()
    assert sum("/buurten/" in path for path in services.asked) == 1 + 3


def test_metres_where_the_service_says_so(services: Services) -> None:
    whole = fetched(services).boundaries
    for each in services.layers["buurten"]:
        shape = gpd.GeoSeries([shapely.from_geojson(json.dumps(each["geometry"]))], crs=WGS84).to_crs(RD)
        each["geometry"] = json.loads(shapely.to_geojson(shape.iloc[0]))

    def metres(handler: Any, body: bytes) -> None:
        send(handler, body, Content_Crs="<http://www.opengis.net/def/crs/EPSG/0/28992>")

    services.faults["buurten"] = [metres]
    found = fetched(services).boundaries
    moved = found.neighbourhoods.geometry.symmetric_difference(whole.neighbourhoods.geometry)
    assert float(moved.area.max()) < 1


def put(layer: str, number: int, **properties: str) -> Callable[[Services], None]:
    return lambda services: services.layers[layer][number]["properties"].update(properties)


def shape(layer: str, geometry: Any) -> Callable[[Services], None]:
    return lambda services: services.layers[layer][0].update(geometry=geometry)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (put("buurten", 0, buurtcode="BU01"), "'BU01' is not an area code"),
        (put("buurten", 0, buurtcode="BU00020001"), "does not lie in GM0001"),
        (put("wijken", 0, wijkcode="WK000107"), "stands in one of buurten and wijken"),
        (shape("buurten", None), "no GeoJSON with buurtcode"),
        (shape("buurten", {"type": "Polygon", "coordinates": "x"}), "no GeoJSON with buurtcode"),
        (
            shape("buurten", {"type": "Point", "coordinates": [93_000, 463_000]}),
            "does not lie in the Netherlands",
        ),
        (lambda services: services.layers["buurten"].clear(), "there is no land"),
        (lambda services: services.layers["wijken"][0]["properties"].pop("wijknaam"), "wijknaam"),
    ],
)
def test_what_cannot_be_understood_is_refused(
    services: Services, change: Callable[[Services], Any], told: str
) -> None:
    change(services)
    with pytest.raises(SourceError) as refused:
        fetched(services)
    assert told in str(refused.value)
