"""Thresholds as they are typed in two languages, and as they are shown again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.own_breaks import code
from hsc_geo.views.kit.thresholds import coded, shown
from hsc_geo.views.kit.words import Words


@pytest.mark.parametrize(
    ("language", "typed", "address"),
    [
        ("nl", "10 12,5 20", "10_12.5_20"),
        ("en", "10, 12.5, 20", "10_12.5_20"),
        ("nl", "10; 12.5; 20%", "10_12.5_20"),
        ("nl", "1.500 2.000,5", "1500_2000.5"),
        ("en", "1,500 2,000.5", "1500_2000.5"),
        ("en", "10 12,5 20", "10_12.5_20"),
        ("en", "  ", ""),
        ("en", "-5 \u22122 3", "-5_-2_3"),
        # What is no number stays as it was typed, to be mended where it stands.
        ("nl", "10,12,20", "10,12,20"),
        ("nl", "10 twaalf", "10 twaalf"),
        ("en", "1.2.3 5", "1.2.3 5"),
        ("en", "<b>10</b>", "<b>10</b>"),
    ],
)
def test_what_is_typed_becomes_a_code(language: str, typed: str, address: str) -> None:
    assert coded(Words(language), typed) == address


@settings(max_examples=100, deadline=None, derandomize=True, database=None)
@given(
    values=st.lists(st.integers(-(10**7), 10**7).map(lambda n: n / 10), max_size=6),
    language=st.sampled_from(["nl", "en"]),
)
def test_what_is_shown_can_be_typed_again(values: list[float], language: str) -> None:
    w = Words(language)
    assert coded(w, shown(w, code(values))) == code(values)


def test_it_is_shown_by_locale_and_as_it_is_where_it_is_no_number() -> None:
    assert shown(Words("nl"), "10_12.5_1500") == "10 12,5 1.500"
    assert shown(Words("en"), "10_12.5_1500") == "10 12.5 1,500"
    assert shown(Words("nl"), "10 twaalf") == "10 twaalf"
