"""The app as a visitor meets it: `streamlit run app.py` on a free port of the loopback, with settings of our own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
PATIENCE = 90.0  # seconds until the server must answer
DEAD_TILES = f"http://{HOST}:9/{{z}}/{{x}}/{{y}}.png"  # nothing answers on the port "discard"
DEAD_ADDRESSES = "http://127.0.0.1:9/free"  # nobody listens there


@dataclass(frozen=True)
class Site:
    """A running server: its address, the folder of its data and the file of its log."""

    url: str
    data: Path
    log: Path

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    @property
    def editions(self) -> Path:
        """Where it looks for editions that are kept; not there until a test makes one."""
        return self.log.parent / "editions"

    def told(self) -> str:
        """What the server has said so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")


@contextmanager
def running(folder: Path, tiles: str = DEAD_TILES, data: Path | None = None, **more: str) -> Iterator[Site]:
    """A server with its log, its kept tiles and its register in `folder`, and more settings by their names; stopped at
    the end."""
    url = f"http://{HOST}:{_free_port()}"
    log = folder / "server.log"
    settings = {
        "HSC_TILE_UPSTREAM": tiles,
        "HSC_TILE_CACHE": str(folder / "tiles"),
        "HSC_ADDRESS_UPSTREAM": DEAD_ADDRESSES,
        "HSC_DATABASE": f"sqlite:///{folder / 'register.db'}",
        "HSC_EDITIONS": str(folder / "editions"),
        **more,
    }
    if data is not None:
        settings["HSC_DATA"] = str(data)
    with log.open("wb") as out:
        process = subprocess.Popen(
            _command(url), cwd=ROOT, env=_environment(settings), stdout=out, stderr=out
        )
    try:
        _wait(url, process, log)
        yield Site(url, data or ROOT / "data", log)
    finally:
        _stop(process)


def _command(url: str) -> list[str]:
    port = url.rpartition(":")[2]
    options = ["--server.port", port, "--server.address", HOST, "--server.headless", "true"]
    return [sys.executable, "-m", "streamlit", "run", "app.py", *options]


def _environment(settings: dict[str, str]) -> dict[str, str]:
    """Ours without the settings that a developer may have set."""
    return {k: v for k, v in os.environ.items() if not k.startswith(("HSC_", "STREAMLIT_"))} | settings


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while not _answers(url):
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')[-3000:]}")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    """Whether the server answers at all: with damaged data it says 503, and is up."""
    try:
        with urllib.request.urlopen(f"{url}/hsc/health", timeout=2):
            return True
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
