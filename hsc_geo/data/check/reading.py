"""Reading a package for checking: whatever can be read is read, every fault on the way is kept."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hsc_geo.data.check.written import Form, plain, with_points
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR, Table
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem

if TYPE_CHECKING:
    import geopandas as gpd

_NUMBER = re.compile(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", re.ASCII)
FIRST_ROW = 2  # of the records: the header is row 1
RESTORE = "restore the file from version control or build the package again"


@dataclass(frozen=True, eq=False)
class RawTable:
    """A table as text, column by column. Columns that the file lacks are absent; all columns have the same length."""

    table: Table
    header: tuple[str, ...]
    columns: dict[str, list[str]]

    @property
    def path(self) -> str:
        """File name."""
        return self.table.path

    def __getitem__(self, column: str) -> list[str]:
        """The cells of a column; no cells at all when the file lacks the column."""
        return self.columns.get(column, [])

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), []))

    def rows(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """(row number, cell, cell, ...) for these columns; nothing when the file lacks one of them."""
        if all(column in self.columns for column in columns):
            yield from zip(
                range(FIRST_ROW, FIRST_ROW + len(self)), *(self[column] for column in columns), strict=True
            )

    def where(self, column: str, is_bad: Callable[[str], bool]) -> Iterator[tuple[int, str]]:
        """(row, value) of every cell that is not empty and bad. Each distinct value is judged once."""
        cells = self[column]
        bad = {value for value in set(cells) if value and is_bad(value)}
        if bad:
            yield from ((row, value) for row, value in enumerate(cells, FIRST_ROW) if value in bad)

    def problem(self, row: int, column: str, value: str, mend: Message) -> Problem:
        """A fault in this table."""
        return Problem(self.path, row, column, value, mend)


@dataclass(frozen=True, eq=False)
class RawPackage:
    """A package read for checking. What could not be read is empty or None, and told in `faults`; forms: how each file
    with a table is written, by file name."""

    folder: Path
    tables: dict[str, RawTable]
    geometry: gpd.GeoDataFrame | None
    drawing: dict[str, Any] | None
    descriptor: dict[str, Any] | None
    faults: tuple[Problem, ...]
    forms: Mapping[str, Form] = field(default_factory=dict)

    def __getitem__(self, name: str) -> RawTable:
        """The table with this name, without rows when it could not be read."""
        return self.tables.get(name) or RawTable(schema.table(name), (), {})


def number(text: str) -> float | None:
    """The cell as a number; None when it is empty or no number (the check of types tells that)."""
    return float(text) if _NUMBER.fullmatch(text) else None  # float() also takes nan, inf and 5_2


def year(text: str) -> int | None:
    """The year with which a text such as 2021, 2021-04-19 or `after 2022-12` gives a date; None without one."""
    digits = [part for part in text.replace("-", " ").split() if len(part) == 4 and part.isdigit()]
    return int(digits[0]) if digits else None


def many(text: str) -> list[str]:
    """The values in a cell that holds several."""
    return text.split(SEPARATOR) if text else []


def read_package(folder: Path) -> RawPackage:
    """Read whatever can be read of the package in `folder`."""
    faults: list[Problem] = []
    if not folder.is_dir():
        missing = Problem(
            str(folder), 0, "", "", "there is no such folder; make it with `python -m hsc_geo data build`"
        )
        return RawPackage(folder, {}, None, None, None, (missing,))
    tables: dict[str, RawTable] = {}
    forms: dict[str, Form] = {}
    for table in schema.TABLES:
        content = _bytes(folder, table.path, faults)
        read = _table(table, content, faults) if content is not None else None
        if read is not None:
            tables[table.name], forms[table.path] = read
    geometry = _geometry(folder, faults)
    drawing = _json(folder, schema.DRAWING.path, faults)
    descriptor = _json(folder, schema.DESCRIPTOR, faults)
    return RawPackage(folder, tables, geometry, drawing, descriptor, tuple(faults), forms)


def _bytes(folder: Path, file: str, faults: list[Problem]) -> bytes | None:
    try:
        return (folder / file).read_bytes()
    except FileNotFoundError:
        faults.append(Problem(file, 0, "", "", f"the file is missing; {RESTORE}"))
    except OSError as error:
        faults.append(Problem(file, 0, "", str(error.strerror), f"the file cannot be read; {RESTORE}"))
    return None


def _table(table: Table, content: bytes, faults: list[Problem]) -> tuple[RawTable, Form] | None:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        faults.append(
            Problem(table.path, row, "", str(content[error.start : error.end]), "save the file as UTF-8")
        )
        return None
    text, form = plain(table, text)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=form.separator)
    try:
        header = next(lines, [])
        records = list(lines)
    except csv.Error as error:
        faults.append(Problem(table.path, lines.line_num, "", str(error), f"this is no CSV; {RESTORE}"))
        return None
    if not header:
        faults.append(Problem(table.path, 0, "", "", f"the file is empty; {RESTORE}"))
        return None
    columns, form = with_points(table, form, _columns(table, header, records, faults))
    return RawTable(table, tuple(header), columns), form


def _columns(
    table: Table, header: Sequence[str], records: Sequence[list[str]], faults: list[Problem]
) -> dict[str, list[str]]:
    for row, record in enumerate(records, FIRST_ROW):
        if len(record) != len(header):
            mend = f"the row has {len(record)} cells, the header {len(header)}; add or remove commas, or quote the text"
            faults.append(Problem(table.path, row, "", ",".join(record), mend))
            record[len(header) :] = []
            record.extend([""] * (len(header) - len(record)))
    turned = list(zip(*records, strict=True)) or [()] * len(header)
    return {name: list(cells) for name, cells in zip(header, turned, strict=True)}


def _geometry(folder: Path, faults: list[Problem]) -> gpd.GeoDataFrame | None:
    import geopandas

    file = schema.GEOMETRY.path
    content = _bytes(folder, file, faults)
    if content is None:
        return None
    try:
        return geopandas.read_parquet(io.BytesIO(content))
    except Exception as error:  # noqa: BLE001 - readers of Parquet raise many kinds
        faults.append(Problem(file, 0, "", str(error), f"the file cannot be read as GeoParquet; {RESTORE}"))
        return None


def _json(folder: Path, file: str, faults: list[Problem]) -> dict[str, Any] | None:
    content = _bytes(folder, file, faults)
    if content is None:
        return None
    try:
        found = json.loads(content)
    except ValueError as error:
        faults.append(Problem(file, 0, "", str(error), f"the file is no JSON; {RESTORE}"))
        return None
    if not isinstance(found, dict):
        faults.append(Problem(file, 0, "", str(found), f"the file holds no JSON object; {RESTORE}"))
        return None
    return found
