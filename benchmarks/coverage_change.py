"""A change on the coverage page beside a change on the map page, on the real data: how much slower each part answers.

    python -m benchmarks.coverage_change

On the map page ambitions are switched on, on each part of the coverage page "confirmed within" 12, 24 and 36 months:
each asks what no cache holds yet. Told are the time in the server's script thread, and the time from the click until
the last message of the answer has come into the browser.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Locator, Page, WebSocket

from benchmarks import synthetic
from benchmarks.browser import chromium, visit
from benchmarks.report import Line, amount, machine, print_lines
from benchmarks.servers import OURS, Server, serving

MOST = 3.0  # times the map page
PARTS = ("known", "near", "need", "next", "elsewhere")
CHANGES = 3
ROUNDS = 3  # each with a new server, so with empty caches
QUIET = 0.7  # seconds without a message


@dataclass(frozen=True)
class Pills:
    """What is pressed: where it is found, the chip that unfolds it, and the first of it."""

    found: str
    chip: str
    first: int


AMBITIONS = Pills(".st-key-w_amb button", ".st-key-chip_amb button", 0)
CONFIRMED = Pills(".st-key-w_conf button", ".st-key-chip_basis button", 1)


@dataclass
class Answers:
    """Seconds, a value a change."""

    server: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)


def run() -> list[Line]:
    """Two lines a part, each with the map page as the plain way."""
    found = {part: Answers() for part in ("map", *PARTS)}
    with tempfile.TemporaryDirectory(prefix="hsc-bench-data-") as folder, chromium() as browser:
        data = synthetic.package_of(synthetic.real_count(), Path(folder) / "real")
        for _ in range(ROUNDS):
            with serving(OURS, data) as server:
                _visit(browser, server, AMBITIONS, "/kaart", found["map"])
                for part in PARTS:
                    _visit(browser, server, CONFIRMED, f"/dekking?part={part}", found[part])
    return [line for part in PARTS for line in _lines(part, found[part], found["map"])]


def _visit(browser: Browser, server: Server, pills: Pills, path: str, into: Answers) -> None:
    with visit(browser, server) as opened, heard_on(opened.page) as heard:
        opened.page.goto(server.url + path)
        opened.page.locator(".hsc-footer").wait_for()
        quiet(opened.page, server, heard)
        if not opened.page.locator(pills.found).count():
            opened.page.locator(pills.chip).first.click()
            opened.page.locator(pills.found).first.wait_for()
            quiet(opened.page, server, heard)
        for number in range(pills.first, pills.first + CHANGES):
            before = len(server.runs())
            button = opened.page.locator(pills.found).nth(number)
            into.answered.append(pressed(button, server, heard))
            into.server.append(sum(each["wall"] for each in server.runs()[before:]))


def pressed(button: Locator, server: Server, heard: list[float]) -> float:
    """Seconds from a click on the button to the last message of the answer."""
    button.scroll_into_view_if_needed()
    began = time.perf_counter()
    button.click()
    quiet(button.page, server, heard)
    return heard[-1] - began


@contextmanager
def heard_on(page: Page) -> Iterator[list[float]]:
    """When each message came in."""
    times: list[float] = [time.perf_counter()]

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda _: times.append(time.perf_counter()))

    page.on("websocket", listen)
    yield times


def quiet(page: Page, server: Server, heard: list[float]) -> None:
    """Wait until no script runs and nothing has come in for a while."""
    page.wait_for_timeout(200)
    while server.busy() or time.perf_counter() - heard[-1] < QUIET:
        page.wait_for_timeout(100)


def _lines(part: str, ours: Answers, plain: Answers) -> list[Line]:
    return [
        _line(f"coverage, {part}: server time of a change", ours.server, plain.server),
        _line(f"coverage, {part}: click to the last of the answer", ours.answered, plain.answered),
    ]


def _line(what: str, ours: list[float], plain: list[float]) -> Line:
    own, other = median(ours), median(plain)
    times = own / other
    return Line(
        synthetic.real_count(),
        what,
        amount(own, "s"),
        amount(other, "s"),
        f"1/{times:.1f}",
        f"1/{MOST:g}",
        times <= MOST,
    )


if __name__ == "__main__":
    print_lines(f"a change on the coverage page beside the map page, on {machine()}", run())
