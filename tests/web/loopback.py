"""A small tile server on the loopback whose answers a test chooses, faults included."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise

from hsc_geo.web.tiles import TRANSPARENT

Answer = Callable[[BaseHTTPRequestHandler], None]


class TileServer(ThreadingHTTPServer):
    """Counts what it is asked, and how much of it at one time."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.answer: Answer = good
        self.asked: list[str] = []
        self.at_once = 0
        self.most_at_once = 0
        self.lock = threading.Lock()

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    @property
    def template(self) -> str:
        return self.host + "/{z}/{x}/{y}.png"


class _Handler(BaseHTTPRequestHandler):
    server: TileServer

    def do_GET(self) -> None:
        server = self.server
        self.waiting = True
        with server.lock:
            server.asked.append(self.path)
            server.at_once += 1
            server.most_at_once = max(server.most_at_once, server.at_once)
        try:
            server.answer(self)
        except (BrokenPipeError, ConnectionResetError):
            pass
        finally:
            self.served()

    def served(self) -> None:
        """It waits no more. Told before the last byte leaves: who has that may ask the next at once."""
        with self.server.lock:
            self.server.at_once -= self.waiting
        self.waiting = False

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def tile_server() -> Iterator[TileServer]:
    server = TileServer()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def respond(handler: BaseHTTPRequestHandler, status: int, headers: dict[str, str], body: bytes) -> None:
    handler.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def image(body: bytes, kind: str = "image/png", **headers: str) -> Answer:
    return lambda handler: respond(handler, 200, {"Content-Type": kind, **headers}, body)


def status(code: int, **headers: str) -> Answer:
    return lambda handler: respond(handler, code, headers, b"no")


def good(handler: BaseHTTPRequestHandler) -> None:
    image(TRANSPARENT)(handler)


def after(seconds: float) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(seconds)
        assert isinstance(handler, _Handler)
        handler.served()
        good(handler)

    return answer


def drip(handler: BaseHTTPRequestHandler) -> None:
    """A good tile, a byte at a time: each read is in time, the whole is not."""
    handler.send_response(200)
    handler.send_header("Content-Type", "image/png")
    handler.send_header("Content-Length", str(len(TRANSPARENT)))
    handler.end_headers()
    for first, last in pairwise(range(len(TRANSPARENT) + 1)):
        handler.wfile.write(TRANSPARENT[first:last])
        handler.wfile.flush()
        time.sleep(0.05)
