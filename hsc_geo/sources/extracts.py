"""Reading CSV files of the extracts: text as it stands, with the number of its row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.problems import Problem, ProblemsError
from hsc_geo.domain.text import cell_mark

FILES = (
    "boundaries/leiden_buurten.geojson",
    "boundaries/leiden_wijken.geojson",
    "boundaries/surrounding_municipalities.geojson",
    "statistics/50090NED.csv",
    "statistics/50150NED_2016_2024.csv",
    "statistics/50150NED_good_health.csv",
    "statistics/83765NED_2017_income_buurten.csv",
    "statistics/85984NED_2024.csv",
    "statistics/85984NED_2024_age_bands_buurten.csv",
    "statistics/86165NED_2025.csv",
    "statistics/wijkkaart_2017_wijken.csv",
    "register/initiatives.csv",
    "register/partners.csv",
    "register/venues.csv",
)
COORDINATES = "register/venue_coordinates.csv"  # may be absent: then no initiative has coordinates


class SourceError(ProblemsError):
    """Source files that are missing or cannot be understood."""


@dataclass(frozen=True)
class Record:
    """One row of a source file: the file's name, the row (the header is row 1) and the cells, stripped of padding."""

    file: str
    row: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell in this column; "" when empty. KeyError when the file has no such column."""
        return self.cells[column]

    def many(self, column: str) -> tuple[str, ...]:
        """The values in a cell that holds several, joined with `|`; empty ones are left out."""
        return split_many(self.cells[column])

    def problem(self, column: str, mend: str) -> Problem:
        """A fault in this column of this row."""
        return Problem(self.file, self.row, column, self.cells.get(column, ""), mend)


def split_many(text: str) -> tuple[str, ...]:
    """The values joined with `|` in a text, without empty ones."""
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def require_files(folder: Path) -> None:
    """Raise SourceError, naming every file that is missing, unless the folder of extracts is complete."""
    if not folder.is_dir():
        mend = "there is no such folder; give the folder of the extracts with --extracts"
        raise SourceError([Problem(str(folder), 0, "", "", mend)])
    missing = [name for name in FILES if not (folder / name).is_file()]
    raise_if(Problem(name, 0, "", "", f"missing in {folder}; get the extracts complete") for name in missing)


def raise_if(problems: Iterable[Problem]) -> None:
    """Raise SourceError with the problems, if there are any."""
    found = tuple(problems)
    if found:
        raise SourceError(found)


def read_records(folder: Path, name: str, columns: Iterable[str]) -> tuple[Record, ...]:
    """The rows of a CSV file (UTF-8, with a header), all cells as text without padding. Between cells stands a comma,
    or the semicolon or tab of a spreadsheet in Dutch.

    Raises SourceError when the file is missing, is not UTF-8, lacks one of `columns` or has a row of another length.
    """
    try:
        text = (folder / name).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SourceError([Problem(name, 0, "", "", f"missing in {folder}")]) from None
    except UnicodeDecodeError as error:
        raise SourceError([Problem(name, 0, "", str(error), "save the file as CSV UTF-8")]) from None
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=cell_mark(text.partition("\n")[0]))
    header = [column.strip() for column in next(lines, [])]
    raise_if(
        Problem(name, 1, c, "", "column is missing; the build needs it") for c in columns if c not in header
    )
    return tuple(_records(name, header, lines))


def _records(name: str, header: list[str], lines: Iterable[list[str]]) -> Iterator[Record]:
    for row, cells in enumerate(lines, start=2):
        if len(cells) != len(header):
            mend = f"row has {len(cells)} cells where the header has {len(header)}"
            raise SourceError([Problem(name, row, "", ",".join(cells), mend)])
        yield Record(name, row, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
