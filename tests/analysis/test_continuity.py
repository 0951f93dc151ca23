"""Signs that an initiative may end: cases by hand, and the committed data read once more with nothing but csv."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
import pytest

from hsc_geo.analysis.continuity import MONTHS, Continuity, Sign, continuity, not_said, what_may_end
from hsc_geo.data.load import Package
from tests.shared import naive

DAY = date(2026, 11, 21)


def row(**cells: Any) -> dict[str, Any]:
    blank = {"status": "active_at_evidence_date", "end_year": pd.NA, "funders": "", "run_by": ""}
    return blank | cells


def codes(today: date = DAY, months: int = 12, **cells: Any) -> list[str]:
    return [sign.code for sign in continuity(row(**cells), today, months).signs]


@pytest.mark.parametrize(
    ("year", "today", "months", "found"),
    [
        (2026, date(2026, 11, 21), 6, ["ends"]),
        (2026, date(2026, 12, 31), 6, ["ends"]),
        (2026, date(2027, 1, 1), 6, ["past_end"]),
        (2027, date(2026, 11, 21), 12, []),  # 13 months ahead
        (2027, date(2026, 12, 1), 12, ["ends"]),
        (2027, date(2026, 11, 21), 24, ["ends"]),
        (2027, date(2027, 6, 30), 6, ["ends"]),
        (2027, date(2027, 5, 31), 6, []),
        (2023, date(2026, 11, 21), 6, ["past_end"]),
        (pd.NA, date(2026, 11, 21), 24, []),
    ],
)
def test_an_end_is_soon_or_past(year: Any, today: date, months: int, found: list[str]) -> None:
    assert codes(today, months, end_year=year) == found


def test_each_sign_tells_what_the_source_names() -> None:
    everything = row(status="funded_unverified", end_year=2026, funders="Fonds A", run_by="volunteers")
    assert continuity(everything, DAY) == Continuity(
        (Sign("ends", "2026"), Sign("one_funder", "Fonds A"), Sign("volunteers"), Sign("grant_only")), ()
    )


def test_two_funders_and_both_kinds_of_people_are_no_sign() -> None:
    assert codes(funders="Fonds A|Fonds B", run_by="both") == []
    assert codes(run_by="professionals") == []


def test_what_no_source_says_is_told_and_is_no_sign() -> None:
    assert continuity(row(), DAY) == Continuity((), ("funders", "run_by", "end_year"))
    assert continuity(row(run_by="both"), DAY).unknown == ("funders", "end_year")


def test_what_has_ended_has_no_sign_and_asks_nothing() -> None:
    assert continuity(row(status="ended", end_year=2023, funders="Fonds A"), DAY) == Continuity()


def by_hand(cells: dict[str, str], months: int) -> set[str]:
    if cells["status"] == "ended":
        return set()
    found = {"grant_only"} if cells["status"] == "funded_unverified" else set()
    found |= {"volunteers"} if cells["run_by"] == "volunteers" else set()
    found |= {"one_funder"} if cells["funders"] and "|" not in cells["funders"] else set()
    for end in filter(None, [cells["end_year"]]):
        last = date(int(end), 12, 31)
        ahead = sum(date(y, m, 1) <= last for y in range(2026, int(end) + 1) for m in range(1, 13))
        ahead -= DAY.month
        found |= {"past_end"} if last < DAY else {"ends"} if ahead <= months else set()
    return found


@pytest.mark.parametrize("months", MONTHS)
def test_the_list_is_that_of_the_data(package: Package, months: int) -> None:
    wanted = {key: by_hand(cells, months) for key, cells in naive.initiatives().items()}
    found = what_may_end(package, DAY, months)
    assert {each.initiative_id: {s.code for s in each.found.signs} for each in found} == {
        key: signs for key, signs in wanted.items() if signs
    }
    assert all(set(each.serves) == set(naive.scope(each.initiative_id)) for each in found)


def test_it_goes_by_district_then_what_is_wider(package: Package) -> None:
    wide = {"city": "1", "region": "2", "unknown": "3"}
    order = [wide.get(each.serves[0], "0" + each.serves[0]) for each in what_may_end(package, DAY)]
    assert order == sorted(order)


def test_what_is_not_said_is_counted_over_what_has_not_ended(package: Package) -> None:
    rows = [cells for cells in naive.initiatives().values() if cells["status"] != "ended"]
    missing, total = not_said(package)
    assert total == len(rows)
    assert missing == {
        name: sum(not cells[name] for cells in rows) for name in ("funders", "run_by", "end_year")
    }
