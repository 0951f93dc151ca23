"""A process that is killed while it writes: what it told as written is there, and nothing is half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register import Register, open_register
from tests.register.packed import everything
from tests.register.samples import STEWARD, agree, correction, taken
from tests.register.writing_child import MANY

ROOT = Path(__file__).resolve().parents[2]
WRITES = 500  # acknowledged in all
MOST = 90  # a child, before it is killed
FIELDS = {"name", "partners", "target_group_nl", "target_group_en"}


def killed(
    url: str, mark: str, chance: random.Random, what: str = "decide", most: int = MOST
) -> list[list[str]]:
    """What a child told before it was killed, at a random moment after a random number of writes."""
    command = [sys.executable, "-m", "tests.register.writing_child", what, url, mark]
    child = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=os.environ | {"PYTHONPATH": str(ROOT)}
    )
    told: list[list[str]] = []
    assert child.stdout is not None
    stream = child.stdout
    reader = threading.Thread(
        target=lambda: told.extend(line.rstrip("\n").split("\t") for line in stream if line.endswith("\n"))
    )
    reader.start()
    wanted = chance.randrange(most // 2, most)
    end = time.monotonic() + 120
    while len(told) < wanted and child.poll() is None and time.monotonic() < end:
        time.sleep(0.001)
    time.sleep(chance.random() / 20)
    child.send_signal(signal.SIGKILL)
    child.wait()
    reader.join()
    stream.close()
    assert child.returncode == -signal.SIGKILL
    return told


@pytest.mark.slow
def test_killed_at_random_moments_nothing_acknowledged_is_lost(filled_url: str, package: Package) -> None:
    chance = random.Random(filled_url.split(":")[0])
    told: list[list[str]] = []
    while len(told) < WRITES:
        told += killed(filled_url, f"child{len(told)}", chance)
    register = open_register(filled_url)
    register.fill(package)
    proposals = {each.number: each for each in register.queue(STEWARD, "", limit=100_000)}
    lines = register.journal(limit=1_000_000)
    for what, number, mark, words in told:
        found = proposals[int(number)]
        assert found.proposal.fields["name"] == words
        if what == "proposed":
            assert register.follow(mark).number == int(number)
        else:
            assert (found.status, found.batch, found.decision_why) == ("accepted", mark, words)
    assert_whole(register)
    agree(register)
    accepted = [each for each in proposals.values() if each.status == "accepted"]
    assert register.revision() == 1 + len(accepted)
    unacknowledged = len(accepted) - sum(each[0] == "accepted" for each in told)
    assert 0 <= unacknowledged <= len(told) // (MOST // 2) + 1  # at most the one a child was at
    assert len(lines) > 5 * len(accepted)


def assert_whole(register: Register) -> None:
    """Every accepted proposal has all its lines, and no line is of a proposal that was not accepted."""
    by_proposal: dict[int, set[str]] = {}
    for line in register.journal(limit=1_000_000):
        if line.proposal is not None:
            by_proposal.setdefault(line.proposal, set()).add(line.field)
    accepted = {each.number for each in register.queue(STEWARD, "accepted", limit=100_000)}
    assert set(by_proposal) == accepted
    assert all(fields >= FIELDS | {"status"} for fields in by_proposal.values())


@pytest.mark.slow
def test_killed_once(new_url, filled, package: Package) -> None:  # type: ignore[no-untyped-def]
    """The same, short, on SQLite."""
    url = new_url("sqlite", like=filled("sqlite"))
    told = killed(url, "child", random.Random(7))
    register = open_register(url)
    proposals = {each.number: each for each in register.queue(STEWARD, "", limit=1000)}
    assert all(proposals[int(each[1])].status == "accepted" for each in told if each[0] == "accepted")
    assert_whole(register)
    agree(register)


@pytest.mark.slow
def test_killed_while_files_are_taken_each_is_there_whole_or_not_at_all(
    filled_url: str, package: Package
) -> None:
    chance = random.Random(filled_url.split(":")[0])
    for turn in range(3):
        told = killed(filled_url, f"file{turn}", chance, "take_files", 8)
        register = open_register(filled_url)
        register.fill(package)
        mine = register.tables()["initiatives"].iloc[:MANY]
        (words,) = {*mine["target_group_nl"], *mine["target_group_en"]}  # all of one file
        mark, number = words.split(" ")
        assert (mark, int(number) - int(told[-1][1])) in {(f"file{turn}", 0), (f"file{turn}", 1)}
        for _, _, batch, names in told:
            lines = register.journal(batch=batch)
            assert {line.new for line in lines} == {names}
            assert len(lines) == 2 * MANY
        agree(register)
        register.close()


@pytest.mark.slow
def test_killed_while_a_back_up_is_restored_it_is_one_register_or_the_other(
    filled_url: str, package: Package, tmp_path: Path
) -> None:
    register = open_register(filled_url)
    register.fill(package)
    states = {}
    for name in ("one", "other"):
        taken(register, correction("LEI-001", name=name))
        register.backup(tmp_path / name)
        states[name] = held(register)
    chance = random.Random(filled_url.split(":")[0])
    for _ in range(3):
        told = killed(filled_url, str(tmp_path), chance, "restore", 6)
        revision, name = register.revision(), str(register.tables()["initiatives"].loc["LEI-001", "name"])
        assert revision - int(told[-1][1]) in (0, 1)  # at most the one that it was at
        assert (name == told[-1][2]) == (revision == int(told[-1][1]))
        assert held(register) == states[name]
        agree(register)
    register.close()


def held(register: Register) -> tuple[object, ...]:
    """All but the lines of restores themselves, and what is of visitors."""
    return everything(register)[:3]
