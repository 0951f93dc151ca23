"""The one search: the questions that people ask, and what holds for any text."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Iterable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.near import to_rd
from hsc_geo.analysis.search import ALIKE, MOST, MOST_OF_KIND, PART, Found, search
from hsc_geo.analysis.search_index import (
    ALSO,
    INITIATIVE,
    KINDS,
    NAME,
    ORGANISATION,
    PAGE,
    POSTCODE,
    STREET,
    TOPIC_KINDS,
    search_index,
    words_of,
)
from hsc_geo.analysis.search_words import PAGES, TOPICS
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.hostile import NAMES

# What is typed -> kind and code of the first result.
FIRST = {
    "roken": ("ambition", "A3"),
    "Rookvrij": ("ambition", "A3"),
    "vapen": ("ambition", "A3"),
    "rok": ("ambition", "A3"),
    "cigarettes": ("ambition", "A3"),
    "senioren": ("life_stage", "65+"),
    "65+": ("life_stage", "65+"),
    "eenzaam": ("theme", "loneliness"),
    "alleen": ("theme", "loneliness"),
    "lonely": ("theme", "loneliness"),
    "afvallen": ("ambition", "A2"),
    "somber": ("ambition", "A4"),
    "jongeren": ("life_stage", "12-18"),
    "kinderen": ("life_stage", "4-12"),
    "huis van de buurt": ("initiative", "LEI-045"),
    "buurt huis kooi": ("initiative", "LEI-045"),
    "huisvandebuurt matilo": ("initiative", "LEI-046"),
    "de kooi": ("area", "BU05460302"),
    "stevenshof": ("area", "WK054609"),
    "stevenshov": ("area", "WK054609"),
    "zuid west": ("area", "WK054605"),
    "heel leiden": ("area", "GM0546"),
    "voedsel bank": ("initiative", "LEI-068"),
    "voedselbnak": ("initiative", "LEI-068"),
    "fietsmaatjs": ("initiative", "LEI-126"),
    "LEI-049": ("initiative", "LEI-049"),
    "incluzio": ("organisation", "ORG-013"),
    "lumc": ("organisation", "ORG-009"),
    "driftstraat": ("street", "Driftstraat"),
    "driftstraat 12": ("street", "Driftstraat"),
    "Driftstraat 49": ("place", "Huis van de Buurt De Kooi"),
    "willem klooslaan": ("street", "Willem Klooslaan"),
    "2315cd": ("postcode", "2315 CD"),
    "2315 XX": ("postcode", "2315"),
    "hooigracht": ("initiative", "LEI-076"),
    "overgewicht": ("ambition", "A2"),
    "rokers": ("figure", "50150NED-RooktTabak"),
    "kaart": ("page", "kaart"),
    "initiatief aanmelden": ("page", "aanmelden"),
}


def kinds_and_codes(found: Iterable[Found]) -> list[tuple[str, str]]:
    return [(each.thing.kind, each.thing.code) for each in found]


@pytest.mark.parametrize("text", FIRST)
def test_the_first_result_is_what_was_meant(package: Package, text: str) -> None:
    assert kinds_and_codes(search(package, text))[:1] == [FIRST[text]]


def test_why_something_is_found_is_told(package: Package) -> None:
    told = {
        text: search(package, text)[0] for text in ("de kooi", "roken", "stevenshov", "zwemmen met senioren")
    }
    assert {text: (each.why, each.by) for text, each in told.items()} == {
        "de kooi": (NAME, "De Kooi"),
        "roken": (ALSO, "roken"),
        "stevenshov": (ALIKE, "Stevenshof"),
        "zwemmen met senioren": (PART, "zwemmen"),
    }
    assert told["roken"].label == "Een rookvrije jeugd"
    assert search(package, "roken", "en")[0].label == "A smoke-free youth"


def test_words_of_a_sentence_each_find_their_topic(package: Package) -> None:
    found = kinds_and_codes(search(package, "iets tegen roken voor jongeren"))
    assert {("ambition", "A3"), ("life_stage", "12-18")} <= {*found}


@pytest.mark.parametrize("text", ["", " ", "x", "?!", "qqqqqqqq", "zzzz 1"])
def test_nothing_is_found_where_nothing_is(package: Package, text: str) -> None:
    assert search(package, text) == ()


def test_what_has_ended_comes_after_what_has_not(package: Package) -> None:
    """Of the same fit: the word is one of the name."""
    ended = [each.thing.ended for each in search(package, "eenzaamheid") if each.thing.kind == INITIATIVE]
    assert ended == sorted(ended)
    assert any(ended)


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=40), st.sampled_from(NAMES), st.sampled_from(sorted(FIRST))), st.data())
def test_any_text_gives_few_results_each_kind_together(
    package: Package, text: str, data: st.DataObject
) -> None:
    cut = text[: data.draw(st.integers(0, len(text)))] if len(text) < 200 else text
    found = search(package, cut)
    assert len(found) <= MOST
    assert len({*kinds_and_codes(found)}) == len(found)
    groups = [0 if each.thing.kind in TOPIC_KINDS else KINDS.index(each.thing.kind) for each in found]
    assert groups == sorted(groups, key=groups.index)
    assert all(groups.count(each) <= MOST_OF_KIND for each in groups)


ALL = [row["name"] for row in naive.initiatives().values()]


def named(found: Iterable[Found], name: str) -> bool:
    return any(each.label == name for each in found)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(ALL), st.randoms(use_true_random=False))
def test_an_initiative_is_found_by_its_name_however_it_is_typed(
    package: Package, name: str, rng: random.Random
) -> None:
    words = name[:90].rsplit(" ", 1)[0].split() if len(name) > 90 else name.split()
    assert named(search(package, " ".join(words)), name)
    assert search(package, fold(" ".join(words)).upper()) == search(package, " ".join(words))
    assert named(search(package, "".join(words)), name)
    rng.shuffle(words)
    assert named(search(package, " ".join(words)), name)


LONG_WORDS = [(name, word) for name in ALL for word in name.split() if len(word) >= 9 and word.isalpha()]


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(LONG_WORDS), st.integers(1, 8))
def test_an_initiative_is_found_with_a_letter_wrong(package: Package, of: tuple[str, str], at: int) -> None:
    name, word = of
    wrong = name.replace(word, f"{word[:at]}q{word[at + 1 :]}")
    if words_of(wrong[:100]) == words_of(wrong):
        assert named(search(package, wrong), name)


def test_every_thing_is_found_by_the_label_it_is_shown_with(package: Package) -> None:
    for thing in search_index(package).things:
        found = search(package, thing.labels[0])
        same = [each for each in found if words_of(each.by) == words_of(thing.labels[0])]
        assert thing in [each.thing for each in found] or len(same) >= MOST_OF_KIND, thing


def test_a_street_lies_in_the_middle_of_its_points(package: Package) -> None:
    (street,) = [
        each for each in search_index(package).things if (each.kind, each.code) == (STREET, "Valkenpad")
    ]
    rows = [*naive.rows("venues"), *naive.rows("initiative_places")]
    known = {
        to_rd(float(row["latitude"]), float(row["longitude"]))
        for row in rows
        if "Valkenpad" in row["address"] and row["latitude"]
    }
    assert {street.at} == known


def test_a_street_or_postcode_without_a_point_lies_in_its_area(package: Package) -> None:
    things = {(each.kind, each.code): each for each in search_index(package).things}
    assert (things[STREET, "Willem Klooslaan"].at, things[STREET, "Willem Klooslaan"].area) == (
        None,
        "WK054605",
    )
    assert things[POSTCODE, "2321 AW"].at is not None
    for each in things.values():
        if each.kind in (STREET, POSTCODE):
            assert (each.at is None) != (each.area == "")
    assert not [key for key in things if key[1].startswith(("Postbus", "2300"))]


def test_the_table_of_words_leads_to_what_there_is(package: Package) -> None:
    """Every code is one of the vocabularies, or a page; every word finds what it stands for."""
    rows = zip(package.vocabularies["vocabulary"], package.vocabularies["code"], strict=True)
    known = {f"{str(name).removesuffix('_group')}:{code}" for name, code in rows}
    for words, meanings in TOPICS:
        assert {*meanings.split()} <= known, words
        for word in words.split(", "):
            assert meanings.split()[0] in [
                ":".join(each) for each in kinds_and_codes(search(package, word))
            ], word
    pages = {each.code for each in search_index(package).things if each.kind == PAGE}
    assert pages == {meaning.removeprefix("page:") for _, meaning in PAGES}


def test_hostile_names_are_found_and_cannot_be_in_the_way(hostile_package: Package) -> None:
    assert kinds_and_codes(search(hostile_package, "incluzio"))[0] == (ORGANISATION, "ORG-013")
    assert kinds_and_codes(search(hostile_package, "script alert"))[0][0] in KINDS
    assert max(len(each.shown) for each in search_index(hostile_package).names) <= 300


def test_a_question_takes_less_than_20_ms(package: Package) -> None:
    search(package, "to make the index")
    times = []
    for text in (*FIRST, "iets tegen roken voor jongeren", "qqqqqqqq qqqqqqqq qqqqqqqq"):
        began = time.perf_counter()
        search(package, text)
        times.append(time.perf_counter() - began)
    assert statistics.median(times) < 0.02
    assert statistics.quantiles(times, n=10)[-1] < 0.04  # the dearest look for what looks like each word
