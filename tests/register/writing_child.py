"""A process that writes and tells what was acknowledged, until it is killed: `python writing_child.py URL MARK`."""

from __future__ import annotations

import sys

from hsc_geo.data.load import load
from hsc_geo.register import Actor, Proposal, open_register
from tests.register.samples import DATA, SOURCE


def main(url: str, mark: str) -> None:
    package = load(DATA)
    register = open_register(url)
    register.fill(package)
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


def tell(*words: object) -> None:
    sys.stdout.write("\t".join(map(str, words)) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
