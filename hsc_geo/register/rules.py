"""The rules of the data contract, put to rows of the register: the same checks as on the data package."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hsc_geo.data.cached import per_package
from hsc_geo.data.check import days, meaning, places, structure
from hsc_geo.data.check.reading import FIRST_ROW, RawPackage, RawTable
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem

COORDINATES = ("latitude", "longitude")
Check = Callable[[RawPackage], Iterator[Problem]]

# What a check finds, as a code for a screen.
OF_ROWS: dict[str, Check] = {
    "required": structure.required_cells,
    "type": structure.types,
    "limits": structure.limits,
    "form": structure.patterns,
    "day": days.days_in_calendar,
    "unknown_code": structure.codes,
    "years_order": meaning.years_in_order,
    "status_dates": meaning.status_and_dates,
    "html": meaning.no_html,
    "unprintable": meaning.no_unprintable,
    "no_name": meaning.names_say_something,
    "link": meaning.links,
    "one_language": meaning.words_in_both_languages,
    "coordinates": places.points_in_municipality,
    "future": meaning.nothing_from_the_future,
    "source_kind": meaning.kinds_of_source,
}
OF_TABLES: dict[str, Check] = {"twice": structure.keys_unique, "unknown_reference": structure.references}


def problems(
    package: Package,
    rows: Mapping[str, Sequence[Mapping[str, str]]],
    checks: Mapping[str, Check],
    first: int = FIRST_ROW,
) -> list[tuple[str, Problem]]:
    """(code, problem) of everything that the checks find in the rows of these tables; first: the number of row one."""
    raw = _raw(package, rows)
    judged = {f"{name}.csv" for name in rows}
    found = ((code, problem) for code, check in checks.items() for problem in check(raw))
    shift = first - FIRST_ROW
    told = [(code, problem) for code, problem in found if problem.file in judged]
    return [
        (code, Problem(p.file, p.row + shift if p.row else 0, p.column, p.value, p.mend))
        for code, p in _sharpest(told)
    ]


_OF_FORM = (
    "required",
    "unknown_code",
    "type",
    "form",
    "day",
)  # a cell that has one of these faults has no other that counts


_FOLLOWS = {
    "activity_groups": "activity_types"
}  # a column that the register fills in -> the one that it reads


# A fault of a cell -> those beside which it says nothing more.
_SAID_BY = {
    "no_name": ("unprintable",),
    "link": ("html",),
    "future": ("limits",),
    "status_dates": ("limits", "future"),
}


def _sharpest(found: list[tuple[str, Problem]]) -> list[tuple[str, Problem]]:
    """Without what only follows from another fault: a number that is none is not also out of bounds, and a point of
    which a coordinate is none does not also lie elsewhere."""
    formless: dict[tuple[str, int, str], str] = {}
    for code in reversed(_OF_FORM):
        formless |= {(p.file, p.row, p.column): code for each, p in found if each == code}
    told = {(code, p.file, p.row, p.column) for code, p in found}
    no_point = {(file, row) for file, row, column in formless if column in COORDINATES}
    misplaced = {(p.file, p.row) for code, p in found if code == "coordinates"} - no_point

    def counts(code: str, p: Problem) -> bool:
        here = (p.file, p.row)
        if (*here, _FOLLOWS.get(p.column, "")) in formless:
            return False
        if any((each, *here, p.column) in told for each in _SAID_BY.get(code, ())):
            return False
        if code == "coordinates":
            return here in misplaced
        if (*here, p.column) in formless:
            return formless[*here, p.column] == code
        return not (code == "limits" and p.column in COORDINATES and here in misplaced)

    return [(code, p) for code, p in found if counts(code, p)]


def _raw(package: Package, rows: Mapping[str, Sequence[Mapping[str, str]]]) -> RawPackage:
    tables = {name: _table(name, cells) for name, cells in rows.items()}
    return RawPackage(Path(), tables | _along(package), _geometry(package), None, None, ())


def _table(name: str, rows: Sequence[Mapping[str, str]]) -> RawTable:
    table = schema.table(name)
    columns = {column: [row.get(column, "") for row in rows] for column in table.columns}
    return RawTable(table, table.columns, columns)


@per_package(maxsize=1)
def _along(package: Package) -> dict[str, RawTable]:
    words = {name: [str(cell) for cell in package.vocabularies[name]] for name in ("vocabulary", "code")}
    # As it stands in a package, but for the columns that no check here asks for.
    return {
        "vocabularies": RawTable(schema.table("vocabularies"), tuple(words), words),
        "areas": RawTable(
            schema.table("areas"), ("area_code",), {"area_code": [str(c) for c in package.areas.index]}
        ),
    }


@per_package(maxsize=1)
def _geometry(package: Package) -> Any:
    frame: Any = package.geometry
    return frame.reset_index(names="area_code")


def is_number(text: str) -> bool:
    """Whether a text is a number as the rule of types reads it."""
    return structure.is_number(text)


def holds_html(text: str) -> bool:
    """Whether a text holds a tag, by the rule of the data package."""
    raw = _table("initiatives", [{"note_en": text}])
    return any(meaning.no_html(RawPackage(Path(), {"initiatives": raw}, None, None, None, ())))
