"""The register: 1,000 writes on both stores beside bare inserts, and an import of 10,000 rows with its memory.

    python -m benchmarks.register_writes [1000]

A write is a proposal that is checked and kept, a transaction of its own that is on the disk when it returns. The bare
way puts the same row into a table of the same columns by SQLAlchemy, a transaction each, on the same store. PostgreSQL
is started for it from Debian's programs, in a temporary folder (with `fsync` off, as in the tests; SQLite has it on).
The import takes SYNTHETIC rows.
"""

from __future__ import annotations

import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import insert

from benchmarks.report import Line, amount, compared, machine, print_lines
from hsc_geo.data.load import load
from hsc_geo.register import Actor, Proposal, Register, open_register
from hsc_geo.register.tables import PROPOSALS
from tests.register.servers import new_server

ROWS = 10_000
ROW = {
    "initiative_id": "LEI-{}",
    "name": "SYNTHETIC {}",
    "organisation": "Gemeente Leiden",
    "sector": "municipality",
    "ambition_codes": "A1",
    "ambition_basis": "stated",
    "theme": "participation",
    "activity_types": "inloop",
    "status": "planned",
    "description_nl": "SYNTHETIC",
    "description_en": "SYNTHETIC",
    "source_publisher": "SYNTHETIC",
    "source_url": "https://www.voorbeeld-leiden.nl",
    "evidence_level": "C",
    "district_as_stated": "Leiden Noord",
}


def run(count: int = 1000) -> list[Line]:
    """A line a store, and two for the import."""
    with tempfile.TemporaryDirectory(prefix="hsc-bench-register-") as folder:
        sqlite = f"sqlite:///{Path(folder) / 'register.db'}"
        lines = [_writes("SQLite", sqlite, count)]
        with _postgresql() as url:
            lines.append(_writes("PostgreSQL", url, count))
        return [*lines, *_import(sqlite)]


@contextmanager
def _postgresql() -> Iterator[str]:
    server = new_server()
    server.start()
    try:
        server.sql("create database bench")
        yield server.url("bench")
    finally:
        server.stop()


def _filled(url: str) -> Register:
    register = open_register(url)
    register.fill(load())
    return register


def _writes(store: str, url: str, count: int) -> Line:
    register = _filled(url)
    ours = _seconds(lambda: [register.propose(_proposal(number)) for number in range(count)])
    plain = _seconds(lambda: _bare(register, count))
    register.close()
    return compared(count, f"proposals written on {store}, beside bare inserts", "s", ours, plain)


def _proposal(number: int) -> Proposal:
    why = f"Seen on their own page, visit {number}"
    return Proposal("confirmation", "LEI-003", {}, why, "https://www.voorbeeld-leiden.nl/", "nl")


def _bare(register: Register, count: int) -> None:
    row = {column.name: "" for column in PROPOSALS.columns if column.name != "number"}
    for number in range(count):
        with register.store.writing() as connection:
            connection.execute(insert(PROPOSALS).values({**row, "code_hash": f"bare {number}"}))


def _import(url: str) -> list[Line]:
    register = _filled(url)
    rows = [",".join(ROW.values()).format(number, number) for number in range(1000, 1000 + ROWS)]
    content = "\n".join([",".join(ROW), *rows, ""]).encode()
    tracemalloc.start()
    began = time.perf_counter()
    report = register.read_import(content, "csv")
    if report.problems:
        raise ValueError(
            f"the made-up rows have {len(report.problems)} faults, the first: {report.problems[0]}"
        )
    register.import_rows(report, Actor("administrator"), "benchmark")
    seconds = time.perf_counter() - began
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    register.close()
    return [
        Line(ROWS, "rows imported, with every check (memory traced, which slows it)", amount(seconds, "s")),
        Line(ROWS, "highest memory of the import", amount(peak / 1024**2, "MB")),
    ]


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    print_lines(f"writes of the register, on {machine()}", run(count))
