"""Back-up and restore: one file for both databases, checked to the last bit before anything is replaced.

The file is a zip with a line of JSON for every row (a file a table) and `manifest.json`, which says how many rows and
which sha256 each has. The comment at the end of the zip is the sha256 of all bytes before it.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, delete, exc, func, select, text

from hsc_geo.domain.schema_register import LADDER_FIELDS, PRACTICAL_FIELDS, PUBLIC_PAGE
from hsc_geo.register import entries, journal_rule, old_forms, sign_ins
from hsc_geo.register.bulk import insert_rows
from hsc_geo.register.entries import Stamp
from hsc_geo.register.proposing import SALT
from hsc_geo.register.reviewing import require_administrator
from hsc_geo.register.store import Store
from hsc_geo.register.tables import ALL, JOURNAL, OTHER_NAMES, PLACES, PROPOSALS
from hsc_geo.register.things import Actor, BackupDamaged

FORM = "hsc_geo register back-up"
VERSION = 4
_NO_PRACTICAL = {**dict.fromkeys(PRACTICAL_FIELDS, ""), "source_kind": PUBLIC_PAGE}
_NO_LADDER = {**dict.fromkeys(LADDER_FIELDS, ""), **_NO_PRACTICAL}
_PUBLIC = {"source_kind": PUBLIC_PAGE}
_READ: dict[int, dict[str, dict[str, str]]] = {  # versions, with what their rows lack
    1: {"organisations": {OTHER_NAMES: "", **_PUBLIC}, "initiatives": _NO_LADDER},
    2: {"organisations": _PUBLIC, "initiatives": _NO_LADDER},
    3: {"organisations": _PUBLIC, "initiatives": _NO_PRACTICAL},
    VERSION: {},
}
_ONE_PLACE = 3  # the last version in which an initiative had one place, in columns of its own
_MANIFEST = "manifest.json"
_HASH_SIZE = 64  # hexadecimal digits of sha256
_MOST = 2_000_000_000  # bytes unpacked; beyond this it is no back-up of ours
_COUNTED = {"proposals": PROPOSALS.c.number, "journal": JOURNAL.c.id}


def backup(store: Store, path: Path) -> None:
    """Write everything to `path`, of one moment, while others go on; the file is there whole or not at all.

    Of visitors nothing is written: neither their hashes nor the salt of the day. Raises OSError.
    """
    part = path.with_name(path.name + ".part")
    try:
        with store.reading() as connection:
            content = _packed(connection)
        with part.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(part, path)
        _sync_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _packed(connection: Connection) -> bytes:
    target = io.BytesIO()
    manifest: dict[str, Any] = {
        "form": FORM,
        "version": VERSION,
        "made": datetime.now(UTC).isoformat(),
        "tables": {},
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, table in ALL.items():
            lines = [json.dumps(row, ensure_ascii=False) for row in _rows(connection, name, table)]
            content = "".join(line + "\n" for line in lines).encode()
            archive.writestr(f"{name}.jsonl", content)
            manifest["tables"][name] = {"rows": len(lines), "sha256": hashlib.sha256(content).hexdigest()}
        archive.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        archive.comment = b"0" * _HASH_SIZE
    packed = target.getvalue()[:-_HASH_SIZE]
    return packed + hashlib.sha256(packed).hexdigest().encode()


def _rows(connection: Connection, name: str, table: Table) -> Iterator[dict[str, Any]]:
    for row in connection.execute(select(table).order_by(*table.primary_key.columns)).mappings():
        if name == "meta" and row["key"] == SALT:
            continue
        yield dict(row) | ({"visitor_hash": ""} if name == "proposals" else {})


def restore(store: Store, path: Path, by: Actor) -> int:
    """Replace everything by what `path` holds, in one transaction; the new revision, higher than any before.

    The journal is then that of the back-up, with a line for the restore. Every sign-in from before is ended, for a
    back-up does not say which had ended. Raises BackupDamaged; OSError.
    """
    require_administrator(by)
    content = path.read_bytes()
    found = checked(content)
    try:
        with store.writing() as connection:
            return _replaced(
                connection, found, Stamp(by, "restored from a back-up", entries.new_batch()), content
            )
    except (exc.IntegrityError, exc.DataError, exc.StatementError) as error:
        if isinstance(error, exc.OperationalError):
            raise
        raise BackupDamaged(
            "the back-up holds rows that cannot stand together; nothing was restored"
        ) from error


def restore_keeping(store: Store, path: Path, by: Actor) -> tuple[int, Path]:
    """As `restore`, after a back-up of what is there to a file of its own beside `path`: (revision, that file).

    A back-up that is refused leaves no such file. Raises as `restore` does.
    """
    require_administrator(by)
    checked(path.read_bytes())
    aside = _aside(path)
    backup(store, aside)
    try:
        return restore(store, path, by), aside
    except BackupDamaged:
        aside.unlink()
        raise


def _aside(path: Path) -> Path:
    """A file beside `path` that is not there yet, named by the time (UTC)."""
    start = f"{path.name}.before-restore-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    names = (start, *(f"{start}-{number}" for number in range(2, 1000)))
    return next(free for name in names if not (free := path.with_name(name)).exists())


def _replaced(
    connection: Connection, found: dict[str, list[dict[str, Any]]], stamp: Stamp, content: bytes
) -> int:
    before = int(entries.get_meta(connection, "revision", "0"))
    journal_rule.lift(connection)
    for name, table in reversed(ALL.items()):
        connection.execute(delete(table))
        columns = [column.name for column in table.columns]
        insert_rows(connection, table, columns, ([row[each] for each in columns] for row in found[name]))
    journal_rule.forbid(connection)
    if connection.dialect.name == "postgresql":
        _count_on(connection)
    entries.set_meta(
        connection, "revision", str(max(before, int(entries.get_meta(connection, "revision", "0"))))
    )
    sign_ins.end_all(connection)
    mark = content[-_HASH_SIZE:].decode()
    entries.write_lines(connection, [("register", "", "restored", "", mark)], stamp)
    return entries.grow(connection)


def _count_on(connection: Connection) -> None:
    """The counters of PostgreSQL go on after the highest number; SQLite's do so by themselves."""
    for name, column in _COUNTED.items():
        highest = connection.execute(select(func.max(column))).scalar()
        order = text("SELECT setval(pg_get_serial_sequence(:name, :column), :number, :used)")
        connection.execute(
            order, {"name": name, "column": column.name, "number": highest or 1, "used": highest is not None}
        )


def checked(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows by table of a back-up that is whole. Raises BackupDamaged, saying what is wrong."""
    body, mark = content[:-_HASH_SIZE], content[-_HASH_SIZE:]
    if not content.startswith(b"PK") or len(body) < _HASH_SIZE:
        raise BackupDamaged("this is no back-up of a register; nothing was restored")
    if hashlib.sha256(body).hexdigest().encode() != mark:
        raise BackupDamaged(
            "the back-up is damaged: its content is not what it was when made; nothing was restored"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _MOST:
                raise BackupDamaged("this is no back-up of a register: it is too large; nothing was restored")
            manifest = json.loads(archive.read(_MANIFEST))
            _require_ours(manifest)
            return _tables(archive, manifest)
    except (
        zipfile.BadZipFile,
        KeyError,
        TypeError,
        AttributeError,
        ValueError,
        NotImplementedError,
    ) as error:
        raise BackupDamaged(f"this is no back-up of a register ({error}); nothing was restored") from error


def _require_ours(manifest: dict[str, Any]) -> None:
    if manifest.get("form") != FORM:
        raise BackupDamaged("this is no back-up of a register; nothing was restored")
    if manifest.get("version") not in _READ:
        told = f"the back-up is of version {manifest.get('version')}, this program reads up to {VERSION}"
        raise BackupDamaged(f"{told}; restore it with the program that made it. Nothing was restored")


def _tables(archive: zipfile.ZipFile, manifest: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    if manifest["version"] > _ONE_PLACE:
        return {name: _table(archive, manifest, name, _columns(table)) for name, table in ALL.items()}
    later = (PLACES, "asked_none")
    found = {
        name: _table(archive, manifest, name, _columns(table) | _gone(name))
        for name, table in ALL.items()
        if name not in later
    }
    places = [place for row in found["initiatives"] for place in _places(row)]
    for row in found["initiatives"]:
        for column in old_forms.PLACE_COLUMNS:
            del row[column]
    return found | {PLACES: places, "asked_none": []}


def _columns(table: Table) -> set[str]:
    return {column.name for column in table.columns}


def _gone(name: str) -> set[str]:
    return set(old_forms.PLACE_COLUMNS) if name == "initiatives" else set()


def _places(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for number, place in enumerate(old_forms.places_of(row)):
        point = {name: place[name] or None for name in ("latitude", "longitude")}
        count = {"place_number": number + 1, "position": number}
        yield {"initiative_id": row["initiative_id"], **place, **point, **count}


def _table(
    archive: zipfile.ZipFile, manifest: dict[str, Any], name: str, columns: set[str]
) -> list[dict[str, Any]]:
    told, content = manifest["tables"][name], archive.read(f"{name}.jsonl")
    lacking = _READ[manifest["version"]].get(name, {})
    rows = [lacking | json.loads(line) for line in content.decode().split("\n") if line]
    sound = hashlib.sha256(content).hexdigest() == told["sha256"] and len(rows) == told["rows"]
    if not sound or any(set(row) != columns for row in rows):
        raise BackupDamaged(
            f"the back-up is damaged: table {name} is not as it was written; nothing was restored"
        )
    return rows
