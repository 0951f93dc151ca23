"""A connection that never comes, or goes: said in the language of the page, and taken back when it is there again."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, WebSocketRoute, expect

from hsc_geo.web.document import LOST
from tests.browser.serving import Site
from tests.browser.visiting import LANGUAGES, MAP

SOON = 10_000  # milliseconds within which it must be said
EVERY = re.compile(".*")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page that is not watched: Streamlit's program writes into the console that it finds no server."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_network_that_stops_sockets_is_told(page: Page, site: Site, language: str) -> None:
    page.route_web_socket(EVERY, lambda socket: socket.close(code=1011))
    page.goto(f"{site.url}/{MAP}?lang={language}")
    told = page.get_by_role("alert").filter(has_text=LOST[language][0])
    expect(told).to_be_visible(timeout=SOON)
    expect(told.get_by_role("link")).to_have_text(LOST[language][2])


def test_a_connection_that_goes_is_told_until_it_is_back(page: Page, site: Site) -> None:
    sockets: list[WebSocketRoute] = []
    blocked: list[bool] = []

    def between(socket: WebSocketRoute) -> None:
        if blocked:
            socket.close(code=1011)
        else:
            sockets.append(socket)
            socket.connect_to_server()

    page.route_web_socket(EVERY, between)
    page.goto(f"{site.url}/{MAP}?lang=nl")
    expect(page.locator(".hsc-footer")).to_be_attached()
    told = page.locator("#hsc-lost")
    expect(told).to_be_hidden()
    blocked.append(True)
    sockets[-1].close(code=1011)
    expect(told).to_be_visible(timeout=SOON)
    assert "Streamlit" not in page.locator("body").inner_text()
    blocked.clear()
    expect(told).to_be_hidden(timeout=60_000)
