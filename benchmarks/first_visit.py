"""A first visit over a slow line: what is sent by kind of file, when there is a word to read, and when the first map.

python -m benchmarks.first_visit [path ...]      # /kaart when none is named

400 kbit/s and 100 ms, an empty cache; Chromium holds the line back, so what the server and the browser do beside it
counts too. A word: the first text of the page's own that is painted. The background map is off.
"""

from __future__ import annotations

import base64
import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, CDPSession

from benchmarks.browser import BINARY, LIMIT, chromium, deflated
from benchmarks.report import Line, amount, print_lines
from benchmarks.servers import OURS, ROOT, serving

PATHS = ("/kaart",)
LINE = {"offline": False, "latency": 100, "downloadThroughput": 400_000 / 8, "uploadThroughput": 400_000 / 8}
BUDGET = 1_500.0  # kB that come in 30 s
# Kind -> how the path of a file of that kind begins.
KINDS = (
    ("Streamlit: scripts", "/static/js/"),
    ("Streamlit: styles", "/static/css/"),
    ("fonts", "/static/media/"),
    ("fonts", "/hsc/assets/own/fonts/"),
    ("map: frame", "/component/"),
    ("map: Leaflet", "/hsc/assets/leaflet/"),
    ("map: own scripts and styles", "/hsc/assets/own/"),
    ("map: layers", "/hsc/map/"),
    ("tables", "/hsc/assets/kit/"),
    ("messages of the page", "ws:"),
)
WORD = """() => {
  const told = performance.getEntriesByName("first-contentful-paint")[0];
  return told ? told.startTime / 1000 : 0;
}"""
MAP = """() => {
  const frame = document.querySelector("iframe");
  const box = frame && frame.contentDocument && frame.contentDocument.querySelector("#map_div[data-ready=yes]");
  return Boolean(box && box.querySelector(".leaflet-hsc-areas-pane path"));
}"""


@dataclass
class Visited:
    """What one visit was sent: bytes by kind and by file, and seconds to the first word and the first map (0: none)."""

    kinds: Counter[str] = field(default_factory=Counter)
    files: Counter[str] = field(default_factory=Counter)
    word: float = 0.0
    map: float = 0.0


class Counting:
    """Counts the bytes of answers and messages as they went over the line, by the browser's own account."""

    def __init__(self, cdp: CDPSession) -> None:
        self.found = Visited()
        self._paths: dict[str, str] = {}
        cdp.on("Network.requestWillBeSent", self._asked)
        cdp.on("Network.webSocketFrameReceived", self._message)
        cdp.on("Network.loadingFinished", self._finished)
        cdp.send("Network.enable")

    def _asked(self, event: dict[str, Any]) -> None:
        path = urlsplit(event["request"]["url"]).path
        self._paths[event["requestId"]] = re.sub(r"(?<=/own/)\w+/", "", path)  # without the version

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._paths:
            self._count(self._paths[event["requestId"]], int(event["encodedDataLength"]))

    def _message(self, event: dict[str, Any]) -> None:
        if event["response"]["opcode"] == BINARY:
            self._count("ws:", deflated(base64.b64decode(event["response"]["payloadData"])))

    def _count(self, path: str, size: int) -> None:
        kind = next((name for name, part in KINDS if path.startswith(part)), "page and the rest")
        self.found.kinds[kind] += size
        self.found.files[path] += size


def visit(browser: Browser, url: str, slow: bool = True) -> Visited:
    """One visit with an empty cache, until its map is drawn and nothing more comes."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="nl-NL")
    try:
        page = context.new_page()
        cdp = context.new_cdp_session(page)
        counting = Counting(cdp)
        if slow:
            cdp.send("Network.emulateNetworkConditions", LINE)
        page.goto(url, wait_until="commit", timeout=LIMIT * 1000)
        page.wait_for_function(WORD, timeout=LIMIT * 1000)
        counting.found.word = page.evaluate(WORD)
        page.wait_for_function(MAP, timeout=LIMIT * 1000)
        counting.found.map = page.evaluate("performance.now() / 1000")
        page.wait_for_load_state("networkidle", timeout=LIMIT * 1000)
        return counting.found
    finally:
        context.close()


def run(paths: Sequence[str] = PATHS) -> list[Line]:
    """Each page in turn, by a visitor of its own."""
    lines: list[Line] = []
    with serving(OURS, ROOT / "data") as server, chromium() as browser:
        visit(
            browser, server.url + paths[0], slow=False
        )  # what the server makes when it is first asked, it has now
        for path in paths:
            lines += _lines(path, visit(browser, server.url + path))
    return lines


def _lines(path: str, found: Visited) -> list[Line]:
    total = sum(found.kinds.values()) / 1000
    return [
        *(
            Line(None, f"{path}: {kind}", amount(size / 1000, "kB"))
            for kind, size in found.kinds.most_common()
        ),
        *(
            Line(None, f"{path}: of it {name}", amount(size / 1000, "kB"))
            for name, size in found.files.most_common(5)
        ),
        Line(None, f"{path}: all", amount(total, "kB"), wanted=f"{BUDGET:,.0f} kB", passed=total <= BUDGET),
        Line(None, f"{path}: a word", amount(found.word, "s"), wanted="5 s", passed=0 < found.word <= 5),
        Line(
            None, f"{path}: the first map", amount(found.map, "s"), wanted="30 s", passed=0 < found.map <= 30
        ),
    ]


if __name__ == "__main__":
    print_lines("A first visit at 400 kbit/s", run(sys.argv[1:] or PATHS))
