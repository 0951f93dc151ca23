"""Back-up and restore: whole, across databases, and refused when a bit is wrong."""

from __future__ import annotations

import hashlib
import json
import random
import sqlite3
import threading
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import text

from hsc_geo.data.load import Package
from hsc_geo.register import (
    BackupDamaged,
    NotAllowed,
    Proposal,
    Register,
    RegisterUnavailable,
    open_register,
)
from tests.register.conftest import STORES
from tests.register.packed import _manifest, everything, forged
from tests.register.samples import ADMINISTRATOR, STEWARD, agree, correction, new, taken


def lived_in(register: Register) -> str:
    """A register in which things happened; the code of an open proposal."""
    made = taken(register, new())
    taken(register, correction("LEI-010", name="Anders; 'naam' \u2028 漢"))
    register.merge("LEI-002", "LEI-003", STEWARD, "same")
    register.undo(made.batch, STEWARD, "no")
    register.reject(register.propose(new()).number, STEWARD, "no")
    return register.propose(Proposal("question", None, {}, "Who?"), visitor="someone").code


@pytest.mark.slow
@pytest.mark.parametrize("target", STORES)
def test_restored_it_is_the_same_in_either_database(
    register: Register, new_url: Callable[..., str], target: str, package: Package, tmp_path: Path
) -> None:
    code = lived_in(register)
    register.backup(tmp_path / "backup.zip")
    other = open_register(new_url(target))
    revision = other.restore(tmp_path / "backup.zip", ADMINISTRATOR)
    assert everything(other) == everything(register)
    assert revision > register.revision()
    assert other.follow(code).status == "open"
    assert other.fill(package) is False
    made = taken(other, new())  # numbers go on where they were
    assert made.entity_id == "LEI-148"
    agree(other)
    other.undo(made.batch, STEWARD, "no")
    with pytest.raises(Exception, match="only grows"), other.store.engine.connect() as connection:
        connection.execute(text("DELETE FROM journal"))


def test_restored_over_a_register_in_use(register: Register, package: Package, tmp_path: Path) -> None:
    lived_in(register)
    register.backup(tmp_path / "backup.zip")
    before, revision = everything(register), register.revision()
    for number in range(3):
        taken(register, correction("LEI-020", name=f"Later {number}"))
    later = register.revision()
    assert register.restore(tmp_path / "backup.zip", ADMINISTRATOR) > later > revision
    assert everything(register) == before
    line = register.journal(limit=1)[0]
    assert (line.entity, line.field, line.role) == ("register", "restored", "administrator")


def test_of_visitors_nothing_is_in_it(sqlite_register: Register, tmp_path: Path) -> None:
    sqlite_register.propose(new(), visitor="someone")
    sqlite_register.backup(tmp_path / "backup.zip")
    with zipfile.ZipFile(tmp_path / "backup.zip") as archive:
        proposals = [json.loads(line) for line in archive.read("proposals.jsonl").splitlines()]
        meta = archive.read("meta.jsonl")
    assert [row["visitor_hash"] for row in proposals] == [""]
    assert b"salt" not in meta


def test_a_steward_restores_nothing(sqlite_register: Register, tmp_path: Path) -> None:
    """Only who keeps the register as a whole: it takes back what all stewards did."""
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    before = everything(sqlite_register), sqlite_register.revision()
    for verb in (sqlite_register.restore, sqlite_register.restore_keeping):
        with pytest.raises(NotAllowed):
            verb(file, STEWARD)
    assert (everything(sqlite_register), sqlite_register.revision()) == before
    assert list(tmp_path.glob("*before-restore*")) == []


def test_any_changed_byte_is_refused(sqlite_register: Register, tmp_path: Path) -> None:
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    good = file.read_bytes()
    before = everything(sqlite_register), sqlite_register.revision()
    chance = random.Random(20)
    places = [
        0,
        1,
        30,
        len(good) - 1,
        len(good) - 64,
        len(good) - 65,
        *(chance.randrange(len(good)) for _ in range(60)),
    ]
    for place in places:
        bad = bytearray(good)
        bad[place] ^= 1 << chance.randrange(8)
        file.write_bytes(bad)
        with pytest.raises(BackupDamaged, match="nothing was restored"):
            sqlite_register.restore(file, ADMINISTRATOR)
    for cut in (0, 1, 64, 100, len(good) // 2, len(good) - 1):
        file.write_bytes(good[:cut])
        with pytest.raises(BackupDamaged):
            sqlite_register.restore(file, ADMINISTRATOR)
    assert (everything(sqlite_register), sqlite_register.revision()) == before


@pytest.mark.parametrize(
    "change",
    [
        lambda files: files.pop("journal.jsonl"),
        lambda files: files.pop("manifest.json"),
        lambda files: files.update({"manifest.json": b"[]"}),
        lambda files: files.update({"manifest.json": b"{"}),
        lambda files: _manifest(files, version=99),
        lambda files: _manifest(files, form="something else"),
        lambda files: _manifest(files, tables={}),
        lambda files: files.update({"initiatives.jsonl": b""}),
        lambda files: files.update(
            {"initiatives.jsonl": files["initiatives.jsonl"].replace(b"LEI-001", b"LEI-901")}
        ),
    ],
)
def test_what_is_no_back_up_of_ours_is_refused(
    sqlite_register: Register, tmp_path: Path, change: Callable[[dict[str, bytes]], None]
) -> None:
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    before = everything(sqlite_register)
    file.write_bytes(forged(file.read_bytes(), change))
    with pytest.raises(BackupDamaged):
        sqlite_register.restore(file, ADMINISTRATOR)
    assert everything(sqlite_register) == before


def test_rows_that_the_database_refuses_leave_all_as_it_was(register: Register, tmp_path: Path) -> None:
    """The hashes are right and the rows are not: an id stands twice. The transaction takes all back."""
    lived_in(register)
    file = tmp_path / "backup.zip"
    register.backup(file)

    def twice(files: dict[str, bytes]) -> None:
        lines = files["initiatives.jsonl"].splitlines(keepends=True)
        content = b"".join([*lines, lines[0]])
        files["initiatives.jsonl"] = content
        tables = json.loads(files["manifest.json"])["tables"]
        tables["initiatives"] = {"rows": len(lines) + 1, "sha256": hashlib.sha256(content).hexdigest()}
        _manifest(files, tables=tables)

    before = everything(register), register.revision()
    file.write_bytes(forged(file.read_bytes(), twice))
    with pytest.raises(BackupDamaged):
        register.restore(file, ADMINISTRATOR)
    assert (everything(register), register.revision()) == before
    agree(register)
    with pytest.raises(Exception, match="only grows"), register.store.engine.connect() as connection:
        connection.execute(text("DELETE FROM journal"))


@pytest.mark.slow
def test_it_is_of_one_moment_while_others_write(
    register: Register, tmp_path: Path, new_url: Callable[..., str]
) -> None:
    stop = threading.Event()
    failures: list[BaseException] = []

    def write() -> None:
        try:
            number = 0
            while not stop.is_set():
                number += 1
                taken(register, correction("LEI-010", name=f"Naam {number}"))
        except BaseException as error:
            failures.append(error)

    thread = threading.Thread(target=write)
    thread.start()
    files = [tmp_path / f"backup{number}.zip" for number in range(3)]
    for file in files:
        register.backup(file)
    stop.set()
    thread.join()
    assert failures == []
    for file in files:
        other = open_register(new_url("sqlite"))
        other.restore(file, ADMINISTRATOR)
        agree(other)


def test_a_folder_that_is_not_there_is_told(sqlite_register: Register, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sqlite_register.backup(tmp_path / "nowhere" / "backup.zip")
    with pytest.raises(FileNotFoundError):
        sqlite_register.restore(tmp_path / "nowhere.zip", ADMINISTRATOR)


def test_a_failing_back_up_leaves_the_old_one(
    sqlite_register: Register, sqlite_file: Path, tmp_path: Path
) -> None:
    file = tmp_path / "backup.zip"
    sqlite_register.backup(file)
    good = file.read_bytes()
    sqlite_register.close()
    content = sqlite_file.read_bytes()
    sqlite_file.write_bytes(content[:5000] + b"\xff" * 20_000 + content[25_000:])
    with pytest.raises((RegisterUnavailable, sqlite3.DatabaseError)):
        sqlite_register.backup(file)
    assert file.read_bytes() == good
    assert [each.name for each in tmp_path.iterdir()] == ["backup.zip"]
