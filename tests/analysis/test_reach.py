"""Reach against closed forms, a plain loop over districts, and what must hold for any places."""

from __future__ import annotations

import math
from dataclasses import replace

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from hsc_geo.analysis.places import points as registered
from hsc_geo.analysis.places import points_of
from hsc_geo.analysis.reach import (
    LONGEST,
    SEGMENTS,
    circle_error,
    circles,
    corner_distance,
    covered,
    for_life_stage,
    neighbourhoods,
    people_of,
    reach,
    reach_of,
    subdivided,
)
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, CrsMismatch
from tests.shared import naive
from tests.shared.towns import places_table

IDS = list(naive.initiatives())
PLACED = [key for key in IDS if key in naive.points()]
SIDE = 10_000.0  # metres
CORNER = (90_000.0, 460_000.0)  # in Leiden's surroundings, RD
DISTANCES = (1, 300, 500, 800, 1200, 2500)
repeatable = settings(max_examples=50, deadline=None, derandomize=True, database=None)


def points(*pairs: tuple[float, float]) -> gpd.GeoSeries:
    """Points by metres from the corner of the square."""
    return gpd.GeoSeries([shapely.Point(CORNER[0] + x, CORNER[1] + y) for x, y in pairs], crs=RD)


def squares(*boxes: tuple[float, float, float, float]) -> gpd.GeoDataFrame:
    """Boxes (left, bottom, right, top) by metres from the corner."""
    shapes = [shapely.box(CORNER[0] + a, CORNER[1] + b, CORNER[0] + c, CORNER[1] + d) for a, b, c, d in boxes]
    return gpd.GeoDataFrame(geometry=shapes, index=[f"BU{i:08}" for i in range(len(boxes))], crs=RD)


ONE = squares((0, 0, SIDE, SIDE))


def town(
    package: Package, people: list[float | None], places: list[tuple[float, float]], known: list[str]
) -> Package:
    """Neighbourhoods of 1 km² side by side, the first two in one district; initiatives P0, P1 ... at the places (metres
    from the corner) and A0, A1 ... known to the areas."""
    shapes = squares(*((1000 * i, 0, 1000 * (i + 1), 1000) for i in range(len(people))))
    districts = ["WK000001" if i < 2 else "WK000002" for i in range(len(people))]
    areas = pd.DataFrame(
        {"level": "neighbourhood", "parent_code": districts, "population": pd.array(people, "Int64")},
        shapes.index,
    )
    above = pd.DataFrame(
        {"level": "district", "parent_code": "GM0001", "population": 1}, sorted(set(districts))
    )
    here = points(*places).set_axis([f"P{i}" for i in range(len(places))])
    keys = [*here.index, *(f"A{i}" for i in range(len(known)))]
    register = pd.DataFrame({"precision": ["address"] * len(places) + ["district"] * len(known)}, keys)
    served = pd.DataFrame(
        {"initiative_id": [f"A{i}" for i in range(len(known))], "area_code": known}, dtype=object
    )
    return replace(
        package,
        areas=pd.concat([areas, above]),
        geometry=shapes.assign(level="neighbourhood"),
        initiatives=register,
        initiative_places=places_table(here),
        initiative_areas=served,
    )


def reached(of: Package, distance: float, **more: str) -> pd.DataFrame:
    return reach(of, of.initiatives.index, distance, **more).table


# --- closed forms -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("distance", DISTANCES)
def test_one_circle_has_the_area_of_a_circle(distance: float) -> None:
    share = covered(ONE, points((5000, 5000)), distance).iloc[0]
    assert share == pytest.approx(math.pi * distance**2 / SIDE**2, rel=1e-9)


@pytest.mark.parametrize("distance", [300, 500, 1200])
@pytest.mark.parametrize("apart", [0.0, 0.1, 0.5, 1.0, 1.5, 1.99, 2.5])
def test_two_circles_overlap_as_the_closed_form_says(distance: float, apart: float) -> None:
    """The lens of two circles of radius r, d apart: 2 r² (acos(h) - h sqrt(1 - h²)) with h = d / 2r."""
    gap = apart * distance
    half = min(gap / 2 / distance, 1)
    lens = 2 * distance**2 * (math.acos(half) - half * math.sqrt(1 - half**2))
    union = 2 * math.pi * distance**2 - lens
    share = covered(ONE, points((4000, 5000), (4000 + gap * 0.6, 5000 + gap * 0.8)), distance).iloc[0]
    assert abs(share * SIDE**2 - union) < 0.001 * union
    assert abs(share * SIDE**2 - union) <= 2 * circle_error() * math.pi * distance**2 + 1e-3


def test_half_a_circle_over_the_border_and_a_quarter_at_the_corner() -> None:
    for place, part in (((0.0, 5000.0), 2), ((0.0, 0.0), 4), ((SIDE, SIDE), 4)):
        assert covered(ONE, points(place), 800).iloc[0] * SIDE**2 == pytest.approx(
            math.pi * 800**2 / part, rel=1e-9
        )


def test_a_circle_off_by_no_more_than_said() -> None:
    (polygon,) = circles(points((0, 0)), 1000)
    true = shapely.Point(CORNER).buffer(1000, quad_segs=20_000)
    difference = polygon.symmetric_difference(true).area / true.area
    assert len(polygon.exterior.coords) == SEGMENTS + 1
    assert difference == pytest.approx(circle_error(), rel=1e-3)
    assert circle_error() < 0.001


def test_residents_of_a_town_by_hand(package: Package) -> None:
    """A place in the middle of the first square, one on the border of the second and the third."""
    of = town(package, [1000, 500, 200], [(500, 500), (2000, 500)], [])
    circle = math.pi * 0.09
    table = reached(of, 300)
    assert table.loc["WK000001", "reached"] == pytest.approx(1000 * circle + 500 * circle / 2, rel=1e-6)
    assert table.loc["WK000002", "reached"] == pytest.approx(200 * circle / 2, rel=1e-6)
    assert table["upper"].tolist() == table["reached"].tolist()


def test_bounds_of_what_is_known_to_an_area_only(package: Package) -> None:
    of = town(package, [1000, 500, 200], [(500, 500)], ["BU00000001", "WK000002"])
    found = reach(of, of.initiatives.index, 300)
    inside = 1000 * math.pi * 0.09
    assert found.table["reached"].tolist() == pytest.approx([inside, 0], rel=1e-6)
    assert found.table["upper"].tolist() == pytest.approx([inside + 500, 200], rel=1e-6)
    assert (found.placed, found.area_only, found.elsewhere) == (1, 2, 0)


# --- a second, plain implementation -------------------------------------------------------------------------------


def assert_same(table: pd.DataFrame, expected: dict[str, tuple]) -> None:
    for code, sums in expected.items():
        found = table.loc[code, ["residents", "reached", "upper"]].tolist()
        assert found == pytest.approx(sums, rel=1e-6, abs=1e-6), code


def plainly(
    package: Package, ids: list[str], distance: float, column: str = "population"
) -> dict[str, tuple]:
    """District -> (residents, reached, upper): a buffer per initiative, union and intersection in a loop."""
    forward = Transformer.from_crs("EPSG:4326", "EPSG:28992", always_xy=True)
    buffers, only = [], set()
    for key in ids:
        for point in naive.points().get(key, []):
            centre = shapely.Point(*forward.transform(*point))
            buffers.append(centre.buffer(corner_distance(distance), quad_segs=SEGMENTS // 4))
        if key not in naive.points():
            only |= naive.stated_areas()[key]
    result = {}
    for district in naive.codes_of("district"):
        union = shapely.Polygon()
        for buffer in buffers:
            union = union.union(buffer)
        sums = [0.0, 0.0, 0.0]
        for code, row in naive.areas().items():
            if row["parent_code"] != district:
                continue
            shape, people = package.geometry.geometry[code], float(row[column])
            inside = people * shape.intersection(union).area / shape.area
            full = code in only or district in only
            sums = [a + b for a, b in zip(sums, (people, inside, people if full else inside), strict=True)]
        result[district] = tuple(sums)
    return result


@pytest.mark.parametrize(
    ("ids", "distance"),
    [(IDS, 500), (PLACED, 1200), (PLACED[:3], 37), (IDS[::2], 300), (IDS, 8000)],
    ids=["all", "placed", "three", "half", "far"],
)
def test_every_district_equals_the_loop(package: Package, ids: list[str], distance: int) -> None:
    found = reach(package, ids, distance)
    expected = plainly(package, ids, distance)
    assert list(found.table.index) == sorted(expected)
    assert_same(found.table, expected)


@pytest.mark.parametrize("stage", ["0-4", "65+", "18-27", ""])
def test_residents_of_a_life_stage_equal_the_loop(package: Package, stage: str) -> None:
    column = {"0-4": "population_0_14", "65+": "population_65_plus"}.get(stage, "population")
    assert people_of(stage) == column
    found, expected = reach(package, PLACED, 700, column), plainly(package, PLACED, 700, column)
    assert_same(found.table, expected)


def test_who_has_a_place_equals_the_register(package: Package) -> None:
    found = reach(package, IDS, 500)
    only = [k for k in IDS if k not in PLACED and naive.stated_areas()[k]]
    assert (found.placed, found.area_only, found.elsewhere) == (
        len(PLACED),
        len(only),
        146 - len(PLACED) - len(only),
    )
    assert found.total == 146


@pytest.mark.parametrize(
    ("placed", "total", "told"),
    [(0, 0, False), (0, 3, False), (1, 3, True), (1, 4, False), (4, 12, True), (4, 13, False), (5, 5, True)],
)
def test_fewer_than_a_third_with_a_place_is_no_answer(
    package: Package, placed: int, total: int, told: bool
) -> None:
    ids = [*PLACED[:placed], *[key for key in IDS if key not in PLACED][: total - placed]]
    assert reach(package, ids, 500).told is told


def test_every_place_of_an_initiative_counts_and_each_resident_once(package: Package) -> None:
    """LEI-026 of the register has three places; here P0 has two of which the circles overlap."""
    of = town(package, [1000, 500, 200], [(500, 500)], [])
    two = places_table(points((500, 500), (700, 500)).set_axis(["P0", "P0"]))
    found = reach(replace(of, initiative_places=two), ["P0"], 300)
    lens = 2 * 300**2 * math.acos(1 / 3) - 200 / 2 * math.sqrt(4 * 300**2 - 200**2)
    assert found.table.loc["WK000001", "reached"] == pytest.approx(
        1000 * (2 * math.pi * 300**2 - lens) / 1000**2, rel=1e-3
    )
    assert found.placed == 1


def test_a_place_of_what_is_city_wide_counts_and_of_a_single_event_does_not(package: Package) -> None:
    wide = [key for key in PLACED if not naive.served()[key]]
    assert wide
    for key in wide:
        assert reach(package, [key], 500).city["reached"] > 0
    events = {row["initiative_id"] for row in naive.rows("initiative_places") if row["role"] == "event"}
    assert {"LEI-005", "LEI-010"} <= events
    for key in events - set(PLACED):
        assert reach(package, [key], 500).placed == 0


@pytest.mark.parametrize("stage", ["0-4", "65+", "adults", "n/a", ""])
def test_for_a_life_stage_are_its_own_and_those_for_all(package: Package, stage: str) -> None:
    stages = {key: naive.parts(row["life_stages"]) for key, row in naive.initiatives().items()}
    expected = [key for key in IDS[::-1] if not stage or stages[key] & {stage, "all"}]
    assert list(for_life_stage(package, IDS[::-1], stage)) == expected


# --- what must always hold ----------------------------------------------------------------------------------------

anywhere = st.tuples(st.floats(-2000, SIDE + 2000), st.floats(-2000, SIDE + 2000))
FOUR = squares((0, 0, 5000, 5000), (5000, 0, SIDE, 5000), (0, 5000, 5000, SIDE), (5000, 5000, SIDE, SIDE))


@repeatable
@given(ids=st.lists(st.sampled_from(IDS), max_size=40), distance=st.integers(0, 3000))
def test_reach_never_exceeds_residents_and_districts_add_up_to_the_city(
    package: Package, ids: list[str], distance: int
) -> None:
    found = reach(package, ids, distance)
    table = found.table
    assert (table["reached"] >= 0).all()
    assert (table["reached"] <= table["upper"] + 1e-9).all()
    assert (table["upper"] <= table["residents"] + 1e-9).all()
    for column in ("residents", "reached", "upper"):
        assert table[column].sum() == pytest.approx(found.city[column], rel=1e-12)
    people = sum(int(naive.areas()[code]["population"]) for code in naive.codes_of("neighbourhood"))
    assert found.city["residents"] == people


@repeatable
@given(
    ids=st.lists(st.sampled_from(PLACED), max_size=8),
    more=st.sampled_from(IDS),
    distance=st.integers(0, 3000),
)
def test_reach_never_falls_when_an_initiative_is_added(
    package: Package, ids: list[str], more: str, distance: int
) -> None:
    before, after = reach(package, ids, distance).table, reach(package, [*ids, more], distance).table
    assert (after["reached"] >= before["reached"] - 1e-6).all()
    assert (after["upper"] >= before["upper"] - 1e-6).all()


@repeatable
@given(places=st.lists(anywhere, max_size=12), more=anywhere, distance=st.integers(0, 4000))
def test_shares_never_fall_with_a_place_or_a_longer_distance(
    places: list[tuple[float, float]], more: tuple[float, float], distance: int
) -> None:
    before = covered(FOUR, points(*places), distance)
    assert before.between(0, 1).all()
    assert (covered(FOUR, points(*places, more), distance) >= before - 1e-9).all()
    assert (covered(FOUR, points(*places), distance + 50) >= before - 1e-9).all()


@repeatable
@given(places=st.lists(anywhere, min_size=1, max_size=8), distance=st.integers(1, 4000))
def test_order_repeats_division_and_shift_change_nothing(
    places: list[tuple[float, float]], distance: int
) -> None:
    whole = covered(ONE, points(*places), distance).iloc[0]
    assert covered(ONE, points(*places[::-1], *places), distance).iloc[0] == pytest.approx(whole, abs=1e-12)
    assert covered(FOUR, points(*places), distance).mean() == pytest.approx(whole, abs=1e-9)
    moved = ONE.set_geometry(ONE.translate(12_000, -7_000))
    assert covered(moved, points(*places).translate(12_000, -7_000), distance).iloc[0] == pytest.approx(
        whole, abs=1e-9
    )


@repeatable
@given(places=st.lists(anywhere, max_size=15), distance=st.integers(50, 2500), most=st.integers(8, 300))
def test_halved_polygons_are_small_and_the_same_surface(
    places: list[tuple[float, float]], distance: int, most: int
) -> None:
    whole = shapely.get_parts(shapely.union_all(circles(points(*places), distance)))
    parts = subdivided(whole, most)
    assert (shapely.get_num_coordinates(parts) <= most).all()
    assert shapely.area(parts).sum() == pytest.approx(shapely.area(whole).sum(), rel=1e-9)
    assert shapely.area(shapely.union_all(parts)) == pytest.approx(shapely.area(whole).sum(), rel=1e-9)
    for shape in FOUR.geometry:
        inside = shapely.area(shapely.intersection(parts, shape)).sum()
        assert inside == pytest.approx(shapely.area(shapely.intersection(whole, shape)).sum(), abs=1e-3)


def test_thousands_of_overlapping_circles_are_covered_as_one_by_one(package: Package) -> None:
    """So many corners that the union is halved."""
    generator = np.random.default_rng(11)
    places = points(*generator.uniform(0, SIDE, (1500, 2)).tolist())
    assert shapely.get_num_coordinates(shapely.union_all(circles(places, 120))) > 2000
    share = covered(FOUR, places, 120)
    plain = shapely.union_all([shapely.Polygon(each) for each in circles(places, 120)])
    expected = [shape.intersection(plain).area / shape.area for shape in FOUR.geometry]
    assert share.tolist() == pytest.approx(expected, rel=1e-9)


@repeatable
@given(ids=st.lists(st.sampled_from(IDS), unique=True, max_size=30), distance=st.integers(0, 2000))
def test_reach_of_places_given_is_reach_of_their_initiatives(
    package: Package, ids: list[str], distance: int
) -> None:
    here = points_of(package, ids)
    found, plain = (
        reach_of(package, here, set(ids) - set(here.index), distance),
        reach(package, ids, distance),
    )
    pd.testing.assert_frame_equal(found.table, plain.table)
    assert (found.placed, found.area_only, found.elsewhere) == (
        plain.placed,
        plain.area_only,
        plain.elsewhere,
    )
    assert found.placed + found.area_only + found.elsewhere == len(ids)


def test_twice_the_residents_are_twice_reached(package: Package) -> None:
    people = [1000, 500, 200]
    once, twice = (town(package, [k * p for p in people], [(600, 600)], []) for k in (1, 2))
    assert reached(twice, 700)["reached"].tolist() == pytest.approx(
        (2 * reached(once, 700)["reached"]).tolist()
    )


# --- the ends of the scale and bad input --------------------------------------------------------------------------


def test_at_0_metres_nobody_is_reached(package: Package) -> None:
    found = reach(package, IDS, 0)
    assert found.table["reached"].eq(0).all()
    assert found.table["upper"].eq(0).all()
    assert found.city["residents"] > 0


def test_at_50_kilometres_everybody_is(package: Package) -> None:
    table = reach(package, PLACED[:1], LONGEST).table
    assert table["reached"].tolist() == pytest.approx(table["residents"].tolist())
    assert table["share"].tolist() == pytest.approx([1.0] * len(table))


def test_without_initiatives_nobody_is_reached(package: Package) -> None:
    found = reach(package, [], 500)
    assert found.city[["reached", "upper", "share"]].tolist() == [0, 0, 0]
    assert (found.placed, found.area_only, found.elsewhere) == (0, 0, 0)


def test_one_area(package: Package) -> None:
    found = reach(town(package, [700], [(500, 500)], []), ["P0"], LONGEST)
    assert found.table["reached"].tolist() == pytest.approx([700])
    assert found.city["share"] == pytest.approx(1)


def test_missing_residents_are_left_out_and_named(package: Package) -> None:
    found = reach(town(package, [None, 500, None], [(500, 500), (1500, 500)], []), ["P0", "P1"], LONGEST)
    assert found.missing == ("BU00000000", "BU00000002")
    assert found.table.loc["WK000001", ["residents", "reached"]].tolist() == pytest.approx([500, 500])
    assert found.table.loc["WK000002"].isna().all()
    assert found.city["reached"] == pytest.approx(500)


def test_no_residents_known_at_all(package: Package) -> None:
    found = reach(town(package, [None, None], [(500, 500)], []), ["P0"], 500)
    assert found.city.isna().all()
    assert len(found.missing) == 2


def test_an_area_without_residents_has_no_share(package: Package) -> None:
    table = reached(town(package, [0, 0, 10], [(500, 500)], []), 300)
    assert math.isnan(table.loc["WK000001", "share"])
    assert table.loc["WK000001", "reached"] == 0


@pytest.mark.parametrize("distance", [-1, LONGEST + 1, math.nan, math.inf, -math.inf])
def test_a_distance_that_is_none_is_refused(package: Package, distance: float) -> None:
    with pytest.raises(ValueError, match="is not a number of metres"):
        reach(package, PLACED, distance)


@pytest.mark.parametrize("wrong", ["areas", "places"])
def test_another_coordinate_system_is_refused(package: Package, wrong: str) -> None:
    areas, places = neighbourhoods(package), registered(package)
    if wrong == "areas":
        areas = areas.to_crs(4326)
    else:
        places = places.to_crs(4326)
    with pytest.raises(CrsMismatch, match=f"{wrong} is in EPSG:4326; expected EPSG:28992"):
        covered(areas, places, 500)


def test_a_package_in_degrees_is_refused(package: Package) -> None:
    with pytest.raises(CrsMismatch):
        reach(replace(package, geometry=package.geometry.to_crs(4326)), PLACED, 500)
    with pytest.raises(CrsMismatch):
        covered(neighbourhoods(package).set_crs(None, allow_override=True), registered(package), 500)


def test_an_unknown_kind_of_residents_is_refused(package: Package) -> None:
    with pytest.raises(KeyError):
        reach(package, PLACED, 500, "population_of_mars")


def test_an_area_without_surface_is_not_reached() -> None:
    line = gpd.GeoDataFrame(geometry=[shapely.Polygon([CORNER, CORNER, CORNER])], index=["BU1"], crs=RD)
    assert covered(line, points((0, 0)), 500).tolist() == [0.0]
    assert np.isfinite(covered(ONE, points(), 500)).all()
