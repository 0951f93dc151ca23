"""The join of initiatives to areas: rules, counts, and point in polygon against a second, naive method."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from itertools import pairwise

import geopandas as gpd
import pytest
from pyproj import Transformer

from hsc_geo.data.load import Package
from hsc_geo.data.place_join import (
    Gazetteer,
    Spot,
    join_areas,
    locate,
    make_gazetteer,
    make_spots,
    precision_of,
)
from hsc_geo.domain.crs import CrsMismatch
from hsc_geo.sources.extracts import Record, SourceError

Ring = list[tuple[float, float]]


def in_ring(x: float, y: float, ring: Ring) -> bool:
    """Ray casting: a ray to the right crosses the border an odd number of times."""
    inside = False
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def rings(shape) -> list[Ring]:
    parts = shape.geoms if shape.geom_type == "MultiPolygon" else [shape]
    return [
        [point[:2] for point in ring.coords] for part in parts for ring in (part.exterior, *part.interiors)
    ]


def naive_locate(neighbourhoods: gpd.GeoDataFrame, x: float, y: float) -> str:
    for code, shape in neighbourhoods.geometry.items():
        if sum(in_ring(x, y, ring) for ring in rings(shape)) % 2:
            return str(code)
    return ""


@pytest.fixture(scope="module")
def neighbourhoods(package: Package) -> gpd.GeoDataFrame:
    return package.geometry[package.geometry["level"] == "neighbourhood"]


def coordinates(north: float, east: float, **cells: str) -> Record:
    plain = {
        "venue": "V",
        "lat": str(north),
        "lon": str(east),
        "precision": "address",
        "bu_code": "",
        "initiative_ids": "",
    }
    return Record("register/venue_coordinates.csv", 2, {**plain, **cells})


def test_point_in_polygon_agrees_with_ray_casting(neighbourhoods: gpd.GeoDataFrame) -> None:
    west, south, east, north = neighbourhoods.total_bounds
    chance = random.Random(546)
    points = [(chance.uniform(west, east), chance.uniform(south, north)) for _ in range(400)]
    to_degrees = Transformer.from_crs(28992, 4326, always_xy=True)
    records = [coordinates(lat, lon) for lon, lat in (to_degrees.transform(x, y) for x, y in points)]
    expected = [naive_locate(neighbourhoods, x, y) for x, y in points]
    assert locate(neighbourhoods, records) == expected
    assert 150 < sum(bool(code) for code in expected) < 350  # inside and outside are both tried
    assert len(set(expected)) > 45


def test_the_areas_of_the_package_agree_with_ray_casting(
    package: Package, neighbourhoods: gpd.GeoDataFrame
) -> None:
    to_rd = Transformer.from_crs(4326, 28992, always_xy=True)
    inside: dict[str, set[str]] = defaultdict(set)
    for place in package.initiative_places.dropna(subset=["latitude"]).itertuples():
        if place.role == "location":
            spot = to_rd.transform(place.longitude, place.latitude)
            inside[place.initiative_id].add(naive_locate(neighbourhoods, *spot))
    rows = package.initiative_areas[package.initiative_areas["basis"] == "coordinates"]
    assert len(rows) == 24
    for key, codes in rows.groupby("initiative_id")["area_code"]:
        assert set(codes) == inside[key], key
    wide = set(inside) - set(rows["initiative_id"])
    assert set(package.initiatives.loc[sorted(wide), "precision"]) == {"city", "region"}
    for venue in package.venues.dropna(subset=["latitude"]).itertuples():
        assert (
            naive_locate(neighbourhoods, *to_rd.transform(venue.longitude, venue.latitude)) == venue.area_code
        )


def test_points_in_another_system_are_refused(neighbourhoods: gpd.GeoDataFrame) -> None:
    with pytest.raises(CrsMismatch, match="neighbourhoods is in EPSG:4326; expected EPSG:28992"):
        locate(neighbourhoods.to_crs(4326), [coordinates(52.16, 4.49)])
    assert locate(neighbourhoods, []) == []


@pytest.mark.parametrize(
    ("cells", "column"),
    [({"lat": "52,1"}, "lat"), ({"lon": ""}, "lon"), ({"precision": "guess"}, "precision")],
)
def test_coordinates_that_cannot_be_used_are_told(
    neighbourhoods: gpd.GeoDataFrame, cells: dict[str, str], column: str
) -> None:
    with pytest.raises(SourceError) as told:
        make_spots(neighbourhoods, [coordinates(52.16, 4.49, **cells)])
    assert [(p.row, p.column, p.value) for p in told.value.problems] == [(2, column, cells[column])]


NAMES = {
    "WK054603": "Leiden-Noord",
    "WK054608": "Merenwijkdistrict",
    "BU05460800": "Slaaghwijk",
    "BU05460302": "De Kooi",
}


def place_name(name: str, code: str, basis: str = "stated") -> Record:
    return Record("place_names.csv", 2, {"name": name, "area_code": code, "basis": basis})


@pytest.fixture
def gazetteer() -> Gazetteer:
    return make_gazetteer(
        NAMES,
        [
            place_name("Noord", "WK054603", "assumption"),
            place_name("Two Together", "BU05460800"),
            place_name("Two Together", "BU05460302"),
            place_name("De Kooi", "WK054608"),  # a CBS name goes first
        ],
    )


def initiative(**cells: str) -> Record:
    columns = ("neighbourhood", "district_as_stated", "district_official", "inferred_fields")
    return Record(
        "register/initiatives.csv", 9, {"initiative_id": "LEI-001", **dict.fromkeys(columns, ""), **cells}
    )


def joined(gazetteer: Gazetteer, spot: Spot | None = None, **cells: str):
    spots = {"LEI-001": (spot,)} if spot else {}
    result = join_areas([initiative(**cells)], "GM0546", gazetteer, spots)
    served = [(s.area_code, s.precision, s.basis, s.basis_note) for s in result.served]
    return served, [(lost.key, lost.reason_code) for lost in result.left_out]


VENUE = Spot(coordinates(52.16, 4.49, venue="Hall", precision="postcode6"), "BU05460302")
OUTSIDE = Spot(coordinates(52.0, 4.0, venue="Far"), "")


@pytest.mark.parametrize(
    ("cells", "spot", "served", "lost"),
    [
        # Scope goes before everything: an event's venue is not the area served.
        ({"district_official": "Citywide"}, VENUE, [("GM0546", "city", "scope", "Citywide")], []),
        (
            {"district_official": "Regional", "neighbourhood": "De Kooi"},
            None,
            [("GM0546", "region", "scope", "Regional")],
            [],
        ),
        # Coordinates go before names; a postcode of six characters counts as street.
        (
            {"district_official": "Leiden-Noord"},
            VENUE,
            [("BU05460302", "street", "coordinates", "Hall")],
            [],
        ),
        (
            {"district_official": "Merenwijkdistrict"},
            VENUE,
            [("BU05460302", "street", "coordinates", "Hall")],
            [("LEI-001", "coordinates_disagree_with_district")],
        ),
        # Outside every neighbourhood: the names are followed.
        (
            {"district_official": "Leiden-Noord"},
            OUTSIDE,
            [("WK054603", "district", "stated", "Leiden-Noord")],
            [],
        ),
        # The most precise column that names a known area.
        (
            {"neighbourhood": "de  kooi", "district_as_stated": "Leiden-Noord"},
            None,
            [("BU05460302", "neighbourhood", "stated", "de  kooi")],
            [],
        ),
        (
            {"neighbourhood": "somewhere", "district_as_stated": "Leiden-Noord (focus)"},
            None,
            [("WK054603", "district", "stated", "Leiden-Noord (focus)")],
            [("somewhere", "name_without_area")],
        ),
        # Several areas; a district that a neighbourhood implies is not stored again.
        (
            {"district_as_stated": "Leiden-Noord|Slaaghwijk"},
            None,
            [
                ("BU05460800", "neighbourhood", "stated", "Slaaghwijk"),
                ("WK054603", "district", "stated", "Leiden-Noord"),
            ],
            [],
        ),
        (
            {"district_as_stated": "Merenwijkdistrict|Slaaghwijk"},
            None,
            [("BU05460800", "neighbourhood", "stated", "Slaaghwijk")],
            [],
        ),
        (
            {"neighbourhood": "Two together"},
            None,
            [
                ("BU05460302", "neighbourhood", "stated", "Two together"),
                ("BU05460800", "neighbourhood", "stated", "Two together"),
            ],
            [],
        ),
        # Inferred: said by the register, or the name itself rests on an assumption.
        (
            {"district_official": "Leiden-Noord", "inferred_fields": "status|district_official (street)"},
            None,
            [("WK054603", "district", "inferred", "Leiden-Noord")],
            [],
        ),
        ({"district_as_stated": "Noord"}, None, [("WK054603", "district", "inferred", "Noord")], []),
        # Nothing known: no row, but told.
        ({}, None, [], [("LEI-001", "area_unknown")]),
        (
            {"district_as_stated": "nowhere"},
            None,
            [],
            [("nowhere", "name_without_area"), ("LEI-001", "area_unknown")],
        ),
    ],
)
def test_the_rules_of_the_join(gazetteer: Gazetteer, cells, spot, served, lost) -> None:
    assert joined(gazetteer, spot, **cells) == (served, lost)


def test_places_in_several_areas_serve_each_of_them_once_by_the_most_precise(gazetteer: Gazetteer) -> None:
    def spot(venue: str, precision: str, code: str) -> Spot:
        return Spot(coordinates(52.16, 4.49, venue=venue, precision=precision), code)

    spots = [
        spot("Corner", "street", "BU05460302"),
        spot("Hall", "address", "BU05460302"),
        spot("Club", "street", "BU05460800"),
        spot("Far", "address", ""),  # outside every neighbourhood
    ]
    found = join_areas(
        [initiative(district_official="Leiden-Noord")], "GM0546", gazetteer, {"LEI-001": spots}
    )
    assert [(s.area_code, s.precision, s.basis_note) for s in found.served] == [
        ("BU05460302", "address", "Hall"),
        ("BU05460800", "street", "Club"),
    ]
    assert found.left_out == ()  # one of them lies in the district named


def test_the_least_precise_part_tells_how_precisely_an_area_is_known(gazetteer: Gazetteer) -> None:
    both = join_areas(
        [initiative(district_as_stated="Leiden-Noord|Slaaghwijk")], "GM0546", gazetteer, {}
    ).served
    assert precision_of(both) == "district"
    assert precision_of([]) == "unknown"


def test_counts_of_the_join(package: Package) -> None:
    assert package.initiatives["precision"].value_counts().to_dict() == {
        "city": 60,
        "region": 12,
        "district": 31,
        "neighbourhood": 11,
        "street": 5,
        "address": 18,
        "unknown": 9,
    }
    areas = package.initiative_areas
    assert areas["initiative_id"].nunique() == 137
    assert areas["basis"].value_counts().to_dict() == {
        "scope": 72,
        "inferred": 34,
        "stated": 15,
        "coordinates": 24,
    }
    # Levendaal-Oost is a CBS name, so the source's own word; De Hoven is known to the district only.
    by_id = areas.groupby("initiative_id")["area_code"].agg(list)
    assert by_id["LEI-059"] == ["BU05460003"]
    assert by_id["LEI-029"] == ["WK054603"]
    assert by_id["LEI-026"] == ["BU05460302", "BU05460800"]  # three places, two of them in De Kooi
    assert by_id["LEI-065"] == ["WK054600", "WK054601"]
    assert by_id["LEI-068"] == ["GM0546"]  # regional, although its place is known
    assert package.initiatives.loc["LEI-068", "precision"] == "region"


def test_counts_per_district_agree_with_a_naive_loop(package: Package) -> None:
    """One initiative may serve several districts and counts once in each; in the city it counts once."""
    districts: dict[str, set[str]] = defaultdict(set)
    for row in package.initiative_areas.itertuples():
        if row.area_code[:2] in ("WK", "BU"):
            districts["WK" + row.area_code[2:8]].add(row.initiative_id)
    counts = Counter({code: len(ids) for code, ids in districts.items()})
    assert counts == {
        "WK054600": 4,
        "WK054601": 5,
        "WK054602": 1,
        "WK054603": 16,
        "WK054604": 7,
        "WK054605": 12,
        "WK054606": 3,
        "WK054607": 4,
        "WK054608": 9,
        "WK054609": 8,
    }
    placed = set().union(*districts.values())
    wide = package.initiatives["precision"].isin(["city", "region", "unknown"])
    assert len(placed) + wide.sum() == len(package.initiatives) == 146
    assert placed.isdisjoint(package.initiatives.index[wide])


def test_districts_are_those_that_the_register_names(package: Package) -> None:
    """Counted by hand from the register's column district_official, where it names districts.

    Zeeheldenbuurt (LEI-067) and Binnenstad (LEI-076) are named without a district and come on top: in Binnenstad-Noord
    5 with LEI-065, -127 and -138, in Binnenstad-Zuid 4 with LEI-059, -065 and -127 (whose neighbourhood is Binnenstad).
    """
    official = {"WK054603": 16, "WK054605": 12, "WK054608": 9, "WK054609": 8, "WK054604": 7, "WK054607": 4}
    official |= {"WK054606": 3, "WK054602": 1}
    rows = package.initiative_areas
    rows = rows[rows["area_code"].str[:2].isin(["WK", "BU"])]
    found = (
        rows.assign(district="WK" + rows["area_code"].str[2:8]).groupby("district")["initiative_id"].nunique()
    )
    assert {code: int(found[code]) for code in official} == official


def test_every_name_without_an_area_is_told(package: Package) -> None:
    told = package.left_out[package.left_out["reason_code"].isin(["name_without_area", "area_unknown"])]
    unknown = set(package.initiatives.index[package.initiatives["precision"] == "unknown"])
    assert set(told["key"]) == unknown | {"between De Hoven and Slaaghwijk"}
    assert len(unknown) == 9
