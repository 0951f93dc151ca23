"""The journal: read, replayed to any moment, and undone. Its lines are only ever added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from datetime import datetime
from functools import reduce
from typing import Any

import pandas as pd
from sqlalchemy import Connection, RowMapping, func, select

from hsc_geo.domain.text import clean_text
from hsc_geo.register import entries, old_forms
from hsc_geo.register.drafting import repointed
from hsc_geo.register.entries import FILLED, KEY, Edit, Entry, Key, Stamp, moment_of, moment_text
from hsc_geo.register.frames import frames_of
from hsc_geo.register.reviewing import require_reviewer
from hsc_geo.register.store import Store
from hsc_geo.register.tables import CONFIRMED, JOURNAL, PLACES
from hsc_geo.register.things import ENTITIES, Accepted, Actor, Change, ChangedSince, Difference, Told, Unknown


def journal(
    store: Store,
    entity_id: str | None,
    since: datetime | None,
    batch: str | None,
    limit: int,
    newest_first: bool,
) -> list[Change]:
    """Lines of the journal that fit all that is asked."""
    query = select(JOURNAL).order_by(JOURNAL.c.id.desc() if newest_first else JOURNAL.c.id).limit(limit)
    query = query.where(JOURNAL.c.entity_id == entity_id) if entity_id is not None else query
    query = query.where(JOURNAL.c.batch == batch) if batch is not None else query
    query = query.where(JOURNAL.c.at >= moment_text(since)) if since is not None else query
    with store.reading() as connection:
        return [_change(row) for row in connection.execute(query).mappings()]


def _change(row: RowMapping) -> Change:
    return Change(
        row["id"],
        moment_of(row["at"]),
        row["role"],
        row["subject"],
        row["entity"],
        row["entity_id"],
        row["field"],
        row["old"],
        row["new"],
        row["why"],
        row["source_url"],
        row["proposal"],
        row["batch"],
    )


def began(store: Store) -> datetime | None:
    """The moment of the first line of the journal; None before the first fill."""
    with store.reading() as connection:
        first = connection.execute(select(func.min(JOURNAL.c.at))).scalar()
    return moment_of(first) if first else None


def told(store: Store, since: datetime, until: datetime) -> list[Told]:
    """What changed in entries from one moment until before another, the oldest first: without who did it and why, and
    without the first fill, which is how it all stood."""
    columns = [JOURNAL.c[each.name] for each in fields(Told)]
    query = select(*columns).where(JOURNAL.c.at >= moment_text(since), JOURNAL.c.at < moment_text(until))
    query = query.where(JOURNAL.c.entity.in_(ENTITIES), JOURNAL.c.batch != FILLED).order_by(JOURNAL.c.id)
    with store.reading() as connection:
        return [Told(moment_of(at), *cells) for at, *cells in connection.execute(query)]


def state_at(store: Store, moment: datetime) -> dict[str, pd.DataFrame]:
    """The tables as they stood then: those of now, with every later line taken back, the latest first."""
    query = select(JOURNAL).where(JOURNAL.c.at > moment_text(moment), JOURNAL.c.entity.in_(ENTITIES))
    with store.reading() as connection:
        found = entries.load_all(connection)
        for row in connection.execute(query.order_by(JOURNAL.c.id.desc())).mappings():
            _take_back(found.setdefault((row["entity"], row["entity_id"]), {}), dict(row))
    return frames_of(_existing(found))


def _take_back(entry: dict[str, str], line: Mapping[str, Any]) -> None:
    """The entry as it was before a line of the journal. A line of the first form of the register tells of places in
    columns: from there on back the entry has its place in these."""
    if line["entity"] == "initiative" and line["field"] in old_forms.PLACE_COLUMNS and PLACES in entry:
        entry |= old_forms.columns_of(entries.link_rows("", PLACES, entry.pop(PLACES)))
    entry[line["field"]] = line["old"]


def _existing(found: Mapping[Key, Mapping[str, str]]) -> dict[Key, Mapping[str, str]]:
    there = {(kind, key): entry for (kind, key), entry in found.items() if entry.get(KEY[kind])}
    return {(kind, key): entries.normal(kind, entry) for (kind, key), entry in there.items()}


def difference_between(store: Store, first: datetime, last: datetime) -> list[Difference]:
    """What differs between two moments, per field; what was changed and put back in between does not."""
    query = select(JOURNAL).where(JOURNAL.c.at > moment_text(first), JOURNAL.c.entity.in_(ENTITIES))
    with store.reading() as connection:
        lines = [dict(row) for row in connection.execute(query.order_by(JOURNAL.c.id.desc())).mappings()]
        keys = {_key(line) for line in lines if line["at"] <= moment_text(last)}
        found: dict[Key, dict[str, str]] = {key: {} for key in keys} | _loaded(connection, keys)
    there: dict[Key, dict[str, str]] = {}
    for line in (each for each in lines if _key(each) in keys):
        if line["at"] <= moment_text(last):
            there.setdefault(_key(line), dict(found[_key(line)]))
        _take_back(found[_key(line)], line)
    return list(_differences(_existing(found), _existing(there)))


def _key(line: Mapping[str, Any]) -> Key:
    return line["entity"], line["entity_id"]


def _loaded(connection: Connection, keys: Iterable[Key]) -> dict[Key, dict[str, str]]:
    return {key: entry for key, entry in entries.load_all(connection).items() if key in keys}


def _differences(before: Mapping[Key, Entry], after: Mapping[Key, Entry]) -> Iterator[Difference]:
    for kind, key in sorted({*before, *after}):
        edit = Edit(kind, key, before.get((kind, key)), after.get((kind, key)))
        yield from (Difference(kind, key, *cells) for cells in sorted(entries.changed_fields(edit)))


def undo(store: Store, by: Actor, batch: str, why: str) -> Accepted:
    """Put back what a batch changed, in a batch of its own; whole or not at all. The first fill is not undone."""
    require_reviewer(by)
    with store.writing() as connection:
        lines = _lines(connection, batch)
        if not lines or batch == FILLED:
            raise Unknown("batch that can be undone", batch)
        edits = [_put_back(connection, batch, key, own) for key, own in _by_entry(lines).items()]
        edits += _let_go(connection, edits)
        stamp = Stamp(by, clean_text(why), entries.new_batch())
        entries.write(connection, edits, stamp)
        revision = int(entries.get_meta(connection, "revision", "0"))
    return Accepted(edits[0].entity_id, stamp.batch, revision)


def _lines(connection: Connection, batch: str) -> list[Mapping[str, Any]]:
    query = (
        select(JOURNAL).where(JOURNAL.c.batch == batch, JOURNAL.c.entity.in_(ENTITIES)).order_by(JOURNAL.c.id)
    )
    return [dict(row) for row in connection.execute(query).mappings()]


def _by_entry(lines: Iterable[Mapping[str, Any]]) -> dict[Key, list[Mapping[str, Any]]]:
    found: dict[Key, list[Mapping[str, Any]]] = {}
    for line in lines:
        found.setdefault((line["entity"], line["entity_id"]), []).append(line)
    return found


def _put_back(connection: Connection, batch: str, key: Key, lines: list[Mapping[str, Any]]) -> Edit:
    kind, entity_id = key
    later = _later(connection, key, max(line["id"] for line in lines))
    made = any(line["field"] == KEY[kind] for line in lines)  # or taken away: the entry as a whole
    touched = [
        name for name in later if made or (name in {line["field"] for line in lines} and name != CONFIRMED)
    ]
    if touched:
        raise ChangedSince(entity_id, touched[0], later[touched[0]])
    outdated = [line["field"] for line in lines if line["field"] not in entries.FIELDS[kind]]
    if outdated and not made:  # of the first form of the register, which has that place in a table now
        raise ChangedSince(entity_id, outdated[0], "")
    now = entries.load_one(connection, kind, entity_id)
    # A later acceptance on the same day wrote no line for the day of confirmation, which it confirmed all the same.
    kept = {CONFIRMED} if later else set()
    before = dict(now or {}) | {line["field"]: line["old"] for line in lines if line["field"] not in kept}
    return Edit(kind, entity_id, now, entries.normal(kind, before) if before.get(KEY[kind]) else None)


def _let_go(connection: Connection, edits: Iterable[Edit]) -> list[Edit]:
    """The other initiatives that point to an organisation which goes: they keep its name, without the link."""
    going = [edit.entity_id for edit in edits if edit.kind == "organisation" and edit.new is None]
    if not going:
        return []
    touched = {edit.entity_id for edit in edits}
    rest = {key: e for key, e in entries.load(connection, "initiative").items() if key not in touched}
    made = {
        key: reduce(lambda e, gone: repointed(e, gone, ""), going, dict(old)) for key, old in rest.items()
    }
    return [Edit("initiative", key, old, made[key]) for key, old in rest.items()]


def _later(connection: Connection, key: Key, last: int) -> dict[str, str]:
    """Field to batch of what touched the entry after this line."""
    here = (JOURNAL.c.entity == key[0]) & (JOURNAL.c.entity_id == key[1]) & (JOURNAL.c.id > last)
    rows = connection.execute(select(JOURNAL.c.field, JOURNAL.c.batch).where(here).order_by(JOURNAL.c.id))
    return {str(field): str(batch) for field, batch in rows}
