"""Starting a server for a benchmark, waiting for it, reading its memory and its stopwatch, and ending it."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
OURS, PLAIN = "app.py", "benchmarks/plain_page.py"
BARE, EMPTY, PYDECK, PLOTLY = (f"benchmarks/{name}_page.py" for name in ("bare", "empty", "pydeck", "plotly"))
# The other pages run with Streamlit's settings as they come, but for what would call other hosts or open a browser.
DEFAULTS = (
    "--browser.gatherUsageStats",
    "false",
    "--server.headless",
    "true",
    "--server.fileWatcherType",
    "none",
)
START_LIMIT = 60.0


@dataclass(frozen=True)
class Server:
    """A server that runs. `health`: seconds from its start to the first good answer to its health check."""

    url: str
    process: subprocess.Popen[bytes]
    log: Path
    started: float
    health: float

    def runs(self) -> list[dict[str, Any]]:
        """The runs of scripts and fragments that have ended so far."""
        return [line for line in self._lines() if "wall" in line]

    def busy(self) -> bool:
        """Whether a script or fragment runs."""
        return len(self._lines()) > 2 * len(self.runs())

    def _lines(self) -> list[dict[str, Any]]:
        if not self.log.exists():
            return []
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def memory(self) -> dict[str, float]:
        """Resident memory in MB, now and at its highest; empty where the system does not tell (no /proc)."""
        status = Path(f"/proc/{self.process.pid}/status")
        if not status.exists():
            return {}
        fields = dict(line.split(":", 1) for line in status.read_text().splitlines())
        return {key: int(fields[key].split()[0]) / 1024 for key in ("VmRSS", "VmHWM")}


@contextmanager
def serving(
    script: str,
    data: Path,
    own_settings: bool | None = None,
    arguments: Sequence[str] = (),
    root: Path = ROOT,
    **environment: str,
) -> Iterator[Server]:
    """The script on a free port of the loopback, with the data of the folder; ended on leaving. `own_settings`: with
    those of .streamlit/config.toml, as the app alone has them if nothing is said. arguments: more for Streamlit. root:
    the checkout of the project that is served."""
    own = script == OURS if own_settings is None else own_settings
    with tempfile.TemporaryDirectory(prefix="hsc-bench-") as folder:
        log, out = Path(folder) / "runs.jsonl", Path(folder) / "out.txt"
        port = _free_port()
        command = [
            sys.executable,
            "-m",
            "benchmarks.timed_server",
            str(log),
            str(root / script),
            "--server.port",
            str(port),
            "--server.address",
            "127.0.0.1",
            *(() if own else DEFAULTS),
            *arguments,
        ]
        # No background map: its tiles come from outside and have no part in a change of filter.
        told = {
            **os.environ,
            "HSC_TILES": "off",
            "HSC_DATA": str(data),
            "PYTHONPATH": str(root),
            "HSC_DATABASE": f"sqlite:///{folder}/register.db",
            "HSC_CACHE": f"{folder}/made",
            **environment,
        }
        where = root if own else folder
        with out.open("wb") as stream:
            started = time.perf_counter()
            process = subprocess.Popen(command, cwd=where, env=told, stdout=stream, stderr=stream)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process, out)
            yield Server(url, process, log, started, time.perf_counter() - started)
        finally:
            _end(process)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], out: Path) -> None:
    limit = time.perf_counter() + START_LIMIT
    while time.perf_counter() < limit and process.poll() is None:
        try:
            with urllib.request.urlopen(f"{url}/_stcore/health", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, OSError):
            time.sleep(0.02)
    raise RuntimeError(f"the server did not start:\n{out.read_text(errors='replace')[-2000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
