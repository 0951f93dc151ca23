"""Streamlit's server with a stopwatch round every run of a script or fragment; nothing in the app knows of it.

    python -m benchmarks.timed_server LOG SCRIPT [arguments of `streamlit run`]

Each run appends two lines of JSON to LOG: one with `kind` (script or fragment) when it begins, one that also has `wall`
and `cpu`, the seconds that it took by the clock and in the script's thread, when it ends. With HSC_BENCH_PROFILE, the
name of a file, runs are profiled by cProfile from the moment that the file exists, and their sum is written to it.
With HSC_BENCH_TRY, a name of benchmarks/tries.py, that is tried.
"""

from __future__ import annotations

import cProfile
import json
import os
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import tries

PROFILE, TRY = "HSC_BENCH_PROFILE", "HSC_BENCH_TRY"


def main(arguments: list[str]) -> None:
    """Hang the stopwatch in and start the server."""
    # Only what the checks bring installs it, and requests imports it wherever it is; the app alone has none.
    sys.modules["chardet"] = None  # type: ignore[assignment]
    from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
    from streamlit.web import cli

    log, script, *rest = arguments
    tries.change(os.environ.get(TRY, ""))
    run = _timed(ScriptRunner._run_script, Path(log))
    if os.environ.get(PROFILE):
        run = _profiled(run, Path(os.environ[PROFILE]))
    ScriptRunner._run_script = run  # type: ignore[method-assign]
    sys.argv = ["streamlit", "run", script, *rest]
    cli.main(prog_name="streamlit")


def _timed(run: Callable[..., None], log: Path) -> Callable[..., None]:
    file = os.open(
        log, os.O_WRONLY | os.O_APPEND | os.O_CREAT
    )  # once: at each run it was a tenth of what that took

    def tell(**line: object) -> None:
        os.write(file, (json.dumps(line) + "\n").encode())

    def timed(self: Any, rerun_data: Any) -> None:
        kind = "fragment" if rerun_data.fragment_id_queue else "script"
        tell(kind=kind)
        wall, cpu = time.perf_counter(), time.thread_time()
        try:
            run(self, rerun_data)
        finally:
            tell(kind=kind, wall=time.perf_counter() - wall, cpu=time.thread_time() - cpu)

    return timed


def _profiled(run: Callable[..., None], file: Path) -> Callable[..., None]:
    """Profile runs from the moment that the file exists, so that the first drawing can be left out."""
    profile, lock = cProfile.Profile(time.thread_time), threading.Lock()

    def profiled(self: Any, rerun_data: Any) -> None:
        if not file.exists():
            run(self, rerun_data)
            return
        with lock:
            profile.enable()
            try:
                run(self, rerun_data)
            finally:
                profile.disable()
                profile.dump_stats(file)

    return profiled


if __name__ == "__main__":
    main(sys.argv[1:])
