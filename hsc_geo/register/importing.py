"""Taking over the rows of a file: every fault told first, then all or nothing, and a second time nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection

from hsc_geo.data.check.meaning import asked_as_keyed
from hsc_geo.data.check.reading import FIRST_ROW
from hsc_geo.data.load import Package
from hsc_geo.data.place_join import Served, precision_of
from hsc_geo.domain import schema
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem, ProblemsError, shorten
from hsc_geo.domain.text import clean_text
from hsc_geo.register import entries, place_fields, rules, texts
from hsc_geo.register.cleaning import clean_fields
from hsc_geo.register.drafting import Surroundings, complete
from hsc_geo.register.entries import FIELDS, KEY, Edit, Entry, Key, Stamp, link_rows, links_json, normal
from hsc_geo.register.exporting import columns_of
from hsc_geo.register.joining import SCOPE_OF, area_codes
from hsc_geo.register.old_forms import source_kind
from hsc_geo.register.opening import opened
from hsc_geo.register.place_fields import field_named
from hsc_geo.register.reviewing import require_reviewer
from hsc_geo.register.sheets import Sheet
from hsc_geo.register.store import Store
from hsc_geo.register.tables import AREAS, ENTRIES, LINKS, PLACES
from hsc_geo.register.things import Actor, Imported, ImportRefused
from hsc_geo.sources.extracts import split_many

Row = Mapping[str, str]
Links = Mapping[str, Mapping[str, Sequence[Row]]]  # table of links -> initiative -> its rows
_KIND_OF = {name: kind for kind, name in ENTRIES.items()}
MOST_TOLD = 1000  # faults; a file in the wrong encoding or order has one a cell


@dataclass(frozen=True, eq=False)
class ImportReport:
    """What a file holds: its rows by table, and every fault. `problems` as in the data package: file is the table,
    rows are counted as the file shows them (the header is row 1; for HSDS the first of a list is row 2). passed: what
    of the file was not read."""

    problems: tuple[Problem, ...]
    passed: tuple[Message, ...] = ()
    rows: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)

    @property
    def errors(self) -> list[tuple[int, str, str, str]]:
        """(row, column, value, how to mend it) of each fault."""
        return [(p.row, p.column, p.value, p.mend) for p in self.problems]


def read_import(store: Store, package: Package, content: bytes, form: str) -> ImportReport:
    """The rows of the file, with the faults that they would have as entries. Writes nothing."""
    try:
        found = opened(content, form)
    except ProblemsError as error:
        return ImportReport(error.problems)
    read = found.sheets
    early = [problem for sheet in read for problem in (*sheet.faults, *_headers(sheet))] + list(_twice(read))
    if early:
        return ImportReport(_once(early), found.passed)
    with store.reading() as connection:
        known = entries.load_all(connection)
    planned = _plan(package, known, {sheet.name: sheet.rows for sheet in read})
    faults = _once(_faults(package, known, planned, read))
    return ImportReport(faults, found.passed, {sheet.name: sheet.rows for sheet in read})


def _once(faults: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(faults))[:MOST_TOLD])


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
    package: Package, known: Mapping[Key, Entry], rows: Mapping[str, Sequence[Row]]
) -> dict[Key, dict[str, str]]:
    """What each entry of the file becomes; columns that the file lacks stay as they are."""
    links: Links = {name: _by_initiative(rows[name]) for name in LINKS if name in rows}
    planned: dict[Key, dict[str, str]] = {}
    organisations = {key: entry for (kind, key), entry in known.items() if kind == "organisation"}
    for kind in ("organisation", "venue", "asked", "initiative"):
        around = Surroundings(package, organisations, datetime.now(UTC).date())
        given = rows.get(ENTRIES[kind], ())
        for row, mark in zip(given, _marks(kind, given), strict=True):
            planned[kind, mark] = _entry(around, kind, known.get((kind, row.get(KEY[kind], ""))), row, links)
        if kind == "organisation":
            organisations = organisations | {key: e for (each, key), e in planned.items() if each == kind}
    for key in {key for by_initiative in links.values() for key in by_initiative}:
        old = known.get(("initiative", key))  # with links alone, no row of its own
        if ("initiative", key) not in planned and old is not None:
            own = {name: found for name, found in links.items() if key in found}
            planned["initiative", key] = _entry(around, "initiative", old, {"initiative_id": key}, own)
    return planned


def _marks(kind: str, rows: Sequence[Row]) -> list[str]:
    """What each row is planned under: its key; where it has none, or one that an earlier row has, a mark of its own, so
    that each row is judged by itself. (Both are faults: nothing is written under such a mark.)"""
    seen: set[str] = set()
    marks = []
    for number, row in enumerate(rows):
        key = row.get(KEY[kind], "")
        marks.append(f"{key}\0{number}" if not key or key in seen else key)
        seen.add(key)
    return marks


def _by_initiative(rows: Sequence[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.get("initiative_id", ""), []).append(row)
    return found


def _entry(around: Surroundings, kind: str, old: Entry | None, row: Row, links: Links) -> dict[str, str]:
    base = dict(old) if old is not None else dict.fromkeys(FIELDS[kind], "")
    given = {name: value for name, value in row.items() if name in FIELDS[kind] and name not in LINKS}
    if kind != "initiative":
        return complete(around, kind, old, _numbered(kind, base | given))
    told = _links_told(base, row, links)
    own = _numbered(kind, base | given | told)
    if AREAS not in told:
        own["precision"] = _precision(base, given)
    made = complete(around, kind, old, own) | told
    if AREAS in told:
        made["precision"] = given.get("precision") or _coarsest(told[AREAS])
    return made


def _links_told(base: Entry, row: Row, links: Links) -> dict[str, str]:
    """The links that the file gives: in tables of their own, within the row as JSON (HSDS), and places in fields of
    the row, as files of before have them."""
    key = row.get("initiative_id", "")
    told = {name: _json(found.get(key, ()), name) for name, found in links.items()}
    within = {name: _link_rows(name, row[name]) for name in LINKS if name in row and name not in links}
    told |= {name: _json(found, name) for name, found in within.items() if found is not None}
    fields = _place_fields(row)
    if fields and PLACES not in told:
        told[PLACES] = _json(place_fields.place_rows(base, fields), PLACES)
    return told


def _place_fields(row: Row) -> dict[str, str]:
    """The fields of places in a row. Files of before have several venues in one cell: each is a place."""
    fields = {name: value for name, value in row.items() if name in place_fields.FIELDS}
    venues = split_many(fields.get("venue", ""))[: place_fields.MOST_PLACES]
    return fields | {place_fields.field_of("venue", n): name for n, name in enumerate(venues, start=1)}


def _coarsest(areas: str) -> str:
    """The precision that areas give; "" where one has none that there is, of which the rules tell."""
    try:
        return precision_of(Served("", "", row["precision"], "", "") for row in link_rows("", AREAS, areas))
    except ValueError:
        return ""


def _json(rows: Sequence[Row], name: str) -> str:
    """The rows as JSON, places numbered anew in their order; also with numbers that are none: the rules tell which."""
    try:
        if name == PLACES:
            ordered = sorted(rows, key=lambda row: int(row.get("place_number", "")))
            rows = [{**row, "place_number": str(number)} for number, row in enumerate(ordered, start=1)]
        return links_json(rows, name)
    except ValueError:
        return json.dumps([dict(row) for row in rows], ensure_ascii=False)


def _numbered(kind: str, entry: Mapping[str, str]) -> dict[str, str]:
    try:
        return normal(kind, entry)
    except ValueError:
        return {
            **dict.fromkeys(FIELDS[kind], ""),
            **entry,
            **source_kind(kind, entry),
        }  # the rules tell which is none


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
    told = {problem.column for problem in sheet.faults if problem.row == sheet.header}
    for column in sheet.columns:
        if column in told:
            continue
        if column not in wanted:
            yield Problem(
                f"{sheet.name}.csv",
                sheet.header,
                shorten(column),
                shorten(column),
                Message("no such column; remove or rename it"),
            )
        elif column in seen:
            yield Problem(
                f"{sheet.name}.csv",
                sheet.header,
                column,
                column,
                Message("the column stands twice; keep one"),
            )
        seen.add(column)
    for key in schema.table(sheet.name).primary_key:
        if key not in seen:
            yield Problem(
                f"{sheet.name}.csv", sheet.header, key, "", Message("the column is missing; add it")
            )


def _twice(read: Sequence[Sheet]) -> Iterator[Problem]:
    names = [sheet.name for sheet in read]
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield Problem(
            f"{name}.csv", 0, "", "", Message("the table stands in the file more than once; keep one")
        )


def _faults(
    package: Package, known: Mapping[Key, Entry], planned: Mapping[Key, Entry], read: Sequence[Sheet]
) -> Iterator[Problem]:
    for sheet in read:
        yield from _of_file(package, sheet)
        yield from _of_texts(sheet, known)
        if sheet.name in _KIND_OF:
            yield from _of_entries(package, sheet, planned)
        if sheet.name in LINKS:
            yield from _of_links(package, sheet)
        if sheet.name != "initiatives":
            yield from _of_pointers(package, sheet, known, planned)
        else:
            yield from _of_areas(sheet, planned)
            yield from _of_places(package, sheet, known)
            yield from _of_links_within(package, sheet, known, planned)


def _of_file(package: Package, sheet: Sheet) -> Iterator[Problem]:
    """Keys that stand twice in the file."""
    found = rules.problems(package, {sheet.name: sheet.rows}, _TWICE)
    yield from (_numbered_as(sheet, problem) for _, problem in found)


def _of_texts(sheet: Sheet, known: Mapping[Key, Entry]) -> Iterator[Problem]:
    """Texts that no proposal may hold either; what the register itself says already is not asked again."""
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        told = [
            (column, *each) for column, text in _texts_of(sheet, row) for each in texts.faults(column, text)
        ]
        kept = _texts_kept(sheet, row, known) if told else frozenset()
        for column, code, value in told:
            if row[column] not in kept:
                yield Problem(f"{sheet.name}.csv", number, column, value, texts.mend(column, code, value))


def _texts_of(sheet: Sheet, row: Row) -> Iterator[tuple[str, str]]:
    """The cells that hold words; of the others their own rules tell."""
    for column, text in row.items():
        field = field_named(sheet.name, column)
        if (
            text
            and field
            and field.type == "string"
            and not (field.pattern or field.vocabulary or field.enum)
        ):
            yield column, text


def _texts_kept(sheet: Sheet, row: Row, known: Mapping[Key, Entry]) -> frozenset[str]:
    """Every text that the register has of the entry that a row is of."""
    kind = _KIND_OF.get(sheet.name, "initiative")
    entry = known.get((kind, row.get(KEY[kind], "")), {})
    links = [link for name in LINKS if entry.get(name) for link in link_rows("", name, entry[name])]
    return frozenset(text for each in (entry, *links) for text in each.values())


def _numbered_as(sheet: Sheet, problem: Problem) -> Problem:
    """With the number of the row as the file has it, blank rows counted."""
    row = sheet.numbers[problem.row - FIRST_ROW] if problem.row else 0
    return Problem(problem.file, row, problem.column, problem.value, problem.mend)


def _of_entries(package: Package, sheet: Sheet, planned: Mapping[Key, Entry]) -> Iterator[Problem]:
    kind = _KIND_OF[sheet.name]
    made = [planned[kind, mark] for mark in _marks(kind, sheet.rows)]
    found = rules.problems(package, {sheet.name: made}, rules.OF_ROWS | _OF_ASKED)
    unknown = _unfinished(sheet, KEY[kind], found)
    for _, problem in found:
        if problem.row not in unknown or not _follows(sheet, KEY[kind], problem):
            yield _numbered_as(sheet, problem)
    yield from (_numbered_as(sheet, problem) for problem in unknown.values() if problem is not None)
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        if kind == "initiative" and row.get(KEY[kind], "").startswith("ORG-"):
            mend = Message("ORG is for organisations; give the initiative other letters")
            yield Problem(f"{sheet.name}.csv", number, KEY[kind], row[KEY[kind]], mend)


def _unfinished(sheet: Sheet, key: str, found: Sequence[tuple[str, Problem]]) -> dict[int, Problem | None]:
    """Rows that would be new entries and lack whole columns, as a row does whose id is mistyped -> the one fault that
    says so; None where a fault of the id itself does."""
    lacking: dict[int, list[str]] = {}
    for code, problem in found:
        if code == "required" and sheet.header and problem.column not in sheet.columns:
            lacking.setdefault(problem.row, []).append(problem.column)
    misshapen = {problem.row for code, problem in found if code == "form" and problem.column == key}
    return {
        row: None if row in misshapen else _unknown(sheet, key, row, columns)
        for row, columns in lacking.items()
    }


def _unknown(sheet: Sheet, key: str, row: int, lacking: Sequence[str]) -> Problem:
    value, columns = sheet.rows[row - FIRST_ROW].get(key, ""), ", ".join(c for c in lacking if c != key)
    mend = Message(
        "give the id of an entry of the register; a new one needs an id of its own and the columns {columns}",
        columns=columns,
    )
    if value:
        mend = Message(
            "the register has no such entry; correct the id, or give a new one the columns {columns} too",
            columns=columns,
        )
    return Problem(f"{sheet.name}.csv", row, key, shorten(value), mend)


def _follows(sheet: Sheet, key: str, problem: Problem) -> bool:
    """Whether a fault of such a row only follows from that it is no known entry."""
    return not problem.value and (problem.column == key or problem.column not in sheet.columns)


_TWICE = {"twice": rules.OF_TABLES["twice"]}
_OF_ASKED = {"keyed": asked_as_keyed}
_OF_LINKS = {
    code: rules.OF_ROWS[code]
    for code in ("required", "type", "limits", "unknown_code", "html", "unprintable", "coordinates")
}


def _of_places(package: Package, sheet: Sheet, known: Mapping[Key, Entry]) -> Iterator[Problem]:
    """Faults of places that stand in fields of the initiatives themselves, told under the names of those fields."""
    found: list[tuple[int, dict[str, str]]] = []
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        fields, key = _place_fields(row), row.get("initiative_id", "")
        places = place_fields.rows_by_number(known.get(("initiative", key), {}), fields) if fields else {}
        found.extend((number, {"initiative_id": "-", **place}) for place in places.values())
    for _, problem in rules.problems(package, {PLACES: [place for _, place in found]}, _OF_LINKS):
        number, place = found[problem.row - FIRST_ROW]
        column = place_fields.name_of(problem.column, place["place_number"])
        yield Problem(f"{sheet.name}.csv", number, column, problem.value, problem.mend)


def _of_links(package: Package, sheet: Sheet) -> Iterator[Problem]:
    for _, problem in rules.problems(package, {sheet.name: sheet.rows}, _OF_LINKS):
        yield _numbered_as(sheet, problem)


def _of_pointers(
    package: Package, sheet: Sheet, known: Mapping[Key, Entry], planned: Mapping[Key, Entry]
) -> Iterator[Problem]:
    """Rows that name an area, initiative or organisation that is not there."""
    for row, number in zip(sheet.rows, sheet.numbers, strict=True):
        for column, value in _dangling(package, row, known, planned):
            yield _no_such(sheet, number, column, value)


def _no_such(sheet: Sheet, number: int, column: str, value: str) -> Problem:
    mend = Message("no such one in the file or the register; correct or add it")
    return Problem(f"{sheet.name}.csv", number, column, shorten(value), mend)


def _dangling(
    package: Package, row: Row, known: Mapping[Key, Entry], planned: Mapping[Key, Entry]
) -> Iterator[tuple[str, str]]:
    for column, kind in (("initiative_id", "initiative"), ("organisation_id", "organisation")):
        value = row.get(column, "")
        if value and (kind, value) not in known and (kind, value) not in planned:
            yield column, value
    if row.get("area_code", "") and row["area_code"] not in area_codes(package):
        yield "area_code", row["area_code"]


def _of_areas(sheet: Sheet, planned: Mapping[Key, Entry]) -> Iterator[Problem]:
    """Precisions that do not fit the areas."""
    for mark, number in zip(_marks("initiative", sheet.rows), sheet.numbers, strict=True):
        entry = planned["initiative", mark]
        if (entry["precision"] == "unknown") != (not entry[AREAS]):
            mend = Message("give the areas in initiative_areas.csv, or make the precision unknown")
            mend = mend if not entry[AREAS] else Message("it has areas: give the precision")
            yield Problem(f"{sheet.name}.csv", number, "precision", entry["precision"], mend)


def _of_links_within(
    package: Package, sheet: Sheet, known: Mapping[Key, Entry], planned: Mapping[Key, Entry]
) -> Iterator[Problem]:
    """Faults of links that stand with the initiatives themselves (HSDS), told at the row of the initiative."""
    for name in set(LINKS) & set(sheet.columns):
        found: list[tuple[int, dict[str, str]]] = []
        for row, number in zip(sheet.rows, sheet.numbers, strict=True):
            links = _link_rows(name, row.get(name, ""))
            if links is None:
                mend = Message("this is no list of links; leave it out")
                yield Problem(f"{sheet.name}.csv", number, name, shorten(row[name]), mend)
            found.extend(
                (number, {**link, "initiative_id": row.get(KEY["initiative"], "")}) for link in links or ()
            )
        for _, problem in rules.problems(package, {name: [link for _, link in found]}, _OF_LINKS | _TWICE):
            number = found[problem.row - FIRST_ROW][0]
            yield Problem(f"{sheet.name}.csv", number, problem.column, problem.value, problem.mend)
        for number, link in found:
            for column, wrong in _dangling(package, link, known, planned):
                yield _no_such(sheet, number, column, wrong)
        inner = Sheet(name, (), tuple(link for _, link in found), tuple(number for number, _ in found))
        yield from (replace(each, file=f"{sheet.name}.csv") for each in _of_texts(inner, known))


def _link_rows(table: str, value: str) -> list[dict[str, str]] | None:
    if not value:
        return []
    try:
        found: Any = json.loads(value)
    except (ValueError, RecursionError):
        return None
    sound = isinstance(found, list) and all(
        isinstance(row, dict) and all(isinstance(cell, str) for cell in row.values()) for row in found
    )
    return [clean_fields(table, row) for row in found] if sound else None
