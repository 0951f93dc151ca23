"""Proposals: put in the queue, followed, corrected and withdrawn by a code that only the proposer has."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from hsc_geo.data.load import Package
from hsc_geo.register import duplicates, entries
from hsc_geo.register.checking import check, clean, entity_for
from hsc_geo.register.entries import moment_of, moment_text
from hsc_geo.register.store import Store
from hsc_geo.register.tables import PROPOSALS
from hsc_geo.register.things import (
    MOST_A_DAY,
    MOST_OPEN,
    AlreadyDecided,
    Duplicate,
    Fault,
    NotTaken,
    Proposal,
    Proposed,
    QueueFull,
    Receipt,
    TooMany,
    Unknown,
)

PER_HOUR = 20
MOST_ALIKE = 500  # open proposals with which a new one is compared, the newest
SALT = "visitor_salt"  # in meta, as `day:salt`
_CODE_BYTES = 24


def propose(store: Store, package: Package, proposal: Proposal, visitor: str, limit: int) -> Receipt:
    """Keep the proposal; see `Register.propose`."""
    kept = checked(package, proposal)
    with store.writing() as connection:
        return keep(connection, kept, visitor, limit)


def checked(package: Package, proposal: Proposal) -> Proposal:
    """The proposal as it will be kept. package: for its areas and codes; whether an entry exists is asked of the
    register itself. Raises NotTaken."""
    faults = [fault for fault in check(proposal, package) if fault.code != "unknown_entry"]
    if faults:
        raise NotTaken(faults)
    return clean(proposal)


def keep(connection: Connection, proposal: Proposal, visitor: str, limit: int) -> Receipt:
    """Put a proposal that was checked in the queue. Raises NotTaken when its entry is not there, and TooMany."""
    _require_entry(connection, proposal)
    _require_room(connection)
    now, code = datetime.now(UTC), secrets.token_urlsafe(_CODE_BYTES)
    hashed = _visitor_hash(connection, visitor, now)
    _require_within(connection, hashed, now, limit)
    row = _row(proposal) | {"code_hash": _hash(code), "visitor_hash": hashed, "at": moment_text(now)}
    found = connection.execute(insert(PROPOSALS).values(row).returning(PROPOSALS.c.number)).scalar_one()
    return Receipt(code, int(found))


def forget_visitors(store: Store) -> None:
    """Let the marks of an earlier day go; see `Register.forget_visitors`."""
    with store.writing() as connection:
        _salt_of_today(connection, datetime.now(UTC))


def follow(store: Store, code: str) -> Proposed:
    """The proposal of this code. Raises Unknown."""
    with store.reading() as connection:
        return proposed_of(_by_code(connection, code))


def amend(store: Store, package: Package, code: str, proposal: Proposal) -> Proposed:
    """Put other words in the place of an open one; what it is about stays. See `Register.amend`."""
    kept = checked(package, proposal)
    with store.writing() as connection:
        row = _open_by_code(connection, code)
        told = _row(kept)
        if any(told[name] != row[name] for name in ("kind", "entity", "entity_id")):
            raise NotTaken([Fault("kind", "unknown_kind", proposal.kind)])
        _require_entry(connection, kept)
        here = (PROPOSALS.c.number == row["number"]) & (PROPOSALS.c.status == "open")
        words = {name: told[name] for name in ("fields", "why", "source_url", "language")}
        connection.execute(update(PROPOSALS).where(here).values(**words))
        return proposed_of(_by_code(connection, code))


def waiting_alike(store: Store, package: Package, proposal: Proposal, but: int) -> list[Duplicate]:
    """Open proposals of new initiatives that may be the one proposed; see `Register.waiting_alike`."""
    new = (PROPOSALS.c.kind == "new") & (PROPOSALS.c.entity == "initiative") & (PROPOSALS.c.status == "open")
    query = select(PROPOSALS).where(new, PROPOSALS.c.number != but)
    with store.reading() as connection:
        rows = (
            connection.execute(query.order_by(PROPOSALS.c.number.desc()).limit(MOST_ALIKE)).mappings().all()
        )
    return duplicates.alike_among(proposal, package, list(map(proposed_of, rows)))


def withdraw(store: Store, code: str) -> Proposed:
    """Withdraw it. Raises Unknown and AlreadyDecided."""
    with store.writing() as connection:
        row = _open_by_code(connection, code)
        here = (PROPOSALS.c.number == row["number"]) & (PROPOSALS.c.status == "open")
        values = {
            "status": "withdrawn",
            "decided_at": moment_text(datetime.now(UTC)),
            "decided_role": "proposer",
        }
        connection.execute(update(PROPOSALS).where(here).values(**values))
        return proposed_of(_by_code(connection, code))


def proposed_of(row: RowMapping) -> Proposed:
    """A row of the table as a thing."""
    proposal = Proposal(
        row["kind"],
        row["entity_id"] or None,
        json.loads(row["fields"]),
        row["why"],
        row["source_url"],
        row["language"],
        row["entity"],
    )
    decided = moment_of(row["decided_at"]) if row["decided_at"] else None
    return Proposed(
        int(row["number"]),
        moment_of(row["at"]),
        proposal,
        row["status"],
        decided,
        row["decided_role"],
        row["decision_why"],
        row["batch"],
        row["result_id"],
    )


def _row(proposal: Proposal) -> dict[str, str]:
    blank = ("decided_at", "decided_role", "decided_subject", "decision_why", "batch", "result_id")
    return dict.fromkeys(blank, "") | {
        "kind": proposal.kind,
        "entity": entity_for(proposal),
        "entity_id": proposal.entity_id or "",
        "fields": json.dumps(dict(proposal.fields), ensure_ascii=False),
        "why": proposal.why,
        "source_url": proposal.source_url,
        "language": proposal.language,
        "status": "open",
    }


def _require_entry(connection: Connection, proposal: Proposal) -> None:
    key = proposal.entity_id if proposal.kind != "new" else None
    if key and entries.load_one(connection, entity_for(proposal), key) is None:
        raise NotTaken([Fault("entity_id", "unknown_entry", key)])


def _require_within(connection: Connection, hashed: str, now: datetime, limit: int) -> None:
    if not hashed:
        return
    since = moment_text(now - timedelta(hours=1))
    mine = (PROPOSALS.c.visitor_hash == hashed) & (PROPOSALS.c.at > since)
    if connection.execute(select(func.count()).select_from(PROPOSALS).where(mine)).scalar_one() >= limit:
        raise TooMany(limit)


def _require_room(connection: Connection) -> None:
    """Raise QueueFull where too many wait, or came today."""
    counts = (
        (PROPOSALS.c.status == "open", MOST_OPEN),
        (PROPOSALS.c.at >= entries.today_began(), MOST_A_DAY),
    )
    for which, most in counts:
        if connection.execute(select(func.count()).select_from(PROPOSALS).where(which)).scalar_one() >= most:
            raise QueueFull


def _visitor_hash(connection: Connection, visitor: str, now: datetime) -> str:
    """A mark that tells today's visitors apart, and says nothing of who they are once the salt is gone."""
    return _hash(_salt_of_today(connection, now) + visitor) if visitor else ""


def _salt_of_today(connection: Connection, now: datetime) -> str:
    """The salt of the day (UTC). With a new one all marks of the day before go."""
    day, _, salt = entries.get_meta(connection, SALT).partition(":")
    if day == now.date().isoformat():
        return salt
    salt = secrets.token_hex(32)
    entries.set_meta(connection, SALT, f"{now.date().isoformat()}:{salt}")
    connection.execute(update(PROPOSALS).where(PROPOSALS.c.visitor_hash != "").values(visitor_hash=""))
    return salt


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _open_by_code(connection: Connection, code: str) -> RowMapping:
    row = _by_code(connection, code)
    if row["status"] != "open":
        raise AlreadyDecided(row["number"], row["status"])
    return row


def _by_code(connection: Connection, code: str) -> RowMapping:
    query = select(PROPOSALS).where(PROPOSALS.c.code_hash == _hash(code))
    row = connection.execute(query).mappings().first()
    if row is None:
        raise Unknown("proposal with this code", "")
    return row
