"""Crosstabs against plain loops over the rows of the CSV files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.crosstab import (
    AXES,
    COLUMN,
    ROW,
    SHARES,
    WHOLE,
    Asked,
    Axis,
    axis_of,
    counts,
    crosstab,
    inferred,
)
from hsc_geo.analysis.matrix import ACTIVE, ALL, EVERY, Basis
from hsc_geo.data.load import Package
from tests.shared import naive

repeatable = settings(max_examples=40, deadline=None, derandomize=True, database=None)

FILTERS = {
    "ambition": ["A1", "A3"],
    "sector": ["sports", "nature", "community"],
    "life_stage": ["all", "65+", "4-12"],
    "status": ["ended", "active_at_evidence_date"],
    "district": ["WK054603", "city"],
}
axes = st.sampled_from(AXES)
chosen = st.fixed_dictionaries(
    {}, optional={f: st.lists(st.sampled_from(o), max_size=2) for f, o in FILTERS.items()}
)
words = st.sampled_from(["", "", "Noord", "e", "zzz"])


def codes(key: str, facet: str) -> set[str]:
    if facet == "start_year":
        return {naive.initiatives()[key]["start_year"] or "none"}
    return naive.facet_codes(key, facet)


def cell(ids: list[str], rows: str, row: str, columns: str, column: str) -> list[str]:
    return [
        key
        for key in ids
        if (row == ALL or row in codes(key, rows)) and (column == ALL or column in codes(key, columns))
    ]


@repeatable
@given(axes, axes, chosen, words, st.booleans())
def test_each_cell_and_margin_equals_a_loop_over_the_rows(
    package: Package, rows: str, columns: str, choices: dict[str, list[str]], text: str, ended: bool
) -> None:
    basis = Basis(EVERY) if ended else Basis()
    found = crosstab(package, Asked(rows, columns, choices, text, basis))
    ids = [key for key in naive.initiatives() if naive.fits(key, choices, text, ended=ended)]
    assert list(found.ids) == ids
    assert found.total == len(set(ids))
    for row in (ALL, *found.rows.codes):
        for column in (ALL, *found.columns.codes):
            expected = cell(ids, rows, row, columns, column)
            assert list(found.at(row, column)) == expected
            assert found.number(row, column) == len(expected)


@repeatable
@given(axes, axes, chosen)
def test_every_code_of_what_fits_is_an_option_so_none_is_dropped(
    package: Package, rows: str, columns: str, choices: dict[str, list[str]]
) -> None:
    found = crosstab(package, Asked(rows, columns, choices))
    for key in found.ids:
        assert codes(key, rows) <= set(found.rows.codes)
        assert codes(key, columns) <= set(found.columns.codes)
    together = {key for row in found.rows.codes for key in found.at(row)}
    assert together == set(found.ids)


@repeatable
@given(axes, axes)
def test_turned_it_is_the_same_table(package: Package, rows: str, columns: str) -> None:
    one, two = crosstab(package, Asked(rows, columns)), crosstab(package, Asked(columns, rows))
    assert np.array_equal(one.cells, two.cells.T)
    assert np.array_equal(one.of_rows, two.of_columns)


@repeatable
@given(axes, axes, st.randoms(use_true_random=False))
def test_the_order_of_the_register_changes_nothing(
    package: Package, rows: str, columns: str, random: object
) -> None:
    keys = list(package.initiatives.index)
    random.shuffle(keys)  # type: ignore[attr-defined]
    shuffled = replace(package, initiatives=package.initiatives.loc[keys])
    one, two = (crosstab(each, Asked(rows, columns)) for each in (package, shuffled))
    assert np.array_equal(one.cells, two.cells)
    assert set(one.ids) == set(two.ids)


@repeatable
@given(
    st.lists(st.tuples(st.lists(st.booleans(), min_size=3, max_size=3), st.booleans()), max_size=80),
    st.integers(1, 4),
)
def test_so_many_times_the_same_register_gives_so_many_times_the_counts(
    lines: list[tuple[list[bool], bool]], times: int
) -> None:
    rows = np.array([line for line, _ in lines], dtype=bool).reshape(-1, 3)
    columns = np.array([[each, not each] for _, each in lines], dtype=bool).reshape(-1, 2)
    one, two = (Axis("", tuple("abc")[: each.shape[1]], each) for each in (rows, columns))
    once = counts(one, two, np.ones(len(rows), dtype=bool))
    more = [replace(each, member=np.tile(each.member, (times, 1))) for each in (one, two)]
    again = counts(*more, np.ones(times * len(rows), dtype=bool))
    assert all(np.array_equal(times * a, b) for a, b in zip(once, again, strict=True))
    by_hand = [
        [sum(bool(r[i] and c[j]) for r, c in zip(rows, columns, strict=True)) for j in range(2)]
        for i in range(3)
    ]
    assert once[0].tolist() == by_hand


def test_a_margin_counts_each_once_and_says_how_many_have_several(package: Package) -> None:
    found = crosstab(package, Asked("sector", "ambition"))
    ids = naive.current()
    assert found.total == len(ids)
    assert found.number("sports") == sum("sports" in codes(key, "sector") for key in ids)
    assert found.number("sports") < found.cells[found.rows.codes.index("sports")].sum()
    both = [key for key in ids if max(len(codes(key, each)) for each in ("sector", "ambition")) > 1]
    assert found.several == len(both) > 0
    assert crosstab(package, Asked("status", "evidence")).several == 0


def test_a_district_has_the_number_that_the_one_rule_gives_it(package: Package) -> None:
    found = crosstab(package, Asked("district", "ambition"))
    for code in naive.codes_of("district"):
        for ambition in (ALL, *found.columns.codes):
            assert found.number(code, ambition) == count_for(package, code, Basis(), ambition).number, code
    whole = count_for(package, naive.codes_of("municipality")[0])
    assert found.number("city") == len(whole.city) > 0
    assert found.number("region") == len(whole.region) > 0
    assert found.number("unknown") == len(whole.unknown)


def test_a_choice_of_districts_keeps_what_is_there_for_everyone(package: Package) -> None:
    found = crosstab(package, Asked("district", "ambition", {"district": ["WK054605"]}))
    alone = crosstab(package, Asked("district", "ambition"))
    assert found.number("WK054605") == alone.number("WK054605")
    assert found.number("city") == alone.number("city") > 0


def test_shares_are_of_distinct_initiatives(package: Package) -> None:
    found = crosstab(package, Asked("sector", "ambition"))
    ids = naive.current()
    both = len(cell(ids, "sector", "nature", "ambition", "A2"))
    nature, a2 = (
        len(cell(ids, "sector", row, "ambition", column)) for row, column in (("nature", ALL), (ALL, "A2"))
    )
    told = [found.share("nature", "A2", of) for of in (ROW, COLUMN, WHOLE)]
    assert told == [both / nature, both / a2, both / len(ids)]
    assert [found.share(ALL, ALL, of) for of in SHARES] == [1, 1, 1]
    nobody = crosstab(package, Asked("sector", "ambition", text="zzz"))
    assert nobody.share("nature", "A2", WHOLE) is None
    assert nobody.share(ALL, ALL, ROW) is None


def test_who_counts_is_said_by_the_basis(package: Package) -> None:
    active = crosstab(package, Asked("status", "ambition", basis=Basis(ACTIVE)))
    assert active.number("active_at_evidence_date") == active.total > 0
    lately = Basis(within=24, as_of=date(2026, 11, 29))
    fresh = crosstab(package, Asked("year", "ambition", basis=lately))
    assert 0 < fresh.total < len(naive.current())
    assert {row for row in fresh.rows.codes if fresh.number(row)} <= {"2024", "2025", "2026"}
    ended = crosstab(package, Asked("status", "ambition", {"status": ["ended"]}, basis=Basis()))
    assert ended.total == ended.number("ended") > 0


def test_the_ladder_has_all_its_steps_in_order_and_what_no_source_says(package: Package) -> None:
    found = crosstab(package, Asked("ladder", "ambition"))
    assert found.rows.codes == ("plan", "pilot", "running", "evaluated", "recognised", "none")
    assert found.number("recognised") == 0
    assert found.number("none") == sum(codes(key, "ladder") == {"none"} for key in naive.current()) > 0


def test_years_have_none_left_out_between_them(package: Package) -> None:
    for facet, column in (("start_year", "start_year"), ("year", "last_evidence_year")):
        years = [int(row[column]) for row in naive.initiatives().values() if row[column]]
        wanted = (*map(str, range(min(years), max(years) + 1)), "none")
        assert axis_of(package, facet).codes == wanted


def test_what_we_inferred_is_told_apart(package: Package) -> None:
    rows, ids = naive.initiatives(), list(naive.initiatives())
    steps = [key for key in ids if "ladder (from the status)" in rows[key]["inferred_fields"].split("|")]
    assert list(inferred(package, "ladder", ids)) == steps
    assert 0 < len(steps) < len(ids)
    ambitions = [key for key in ids if rows[key]["ambition_basis"] not in ("stated", "proposed")]
    assert list(inferred(package, "ambition", ids)) == ambitions
    assert inferred(package, "evidence", ids) == ()
    assert inferred(package, "ladder", steps[:2]) == tuple(steps[:2])


def test_what_is_no_facet_is_refused(package: Package) -> None:
    with pytest.raises(ValueError, match="'colour'"):
        crosstab(package, Asked("colour", "ambition"))


def test_a_code_that_is_no_option_is_nobodys(package: Package) -> None:
    found = crosstab(package, Asked("sector", "ambition"))
    assert found.at("zzz") == found.at("sports", "zzz") == ()
    assert found.number("zzz") == found.number("sports", "zzz") == found.number(ALL, "zzz") == 0


def test_a_code_that_no_vocabulary_has_is_told_too(package: Package) -> None:
    register = package.initiatives.copy()
    register["sector"] = register["sector"].astype(str)
    register.loc[naive.current()[0], "sector"] = "odd"
    found = crosstab(replace(package, initiatives=register), Asked("sector", "ambition"))
    assert found.at("odd") == (naive.current()[0],)
    assert sum(found.rows.codes.count(code) for code in found.rows.codes) == len(found.rows.codes)


def test_a_register_of_nobody_has_a_table_of_nobody(package: Package) -> None:
    none = replace(
        package, initiatives=package.initiatives.iloc[:0], initiative_areas=package.initiative_areas.iloc[:0]
    )
    for facet in AXES:
        found = crosstab(none, Asked(facet, "ambition"))
        assert found.total == 0
        assert not found.cells.any()


def test_the_same_by_pandas(package: Package) -> None:
    register = package.initiatives.loc[naive.current()]
    pairs = [register[column].astype(str).str.split("|").explode() for column in ("sector", "ambition_codes")]
    plain = pairs[0].to_frame("sector").join(pairs[1].rename("ambition"))
    plain = pd.crosstab(plain["sector"], plain["ambition"])
    found = crosstab(package, Asked("sector", "ambition"))
    for row in plain.index:
        for column in plain.columns:
            assert found.number(row, column) == plain.at[row, column]
