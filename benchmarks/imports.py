"""What the server's import takes beside that of the libraries alone, the two in turn.

    python -m benchmarks.imports [runs]

Processor time of a fresh process each time, which other work on the machine disturbs less than the clock; medians.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys

from benchmarks.report import Line, amount, machine, print_lines
from benchmarks.servers import ROOT

OURS, LIBRARIES = "import hsc_geo.web.server", "import streamlit, pandas, geopandas"
RUNS = 9
AT_MOST = 1.2


def seconds(code: str) -> float:
    """Processor time of a process that runs this and ends."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def run(runs: int = RUNS) -> list[Line]:
    """The two in turn, after one of each that is not counted: it fills the disk's cache."""
    codes = (OURS, LIBRARIES)
    for code in codes:
        seconds(code)
    taken = [tuple(map(seconds, codes)) for _ in range(runs)]
    ours, libraries = map(statistics.median, zip(*taken, strict=True))
    return [_line(ours, libraries)]


def _line(ours: float, libraries: float) -> Line:
    return Line(
        None,
        "the server's import, beside streamlit, pandas and geopandas alone",
        amount(ours, "s"),
        amount(libraries, "s"),
        f"1/{ours / libraries:.2f}",
        f"1/{AT_MOST:g}",
        ours <= AT_MOST * libraries,
    )


if __name__ == "__main__":
    print_lines(f"Imports, on {machine()}", run(*map(int, sys.argv[1:])))
