"""The database under the register: connections, transactions, migrations, and its failures in one sentence each.

One writer at a time, on both databases: SQLite by BEGIN IMMEDIATE, PostgreSQL by an advisory lock held to the end of
the transaction. The register is read all day and written a few times; that nobody can write between a look and its
write keeps ids, times and decisions in order without more.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, exc, inspect, make_url, text
from sqlalchemy.pool import ConnectionPoolEntry

from hsc_geo.register.things import RegisterUnavailable

WAIT = 30  # seconds that a writer waits for the one before it
_LOCK = 4_071_954  # any number, as long as all our writers take the same
_FORM = "alembic_version"  # the table in which Alembic keeps the number of the last migration
_MIGRATIONS = Path(__file__).resolve().parent / "migrations"

_SENTENCES = {
    "gone": "The register cannot be reached; nothing was written. Try again in a while.",
    "full": "The disk of the register is full or fails; nothing was written. The operator must make room.",
    "read_only": "The register may only be read now; nothing was written. The operator of the server must allow it.",
    "busy": "The register is too busy; nothing was written. Try again in a while.",
    "damaged": "The file of the register is damaged; nothing was written. The operator must restore a back-up.",
    "elsewhere": "The register is of another municipality than the data; nothing was written. Give each its own one.",
    "newer": "The register was made by a newer version of this program; nothing was written. Update the program.",
}
_SIGNS = (  # words in what SQLite says, SQLSTATE of PostgreSQL
    ("full", ("disk is full", "disk i/o error", "53100")),
    ("read_only", ("readonly", "read-only", "25006", "permission denied", "42501")),
    ("busy", ("database is locked", "database table is locked", "55p03", "57014", "queuepool limit")),
    ("damaged", ("malformed", "not a database", "xx001", "xx002")),
)


class Store:
    """A database with the register's tables, brought to the newest form.

    url: `sqlite:///path` or `postgresql+psycopg://...`. make: whether an SQLite file that is not there is made. Raises
    RegisterUnavailable when it cannot be used.
    """

    def __init__(self, url: str, make: bool = True) -> None:
        address = _address(url)
        self.sqlite = address.get_backend_name() == "sqlite"
        self._file = Path(address.database) if self.sqlite and address.database else None
        self._opened = Lock()
        self.engine = self._engine(address)
        with failures():
            self._make_file(make)
        self._migrate()

    def close(self) -> None:
        """Close the connections."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one moment, whatever others write meanwhile."""
        with self._failures(), self.engine.connect() as connection:
            if self.sqlite:
                connection = connection.execution_options(hsc_begin="BEGIN")
            with connection.begin():
                if (
                    not self.sqlite
                ):  # as an option of the connection it would ask for read-write when it is given back
                    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction of the only writer: all that is done in it is kept, or nothing."""
        with self._failures(), self.engine.connect() as connection, connection.begin():
            if not self.sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK})
            yield connection

    @contextmanager
    def _failures(self) -> Iterator[None]:
        """As `failures`; a file that is there and may not be written is told so, and not as gone."""
        try:
            with failures():
                yield
        except RegisterUnavailable as error:
            if error.code != "gone" or self._file is None or not self._file.exists() or _writable(self._file):
                raise
            raise unavailable("read_only", error.detail) from error

    def _engine(self, address: URL) -> Engine:
        if not self.sqlite:
            # A server that was restarted is noticed before work is given to a connection that is dead.
            options = {"connect_timeout": "5", "application_name": "hsc_geo", "options": "-c timezone=UTC"}
            return create_engine(
                address, pool_pre_ping=True, pool_size=10, max_overflow=20, connect_args=options
            )
        uri = f"file:{_quoted(self._file)}?mode=rw"
        engine = create_engine(
            URL.create("sqlite", database=uri, query={"uri": "true"}),
            connect_args={"timeout": WAIT, "isolation_level": None},
            pool_size=10,
            max_overflow=100,
        )
        event.listen(engine, "connect", self._prepare)
        event.listen(engine, "checkout", self._same_file)
        event.listen(engine, "begin", _begin)
        return engine

    def _make_file(self, make: bool) -> None:
        """An empty database where there is none yet. Connections themselves never make one, so that a file that was
        taken away is told as gone, and not replaced by an empty one."""
        if self._file is None or self._file.exists():
            return
        if not make:
            raise RegisterUnavailable("gone", f"no register at {self._file}; `register init` makes one")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self._file, os.O_CREAT | os.O_RDWR, 0o640))
        except OSError as error:
            raise unavailable("gone", str(error)) from error

    def _prepare(self, connection: Any, record: ConnectionPoolEntry) -> None:
        cursor = connection.cursor()
        for order in (
            "busy_timeout = 30000",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            cursor.execute(f"PRAGMA {order}")
            cursor.fetchall()
        cursor.close()
        record.info["file"] = self._identity()

    def _same_file(self, connection: Any, record: ConnectionPoolEntry, proxy: Any) -> None:
        if record.info.get("file") != self._identity():
            # Writing on would go into a file that is gone or was replaced.
            raise exc.DisconnectionError("the file of the register is another one now")

    def _identity(self) -> tuple[int, int]:
        assert self._file is not None  # only listened to with a file
        found = self._file.stat()
        return found.st_dev, found.st_ino

    def _migrate(self) -> None:
        if self._is_newest():
            return  # a register that may only be read can still be opened
        from alembic import command  # late: most starts need none of it
        from alembic.config import Config
        from alembic.util import CommandError

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        config.set_main_option("path_separator", "os")
        try:
            with self.writing() as connection:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")
        except CommandError as error:
            raise unavailable("newer", str(error)) from error

    def _is_newest(self) -> bool:
        with self.reading() as connection:
            if not inspect(connection).has_table(_FORM):
                return False
            found = connection.execute(text(f"SELECT version_num FROM {_FORM}")).scalars().all()  # noqa: S608
        return list(found) == [newest_form()]


def newest_form() -> str:
    """The number of the last migration: modules are called `step_0004_places` and so on."""
    return max(path.stem.split("_")[1] for path in (_MIGRATIONS / "versions").glob("step_*.py"))


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except exc.ArgumentError:
        raise ValueError(
            "give the register as sqlite:////path/to/file or postgresql+psycopg://user:password@host/name"
        ) from None
    if address.drivername in ("postgresql", "postgres"):
        address = address.set(drivername="postgresql+psycopg")
    if address.drivername not in ("sqlite", "postgresql+psycopg"):
        raise ValueError(f"the register knows sqlite and postgresql+psycopg, not {address.drivername}")
    if address.drivername == "sqlite" and address.database in (None, "", ":memory:"):
        raise ValueError("give the register a file: sqlite:////path/to/file")
    return address


def _writable(file: Path) -> bool:
    """Whether SQLite can write the file: it needs to make others beside it."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def _quoted(path: Path | None) -> str:
    from urllib.parse import quote

    return quote(str(Path(path or "").absolute()))


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql(connection.get_execution_options().get("hsc_begin", "BEGIN IMMEDIATE"))


@contextmanager
def failures() -> Iterator[None]:
    """Turn what the database says of its own failures into RegisterUnavailable."""
    try:
        yield
    except (exc.OperationalError, exc.InterfaceError, exc.InternalError, exc.TimeoutError) as error:
        raise unavailable(_code(error), str(error)) from error
    except exc.DatabaseError as error:
        if type(error) is not exc.DatabaseError:
            raise
        raise unavailable(_code(error), str(error)) from error
    except FileNotFoundError as error:
        raise unavailable("gone", str(error)) from error


def unavailable(code: str, detail: str = "") -> RegisterUnavailable:
    """The failure with its sentence."""
    return RegisterUnavailable(code, _SENTENCES[code], detail)


def _code(error: exc.SQLAlchemyError) -> str:
    told = f"{getattr(getattr(error, 'orig', None), 'sqlstate', '')} {error}".lower()
    return next((code for code, signs in _SIGNS if any(sign in told for sign in signs)), "gone")
