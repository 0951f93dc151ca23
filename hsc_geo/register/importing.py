"""Taking over the rows of a file: every fault told first, then all or nothing, and a second time nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem, ProblemsError, shorten
from hsc_geo.domain.told import Told
from hsc_geo.register import entries, place_fields, rules
from hsc_geo.register.checking import clean_text
from hsc_geo.register.drafting import Surroundings, complete
from hsc_geo.register.entries import FIELDS, KEY, Edit, Entry, Key, Stamp, links_json, normal
from hsc_geo.register.exporting import columns_of
from hsc_geo.register.joining import SCOPE_OF, area_codes
from hsc_geo.register.opening import Sheet, sheets
from hsc_geo.register.reviewing import require_reviewer
from hsc_geo.register.store import Store
from hsc_geo.register.tables import AREAS, CONFIRMED, ENTRIES, LINKS, PLACES
from hsc_geo.register.things import Actor, Imported, ImportRefused

_KIND_OF = {name: kind for kind, name in ENTRIES.items()}
MOST_TOLD = 1000  # faults; a file in the wrong encoding or order has one a cell


@dataclass(frozen=True, eq=False)
class ImportReport:
    """What a file holds: its rows by table, and every fault. `problems` as in the data package: file is the table,
    rows are counted as the file shows them (the header is row 1; for HSDS the first of a list is row 2)."""

    problems: tuple[Problem, ...]
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)

    @property
    def errors(self) -> list[tuple[int, str, str, str]]:
        """(row, column, value, how to mend it) of each fault."""
        return [(p.row, p.column, p.value, p.mend) for p in self.problems]


def read_import(store: Store, package: Package, content: bytes, form: str) -> ImportReport:
    """The rows of the file, with the faults that they would have as entries. Writes nothing."""
    try:
        read = sheets(content, form)
    except ProblemsError as error:
        return ImportReport(error.problems)
    early = [problem for sheet in read for problem in _headers(sheet)] + list(_twice(read))
    if early:
        return ImportReport(tuple(early[:MOST_TOLD]))
    with store.reading() as connection:
        known = entries.load_all(connection)
    planned = _plan(package, known, {sheet.name: sheet.rows for sheet in read})
    found = list(_faults(package, known, planned, read))
    return ImportReport(tuple(sorted(set(found))[:MOST_TOLD]), {sheet.name: sheet.rows for sheet in read})


def import_rows(store: Store, package: Package, report: ImportReport, by: Actor, why: str) -> Imported:
    """Take the rows over in one transaction. Entries that another changed meanwhile get the file's values on top of
    that change; the journal holds both."""
    require_reviewer(by)
    if report.problems:
        raise ImportRefused(report.problems)
    with store.writing() as connection:
        edits = list(_edits(connection, package, report))
        stamp = Stamp(by, clean_text(why), entries.new_batch())
        changed = [edit for edit in edits if any(entries.changed_fields(edit))]
        added = [edit for edit in changed if edit.old is None]
        if changed:
            entries.write(connection, changed, stamp)
    return Imported(
        len(added), len(changed) - len(added), len(edits) - len(changed), stamp.batch if changed else ""
    )


def _edits(connection: Connection, package: Package, report: ImportReport) -> Iterator[Edit]:
    known = entries.load_all(connection)
    for key, entry in _plan(package, known, report.rows).items():
        yield Edit(key[0], key[1], known.get(key), normal(key[0], entry))


def _plan(
    package: Package, known: Mapping[Key, Entry], rows: Mapping[str, Sequence[Mapping[str, str]]]
) -> dict[Key, dict[str, str]]:
    """What each entry of the file becomes; columns that the file lacks stay as they are."""
    links = {name: _by_initiative(rows[name]) for name in LINKS if name in rows}
    planned: dict[Key, dict[str, str]] = {}
    organisations = {key: entry for (kind, key), entry in known.items() if kind == "organisation"}
    for kind in ("organisation", "venue", "asked", "initiative"):
        around = Surroundings(package, organisations, datetime.now(UTC).date())
        for row in rows.get(ENTRIES[kind], ()):
            key = row.get(KEY[kind], "")
            planned[kind, key] = _entry(around, kind, known.get((kind, key)), row, key, links)
        if kind == "organisation":
            organisations = organisations | {key: e for (each, key), e in planned.items() if each == kind}
    for name, by_initiative in links.items():  # links of initiatives that the file has no row of
        for key in by_initiative:
            old = known.get(("initiative", key))
            if ("initiative", key) not in planned and old is not None:
                planned["initiative", key] = dict(old)
            if ("initiative", key) in planned:
                planned["initiative", key][name] = _json(by_initiative[key], name)
    return planned


def _by_initiative(rows: Sequence[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    found: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        found.setdefault(row.get("initiative_id", ""), []).append(row)
    return found


def _entry(
    around: Surroundings, kind: str, old: Entry | None, row: Mapping[str, str], key: str,
    links: Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]],
) -> dict[str, str]:  # fmt: skip
    base = dict(old) if old is not None else dict.fromkeys(FIELDS[kind], "")
    given = {name: value for name, value in row.items() if name in FIELDS[kind]}
    told = set(links) | (set(given) & set(LINKS))  # links that the file itself gives
    if kind == "initiative":
        given |= _places(base, row, links, key)
    own = _numbered(kind, base | given)
    if AREAS not in told and kind == "initiative":
        own["precision"] = _precision(base, given)
    made = complete(around, kind, old, own)
    if kind == "initiative":
        made |= {name: given[name] for name in LINKS if name in given}
        if AREAS in told:
            made["precision"] = own["precision"]
        made |= {name: _json(links[name].get(key, ()), name) for name in links}
    return made


def _places(
    base: Entry,
    row: Mapping[str, str],
    links: Mapping[str, Mapping[str, Sequence[Mapping[str, str]]]],
    key: str,
) -> dict[str, str]:
    """The places that the file gives: in a table of their own, else in fields of the row, as files of before have."""
    if PLACES in links:
        return {PLACES: _json(links[PLACES].get(key, ()), PLACES)}
    told = {name: value for name, value in row.items() if name in place_fields.FIELDS}
    return {PLACES: _json(place_fields.place_rows(base, told), PLACES)} if told else {}


def _json(rows: Sequence[Mapping[str, str]], name: str) -> str:
    """The rows as JSON, also with numbers that are none: the rules tell which."""
    try:
        return links_json(rows, name)
    except ValueError:
        return json.dumps([dict(row) for row in rows], ensure_ascii=False)


def _numbered(kind: str, entry: Mapping[str, str]) -> dict[str, str]:
    try:
        return normal(kind, entry)
    except ValueError:
        return dict(entry)  # the rules tell which number is none


def _precision(old: Entry, given: Mapping[str, str]) -> str:
    """Without a table of areas only `city` and `region` can be taken from a file; the rest the register finds."""
    asked, now = given.get("precision", old["precision"]), old["precision"]
    return asked if (asked in SCOPE_OF) != (now in SCOPE_OF) or asked in SCOPE_OF else now


def _headers(sheet: Sheet) -> Iterator[Problem]:
    wanted = {
        *columns_of(sheet.name),
        *((*LINKS, *place_fields.FIELDS) if sheet.name == "initiatives" else ()),
    }
    seen: set[str] = set()
    for column in sheet.columns:
        if column not in wanted:
            yield Problem(
                f"{sheet.name}.csv",
                1,
                shorten(column),
                shorten(column),
                Told("no such column; remove or rename it"),
            )
        elif column in seen:
            yield Problem(f"{sheet.name}.csv", 1, column, column, Told("the column stands twice; keep one"))
        seen.add(column)
    for key in schema.table(sheet.name).primary_key:
        if key not in seen:
            yield Problem(f"{sheet.name}.csv", 1, key, "", Told("the column is missing; add it"))


def _twice(read: Sequence[Sheet]) -> Iterator[Problem]:
    names = [sheet.name for sheet in read]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(f"{name}.csv", 0, "", "", Told("the table stands in the file more than once; keep one"))


def _faults(
    package: Package, known: Mapping[Key, Entry], planned: Mapping[Key, Entry], read: Sequence[Sheet]
) -> Iterator[Problem]:
    for sheet in read:
        yield from _of_file(package, sheet)
        if sheet.name in _KIND_OF:
            yield from _of_entries(package, sheet, planned)
        else:
            yield from _of_links(package, sheet, known, planned)
        if sheet.name == "initiatives":
            yield from _of_areas(package, sheet, known, planned)
            yield from _of_places(package, sheet, planned)


def _of_file(package: Package, sheet: Sheet) -> Iterator[Problem]:
    """Keys that stand twice in the file."""
    found = rules.problems(package, {sheet.name: sheet.rows}, {"twice": rules.OF_TABLES["twice"]})
    yield from (_numbered_as(sheet, problem) for _, problem in found)


def _numbered_as(sheet: Sheet, problem: Problem) -> Problem:
    """With the number of the row as the file has it, blank rows counted."""
    row = sheet.numbers[problem.row - 2] if problem.row else 0
    return Problem(problem.file, row, problem.column, problem.value, problem.mend)


def _of_entries(package: Package, sheet: Sheet, planned: Mapping[Key, Entry]) -> Iterator[Problem]:
    kind = _KIND_OF[sheet.name]
    made = [planned[kind, row.get(KEY[kind], "")] for row in sheet.rows]
    for _, problem in rules.problems(package, {sheet.name: made}, rules.OF_ROWS):
        yield _numbered_as(sheet, problem)
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        day = row.get(CONFIRMED, "")
        if day and not _is_day(day):
            yield Problem(
                f"{sheet.name}.csv",
                number,
                CONFIRMED,
                shorten(day),
                Told("write a day as 2026-11-21, or nothing"),
            )
        if kind == "initiative" and row.get(KEY[kind], "").startswith("ORG-"):
            mend = Told("ORG is for organisations; give the initiative other letters")
            yield Problem(f"{sheet.name}.csv", number, KEY[kind], row[KEY[kind]], mend)


def _of_places(package: Package, sheet: Sheet, planned: Mapping[Key, Entry]) -> Iterator[Problem]:
    """Faults of places that stand in fields of the initiatives themselves, told under the names of those fields."""
    names = {cell: name for name, cell in place_fields.FIELDS.items() if name in sheet.columns}
    for row, number in zip(sheet.rows, sheet.numbers, strict=True) if names else ():
        places = place_fields.places(planned["initiative", row.get("initiative_id", "")])
        rows = [{"initiative_id": "-", **place} for place in places]
        for _, problem in rules.problems(package, {PLACES: rows}, rules.OF_ROWS):
            place = rows[problem.row - 2]["place_number"]
            column = names.get((int(place), problem.column), problem.column)
            yield Problem(f"{sheet.name}.csv", number, column, problem.value, problem.mend)


def _is_day(text: str) -> bool:
    try:
        return datetime.strptime(text, "%Y-%m-%d").strftime("%Y-%m-%d") == text
    except ValueError:
        return False


_OF_LINKS = ("required", "type", "limits", "unknown_code", "html", "unprintable", "coordinates")


def _of_links(
    package: Package, sheet: Sheet, known: Mapping[Key, Entry], planned: Mapping[Key, Entry]
) -> Iterator[Problem]:
    checks = {code: rules.OF_ROWS[code] for code in _OF_LINKS}
    for _, problem in rules.problems(package, {sheet.name: sheet.rows}, checks):
        yield _numbered_as(sheet, problem)
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        for column, value in _dangling(package, row, known, planned):
            mend = Told("no such one in the file or the register; correct or add it")
            yield Problem(f"{sheet.name}.csv", number, column, shorten(value), mend)


def _dangling(
    package: Package, row: Mapping[str, str], known: Mapping[Key, Entry], planned: Mapping[Key, Entry]
) -> Iterator[tuple[str, str]]:
    for column, kind in (("initiative_id", "initiative"), ("organisation_id", "organisation")):
        value = row.get(column, "")
        if value and (kind, value) not in known and (kind, value) not in planned:
            yield column, value
    if row.get("area_code", "") and row["area_code"] not in area_codes(package):
        yield "area_code", row["area_code"]


def _of_areas(
    package: Package, sheet: Sheet, known: Mapping[Key, Entry], planned: Mapping[Key, Entry]
) -> Iterator[Problem]:
    """Links that stand with the initiatives themselves (HSDS), and precisions that do not fit the areas."""
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        entry = planned["initiative", row.get("initiative_id", "")]
        for name in LINKS:
            value = row.get(name, "")
            found = _link_rows(value)
            if found is None:
                yield Problem(
                    sheet.name + ".csv",
                    number,
                    name,
                    shorten(value),
                    Told("this is no list of links; leave it out"),
                )
            for link in found or ():
                for column, wrong in _dangling(package, link, known, planned):
                    mend = Told("no such one in the file or the register; correct or add it")
                    yield Problem(sheet.name + ".csv", number, column, shorten(wrong), mend)
        if (entry["precision"] == "unknown") != (not entry["initiative_areas"]):
            mend = Told("give the areas in initiative_areas.csv, or make the precision unknown")
            mend = mend if not entry["initiative_areas"] else Told("it has areas: give the precision")
            yield Problem(f"{sheet.name}.csv", number, "precision", entry["precision"], mend)


def _link_rows(value: str) -> list[dict[str, str]] | None:
    if not value:
        return []
    try:
        found: Any = json.loads(value)
    except (ValueError, RecursionError):
        return None
    sound = isinstance(found, list) and all(
        isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in found
    )
    return found if sound else None
