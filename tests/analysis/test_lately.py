"""What began, ended and was confirmed lately, against data/initiatives.csv read by other code."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from hsc_geo.analysis.lately import lately
from hsc_geo.data.load import Package
from tests.shared import naive

TODAY = date(2026, 11, 29)
ROWS = naive.initiatives()


def with_cells(package: Package, cells: dict[str, dict[str, object]]) -> Package:
    """The package with other cells: initiative -> column -> value."""
    table = package.initiatives.copy()
    for key, values in cells.items():
        for column, value in values.items():
            table.loc[key, column] = value
    return replace(package, initiatives=table)


def test_a_year_counts_from_its_january(package: Package) -> None:
    found = lately(package, TODAY)
    years = {key: row["start_year"] for key, row in ROWS.items() if row["status"] != "ended"}
    assert set(found.began) == {key for key, year in years.items() if year in ("2025", "2026")}
    ended = {
        key for key, row in ROWS.items() if row["status"] == "ended" and row["end_year"] in ("2025", "2026")
    }
    assert set(found.ended) == ended
    assert (found.confirmed, found.ever, found.months) == ((), 0, 24)
    assert lately(package, date(2027, 2, 1)).began == ()


def test_a_month_counts_where_it_is_known_and_what_is_to_come_does_not(package: Package) -> None:
    a, b, c, d = [key for key, row in ROWS.items() if row["status"] != "ended" and not row["start_year"]][:4]
    found = lately(
        with_cells(
            package,
            {
                a: {"start_date": "2024-11", "start_year": 2024},
                b: {"start_date": "2024-10-31", "start_year": 2024},
                c: {"start_date": "2026-12-01", "start_year": 2026},
                d: {"start_date": "2026-11-02", "start_year": 2026},
            },
        ),
        TODAY,
    )
    assert found.began[0] == d
    assert found.began[-1] == a
    assert {b, c}.isdisjoint(found.began)


def test_a_confirmation_counts_from_its_own_day(package: Package) -> None:
    first, old, later = list(ROWS)[:3]
    confirmed = with_cells(
        package,
        {
            first: {"last_confirmed": "2026-11-29"},
            old: {"last_confirmed": "2023-01-05"},
            later: {"last_confirmed": "2026-11-30"},
        },
    )
    assert (lately(confirmed, TODAY).confirmed, lately(confirmed, TODAY).ever) == ((first,), 2)
    assert lately(confirmed, date(2026, 11, 30)).confirmed == (first, later)
    assert lately(confirmed, date(2026, 11, 28)).ever == 1


def test_one_that_ended_is_not_among_what_began(package: Package) -> None:
    key = next(key for key, row in ROWS.items() if row["status"] == "ended")
    found = lately(with_cells(package, {key: {"start_year": 2026, "end_year": pd.NA}}), TODAY)
    assert key not in (*found.began, *found.ended)
