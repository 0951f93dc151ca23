"""The document of the map's frame, which runs the script that the page sends it: here it listens to that page alone.

streamlit-folium evaluates what any `streamlit:render` message brings, whoever sends it. A site that may frame our page
could send one of its own, and act as the visitor. So the document begins with a script of ours that drops every message
but those of its parent on this host.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from posixpath import normpath

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from hsc_geo.web.paths import inner_path
from hsc_geo.web.resource import Resource, answer

MAP_FRAME = "/component/streamlit_folium.st_folium"
# The first listener there is: those that come later do not hear of a message that it stops.
GUARD = (
    "addEventListener('message', (event) => {"
    " if (event.source !== parent || event.origin !== location.origin) event.stopImmediatePropagation();"
    " }, true);"
)


@cache
def guarded() -> Resource:
    """The frame's document as installed, with the guard before all other scripts."""
    page = (files("streamlit_folium") / "frontend" / "build" / "index.html").read_text(encoding="utf-8")
    found = re.search(r"<head[^>]*>", page)
    if found is None:
        raise RuntimeError("the document of streamlit-folium has no head: the map's frame cannot be guarded")
    return Resource(
        f"{page[: found.end()]}<script>{GUARD}</script>{page[found.end() :]}".encode(), "text/html"
    )


class GuardedFrame:
    """ASGI middleware: answers the frame's document with the guard in it; its other files are Streamlit's to answer."""

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._documents = (MAP_FRAME, f"{MAP_FRAME}/index.html")
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the document, pass all else on. A doubled slash or a dot in the path leads nowhere else: Streamlit
        resolves it to the same file, so it counts as the document here too."""
        if scope["type"] == "http" and self._is_document(inner_path(scope, self._base)):
            found: Response = answer(Request(scope), guarded(), immutable=False)
            await found(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    def _is_document(self, path: str) -> bool:
        return normpath(f"/{path.lstrip('/')}") in self._documents
