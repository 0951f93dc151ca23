"""How long ago an entry was known to be right, and whether that is so long that someone should confirm it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd

from hsc_geo.analysis.facets import ENDED
from hsc_geo.domain.schema_register import CONFIRMED, OWN_WORD
from hsc_geo.register.evidence import evidence_day, months_before
from hsc_geo.views.kit.names import Names


def confirmed_on(n: Names, key: str) -> date | None:
    """The day on which an initiative was last confirmed, up to the day of the visit; None when it never was."""
    day = str(n.package.initiatives.at[key, CONFIRMED])
    return date.fromisoformat(day) if day and day <= n.today.isoformat() else None


def known_on(n: Names, key: str) -> date | None:
    """The day of the latest confirmation of an initiative or, before the first, the latest day that its evidence can be
    of (as in `hsc_geo.register.evidence`); None when neither is known."""
    confirmed = confirmed_on(n, key)
    if confirmed:
        return confirmed
    row: Any = n.package.initiatives.loc[key]
    year = row["last_evidence_year"]
    return evidence_day(
        "" if pd.isna(year) else str(year), str(row["source_date"] or ""), str(row["status_as_of"] or "")
    )


def is_own_word(n: Names, key: str) -> bool:
    """Whether an initiative rests on the word of the organisation itself: no source confirms that."""
    return bool(n.package.initiatives.at[key, "evidence_level"] == OWN_WORD)


def seen_text(n: Names, key: str) -> str:
    """When an initiative was last seen, in a list: the day of its confirmation, the year of its evidence, or ''."""
    confirmed, year = confirmed_on(n, key), _evidence_year(n, key)
    if confirmed and confirmed.year >= year:
        day = n.w.date(confirmed)
        return (
            n.w.t("told on {date}", date=day)
            if is_own_word(n, key)
            else n.w.t("confirmed on {date}", date=day)
        )
    return str(year or "")


def _evidence_year(n: Names, key: str) -> int:
    """0 where it has no date."""
    year: Any = n.package.initiatives.at[key, "last_evidence_year"]
    return 0 if pd.isna(year) else int(year)


def is_due(n: Names, key: str) -> bool:
    """Whether an initiative that has not ended was last known to be right too long ago, or at no known day."""
    if n.package.initiatives.at[key, "status"] == ENDED:
        return False
    known = known_on(n, key)
    return known is None or known < months_before(n.today, n.months)


def sign(n: Names, key: str) -> str:
    """That an initiative of a list is to be confirmed, and of when its last source is; '' where it is not."""
    if not is_due(n, key):
        return ""
    known = known_on(n, key)
    return (
        n.w.t("to be confirmed: last source {year}", year=known.year)
        if known
        else n.w.t("to be confirmed: no date")
    )


def named(n: Names, key: str) -> str:
    """The name of an initiative in a list that has no other place for the sign."""
    told = sign(n, key)
    return f"{n.initiative(key)} ({told})" if told else n.initiative(key)
