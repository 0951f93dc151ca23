"""Of which day the evidence of an entry is, from its fields alone."""

from __future__ import annotations

import calendar
from datetime import date

from dateutil.relativedelta import relativedelta

from hsc_geo.data.check.reading import year


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month when it is shorter."""
    return day - relativedelta(months=months)


def evidence_day(year: str, *dates: str) -> date | None:
    """The latest day that the evidence of an entry can be of. The bare year of the newest evidence counts only where
    none of the dates (of the source, of the status) tells the day or month in it; None when nothing is known."""
    told = [each for each in dates if latest_day(each)]
    finer = any(len(each) > len(year) and each.startswith(f"{year}-") for each in told)
    days = map(latest_day, told if finer else [*told, year])
    return max((day for day in days if day), default=None)


def latest_day(text: str) -> date | None:
    """The latest day that a date can mean, which may be only a year or a month; None for other text."""
    parts = text.split("-")
    if year(text) is None or not all(part.isdecimal() for part in parts) or not 1 <= len(parts) <= 3:
        return None
    that_year, month = int(parts[0]), int(parts[1]) if len(parts) > 1 else 12
    try:
        return date(
            that_year, month, int(parts[2]) if len(parts) > 2 else calendar.monthrange(that_year, month)[1]
        )
    except (ValueError, calendar.IllegalMonthError):
        return None
