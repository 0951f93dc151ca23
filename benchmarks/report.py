"""The table of what was measured. Thresholds are told, never enforced."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

_DECIMALS = {"s": 2, "ms": 1, "kB": 1, "MB": 0}


@dataclass(frozen=True)
class Line:
    """One line of the table; `passed` is None where nothing is asked of it."""

    count: int | None
    what: str
    ours: str
    plain: str = ""
    ratio: str = ""
    wanted: str = ""
    passed: bool | None = None


def compared(
    count: int | None, what: str, unit: str, ours: float, plain: float | None, at_least: float | None = None
) -> Line:
    """Ours beside the plain way (None: not measured), with how many times less ours is."""
    if plain is None:
        return Line(count, what, amount(ours, unit), "–")
    ratio = plain / ours if ours else float("inf")
    return Line(
        count,
        what,
        amount(ours, unit),
        amount(plain, unit),
        f"{ratio:.1f}",
        f"{at_least:g}" if at_least else "",
        ratio >= at_least if at_least else None,
    )


def amount(value: float, unit: str) -> str:
    """A number with its unit."""
    return f"{value:,.{_DECIMALS[unit]}f} {unit}".rstrip()


HEADERS = ("initiatives", "what", "ours", "plain", "ratio", "at least", "")


def cells(line: Line) -> tuple[str, ...]:
    """A line as the cells of a table."""
    verdict = "" if line.passed is None else "pass" if line.passed else "FAIL"
    count = "" if line.count is None else f"{line.count:,}"
    return count, line.what, line.ours, line.plain, line.ratio, line.wanted, verdict


def print_lines(title: str, lines: Sequence[Line]) -> None:
    """Print the table, as wide as it needs."""
    table = Table(title=title, title_justify="left")
    for name in HEADERS:
        table.add_column(name, justify="left" if name in ("what", "") else "right", no_wrap=True)
    for line in lines:
        table.add_row(*cells(line))
    Console(width=150).print(table)


def print_markdown(lines: Sequence[Line]) -> None:
    """Print the table as Markdown, for README.md."""
    print("| " + " | ".join(HEADERS) + "|")
    print("|" + " --- |" * len(HEADERS))
    for line in lines:
        print("| " + " | ".join(cells(line)) + " |")


def machine() -> str:
    """Cores and Python of this machine, in a line."""
    return f"{os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"
