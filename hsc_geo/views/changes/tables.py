"""What changed, as tables: by district and ambition, entry by entry, figure by figure, and how old what is known is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from hsc_geo.analysis.changes import INITIATIVE, EntryChange, FigureChange, FigureValue
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.analysis.what_changed import EVERYWHERE, Entry, codes_of
from hsc_geo.views.changes.answers import Counts, Found
from hsc_geo.views.changes.choices import ChangesChoice
from hsc_geo.views.changes.rows import fields_of
from hsc_geo.views.changes.words import areas_text, figure_names, place, what_names
from hsc_geo.views.kit import intervals
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.field_words import both_texts, entity_names, field_text
from hsc_geo.views.wording.freshness import confirmed_on, known_on, sign
from hsc_geo.views.wording.initiative import ambitions_text, serves_text

LONGEST = 400  # letters of a cell


def by_area(n: Names, counts: Counts, caption: str) -> Listing:
    """A row for each district, the focus districts first, and for what is wider; the last one is the total."""
    columns = _count_columns(n, counts, n.w.t("Area"))
    rows = [_count_row(n, row_name(n, code, DISTRICT), counts, each) for code, each in counts.by_area.items()]
    total = _count_row(n, n.w.t("All, each counted once"), counts, counts.total)
    return Listing(caption, columns, [*rows, total])


def by_ambition(n: Names, counts: Counts, caption: str) -> Listing:
    """A row for each ambition."""
    columns = _count_columns(n, counts, n.w.t("Ambition"))
    rows = [
        _count_row(n, n.term("ambition", code), counts, each) for code, each in counts.by_ambition.items()
    ]
    return Listing(caption, columns, rows)


def _count_columns(n: Names, counts: Counts, first: str) -> list[Column]:
    names = what_names(n.w)
    return [
        Column("name", first, sortable=False),
        *(Column(what, names.get(what, what), numeric=True, sortable=False) for what in counts.what),
    ]


def _count_row(n: Names, name: str, counts: Counts, each: Mapping[str, int]) -> Row:
    return Row("", [name, *(n.w.number(each[what]) if each[what] else "–" for what in counts.what)], {})


def entries(n: Names, choice: ChangesChoice, found: Found) -> Listing:
    """A row for each thing that happened to an entry, the latest first where its day is known."""
    w = n.w
    columns = [
        Column("what", w.t("What happened")),
        *([Column("day", w.t("Day"))] if found.dated else []),
        Column("name", w.t("Entry"), wordy=True),
        Column("kind", w.t("Kind"), spare=True),
        Column("serves", w.t("For whom"), wordy=True),
        Column("ambition", w.t("Ambition"), spare=True),
        Column("change", w.t("Before and after"), wordy=True),
    ]
    shown = found.changed.entries
    caption = w.tn("{n} change in the register", "{n} changes in the register", len(shown))
    return Listing(caption, columns, [_entry_row(n, each, found.dated) for each in shown])


def _entry_row(n: Names, entry: Entry, with_day: bool) -> Row:
    change, names = entry.change, what_names(n.w)
    there = change.kind == INITIATIVE and change.key in n.package.initiatives.index
    cells: list[Any] = [
        names[change.what],
        *([n.w.date(entry.day) if entry.day else ""] if with_day else []),
        linked(n, change.key, name_text(n, change)) if there else name_text(n, change)[:LONGEST],
        entity_names(n.w).get(change.kind, change.kind),
        areas_text(n, change.areas)[:LONGEST],
        n.terms("ambition", "|".join(change.ambitions)),
        change_text(n, change)[:LONGEST],
    ]
    return Row("", cells, {})


def linked(n: Names, key: str, name: str) -> dict[str, str]:
    """The name of an initiative as a cell that leads to it on the map."""
    return {"text": name[:LONGEST], "href": f"kaart?{urlencode({'sel': key, **n.kept()})}"}


def name_text(n: Names, change: EntryChange) -> str:
    """The name of an entry; of what was asked in vain, where and for what."""
    if change.kind != "asked":
        return change.name
    return f"{n.terms('ambition', '|'.join(change.ambitions))}: {areas_text(n, change.areas)}"


def change_text(n: Names, change: EntryChange) -> str:
    """Each field with what stood there and what does now."""
    return "; ".join(f"{name}: {before} → {after}" for _, name, before, after in changed_fields(n, change))


def changed_fields(n: Names, change: EntryChange) -> list[tuple[str, str, str, str]]:
    """(field, its name, before, after) of each that differs, in words; "–" is no value."""
    return [
        (name, field_text(n.w, name, change.kind), *both_texts(n, change.kind, name, old, new))
        for name, old, new in fields_of(change)
    ]


def dates(n: Names, found: Found) -> Listing:
    """What initiatives say of themselves, the latest first."""
    w, names = n.w, what_names(n.w)
    columns = [
        Column("what", w.t("What happened")),
        Column("when", w.t("When")),
        Column("name", w.t("Initiative"), wordy=True),
        Column("serves", w.t("For whom"), wordy=True),
        Column("ambition", w.t("Ambition"), spare=True),
    ]
    rows = [
        Row(
            "",
            [names[each.what], when_text(n, each.when), *_of_initiative(n, each.initiative_id)],
            {},
        )
        for each in found.dates
    ]
    caption = w.tn(
        "{n} time that an initiative began, ended or was confirmed, by its entry",
        "{n} times that an initiative began, ended or was confirmed, by its entry",
        len(rows),
    )
    return Listing(caption, columns, rows)


def when_text(n: Names, when: str) -> str:
    """A day in words; a month or a year as it stands."""
    try:
        return n.w.date(dt.date.fromisoformat(when))
    except ValueError:
        return when


def _of_initiative(n: Names, key: str) -> list[Any]:
    row: Any = n.package.initiatives.loc[key]
    return [linked(n, key, n.initiative(key)), serves_text(n, key)[:LONGEST], ambitions_text(n, row)]


def known(n: Names, found: Found) -> Listing:
    """How old what is known of each initiative is, the one that was seen last first."""
    w = n.w
    columns = [
        Column("name", w.t("Initiative"), wordy=True),
        Column("confirmed", w.t("Last confirmed")),
        Column("seen", w.t("Last source")),
        Column("due", w.t("To do"), spare=True),
        Column("serves", w.t("For whom"), wordy=True, spare=True),
    ]
    rows = [_known_row(n, key) for key in found.known]
    caption = w.tn(
        "{n} initiative that counts here, and when it was last known to be right",
        "{n} initiatives that count here, and when they were last known to be right",
        len(rows),
    )
    return Listing(caption, columns, rows)


def _known_row(n: Names, key: str) -> Row:
    confirmed, seen = confirmed_on(n, key), known_on(n, key)
    cells: list[Any] = [
        linked(n, key, n.initiative(key)),
        n.w.date(confirmed) if confirmed else n.w.t("never"),
        str(seen.year) if seen else n.w.t("no date"),
        sign(n, key) or "–",
        serves_text(n, key)[:LONGEST],
    ]
    return Row("", cells, {})


def figures(n: Names, choice: ChangesChoice, found: Found) -> Listing:
    """A row for each figure of one year and age group and what happened to it: in how many areas, and before and after
    in the area that was asked, or in the municipality."""
    w, names = n.w, figure_names(n.w)
    asked = codes_of(n.package, choice.area) if choice.area != EVERYWHERE else {n.here.code}
    here = next(iter(asked)) if len(asked) == 1 else ""
    grouped: dict[tuple[str, int, str, str], list[FigureChange]] = {}
    for each in found.changed.figures:
        grouped.setdefault((each.indicator_id, each.year, each.age_group, each.what), []).append(each)
    shown = place(n, choice.area) if here else ""
    columns = [
        Column("what", w.t("What happened")),
        Column("figure", w.t("Figure"), wordy=True),
        Column("moment", w.t("Year and age")),
        Column("areas", w.t("Areas"), numeric=True),
        *(
            [
                Column("old", w.t("Before, {area}", area=shown), numeric=True),
                Column("new", w.t("After, {area}", area=shown), numeric=True),
            ]
            if here
            else []
        ),
    ]
    ordered = sorted(grouped.items(), key=lambda each: (each[0][3], -each[0][1], each[0][0]))
    rows = [_figure_row(n, names[key[3]], key, part, here) for key, part in ordered]
    caption = w.tn("{n} figure that changed", "{n} figures that changed", len(rows))
    return Listing(caption, columns, rows)


def _figure_row(
    n: Names, what: str, key: tuple[str, int, str, str], part: Sequence[FigureChange], here: str
) -> Row:
    indicator, year, age, _ = key
    known = indicator in n.package.indicators.index
    mine = next((each for each in part if each.area_code == here), None)
    values = [value_text(n, indicator, each) for each in (mine.old, mine.new)] if mine else ["", ""]
    cells = [
        what,
        n.indicator(indicator) if known else indicator,
        n.moment(year, age),
        n.w.number(len(part)),
        *(values if here else []),
    ]
    return Row("", cells, {})


def value_text(n: Names, indicator: str, value: FigureValue | None) -> str:
    """A figure as one edition had it, with its interval; why it had none; "–" where it was not there."""
    if value is None:
        return "–"
    if value.value is None:
        return n.missing(value.status)
    if indicator not in n.package.indicators.index:
        return n.w.number(value.value, 1)
    told = n.w.value(value.value, value.unit, n.decimals(indicator), n.term("unit", value.unit))
    return intervals.behind(told, intervals.bounds(n, indicator, value.lower, value.upper))
