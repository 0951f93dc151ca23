"""Near: against a loop over all places, the distance over the ellipsoid, and the tables as they stand."""

from __future__ import annotations

import math
import random
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from hsc_geo.analysis.near import (
    WHY,
    Near,
    Nearby,
    Start,
    area_point,
    areas_at,
    around,
    nearest,
    places,
    start_at,
    start_in,
    to_degrees,
    to_rd,
)
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import CrsMismatch
from tests.shared import naive
from tests.shared.towns import CORNER, rd, town

CASES = 10_000
ALL = list(naive.initiatives())
INSIDE = (93_000.0, 463_500.0)  # in the middle of Leiden


def by_hand(
    points: dict[str, tuple[float, float]], at: tuple[float, float], k: int | None, radius: float | None
) -> list[tuple[str, float]]:
    """Every distance, sorted, then cut."""
    every = sorted((math.sqrt((x - at[0]) ** 2 + (y - at[1]) ** 2), key) for key, (x, y) in points.items())
    within = [(key, metres) for metres, key in every if radius is None or metres <= radius]
    return within if k is None else within[:k]


def test_nearest_equals_brute_force_on_10000_random_cases() -> None:
    """Half of the towns on a grid of 50 m, so that many places are equally far and some stand on one another."""
    rng = random.Random(20261121)
    for number in range(CASES // 20):
        step = 50 if number % 2 else 0.001
        spots = [
            (rng.randrange(20) * 50 + (rng.random() if step < 1 else 0), rng.randrange(20) * 50.0)
            for _ in range(rng.randrange(0, 40))
        ]
        series = gpd.GeoSeries(
            [shapely.Point(each) for each in spots], index=[f"P{i:02}" for i in range(len(spots))], crs=28992
        ).sample(frac=1, random_state=number)
        points = {str(key): (point.x, point.y) for key, point in series.items()}
        known = places(series)
        for _ in range(20):
            at = (rng.randrange(-2, 22) * 50.0, rng.randrange(-2, 22) * 50.0)
            k = rng.choice([None, 1, 2, 5, 39, 60])
            radius = rng.choice([None, 0, 50, 100, 250, 333.3, 2000])
            found, expected = around(known, at, k, radius), by_hand(points, at, k, radius)
            assert [key for key, _ in found] == [key for key, _ in expected], (number, at, k, radius)
            assert all(math.isclose(a[1], b[1], abs_tol=1e-9) for a, b in zip(found, expected, strict=True))


def test_distances_equal_the_geodesic_within_half_a_per_cent(package: Package) -> None:
    geod, back = Geod(ellps="WGS84"), Transformer.from_crs(28992, 4326, always_xy=True)
    compared = 0
    for dx in range(-3000, 3001, 1500):
        for dy in range(-3000, 3001, 1500):
            at = (INSIDE[0] + dx, INSIDE[1] + dy)
            longitude, latitude = back.transform(*at)
            for each in nearest(package, ALL, start_at(package, at)).found:
                if each.metres is None:
                    continue
                geodesic = min(geod.inv(longitude, latitude, *place)[2] for place in naive.points()[each.id])
                assert each.metres == pytest.approx(geodesic, rel=0.005)
                compared += 1
    assert compared == 25 * len(naive.points()) > 200
    assert max(map(len, naive.points().values())) == 3


def naive_areas(package: Package, at: tuple[float, float]) -> list[str]:
    """The neighbourhood whose polygon holds the point, and its district."""
    quarters = package.geometry[package.geometry["level"] == "neighbourhood"]
    here = [str(code) for code, shape in quarters.geometry.items() if shape.intersects(shapely.Point(at))][:1]
    return [*here, *(naive.areas()[code]["parent_code"] for code in here)]


def naive_why(package: Package, key: str, here: list[str]) -> str:
    """By the csv files: whom the rows say that it serves, and in which polygons its places lie."""
    to_metres = Transformer.from_crs(4326, 28992, always_xy=True)
    places_ = [to_metres.transform(*place) for place in naive.points().get(key, [])]
    known = {*naive.served()[key], *(code for place in places_ for code in naive_areas(package, place))}
    for why, code in zip(("neighbourhood", "district"), here, strict=False):
        if code in known:
            return why
    if places_:
        return "distance"
    if naive.stated_areas()[key]:
        return "elsewhere"
    precision = naive.initiatives()[key]["precision"]
    return precision if precision in ("city", "region") else "unknown"


INITIATIVES = st.lists(st.sampled_from(ALL), unique=True)
POINTS = st.tuples(st.floats(89_000, 98_000), st.floats(458_000, 468_000))


@settings(max_examples=60, deadline=None)
@given(
    INITIATIVES, POINTS, st.one_of(st.none(), st.integers(1, 12)), st.one_of(st.none(), st.floats(0, 4000))
)
def test_every_initiative_stands_there_for_one_reason(
    package: Package, ids: list[str], at: tuple[float, float], k: int | None, radius: float | None
) -> None:
    here = naive_areas(package, at)
    found = nearest(package, ids, start_at(package, at), k, radius)
    for each in found.found:
        assert each.why == naive_why(package, each.id, here)
    assert [each.why for each in found.found] == sorted((each.why for each in found.found), key=WHY.index)
    assert len(found.found) + found.farther == len(ids)
    left = set(ids) - {each.id for each in found.found}
    assert left <= set(naive.points())
    by_distance = [each.metres for each in found.found if each.why == "distance"]
    assert by_distance == sorted(by_distance)
    assert len(by_distance) <= (k or len(ids))
    assert all(each.metres is None or radius is None or each.metres <= radius for each in found.found)


@settings(max_examples=60, deadline=None)
@given(POINTS)
def test_what_lies_farther_off_never_goes_first_only_because_it_has_a_point(
    package: Package, at: tuple[float, float]
) -> None:
    """What is known to the own neighbourhood without a place goes before every place outside it."""
    start = start_at(package, at)
    order = [each.id for each in nearest(package, ALL, start).found]
    unplaced = [
        key for key in order if key not in naive.points() and start.neighbourhood in naive.served()[key]
    ]
    to_metres = Transformer.from_crs(4326, 28992, always_xy=True)
    for key in unplaced:
        for other in order[: order.index(key)]:
            spots = [to_metres.transform(*place) for place in naive.points().get(other, [])]
            inside = any(start.neighbourhood in naive_areas(package, spot) for spot in spots)
            assert inside or (other in unplaced), (other, key)


def test_the_house_round_the_corner_goes_before_a_place_at_two_kilometres(package: Package) -> None:
    """P0 and P1 have a place, in the same neighbourhood and in the next district; HERE is known to the first
    neighbourhood without a place, ROUND to its district, and CITY to no area."""
    made = town(package, [10, 10, 10], [(900, 900), (2500, 500)])
    rows = [("HERE", "BU00000000"), ("ROUND", "WK000001")]
    areas = pd.concat(
        [
            made.areas,
            pd.DataFrame({"level": "district", "parent_code": "GM0001"}, ["WK000001", "WK000002"]),
        ]
    )
    register = pd.DataFrame({"precision": ["neighbourhood", "district", "city"]}, ["HERE", "ROUND", "CITY"])
    made = replace(
        made,
        areas=areas,
        initiatives=pd.concat([made.initiatives, register]),
        initiative_areas=pd.DataFrame(rows, columns=["initiative_id", "area_code"]),
    )
    found = nearest(
        made, ["CITY", "P1", "ROUND", "HERE", "P0"], start_at(made, (CORNER[0] + 500, CORNER[1] + 500))
    )
    assert [(each.id, each.why) for each in found.found] == [
        ("P0", "neighbourhood"),
        ("HERE", "neighbourhood"),
        ("ROUND", "district"),
        ("P1", "distance"),
        ("CITY", "city"),
    ]


def test_of_a_whole_district_none_is_the_own_neighbourhood(package: Package) -> None:
    found = nearest(package, ALL, start_in(package, "WK054603")).found
    assert {each.why for each in found} >= {"district", "distance", "city"}
    assert "neighbourhood" not in {each.why for each in found}
    assert {each.id for each in found if each.why == "district"} >= {
        key for key in ALL if "WK054603" in naive.served()[key]
    }


def test_an_area_without_a_place_never_has_a_distance(package: Package) -> None:
    for precision in ("district", "neighbourhood", "city", "region", "unknown"):
        ids = [
            key
            for key, row in naive.initiatives().items()
            if row["precision"] == precision and key not in naive.points()
        ]
        assert ids
        found = nearest(package, ids, start_at(package, INSIDE)).found
        assert {each.metres for each in found} == {None}


def test_equal_distances_go_by_id_and_the_border_counts(package: Package) -> None:
    made = town(package, [10, 10], [(300, 400), (300, 400), (0, 500.1), (0, 501)])
    found = nearest(made, ["P3", "P2", "P1", "P0"], Start(CORNER), k=2)
    assert ([each.id for each in found.found], found.farther) == (["P1", "P0"], 2)  # in the order asked
    known = places(rd((300, 400), (500, 0), (0, 500), (0, 501)))
    assert around(known, CORNER, k=2) == (("P0", 500.0), ("P1", 500.0))
    assert around(known, CORNER, radius=500) == (("P0", 500.0), ("P1", 500.0), ("P2", 500.0))
    assert around(known, CORNER, k=1, radius=499) == ()
    assert around(known, (CORNER[0] + 500, CORNER[1]), radius=0) == (("P1", 0.0),)


def test_none_asked_or_none_placed(package: Package) -> None:
    assert nearest(package, [], start_at(package, INSIDE)) == Near((), 0)
    assert around(places(rd()), INSIDE, k=3) == ()
    assert nearest(package, ["LEI-999"], start_at(package, INSIDE)).found == (Nearby("LEI-999", "elsewhere"),)


@pytest.mark.parametrize("k", [0, -1])
def test_k_below_one_is_refused(package: Package, k: int) -> None:
    with pytest.raises(ValueError, match="ask for one or more"):
        nearest(package, ALL, Start(INSIDE), k=k)


@pytest.mark.parametrize("radius", [-1, math.nan, math.inf, LONGEST + 1])
def test_a_radius_that_cannot_be_is_refused(package: Package, radius: float) -> None:
    with pytest.raises(ValueError, match="number of metres"):
        nearest(package, ALL, Start(INSIDE), radius=radius)


@pytest.mark.parametrize("point", [(math.nan, 1.0), (1.0, math.inf), (1.0,), (1.0, 2.0, 3.0)])
def test_a_point_that_is_none_is_refused(package: Package, point: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="pair of numbers"):
        nearest(package, ALL, Start(point))  # type: ignore[arg-type]


def test_degrees_are_refused() -> None:
    with pytest.raises(CrsMismatch):
        places(gpd.GeoSeries([shapely.Point(4.49, 52.16)], index=["a"], crs=4326))


def test_a_point_far_away_has_no_area(package: Package) -> None:
    assert areas_at(package, (0.0, 0.0)) == ()
    found = nearest(package, ALL, start_at(package, (0.0, 300_000.0)), k=1).found
    assert found[0].why == "distance"
    assert (found[0].metres or 0) > 150_000


def test_a_point_in_every_area_lies_in_it(package: Package) -> None:
    for code, row in naive.areas().items():
        if row["level"] == "neighbourhood":
            assert areas_at(package, area_point(package, code)) == (code, row["parent_code"])
        if row["level"] == "district":
            assert areas_at(package, area_point(package, code))[1] == code


def test_there_and_back() -> None:
    """The origin of the Dutch grid, Amersfoort (155000, 463000), lies at 52.155174 N, 5.387206 E (Kadaster)."""
    assert to_rd(52.155174, 5.387206) == pytest.approx((155_000, 463_000), abs=1)
    assert to_degrees((155_000, 463_000)) == pytest.approx((52.155174, 5.387206), abs=1e-5)
