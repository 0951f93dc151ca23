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
    reference_date,
    status_groups,
    tally,
    with_ambition,
)
from hsc_geo.data.load import Package
from tests.analysis import naive

IDS = list(naive.initiatives())
LEVELS = ("district", "neighbourhood")
GROUP = {
    "active_at_evidence_date": "active", "planned": "planned", "funded_unverified": "planned", "ended": "ended",
    "realised": "unknown", "unknown": "unknown",
}  # fmt: skip
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
def test_everywhere_adds_city_and_region_to_every_area_and_to_no_other_row(
    package: Package, level: str
) -> None:
    apart, spread = (build_matrix(package, IDS, level, everywhere) for everywhere in (False, True))
    wide = {key for key in IDS if naive.initiatives()[key]["precision"] in ("city", "region")}
    areas = naive.codes_of(level)
    for row in apart.rows:
        extra = wide if row in areas else set()
        assert set(spread.at(row)) == set(apart.at(row)) | extra
        assert len(spread.at(row)) == len(set(spread.at(row)))


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
    found = evidence(
        dated(package, (2024, "2024-05"), (2024, "2024"), (2024, "2023-05"), (None, ""), (None, "2021-02"))
    )
    assert list(found["precision"]) == ["month", "year", "year", "", "month"]
    assert found["first"].tolist()[:3] == [2024 * 12 + 4, 2024 * 12, 2024 * 12]
    assert found["last"].tolist()[:3] == [2024 * 12 + 4, 2024 * 12 + 11, 2024 * 12 + 11]
    assert found["first"].isna().tolist() == [False, False, False, True, False]


def test_reference_is_the_end_of_the_newest_sure_month(package: Package) -> None:
    assert reference_date(dated(package, (2024, "2024-02"), (2023, ""))) == dt.date(2024, 2, 29)
    assert reference_date(dated(package, (2024, "2024-11"), (2025, ""))) == dt.date(2025, 1, 31)
    assert reference_date(dated(package, (None, ""), (None, "soon"))) is None


def test_nothing_dated_confirms_nothing(package: Package) -> None:
    undated = dated(package, (None, ""), (None, ""))
    assert counted(undated, Basis(within=36)) == ()
    assert len(counted(undated, Basis())) == 2


def test_doubtful_are_those_of_whom_the_year_leaves_it_open(package: Package) -> None:
    of = dated(package, (2024, "2024"), (2024, "2024-01"), (2025, ""), (2022, ""))
    march = dt.date(2025, 3, 31)
    assert counted(of, Basis(within=12), march) == (IDS[2],)
    assert doubtful(of, Basis(within=12), march) == (IDS[0],)
    assert doubtful(of, Basis(), march) == ()


@repeatable
@given(year=st.integers(2010, 2030), month=st.integers(1, 12), count=st.sampled_from(COUNTED))
def test_a_longer_time_never_confirms_fewer(package: Package, year: int, month: int, count: str) -> None:
    seen = dt.date(year, month, 1)
    found = [set(counted(package, Basis(count, span), seen)) for span in SPANS]
    assert found[0] <= found[1] <= found[2] <= set(counted(package, Basis(count), seen))
    for span, sure in zip(SPANS, found, strict=True):
        assert not sure & set(doubtful(package, Basis(count, span), seen))


@pytest.mark.parametrize("span", SPANS)
def test_confirmed_equals_a_loop_over_the_register(package: Package, span: int) -> None:
    end = reference_date(package)
    assert end is not None
    expected = []
    for key, row in naive.initiatives().items():
        year, as_of = row["last_evidence_year"], row["status_as_of"].removeprefix("after ")
        month = int(as_of[5:7]) if as_of[:4] == year and as_of[4:5] == "-" else 1
        if year and (end.year - int(year)) * 12 + end.month - month <= span and row["status"] != "ended":
            expected.append(key)
    assert expected
    assert counted(package, Basis(within=span)) == tuple(expected)
