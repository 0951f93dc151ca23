"""What the page of changes finds: what changed, what entries say of themselves, and how old what is known is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsc_geo.analysis.changes import GONE, INITIATIVE
from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.lately import DATED, Dated, dated
from hsc_geo.analysis.matrix import OLDER, UNDATED, counted
from hsc_geo.analysis.matrix import Basis as Counted
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.serving import CITY, DISTRICT, REGION, UNKNOWN, scope_of, served_pairs
from hsc_geo.analysis.what_changed import (
    EVERYWHERE,
    HAPPENED,
    JOURNAL,
    NOTHING,
    Changed,
    Entry,
    codes_of,
    of_area,
    what_changed,
)
from hsc_geo.data.load import Package
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.freshness import known_on

YEARS = 3  # told one by one


@dataclass(frozen=True)
class Counts:
    """How many initiatives there are of each thing that happened, each once in a cell. by_area: of the districts, or of
    the areas that were asked, for the whole city, the region and no known area."""

    what: tuple[str, ...]
    by_area: dict[str, dict[str, int]]
    by_ambition: dict[str, dict[str, int]]
    total: dict[str, int]


@dataclass(frozen=True)
class Found:
    """All that the page tells. dates: what initiatives of the area say of themselves. known: initiatives that count for
    the area, the one that was seen last first. covered: whether what changed is known of the whole time."""

    changed: Changed
    dates: tuple[Dated, ...]
    known: tuple[str, ...]

    @property
    def covered(self) -> bool:
        """Whether changes are known from the day that was asked."""
        start = self.changed.basis.start
        return start is not None and start <= self.changed.since

    @property
    def recorded(self) -> bool:
        """Whether changes are known of at least a part of the time."""
        return self.changed.basis.kind != NOTHING

    @property
    def dated(self) -> bool:
        """Whether what happened has its day."""
        return self.changed.basis.kind == JOURNAL


def found(n: Names, choice: ChangesChoice) -> Found:
    """The answer for the choices."""
    every = what_changed(n.package, n.past, choice.since, choice.until, choice.before, n.edition)
    here = choice.area, choice.ambition
    return Found(
        of_area(n.package, every, *here),
        dates(n.package, choice.since, choice.until, *here),
        known(n, *here),
    )


def dates(package: Package, since: dt.date, until: dt.date, area: str, ambition: str) -> tuple[Dated, ...]:
    """What initiatives of the area say of themselves in a period, the latest first."""
    here = initiatives_of(package, area, ambition)
    return tuple(each for each in dated(package, since, until) if each.initiative_id in here)


def known(n: Names, area: str, ambition: str) -> tuple[str, ...]:
    """Initiatives that count for the area, the one that was seen last first."""
    return _last_seen_first(n, initiatives_of(n.package, area, ambition))


def initiatives_of(package: Package, area: str, ambition: str) -> frozenset[str]:
    """Initiatives that serve the area, and those for the whole city or the region; all for everywhere."""
    scopes, codes = scope_of(package), codes_of(package, area)
    pairs = served_pairs(package)
    own = set(pairs.loc[pairs["area_code"].isin(codes), "initiative_id"].astype(str))
    wide = {key for key, scope in scopes.items() if scope in (CITY, REGION)}
    found = set(scopes) if area == EVERYWHERE else own | wide
    if not ambition:
        return frozenset(found)
    listed = package.initiatives["ambition_codes"].str.split("|", regex=False)
    return frozenset(key for key in found if ambition in listed[key])


def _last_seen_first(n: Names, ids: Iterable[str]) -> tuple[str, ...]:
    """Those that count, by the day on which they were last known to be right; without one last."""
    counts = frozenset(map(str, counted(n.package, Counted())))
    days = {key: known_on(n, key) for key in ids if key in counts}
    return tuple(sorted(days, key=lambda key: (days[key] or dt.date.min, key), reverse=True))


def last_confirmed(n: Names, known: Sequence[str]) -> tuple[int, dt.date | None]:
    """(how many of them were ever confirmed, the last day on which one was)."""
    days = [str(n.package.initiatives.at[key, "last_confirmed"]) for key in known]
    days = [each for each in days if "" < each <= n.today.isoformat()]
    return len(days), dt.date.fromisoformat(max(days)) if days else None


def count_changes(package: Package, entries: Iterable[Entry], area: str) -> Counts:
    """What happened to initiatives by district and ambition."""
    told = [
        (each.change.key, each.change.what, frozenset(each.change.areas), each.change.ambitions)
        for each in entries
        if each.change.kind == INITIATIVE
    ]
    what = [each for each in HAPPENED if each != GONE or any(happened == GONE for _, happened, *_ in told)]
    return _counts(package, what, told, area)


def count_dates(package: Package, dates: Iterable[Dated], area: str) -> Counts:
    """The same of what initiatives say of themselves."""
    areas = _areas_of(package)
    ambitions = package.initiatives["ambition_codes"].str.split("|", regex=False)
    told = [
        (each.initiative_id, each.what, areas[each.initiative_id], tuple(ambitions[each.initiative_id]))
        for each in dates
    ]
    return _counts(package, DATED, told, area)


def count_ages(n: Names, known: Iterable[str], area: str) -> Counts:
    """Of which year the last confirmation or source of each initiative that counts is: the last YEARS, OLDER, or
    UNDATED."""
    areas, latest = _areas_of(n.package), n.today.year
    ambitions = n.package.initiatives["ambition_codes"].str.split("|", regex=False)
    what = (*(str(latest - i) for i in range(YEARS)), OLDER, UNDATED)
    told = []
    for key in known:
        day = known_on(n, key)
        band = UNDATED if day is None else str(day.year) if str(day.year) in what else OLDER
        told.append((key, band, areas[key], tuple(ambitions[key])))
    return _counts(n.package, what, told, area)


def _areas_of(package: Package) -> dict[str, frozenset[str]]:
    pairs = served_pairs(package)
    served = pairs.groupby("initiative_id")["area_code"].agg(frozenset).to_dict()
    wide = {key: frozenset({code}) for key, code in scope_of(package).items() if key not in served}
    return {**wide, **{str(key): codes for key, codes in served.items()}}


_Told = tuple[str, str, frozenset[str], Sequence[str]]  # entry, what happened, its areas, its ambitions


def _counts(package: Package, what: Sequence[str], told: Sequence[_Told], area: str) -> Counts:
    districts = package.areas.index[package.areas["level"] == DISTRICT]
    rows = [*focus_first(package, map(str, districts)), CITY, REGION, UNKNOWN]
    if area != EVERYWHERE:
        shown = codes_of(package, area)
        rows = [*(code for code in rows if code in shown), *sorted(shown - set(rows)), CITY, REGION]
    return Counts(
        tuple(what),
        {row: _of(what, (each for each in told if row in each[2])) for row in rows},
        {code: _of(what, (each for each in told if code in each[3])) for code in ambition_codes(package)},
        _of(what, told),
    )


def _of(what: Sequence[str], told: Iterable[_Told]) -> dict[str, int]:
    keys = {(each[0], each[1]) for each in told}
    return {name: sum(happened == name for _, happened in keys) for name in what}
