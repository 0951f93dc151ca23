"""What stands before several servers: one address, and behind it the server that the test chooses for newcomers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.browser.serving import HOST, Site

_PIECE = 65_536  # bytes


@dataclass
class Front:
    """Listens on a port and passes on, byte by byte. A connection stays with the server that it began with."""

    port: int
    behind: Site | None = None

    def as_site(self, server: Site) -> Site:
        """A server as it is reached through here, once it is the one behind."""
        return replace(server, url=f"http://{HOST}:{self.port}")

    async def pass_on(self, here: asyncio.StreamReader, out: asyncio.StreamWriter) -> None:
        """One connection."""
        assert self.behind is not None
        there, into = await asyncio.open_connection(HOST, int(self.behind.url.rpartition(":")[2]))
        await asyncio.gather(_pump(here, into), _pump(there, out))

    @contextmanager
    def listening(self) -> Iterator[None]:
        """In a thread of its own."""
        ready, over = threading.Event(), threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(self._serve(ready, over)))
        thread.start()
        ready.wait()
        try:
            yield
        finally:
            over.set()
            thread.join()

    async def _serve(self, ready: threading.Event, over: threading.Event) -> None:
        server = await asyncio.start_server(self.pass_on, HOST, self.port)
        ready.set()
        await asyncio.to_thread(over.wait)
        server.close()


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    try:
        while piece := await source.read(_PIECE):
            target.write(piece)
            await target.drain()
    except ConnectionError:
        pass
    finally:
        target.close()
