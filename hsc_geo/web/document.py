"""The page that Streamlit's program starts in: its index.html with our language, title and message.

Streamlit's file itself stays as installed; a changed copy is kept in memory and answered in its place.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import parse_qs

from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from hsc_geo.data.municipality import Municipality
from hsc_geo.web.paths import FILES, inner_path, is_under
from hsc_geo.web.resource import REVALIDATE, Resource

LANGUAGES = ("nl", "en")
TITLES = {"nl": "Gezonde samenleving op de kaart", "en": "Healthy society on the map"}
DESCRIPTIONS = {
    "nl": "Wat er per wijk bekend is aan initiatieven voor gezondheid, naast de cijfers: wat werkt al, "
    "waar kunnen we samenwerken en wie ontbreekt nog.",
    "en": "Known health initiatives by district, beside the figures: what already works, where to join "
    "forces and who is still missing.",
}
COMING = {
    "nl": "De pagina komt eraan. Met een trage verbinding duurt dat een halve minuut.",
    "en": "The page is on its way. On a slow connection that takes half a minute.",
}
LOST = {
    "nl": (
        "Geen verbinding met de server",
        "Kijk of je internet werkt en laad de pagina opnieuw. Lukt het niet, probeer dan een ander netwerk: sommige "
        "netwerken houden deze soort verbinding (WebSocket) tegen.",
        "Opnieuw laden",
    ),
    "en": (
        "No connection to the server",
        "See whether your internet works, and load the page again. If that does not help, try another network: some "
        "stop this kind of connection (WebSocket).",
        "Load again",
    ),
}
WRITE_TO = {"nl": "Blijft het zo, mail dan naar {}.", "en": "If it stays so, write to {}."}
NOSCRIPT = (
    '<p lang="nl">Deze kaart heeft JavaScript nodig. Zet het aan in je browser en laad de pagina opnieuw.</p>'
    '<p lang="en">This map needs JavaScript. Switch it on in your browser and load the page again.</p>'
)

# Seen before Streamlit's program is there, which takes 600 kB: over where that draws its page, and without its styles.
_COMING_STYLE = (
    "#hsc-coming { color-scheme: light dark; position: fixed; inset: 0; z-index: 1; padding: 18vh 1.2rem 0; "
    "background: Canvas; color: CanvasText; font: 1.1rem/1.5 system-ui, sans-serif } "
    "#hsc-coming > * { max-width: 38rem; margin: 0 auto 0.7rem } #hsc-coming strong { font-size: 1.7rem } "
    "#hsc-lost { color-scheme: light dark; position: fixed; inset: auto 0 0; z-index: 1000000; padding: 0.8rem 1.2rem; "
    "background: Canvas; color: CanvasText; border-top: 4px solid #b3400a; font: 1rem/1.45 system-ui, sans-serif } "
    "#hsc-lost[hidden] { display: none } #hsc-lost p { max-width: 60rem; margin: 0 auto 0.3rem }"
)
# What this page hears from its server is all that tells that there is one. Streamlit tries again by itself; when
# nothing was heard for so long, people are told.
_LOST_AFTER = 7000  # milliseconds
_STEADY = 1500  # milliseconds: so long it has to stay open, where nothing is to be said
_LOST_SCRIPT = f"""(() => {{
      let timer = 0;
      const say = (lost) => {{ document.getElementById("hsc-lost").hidden = !lost; }};
      const wait = () => {{ timer = timer || setTimeout(say, {_LOST_AFTER}, true); }};
      const heard = () => {{ clearTimeout(timer); timer = 0; say(false); }};
      window.WebSocket = class extends window.WebSocket {{
        constructor(...address) {{
          super(...address);
          wait();
          let steady = 0;
          this.addEventListener("message", heard);
          this.addEventListener("open", () => {{ steady = setTimeout(heard, {_STEADY}); }});
          this.addEventListener("close", () => {{ clearTimeout(steady); wait(); }});
        }}
      }};
    }})()"""
# It goes when there is something to read of the page itself.
_COMING_SCRIPT = """(() => {
      const drawn = ".stMain :is(h1, iframe, [data-testid=stAlert], .hsc-footer)";
      const root = document.getElementById("root");
      const look = new MutationObserver(() => {
        if (!root.querySelector(drawn)) return;
        look.disconnect();
        document.getElementById("hsc-coming").remove();
      });
      look.observe(root, { childList: true, subtree: true });
    })()"""

# A conditional, partial or compressed answer cannot be replaced, so the inner app is not asked for one.
_HEADERS_HELD_BACK = {b"if-none-match", b"if-modified-since", b"range", b"if-range", b"accept-encoding"}
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", re.DOTALL)


def language_of(query_string: bytes) -> str:
    """The language that a query asks for by `lang`: nl, unless it says en."""
    asked = parse_qs(query_string.decode("latin-1")).get("lang", [LANGUAGES[0]])[-1]
    return asked if asked in LANGUAGES else LANGUAGES[0]


@cache
def document(language: str, place: str = "", base: str = "", mailbox: str = "") -> Resource:
    """Streamlit's index.html in a language; `place` (a municipality's name) comes after the title, and `mailbox` is
    where one can write when there is no connection."""
    return Resource(localised(installed_index(), language, place, base, mailbox).encode(), "text/html")


def installed_index() -> str:
    """The index.html of the installed Streamlit, as it is."""
    return (Path(file_util.get_static_dir()) / "index.html").read_text(encoding="utf-8")


def localised(page: str, language: str, place: str = "", base: str = "", mailbox: str = "") -> str:
    """An index.html with language, title, description and no-script message set, and the server's address.

    What this does not find in the page it leaves alone, so that a newer Streamlit still works.
    """
    changes = (
        (r'<html lang="[^"]*">', f'<html lang="{language}">'),
        (r"<title>.*?</title>", _head(language, place, base)),
        (r"<noscript>.*?</noscript>", f"<noscript>{NOSCRIPT}</noscript>"),
        (
            r'<link\s+rel="preload"\s[^>]*as="font"[^>]*>\s*',
            "",
        ),  # the text comes first, its font when it is drawn
        (r'<div id="root"></div>', f'<div id="root"></div>\n    {_coming(language, mailbox)}'),
        (r'<!--(?:(?!-->).)*RFC 8631(?:(?!-->).)*-->\s*<link rel="service-desc"[^>]*>\s*', ""),
    )
    for pattern, replacement in changes:
        page = _replaced(page, pattern, replacement)
    return _styles_first(page)


def _coming(language: str, mailbox: str) -> str:
    """What stands there until the page does, and what is said when the connection is not there."""
    texts = (
        f"<p><strong>{TITLES[language]}</strong></p>",
        f"<p>{DESCRIPTIONS[language]}</p>",
        f"<p>{COMING[language]}</p>",
    )
    title, help_, again = LOST[language]
    write = f" {WRITE_TO[language].format(html.escape(mailbox))}" if mailbox else ""
    lost = (
        f'<div id="hsc-lost" role="alert" hidden><p><strong>{title}</strong></p><p>{help_}{write}</p>'
        f'<p><a href="">{again}</a></p></div>'
    )
    coming = f'<div id="hsc-coming">{"".join(texts)}</div>\n    <script>{_COMING_SCRIPT}</script>'
    return f"{coming}\n    {lost}\n    <script>{_LOST_SCRIPT}</script>"


def _styles_first(page: str) -> str:
    """Streamlit's styles are asked for before its scripts: nothing is painted without them."""
    found = re.search(r'<link rel="stylesheet"[^>]*>', page)
    if not found or "<title>" not in page:
        return page
    rest = page.replace(found[0], "", 1)
    return rest.replace("<title>", f"{found[0]}\n    <title>", 1)


def _replaced(page: str, pattern: str, replacement: str) -> str:
    return re.sub(pattern, lambda _: replacement, page, count=1, flags=re.DOTALL)


def _head(language: str, place: str, base: str) -> str:
    title = f"{TITLES[language]} · {place}" if place else TITLES[language]
    description = html.escape(DESCRIPTIONS[language])
    return (
        f'<title>{html.escape(title)}</title>\n    <meta name="description" content="{description}">\n'
        f"    <style>{_COMING_STYLE}</style>\n    <script>{_address_script(base)}</script>"
    )


def _address_script(base: str) -> str:
    """Tells Streamlit's program where its server is; else it tries below the page's address first, which
    costs two requests and two errors in the console on every page but the first."""
    path = json.dumps(base + "/").replace("<", "\\u003c")
    return f"window.__streamlit = {{BACKEND_BASE_URL: window.location.origin + {path}}}"


def inline_script_hashes(page: str) -> tuple[str, ...]:
    """The content security policy's source for each inline script of a page, in order."""
    return tuple(_hash_source(match[1]) for match in _INLINE_SCRIPT.finditer(_without_comments(page)))


def _hash_source(script: str) -> str:
    digest = hashlib.sha256(script.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _without_comments(page: str) -> str:
    return re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL)


class LocalisedDocument:
    """ASGI middleware: wherever Streamlit would answer its index.html, ours is answered."""

    def __init__(self, app: ASGIApp, *, base: str, here: Callable[[], Municipality | None]) -> None:
        self._app = app
        self._base = base
        self._here = here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; of a page's address, replace a whole HTML answer."""
        if not self._may_be_document(scope):
            await self._app(scope, receive, send)
            return
        here, language = self._here(), language_of(scope.get("query_string", b""))
        name, mailbox = (here.name, here.mailbox) if here else ("", "")
        resource = document(language, name, self._base, mailbox)
        held = [pair for pair in scope["headers"] if pair[0].lower() not in _HEADERS_HELD_BACK]
        zipped = resource.zipped if b"gzip" in dict(scope["headers"]).get(b"accept-encoding", b"") else None
        replacing = _Replacing(send, resource.body, zipped, head_only=scope["method"] == "HEAD")
        await self._app({**scope, "headers": held}, receive, replacing)

    def _may_be_document(self, scope: Scope) -> bool:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return False
        return not is_under(inner_path(scope, self._base), *FILES)


class _Replacing:
    """A send that puts a body, `zipped` where that is given, in the place of a whole HTML answer and lets all else
    through."""

    def __init__(self, send: Send, body: bytes, zipped: bytes | None, *, head_only: bool) -> None:
        self._send = send
        self._zipped = zipped is not None
        self._whole = body if zipped is None else zipped
        self._body = b"" if head_only else self._whole
        self._replaced = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_whole_html(message):
            self._replaced = True
            await self._send({**message, "headers": self._headers()})
            await self._send({"type": "http.response.body", "body": self._body})
        elif not self._replaced:
            await self._send(message)

    def _headers(self) -> list[tuple[bytes, bytes]]:
        encoding = [(b"content-encoding", b"gzip")] if self._zipped else []
        return [
            (b"content-type", b"text/html; charset=utf-8"),
            (b"content-length", str(len(self._whole)).encode()),
            (b"cache-control", REVALIDATE.encode()),
            (b"vary", b"Accept-Encoding"),
            *encoding,
        ]


def _is_whole_html(message: Message) -> bool:
    types = [value for name, value in message["headers"] if name.lower() == b"content-type"]
    return message["status"] == 200 and bool(types) and types[0].startswith(b"text/html")
