"""Signs that an initiative may end, each as its sources state it; none is a fact about its future.

What no source says is told beside the signs: for most initiatives nobody says who pays, who runs it or until when.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd

from hsc_geo.analysis.matrix import ENDED
from hsc_geo.analysis.serving import scope_codes
from hsc_geo.data.load import Package

SIGNS = ("ends", "past_end", "one_funder", "volunteers", "grant_only")
ENDS, PAST_END, ONE_FUNDER, VOLUNTEERS, GRANT_ONLY = SIGNS
UNKNOWNS = ("funders", "run_by", "end_year")
MONTHS = (6, 12, 24)  # within which an end counts as soon
SOON = 12


@dataclass(frozen=True)
class Sign:
    """One sign: its code (of SIGNS) and what the source names with it: the last year, or the funder; else ''."""

    code: str
    value: str = ""


@dataclass(frozen=True)
class Continuity:
    """The signs of one initiative, and which of UNKNOWNS no source says. Both are empty for one that has ended."""

    signs: tuple[Sign, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Ending:
    """An initiative with a sign, and what it serves: district codes, or `city`, `region` or `unknown`."""

    initiative_id: str
    serves: tuple[str, ...]
    found: Continuity


def continuity(row: Mapping[str, Any], today: date, months: int = SOON) -> Continuity:
    """The signs of an initiative (a row of the register) on a day.

    An end year lasts to its December. It is soon when that month is at most `months` calendar months ahead, and past
    when it is over while the register does not say that the initiative ended.
    """
    if row["status"] == ENDED:
        return Continuity()
    funders = [name for name in str(row["funders"]).split("|") if name]
    signs = [
        _end(row["end_year"], today, months),
        Sign(ONE_FUNDER, funders[0]) if len(funders) == 1 else None,
        Sign(VOLUNTEERS) if row["run_by"] == "volunteers" else None,
        Sign(GRANT_ONLY) if row["status"] == "funded_unverified" else None,
    ]
    missing = [name for name in UNKNOWNS if pd.isna(row[name]) or row[name] == ""]
    return Continuity(tuple(sign for sign in signs if sign), tuple(missing))


def _end(year: Any, today: date, months: int) -> Sign | None:
    if pd.isna(year):
        return None
    ahead = 12 * (int(year) - today.year) + 12 - today.month
    if ahead < 0:
        return Sign(PAST_END, str(int(year)))
    return Sign(ENDS, str(int(year))) if ahead <= months else None


def what_may_end(package: Package, today: date, months: int = SOON) -> tuple[Ending, ...]:
    """Initiatives with a sign, by what they serve: districts by code, then the city, the region, area not known."""
    found = [
        Ending(str(key), scope, continuity(row, today, months))
        for (key, row), scope in zip(_rows(package), scope_codes(package), strict=True)
    ]
    order = {"city": 1, "region": 2, "unknown": 3}
    with_sign = (each for each in found if each.found.signs)
    return tuple(
        sorted(with_sign, key=lambda each: (order.get(each.serves[0], 0), each.serves, each.initiative_id))
    )


def not_said(package: Package) -> tuple[dict[str, int], int]:
    """(for each of UNKNOWNS of how many initiatives no source says it, how many are not known to have ended)."""
    running = [row for _, row in _rows(package) if row["status"] != ENDED]
    found = [continuity(row, date.min).unknown for row in running]
    return {name: sum(name in each for each in found) for name in UNKNOWNS}, len(running)


def _rows(package: Package) -> Sequence[tuple[Any, Any]]:
    columns = ["status", "end_year", "funders", "run_by"]
    return list(package.initiatives[columns].to_dict("index").items())
