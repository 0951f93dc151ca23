"""Figures of CBS and RIVM as StatLine gives them: one cell of a wide table becomes one figure with its status.

Source: the CSV extracts of 50090NED, 50150NED, 86165NED, 85984NED, 83765NED and the Wijkkaart 2017.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from hsc_geo.domain.areas import municipality_of, normalise_code
from hsc_geo.domain.problems import Problem
from hsc_geo.sources import kerncijfers
from hsc_geo.sources.extracts import Record, SourceError, read_records

PRESENT, SUPPRESSED, NOT_MEASURED = "present", "suppressed", "not_measured"
HIGHEST_MISSING = Decimal(-99990)  # CBS writes -99997 and the like for "no figure"
AGE_GROUP_OF_CODE = {"20300": "18plus", "53115": "18to64", "80200": "65plus"}
VALUE_ROWS = "MW00000"  # the margin that is the value itself, not a limit of its interval
NO_ROW = 0  # of a figure whose area has no row in the extract


class Figure(NamedTuple):
    """One figure: value as canonical decimal text ("" unless present), with the file and row where it stands.

    row NO_ROW: the source holds the area back and the extract has no row for it. lower, upper: limits of its 95%
    interval, as value; "" where the source gives none.
    """

    table_id: str
    stem: str
    area_code: str
    year: int
    age_group: str
    value: str
    status: str
    file: str
    row: int
    lower: str = ""
    upper: str = ""

    @property
    def indicator_id(self) -> str:
        """Key of the indicator: table and stem."""
        return f"{self.table_id}-{self.stem}"


@dataclass(frozen=True)
class StatTable:
    """How one extract is laid out.

    year None: the year stands in column Perioden or at the end of the column name. age_group None: in column Leeftijd.
    labels: columns that describe the row and hold no figure. columns: what each column holds, where an extract has
    names of its own; empty: the names are StatLine's. held_back: areas that the source never releases and that this
    extract has no row for; their figures are missing, not unknown.
    """

    table_id: str
    file: str
    area_column: str
    year: int | None
    age_group: str | None
    labels: frozenset[str]
    columns: Mapping[str, kerncijfers.Named] = field(default_factory=dict)
    held_back: frozenset[str] = frozenset()


HEALTH_LABELS = frozenset(
    {"Leeftijd", "Marges", "WijkenEnBuurten", "Perioden", "Gemeentenaam", "SoortRegio", "Codering"}
)
_WIJKKAART_LABELS = frozenset({"WK_CODE", "WK_NAAM", "GM_CODE", "GM_NAAM", "IND_WBI", "WATER"})
_KWB_LABELS = frozenset({"WijkenEnBuurten", "Naam"})
_RENAMED_LABELS = frozenset({"area_code"})
_HELD_BACK = frozenset({"BU05460407"})  # ten residents: suppressed in every year of the health tables

TABLES = (
    StatTable("50090NED", "statistics/50090NED.csv", "WijkenEnBuurten", None, None, HEALTH_LABELS),
    StatTable(
        "50150NED",
        "statistics/50150NED_2016_2024.csv",
        "WijkenEnBuurten",
        None,
        None,
        HEALTH_LABELS,
        held_back=_HELD_BACK,
    ),
    # This extract has no column for age; its figures equal those of 18plus in the one above.
    StatTable(
        "50150NED",
        "statistics/50150NED_good_health.csv",
        "WijkenEnBuurten",
        None,
        "18plus",
        _KWB_LABELS,
        held_back=_HELD_BACK,
    ),
    StatTable("85984NED", "statistics/85984NED_2024.csv", "WijkenEnBuurten", 2024, "all", _KWB_LABELS),
    StatTable(
        "85984NED",
        "statistics/85984NED_2024_age_bands_buurten.csv",
        "WijkenEnBuurten",
        2024,
        "all",
        _KWB_LABELS,
    ),
    StatTable(
        kerncijfers.EDITION_2025,
        kerncijfers.FILE,
        "area_code",
        2025,
        "all",
        _RENAMED_LABELS,
        columns=kerncijfers.COLUMNS,
    ),
    StatTable(
        "83765NED", "statistics/83765NED_2017_income_buurten.csv", "WijkenEnBuurten", 2017, "all", _KWB_LABELS
    ),
    StatTable(
        "WIJKKAART2017", "statistics/wijkkaart_2017_wijken.csv", "WK_CODE", 2017, "all", _WIJKKAART_LABELS
    ),
)


def parse_value(text: str) -> tuple[str, str]:
    """The value as canonical decimal text and its status.

    `.` is suppressed; an empty cell or a number at or below -99990 is not measured; both give value "". Zero is a
    value. Raises ValueError for text that is no number.
    """
    plain = text.strip()
    if plain == ".":
        return "", SUPPRESSED
    if not plain:
        return "", NOT_MEASURED
    if not re.fullmatch(r"-?\d+(\.\d+)?", plain):
        raise ValueError(f"{text!r} is not a number, `.` or empty")
    number = Decimal(plain)
    return ("", NOT_MEASURED) if number <= HIGHEST_MISSING else (canonical(number), PRESENT)


def canonical(number: Decimal) -> str:
    """The number as the shortest plain decimal text: 24.0 gives "24", 0.50 gives "0.5"."""
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def stem_and_year(column: str) -> tuple[str, int | None]:
    """A StatLine column name without its number, and the year where the name ends in one.

    Numbers differ per table and change within one table, so a column is known by its stem.
    """
    found = re.fullmatch(r"(.+?)_(\d+)", column)
    if not found:
        return column, None
    digits = found[2]
    return found[1], int(digits) if re.fullmatch(r"(19|20)\d{2}", digits) else None


def read_figures(folder: Path, table: StatTable) -> tuple[Figure, ...]:
    """Every figure of one extract, missing ones included. Raises SourceError, naming all faults."""
    return figures_of(table, read_records(folder, table.file, [table.area_column, *table.columns]))


def figures_of(table: StatTable, records: Iterable[Record]) -> tuple[Figure, ...]:
    """Every figure in rows of a table, missing ones included. Raises SourceError, naming all faults."""
    figures: list[Figure] = []
    problems: list[Problem] = []
    for record in records:
        for column in record.cells:
            try:
                figures.extend(_figures(table, record, column))
            except (ValueError, KeyError) as error:
                problems.append(record.problem(column, f"{error}"))
    if problems:
        raise SourceError(problems)
    return (*figures, *_held_back(table, figures))


def _figures(table: StatTable, record: Record, column: str) -> Iterator[Figure]:
    stem, year_in_name = stem_and_year(column)
    if stem in table.labels or record.cells.get("Marges", VALUE_ROWS) != VALUE_ROWS:
        return
    value, status = parse_value(record[column])
    area_code = normalise_code(record[table.area_column])
    if table.columns:
        named = _named(table, column)
    else:
        year = table.year or year_in_name or int(record["Perioden"][:4])
        age_group = table.age_group or AGE_GROUP_OF_CODE[record["Leeftijd"]]
        named = kerncijfers.Named(table.table_id, stem, year, age_group)
    yield Figure(
        named.table_id,
        named.stem,
        area_code,
        named.year,
        named.age_group,
        value,
        status,
        table.file,
        record.row,
    )


def _named(table: StatTable, column: str) -> kerncijfers.Named:
    if column not in table.columns:
        raise ValueError(
            f"the column {column!r} has no name of StatLine; add it to the columns of {table.file}"
        )
    return table.columns[column]


def _held_back(table: StatTable, figures: Sequence[Figure]) -> Iterator[Figure]:
    """A figure without value in every series of the extract, for areas held back in the municipalities that it has."""
    there = {figure.area_code for figure in figures}
    places = {municipality_of(code) for code in there}
    areas = [code for code in sorted(table.held_back - there) if municipality_of(code) in places]
    series = dict.fromkeys((f.table_id, f.stem, f.year, f.age_group) for f in figures)
    for table_id, stem, year, age_group in series:
        for code in areas:
            yield Figure(table_id, stem, code, year, age_group, "", NOT_MEASURED, table.file, NO_ROW)
