"""Security headers on every answer, and routes of Streamlit's that this app does not offer.

The content security policy depends on what an answer is: the document that Streamlit's program runs in, the
frame of streamlit-folium (which evaluates the map's script, so it alone may), or a file.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping

from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hsc_geo.web import identity
from hsc_geo.web.map_frame import MAP_FRAME
from hsc_geo.web.paths import API, FEED, FILES, inner_path, is_under
from hsc_geo.web.settings import Settings
from hsc_geo.web.site_paths import EMBED, page_of

Header = tuple[bytes, bytes]

UPLOAD = "/_stcore/upload_file"
STREAMLIT_METRICS = "/_stcore/metrics"
HOST_CONFIG = "/_stcore/host-config"
_OF_HOST = {
    "allowedOrigins": [],
    "blockErrorDialogs": True,
    "enableCustomParentMessages": False,
    "enforceDownloadInNewTab": False,
    "metricsUrl": "",
    "resourceCrossOriginMode": None,
    "useExternalAuthToken": False,
}
REFUSED = {UPLOAD: 403, "/_stcore/agent": 404, STREAMLIT_METRICS: 404}
_CLOSED_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
)


def document_policy(script_hashes: Iterable[str]) -> dict[str, str]:
    """The policy of the main document: own scripts only, and those inline ones whose hash is given.

    Each exception was tried in Chromium. `blob:` scripts: how Streamlit starts a component's own script;
    `blob:` images: saving a chart as PNG; `data:` fonts and inline styles: Streamlit's own. No `eval` is needed.
    """
    return {
        "default-src": "'self'",
        "script-src": " ".join(["'self'", "blob:", *script_hashes]),
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "frame-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
    }


def map_frame_policy() -> dict[str, str]:
    """The policy of streamlit-folium's frame, which evaluates the scripts that Python sends."""
    return {
        "default-src": "'none'",
        "script-src": "'self' 'unsafe-inline' 'unsafe-eval'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def file_policy() -> dict[str, str]:
    """The policy of files, data and errors: opened by themselves, they run and load nothing."""
    return {
        "default-src": "'none'",
        "style-src": "'unsafe-inline'",
        "img-src": "'self' data:",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def policy_text(policy: Mapping[str, str], embed_hosts: Iterable[str] = ()) -> str:
    """A policy as header value. Streamlit's frames are of this host, so 'self' may always frame."""
    ancestors = {"frame-ancestors": " ".join(["'self'", *embed_hosts])}
    return "; ".join(f"{name} {sources}" for name, sources in {**policy, **ancestors}.items())


def common_headers(settings: Settings, *, shared: bool = False) -> list[Header]:
    """The headers that every answer has, whatever it is; shared: whether other sites may read it."""
    closed = ", ".join(f"{feature}=()" for feature in _CLOSED_FEATURES)
    headers = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": closed,
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "cross-origin" if shared else "same-origin",
    }
    if settings.https:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return [_header(name, value) for name, value in headers.items()]


def _header(name: str, value: str) -> Header:
    return name.lower().encode(), value.encode("latin-1")


class SecurityHeaders:
    """ASGI middleware: sets the headers on whatever goes out; a socket's messages pass untouched."""

    def __init__(self, app: ASGIApp, *, settings: Settings, script_hashes: Iterable[str], base: str) -> None:
        self._app = app
        self._base = base
        self._common = common_headers(settings)
        self._shared = common_headers(settings, shared=True)
        self._secure = settings.https
        document, hosts = document_policy(script_hashes), settings.embed_hosts
        self._document, self._file = _policy(document), _policy(file_policy())
        # These alone may stand in a page of another host, and that only of those that the operator names.
        self._embedded, self._frame = _policy(document, hosts), _policy(map_frame_policy(), hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer through the inner app with our headers added; a failure becomes a plain 500 with them."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = inner_path(scope, self._base)
        common = self._shared if is_under(path, API, FEED) else self._common
        adding = _Adding(send, [*common, *self._of(path)], secure=self._secure)
        try:
            await self._app(scope, receive, adding)
        except Exception:
            if not adding.started:  # Starlette's own 500 is made outside of this layer
                await PlainTextResponse("Internal Server Error", 500)(scope, receive, adding)
            raise

    def _of(self, path: str) -> list[Header]:
        if is_under(path, MAP_FRAME):
            return self._frame
        page = page_of(path)
        if page == EMBED:
            return self._embedded
        return self._file if is_under(path, *FILES) or page is None else self._document


def _policy(policy: Mapping[str, str], hosts: Iterable[str] = ()) -> list[Header]:
    """The headers of a policy. The older of the two knows no list of hosts, so it stands only where there is none."""
    made = [_header("Content-Security-Policy", policy_text(policy, hosts))]
    return made if tuple(hosts) else [*made, _header("X-Frame-Options", "SAMEORIGIN")]


class _Adding:
    """A send that sets headers on the start of an answer, in the place of any of the same name. secure: cookies go over
    https alone."""

    def __init__(self, send: Send, headers: list[Header], *, secure: bool) -> None:
        self._send = send
        self._secure = secure
        self._headers = headers
        self._names = {name for name, _ in headers}
        self.started = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            kept = [pair for pair in message.get("headers", []) if pair[0].lower() not in self._names]
            kept = (
                [
                    (name, _for_https(value)) if name.lower() == b"set-cookie" else (name, value)
                    for name, value in kept
                ]
                if self._secure
                else kept
            )
            message = {**message, "headers": [*kept, *self._headers]}
        await self._send(message)


def _for_https(cookie: bytes) -> bytes:
    return cookie if b"; secure" in cookie.lower() else cookie + b"; Secure"


class HostConfig:
    """ASGI middleware: what Streamlit's program is told of the page around it. No page may command it, and it opens no
    dialog of its own (in English) when the connection is lost: the document tells that (`hsc_geo.web.document`)."""

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer this one path; pass all else on."""
        if scope["type"] == "http" and inner_path(scope, self._base) == HOST_CONFIG:
            await JSONResponse(_OF_HOST, headers={"Cache-Control": "no-cache"})(scope, receive, send)
        else:
            await self._app(scope, receive, send)


class Refuse:
    """ASGI middleware: the agent API is not offered, whatever Streamlit's settings say, Streamlit's metrics only with
    ours (`metrics`), uploads only to whoever is signed in as steward or administrator, and no tunnel (CONNECT)."""

    def __init__(self, app: ASGIApp, *, base: str, metrics: bool = False) -> None:
        self._app = app
        self._base = base
        self._refused = {
            path: status for path, status in REFUSED.items() if path != STREAMLIT_METRICS or not metrics
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a refused path with its status; pass all else on."""
        status = self._status(scope)
        if status is None or (status == REFUSED[UPLOAD] and await _may_upload(scope)):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Not offered here", status)(scope, receive, send)

    def _status(self, scope: Scope) -> int | None:
        if scope["type"] != "http":
            return None
        if scope["method"] == "CONNECT":  # a good answer to it would end HTTP on this connection
            return 405
        path = inner_path(scope, self._base)
        return next((status for prefix, status in self._refused.items() if is_under(path, prefix)), None)


async def _may_upload(scope: Scope) -> bool:
    return await asyncio.to_thread(identity.may_upload, scope)
