"""Who may call what: every verb of the register has its role stated here, and refuses whoever lacks it."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest

from hsc_geo.register import Actor, NotAllowed, Register, RegisterError
from hsc_geo.register.importing import ImportReport
from tests.register.samples import ASKED, new

# What reads what is public, is kept by a code that only its proposer has, or serves the program itself.
ANYONE = {
    *("began", "told"),  # what anyone may read of the journal
    *(
        "package",
        "untouched",
        "fill",
        "close",
        "revision",
        "filled_from",
        "open_proposals",
        "proposals_today",
        "outcomes",
        "tables",
    ),
    *("overlay", "journal", "state_at", "difference_between", "to_confirm", "conflicts", "export"),
    *("propose", "follow", "amend", "withdraw", "waiting_alike", "read_import"),
    *("forget_visitors", "end_sign_in", "sign_in_ended", "backup", "check_backup"),
}
STEWARD = {
    *("queue", "count", "proposed", "difference", "accept", "accept_and_merge", "confirm", "reject", "merge"),
    *("record_asked", "forget_asked", "undo", "import_rows"),
}
ADMINISTRATOR = {"restore", "restore_keeping"}
ROLES = ("", "proposer", "visitor", "Steward", "steward ", "STEWARD", "operator", "steward", "administrator")
MAY = {"steward": STEWARD, "administrator": STEWARD | ADMINISTRATOR}


def public(kind: type) -> set[str]:
    return {name for name in vars(kind) if not name.startswith("_")}


def test_every_verb_has_its_role_stated() -> None:
    assert public(Register) == ANYONE | STEWARD | ADMINISTRATOR
    asked = {name for name in public(Register) if "by" in _parameters(name)}
    assert asked == STEWARD | ADMINISTRATOR


def _parameters(name: str) -> dict[str, inspect.Parameter]:
    verb = getattr(Register, name)
    return dict(inspect.signature(verb).parameters) if callable(verb) else {}


def _given(name: str, by: Actor, folder: Path) -> dict[str, Any]:
    """Arguments of the right kind for a verb, that lead to nothing: no such proposal, entry, batch or file."""
    sorts: dict[str, Any] = {
        "int": 999,
        "str": "x",
        "Path": folder / "nothing.zip",
        "Actor": by,
        "Asked": ASKED,
    }
    sorts["ImportReport"] = ImportReport(())
    given = list(_parameters(name).values())[1:]
    return {
        each.name: sorts[str(each.annotation)] for each in given if each.default is inspect.Parameter.empty
    }


@pytest.mark.parametrize("role", ROLES)
def test_a_verb_refuses_who_lacks_its_role_before_all_else(
    sqlite_register: Register, tmp_path: Path, role: str
) -> None:
    sqlite_register.propose(new())
    before = (
        sqlite_register.journal(limit=10_000),
        sqlite_register.revision(),
        sqlite_register.open_proposals(),
    )
    for name in sorted(STEWARD | ADMINISTRATOR):
        told: Exception | None = None
        try:
            getattr(sqlite_register, name)(**_given(name, Actor(role), tmp_path))
        except (RegisterError, OSError) as error:
            told = error
        refused = isinstance(told, NotAllowed)
        assert (name, refused) == (name, name not in MAY.get(role, set()))
    if role not in MAY:
        after = (
            sqlite_register.journal(limit=10_000),
            sqlite_register.revision(),
            sqlite_register.open_proposals(),
        )
        assert after == before
    assert list(tmp_path.iterdir()) == []
