"""Signing out by its route, however one comes there: the sign-in ends before the browser forgets its cookie."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Receive, Scope, Send

from hsc_geo.web import identity
from hsc_geo.web.paths import inner_path

LOGOUT = "/auth/logout"  # of Streamlit, which goes on to the provider from there


class EndSignIn:
    """ASGI middleware around Streamlit's route of signing out."""

    def __init__(self, app: ASGIApp, *, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """End what the cookie holds, if this is that route; then pass on."""
        if scope["type"] == "http" and inner_path(scope, self._base) == LOGOUT:
            await asyncio.to_thread(identity.end, identity.claims_of(scope))
        await self._app(scope, receive, send)
