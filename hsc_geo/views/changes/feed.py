"""What changed lately, as the items of a feed: each with a mark that stays the same, and its day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from hsc_geo.analysis.changes import INITIATIVE, ORGANISATION, EntryChange, FigureChange
from hsc_geo.analysis.happened import from_journal
from hsc_geo.analysis.lately import CONFIRMED, dated
from hsc_geo.analysis.own_area import published
from hsc_geo.analysis.serving import CITY, REGION
from hsc_geo.analysis.what_changed import (
    AROUND,
    Basis,
    Changed,
    Entry,
    decent,
    of_area,
    places_that_can_be_asked,
)
from hsc_geo.data.editions import Edition
from hsc_geo.views.changes.answers import initiatives_of
from hsc_geo.views.changes.choices import usual
from hsc_geo.views.changes.tables import change_text, name_text, value_text
from hsc_geo.views.changes.words import areas_text, figure_names, place, reach_names, what_names
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.wording.field_words import entity_names

MOST = 200  # items, the latest ones
EDITIONS = 4  # the last ones that are compared with the one before


@dataclass(frozen=True)
class Item:
    """One thing that happened. mark: the same for the same thing, whenever and in whatever language it is told. at: the
    moment of the last change; of what is known by its day only the beginning of that. page, query: where the site shows
    it. terms: codes of what happened, its ambitions and areas, each with its name."""

    mark: str
    title: str
    text: str
    at: dt.datetime
    page: str
    query: Mapping[str, str]
    terms: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Feed:
    """The items for an area and an ambition, the latest first. at: of the latest, or of what the feed rests on where
    there is none."""

    title: str
    subtitle: str
    at: dt.datetime
    items: tuple[Item, ...]


def feed(n: Names, area: str, ambition: str) -> Feed:
    """What happened in a year up to today, of an area ("" for everywhere, `focus`, or a code) and an ambition ("" for
    all): entries by the journal of the register, or before it by the editions that are kept; figures by those; where
    neither is kept, the confirmations that the entries themselves have."""
    found = [*_entries(n, area, ambition), *_editions(n, area, ambition)]
    if n.past.began() is None:
        found += _confirmed(n, area, ambition)
    items = tuple(sorted(found, key=lambda each: (each.at, each.mark), reverse=True)[:MOST])
    named = n.term("ambition", ambition) if ambition else ""
    title = ": ".join((n.w.t("What changed"), ", ".join(filter(None, (place(n, area), lower_first(named))))))
    return Feed(title, _subtitle(n), items[0].at if items else _rests_on(n), items)


def _subtitle(n: Names) -> str:
    return n.w.t(
        "Changes of a year in the register of initiatives and its figures. What is there for the whole city or the "
        "region is told too, and says so."
    )


def _midnight(n: Names, day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=n.now.tzinfo)


def _rests_on(n: Names) -> dt.datetime:
    """Where nothing happened: since when this server could tell of it; else the last day that the register tells of."""
    kept = [each.day for each in n.past.editions()]
    known = [str(day) for day in n.package.initiatives["source_date"] if len(str(day)) == 10]
    last = max((day for day in known if day <= n.today.isoformat()), default="2000-01-01")
    return _midnight(n, n.past.began() or max(kept, default=dt.date.fromisoformat(last)))


# Entries


def _entries(n: Names, area: str, ambition: str) -> Iterator[Item]:
    """What the journal of the register tells, a day and an entry at a time."""
    began, since = n.past.began(), usual(n.today)
    if began is None:
        return
    package = published(n.package)
    happened = from_journal(n.past.told(max(began, since), n.today), package, n.past.day)
    told = {id(each.change): each for each in happened}
    entries = [Entry(each.change, n.past.day(each.at)) for each in happened]
    for entry in _fitting(n, entries, area, ambition).entries:
        day = entry.day or n.today
        yield _item(n, entry, area, f"{day}", told[id(entry.change)].at)


def _fitting(
    n: Names, entries: list[Entry], area: str, ambition: str, figures: tuple[FigureChange, ...] = ()
) -> Changed:
    every = Changed(n.today, n.today, Basis(), tuple(entries), Basis(), figures)
    return of_area(n.package, every, area, ambition)


def _item(n: Names, entry: Entry, area: str, when: str, at: dt.datetime) -> Item:
    change = decent(entry.change)
    wide = reach_names(n, area)[entry.reach] if entry.reach in (AROUND, CITY, REGION) else ""
    name = name_text(n, change)
    what = what_names(n.w)[change.what]
    title = f"{what}: {name}" + (f" ({wide})" if wide else "")
    about = " · ".join(
        filter(
            None,
            (
                entity_names(n.w).get(change.kind, change.kind),
                areas_text(n, change.areas),
                n.terms("ambition", "|".join(change.ambitions)),
            ),
        )
    )
    text = ". ".join(filter(None, (about, change_text(n, change))))
    return Item(
        f"{change.kind}/{change.key}/{change.what}/{when}",
        title,
        text,
        at,
        *_where_to(n, change, area),
        ((change.what, what), *_terms(n, change)),
    )


def _terms(n: Names, change: EntryChange) -> list[tuple[str, str]]:
    ambitions = [(code, n.term("ambition", code)) for code in change.ambitions]
    return ambitions + [(code, areas_text(n, [code])) for code in change.areas]


def _where_to(n: Names, change: EntryChange, area: str) -> tuple[str, dict[str, str]]:
    """The page that shows the entry; that of what changed where it has none, or is no longer there."""
    if change.kind == INITIATIVE and change.key in n.package.initiatives.index:
        return "kaart", {"sel": change.key}
    if change.kind == ORGANISATION and change.key in n.package.organisations.index:
        return "partners", {"part": "organisation", "org": change.key}
    return "veranderd", {"area": area} if area else {}


# Editions


def _editions(n: Names, area: str, ambition: str) -> Iterator[Item]:
    """What differs between an edition and the one before it, told on the day of the later one."""
    began, kept = n.past.began(), list(n.past.editions())
    pairs = list(pairwise(kept))[-EDITIONS:]
    for before, after in pairs:
        found = n.past.between(before, after) if usual(n.today) <= after.day <= n.today else None
        if found is None:
            continue
        told = [] if began and began <= after.day else [Entry(each, None) for each in found.entries]
        fitting = _fitting(n, told, area, ambition, found.figures)
        at = _midnight(n, after.day)
        yield from (_item(n, each, area, after.name, at) for each in fitting.entries)
        yield from _figures(n, fitting.figures, area, before, after, at)


def _figures(
    n: Names, changes: tuple[FigureChange, ...], area: str, before: Edition, after: Edition, at: dt.datetime
) -> Iterator[Item]:
    """An item for each figure of one year and age group."""
    grouped: dict[tuple[str, int, str, str], list[FigureChange]] = {}
    for each in changes:
        grouped.setdefault((each.indicator_id, each.year, each.age_group, each.what), []).append(each)
    for (indicator, year, age, what), part in grouped.items():
        known = indicator in n.package.indicators.index
        name = n.indicator(indicator) if known else indicator
        told = figure_names(n.w)[what]
        yield Item(
            f"figure/{indicator}/{year}/{age}/{what}/{after.name}",
            f"{told}: {name}, {n.moment(year, age)}",
            _figure_text(n, indicator, part, before, after),
            at,
            "veranderd",
            {**({"area": area} if area else {}), "before": before.name},
            ((what, told),),
        )


def _figure_text(n: Names, indicator: str, part: list[FigureChange], before: Edition, after: Edition) -> str:
    """Of one area before and after; of several of how many, and in which editions."""
    w = n.w
    editions = w.t("Editions of {first} and {last}", first=w.date(before.day), last=w.date(after.day))
    if len(part) > 1:
        return f"{editions}. " + w.tn("{n} area", "{n} areas", len(part))
    (only,) = part
    values = " → ".join(value_text(n, indicator, each) for each in (only.old, only.new))
    return f"{editions}. {n.area(only.area_code)}: {values}"


# What entries say of themselves


def _confirmed(n: Names, area: str, ambition: str) -> Iterator[Item]:
    here = initiatives_of(n.package, area, ambition)
    for each in dated(n.package, usual(n.today), n.today):
        if each.what == CONFIRMED and each.initiative_id in here:
            what, key = what_names(n.w)[CONFIRMED], each.initiative_id
            at = _midnight(n, dt.date.fromisoformat(each.when))
            mark = f"{INITIATIVE}/{key}/{CONFIRMED}/{each.when}"
            name = n.initiative(key)
            yield Item(mark, f"{what}: {name}", "", at, "kaart", {"sel": key}, ((CONFIRMED, what),))


def known_areas(n: Names) -> tuple[str, ...]:
    """What can stand for an area in the address of a feed."""
    levels = n.package.areas["level"]
    return (
        *places_that_can_be_asked(n.package),
        *map(str, n.package.areas.index[levels.isin(["district", "neighbourhood"])]),
    )
