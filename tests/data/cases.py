"""Faults to put into a copy of the package, each with the check that finds it and the problems it tells.

Rows of tables are counted as a spreadsheet shows them (the header is row 1), areas in files of geometry from 1.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from hsc_geo.domain.problems import Problem
from tests.data.editing import put, row_of

AREAS, INITIATIVES, OBSERVATIONS = "areas.csv", "initiatives.csv", "observations.csv"
SERVED, VENUES, FOCUS = "initiative_areas.csv", "venues.csv", "focus_areas.csv"
PLACES, ASKED, ORGANISATIONS = "initiative_places.csv", "asked_none.csv", "organisations.csv"

Break = Callable[[Path], list[Problem]]


@dataclass(frozen=True)
class Case:
    """A fault: the check that finds it, and what breaks the copy and gives the problems expected."""

    check: str
    name: str
    break_it: Break


CASES: list[Case] = []


def case(check: str) -> Callable[[Break], Break]:
    def keep(break_it: Break) -> Break:
        CASES.append(Case(check, break_it.__name__, break_it))
        return break_it

    return keep


def changed(file: str, row: Callable[[Path], int] | int, column: str, value: str, mend: str) -> Break:
    """A break that writes one cell, and the problem that names this cell."""

    def break_it(folder: Path) -> list[Problem]:
        number = row if isinstance(row, int) else row(folder)
        put(folder, file, number, **{column: value})
        return [Problem(file, number, column, value, mend)]

    return break_it


def at(file: str, **cells: str) -> Callable[[Path], int]:
    return lambda folder: row_of(folder, file, **cells)


def cell_case(check: str, name: str, file: str, row: Callable[[Path], int] | int, **rest: str) -> None:
    CASES.append(Case(check, name, changed(file, row, **rest)))
