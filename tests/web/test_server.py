"""The real server, started as an operator starts it."""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from streamlit import net_util
from streamlit.web.server import server_util
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect

from hsc_geo.web.server import disable_address_lookup
from tests.web.running import ROOT, STREAMLIT, UVICORN, free_port, running

pytestmark = pytest.mark.slow  # each starts a server of its own


def ended(*command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A server that cannot start."""
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "HSC_TILES": "off", **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.fixture(scope="module")
def server() -> Iterator[httpx.Client]:
    with running(*STREAMLIT) as client:
        yield client


def test_streamlit_runs_the_app_with_all_its_layers(server: httpx.Client) -> None:
    snapshot = json.loads((ROOT / "data" / "datapackage.json").read_text(encoding="utf-8"))["snapshot"]
    assert server.get("/hsc/health").json()["snapshot"] == snapshot
    page = server.get("/kaart?lang=en")
    assert '<html lang="en">' in page.text
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert server.get("/_stcore/health").headers["x-content-type-options"] == "nosniff"
    assert server.put("/_stcore/upload_file/a/b").status_code == 403
    assert server.get("/_stcore/agent/openapi.json").status_code == 404


def test_the_map_frame_is_there_before_the_first_visit(server: httpx.Client) -> None:
    frame = server.get("/component/streamlit_folium.st_folium/index.html")
    assert frame.status_code == 200
    assert "'unsafe-eval'" in frame.headers["content-security-policy"]


def test_path_that_climbs_is_refused(server: httpx.Client) -> None:
    """Sent by hand, since a client of HTTP takes the dots out before it asks."""
    address = (server.base_url.host, server.base_url.port or 80)
    with socket.create_connection(address, timeout=5) as raw:
        raw.sendall(b"GET /hsc/assets/leaflet/../../../../etc/passwd HTTP/1.0\r\n\r\n")
        answered = raw.makefile("rb").read()
    assert answered.startswith(b"HTTP/1.1 400 ")
    assert b"root:" not in answered


def test_socket_opens_for_own_pages_only(server: httpx.Client) -> None:
    url = str(server.base_url).replace("http", "ws") + "/_stcore/stream"
    own = str(server.base_url).rstrip("/")
    with connect(url, origin=own, subprotocols=["streamlit"], proxy=None):  # type: ignore[arg-type,list-item]
        pass
    with pytest.raises(InvalidStatus), connect(url, origin="https://evil.example", proxy=None):  # type: ignore[arg-type]
        pass


def test_no_host_outside_is_asked_for_this_machines_address(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streamlit does that to judge a connection from another origin; it must judge without."""
    asked: list[str] = []
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda url, timeout=5: asked.append(url))
    monkeypatch.setattr(net_util, "_external_ip", None)
    disable_address_lookup()
    assert not server_util.is_url_from_allowed_origins("https://evil.example")
    assert asked == []


def test_uvicorn_runs_the_app_too() -> None:
    with running(*UVICORN) as client:
        assert client.get("/hsc/health").json()["status"] == "ok"
        assert '<html lang="nl">' in client.get("/").text
        assert client.get("/_stcore/host-config").status_code == 200


def test_server_starts_without_data(tmp_path: Path) -> None:
    data, errors = tmp_path / "gone", tmp_path / "errors.log"
    with running(*STREAMLIT, errors=errors, HSC_DATA=str(data)) as client:
        assert client.get("/hsc/health").status_code == 503
        assert client.get("/").status_code == 200
    [told] = errors.read_text().splitlines()
    assert f"The data in the folder {data} (HSC_DATA) cannot be read: datapackage.json: is missing" in told


@pytest.mark.parametrize(
    ("database", "shown", "state"),
    [
        ("postgresql://me:hush@127.0.0.1:9/n", "postgresql://***@127.0.0.1:9/n", "gone"),
        ("sqlite:////proc/nowhere/register.db", "sqlite:////proc/nowhere/register.db", "gone"),
    ],
)
def test_server_starts_without_its_register(tmp_path: Path, database: str, shown: str, state: str) -> None:
    errors = tmp_path / "errors.log"
    with running(*STREAMLIT, errors=errors, HSC_DATABASE=database) as client:
        health = client.get("/hsc/health")
        assert (health.status_code, health.json()["register"]["state"]) == (200, state)
    [told] = [line for line in errors.read_text().splitlines() if "register" in line]
    assert f"The register (HSC_DATABASE={shown}) cannot be used: The register cannot be reached" in told
    assert not re.search("hush|Traceback", errors.read_text())


@pytest.mark.parametrize("command", [STREAMLIT, UVICORN], ids=["streamlit", "uvicorn"])
def test_a_port_in_use_is_told(command: tuple[str, ...]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        more = ("--server.address", "127.0.0.1") if command == STREAMLIT else ()
        done = ended(*command, port, *more)
    assert done.returncode != 0
    assert re.search(f"Port {port} is not available|{port}.*address already in use", done.stderr)
    assert "Traceback" not in done.stderr + done.stdout


def test_bad_setting_is_one_message_not_a_stack_trace() -> None:
    done = ended(*STREAMLIT, str(free_port()), HSC_TILES="maybe")
    assert done.returncode != 0
    assert "HSC_TILES='maybe' cannot be used: write on or off" in done.stderr
    assert "Traceback" not in done.stderr + done.stdout
