"""Which entries nobody confirmed for long."""

from __future__ import annotations

from datetime import date

from hsc_geo.register import entries
from hsc_geo.register.drafting import ENDED
from hsc_geo.register.entries import Entry
from hsc_geo.register.evidence import evidence_day, months_before
from hsc_geo.register.store import Store
from hsc_geo.register.tables import CONFIRMED
from hsc_geo.register.things import ToConfirm

_KINDS = ("initiative", "organisation")


def to_confirm(store: Store, months: int, today: date) -> list[ToConfirm]:
    """Initiatives and organisations last known to be right more than `months` ago, the longest ago first."""
    limit = months_before(today, months)
    with store.reading() as connection:
        found = [(key, e) for kind in _KINDS for key, e in entries.load(connection, kind).items()]
    asked = [_known(key, entry) for key, entry in found if entry.get("status") != ENDED]
    due = [each for each in asked if each.known_on is None or each.known_on < limit]
    return sorted(due, key=lambda each: (each.known_on or date.min, each.entity_id))


def _known(entity_id: str, entry: Entry) -> ToConfirm:
    if entry[CONFIRMED]:
        return ToConfirm(entity_id, entry["name"], date.fromisoformat(entry[CONFIRMED]), "confirmed")
    known = evidence_day(
        entry.get("last_evidence_year", ""), entry.get("source_date", ""), entry.get("status_as_of", "")
    )
    return ToConfirm(entity_id, entry["name"], known, "evidence" if known else "none")
