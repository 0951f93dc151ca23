"""The register, as screens and commands call it. What each verb does stands in the module that it calls."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import pandas as pd

from hsc_geo.data.municipality import municipality_of
from hsc_geo.register import (
    asking,
    backups,
    conflicts,
    fill,
    freshness,
    history,
    importing,
    proposing,
    reading,
    reviewing,
    sign_ins,
)
from hsc_geo.register.exporting import export_tables
from hsc_geo.register.importing import ImportReport
from hsc_geo.register.store import Store
from hsc_geo.register.things import (
    Accepted,
    Actor,
    Asked,
    Change,
    Conflict,
    Difference,
    Duplicate,
    Imported,
    NotFilled,
    Outcomes,
    Proposal,
    Proposed,
    Receipt,
    ToConfirm,
    Told,
)

if TYPE_CHECKING:
    from hsc_geo.data.load import Package


def open_register(url: str, make: bool = True) -> Register:
    """The register at this address: `sqlite:///file` or `postgresql+psycopg://user:password@host/name`.

    An SQLite file that does not exist is made, or refused without `make`; the tables are brought to the newest form.
    Raises RegisterUnavailable.
    """
    return Register(Store(url, make))


class Register:
    """The store of initiatives, organisations and venues with its proposals and journal.

    Safe for threads and for several processes. Every verb is one transaction: it happens whole, or raises and leaves
    all as it was. Any verb raises RegisterUnavailable when the store cannot be reached or written.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self._package: Package | None = None
        self._untouched = 0
        self._overlaid: tuple[Package, int, Package] | None = None
        self._lock = Lock()

    @property
    def package(self) -> Package:
        """The data package given to `fill`. Raises NotFilled before that."""
        if self._package is None:
            raise NotFilled("this process has not given the register its data package: call fill(package)")
        return self._package

    def fill(self, package: Package) -> bool:
        """Remember the package, and take it over when the register was not filled from it before; whether it was now.

        An empty register is filled. One that was filled before is merged with the package, field by field: what
        nobody changed follows the package, what people changed stays (`conflicts` lists what the package says
        instead). Call it at the start of every process. Two processes that start at once do it once.
        """
        done = fill.fill(self.store, package)
        self._package, self._untouched = package, done.untouched
        return done.now

    @property
    def untouched(self) -> int:
        """The revision at which the register held what the package given to `fill` holds, and nothing else; 0 when it
        never did."""
        return self._untouched

    def close(self) -> None:
        """Let go of the connections."""
        self.store.close()

    # Reading

    def revision(self) -> int:
        """A number that grows with every change of an entry; one cheap query."""
        return reading.revision(self.store)

    def filled_from(self) -> str:
        """The snapshot id of the data package that the register was last filled from; "" before that."""
        return reading.filled_from(self.store)

    def open_proposals(self) -> int:
        """How many proposals wait for a decision; one cheap query."""
        return reading.open_proposals(self.store)

    def proposals_today(self) -> int:
        """How many came since this day (UTC) began, whatever became of them; one cheap query."""
        return reading.proposals_today(self.store)

    def outcomes(self) -> Outcomes:
        """What became of proposals so far, and how long the last ones waited; two cheap queries."""
        return reading.outcomes(self.store)

    def tables(self) -> dict[str, pd.DataFrame]:
        """initiatives, organisations, venues, asked_none, initiative_areas, initiative_organisations and
        initiative_places, with the columns, types and index of Package; rows in order of their key."""
        return reading.read(self.store).tables

    def overlay(self, package: Package) -> Package:
        """The package with the register's tables and a snapshot id that names both. Kept until the register changes;
        asking again costs one query."""
        with self._lock:
            known = self._overlaid
        if known and known[0] is package and known[1] == self.revision():
            return known[2]
        revision, made = reading.overlay(self.store, package)
        with self._lock:
            self._overlaid = (package, revision, made)
        return made

    # Proposing

    def propose(self, proposal: Proposal, visitor: str = "", limit: int = proposing.PER_HOUR) -> Receipt:
        """Put a proposal in the queue. visitor: whatever tells one visitor from another, kept only as a hash with a
        salt that is thrown away each day; "" counts nobody.

        Raises NotTaken with every fault of `check`, and TooMany beyond `limit` proposals an hour.
        """
        return proposing.propose(self.store, self.package, proposal, visitor, limit)

    def follow(self, code: str) -> Proposed:
        """The proposal of this code, without what the journal says of it. Raises Unknown."""
        return proposing.follow(self.store, code)

    def amend(self, code: str, proposal: Proposal) -> Proposed:
        """Put other words in the place of the open proposal of this code; its kind and entry stay.

        Raises Unknown, AlreadyDecided when it is no longer open, and NotTaken with every fault of `check`.
        """
        return proposing.amend(self.store, self.package, code, proposal)

    def forget_visitors(self) -> None:
        """Let go of the marks that told visitors of an earlier day (UTC) apart, with the salt under which they were
        made. The first proposal of a day does it too; this is for days without one. Raises RegisterUnavailable."""
        proposing.forget_visitors(self.store)

    def waiting_alike(self, proposal: Proposal, but: int = 0) -> list[Duplicate]:
        """Open proposals of a new initiative that may be the one proposed, the most alike first, with the number of the
        proposal in place of an id; their words are for stewards. but: the number of the proposal itself."""
        return proposing.waiting_alike(self.store, self.package, proposal, but)

    def withdraw(self, code: str) -> Proposed:
        """Withdraw the proposal of this code. Raises Unknown, and AlreadyDecided when it is no longer open."""
        return proposing.withdraw(self.store, code)

    # Reviewing: only a steward or administrator; others get NotAllowed.

    def queue(
        self, by: Actor, status: str = "open", kind: str = "", limit: int = 200, offset: int = 0
    ) -> list[Proposed]:
        """Proposals of this status ("" for all), the oldest first, `limit` at a time."""
        return reviewing.queue(self.store, by, status, kind, limit, offset)

    def count(self, by: Actor, status: str = "open", kind: str = "") -> int:
        """How many there are of this status and kind; "" for all."""
        return reviewing.count(self.store, by, status, kind)

    def proposed(self, number: int, by: Actor) -> Proposed:
        """One proposal. Raises Unknown."""
        return reviewing.one(self.store, by, number)

    def difference(
        self, number: int, by: Actor, changes: Mapping[str, str] | None = None
    ) -> list[Difference]:
        """What accepting the proposal (with the steward's changes) would change, per field. Raises Unknown."""
        return reviewing.difference(self.store, self.package, by, number, changes or {})

    def accept(
        self,
        number: int,
        by: Actor,
        why: str = "",
        changes: Mapping[str, str] | None = None,
        seen: Proposal | None = None,
    ) -> Accepted:
        """Accept a proposal: its fields, with the steward's `changes` over them, become the entry.

        seen: what the steward read; AmendedSince is raised when the proposer changed it meanwhile. Raises NotAllowed,
        Unknown, AlreadyDecided, and NotTaken with what is still missing or wrong.
        """
        return reviewing.accept(self.store, self.package, number, by, why, changes or {}, seen)

    def accept_and_merge(
        self,
        number: int,
        keep_id: str,
        by: Actor,
        why: str,
        changes: Mapping[str, str] | None = None,
        seen: Proposal | None = None,
    ) -> Accepted:
        """Accept a proposal for a new entry and merge that into `keep_id`, at once or not at all. The journal has two
        batches, as when it is done in two steps; that of the merge is given back. Raises what both raise."""
        return reviewing.accept_and_merge(
            self.store, self.package, number, keep_id, by, why, changes or {}, seen
        )

    def confirm(self, entity_id: str, by: Actor, source_url: str = "", language: str = "nl") -> Accepted:
        """Confirm that an entry is still true: a proposal that is accepted at once, so that the journal tells of it.

        source_url: a public page that says so, or "". Raises NotAllowed, and NotTaken for another address or an entry
        that is not there.
        """
        return reviewing.confirm(self.store, self.package, entity_id, by, source_url, language)

    def reject(self, number: int, by: Actor, why: str, seen: Proposal | None = None) -> None:
        """Reject a proposal, with the reason that its proposer reads; seen: as of `accept`. Raises NotAllowed, Unknown,
        AlreadyDecided, and NotTaken without a reason."""
        reviewing.reject(self.store, number, by, why, seen)

    def merge(self, keep_id: str, drop_id: str, by: Actor, why: str) -> Accepted:
        """Make two entries of one kind into one: what `keep_id` lacks is taken from `drop_id`, who pointed to that one
        points to the other, and it goes. Undo brings it back. Raises NotAllowed, Unknown, NotTaken."""
        return reviewing.merge(self.store, self.package, keep_id, drop_id, by, why)

    def record_asked(self, asked: Asked, by: Actor) -> Accepted:
        """Keep that an area was asked for an ambition and nothing was found. Of an area and an ambition there is one:
        a later one takes its place. batch is "" when the register said just that already.

        Raises NotAllowed, and NotTaken with every fault; `known_there` when an initiative that is not known to have
        ended serves that very area (not one in it or around it) for that ambition.
        """
        return asking.record(self.store, self.package, asked, by)

    def forget_asked(self, asked_id: str, by: Actor, why: str) -> Accepted:
        """Let such an entry go, with a reason. Raises NotAllowed, Unknown, and NotTaken without a reason."""
        return asking.forget(self.store, asked_id, by, why)

    # The journal

    def journal(
        self,
        entity_id: str | None = None,
        since: datetime | None = None,
        batch: str | None = None,
        limit: int = 1000,
        newest_first: bool = True,
    ) -> list[Change]:
        """Lines of the journal; since: UTC or with a time zone."""
        return history.journal(self.store, entity_id, since, batch, limit, newest_first)

    def began(self) -> datetime | None:
        """From which moment (UTC) the journal tells; None before the first fill."""
        return history.began(self.store)

    def told(self, since: datetime, until: datetime) -> list[Told]:
        """What anyone may read of the journal from one moment until before another (with time zones), the oldest first:
        what changed in entries, without who did it and why, and without the first fill."""
        return history.told(self.store, since, until)

    def state_at(self, moment: datetime) -> dict[str, pd.DataFrame]:
        """The same tables as they stood at a moment (with a time zone); without rows before the first fill."""
        return history.state_at(self.store, moment)

    def difference_between(self, first: datetime, last: datetime) -> list[Difference]:
        """What differs between two moments (with time zones), per field, by entry."""
        return history.difference_between(self.store, first, last)

    def undo(self, batch: str, by: Actor, why: str) -> Accepted:
        """Put back what a batch changed, as a new batch. Raises NotAllowed, Unknown, ChangedSince."""
        return history.undo(self.store, by, batch, why)

    def to_confirm(self, months: int, today: date) -> list[ToConfirm]:
        """Entries that nobody confirmed in these months, the longest ago first; ended initiatives are left out."""
        return freshness.to_confirm(self.store, months, today)

    def conflicts(self) -> list[Conflict]:
        """Fields that people changed and of which a later data package says something else, by entry. One goes from
        the list when its entry is confirmed, its field is changed, or both say the same."""
        return conflicts.conflicts(self.store)

    # Exchange

    def export(self, form: str) -> bytes:
        """The register as csv (a zip of tables), xlsx or hsds (HSDS 3 JSON). ValueError for another form."""
        return export_tables(self.store, municipality_of(self.package), form)

    def read_import(self, content: bytes, form: str) -> ImportReport:
        """Every fault of a file by row and column, and its rows; nothing is written. ValueError for another form."""
        return importing.read_import(self.store, self.package, content, form)

    def import_rows(self, report: ImportReport, by: Actor, why: str) -> Imported:
        """Take over the rows of a report without faults, all or nothing; entries that the file lacks stay.

        Raises NotAllowed, and ImportRefused when the report has faults.
        """
        return importing.import_rows(self.store, self.package, report, by, why)

    # Signing out

    def end_sign_in(self, mark: str, until: date) -> None:
        """Let a sign-in count no more, on any server with this register. mark: what tells it from all others, without
        saying whose it is (64 characters at most). until: the last day (UTC) on which it could have counted; then its
        mark may go. Ending it again is no fault."""
        sign_ins.end(self.store, mark, until)

    def sign_in_ended(self, mark: str, since: datetime) -> bool:
        """Whether the sign-in of this mark and moment (with a time zone) was ended, by itself or by a restore; one
        cheap query."""
        return sign_ins.has_ended(self.store, mark, since)

    # Back-up

    def backup(self, path: Path) -> None:
        """Write all to one file, while the register is in use. Raises OSError when the file cannot be written."""
        backups.backup(self.store, path)

    def check_backup(self, path: Path) -> None:
        """Raise BackupDamaged unless the file is a back-up that is whole; OSError when it cannot be read."""
        backups.checked(path.read_bytes())

    def restore_keeping(self, path: Path, by: Actor) -> tuple[int, Path]:
        """As `restore`, after writing what is there to a new file beside it: (the new revision, that file). Nothing
        is written for a back-up that is refused."""
        return backups.restore_keeping(self.store, path, by)

    def restore(self, path: Path, by: Actor) -> int:
        """Replace all by what a back-up holds, of whichever database; the new revision.

        Raises NotAllowed, and BackupDamaged, with the register as it was.
        """
        return backups.restore(self.store, path, by)


def overlay(package: Package, register: Register) -> Package:
    """The package with the register's tables: see `Register.overlay`."""
    return register.overlay(package)
