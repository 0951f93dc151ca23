"""Who may open the socket, and what may be sent over it: pages of this host, and whole messages of Streamlit's program.

By itself Streamlit opens it for every page on this machine too, and answers what is no message or no origin with a
stack trace in the log, one for each that anybody sends. Here the socket is closed before they reach it, and the log
gets a line, a few a minute at most.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from google.protobuf.message import DecodeError
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import config
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.runtime.runtime_util import get_max_widget_state_size_bytes

from hsc_geo.web.log import Sparing

UNREADABLE, NO_TEXT, NOT_FROM_HERE, TOO_LARGE = 1002, 1003, 1008, 1009  # by RFC 6455, section 7.4.1
_NEVER = (
    None,
    "debug_disconnect_websocket",
    "debug_shutdown_runtime",
)  # the last two are for Streamlit's own tests

_LOGGER = logging.getLogger("hsc_geo.socket")
_LOGGER.addFilter(Sparing())


@dataclass(frozen=True)
class FrameFault:
    """Why a frame is refused, and the code that the socket is closed with."""

    code: int
    why: str


def frame_fault(message: Mapping[str, Any]) -> FrameFault | None:
    """What is wrong with a frame that was received; None when nothing is."""
    data = message.get("bytes")
    if data is None:
        return FrameFault(NO_TEXT, "it is text")
    most = get_max_widget_state_size_bytes()
    if len(data) > most:
        return FrameFault(TOO_LARGE, f"it has {len(data)} bytes, and at most {most} are taken")
    found = BackMsg()
    try:
        found.ParseFromString(data)
    except DecodeError:
        return FrameFault(UNREADABLE, "it cannot be read")
    return FrameFault(UNREADABLE, "it asks for nothing") if found.WhichOneof("type") in _NEVER else None


def is_foreign(headers: Mapping[bytes, bytes]) -> bool:
    """Whether a socket is asked for by a page of another origin than the host that is asked, or by what is no origin.
    Those that `server.corsAllowedOrigins` names are none. A program that names no origin is no page."""
    origin = headers.get(b"origin")
    if origin is None:
        return False
    told = origin.decode("latin-1")
    try:
        host = urlsplit(told).netloc
    except ValueError:
        return True
    named = config.get_option("server.corsAllowedOrigins") or ()
    return host.encode("latin-1") != headers.get(b"host") and told not in {each.strip() for each in named}


class SoundFrames:
    """ASGI middleware around Streamlit's socket."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on; a socket with a frame that is refused is closed, and to the inner app it is gone. For a page of
        elsewhere there is none."""
        if scope["type"] != "websocket":
            await self._app(scope, receive, send)
            return
        if is_foreign(dict(scope["headers"])):
            _LOGGER.warning("A socket was refused: it was asked for by a page of another origin")
            await send({"type": "websocket.close", "code": NOT_FROM_HERE})
            return
        guarded = _Guarded(receive, send)
        await self._app(scope, guarded.receive, guarded.send)


class _Guarded:
    """The two ends of one socket."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive = receive
        self._send = send
        self._closed = False

    async def receive(self) -> Message:
        """The next message, or that the other side is gone."""
        message = await self._receive()
        fault = frame_fault(message) if message["type"] == "websocket.receive" else None
        if fault is None:
            return message
        _LOGGER.warning("A frame on the socket was refused and the socket closed: %s", fault.why)
        self._closed = True
        await self._send({"type": "websocket.close", "code": fault.code})
        return {"type": "websocket.disconnect", "code": fault.code}

    async def send(self, message: Message) -> None:
        """Send on, until it is closed."""
        if not self._closed:
            await self._send(message)
