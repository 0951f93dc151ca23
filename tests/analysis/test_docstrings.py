"""The examples in the docstrings of what the pages and docs/methods.md rest on say what the code gives."""

from __future__ import annotations

import doctest
import importlib

import pytest

from tests.analysis.example_town import town

VERBS = (
    "access.access",
    "counting.count_of",
    "crosstab.crosstab",
    "gaps.gaps",
    "inequality.slope_index",
    "intervals.of_count",
    "matrix.build_matrix",
    "near.nearest",
    "need.need_index",
    "neighbours.neighbours",
    "reach.reach",
    "similar.similar",
    "table_suppression.hidden_table",
    "transfer.transfer",
    "unequal.unequal",
    "what_if.compare",
    "where_next.where_next",
)


@pytest.mark.parametrize("verb", VERBS)
def test_an_example_gives_what_it_says(verb: str) -> None:
    file, _, name = verb.partition(".")
    module = importlib.import_module(f"hsc_geo.analysis.{file}")
    known = {**vars(module), "town": town()}
    found = doctest.DocTestFinder(recurse=False).find(getattr(module, name), name, globs=known)
    told: list[str] = []
    results = [doctest.DocTestRunner().run(each, out=told.append) for each in found]
    assert sum(each.attempted for each in results) > 0
    assert not any(each.failed for each in results), "".join(told)
