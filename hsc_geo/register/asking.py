"""Areas that were asked for an ambition, where nothing was found: kept by stewards, so that "asked, none" can be told
from "none known"."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, select

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.load import Package
from hsc_geo.domain.problems import shorten
from hsc_geo.domain.schema_asked import asked_id
from hsc_geo.domain.text import clean_text
from hsc_geo.register import entries, rules, texts
from hsc_geo.register.cleaning import clean_fields
from hsc_geo.register.drafting import ENDED
from hsc_geo.register.entries import Edit, Stamp
from hsc_geo.register.joining import area_codes
from hsc_geo.register.reviewing import require_reviewer
from hsc_geo.register.store import Store
from hsc_geo.register.tables import AREAS, TABLES
from hsc_geo.register.things import Accepted, Actor, Asked, Fault, NotTaken, Unknown
from hsc_geo.sources.extracts import split_many

KIND = "asked"
_REGION = "region"


def record(store: Store, package: Package, asked: Asked, by: Actor) -> Accepted:
    """Keep that an area was asked and nothing was found; see `Register.record_asked`."""
    require_reviewer(by)
    entry = _entry(asked)
    found = list(dict.fromkeys(faults(package, entry)))
    key = entry["asked_id"]
    with store.writing() as connection:
        found += [] if found else _known_there(connection, entry)
        if found:
            raise NotTaken(found)
        edit = Edit(KIND, key, entries.load_one(connection, KIND, key), entry)
        return _written(connection, edit, Stamp(by, entry["note"], entries.new_batch(), entry["source_url"]))


def forget(store: Store, key: str, by: Actor, why: str) -> Accepted:
    """Let it go again; see `Register.forget_asked`."""
    require_reviewer(by)
    reason = clean_text(why)
    if not reason:
        raise NotTaken([Fault("why", "required")])
    with store.writing() as connection:
        old = entries.load_one(connection, KIND, key)
        if old is None:
            raise Unknown("area that was asked", key)
        return _written(connection, Edit(KIND, key, old, None), Stamp(by, reason, entries.new_batch()))


def _written(connection: Connection, edit: Edit, stamp: Stamp) -> Accepted:
    changed = entries.write(connection, [edit], stamp)
    revision = int(entries.get_meta(connection, "revision", "0"))
    return Accepted(edit.entity_id, stamp.batch if changed else "", revision)


def _entry(asked: Asked) -> dict[str, str]:
    day = asked.asked_on
    told = {
        "area_code": asked.area_code,
        "ambition_code": asked.ambition_code,
        "asked_on": day.isoformat() if isinstance(day, date) else str(day),
        "source_kind": asked.source_kind,
        "source": asked.source,
        "source_url": asked.source_url,
        "note": asked.note,
    }
    cleaned = clean_fields("asked_none", told)
    return {"asked_id": asked_id(cleaned["area_code"], cleaned["ambition_code"]), **cleaned}


def faults(package: Package, entry: entries.Entry) -> Iterator[Fault]:
    """What is wrong with such an entry, but for what is known to the register itself."""
    for code, problem in rules.problems(package, {"asked_none": [entry]}, rules.OF_ROWS):
        if problem.column != "asked_id":  # made here of the two that are told themselves
            missing = code == "source_kind" and not entry["source_url"]
            yield Fault(problem.column, "required" if missing else code, shorten(problem.value))
    if entry["area_code"] and entry["area_code"] not in area_codes(package):
        yield Fault("area_code", "unknown_area", shorten(entry["area_code"]))
    link = entry["source_url"]
    if link and not is_link(link):
        yield Fault("source_url", "link", shorten(link))
    for name in ("source", "note"):
        yield from (Fault(name, code, value) for code, value in texts.faults(name, entry[name]))


def _known_there(connection: Connection, entry: entries.Entry) -> list[Fault]:
    """A fault when an initiative that is not known to have ended serves this very area for this ambition."""
    links, initiatives = TABLES[AREAS], TABLES["initiatives"]
    columns = initiatives.c.initiative_id, initiatives.c.ambition_codes
    query = (
        select(*columns)
        .join(links, links.c.initiative_id == initiatives.c.initiative_id)
        .where(links.c.area_code == entry["area_code"], links.c.precision != _REGION)
        .where(initiatives.c.status != ENDED)
        .order_by(initiatives.c.initiative_id)
    )
    known = [key for key, codes in connection.execute(query) if entry["ambition_code"] in split_many(codes)]
    return [Fault("area_code", "known_there", shorten(", ".join(known)))] if known else []
