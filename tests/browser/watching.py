"""Everything that goes wrong behind a page, written down while a test runs."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Response, WebError

from tests.browser.streamlit_limits import CONSOLE

_LOCAL = ("data", "blob", "about")
_TRACE = ("Traceback (most recent call last)", 'File "/', "site-packages", "ModuleNotFoundError", "KeyError")


@dataclass
class Watch:
    """What the browser of one visit did and said. `faults` is empty when all is well."""

    host: str
    faults: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    sockets: list[str] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch all pages and frames of a context that are opened from now on."""
        for event, hear in self._hearing():
            context.on(event, hear)

    def leave(self, context: BrowserContext) -> None:
        """Watch it no more."""
        for event, hear in self._hearing():
            context.remove_listener(event, hear)

    def _hearing(self) -> tuple[tuple[Any, Callable[[Any], None]], ...]:
        return (
            ("request", self._request),
            ("response", self._response),
            ("page", self._page),
            ("console", self._console),
            ("weberror", self._error),
        )

    def _error(self, error: WebError) -> None:
        self.faults.append(f"page error: {error.error}")

    def _page(self, page: Page) -> None:
        page.on("websocket", lambda socket: self._socket(socket.url))
        page.on("dialog", lambda dialog: (self.faults.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.on("crash", lambda _: self.faults.append("the page crashed"))

    def _request(self, request: Request) -> None:
        self.asked.append(request.url)
        self._own(request.url)

    def _socket(self, url: str) -> None:
        self.sockets.append(url)
        self._own(url)

    def _own(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in _LOCAL and parts.netloc != self.host:
            self.faults.append(f"request to another host: {url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.faults.append(f"answer {response.status}: {response.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning", "assert"):
            return
        if any(re.fullmatch(known.text, message.text) for known in CONSOLE):
            self.allowed.append(message.text)
        else:
            self.faults.append(f"console {message.type}: {message.text[:500]} ({message.location['url']})")


def traces(text: str) -> list[str]:
    """The marks of a stack trace in a text."""
    return [mark for mark in _TRACE if mark in text]
