"""What the register speaks of: who acts, what is proposed, what changed, and what can go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from hsc_geo.domain.problems import Problem, shorten

KINDS = ("new", "correction", "closure", "confirmation", "question", "comment")
ENTITIES = ("initiative", "organisation", "venue", "asked")
PROPOSABLE = ENTITIES[:3]  # of what an area was asked for, a steward tells
STATUSES = ("open", "accepted", "rejected", "withdrawn")
REVIEWERS = ("steward", "administrator")
# What people of one city could propose is far less; beyond it the queue is being flooded, whoever does it.
MOST_OPEN = 5000  # proposals that wait for a decision
MOST_A_DAY = 2000  # new ones of one day (UTC)
LANGUAGES = ("nl", "en")

_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Actor:
    """Who acts: a role, and the subject of a sign-in where there was one (never a name or mail address)."""

    role: str
    subject: str = ""


@dataclass(frozen=True)
class Proposal:
    """What someone without an account proposes.

    kind: one of KINDS. entity_id: the entry it is about (an initiative_id, organisation_id or the name of a venue);
    None for a new entry, for a question that is about no entry, and for a comment on a figure or an area, which `why`
    then names by its code in brackets. fields: columns of the contract
    (`hsc_geo.domain.schema_register`) to their proposed text, several values joined with `|`; for an initiative also
    `area_codes`, codes of areas chosen from a list. `precision` may be `city` or `region` to say that it is for the
    whole city or region; otherwise the register finds the precision itself. why: the proposer's words. source_url:
    a public page (http or https). language: the language of the texts, nl or en. entity: what a new entry is.
    """

    kind: str
    entity_id: str | None = None
    fields: Mapping[str, str] = field(default_factory=lambda: _NOTHING)
    why: str = ""
    source_url: str = ""
    language: str = "nl"
    entity: str = "initiative"


@dataclass(frozen=True, order=True)
class Fault:
    """One reason why a proposal cannot be taken as it is.

    field: a column, or one of why, source_url, place, kind, entity_id, fields. code: one of
    `hsc_geo.register.checking.CODES`. value: the words that it is about, shortened.
    """

    field: str
    code: str
    value: str = ""


@dataclass(frozen=True)
class Duplicate:
    """An entry that may be the same as the one proposed: its id, how alike the names are (0 to 100), and why.

    why: codes among `name`, `source` (the same page), `near` (within 150 m),
    `area_and_ambition`.
    """

    entity_id: str
    score: float
    why: tuple[str, ...]


@dataclass(frozen=True)
class Receipt:
    """What a proposer gets: the code of the link (kept by us only as a hash) and the number of the proposal."""

    code: str
    number: int


@dataclass(frozen=True)
class Proposed:
    """A proposal as it stands in the queue. Times are UTC. result_id: the entry that it made or changed, "" if none."""

    number: int
    at: datetime
    proposal: Proposal
    status: str
    decided_at: datetime | None = None
    decided_role: str = ""
    decision_why: str = ""
    batch: str = ""
    result_id: str = ""


@dataclass(frozen=True)
class Outcomes:
    """What became of what visitors proposed to add, correct or end: numbers of proposals, without those that they took
    back. waited: days that half of the last ones had to wait at most; None before any was decided."""

    waiting: int
    taken: int
    turned_down: int
    waited: int | None


@dataclass(frozen=True)
class Difference:
    """One field of one entry, before and after; "" is missing. Areas and organisations of an initiative are JSON."""

    entity: str
    entity_id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """One line of the journal. at: UTC. proposal: its number, None without one. batch: what happened together."""

    number: int
    at: datetime
    role: str
    subject: str
    entity: str
    entity_id: str
    field: str
    old: str
    new: str
    why: str
    source_url: str
    proposal: int | None
    batch: str


@dataclass(frozen=True)
class Told:
    """What anyone may read of a line of the journal: without who did it and why. at: UTC."""

    at: datetime
    entity: str
    entity_id: str
    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Accepted:
    """What a decision did: the entry, its batch in the journal and the register's revision afterwards."""

    entity_id: str
    batch: str
    revision: int


@dataclass(frozen=True)
class ToConfirm:
    """An entry that nobody confirmed for long. known_on: the day of its latest confirmation or, before the first, the
    latest day that its evidence can be of; None when neither is known. basis: confirmed, evidence or none."""

    entity_id: str
    name: str
    known_on: date | None
    basis: str


@dataclass(frozen=True)
class Conflict:
    """A field that people changed and of which a later data package says something else; what people said stands.

    old: what packages said before; now: what the register says; theirs: what the package says. For the key of an
    entry, `theirs` is "": it is no longer in the package. `name` of an entry that no package had before: the package
    gives its id to another one. at: UTC.
    """

    entity: str
    entity_id: str
    field: str
    old: str
    now: str
    theirs: str
    at: datetime
    batch: str


@dataclass(frozen=True)
class Asked:
    """That an area was asked for an ambition, and nothing was found there.

    area_code: a neighbourhood, district or municipality. asked_on: the day of asking, not after today. source_kind:
    public_page or organisation. source: which page or organisation says so, never a person. source_url: a public page;
    needed for public_page.
    """

    area_code: str
    ambition_code: str
    asked_on: date
    source_kind: str
    source: str
    source_url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Imported:
    """What an import did: numbers of entries. batch is "" when nothing changed."""

    added: int
    changed: int
    unchanged: int
    batch: str


class RegisterError(Exception):
    """Something that the register does not do. code: a word that a screen can translate; the message is English."""

    code = "error"


class RegisterUnavailable(RegisterError):
    """The store cannot be reached or written. Nothing was half written.

    code: gone, full, read_only, busy, damaged, newer (made by a later version of this program) or elsewhere
    (of another municipality than the data). detail: what the
    database said, for a log; not for a screen.
    """

    def __init__(self, code: str, message: str, detail: str = "") -> None:
        self.code, self.detail = code, detail
        super().__init__(message)


class NotFilled(RegisterError):
    """The register holds no entries yet, or this process has not given it the data package: call `fill(package)`."""

    code = "not_filled"


class NotAllowed(RegisterError, PermissionError):
    """The role may not do this."""

    code = "not_allowed"

    def __init__(self, role: str, needed: Iterable[str] = REVIEWERS) -> None:
        self.role = role
        super().__init__(
            f"the role {role or 'without a name'!r} may not do this; it takes {' or '.join(needed)}"
        )


class NotTaken(RegisterError):
    """A proposal or a decision that cannot be taken as it is; all faults are told."""

    code = "not_taken"

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        told = "; ".join(f"{f.field}: {f.code}" + (f" ({f.value!r})" if f.value else "") for f in self.faults)
        super().__init__(f"cannot be taken as it is: {told}")


class ImportRefused(RegisterError):
    """A file with faults, of which nothing was imported; `problems` tells all."""

    code = "import_refused"

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = f", the first: {self.problems[0]}" if self.problems else ""
        super().__init__(f"nothing was imported: the file has {len(self.problems)} faults{first}")


class TooMany(RegisterError):
    """The visitor sent more proposals than `limit` within an hour."""

    code = "too_many"

    def __init__(self, limit: int) -> None:
        self.limit = limit
        super().__init__(f"at most {limit} proposals an hour; try again later")


class QueueFull(RegisterError):
    """So many proposals wait for a decision, or came today, that no more are taken: see MOST_OPEN and MOST_A_DAY."""

    code = "queue_full"

    def __init__(self) -> None:
        super().__init__("too many proposals wait for a decision; no more are taken until some are decided")


class Unknown(RegisterError, LookupError):
    """No such proposal, entry, batch or code."""

    code = "unknown"

    def __init__(self, what: str, value: object) -> None:
        self.what, self.value = what, str(value)
        super().__init__(f"no {what} {shorten(str(value))!r} in the register")


class AlreadyDecided(RegisterError):
    """Someone else decided this proposal first."""

    code = "already_decided"

    def __init__(self, number: int, status: str) -> None:
        self.number, self.status = number, status
        super().__init__(f"proposal {number} was {status} already; nothing was done")


class AmendedSince(RegisterError):
    """The proposer changed this proposal after it was read; nothing was decided."""

    code = "amended"

    def __init__(self, number: int) -> None:
        self.number = number
        super().__init__(f"proposal {number} was changed by its proposer meanwhile; nothing was done")


class ChangedSince(RegisterError):
    """Cannot be undone: something later touched the same field. batch: what did; "" when it was a new version of the
    register, in which that field stands elsewhere, so that nobody can undo it."""

    code = "changed_since"

    def __init__(self, entity_id: str, field_name: str, batch: str) -> None:
        self.entity_id, self.field, self.batch = entity_id, field_name, batch
        how = f"changed later, in batch {batch}; undo that one first"
        moved = "stands elsewhere since a new version of the register; correct the entry instead"
        super().__init__(f"{entity_id}, {field_name}: {how if batch else moved}")


class BackupDamaged(RegisterError):
    """The file is no back-up of a register, or not as it was written. Nothing was restored."""

    code = "backup_damaged"
