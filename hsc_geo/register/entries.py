"""Entries as text, and the one door through which they change: state and journal in the same transaction.

An entry is a dict of text by field: the columns of the contract, the day of its last confirmation and, for an
initiative, its areas and organisations as JSON. "" is a missing value. An entry exists as long as its key is not "".
"""

from __future__ import annotations

import json
import math
import re
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from hsc_geo.domain import schema
from hsc_geo.domain.problems import shorten
from hsc_geo.domain.schema_asked import ASKED_ID
from hsc_geo.domain.schema_register import INITIATIVE_ID, ORGANISATION_ID
from hsc_geo.domain.text import split_names
from hsc_geo.register import old_forms
from hsc_geo.register.bulk import insert_rows
from hsc_geo.register.tables import ENTRIES, JOURNAL, LINKS, META, OWN, PLACES, TABLES
from hsc_geo.register.things import ENTITIES, Actor

Entry = Mapping[str, str]
Key = tuple[str, str]  # kind of entry, id
Line = tuple[str, str, str, str, str]  # of the journal: kind of entry, id, field, old, new
FILLED = "fill"  # the batch of the first fill; those of later ones begin with it and a hyphen
PACKAGE = (
    "package"  # kind of a line in the journal: what the data package says and the register did not take over
)

_LINE_COLUMNS = split_names("at role subject entity entity_id field old new why source_url proposal batch")
KEY = {kind: schema.table(table).primary_key[0] for kind, table in ENTRIES.items()}
_LINK_COLUMNS = {
    name: {field.name: field.type for field in schema.table(name).fields[1:]} for name in LINKS
}  # without initiative_id
FIELDS = {
    kind: (
        *schema.table(ENTRIES[kind]).columns,
        *OWN.get(ENTRIES[kind], ()),
        *(LINKS if kind == "initiative" else ()),
    )
    for kind in ENTITIES
}
_NUMBERS = {
    kind: {f.name: f.type for f in schema.table(ENTRIES[kind]).fields if f.type in ("integer", "number")}
    for kind in ENTITIES
}
_MADE_IN_ORDER = ("organisation", "venue", "asked", "initiative")  # an initiative refers to the first two


@dataclass(frozen=True)
class Stamp:
    """What is told of a change in the journal."""

    by: Actor
    why: str
    batch: str
    source_url: str = ""
    proposal: int | None = None


@dataclass(frozen=True)
class Edit:
    """An entry before and after; None where there is none."""

    kind: str
    entity_id: str
    old: Entry | None
    new: Entry | None


def entity_of(entity_id: str) -> str:
    """initiative, organisation, asked or (anything else is a name) venue."""
    if re.fullmatch(ASKED_ID, entity_id):
        return "asked"
    if re.fullmatch(INITIATIVE_ID, entity_id) and not re.fullmatch(ORGANISATION_ID, entity_id):
        return "initiative"
    return "organisation" if re.fullmatch(ORGANISATION_ID, entity_id) else "venue"


def new_batch() -> str:
    """A name for what happens together."""
    return secrets.token_hex(6)


def links_json(rows: Iterable[Mapping[str, Any]], name: str) -> str:
    """Rows of one of LINKS of one initiative as JSON, numbers written as the store does; "" without any. Raises
    ValueError for a number that is none."""
    columns = _LINK_COLUMNS[name].items()
    made = [{column: _link_text(form, row.get(column)) for column, form in columns} for row in rows]
    return json.dumps(made, ensure_ascii=False) if made else ""


def _link_text(form: str, value: Any) -> str:
    if form not in ("integer", "number"):
        return "" if value is None else str(value)
    return _tidy(form, str(value)) if value != "" and is_told(value) else ""


def link_rows(entity_id: str, name: str, value: str) -> list[dict[str, str]]:
    """The rows again."""
    return [{"initiative_id": entity_id, **row} for row in json.loads(value)] if value else []


def is_told(value: Any) -> bool:
    """Whether a number of the database is one: what somebody put there by hand may be infinite."""
    return value is not None and not (isinstance(value, float) and not math.isfinite(value))


def number_text(kind: str, value: Any) -> str:
    """A number of the database as text, the shortest that reads back as the same number; "" for none."""
    if not is_told(value):
        return ""
    return str(int(value)) if kind == "integer" else repr(float(value))


def normal(kind: str, entry: Entry) -> dict[str, str]:
    """The entry with all its fields, numbers written in the one way that the store writes them, and one of an earlier
    form as it is written now. Raises ValueError."""
    numbers = _NUMBERS[kind]
    made = {name: entry.get(name, "") for name in FIELDS[kind]} | old_forms.source_kind(kind, entry)
    if old_forms.is_old(kind, entry) and PLACES not in entry:
        made[PLACES] = links_json(old_forms.places_of(entry), PLACES)
    elif made.get(PLACES):
        made[PLACES] = links_json(link_rows("", PLACES, made[PLACES]), PLACES)
    return made | {name: _tidy(form, made[name]) for name, form in numbers.items() if made[name]}


def _tidy(kind: str, text: str) -> str:
    value = float(text)
    if "_" in text or not math.isfinite(value) or (kind == "integer" and not value.is_integer()):
        raise ValueError(f"{shorten(text)!r} is no {kind}")
    return number_text(kind, value)


def load(connection: Connection, kind: str, ids: Sequence[str] | None = None) -> dict[str, dict[str, str]]:
    """Entries of a kind by id, in order of their id; ids: only these."""
    table = TABLES[ENTRIES[kind]]
    query = select(table)
    if ids is not None:
        query = query.where(table.c[KEY[kind]].in_(ids))
    links = _links(connection, ids) if kind == "initiative" else {}
    numbers = _NUMBERS[kind]
    found = {}
    for row in connection.execute(query).mappings():
        cells = {
            name: number_text(numbers[name], row[name]) if name in numbers else row[name]
            for name in FIELDS[kind]
            if name not in LINKS
        }
        key = cells[KEY[kind]]
        found[key] = cells | {name: links_json(links[name].get(key, ()), name) for name in links}
    return dict(sorted(found.items()))


def load_all(connection: Connection) -> dict[Key, dict[str, str]]:
    """All entries by kind and id."""
    return {(kind, key): entry for kind in ENTITIES for key, entry in load(connection, kind).items()}


def load_one(connection: Connection, kind: str, entity_id: str) -> dict[str, str] | None:
    """One entry, None when there is none."""
    return load(connection, kind, [entity_id]).get(entity_id)


def _links(connection: Connection, ids: Sequence[str] | None) -> dict[str, dict[str, list[Any]]]:
    found: dict[str, dict[str, list[Any]]] = {name: {} for name in LINKS}
    for name in LINKS:
        table = TABLES[name]
        query = select(table).order_by(table.c.position)
        if ids is not None:
            query = query.where(table.c.initiative_id.in_(ids))
        for row in connection.execute(query).mappings():
            found[name].setdefault(row["initiative_id"], []).append(row)
    return found


def changed_fields(edit: Edit) -> Iterator[tuple[str, str, str]]:
    """(field, old, new) of every field that differs."""
    before, now = edit.old or {}, edit.new or {}
    for name in FIELDS[edit.kind]:
        old, new = before.get(name, ""), now.get(name, "")
        if old != new:
            yield name, old, new


def write(connection: Connection, edits: Iterable[Edit], stamp: Stamp) -> int:
    """Carry out the edits, with a line in the journal for every field that differs; the number of entries changed.

    An edit that changes nothing writes nothing. The revision grows by one when anything changed. Only to be called
    in `Store.writing`.
    """
    real = [edit for edit in edits if any(changed_fields(edit))]
    if not real:
        return 0
    for kind in _MADE_IN_ORDER:
        _put(connection, kind, [edit for edit in real if edit.kind == kind and edit.new is not None])
    for kind in reversed(_MADE_IN_ORDER):
        _remove(connection, kind, [edit.entity_id for edit in real if edit.kind == kind and edit.new is None])
    write_lines(
        connection, ((e.kind, e.entity_id, *cells) for e in real for cells in changed_fields(e)), stamp
    )
    grow(connection)
    return len(real)


def write_lines(connection: Connection, lines: Iterable[Line], stamp: Stamp) -> None:
    """Lines of the journal: (kind, id, field, old, new), all at one moment, which is never before the last one."""
    at, by = next_moment(connection), stamp.by
    told = (stamp.why, stamp.source_url, stamp.proposal, stamp.batch)
    rows = ((at, by.role, by.subject, *line, *told) for line in lines)
    insert_rows(connection, JOURNAL, _LINE_COLUMNS, rows)


def moment_text(moment: datetime) -> str:
    """UTC with microseconds, in a form that sorts as time does. Without a time zone it is taken as UTC."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def moment_of(text: str) -> datetime:
    """The time again, in UTC."""
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%f%z").astimezone(UTC)


def today_began() -> str:
    """When this day (UTC) began, as `moment_text` writes it."""
    return moment_text(datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0))


def next_moment(connection: Connection) -> str:
    """Now, or the time of the journal's last line when the clock was set back."""
    last = connection.execute(select(JOURNAL.c.at).order_by(JOURNAL.c.id.desc()).limit(1)).scalar()
    return max(moment_text(datetime.now(UTC)), last or "")


def get_meta(connection: Connection, key: str, otherwise: str = "") -> str:
    """A value that the store keeps for itself."""
    found = connection.execute(select(META.c.value).where(META.c.key == key)).scalar()
    return otherwise if found is None else str(found)


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Keep a value."""
    if not connection.execute(update(META).where(META.c.key == key).values(value=value)).rowcount:
        connection.execute(insert(META).values(key=key, value=value))


def grow(connection: Connection) -> int:
    """The next revision, now in force."""
    revision = int(get_meta(connection, "revision", "0")) + 1
    set_meta(connection, "revision", str(revision))
    return revision


def _put(connection: Connection, kind: str, edits: Sequence[Edit]) -> None:
    """Make and change entries of a kind, with one statement for many of them."""
    table, key = TABLES[ENTRIES[kind]], KEY[kind]
    names = tuple(name for name in FIELDS[kind] if name not in LINKS)
    made = ((*_cells(edit, names), 1) for edit in edits if edit.old is None)
    insert_rows(connection, table, (*names, "revision"), made)
    changed = [
        dict(zip((*names, "own_key"), (*_cells(edit, names), edit.entity_id), strict=True))
        for edit in edits
        if edit.old is not None
    ]
    if changed:
        grown = (
            update(table).where(table.c[key] == bindparam("own_key")).values(revision=table.c.revision + 1)
        )
        connection.execute(grown, changed)
    for name in LINKS if kind == "initiative" else ():
        _relink(connection, name, [e for e in edits if _value(e.old, name) != _value(e.new, name)])


def _value(entry: Entry | None, name: str) -> str:
    return (entry or {}).get(name, "")


def _cells(edit: Edit, names: Iterable[str]) -> Iterator[Any]:
    assert edit.new is not None
    forms = _NUMBERS[edit.kind]
    return (_as(forms[name], edit.new[name]) if name in forms else edit.new[name] for name in names)


def _relink(connection: Connection, name: str, edits: Sequence[Edit]) -> None:
    """Other links of these initiatives in the place of the ones before."""
    _unlink(connection, name, [edit.entity_id for edit in edits if edit.old is not None])
    forms = _LINK_COLUMNS[name]
    rows = (
        (edit.entity_id, *(_as(form, row[column]) for column, form in forms.items()), place)
        for edit in edits
        for place, row in enumerate(link_rows(edit.entity_id, name, _value(edit.new, name)))
    )
    insert_rows(connection, TABLES[name], ("initiative_id", *forms, "position"), rows)


def _as(form: str, value: str) -> Any:
    if form not in ("integer", "number"):
        return value
    return None if value == "" else int(value) if form == "integer" else float(value)


def _unlink(connection: Connection, name: str, ids: Sequence[str]) -> None:
    if ids:
        order = delete(TABLES[name]).where(TABLES[name].c.initiative_id == bindparam("own_key"))
        connection.execute(order, [{"own_key": key} for key in ids])


def _remove(connection: Connection, kind: str, ids: Sequence[str]) -> None:
    for name in LINKS if kind == "initiative" and ids else ():
        _unlink(connection, name, ids)
    if ids:
        table = TABLES[ENTRIES[kind]]
        order = delete(table).where(table.c[KEY[kind]] == bindparam("own_key"))
        connection.execute(order, [{"own_key": key} for key in ids])
