"""What is computed from a package is computed once, kept within bounds, and goes when the package goes."""

from __future__ import annotations

import dataclasses
import gc
import threading
import weakref
from dataclasses import dataclass

import pytest

from hsc_geo.data.cached import per_package


@dataclass(frozen=True, eq=False)
class Town:
    """Stands for a package."""

    name: str


class Made:
    """A result that remembers what it was made from, as an index of need remembers its package."""

    def __init__(self, *of: object) -> None:
        self.of = of


@per_package(maxsize=1)
def alone(town: Town) -> Made:
    """The result of a town."""
    return Made(town)


@per_package(maxsize=2)
def by_year(town: Town, year: int, age: str = "adults") -> Made:
    """The result of a town in a year."""
    return Made(town, year, age)


def test_one_town_is_computed_once_and_each_town_apart() -> None:
    one, same_name = Town("Leiden"), Town("Leiden")
    assert alone(one) is alone(one)
    assert alone(one) is not alone(same_name)
    assert by_year(one, 2022) is by_year(one, 2022)
    assert by_year(one, 2022) is not by_year(same_name, 2022)


def test_two_functions_keep_apart_what_has_one_key() -> None:
    town = Town("Leiden")
    assert alone(town) is not by_year(town, 2022)


def test_another_argument_is_another_result_given_by_place_or_by_name() -> None:
    town = Town("Leiden")
    assert by_year(town, 2022, age="older") is by_year(town, 2022, age="older")
    assert by_year(town, 2022, age="older").of[1:] == (2022, "older")
    assert by_year(town, 2022).of[1:] == (2022, "adults")


def test_a_replaced_package_begins_without_results() -> None:
    town = Town("Leiden")
    before = alone(town)
    assert alone(dataclasses.replace(town, name="Delft")) is not before


@pytest.mark.parametrize("of", [alone, lambda town: by_year(town, 2022)], ids=["alone", "by year"])
def test_a_dropped_package_frees_its_results_also_those_that_know_it(of) -> None:
    town = Town("Leiden")
    result, package = weakref.ref(of(town)), weakref.ref(town)
    assert result() is not None
    del town
    gc.collect()
    assert (result(), package()) == (None, None)


def test_no_more_is_kept_than_the_size_says_and_the_eldest_goes() -> None:
    town = Town("Leiden")
    eldest, *newer = [weakref.ref(by_year(town, year)) for year in (2020, 2021, 2022)]
    gc.collect()
    assert eldest() is None
    assert all(kept() is not None for kept in newer)
    assert by_year(town, 2021) is newer[0]()


def test_a_size_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        per_package(maxsize=0)


def test_none_is_a_result_too_and_what_is_raised_is_not_kept() -> None:
    calls = []

    @per_package(maxsize=1)
    def failing_once(town: Town) -> None:
        calls.append(town)
        if len(calls) == 1:
            raise KeyError("kept nowhere")

    town = Town("Leiden")
    with pytest.raises(KeyError, match="kept nowhere"):
        failing_once(town)
    assert [failing_once(town), failing_once(town)] == [None, None]
    assert len(calls) == 2


def test_a_key_error_of_the_function_comes_through_without_another_before_it() -> None:
    @per_package(maxsize=1)
    def failing(town: Town, year: int) -> None:
        raise KeyError(year)

    with pytest.raises(KeyError) as raised:
        failing(Town("Leiden"), 2022)
    assert raised.value.__context__ is None


def test_threads_that_meet_compute_once_each_at_most_and_get_the_same() -> None:
    together, calls, got = threading.Barrier(2), [], []

    @per_package(maxsize=1)
    def slow(town: Town, year: int) -> object:
        calls.append(year)
        together.wait(timeout=30)
        return object()

    town = Town("Leiden")
    threads = [threading.Thread(target=lambda: got.append(slow(town, 2022))) for _ in range(2)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(timeout=30)
    assert len(calls) == 2
    assert got[0] is got[1] is slow(town, 2022)


def test_it_stays_the_function_that_it_was() -> None:
    assert (by_year.__name__, by_year.__doc__) == ("by_year", "The result of a town in a year.")
