"""Streamlit's own files as they go over a slow line: scripts and styles compressed, and smaller fonts.

Streamlit sends its files as they are, three times as large. What is made here is kept in memory from the first time
that it is asked for; all else is answered by Streamlit itself.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from streamlit import file_util

from hsc_geo.web.assets import asset_url, own_files
from hsc_geo.web.framework_words import in_language
from hsc_geo.web.paths import base_path, inner_path, is_under
from hsc_geo.web.resource import IMMUTABLE

PREFIX = "/static"
# Made by tools/fonts.py at set-up, and served beside our own files.
TEXT_FONT, ICON_FONT = "fonts/sans.woff2", "fonts/icons.woff2"
# The signs in the font of text, for tools/fonts.py too, and the others for which a browser fetches Streamlit's own.
TEXT_RANGE = (
    "U+20-7E,U+A0-17F,U+2010-201E,U+2020-2023,U+2026,U+2030,U+2032-2033,U+2039-203A,U+2044,U+20AC,U+2122,U+2190-2193,U+2212,U+221E,"
    "U+2248,U+2260,U+2264-2265,U+25A0,U+25AC,U+25B2,U+25BC,U+25C6,U+25CF"
)
OTHER_RANGE = "U+180-21BF,U+2200-27FF,U+A720-FB06"
_MEDIA_TYPES = {".js": "text/javascript", ".css": "text/css"}
_TEXT_FACE = re.compile(r"@font-face\{font-family:Source Sans;[^}]*font-style:normal;[^}]*\}")
_ICONS = re.compile(r"url\([^)]*/MaterialSymbols-Rounded\.[^)]*\)")


class SmallBundle:
    """ASGI middleware: answers Streamlit's scripts and styles, asked for whole by a browser that takes gzip."""

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a file that is made smaller here; pass all else on."""
        name = self._name(scope)
        found = await run_in_threadpool(_smaller, name) if name else None
        await (found or self._app)(scope, receive, send)

    def _name(self, scope: Scope) -> str:
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
            return ""
        headers = dict(scope["headers"])
        if b"gzip" not in headers.get(b"accept-encoding", b"") or b"range" in headers:
            return ""
        path = inner_path(scope, self._base)
        return path.removeprefix(f"{PREFIX}/") if is_under(path, PREFIX) else ""


def _smaller(name: str) -> Response | None:
    media_type = _MEDIA_TYPES.get(Path(name).suffix)
    if media_type is None or name not in _bundled():
        return None
    headers = {"Cache-Control": IMMUTABLE, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
    return Response(_zipped(name), media_type=media_type, headers=headers)


@cache
def _bundled() -> frozenset[str]:
    """The names of Streamlit's files; a name that is not among them does not reach the disk."""
    folder = _folder()
    return frozenset(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@cache
def _zipped(name: str) -> bytes:
    text = (_folder() / name).read_text(encoding="utf-8")
    if name.endswith(".css") and {TEXT_FONT, ICON_FONT} <= own_files().keys():
        text = with_small_fonts(text)
    text = in_language(name, text)
    return gzip.compress(text.encode(), compresslevel=9, mtime=0)


def with_small_fonts(styles: str) -> str:
    """Streamlit's styles with our fonts, and text that is read before its font has come. A newer Streamlit's that
    names them in another way stay as they are."""
    styles = _ICONS.sub(f'url("{_from_styles(ICON_FONT)}")', styles)
    small = (
        "@font-face{font-family:Source Sans;font-weight:100 900;font-style:normal;font-display:swap;"
        f'src:url("{_from_styles(TEXT_FONT)}")format("woff2");unicode-range:{TEXT_RANGE}}}'
    )
    return _TEXT_FACE.sub(lambda found: f"{found[0][:-1]};unicode-range:{OTHER_RANGE}}}{small}", styles)


def _from_styles(name: str) -> str:
    """The address of one of our own files as it is from `/static/css/`, whatever path the app is served under."""
    return f"../..{asset_url(name).removeprefix(base_path())}"


def _folder() -> Path:
    return Path(file_util.get_static_dir()) / "static"
