"""Near: against a loop over all places, the distance over the ellipsoid, and the tables as they stand."""

from __future__ import annotations

import csv
import math
import random
from dataclasses import replace

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod, Transformer

from hsc_geo.analysis.near import (
    ALIKE,
    AREA,
    MOST,
    ORGANISATION,
    VENUE,
    Near,
    area_point,
    areas_at,
    around,
    nearest,
    place_options,
    places,
    to_degrees,
    to_rd,
)
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import CrsMismatch
from tests.shared import naive
from tests.shared.hostile import NAMES
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
            for key, metres in nearest(package, ALL, at).placed:
                geodesic = min(geod.inv(longitude, latitude, *place)[2] for place in naive.points()[key])
                assert metres == pytest.approx(geodesic, rel=0.005)
                compared += 1
    assert compared == 25 * len(naive.points()) > 200
    assert max(map(len, naive.points().values())) == 3


def naive_groups(package: Package, ids: list[str], at: tuple[float, float]) -> dict[str, set[str]]:
    """By the csv files: the neighbourhood whose polygon holds the point, and what the rows state."""
    quarters = package.geometry[package.geometry["level"] == "neighbourhood"]
    here = {str(code) for code, shape in quarters.geometry.items() if shape.contains(shapely.Point(at))}
    here |= {naive.areas()[code]["parent_code"] for code in here}
    groups: dict[str, set[str]] = {
        name: set() for name in ("placed", "area_only", "elsewhere", "city", "region", "unknown")
    }
    for key in ids:
        row = naive.initiatives()[key]
        if key in naive.points():
            groups["placed"].add(key)
        elif naive.stated_areas()[key] & here:
            groups["area_only"].add(key)
        elif naive.stated_areas()[key]:
            groups["elsewhere"].add(key)
        else:
            groups[row["precision"] if row["precision"] in ("city", "region") else "unknown"].add(key)
    return groups


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(ALL), unique=True),
    st.tuples(st.floats(89_000, 98_000), st.floats(458_000, 468_000)),
    st.one_of(st.none(), st.integers(1, 12)),
    st.one_of(st.none(), st.floats(0, 4000)),
)
def test_every_initiative_is_in_one_group(
    package: Package, ids: list[str], at: tuple[float, float], k: int | None, radius: float | None
) -> None:
    found = nearest(package, ids, at, k, radius)
    groups = naive_groups(package, ids, at)
    for name in ("area_only", "elsewhere", "city", "region", "unknown"):
        assert set(getattr(found, name)) == groups[name]
    assert {key for key, _ in found.placed} <= groups["placed"]
    assert len(found.placed) + found.farther == len(groups["placed"])
    assert sum(
        map(len, (found.placed, found.area_only, found.elsewhere, found.city, found.region, found.unknown))
    ) + (found.farther) == len(ids)


def test_an_area_without_a_place_never_has_a_distance(package: Package) -> None:
    for precision in ("district", "neighbourhood", "city", "region", "unknown"):
        ids = [
            key
            for key, row in naive.initiatives().items()
            if row["precision"] == precision and key not in naive.points()
        ]
        assert ids
        assert nearest(package, ids, INSIDE).placed == ()


def test_equal_distances_go_by_id_and_the_border_counts(package: Package) -> None:
    made = town(package, [10, 10], [(300, 400), (300, 400), (0, 500.1), (0, 501)])
    found = nearest(made, ["P3", "P2", "P1", "P0"], CORNER, k=2)
    assert ([key for key, _ in found.placed], found.farther) == (["P0", "P1"], 2)
    known = places(rd((300, 400), (500, 0), (0, 500), (0, 501)))
    assert around(known, CORNER, k=2) == (("P0", 500.0), ("P1", 500.0))
    assert around(known, CORNER, radius=500) == (("P0", 500.0), ("P1", 500.0), ("P2", 500.0))
    assert around(known, CORNER, k=1, radius=499) == ()
    assert around(known, (CORNER[0] + 500, CORNER[1]), radius=0) == (("P1", 0.0),)


def test_none_asked_or_none_placed(package: Package) -> None:
    assert nearest(package, [], INSIDE) == Near((), (), (), (), (), (), 0)
    assert around(places(rd()), INSIDE, k=3) == ()
    assert nearest(package, ["LEI-999"], INSIDE).placed == ()


@pytest.mark.parametrize("k", [0, -1])
def test_k_below_one_is_refused(package: Package, k: int) -> None:
    with pytest.raises(ValueError, match="ask for one or more"):
        nearest(package, ALL, INSIDE, k=k)


@pytest.mark.parametrize("radius", [-1, math.nan, math.inf, LONGEST + 1])
def test_a_radius_that_cannot_be_is_refused(package: Package, radius: float) -> None:
    with pytest.raises(ValueError, match="number of metres"):
        nearest(package, ALL, INSIDE, radius=radius)


@pytest.mark.parametrize("point", [(math.nan, 1.0), (1.0, math.inf), (1.0,), (1.0, 2.0, 3.0)])
def test_a_point_that_is_none_is_refused(package: Package, point: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="pair of numbers"):
        nearest(package, ALL, point)  # type: ignore[arg-type]


def test_degrees_are_refused() -> None:
    with pytest.raises(CrsMismatch):
        places(gpd.GeoSeries([shapely.Point(4.49, 52.16)], index=["a"], crs=4326))


def test_a_point_far_away_has_no_area(package: Package) -> None:
    assert areas_at(package, (0.0, 0.0)) == ()
    found = nearest(package, ALL, (0.0, 300_000.0), k=1)
    assert found.area_only == ()
    assert found.placed[0][1] > 150_000


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


# --- places of the register ---------------------------------------------------------------------------------------


def test_every_area_is_found_by_its_name(package: Package) -> None:
    for code, row in naive.areas().items():
        if row["level"] in ("district", "neighbourhood"):
            found = place_options(package, row["name"])
            assert code in [option.code for option in found if option.kind == AREA], row["name"]
            assert found[0].score == 100


def test_the_names_that_people_use(package: Package) -> None:
    for row in naive.rows("place_names"):
        if naive.areas()[row["area_code"]]["level"] in ("district", "neighbourhood"):
            assert row["area_code"] in [option.code for option in place_options(package, row["name"], 50)]
    assert {option.code for option in place_options(package, "zuidwest")} == {"WK054605"}


def test_venues_and_addresses_with_coordinates_and_no_others(package: Package) -> None:
    (venue,) = [
        option for option in place_options(package, "Denksportcentrum Leiden") if option.kind == VENUE
    ][:1]
    row = next(row for row in naive.rows("venues") if row["venue"] == "Denksportcentrum Leiden")
    assert to_degrees(venue.at) == pytest.approx((float(row["latitude"]), float(row["longitude"])), abs=1e-6)
    assert place_options(package, row["address"])[0].kind == VENUE
    used = {place["venue"] for mine in naive.places().values() for place in mine if place["latitude"]}
    without = [
        row["venue"] for row in naive.rows("venues") if not row["latitude"] and row["venue"] not in used
    ]
    assert "Leo Odensehuis" in without
    for name in without:
        assert [
            option.name
            for option in place_options(package, name)
            if (option.name, option.kind) == (name, VENUE)
        ] == []


def test_an_organisation_at_a_known_address(package: Package) -> None:
    found = place_options(package, "Leyden Academy on Vitality and Ageing")
    (own,) = [option for option in found if option.kind == ORGANISATION]
    row = next(row for row in naive.rows("venues") if "Leyden Academy" in row["venue"])
    assert to_degrees(own.at) == pytest.approx((float(row["latitude"]), float(row["longitude"])), abs=1e-6)


@pytest.mark.parametrize(
    ("typed", "code"), [("stevnshof", "WK054609"), ("MERENWIJK", "WK054608"), ("de kooj", None)]
)
def test_misspelt(package: Package, typed: str, code: str | None) -> None:
    found = place_options(package, typed)
    assert found[0].kind == AREA
    assert code is None or code in [option.code for option in found]


@pytest.mark.parametrize("text", ["", " ", "x", "  q ", "\x00", "zzzzqqqq", "12345678"])
def test_what_means_nothing_gives_nothing(package: Package, text: str) -> None:
    assert place_options(package, text) == ()


@pytest.mark.parametrize("text", [*NAMES, "'; DROP TABLE x; --", "*" * 100_000, ".*", "é" * 500])
def test_hostile_text_is_looked_up_and_no_more(package: Package, text: str) -> None:
    found = place_options(package, text)
    assert len(found) <= MOST
    assert all(option.score >= ALIKE for option in found)


def test_hostile_rows_become_options(hostile_package: Package) -> None:
    for option in place_options(hostile_package, "script alert"):
        assert "\x00" not in option.name
    assert place_options(hostile_package, "stevenshof")


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=40))
def test_options_are_ordered_and_different(package: Package, text: str) -> None:
    found = place_options(package, text)
    assert [option.score for option in found] == sorted((option.score for option in found), reverse=True)
    keys = [option.code or (option.kind, option.at) for option in found]
    assert len(keys) == len(set(keys))


def test_a_register_without_places(package: Package) -> None:
    bare = replace(
        package,
        venues=package.venues.iloc[:0],
        initiatives=package.initiatives.iloc[:0],
        initiative_places=package.initiative_places.iloc[:0],
        organisations=package.organisations.iloc[:0],
        place_names=package.place_names.iloc[:0],
    )
    assert place_options(bare, "LUMC") == ()
    assert nearest(bare, ALL, INSIDE).placed == ()


def test_venues_file_is_read_with_its_quotes(package: Package) -> None:
    """The table as csv reads it has as many rows with coordinates as the options have venues of it."""
    with (naive.DATA / "venues.csv").open(encoding="utf-8", newline="") as stream:
        known = [row for row in csv.DictReader(stream) if row["latitude"]]
    for row in known:
        assert any(option.kind == VENUE for option in place_options(package, row["venue"], 20)), row["venue"]


def test_what_is_known_to_another_neighbourhood_of_the_district_is_elsewhere(package: Package) -> None:
    """Only what is known to the neighbourhood itself, or to the district as such, is of this area."""
    quarters = {k: codes for k, codes in naive.stated_areas().items() if k not in naive.points()}
    key = next(k for k, codes in quarters.items() if len(codes) == 1 and min(codes).startswith("BU"))
    (own,) = naive.stated_areas()[key]
    beside = [
        code
        for code in naive.codes_of("neighbourhood")
        if code != own and naive.areas()[code]["parent_code"] == naive.areas()[own]["parent_code"]
    ]
    assert nearest(package, [key], area_point(package, own)).area_only == (key,)
    for code in beside:
        assert nearest(package, [key], area_point(package, code)).elsewhere == (key,)
    assert beside
