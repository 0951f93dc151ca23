"""How long ago an entry was known to be right, and whether that is so long that someone should confirm it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from weakref import WeakKeyDictionary

import pandas as pd

from hsc_geo.data.load import Package
from hsc_geo.register.drafting import ENDED
from hsc_geo.register.freshness import evidence_day, months_before
from hsc_geo.views.names import Names

MONTHS = 24  # when the operator sets nothing else

# What the register knows of a package beyond its tables; gone with the package.
_confirmed: WeakKeyDictionary[Package, Mapping[str, date]] = WeakKeyDictionary()
_months = [MONTHS]


def remember(package: Package, confirmed: Mapping[str, date]) -> None:
    """The days on which entries of this package were last confirmed, by id."""
    _confirmed[package] = confirmed


def set_months(months: int) -> None:
    """After how many months an entry is to be confirmed, for the whole process."""
    _months[0] = months


def months() -> int:
    """After how many months an entry is to be confirmed."""
    return _months[0]


def confirmed_on(package: Package, key: str) -> date | None:
    """The day on which an entry was last confirmed; None when it never was."""
    return _confirmed.get(package, {}).get(key)


def known_on(package: Package, key: str) -> date | None:
    """The day of the latest confirmation of an initiative or, before the first, the latest day that its evidence can be
    of (as in `hsc_geo.register.freshness`); None when neither is known."""
    confirmed = confirmed_on(package, key)
    if confirmed:
        return confirmed
    row: Any = package.initiatives.loc[key]
    year = row["last_evidence_year"]
    return evidence_day(
        "" if pd.isna(year) else str(year), str(row["source_date"] or ""), str(row["status_as_of"] or "")
    )


def is_due(package: Package, key: str, today: date) -> bool:
    """Whether an initiative that has not ended was last known to be right too long ago, or at no known day."""
    if package.initiatives.at[key, "status"] == ENDED:
        return False
    known = known_on(package, key)
    return known is None or known < months_before(today, months())


def sign(n: Names, key: str) -> str:
    """That an initiative of a list is to be confirmed, and of when its last source is; '' where it is not."""
    if not is_due(n.package, key, date.today()):
        return ""
    known = known_on(n.package, key)
    return (
        n.w.t("to be confirmed: last source {year}", year=known.year)
        if known
        else n.w.t("to be confirmed: no date")
    )


def named(n: Names, key: str) -> str:
    """The name of an initiative in a list that has no other place for the sign."""
    told = sign(n, key)
    return f"{n.initiative(key)} ({told})" if told else n.initiative(key)
