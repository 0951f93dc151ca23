"""The store itself: its form, its first fill, its rule for the journal, and how it fails."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from pandas.testing import assert_frame_equal
from sqlalchemy import event, exc, make_url, text

from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.register import NotFilled, Register, RegisterUnavailable, open_register, overlay
from hsc_geo.register.store import _MIGRATIONS, Store, newest_form
from hsc_geo.register.tables import METADATA
from tests.register.packed import everything
from tests.register.samples import STEWARD, TABLES, agree, correction, new, taken
from tests.register.servers import Server

ROOT = Path(__file__).resolve().parents[2]


def test_filled_from_the_package_it_has_the_same_tables(register: Register, package: Package) -> None:
    for name, table in register.tables().items():
        wanted = getattr(package, name)
        wanted = wanted.sort_values("venue", ignore_index=True) if name == "venues" else wanted
        assert_frame_equal(table, wanted)
    assert set(register.tables()) == set(TABLES)
    assert register.filled_from() == package.snapshot
    agree(register)


def test_the_form_in_the_database_is_that_of_the_contract(url: str) -> None:
    store = Store(url)
    with store.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    for name in TABLES:
        assert set(schema.table(name).columns) <= set(METADATA.tables[name].columns.keys())


def test_the_last_migration_is_known_without_looking_into_it() -> None:
    """As Alembic finds it; and a start that has nothing to do imports none of it."""
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    config.set_main_option("path_separator", "os")
    assert newest_form() == ScriptDirectory.from_config(config).get_current_head()


def test_a_later_start_does_without_alembic(sqlite_file: Path) -> None:
    order = (
        "import sys; from hsc_geo.register import open_register\n"
        f"print(open_register('sqlite:///{sqlite_file}').revision(), 'alembic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", order], cwd=ROOT, text=True, capture_output=True)
    assert done.stdout == "1 False\n", done.stderr


def test_it_is_filled_once(register: Register, package: Package) -> None:
    taken(register, correction("LEI-010", name="Anders"))
    assert register.fill(package) is False
    assert register.tables()["initiatives"].loc["LEI-010", "name"] == "Anders"


def test_unfilled_it_says_so(url: str, package: Package) -> None:
    register = open_register(url)
    assert register.revision() == 0
    assert register.tables()["initiatives"].empty
    with pytest.raises(NotFilled):
        register.propose(new())


@pytest.mark.slow
def test_processes_that_start_at_once_fill_it_once(url: str) -> None:
    script = (
        "import sys; from pathlib import Path; from hsc_geo.data.load import load\n"
        "from hsc_geo.register import open_register\n"
        "package = load(Path('data')); sys.stdout.write('ready\\n'); sys.stdout.flush(); sys.stdin.readline()\n"
        "print(open_register(sys.argv[1]).fill(package))"
    )
    command = [sys.executable, "-c", script, url]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    children = [subprocess.Popen(command, text=True, cwd=ROOT, **pipes) for _ in range(3)]
    for child in children:
        assert child.stdout is not None
        assert child.stdout.readline() == "ready\n"
    for child in children:
        assert child.stdin is not None
        child.stdin.write("\n")
        child.stdin.flush()
    said = [child.communicate(timeout=60) for child in children]
    assert sorted(out for out, _ in said) == ["False\n", "False\n", "True\n"], said
    register = open_register(url)
    assert register.revision() == 1
    agree(register)


def test_overlay_is_new_only_when_the_register_changed(register: Register, package: Package) -> None:
    first = overlay(package, register)
    assert first is not package
    assert overlay(package, register) is first
    accepted = taken(register, new())
    second = overlay(package, register)
    assert accepted.entity_id in second.initiatives.index
    assert accepted.entity_id not in package.initiatives.index
    assert accepted.entity_id not in first.initiatives.index
    assert len({package.snapshot, first.snapshot, second.snapshot}) == 3
    assert second.snapshot.startswith(package.snapshot)
    assert second.observations is package.observations


@pytest.mark.parametrize(
    "order",
    [
        "UPDATE journal SET new = 'x' WHERE id = 1",
        "DELETE FROM journal WHERE id = 1",
        "DELETE FROM journal",
        "REPLACE INTO journal SELECT * FROM journal WHERE id = 1",
        "INSERT OR REPLACE INTO journal SELECT id, at, 'x', subject, entity, entity_id, field, old, new, why, "
        "source_url, batch, proposal FROM journal WHERE id = 1",
    ],
)
def test_sqlite_refuses_to_change_the_journal(
    sqlite_register: Register, sqlite_file: Path, order: str
) -> None:
    before = sqlite_register.journal(limit=10_000)
    with (
        sqlite3.connect(sqlite_file) as connection,
        pytest.raises(sqlite3.IntegrityError, match="only grows"),
    ):
        connection.execute(order)
    assert sqlite_register.journal(limit=10_000) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    "order",
    [
        "UPDATE journal SET new = 'x' WHERE id = 1",
        "DELETE FROM journal",
        "TRUNCATE journal",
        "INSERT INTO journal SELECT * FROM journal WHERE id = 1 ON CONFLICT (id) DO UPDATE SET new = 'x'",
    ],
)
def test_postgresql_refuses_to_change_the_journal(
    new_url: Callable[..., str], filled: Callable[[str], str], package: Package, order: str
) -> None:
    register = open_register(new_url("postgresql", like=filled("postgresql")))
    before = register.journal(limit=10_000)
    with register.store.engine.connect() as connection, pytest.raises(exc.DBAPIError, match="only grows"):
        connection.execute(text(order))
    assert register.journal(limit=10_000) == before


def test_sqlite_is_set_for_safety(sqlite_register: Register) -> None:
    with sqlite_register.store.reading() as connection:
        asked = {
            name: connection.execute(text(f"PRAGMA {name}")).scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    assert asked == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30000}


@pytest.mark.parametrize("bad", ["", "nonsense", "mysql://x/y", "sqlite://", "sqlite:///:memory:"])
def test_other_addresses_are_told(bad: str) -> None:
    with pytest.raises(ValueError, match="register"):
        open_register(bad)


def test_a_file_that_is_gone_is_told_and_comes_back(sqlite_register: Register, sqlite_file: Path) -> None:
    taken(sqlite_register, correction("LEI-010", name="Voor"))
    names = [sqlite_file.with_name(sqlite_file.name + end) for end in ("", "-wal", "-shm")]
    for name in names:
        name.rename(name.with_name(f"away-{name.name}"))
    with pytest.raises(RegisterUnavailable) as raised:
        sqlite_register.propose(new())
    assert raised.value.code == "gone"
    assert str(sqlite_file) not in str(raised.value)
    assert not sqlite_file.exists()  # not replaced by an empty one
    for name in names:
        name.with_name(f"away-{name.name}").rename(name)
    assert sqlite_register.tables()["initiatives"].loc["LEI-010", "name"] == "Voor"
    taken(sqlite_register, correction("LEI-010", name="Na"))
    agree(sqlite_register)


def test_a_file_that_was_replaced_is_written_itself(
    sqlite_register: Register, sqlite_file: Path, filled: Callable[[str], str]
) -> None:
    sqlite_register.revision()  # a connection stands ready
    other = sqlite_file.with_name("other.db")
    shutil.copyfile(filled("sqlite").removeprefix("sqlite:///"), other)
    for end in ("-wal", "-shm"):
        sqlite_file.with_name(sqlite_file.name + end).unlink(missing_ok=True)
    other.rename(sqlite_file)
    taken(sqlite_register, correction("LEI-010", name="In de nieuwe"))
    sqlite_register.close()
    again = open_register(f"sqlite:///{sqlite_file}")
    assert again.tables()["initiatives"].loc["LEI-010", "name"] == "In de nieuwe"


@pytest.mark.slow
def test_a_server_that_is_gone_is_told_and_comes_back(
    new_url: Callable[..., str], filled: Callable[[str], str], package: Package, server: Server
) -> None:
    register = open_register(new_url("postgresql", like=filled("postgresql")))
    register.fill(package)
    server.stop()
    try:
        for verb in (register.revision, lambda: register.propose(new())):
            with pytest.raises(RegisterUnavailable) as raised:
                verb()
            assert raised.value.code == "gone"
    finally:
        server.start()
    taken(register, new())
    agree(register)


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    file.write_bytes(b"no database at all" * 1000)
    with pytest.raises(RegisterUnavailable) as raised:
        open_register(f"sqlite:///{file}")
    assert raised.value.code == "damaged"
    assert file.read_bytes() == b"no database at all" * 1000


def test_a_register_of_a_later_version_is_told(url: str) -> None:
    store = Store(url)
    with store.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(RegisterUnavailable) as raised:
        open_register(url)
    assert raised.value.code == "newer"


def many(times: int, call: Callable[[], object]) -> None:
    for _ in range(times):
        call()


def test_a_full_disk_leaves_no_half_write(sqlite_register: Register) -> None:
    before = (sqlite_register.tables(), sqlite_register.journal(limit=10_000), sqlite_register.revision())

    def full(connection: sqlite3.Connection, record: object, proxy: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}").fetchall()

    receipt = sqlite_register.propose(new(description_nl="wandelen " * 400))
    event.listen(sqlite_register.store.engine, "checkout", full)
    with pytest.raises(RegisterUnavailable) as raised:
        many(20, lambda: sqlite_register.propose(new(description_nl="wandelen " * 400)))
    with pytest.raises(RegisterUnavailable):
        sqlite_register.accept(receipt.number, STEWARD, "gezien " * 500)
    assert raised.value.code == "full"
    event.remove(sqlite_register.store.engine, "checkout", full)
    assert sqlite_register.follow(receipt.code).status == "open"
    after = (sqlite_register.tables(), sqlite_register.journal(limit=10_000), sqlite_register.revision())
    for name in TABLES:
        assert_frame_equal(after[0][name], before[0][name])
    assert after[1:] == before[1:]
    agree(sqlite_register)


FULL = """
import resource, sys
from pathlib import Path
from hsc_geo.data.load import load
from hsc_geo.register import Actor, RegisterUnavailable, open_register
from tests.register.samples import DATA

url, what, backup = sys.argv[1:]
register = open_register(url)
register.fill(load(DATA))
rows = "".join(f"LEI-{key:03},{'w' * 900},{'w' * 900}\\n" for key in range(1, 147))
report = register.read_import(f"initiative_id,note_nl,note_en\\n{rows}".encode(), "csv")
assert report.errors == []
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
acts = {
    "import": lambda: register.import_rows(report, Actor("steward"), "x"),
    "restore": lambda: register.restore(Path(backup), Actor("administrator")),
}
try:
    acts[what]()
except RegisterUnavailable as error:
    print(error.code, str(error))
"""


@pytest.mark.parametrize("what", ["import", "restore"])
def test_a_file_that_cannot_grow_leaves_no_half_write(
    sqlite_register: Register, sqlite_file: Path, tmp_path: Path, what: str
) -> None:
    """A child that may write no file beyond a size, as on a disk that is full."""
    sqlite_register.backup(tmp_path / "backup.zip")
    taken(sqlite_register, correction("LEI-010", name="Anders"))
    before = everything(sqlite_register)
    sqlite_register.close()
    command = [sys.executable, "-c", FULL, f"sqlite:///{sqlite_file}", what, str(tmp_path / "backup.zip")]
    done = subprocess.run(command, cwd=ROOT, text=True, capture_output=True)
    assert done.stdout.startswith("full The disk of the register is full or fails; nothing was written."), (
        done.stderr
    )
    assert everything(sqlite_register) == before
    agree(sqlite_register)


def test_a_full_disk_of_the_server_leaves_no_half_write(
    new_url: Callable[..., str], filled: Callable[[str], str], package: Package
) -> None:
    """PostgreSQL says of a full disk: SQLSTATE 53100, here from a trigger on the last thing that is written."""
    register = open_register(new_url("postgresql", like=filled("postgresql")))
    register.fill(package)
    receipt = register.propose(new())
    with register.store.writing() as connection:
        connection.execute(
            text(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                "RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$"
            )
        )
        connection.execute(
            text(
                "CREATE TRIGGER full_disk BEFORE UPDATE ON proposals FOR EACH ROW EXECUTE FUNCTION full_disk()"
            )
        )
    revision = register.revision()
    with pytest.raises(RegisterUnavailable) as raised:
        register.accept(receipt.number, STEWARD)
    assert raised.value.code == "full"
    assert register.revision() == revision
    assert register.follow(receipt.code).status == "open"
    agree(register)


READ_ONLY = """
import os, sys
from hsc_geo.register import *
open_register(sys.argv[2]).tables()  # all that is imported late, while it may be read
if os.geteuid() == 0:
    os.setgroups([]); os.setgid(65534); os.setuid(65534)  # no permission stops root
register = open_register(sys.argv[1])
print(len(register.tables()["initiatives"]), register.revision())
try:
    register.follow("x")
except Unknown:
    print("read")
try:
    with register.store.writing() as connection:
        connection.exec_driver_sql("UPDATE meta SET value = '99' WHERE key = 'revision'")
except RegisterUnavailable as error:
    print(error.code)
"""


@pytest.mark.slow
def test_a_file_that_may_only_be_read_can_be_read(sqlite_register: Register, sqlite_file: Path) -> None:
    sqlite_register.close()
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        file = Path(folder) / "register.db"
        shutil.copyfile(sqlite_file, file)
        file.chmod(0o444)
        # Another user than root, whom no mode keeps from writing, may not be able to look into the project's folder.
        shutil.copytree(
            ROOT / "hsc_geo", Path(folder) / "hsc_geo", ignore=shutil.ignore_patterns("__pycache__")
        )
        command = [sys.executable, "-c", READ_ONLY, f"sqlite:///{file}", f"sqlite:///{sqlite_file}"]
        done = subprocess.run(command, cwd=folder, text=True, capture_output=True)
    assert done.stdout.split() == ["146", "1", "read", "read_only"], done.stderr


@pytest.mark.slow
def test_threads_that_read_and_write_at_once_agree(register: Register) -> None:
    failures: list[BaseException] = []

    def work(number: int) -> None:
        try:
            for turn in range(3):
                taken(register, correction(f"LEI-{number:03}", name=f"Naam {number} {turn}"))
                tables = register.tables()
                assert len(tables["initiatives"]) == 146
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert register.revision() == 1 + 8 * 3
    agree(register)


def test_a_file_that_may_only_be_read_is_told_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = Store(f"sqlite:///{tmp_path / 'register.db'}")
    made.close()
    store = Store(f"sqlite:///{tmp_path / 'register.db'}")

    def refused() -> Any:
        raise exc.OperationalError("PRAGMA", None, sqlite3.OperationalError("unable to open database file"))

    monkeypatch.setattr(store.engine, "connect", refused)
    monkeypatch.setattr(os, "access", lambda *_: False)
    for transaction in (store.reading, store.writing):
        with pytest.raises(RegisterUnavailable) as told, transaction():
            pass
        assert told.value.code == "read_only"
    monkeypatch.setattr(os, "access", lambda *_: True)
    with pytest.raises(RegisterUnavailable) as told, store.reading():
        pass
    assert told.value.code == "gone"


def test_a_database_that_may_only_be_read_is_read_and_not_written(
    new_url: Callable[..., str], filled: Callable[[str], str], server: Server, package: Package
) -> None:
    url = new_url("postgresql", like=filled("postgresql"))
    database = make_url(url).database
    server.sql(f'ALTER DATABASE "{database}" SET default_transaction_read_only = on')
    register = open_register(url)
    register.fill(package)
    try:
        assert len(register.tables()["initiatives"]) == len(package.initiatives)
        with pytest.raises(RegisterUnavailable) as told:
            register.propose(new())
        assert told.value.code == "read_only"
        assert register.open_proposals() == 0
    finally:
        register.close()
