"""The tables of the page What changed: two editions beside each other, what entries say of themselves, and how old what
is known is.

`before` is the earlier edition, opened as the other. `area` is a code, `focus` for the focus districts, '' for
everywhere; `ambition` '' for all. What the page tells by the journal of the register is not here: no edition has it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

import pandas as pd

from hsc_geo.analysis.changes import Changes
from hsc_geo.analysis.changes import changes as compared
from hsc_geo.analysis.own_area import published
from hsc_geo.analysis.what_changed import Entry, entries_of_area, figures_of_area, of_editions
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.tables.visit import visit
from hsc_geo.views.changes import answers, rows
from hsc_geo.views.changes.choices import usual
from hsc_geo.views.kit.names import MONTHS
from hsc_geo.views.wording.freshness import confirmed_on, is_due, known_on


@per_package(maxsize=1)
def _changes(edition: Package, before: Package) -> Changes:
    return compared(before, published(edition))


def _entries(edition: Package, before: Package, area: str, ambition: str) -> tuple[Entry, ...]:
    return entries_of_area(edition, of_editions(_changes(edition, before)), area, ambition)


def entries(edition: Package, before: Package, area: str = "", ambition: str = "") -> pd.DataFrame:
    """Entries of the register that differ, as the file `changes` of the page: a row per field, with what stood there
    `before` and `after` as the register has it; `day` is '', for editions do not tell it."""
    return rows.entries(_entries(edition, before, area, ambition))


def entry_counts(edition: Package, before: Package, area: str = "", ambition: str = "") -> pd.DataFrame:
    """In how many initiatives each thing happened, `by` area, ambition and all (each once)."""
    return _counts(answers.count_changes(edition, _entries(edition, before, area, ambition), area))


def figures(edition: Package, before: Package, area: str = "", ambition: str = "") -> pd.DataFrame:
    """Figures that are `new`, `revised` or `gone`, as the file of the page: with what each was and is."""
    return rows.figures(figures_of_area(edition, _changes(edition, before).figures, area, ambition))


def dates(
    edition: Package,
    area: str = "",
    ambition: str = "",
    since: dt.date | None = None,
    as_of: dt.date | None = None,
) -> pd.DataFrame:
    """What initiatives say of themselves since a day (without one, a year), as the file of the page: which `began`,
    `ended` or were `confirmed`, and when, the latest first."""
    until = visit(edition, as_of).today
    return rows.dates(answers.dates(edition, since or usual(until), until, area, ambition))


def date_counts(
    edition: Package,
    area: str = "",
    ambition: str = "",
    since: dt.date | None = None,
    as_of: dt.date | None = None,
) -> pd.DataFrame:
    """How many of them there are `by` area, ambition and all (each initiative once)."""
    until = visit(edition, as_of).today
    found = answers.dates(edition, since or usual(until), until, area, ambition)
    return _counts(answers.count_dates(edition, found, area))


def known(
    edition: Package,
    area: str = "",
    ambition: str = "",
    as_of: dt.date | None = None,
    months: int = MONTHS,
) -> pd.DataFrame:
    """How old what is known of each initiative is, the one that was seen last first: the days on which it was
    `last_confirmed` and `last_seen` ('' for never), and whether it is `to_confirm`. months: after how many."""
    n = visit(edition, as_of, months=months)
    made = [
        (key, n.initiative(key), _day(confirmed_on(n, key)), _day(known_on(n, key)), is_due(n, key))
        for key in answers.known(n, area, ambition)
    ]
    return pd.DataFrame(made, columns=["initiative_id", "name", "last_confirmed", "last_seen", "to_confirm"])


def age_counts(
    edition: Package, area: str = "", ambition: str = "", as_of: dt.date | None = None
) -> pd.DataFrame:
    """Of which year the last confirmation or source of each is, in how many, `by` area, ambition and all (each once):
    three years, `older` and `undated`."""
    n = visit(edition, as_of)
    return _counts(answers.count_ages(n, answers.known(n, area, ambition), area))


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _counts(found: answers.Counts) -> pd.DataFrame:
    """A row per area, per ambition and for all; `code` '' for all."""
    parts: dict[str, Mapping[str, Mapping[str, int]]] = {
        "area": found.by_area,
        "ambition": found.by_ambition,
        "all": {"": found.total},
    }
    made = [
        (by, code, *(counts[what] for what in found.what))
        for by, part in parts.items()
        for code, counts in part.items()
    ]
    return pd.DataFrame(made, columns=["by", "code", *found.what])
