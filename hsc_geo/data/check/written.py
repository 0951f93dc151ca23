"""How a CSV file is written, and its text as it is meant, whatever a spreadsheet made of it when it was saved."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from hsc_geo.domain.contract import Table

MARK = "\ufeff"  # the byte order mark, which some programs put before UTF-8
COMMA, OTHERS = ",", (";", "\t")
_WITH_COMMA = re.compile(r"-?\d+,\d+")
_NUMERIC = ("number", "integer")


@dataclass(frozen=True)
class Form:
    """How a file is written. decimal_commas: how many numbers have a comma in place of a point, which is only looked
    at where cells are not separated by commas."""

    mark: bool = False
    separator: str = COMMA
    carriage_returns: bool = False
    decimal_commas: int = 0

    @property
    def agreed(self) -> bool:
        """Whether this is how the package is written."""
        return self == Form()


def plain(table: Table, text: str) -> tuple[str, Form]:
    """The text without the mark and with LF at the end of its lines, and how it was written."""
    lines = text.removeprefix(MARK).replace("\r\n", "\n").replace("\r", "\n")
    separator = _separator(table, lines.partition("\n")[0])
    return lines, Form(text.startswith(MARK), separator, "\r" in text)


def _separator(table: Table, header: str) -> str:
    """The sign that separates most of the columns of the contract; a comma where no other does better."""

    def known(separator: str) -> int:
        return len({*table.columns} & {*next(csv.reader([header], delimiter=separator), ())})

    best = max(OTHERS, key=known)
    return best if known(best) > known(COMMA) else COMMA


def with_points(
    table: Table, form: Form, columns: Mapping[str, list[str]]
) -> tuple[dict[str, list[str]], Form]:
    """The columns with a point in their numbers, where cells are not separated by commas and so could hold one."""
    if form.separator == COMMA:
        return dict(columns), form
    numeric = [field.name for field in table.fields if field.type in _NUMERIC and field.name in columns]
    count = sum(bool(_WITH_COMMA.fullmatch(cell)) for name in numeric for cell in columns[name])
    mended = {name: _points(columns[name]) for name in numeric}
    return {**columns, **mended}, replace(form, decimal_commas=count)


def _points(cells: Sequence[str]) -> list[str]:
    return [cell.replace(",", ".") if _WITH_COMMA.fullmatch(cell) else cell for cell in cells]
