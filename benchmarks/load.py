"""Many visitors at once: the map page of one process, and of three behind nginx with one PostgreSQL, beside a bare
page.

    python -m benchmarks.load [--quick] [--only bare|one|three]

Visitors are real sessions over the websocket (benchmarks/visitors.py) on the machine that also serves, so what they
cost is in the figures. Each changes the filter by ambition, once in about ten seconds or again as soon as there is an
answer. Three processes take nginx and PostgreSQL from Debian (`nginx-light`, `postgresql`); without nginx that part is
left out and a line says so.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import machine
from benchmarks.servers import BARE, OURS, ROOT, serving
from benchmarks.visitors import Told, crowd
from hsc_geo.data.load import load
from hsc_geo.register import open_register
from tests.browser.behind_nginx import Nginx, Servers
from tests.register import servers as postgres

SECONDS, QUICK_SECONDS = 60.0, 15.0
EVERY = 10.0  # seconds between the changes of one visitor
CROWDS = (50, 100, 200)
AT_ONCE = 40  # visitors who press again as soon as there is an answer
KINDS = [(each, EVERY) for each in CROWDS] + [(AT_ONCE, 0.0)]
WARM = 12  # visitors before any is counted, so many that each of three processes meets some
HEAD = """\
| where | visitors | changes | p50 s | p95 s | errors | processor ms a change | ms to open | MB a session at rest |
| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""
GOALS = {(100, EVERY): 0.5, (200, EVERY): 2.0}  # p95, seconds
GOAL_MEMORY = 2.0  # MB for each session that rests


@dataclass(frozen=True)
class Place:
    """Where the visitors go: its addresses, the page with the pills, and the processes that serve it."""

    name: str
    urls: list[str]
    page: str
    processes: list[int]

    def memory(self) -> float:
        """Resident memory of all its processes, MB."""
        pages = sum(int(Path(f"/proc/{each}/statm").read_text().split()[1]) for each in self.processes)
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20

    def processor(self) -> float:
        """Seconds of a processor that they have used."""
        told = [Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split() for each in self.processes]
        return sum(int(each[11]) + int(each[12]) for each in told) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Measured:
    """What a crowd met and took. opening, changing: seconds of a processor of all processes until all had their page,
    and from then on. memory: MB for each visitor at rest."""

    told: Told
    opening: float
    changing: float
    memory: float


def measured(place: Place, visitors: int, seconds: float, every: float) -> Measured:
    """So many visitors at this place, who each change something once in `every` seconds."""
    before, began, rest, there = place.memory(), place.processor(), 0.0, 0.0

    def at_rest() -> None:
        nonlocal rest, there
        rest, there = place.memory(), place.processor()

    told = asyncio.run(crowd(place.urls, place.page, visitors, seconds, every, at_rest))
    return Measured(told, there - began, place.processor() - there, (rest - before) / visitors)


def line(place: Place, visitors: int, seconds: float, every: float) -> str:
    """One row of the table."""
    found = measured(place, visitors, seconds, every)
    told, p95, goal = found.told, found.told.quantile(0.95), GOALS.get((visitors, every))
    mark = "" if goal is None or not place.page else f" (goal {goal:g}: {'met' if p95 < goal else 'not met'})"
    pace = f"each {every:g} s" if every else "without a pause"
    return (
        f"| {place.name} | {visitors}, {pace} | {len(told.seconds)} | {told.quantile(0.5):.2f} | {p95:.2f}{mark} "
        f"| {len(told.faults)} | {1000 * found.changing / max(1, len(told.seconds)):.0f} "
        f"| {1000 * found.opening / visitors:.0f} | {found.memory:.2f} |"
    )


@contextmanager
def three(folder: Path) -> Iterator[Place]:
    """Three processes with one PostgreSQL, behind nginx, by the files of deploy/."""
    database = postgres.new_server()
    database.start()
    database.sql("CREATE DATABASE load TEMPLATE template0")
    register = open_register(database.url("load"))
    register.fill(load())
    register.close()
    servers = Servers(folder, HSC_DATABASE=database.url("load"))
    front = folder / "nginx"
    front.mkdir()
    nginx = Nginx(front, servers.ports)
    try:
        servers.await_health()
        pids = [int((folder / str(port) / "pid").read_text()) for port in servers.ports]
        yield Place("ours, three processes behind nginx", [nginx.url], "kaart", pids)
    finally:
        nginx.stop()
        servers.stop()
        database.stop()
        shutil.rmtree(database.folder)


@contextmanager
def one(name: str, script: str, page: str) -> Iterator[Place]:
    """One process, met without anything between."""
    with serving(script, ROOT / "data") as server:
        yield Place(name, [server.url], page, [server.process.pid])


@contextmanager
def three_in_a_folder() -> Iterator[Place]:
    """Three processes with all that they write in a folder that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="hsc-load-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # for PostgreSQL and nginx, which run as others
        with three(folder) as place:
            yield place


PLACES: dict[str, Callable[[], AbstractContextManager[Place]]] = {
    "bare": lambda: one("bare Streamlit page", BARE, ""),
    "one": lambda: one("ours, one process", OURS, "kaart"),
    "three": three_in_a_folder,
}


def main() -> None:
    """Measure and print, a row as soon as it is there."""
    asked = argparse.ArgumentParser(prog="benchmarks.load")
    asked.add_argument("--quick", action="store_true", help=f"{QUICK_SECONDS:g} s for each row")
    asked.add_argument("--only", choices=PLACES, help="measure this alone")
    told = asked.parse_args()
    seconds = QUICK_SECONDS if told.quick else SECONDS
    print(f"{machine()}; {seconds:g} s each; server and visitors on one machine")
    print(HEAD)
    for name in [told.only] if told.only else PLACES:
        if name == "three" and not shutil.which("nginx"):
            print("nginx is not installed: three processes are left out", file=sys.stderr)
            continue
        with PLACES[name]() as place:
            measured(place, WARM, 2.0, 0.5)  # the first visitors make what all share
            for visitors, every in KINDS:
                print(line(place, visitors, seconds, every), flush=True)
    print(f"{machine()} after it")


if __name__ == "__main__":
    main()
