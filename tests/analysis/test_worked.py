"""The worked examples of docs/methods.md: each gives what the page says, and so does the arithmetic by hand."""

from __future__ import annotations

import importlib
import math
import statistics

import pytest

from tests.analysis.example_town import town
from tests.analysis.worked import COMMAND, EXAMPLES, PAGE, Example, shown, with_examples


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each.title)
def test_an_example_gives_what_is_computed_by_hand(example: Example) -> None:
    module = importlib.import_module(f"hsc_geo.analysis.{example.module}")
    assert shown(eval(example.call, {**vars(module), "town": town()})) == example.gives
    assert shown(eval(example.by_hand, {"math": math, "statistics": statistics})) == example.gives


def test_the_page_has_the_examples_as_they_are() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == with_examples(page), f"run `{COMMAND}`"
    assert all(example.call in page for example in EXAMPLES)
