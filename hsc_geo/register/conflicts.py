"""Where a data package says something else than what people made of an entry, and nobody looked at it since."""

from __future__ import annotations

from sqlalchemy import Connection, func, not_, select

from hsc_geo.register import entries, old_forms
from hsc_geo.register.drafting import CONFIRMING
from hsc_geo.register.entries import PACKAGE, Entry, entity_of, link_rows, moment_of
from hsc_geo.register.fill import of_fills
from hsc_geo.register.store import Store
from hsc_geo.register.tables import CONFIRMED, JOURNAL, PLACES, PROPOSALS
from hsc_geo.register.things import ENTITIES, Conflict

_Field = tuple[str, str]  # id, field


def conflicts(store: Store) -> list[Conflict]:
    """What the latest package that spoke of it says of a field, by entry. One is settled when the register says the
    same, or when the field was changed or the entry confirmed after the package came."""
    query = select(JOURNAL).where(JOURNAL.c.entity == PACKAGE).order_by(JOURNAL.c.id)
    with store.reading() as connection:
        said = {(row["entity_id"], row["field"]): row for row in connection.execute(query).mappings()}
        if not said:
            return []
        now = entries.load_all(connection)
        touched, confirmed = _touched(connection), _confirmed(connection)
    found = []
    for (key, name), row in sorted(said.items()):
        old_form = entity_of(key) == "initiative" and name in old_forms.PLACE_COLUMNS
        if old_form and (key, PLACES) in said:
            continue  # told anew in the form of now
        says = _said_now(now.get((entity_of(key), key)), name, old_form)
        latest = max(touched.get((key, each), 0) for each in (PLACES if old_form else name, name, CONFIRMED))
        settled = latest > row["id"] or confirmed.get(key, "") > row["at"]
        if says is not None and says != row["new"] and not settled:
            cells = (row["old"], says, row["new"], moment_of(row["at"]), row["batch"])
            found.append(Conflict(entity_of(key), key, name, *cells))
    return found


def _said_now(entry: Entry | None, name: str, old_form: bool) -> str | None:
    """What the register says of a field; None where the entry is gone. old_form: in a column of the first form."""
    if entry is None:
        return None
    return old_forms.columns_of(link_rows("", PLACES, entry[PLACES]))[name] if old_form else entry[name]


def _touched(connection: Connection) -> dict[_Field, int]:
    """The last line of the journal by which people changed a field."""
    columns = (JOURNAL.c.entity_id, JOURNAL.c.field)
    query = select(*columns, func.max(JOURNAL.c.id)).group_by(*columns)
    rows = connection.execute(query.where(JOURNAL.c.entity.in_(ENTITIES), not_(of_fills())))
    return {(str(key), str(name)): int(last) for key, name, last in rows}


def _confirmed(connection: Connection) -> dict[str, str]:
    """When a proposal that confirms an entry was last accepted; a second one on a day writes no day."""
    query = select(PROPOSALS.c.result_id, func.max(PROPOSALS.c.decided_at)).group_by(PROPOSALS.c.result_id)
    here = (PROPOSALS.c.status == "accepted") & PROPOSALS.c.kind.in_(CONFIRMING)
    return {str(key): str(at) for key, at in connection.execute(query.where(here))}
