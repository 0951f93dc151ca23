"""The server's own layers around a small stand-in for Streamlit, so that each test can choose its settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocket, WebSocketDisconnect
from streamlit import config
from streamlit.web.server.starlette.starlette_app import create_streamlit_middleware
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from hsc_geo.data.load import Package
from hsc_geo.web import register as web_register
from hsc_geo.web.server import parts
from hsc_geo.web.settings import Settings

Build = Callable[..., TestClient]


@pytest.fixture(scope="session")
def package() -> Package:
    """The committed data."""
    return web_register.package()


@pytest.fixture
def build(package: Package, tmp_path: Path) -> Iterator[Build]:
    """Makes a client of the server for settings given by name, and for a base path."""
    clients: list[TestClient] = []
    config.get_option("server.baseUrlPath")  # reads the settings now, so that what is set below stays

    def make(base: str = "", **chosen: object) -> TestClient:
        config.set_option("server.baseUrlPath", base)
        settings = Settings(**{"tile_cache": tmp_path / "tiles", "tiles": False, **chosen})  # type: ignore[arg-type]
        client = TestClient(_app(settings, base), raise_server_exceptions=False)
        clients.append(client.__enter__())
        return client

    yield make
    for client in clients:
        client.__exit__(None, None, None)
    config.set_option("server.baseUrlPath", "")


@pytest.fixture
def client(build: Build) -> TestClient:
    """A client of the server with default settings and no background map."""
    return build()


def _app(settings: Settings, base: str) -> Starlette:
    server = parts(settings)
    return Starlette(
        routes=[*server.routes, *_stand_ins(base), *create_streamlit_static_assets_routes(base)],
        middleware=[*server.middleware, *create_streamlit_middleware()],
        lifespan=server.lifespan,
    )


def _stand_ins(base: str) -> list[BaseRoute]:
    """What Streamlit's runtime answers, as far as the layers around it must let it through or stop it."""
    return [
        Route(f"{base}/component/{{rest:path}}", _component),
        Route(f"{base}/media/{{name}}", _media),
        Route(f"{base}/_stcore/fails", _fails),
        Route(f"{base}/_stcore/cookie", _cookie),
        Route(
            f"{base}/_stcore/upload_file/{{session}}/{{file}}", _reached, methods=["PUT", "DELETE", "OPTIONS"]
        ),
        Route(f"{base}/_stcore/agent/interact", _reached, methods=["POST"]),
        Route(f"{base}/_stcore/flow", _flow),
        WebSocketRoute(f"{base}/_stcore/stream", _echo),
    ]


async def _component(request: Request) -> HTMLResponse:
    return HTMLResponse("<html lang='en'><title>A component</title></html>")


async def _media(request: Request) -> PlainTextResponse:
    return PlainTextResponse(
        "a,b\n1,2\n", headers={"X-Frame-Options": "ALLOWALL", "Referrer-Policy": "unsafe-url"}
    )


async def _fails(request: Request) -> PlainTextResponse:
    raise RuntimeError("a secret of the server")


async def _cookie(request: Request) -> PlainTextResponse:
    response = PlainTextResponse("set")
    response.set_cookie("a", "b")
    return response


async def _reached(request: Request) -> PlainTextResponse:
    return PlainTextResponse("reached")


async def _flow(request: Request) -> StreamingResponse:
    async def pieces() -> AsyncIterator[str]:
        yield "one "
        yield "two"

    return StreamingResponse(pieces(), media_type="text/plain")


async def _echo(socket: WebSocket) -> None:
    await socket.accept()
    with suppress(WebSocketDisconnect):
        await socket.send_bytes(b"heard " + await socket.receive_bytes())
        await socket.close()
