"""Rows of a table: their order and their pages."""

from __future__ import annotations

import random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import PAGE_SIZE, Row, first_of_page, sorted_rows, text_of
from hsc_geo.views.map.rows import area_columns, area_rows
from hsc_geo.views.map.tables import with_bars
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_rows
from tests.shared import naive
from tests.shared.hostile import LINK, NAMES, keys
from tests.visit import names_of

repeatable = settings(max_examples=80, deadline=None, derandomize=True, database=None)


def rows(values: list[Any]) -> list[Row]:
    return [Row(str(i), [], {"x": value}) for i, value in enumerate(values)]


def order(values: list[Any], descending: bool) -> list[int]:
    return [int(row.id) for row in sorted_rows(rows(values), "x", descending)]


@pytest.mark.parametrize("nothing", [None, "", float("nan"), pd.NA], ids=["None", "empty", "nan", "NA"])
@pytest.mark.parametrize("descending", [False, True])
def test_what_is_missing_stands_last_both_ways(nothing: Any, descending: bool) -> None:
    assert order([nothing, 2, nothing, 1], descending) == ([1, 3, 0, 2] if descending else [3, 1, 0, 2])


@pytest.mark.parametrize("descending", [False, True])
def test_zero_is_not_missing(descending: bool) -> None:
    assert order([0, None, 5], descending) == ([2, 0, 1] if descending else [0, 2, 1])


@pytest.mark.parametrize("descending", [False, True])
def test_ties_keep_their_order(descending: bool) -> None:
    assert [i for i in order([1, 2, 1, 2, 1], descending) if i in (0, 2, 4)] == [0, 2, 4]
    assert [i for i in order([1, 2, 1, 2, 1], descending) if i in (1, 3)] == [1, 3]


@repeatable
@given(values=st.lists(st.one_of(st.none(), st.integers(-3, 3))), descending=st.booleans())
def test_order_equals_an_insertion_sort(values: list[int | None], descending: bool) -> None:
    done: list[int] = []
    for i, value in enumerate(values):
        if value is None:
            continue
        place = len(done)
        while place and (
            (values[done[place - 1]] < value) if descending else (values[done[place - 1]] > value)
        ):
            place -= 1
        done.insert(place, i)
    assert order(values, descending) == done + [i for i, value in enumerate(values) if value is None]


def test_a_column_that_is_not_there_leaves_the_order(nl: Names) -> None:
    assert [row.id for row in sorted_rows(rows([3, 1, 2]), "y", False)] == ["0", "1", "2"]


@pytest.mark.parametrize(
    ("total", "page", "size", "expected"),
    [
        (0, 1, 25, 0),
        (1, 1, 25, 0),
        (25, 2, 25, 0),
        (26, 2, 25, 25),
        (100, 99, 25, 75),
        (100, 0, 25, 0),
        (100, -5, 25, 0),
    ],
)
def test_a_page_that_does_not_exist_becomes_the_nearest(
    total: int, page: int, size: int, expected: int
) -> None:
    assert first_of_page(total, page, size) == expected


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
@pytest.mark.parametrize("indicator", ["50090NED-Overgewicht", "", "REGISTER-Initiatieven"])
def test_rows_of_areas_hold_figure_and_counts(
    package: Package, en: Names, level: str, indicator: str
) -> None:
    choices = {"ambition": ["A2"]}
    view = explore(package, Choice(indicator, level=level, facets=choices))
    fit = [key for key in naive.initiatives() if naive.fits(key, choices)]
    *found, city, for_city, for_region = area_rows(en, view)
    assert {row.id for row in found} == set(naive.codes_of(level))
    assert [row.cells[0] for row in (city, for_city, for_region)] == [
        "Leiden",
        "For the whole city",
        "For the region",
    ]
    served = sum(bool(naive.served()[key]) for key in fit)
    wide = [sum(naive.scope(key) == {each} for key in fit) for each in ("city", "region")]
    assert [row.cells[4] for row in (city, for_city, for_region)] == [
        str(n or "none known") for n in (served, *wide)
    ]
    for row in found:
        area = naive.areas()[row.id]
        known = sum(row.id in naive.served()[key] for key in fit)
        figure = {"": "", "REGISTER-Initiatieven": str(known)}.get(indicator)
        if figure is None:
            value = naive.observed(indicator, "2020", "18plus", row.id)
            figure = f"{value:.1f}%" if value is not None else "suppressed by the source"
        assert row.cells[0] == area["name"]
        assert row.cells[2].split(" ")[0] == figure.split(" ")[0]
        assert row.cells[3] == f"{int(area['population']):,}"
        assert row.cells[4] == str(known or "none known")
        if level == "neighbourhood":
            assert row.cells[1] == naive.areas()[area["parent_code"]]["name"]
    assert {len(row.cells) for row in found} == {len(area_columns(en, view))}


def test_a_bar_is_the_part_of_the_largest_of_its_column(package: Package, nl: Names) -> None:
    view = explore(package, Choice("50090NED-Overgewicht"))
    plain = area_rows(nl, view)
    barred = with_bars(area_columns(nl, view), plain)
    assert [[text_of(cell) for cell in row.cells] for row in barred] == [list(row.cells) for row in plain]
    for i, key in ((2, "value"), (4, "known")):
        most = max(row.order[key] for row in plain[:-3])
        for row in barred[:-3]:
            high = row.cells[i]["range"][1] if isinstance(row.cells[i], dict) else 0
            assert high == pytest.approx(row.order[key] / most, abs=0.001)


@pytest.mark.parametrize("column", ["name", "in", "value", "people", "known"])
def test_every_column_of_areas_can_be_sorted(package: Package, nl: Names, column: str) -> None:
    view = explore(package, Choice("50090NED-Overgewicht", level="neighbourhood"))
    found = [row.order.get(column) for row in sorted_rows(area_rows(nl, view), column, False)]
    assert found[-3:] == [None] * 3  # the city and what is wider stay below
    known = [value for value in found if not pd.isna(value)]
    assert known == sorted(known)
    assert all(pd.isna(value) for value in found[len(known) :])


@pytest.mark.parametrize("column", ["name", "organisation", "ambition", "serves", "status", "year"])
@pytest.mark.parametrize("descending", [False, True])
def test_pages_of_initiatives_together_hold_each_once_in_order(
    package: Package, nl: Names, column: str, descending: bool
) -> None:
    ids = random.Random(1).sample(list(naive.initiatives()), 60)
    pages = [initiative_rows(nl, ids, column, descending, page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE_SIZE, PAGE_SIZE, 10]
    found = [row for page in pages for row in page]
    assert sorted(row.id for row in found) == sorted(ids)
    if column == "year":
        years = [naive.initiatives()[row.id]["last_evidence_year"] for row in found]
        known = [int(year) for year in years if year]
        assert known == sorted(known, reverse=descending)
        assert years[len(known) :] == [""] * (60 - len(known))
    if column == "name":
        names = [naive.initiatives()[row.id]["name"].casefold() for row in found]
        assert names == sorted(names, reverse=descending)


def test_rows_of_initiatives_fit_their_columns(nl: Names) -> None:
    row, *_ = initiative_rows(nl, ["LEI-001"], "", False, 1)
    assert len(row.cells) == len(initiative_columns(nl))
    source = naive.initiatives()["LEI-001"]
    assert row.cells[0] == source["name"]
    assert row.cells[5] == source["last_evidence_year"]
    assert row.cells[6] == {"text": source["source_publisher"], "href": source["source_url"]}


def test_hostile_rows_have_no_address_and_no_endless_text(hostile_package: Package) -> None:
    from hsc_geo.views.kit.words import Words

    n = names_of(hostile_package, Words("en"))
    assert LINK.startswith("javascript:")
    for name, row in zip(NAMES, initiative_rows(n, keys(hostile_package), "", False, 1), strict=True):
        assert row.cells[6]["href"] == ""
        assert row.cells[0] == name[: len(row.cells[0])]
        assert max(len(str(cell)) for cell in row.cells) < 1000
