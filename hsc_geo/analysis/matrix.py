"""Which initiatives are known to serve which area for which ambition, by status and by how fresh the evidence is.

An initiative was last seen on the day of its latest confirmation or, before any, when its evidence is of. That is known
to the month for some (`status_as_of`, as in `2024-04`) and to the year for most (`last_evidence_year`). A year counts
from its January: "confirmed within 12 months" then holds whatever the month was, and is never said too soon. Months are
counted by calendar, days are left aside: January 2025 is 12 months before January 2026. They count back from the day
of the visit, and a confirmation counts from its own day on: on an earlier day it was not there yet.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.serving import (
    CITY,
    DISTRICT,
    NEIGHBOURHOOD,
    REGION,
    WIDE_SCOPES,
    own_pairs,
    scope_codes,
    served_pairs,
)
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

ACTIVE, PLANNED, ENDED, UNKNOWN_STATUS = "active", "planned", "ended", "unknown"
GROUPS = (ACTIVE, PLANNED, UNKNOWN_STATUS, ENDED)
_GROUP_OF = {
    "active_at_evidence_date": ACTIVE,
    "planned": PLANNED,
    "funded_unverified": PLANNED,
    "ended": ENDED,
}  # all else, also what was realised and whose present state nobody tells, is unknown

SPANS = (12, 24, 36)  # months
OLDER, UNDATED = "older", "undated"
CONFIRMED = "confirmed"  # how precisely it is known: to the day, by a confirmation
BANDS = (*map(str, SPANS), OLDER, UNDATED)

KNOWN, EVERY = "known", "all"
COUNTED = (KNOWN, ACTIVE, EVERY)
ALL = ""  # in place of an ambition: whatever the ambition, each initiative once


@dataclass(frozen=True)
class Basis:
    """Which initiatives count.

    count: `known` (all that are not known to have ended), `active` (active when last evidenced) or `all` (ended ones
    too). within: confirmed within so many months, None for all as known. as_of: the day from which those months count
    back; ValueError when it is missing beside `within`.
    """

    count: str = KNOWN
    within: int | None = None
    as_of: dt.date | None = None

    def __post_init__(self) -> None:
        if self.within is not None and self.as_of is None:
            raise ValueError("give the day (as_of) from which the months count back")


@dataclass(frozen=True)
class Matrix:
    """Who serves each row for each ambition.

    rows: codes of districts or neighbourhoods, then at the level of neighbourhoods the districts (for what is known
    to the district and to no neighbourhood in it), then `city`, `region` and `unknown`. ambitions: codes in use, `none`
    where the register gives none. members: (row, ambition or ALL) -> initiatives in the register's order; a pair
    without any is not in it. Own areas are among the members, and overlap rows.
    """

    rows: tuple[str, ...]
    ambitions: tuple[str, ...]
    members: Mapping[tuple[str, str], tuple[str, ...]]

    def at(self, row: str, ambition: str = ALL) -> tuple[str, ...]:
        """The initiatives of a cell; none known gives ()."""
        return self.members.get((row, ambition), ())

    def wide(self, ambition: str = ALL) -> tuple[str, ...]:
        """What is there for the whole city or the region: beside each row, and in none."""
        return (*self.at(CITY, ambition), *self.at(REGION, ambition))


def status_groups(package: Package) -> pd.Series:
    """Initiative -> one of GROUPS."""
    return package.initiatives["status"].astype(str).map(_GROUP_OF).fillna(UNKNOWN_STATUS)


@per_package(maxsize=16)
def evidence(package: Package, as_of: dt.date) -> pd.DataFrame:
    """When each initiative was last seen, as of a day: `first` and `last` month that it can have been, as year x 12 +
    month from 0 (<NA> undated), and `precision`: confirmed, month, year or ''. Shared, so not to be changed.

    The day of confirmation where there is one by then and it is not before the evidence. Else the year is
    `last_evidence_year`, or that of `status_as_of`; the month is that of `status_as_of` where the years agree.
    """
    found = _evidence(package)
    day = package.initiatives["last_confirmed"].astype(str)
    month = (pd.to_numeric(day.str[:4]) * 12 + pd.to_numeric(day.str[5:7]) - 1).astype("Int64")
    newer = (month >= found["first"].fillna(0)).fillna(False) & (day <= as_of.isoformat())
    newer = newer.astype(bool)
    return found.assign(
        first=found["first"].where(~newer, month),
        last=found["last"].where(~newer, month),
        precision=found["precision"].where(~newer, CONFIRMED),
    )


@per_package(maxsize=1)
def _evidence(package: Package) -> pd.DataFrame:
    """The same without confirmations."""
    register = package.initiatives
    stated = register["status_as_of"].astype(str).str.extract(r"(?P<year>\d{4})(?:-(?P<month>\d{2}))?")
    stated = stated.apply(pd.to_numeric).astype("Int64")
    year = register["last_evidence_year"].astype("Int64").fillna(stated["year"])
    fits = (stated["year"] == year) & stated["month"].between(1, 12)
    month = stated["month"].where(fits.fillna(False).astype(bool))
    precision = np.select([month.notna(), year.notna()], ["month", "year"], "")
    first, last = (year * 12 + month.fillna(default) - 1 for default in (1, 12))
    return pd.DataFrame({"first": first, "last": last, "precision": precision}, index=register.index)


def freshness_bands(package: Package, as_of: dt.date, at_best: bool = False) -> pd.Series:
    """Initiative -> `12`, `24`, `36` (seen within so many months of the day, the least that holds), `older` or
    `undated`. Evidence of after the day counts as within 12 months.

    `at_best` lets a year count from its December: what could be.
    """
    months = evidence(package, as_of)["last" if at_best else "first"]
    age = (as_of.year * 12 + as_of.month - 1) - months
    known = [(age <= span).fillna(False).to_numpy(dtype=bool) for span in SPANS]
    found = np.select([*known, months.notna().to_numpy()], BANDS[:-1], UNDATED)
    return pd.Series(found, index=months.index)


def counted(package: Package, basis: Basis) -> tuple[str, ...]:
    """The initiatives that count, in the register's order."""
    return tuple(map(str, package.initiatives.index[counted_mask(package, basis)]))


def counted_mask(package: Package, basis: Basis) -> np.ndarray:
    """Whether each initiative counts, in the register's order."""
    return _status_mask(package, basis) & _confirmed(package, basis)


def doubtful(package: Package, basis: Basis) -> tuple[str, ...]:
    """Those that would count as confirmed if their evidence, known by year only, were of the end of that year."""
    best, sure = _confirmed(package, basis, at_best=True), _confirmed(package, basis)
    return tuple(map(str, package.initiatives.index[_status_mask(package, basis) & best & ~sure]))


def build_matrix(package: Package, ids: Iterable[str], level: str) -> Matrix:
    """The matrix of the initiatives in `ids`, areas of `level` (district or neighbourhood) by code.

    Of the town of docs/methods.md:

    >>> build_matrix(town, town.initiatives.index, "district").at("WK000101", "A1")
    ('WALK',)
    """
    asked = set(ids)
    keep = [str(key) for key in package.initiatives.index if key in asked]
    codes = _area_rows(package, level)
    pairs = _row_pairs(package, level)
    pairs = pairs[pairs["initiative_id"].isin(keep)]
    cells = pairs.merge(_ambition_pairs(package), on="initiative_id")
    only = _district_rows(package) if level == NEIGHBOURHOOD else ()
    return Matrix((*codes, *only, *WIDE_SCOPES), _in_use(package), _members(cells, keep))


def tally(ids: Iterable[str], labels: Mapping[str, str], order: Iterable[str]) -> dict[str, int]:
    """How many of `ids` have each label, in the given order; labels that none has are left out."""
    found = Counter(labels[key] for key in ids)
    return {label: found[label] for label in order if found[label]}


def with_ambition(package: Package, ids: Iterable[str], ambition: str) -> tuple[str, ...]:
    """Those of `ids` with the ambition; all of them for ALL."""
    pairs = _ambition_pairs(package)
    found = set(pairs.loc[pairs["ambition"] == ambition, "initiative_id"])
    return tuple(key for key in ids if key in found)


def _status_mask(package: Package, basis: Basis) -> np.ndarray:
    groups = status_groups(package)
    wanted = {KNOWN: groups != ENDED, ACTIVE: groups == ACTIVE, EVERY: groups.notna()}
    return wanted[basis.count].to_numpy(dtype=bool)


def _confirmed(package: Package, basis: Basis, at_best: bool = False) -> np.ndarray:
    if basis.within is None or basis.as_of is None:
        return np.ones(len(package.initiatives), dtype=bool)
    bands = freshness_bands(package, basis.as_of, at_best)
    return bands.isin([str(span) for span in SPANS if span <= basis.within]).to_numpy(dtype=bool)


def _area_rows(package: Package, level: str) -> tuple[str, ...]:
    areas = package.areas
    return tuple(sorted(map(str, areas.index[areas["level"] == level])))


def _district_rows(package: Package) -> tuple[str, ...]:
    return _area_rows(package, DISTRICT)


@per_package(maxsize=8)
def _row_pairs(package: Package, level: str) -> pd.DataFrame:
    """(initiative_id, row) without duplicates; each initiative in one row at least."""
    pairs = served_pairs(package)
    rows = pairs[pairs["level"] == level]
    if level == NEIGHBOURHOOD:
        districts = pairs[pairs["level"] == DISTRICT]
        finer = pd.MultiIndex.from_frame(rows[["initiative_id", "district"]])
        known = pd.MultiIndex.from_frame(districts[["initiative_id", "area_code"]])
        rows = pd.concat([rows, districts[~known.isin(finer)]])
    placed = rows[["initiative_id", "area_code"]].rename(columns={"area_code": "row"})
    own = own_pairs(package).rename(columns={"area_code": "row"})
    return pd.concat([placed, own, _wide_pairs(package)], ignore_index=True)


def _wide_pairs(package: Package) -> pd.DataFrame:
    scopes = zip(package.initiatives.index, scope_codes(package), strict=True)
    found = [(str(key), codes[0]) for key, codes in scopes if codes[0] in WIDE_SCOPES]
    return pd.DataFrame(found, columns=["initiative_id", "row"], dtype=object)


@per_package(maxsize=1)
def _ambition_pairs(package: Package) -> pd.DataFrame:
    """(initiative_id, ambition), with ALL for each initiative once."""
    stated = package.initiatives["ambition_codes"].astype(str).str.split("|").explode().str.strip()
    stated = stated.replace("", NONE).rename("ambition")
    pairs = stated.rename_axis("initiative_id").reset_index().drop_duplicates()
    once = pd.DataFrame({"initiative_id": package.initiatives.index.astype(str), "ambition": ALL})
    return pd.concat([pairs, once], ignore_index=True)


def _in_use(package: Package) -> tuple[str, ...]:
    """The ambitions of the register; of one that is empty those of the vocabulary."""
    terms = package.vocabularies
    every = set(terms.loc[terms["vocabulary"] == "ambition", "code"].astype(str))
    found = set(_ambition_pairs(package)["ambition"]) - {ALL} or every
    return (*sorted(found - {NONE}), *sorted(found & {NONE}))


def _members(cells: pd.DataFrame, keep: list[str]) -> dict[tuple[str, str], tuple[str, ...]]:
    order = {key: i for i, key in enumerate(keep)}
    ordered = cells.assign(at=cells["initiative_id"].map(order)).sort_values("at", kind="stable")
    grouped = ordered.groupby(["row", "ambition"], sort=False)["initiative_id"]
    return {(str(row), str(ambition)): tuple(part) for (row, ambition), part in grouped}


def newest_first(package: Package, today: dt.date, ids: Iterable[str]) -> list[str]:
    """Initiatives by when they were last seen or confirmed, those that are not dated last; ties in the order given."""
    months = evidence(package, today)["last"].fillna(0).astype(int).to_dict()
    return sorted(ids, key=lambda key: -months[key])
