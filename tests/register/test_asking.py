"""Asked, none found: kept by stewards, told apart from what nobody asked, and treated as any other entry."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register import (
    Actor,
    Asked,
    NotAllowed,
    NotTaken,
    Proposal,
    Register,
    Unknown,
    check,
    open_register,
    overlay,
)
from tests.register.samples import ADMINISTRATOR, ASKED, SOURCE, STEWARD, agree, new, taken

KEY = "ASK-WK054601-A3"


def row(register: Register, key: str = KEY) -> dict[str, str]:
    return {str(n): str(v) for n, v in register.tables()["asked_none"].set_index("asked_id").loc[key].items()}


def refused(register: Register, asked: Asked) -> set[tuple[str, str]]:
    with pytest.raises(NotTaken) as raised:
        register.record_asked(asked, STEWARD)
    return {(fault.field, fault.code) for fault in raised.value.faults}


def test_it_is_kept_with_its_journal_and_can_be_undone(register: Register, package: Package) -> None:
    done = register.record_asked(replace(ASKED, note="by telephone"), STEWARD)
    assert (done.entity_id, done.revision) == (KEY, 2)
    assert row(register) == {
        "area_code": "WK054601",
        "ambition_code": "A3",
        "asked_on": "2026-05-31",
        "source_kind": "organisation",
        "source": "Sociaal Wijkteam Leiden",
        "source_url": "",
        "note": "by telephone",
    }
    lines = register.journal(KEY)
    assert {line.entity for line in lines} == {"asked"}
    assert {(line.role, line.why, line.batch) for line in lines} == {("steward", "by telephone", done.batch)}
    assert list(overlay(package, register).asked_none["asked_id"]) == [KEY]
    agree(register)
    register.undo(done.batch, STEWARD, "a mistake")
    assert register.tables()["asked_none"].empty
    agree(register)


def test_asked_again_the_newest_stands(register: Register) -> None:
    register.record_asked(ASKED, STEWARD)
    later = replace(
        ASKED,
        asked_on=date(2026, 9, 1),
        source="Buurtsportcoaches",
        source_kind="public_page",
        source_url=SOURCE,
    )
    done = register.record_asked(later, ADMINISTRATOR)
    assert (row(register)["asked_on"], row(register)["source"]) == ("2026-09-01", "Buurtsportcoaches")
    assert len(register.tables()["asked_none"]) == 1
    again = register.record_asked(later, STEWARD)
    assert (again.batch, again.revision) == ("", done.revision)
    agree(register)


def test_it_can_be_forgotten_with_a_reason(register: Register) -> None:
    register.record_asked(ASKED, STEWARD)
    with pytest.raises(NotTaken, match="why: required"):
        register.forget_asked(KEY, STEWARD, " \u200b")
    done = register.forget_asked(KEY, STEWARD, "asked the wrong people")
    assert register.tables()["asked_none"].empty
    assert {line.why for line in register.journal(batch=done.batch)} == {"asked the wrong people"}
    with pytest.raises(Unknown, match=KEY):
        register.forget_asked(KEY, STEWARD, "again")
    register.undo(done.batch, STEWARD, "it was right")
    assert row(register)["asked_on"] == "2026-05-31"
    agree(register)


@pytest.mark.parametrize("role", ["proposer", "", "Steward"])
def test_only_stewards_tell_of_it(sqlite_register: Register, role: str) -> None:
    before = sqlite_register.revision()
    with pytest.raises(NotAllowed):
        sqlite_register.record_asked(ASKED, Actor(role))
    with pytest.raises(NotAllowed):
        sqlite_register.forget_asked(KEY, Actor(role), "why")
    assert sqlite_register.revision() == before


TOMORROW = date.today() + timedelta(days=2)


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"area_code": "WK999999"}, {("area_code", "unknown_area")}),
        ({"area_code": "GM9999"}, {("area_code", "unknown_area")}),
        ({"area_code": "Leiden-Noord"}, {("area_code", "unknown_area")}),
        ({"area_code": "NL00"}, {("area_code", "unknown_area")}),
        ({"area_code": ""}, {("area_code", "required")}),
        ({"ambition_code": "A9"}, {("ambition_code", "unknown_code")}),
        ({"ambition_code": "A1|A2"}, {("ambition_code", "unknown_code")}),
        ({"ambition_code": ""}, {("ambition_code", "required")}),
        ({"asked_on": TOMORROW}, {("asked_on", "future")}),
        ({"asked_on": date(2062, 5, 31)}, {("asked_on", "future")}),
        ({"asked_on": "31/5/2026"}, {("asked_on", "form")}),
        ({"asked_on": "2026-02-31"}, {("asked_on", "day")}),
        ({"asked_on": "2026"}, {("asked_on", "form")}),
        ({"asked_on": datetime(2026, 5, 31, 12)}, {("asked_on", "form")}),
        ({"asked_on": ""}, {("asked_on", "required")}),
        ({"source": ""}, {("source", "required")}),
        ({"source": " \u200b"}, {("source", "required")}),
        ({"source": "<b>x</b>"}, {("source", "html")}),
        ({"source": "mevrouw Bakker"}, {("source", "personal_data")}),
        ({"note": "Bel 06-12345678"}, {("note", "personal_data")}),
        ({"note": "<script>alert(1)</script>"}, {("note", "html")}),
        ({"note": "x" * 1001}, {("note", "too_long")}),
        ({"source_kind": "hearsay"}, {("source_kind", "unknown_code")}),
        ({"source_kind": ""}, {("source_kind", "required")}),
        ({"source_kind": "public_page"}, {("source_url", "required")}),
        ({"source_url": "https://localhost/x"}, {("source_url", "link")}),
        ({"source_url": "javascript:alert(1)"}, {("source_url", "link")}),
        (
            {"source": "", "ambition_code": "A9", "area_code": "x"},
            {("source", "required"), ("ambition_code", "unknown_code"), ("area_code", "unknown_area")},
        ),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_kept(
    sqlite_register: Register, change: dict[str, object], wanted: set[tuple[str, str]]
) -> None:
    assert refused(sqlite_register, replace(ASKED, **change)) == wanted  # type: ignore[arg-type]
    assert sqlite_register.tables()["asked_none"].empty


@pytest.mark.parametrize(
    ("area", "ambition", "known"),
    [
        ("WK054608", "A3", "LEI-087"),  # active, known to this district
        ("WK054601", "A1", "LEI-065, LEI-127"),  # shared with another district
        ("BU05460301", "A2", "LEI-112"),  # a point in it
        ("WK054609", "A2", "LEI-019, LEI-130"),  # two more of it have ended
    ],
)
def test_where_one_is_known_nothing_was_found_cannot_be_said(
    register: Register, area: str, ambition: str, known: str
) -> None:
    asked = replace(ASKED, area_code=area, ambition_code=ambition)
    assert refused(register, asked) == {("area_code", "known_there")}
    with pytest.raises(NotTaken, match=known):
        register.record_asked(asked, STEWARD)


@pytest.mark.parametrize(
    ("area", "ambition"),
    [
        ("WK054603", "A3"),  # five are for the whole city
        ("BU05460200", "A3"),  # LEI-090 has ended
        ("WK054602", "A3"),  # the same, in a neighbourhood of it
        ("BU05460801", "A3"),  # LEI-087 is known to the district around it
    ],
)
def test_what_is_elsewhere_wider_or_ended_does_not_stand_in_the_way(
    sqlite_register: Register, area: str, ambition: str
) -> None:
    done = sqlite_register.record_asked(replace(ASKED, area_code=area, ambition_code=ambition), STEWARD)
    assert done.entity_id == f"ASK-{area}-{ambition}"


def test_one_that_was_accepted_just_now_counts(register: Register) -> None:
    """The register is asked, not what this process has seen of it."""
    taken(register, new(latitude="", longitude="", area_codes="WK054601", ambition_codes="A3"))
    assert refused(register, ASKED) == {("area_code", "known_there")}


def test_visitors_cannot_propose_it(register: Register, package: Package) -> None:
    register.record_asked(ASKED, STEWARD)
    shown = overlay(package, register)
    for proposal in (
        Proposal("new", None, {"source": "x"}, "", SOURCE, "nl", "asked"),
        Proposal("correction", KEY, {"source": "x"}, "why", SOURCE),
        Proposal("confirmation", KEY),
        Proposal("closure", KEY, {}, "why", SOURCE),
        Proposal("comment", KEY, {}, "Nice"),
    ):
        assert "unknown_kind" in {fault.code for fault in check(proposal, shown)}
        with pytest.raises(NotTaken, match="unknown_kind"):
            register.propose(proposal)
    with pytest.raises(NotTaken):
        register.confirm(KEY, STEWARD)


def test_two_of_them_are_not_merged(register: Register) -> None:
    register.record_asked(ASKED, STEWARD)
    other = register.record_asked(replace(ASKED, area_code="WK054602"), STEWARD).entity_id
    with pytest.raises(NotTaken, match="drop_id: other_kind"):
        register.merge(KEY, other, STEWARD, "the same")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_it_travels_with_files(
    register: Register, new_url: Callable[..., str], store_name: str, form: str
) -> None:
    register.record_asked(ASKED, STEWARD)
    content = register.export(form)
    other = open_register(new_url(store_name))
    other._package = register.package
    report = other.read_import(content, form)
    assert report.errors == []
    other.import_rows(report, ADMINISTRATOR, "taken over")
    assert row(other) == row(register)
    assert other.import_rows(other.read_import(content, form), ADMINISTRATOR, "again").batch == ""
    agree(other)
    other.close()


def test_hsds_has_no_place_for_it(sqlite_register: Register) -> None:
    sqlite_register.record_asked(ASKED, STEWARD)
    content = sqlite_register.export("hsds")
    assert KEY.encode() not in content
    report = sqlite_register.read_import(content, "hsds")
    sqlite_register.import_rows(report, ADMINISTRATOR, "back")
    assert row(sqlite_register)["source"] == ASKED.source  # what a file lacks stays


HEAD = "asked_id,area_code,ambition_code,asked_on,source_kind,source,source_url,note\n"


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("ASK-WK999999-A3,WK999999,A3,2026-05-31,organisation,x,,", {(2, "area_code")}),
        ("ASK-WK054601-A4,WK054601,A3,2026-05-31,organisation,x,,", {(2, "asked_id")}),
        ("ASK-WK054601-A3,WK054601,A3,2062-05-31,organisation,x,,", {(2, "asked_on")}),
        ("ASK-WK054601-A3,WK054601,A3,2026-02-31,organisation,x,,", {(2, "asked_on")}),
        ("ASK-WK054601-A3,WK054601,A3,2026-05-31,public_page,x,,", {(2, "source_url")}),
        ("ASK-WK054601-A3,WK054601,A3,2026-05-31,organisation,,,", {(2, "source")}),
    ],
)
def test_faults_in_a_file_are_told(
    sqlite_register: Register, line: str, wanted: set[tuple[int, str]]
) -> None:
    found = sqlite_register.read_import((HEAD + line).encode(), "csv").errors
    assert {(number, column) for number, column, *_ in found} == wanted


def test_it_stands_in_a_back_up(register: Register, tmp_path: Path, new_url: Callable[..., str]) -> None:
    register.record_asked(ASKED, STEWARD)
    file = tmp_path / "backup.zip"
    register.backup(file)
    other = open_register(new_url("sqlite"))
    other.restore(file, ADMINISTRATOR)
    assert row(other) == row(register)
    agree(other)
    other.close()


def test_a_later_package_leaves_it(register: Register, package: Package) -> None:
    register.record_asked(ASKED, STEWARD)
    register.fill(replace(package, snapshot="later"))
    assert row(register)["source"] == ASKED.source
    assert register.conflicts() == []
