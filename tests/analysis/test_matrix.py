"""Ambition x area against plain loops over data/*.csv; evidence by month and year against dates chosen by hand."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.matrix import (
    ALL,
    BANDS,
    COUNTED,
    GROUPS,
    SPANS,
    Basis,
    build_matrix,
    counted,
    doubtful,
    evidence,
    freshness_bands,
    status_groups,
    tally,
    with_ambition,
)
from hsc_geo.data.load import Package
from tests.shared import naive

IDS = list(naive.initiatives())
LEVELS = ("district", "neighbourhood")
GROUP = {
    "active_at_evidence_date": "active",
    "planned": "planned",
    "funded_unverified": "planned",
    "ended": "ended",
    "realised": "unknown",
    "unknown": "unknown",
}
repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def ambitions(key: str) -> set[str]:
    return naive.parts(naive.initiatives()[key]["ambition_codes"]) or {"none"}


def rows_of(key: str, level: str) -> set[str]:
    """The rows that an initiative belongs to, by the words of the docstring of Matrix."""
    areas = naive.areas()
    served = naive.served()[key]
    at_level = {code for code in served if areas[code]["level"] == level}
    if level == "neighbourhood":
        around = {areas[code]["parent_code"] for code in at_level}
        at_level |= {code for code in served if areas[code]["level"] == "district" and code not in around}
    return at_level or naive.scope(key)


def dated(package: Package, *rows: tuple[int | None, str]) -> Package:
    """A register of rows with (last_evidence_year, status_as_of)."""
    register = package.initiatives.iloc[: len(rows)].copy()
    register["last_evidence_year"] = pd.array([year for year, _ in rows], dtype="Int64")
    register["status_as_of"] = [as_of for _, as_of in rows]
    register["status"] = "active_at_evidence_date"
    return replace(package, initiatives=register)


# --- the matrix ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ids", [IDS, IDS[::7], []], ids=len)
def test_every_cell_equals_a_loop(package: Package, level: str, ids: list[str]) -> None:
    found = build_matrix(package, ids, level)
    for row in found.rows:
        here = [key for key in ids if row in rows_of(key, level)]
        assert found.at(row) == tuple(here), row
        for ambition in found.ambitions:
            assert found.at(row, ambition) == tuple(k for k in here if ambition in ambitions(k)), (
                row,
                ambition,
            )


@pytest.mark.parametrize("level", LEVELS)
def test_what_is_for_everyone_is_told_apart_and_in_no_area(package: Package, level: str) -> None:
    found = build_matrix(package, IDS, level)
    for ambition in (ALL, *found.ambitions):
        wide = {
            key
            for key in IDS
            if naive.scope(key) & {"city", "region"} and (not ambition or ambition in ambitions(key))
        }
        assert set(found.wide(ambition)) == wide
        assert not wide & {key for code in naive.codes_of(level) for key in found.at(code, ambition)}


@pytest.mark.parametrize("level", LEVELS)
def test_every_initiative_is_in_a_row(package: Package, level: str) -> None:
    found = build_matrix(package, IDS, level)
    assert set().union(*(found.at(row) for row in found.rows)) == set(IDS)
    assert found.rows[: len(naive.codes_of(level))] == tuple(sorted(naive.codes_of(level)))
    assert found.rows[-3:] == ("city", "region", "unknown")


def test_an_initiative_given_twice_counts_once(package: Package) -> None:
    assert (
        build_matrix(package, [*IDS, *IDS], "district").members
        == build_matrix(package, IDS, "district").members
    )


def test_a_row_that_is_not_there_has_none(package: Package) -> None:
    assert build_matrix(package, IDS, "district").at("WK999999", "A1") == ()


def test_initiatives_without_an_ambition_have_a_column_of_their_own(package: Package) -> None:
    register = package.initiatives.copy()
    register.loc[IDS[0], "ambition_codes"] = ""
    found = build_matrix(replace(package, initiatives=register), IDS, "district")
    assert found.ambitions[-1] == "none"
    assert {key for row in found.rows for key in found.at(row, "none")} == {IDS[0]}


def test_with_ambition_keeps_the_order(package: Package) -> None:
    backwards = IDS[::-1]
    assert with_ambition(package, backwards, "A3") == tuple(k for k in backwards if "A3" in ambitions(k))
    assert with_ambition(package, backwards, ALL) == tuple(backwards)
    assert with_ambition(package, backwards, "A9") == ()


# --- status -------------------------------------------------------------------------------------------------------


def test_groups_equal_the_table(package: Package) -> None:
    assert status_groups(package).to_dict() == {
        k: GROUP[row["status"]] for k, row in naive.initiatives().items()
    }
    assert set(GROUP.values()) == set(GROUPS)


def test_ended_ones_count_only_when_asked(package: Package) -> None:
    of = {group: {k for k in IDS if GROUP[naive.initiatives()[k]["status"]] == group} for group in GROUPS}
    assert of["ended"]
    assert set(counted(package, Basis())) == set(IDS) - of["ended"]
    assert set(counted(package, Basis("active"))) == of["active"]
    assert counted(package, Basis("all")) == tuple(IDS)


def test_tally_counts_in_the_order_given_and_leaves_zeros_out(package: Package) -> None:
    found = tally(IDS, status_groups(package).to_dict(), GROUPS)
    assert list(found) == [group for group in GROUPS if group in found]
    assert sum(found.values()) == len(IDS)
    assert tally([], {}, GROUPS) == {}


# --- freshness ----------------------------------------------------------------------------------------------------


def test_bands_by_hand(package: Package) -> None:
    """Seen from the end of March 2025; a year counts from its January, a month as itself."""
    expected = {
        (2025, ""): "12",
        (2024, "2024-03"): "12",
        (2024, "2024-02"): "24",
        (2024, "2024"): "24",  # January 2024 is 14 months back
        (2023, "2023-03-31"): "24",
        (2023, "2023"): "36",
        (2022, "after 2022-12"): "36",
        (2022, "2022-02"): "older",
        (None, "2025-01"): "12",  # no year of evidence: that of the status
        (2023, "2019-04"): "36",  # the years differ: the evidence is of 2023, its month is not known
        (None, ""): "undated",
        (2024, "2024-13"): "24",  # no such month: the year
        (2026, "2026-06"): "12",  # after the reference
    }
    found = freshness_bands(dated(package, *expected), dt.date(2025, 3, 31))
    assert list(found) == list(expected.values())
    assert set(expected.values()) == set(BANDS)


def test_precision_says_what_is_known(package: Package) -> None:
    of = dated(package, (2024, "2024-05"), (2024, "2024"), (2024, "2023-05"), (None, ""), (None, "2021-02"))
    found = evidence(of, dt.date(2025, 3, 31))
    assert list(found["precision"]) == ["month", "year", "year", "", "month"]
    assert found["first"].tolist()[:3] == [2024 * 12 + 4, 2024 * 12, 2024 * 12]
    assert found["last"].tolist()[:3] == [2024 * 12 + 4, 2024 * 12 + 11, 2024 * 12 + 11]
    assert found["first"].isna().tolist() == [False, False, False, True, False]


def confirmed(of: Package, *days: str) -> Package:
    """The same register with the day of each confirmation."""
    return replace(of, initiatives=of.initiatives.assign(last_confirmed=list(days)))


def test_a_confirmation_counts_from_its_day(package: Package) -> None:
    """Evidence of 2018, none, and of 2025; confirmed on 3 October 2025."""
    of = confirmed(dated(package, (2018, ""), (None, ""), (2025, "2025-12")), *["2025-10-03"] * 3)
    for day, bands in {
        dt.date(2025, 10, 2): ["older", "undated", "12"],
        dt.date(2025, 10, 3): ["12", "12", "12"],
        dt.date(2026, 10, 31): ["12", "12", "12"],
        dt.date(2026, 11, 1): [
            "24",
            "24",
            "12",
        ],  # the evidence of December 2025 is newer than the confirmation
        dt.date(2028, 11, 1): ["older", "older", "36"],
    }.items():
        assert list(freshness_bands(of, day)) == bands, day
    known = evidence(of, dt.date(2025, 10, 3))["precision"]
    assert list(known) == ["confirmed", "confirmed", "month"]


@pytest.mark.parametrize("span", SPANS)
def test_a_confirmed_one_counts_within_every_span_and_is_not_in_doubt(package: Package, span: int) -> None:
    of = confirmed(dated(package, (2018, "")), "2026-11-01")
    today = dt.date(2026, 11, 29)
    assert counted(of, Basis(within=span, as_of=today)) == (IDS[0],)
    assert doubtful(of, Basis(within=span, as_of=today)) == ()
    assert counted(of, Basis(within=span, as_of=dt.date(2026, 10, 31))) == ()


def test_a_confirmed_one_in_the_data_moves_from_older_to_within_12_months(package: Package) -> None:
    today = dt.date(2026, 11, 29)
    key = next(k for k, row in naive.initiatives().items() if row["last_evidence_year"] == "2017")
    register = package.initiatives.copy()
    register.loc[key, "last_confirmed"] = "2026-11-02"
    before, after = (
        freshness_bands(package, today),
        freshness_bands(replace(package, initiatives=register), today),
    )
    assert (before[key], after[key]) == ("older", "12")
    assert before.drop(key).equals(after.drop(key))


def test_months_without_a_day_are_an_error() -> None:
    with pytest.raises(ValueError, match="as_of"):
        Basis(within=12)


def test_nothing_dated_confirms_nothing(package: Package) -> None:
    undated = dated(package, (None, ""), (None, ""))
    assert counted(undated, Basis(within=36, as_of=dt.date(2025, 3, 31))) == ()
    assert len(counted(undated, Basis())) == 2


def test_doubtful_are_those_of_whom_the_year_leaves_it_open(package: Package) -> None:
    of = dated(package, (2024, "2024"), (2024, "2024-01"), (2025, ""), (2022, ""))
    march = dt.date(2025, 3, 31)
    assert counted(of, Basis(within=12, as_of=march)) == (IDS[2],)
    assert doubtful(of, Basis(within=12, as_of=march)) == (IDS[0],)
    assert doubtful(of, Basis()) == ()


@repeatable
@given(year=st.integers(2010, 2030), month=st.integers(1, 12), count=st.sampled_from(COUNTED))
def test_a_longer_time_never_confirms_fewer(package: Package, year: int, month: int, count: str) -> None:
    seen = dt.date(year, month, 1)
    found = [set(counted(package, Basis(count, span, seen))) for span in SPANS]
    assert found[0] <= found[1] <= found[2] <= set(counted(package, Basis(count)))
    for span, sure in zip(SPANS, found, strict=True):
        assert not sure & set(doubtful(package, Basis(count, span, seen)))


@pytest.mark.parametrize("span", SPANS)
def test_confirmed_equals_a_loop_over_the_register(package: Package, span: int) -> None:
    end = dt.date(2025, 11, 29)
    expected = []
    for key, row in naive.initiatives().items():
        year, as_of = row["last_evidence_year"], row["status_as_of"].removeprefix("after ")
        month = int(as_of[5:7]) if as_of[:4] == year and as_of[4:5] == "-" else 1
        if year and (end.year - int(year)) * 12 + end.month - month <= span and row["status"] != "ended":
            expected.append(key)
    assert expected
    assert counted(package, Basis(within=span, as_of=end)) == tuple(expected)
