"""Time and highest memory of `python -m hsc_geo data build`, into a folder that is thrown away.

    python -m benchmarks.data_build [folder of the source extracts]

Without the argument the extracts are those of HSC_EXTRACTS, else of ../shared/extracts; without either it says so.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.report import Line, amount, print_lines
from benchmarks.servers import ROOT

KILOBYTE = 1024 if sys.platform.startswith("linux") else 1  # ru_maxrss is in bytes on macOS


def extracts_folder() -> Path:
    """Where the extracts are looked for."""
    return Path(os.environ.get("HSC_EXTRACTS") or ROOT.parent / "shared" / "extracts")


def run(extracts: Path | None = None) -> list[Line]:
    """Two lines, time and memory; one that says that the extracts are absent where they are."""
    where = (extracts or extracts_folder()).resolve()
    if not where.is_dir():
        return [Line(None, "data build: NOT MEASURED, no source extracts here (HSC_EXTRACTS)", "absent")]
    with tempfile.TemporaryDirectory(prefix="hsc-bench-build-") as folder:
        command = [sys.executable, "-m", "hsc_geo", "data", "build", "--extracts", str(where)]
        began = time.perf_counter()
        process = subprocess.Popen(
            [*command, "--output", f"{folder}/data"],
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - began
    if status:
        return [Line(None, "data build: FAILED, run it by hand to see why", "failed", passed=False)]
    highest = usage.ru_maxrss * KILOBYTE / 1024**2
    return [
        Line(None, "data build: time", amount(seconds, "s")),
        Line(None, "data build: highest resident memory", amount(highest, "MB")),
    ]


if __name__ == "__main__":
    print_lines("Building the data", run(Path(sys.argv[1]) if len(sys.argv) > 1 else None))
