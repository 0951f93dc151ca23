"""A proposal that waits is put in other words by its link, compared with others that wait, and told of in numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from hsc_geo.data.load import Package
from hsc_geo.register import AlreadyDecided, AmendedSince, NotTaken, Outcomes, Proposal, Register, Unknown
from hsc_geo.register.entries import moment_text
from hsc_geo.register.tables import PROPOSALS
from tests.register.samples import STEWARD, agree, correction, new, taken, with_fields


def test_other_words_take_the_place_of_the_ones_before(register: Register) -> None:
    receipt = register.propose(new())
    other = replace(new(name="Wandelclub Noord", schedule_nl="elke dinsdag"), why="They said so")
    assert register.amend(receipt.code, other).proposal == other
    found = register.follow(receipt.code)
    assert (found.number, found.status, found.proposal) == (receipt.number, "open", other)
    made = register.accept(receipt.number, STEWARD).entity_id
    row = register.tables()["initiatives"].loc[made]
    assert (row["name"], row["schedule_nl"]) == ("Wandelclub Noord", "elke dinsdag")
    agree(register)


def test_what_it_is_about_stays(sqlite_register: Register) -> None:
    first = sqlite_register.propose(correction("LEI-010", name="x"))
    for other in (correction("LEI-011", name="x"), new(), Proposal("comment", "LEI-010", {}, "x")):
        with pytest.raises(NotTaken, match="unknown_kind"):
            sqlite_register.amend(first.code, other)
    assert sqlite_register.follow(first.code).proposal == correction("LEI-010", name="x")


def test_faults_are_told_and_the_words_before_stay(sqlite_register: Register) -> None:
    receipt = sqlite_register.propose(new())
    with pytest.raises(NotTaken, match="personal_data"):
        sqlite_register.amend(receipt.code, new(description_nl="Bel 06-12345678"))
    assert sqlite_register.follow(receipt.code).proposal == new()
    with pytest.raises(Unknown):
        sqlite_register.amend("x" * 32, new())


def test_not_after_a_decision(register: Register) -> None:
    first, second = register.propose(new()), register.propose(new())
    register.withdraw(first.code)
    register.reject(second.number, STEWARD, "no")
    for receipt in (first, second):
        with pytest.raises(AlreadyDecided):
            register.amend(receipt.code, new(name="Anders"))


def test_a_steward_decides_only_on_what_was_read(register: Register) -> None:
    receipt = register.propose(new())
    seen = register.proposed(receipt.number, STEWARD).proposal
    register.amend(receipt.code, new(name="Anders"))
    tries: tuple[Any, ...] = (
        lambda: register.accept(receipt.number, STEWARD, seen=seen),
        lambda: register.accept_and_merge(receipt.number, "LEI-010", STEWARD, "why", seen=seen),
        lambda: register.reject(receipt.number, STEWARD, "no", seen),
    )
    for attempt in tries:
        with pytest.raises(AmendedSince, match=str(receipt.number)):
            attempt()
    assert register.follow(receipt.code).status == "open"
    now = register.proposed(receipt.number, STEWARD).proposal
    made = register.accept(receipt.number, STEWARD, seen=now).entity_id
    assert register.tables()["initiatives"].loc[made, "name"] == "Anders"


def test_others_that_wait_are_compared(sqlite_register: Register) -> None:
    page = "https://www.voorbeeld-leiden.nl/"
    first = sqlite_register.propose(new()).number
    cooking = replace(new(name="Kookles voor mantelzorgers"), source_url=f"{page}koken")
    far = sqlite_register.propose(cooking).number
    sqlite_register.withdraw(sqlite_register.propose(new()).code)

    def found(name: str, source: str = "", but: int = 0) -> dict[str, tuple[str, ...]]:
        asked = replace(new(name=name), source_url=f"{page}{source}")
        return {each.entity_id: each.why for each in sqlite_register.waiting_alike(asked, but)}

    assert found("De Kooi wandelclub Leiden") == {str(first): ("name", "near", "area_and_ambition")}
    assert found("De Kooi wandelclub Leiden", but=first) == {}
    assert found("Kookles mantelzorgers") == {str(far): ("name", "near", "area_and_ambition")}
    assert found("Naaien", "koken") == {str(far): ("source", "near", "area_and_ambition")}
    assert found("") == {}


def waited(register: Register, number: int, days: float) -> None:
    """Make a proposal so much older than its decision."""
    with register.store.writing() as connection:
        then = moment_text(datetime.now(UTC) - timedelta(days=days))
        connection.execute(update(PROPOSALS).where(PROPOSALS.c.number == number).values(at=then))


def test_what_became_of_proposals_is_told_in_numbers(register: Register) -> None:
    assert register.outcomes() == Outcomes(0, 0, 0, None)
    numbers = [register.propose(new(name=f"Club {i}")).number for i in range(4)]
    for number, days in zip(numbers, (2.5, 0.1, 9.0, 1.0), strict=True):
        waited(register, number, days)
    assert register.outcomes() == Outcomes(4, 0, 0, None)
    register.accept(numbers[0], STEWARD)
    register.accept(numbers[1], STEWARD)
    register.reject(numbers[2], STEWARD, "no")
    register.confirm("LEI-001", STEWARD)  # of a steward: no proposal of a visitor
    register.withdraw(register.propose(Proposal("question", None, {}, "Wie?")).code)
    assert register.outcomes() == Outcomes(1, 2, 1, 3)


def test_what_the_proposer_says_is_not_inferred_by_us(sqlite_register: Register) -> None:
    told = with_fields(new(), status="active_at_evidence_date", target_group_nl="Ouderen")
    own = replace(with_fields(told, source_kind="organisation"), source_url="")
    today, tables = datetime.now(UTC).date(), sqlite_register.tables
    made = [taken(sqlite_register, each).entity_id for each in (told, own)]
    rows = [tables()["initiatives"].loc[key] for key in made]
    assert [row["ambition_basis"] for row in rows] == ["proposed", "stated"]
    assert {(row["status"], row["status_as_of"], row["last_evidence_year"]) for row in rows} == {
        ("active_at_evidence_date", today.isoformat(), today.year)
    }
    by_steward = taken(sqlite_register, new(), ambition_codes="A2").entity_id
    assert tables()["initiatives"].loc[by_steward, "ambition_basis"] == "inferred"
    changed = taken(sqlite_register, correction("LEI-010", ambition_codes="A4")).entity_id
    assert tables()["initiatives"].loc[changed, "ambition_basis"] == "proposed"


def test_the_sector_of_a_known_organisation_is_not_asked(sqlite_register: Register, package: Package) -> None:
    made = taken(sqlite_register, new(organisation="Incluzio Leiden|Een nieuwe club")).entity_id
    known = package.organisations.loc["ORG-013", "sector"]
    assert sqlite_register.tables()["initiatives"].loc[made, "sector"] == known
