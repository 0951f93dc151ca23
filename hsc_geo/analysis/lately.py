"""What changed lately, by the dates of the register itself: what began, what ended, what was confirmed.

The register tells when an initiative began and ended, mostly by year, and when somebody confirmed it. It does not tell
when an initiative came into it. As with evidence, a year counts from its January, so that nothing is called of late too
soon, and months count back from a day by calendar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hsc_geo.analysis.matrix import ENDED, SPANS, status_groups
from hsc_geo.data.load import Package

MONTHS = SPANS[1]


@dataclass(frozen=True)
class Lately:
    """Initiatives that began, ended or were confirmed in the `months` months up to a day, in each the latest first.
    One that ended is not among what began. ever: how many of all were confirmed by then, whenever that was."""

    began: tuple[str, ...]
    ended: tuple[str, ...]
    confirmed: tuple[str, ...]
    ever: int
    months: int


def lately(package: Package, as_of: dt.date, months: int = MONTHS) -> Lately:
    """What changed in so many months up to a day."""
    rows = {str(key): row for key, row in package.initiatives[_COLUMNS].to_dict("index").items()}
    over = set(map(str, package.initiatives.index[status_groups(package) == ENDED]))
    running = {key: row for key, row in rows.items() if key not in over}
    ended = {key: row for key, row in rows.items() if key in over}
    confirmed = {
        key: row for key, row in rows.items() if "" < _text(row["last_confirmed"]) <= as_of.isoformat()
    }
    return Lately(
        _within(running, _began, as_of, months),
        _within(ended, _ended, as_of, months),
        _within(confirmed, _confirmed, as_of, months),
        len(confirmed),
        months,
    )


BEGAN, ENDED_THEN, CONFIRMED = "began", "ended", "confirmed"
DATED = (BEGAN, ENDED_THEN, CONFIRMED)


@dataclass(frozen=True)
class Dated:
    """That an initiative began, ended or was confirmed (of DATED), and when, as its entry has it: `2025`, `2025-03` or
    `2025-03-17`."""

    initiative_id: str
    what: str
    when: str


def dated(package: Package, since: dt.date, until: dt.date) -> tuple[Dated, ...]:
    """What entries say of themselves in a period, both days with it, the latest first: those that began (and are not
    known to have ended), that ended, and that were confirmed. A year counts from its January, a month from its first
    day."""
    over = set(map(str, package.initiatives.index[status_groups(package) == ENDED]))
    rows = {str(key): row for key, row in package.initiatives[_COLUMNS].to_dict("index").items()}
    told = [
        Dated(key, what, when)
        for key, row in rows.items()
        for what, when in _said(row, key in over)
        if since.isoformat() <= (when + "-01-01")[:10] <= until.isoformat()
    ]
    return tuple(sorted(told, key=lambda each: (each.when, each.initiative_id), reverse=True))


def _said(row: Row, over: bool) -> list[tuple[str, str]]:
    """What happened and when, of a row; nothing of what has no date."""
    began = _text(row["start_date"]) or _year(row["start_year"])
    found = [(ENDED_THEN, _year(row["end_year"])) if over else (BEGAN, began)]
    found.append((CONFIRMED, _text(row["last_confirmed"])))
    return [(what, when) for what, when in found if when[:4].isdigit()]


def _year(cell: Any) -> str:
    return "" if pd.isna(cell) else str(int(cell))


Row = Mapping[Hashable, Any]
_COLUMNS = ["start_date", "start_year", "end_year", "last_confirmed"]


def _within(
    rows: Mapping[str, Row], of: Callable[[Row], int | None], day: dt.date, months: int
) -> tuple[str, ...]:
    """Those whose month is not after the day and at most so many months before it."""
    found = {key: month for key, row in rows.items() if (month := of(row)) is not None}
    late = (key for key, month in found.items() if 0 <= _month(day) - month <= months)
    return tuple(sorted(late, key=lambda key: -found[key]))


def _month(day: dt.date) -> int:
    return 12 * day.year + day.month - 1


def _began(row: Row) -> int | None:
    return _stated(row["start_date"]) or _january(row["start_year"])


def _ended(row: Row) -> int | None:
    return _january(row["end_year"])


def _confirmed(row: Row) -> int | None:
    return _stated(row["last_confirmed"])


def _january(year: Any) -> int | None:
    return None if pd.isna(year) else 12 * int(year)


def _stated(date: Any) -> int | None:
    """The month of a date that is known to the month at least."""
    year, _, rest = _text(date).partition("-")
    month = rest[:2]
    return 12 * int(year) + int(month) - 1 if year.isdigit() and month.isdigit() else None


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)
