"""The addresses of the site: what there is, what is forgiven in one from paper or mail, and what is not there."""

from __future__ import annotations

import html
import re
from functools import cache
from pathlib import Path
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from hsc_geo.web.document import LANGUAGES, TITLES
from hsc_geo.web.paths import API, FILES, PREFIX, inner_path, is_under

START, MAP, COVERAGE, PROFILE, PARTNERS = "", "kaart", "dekking", "wijkprofiel", "partners"
PROPOSE, EMBED, BRIEF, REVIEW, DATA = "aanmelden", "insluiten", "stuk", "beheer", "data"
RESEARCH, CHANGES = "onderzoek", "veranderd"
PAGES = (
    *(START, MAP, COVERAGE, PROFILE, PARTNERS, RESEARCH, CHANGES),
    *(PROPOSE, EMBED, BRIEF, REVIEW, DATA),
)
# What answers for itself beside files and data: signing in, and what programs look for at the top of a site.
OTHERS = (*FILES, "/auth", "/oauth2callback", "/favicon.ico", "/robots.txt", "/.well-known")
_TELL_THEMSELVES = (
    "/component/",
    "/media/",
    f"{PREFIX}/",
    f"{API}/",
)  # what is not there; the first two have documents
_AFTER = ".,;:!?)]}>'\"”’»"  # what stands behind an address in a sentence
_AMPERSAND = re.compile(rb"(^|&)(?:amp(?:;|%3B))+", re.IGNORECASE)  # as it stands in the source of a page
_TEXTS = {
    "nl": (
        "Deze pagina is er niet",
        "Kijk of het adres klopt, of begin op de eerste pagina.",
        "Naar de eerste pagina",
    ),
    "en": (
        "There is no such page",
        "See whether the address is right, or begin at the first page.",
        "To the first page",
    ),
}
_STYLE = (
    ":root { color-scheme: light dark } body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 36rem; "
    "margin: 18vh auto 0; padding: 0 1.2rem } h1 { font-size: 1.7rem }"
)


class SitePaths:
    """ASGI middleware: an address that is nearly that of a page is sent on with its query. Where there is nothing,
    Streamlit would show its first page, beside its own files too; here it is told that there is nothing."""

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, redirect, or answer that there is no such page."""
        answer = self._answer(scope)
        if answer is not None or not self._is_other(scope):
            await (answer or self._app)(scope, receive, send)
            return
        held = _WithoutFirstPage(send)
        await self._app(scope, receive, held)
        if held.stopped:
            await _none(Request(scope), self._base)(scope, receive, send)

    def _is_other(self, scope: Scope) -> bool:
        """Whether an address is no page's, and a document there can only be Streamlit's first page."""
        if scope["type"] != "http":
            return False
        path = inner_path(scope, self._base)
        return page_of(path) is None and not path.startswith(_TELL_THEMSELVES)

    def _answer(self, scope: Scope) -> Response | None:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return None
        path = inner_path(scope, self._base)
        if is_under(path, *OTHERS) or path.lstrip("/") in _root_files():
            return None
        query: bytes = scope.get("query_string", b"")
        mended = _AMPERSAND.sub(rb"\1", query)
        page = page_of(path)
        if page is None:
            return _none(Request(scope), self._base)
        if page == path.strip("/") and mended == query:
            return None
        return RedirectResponse(
            f"{self._base}/{page}" + (f"?{mended.decode('latin-1')}" if mended else ""), 308
        )


class _WithoutFirstPage:
    """A send that stops a document, which at such an address is Streamlit's first page, and lets all else through."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.stopped = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] in (200, 206):
            types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
            self.stopped = bool(types) and types[0].startswith(b"text/html")
        if not self.stopped:
            await self._send(message)


def page_of(path: str) -> str | None:
    """The page that an address means, whatever its capitals and the signs of a sentence behind it; None for none."""
    name = unquote(path).strip("/").strip().rstrip(_AFTER).strip("/").casefold()
    return name if name in PAGES else None


@cache
def _root_files() -> frozenset[str]:
    """Streamlit's own files that stand beside its index.html, such as its icon."""
    folder = Path(file_util.get_static_dir())
    return frozenset(path.name for path in folder.iterdir() if path.is_file() and path.name != "index.html")


def language_of(request: Request) -> str:
    """The language of an answer that is no page of the app: as the address asks, else the browser, else Dutch."""
    asked = request.query_params.get("lang", "")
    if asked in LANGUAGES:
        return asked
    accepted = re.findall(r"(?:^|,)\s*([a-z]{2})", request.headers.get("accept-language", "").lower())
    return next((each for each in accepted if each in LANGUAGES), LANGUAGES[0])


def _none(request: Request, base: str) -> Response:
    language = language_of(request)
    title, text, link = _TEXTS[language]
    headers = {"Cache-Control": "no-store"}
    words = tuple(map(html.escape, (title, text, link, TITLES[language])))
    first = html.escape(f"{base}/" + ("" if language == LANGUAGES[0] else f"?lang={language}"))
    page = (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width, initial-scale=1"><title>{words[0]} · {words[3]}</title><style>{_STYLE}</style>'
        f'</head><body><main><h1>{words[0]}</h1><p>{words[1]}</p><p><a href="{first}">{words[2]}</a></p></main>'
        "</body></html>"
    )
    return HTMLResponse(page, 404, headers)
