"""A process that writes and tells what was acknowledged, until it is killed: `writing_child.py WHAT URL MARK`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

from hsc_geo.data.load import load
from hsc_geo.register import Actor, Proposal, Register, open_register
from tests.register.samples import ADMINISTRATOR, DATA, SOURCE, STEWARD

MANY = 40  # entries of an imported file


def decide(register: Register, mark: str) -> None:
    """Propose and accept, one after the other."""
    number = 0
    while True:
        number += 1
        words = f"{mark} {number}"
        fields = {"name": words, "partners": words, "target_group_nl": words, "target_group_en": words}
        proposal = Proposal("correction", f"LEI-{number % 100 + 1:03}", fields, "It changed", SOURCE)
        receipt = register.propose(proposal)
        tell("proposed", receipt.number, receipt.code, words)
        done = register.accept(receipt.number, Actor("steward"), words)
        tell("accepted", receipt.number, done.batch, words)


def take_files(register: Register, mark: str) -> None:
    """Import one file after the other, each of which gives many entries one target group."""
    number = 0
    while True:
        number += 1
        words = f"{mark} {number}"
        rows = "".join(f"LEI-{key:03},{words},{words}\n" for key in range(1, MANY + 1))
        report = register.read_import(
            f"initiative_id,target_group_nl,target_group_en\n{rows}".encode(), "csv"
        )
        tell("imported", number, register.import_rows(report, STEWARD, words).batch, words)


def restore(register: Register, folder: str) -> None:
    """Restore two back-ups in turn."""
    while True:
        for name in ("one", "other"):
            revision = register.restore(Path(folder) / name, ADMINISTRATOR)
            tell("restored", revision, name)


WHAT: dict[str, Callable[[Register, str], None]] = {
    "decide": decide,
    "take_files": take_files,
    "restore": restore,
}


def main(what: str, url: str, mark: str) -> None:
    register = open_register(url)
    register.fill(load(DATA))
    WHAT[what](register, mark)


def tell(*words: object) -> None:
    sys.stdout.write("\t".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
