"""The store of initiatives, organisations and venues: proposals, review, journal, exchange and back-up.

    register = open_register("sqlite:////var/lib/hsc/register.db")
    register.fill(package)                      # at the start of every process; takes over a package that is new
    package = overlay(package, register)        # what the pages read; cheap when nothing changed
    faults = check(proposal, package)           # while typing
    receipt = register.propose(proposal, visitor="...")
    register.accept(receipt.number, Actor("steward"), why="seen on their page")

All verbs stand in `hsc_geo.register.api`, all things and errors in `hsc_geo.register.things`.
"""

from hsc_geo.register.api import Register, open_register, overlay
from hsc_geo.register.checking import CODES, check, clean
from hsc_geo.register.duplicates import likely_duplicates
from hsc_geo.register.importing import ImportReport
from hsc_geo.register.personal import personal_data
from hsc_geo.register.things import (
    ENTITIES,
    KINDS,
    REVIEWERS,
    STATUSES,
    Accepted,
    Actor,
    AlreadyDecided,
    Asked,
    BackupDamaged,
    Change,
    ChangedSince,
    Conflict,
    Difference,
    Duplicate,
    Fault,
    Imported,
    ImportRefused,
    NotAllowed,
    NotFilled,
    NotTaken,
    Proposal,
    Proposed,
    Receipt,
    RegisterError,
    RegisterUnavailable,
    ToConfirm,
    TooMany,
    Unknown,
)

__all__ = [
    "CODES", "ENTITIES", "KINDS", "REVIEWERS", "STATUSES", "Accepted", "Actor", "AlreadyDecided", "Asked",
    "BackupDamaged", "Change", "ChangedSince", "Conflict", "Difference", "Duplicate", "Fault", "ImportRefused",
    "ImportReport", "Imported", "NotAllowed", "NotFilled", "NotTaken", "Proposal", "Proposed", "Receipt", "Register",
    "RegisterError", "RegisterUnavailable", "ToConfirm", "TooMany", "Unknown", "check", "clean", "likely_duplicates",
    "open_register", "overlay", "personal_data",
]  # fmt: skip
