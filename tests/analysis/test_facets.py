"""Facets against plain loops over the rows of initiatives.csv with Python sets."""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.facets import FACETS, FacetIndex, build_index, counts, fold, select
from hsc_geo.data.load import Package
from tests.analysis import naive

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
    for code, number in counts(index, before)["district"].items():
        assert select(index, {**before, "district": [code]}).sum() == number


def test_a_choice_in_a_facet_leaves_the_counts_of_that_facet_as_they_were(index: FacetIndex) -> None:
    assert counts(index, {"sector": ["sports"]})["sector"] == counts(index, {})["sector"]


def test_within_a_facet_choices_widen_and_between_facets_they_narrow(index: FacetIndex) -> None:
    one, two = (set(ids(index, select(index, {"ambition": [code]}))) for code in ("A2", "A3"))
    assert set(ids(index, select(index, {"ambition": ["A2", "A3"]}))) == one | two
    school = set(ids(index, select(index, {"sector": ["education"]})))
    assert set(ids(index, select(index, {"ambition": ["A2"], "sector": ["education"]}))) == one & school


def test_no_choice_at_all_keeps_everything(index: FacetIndex) -> None:
    assert select(index, {}).all()
    assert select(index, {"ambition": [], "district": []}, "   \t ").all()


def test_an_unknown_code_fits_nothing_and_does_not_widen(index: FacetIndex) -> None:
    assert not select(index, {"ambition": ["A9"]}).any()
    assert ids(index, select(index, {"ambition": ["A9", "A3"]})) == naive_ids({"ambition": ["A3"]})


def test_an_empty_cell_is_found_as_not_known(index: FacetIndex) -> None:
    undated = [key for key, row in naive.initiatives().items() if row["last_evidence_year"] == ""]
    assert undated
    assert ids(index, select(index, {"year": ["none"]})) == undated


@pytest.mark.parametrize(
    "query", ["cafe een", "CAFÉ", "Cafe\u0301", "ÉÉN", "cafÉ eEN", "strasse", "zoe", "Zoë"]
)
def test_text_is_found_whatever_its_accents_and_capitals(package: Package, query: str) -> None:
    register = package.initiatives.copy()
    register.loc["LEI-001", "name"] = "Café Eén in de Straße, Zoe\u0308"
    index = build_index(replace(package, initiatives=register))
    assert "LEI-001" in ids(index, select(index, {}, query))


def test_every_word_must_be_found_in_any_order(package: Package) -> None:
    register = package.initiatives.copy()
    register.loc["LEI-001", ["name", "organisation"]] = ["alfabeet zeezout", "Stichting Qwertz"]
    index = build_index(replace(package, initiatives=register))
    assert ids(index, select(index, {}, "qwertz ALFA")) == ["LEI-001"]
    assert ids(index, select(index, {}, "qwertz alfx")) == []


@pytest.mark.parametrize("query", [".*", "(", "[a-z]+", "\\", "^L", "a|b", "%", "{0}", "*", "?", "\x00", "$"])
def test_characters_of_patterns_are_plain_text(index: FacetIndex, query: str) -> None:
    expected = [key for key in naive.initiatives() if query.lower() in naive.haystack(key)]
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
    assert found == (list(naive.initiatives()) if query.startswith("e ") else [])
    assert time.perf_counter() - start < 3


def test_hostile_names_are_found_as_text(hostile_package: Package) -> None:
    index = build_index(hostile_package)
    assert "LEI-001" in ids(index, select(index, {}, "=CMD()|'"))
    assert "LEI-008" in ids(index, select(index, {}, "\ud800"))
    assert "LEI-010" in ids(index, select(index, {}, "x" * 100_000))
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
