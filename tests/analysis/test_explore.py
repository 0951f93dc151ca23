"""What the choices of a reader give, and what is said when they cannot be met."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.explore import Choice, explore, settle
from hsc_geo.data.load import Package
from tests.shared import naive

OVERWEIGHT, REGISTER = "50090NED-Overgewicht", "REGISTER-Initiatieven"
NO_DISTRICTS = "83765NED-HuishOnderOfRondSociaalMinimum"


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
    _, changed = settle(package, Choice(NO_DISTRICTS, 1900, "65plus", "district"))
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


def test_a_choice_of_districts_tells_whom_each_is_for(package: Package) -> None:
    """`kaart?amb=A3&district=WK054605`: none of its own, and four for the whole city."""
    view = explore(package, Choice("", facets={"ambition": ["A3"], "district": ["WK054605"]}))
    assert (view.here.own, view.here.shared, view.here.region) == ((), (), ())
    assert set(view.here.city) == set(view.ids)
    assert len(view.ids) == 4


@pytest.mark.parametrize(
    "districts", [["WK054603"], ["WK054600", "WK054601"], ["WK054605", "unknown"], [], ["city"]]
)
@pytest.mark.parametrize("ended", [False, True])
def test_each_that_fits_is_in_one_group(package: Package, districts: list[str], ended: bool) -> None:
    view = explore(package, Choice("", facets={"district": districts}, ended=ended))
    fit = [k for k in naive.initiatives() if naive.fits(k, {"district": districts}, ended=ended)]
    assert list(view.ids) == fit
    assert sorted(view.here.everyone) == sorted(fit)
    chosen = {code for code in districts if code.startswith("WK")}
    if chosen:
        assert {k for k in fit if naive.scope(k) <= chosen} == set(view.here.own)
        assert {k for k in fit if naive.scope(k) & chosen and not naive.scope(k) <= chosen} == set(
            view.here.shared
        )
    assert {k for k in fit if naive.scope(k) == {"city"}} == set(view.here.city)
    assert {k for k in fit if naive.scope(k) == {"region"}} == set(view.here.region)
    assert {k for k in fit if naive.scope(k) == {"unknown"}} == set(view.here.unknown)


def test_what_has_ended_counts_where_it_is_asked_for(package: Package) -> None:
    shown = [set(explore(package, Choice("", ended=each)).ids) for each in (False, True)]
    assert shown == [set(naive.current()), set(naive.initiatives())]


def test_a_confirmation_after_the_day_is_not_there_yet(package: Package) -> None:
    key = naive.current()[0]
    register = package.initiatives.copy()
    register.loc[key, "last_confirmed"] = "2026-10-03"
    of = replace(package, initiatives=register)
    for day, there in ((dt.date(2026, 10, 2), False), (dt.date(2026, 10, 3), True)):
        view = explore(of, Choice("", facets={"year": ["2026"]}, as_of=day))
        assert (key in view.ids) is there


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
