"""Residents as points: everybody is somewhere, within the neighbourhood, and evenly."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.demand import demand
from hsc_geo.analysis.reach import neighbourhoods
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import CrsMismatch
from tests.shared import naive
from tests.shared.towns import CORNER, codes, town


@pytest.mark.parametrize("column", ["population", "population_0_14", "population_65_plus"])
def test_nobody_is_lost(package: Package, column: str) -> None:
    found = demand(package, column)
    for code in naive.codes_of("neighbourhood"):
        here = found.population[found.neighbourhood == code].sum()
        assert here == pytest.approx(float(naive.areas()[code][column]), abs=1e-6), code
    for code in naive.codes_of("district"):
        rows = [
            r for r in naive.areas().values() if r["parent_code"] == code and r["level"] == "neighbourhood"
        ]
        total = sum(float(row[column]) for row in rows)
        assert found.population[found.district == code].sum() == pytest.approx(total, abs=1e-6)
    assert found.missing == ()
    assert (found.population > 0).all()


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(
    people=st.lists(st.none() | st.integers(0, 5000), min_size=1, max_size=5),
    cell=st.floats(60, 1000),
)
def test_nobody_is_lost_on_any_grid(package: Package, people: list[int | None], cell: float) -> None:
    found = demand(town(package, people), cell=cell)
    assert found.population.sum() == pytest.approx(sum(each or 0 for each in people), abs=1e-6)
    missing = tuple(code for code, each in zip(codes(len(people)), people, strict=True) if each is None)
    assert found.missing == missing


def test_points_lie_in_their_neighbourhood_and_pieces_fit_a_square(package: Package) -> None:
    """Centroids may fall just outside a curved piece, never farther than the piece is wide."""
    found = demand(package)
    shapes = neighbourhoods(package).geometry.reindex(found.neighbourhood).to_numpy()
    assert (shapely.distance(shapes, shapely.points(found.points)) < 50).all()
    dense = found.population / shapely.area(shapes)
    for code in naive.codes_of("neighbourhood"):
        mine = found.neighbourhood == code
        whole = (
            float(naive.areas()[code]["population"]) / neighbourhoods(package).geometry[code].area * 100**2
        )
        assert found.population[mine].max() <= whole * (1 + 1e-9)
    assert np.isfinite(dense).all()


def test_the_grid_of_a_square_by_hand(package: Package) -> None:
    """1 km² with 1,000 residents in 250 m squares: 16 points with 62.5 each, in the middle of the squares."""
    found = demand(town(package, [1000]), cell=250.0)
    steps = [125, 375, 625, 875]
    expected = {(CORNER[0] + x, CORNER[1] + y) for x in steps for y in steps}
    assert {tuple(point) for point in found.points.round(6)} == expected
    assert found.population.tolist() == pytest.approx([62.5] * 16)


def test_lines_are_whole_multiples_of_the_cell(package: Package) -> None:
    """300 m does not go into the corner (90,000 x 460,000): the lines are at 459,900, 460,200 ..."""
    found = demand(town(package, [900]), cell=300.0)
    assert sorted(set((found.points[:, 1] - CORNER[1]).round(6))) == [100, 350, 650, 900]


def test_nobody_where_nobody_lives(package: Package) -> None:
    found = demand(town(package, [0, 10, None]))
    assert set(found.neighbourhood) == {"BU00000001"}
    assert found.missing == ("BU00000002",)
    empty = demand(town(package, [None, 0]))
    assert empty.points.shape == (0, 2)
    assert empty.missing == ("BU00000000",)


def test_an_area_without_surface_is_named(package: Package) -> None:
    of = town(package, [10, 20])
    flat = of.geometry.copy()
    flat.loc["BU00000001", "geometry"] = shapely.Polygon([CORNER, CORNER, CORNER])
    found = demand(replace(of, geometry=flat))
    assert found.missing == ("BU00000001",)
    assert found.population.sum() == pytest.approx(10)


@pytest.mark.parametrize("cell", [0, -1, 9.9, 1000.1, math.nan, math.inf])
def test_a_cell_that_is_none_is_refused(package: Package, cell: float) -> None:
    with pytest.raises(ValueError, match="is not a number of metres from 10 to 1000"):
        demand(package, cell=cell)


def test_another_column_or_coordinate_system_is_refused(package: Package) -> None:
    with pytest.raises(KeyError):
        demand(package, "population_of_mars")
    with pytest.raises(CrsMismatch):
        demand(replace(package, geometry=package.geometry.to_crs(4326)))
