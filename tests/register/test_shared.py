"""Servers of one register read its tables once for all of them, and never those of another moment or register."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pandas.testing import assert_frame_equal

from hsc_geo.data import shared
from hsc_geo.data.load import Package, load
from hsc_geo.data.shared import SharedFolder
from hsc_geo.domain.schema_register import CONFIRMED
from hsc_geo.register import Actor, Proposal, Register, open_register, reading

STEWARD = Actor("steward", "s")


@pytest.fixture
def data() -> Package:
    package = replace(load())
    shared.mark(package, "these data")
    return package


@pytest.fixture(autouse=True)
def folder(tmp_path: Path) -> Iterator[Path]:
    shared.use(SharedFolder(tmp_path / "made", 100_000_000))
    yield tmp_path / "made"
    shared.use(None)


def opened(path: Path, data: Package) -> Register:
    register = open_register(f"sqlite:///{path}")
    register.fill(data)
    return register


def confirm(register: Register, data: Package, number: int) -> str:
    key = str(data.initiatives.index[number])
    register.accept(register.propose(Proposal("confirmation", key)).number, STEWARD)
    return key


def confirmed(package: Package) -> set[str]:
    days = package.initiatives[CONFIRMED].astype(str)
    return set(days.index[days != ""])


def test_a_second_server_reads_what_the_first_read(
    tmp_path: Path, data: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = (opened(tmp_path / "register.db", data) for _ in range(2))
    confirm(first, data, 0)
    made = first.overlay(data)
    monkeypatch.setattr(reading, "_tables", lambda _: pytest.fail("it read the register"))
    again = second.overlay(data)
    assert again.snapshot == made.snapshot
    for name in reading.NAMES:
        assert_frame_equal(getattr(again, name), getattr(made, name))
    assert shared.mark_of(again) == shared.mark_of(made) != shared.mark_of(data)


def test_a_change_on_one_server_shows_on_the_other(tmp_path: Path, data: Package) -> None:
    first, second = (opened(tmp_path / "register.db", data) for _ in range(2))
    before = confirmed(first.overlay(data))
    one = confirm(first, data, 0)
    assert confirmed(second.overlay(data)) == before | {one}
    two = confirm(second, data, 1)
    assert confirmed(first.overlay(data)) == before | {one, two}
    assert confirmed(second.overlay(data)) == before | {one, two}


def test_two_registers_of_the_same_revision_are_not_mixed_up(tmp_path: Path, data: Package) -> None:
    here, there = opened(tmp_path / "here.db", data), opened(tmp_path / "there.db", data)
    one, other = confirm(here, data, 0), confirm(there, data, 1)
    assert here.revision() == there.revision()
    assert one in confirmed(here.overlay(data))
    found = confirmed(there.overlay(data))
    assert other in found
    assert one not in found


def test_a_restored_register_is_not_taken_for_what_it_was(tmp_path: Path, data: Package) -> None:
    register = opened(tmp_path / "register.db", data)
    one = confirm(register, data, 0)
    register.backup(tmp_path / "kept.zip")
    two = confirm(register, data, 1)
    assert {one, two} <= confirmed(register.overlay(data))
    register.restore(tmp_path / "kept.zip", Actor("administrator", "a"))
    other = opened(tmp_path / "register.db", data)
    assert one in confirmed(other.overlay(data))
    assert two not in confirmed(other.overlay(data))


def test_data_without_a_mark_share_nothing(tmp_path: Path, data: Package, folder: Path) -> None:
    plain = replace(data)
    register = opened(tmp_path / "register.db", plain)
    confirm(register, plain, 0)
    assert shared.mark_of(register.overlay(plain)) == ""
    assert not folder.exists()
