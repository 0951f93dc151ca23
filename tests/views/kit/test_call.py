"""The Python of a table: literals alone, whatever a link or the data say, and nothing more than was chosen."""

from __future__ import annotations

import ast
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

import pytest

from hsc_geo.analysis.explore import Choice
from hsc_geo.analysis.own_area import OwnArea
from hsc_geo.data.load import Package
from hsc_geo.views.coverage import calls as coverage
from hsc_geo.views.coverage.choices import CoverageChoice, coverage_choice, parameters
from hsc_geo.views.kit.call import Call, code, literal, only
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map import calls as on_map
from hsc_geo.views.research.choices import Moment, ResearchChoice
from tests.shared.hostile import SCRIPT
from tests.views.query import Query

HOSTILE = (
    SCRIPT,
    "'); import os; os.system('x') #",
    '"""\nimport os\n"""',
    "\\'); x(",
    "a\r\nimport os",
    "\u2028import os",
    "\u202e}{'\x00\x1b[2J",
    "{0} {n!r} %s",
    "é ’ 世界",
)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_of_a_link_or_the_data_stays_text(text: str) -> None:
    choice = Choice(text=text, facets={text: [text]}, breaks=text)
    calls = on_map.calls(choice, "areas")
    made = code(calls, f"https://{text}/edition.zip", (OwnArea(text, (text,)),))
    tree = ast.parse(made)
    kinds = {type(each) for each in tree.body}
    assert kinds <= {ast.Import, ast.ImportFrom, ast.Assign}
    imported = [alias.name for each in tree.body if isinstance(each, ast.Import) for alias in each.names]
    assert imported == ["hsc_geo"]
    called = {ast.unparse(each.func) for each in ast.walk(tree) if isinstance(each, ast.Call)}
    assert called == {"hsc_geo.open", "make", "with_own", "Choice", "on_map.areas", "on_map.tables"}
    held = [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)]
    assert held.count(text) == 6
    assert all(line.isprintable() for line in made.splitlines())


@dataclass(frozen=True)
class Theirs:
    """A frozen value that is none of ours."""

    text: str = ""


@pytest.mark.parametrize("value", [object(), b"x", {1, 2}, Theirs(), Choice, float, dt.datetime(2026, 1, 1)])
def test_what_is_no_literal_cannot_stand_in_code(value: object) -> None:
    with pytest.raises(TypeError, match="cannot stand in code"):
        literal(value)


def test_a_value_comes_back_from_its_code() -> None:
    chosen = ResearchChoice(level="district", figure=Moment("a", 2024, "18plus"), k=3)
    values: list[Any] = [chosen, (1,), (), ("a", None), [True, 2.5], {"a": ("b",)}, dt.date(2026, 2, 28)]
    known = {"ResearchChoice": ResearchChoice, "Moment": Moment, "date": dt.date}
    for value in values:
        assert eval(literal(value), known) == value
    assert literal(ResearchChoice()) == "ResearchChoice()"


def test_only_what_a_table_follows_is_told(n: Names, package: Package) -> None:
    state = PageState(
        "coverage", parameters(package), {}, Query(part=["near"], dist=["800"], split=["status"])
    )
    state.pull()
    choice = coverage_choice(n, state)
    made = code(coverage.calls(n, choice), "edition.zip")
    assert "distance=800" in made
    assert "split" not in made
    assert only(choice, ("distance",)) == CoverageChoice(distance=800)
    near = coverage.calls(replace(n, small_counts=40), choice)[0]
    assert near.arguments == {"hide_below": 40}


def test_a_table_of_the_edition_itself_needs_no_module() -> None:
    made = code([Call("", "sources"), Call("data", "figures")], "edition.zip")
    assert made.splitlines()[-2:] == ["sources = edition.sources", "figures = data.figures(edition)"]
