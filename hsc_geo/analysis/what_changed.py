"""What changed since a day, from what is kept of that time, and on what that rests.

Three things can tell it, and each tells something else:

- the journal of the register: every change of an entry with its day, from the day on which this register was first
  filled;
- an edition that is kept: all that differs, figures too, but not the day of each change;
- the entries themselves: when an initiative began or ended, mostly by year, and when it was confirmed. Not when it came
  into the register.

What was changed and put back within the period does not count. A text that looks like a person's data is not repeated:
a correction must not publish what it took out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from hsc_geo.analysis.changes import (
    ADDED,
    CONFIRMED,
    CORRECTED,
    ENDED,
    GONE,
    Cells,
    Changes,
    EntryChange,
    FieldChange,
    FigureChange,
    RowsChange,
)
from hsc_geo.analysis.figures import concept_of
from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.happened import from_journal
from hsc_geo.analysis.own_area import own_area, published
from hsc_geo.analysis.past import Past
from hsc_geo.analysis.serving import CITY, NEIGHBOURHOOD, REGION, UNKNOWN, inside
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.register import personal_data

HIDDEN = "…"  # stands for a text that looks like a person's data
JOURNAL, EDITION, NOTHING = "journal", "edition", "nothing"
OWN, AROUND = "own", "around"
REACHES = (OWN, AROUND, CITY, REGION, UNKNOWN)
EVERYWHERE, FOCUS = "", "focus"  # beside the code of an area
HAPPENED = (ADDED, ENDED, CONFIRMED, CORRECTED, GONE)  # in the order in which they are told


@dataclass(frozen=True)
class Basis:
    """On what an answer rests. kind: JOURNAL, EDITION or NOTHING. start: the day from which it tells, which can be
    later than the one that was asked, and for an edition earlier; None for NOTHING. edition: the one that it is
    compared with."""

    kind: str = NOTHING
    start: dt.date | None = None
    edition: Edition | None = None


@dataclass(frozen=True)
class Entry:
    """What happened to an entry of the register, on which day (None: an edition does not tell it), and for whom the
    entry is, seen from the area that was asked: of REACHES."""

    change: EntryChange
    day: dt.date | None
    reach: str = OWN


@dataclass(frozen=True)
class Changed:
    """What changed from a day up to another: entries, the latest first where their day is known, and figures, each with
    what that rests on."""

    since: dt.date
    until: dt.date
    basis: Basis
    entries: tuple[Entry, ...]
    figures_basis: Basis
    figures: tuple[FigureChange, ...]


def what_changed(
    package: Package,
    past: Past,
    since: dt.date,
    until: dt.date,
    before: Edition | None = None,
    shown: Edition | None = None,
) -> Changed:
    """What changed since a day. before: the edition with which is compared, in place of what was kept of the day.
    shown: the edition that the package is; it is compared with editions alone, for it has no journal."""
    package = published(package)
    editions = [each for each in past.editions() if shown is None or _earlier(each, shown)]
    kept = before or nearest(editions, since)
    began = None if shown or before else past.began()
    found = past.between(kept, shown or package) if kept else None
    of_edition = Basis(EDITION, kept.day, kept) if found and kept else Basis()
    basis = of_edition
    entries = of_editions(found) if found else ()
    if began and began <= until and _tells_more(began, of_edition, since):
        basis = Basis(JOURNAL, max(began, since))
        lines = past.told(max(began, since), until)
        entries = tuple(
            Entry(decent(each.change), past.day(each.at)) for each in reversed(from_journal(lines, package))
        )
    figures = found.figures if found else ()
    return Changed(since, until, basis, entries, of_edition, figures)


def of_editions(found: Changes) -> tuple[Entry, ...]:
    """The entries that differ between two editions, without their day."""
    return tuple(Entry(decent(each), None) for each in found.entries)


def nearest(editions: Sequence[Edition], since: dt.date) -> Edition | None:
    """The last edition of that day or an earlier one; else the first after it."""
    earlier = [each for each in editions if each.day <= since]
    return earlier[-1] if earlier else next(iter(editions), None)


def _earlier(one: Edition, other: Edition) -> bool:
    return one.day <= other.day and one.name != other.name


def _tells_more(began: dt.date, edition: Basis, since: dt.date) -> bool:
    """Whether the journal tells more of the time since a day than an edition: it has the day of each change, so it
    goes before where it reaches back as far."""
    return edition.start is None or began <= max(edition.start, since)


# For whom, and for which ambition


def of_area(package: Package, found: Changed, area: str, ambition: str = "") -> Changed:
    """The part of it for an area and an ambition ("" for all). area: EVERYWHERE, FOCUS (the focus districts) or a code.

    What is for the whole city or the region is told apart and never dropped, as in `counting`; of what is known to no
    area it is told only where everywhere is asked.
    """
    return replace(
        found,
        entries=entries_of_area(package, found.entries, area, ambition),
        figures=figures_of_area(package, found.figures, area, ambition),
    )


def entries_of_area(
    package: Package, found: Iterable[Entry], area: str, ambition: str = ""
) -> tuple[Entry, ...]:
    """The entries of `of_area`."""
    codes = codes_of(package, area)
    entries = [
        replace(each, reach=reach(package, each.change, codes))
        for each in found
        if not ambition or ambition in each.change.ambitions
    ]
    return tuple(each for each in entries if each.reach and (not area or each.reach != UNKNOWN))


def figures_of_area(
    package: Package, found: Iterable[FigureChange], area: str, ambition: str = ""
) -> tuple[FigureChange, ...]:
    """The figures of `of_area`."""
    codes = codes_of(package, area)
    return tuple(each for each in found if _figure_fits(package, each, codes, ambition))


def places_that_can_be_asked(package: Package) -> tuple[str, ...]:
    """What stands for several areas at once: FOCUS, where the package has focus areas."""
    return (FOCUS,) if focus_codes(package) else ()


def codes_of(package: Package, area: str) -> frozenset[str]:
    """The official areas that are meant by an area that was asked; none for EVERYWHERE."""
    if area == FOCUS:
        return frozenset(code for codes in focus_codes(package).values() for code in codes)
    own = own_area(package, area) if area else None
    return inside(package, own) if own else frozenset(filter(None, [area]))


def reach(package: Package, change: EntryChange, codes: frozenset[str]) -> str:
    """For whom an entry is, seen from these areas: of REACHES; "" for other areas only. Without areas: OWN for all."""
    areas = frozenset(change.areas)
    if not codes or areas & codes:
        return OWN
    if _is_around(package, areas, codes):
        return AROUND
    return next((wide for wide in (CITY, REGION) if wide in areas), "" if areas - {UNKNOWN} else UNKNOWN)


def _is_around(package: Package, areas: frozenset[str], codes: frozenset[str]) -> bool:
    """Whether it is known to the district around one of the neighbourhoods, and to no neighbourhood in that."""
    levels, parents = (package.areas[name].to_dict() for name in ("level", "parent_code"))
    around = {parents[code] for code in codes if levels.get(code) == NEIGHBOURHOOD}
    fine = {parents[code] for code in areas if levels.get(code) == NEIGHBOURHOOD}
    return bool((areas & around) - fine)


def _figure_fits(package: Package, change: FigureChange, codes: frozenset[str], ambition: str) -> bool:
    if codes and change.area_code not in codes:
        return False
    if not ambition:
        return True
    known = change.indicator_id in package.indicators.index
    return known and concept_of(package, change.indicator_id) in municipality_of(package).figures.get(
        ambition, ()
    )


def counted(entries: Iterable[Entry], kind: str = "initiative") -> dict[str, int]:
    """Of HAPPENED what there is -> how many entries of a kind."""
    what = [each.change.what for each in entries if each.change.kind == kind]
    return {each: what.count(each) for each in HAPPENED if each in what}


# What is not repeated


def decent(change: EntryChange) -> EntryChange:
    """The change without what looks like a person's data: `HIDDEN` stands in its place."""
    fields = tuple(FieldChange(each.field, _shown(each.old), _shown(each.new)) for each in change.fields)
    rows = tuple(
        RowsChange(each.table, *(tuple(map(_decent_row, part)) for part in (each.gone, each.added)))
        for each in change.rows
    )
    return replace(change, name=_shown(change.name), fields=fields, rows=rows)


def _decent_row(cells: Cells) -> Cells:
    return tuple((name, _shown(text)) for name, text in cells)


def _shown(text: str) -> str:
    return HIDDEN if personal_data(text) else text
