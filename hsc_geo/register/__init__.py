"""The store of initiatives, organisations and venues: proposals, review, journal, exchange and back-up.

    register = open_register("sqlite:////var/lib/hsc/register.db")
    register.fill(package)                      # at the start of every process; takes over a package that is new
    package = overlay(package, register)        # what the pages read; cheap when nothing changed
    faults = check(proposal, package)           # while typing
    receipt = register.propose(proposal, visitor="...")
    register.accept(receipt.number, Actor("steward"), why="seen on their page")

The verbs are imported when they are first asked for, so that a thing or an error costs no database library. All verbs
stand in `hsc_geo.register.api`, all things and errors in `hsc_geo.register.things`.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from hsc_geo.register.things import (
    ENTITIES,
    KINDS,
    REVIEWERS,
    STATUSES,
    Accepted,
    Actor,
    AlreadyDecided,
    AmendedSince,
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
    Outcomes,
    Proposal,
    Proposed,
    QueueFull,
    Receipt,
    RegisterError,
    RegisterUnavailable,
    ToConfirm,
    Told,
    TooMany,
    Unknown,
)

if TYPE_CHECKING:
    from hsc_geo.register.api import Register, open_register, overlay
    from hsc_geo.register.checking import CODES, check, clean
    from hsc_geo.register.duplicates import likely_duplicates
    from hsc_geo.register.importing import ImportReport
    from hsc_geo.register.personal import personal_data
else:
    _LATE = {
        **dict.fromkeys(("Register", "open_register", "overlay"), "api"),
        **dict.fromkeys(("CODES", "check", "clean"), "checking"),
        "likely_duplicates": "duplicates",
        "ImportReport": "importing",
        "personal_data": "personal",
    }

    def __getattr__(name: str) -> Any:
        if name not in _LATE:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(importlib.import_module(f"{__name__}.{_LATE[name]}"), name)


__all__ = [
    "CODES",
    "ENTITIES",
    "KINDS",
    "REVIEWERS",
    "STATUSES",
    "Accepted",
    "Actor",
    "AlreadyDecided",
    "AmendedSince",
    "Asked",
    "BackupDamaged",
    "Change",
    "ChangedSince",
    "Conflict",
    "Difference",
    "Duplicate",
    "Fault",
    "ImportRefused",
    "ImportReport",
    "Imported",
    "NotAllowed",
    "NotFilled",
    "NotTaken",
    "Outcomes",
    "Proposal",
    "Proposed",
    "QueueFull",
    "Receipt",
    "Register",
    "RegisterError",
    "RegisterUnavailable",
    "ToConfirm",
    "Told",
    "TooMany",
    "Unknown",
    "check",
    "clean",
    "likely_duplicates",
    "open_register",
    "overlay",
    "personal_data",
]
