"""Semantic check of days: one that is written as a day is in the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from hsc_geo.data.check.reading import RawPackage
from hsc_geo.data.check.registry import semantic
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_asked import DAY
from hsc_geo.domain.schema_register import PARTIAL_DATE

FIRST_YEAR = "1900"


@semantic("day-not-in-calendar")
def days_in_calendar(package: RawPackage) -> Iterator[Problem]:
    """A day or month that is written as one is in the calendar: there is no 31 February and no month 13, and
    a year before 1900 has lost a digit."""
    for raw in package.tables.values():
        for field in raw.table.fields:
            if field.type == "date" or field.pattern in (DAY, PARTIAL_DATE):
                for row, value in raw.where(field.name, lambda cell: not in_calendar(cell)):
                    yield raw.problem(row, field.name, value, Message("there is no such day; correct it"))
                for row, value in raw.where(field.name, _is_long_ago):
                    mend = Message("the year {year} is before 1900; correct it", year=value[:4])
                    yield raw.problem(row, field.name, value, mend)


def _is_long_ago(text: str) -> bool:
    """Whether a day that exists lies before any that is told here: a year of which a digit was lost (0202)."""
    return bool(re.fullmatch(PARTIAL_DATE, text, re.ASCII)) and in_calendar(text) and text < FIRST_YEAR


def in_calendar(text: str) -> bool:
    """Whether a year, a month (2024-05) or a day (2024-05-31) exists; text of another form passes, for that is told by
    the check of forms."""
    if not re.fullmatch(PARTIAL_DATE, text, re.ASCII):
        return True
    year, month, day = (*map(int, text.split("-")), 1, 1)[:3]
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
