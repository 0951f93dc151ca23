"""Reviewing: the queue, what a proposal would change, accepting, rejecting, merging. Only for REVIEWERS."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, func, select, update

from hsc_geo.data.load import Package
from hsc_geo.domain.problems import shorten
from hsc_geo.domain.text import clean_text
from hsc_geo.register import drafting, entries, proposing, texts
from hsc_geo.register.checking import entity_for
from hsc_geo.register.cleaning import clean_fields
from hsc_geo.register.drafting import Surroundings
from hsc_geo.register.entries import Edit, Stamp, changed_fields, entity_of
from hsc_geo.register.joining import municipality
from hsc_geo.register.proposing import proposed_of
from hsc_geo.register.store import Store
from hsc_geo.register.tables import CONFIRMED, ENTRIES, JOURNAL, PROPOSALS
from hsc_geo.register.things import (
    PROPOSABLE,
    REVIEWERS,
    Accepted,
    Actor,
    AlreadyDecided,
    AmendedSince,
    Difference,
    Fault,
    NotAllowed,
    NotTaken,
    Proposal,
    Proposed,
    Unknown,
)

# What can be wrong with a decision, besides the codes of `checking`.
DECISION_CODES = {
    "twice": "is in the register already",
    "same_entry": "the same entry twice; two different ones can be merged",
    "other_kind": "the two entries are not of one kind",
    "no_change": "this kind of proposal changes no entry",
    "known_there": "an initiative is known to serve that very area for this ambition",
}


def require_reviewer(by: Actor) -> None:
    """Raise NotAllowed unless the role may review."""
    if by.role not in REVIEWERS:
        raise NotAllowed(by.role)


def require_administrator(by: Actor) -> None:
    """Raise NotAllowed unless the role is that of whoever keeps the register as a whole."""
    if by.role != REVIEWERS[1]:
        raise NotAllowed(by.role, REVIEWERS[1:])


def queue(store: Store, by: Actor, status: str, kind: str, limit: int, offset: int) -> list[Proposed]:
    """Proposals of a status, the oldest first."""
    require_reviewer(by)
    query = select(PROPOSALS).order_by(PROPOSALS.c.number).limit(limit).offset(offset)
    query = query.where(PROPOSALS.c.status == status) if status else query
    query = query.where(PROPOSALS.c.kind == kind) if kind else query
    with store.reading() as connection:
        return [proposed_of(row) for row in connection.execute(query).mappings()]


def count(store: Store, by: Actor, status: str, kind: str) -> int:
    """How many proposals there are of a status and kind."""
    require_reviewer(by)
    query = select(func.count()).select_from(PROPOSALS)
    query = query.where(PROPOSALS.c.status == status) if status else query
    query = query.where(PROPOSALS.c.kind == kind) if kind else query
    with store.reading() as connection:
        return int(connection.execute(query).scalar_one())


def one(store: Store, by: Actor, number: int) -> Proposed:
    """One proposal. Raises Unknown."""
    require_reviewer(by)
    with store.reading() as connection:
        return _proposed(connection, number)


def difference(
    store: Store, package: Package, by: Actor, number: int, changes: Mapping[str, str]
) -> list[Difference]:
    """What accepting would change, per field; nothing for a question or comment."""
    require_reviewer(by)
    with store.reading() as connection:
        found = _proposed(connection, number)
        if found.proposal.kind not in drafting.CHANGING:
            return []
        edit = _drafted(connection, package, found.proposal, _cleaned(found.proposal, changes))
    fields = (cells for cells in changed_fields(edit) if cells[0] != CONFIRMED)
    return [Difference(edit.kind, edit.entity_id, *cells) for cells in fields]


def accept(
    store: Store,
    package: Package,
    number: int,
    by: Actor,
    why: str,
    changes: Mapping[str, str],
    seen: Proposal | None,
) -> Accepted:
    """Accept a proposal; entry, journal and proposal change in one transaction."""
    require_reviewer(by)
    with store.writing() as connection:
        _require_seen(connection, number, seen)
        told = _sound(_cleaned(_open(connection, number).proposal, changes))
        return _accepted(connection, package, number, by, why, told)


def _require_seen(connection: Connection, number: int, seen: Proposal | None) -> None:
    """Raise AmendedSince where the proposal says something else than what was read."""
    if seen is not None and _open(connection, number).proposal != seen:
        raise AmendedSince(number)


def _accepted(
    connection: Connection, package: Package, number: int, by: Actor, why: str, changes: Mapping[str, str]
) -> Accepted:
    found = _open(connection, number)
    proposal, batch = found.proposal, entries.new_batch()
    stamp = Stamp(by, clean_text(why), batch, proposal.source_url, number)
    entity_id = proposal.entity_id or ""
    _require_fitting(proposal.kind, stamp.why, changes)
    if proposal.kind in drafting.CHANGING:
        edits = _edits(connection, package, proposal, _cleaned(proposal, changes))
        entries.write(connection, edits, stamp)
        entity_id = edits[0].entity_id
    _decide(connection, number, "accepted", stamp, entity_id)
    return _done(connection, entity_id, batch)


def _require_fitting(kind: str, why: str, changes: Mapping[str, str]) -> None:
    """A question needs an answer, and what changes no entry takes no changes of the steward."""
    if kind == "question" and not why:
        raise NotTaken([Fault("why", "required")])
    if changes and kind not in drafting.CHANGING:
        raise NotTaken(Fault(shorten(name), "no_change") for name in changes)


def _done(connection: Connection, entity_id: str, batch: str) -> Accepted:
    return Accepted(entity_id, batch, int(entries.get_meta(connection, "revision", "0")))


def confirm(
    store: Store, package: Package, entity_id: str, by: Actor, source_url: str, language: str
) -> Accepted:
    """Propose a confirmation and accept it, in one transaction."""
    require_reviewer(by)
    asked = Proposal("confirmation", entity_id, source_url=source_url, language=language)
    proposal = proposing.checked(package, asked)
    with store.writing() as connection:
        number = proposing.keep(connection, proposal, "", proposing.PER_HOUR).number
        return _accepted(connection, package, number, by, "", {})


def accept_and_merge(
    store: Store,
    package: Package,
    number: int,
    keep_id: str,
    by: Actor,
    why: str,
    changes: Mapping[str, str],
    seen: Proposal | None,
) -> Accepted:
    """Accept a new entry and merge it into another, in one transaction; two batches, so that either can be undone.

    What the new entry leaves open it takes from the other: it goes at once, and the other keeps its own.
    """
    require_reviewer(by)
    with store.writing() as connection:
        _require_seen(connection, number, seen)
        proposal = _open(connection, number).proposal
        if proposal.kind != "new":
            raise NotTaken([Fault("kind", "unknown_kind", proposal.kind)])
        if entity_of(keep_id) != proposal.entity:
            raise NotTaken([Fault("keep_id", "other_kind", keep_id)])
        keep = _existing(connection, proposal.entity, keep_id)
        told = _sound(_cleaned(proposal, changes))
        filled = {**told, **drafting.left_open(proposal, told, keep)}
        made = _accepted(connection, package, number, by, why, filled)
        return _merged(connection, package, keep_id, made.entity_id, by, why)


def reject(store: Store, number: int, by: Actor, why: str, seen: Proposal | None) -> None:
    """Reject a proposal, with a reason."""
    require_reviewer(by)
    reason = clean_text(why)
    if not reason:
        raise NotTaken([Fault("why", "required")])
    with store.writing() as connection:
        _require_seen(connection, number, seen)
        found = _open(connection, number)
        stamp = Stamp(by, reason, entries.new_batch(), found.proposal.source_url, number)
        _decide(connection, number, "rejected", stamp, "")


def merge(store: Store, package: Package, keep_id: str, drop_id: str, by: Actor, why: str) -> Accepted:
    """Make two entries into one."""
    require_reviewer(by)
    with store.writing() as connection:
        return _merged(connection, package, keep_id, drop_id, by, why)


def _merged(
    connection: Connection, package: Package, keep_id: str, drop_id: str, by: Actor, why: str
) -> Accepted:
    kind, other = entity_of(keep_id), entity_of(drop_id)
    if keep_id == drop_id:
        raise NotTaken([Fault("drop_id", "same_entry", drop_id)])
    if kind != other or kind not in PROPOSABLE:
        raise NotTaken([Fault("drop_id", "other_kind", drop_id)])
    keep, drop = (_existing(connection, kind, key) for key in (keep_id, drop_id))
    made = drafting.merged(surroundings(connection, package), kind, keep, drop)
    _require_sound(package, kind, made)
    edits = [Edit(kind, keep_id, keep, made), Edit(kind, drop_id, drop, None)]
    if kind == "organisation":
        moved = ((key, e, drafting.repointed(e, drop_id, keep_id)) for key, e in _initiatives(connection))
        edits += [Edit("initiative", key, old, new) for key, old, new in moved]
    stamp = Stamp(by, clean_text(why), entries.new_batch())
    entries.write(connection, edits, stamp)
    return _done(connection, keep_id, stamp.batch)


def surroundings(connection: Connection, package: Package) -> Surroundings:
    """What drafts look at, today."""
    return Surroundings(package, entries.load(connection, "organisation"), datetime.now(UTC).date())


def _cleaned(proposal: Proposal, changes: Mapping[str, str]) -> dict[str, str]:
    return clean_fields(ENTRIES[entity_for(proposal)], changes)


def _sound(changes: dict[str, str]) -> dict[str, str]:
    """The texts of a steward, who may write what a proposer may. Raises NotTaken."""
    told = [Fault(name, *each) for name, text in changes.items() for each in texts.faults(name, text)]
    if told:
        raise NotTaken(told)
    return changes


def _proposed(connection: Connection, number: int) -> Proposed:
    row = connection.execute(select(PROPOSALS).where(PROPOSALS.c.number == number)).mappings().first()
    if row is None:
        raise Unknown("proposal", number)
    return proposed_of(row)


def _open(connection: Connection, number: int) -> Proposed:
    found = _proposed(connection, number)
    if found.status != "open":
        raise AlreadyDecided(number, found.status)
    return found


def _existing(connection: Connection, kind: str, entity_id: str) -> dict[str, str]:
    found = entries.load_one(connection, kind, entity_id)
    if found is None:
        raise Unknown(kind, entity_id)
    return found


def _initiatives(connection: Connection) -> Iterable[tuple[str, dict[str, str]]]:
    return entries.load(connection, "initiative").items()


def _edits(
    connection: Connection, package: Package, proposal: Proposal, changes: Mapping[str, str]
) -> list[Edit]:
    edit = _drafted(connection, package, proposal, changes)
    assert edit.new is not None
    _require_sound(package, edit.kind, edit.new)
    return [edit, *_recognised(connection, package, edit)]


def _recognised(connection: Connection, package: Package, edit: Edit) -> list[Edit]:
    """The initiatives that name an organisation which is new, or has a new name, in the register."""
    name = (edit.new or {}).get("name", "")
    if edit.kind != "organisation" or (edit.old or {}).get("name") == name:
        return []
    around = surroundings(connection, package)
    return [
        Edit("initiative", key, old, drafting.relinked(around, old, edit.entity_id, name))
        for key, old in _initiatives(connection)
    ]


def _drafted(
    connection: Connection, package: Package, proposal: Proposal, changes: Mapping[str, str]
) -> Edit:
    kind, old, entity_id = proposal.entity, None, ""
    if proposal.kind != "new":
        entity_id = proposal.entity_id or ""
        kind = entity_of(entity_id)
        old = _existing(connection, kind, entity_id)
    else:
        entity_id = _new_id(connection, package, kind, {**proposal.fields, **changes})
    around = surroundings(connection, package)
    return Edit(kind, entity_id, old, drafting.draft(around, kind, entity_id, old, proposal, changes))


def _new_id(connection: Connection, package: Package, kind: str, given: Mapping[str, str]) -> str:
    if kind == "venue":
        name = given.get("venue", "")
        if entries.load_one(connection, kind, name) is not None:
            raise NotTaken([Fault("venue", "twice", name)])
        return name
    prefix = "ORG" if kind == "organisation" else _prefix(connection, package)
    return f"{prefix}-{_last_number(connection, kind, prefix) + 1:03}"


def _prefix(connection: Connection, package: Package) -> str:
    """The letters with which most initiatives here begin; without any, those of the municipality."""
    used = Counter(key[:3] for key in entries.load(connection, "initiative"))
    if used:
        return used.most_common(1)[0][0]
    letters = re.sub("[^A-Z]", "", str(package.areas.loc[municipality(package), "name"]).upper())
    return (letters + "XXX")[:3].replace("ORG", "ORX")


def _last_number(connection: Connection, kind: str, prefix: str) -> int:
    """The highest number ever given out: one of an entry that went is not given to another."""
    query = (
        select(JOURNAL.c.entity_id)
        .distinct()
        .where(JOURNAL.c.entity == kind, JOURNAL.c.entity_id.like(f"{prefix}-%"))
    )
    used = [str(key)[4:] for key in connection.execute(query).scalars()]
    return max((int(each) for each in used if each.isdecimal()), default=0)


def _require_sound(package: Package, kind: str, entry: Mapping[str, str]) -> None:
    found = drafting.faults(package, kind, entry)
    if found:
        raise NotTaken(found)


def _decide(connection: Connection, number: int, status: str, stamp: Stamp, result_id: str) -> None:
    """The decision, in the queue and in the journal; taken only if nobody took one before."""
    here = (PROPOSALS.c.number == number) & (PROPOSALS.c.status == "open")
    values: dict[str, Any] = {
        "status": status,
        "decided_at": entries.moment_text(datetime.now(UTC)),
        "decided_role": stamp.by.role,
        "decided_subject": stamp.by.subject,
        "decision_why": stamp.why,
        "batch": stamp.batch,
        "result_id": result_id,
    }
    if connection.execute(update(PROPOSALS).where(here).values(**values)).rowcount != 1:
        raise AlreadyDecided(number, "decided")
    entries.write_lines(connection, [("proposal", str(number), "status", "open", status)], stamp)
