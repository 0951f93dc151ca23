"""A start with the register: from starting the process to the first good health check.

    python -m benchmarks.register_start [146 10000]

For each size: the first start, which makes and fills the register; a later one; and a later one after somebody changed
one entry, so that the register no longer is the data package. The sizes take turns, so that what else the machine does
hits all of them; told are medians, by the clock and in processor time of the server, and how many times those of the
least size they are. The 10,000 are SYNTHETIC.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import synthetic
from benchmarks.report import Line, amount, machine, print_lines
from benchmarks.servers import OURS, serving
from hsc_geo.data.load import load
from hsc_geo.register import Actor, Proposal, open_register

SIZES = (synthetic.real_count(), 10_000)
TIMES = 3
FIRST, LATER, CHANGED = "first start, the register filled", "later start", "later start after a change"
LIMITS = {FIRST: " (at most 10 s)", LATER: " (at most 1.5 x)", CHANGED: ""}


class Start(NamedTuple):
    """Seconds to healthy, by the clock and of the processor."""

    clock: float
    processor: float


def run(sizes: Sequence[int] = SIZES) -> list[Line]:
    """Three lines a size."""
    found: dict[tuple[int, str], list[Start]] = {}
    with tempfile.TemporaryDirectory(prefix="hsc-bench-start-") as folder:
        data = {count: synthetic.package_of(count, Path(folder) / str(count)) for count in sizes}
        for what in (FIRST, LATER, CHANGED):
            for turn in range(1 if what == FIRST else TIMES):
                for count in sizes:
                    url = f"sqlite:///{folder}/{count}.db"
                    if what == CHANGED and turn == 0:
                        change(data[count], url)
                    found.setdefault((count, what), []).append(_start(data[count], url))
    middle = {key: Start(*map(median, zip(*starts, strict=True))) for key, starts in found.items()}
    return [_line(count, what, middle[count, what], middle[min(sizes), what]) for count, what in middle]


def _start(data: Path, url: str) -> Start:
    with serving(OURS, data, HSC_DATABASE=url) as server:
        ticks = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
        return Start(server.health, sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK"))


def change(data: Path, url: str) -> None:
    """Somebody confirms an entry."""
    register = open_register(url)
    package = load(data)
    register.fill(package)
    proposal = Proposal("confirmation", str(package.initiatives.index[0]))
    register.accept(register.propose(proposal).number, Actor("steward"))
    register.close()


def _line(count: int, what: str, start: Start, least: Start) -> Line:
    times = f"{start.clock / least.clock:.2f} x, {start.processor / least.processor:.2f} x"
    ours = f"{amount(start.clock, 's')}, {amount(start.processor, 's')}: {times}"
    return Line(count, f"{what}{LIMITS[what]}", ours)


if __name__ == "__main__":
    sizes = [int(text) for text in sys.argv[1:]] or SIZES
    print_lines(f"starts with the register, on {machine()}", run(sizes))
