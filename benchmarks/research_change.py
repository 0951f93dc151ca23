"""A change on each part of the page of research beside a change on a bare page of Streamlit, on the real data.

    python -m benchmarks.research_change

On the bare page ambitions are switched on; on each part the chip of one choice is open and its options are pressed in
turn, of which no cache holds the first. Told is the time from the click until the last message of the answer has come
into the browser, the median over the changes of all rounds, each with new servers.
"""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser

from benchmarks import synthetic
from benchmarks.browser import chromium, visit
from benchmarks.coverage_change import heard_on, pressed, quiet
from benchmarks.report import Line, amount, machine, print_lines
from benchmarks.servers import BARE, OURS, Server, serving

MOST = 2.0  # times the bare page
# Part -> the chip that unfolds its choice, and the choice, of which both options are pressed.
PARTS = {
    "explore": "cells",
    "spread": "level",
    "together": "level",
    "unequal": "level",
    "pattern": "level",
    "chance": "level",
}
ROUNDS = 3
BARE_CHANGES = 3  # after one that is not counted: it has four pills


def run() -> list[Line]:
    """A line a part, with the bare page as the plain way."""
    found: dict[str, list[float]] = {part: [] for part in ("bare", *PARTS)}
    with tempfile.TemporaryDirectory(prefix="hsc-bench-data-") as folder, chromium() as browser:
        data = synthetic.package_of(synthetic.real_count(), Path(folder) / "real")
        for _ in range(ROUNDS):
            with ExitStack() as stack:
                bare = stack.enter_context(serving(BARE, data, False))
                ours = stack.enter_context(serving(OURS, data, True))
                found["bare"] += _bare(browser, bare)
                for part, choice in PARTS.items():
                    found[part] += _part(browser, ours, part, choice)
    return [_line(part, found[part], found["bare"]) for part in PARTS]


def _bare(browser: Browser, server: Server) -> list[float]:
    with visit(browser, server) as opened, heard_on(opened.page) as heard:
        opened.page.goto(server.url + "/")
        opened.page.get_by_test_id("stButtonGroup").first.wait_for()
        quiet(opened.page, server, heard)
        pills = opened.page.get_by_test_id("stButtonGroup").first.get_by_role("button")
        return [pressed(pills.nth(i), server, heard) for i in range(1 + BARE_CHANGES)][1:]


def _part(browser: Browser, server: Server, part: str, choice: str) -> list[float]:
    with visit(browser, server) as opened, heard_on(opened.page) as heard:
        opened.page.goto(f"{server.url}/onderzoek?part={part}")
        opened.page.locator(".hsc-footer").wait_for()
        quiet(opened.page, server, heard)
        opened.page.locator(f".st-key-chip_{choice} button").first.click()
        options = opened.page.locator(f".st-key-w_{choice} button")
        options.first.wait_for()
        order = (0, 1) if choice == "level" else (1, 0)  # first the one that is not chosen
        quiet(opened.page, server, heard)
        return [pressed(options.nth(i), server, heard) for i in order]


def _line(part: str, ours: list[float], bare: list[float]) -> Line:
    own, other = median(ours), median(bare)
    times = own / other
    return Line(
        synthetic.real_count(),
        f"research, {part}: click to the last of the answer, beside a bare page",
        amount(own, "s"),
        amount(other, "s"),
        f"1/{times:.1f}",
        f"1/{MOST:g}",
        times <= MOST,
    )


if __name__ == "__main__":
    print_lines(f"a change on the page of research beside a bare page, on {machine()}", run())
