"""Our page in a page of another site, with three origins: an allowed site, a stranger, and ours."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Frame, Page

from tests.browser import serving
from tests.browser.profiles import POLLING
from tests.browser.serving import Site
from tests.browser.visiting import MAP, PATIENCE, PROPOSE, REVIEW

EMBED = "insluiten"
ALLOWED, STRANGER = "https://www.allowed.example", "https://www.stranger.example"
MAP_FRAME = "component/streamlit_folium.st_folium/index.html"
# The message that makes streamlit-folium run a script, sent to every frame that a page can reach.
ATTACK = """() => {
  const args = { script: "window.taken = true;", html: "", header: "", id: "x", return_on_hover: false, defaults: {} };
  const reach = (frame) => {
    frame.postMessage({ isStreamlitMessage: true, type: "streamlit:render", args, theme: {}, disabled: false }, "*");
    for (let i = 0; i < frame.length; i += 1) reach(frame[i]);
  };
  for (let i = 0; i < frames.length; i += 1) reach(frames[i]);
}"""
# Keeps whose messages a listener hears that comes after those of the document itself.
LISTEN = """window.heard = [];
addEventListener("DOMContentLoaded", () => addEventListener("message", (event) => window.heard.push(event.origin)));"""


@pytest.fixture(scope="module")
def more_arguments() -> tuple[str, ...]:
    """Made-up sites outside may frame one on the loopback; by itself Chromium takes that for an attack."""
    return ("--disable-features=LocalNetworkAccessChecks",)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app as an operator runs it who lets one other site show it."""
    with serving.running(tmp_path_factory.mktemp("embedding"), HSC_EMBED_HOSTS=ALLOWED) as running:
        yield running


def framed(browser: Browser, site: Site, host: str, path: str) -> tuple[Page, Frame]:
    """A page of another host with ours in a frame, and that frame."""
    page = browser.new_context().new_page()
    page.add_init_script(LISTEN)
    html = f'<h1>x</h1><iframe src="{site.url}/{path}" width="700" height="600"></iframe>'
    page.route(f"{host}/**", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.goto(f"{host}/page")
    return page, page.frames[1]


@pytest.mark.parametrize(
    ("host", "path"),
    [
        (ALLOWED, ""),
        (ALLOWED, MAP),
        (ALLOWED, REVIEW),
        (ALLOWED, PROPOSE),
        (STRANGER, EMBED),
        (STRANGER, MAP_FRAME),
    ],
)
def test_no_other_page_and_no_other_host_may_frame_us(
    browser: Browser, site: Site, host: str, path: str
) -> None:
    page, inside = framed(browser, site, host, path)
    assert site.url not in inside.url
    page.context.close()


def test_a_stranger_cannot_hide_behind_an_allowed_site(browser: Browser, site: Site) -> None:
    page, inside = framed(browser, site, ALLOWED, f"{EMBED}?embed=true")
    assert site.url in inside.url
    around = f'<iframe src="{ALLOWED}/page"></iframe>'
    page.route(f"{STRANGER}/**", lambda route: route.fulfill(body=around, content_type="text/html"))
    page.goto(f"{STRANGER}/page")
    assert [ALLOWED in frame.url for frame in page.frames].count(True) == 1
    assert not any(site.url in frame.url for frame in page.frames)
    page.context.close()


def test_an_allowed_site_can_show_the_map_and_cannot_command_it(browser: Browser, site: Site) -> None:
    page, inside = framed(browser, site, ALLOWED, f"{EMBED}?lang=en&embed=true")
    inside.frame_locator("iframe").locator("#map_div[data-ready=yes]").wait_for(timeout=PATIENCE)
    (of_map,) = [frame for frame in page.frames if MAP_FRAME in frame.url]
    drawn = of_map.locator(".leaflet-hsc-areas-pane path")
    areas = drawn.count()
    before = of_map.evaluate("heard.length")
    page.evaluate(ATTACK)
    stranger = (
        page.context.new_page()
    )  # a window of a third origin reaches the frames of the page that it opened
    stranger.route(f"{STRANGER}/**", lambda route: route.fulfill(body="<h1>y</h1>", content_type="text/html"))
    stranger.goto(f"{STRANGER}/page")
    page.evaluate(ATTACK)
    inside.evaluate("frames[0].postMessage({ type: 'of our own page' }, '*')")  # this one comes through
    of_map.wait_for_function(f"heard.length > {before}", polling=POLLING)
    assert set(of_map.evaluate("heard")) == {site.url}
    assert of_map.evaluate("window.taken") is None
    assert drawn.count() == areas
    page.context.close()


def test_framed_by_itself_the_map_runs_nothing_that_the_site_around_it_sends(
    browser: Browser, site: Site
) -> None:
    page, inside = framed(browser, site, ALLOWED, MAP_FRAME)
    inside.wait_for_load_state()
    assert MAP_FRAME in inside.url
    for _ in range(3):
        page.evaluate(ATTACK)
    inside.evaluate("parent.postMessage('x', '*')")
    page.wait_for_function("heard.includes('null') || heard.length > 0", polling=POLLING)
    assert inside.evaluate("heard") == []
    assert inside.evaluate("window.taken") is None
    page.context.close()
