"""`python -m hsc_geo edition ...`: editions of a register that changes, and what changed held against their files."""

from __future__ import annotations

import csv
import json
import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from hsc_geo.cli.main import app
from hsc_geo.data import editions
from hsc_geo.data.check import check_folder
from hsc_geo.data.editions import kept
from hsc_geo.data.load import Package
from hsc_geo.register import Proposal, Register
from tests.register.samples import ASKED, DATA, SOURCE, STEWARD, correction, new, taken

Run = Callable[..., Result]
KEYS = {
    "initiative": "initiative_id",
    "organisation": "organisation_id",
    "venue": "venue",
    "asked": "asked_id",
}
TABLES = {
    "initiative": "initiatives",
    "organisation": "organisations",
    "venue": "venues",
    "asked": "asked_none",
}
LINKS = ("initiative_places", "initiative_areas", "initiative_organisations")


@pytest.fixture
def where(tmp_path: Path) -> Path:
    return tmp_path / "editions"


@pytest.fixture
def run(filled_url: str, monkeypatch: pytest.MonkeyPatch, where: Path) -> Run:
    monkeypatch.setenv("HSC_DATABASE", filled_url)
    monkeypatch.setenv("HSC_DATA", str(DATA))
    monkeypatch.setenv("HSC_EDITIONS", str(where))
    return lambda *words: CliRunner().invoke(app, ["edition", *words])


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def naive(old: Path, last: Path) -> set[tuple[str, str, str]]:
    """(kind, key, added, gone or differs) from the files alone."""
    found = set()
    for kind, table in TABLES.items():
        first, second = ({row[KEYS[kind]]: row for row in rows(folder, table)} for folder in (old, last))
        found |= {(kind, key, "added") for key in second if key not in first}
        found |= {(kind, key, "gone") for key in first if key not in second}
        found |= {(kind, key, "differs") for key in first if key in second and first[key] != second[key]}
    both = {row["initiative_id"] for row in rows(old, "initiatives")}
    both &= {row["initiative_id"] for row in rows(last, "initiatives")}
    for table in LINKS:
        for key in both:
            mine = [
                [row for row in rows_of if row["initiative_id"] == key]
                for rows_of in (rows(old, table), rows(last, table))
            ]
            if mine[0] != mine[1]:
                found.add(("initiative", key, "differs"))
    return found


def change(register: Register) -> None:
    taken(register, new())
    taken(register, correction("LEI-010", name="Another name"))
    taken(register, Proposal("closure", "LEI-004", {"end_year": "2026"}, "It ended", SOURCE, "nl"))
    register.confirm("ORG-002", STEWARD)
    register.merge("LEI-002", "LEI-003", STEWARD, "the same")
    register.record_asked(ASKED, STEWARD)


def test_made_changed_and_compared(run: Run, where: Path, register: Register, package: Package) -> None:
    first = run("make")
    assert (first.exit_code, first.output.startswith("made: ")) == (0, True)
    assert [each.snapshot for each in kept(where)] == [package.snapshot]
    assert "was there already, with the same content" in run("make").output
    change(register)
    assert run("make").exit_code == 0
    old, last = kept(where)
    assert run("list").output == f"{old.name}\n{last.name}\n"
    assert check_folder(last.folder) == []

    told = json.loads(run("diff", old.name, last.snapshot[:6], "--json").output)
    marks = {(each["kind"], each["key"], each["what"]) for each in told["entries"]}
    plain = {mark if mark[2] in ("added", "gone") else (*mark[:2], "differs") for mark in marks}
    assert plain == naive(old.folder, last.folder)
    assert {
        ("initiative", "LEI-147", "added"),
        ("initiative", "LEI-004", "ended"),
        ("initiative", "LEI-003", "gone"),
        ("initiative", "LEI-010", "corrected"),
        ("organisation", "ORG-002", "confirmed"),
        ("asked", "ASK-WK054601-A3", "added"),
    } <= marks
    assert (told["figures"], told["others"]) == ([], [])

    words = run("diff", old.name, str(last.folder)).output
    assert "initiatives: 1 added, 1 ended, 1 gone" in words
    assert "name 'Leids Kennisfestival' -> 'Another name'" in words


def test_without_a_register_it_is_the_data_package_alone(
    run: Run,
    where: Path,
    register: Register,
    package: Package,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    change(register)
    assert run("make", "--data-only").exit_code == 0
    assert [each.snapshot for each in kept(where)] == [package.snapshot]
    monkeypatch.delenv("HSC_DATABASE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "home"))
    alone = run("make", "--folder", str(tmp_path / "others"))
    assert "there is no register; this is the data package alone" in alone.output
    assert [each.snapshot for each in kept(tmp_path / "others")] == [package.snapshot]


def test_an_interruption_is_told_and_makes_nothing(
    run: Run, where: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(package: Package, folder: Path) -> str:
        os.kill(os.getpid(), signal.SIGTERM)
        return ""

    monkeypatch.setattr(editions, "write", ended)
    before = signal.getsignal(signal.SIGTERM)
    try:
        told = run("make", "--data-only")
    finally:
        signal.signal(signal.SIGTERM, before)
    assert (told.exit_code, told.output) == (130, f"interrupted; nothing was made in {where}\n")
    assert [path.name for path in where.iterdir()] == [".lock"]


def test_failures_are_one_line(
    run: Run, where: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert "no editions in" in run("list").output
    absent = run("diff", "a", str(DATA))
    assert (absent.exit_code, absent.output.count("\n")) == (1, 1)
    assert "is no edition in" in absent.output
    file = tmp_path / "file"
    file.write_text("", encoding="utf-8")
    blocked = run("make", "--data-only", "--folder", str(file / "deep"))
    assert (blocked.exit_code, blocked.output.count("\n")) == (1, 1)
    monkeypatch.setenv("HSC_DATABASE", f"sqlite:///{tmp_path}/mistyped.db")
    mistyped = run("make")
    assert (mistyped.exit_code, "no register at" in mistyped.output) == (1, True)
    assert kept(where) == []
