"""What the product is made of, written down, and what the check of known holes says; nothing outside is asked."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tools.audit import SKIPPED, Outcome, audit, command

ROOT = Path(__file__).parents[2]
PIN = f"idna==3.20 --hash=sha256:{'0' * 64}\n"
ADVISORY = {"schema_version": "1.6.0", "id": "GHSA-made-up", "summary": "A hole", "aliases": []}
FIXED = {"ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}, {"fixed": "3.21"}]}]}
OF_IDNA = {**ADVISORY, "affected": [{"package": {"ecosystem": "PyPI", "name": "idna"}, **FIXED}]}


@contextmanager
def service(status: int, body: bytes, wait: float = 0) -> Iterator[str]:
    """An advisory service on the loopback that gives everyone the same answer, after some seconds."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            time.sleep(wait)
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1/query"
    finally:
        server.shutdown()
        server.server_close()


def asked(folder: Path, url: str, longest: float = 60) -> Outcome:
    """What the real pip-audit finds of one pin at a service."""
    pins = folder / "requirements.txt"
    pins.write_text(PIN, encoding="utf-8")
    return audit([*command(str(pins)), "--osv-url", url, "--cache-dir", str(folder)], longest)


def test_without_a_known_hole_the_check_passes(tmp_path: Path) -> None:
    with service(200, b"{}") as url:
        assert asked(tmp_path, url) == Outcome("== audit: 1 pins, none with a known hole")


def test_a_known_hole_fails_the_check_by_its_name(tmp_path: Path) -> None:
    with service(200, json.dumps({"vulns": [OF_IDNA]}).encode()) as url:
        outcome = asked(tmp_path, url)
    assert outcome == Outcome("== audit\nidna 3.20: GHSA-made-up, mended in 3.21", failed=True)


@pytest.mark.parametrize(("status", "body"), [(503, b"down"), (200, b"<html>Sign in to this network</html>")])
def test_what_is_no_answer_is_skipped(status: int, body: bytes, tmp_path: Path) -> None:
    with service(status, body) as url:
        assert asked(tmp_path, url) == Outcome(SKIPPED)


def test_nobody_there_is_skipped(tmp_path: Path) -> None:
    with service(200, b"{}") as url:
        pass
    assert asked(tmp_path, url) == Outcome(SKIPPED)


def test_whoever_takes_too_long_is_skipped(tmp_path: Path) -> None:
    with service(200, b"{}", wait=5) as url:
        assert asked(tmp_path, url, longest=2) == Outcome(SKIPPED)


def stub(said: str) -> list[str]:
    """A command that fails with these words."""
    return [sys.executable, "-c", f"import sys; sys.stderr.write({said!r}); sys.exit(1)"]


def test_a_connection_that_is_not_made_is_skipped() -> None:
    """pip-audit tells this one in words of its own, with advice after it."""
    said = "ERROR:pip_audit._cli:Could not connect\nERROR:pip_audit._cli:Tip: your network may be blocking this\n"
    assert audit(stub(said)) == Outcome(SKIPPED)


def test_any_other_failure_is_no_reason_to_skip(tmp_path: Path) -> None:
    assert audit(stub("a fault\nof the tool\n")) == Outcome("== audit: of the tool", failed=True)
    assert audit(command(str(tmp_path / "missing.txt"))).failed


def test_all_that_the_product_is_made_of_is_written_down(tmp_path: Path) -> None:
    """By the very command of `./test`: whole by the standard's schema, and each pin there with all its hashes."""
    line = next(line for line in (ROOT / "test").read_text().splitlines() if "cyclonedx-py" in line)
    words = line.split("cyclonedx-py ")[1].replace("build/", f"{tmp_path}/").split()
    tool = Path(sys.executable).parent / "cyclonedx-py"
    subprocess.run([tool, *words], cwd=ROOT, check=True, capture_output=True)
    written = json.loads((tmp_path / "sbom.cdx.json").read_text(encoding="utf-8"))
    entries = (ROOT / "requirements.txt").read_text().replace("\\\n", " ").splitlines()
    pins = {re.match(r"[^\s[;=]+", entry)[0]: entry for entry in entries}  # type: ignore[index]
    assert written["bomFormat"] == "CycloneDX"
    assert {each["name"]: each["version"] for each in written["components"]} == {
        name: re.search(r"==([^\s;]+)", entry)[1]  # type: ignore[index]
        for name, entry in pins.items()
    }
    for each in written["components"]:
        hashes = {one["content"] for found in each["externalReferences"] for one in found["hashes"]}
        assert hashes == set(re.findall(r"sha256:(\w+)", pins[each["name"]])), each["name"]
