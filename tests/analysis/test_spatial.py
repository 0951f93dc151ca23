"""Moran's I and what it can see: against PySAL, plain loops, every permutation there is, and published numbers."""

from __future__ import annotations

import itertools
import warnings
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from esda import fdr
from esda.moran import Moran as EsdaMoran
from esda.moran import Moran_Local as EsdaLocal
from hypothesis import given, settings
from hypothesis import strategies as st
from libpysal import examples
from libpysal import io as pysal_io
from libpysal.weights import Queen, W
from scipy import stats

from hsc_geo.analysis.contiguity import Weights, touching, weights
from hsc_geo.analysis.measures import Measure
from hsc_geo.analysis.spatial import CHANCE, SAME_EVERYWHERE, TOO_FEW, discoveries, local, moran, pattern
from hsc_geo.analysis.spatial_power import POWER, morans, simulated, weakest_seen
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, CrsMismatch
from tests.analysis.example_town import town

pytestmark = pytest.mark.filterwarnings("ignore:The alternative hypothesis:DeprecationWarning")
repeatable = settings(max_examples=40, deadline=None, derandomize=True)
FEW = 99  # permutations, where p is not what is tested

SMOKING = Measure("50150NED-RooktTabak", 2024, "18plus")
INCOME = Measure("85984NED-GemiddeldInkomenPerInwoner", 2024, "all")


def example(weights_file: str, data_file: str, column: str) -> tuple[W, pd.Series, Weights]:
    """An example of PySAL: its weights, the values by id, and the same weights as ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        of_pysal = pysal_io.open(examples.get_path(weights_file)).read()
        values = pysal_io.open(examples.get_path(data_file)).by_col[column]
    figures = pd.Series(np.array(values, dtype=float), index=[f"{int(i):05}" for i in of_pysal.id_order])
    pairs = [(f"{int(i):05}", f"{int(j):05}") for i, near in of_pysal.neighbors.items() for j in near]
    return of_pysal, figures, weights(pairs, figures.index)


COLUMBUS = example("columbus.gal", "columbus.dbf", "CRIME")
ST_LOUIS = example("stl.gal", "stl_hom.txt", "HR8893")
EXAMPLES = pytest.mark.parametrize("found", [COLUMBUS, ST_LOUIS], ids=["columbus", "st_louis"])


def as_pysal(among: Weights) -> W:
    near = {code: list(among.neighbours(code)) for code in among.codes}
    found = W(near, id_order=list(among.codes), silence_warnings=True)
    found.transform = "r"
    return found


def looped(figures: pd.Series, among: Weights) -> tuple[float, dict[str, float]]:
    """The formulas as they stand, area by area: I, and I of each."""
    mean = sum(figures[code] for code in among.codes) / len(among.codes)
    z = {code: figures[code] - mean for code in among.codes}
    squares, total, of_each = sum(each * each for each in z.values()), 0.0, {}
    for one in among.codes:
        near = among.neighbours(one)
        lag = 0.0
        for other in near:
            lag += z[other] / len(near)
        total += z[one] * lag
        of_each[one] = (len(among.codes) - 1) * z[one] * lag / squares
    return total / squares, of_each


def test_the_crime_of_columbus() -> None:
    """Moran's I with queen neighbours is 0.500188557, and -0.020833333 expected, as printed by `moran.test` of the R
    package spdep on its data set columbus."""
    found = moran(COLUMBUS[1], COLUMBUS[2], FEW)
    assert found.expected == pytest.approx(-0.020833333, abs=1e-9)
    assert found.value == pytest.approx(0.500188557, abs=1e-9)


def test_the_homicides_around_st_louis() -> None:
    """0.244, and -0.012987012987012988 expected, in the documentation of PySAL `esda.Moran`."""
    found = moran(ST_LOUIS[1], ST_LOUIS[2], FEW)
    assert round(found.value, 3) == 0.244
    assert found.expected == pytest.approx(-0.012987012987012988, abs=1e-15)


@EXAMPLES
def test_pysal_and_plain_loops_give_the_same(found: tuple[W, pd.Series, Weights]) -> None:
    of_pysal, figures, among = found
    total, of_each = looped(figures, among)
    theirs = EsdaMoran(figures.to_numpy(), of_pysal, permutations=0)
    one_by_one = EsdaLocal(figures.to_numpy(), of_pysal, permutations=FEW, seed=1)
    ours, table = moran(figures, among, FEW), local(figures, among, FEW)
    assert ours.value == pytest.approx(theirs.I, abs=1e-9)
    assert ours.value == pytest.approx(total, abs=1e-9)
    order = [figures.index.get_loc(code) for code in among.codes]
    assert table["local"].tolist() == pytest.approx(one_by_one.Is[order].tolist(), abs=1e-9)
    assert table["local"].tolist() == pytest.approx([of_each[code] for code in among.codes], abs=1e-9)
    assert table["local"].mean() * len(table) / (len(table) - 1) == pytest.approx(ours.value, abs=1e-9)
    assert table["quadrant"].tolist() == [("HH", "LH", "LL", "HL")[q - 1] for q in one_by_one.q[order]]


@EXAMPLES
def test_p_is_twice_that_of_pysal_but_for_the_draws(found: tuple[W, pd.Series, Weights]) -> None:
    of_pysal, figures, among = found
    ours = local(figures, among)["p"].to_numpy()
    theirs = EsdaLocal(figures.to_numpy(), of_pysal, permutations=9999, seed=1).p_sim
    order = [figures.index.get_loc(code) for code in among.codes]
    assert np.abs(ours - (2 * theirs[order]).clip(max=1)).max() < 0.06  # 4 standard errors at p = 0.5
    np.random.seed(1)  # esda draws from the one generator of the process
    whole = EsdaMoran(figures.to_numpy(), of_pysal, permutations=9999).p_sim
    assert moran(figures, among).p == pytest.approx(2 * whole, abs=3e-3)  # 3 standard errors at p = 0.0026


def test_p_of_few_areas_is_that_of_every_order_there_is() -> None:
    """Six areas in a row: all 720 orders of the values, and for one area all draws of the others."""
    row = [f"{i}" for i in range(6)]
    among = weights([pair for a, b in itertools.pairwise(row) for pair in ((a, b), (b, a))], row)
    figures = pd.Series([1.0, 2.0, 4.0, 3.0, 7.0, 9.0], index=row)
    value, _ = looped(figures, among)
    everywhere = [looped(pd.Series(each, index=row), among)[0] for each in itertools.permutations(figures)]
    tail = min(
        np.mean([each >= value - 1e-9 for each in everywhere]),
        np.mean([e <= value + 1e-9 for e in everywhere]),
    )
    assert moran(figures, among).p == pytest.approx(2 * tail, abs=0.01)
    z = figures - figures.mean()
    pairs = [z["0"] * z[other] for other in row[1:]]  # area 0 has one neighbour
    tail = min(np.mean([each >= pairs[0] for each in pairs]), np.mean([each <= pairs[0] for each in pairs]))
    assert local(figures, among).at["0", "p"] == pytest.approx(min(1, 2 * tail), abs=0.02)


values = st.lists(st.integers(-30, 30).map(float), min_size=9, max_size=9).filter(
    lambda each: len(set(each)) > 1
)
GRID = [f"{x}{y}" for x in range(3) for y in range(3)]
QUEEN = [
    (a, b)
    for a, b in itertools.permutations(GRID, 2)
    if max(abs(int(p) - int(q)) for p, q in zip(a, b, strict=True)) <= 1
]


@repeatable
@given(found=values)
def test_any_figures_on_a_grid_as_pysal_and_plain_loops_have_them(found: list[float]) -> None:
    among, figures = weights(QUEEN, GRID), pd.Series(found, index=GRID)
    total, of_each = looped(figures, among)
    theirs = EsdaLocal(figures.to_numpy(), as_pysal(among), permutations=0)
    assert moran(figures, among, FEW).value == pytest.approx(total, abs=1e-9)
    table = local(figures, among, FEW)
    assert table["local"].to_dict() == pytest.approx(of_each, abs=1e-9)
    assert table["local"].tolist() == pytest.approx(theirs.Is.tolist(), abs=1e-9)


@repeatable
@given(
    found=values, times=st.sampled_from([-3, -0.5, 0.25, 7]), more=st.integers(-9, 9), seed=st.integers(0, 9)
)
def test_scale_shift_and_order_change_nothing(found: list[float], times: float, more: int, seed: int) -> None:
    among, figures = weights(QUEEN, GRID), pd.Series(found, index=GRID)
    plain, of_each = moran(figures, among, FEW), local(figures, among, FEW)
    scaled = figures * times + more
    assert moran(scaled, among, FEW).value == pytest.approx(plain.value, abs=1e-9)
    assert local(scaled, among, FEW)["local"].tolist() == pytest.approx(of_each["local"].tolist(), abs=1e-9)
    order = np.random.default_rng(seed).permutation(len(GRID))
    turned = weights(QUEEN[::-1], [GRID[i] for i in order])
    assert moran(figures.iloc[order], turned, FEW) == plain
    pd.testing.assert_frame_equal(local(figures.iloc[order], turned, FEW), of_each)


@repeatable
@given(p=st.lists(st.floats(0.0001, 1), min_size=2, max_size=60))
def test_the_false_discovery_rate_is_that_of_scipy_and_pysal(p: list[float]) -> None:
    numbers = np.array(p)
    ours = discoveries(numbers)
    assert ours.tolist() == pytest.approx(stats.false_discovery_control(numbers).tolist(), abs=1e-9)
    if (ours < 0.05).any():
        assert (numbers[ours < 0.05] <= fdr(numbers, 0.05)).all()


@pytest.mark.parametrize("level", ["neighbourhood", "district"])
def test_neighbours_are_those_of_pysal(package: Package, level: str) -> None:
    rows = package.geometry[package.geometry["level"] == level]
    near = Queen.from_dataframe(rows, use_index=True, silence_warnings=True).neighbors
    assert touching(package, level) == {(one, other) for one in near for other in near[one]}
    assert len(near) == {"neighbourhood": 54, "district": 10}[level]


def test_neighbours_are_asked_in_metres_only(package: Package) -> None:
    moved = replace(package, geometry=package.geometry.to_crs(4326))
    with pytest.raises(CrsMismatch):
        touching(moved, "district")


def test_a_corner_in_common_makes_neighbours() -> None:
    squares = [shapely.box(x, y, x + 1, y + 1) for x in range(3) for y in range(3)]
    frame = gpd.GeoDataFrame({"level": "district"}, geometry=squares, index=GRID, crs=RD)
    assert touching(replace(town(), geometry=frame), "district") == frozenset(QUEEN)


def test_a_missing_figure_leaves_its_area_out_and_makes_the_weights_anew(package: Package) -> None:
    found = pattern(package, INCOME, "neighbourhood")
    assert len(found.missing) + len(found.islands) + len(found.table) == 54
    assert set(found.missing.values()) <= {"suppressed", "not_measured", "not_published"}
    assert found.weights.matrix.sum(axis=1) == pytest.approx(1)
    pairs = touching(package, "neighbourhood")
    known = {*found.table.index, *found.islands}
    for code in known:
        near = {other for one, other in pairs if one == code and other in known}
        assert (code in found.islands) == (not near)
        if near:
            assert set(found.weights.neighbours(code)) == near


def test_smoking_in_leiden_as_pysal_has_it(package: Package) -> None:
    found = pattern(package, SMOKING, "neighbourhood")
    theirs = EsdaMoran(found.table["value"].to_numpy(), as_pysal(found.weights), permutations=0)
    assert found.moran.value == pytest.approx(theirs.I, abs=1e-9)
    assert found.modelled
    called = found.table[found.table["cluster"] != CHANCE]
    assert 0 < len(called) < len(found.table)
    assert (called["q"] <= 0.05).all()
    assert (called["cluster"] == called["quadrant"]).all()
    assert not pattern(package, replace(INCOME), "neighbourhood").modelled


def test_what_cannot_be_computed_is_told() -> None:
    lonely = Measure("lonely", 2024, "18plus")
    assert pattern(town(), lonely, "district").why_not == TOO_FEW
    flat = town().observations.assign(value=5.0)
    found = pattern(replace(town(), observations=flat), lonely, "neighbourhood")
    assert (found.why_not, found.moran) == (SAME_EVERYWHERE, None)
    with pytest.raises(ValueError, match="level 'municipality'"):
        pattern(town(), lonely, "municipality")


def test_simulated_patterns_have_morans_i_of_the_formula() -> None:
    among = weights(QUEEN, GRID)
    noise = np.random.default_rng(3).standard_normal((4, len(GRID)))
    for rho in (0.0, 0.6):
        drawn = simulated(noise, among, rho)
        assert morans(drawn, among) == pytest.approx(
            [looped(pd.Series(each, index=GRID), among)[0] for each in drawn], abs=1e-9
        )
        # y = rho W y + e
        assert drawn == pytest.approx(rho * drawn @ among.matrix.T + noise, abs=1e-9)


def test_the_test_sees_what_it_says_it_sees(package: Package) -> None:
    """Other draws, judged by the permutation test itself and not by the simulated limits: about 80% are seen."""
    among = pattern(package, SMOKING, "neighbourhood").weights
    seen = weakest_seen(among)
    assert seen.power >= POWER
    noise = np.random.default_rng(99).standard_normal((120, len(among.codes)))
    drawn = simulated(noise, among, seen.rho)
    found = [moran(pd.Series(each, index=among.codes), among, 199).p <= 0.05 for each in drawn]
    assert np.mean(found) == pytest.approx(seen.power, abs=0.11)  # 3 standard errors of 120 draws
    weaker = simulated(noise, among, seen.rho - 0.1)
    assert morans(weaker, among).mean() < seen.moran


def test_ten_districts_see_no_pattern_surely(package: Package) -> None:
    assert weakest_seen(pattern(package, SMOKING, "district").weights) is None


def test_the_page_of_methods_tells_what_so_few_areas_can_show(package: Package) -> None:
    whole = weights(touching(package, "neighbourhood"), package.areas.index)
    seen = [weakest_seen(each).moran for each in (whole, pattern(package, INCOME, "neighbourhood").weights)]
    page = " ".join((Path(__file__).parents[2] / "docs" / "methods.md").read_text(encoding="utf-8").split())
    assert (
        f"from a mean Moran's I of about {seen[0]:.2f}, with 19 of them (income of 2024) from {seen[1]:.2f}"
        in page
    )
