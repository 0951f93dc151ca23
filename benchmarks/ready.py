"""Until a process is ready: healthy, data and register loaded, first map answered; beside plain pages of Streamlit.

    python -m benchmarks.ready [--markdown] [146 10000]

For each size, on SQLite and on PostgreSQL: the first start, which fills the register; then, after somebody changed one
entry, a later start with nothing on disk to share, one with what an earlier process left, and a second process beside
one that runs. Told are medians of seconds from the start of the process, and its processor time until the first map. A
visitor's session is opened over the websocket as soon as visitors are served, and asks the layers of the map as its
frame does; no browser, whose own work `benchmarks.cold_start` measures. Beside it are a page of one line, and the bare
page, which reads the same data and filters the same initiatives. The 10,000 are SYNTHETIC.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks import synthetic
from benchmarks.register_start import change
from benchmarks.report import Line, amount, machine, print_lines, print_markdown
from benchmarks.servers import BARE, EMPTY, OURS, Server, serving
from benchmarks.visitors import Told, Visitor
from tests.register.servers import new_server

SIZES = (synthetic.real_count(), 10_000)
TIMES = 3
AT_MOST = 2.5  # times the bare page with the same data, to the first page
ONE_LINE, SAME_DATA = "a page of one line", "the bare page with the same data"
FIRST, ALONE, LATER, SECOND = "first start", "later, nothing shared", "later start", "second beside one"
LAYERS = ("areas", "initiatives")


class Moments(NamedTuple):
    """Seconds from the start of the process; `processor`: its processor time until the last of them."""

    healthy: float
    loaded: float
    answered: float
    processor: float


Found = dict[tuple[int, str], list[Moments]]


def run(sizes: Sequence[int] = SIZES) -> list[Line]:
    """For each size a line of both plain pages, and one for each register and way to start."""
    found: Found = {}
    with (
        tempfile.TemporaryDirectory(prefix="hsc-bench-ready-") as folder,
        _registers(folder, sizes) as stores,
    ):
        data = {count: synthetic.package_of(count, Path(folder) / str(count)) for count in sizes}
        for turn in range(TIMES):
            for count in sizes:
                _add(found, count, ONE_LINE, _plain(EMPTY, data[count]))
                _add(found, count, SAME_DATA, _plain(BARE, data[count]))
                for store, url in stores.items():
                    told = {"HSC_DATABASE": url.format(count), "HSC_CACHE": f"{folder}/made-{store}"}
                    for way, moments in _starts(data[count], told, first=turn == 0):
                        _add(found, count, f"{store}, {way}", moments)
    middle = {key: Moments(*map(median, zip(*each, strict=True))) for key, each in found.items()}
    return [_line(count, what, middle) for count in sizes for of, what in middle if of == count]


def _add(found: Found, count: int, what: str, moments: Moments) -> None:
    found.setdefault((count, what), []).append(moments)


@contextmanager
def _registers(folder: str, sizes: Sequence[int]) -> Iterator[dict[str, str]]:
    """Addresses of registers by the name of their store; `{}` stands for the size."""
    server = new_server()
    server.start()
    try:
        for count in sizes:
            server.sql(f"create database of{count}")
        yield {"SQLite": f"sqlite:///{folder}/{{}}.db", "PostgreSQL": server.url("of{}")}
    finally:
        server.stop()


def _starts(data: Path, told: dict[str, str], first: bool) -> Iterator[tuple[str, Moments]]:
    """A start of each kind; the first of all can be had only once."""
    if first:
        with serving(OURS, data, None, **told) as server:
            yield FIRST, _ours(server)
        change(data, told["HSC_DATABASE"])
        with serving(OURS, data, None, **told) as server:
            _ours(server)  # leaves what the later ones share
    with serving(OURS, data, None, **{**told, "HSC_CACHE": "off"}) as server:
        yield ALONE, _ours(server)
    with serving(OURS, data, None, **told) as server:
        yield LATER, _ours(server)
        with serving(OURS, data, None, **told) as second:
            yield SECOND, _ours(second)


def _plain(script: str, data: Path) -> Moments:
    with serving(script, data) as server:
        _open(server, "")
        answered = time.perf_counter() - server.started
        return Moments(server.health, server.health, answered, _processor(server))


def _ours(server: Server) -> Moments:
    at, snapshot = _loaded(server)
    _open(server, "kaart")
    for layer in LAYERS:
        _get(f"{server.url}/hsc/map/{snapshot}/{layer}.json")
    return Moments(server.health, at, time.perf_counter() - server.started, _processor(server))


def _open(server: Server, page: str) -> None:
    """Be a visitor until the page is whole."""
    told = Told()

    async def visit() -> None:
        arrived = asyncio.Event()
        arrived.set()
        await Visitor(server.url, page, told, 0).stay(0, 0, arrived)

    asyncio.run(visit())
    if told.faults:
        raise RuntimeError(f"the page did not come: {told.faults}")


def _loaded(server: Server) -> tuple[float, str]:
    """When the server said that it can do its work, and the snapshot that it shows."""
    told = json.loads(_get(f"{server.url}/hsc/health"))
    if told["status"] != "ok":
        raise RuntimeError(f"the server is {told['status']}: {told}")
    return time.perf_counter() - server.started, told["snapshot"]


def _get(url: str) -> bytes:
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=300) as answer:
        content: bytes = answer.read()
        return content


def _processor(server: Server) -> float:
    ticks = Path(f"/proc/{server.process.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13]
    return sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def _line(count: int, what: str, middle: dict[tuple[int, str], Moments]) -> Line:
    """Our moments; the ratio is to the first page of the bare page with the same data."""
    mine, bare = middle[count, what], middle[count, SAME_DATA]
    told = f"{' / '.join(f'{each:.2f}' for each in mine[:3])} s, {amount(mine.processor, 's')}"
    if what in (ONE_LINE, SAME_DATA):
        return Line(count, what, "", told)
    ratio = mine.answered / bare.answered
    asked = (f"1/{AT_MOST:g}", ratio <= AT_MOST) if FIRST not in what else ("", None)
    return Line(count, what, told, amount(bare.answered, "s"), f"1/{ratio:.2f}", *asked)


if __name__ == "__main__":
    words = sys.argv[1:]
    lines = run([int(text) for text in words if text.isdigit()] or SIZES)
    if "--markdown" in words:
        print_markdown(lines)
    else:
        print_lines(f"Healthy / loaded / first map, processor time; {machine()}", lines)
