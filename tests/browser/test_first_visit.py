"""A first visit over a slow line (400 kbit/s): a word at once, and no more bytes than come in half a minute."""

from __future__ import annotations

from playwright.sync_api import Page

from hsc_geo.web.assets import MADE_FOLDER
from hsc_geo.web.document import COMING, TITLES
from tests.browser.visiting import MAP, NARROW, Arrivals

BYTES_A_SECOND = 400_000 // 8
WORD = 5  # seconds
CARRYING = 30 - 4  # seconds; in the others the browser or the server works, and nothing comes
SLOW = {
    "offline": False,
    "latency": 100,
    "downloadThroughput": BYTES_A_SECOND,
    "uploadThroughput": BYTES_A_SECOND,
}
PAINTED = """() => {
  const told = performance.getEntriesByName("first-contentful-paint")[0];
  return told && { after: told.startTime / 1000, text: document.body.innerText };
}"""
# Icons that are not drawn as one sign, as wide as high, but as the letters of their name.
SPELLED = """async (names) => {
  await document.fonts.load("20px 'Material Symbols Rounded'");
  return names.filter((name) => {
    const icon = document.createElement("span");
    icon.style.cssText = "position: absolute; white-space: nowrap; font: 20px 'Material Symbols Rounded'";
    icon.textContent = name;
    document.body.append(icon);
    const wide = icon.getBoundingClientRect().width;
    icon.remove();
    return Math.abs(wide - 20) > 0.5;
  });
}"""


def test_a_word_of_what_is_coming_stands_there_in_the_language_of_the_page(arrive: Arrivals) -> None:
    visit = arrive(NARROW, first_time=True)
    visit.page.context.new_cdp_session(visit.page).send("Network.emulateNetworkConditions", SLOW)
    visit.page.goto(visit.address(MAP, lang="en"), wait_until="commit")
    painted = visit.page.wait_for_function(PAINTED).json_value()
    assert painted["after"] < WORD
    assert TITLES["en"] in painted["text"]
    assert COMING["en"] in painted["text"]


def test_the_map_is_there_with_what_half_a_minute_carries(arrive: Arrivals) -> None:
    """The word is gone then, no large font is fetched, and every icon that we may name is drawn."""
    visit = arrive(first_time=True)
    sent: list[int] = []
    _count(visit.page, sent)
    visit.go(MAP).map()
    assert sum(sent) < CARRYING * BYTES_A_SECOND
    assert COMING["nl"] not in visit.text()
    assert [url for url in visit.watch.asked if "/static/media/" in url] == []
    names = (MADE_FOLDER / "fonts" / "icons.txt").read_text(encoding="utf-8").split()
    assert visit.page.evaluate(SPELLED, names) == []
    assert visit.page.evaluate(SPELLED, ["no_such_icon"]) == ["no_such_icon"]


def _count(page: Page, sent: list[int]) -> None:
    """Count what comes over the line: answers as they were sent, and messages."""
    session = page.context.new_cdp_session(page)
    session.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    session.on(
        "Network.webSocketFrameReceived", lambda event: sent.append(len(event["response"]["payloadData"]))
    )
    session.send("Network.enable")
