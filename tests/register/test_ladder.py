"""The step on the ladder, who pays and who runs it: proposed, corrected and merged."""

from __future__ import annotations

import pytest

from hsc_geo.domain.ladder import FROM_STATUS
from hsc_geo.register import NotTaken, Proposal, Register
from tests.register.samples import SOURCE, STEWARD, agree, correction, new, taken


def cells(register: Register, key: str) -> tuple[str, str, bool]:
    """Step, basis in Dutch, whether it is inferred."""
    row = register.tables()["initiatives"].loc[key]
    return row["ladder"], row["ladder_basis_nl"], FROM_STATUS in row["inferred_fields"].split("|")


def test_what_has_ended_loses_a_step_that_was_only_inferred(sqlite_register: Register) -> None:
    assert cells(sqlite_register, "LEI-010") == ("running", "", True)
    taken(sqlite_register, Proposal("closure", "LEI-010", {"end_year": "2026"}, "It ended", SOURCE, "nl"))
    assert cells(sqlite_register, "LEI-010") == ("", "", False)


def test_a_stated_step_stays_when_the_status_changes(sqlite_register: Register) -> None:
    before = cells(sqlite_register, "LEI-012")
    taken(sqlite_register, correction("LEI-012", status="ended", end_year="2024"))
    assert cells(sqlite_register, "LEI-012") == before
    assert before[0] == "evaluated"


def test_a_step_that_is_given_is_no_longer_inferred(sqlite_register: Register) -> None:
    taken(
        sqlite_register, correction("LEI-010", ladder="recognised", funders="Fonds A|Fonds B", run_by="both")
    )
    row = sqlite_register.tables()["initiatives"].loc["LEI-010"]
    assert cells(sqlite_register, "LEI-010") == ("recognised", "", False)
    assert (row["funders"], row["run_by"]) == ("Fonds A|Fonds B", "both")
    agree(sqlite_register)


def test_another_step_does_not_rest_on_the_old_basis(sqlite_register: Register) -> None:
    taken(sqlite_register, correction("LEI-012", ladder="recognised"))
    assert cells(sqlite_register, "LEI-012") == ("recognised", "", False)


@pytest.mark.parametrize(("given", "found"), [("", ("plan", "", True)), ("pilot", ("pilot", "", False))])
def test_a_new_one_gets_its_step_from_its_status_or_as_given(
    sqlite_register: Register, given: str, found: tuple[str, str, bool]
) -> None:
    made = taken(sqlite_register, new(ladder=given), status="planned")
    assert cells(sqlite_register, made.entity_id) == found


def test_a_step_or_kind_of_people_that_is_none_is_told(sqlite_register: Register) -> None:
    with pytest.raises(NotTaken) as told:
        sqlite_register.propose(new(ladder="top", run_by="robots"))
    assert {(f.field, f.code) for f in told.value.faults} == {
        ("ladder", "unknown_code"),
        ("run_by", "unknown_code"),
    }


def test_merged_the_step_is_that_of_the_one_kept(sqlite_register: Register) -> None:
    assert cells(sqlite_register, "LEI-002") == ("plan", "", True)
    sqlite_register.merge("LEI-012", "LEI-002", STEWARD, "the same")
    assert cells(sqlite_register, "LEI-012")[::2] == ("evaluated", False)
