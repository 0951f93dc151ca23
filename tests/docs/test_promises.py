"""Every promise is held by tests that are there, and nothing that the register or the server offers is left out."""

from __future__ import annotations

import ast
import inspect
import re
from functools import cache

import pytest
import typer
from typer.main import get_command

from hsc_geo.cli import edition, register
from hsc_geo.register import Register
from hsc_geo.register.tables import PROPOSALS
from hsc_geo.web.routes import own_routes
from hsc_geo.web.site_paths import PAGES
from tests.docs.reading import ROOT, code_in_text, text

PROMISES, STANDARD = "docs/promises.md", "docs/security-asvs.md"
ROLES = ["visitor", "proposer", "steward", "administrator", "operator"]
# Of version 5.0.0, by section: how many items are of level 1 or 2. In a section they come before those of level 3.
SECTIONS = (
    "1.1:2 1.2:9 1.3:11 1.4:3 1.5:2 2.1:3 2.2:3 2.3:4 2.4:1 3.2:2 3.3:4 3.4:6 3.5:5 3.7:2 4.1:3 "
    "4.2:1 4.3:2 4.4:4 5.1:1 5.2:3 5.3:2 5.4:3 6.1:3 6.2:12 6.3:4 6.4:4 6.5:5 6.6:3 6.8:4 7.1:3 "
    "7.2:4 7.3:2 7.4:5 7.5:2 7.6:2 8.1:2 8.2:3 8.3:1 8.4:1 9.1:3 9.2:4 10.1:2 10.2:2 10.3:4 10.4:11 "
    "10.5:5 10.6:2 10.7:3 11.1:2 11.2:3 11.3:3 11.4:4 11.5:1 11.6:1 12.1:3 12.2:2 12.3:4 13.1:1 "
    "13.2:5 13.3:2 13.4:5 14.1:2 14.2:4 14.3:3 15.1:3 15.2:3 15.3:7 16.1:1 16.2:5 16.3:4 16.4:3 "
    "16.5:3 17.1:1 17.2:4 17.3:2 "
)
ITEMS = {section: int(count) for section, count in (each.split(":") for each in SECTIONS.split())}
MET = {"met", "in part", "not met", "operator"}
_TEST = re.compile(r"`(tests/[\w/]+\.py)::(test_\w+)`")


def tables(page: str) -> list[list[list[str]]]:
    """The tables of a page: rows of cells, the first of them the heads."""
    blocks = re.findall(r"(?:^\|.*\|\n)+", text(page), re.MULTILINE)
    lines = [[line for line in block.splitlines() if set(line) - set("|- ")] for block in blocks]
    return [[[cell.strip() for cell in line.strip("|").split("|")] for line in block] for block in lines]


def rows(page: str, first: str) -> list[list[str]]:
    """The rows of all tables whose first head is this one."""
    return [row for heads, *rest in tables(page) if heads[0] == first for row in rest]


@cache
def names_in(path: str) -> frozenset[str]:
    """The names of the tests of a file."""
    file = ROOT / path
    if not file.is_file():
        return frozenset()
    body = ast.parse(file.read_text(encoding="utf-8")).body
    return frozenset(each.name for each in body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


@pytest.mark.parametrize("page", [PROMISES, STANDARD])
def test_every_test_that_is_named_is_there(page: str) -> None:
    named = _TEST.findall(text(page))
    assert len(named) > 50
    assert [f"{path}::{name}" for path, name in named if name not in names_in(path)] == []
    assert len(named) == text(page).count("::test_")


def test_every_promise_names_a_test() -> None:
    found = [row for heads, *rest in tables(PROMISES) for row in rest if heads[-1] == "held by"]
    assert len(found) > 50
    assert [row[0] for row in found if not _TEST.search(row[-1])] == []
    assert {heads[-1] for heads, *_ in tables(PROMISES)} == {"held by"}


def test_what_each_role_may_is_told_of_all_that_the_register_can() -> None:
    heads = next(heads for heads, *_ in tables(PROMISES) if heads[0] == "what")
    assert heads[1:-1] == ROLES
    told = rows(PROMISES, "what")
    assert {cell for row in told for cell in row[1:-1]} <= {"yes", "no", "that one", "their own"}
    verbs = {name for name, _ in inspect.getmembers(Register, callable) if not name.startswith("_")}
    verbs |= {name for name, _ in inspect.getmembers(Register, lambda one: isinstance(one, property))}
    named = [name for row in told for name in re.findall(r"`(\w+)`", row[0])]
    assert sorted(named) == sorted(verbs)


def test_a_verb_that_asks_who_acts_is_for_no_visitor() -> None:
    """By the signatures, as a second judge of the table."""
    for what, visitor, proposer, *_ in rows(PROMISES, "what"):
        verbs = [getattr(Register, name) for name in re.findall(r"`(\w+)`", what)]
        asking = {"by" in inspect.signature(verb).parameters for verb in verbs if inspect.isfunction(verb)}
        if True in asking:
            assert (visitor, proposer) == ("no", "no"), what


def test_every_way_in_is_told() -> None:
    told = {code for row in rows(PROMISES, "way in") for code in re.findall(r"`(/[^`]*)`", row[0])}
    routes = {route.path for route in own_routes(None, with_metrics=True)}  # type: ignore[attr-defined]
    assert routes | {f"/{page}" for page in PAGES} <= told
    assert {each for each in told if each.startswith("/hsc/")} == {
        each for each in routes if each.startswith("/hsc/")
    }


@pytest.mark.parametrize(("name", "app"), [("register", register.app), ("edition", edition.app)])
def test_every_command_that_opens_the_register_is_told(name: str, app: typer.Typer) -> None:
    command = get_command(app)
    assert isinstance(command, typer.core.TyperGroup)
    start = f"command `python -m hsc_geo {name}` with "
    (row,) = (row for row in rows(PROMISES, "way in") if row[0].startswith(start))
    assert set(re.findall(r"`([\w-]+)`", row[0])) == set(command.commands)


def test_what_is_kept_of_a_proposal_is_told_to_the_column() -> None:
    (row,) = (row for row in rows(PROMISES, "promise") if row[0].startswith("In the register"))
    assert re.findall(r"`(\w+)`", row[0]) == [column.name for column in PROPOSALS.columns]


def spelled_out(items: str) -> list[str]:
    """`6.1.2, 6.2.1 to 6.2.3` as 6.1.2, 6.2.1, 6.2.2, 6.2.3; a range may go over sections."""
    every = [f"{section}.{number}" for section, count in ITEMS.items() for number in range(1, count + 1)]
    found: list[str] = []
    for part in items.split(", "):
        first, _, last = part.partition(" to ")
        found += every[every.index(first) : every.index(last or first) + 1]
    return found


def test_each_item_of_the_standard_is_judged_or_said_not_to_apply() -> None:
    judged = [row[0] for row in rows(STANDARD, "item")]
    apart = [each for row in rows(STANDARD, "items") for each in spelled_out(row[0])]
    every = [f"{section}.{number}" for section, count in ITEMS.items() for number in range(1, count + 1)]
    assert len(every) == 253
    assert sorted([*judged, *apart]) == sorted(every)


def test_the_standard_is_gone_through_item_by_item() -> None:
    """In order, each once, with its level, a verdict, a reason, and where it is shown."""
    items = [row for row in rows(STANDARD, "item") if len(row) == 5]
    assert len(items) == sum(len(rest) for heads, *rest in tables(STANDARD) if heads[0] == "item")
    numbers = [tuple(map(int, row[0].split("."))) for row in items]
    assert numbers == sorted(set(numbers))
    assert {len(number) for number in numbers} == {3}
    assert {row[1] for row in items} == {"1", "2"}
    assert {row[2] for row in items} <= MET
    assert [row[0] for row in items if not row[3].endswith(".")] == []
    shown = [row for row in items if row[2] in ("met", "in part")]
    assert [row[0] for row in shown if not code_in_text(row[4]) and "](" not in row[4]] == []


def test_the_count_of_the_standard_is_that_of_its_table() -> None:
    verdicts = [row[2] for row in rows(STANDARD, "item")]
    told = dict(re.findall(r"^\| (met|in part|not met|operator) \| (\d+) \|", text(STANDARD), re.MULTILINE))
    assert {name: int(number) for name, number in told.items()} == {
        name: verdicts.count(name) for name in MET
    }
