"""The first seconds of a server: it says at once that it runs, and serves when the data are there.

Whoever comes while they are read waits for that, as for a server that has not started yet. So nobody sees a page
without data. What only makes the first answers quicker comes after that, beside the first visitors.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from starlette.types import ASGIApp, Receive, Scope, Send

from hsc_geo.web.paths import inner_path

_LOGGER = logging.getLogger("hsc_geo")

ALIVE = "/_stcore/health"  # whether the process runs; `/hsc/health` tells whether it can do its work


class WarmUp:
    """Work to be done once, in a thread of its own, before anyone is served; and what can be done beside serving,
    after it. Nobody waits where it was never begun."""

    def __init__(self, work: Callable[[], None], then: Callable[[], None] = lambda: None) -> None:
        self._work = work
        self._then = then
        self._over = asyncio.Event()
        self._over.set()

    @asynccontextmanager
    async def going_on(self) -> AsyncIterator[None]:
        """Begin the work; leaving waits for its end. Work that fails is logged, and whoever waits is served."""
        self._over.clear()
        working = asyncio.create_task(self._do())
        yield
        await working

    async def over(self) -> None:
        """Wait until the work is done."""
        await self._over.wait()

    async def _do(self) -> None:
        try:
            await self._try(self._work, "The server could not warm up")
        finally:
            self._over.set()
        await self._try(self._then, "What is made beside the first visitors could not be made")

    async def _try(self, work: Callable[[], None], failed: str) -> None:
        try:
            await asyncio.to_thread(work)
        except Exception:
            _LOGGER.exception(failed)


class WhenWarm:
    """ASGI middleware: all but `ALIVE` waits until the server has warmed up."""

    def __init__(self, app: ASGIApp, *, warm_up: WarmUp, base: str) -> None:
        self._app = app
        self._warm_up = warm_up
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on, when it is time."""
        if scope["type"] != "lifespan" and inner_path(scope, self._base) != ALIVE:
            await self._warm_up.over()
        await self._app(scope, receive, send)
