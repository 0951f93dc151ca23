"""A page of 100 features of the open API, beside a static file of the same bytes and beside pygeoapi.

    python -m benchmarks.api_page [requests] [--pygeoapi [PYTHON]]

Servers of their own processes, one client on the loopback, all in turn; medians by the clock. The static file is read
from disk at each request by Starlette's own static files, from the same server as the API. A page is made at each
request: chosen, written as GeoJSON, and compressed where asked. With `--pygeoapi`, the same features come from the
GeoJSON provider of pygeoapi as well: from a file that holds these and no others, its best case, since it reads the file
at each request. PYTHON is that of an environment with pygeoapi; without it one is made and thrown away.

What a server takes is told as processor time from its start, which other work on the machine disturbs less, and as
resident memory: when it listens, with the data loaded (as the site has them anyway), after the first page of each
collection, and after all of them.
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

from benchmarks import pygeoapi_server
from benchmarks.report import Line, amount, compared, machine, print_lines
from benchmarks.servers import ROOT

REQUESTS = 60
STARTS = 5
CASES = {
    "100 figures with their areas": "observations",
    "100 initiatives": "initiatives",
    "76 areas, full boundaries": "areas",
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
# The whole server's import as it is, and with nothing in the place of the API.
_WITH = "import hsc_geo.web.server"
_WITHOUT = """
import sys
from types import ModuleType
for name, members in {"": {}, ".limits": {"Limits": object}, ".routes": {"api_routes": list}}.items():
    made = sys.modules["hsc_geo.web.api" + name] = ModuleType("hsc_geo.web.api" + name)
    vars(made).update(members)
import hsc_geo.web.server
"""
_MEASURED = """
import resource
used = resource.getrusage(resource.RUSAGE_SELF)
memory = next(line for line in open("/proc/self/status") if line.startswith("VmRSS")).split()[1]
print(used.ru_utime + used.ru_stime, memory)
"""


@contextmanager
def served(files: str) -> Iterator[tuple[httpx.Client, int]]:
    """The API and a folder of files, from one server of its own process, whose number stands beside."""
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        own = {"FILES": files, "PORT": str(port), "HSC_DATABASE": f"sqlite:///{folder}/register.db"}
        process = subprocess.Popen([sys.executable, "-c", _SERVER], cwd=ROOT, env={**os.environ, **own})
        try:
            with asking(port) as client:
                wait(client, "/api/conformance")
                yield client, process.pid
        finally:
            process.terminate()
            process.wait()


@contextmanager
def peer(python: str, folder: Path, files: dict[str, Path]) -> Iterator[tuple[httpx.Client, int]]:
    """The same of pygeoapi."""
    port = free_port()
    with pygeoapi_server.serving(python, folder, files, port) as process, asking(port) as client:
        wait(client, "/conformance?f=json")
        yield client, process.pid


def free_port() -> int:
    """A port of the loopback that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def asking(port: int) -> httpx.Client:
    """A client of the server at this port."""
    return httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=60)


def wait(client: httpx.Client, path: str) -> None:
    """Until the server answers."""
    for _ in range(600):
        try:
            client.get(path)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer within a minute")


def seconds(client: httpx.Client, path: str, coding: str) -> float:
    """How long an answer takes, to its last byte."""
    began = time.perf_counter()
    client.get(path, headers={"accept-encoding": coding}).raise_for_status()
    return time.perf_counter() - began


def taken_by(pid: int) -> tuple[float, float]:
    """(processor time in s, resident memory in MB) of a process so far; zeros where the system does not tell."""
    stat, status = Path(f"/proc/{pid}/stat"), Path(f"/proc/{pid}/status")
    if not stat.exists():
        return 0.0, 0.0
    user, system = map(int, stat.read_text().rpartition(")")[2].split()[11:13])
    memory = next(line for line in status.read_text().splitlines() if line.startswith("VmRSS"))
    return (user + system) / os.sysconf("SC_CLK_TCK"), int(memory.split()[1]) / 1024


def run(requests: int = REQUESTS, python: str = "") -> list[Line]:
    """The first answer of each, then all ways in turn. python: that of an environment with pygeoapi, "" for none."""
    with tempfile.TemporaryDirectory() as files, served(files) as (client, pid):
        lines = [_used("API alone, when it listens", *taken_by(pid))]
        client.get("/api/").raise_for_status()
        lines.append(_used("API alone, with the data and the register loaded", *taken_by(pid)))
        bodies = {}
        for what, name in CASES.items():
            path = _path(name)
            first = seconds(client, path, "identity")
            lines.append(Line(None, f"API: {what}, the first time after a start", amount(first * 1000, "ms")))
            bodies[name] = client.get(path, headers={"accept-encoding": "identity"}).content
            Path(files, f"{name}.json").write_bytes(bodies[name])
        lines.append(_used("API alone, after the first page of each", *taken_by(pid)))
        for what, name in CASES.items():
            lines += _beside_a_file(client, what, name, len(bodies[name]), requests)
        lines.append(_used("API alone, after all pages", *taken_by(pid)))
        if python:
            lines += _beside_pygeoapi(client, python, Path(files), requests)
    return lines


def _path(name: str) -> str:
    return f"/api/collections/{name}/items?limit=100"


def _beside_a_file(client: httpx.Client, what: str, name: str, size: int, requests: int) -> list[Line]:
    taken = [
        (
            seconds(client, _path(name), "identity"),
            seconds(client, f"/files/{name}.json", "identity"),
            seconds(client, _path(name), "gzip"),
        )
        for _ in range(requests)
    ]
    page, file, zipped = (statistics.median(each) * 1000 for each in zip(*taken, strict=True))
    told = f"API: {what}, {amount(size / 1000, 'kB')}, "
    return [
        compared(None, f"{told}beside a static file of them", "ms", page, file),
        compared(None, f"API: {what}, compressed for the client, beside that file", "ms", zipped, file),
    ]


def _beside_pygeoapi(client: httpx.Client, python: str, files: Path, requests: int) -> list[Line]:
    held = {name: files / f"{name}.json" for name in CASES.values()}
    with tempfile.TemporaryDirectory() as folder, peer(python, Path(folder), held) as (other, pid):
        lines = [_used("pygeoapi alone, when it listens", *taken_by(pid), ours=False)]
        for what, name in CASES.items():
            theirs = f"/collections/{name}/items?limit=100&f=json"
            ours = client.get(_path(name)).json()["features"]
            if [each["geometry"] for each in ours] != [
                each["geometry"] for each in other.get(theirs).json()["features"]
            ]:
                raise RuntimeError(f"pygeoapi gives other features of {name}")
            taken = [
                (seconds(client, _path(name), "identity"), seconds(other, theirs, "identity"))
                for _ in range(requests)
            ]
            page, beside = (statistics.median(each) * 1000 for each in zip(*taken, strict=True))
            lines.append(
                compared(None, f"API: {what}, beside pygeoapi's GeoJSON provider", "ms", page, beside)
            )
        return [*lines, _used("pygeoapi alone, after all pages", *taken_by(pid), ours=False)]


def _used(what: str, processor: float, memory: float, *, ours: bool = True) -> Line:
    told = f"{amount(processor, 's')}, {amount(memory, 'MB')}"
    return Line(None, f"{what}: processor time, memory", told if ours else "", "" if ours else told)


def start_lines(starts: int = STARTS) -> list[Line]:
    """What the API adds to the import of the whole server, the two in turn; medians of fresh processes."""
    codes = (_WITH, _WITHOUT)
    for code in codes:
        _import(code)  # fills the disk's cache
    taken = [tuple(map(_import, codes)) for _ in range(starts)]
    with_api, without = (
        [statistics.median(each) for each in zip(*process, strict=True)]
        for process in zip(*taken, strict=True)
    )
    return [
        Line(
            None,
            "the server's import, beside that without the API: processor time, memory",
            f"{amount(with_api[0], 's')}, {with_api[1]:.1f} MB",
            f"{amount(without[0], 's')}, {without[1]:.1f} MB",
        )
    ]


def _import(code: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-c", code + _MEASURED], cwd=ROOT, check=True, capture_output=True, text=True
    )
    processor, memory = done.stdout.split()[-2:]
    return float(processor), int(memory) / 1024


if __name__ == "__main__":
    asked = sys.argv[1:]
    count = int(asked.pop(0)) if asked and asked[0].isdecimal() else REQUESTS
    with tempfile.TemporaryDirectory(prefix="hsc-bench-") as place:
        known = asked[1] if asked[1:] else ""
        chosen = (known or pygeoapi_server.environment(Path(place) / "env")) if asked else ""
        print_lines(f"The open API, on {machine()}", [*start_lines(), *run(count, chosen)])
