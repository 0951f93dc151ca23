"""After signing in or out: back to the page and the language where it began.

Streamlit sends everyone to the first page. The page that the visitor came from is kept in a short-lived cookie while
they are with the provider. Only a page that one signs in on can be gone back to, with codes in its address: neither the
cookie nor the Referer can name another.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config

from hsc_geo.web.document import LANGUAGES
from hsc_geo.web.paths import inner_path
from hsc_geo.web.settings import Settings

COOKIE = "hsc_back"
SECONDS = 900  # that signing in at the provider may take
PAGES = ("/beheer",)
BEGIN, END = ("/auth/login", "/auth/logout"), "/oauth2callback"
_MOST = 20  # codes in an address
_CODE = re.compile(r"[\w.-]{1,100}", re.ASCII)
_REDIRECTS = (302, 303, 307)


def way_back(target: str) -> str:
    """The page and its codes of an address within the site, as `/beheer?lang=en`; "" when one cannot go back there."""
    path, _, query = target.partition("?")
    if path not in PAGES:
        return ""
    try:
        codes = dict(parse_qsl(query.partition("#")[0], max_num_fields=_MOST))
    except ValueError:
        return path
    kept = {name: code for name, code in codes.items() if _CODE.fullmatch(name) and _CODE.fullmatch(code)}
    if kept.get("lang") not in LANGUAGES:
        kept.pop("lang", None)
    return f"{path}?{urlencode(kept)}" if kept else path


class ReturnToPage:
    """ASGI middleware around Streamlit's routes of signing in, for a site whose own address is in `settings`."""

    def __init__(self, app: ASGIApp, *, settings: Settings, base: str) -> None:
        self._app = app
        self._base = base
        self._site = settings.oidc_redirect.removesuffix(END)
        self._secure = self._site.startswith("https:")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; where an answer goes to the first page, let it go back instead."""
        path = inner_path(scope, self._base) if scope["type"] == "http" else ""
        if path not in (*BEGIN, END):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        target = self._remembered(request) if path == END else self._came_from(request)

        async def turned(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] in _REDIRECTS:
                message = {**message, "headers": self._headers(message["headers"], target, ends=path == END)}
            await send(message)

        await self._app(scope, receive, turned)

    def _came_from(self, request: Request) -> str:
        # Streamlit puts its own port in, which it may choose as late as when it starts.
        site = self._site.replace("{port}", str(config.get_option("server.port")))
        referer = request.headers.get("referer", "")
        return way_back(referer.removeprefix(site)) if referer.startswith(f"{site}/") else ""

    def _remembered(self, request: Request) -> str:
        return way_back(unquote(request.cookies.get(COOKIE, "")))

    def _headers(
        self, headers: list[tuple[bytes, bytes]], target: str, *, ends: bool
    ) -> list[tuple[bytes, bytes]]:
        """With the way back as Location when the answer goes to the first page, else kept for when it will."""
        first = f"{self._base}/".encode()
        back = f"{self._base}{target}".encode()
        here = (b"location", first) in headers
        if here and target:
            headers = [(name, back if name == b"location" else value) for name, value in headers]
        if ends:
            return [*headers, self._cookie("", 0)]
        return [*headers, self._cookie(target, SECONDS)] if target and not here else headers

    def _cookie(self, target: str, seconds: int) -> tuple[bytes, bytes]:
        made = Response()
        made.set_cookie(
            COOKIE,
            quote(target, safe=""),
            max_age=seconds,
            path=self._base or "/",
            secure=self._secure,
            httponly=True,
            samesite="lax",
        )
        return next(pair for pair in made.raw_headers if pair[0] == b"set-cookie")
