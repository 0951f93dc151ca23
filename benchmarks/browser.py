"""A real Chromium on one page: it clicks a filter, times click to repaint, and counts the bytes that come in."""

from __future__ import annotations

import base64
import json
import os
import shutil
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

from benchmarks.foreign import answer
from benchmarks.servers import Server

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
LIMIT = 180.0  # seconds for a page or a change
BINARY = 2  # opcode of a WebSocket frame
QUIET = 0.7  # seconds without a message: the change is over
TASKS = "toplevel"  # the part of a trace that tells of every task and of little else
WORK = 0.005  # seconds of processor time; what takes less is no work that a person could wait for
PILLS = ".st-key-w_amb button"

_WATCH = Path(__file__).with_name("watch.js").read_text(encoding="utf-8")
_LOADED = """
(expected) => [...document.querySelectorAll('iframe')].some((f) => {
  const w = f.contentWindow;
  if (!w || !w.map) return false;
  if (w.hscMap) return w.document.getElementById('map_div').dataset.ready === 'yes' && w.hscMap.updates > 0;
  return w.document.querySelectorAll('.leaflet-marker-icon').length === expected.visible;
})
"""
_TOLD = """
(visible) => {
  const line = document.querySelector("#summary strong") || document.querySelector("[data-testid=stMain] p");
  return Boolean(line) && Number(line.textContent.replaceAll(".", "").match(/\\d+/)) === visible;
}
"""


@dataclass(frozen=True)
class Expected:
    """What the map must show after a change: initiatives that fit, and those of them that our map draws at a place."""

    visible: int
    placed: int


@dataclass(frozen=True)
class Sent:
    """Bytes sent by the server: messages as they are, and as compression makes them on the wire; HTTP in both."""

    plain: int
    compressed: int


@dataclass
class Traffic:
    """What came in from the server: messages on the WebSocket, bytes and number of answers by HTTP (none from cache),
    and the other hosts that were asked for something."""

    messages: list[str] = field(default_factory=list)
    came: list[float] = field(default_factory=list)  # when, in seconds of the browser's clock
    went: list[float] = field(default_factory=list)  # the messages from the browser
    http: int = 0
    requests: int = 0
    other_hosts: set[str] = field(default_factory=set)

    def mark(self) -> tuple[int, int]:
        """How much has come in so far."""
        return len(self.messages), self.http

    def contents(self, since: tuple[int, int] = (0, 0)) -> list[bytes]:
        """The messages since a mark."""
        return [base64.b64decode(message) for message in self.messages[since[0] :]]

    def sent(self, since: tuple[int, int] = (0, 0)) -> Sent:
        """The bytes since a mark."""
        contents = self.contents(since)
        http = self.http - since[1]
        return Sent(sum(map(len, contents)) + http, sum(map(deflated, contents)) + http)


@dataclass(frozen=True)
class Change:
    """One change of the filter. `repaint` is in seconds from the click; `kept`: the frame is the one of before; `sent`
    in all, until nothing came any more."""

    repaint: float
    kept: bool
    sent: Sent
    other_hosts: frozenset[str]


@dataclass(frozen=True)
class Trip:
    """One round trip. Seconds from the message that the click sends: `answered` to the last message back, `quiet` to
    the end of the last work that it gave the browser; `messages` as they came, without compression."""

    answered: float
    quiet: float
    messages: list[bytes]
    sent: Sent


class Visit:
    """One visitor's page on a server, opened on a map."""

    def __init__(self, page: Page, server: Server) -> None:
        self.page = page
        self.server = server
        self.errors: list[str] = []
        self.traffic = Traffic()
        self._own: set[str] = set()
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        self._cdp = page.context.new_cdp_session(page)
        self._listen()

    def open(self, path: str, expected: Expected) -> None:
        """Go to the page and wait until its first map is whole."""
        self.page.goto(self.server.url + path, wait_until="commit")
        self.page.wait_for_function(_LOADED, arg=vars(expected), timeout=LIMIT * 1000)

    def settle(self) -> None:
        """Wait until no script runs and nothing has come in for a while."""
        seen = None
        while seen != self.traffic.mark() or self.server.busy():
            seen = self.traffic.mark()
            self.page.wait_for_timeout(QUIET * 1000)

    def change(self, pill: int, expected: Expected) -> Change:
        """Click a pill of the ambition filter, wait for the repaint, then for quiet."""
        button = self.page.locator(PILLS).nth(pill)
        button.scroll_into_view_if_needed()
        self.page.evaluate(_WATCH, vars(expected))
        self.traffic = Traffic()
        button.click()
        self.page.wait_for_function("() => window.hscBench.painted", timeout=LIMIT * 1000)
        told = self.page.evaluate("() => window.hscBench")
        self.settle()
        repaint = (told["painted"] - told["click"]) / 1000
        return Change(repaint, bool(told["kept"]), self.traffic.sent(), frozenset(self.traffic.other_hosts))

    def told(self, visible: int) -> None:
        """Wait until the page says that so many initiatives fit."""
        self.page.wait_for_function(_TOLD, arg=visible, timeout=LIMIT * 1000)

    def trip(self, pill: int) -> Trip:
        """Click a pill of the ambition filter and wait for quiet."""
        button = self.page.locator(PILLS).nth(pill)
        button.scroll_into_view_if_needed()
        self.traffic = Traffic()
        browser = self.page.context.browser
        assert browser is not None
        browser.start_tracing(page=self.page, categories=[TASKS])
        button.click()
        self.settle()
        last = last_work(json.loads(browser.stop_tracing()))
        traffic = self.traffic
        began, answered = traffic.went[0], traffic.came[-1]
        quiet = max(answered, last) - began
        return Trip(answered - began, quiet, traffic.contents(), traffic.sent())

    def _listen(self) -> None:
        on: Callable[..., Any] = self._cdp.on
        on("Network.webSocketFrameReceived", self._message)
        on("Network.webSocketFrameSent", self._asked)
        on("Network.requestWillBeSent", self._request)
        on("Network.requestServedFromCache", self._cached)
        on("Network.responseReceived", self._cached)
        on("Network.loadingFinished", self._finished)
        on("Fetch.requestPaused", lambda event: _fulfil(self._cdp, event))
        self._cdp.send("Network.enable")
        # Playwright's own routes would switch the browser's cache off, to the harm of the plain way.
        self._cdp.send("Fetch.enable", {"patterns": [{"urlPattern": "https://*"}]})

    def _message(self, event: dict[str, Any]) -> None:
        if event["response"]["opcode"] == BINARY:
            self.traffic.messages.append(event["response"]["payloadData"])
            self.traffic.came.append(event["timestamp"])

    def _asked(self, event: dict[str, Any]) -> None:
        if event["response"]["opcode"] == BINARY:
            self.traffic.went.append(event["timestamp"])

    def _request(self, event: dict[str, Any]) -> None:
        url = event["request"]["url"]
        if url.startswith(self.server.url):
            self._own.add(event["requestId"])
        elif url.startswith("http"):
            self.traffic.other_hosts.add(url.split("/")[2])

    def _cached(self, event: dict[str, Any]) -> None:
        if "response" not in event or event["response"].get("fromDiskCache"):
            self._own.discard(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self._own:
            self.traffic.http += int(event["encodedDataLength"])
            self.traffic.requests += 1


def last_work(trace: Mapping[str, Any]) -> float:
    """When the last piece of work on the page's own thread ended that was worth the name, in seconds of the browser's
    clock; 0 when there was none. Processor time decides: what else the machine does makes no work of a page."""
    events = trace["traceEvents"]
    main = {
        (each["pid"], each["tid"])
        for each in events
        if each["name"] == "thread_name" and each["args"]["name"] == "CrRendererMain"
    }
    ends = [
        each["ts"] + each["dur"]
        for each in events
        if each["name"] == "ThreadControllerImpl::RunTask"
        and each.get("tdur", 0) >= WORK * 1e6
        and (each["pid"], each["tid"]) in main
    ]
    return max(ends, default=0) / 1e6


def deflated(content: bytes) -> int:
    """The size of a message as the `websockets` library compresses it by default (window of 4 KB)."""
    packer = zlib.compressobj(wbits=-12, memLevel=5)
    return len(packer.compress(content) + packer.flush(zlib.Z_SYNC_FLUSH)) - 4


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """The Chromium of the system, headless; `more`: what it is told beside the usual."""
    path = os.environ.get("HSC_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*FLAGS, *more])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def visit(browser: Browser, server: Server) -> Iterator[Visit]:
    """A new visitor with an empty cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="nl-NL")
    try:
        context.set_default_timeout(LIMIT * 1000)
        yield Visit(context.new_page(), server)
    finally:
        context.close()


def _fulfil(cdp: CDPSession, event: dict[str, Any]) -> None:
    found = answer(event["request"]["url"])
    headers = {
        "Content-Type": found.type,
        "Access-Control-Allow-Origin": "*",
        "Cache-Control": "max-age=31536000",
    }
    cdp.send(
        "Fetch.fulfillRequest",
        {
            "requestId": event["requestId"],
            "responseCode": 200,
            "responseHeaders": [{"name": name, "value": value} for name, value in headers.items()],
            "body": base64.b64encode(found.content).decode(),
        },
    )
