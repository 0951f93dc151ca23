"""Thresholds that a reader gives: every fault with its value and its mend, and classes against a plain comparison."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.classify import CITY, OWN, by_thresholds, classify, round_thresholds
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.figures import years_at
from hsc_geo.analysis.map_classes import map_classes, proposed, values_of
from hsc_geo.analysis.own_breaks import LEAST, MOST, code, thresholds
from hsc_geo.data.load import Package
from hsc_geo.domain.message import MessageError
from tests.shared import naive

OVERWEIGHT, REGISTER = "50150NED-Overgewicht", "REGISTER-Initiatieven"
LEVELS = ("district", "neighbourhood")
tenths = st.integers(-300, 900).map(lambda n: n / 10)
repeatable = settings(max_examples=150, deadline=None, derandomize=True, database=None)


def fault(text: str, decimals: int = 1, values: tuple[float, float] = (0.0, 100.0)) -> str:
    with pytest.raises(MessageError) as raised:
        thresholds(text, decimals, values)
    return str(raised.value.told)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10_15_20", (10, 15, 20)),
        ("10 15 20", (10, 15, 20)),
        ("10;15; 20", (10, 15, 20)),
        ("10,5 15.25 20%", (10.5, 15.3, 20)),  # halves up, as a reader rounds
        ("0,04\n2", (0, 2)),
    ],
)
def test_what_can_be_read(text: str, read: Sequence[float]) -> None:
    assert thresholds(text, 1, (-1.0, 100.0)) == read


def test_without_decimals_a_threshold_is_whole() -> None:
    assert thresholds("2.5 7.4", 0, (0, 10)) == (3, 7)


@pytest.mark.parametrize(
    ("text", "named", "mend"),
    [
        ("", "", "Give 2 to 6"),
        (" ; ", "", "Give 2 to 6"),
        ("10", "10", "Give 2 to 6"),
        ("10 vijftien 20", '"vijftien"', "10 15 20"),
        ("10,15,20", '"10,15,20"', "a space between"),
        ("10 nan", '"nan"', "numbers"),
        ("10 1e1", '"1e1"', "numbers"),
        ("10 \u0661\u0665", '"\u0661\u0665"', "numbers"),
        ("10 <b>20", '"<b>20"', "numbers"),
        ("10 {0}", '"{0}"', "numbers"),
        ("10 15 12 20", "12 stands behind 15", "from low to high"),
        ("10 15 15", "15 stands behind 15", "each once"),
        ("10 10,04 20", "10 stands behind 10", "each once"),
        ("1 2 3 4 5 6 7 8", "8 thresholds", "Leave out 2"),
        ("10 100,1", "100.1", "not above 100"),
        ("0 10", "0 lies", "above 0"),
        ("-5 10", "-5", "above 0"),
    ],
)
def test_a_fault_names_the_value_and_the_mend(text: str, named: str, mend: str) -> None:
    told = fault(text)
    assert named in told
    assert mend in told


def test_the_ends_of_what_divides() -> None:
    """The highest value divides (one area is at it), the lowest does not (no area is below it)."""
    assert thresholds("0.1 100", 1, (0.0, 100.0)) == (0.1, 100)


@repeatable
@given(
    values=st.lists(st.one_of(tenths, st.just(float("nan"))), max_size=40),
    given_=st.lists(tenths, min_size=LEAST, max_size=MOST, unique=True).map(sorted),
)
def test_an_area_is_in_the_class_of_the_last_threshold_that_it_reaches(
    values: list[float], given_: list[float]
) -> None:
    found = by_thresholds(pd.Series(values, dtype=float), given_, 1)
    plain = [-1 if value != value else sum(value >= each for each in given_) for value in values]
    assert found.assigned.tolist() == plain
    if not any(number >= 0 for number in plain):
        assert found.k == 0
        return
    assert found.k == found.asked == len(given_) + 1
    assert found.counts == tuple(plain.count(i) for i in range(found.k))
    begins = [found.bounds(i, 1)[0] for i in range(1, found.k)]
    assert begins == pytest.approx(given_, abs=1e-9)
    assert all(low <= high for low, high in found.breaks)
    assert all(before[1] == after[0] for before, after in pairwise(found.breaks))


@repeatable
@given(given_=st.lists(tenths, min_size=LEAST, max_size=MOST, unique=True).map(sorted))
def test_an_address_gives_the_thresholds_again(given_: list[float]) -> None:
    text = code(given_)
    assert set(text) <= set("0123456789._-")
    assert thresholds(text, 1, (-1000.0, 1000.0)) == tuple(given_)


@repeatable
@given(values=st.lists(tenths, min_size=8, max_size=40, unique=True))
def test_rounded_thresholds_move_no_area_where_a_round_number_lies_between(values: list[float]) -> None:
    found = classify(pd.Series(values), "natural", 4)
    rounded = round_thresholds(pd.Series(values), found, 1, 0.0)
    again = by_thresholds(pd.Series(values), rounded, 1)
    assert again.assigned.tolist() == found.assigned.tolist()


def test_the_same_thresholds_give_the_same_classes_in_every_year_and_level(package: Package) -> None:
    for level in LEVELS:
        for year in years_at(package, OVERWEIGHT, level, "18plus"):
            view = explore(
                package, Choice(OVERWEIGHT, year, "18plus", level, scheme=OWN, breaks="40_45.5_50")
            )
            known = {area: naive.observed(OVERWEIGHT, year, "18plus", area) for area in naive.codes_of(level)}
            plain = {
                area: -1 if value is None else sum(value >= each for each in (40, 45.5, 50))
                for area, value in known.items()
            }
            assert view.classes is not None
            assert view.classes.fault == ""
            assert view.classes.assigned.to_dict() == plain
            assert view.classes.counts == tuple(list(plain.values()).count(i) for i in range(4))


def test_thresholds_that_do_not_fit_another_figure_give_its_usual_classes_and_say_so(
    package: Package,
) -> None:
    asked = Choice("85984NED-GemiddeldInkomenPerInwoner", scheme=OWN, breaks="40_50_600")
    view, usual = explore(package, asked), explore(package, Choice(asked.indicator))
    assert view.classes is not None
    assert usual.classes is not None
    assert "50 lies outside" in view.classes.fault
    assert view.classes.scheme == usual.classes.scheme == CITY
    assert view.classes.breaks == usual.classes.breaks
    assert view.choice.breaks == asked.breaks  # nothing is lost for the figure that they were made for


def test_what_is_proposed_fits_every_figure(package: Package) -> None:
    for key in package.indicators.index:
        for level in LEVELS:
            view = explore(package, Choice(str(key), level=level))
            if view.classes is None or not view.classes.k:
                continue
            found = proposed(package, view.choice.indicator, view.table["value"], view.classes)
            if not found:
                assert view.table["value"].nunique() <= 3, (key, level)
                continue
            again = explore(package, Choice(str(key), level=level, scheme=OWN, breaks=code(found)))
            assert again.classes is not None
            assert (again.classes.fault, again.classes.thresholds) == ("", found), (key, level)


def test_of_our_own_count_a_threshold_lies_within_what_the_register_knows(package: Package) -> None:
    most = max(sum(code in areas for areas in naive.served().values()) for code in naive.codes_of("district"))
    assert values_of(package, REGISTER) == (0, most)
    view = explore(package, Choice(REGISTER, scheme=OWN, breaks=f"1_{most}"))
    assert view.classes is not None
    assert view.classes.thresholds == (1, most)


def test_another_way_needs_no_thresholds(package: Package) -> None:
    found = map_classes(package, OVERWEIGHT, 2024, "18plus", pd.Series([40.0, 50.0]), CITY, 5, "nonsense")
    assert found.fault == ""
