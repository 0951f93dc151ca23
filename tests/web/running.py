"""A server of its own process."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]

STREAMLIT = ("-m", "streamlit", "run", "app.py", "--server.port")

UVICORN = ("-m", "uvicorn", "app:app", "--host", "127.0.0.1", "--port")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running(*command: str, errors: Path = Path(os.devnull), **environment: str) -> Iterator[httpx.Client]:
    """A server that answers, ended afterwards; what it says to stderr, with its log, goes to the file `errors`."""
    port = free_port()
    with errors.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, *command, str(port)],
            cwd=ROOT,
            env={**os.environ, "HSC_TILES": "off", **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT if errors == Path(os.devnull) else out,
            text=True,
        )
    try:
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False) as client:
            _wait(client, process)
            yield client
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _wait(client: httpx.Client, process: subprocess.Popen[str]) -> None:
    for _ in range(300):
        try:
            client.get("/hsc/health")
            return
        except httpx.TransportError:
            assert process.poll() is None, process.communicate()[0]
            time.sleep(0.1)
    raise AssertionError("the server does not answer within 30 s")
