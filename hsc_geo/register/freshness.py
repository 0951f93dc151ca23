"""Which entries nobody confirmed for long."""

from __future__ import annotations

import calendar
from datetime import date

from dateutil.relativedelta import relativedelta

from hsc_geo.data.check.reading import year
from hsc_geo.register import entries
from hsc_geo.register.drafting import ENDED
from hsc_geo.register.entries import Entry
from hsc_geo.register.store import Store
from hsc_geo.register.tables import CONFIRMED
from hsc_geo.register.things import ToConfirm

_KINDS = ("initiative", "organisation")


def to_confirm(store: Store, months: int, today: date) -> list[ToConfirm]:
    """Initiatives and organisations last known to be right more than `months` ago, the longest ago first."""
    limit = months_before(today, months)
    with store.reading() as connection:
        found = [(key, e) for kind in _KINDS for key, e in entries.load(connection, kind).items()]
    asked = [_known(key, entry) for key, entry in found if entry.get("status") != ENDED]
    due = [each for each in asked if each.known_on is None or each.known_on < limit]
    return sorted(due, key=lambda each: (each.known_on or date.min, each.entity_id))


def months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last of that month when it is shorter."""
    return day - relativedelta(months=months)


def _known(entity_id: str, entry: Entry) -> ToConfirm:
    if entry[CONFIRMED]:
        return ToConfirm(entity_id, entry["name"], date.fromisoformat(entry[CONFIRMED]), "confirmed")
    known = evidence_day(
        entry.get("last_evidence_year", ""), entry.get("source_date", ""), entry.get("status_as_of", "")
    )
    return ToConfirm(entity_id, entry["name"], known, "evidence" if known else "none")


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
