"""Classes: small examples by hand, natural breaks against a search of every partition, distance from the city against
a plain loop."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from itertools import combinations, pairwise

import mapclassify
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.classify import (
    K_RANGE,
    SCHEMES,
    Classes,
    by_distance,
    classify,
    most_classes,
    with_closest,
)
from hsc_geo.analysis.yardstick import Yardstick

published = st.integers(-500, 5000).map(lambda n: n / 10)
few_different = st.sampled_from([0.0, 1.5, 2.0, 7.25])
missing = st.just(float("nan"))
figures = st.lists(st.one_of(published, few_different, missing), max_size=40)
repeatable = settings(max_examples=40, deadline=None, derandomize=True, database=None)


def series(values: list[float]) -> pd.Series:
    return pd.Series(values, index=[f"a{i}" for i in range(len(values))], dtype=float)


def uppers(found: Classes) -> list[float]:
    return [upper for _, upper in found.breaks]


def test_quantiles_by_hand() -> None:
    # Quartiles of 1 to 8 by linear interpolation: places 0, 1.75, 3.5, 5.25 and 7 of the sorted values.
    found = classify(series([8, 1, 7, 2, 6, 3, 5, 4]), "quantiles", 4)
    assert uppers(found) == pytest.approx([2.75, 4.5, 6.25, 8])
    assert found.counts == (2, 2, 2, 2)
    assert found.assigned.tolist() == [3, 0, 3, 0, 2, 1, 2, 1]


def test_equal_intervals_by_hand() -> None:
    # 0 to 9 in three: each 3 wide, the upper bound belongs to the class.
    found = classify(series(list(range(10))), "equal", 3)
    assert uppers(found) == pytest.approx([3, 6, 9])
    assert found.counts == (4, 3, 3)


def test_standard_deviation_by_hand() -> None:
    # Mean 5, sum of squares 32, so the deviation with n - 1 is the root of 32/7 = 2.1381; breaks at -1, 0 and +1.
    found = classify(series([2, 4, 4, 4, 5, 5, 7, 9]), "std", 4)
    assert uppers(found) == pytest.approx([2.8619, 5, 7.1381, 9], abs=1e-4)
    assert found.counts == (1, 5, 1, 1)


def test_standard_deviation_with_five_classes_has_the_mean_in_the_middle_class() -> None:
    # 0, 4, 5, 6 and 10: mean 5, squares 52, deviation root of 13 = 3.6056; breaks at -1.5, -0.5, +0.5 and +1.5 of it
    # are -0.4083 (no value below it), 3.1972, 6.8028 and 10.4083 (none above it).
    found = classify(series([0, 4, 5, 6, 10]), "std", 5)
    assert uppers(found) == pytest.approx([3.1972, 6.8028, 10], abs=1e-4)
    assert found.assigned.tolist() == [0, 1, 1, 1, 2]


def test_natural_breaks_by_hand() -> None:
    found = classify(series([1, 2, 3, 10, 11, 12, 50, 51, 52, 53]), "natural", 3)
    assert uppers(found) == [3, 12, 53]
    assert found.counts == (3, 3, 4)


def squares(group: list[float]) -> float:
    mean = sum(group) / len(group)
    return sum((value - mean) ** 2 for value in group)


def best_sum_of_squares(values: list[float], k: int) -> float:
    """The least sum of squared deviations over every way to cut the sorted values into k groups."""
    ordered = sorted(values)
    cuts = combinations(range(1, len(ordered)), k - 1)
    return min(sum(squares(ordered[a:b]) for a, b in pairwise([0, *cut, len(ordered)])) for cut in cuts)


@settings(repeatable, max_examples=70)
@given(values=st.lists(st.integers(0, 60), min_size=3, max_size=10), k=st.integers(3, 7))
def test_natural_breaks_are_the_best_there_are(values: list[int], k: int) -> None:
    found = classify(series(list(map(float, values))), "natural", k)
    best = best_sum_of_squares(list(map(float, values)), min(k, len(set(values))))
    assert _spread(values, found.assigned) == pytest.approx(best, abs=1e-6)


@settings(repeatable, max_examples=60)
@given(
    values=st.lists(st.integers(-500, 5000).map(lambda n: n / 10), min_size=8, max_size=60, unique=True),
    k=st.sampled_from(K_RANGE),
)
@pytest.mark.parametrize("kind", ["Quantiles", "EqualInterval", "FisherJenks", "StdMean"])
def test_pysal_finds_the_same_breaks(values: list[float], k: int, kind: str) -> None:
    scheme = dict(zip(["Quantiles", "EqualInterval", "FisherJenks", "StdMean"], SCHEMES, strict=True))[kind]
    of_std = {"multiples": [i - (k - 2) / 2 for i in range(k - 1)]}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it would rather have numba
        theirs = getattr(mapclassify, kind)(np.array(values), **(of_std if kind == "StdMean" else {"k": k}))
    ours = classify(series(values), scheme, k)
    if kind == "FisherJenks":  # of two that are as good, its single precision may take the other
        assert _spread(values, ours.assigned) <= _spread(values, theirs.yb) * (1 + 1e-6)
    else:
        assert ours.assigned.tolist() == [sorted(set(theirs.yb)).index(number) for number in theirs.yb]


def _spread(values: list[float], numbers: Iterable[int]) -> float:
    groups: dict[int, list[float]] = {}
    for value, number in zip(values, numbers, strict=True):
        groups.setdefault(number, []).append(value)
    return sum(map(squares, groups.values()))


@repeatable
@given(values=figures, scheme=st.sampled_from(SCHEMES), k=st.sampled_from(list(K_RANGE)))
def test_every_value_lies_in_its_class_and_in_no_other(values: list[float], scheme: str, k: int) -> None:
    found = classify(series(values), scheme, k)
    for value, number in zip(values, found.assigned, strict=True):
        inside = [
            i
            for i, (lower, upper) in enumerate(found.breaks)
            if lower < value <= upper or (i == 0 and value == lower)
        ]
        assert inside == ([] if np.isnan(value) else [number])
        assert not np.isnan(value) or number == -1


@repeatable
@given(values=figures, scheme=st.sampled_from(SCHEMES), k=st.sampled_from(list(K_RANGE)))
def test_counts_sum_to_the_known_values_and_no_class_is_empty(
    values: list[float], scheme: str, k: int
) -> None:
    found = classify(series(values), scheme, k)
    known = [value for value in values if not np.isnan(value)]
    assert sum(found.counts) == len(known)
    assert all(n > 0 for n in found.counts)
    assert list(found.counts) == [list(found.assigned).count(i) for i in range(found.k)]
    assert found.k == len(found.counts) <= min(k, len(set(known)))
    assert (found.scheme, found.asked) == (scheme, k)
    if known:
        assert (found.breaks[0][0], found.breaks[-1][1]) == (min(known), max(known))
        assert all(before[1] == after[0] for before, after in pairwise(found.breaks))


@repeatable
@given(values=figures, scheme=st.sampled_from(SCHEMES), k=st.sampled_from(list(K_RANGE)))
def test_the_order_of_the_areas_does_not_matter(values: list[float], scheme: str, k: int) -> None:
    there, back = classify(series(values), scheme, k), classify(series(values)[::-1], scheme, k)
    assert uppers(there) == pytest.approx(uppers(back))
    assert there.assigned.to_dict() == back.assigned.to_dict()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("k", K_RANGE)
def test_all_different_values_fill_the_classes_asked(scheme: str, k: int) -> None:
    found = classify(series([float(i) for i in range(1, 51)]), scheme, k)
    assert found.k == (k if scheme != "std" else found.k)
    if scheme == "std":  # 1 to 50 lie within 1.7 deviations, so breaks further out hold no value
        assert found.k == len([m for m in (i - (k - 2) / 2 for i in range(k - 1)) if abs(m) < 1.69]) + 1
    assert sum(found.counts) == 50


def test_equal_values_stand_in_one_class() -> None:
    values = [3.0] * 6 + [5.0] * 2 + [9.0]
    for scheme in SCHEMES:
        found = classify(series(values), scheme, 7)
        assert found.k <= 3
        assert len(set(found.assigned[:6])) == len(set(found.assigned[6:8])) == 1, scheme


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("k", K_RANGE)
def test_all_equal_gives_one_class(scheme: str, k: int) -> None:
    found = classify(series([4.0, 4.0, 4.0, float("nan")]), scheme, k)
    assert (found.breaks, found.counts) == (((4.0, 4.0),), (3,))
    assert found.assigned.tolist() == [0, 0, 0, -1]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_value_gives_one_class(scheme: str) -> None:
    found = classify(series([float("nan"), 12.3]), scheme, 5)
    assert (found.breaks, found.counts, found.assigned.tolist()) == (((12.3, 12.3),), (1,), [-1, 0])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("values", [[], [float("nan")] * 4], ids=["none", "all missing"])
def test_without_values_there_are_no_classes(scheme: str, values: list[float]) -> None:
    found = classify(series(values), scheme, 5)
    assert (found.k, found.breaks, found.counts) == (0, (), ())
    assert found.assigned.tolist() == [-1] * len(values)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_zero_is_a_value_and_not_missing(scheme: str) -> None:
    found = classify(series([0.0, 0.0, 5.0, 10.0, float("nan")]), scheme, 3)
    assert found.assigned.tolist()[0] == 0
    assert sum(found.counts) == 4


@pytest.mark.parametrize("scheme", ["", "jenks", "Quantiles", "quantiles "])
def test_an_unknown_scheme_is_named(scheme: str) -> None:
    with pytest.raises(ValueError, match=repr(scheme)):
        classify(series([1, 2, 3]), scheme, 5)


@pytest.mark.parametrize("k", [-1, 0, 1, 2, 8, 100])
def test_a_number_of_classes_out_of_range_is_named(k: int) -> None:
    with pytest.raises(ValueError, match=str(k)):
        classify(series([1, 2, 3]), "quantiles", k)


# --- at round numbers -----------------------------------------------------------------------------------------------


def begins(found: Classes, step: float) -> list[float]:
    """Where the classes but the first begin."""
    return [round(upper + step, 6) for upper in uppers(found)[:-1]]


def test_a_class_begins_at_a_round_number_where_no_value_lies_between() -> None:
    # Natural breaks lie after 72.9 and after 78.3; of the numbers up to the next value the roundest is taken.
    values = series([69.4, 71.1, 71.4, 71.4, 72.9, 77.5, 78.3, 80.4, 80.7, 81.3])
    assert begins(classify(values, "natural", 3, 1, 1.0), 0.1) == [77, 80]
    assert classify(values, "natural", 3).counts == classify(values, "natural", 3, 1, 1.0).counts == (5, 2, 3)


def test_percentages_are_cut_at_whole_points_even_where_a_value_moves() -> None:
    # Thirds of 70.1 to 70.9 lie within one point: it is cut at 71 or not at all.
    found = classify(series([70.1, 70.2, 70.5, 70.8, 70.9, 72.4]), "quantiles", 3, 1, 1.0)
    assert all(begin == round(begin) for begin in begins(found, 0.1))
    assert found.assigned.tolist()[:5] == [0] * 5


@repeatable
@given(values=figures, scheme=st.sampled_from(SCHEMES), k=st.sampled_from(list(K_RANGE)))
def test_without_a_coarsest_step_round_numbers_move_no_value(
    values: list[float], scheme: str, k: int
) -> None:
    """Of values with one decimal: a class begins between the highest value below it and its own lowest."""
    known = series([round(value, 1) for value in values])
    exact, rounded = classify(known, scheme, k), classify(known, scheme, k, 1)
    if scheme != "std":  # whose breaks can lie where no value is on one side
        assert exact.assigned.tolist() == rounded.assigned.tolist()
    assert sum(rounded.counts) == known.notna().sum()
    for i, value in known.dropna().items():
        lower, upper = rounded.breaks[rounded.assigned[i]]
        assert lower <= value <= upper


@pytest.mark.parametrize(("areas", "most"), [(0, 3), (1, 3), (10, 3), (11, 3), (12, 4), (53, 7), (500, 7)])
def test_three_areas_a_class_and_three_classes_at_least(areas: int, most: int) -> None:
    assert most_classes(areas) == most


def test_the_closest_values_on_either_side_of_a_break() -> None:
    values = series([10, 11, 13.5, 20, 20.4, float("nan"), 31])
    found = with_closest(values, classify(values, "equal", 3))  # breaks at 17 and 24
    assert found.closest == (13.5, 20)
    assert with_closest(series([1, 1]), classify(series([1, 1]), "equal", 3)).closest is None
    assert with_closest(series([]), classify(series([]), "equal", 3)).closest is None


# --- by distance from the city --------------------------------------------------------------------------------------

FIVE = ("much_less", "less", "same", "more", "much_more")


def plain_name(value: float, city: float, band: float, far: float, direction: str) -> str:
    """What a value is beside the city, in tenths, so without fractions."""
    gap, near, much = (round(10 * each) for each in (value - city, band, far))
    if direction == "neutral":
        return "same" if abs(gap) < near else "above" if gap > 0 else "below"
    good = gap if direction == "high_good" else -gap
    if abs(good) < near:
        return "same"
    return f"{'much_' if abs(good) >= much else ''}{'more' if good > 0 else 'less'}"


@repeatable
@given(
    values=figures,
    city=published,
    direction=st.sampled_from(["high_good", "high_bad", "neutral"]),
    points=st.sampled_from([(2.0, 5.0), (0.1, 0.3), (7.5, 22.5)]),
)
def test_by_distance_equals_a_plain_loop(
    values: list[float], city: float, direction: str, points: tuple[float, float]
) -> None:
    known = series([round(value, 1) for value in values])
    found = by_distance(known, Yardstick(city, *points, direction, True), 1)
    for area, value in known.items():
        number = found.assigned[area]
        if np.isnan(value):
            assert number == -1
            continue
        assert found.names[number] == plain_name(value, city, *points, direction)
        lower, upper = found.breaks[number]
        assert lower <= value <= upper
    order = (
        FIVE
        if direction == "high_good"
        else FIVE[::-1]
        if direction == "high_bad"
        else ("below", "same", "above")
    )
    assert [order[slot] for slot in found.slots] == list(found.names)
    assert found.of == (len(order) if known.notna().any() else 0)
    assert sum(found.counts) == known.notna().sum()
    assert all(found.counts)


def test_by_distance_by_hand() -> None:
    """City 42.0: about the same from 40.1 to 43.9, much less favourable from 47.0, much more up to 37.0."""
    values = series([36.9, 37.0, 37.1, 40.0, 40.1, 43.9, 44.0, 46.9, 47.0])
    found = by_distance(values, Yardstick(42.0, 2.0, 5.0, "high_bad", True), 1)
    assert found.names == ("much_more", "more", "same", "less", "much_less")
    assert found.counts == (2, 2, 2, 2, 1)
    assert uppers(found) == [37.0, 40.0, 43.9, 46.9, 47.0]


def test_a_class_without_areas_is_left_out_and_the_others_keep_their_places() -> None:
    found = by_distance(series([30.0, 50.0]), Yardstick(40.0, 2.0, 5.0, "high_good", True), 1)
    assert (found.names, found.slots, found.of) == (("much_less", "much_more"), (0, 4), 5)
    assert found.breaks == ((30.0, 35.0), (44.9, 50.0))


@pytest.mark.parametrize("values", [[], [float("nan")] * 3])
def test_by_distance_without_values_there_are_no_classes(values: list[float]) -> None:
    found = by_distance(series(values), Yardstick(40.0, 2.0, 5.0, "high_good", True), 1)
    assert (found.k, found.names, found.assigned.tolist()) == (0, (), [-1] * len(values))
