"""Access with competition against a published example, a double loop, and what must always hold."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.access import (
    ENHANCED,
    METHODS,
    TWO_STEP,
    WEIGHTS,
    access,
    access_of,
    distances,
    equal_capacity,
    two_step,
    zone_weights,
)
from hsc_geo.analysis.demand import demand
from hsc_geo.analysis.places import points
from hsc_geo.analysis.reach import LONGEST, reach
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import CrsMismatch
from tests.shared import naive
from tests.shared.towns import CORNER, codes, rd, same, town

IDS = list(naive.initiatives())
PLACED = [key for key in IDS if key in naive.points()]
repeatable = settings(max_examples=25, deadline=None, derandomize=True, database=None)
anywhere = st.tuples(st.integers(-500, 4500), st.integers(-500, 1500))
someone = st.lists(st.integers(0, 3000), min_size=2, max_size=4)


def plainly(
    people: list[float],
    points: list[list[float]],
    sites: list[list[float]],
    supply: list[float],
    distance: float,
    method: str,
) -> list[float]:
    """The two steps in loops, per 1,000 residents."""

    def weight(point: list[float], site: list[float]) -> float:
        apart = math.dist(point, site)
        zones = [1, 0.68, 0.22] if method == "e2sfca" else [1]
        for i, value in enumerate(zones, 1):
            if apart <= distance * i / len(zones) and distance > 0:
                return value
        return 0

    ratios = []
    for site, amount in zip(sites, supply, strict=True):
        asking = sum(each * weight(point, site) for each, point in zip(people, points, strict=True))
        ratios.append(amount / asking if asking else 0)
    return [
        1000 * sum(ratio * weight(point, site) for ratio, site in zip(ratios, sites, strict=True))
        for point in points
    ]


def expected(
    package: Package, places: np.ndarray, distance: float, method: str, supply: list[float] | None = None
) -> tuple[dict, dict, float]:
    """Neighbourhood, district and city -> mean access over residents; a supply of 1 a place where none is given."""
    where = demand(package)
    each = plainly(
        where.population.tolist(),
        where.points.tolist(),
        places.tolist(),
        supply or [1.0] * len(places),
        distance,
        method,
    )
    result: list[dict] = []
    for labels in (where.neighbourhood, where.district):
        sums: dict[str, list[float]] = {}
        for code, people, value in zip(labels, where.population, each, strict=True):
            held = sums.setdefault(code, [0.0, 0.0])
            held[0] += people * value
            held[1] += people
        result.append({code: a / b for code, (a, b) in sums.items()})
    total = sum(p * v for p, v in zip(where.population, each, strict=True)) / max(
        sum(where.population), 1e-99
    )
    return result[0], result[1], total


# --- published ----------------------------------------------------------------------------------------------------


def test_the_example_of_luo_and_wang() -> None:
    """Figure 3 of Luo & Wang (2003): 11 tracts of 1, two physicians; a threshold of 30 minutes."""
    to_a = [20, 20, 20, 20, 40, 20, 20, 40, 20, 20, 40]
    to_b = [40, 40, 40, 20, 20, 40, 40, 20, 40, 40, 20]
    found = two_step(np.ones(11), np.ones(2), np.array([to_a, to_b], dtype=float).T, 30) / 1000
    printed = [0.125, 0.125, 0.125, 0.375, 0.25, 0.125, 0.125, 0.25, 0.125, 0.125, 0.25]
    assert found.tolist() == pytest.approx(printed, abs=1e-12)


def test_the_weights_of_luo_and_qi() -> None:
    apart = np.array([[0, 100, 100.01, 200, 200.01, 300, 300.01]])
    assert zone_weights(apart, 300, ENHANCED).tolist() == [[1, 1, 0.68, 0.68, 0.22, 0.22, 0]]
    assert zone_weights(apart, 300, TWO_STEP).tolist() == [[1, 1, 1, 1, 1, 1, 0]]


# --- a second, plain implementation -------------------------------------------------------------------------------


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("distance", [300, 800, 2500])
def test_every_area_equals_the_loop(package: Package, distance: float, method: str) -> None:
    found = access(package, IDS, distance, method)
    here = points(package)
    places = np.array([[point.x, point.y] for point in here])
    supply = [
        1 / list(here.index).count(key) for key in here.index
    ]  # an initiative is divided over its places
    assert min(supply) == pytest.approx(1 / 3)
    near, around, city = expected(package, places, distance, method, supply)
    assert set(found.neighbourhoods.index) == set(naive.codes_of("neighbourhood"))
    assert found.neighbourhoods["access"].dropna().to_dict() == pytest.approx(near, rel=1e-9)
    assert found.table["access"].to_dict() == pytest.approx(around, rel=1e-9)
    assert found.city["access"] == pytest.approx(city, rel=1e-9)
    assert (found.placed, found.places) == (len(PLACED), len({tuple(each) for each in places.tolist()}))


@repeatable
@given(people=someone, places=st.lists(anywhere, max_size=6), distance=st.integers(1, 3000), data=st.data())
def test_any_town_equals_the_loop(
    package: Package, people: list[int], places: list, distance: int, data: st.DataObject
) -> None:
    method = data.draw(st.sampled_from(METHODS))
    of = town(package, people)
    here = np.array([[CORNER[0] + x, CORNER[1] + y] for x, y in places]).reshape(-1, 2)
    near, around, _ = expected(of, here, distance, method)
    found = access_of(of, rd(*places), distance, method)
    assert found.neighbourhoods["access"].dropna().to_dict() == pytest.approx(near, rel=1e-7, abs=1e-9)
    assert found.table["access"].dropna().to_dict() == pytest.approx(around, rel=1e-7, abs=1e-9)


def test_bounds_and_centre_agree_by_two_ways(package: Package) -> None:
    """Access comes from PySAL, the bounds from a matrix: at factor 1 they are one."""
    for method in METHODS:
        found = access(package, IDS, 900, method, factor=1)
        for table in (found.table, found.neighbourhoods):
            for bound in ("lower", "upper"):
                assert table[bound].dropna().tolist() == pytest.approx(
                    table["access"].dropna().tolist(), rel=1e-9
                )


# --- what must always hold ----------------------------------------------------------------------------------------


@repeatable
@given(
    people=someone,
    places=st.lists(anywhere, min_size=1, max_size=6),
    distance=st.integers(0, 3000),
    method=st.sampled_from(METHODS),
)
def test_supply_is_conserved(
    package: Package, people: list[int], places: list, distance: int, method: str
) -> None:
    """All access together is the supply of the places that have a resident within the distance."""
    of = town(package, people)
    found = access_of(of, rd(*places), distance, method)
    where = demand(of)
    here = [(CORNER[0] + x, CORNER[1] + y) for x, y in places]
    served = [s for s in here if distance and any(math.dist(s, p) <= distance for p in where.points)]
    for table in (found.table, found.neighbourhoods):
        total = (table["access"] * table["residents"]).sum() / 1000
        assert total == pytest.approx(len(served), rel=1e-9, abs=1e-9)


@repeatable
@given(places=st.lists(anywhere, min_size=1, max_size=5), factor=st.floats(1, 4), data=st.data())
def test_capacity_scales_and_stays_within_its_bounds(
    package: Package, places: list, factor: float, data: st.DataObject
) -> None:
    of, here = town(package, [800, 400, 0, 90]), rd(*places)
    capacity = {key: data.draw(st.floats(0, 50)) for key in here.index if data.draw(st.booleans())}
    once = access_of(of, here, 1200, ENHANCED, capacity=capacity, factor=factor)
    twice = access_of(
        of, here, 1200, ENHANCED, capacity={k: 2 * v for k, v in capacity.items()}, factor=factor
    )
    assert once.unknown == len(here) - len(capacity)
    for table, double in ((once.table, twice.table), (once.neighbourhoods, twice.neighbourhoods)):
        if any(capacity.values()):
            for column in ("access", "lower", "upper"):
                assert double[column].tolist() == pytest.approx((2 * table[column]).tolist(), nan_ok=True)
        known = table.dropna(subset="access")
        assert (known["lower"] <= known["access"] + 1e-9).all()
        assert (known["access"] <= known["upper"] + 1e-9).all()


@repeatable
@given(
    people=st.lists(st.integers(1, 3000), min_size=4, max_size=4),
    places=st.lists(anywhere, min_size=1, max_size=5),
    data=st.data(),
)
def test_no_capacities_within_the_bounds_leave_the_bounds_of_rank_and_access(
    package: Package, people: list[int], places: list, data: st.DataObject
) -> None:
    of, here = town(package, people), rd(*places)
    band = access_of(of, here, 1100, factor=2).neighbourhoods
    drawn = {key: data.draw(st.floats(0.5, 2)) for key in here.index}
    other = access_of(of, here, 1100, capacity=drawn).neighbourhoods
    slack = 1e-7
    assert (other["access"] >= band["lower"] - slack).all()
    assert (other["access"] <= band["upper"] + slack).all()
    for table in (band, other):
        assert (table["rank"] >= band["rank_best"]).all()
        assert (table["rank"] <= band["rank_worst"]).all()


def test_with_all_capacities_known_there_is_no_band(package: Package) -> None:
    found = access(package, PLACED, 900, capacity=dict.fromkeys(PLACED, 3.0))
    table = found.neighbourhoods.dropna()
    assert found.unknown == 0
    assert table["lower"].tolist() == pytest.approx(table["upper"].tolist())
    lone = ~table["access"].round(6).duplicated(keep=False)
    assert (table["rank_best"] == table["rank"])[lone].all()
    assert (table["rank_worst"] == table["rank"])[lone].all()


def test_initiatives_at_one_place_add_up(package: Package) -> None:
    of = town(package, [500, 300])
    one = access_of(of, rd((400, 400)), 700)
    three = access_of(of, rd((400, 400), (400, 400), (400, 400)), 700)
    assert (three.placed, three.places) == (3, 1)
    assert three.table["access"].tolist() == pytest.approx((3 * one.table["access"]).tolist())
    given = access_of(of, rd((400, 400), (400, 400)), 700, capacity={"P0": 1.0, "P1": 2.0})
    assert given.table["access"].tolist() == pytest.approx(three.table["access"].tolist())


def test_one_zone_of_weight_1_is_the_plain_method(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = access(package, IDS, 900, TWO_STEP)
    assert not np.allclose(plain.table["access"], access(package, IDS, 900, ENHANCED).table["access"])
    monkeypatch.setitem(WEIGHTS, ENHANCED, (1.0, 1.0, 1.0))
    found = access(package, IDS, 900, ENHANCED)
    pd.testing.assert_frame_equal(found.table, plain.table, rtol=1e-9)


def test_nearness_alone_is_the_reach_of_the_points(package: Package) -> None:
    """By squares of 100 m and by exact circles, the share of the city differs by less than 1 in 100."""
    for distance in (300, 800, 1200):
        found = access(package, PLACED, distance)
        assert found.city["binary"] == pytest.approx(reach(package, PLACED, distance).city["share"], abs=0.01)
        assert not found.saturated
    assert access(package, PLACED, 5000).saturated


@repeatable
@given(
    places=st.lists(anywhere, min_size=1, max_size=6),
    owners=st.lists(st.integers(0, 2), min_size=6, max_size=6),
)
def test_what_each_initiative_adds_is_what_goes_without_it(
    package: Package, places: list, owners: list[int]
) -> None:
    """Without an initiative, with all its places: computed anew, against the whole less its part."""
    of, here = town(package, [800, 400, 0, 90]), rd(*places)
    here.index = [f"I{owner}" for owner, _ in zip(owners, places, strict=False)]
    whole = access_of(of, here, 900, ENHANCED)
    for level in ("district", "neighbourhood"):
        parts = whole.parts[level]
        assert set(parts.columns) == set(here.index)
        assert parts.sum(axis=1, min_count=1).tolist() == pytest.approx(
            whole.at(level)["access"].tolist(), nan_ok=True
        )
        for key in parts.columns:
            rest = access_of(of, here[here.index != key], 900, ENHANCED).at(level)["access"]
            left = whole.at(level)["access"] - parts[key]
            assert left.tolist() == pytest.approx(rest.tolist(), rel=1e-9, abs=1e-9, nan_ok=True)


# --- by hand, the ends of the scale and bad input -----------------------------------------------------------------


def test_one_place_by_hand(package: Package) -> None:
    """300 m round the middle of the first square: 28 or so of its 100 points, and all of the supply of 1 is theirs."""
    found = access(town(package, [1000, 500], [(500, 500)]), ["P0"], 300)
    inside = sum(
        math.hypot(x - 450, y - 450) <= 300 for x in range(0, 1000, 100) for y in range(0, 1000, 100)
    )
    first, second = found.neighbourhoods.to_dict("records")
    assert first["access"] == pytest.approx(1000 / 1000)
    assert first["binary"] == pytest.approx(inside / 100)
    assert (second["access"], second["binary"], second["rank"]) == (0, 0, 2)
    assert found.city["access"] == pytest.approx(1000 / 1500)
    assert list(found.city.index) == ["residents", "access", "lower", "upper", "binary"]


def test_unknown_capacity_counts_as_the_mean_of_what_is_known(package: Package) -> None:
    assert equal_capacity([10, 30, 0]) == 20
    assert equal_capacity([]) == 1
    assert equal_capacity([0]) == 1
    of = town(package, [1000, 1000])
    found = access_of(of, rd((500, 500), (1500, 500)), 400, capacity={"P0": 30.0}, factor=3)
    low = found.neighbourhoods["lower"].tolist()
    assert found.neighbourhoods["access"].tolist() == pytest.approx([30, 30])
    assert low == pytest.approx([30, 10])
    assert found.neighbourhoods["upper"].tolist() == pytest.approx([30, 90])
    assert found.neighbourhoods[["rank_best", "rank_worst"]].to_numpy().tolist() == [[1, 2], [1, 2]]


@pytest.mark.parametrize("method", METHODS)
def test_without_places_or_at_0_metres_there_is_none(package: Package, method: str) -> None:
    for ids, distance in (([], 500), (PLACED, 0)):
        found = access(package, ids, distance, method)
        table = found.table
        assert table[["access", "lower", "upper", "binary"]].eq(0).all(axis=None)
        assert table["rank"].eq(1).all()
        assert table["rank_worst"].eq(len(table)).all()
        assert found.city["residents"] > 0
        assert not found.saturated


def test_at_50_kilometres_all_have_the_same(package: Package) -> None:
    table = access(package, PLACED, LONGEST).table
    assert table["access"].tolist() == pytest.approx([table["access"].iloc[0]] * len(table))
    assert table["rank"].eq(1).all()
    assert table["binary"].eq(1).all()


def test_areas_without_residents_have_none_and_no_rank(package: Package) -> None:
    found = access(town(package, [100, 0, None, 50], [(500, 500)]), ["P0"], 600)
    table = found.neighbourhoods
    assert found.missing == ("BU00000002",)
    assert table["residents"].tolist()[:2] == [100, 0]
    assert math.isnan(table["residents"].iloc[2])
    assert table.iloc[[1, 2]].drop(columns="residents").isna().all(axis=None)
    assert table["rank"].max() == 2
    assert list(table.index) == codes(4)
    assert same(found.table.loc["WK000001", "access"], table["access"].iloc[0])


def test_nobody_at_all(package: Package) -> None:
    found = access(town(package, [None, None], [(500, 500)]), ["P0"], 600)
    assert found.city.isna().all()
    assert found.table.isna().all(axis=None)
    assert not found.saturated


def test_a_place_that_nobody_is_near_to_serves_nobody(package: Package) -> None:
    found = access_of(town(package, [100, 100]), rd((9000, 9000), (500, 500)), 600)
    assert (found.city["access"] * 200 / 1000) == pytest.approx(1)


@pytest.mark.parametrize("distance", [-1, LONGEST + 1, math.nan, math.inf])
def test_a_distance_that_is_none_is_refused(package: Package, distance: float) -> None:
    with pytest.raises(ValueError, match="is not a number of metres"):
        access(package, PLACED, distance)


def test_bad_methods_capacities_and_factors_are_all_named(package: Package) -> None:
    with pytest.raises(ValueError, match="method '3sfca' is not one of 2sfca, e2sfca"):
        access(package, PLACED, 500, "3sfca")
    with pytest.raises(ValueError, match="method '' is not one of"):
        access(package, [], 0, "")
    with pytest.raises(ValueError, match=r"capacity -1.0 of .*; capacity nan of .*; factor 0.5 is not"):
        access(package, PLACED, 500, capacity={PLACED[0]: -1, PLACED[1]: math.nan}, factor=0.5)
    with pytest.raises(KeyError):
        access(package, PLACED, 500, people="population_of_mars")


def test_another_coordinate_system_is_refused(package: Package) -> None:
    with pytest.raises(CrsMismatch, match="places is in EPSG:4326"):
        access_of(package, points(package).to_crs(4326), 500)
    with pytest.raises(CrsMismatch):
        access(replace(package, geometry=package.geometry.to_crs(4326)), PLACED, 500)


def test_distances_are_those_of_a_loop() -> None:
    points, places = np.array([[0, 0], [3, 4.0], [1, 1]]), np.array([[0, 0], [6, 8.0]])
    assert distances(points, places).tolist() == [[math.dist(a, b) for b in places] for a in points]
