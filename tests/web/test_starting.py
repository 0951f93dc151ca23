"""A server that warms up: it says that it runs, and serves nobody before the work is done."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from hsc_geo.web.starting import ALIVE, WarmUp, WhenWarm


def client_of(warm_up: WarmUp, base: str = "") -> httpx.AsyncClient:
    async def here(_: Request) -> Response:
        return PlainTextResponse("here")

    inner = Starlette(routes=[Route("/{rest:path}", here)])
    app = WhenWarm(inner, warm_up=warm_up, base=base)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://site")


@pytest.mark.parametrize("base", ["", "/leiden"])
def test_only_whether_it_runs_is_answered_before_the_work_is_done(base: str) -> None:
    go_on = threading.Event()

    async def visit() -> None:
        warm_up = WarmUp(lambda: None if go_on.wait(20) else pytest.fail("nobody let it go on"))
        async with warm_up.going_on(), client_of(warm_up, base) as client:
            assert (await client.get(base + ALIVE)).text == "here"
            page = asyncio.create_task(client.get(f"{base}/kaart"))
            await asyncio.sleep(0.1)
            assert not page.done()
            go_on.set()
            assert (await page).text == "here"

    asyncio.run(visit())


def broken() -> None:
    raise RuntimeError("of the work")


@pytest.mark.parametrize("work", [lambda: None, broken])
def test_all_is_served_after_it_whether_it_went_well_or_not(
    work: Callable[[], None], caplog: pytest.LogCaptureFixture
) -> None:
    async def visit() -> None:
        warm_up = WarmUp(work)
        async with warm_up.going_on(), client_of(warm_up) as client:
            assert (await client.get("/")).text == "here"

    asyncio.run(visit())
    assert ("of the work" in caplog.text) == (work is broken)


def test_without_a_beginning_nobody_waits() -> None:
    async def visit() -> None:
        async with client_of(WarmUp(broken)) as client:
            assert (await client.get("/")).text == "here"

    asyncio.run(visit())


def test_what_comes_then_keeps_nobody_waiting() -> None:
    go_on = threading.Event()

    async def visit() -> None:
        warm_up = WarmUp(lambda: None, lambda: None if go_on.wait(20) else pytest.fail("nobody let it go on"))
        async with warm_up.going_on(), client_of(warm_up) as client:
            assert (await client.get("/kaart")).text == "here"
            go_on.set()

    asyncio.run(visit())
