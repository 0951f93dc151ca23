"""Sign-ins that ended before their time, so that no server with this register takes what is left of them.

Of a sign-in there is only a mark that whoever signed in cannot be found from, and the last day (UTC) on which it could
have counted. Neither is in an export or a back-up: a restore ends every sign-in from before it instead.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from sqlalchemy import Connection, delete, insert, select

from hsc_geo.register import entries
from hsc_geo.register.store import Store
from hsc_geo.register.tables import ENDED

_ALL_BEFORE = "sign_ins_ended_before"  # in meta, a moment


def end(store: Store, mark: str, until: date) -> None:
    """Keep that it ended; see `Register.end_sign_in`. Those that are too old to count let their place go."""
    today = datetime.now(UTC).date().isoformat()
    with store.writing() as connection:
        connection.execute(delete(ENDED).where((ENDED.c.keep_until < today) | (ENDED.c.mark == mark)))
        connection.execute(insert(ENDED).values(mark=mark, keep_until=until.isoformat()))


def end_all(connection: Connection) -> None:
    """End every sign-in from before this moment."""
    entries.set_meta(connection, _ALL_BEFORE, entries.moment_text(datetime.now(UTC)))


def has_ended(store: Store, mark: str, since: datetime) -> bool:
    """Whether it ended; see `Register.sign_in_ended`."""
    with store.reading() as connection:
        before = entries.get_meta(connection, _ALL_BEFORE)
        if before and entries.moment_text(since) <= before:
            return True
        return connection.execute(select(ENDED.c.mark).where(ENDED.c.mark == mark)).first() is not None
