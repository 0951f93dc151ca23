"""A change of filter beside Streamlit's own round trip, a bare page with pills and a line; and the same map with other
components (plain folium, st.pydeck_chart, plotly's choropleth_map), in one run and one browser.

    python -m benchmarks.floor [146 1000 10000]
    python -m benchmarks.floor --messages [1000]    what ours sends for one change, message by message

All servers run at the same time. In each round each page is opened in turn and changed a few times, so that what else
the machine does hits all; a page that is not measured is closed, since one with WebGL draws all the time. Told are
medians, and ratios to the bare page of the same rounds.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks import synthetic
from benchmarks.browser import Trip, chromium, visit
from benchmarks.change import PATHS, PLAIN_CHANGES_UP_TO, expected, steps
from benchmarks.foreign import fetch_packages
from benchmarks.messages import Message, read
from benchmarks.report import Line, amount, machine, print_lines
from benchmarks.servers import BARE, OURS, PLAIN, PLOTLY, PYDECK, Server, serving

SIZES = (synthetic.real_count(), 1_000, 10_000)
# Each page with its script and whether it runs with our settings of Streamlit; the first is what others stand beside.
# As it comes Streamlit collects all garbage after each run, before it says that the run is over: ours does not.
PAGES = {
    "bare page": (BARE, False),
    "ours": (OURS, True),
    "bare page with our settings": (BARE, True),
    "plain folium": (PLAIN, False),
    "st.pydeck_chart": (PYDECK, False),
    "plotly choropleth_map": (PLOTLY, False),
}
OWN = "ours"
ROUNDS, CHANGES = 2, 3  # of each page; one more change before them, which is not counted
MOST_TIMES = {1_000: 1.25, 10_000: 1.35}  # the bare page's round trip
MOST_MESSAGES, MOST_KB = 25, 16.0


@dataclass(frozen=True)
class Way:
    """One page: its trips, in the order in which they were made."""

    name: str
    trips: list[Trip]

    def seconds(self, until_quiet: bool) -> float:
        """Median of a trip, to the last message or until the browser is quiet."""
        return median(trip.quiet if until_quiet else trip.answered for trip in self.trips)

    def times(self, bare: Way, until_quiet: bool) -> float:
        """How many times the bare page this takes."""
        return self.seconds(until_quiet) / bare.seconds(until_quiet)


def measure(browser: Browser, count: int, folder: Path) -> list[Way]:
    """The trips of every page at a number of initiatives."""
    data = synthetic.package_of(count, folder / str(count))
    rows = synthetic.counted(data)
    ways = [Way(name, []) for name in PAGES if PAGES[name][0] != PLAIN or count <= PLAIN_CHANGES_UP_TO]
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(PAGES[way.name][0], data, PAGES[way.name][1])) for way in ways]
        for _ in range(ROUNDS):
            for way, server in zip(ways, servers, strict=True):
                way.trips.extend(trips(browser, PAGES[way.name][0], server, rows))
    return ways


def trips(
    browser: Browser, script: str, server: Server, rows: list[synthetic.Row], changes: int = CHANGES
) -> Iterator[Trip]:
    """Open the page and click pills in turn. Raises AssertionError when a page does not say how many fit."""
    with visit(browser, server) as page:
        page.page.goto(server.url + PATHS.get(script, "/"))
        page.told(expected(rows, ()).visible)
        page.settle()
        for number, (pill, wanted) in enumerate(steps(rows, changes + 1)):
            trip = page.trip(pill)
            page.told(wanted.visible)
            if number:
                yield trip


def run(sizes: Sequence[int] = SIZES) -> list[Line]:
    """All sizes, one after the other."""
    fetch_packages()
    with tempfile.TemporaryDirectory(prefix="hsc-bench-data-") as folder, chromium() as browser:
        return [line for count in sizes for line in _lines(count, measure(browser, count, Path(folder)))]


def _lines(count: int, ways: list[Way]) -> list[Line]:
    """In the column of ours a page, in that of the plain way the bare one, in that of the ratio how many times that."""
    bare = ways[0]
    return [
        line for way in ways[1:] for line in (*_time_lines(count, way, bare), _size_line(count, way, bare))
    ]


def _time_lines(count: int, way: Way, bare: Way) -> Iterator[Line]:
    for what, quiet in (("to the last message back", False), ("to a quiet browser", True)):
        times = way.times(bare, quiet)
        most = MOST_TIMES.get(count) if way.name == OWN else None
        yield Line(
            count,
            f"{way.name}, {what}",
            amount(way.seconds(quiet), "s"),
            amount(bare.seconds(quiet), "s"),
            f"1/{times:.2f}",
            f"1/{most}" if most else "",
            times <= most if most else None,
        )


def _size_line(count: int, way: Way, bare: Way) -> Line:
    told, kilobytes, messages = _size(way)
    asked = way.name == OWN
    return Line(
        count,
        f"{way.name}, messages, kB, kB compressed",
        told,
        _size(bare)[0],
        wanted=f"≤ {MOST_MESSAGES}, {MOST_KB:g} kB" if asked else "",
        passed=(messages <= MOST_MESSAGES and kilobytes <= MOST_KB) if asked else None,
    )


def _size(way: Way) -> tuple[str, float, float]:
    messages = median(len(trip.messages) for trip in way.trips)
    plain = median(trip.sent.plain / 1000 for trip in way.trips)
    packed = median(trip.sent.compressed / 1000 for trip in way.trips)
    return f"{messages:.0f}, {plain:,.1f}, {packed:,.1f}", plain, messages


def show_messages(count: int) -> None:
    """Print every message that ours sends for a change of filter, in order, then the sums by kind."""
    with tempfile.TemporaryDirectory(prefix="hsc-bench-data-") as folder, chromium() as browser:
        data = synthetic.package_of(count, Path(folder) / str(count))
        with serving(OURS, data) as server:
            (trip,) = trips(browser, OURS, server, synthetic.counted(data), 1)
    messages = [read(content) for content in trip.messages]
    for message in messages:
        print(f"{message.size:7,} B  {message.kind:34} {message.what}")
    _print_sums(messages)


def _print_sums(messages: list[Message]) -> None:
    number = Counter(message.kind for message in messages)
    size: Counter[str] = Counter()
    for message in messages:
        size[message.kind] += message.size
    print(f"\n{len(messages)} messages, {sum(size.values()):,} B")
    for kind, total in size.most_common():
        print(f"{total:7,} B  {number[kind]:3} x {kind}")


if __name__ == "__main__":
    asked = [int(text) for text in sys.argv[1:] if text.isdigit()]
    if "--messages" in sys.argv[1:]:
        show_messages((asked or [1_000])[0])
    else:
        print_lines(f"A change of filter beside a bare page, on {machine()}", run(asked or SIZES))
