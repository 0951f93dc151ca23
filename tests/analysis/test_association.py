"""Two figures over areas: coefficients against SciPy, NumPy and published numbers; which warnings hold."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy import stats

from hsc_geo.analysis import association as module
from hsc_geo.analysis import guard
from hsc_geo.analysis.association import FEW, SAME_FIGURE, TOO_FEW, association, interval, pearson
from hsc_geo.analysis.measures import Measure
from hsc_geo.data.load import Package
from tests.analysis.example_town import town

repeatable = settings(max_examples=60, deadline=None, derandomize=True)
numbers = st.integers(-40, 40).map(float)
rows = st.lists(st.tuples(numbers, numbers, st.integers(1, 900)), min_size=3, max_size=20)

SMOKING = Measure("50150NED-RooktTabak", 2024, "18plus")
LONELY = Measure("50150NED-Eenzaam", 2024, "18plus")
INCOME = Measure("83765NED-GemiddeldInkomenPerInwoner", 2017, "all")
DISTANCE = Measure("85984NED-AfstandTotHuisartsenpraktijk", 2024, "all")


def columns(found: list[tuple[float, float, int]]) -> list[pd.Series]:
    return [pd.Series(each, dtype=float) for each in zip(*found, strict=True)]


def codes(package: Package, x: Measure, y: Measure, level: str = "neighbourhood") -> list[str]:
    return [each.code for each in association(package, x, y, level).warnings]


@repeatable
@given(found=rows)
def test_weights_are_as_if_each_area_stood_there_so_many_times(found: list[tuple[float, float, int]]) -> None:
    x, y, people = columns(found)
    assume(x.nunique() > 1 and y.nunique() > 1)
    repeated = [np.repeat(each.to_numpy(), people.astype(int)) for each in (x, y)]
    assert pearson(x, y, people) == pytest.approx(np.corrcoef(*repeated)[0, 1], abs=1e-9)
    assert pearson(x, y) == pytest.approx(stats.pearsonr(x, y).statistic, abs=1e-9)
    assert pearson(x.rank(), y.rank()) == pytest.approx(stats.spearmanr(x, y).statistic, abs=1e-9)


@repeatable
@given(found=rows, times=st.integers(1, 50), more=numbers, seed=st.integers(0, 99))
def test_scale_shift_order_and_sign(
    found: list[tuple[float, float, int]], times: int, more: float, seed: int
) -> None:
    x, y, people = columns(found)
    assume(x.nunique() > 1 and y.nunique() > 1)
    plain = pearson(x, y, people)
    assert pearson(x * times + more, y, people * 3) == pytest.approx(plain, abs=1e-9)
    assert pearson(-x, y, people) == pytest.approx(-plain, abs=1e-9)
    assert pearson(y, x, people) == pytest.approx(plain, abs=1e-9)
    order = np.random.default_rng(seed).permutation(len(x))
    assert pearson(x[order], y[order], people[order]) == pytest.approx(plain, abs=1e-9)


def test_what_does_not_vary_has_no_coefficient() -> None:
    flat = pd.Series([0.1] * 3)
    assert math.isnan(pearson(flat, pd.Series([1.0, 2, 3])))
    assert math.isnan(pearson(pd.Series([1.0, 2, 3]), pd.Series([1.0, 2, 3]), pd.Series([0.0, 0, 0])))


@pytest.mark.parametrize(("r", "n"), [(0.5, 10), (-0.62, 20), (0.05, 54), (0.999, 4)])
def test_the_interval_of_pearson_is_that_of_scipy(r: float, n: int) -> None:
    """SciPy computes it from data; these have r exactly: x, and y = r x + sqrt(1 - r^2) of what is at right angles."""
    x = stats.zscore(np.arange(n, dtype=float))
    apart = stats.zscore(x**2)
    y = r * x + math.sqrt(1 - r * r) * apart
    found = stats.pearsonr(x, y)
    told = found.confidence_interval(0.95)
    assert interval(float(found.statistic), n) == pytest.approx((told.low, told.high), abs=1e-9)


def test_the_interval_of_spearman_is_that_of_bonett_and_wright() -> None:
    """By hand for rho = 0.5 and n = 39: atanh(0.5) = 0.549306, s = sqrt(1.125 / 36) = 0.176777, 1.959964 s = 0.346476;
    tanh of 0.202830 and 0.895782 is 0.200094 and 0.714238."""
    assert interval(0.5, 39, ranks=True) == pytest.approx((0.200094, 0.714238), abs=2e-6)


def test_no_interval_of_a_straight_line_or_of_three_areas() -> None:
    assert interval(1.0, 30) is None
    assert interval(0.3, 3) is None
    assert interval(math.nan, 30) is None
    assert math.sqrt(1 / (FEW - 3)) > 0.24  # of fewer areas the interval spans about half of all there is


def test_areas_without_one_of_the_two_are_left_out_and_the_reason_stands_by(package: Package) -> None:
    found = association(package, SMOKING, INCOME, "neighbourhood")
    assert found.n + len(found.left_out) == len(found.table) == 54
    gone = found.table.loc[list(found.left_out)]
    assert (gone[["x", "y"]].isna().any(axis=1)).all()
    assert set(gone.loc[gone["y"].isna(), "status_y"]) <= {"suppressed", "not_measured", "not_published"}
    kept = found.table.drop(list(found.left_out))
    assert found.pearson.value == pytest.approx(stats.pearsonr(kept["x"], kept["y"]).statistic, abs=1e-9)
    assert found.spearman.value == pytest.approx(stats.spearmanr(kept["x"], kept["y"]).statistic, abs=1e-9)
    low, high = stats.pearsonr(kept["x"], kept["y"]).confidence_interval(0.95)
    assert found.pearson.interval == pytest.approx((low, high), abs=1e-9)
    assert found.weighted.interval is None
    peopled = kept[kept["residents"] > 0]
    naive = np.cov(peopled["x"], peopled["y"], aweights=peopled["residents"])
    assert found.weighted.value == pytest.approx(naive[0, 1] / math.sqrt(naive[0, 0] * naive[1, 1]), abs=1e-9)


def test_a_modelled_figure_beside_what_its_model_uses_is_a_circle(package: Package) -> None:
    found = association(package, SMOKING, INCOME, "neighbourhood").warnings
    assert [each.code for each in found] == ["circular", "ecological", "smoothed", "years", "ages"]
    assert found[0].facts == {"modelled": SMOKING.indicator_id, "trait": "income"}
    assert codes(package, INCOME, SMOKING)[0] == "circular"
    assert "circular" not in codes(package, SMOKING, DISTANCE)


def test_the_circle_is_read_from_the_package_and_not_from_ids(package: Package) -> None:
    silent = package.indicators.assign(not_for_en="", kind=package.indicators["kind"].astype(str))
    renamed = silent.assign(concept=[f"c{i}" for i in range(len(silent))])
    assert "circular" not in codes(replace(package, indicators=renamed), SMOKING, INCOME)
    counted = silent.assign(kind="registered")
    assert codes(replace(package, indicators=counted), SMOKING, INCOME) == ["ecological", "years", "ages"]


def test_two_modelled_figures_share_what_predicts_them(package: Package) -> None:
    assert codes(package, SMOKING, LONELY) == ["shared", "ecological", "smoothed"]


def test_few_areas_are_told(package: Package) -> None:
    found = association(package, SMOKING, LONELY, "district")
    assert found.warnings[-1].code == "few_areas"
    assert found.warnings[-1].facts == {"n": "10"}


def test_numbers_of_people_both_grow_with_the_area(package: Package) -> None:
    old, young = (Measure(f"85984NED-k_{each}", 2024, "all") for each in ("65JaarOfOuder", "0Tot15Jaar"))
    assert codes(package, old, young) == ["counts", "ecological"]


def test_two_tables_or_ages_of_one_thing_are_told(package: Package) -> None:
    older = Measure("50090NED-Roker", 2020, "18plus")
    same_year = replace(SMOKING, year=2020)
    assert "one_concept" in codes(package, same_year, older)
    assert codes(package, older, replace(older, age_group="65plus"))[-1] == "ages"


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (SMOKING, SAME_FIGURE),
        (replace(SMOKING, year=2022), guard.CHANGE_MODELLED),
        (Measure("50090NED-Roker", 2020, "18plus"), guard.TABLES_JOINED),
    ],
)
def test_a_reading_that_is_refused_elsewhere_is_refused_here(
    package: Package, other: Measure, reason: str
) -> None:
    found = association(package, SMOKING, other, "neighbourhood")
    assert found.refused == reason
    assert (found.pearson, found.spearman, found.weighted) == (None, None, None)


def test_too_few_areas_are_no_association() -> None:
    lonely, smoking = (Measure(key, 2024, "18plus") for key in ("lonely", "smoking"))
    found = association(town(), lonely, smoking, "district")
    assert (found.refused, found.n, found.pearson) == (TOO_FEW, 0, None)
    assert set(found.table["status_x"]) == {"not_published"}
    with pytest.raises(ValueError, match="level 'country'"):
        association(town(), lonely, smoking, "country")


def test_every_warning_is_one_of_those_told(package: Package) -> None:
    pairs = [(SMOKING, INCOME), (SMOKING, LONELY), (SMOKING, DISTANCE), (LONELY, INCOME)]
    for x, y in pairs:
        found = codes(package, x, y)
        assert found == sorted(found, key=module.WARNINGS.index)
