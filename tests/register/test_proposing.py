"""Proposals: kept as they are meant, followed by a code, limited, and never half there."""

from __future__ import annotations

import hashlib
import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from hsc_geo.data.load import Package
from hsc_geo.register import (
    AlreadyDecided,
    NotTaken,
    Proposal,
    QueueFull,
    Receipt,
    Register,
    TooMany,
    Unknown,
    likely_duplicates,
    open_register,
    overlay,
    proposing,
)
from hsc_geo.register import proposing as module
from hsc_geo.register.duplicates import NEAR, likeness
from tests.register.samples import ADMINISTRATOR, KOOI, STEWARD, agree, new, places, taken, with_fields


def test_it_is_followed_by_its_code(register: Register) -> None:
    proposal = new(description_nl="Wandelen; 'quotes', \"double\" & ünïcode")
    receipt = register.propose(proposal)
    found = register.follow(receipt.code)
    assert (found.number, found.status, found.proposal) == (receipt.number, "open", proposal)
    assert datetime.now(UTC) - found.at < timedelta(minutes=1)
    register.reject(receipt.number, STEWARD, "no source says so")
    found = register.follow(receipt.code)
    assert (found.status, found.decision_why, found.decided_role) == (
        "rejected",
        "no source says so",
        "steward",
    )


def test_the_code_itself_is_not_kept(sqlite_register: Register, sqlite_file: Path, tmp_path: Path) -> None:
    receipt = sqlite_register.propose(new(), visitor="203.0.113.7")
    sqlite_register.backup(tmp_path / "backup.zip")
    sqlite_register.close()
    content = sqlite_file.read_bytes()
    assert receipt.code.encode() not in content
    assert b"203.0.113.7" not in content
    with sqlite3.connect(sqlite_file) as connection:
        kept = connection.execute("SELECT code_hash FROM proposals").fetchone()[0]
    assert kept == hashlib.sha256(receipt.code.encode()).hexdigest()
    assert len(receipt.code) >= 32


@pytest.mark.parametrize("code", ["", "x", "' OR 1=1 --", "\x00", "\ud800", "x" * 1_000_000])
def test_other_codes_find_nothing(register: Register, code: str) -> None:
    register.propose(new())
    for verb in (register.follow, register.withdraw):
        with pytest.raises(Unknown):
            verb(code)


def test_it_can_be_withdrawn_once_while_open(register: Register) -> None:
    first, second = register.propose(new()), register.propose(new())
    assert register.withdraw(first.code).status == "withdrawn"
    with pytest.raises(AlreadyDecided, match="withdrawn"):
        register.withdraw(first.code)
    with pytest.raises(AlreadyDecided, match="withdrawn"):
        register.accept(first.number, STEWARD)
    register.accept(second.number, STEWARD)
    with pytest.raises(AlreadyDecided, match="accepted"):
        register.withdraw(second.code)
    agree(register)


def test_faults_are_told_and_nothing_is_kept(register: Register) -> None:
    with pytest.raises(NotTaken) as raised:
        register.propose(new(name="", description_nl="Bel dhr. Jansen"))
    assert {(f.field, f.code) for f in raised.value.faults} == {
        ("name", "required"),
        ("description_nl", "personal_data"),
    }
    assert register.queue(STEWARD, "") == []


def test_an_entry_accepted_just_now_can_be_corrected(register: Register) -> None:
    made = taken(register, new()).entity_id
    proposal = Proposal("confirmation", made)
    assert register.propose(proposal).number == 2
    with pytest.raises(NotTaken, match="unknown_entry"):
        register.propose(Proposal("confirmation", "LEI-998"))


def test_a_visitor_is_limited_by_the_hour(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        register.propose(new(), visitor="a", limit=3)
    with pytest.raises(TooMany, match="3"):
        register.propose(new(), visitor="a", limit=3)
    register.propose(new(), visitor="b", limit=3)
    register.propose(new(), limit=3)

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(minutes=61)

    monkeypatch.setattr(module, "datetime", Later)
    register.propose(new(), visitor="a", limit=3)


def test_the_marks_of_visitors_go_with_the_day(register: Register, monkeypatch: pytest.MonkeyPatch) -> None:
    def marks() -> list[str]:
        with register.store.reading() as connection:
            return list(
                connection.execute(text("SELECT visitor_hash FROM proposals ORDER BY number")).scalars()
            )

    register.propose(new(), visitor="a")
    first = marks()[0]

    class Tomorrow(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:
            return datetime.now(UTC) + timedelta(days=1)

    monkeypatch.setattr(module, "datetime", Tomorrow)
    register.propose(new(), visitor="a")
    assert marks()[0] == ""
    assert marks()[1] not in ("", first)


@pytest.mark.slow
def test_fifty_visitors_at_once(register: Register) -> None:
    receipts: list[Receipt] = []
    failures: list[BaseException] = []
    start = threading.Barrier(50)

    def visit(number: int) -> None:
        try:
            start.wait()
            receipts.append(register.propose(new(name=f"Wandelclub {number}"), visitor=f"visitor {number}"))
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=visit, args=(number,)) for number in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(receipt.number for receipt in receipts) == list(range(1, 51))
    assert len({receipt.code for receipt in receipts}) == 50
    names = {found.proposal.fields["name"] for found in register.queue(STEWARD)}
    assert names == {f"Wandelclub {number}" for number in range(50)}


@pytest.mark.slow
def test_one_visitor_cannot_pass_the_limit_by_sending_all_at_once(register: Register) -> None:
    outcomes: list[str] = []

    def visit() -> None:
        try:
            register.propose(new(), visitor="one", limit=5)
            outcomes.append("taken")
        except TooMany:
            outcomes.append("refused")

    threads = [threading.Thread(target=visit) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (outcomes.count("taken"), outcomes.count("refused")) == (5, 15)


HOSTILE = [
    "'; DROP TABLE journal; --",
    '"); DELETE FROM initiatives; --',
    "%s %(x)s :name ? ?1 {0}",
    "\\'; x --",
    "=1+1",
    "a\nb\tc",
    "ünï 漢字 🚶",
    "</scr" + "ipt",
    "${jndi:ldap://x}",
    "NULL",
    "None",
]


@pytest.mark.slow
@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_only_words(register: Register, package: Package, words: str) -> None:
    fields = (
        "name",
        "organisation",
        "partners",
        "target_group_nl",
        "description_nl",
        "note_nl",
        "status_note_nl",
        "source_title",
        "source_publisher",
        "schedule_nl",
        "cost_nl",
        "how_to_join_nl",
        "contact",
    )
    of_place = ("venue", "address", "coordinate_note", "venue_2", "address_2")
    proposal = with_fields(new(), **dict.fromkeys((*fields, *of_place), words), sector="community")
    accepted = taken(register, Proposal("new", None, proposal.fields, words, proposal.source_url))
    row = overlay(package, register).initiatives.loc[accepted.entity_id]
    line = " ".join(words.split())  # a name is one line
    one_line = {"name", "organisation", "source_publisher", "contact"}
    assert {field: row[field] for field in fields} == {
        field: line if field in one_line else words for field in fields
    }
    first, second = places(register, accepted.entity_id)
    found = [first["venue"], first["address"], first["coordinate_note"], second["venue"], second["address"]]
    assert found == [line, line, words, line, line]
    assert register.journal(accepted.entity_id, limit=1)[0].proposal == 1
    agree(register)


def test_duplicates_are_found_by_name_and_place(sqlite_register: Register, package: Package) -> None:
    made = taken(sqlite_register, new(name="Wandelclub De Kooi")).entity_id
    now = overlay(package, sqlite_register)

    def found(**fields: str) -> dict[str, tuple[str, ...]]:
        proposal = replace(new(**fields), source_url="https://www.example.org/elders")
        return {each.entity_id: each.why for each in likely_duplicates(proposal, now)}

    near = str(KOOI[0] + 100 / 111_195)  # 100 m to the north
    far = str(KOOI[0] - 400 / 111_195)
    assert found(name="De Kooi wandelclub Leiden")[made] == ("name", "near", "area_and_ambition")
    assert found(name="de kooi WANDELCLUB", latitude=far, ambition_codes="A3")[made] == ("name",)
    assert found(name="Wandelgroep De Kooi", latitude=near, ambition_codes="A3")[made] == ("near",)
    assert found(name="Wandelgroep De Kooi", latitude="", longitude="", area_codes="BU05460301")[made] == (
        "area_and_ambition",
    )
    assert made not in found(name="Wandelgroep De Kooi", latitude="", longitude="", area_codes="BU05460903")
    assert made not in found(name="Kookles voor mantelzorgers")
    assert found(name="") == {}


def test_the_committed_entries_find_themselves_and_few_others(package: Package) -> None:
    others = 0
    for key, name in package.initiatives["name"].items():
        ids = [each.entity_id for each in likely_duplicates(new(name=name), package)]
        assert key in ids
        others += len(ids) - 1
    assert others / len(package.initiatives) < 1.5
    assert NEAR == 150


@pytest.mark.parametrize(
    ("name", "same"),
    [
        ("Voedsel Bank Leiden", "LEI-068"),
        ("Buurt-buik", "LEI-069"),
        ("Zwem stad", "LEI-114"),
        ("Leo-Odense-Huis", "LEI-073"),
        ("Buurt Sport Coaches", "LEI-053"),
        ("Young in Leiden", "LEI-077"),
        ("Dans Park", "LEI-072"),
        ("Respijt huis", "LEI-081"),
        ("Odensehuis van Leo", "LEI-073"),
    ],
)
def test_compounds_written_apart_are_found(package: Package, name: str, same: str) -> None:
    assert same in [each.entity_id for each in likely_duplicates(new(name=name), package)][:2]


def test_a_name_of_more_words_than_are_joined_is_found_too(package: Package) -> None:
    apart = new(name="Leiden Bio Science Park: gezond e en rook vrije campus")
    assert "LEI-091" in [each.entity_id for each in likely_duplicates(apart, package)]


def test_names_that_only_share_a_word_are_not_the_same(package: Package) -> None:
    for name in ("Samen wandelen", "Sport in de wijk", "Koffie ochtend"):
        assert [
            d for d in likely_duplicates(new(name=name, area_codes="BU05460903"), package) if "name" in d.why
        ] == []


def test_the_same_source_page_is_a_reason_of_its_own(package: Package) -> None:
    key, url = next(
        (str(k), str(u)) for k, u in package.initiatives["source_url"].items() if str(u).startswith("https")
    )
    variant = url.replace("https://www.", "http://").replace("https://", "http://").rstrip("/") + "/#top"
    proposal = replace(new(name="Heel iets anders"), source_url=variant)
    assert {each.entity_id: each.why for each in likely_duplicates(proposal, package, 100)}[key] == (
        "source",
    )


def test_a_single_word_is_not_enough() -> None:
    assert likeness("leiden", "leiden gezond en vitaal") < 70
    assert likeness("wandelen in de wijk", "in de wijk wandelen") == 100


def test_a_correction_is_no_duplicate_of_its_own_entry(package: Package) -> None:
    name = package.initiatives.loc["LEI-010", "name"]
    proposal = Proposal("correction", "LEI-010", {"name": name})
    assert "LEI-010" not in {each.entity_id for each in likely_duplicates(proposal, package)}


@pytest.mark.slow
def test_processes_propose_at_once(filled_url: str, package: Package) -> None:
    """Several servers before one store."""
    registers = [open_register(filled_url) for _ in range(5)]
    for register in registers:
        register.fill(package)
    failures: list[BaseException] = []

    def serve(register: Register) -> None:
        try:
            for _ in range(5):
                register.accept(register.propose(new()).number, ADMINISTRATOR)
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=serve, args=(register,)) for register in registers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    ids = [key for key in registers[0].tables()["initiatives"].index if key > "LEI-146"]
    assert ids == [f"LEI-{number}" for number in range(147, 172)]
    agree(registers[0])


@pytest.mark.parametrize("bound", ["MOST_OPEN", "MOST_A_DAY"])
def test_a_flooded_queue_takes_no_more_whoever_sends(
    sqlite_register: Register, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    monkeypatch.setattr(proposing, bound, 3)
    for number in range(3):
        sqlite_register.propose(new(name=f"Voorstel {number}"), visitor=f"visitor {number}")
    with pytest.raises(QueueFull):
        sqlite_register.propose(new(name="Een te veel"), visitor="another")
    assert sqlite_register.open_proposals() == 3
