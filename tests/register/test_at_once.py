"""Two decisions in one step: both happen, with the journal of both, or neither does."""

from __future__ import annotations

from typing import Any

import pytest

from hsc_geo.register import Actor, AlreadyDecided, NotAllowed, NotTaken, Register, Unknown
from tests.register.samples import SOURCE, STEWARD, TABLES, agree, correction, last_confirmed, new


def everything(register: Register) -> tuple[Any, ...]:
    tables = {name: table.to_csv() for name, table in register.tables().items()}
    proposals = register.queue(STEWARD, "", limit=1000)
    return tables, proposals, register.journal(limit=100_000), register.revision(), last_confirmed(register)


def test_confirming_tells_what_two_steps_tell(register: Register) -> None:
    done = register.confirm("LEI-001", STEWARD, SOURCE, "en")
    assert (done.entity_id, done.revision) == ("LEI-001", 2)
    [found] = register.queue(STEWARD, "accepted")
    kept = found.proposal
    assert (kept.kind, kept.entity_id, kept.source_url, kept.language) == (
        "confirmation",
        "LEI-001",
        SOURCE,
        "en",
    )
    lines = register.journal(batch=done.batch)
    assert {(line.field, line.source_url, line.proposal) for line in lines} == {
        ("last_confirmed", SOURCE, found.number),
        ("status", SOURCE, found.number),
    }
    assert set(last_confirmed(register)) == {"LEI-001"}
    agree(register)


def test_confirming_is_for_stewards_and_what_is_there(register: Register) -> None:
    before = everything(register)
    with pytest.raises(NotAllowed):
        register.confirm("LEI-001", Actor("proposer"))
    with pytest.raises(NotTaken):
        register.confirm("LEI-999", STEWARD)
    with pytest.raises(NotTaken):
        register.confirm("LEI-001", STEWARD, "javascript:alert(1)")
    assert everything(register) == before


def test_a_new_entry_is_accepted_and_merged(register: Register) -> None:
    number = register.propose(new(partners="Club de Kooi")).number
    done = register.accept_and_merge(number, "LEI-001", STEWARD, "the same", {"theme": "participation"})
    assert done.entity_id == "LEI-001"
    assert "Club de Kooi" in register.tables()["initiatives"].loc["LEI-001", "partners"]
    assert len(register.tables()["initiatives"]) == 146
    found = register.proposed(number, STEWARD)
    assert (found.status, found.result_id, found.decision_why) == ("accepted", "LEI-147", "the same")
    agree(register)
    register.undo(done.batch, STEWARD, "not the same")
    assert register.tables()["initiatives"].loc["LEI-147", "name"] == "Wandelclub De Kooi"
    agree(register)


def test_what_is_no_new_entry_or_fits_no_other_changes_nothing(register: Register) -> None:
    change = register.propose(correction("LEI-002", name="Anders")).number
    fresh = register.propose(new()).number
    before = everything(register)
    for number, keep, error in (
        (change, "LEI-001", NotTaken),
        (fresh, "ORG-001", NotTaken),
        (fresh, "LEI-999", Unknown),
        (999, "LEI-001", Unknown),
    ):
        with pytest.raises(error):
            register.accept_and_merge(number, keep, STEWARD, "the same")
    assert everything(register) == before
    register.reject(fresh, STEWARD, "no")
    with pytest.raises(AlreadyDecided):
        register.accept_and_merge(fresh, "LEI-001", STEWARD, "the same")


@pytest.mark.parametrize("failing", ["_decide", "_require_sound", "_done"])
def test_a_failure_in_the_middle_leaves_all_as_it_was(
    register: Register, monkeypatch: pytest.MonkeyPatch, failing: str
) -> None:
    number = register.propose(new()).number
    before = everything(register)
    calls: list[int] = []

    def fails(*_: object, **__: object) -> None:
        calls.append(1)
        raise RuntimeError("in the middle")

    for act in (
        lambda: register.confirm("LEI-001", STEWARD),
        lambda: register.accept_and_merge(number, "LEI-001", STEWARD, "the same"),
    ):
        with monkeypatch.context() as patched:
            patched.setattr(f"hsc_geo.register.reviewing.{failing}", fails)
            with pytest.raises(RuntimeError):
                act()
        assert everything(register) == before
    assert len(calls) == 2
    assert set(before[0]) == set(TABLES)


def test_a_merge_that_fails_takes_the_acceptance_with_it(
    register: Register, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = register.propose(new()).number
    before = everything(register)
    with monkeypatch.context() as patched:
        patched.setattr("hsc_geo.register.drafting.merged", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            register.accept_and_merge(number, "LEI-001", STEWARD, "the same")
    assert everything(register) == before
