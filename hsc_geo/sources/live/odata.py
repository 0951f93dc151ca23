"""One table of StatLine as OData gives it: its own description, its columns and the rows of one municipality.

Source: the services `https://<host>/ODataApi/odata/<table>` and, for what is too large for that,
`https://<host>/ODataFeed/odata/<table>`, which answers in pages.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any
from urllib.parse import quote

from hsc_geo.domain.areas import normalise_code
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import SourceError, raise_if
from hsc_geo.sources.live.answers import Answer
from hsc_geo.sources.live.columns import Matched, live_columns, match
from hsc_geo.sources.live.fetch import Fetcher, Unanswered
from hsc_geo.sources.live.tables import MARGINS, TABLES, LiveTable
from hsc_geo.sources.statline import (
    AGE_GROUP_OF_CODE,
    HIGHEST_MISSING,
    NOT_MEASURED,
    PRESENT,
    Figure,
    canonical,
    parse_value,
)

TOO_MANY = frozenset({500})  # what ODataApi answers for more than 10,000 rows
MOST_PAGES = 1000
IN_ANSWER = -1  # of a figure that stands in no row of a file
AREA, AGE, MARGIN, PERIOD = "WijkenEnBuurten", "Leeftijd", "Marges", "Perioden"

Key = tuple[str, int, str]  # area, year, age group


@dataclass(frozen=True)
class LiveRead:
    """A table as it was fetched. title, modified, period: as TableInfos says them. answers: all that it came from.
    newer: identifier and title of tables of the same family that are newer."""

    table: LiveTable
    title: str
    modified: str
    period: str
    figures: tuple[Figure, ...]
    columns: Matched
    answers: tuple[Answer, ...]
    newer: tuple[tuple[str, str], ...] = ()

    @property
    def classification_year(self) -> int | None:
        """The year of the area classification that the title names."""
        found = re.search(r"indeling (\d{4})", self.title)
        return int(found[1]) if found else None


@dataclass(frozen=True)
class _Service:
    """A table at its host, and every answer that it gave."""

    fetcher: Fetcher
    table: LiveTable
    answers: list[Answer]

    def rows(self, name: str, query: str = "") -> Iterator[Mapping[str, Any]]:
        """The rows of one of its sets, at once or, where it is too large for that, by pages."""
        query = f"?$format=json{query}"
        try:
            yield from self._page(self._address("ODataApi", name, query), TOO_MANY)[0]
            return
        except Unanswered as error:
            if error.status not in TOO_MANY:
                raise
        self.fetcher.tell(f"{self.table.table_id} {name}: asked by pages")
        address = self._address("ODataFeed", name, query)
        seen: set[str] = set()
        while address:
            if address in seen or len(seen) == MOST_PAGES:
                mend = "the pages do not end; try again later"
                raise SourceError([Problem(address, 0, "odata.nextLink", "", mend)])
            seen.add(address)
            rows, link = self._page(address)
            yield from rows
            address = self.fetcher.hosts.follow(self.table.host, link) if link else ""

    def _page(self, address: str, once: frozenset[int] = frozenset()) -> tuple[list[Mapping[str, Any]], str]:
        content, answer = self.fetcher.json(address, once)
        rows = content.get("value") if isinstance(content, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            raise SourceError([Problem(address, 0, "value", "", "the answer is no list of rows of OData")])
        self.answers.append(answer)
        return rows, str(content.get("odata.nextLink") or "")

    def _address(self, service: str, name: str, query: str) -> str:
        path = f"/{service}/odata/{self.table.table_id}/{name}{quote(query, safe='?$=&(),')}"
        return self.fetcher.hosts.address(self.table.host, path)


def read_table(fetcher: Fetcher, table: LiveTable, municipality: str, stems: Collection[str]) -> LiveRead:
    """Every figure that the table has of the nation and of one municipality, with its 95% limits where it has them.

    municipality: its code (`GM....`). stems: of the figures that we know. Raises Unanswered where the service gives no
    answer, SourceError, naming all faults, where what it says cannot be understood.
    """
    service = _Service(fetcher, table, [])
    info = next(service.rows("TableInfos"), {})
    title, modified, period = (str(info.get(key) or "").strip() for key in ("Title", "Modified", "Period"))
    raise_if(_other_table(table, title, period))
    properties = list(service.rows("DataProperties"))
    columns = match(live_columns(properties), stems)
    dimensions = {str(each.get("Key")) for each in properties if "Dimension" in str(each.get("Type"))}
    if table.like:
        table = replace(table, year=max(_years(period) or _years(title)))
    rows: list[Mapping[str, Any]] = []
    for period_code in _periods(service, dimensions):
        found = list(service.rows("TypedDataSet", _filter(municipality, period_code)))
        rows.extend(found)
        fetcher.tell(f"{table.table_id} {period_code[:4] or table.year}: {len(found)} rows")
    figures = _figures(table, columns, rows)
    raise_if(_without_place(table, municipality, rows))
    return LiveRead(
        table,
        title,
        modified,
        period,
        figures,
        columns,
        tuple(service.answers),
        _newer(fetcher, table, title),
    )


def _other_table(table: LiveTable, title: str, period: str) -> Iterator[Problem]:
    years = _years(period) or _years(title)
    if table.like and (not title.startswith(table.family) or not years):
        mend = f"is no edition of {table.family!r} with a year"
        yield Problem(table.table_id, 0, "TableInfos", title, mend)
    if table.year and years and table.year not in years:
        mend = f"the table is known as that of {table.year}, and says another year"
        yield Problem(table.table_id, 0, "TableInfos", period or title, mend)


def _years(text: str) -> tuple[int, ...]:
    return tuple(int(year) for year in re.findall(r"(?<!\d)((?:19|20)\d{2})(?!\d)", text))


def _periods(service: _Service, dimensions: Collection[str]) -> list[str]:
    """The waves of the table, each asked for by itself so that none is too large; one of no name where it has none."""
    if PERIOD not in dimensions:
        return [""]
    codes = sorted(str(each.get("Key") or "").strip() for each in service.rows(PERIOD))
    raise_if(
        Problem(service.table.table_id, 0, PERIOD, code, "is no year; expected four digits and JJ00")
        for code in codes
        if not re.fullmatch(r"\d{4}JJ00", code)
    )
    return codes


def _filter(municipality: str, period: str) -> str:
    number = municipality.removeprefix("GM")
    begins = ("NL", *(f"{kind}{number}" for kind in ("GM", "WK", "BU")))
    areas = " or ".join(f"startswith({AREA},'{each}')" for each in begins)
    return f"&$filter=({areas})" + (f" and {PERIOD} eq '{period}'" if period else "")


def _without_place(
    table: LiveTable, municipality: str, rows: Iterable[Mapping[str, Any]]
) -> Iterator[Problem]:
    if not any(str(row.get(AREA) or "").strip() == municipality for row in rows):
        yield Problem(table.table_id, 0, AREA, municipality, "the table has no row for this municipality")


# From rows to figures


def _figures(table: LiveTable, columns: Matched, rows: Iterable[Mapping[str, Any]]) -> tuple[Figure, ...]:
    found: dict[Key, dict[str, Mapping[str, Any]]] = {}
    problems: set[Problem] = set()
    for row in rows:
        try:
            key, margin = _key(table, row)
        except ValueError as error:
            problems.add(Problem(table.table_id, 0, "", "", str(error)))
            continue
        if found.setdefault(key, {}).setdefault(margin, row) is not row:
            mend = "this row came twice; try again, with --fresh"
            problems.add(Problem(table.table_id, 0, "", " ".join(map(str, key)), mend))
    figures = []
    for key, margins in found.items():
        for column, stem in columns.known.items():
            try:
                figures.append(_figure(table, key, column, stem, margins))
            except ValueError as error:
                problems.add(Problem(table.table_id, 0, column, " ".join(map(str, key)), str(error)))
    raise_if(problems)
    return tuple(figures)


def _key(table: LiveTable, row: Mapping[str, Any]) -> tuple[Key, str]:
    code = normalise_code(str(row.get(AREA) or ""))
    margin = MARGINS.get(str(row.get(MARGIN, "MW00000")).strip())
    if margin is None:
        raise ValueError(f"the code of margin {row[MARGIN]!r} is unknown; known are {', '.join(MARGINS)}")
    year = table.year or int(str(row.get(PERIOD) or "0")[:4])
    if AGE not in row:
        return (code, year, ""), margin
    age = AGE_GROUP_OF_CODE.get(str(row[AGE]).strip())
    if age is None:
        raise ValueError(f"the code of age {row[AGE]!r} is unknown; known are {', '.join(AGE_GROUP_OF_CODE)}")
    return (code, year, age), margin


def _figure(
    table: LiveTable, key: Key, column: str, stem: str, margins: Mapping[str, Mapping[str, Any]]
) -> Figure:
    cells = {margin: _cell(row, column) for margin, row in margins.items()}
    area, year, age = key
    value, status = cells.get("value", ("", NOT_MEASURED))
    limits = [
        cells.get(margin, ("", NOT_MEASURED))[0] if status == PRESENT else "" for margin in ("lower", "upper")
    ]
    lower, upper = limits if all(limits) else ("", "")
    return Figure(
        table.table_id,
        stem,
        area,
        year,
        age or table.ages.get(stem, "all"),
        value,
        status,
        table.table_id,
        IN_ANSWER,
        lower,
        upper,
    )


def _cell(row: Mapping[str, Any], column: str) -> tuple[str, str]:
    """Value and status: null and numbers from -99990 down are not measured, `.` is suppressed."""
    if column not in row:
        raise ValueError("the table names this column and its rows do not have it")
    cell = row[column]
    if cell is None:
        return "", NOT_MEASURED
    if isinstance(cell, Decimal):
        return ("", NOT_MEASURED) if cell <= HIGHEST_MISSING else (canonical(cell), PRESENT)
    if isinstance(cell, str):
        return parse_value(cell)
    raise ValueError(f"{cell!r} is not a number, `.` or null")


# Newer tables


def _newer(fetcher: Fetcher, table: LiveTable, title: str) -> tuple[tuple[str, str], ...]:
    """Tables of the same family that name a later year. Told only: what is not known is not fetched.

    Where the catalogue does not answer, that is told too, and nothing else fails for it.
    """
    query = quote(f"?$format=json&$filter=startswith(Title,'{table.family}')", safe="?$=&(),")
    try:
        content, _ = fetcher.json(fetcher.hosts.address(table.host, f"/ODataCatalog/Tables{query}"))
        rows = list(content["value"])
        told = [(str(row["Identifier"]).strip(), " ".join(str(row["Title"]).split())) for row in rows]
    except (SourceError, KeyError, TypeError) as error:
        fetcher.tell(f"{table.table_id}: whether there is a newer table is not known ({error})")
        return ()
    known = {each.table_id for each in TABLES}
    newest = max(_years(title), default=table.year or 0)
    return tuple(
        sorted(
            (key, name) for key, name in told if key not in known and max(_years(name), default=0) > newest
        )
    )
