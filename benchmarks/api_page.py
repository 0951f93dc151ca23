"""A page of 100 features of the open API, beside a static file of the same bytes from the same server.

    python -m benchmarks.api_page [requests]

One server, one client on the loopback, the two in turn; medians by the clock. The file is read from disk at each
request by Starlette's own static files. A page is made at each request: chosen, written as GeoJSON, and
compressed where asked.
"""

from __future__ import annotations

import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from benchmarks.report import Line, amount, compared, machine, print_lines
from benchmarks.servers import ROOT

REQUESTS = 60
CASES = {
    "100 figures with their areas": "/api/collections/observations/items",
    "100 initiatives": "/api/collections/initiatives/items",
    "76 areas, full boundaries": "/api/collections/areas/items",
}
_SERVER = """
import os, uvicorn
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from hsc_geo.web.api.limits import Limits
from hsc_geo.web.api.routes import api_routes
files = Mount("/files", StaticFiles(directory=os.environ["FILES"]))
uvicorn.run(Starlette(routes=[*api_routes(Limits(0, 0)), files]), port=int(os.environ["PORT"]), log_level="error")
"""


@contextmanager
def served(files: str) -> Iterator[httpx.Client]:
    """The API and a folder of files, from one server of its own process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    with tempfile.TemporaryDirectory() as folder:
        own = {"FILES": files, "PORT": port, "HSC_DATABASE": f"sqlite:///{folder}/register.db"}
        process = subprocess.Popen([sys.executable, "-c", _SERVER], cwd=ROOT, env={**os.environ, **own})
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60) as client:
                _wait(client)
                yield client
        finally:
            process.terminate()
            process.wait()


def _wait(client: httpx.Client) -> None:
    for _ in range(300):
        try:
            client.get("/api/conformance")
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer within 30 s")


def seconds(client: httpx.Client, path: str, coding: str) -> float:
    """How long an answer takes, to its last byte."""
    began = time.perf_counter()
    client.get(path, headers={"accept-encoding": coding}).raise_for_status()
    return time.perf_counter() - began


def run(requests: int = REQUESTS) -> list[Line]:
    """The first answer of each, then both ways in turn."""
    lines = []
    with tempfile.TemporaryDirectory() as files, served(files) as client:
        for number, (what, path) in enumerate(CASES.items()):
            first = seconds(client, path, "identity")
            plain = f"/files/{number}.json"
            body = client.get(path, headers={"accept-encoding": "identity"}).content
            Path(files, f"{number}.json").write_bytes(body)
            taken = [
                (
                    seconds(client, path, "identity"),
                    seconds(client, plain, "identity"),
                    seconds(client, path, "gzip"),
                )
                for _ in range(requests)
            ]
            page, file, zipped = (statistics.median(each) * 1000 for each in zip(*taken, strict=True))
            size = amount(len(body) / 1000, "kB")
            lines += [
                compared(None, f"API: {what}, {size}, beside a static file of them", "ms", page, file),
                compared(
                    None, f"API: {what}, compressed for the client, beside that file", "ms", zipped, file
                ),
                Line(None, f"API: {what}, the first time after a start", amount(first * 1000, "ms")),
            ]
    return lines


if __name__ == "__main__":
    print_lines(f"The open API, on {machine()}", run(*map(int, sys.argv[1:])))
