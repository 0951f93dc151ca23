"""A year to come where only the past can be meant is refused at every door; an end may lie ahead."""

from __future__ import annotations

import csv
import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from hsc_geo.data.check import check_folder, meaning
from hsc_geo.data.load import Package
from hsc_geo.register import NotTaken, Proposal, Register, check
from tests.register.forms import as_csv, as_xlsx, fresh
from tests.register.samples import ASKED, DATA, SOURCE, STEWARD, correction, new, taken

# In the words of a visitor who meant 2026.
TYPED = {
    "last_evidence_year": "2062",
    "start_year": "2062",
    "start_date": "2062-05",
    "status_as_of": "after 2062-05",
    "source_date": "2062-05-31",
}


def codes(proposal: Proposal, package: Package) -> set[tuple[str, str]]:
    return {(fault.field, fault.code) for fault in check(proposal, package)}


def faults_of(call: Callable[[], object]) -> set[tuple[str, str]]:
    with pytest.raises(NotTaken) as raised:
        call()
    return {(fault.field, fault.code) for fault in raised.value.faults}


@pytest.mark.parametrize("name", TYPED)
def test_it_is_not_proposed(sqlite_register: Register, package: Package, name: str) -> None:
    for proposal in (new(**{name: TYPED[name]}), correction("LEI-010", **{name: TYPED[name]})):
        assert (name, "future") in codes(proposal, package)
        assert (name, "future") in faults_of(lambda proposal=proposal: sqlite_register.propose(proposal))


def test_nor_of_an_organisation(package: Package) -> None:
    proposal = Proposal("correction", "ORG-001", {"source_date": "2062"}, "why", SOURCE)
    assert codes(proposal, package) == {("source_date", "future")}


@pytest.mark.parametrize("name", TYPED)
def test_a_steward_cannot_add_it_when_accepting(register: Register, name: str) -> None:
    for proposal in (new(), correction("LEI-010", name="x"), Proposal("confirmation", "LEI-010")):
        number = register.propose(proposal).number
        found = faults_of(lambda n=number: register.accept(n, STEWARD, "", {name: TYPED[name]}))
        assert (name, "future") in found
        assert register.proposed(number, STEWARD).status == "open"
    assert register.revision() == 1


@pytest.mark.parametrize("form", ["csv", "xlsx", "hsds"])
@pytest.mark.parametrize("name", [*TYPED, "last_confirmed"])
def test_it_is_not_imported(sqlite_register: Register, name: str, form: str) -> None:
    row = fresh(**{name: TYPED.get(name, "2062-05-31")})
    rows = (fresh(initiative_id="LEI-901", **{name: ""}), row)
    content = {"csv": as_csv, "xlsx": as_xlsx, "hsds": as_hsds}[form](*rows)
    found = sqlite_register.read_import(content, form).errors
    told = [(row, column) for row, column, _, mend in found if "lies in the future, after" in mend]
    assert told == [(3, name)]


def as_hsds(*rows: dict[str, str]) -> bytes:
    """A file as our own export makes it."""
    services = [
        {
            "id": row["initiative_id"],
            "name": row["name"],
            "status": "active",
            "attributes": [
                {"link_type": "hsc_geo_field", "label": name, "value": text} for name, text in row.items()
            ],
        }
        for row in rows
    ]
    return json.dumps({"services": services}).encode()


def test_an_assured_date_of_others_is_a_confirmation(sqlite_register: Register) -> None:
    service = {"id": "LEI-950", "name": "x", "status": "active", "assured_date": "2062-05-31"}
    found = sqlite_register.read_import(json.dumps({"services": [service]}).encode(), "hsds").errors
    assert (2, "last_confirmed", "2062-05-31") in {(row, column, value) for row, column, value, _ in found}


def test_it_is_not_asked(sqlite_register: Register) -> None:
    asked = replace(ASKED, asked_on=date(2062, 5, 31))
    assert faults_of(lambda: sqlite_register.record_asked(asked, STEWARD)) == {("asked_on", "future")}


@pytest.mark.parametrize(
    ("file", "column"),
    [
        *(("initiatives.csv", name) for name in (*TYPED, "last_confirmed")),
        ("organisations.csv", "last_confirmed"),
        ("organisations.csv", "source_date"),
        ("venues.csv", "last_confirmed"),
    ],
)
def test_data_check_tells_of_it(tmp_path: Path, file: str, column: str) -> None:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    with (folder / file).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    rows[4][column] = TYPED.get(column, "2062-05-31")
    with (folder / file).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    told = [p for p in check_folder(folder) if "lies in the future, after" in p.mend]
    assert [(p.file, p.row, p.column) for p in told] == [(file, 6, column)]


def test_today_is_no_future_wherever_the_clock_stands(
    register: Register, package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The register keeps days in UTC; a server to the west of that is still in yesterday, one here in tomorrow."""
    monkeypatch.setattr(meaning, "local_today", lambda: datetime.now(UTC).date() - timedelta(days=1))
    taken(register, Proposal("confirmation", "LEI-010"))
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    monkeypatch.setattr(meaning, "local_today", lambda: tomorrow)
    assert codes(new(source_date=tomorrow.isoformat()), package) == set()
    after = (tomorrow + timedelta(days=1)).isoformat()
    assert codes(new(source_date=after), package) == {("source_date", "future")}


def test_this_year_and_this_month_are_no_future(package: Package) -> None:
    today = datetime.now(UTC).date()
    fields = {
        "last_evidence_year": str(today.year),
        "start_date": today.isoformat()[:7],
        "source_date": str(today.year),
    }
    assert codes(new(**fields), package) == set()


# An end may lie ahead.


def test_an_end_that_lies_ahead_is_taken(register: Register, package: Package) -> None:
    ahead = datetime.now(UTC).year + 1
    before = package.initiatives.loc["LEI-010"]
    taken(register, correction("LEI-010", end_year=str(ahead)))
    now = register.tables()["initiatives"].loc["LEI-010"]
    assert (now["end_year"], now["status"]) == (ahead, before["status"])


def test_a_closure_that_lies_ahead_does_not_end_it_yet(register: Register, package: Package) -> None:
    ahead = datetime.now(UTC).year + 1
    before = package.initiatives.loc["LEI-010"]
    taken(register, Proposal("closure", "LEI-010", {"end_year": str(ahead)}, "It will stop", SOURCE))
    now = register.tables()["initiatives"].loc["LEI-010"]
    kept = ["status", "status_note_nl", "status_as_of", "ladder", "last_evidence_year"]
    assert (now[kept].astype(str) == before[kept].astype(str)).all()
    assert now["end_year"] == ahead
    assert now["last_confirmed"] == datetime.now(UTC).date().isoformat()


def test_a_steward_may_say_when_it_ends(register: Register) -> None:
    number = register.propose(Proposal("closure", "LEI-010", {}, "It will stop", SOURCE)).number
    ahead = str(datetime.now(UTC).year + 1)
    register.accept(number, STEWARD, "", {"end_year": ahead})
    assert register.tables()["initiatives"].loc["LEI-010", "status"] != "ended"


# Days that are none


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("source_date", "2025-02-31"),
        ("start_date", "2024-13"),
        ("start_date", "2023-02-29"),
        ("source_date", "0000"),
    ],
)
def test_a_day_that_is_in_no_calendar_is_told(package: Package, name: str, text: str) -> None:
    assert (name, "day") in codes(new(**{name: text}), package)


def test_a_day_of_confirmation_that_is_none_is_told_in_a_file(sqlite_register: Register) -> None:
    content = b"initiative_id,last_confirmed\nLEI-010,2025-02-31\nLEI-011,2024-02-29\n"
    found = sqlite_register.read_import(content, "csv").errors
    assert [(row, column, value) for row, column, value, _ in found] == [(2, "last_confirmed", "2025-02-31")]
