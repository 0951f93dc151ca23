"""The rows of a table that someone brings: its header found, its cells cleaned, what stands beside it told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from hsc_geo.domain import schema
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem, ProblemsError, shorten
from hsc_geo.domain.text import clean_text
from hsc_geo.register import cells
from hsc_geo.register.cleaning import clean_fields
from hsc_geo.register.exporting import NAMES, columns_of
from hsc_geo.register.place_fields import FIELDS
from hsc_geo.register.tables import ENTRIES

MOST_ROWS = 20_000  # of a table
MOST_COLUMNS = 80
LONGEST = 32_000  # characters of a cell
MOST_ABOVE = 30  # rows above the header, such as a title over all columns
WHOLE = Message("file")  # where a fault stands that is of no table
TOO_MANY = Message("there are more than {n} rows; give the file in parts", n=MOST_ROWS)
MARKS = ",;|\t"  # that can stand between the cells of a line

_KEYS = frozenset(schema.table(name).primary_key[0] for name in ENTRIES.values())
_COLUMNS = frozenset(column for name in NAMES for column in columns_of(name)).union(FIELDS)
_APART = re.compile(r"[\s_-]+")  # between the words of a column's name


@dataclass(frozen=True)
class Sheet:
    """The rows of one table as text, with the number of each row as its file counts them. faults: cells that hold no
    text, such as a formula. header: the number of the row with the names of the columns, 0 where there is none (HSDS).
    above: what stands over it."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    numbers: tuple[int, ...]
    faults: tuple[Problem, ...] = ()
    header: int = 1
    above: str = ""


@dataclass(frozen=True)
class _Head:
    """Names of the columns by place ("" for none), the number of their row, and what stands above."""

    columns: tuple[str, ...]
    row: int
    above: str


def fault(name: str, mend: Message, row: int = 0, column: str = "", value: str = "") -> ProblemsError:
    """One fault, to raise."""
    return ProblemsError([Problem(name, row, column, shorten(value), mend)])


def named(title: str) -> str:
    """The table that a sheet or file is called after, whatever its capitals and the blanks around it; '' for none."""
    found = clean_text(title).lower()
    return found if found in NAMES else ""


def stem(path: str) -> str:
    """The name of a file without its folders and without what tells that it is a table."""
    return re.sub(r"(?i)\.(csv|tsv|txt)$", "", path.replace("\\", "/").rsplit("/", 1)[-1])


def is_header(given: Iterable[str]) -> bool:
    """Whether these cells name a key of the register, as the header of a table does."""
    return any(_column(clean_text(cell[:LONGEST])) in _KEYS for cell in islice(given, MOST_COLUMNS + 1))


def sheet_of(
    file: str,
    lines: Iterable[tuple[int, list[str]]],
    broken: Sequence[cells.CellFault] = (),
    mark: str = "",
) -> Sheet:
    """The table, recognised by its file name or else by its columns.

    broken: cells that hold no text, told as their rows are read. mark: what stands between the cells of a line; "" in a
    workbook. Raises ProblemsError where no row names the columns, and beyond the bounds.
    """
    head, stream = _from_header(file, iter(lines), broken)
    name = _table_of(file, [column for column in head.columns if column])
    rows: list[dict[str, str]] = []
    numbers: list[int] = []
    faults: dict[tuple[int, int], Problem] = {}
    for number, given in stream:
        if not any(map(clean_text, given)):
            continue
        if len(rows) == MOST_ROWS:
            raise fault(f"{name}.csv", TOO_MANY, number)
        for place, problem in _beside(name, head.columns, number, given, mark):
            faults.setdefault(place, problem)
        rows.append(_row(name, head.columns, number, given))
        numbers.append(number)
    columns = tuple(column for column in head.columns if column)
    told = (*faults.values(), *_broken(name, head, broken), *_errors(name, rows, numbers))
    return Sheet(name, columns, tuple(rows), tuple(numbers), told, head.row, head.above)


def _from_header(
    file: str, lines: Iterator[tuple[int, list[str]]], broken: Sequence[cells.CellFault]
) -> tuple[_Head, Iterator[tuple[int, list[str]]]]:
    """The header, which is the first line that names a key, and the lines below it."""
    first = list(islice(lines, MOST_ABOVE + 1)) or [(1, [])]
    at = next((place for place, (_, given) in enumerate(first) if is_header(given)), None)
    if at is None:
        raise _no_header(file, first, broken)
    row, given = first[at]
    if any(given[MOST_COLUMNS:]):
        mend = Message("there are {n} columns; at most {most} are taken", n=len(given), most=MOST_COLUMNS)
        raise fault(file or WHOLE, mend, row, "", ",".join(given[: MOST_COLUMNS + 1]))
    columns = [_column(clean_text(cell)) for cell in given[:MOST_COLUMNS]]
    words = " ".join(filter(None, (clean_text(cell) for _, above in first[:at] for cell in above)))
    return _Head(tuple(columns), row, shorten(words)), chain(first[at + 1 :], lines)


def _no_header(
    file: str, first: Sequence[tuple[int, list[str]]], broken: Sequence[cells.CellFault]
) -> ProblemsError:
    row, given = next(
        ((number, cells_) for number, cells_ in first if any(map(clean_text, cells_))), first[0]
    )
    where = f"{named(stem(file))}.csv" if named(stem(file)) else shorten(file) or WHOLE
    of_header = [each for each in broken if each.row == row]
    if of_header:
        return ProblemsError(
            Problem(where, each.row, letters(each.column), shorten(each.value), each.mend)
            for each in of_header
        )
    for number, each in first:
        if any(is_header(re.split(f"[{MARKS}]", cell[:LONGEST])) for cell in each[:1]):
            mend = Message("all columns stand in one cell; give each a cell of its own (Text to Columns)")
            return fault(where, mend, number, "", each[0])
    table = named(stem(file))
    keys = (
        schema.table(table).primary_key[:1] if table else [columns_of(each)[0] for each in ENTRIES.values()]
    )
    mend = Message("no column is called {names}; give the columns of the register", names=", ".join(keys))
    return fault(where, mend, row, "", ",".join(given[: MOST_COLUMNS + 1]).rstrip(","))


def _column(text: str) -> str:
    """The name of a column, whatever its capitals and what stands between its words."""
    plain = _APART.sub("_", text.lower())
    return plain if plain in _COLUMNS else text


def letters(place: int) -> str:
    """The letters by which a spreadsheet calls a column, counted from 0."""
    found = ""
    while place >= 0:
        place, letter = divmod(place, 26)
        found, place = chr(65 + letter) + found, place - 1
    return found


def _beside(
    name: str, columns: Sequence[str], number: int, given: Sequence[str], mark: str
) -> Iterator[tuple[tuple[int, int], Problem]]:
    """(place, fault) of cells in columns without a name. Of a column it is told once; a line that has more cells than
    the header has a mark in one of its texts."""
    for place, cell in enumerate(given):
        if (place < len(columns) and columns[place]) or not clean_text(cell):
            continue
        if mark and place >= len(columns):
            mend = Message(
                "the row has more cells than the header, which has {n}; put a text that holds {mark} between "
                "quotation marks",
                n=len(columns),
                mark=Message("a tab") if mark == "\t" else mark,
            )
            value = mark.join(given)
            yield (number, -1), Problem(f"{name}.csv", number, "", shorten(value), mend)
            return
        mend = Message("column {letter} has no name; name it, or empty its cells", letter=letters(place))
        yield (0, place), Problem(f"{name}.csv", number, "", shorten(cell), mend)


def _row(name: str, columns: Sequence[str], number: int, given: Sequence[str]) -> dict[str, str]:
    for column, cell in zip(columns, given, strict=False):
        if len(cell) > LONGEST:
            mend = Message("the cell has {n} characters; at most {most} are taken", n=len(cell), most=LONGEST)
            raise fault(f"{name}.csv", mend, number, column, cell)
    padded = [*given[: len(columns)], *[""] * (len(columns) - len(given))]
    return clean_fields(name, {c: text for c, text in zip(columns, padded, strict=True) if c})


def _broken(name: str, head: _Head, broken: Iterable[cells.CellFault]) -> Iterator[Problem]:
    """Cells of the table that hold no text, told as faults."""
    for each in broken:
        column = head.columns[each.column] if each.column < len(head.columns) else ""
        if each.row >= head.row and column:  # beside the table it is told that the column has no name
            yield Problem(f"{name}.csv", each.row, column, shorten(each.value), each.mend)


def _errors(name: str, rows: Sequence[Mapping[str, str]], numbers: Sequence[int]) -> Iterator[Problem]:
    """A fault for each cell that holds what a spreadsheet shows for an error."""
    for row, number in zip(rows, numbers, strict=True):
        for column, text in row.items():
            if cells.is_error(text):
                yield Problem(f"{name}.csv", number, column, text, cells.ERROR)


def _table_of(file: str, columns: Sequence[str]) -> str:
    """The table that the file is named after, else the one that shares the most columns; its whole key is there."""
    keyed = [each for each in NAMES if set(schema.table(each).primary_key) <= set(columns)]
    return named(stem(file)) or max(keyed, key=lambda each: len(set(columns) & set(columns_of(each))))
