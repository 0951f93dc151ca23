"""A real Chromium on one page: it clicks a filter, times click to repaint, and counts the bytes that come in."""

from __future__ import annotations

import base64
import os
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.foreign import answer

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
QUIET = 0.7  # seconds without a message: the change is over
PILLS = ".st-key-w_amb button"

# Runs in the page. `ready` finds a frame whose map shows what is expected; then the next frame is on the screen.
_WATCH = """
(expected) => {
  const frames = () => [...document.querySelectorAll('iframe')].map((f) => {
    try { return f.contentWindow; } catch { return null; }
  });
  const watch = window.hscBench = { click: 0, painted: 0, kept: 0 };
  const before = frames().filter((w) => w && w.map).map((w) => {
    w.hscBenchSeen = w.hscBenchSeen || Math.random();
    w.hscBenchBefore = w.hscUpdates || 0;
    return w;
  });
  const same = (w) => before.includes(w) && w.hscBenchSeen;
  const bits = (text) => [...atob(text)].reduce((n, c) => n + c.charCodeAt(0).toString(2).replaceAll('0', '').length, 0);
  const ours = (w) => w.hscMap && w.hscUpdates > w.hscBenchBefore && w.hscMap.state && w.hscMap.places
    && bits(w.hscMap.state.visible) === expected.visible
    && [...w.document.querySelectorAll('.hsc-place')].reduce((n, d) => n + Number(d.textContent || 1), 0) === expected.placed;
  const plain = (w) => !w.hscMap && !w.hscBenchSeen && w.document.querySelectorAll('.leaflet-marker-icon').length === expected.visible;
  const look = () => {
    const found = frames().find((w) => w && w.map && (ours(w) || plain(w)));
    if (!found) return requestAnimationFrame(look);
    watch.kept = same(found) ? 1 : 0;
    requestAnimationFrame(() => { watch.painted = performance.now(); });
  };
  window.addEventListener('click', (event) => { watch.click = event.timeStamp; requestAnimationFrame(look); }, { once: true, capture: true });
}
"""
_LOADED = """
(expected) => [...document.querySelectorAll('iframe')].some((f) => {
  const w = f.contentWindow;
  if (!w || !w.map) return false;
  if (w.hscMap) return w.document.getElementById('map_div').dataset.ready === 'yes' && w.hscUpdates > 0;
  return w.document.querySelectorAll('.leaflet-marker-icon').length === expected.visible;
})
"""


@dataclass(frozen=True)
class Expected:
    """What the map must show after a change: initiatives that fit, and those of them that our map draws at a place."""

    visible: int
    placed: int


@dataclass
class Traffic:
    """What came in from our own host since `reset`: messages on the WebSocket (inflated, and as compression on the
    wire makes them) and bytes of HTTP on the wire."""

    messages: int = 0
    inflated: int = 0
    deflated: int = 0
    http: int = 0
    requests: int = 0
    other_hosts: set[str] = field(default_factory=set)


@dataclass(frozen=True)
class Change:
    """One change of the filter. `repaint` is in seconds from the click; `kept`: the frame is the one of before."""

    repaint: float
    kept: bool
    until_repaint: Traffic
    in_all: Traffic


class Visit:
    """One visitor's page, open on a map."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.host = url
        self.errors: list[str] = []
        self.traffic = Traffic()
        self._own: set[str] = set()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._cdp = page.context.new_cdp_session(page)
        self._listen()

    def open(self, path: str, expected: Expected, limit: float = 180) -> None:
        """Go to the page and wait until its first map is whole."""
        self.page.goto(self.host + path, wait_until="commit")
        self.page.wait_for_function(_LOADED, arg=vars(expected), timeout=limit * 1000)

    def settle(self) -> None:
        """Wait until nothing has come in for a while and no script runs."""
        seen = -1
        while seen != self.traffic.messages + self.traffic.requests:
            seen = self.traffic.messages + self.traffic.requests
            self.page.wait_for_timeout(QUIET * 1000)
            self.page.wait_for_function(
                "() => !document.querySelector('[data-testid=stStatusWidget]')", timeout=180_000
            )

    def change(self, pill: int, expected: Expected, limit: float = 180) -> Change:
        """Click a pill of the ambition filter, wait for the repaint, then for quiet."""
        button = self.page.locator(PILLS).nth(pill)
        button.scroll_into_view_if_needed()
        self.page.evaluate(_WATCH, vars(expected))
        self.traffic = Traffic()
        button.click()
        self.page.wait_for_function("() => window.hscBench.painted", timeout=limit * 1000)
        at_once = Traffic(**vars(self.traffic))
        told = self.page.evaluate("() => window.hscBench")
        self.settle()
        return Change((told["painted"] - told["click"]) / 1000, bool(told["kept"]), at_once, self.traffic)

    def _listen(self) -> None:
        on: Callable[..., Any] = self._cdp.on
        on("Network.webSocketFrameReceived", self._message)
        on("Network.requestWillBeSent", self._request)
        on("Network.loadingFinished", self._finished)
        on("Fetch.requestPaused", lambda event: _fulfil(self._cdp, event))
        self._cdp.send("Network.enable")
        # Playwright's own routes would switch the browser's cache off, to the harm of the plain way.
        self._cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "https://*"}]})

    def _message(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        content = base64.b64decode(frame["payloadData"]) if frame["opcode"] == 2 else frame["payloadData"].encode()
        self.traffic.messages += 1
        self.traffic.inflated += len(content)
        self.traffic.deflated += deflated(content)

    def _request(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url.startswith(self.host):
            self._own.add(event["requestId"])
            self.traffic.requests += 1
        elif url.startswith("http"):
            self.traffic.other_hosts.add(url.split("/")[2])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._own:
            self.traffic.http += int(event["encodedDataLength"])


def deflated(content: bytes) -> int:
    """The size of a message as the `websockets` library compresses it by default (window of 4 KB)."""
    packer = zlib.compressobj(wbits=-12, memLevel=5)
    return len(packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)) - 4


@contextmanager
def chromium() -> Iterator[Browser]:
    """The Chromium of the system, headless."""
    path = os.environ.get("HSC_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, url: str) -> Iterator[Visit]:
    """A new visitor with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    try:
        yield Visit(context.new_page(), url)
    finally:
        context.close()


def _fulfil(cdp: CDPSession, event: dict[str, Any]) -> None:
    found = answer(event["request"]["url"])
    headers = {"Content-Type": found.type, "Access-Control-Allow-Origin": "*", "Cache-Control": "max-age=31536000"}
    cdp.send(
        "Fetch.fulfillRequest",
        {
            "requestId": event["requestId"],
            "responseCode": 200,
            "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
            "body": base64.b64encode(found.content).decode(),
        },
    )
