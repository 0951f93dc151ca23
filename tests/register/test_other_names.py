"""An organisation that was merged into another is recognised by its names for ever after."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsc_geo.register import Proposal, Register, open_register
from tests.register.samples import ADMINISTRATOR, SOURCE, STEWARD, agree, new, taken


def organisation(register: Register, name: str) -> str:
    fields = {"name": name, "sector": "welfare", "description_nl": "Doet mee."}
    fields["sector"] = str(register.tables()["organisations"]["sector"].iloc[0])
    proposal = Proposal("new", None, fields, "It exists", SOURCE, "nl", "organisation")
    return taken(register, proposal).entity_id


def leading(register: Register, entity_id: str) -> list[str]:
    links = register.tables()["initiative_organisations"]
    return list(links[links["initiative_id"] == entity_id]["organisation_id"])


def names(register: Register, entity_id: str) -> str:
    lines = register.journal(entity_id, newest_first=False)
    return next((line.new for line in reversed(lines) if line.field == "other_names"), "")


def test_the_names_of_who_was_merged_find_the_one_that_was_kept(register: Register) -> None:
    first, second, third = (organisation(register, f"Stichting {letter} (ST{letter})") for letter in "ABC")
    register.merge(second, third, STEWARD, "the same")
    register.merge(first, second, STEWARD, "the same")
    assert names(register, first) == "Stichting B (STB)|Stichting C (STC)"
    for spelling in ("Stichting A", "stichting b", "Stichting C (STC)", "STC"):
        made = taken(
            register, new(name=f"Met {spelling}", organisation=spelling, sector="community")
        ).entity_id
        assert leading(register, made) == [first], spelling
    agree(register)


def test_undone_the_names_are_their_own_again(register: Register) -> None:
    first, second = (organisation(register, f"Stichting {letter}") for letter in "AB")
    done = register.merge(first, second, STEWARD, "the same")
    register.undo(done.batch, STEWARD, "not the same")
    made = taken(register, new(organisation="Stichting B", sector="community")).entity_id
    assert leading(register, made) == [second]
    assert names(register, first) == ""


def test_a_name_that_is_in_use_again_is_that_of_its_bearer(register: Register) -> None:
    first, second = (organisation(register, f"Stichting {letter}") for letter in "AB")
    register.merge(first, second, STEWARD, "the same")
    newer = organisation(register, "Stichting B")
    assert leading(
        register, taken(register, new(organisation="Stichting B", sector="community")).entity_id
    ) == [newer]


def test_nobody_proposes_such_names(register: Register) -> None:
    with pytest.raises(Exception, match="unknown_field"):
        register.propose(Proposal("correction", "ORG-001", {"other_names": "x"}, "why", SOURCE))


@pytest.mark.parametrize("form", ["csv", "xlsx", "hsds"])
def test_they_travel_with_files(register: Register, form: str) -> None:
    first, second = (organisation(register, f"Stichting {letter}") for letter in "AB")
    done = register.merge(first, second, STEWARD, "the same")
    content = register.export(form)
    register.undo(done.batch, STEWARD, "no")
    report = register.read_import(content, form)
    assert report.problems == ()
    register.import_rows(report, ADMINISTRATOR, "again")
    assert names(register, first) == "Stichting B"


def test_they_stand_in_a_back_up(register: Register, tmp_path: Path) -> None:
    first, second = (organisation(register, f"Stichting {letter}") for letter in "AB")
    register.merge(first, second, STEWARD, "the same")
    file = tmp_path / "backup.zip"
    register.backup(file)
    other = open_register(f"sqlite:///{tmp_path / 'other.db'}")
    other.restore(file, ADMINISTRATOR)
    other.fill(register.package)
    made = taken(other, new(organisation="Stichting B", sector="community")).entity_id
    assert leading(other, made) == [first]
    other.close()
