"""A cold start: from starting the process to the first good health check and to the first finished map; and memory.

python -m benchmarks.cold_start [146 1000 10000]
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks import synthetic
from benchmarks.browser import chromium, visit
from benchmarks.change import PATHS, expected
from benchmarks.foreign import fetch_packages
from benchmarks.report import Line, compared, print_lines
from benchmarks.servers import OURS, PLAIN, serving

SIZES = (synthetic.real_count(), 10_000)
ROUNDS = 3  # in turn, so that what else the machine does hits both
AT_LEAST = {"health": 0.4}  # at most 2.5 times as long as plain Streamlit
MUCH = 1_000  # with more initiatives the plain way takes too long to wait for here


@dataclass(frozen=True)
class Start:
    """Seconds from the start of the process to health and to the first map; MB resident after it."""

    health: float
    first_map: float
    memory: float


def start(browser: Browser, script: str, data: Path) -> Start:
    """Start a server and be its first visitor."""
    wanted = expected(synthetic.counted(data), ())
    with serving(script, data) as server, visit(browser, server) as page:
        page.open(PATHS[script], wanted)
        first_map = time.perf_counter() - server.started
        page.settle()
        return Start(server.health, first_map, server.memory().get("VmRSS", float("nan")))


def run(sizes: Sequence[int] = SIZES) -> list[Line]:
    """Ours beside the plain way, and ours alone where there is much."""
    fetch_packages()
    lines: list[Line] = []
    with tempfile.TemporaryDirectory(prefix="hsc-bench-data-") as folder, chromium() as browser:
        for count in sizes:
            data = synthetic.package_of(count, Path(folder) / str(count))
            ours, plain = [], []
            for _ in range(ROUNDS):
                ours.append(start(browser, OURS, data))
                plain += [start(browser, PLAIN, data)] if count <= MUCH else []
            lines += _lines(count, ours, plain)
    return lines


def _lines(count: int, ours: list[Start], plain: list[Start]) -> list[Line]:
    told = (
        ("start to healthy", "s", "health"),
        ("start to first finished map", "s", "first_map"),
        ("resident memory after it", "MB", "memory"),
    )
    return [
        compared(
            count,
            what,
            unit,
            _median(ours, of) or 0.0,
            _median(plain, of),
            AT_LEAST.get(of) if plain else None,
        )
        for what, unit, of in told
    ]


def _median(starts: list[Start], of: str) -> float | None:
    return median(getattr(each, of) for each in starts) if starts else None


if __name__ == "__main__":
    print_lines("A cold start", run([int(text) for text in sys.argv[1:]] or SIZES))
