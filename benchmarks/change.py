"""A change of filter, ours beside the plain way: server time, bytes, click to repaint, and whether the frame stays.

    python -m benchmarks.change [146 1000 10000]

Both servers run at the same time and the same changes are made in turn, so that what else the machine does hits both.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from playwright.sync_api import Browser

from benchmarks import synthetic
from benchmarks.browser import Change, Expected, Visit, chromium, visit
from benchmarks.foreign import fetch_packages
from benchmarks.report import Line, compared, print_lines
from benchmarks.servers import OURS, PLAIN, serving

SIZES = (synthetic.real_count(), 1_000, 10_000)
PATHS = {OURS: "/kaart?ind=50150NED-Overgewicht", PLAIN: "/"}  # both show the same figure
AMBITIONS = ("A1", "A2", "A3", "A4")
CLICKS = (0, 3, 0, 1, 3, 2, 1)  # pills in turn: A1; A1 A4; A4; A2 A4; A2; A2 A3; A3
THRESHOLDS = {"real": {"repaint": 2.5}, 1_000: {"server": 10.0, "bytes": 8.0, "repaint": 5.0}}
CLICKS_AT = {1_000: 5, 10_000: 3}  # fewer where it takes long
# With more than this the plain page holds the browser up for minutes at a change. What stands in the table is then its
# first drawing, without any filter: the same script makes the same map, so a change costs at least about that.
PLAIN_CHANGES_UP_TO = 1_000


@dataclass
class Measured:
    """What the changes of one way gave, a value a change. Times in seconds; `first` is the first run of a script that
    the click starts, `server` all of them, `cpu` the processor time of all in the script's thread."""

    changes: list[Change] = field(default_factory=list)
    server: list[float] = field(default_factory=list)
    first: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    whole: bool = True  # False: only the first drawing, not a change

    def add(self, change: Change, runs: Sequence[Mapping[str, Any]]) -> None:
        """Take in a change and the runs of scripts that it brought about."""
        self.changes.append(change)
        self.first.append(runs[0]["wall"])
        self.server.append(sum(run["wall"] for run in runs))
        self.cpu.append(sum(run["cpu"] for run in runs))

    @property
    def kept(self) -> bool:
        """Whether every change left the frame as it was."""
        return all(change.kept for change in self.changes)


def measure(browser: Browser, count: int, folder: Path) -> list[Line]:
    """The lines at a number of initiatives."""
    data = synthetic.package_of(count, folder / str(count))
    rows = synthetic.counted(data)
    clicks = CLICKS_AT.get(count, len(CLICKS))
    if count > PLAIN_CHANGES_UP_TO:
        plain = _first_drawing(browser, data, rows)
        with _opened(browser, OURS, data, rows) as page:
            return _lines(count, _compare([page], rows, clicks)[0], plain)
    with _opened(browser, OURS, data, rows) as ours, _opened(browser, PLAIN, data, rows) as other:
        return _lines(count, *_compare([ours, other], rows, clicks))


@contextmanager
def _opened(browser: Browser, script: str, data: Path, rows: list[synthetic.Row]) -> Iterator[Visit]:
    with serving(script, data) as server, visit(browser, server) as page:
        page.open(PATHS[script], expected(rows, ()))
        page.settle()
        yield page


def _compare(pages: Sequence[Visit], rows: list[synthetic.Row], clicks: int) -> list[Measured]:
    """The same changes on all pages in turn."""
    found = [Measured(errors=page.errors) for page in pages]
    for pill, wanted in steps(rows, clicks):
        for page, measured in zip(pages, found, strict=True):
            before = len(page.server.runs())
            measured.add(page.change(pill, wanted), page.server.runs()[before:])
    return found


def _first_drawing(browser: Browser, data: Path, rows: list[synthetic.Row]) -> Measured:
    """The plain page drawn for the first time, as if that were a change."""
    with serving(PLAIN, data) as server, visit(browser, server) as page:
        began = time.perf_counter()
        page.open(PATHS[PLAIN], expected(rows, ()))
        seconds = time.perf_counter() - began
        page.settle()
        page.traffic.http = 0  # Streamlit's own scripts and styles
        measured = Measured(errors=page.errors, whole=False)
        change = Change(seconds, False, page.traffic.sent(), frozenset(page.traffic.other_hosts))
        measured.add(change, server.runs())
        return measured


def steps(rows: list[synthetic.Row], clicks: int) -> Iterator[tuple[int, Expected]]:
    """(pill to click, what the map must show then) for the first changes of the series."""
    chosen: set[str] = set()
    for pill in CLICKS[:clicks]:
        chosen ^= {AMBITIONS[pill]}
        yield pill, expected(rows, chosen)


def expected(rows: Sequence[synthetic.Row], ambitions: Sequence[str] | set[str]) -> Expected:
    """What a map must show for these ambitions, of rows of `synthetic.counted`: counted here, apart from the app."""
    fit = [row for row in rows if not ambitions or set(row["ambition_codes"].split("|")) & set(ambitions)]
    return Expected(len(fit), sum(int(row["points"]) for row in fit))


def _lines(count: int, ours: Measured, plain: Measured) -> list[Line]:
    asked = THRESHOLDS.get("real" if count == synthetic.real_count() else count, {})

    def line(what: str, unit: str, value: Callable[[Measured], Iterable[float]], key: str = "") -> Line:
        found = compared(count, what, unit, median(value(ours)), median(value(plain)), asked.get(key))
        return found if plain.whole else replace(found, plain=f"> {found.plain}", ratio=f"> {found.ratio}")

    return [
        line("server time of a change", "s", lambda way: way.server, "server"),
        line("of that, the first run of a script", "s", lambda way: way.first),
        line("processor time in the scripts", "s", lambda way: way.cpu),
        line(
            "bytes sent for a change", "kB", lambda way: [c.sent.plain / 1000 for c in way.changes], "bytes"
        ),
        line("the same, compressed", "kB", lambda way: [c.sent.compressed / 1000 for c in way.changes]),
        line("click to repaint", "s", lambda way: [c.repaint for c in way.changes], "repaint"),
        _frame(count, ours, plain),
        _clean(count, ours, plain),
    ]


def _frame(count: int, ours: Measured, plain: Measured) -> Line:
    told = [f"{sum(c.kept for c in way.changes)} of {len(way.changes)}" for way in (ours, plain)]
    return Line(
        count, "changes that kept the frame", told[0], told[1] if plain.whole else "–", "", "all", ours.kept
    )


def _clean(count: int, ours: Measured, plain: Measured) -> Line:
    hosts = [len({host for c in way.changes for host in c.other_hosts}) for way in (ours, plain)]
    told = [f"{n}, {len(way.errors)}" for n, way in zip(hosts, (ours, plain), strict=True)]
    passed = told[0] == "0, 0"
    return Line(count, "other hosts asked, script errors", told[0], told[1], wanted="none", passed=passed)


def run(sizes: Sequence[int] = SIZES) -> list[Line]:
    """All sizes, one after the other."""
    for package, why in fetch_packages().items():
        print(f"note: an empty script stands in for {package} in the plain page: {why}")
    with tempfile.TemporaryDirectory(prefix="hsc-bench-data-") as folder, chromium() as browser:
        return [line for count in sizes for line in measure(browser, count, Path(folder))]


if __name__ == "__main__":
    print_lines("A change of filter", run([int(text) for text in sys.argv[1:]] or SIZES))
