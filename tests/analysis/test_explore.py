"""What the choices of a reader give, and what is said when they cannot be met."""

from __future__ import annotations

import random

import pandas as pd
import pytest

from hsc_geo.analysis.explore import Choice, explore, settle
from hsc_geo.data.load import Package
from tests.analysis import naive

OVERWEIGHT, REGISTER = "50090NED-Overgewicht", "REGISTER-Initiatieven"
NO_DISTRICTS = "50150NED-GoedErvarenGezondheid"


def test_what_can_be_met_is_left_as_asked(package: Package) -> None:
    asked = Choice(OVERWEIGHT, 2016, "65plus", "neighbourhood", "equal", 4, {"ambition": ["A2"]}, "wijk")
    assert settle(package, asked) == (asked, ())


def test_the_newest_year_and_adults_are_taken_where_nothing_is_asked(package: Package) -> None:
    found, changed = settle(package, Choice(OVERWEIGHT))
    assert (found.year, found.age_group, found.level) == (2020, "18plus", "district")
    assert changed == ()


@pytest.mark.parametrize("year", [1999, 2013, 2024, -1])
def test_a_year_that_is_not_published_is_replaced_and_told(package: Package, year: int) -> None:
    found, changed = settle(package, Choice(OVERWEIGHT, year=year))
    assert found.year == 2020
    assert changed == (("year", "2020"),)


def test_an_age_that_is_not_published_is_replaced_and_told(package: Package) -> None:
    found, changed = settle(package, Choice(OVERWEIGHT, age_group="all"))
    assert (found.age_group, changed) == ("18plus", (("age", "18plus"),))
    found, changed = settle(package, Choice("85984NED-AantalInwoners", age_group="18plus"))
    assert (found.age_group, changed) == ("all", (("age", "all"),))


def test_a_level_that_is_not_published_is_replaced_and_told(package: Package) -> None:
    found, changed = settle(package, Choice(NO_DISTRICTS, level="district"))
    assert (found.level, changed) == ("neighbourhood", (("level", "neighbourhood"),))


def test_everything_impossible_is_told_at_once(package: Package) -> None:
    _, changed = settle(package, Choice(NO_DISTRICTS, 1900, "all", "district"))
    assert [what for what, _ in changed] == ["year", "age", "level"]


def test_the_other_choices_survive_the_settling(package: Package) -> None:
    asked = Choice(NO_DISTRICTS, 1900, "all", "district", "natural", 7, {"sector": ["sports"]}, "zwem")
    found, _ = settle(package, asked)
    assert (found.scheme, found.k, found.facets, found.text) == ("natural", 7, {"sector": ["sports"]}, "zwem")


def test_an_indicator_without_values_is_dropped_and_told(package: Package) -> None:
    found, changed = settle(package, Choice("NO-SUCH", year=2020))
    assert (found.indicator, changed) == ("", (("indicator", ""),))


@pytest.mark.parametrize("indicator", ["", REGISTER])
def test_counts_of_the_register_have_no_year_and_no_age(package: Package, indicator: str) -> None:
    found, changed = settle(package, Choice(indicator, 2020, "18plus"))
    assert (found.year, found.age_group, changed) == (None, "", ())


def test_every_settled_choice_has_a_value_somewhere(package: Package) -> None:
    for indicator in naive.indicators():
        if indicator == REGISTER:
            continue
        found, _ = settle(package, Choice(indicator, 1900, "none", "none"))
        codes = naive.codes_of(found.level)
        assert any(
            naive.observed(indicator, str(found.year), found.age_group, c) is not None for c in codes
        ), indicator


def test_the_view_holds_what_fits(package: Package) -> None:
    choices = {"ambition": ["A2"], "district": ["WK054603"]}
    view = explore(package, Choice(OVERWEIGHT, facets=choices))
    expected = [key for key in naive.initiatives() if naive.fits(key, choices)]
    assert expected
    assert list(view.ids) == expected
    assert view.served.total == view.mask.sum() == len(expected)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
@pytest.mark.parametrize(
    "choices", [{}, {"ambition": ["A2"]}, {"status": ["ended"], "sector": ["municipality"]}]
)
def test_counts_of_initiatives_on_the_map_follow_the_filters(
    package: Package, level: str, choices: dict[str, list[str]]
) -> None:
    view = explore(package, Choice(REGISTER, level=level, facets=choices))
    fit = [key for key in naive.initiatives() if naive.fits(key, choices)]
    for code in naive.codes_of(level):
        assert view.table.at[code, "value"] == sum(code in naive.served()[key] for key in fit)
    assert set(view.table["status"]) == {"present"}
    assert view.classes is not None
    assert sum(view.classes.counts) == len(naive.codes_of(level))


def test_a_filter_that_leaves_nothing_gives_zero_and_not_missing(package: Package) -> None:
    view = explore(package, Choice(REGISTER, text="qzqzqz"))
    assert (view.ids, view.served.total) == ((), 0)
    assert (view.table["value"] == 0).all()


def test_the_figure_does_not_change_with_the_filters(package: Package) -> None:
    all_of_them, few = (explore(package, Choice(OVERWEIGHT, text=text)) for text in ("", "LUMC"))
    assert few.served.total < all_of_them.served.total
    pd.testing.assert_frame_equal(all_of_them.table, few.table)


def test_without_a_figure_there_are_areas_and_no_classes(package: Package) -> None:
    view = explore(package, Choice("", level="neighbourhood"))
    assert view.classes is None
    assert sorted(view.table.index) == sorted(naive.codes_of("neighbourhood"))
    assert view.table["value"].isna().all()


def test_the_table_is_as_published(package: Package) -> None:
    for indicator in random.Random(7).sample(sorted(set(naive.indicators()) - {REGISTER}), 8):
        view = explore(package, Choice(indicator))
        c = view.choice
        for code, value in view.table["value"].items():
            expected = naive.observed(indicator, str(c.year), c.age_group, str(code))
            assert value == expected or (expected is None and pd.isna(value))


@pytest.mark.parametrize("asked", [Choice(OVERWEIGHT, scheme="pretty"), Choice(OVERWEIGHT, k=2)])
def test_an_impossible_classification_is_an_error(package: Package, asked: Choice) -> None:
    with pytest.raises(ValueError, match=r"pretty|2 classes"):
        explore(package, asked)
