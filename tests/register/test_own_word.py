"""What an organisation says of itself: no page is asked, and it has a level of evidence of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register import NotTaken, Proposal, Register, check, overlay
from tests.register.forms import as_csv, fresh
from tests.register.samples import SOURCE, STEWARD, agree, correction, last_confirmed, new, taken

OF_SOURCE = ["source_kind", "source_publisher", "source_url", "evidence_level"]


def told_itself(**fields: str) -> Proposal:
    return replace(new(source_kind="organisation", **fields), source_url="")


def source(register: Register, key: str, table: str = "initiatives") -> list[str]:
    row = register.tables()[table].loc[key]
    return [row[name] for name in OF_SOURCE if name in row]


def test_no_page_is_asked_and_accepting_asks_no_more(register: Register, package: Package) -> None:
    assert check(told_itself(), package) == []
    made = taken(register, told_itself(organisation="Incluzio Leiden|Gemeente Leiden")).entity_id
    assert source(register, made) == ["organisation", "Incluzio Leiden", "", "O"]
    agree(register)


def test_of_a_public_page_all_stays_as_it_was(register: Register) -> None:
    made = taken(register, new()).entity_id
    assert source(register, made) == ["public_page", "www.voorbeeld-leiden.nl", SOURCE, "C"]
    said = taken(register, new(source_kind="public_page")).entity_id
    assert source(register, said) == ["public_page", "www.voorbeeld-leiden.nl", SOURCE, "C"]


def test_a_page_beside_it_is_kept(register: Register) -> None:
    made = taken(register, replace(told_itself(), source_url=SOURCE)).entity_id
    assert source(register, made) == ["organisation", "Incluzio Leiden", SOURCE, "O"]


def test_an_organisation_tells_of_itself_as_well(register: Register) -> None:
    fields = {
        "name": "Club X",
        "sector": "community",
        "description_nl": "Een club.",
        "source_kind": "organisation",
    }
    made = taken(register, Proposal("new", None, fields, "", "", "nl", "organisation")).entity_id
    assert source(register, made, "organisations") == ["organisation", "Club X", ""]
    agree(register)


def test_confirmed_it_is_still_its_own_word(register: Register) -> None:
    made = taken(register, told_itself()).entity_id
    register.confirm(made, STEWARD)
    register.confirm(made, STEWARD, SOURCE)
    assert source(register, made) == ["organisation", "Incluzio Leiden", "", "O"]
    assert last_confirmed(register)[made] == datetime.now(UTC).date()


def test_it_may_correct_and_close_its_own_entry_without_a_page(register: Register, package: Package) -> None:
    made = taken(register, told_itself()).entity_id
    shown = overlay(package, register)
    plain = replace(correction(made, name="Anders"), source_url="")
    for proposal in (plain, replace(plain, fields={"name": "Nog eens", "source_kind": "organisation"})):
        assert check(proposal, shown) == []
        taken(register, proposal)
    register_page = replace(plain, fields={"name": "Anders", "source_kind": "public_page"})
    assert [(f.field, f.code) for f in check(register_page, shown)] == [("source_url", "required")]
    taken(
        register, Proposal("closure", made, {"end_year": "2025", "source_kind": "organisation"}, "It stopped")
    )
    assert source(register, made) == ["organisation", "Incluzio Leiden", "", "O"]
    assert register.tables()["initiatives"].loc[made, "status"] == "ended"


def test_an_entry_of_a_public_page_keeps_that_when_an_organisation_adds_to_it(
    register: Register, package: Package
) -> None:
    before = source(register, "LEI-010")
    proposal = replace(
        correction("LEI-010", cost_nl="Gratis", cost_en="Free", source_kind="organisation"), source_url=""
    )
    assert check(proposal, package) == []
    number = register.propose(proposal).number
    assert {d.field for d in register.difference(number, STEWARD)} == {"cost_nl", "cost_en"}
    register.accept(number, STEWARD)
    assert source(register, "LEI-010") == before
    assert register.tables()["initiatives"].loc["LEI-010", "cost_nl"] == "Gratis"
    agree(register)


def test_a_page_found_later_takes_its_place(register: Register) -> None:
    made = taken(register, told_itself()).entity_id
    taken(register, correction(made, source_kind="public_page"))
    assert source(register, made) == ["public_page", "www.voorbeeld-leiden.nl", SOURCE, "C"]
    agree(register)


def test_a_steward_decides_in_the_end(register: Register) -> None:
    first = taken(
        register,
        told_itself(),
        source_kind="public_page",
        source_url="https://www.leiden.nl/x",
        evidence_level="B",
    ).entity_id
    assert source(register, first) == ["public_page", "www.leiden.nl", "https://www.leiden.nl/x", "B"]
    second = taken(register, new(), source_kind="organisation").entity_id
    assert source(register, second) == ["organisation", "Incluzio Leiden", SOURCE, "O"]
    taken(
        register, correction("LEI-010", name="Anders"), source_kind="organisation", source_publisher="De club"
    )
    assert source(register, "LEI-010")[::3] == ["organisation", "O"]
    assert source(register, "LEI-010")[1] == "De club"


@pytest.mark.parametrize(
    ("fields", "wanted"),
    [
        ({"source_kind": "organisation", "evidence_level": "A"}, {("evidence_level", "source_kind")}),
        ({"evidence_level": "O"}, {("evidence_level", "source_kind")}),
        ({"source_kind": "hearsay"}, {("source_kind", "unknown_code")}),
    ],
)
def test_a_kind_and_a_level_that_do_not_fit_are_told_at_once(
    package: Package, fields: dict[str, str], wanted: set[tuple[str, str]]
) -> None:
    assert {(f.field, f.code) for f in check(new(**fields), package)} == wanted


@pytest.mark.parametrize("page", ["https://[::1", "nowhere", "javascript:alert(1)", "https://a b"])
def test_an_address_that_is_none_is_told_when_a_steward_gives_it(register: Register, page: str) -> None:
    number = register.propose(told_itself()).number
    with pytest.raises(NotTaken) as raised:
        register.accept(number, STEWARD, "", {"source_kind": "public_page", "source_url": page})
    assert {(f.field, f.code) for f in raised.value.faults} == {
        ("source_url", "link"),
        ("source_publisher", "required"),
    }


def test_a_page_cannot_be_emptied(package: Package) -> None:
    proposal = correction("LEI-010", source_url="")
    assert {(f.field, f.code) for f in check(proposal, package)} == {("source_url", "required")}


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"source_kind": "organisation", "source_url": "", "evidence_level": "O"}, set()),
        ({"source_kind": "organisation", "evidence_level": "A"}, {(2, "evidence_level")}),
        ({"source_kind": "public_page", "evidence_level": "O"}, {(2, "evidence_level")}),
        ({"source_kind": "public_page", "source_url": ""}, {(2, "source_url")}),
        ({"source_kind": ""}, set()),  # as files of before
    ],
)
def test_a_file_keeps_the_same_rule(
    sqlite_register: Register, change: dict[str, str], wanted: set[tuple[int, str]]
) -> None:
    report = sqlite_register.read_import(as_csv(fresh(precision="", **change)), "csv")
    assert {(row, column) for row, column, *_ in report.errors} == wanted


def test_merged_the_source_is_that_of_the_one_kept(register: Register) -> None:
    own = taken(register, told_itself()).entity_id
    public = source(register, "LEI-010")
    register.merge("LEI-010", own, STEWARD, "the same")
    assert source(register, "LEI-010") == public
    other = taken(register, told_itself()).entity_id
    register.merge(other, "LEI-011", STEWARD, "the same")
    assert source(register, other) == ["organisation", "Incluzio Leiden", "", "O"]
    number = register.propose(told_itself(name="Nog een")).number
    register.accept_and_merge(number, "LEI-012", STEWARD, "the same")
    assert source(register, "LEI-012")[0] == "public_page"
    agree(register)


def test_what_was_proposed_of_it_can_be_seen_and_undone(register: Register, package: Package) -> None:
    done = taken(register, told_itself())
    assert {line.source_url for line in register.journal(batch=done.batch)} == {""}
    register.undo(done.batch, STEWARD, "no")
    assert register.tables()["initiatives"].equals(package.initiatives)


def test_the_telephone_of_an_organisation_is_no_personal_data(package: Package) -> None:
    for contact in (
        "071-5123456",
        "(071) 512 34 56",
        "+31 71 512 3456",
        "info@incluzio.nl",
        "https://www.incluzio.nl",
        "14 071",
    ):
        assert check(new(contact=contact), package) == [], contact
    for contact in ("06-12345678", "+31 6 12345678", "(06) 12345678", "j.jansen@gmail.com", "mevrouw Bakker"):
        assert [f.code for f in check(new(contact=contact), package)] == ["personal_data"], contact
