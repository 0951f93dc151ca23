"""One server and one browser for all tests in a browser, a visitor per test; each visit is watched to its end."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium, serving
from tests.browser.pictures import tile_picture
from tests.browser.profiles import HeldBrowser
from tests.browser.serving import Site
from tests.browser.visiting import Arrivals
from tests.register.servers import new_server
from tests.web import loopback
from tests.web.loopback import TileServer

_BROWSER = HeldBrowser()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Iterator[None]:
    """Mark what stands here before -m chooses; without a browser, one of the chosen tests fails for all."""
    for item in items:
        if _stands_here(item):
            item.add_marker("browser")
    yield
    if any(map(_stands_here, items)) and not chromium.is_there():
        others = [item for item in items if _stands_here(item)][1:]
        config.hook.pytest_deselected(items=others)
        items[:] = [item for item in items if item not in others]


def _stands_here(item: pytest.Item) -> bool:
    return Path(__file__).parent in item.path.parents


@pytest.fixture(scope="session")
def tile_service() -> Iterator[TileServer]:
    """A tile service on the loopback with one picture for all tiles."""
    with loopback.tile_server() as server:
        server.answer = loopback.image(tile_picture())
        yield server


@pytest.fixture(scope="session")
def site(tile_service: TileServer, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app with the committed data and a background map; at the end it may not have told of an error."""
    with serving.running(tmp_path_factory.mktemp("site"), tiles=tile_service.template) as running:
        yield running
        assert "Traceback" not in running.told(), running.told()[-5000:]


@pytest.fixture(scope="module")
def database() -> Iterator[str]:
    """The address of an empty database of a PostgreSQL of our own, for servers that share a register."""
    server = new_server()
    server.start()
    server.sql("CREATE DATABASE shared TEMPLATE template0")
    yield server.url("shared")
    server.stop()
    shutil.rmtree(server.folder)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """End the browser where the next test is not one of these."""
    found = yield
    if nextitem is None or not _stands_here(nextitem):
        _BROWSER.stop()
    return found


@pytest.fixture(scope="session")
def more_arguments() -> tuple[str, ...]:
    """What Chromium is told beside the usual; a file can have its own."""
    return ()


@pytest.fixture
def browser(request: pytest.FixtureRequest) -> Browser:
    """The browser itself, for what is no watched visit to one site."""
    return _BROWSER.profiles(*request.getfixturevalue("more_arguments")).browser


@pytest.fixture(scope="module")
def come(request: pytest.FixtureRequest) -> Iterator[Arrivals]:
    """Makes visitors who stay for all tests of a file; at the end nothing may have gone wrong behind any page."""
    yield from _arrivals(request)


@pytest.fixture
def arrive(request: pytest.FixtureRequest) -> Iterator[Arrivals]:
    """Makes visitors of `site`, or of the site given; at the end nothing may have gone wrong behind any page."""
    yield from _arrivals(request)


def _arrivals(request: pytest.FixtureRequest) -> Iterator[Arrivals]:
    profiles = _BROWSER.profiles(*request.getfixturevalue("more_arguments"))
    arrivals = Arrivals(profiles, lambda: request.getfixturevalue("site"))
    yield arrivals
    faults = arrivals.close()
    assert not faults, "\n".join(faults)
