"""Initiatives by two facets at once: a row for each option of the one, a column for each of the other.

An initiative with several codes of a facet counts in each of their cells, and once in every margin: the number beside a
row, under a column and of the whole are those of distinct initiatives, so they can be smaller than the sum of their
cells. What is not known is an option of its own, and what is for the whole city or the region has options of its own
among the districts. Who counts is said by the one rule (`hsc_geo.analysis.counting`) and the choices of the facets.

The numbers are of entries of a public register, which each cell opens; no count of people is among them
(`hsc_geo.analysis.suppression`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import pandas as pd

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import DISTRICT, FACETS, NONE, FacetIndex, option_matrix, select
from hsc_geo.analysis.matrix import ALL, EVERY, KNOWN, Basis, counted_mask
from hsc_geo.analysis.quality import inferred_fields
from hsc_geo.analysis.serving import WIDE_SCOPES
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.schema_register import NAMED, STATED

START_YEAR, LAST_SEEN = "start_year", "year"
YEARS = (START_YEAR, LAST_SEEN)
AXES = (*FACETS, START_YEAR)
VOCABULARIES = {  # of the codes of a facet; the others are areas and years
    "ambition": "ambition",
    "theme": "theme",
    "life_stage": "life_stage",
    "sector": "sector",
    "activity": "activity_group",
    "status": "status",
    "evidence": "evidence_level",
    "ladder": "ladder",
}
ROW, COLUMN, WHOLE = SHARES = ("row", "column", "all")  # of what a share is
_FIELDS = {  # of the register, as `inferred_fields` names those that we inferred
    "life_stage": {"life_stage", "life_stages"},
    "sector": {"sector"},
    "status": {"status"},
    "ladder": {"ladder"},
    "district": {"district_official"},
    START_YEAR: {"start_year"},
}


@dataclass(frozen=True)
class Asked:
    """What is counted: the facets of rows and columns (two of AXES, which may be the same), the choices per facet, the
    words that must be found, and which initiatives count at all."""

    rows: str
    columns: str
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    text: str = ""
    basis: Basis = field(default_factory=Basis)


@dataclass(frozen=True, eq=False)
class Axis:
    """The options of a facet, and who has them. member: bool, shape (initiatives, codes)."""

    facet: str
    codes: tuple[str, ...]
    member: np.ndarray

    @cached_property
    def bits(self) -> np.ndarray:
        """The same with a bit per initiative, a line of 64-bit words per code."""
        return as_bits(self.member.T)

    def at(self, code: str) -> np.ndarray:
        """Who has the option, bool; everyone for ALL, no one for a code that is no option."""
        if code == ALL:
            return np.ones(len(self.member), dtype=bool)
        if code not in self.codes:
            return np.zeros(len(self.member), dtype=bool)
        found: np.ndarray = self.member[:, self.codes.index(code)]
        return found


@dataclass(frozen=True, eq=False)
class Crosstab:
    """everyone: all initiatives, in the register's order, as are the members of both axes; mask: which of them count
    and fit. cells: how many of these have the option of the row and that of the column, shape (rows, columns).
    of_rows, of_columns: distinct initiatives of each option. total: of all of them."""

    everyone: tuple[str, ...]
    mask: np.ndarray
    rows: Axis
    columns: Axis
    cells: np.ndarray
    of_rows: np.ndarray
    of_columns: np.ndarray
    total: int

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """The initiatives that count and fit, each once."""
        return self.at()

    def at(self, row: str = ALL, column: str = ALL) -> tuple[str, ...]:
        """The initiatives of a cell, of a margin (ALL for the other option), or all of them."""
        there = self.mask & self.rows.at(row) & self.columns.at(column)
        return tuple(self.everyone[i] for i in np.flatnonzero(there))

    def number(self, row: str = ALL, column: str = ALL) -> int:
        """How many these are; 0 for a code that is no option."""
        if row == ALL == column:
            return self.total
        if row == ALL:
            return dict(zip(self.columns.codes, map(int, self.of_columns), strict=True)).get(column, 0)
        if row not in self.rows.codes:
            return 0
        i = self.rows.codes.index(row)
        if column == ALL:
            return int(self.of_rows[i])
        return int(self.cells[i, self.columns.codes.index(column)]) if column in self.columns.codes else 0

    def share(self, row: str, column: str, of: str) -> float | None:
        """The number of a cell or margin as a share (0-1) of the distinct initiatives of its row, of its column or of
        the whole (one of SHARES); None where these are none. Shares of a row can add up to more than 1, as an
        initiative can have several codes."""
        base = {ROW: (row, ALL), COLUMN: (ALL, column), WHOLE: (ALL, ALL)}[of]
        whole = self.number(*base)
        return self.number(row, column) / whole if whole else None

    @cached_property
    def several(self) -> int:
        """How many of the initiatives have more than one option of the rows or of the columns: what makes a margin
        smaller than the sum of its cells."""
        more = [axis.member[self.mask].sum(axis=1) > 1 for axis in (self.rows, self.columns)]
        return int((more[0] | more[1]).sum())


def crosstab(package: Package, asked: Asked) -> Crosstab:
    """The initiatives that count and fit by two facets.

    Of the town of docs/methods.md, life stage by ambition: the help with debts is for adults and of A4.

    >>> crosstab(town, Asked("life_stage", "ambition")).at("adults", "A4")
    ('DEBTS',)
    """
    mask = fitting(package, asked)
    rows, columns = (axis_of(package, facet, asked.basis) for facet in (asked.rows, asked.columns))
    everyone = facet_index(package, asked.basis.as_of).ids
    return Crosstab(everyone, mask, rows, columns, *counts(rows, columns, mask), int(mask.sum()))


def counts(rows: Axis, columns: Axis, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(cells, of each row, of each column) of the initiatives in `mask` (bool), as whole numbers.

    A cell is the inner product of two columns of 0 and 1: with a bit for each initiative, how many bits the two have in
    common. An initiative has an option once at most, so a margin counts distinct ones.
    """
    kept = rows.bits & as_bits(mask[np.newaxis])
    cells = [_ones(line & columns.bits) for line in kept]
    shape = (len(rows.codes), len(columns.codes))
    return (
        np.array(cells, dtype=np.int64).reshape(shape),
        _ones(kept),
        _ones(columns.bits & as_bits(mask[np.newaxis])),
    )


def as_bits(lines: np.ndarray) -> np.ndarray:
    """Lines of bool as lines of 64-bit words, filled up with zeros."""
    packed = np.packbits(np.ascontiguousarray(lines), axis=1)
    full = np.zeros((len(packed), packed.shape[1] + -packed.shape[1] % 8), dtype=np.uint8)
    full[:, : packed.shape[1]] = packed
    return full.view(np.uint64)


def _ones(lines: np.ndarray) -> np.ndarray:
    found: np.ndarray = np.bitwise_count(lines).sum(axis=1, dtype=np.int64)
    return found


def fitting(package: Package, asked: Asked) -> np.ndarray:
    """Which initiatives count by the basis and fit the choices and the words; bool, in the register's order.

    As on the map, what has ended counts where its status is chosen, whatever the basis.
    """
    basis, index = asked.basis, facet_index(package, asked.basis.as_of)
    chosen = select(index, asked.facets, asked.text, ended=basis.count != KNOWN)
    wider = replace(basis, count=EVERY) if basis.count == KNOWN else basis  # `select` left out what has ended
    everyone = wider.count == EVERY and wider.within is None
    return chosen if everyone else chosen & counted_mask(package, wider)


def axis_of(package: Package, facet: str, basis: Basis | None = None) -> Axis:
    """A facet as an axis: the options of its vocabulary in their order, every district, every year from the first to
    the last; then codes in use that have no such place, and what is not known last.

    Raises ValueError for what is no facet.
    """
    if facet not in AXES:
        raise ValueError(f"facet {facet!r} is none of {', '.join(AXES)}")
    return _axis(package, facet, basis.as_of if basis and facet == LAST_SEEN else None)


def inferred(package: Package, facet: str, ids: Sequence[str]) -> tuple[str, ...]:
    """Those of these initiatives whose code of the facet we inferred, as no source states it."""
    found = _inferred(package, facet)
    return tuple(key for key in ids if key in found)


@per_package(maxsize=len(AXES))
def _inferred(package: Package, facet: str) -> frozenset[str]:
    register = package.initiatives
    if facet == "ambition":
        there = (register["ambition_codes"] != "") & ~register["ambition_basis"].isin((STATED, NAMED))
        return frozenset(map(str, register.index[there]))
    fields = _FIELDS.get(facet, set())
    marks = register["inferred_fields"].astype(str)
    return frozenset(str(key) for key, cell in marks.items() if fields & set(inferred_fields(cell)))


@per_package(maxsize=len(AXES) + 4)
def _axis(package: Package, facet: str, as_of: dt.date | None) -> Axis:
    options, member = _options(package, facet, facet_index(package, as_of))
    codes = _ordered(package, facet, options)
    place = {code: i for i, code in enumerate(options)}
    full = np.zeros((len(member), len(codes)), dtype=bool)
    for column, code in enumerate(codes):
        if code in place:
            full[:, column] = member[:, place[code]]
    return Axis(facet, codes, full)


def _options(package: Package, facet: str, index: FacetIndex) -> tuple[Sequence[str], np.ndarray]:
    if facet != START_YEAR:
        return index.options[facet], index.member[facet]
    return option_matrix(package.initiatives[START_YEAR])


def _ordered(package: Package, facet: str, used: Sequence[str]) -> tuple[str, ...]:
    wanted = _wanted(package, facet, used)
    rest = [code for code in used if code not in wanted and code != NONE]
    return (*wanted, *rest, *((NONE,) if NONE in used else ()))


def _wanted(package: Package, facet: str, used: Sequence[str]) -> list[str]:
    if facet == DISTRICT:
        areas = package.areas
        return [*sorted(map(str, areas.index[areas["level"] == DISTRICT])), *WIDE_SCOPES]
    if facet in YEARS:
        years = [int(code) for code in used if code != NONE]
        return [str(year) for year in range(min(years), max(years) + 1)] if years else []
    table = package.vocabularies
    table = table[table["vocabulary"] == VOCABULARIES[facet]]
    order = pd.to_numeric(table["sort_order"], errors="coerce")
    return [str(code) for code in table["code"].iloc[np.argsort(order.to_numpy(), kind="stable")]]
