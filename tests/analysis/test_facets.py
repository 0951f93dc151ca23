"""Facets against plain loops over the rows of initiatives.csv with Python sets."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.facets import FACETS, FacetIndex, build_index, counts, fold, last_seen, select
from hsc_geo.data.load import Package
from tests.shared import naive

OPTIONS = {
    facet: sorted({code for key in naive.initiatives() for code in naive.facet_codes(key, facet)})
    for facet in [*naive.FACET_COLUMNS, "district"]
}
WORDS = (
    "Noord",
    "gezond",
    "LUMC",
    "café",
    "CAFE\u0301",
    "wijk",
    "e",
    "huis van de buurt",
    "zzz",
    "Zuidwest",
    "é",
)

RUNNING = naive.current()[0]  # an initiative that has not ended

chosen = st.fixed_dictionaries(
    {}, optional={f: st.lists(st.sampled_from(o), max_size=3) for f, o in OPTIONS.items()}
)
text = st.one_of(
    st.just(""), st.sampled_from(WORDS), st.lists(st.sampled_from(WORDS), max_size=2).map(" ".join)
)
repeatable = settings(max_examples=60, deadline=None, derandomize=True, database=None)


@pytest.fixture(scope="module")
def index(package: Package) -> FacetIndex:
    return build_index(package)


def ids(index: FacetIndex, mask: np.ndarray) -> list[str]:
    return [key for key, keep in zip(index.ids, mask, strict=True) if keep]


def naive_ids(choices: dict[str, list[str]], text: str = "") -> list[str]:
    return [key for key in naive.initiatives() if naive.fits(key, choices, text)]


def test_the_facets_are_those_of_the_map_and_each_offers_the_codes_in_use(index: FacetIndex) -> None:
    assert set(FACETS) == set(OPTIONS)
    assert {facet: list(options) for facet, options in index.options.items()} == OPTIONS


@repeatable
@given(choices=chosen, text=text)
def test_select_equals_a_loop_over_the_rows(
    index: FacetIndex, choices: dict[str, list[str]], text: str
) -> None:
    assert ids(index, select(index, choices, text)) == naive_ids(choices, text)


@repeatable
@given(choices=chosen, text=text)
def test_counts_equal_a_loop_over_the_rows_under_the_other_choices(
    index: FacetIndex, choices: dict[str, list[str]], text: str
) -> None:
    found = counts(index, choices, text)
    for facet, options in OPTIONS.items():
        fit = [key for key in naive.initiatives() if naive.fits(key, choices, text, but=facet)]
        expected = {code: sum(code in naive.facet_codes(key, facet) for key in fit) for code in options}
        assert found[facet] == expected, facet


def test_choosing_an_option_shows_as_many_as_its_count_said(index: FacetIndex) -> None:
    before = {"ambition": ["A2"], "status": ["active_at_evidence_date"]}
    for code, number in counts(index, before)["sector"].items():
        assert select(index, {**before, "sector": [code]}).sum() == number


def test_choosing_a_district_shows_its_count_and_what_is_for_everyone(index: FacetIndex) -> None:
    before = {"ambition": ["A3"]}
    found = counts(index, before)["district"]
    for code, number in found.items():
        beside = found["city"] + found["region"] if code.startswith("WK") else 0
        assert select(index, {**before, "district": [code]}).sum() == number + beside, code
    shown = ids(index, select(index, {**before, "district": ["WK054605"]}))
    assert len(shown) == 4
    assert all(naive.scope(key) == {"city"} for key in shown)


@repeatable
@given(choices=chosen, text=text)
def test_with_the_ended_ones_select_and_counts_equal_a_loop_too(
    index: FacetIndex, choices: dict[str, list[str]], text: str
) -> None:
    fit = [key for key in naive.initiatives() if naive.fits(key, choices, text, ended=True)]
    assert ids(index, select(index, choices, text, ended=True)) == fit
    found = counts(index, choices, text, ended=True)["theme"]
    others = [k for k in naive.initiatives() if naive.fits(k, choices, text, but="theme", ended=True)]
    assert found == {c: sum(c in naive.facet_codes(k, "theme") for k in others) for c in OPTIONS["theme"]}


def test_the_status_always_tells_how_many_have_ended(index: FacetIndex) -> None:
    ended = [key for key, row in naive.initiatives().items() if row["status"] == "ended"]
    assert counts(index, {})["status"]["ended"] == len(ended) > 0
    assert ids(index, select(index, {"status": ["ended"]})) == ended


def test_a_confirmation_makes_the_year_in_which_it_was_last_seen(package: Package) -> None:
    register = package.initiatives.copy()
    register.loc[RUNNING, "last_confirmed"] = "2026-10-03"
    confirmed = replace(package, initiatives=register)
    on = {day: last_seen(confirmed, day)[RUNNING] for day in (date(2026, 10, 2), date(2026, 10, 3), None)}
    before = int(naive.initiatives()[RUNNING]["last_evidence_year"])
    assert on == {date(2026, 10, 2): before, date(2026, 10, 3): 2026, None: 2026}
    index = build_index(confirmed, date(2026, 10, 3))
    assert RUNNING in ids(index, select(index, {"year": ["2026"]}))
    early = build_index(confirmed, date(2026, 10, 2))
    assert RUNNING not in ids(early, select(early, {"year": ["2026"]}))


def test_a_choice_in_a_facet_leaves_the_counts_of_that_facet_as_they_were(index: FacetIndex) -> None:
    assert counts(index, {"sector": ["sports"]})["sector"] == counts(index, {})["sector"]


def test_within_a_facet_choices_widen_and_between_facets_they_narrow(index: FacetIndex) -> None:
    one, two = (set(ids(index, select(index, {"ambition": [code]}))) for code in ("A2", "A3"))
    assert set(ids(index, select(index, {"ambition": ["A2", "A3"]}))) == one | two
    school = set(ids(index, select(index, {"sector": ["education"]})))
    assert set(ids(index, select(index, {"ambition": ["A2"], "sector": ["education"]}))) == one & school


def test_no_choice_at_all_keeps_all_that_have_not_ended(index: FacetIndex) -> None:
    assert ids(index, select(index, {})) == naive.current()
    assert ids(index, select(index, {"ambition": [], "district": []}, "   \t ")) == naive.current()
    assert select(index, {}, ended=True).all()


def test_an_unknown_code_fits_nothing_and_does_not_widen(index: FacetIndex) -> None:
    assert not select(index, {"ambition": ["A9"]}).any()
    assert ids(index, select(index, {"ambition": ["A9", "A3"]})) == naive_ids({"ambition": ["A3"]})


def test_an_empty_cell_is_found_as_not_known(index: FacetIndex) -> None:
    undated = [key for key in naive.current() if naive.initiatives()[key]["last_evidence_year"] == ""]
    assert undated
    assert ids(index, select(index, {"year": ["none"]})) == undated


@pytest.mark.parametrize(
    "query", ["cafe een", "CAFÉ", "Cafe\u0301", "ÉÉN", "cafÉ eEN", "strasse", "zoe", "Zoë"]
)
def test_text_is_found_whatever_its_accents_and_capitals(package: Package, query: str) -> None:
    register = package.initiatives.copy()
    register.loc[RUNNING, "name"] = "Café Eén in de Straße, Zoe\u0308"
    index = build_index(replace(package, initiatives=register))
    assert RUNNING in ids(index, select(index, {}, query))


def test_every_word_must_be_found_in_any_order(package: Package) -> None:
    register = package.initiatives.copy()
    register.loc[RUNNING, ["name", "organisation"]] = ["alfabeet zeezout", "Stichting Qwertz"]
    index = build_index(replace(package, initiatives=register))
    assert ids(index, select(index, {}, "qwertz ALFA")) == [RUNNING]
    assert ids(index, select(index, {}, "qwertz alfx")) == []


@pytest.mark.parametrize("query", [".*", "(", "[a-z]+", "\\", "^L", "a|b", "%", "{0}", "*", "?", "\x00", "$"])
def test_characters_of_patterns_are_plain_text(index: FacetIndex, query: str) -> None:
    expected = [key for key in naive.current() if query.lower() in naive.haystack(key)]
    assert ids(index, select(index, {}, query)) == expected


@pytest.mark.parametrize(
    "query", ["\ud800", "\udfff\ud800", "a\ud83d", "\ufffe", "\U0001f600", "\u202e", "\x00"]
)
def test_broken_unicode_is_searched_like_any_text(index: FacetIndex, query: str) -> None:
    assert ids(index, select(index, {}, query)) == []


@pytest.mark.parametrize("query", ["x" * 100_000, "e " * 50_000, "é" * 100_000, "qz " * 33_000])
def test_a_hundred_thousand_characters_are_answered_in_time(index: FacetIndex, query: str) -> None:
    start = time.perf_counter()
    found = ids(index, select(index, {}, query))
    assert found == (naive.current() if query.startswith("e ") else [])
    assert time.perf_counter() - start < 3


def test_hostile_names_are_found_as_text(hostile_package: Package) -> None:
    index = build_index(hostile_package)
    assert "LEI-001" in ids(index, select(index, {}, "=CMD()|'", ended=True))
    assert "LEI-008" in ids(index, select(index, {}, "\ud800", ended=True))
    assert "LEI-010" in ids(index, select(index, {}, "x" * 100_000, ended=True))
    assert len(index.ids) == len(naive.initiatives())


def test_fold_takes_accents_off_and_makes_small() -> None:
    assert fold("Café ÉÉN Zoë") == "cafe een zoe"
    assert fold("") == ""


def test_an_index_of_no_initiatives_has_no_options(package: Package) -> None:
    none = replace(
        package, initiatives=package.initiatives.iloc[:0], initiative_areas=package.initiative_areas.iloc[:0]
    )
    index = build_index(none)
    assert select(index, {"ambition": ["A1"]}, "x").tolist() == []
    assert all(found == {} for found in counts(index, {}).values())
