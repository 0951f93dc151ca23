"""What if: before and after are what reach and access say of the places, and nothing else changes."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.access import access
from hsc_geo.analysis.inequality import slope_index
from hsc_geo.analysis.places import points
from hsc_geo.analysis.reach import reach
from hsc_geo.analysis.what_if import Change, Situation, compare, point_in
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import WGS84, transformer
from tests.shared import naive
from tests.shared.towns import CORNER, codes, town

IDS = list(naive.initiatives())
PLACED = [key for key in IDS if key in naive.points()]
NEIGHBOURHOODS = sorted(naive.codes_of("neighbourhood"))
NEED = pd.Series(np.random.default_rng(3).random(54), NEIGHBOURHOODS)
repeatable = settings(max_examples=15, deadline=None, derandomize=True, database=None)
inside = st.tuples(st.integers(1, 3999), st.integers(1, 999)).map(
    lambda p: (CORNER[0] + p[0], CORNER[1] + p[1])
)


def assert_same(one: Situation, other: Situation) -> None:
    pd.testing.assert_frame_equal(one.reach.table, other.reach.table)
    pd.testing.assert_frame_equal(one.access.neighbourhoods, other.access.neighbourhoods)
    assert one.slope == other.slope


def test_before_is_what_the_page_shows_and_no_change_changes_nothing(package: Package) -> None:
    found = compare(package, IDS, Change(), 800, NEED, method="e2sfca")
    pd.testing.assert_frame_equal(found.before.reach.table, reach(package, IDS, 800).table)
    alone = access(package, IDS, 800, "e2sfca")
    pd.testing.assert_frame_equal(found.before.access.table, alone.table)
    near = alone.neighbourhoods
    assert found.before.slope is not None
    assert found.before.slope.slope == slope_index(near["access"], NEED, near["residents"])
    assert found.before.slope.places == alone.places
    assert_same(found.before, found.after)
    assert found.idle == ()


def test_after_taking_away_is_the_register_without_them(package: Package) -> None:
    gone = (PLACED[0], next(k for k in IDS if k not in PLACED and naive.stated_areas()[k]))
    found = compare(package, IDS, Change(removed=gone), 800, NEED)
    left = [key for key in IDS if key not in gone]
    pd.testing.assert_frame_equal(found.after.reach.table, reach(package, left, 800).table)
    pd.testing.assert_frame_equal(found.after.access.table, access(package, left, 800).table)
    assert found.after.reach.placed == found.before.reach.placed - 1
    assert found.after.reach.area_only == found.before.reach.area_only - 1


@pytest.mark.parametrize("key", [key for key in PLACED if len(naive.points()[key]) == 1][:3])
def test_taken_away_and_put_back_is_as_before(package: Package, key: str) -> None:
    point = points(package)[key]
    found = compare(package, IDS, Change(((point.x, point.y),), (key,)), 800, NEED)
    columns = ["residents", "reached", "upper"]
    assert found.after.reach.city[columns].tolist() == pytest.approx(
        found.before.reach.city[columns].tolist()
    )
    near, after = found.before.access.neighbourhoods, found.after.access.neighbourhoods
    pd.testing.assert_frame_equal(after, near, rtol=1e-9)


@repeatable
@given(
    known=st.lists(inside, max_size=4),
    added=st.lists(inside, min_size=1, max_size=3),
    distance=st.integers(0, 2500),
)
def test_an_added_place_never_lowers_reach_or_access(
    package: Package, known: list, added: list, distance: int
) -> None:
    of = town(package, [900, 50, 700, 1200], [(x - CORNER[0], y - CORNER[1]) for x, y in known])
    found = compare(
        of, of.initiatives.index, Change(tuple(added)), distance, pd.Series([1, 2, 3, 4], codes(4))
    )
    before, after = found.before, found.after
    assert (after.reach.table["reached"] >= before.reach.table["reached"] - 1e-6).all()
    assert (after.reach.table["reached"] <= after.reach.table["residents"] + 1e-6).all()
    for column in ("access", "binary"):
        less = before.access.neighbourhoods[column] - 1e-7
        assert (after.access.neighbourhoods[column] >= less).all()
    assert after.access.placed == before.access.placed + len(added) == after.reach.placed
    undone = compare(of, of.initiatives.index, Change((), tuple(of.initiatives.index)), distance, NEED)
    assert undone.after.reach.city["reached"] == 0


def test_a_place_where_need_is_most_turns_the_slope(package: Package) -> None:
    """One place where need is least; another is put where it is most: the slope of access goes from below 0 to 0."""
    of = town(package, [1000] * 3, [(500, 500)])
    found = compare(of, ["P0"], Change((point_in(of, "BU00000002"),)), 400, pd.Series([1, 2, 3], codes(3)))
    assert found.before.slope is not None
    assert found.after.slope is not None
    assert found.before.slope.slope.sii == pytest.approx(-1.5)
    assert found.after.slope.slope.sii == pytest.approx(0, abs=1e-9)
    assert (found.before.slope.why_not, found.after.slope.places) == ("few_places", 2)


def test_taking_one_away_takes_all_its_places(package: Package) -> None:
    key = next(key for key in PLACED if len(naive.points()[key]) == 3)
    found = compare(package, [key], Change(removed=(key,)), 800, NEED)
    assert (found.before.access.placed, found.before.access.places) == (1, 3)
    assert (found.after.access.placed, found.after.access.places) == (0, 0)
    assert found.before.reach.city["reached"] > 0
    assert found.after.reach.city["reached"] == 0


def test_nothing_is_stored(package: Package) -> None:
    before = (len(points(package)), package.initiatives.copy(), package.geometry.copy())
    compare(package, IDS, Change((point_in(package, NEIGHBOURHOODS[5]),), (PLACED[0],)), 800, NEED)
    assert len(points(package)) == before[0]
    pd.testing.assert_frame_equal(package.initiatives, before[1])
    pd.testing.assert_frame_equal(package.geometry, before[2])


def test_what_does_not_count_is_idle(package: Package) -> None:
    found = compare(package, PLACED[1:], Change(removed=(PLACED[0],)), 800, NEED)
    assert found.idle == (PLACED[0],)
    assert_same(found.before, found.after)


def test_without_a_slope_the_reason_is_given(package: Package) -> None:
    found = compare(package, IDS, Change(), 800, NEED.iloc[:2])
    assert found.before.slope is None
    assert "2 areas have a value" in found.before.no_slope
    assert compare(package, IDS, Change(), 800, NEED * 0 + 1).after.no_slope.endswith("no slope over it")


def test_points_outside_and_unknown_initiatives_are_all_named(package: Package) -> None:
    degrees = (4.49, 52.16)
    outside = transformer(WGS84, 28992).transform(4.9, 52.37)  # Amsterdam
    unknown, first = "initiative 'X-1' is not in the register", r"the point \(4.49, 52.16\) is not within"
    message = rf"{unknown}; {first} .*; the point \({outside[0]}"
    with pytest.raises(ValueError, match=message):
        compare(package, IDS, Change((degrees, outside), ("X-1",)), 800, NEED)
    for wrong in (math.nan, math.inf):
        with pytest.raises(ValueError, match="is not within the municipality"):
            compare(package, IDS, Change(((wrong, 463_000.0),)), 800, NEED)


@pytest.mark.parametrize("code", NEIGHBOURHOODS[::9])
def test_the_point_of_a_neighbourhood_is_in_it(package: Package, code: str) -> None:
    import shapely

    assert package.geometry.geometry[code].contains(shapely.Point(point_in(package, code)))


def test_an_unknown_neighbourhood_has_no_point(package: Package) -> None:
    with pytest.raises(KeyError):
        point_in(package, "BU99999999")
