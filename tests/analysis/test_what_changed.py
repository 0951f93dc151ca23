"""What changed since a day: the journal of the register against the two states that it lies between, and on which of
what is kept an answer rests."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from hsc_geo.analysis.changes import (
    ADDED,
    CONFIRMED,
    CORRECTED,
    ENDED,
    GONE,
    Changes,
    EntryChange,
    FieldChange,
    changes,
)
from hsc_geo.analysis.happened import from_journal
from hsc_geo.analysis.lately import BEGAN, dated
from hsc_geo.analysis.past import Nothing
from hsc_geo.analysis.serving import CITY, REGION, UNKNOWN
from hsc_geo.analysis.what_changed import (
    AROUND,
    EDITION,
    FOCUS,
    HIDDEN,
    JOURNAL,
    NOTHING,
    OWN,
    Entry,
    codes_of,
    counted,
    of_area,
    reach,
    what_changed,
)
from hsc_geo.data.editions import Edition
from hsc_geo.data.load import Package
from hsc_geo.register import Actor, Proposal, Told, open_register

TODAY = dt.date(2026, 11, 30)
STEWARD = Actor("steward")


class Kept(Nothing):
    """What is kept, as a test says it."""

    def __init__(
        self,
        began: dt.date | None = None,
        lines: Sequence[Told] = (),
        found: dict[str, Changes] | None = None,
    ) -> None:
        self._began, self._lines, self._found = began, lines, found or {}

    def editions(self) -> Sequence[Edition]:
        return [Edition(name, dt.date.fromisoformat(name[:10]), name[11:], Path()) for name in self._found]

    def between(self, before: Edition, after: object) -> Changes | None:
        return self._found[before.name]

    def began(self) -> dt.date | None:
        return self._began

    def told(self, since: dt.date, until: dt.date) -> Sequence[Told]:
        return [each for each in self._lines if since <= each.at.date() <= until]


def line(day: str, key: str, field: str, old: str, new: str, kind: str = "initiative") -> Told:
    return Told(dt.datetime.fromisoformat(f"{day}T12:00:00+00:00"), kind, key, field, old, new)


def of(*what: EntryChange) -> Changes:
    return Changes("a", "b", what, (), ())


# From the journal


def test_the_journal_tells_what_two_states_of_the_register_differ_by(
    package: Package, tmp_path: Path
) -> None:
    register = open_register(f"sqlite:///{tmp_path}/register.db")
    register.fill(package)
    fresh = register.overlay(package)
    filled = register.began()
    assert filled is not None
    assert register.told(filled, filled + dt.timedelta(days=1)) == []  # how it all stood is no change

    def accept(**proposal: object) -> None:
        number = register.propose(Proposal(**proposal)).number  # type: ignore[arg-type]
        register.accept(number, STEWARD, why="seen")

    register.confirm("LEI-010", STEWARD)
    accept(
        kind="correction",
        entity_id="LEI-012",
        fields={"cost_nl": "Gratis & voor iedereen", "cost_en": "Free & for all"},
        source_url="https://example.org/a",
    )
    accept(
        kind="closure", entity_id="LEI-020", fields={"end_year": "2026"}, source_url="https://example.org/b"
    )
    register.merge("LEI-035", "LEI-036", STEWARD, why="the same")
    undone = register.confirm("LEI-013", STEWARD)
    register.undo(undone.batch, STEWARD, why="not so")

    now = register.overlay(package)
    lines = register.told(filled, filled + dt.timedelta(days=1))
    by_states = {(each.kind, each.key, each.what) for each in changes(fresh, now).entries}
    found = {
        (each.change.kind, each.change.key, each.change.what): each.change
        for each in from_journal(lines, now)
    }
    assert set(found) == by_states
    assert ("initiative", "LEI-013", CONFIRMED) not in found  # put back
    assert ("initiative", "LEI-036", GONE) in found
    assert ("initiative", "LEI-020", ENDED) in found
    cost = {each.field: each.new for each in found["initiative", "LEI-012", CORRECTED].fields}
    assert cost == {"cost_nl": "Gratis & voor iedereen", "cost_en": "Free & for all"}
    told = {(each.kind, each.key, each.what): each for each in changes(fresh, now).entries}
    for key, change in found.items():
        if key[2] != GONE:
            assert (change.fields, change.rows, change.areas) == (
                told[key].fields,
                told[key].rows,
                told[key].areas,
            )


def test_nobody_reads_who_did_it_or_why(package: Package, tmp_path: Path) -> None:
    register = open_register(f"sqlite:///{tmp_path}/register.db")
    register.fill(package)
    began = register.began()
    assert began is not None
    number = register.propose(
        Proposal(kind="confirmation", entity_id="LEI-010", why="a word to stewards only")
    ).number
    register.accept(number, Actor("steward", "somebody-in-particular"), why="for our eyes")
    lines = register.told(began, began + dt.timedelta(days=1))
    assert lines
    told = repr(lines)
    assert not [text for text in ("stewards only", "somebody", "our eyes", "proposal") if text in told]


def test_what_was_put_back_and_what_came_and_went_does_not_count(package: Package) -> None:
    lines = [
        line("2026-03-01", "LEI-010", "name", "A", "B"),
        line("2026-03-02", "LEI-010", "name", "B", "A"),
        line("2026-03-02", "LEI-900", "initiative_id", "", "LEI-900"),
        line("2026-03-03", "LEI-900", "initiative_id", "LEI-900", ""),
    ]
    assert from_journal(lines, package) == ()
    by_day = from_journal(lines, package, lambda at: at.date())
    assert [(each.change.key, each.change.what) for each in by_day] == [
        ("LEI-010", CORRECTED),
        ("LEI-010", CORRECTED),
        ("LEI-900", ADDED),
        ("LEI-900", GONE),
    ]


def test_of_what_is_gone_its_lines_say_where_it_was(package: Package) -> None:
    areas = json.dumps([{"area_code": "BU05460301", "precision": "neighbourhood"}])
    lines = [
        line("2026-03-01", "LEI-900", "initiative_id", "LEI-900", ""),
        line("2026-03-01", "LEI-900", "name", "It was", ""),
        line("2026-03-01", "LEI-900", "ambition_codes", "A1|A4", ""),
        line("2026-03-01", "LEI-900", "initiative_areas", areas, ""),
    ]
    (found,) = from_journal(lines, package)
    district = str(package.areas.at["BU05460301", "parent_code"])
    assert (found.change.name, found.change.what) == ("It was", GONE)
    assert (found.change.ambitions, found.change.areas) == (("A1", "A4"), ("BU05460301", district))


# On what it rests

CONFIRMED_IN_MARCH = [line("2026-03-05", "LEI-010", "last_confirmed", "", "2026-03-05")]
OF_EDITION = of(EntryChange("initiative", "LEI-011", "Of the edition", CORRECTED, areas=(CITY,)))
JANUARY = "2026-01-10-aaaaaaaaaaaa"


@pytest.mark.parametrize(
    ("began", "editions", "since", "kind", "start"),
    [
        (None, (), "2026-01-01", NOTHING, None),
        ("2025-06-01", (), "2026-01-01", JOURNAL, "2026-01-01"),
        ("2026-02-01", (), "2026-01-01", JOURNAL, "2026-02-01"),
        (None, (JANUARY,), "2026-02-01", EDITION, "2026-01-10"),
        (None, (JANUARY,), "2026-01-01", EDITION, "2026-01-10"),
        ("2025-06-01", (JANUARY,), "2026-02-01", JOURNAL, "2026-02-01"),  # it has days
        ("2026-02-15", (JANUARY,), "2026-02-01", EDITION, "2026-01-10"),  # it reaches back further
        ("2026-01-20", (JANUARY,), "2026-02-01", JOURNAL, "2026-02-01"),
    ],
)
def test_it_rests_on_what_reaches_back_far_enough(
    package: Package, began: str | None, editions: tuple[str, ...], since: str, kind: str, start: str | None
) -> None:
    past = Kept(
        dt.date.fromisoformat(began) if began else None,
        CONFIRMED_IN_MARCH,
        dict.fromkeys(editions, OF_EDITION),
    )
    found = what_changed(package, past, dt.date.fromisoformat(since), TODAY)
    assert found.basis.kind == kind
    assert found.basis.start == (dt.date.fromisoformat(start) if start else None)
    keys = {JOURNAL: ["LEI-010"], EDITION: ["LEI-011"], NOTHING: []}[kind]
    assert [each.change.key for each in found.entries] == keys
    assert [each.day for each in found.entries] == (
        [dt.date(2026, 3, 5)] if kind == JOURNAL else [None] * len(keys)
    )
    assert (found.figures_basis.edition is not None) == bool(editions)


def test_an_edition_is_compared_with_an_earlier_one_only(package: Package) -> None:
    past = Kept(
        dt.date(2025, 1, 1), CONFIRMED_IN_MARCH, {JANUARY: OF_EDITION, "2026-06-01-bbbbbbbbbbbb": of()}
    )
    first, last = past.editions()
    shown = what_changed(package, past, dt.date(2026, 3, 1), last.day, shown=last)
    assert (shown.basis.kind, shown.basis.edition) == (EDITION, first)
    oldest = what_changed(package, past, dt.date(2026, 1, 1), first.day, shown=first)
    assert (oldest.basis.kind, oldest.entries) == (NOTHING, ())


def test_a_correction_does_not_publish_what_it_took_out(package: Package) -> None:
    private = "Bel Jan de Vries, 06-12345678 of jandevries81@gmail.com"
    lines = [line("2026-03-05", "LEI-010", "contact", private, "info@leiden.nl")]
    found = what_changed(package, Kept(dt.date(2025, 1, 1), lines), dt.date(2026, 1, 1), TODAY)
    assert found.entries[0].change.fields == (FieldChange("contact", HIDDEN, "info@leiden.nl"),)
    named = of(EntryChange("initiative", "LEI-900", private, GONE))
    kept = what_changed(package, Kept(found={JANUARY: named}), dt.date(2026, 2, 1), TODAY)
    assert kept.entries[0].change.name == HIDDEN


# For whom


def test_reach_by_a_naive_reading(package: Package) -> None:
    neighbourhoods = package.areas[package.areas["level"] == "neighbourhood"]
    here = str(neighbourhoods.index[0])
    district = str(neighbourhoods.at[here, "parent_code"])
    sister = next(
        str(code) for code in neighbourhoods.index[1:] if neighbourhoods.at[code, "parent_code"] == district
    )
    other = next(
        str(code) for code in neighbourhoods.index if neighbourhoods.at[code, "parent_code"] != district
    )

    def seen(*areas: str, by: str = here) -> str:
        change = EntryChange("initiative", "x", "x", ADDED, areas=areas)
        return reach(package, change, codes_of(package, by))

    assert seen(here, district) == OWN
    assert seen(district) == AROUND
    assert seen(sister, district) == ""  # to another neighbourhood of it
    assert (seen(CITY), seen(REGION), seen(UNKNOWN), seen(other)) == (CITY, REGION, UNKNOWN, "")
    assert seen(sister, district, by=district) == OWN
    assert seen(CITY, by="") == OWN  # everywhere
    focus = codes_of(package, FOCUS)
    assert focus == set(
        package.focus_areas.loc[package.focus_areas["valid_to"].fillna("") == "", "area_code"]
    )
    assert seen(min(focus), by=FOCUS) == OWN


def test_city_wide_is_told_apart_and_never_dropped(package: Package) -> None:
    focus = min(codes_of(package, FOCUS))
    told = [
        EntryChange("initiative", "1", "here", ADDED, ambitions=("A1",), areas=(focus,)),
        EntryChange("initiative", "2", "all", ADDED, ambitions=("A1", "A2"), areas=(CITY,)),
        EntryChange("initiative", "3", "nowhere", ADDED, ambitions=("A1",), areas=(UNKNOWN,)),
        EntryChange("initiative", "4", "other", ENDED, ambitions=("A4",), areas=(focus,)),
        EntryChange("organisation", "5", "not counted", ADDED, ambitions=("A1",), areas=(focus,)),
    ]
    found = what_changed(package, Kept(found={JANUARY: of(*told)}), dt.date(2026, 2, 1), TODAY)

    def keys(area: str, ambition: str = "") -> list[str]:
        return [each.change.key for each in of_area(package, found, area, ambition).entries]

    assert keys("") == ["1", "2", "3", "4", "5"]
    assert keys(focus) == ["1", "2", "4", "5"]
    assert keys(focus, "A1") == ["1", "2", "5"]
    assert keys("", "A4") == ["4"]
    part = of_area(package, found, focus, "A1")
    assert counted(each for each in part.entries if each.reach == OWN) == {ADDED: 1}
    assert counted([Entry(each, None) for each in told]) == {ADDED: 3, ENDED: 1}


# By the dates of the entries


def test_dates_of_entries_against_a_reading_row_by_row(package: Package) -> None:
    initiatives = package.initiatives.copy()
    initiatives.loc["LEI-010", "last_confirmed"] = "2026-02-03"
    changed = replace(package, initiatives=initiatives)
    since, until = dt.date(2023, 1, 1), TODAY
    expected = set()
    for key, row in initiatives.iterrows():
        over = row["status"] == "ended"
        year = row["end_year"] if over else None
        start = row["start_date"] or ("" if str(row["start_year"]) == "<NA>" else str(row["start_year"]))
        if over and str(year) != "<NA>" and 2023 <= int(year) <= 2026:
            expected.add((key, ENDED, str(year)))
        if not over and start and since.isoformat() <= f"{start}-01-01"[:10] <= until.isoformat():
            expected.add((key, BEGAN, start))
    expected.add(("LEI-010", CONFIRMED, "2026-02-03"))
    found = dated(changed, since, until)
    assert {(each.initiative_id, each.what, each.when) for each in found} == expected
    assert len(found) > 10
    assert [each.when for each in found] == sorted((each.when for each in found), reverse=True)


def test_a_year_counts_from_its_first_day(package: Package) -> None:
    ended = {each.initiative_id for each in dated(package, dt.date(2025, 1, 1), TODAY) if each.what == ENDED}
    later = {each.initiative_id for each in dated(package, dt.date(2025, 1, 2), TODAY) if each.what == ENDED}
    over = package.initiatives[package.initiatives["status"] == "ended"]
    assert ended - later == set(over.index[over["end_year"].eq(2025).fillna(False)])
    assert ended > later
