"""A visitor: one page in a profile of the browser, and what a person does and sees on it.

Nothing here waits for a time: what is done on the screen is waited for until Streamlit has run through and the
elements are no longer stale; what follows later is asked for until it is so.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from playwright.sync_api import TimeoutError as Waited

from tests.browser.drawn import MapOnScreen
from tests.browser.profiles import PATIENCE, POLLING, Profile, Profiles
from tests.browser.serving import Site
from tests.browser.watching import Watch

WIDE, NARROW = (1280, 900), (390, 844)
SIZES = (WIDE, NARROW)
START, MAP, COVERAGE, PROFILE, PARTNERS = "", "kaart", "dekking", "wijkprofiel", "partners"
PROPOSE, REVIEW, BRIEF, DATA = "aanmelden", "beheer", "stuk", "data"
RESEARCH, CHANGES = "onderzoek", "veranderd"
PAGES = (START, MAP, COVERAGE, PROFILE, PARTNERS, RESEARCH, CHANGES, PROPOSE, REVIEW, BRIEF, DATA)
# In the navigation; a paper is reached from other pages, and reviewing takes signing in.
LINKED = tuple(path for path in PAGES if path not in (BRIEF, REVIEW))
LANGUAGES = ("nl", "en")
# Where looking at all four would only take longer: Dutch has the longer words, a phone the least room.
BOTH_LANGUAGES_AND_SIZES = pytest.mark.parametrize(
    ("language", "size"), [("en", WIDE), ("nl", NARROW)], ids=["en-wide", "nl-narrow"]
)

# Counts in the page how often the server has said that a run of the script is finished: message 6 of Streamlit's
# ForwardMsg. What the screen says of it cannot be counted, a short run may come and go between two of its pictures.
COUNT_RUNS = """(() => {
  if (window !== window.top) return;
  window.__runs = 0;
  window.__heard = 0;
  const number = (bytes, at) => {
    let value = 0, scale = 1;
    for (; bytes[at] & 128; at += 1, scale *= 128) value += (bytes[at] & 127) * scale;
    return [value + bytes[at] * scale, at + 1];
  };
  const finished = (bytes) => {
    for (let at = 0; at < bytes.length;) {
      let tag, size;
      [tag, at] = number(bytes, at);
      if (tag === 6 * 8) return true;
      if (tag % 8 === 2) { [size, at] = number(bytes, at); at += size; } else [size, at] = number(bytes, at);
    }
    return false;
  };
  window.WebSocket = class extends window.WebSocket {
    constructor(...options) {
      super(...options);
      this.addEventListener("message", async (event) => {
        const data = event.data instanceof Blob ? await event.data.arrayBuffer() : event.data;
        window.__heard = performance.now();
        if (typeof data !== "string" && finished(new Uint8Array(data))) window.__runs += 1;
      });
    }
  };
})()"""
# All is heard that was asked, and drawn: the socket has been still for a moment, no element is stale or waits for the
# part of Streamlit's program that draws it, and each of our tables and share bars, whose scripts the browser fetches,
# stands there.
SETTLED = """(runs) => {
  const drawn = (host) => host.shadowRoot
    && [...host.shadowRoot.querySelectorAll(".hsc-table, .hsc-share")].every((each) => each.firstChild);
  const app = document.querySelector(".stApp");
  return app && window.__runs >= runs && performance.now() - window.__heard > 100
    && app.getAttribute("data-test-script-state") === "notRunning"
    && app.getAttribute("data-test-connection-state") === "CONNECTED"
    && !document.querySelector('[data-stale="true"], [data-testid=stSkeleton]')
    && [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")].every(drawn)
    && document.querySelector(".hsc-footer, [data-testid=stAlert]");
}"""
# The chip of the map that holds a control; what is not named is in that of the other filters.
IN_FIGURE = ("w_ind", "w_ind_table", "w_year", "none_year", "w_age", "w_classes", "w_k", "w_breaks")
CHIP_OF = {"w_sel": "area", **dict.fromkeys(IN_FIGURE, "figure")}
ALL_OF_THEM = re.compile(r"^(Select all|Alles kiezen)$")
TABLE_ROWS = "rows => rows.map(row => [...row.cells].map(cell => cell.innerText.trim()))"


class Visit:
    """One visitor's page on a site."""

    def __init__(self, page: Page, site: Site, watch: Watch, narrow: bool) -> None:
        self.page = page
        self.site = site
        self.watch = watch
        self.narrow = narrow
        page.add_init_script(COUNT_RUNS)

    # Going somewhere

    def address(self, path: str = START, **choices: str | list[str]) -> str:
        """The address of a page with choices in it."""
        query = urlencode(choices, doseq=True)
        return f"{self.site.url}/{path}" + (f"?{query}" if query else "")

    def go(self, path: str = START, **choices: str | list[str]) -> Visit:
        """Open a page with choices in its address."""
        self.page.goto(self.address(path, **choices))
        return self.settled(1)

    def settled(self, runs: int = 0) -> Visit:
        """Wait until the page has run `runs` times at least and stands still."""
        self.page.wait_for_function(SETTLED, arg=runs, polling=POLLING)
        return self

    def after(self, act: Callable[[], Any]) -> Visit:
        """Do something that makes the page run again, and wait for the end of that."""
        before = int(self.page.evaluate("window.__runs"))
        act()
        return self.settled(before + 1)

    def choices(self) -> dict[str, list[str]]:
        """What stands in the address now."""
        return parse_qs(urlsplit(self.page.url).query)

    # Doing something

    def press(self, target: Locator) -> None:
        """Click, or tap on a touch screen."""
        if self.narrow:
            target.tap()
        else:
            target.click()

    def open_chip(self, key: str) -> None:
        """Open the chip of the map's line of choices that holds a control, where it is not open."""
        if not self.key(key).count():
            chip = self.key(f"chip_{CHIP_OF.get(key, 'more')}").get_by_role("button")
            self.after(lambda: self.press(chip))
            self.key(key).wait_for()

    def close_chip(self) -> None:
        """Close the chip that is open, if any is."""
        body = self.page.get_by_test_id("stPopoverBody")
        if body.count():
            self.after(lambda: self.page.keyboard.press("Escape"))
            expect(body).to_have_count(0)

    def unfold(self, fold: Locator) -> None:
        """Open a fold; a press that went beside it, because what is above it just grew, is given again."""
        details = fold.locator("details")
        for _ in range(10):
            self.press(fold.locator("summary"))
            try:
                details.locator("xpath=self::*[@open]").wait_for(timeout=2000)
                return
            except Waited:
                continue
        raise AssertionError("the fold does not open")

    def unfold_all(self) -> None:
        """Open every fold on the page."""
        folded = self.page.locator("details:not([open]) > summary")
        while left := folded.count():
            self.press(folded.first)
            self.eventually(lambda left=left: folded.count() < left, True)  # type: ignore[misc]
            self.settled()

    def page_link(self, path: str) -> Locator:
        """The link to a page in the navigation."""
        links = self.page.get_by_role("navigation", name=re.compile("^(App pages|Pagina’s)$"))
        return links.locator(f'a[href="{self.address(path)}"]')

    def open_list(self, key: str) -> Locator:
        """Open a list, and give its field. A list that is just being drawn does not listen yet: so try again."""
        field = self.key(key).get_by_role("combobox")
        field.scroll_into_view_if_needed()
        for _ in range(20):
            if field.get_attribute("aria-expanded") != "true":
                field.press("ArrowDown")
            try:
                self.page.get_by_role("option").first.wait_for(timeout=500)
                break
            except Waited:
                continue
        expect(self.page.get_by_role("option").first).to_be_visible()
        return field

    def choose(self, key: str, label: str) -> Visit:
        """Choose the option with exactly this label in a list, by looking for it and pressing it."""
        self.open_chip(key)
        self.open_list(key).fill(label)
        option = self.page.get_by_role("option", name=label, exact=True)
        self.after(lambda: self.press(option))
        self.leave_list(key)
        return self

    def leave_list(self, key: str) -> None:
        """Close a list and leave its field, so that what is below it stands where it stays. Once the list is closed
        another Escape would close the chip around it."""
        if self.page.get_by_role("option").count():
            self.page.keyboard.press("Escape")
        expect(self.page.get_by_role("option")).to_have_count(0)
        self.key(key).get_by_role("combobox").blur()

    def options(self, key: str) -> list[str]:
        """What can be chosen in a short list."""
        self.open_list(key)
        listed = self.page.get_by_role("option")
        listed.filter(
            has_not_text=ALL_OF_THEM
        ).first.wait_for()  # that one comes before those that it stands for
        texts = listed.all_inner_texts()
        self.leave_list(key)
        return texts

    def open_sidebar(self) -> None:
        """On a narrow screen, unfold filters and navigation, where they are not."""
        if self.narrow and self.sidebar().get_attribute("data-collapsed") == "true":
            self.press(self.page.get_by_test_id("stExpandSidebarButton"))
            expect(self.sidebar()).to_have_attribute("data-collapsed", "false")

    def close_sidebar(self) -> None:
        """On a narrow screen, fold filters and navigation away, where they are not."""
        if not self.narrow:
            return
        self.page.wait_for_timeout(700)  # after a choice in the navigation Streamlit folds it by itself
        if self.sidebar().get_attribute("data-collapsed") == "false":
            self.press(self.page.get_by_test_id("stSidebarCollapseButton").get_by_role("button"))
            expect(self.sidebar()).to_have_attribute("data-collapsed", "true")

    def sidebar(self) -> Locator:
        """What holds the filters, and on a narrow screen the navigation."""
        return self.page.locator("section.stSidebar")

    # What stands on the screen

    def map(self) -> MapOnScreen:
        """The map, when its areas are drawn."""
        return MapOnScreen(self.page)

    def key(self, key: str) -> Locator:
        """The element that Streamlit drew under a key."""
        return self.page.locator(f".st-key-{key}")

    def text(self) -> str:
        """The text of the whole page."""
        return self.page.locator("body").inner_text()

    def shown(self) -> int:
        """How many initiatives the sentence above the map tells; 0 where it says that none is known."""
        text = self.page.locator("#summary strong").inner_text()
        found = re.search(r"\d[\d.,]*", text)
        return int(re.sub(r"\D", "", found[0])) if found else 0

    def table(self, key: str) -> list[list[str]]:
        """The rows of one of our tables, as text."""
        rows = self.key(key).locator("tbody tr")
        rows.first.wait_for()
        return rows.evaluate_all(TABLE_ROWS)

    def all_rows(self, key: str) -> list[list[str]]:
        """The rows of all pages of a table, paged through from the page that it stands on."""
        rows = self.table(key)
        while self.onwards(key).count() and self.onwards(key).is_enabled():
            rows += self.next_page(key)
        return rows

    def next_page(self, key: str) -> list[list[str]]:
        """Turn a page of a table, and give its rows."""
        before = self.table(key)
        self.after(lambda: self.press(self.onwards(key)))
        self.eventually(lambda: self.table(key) != before, True)
        return self.table(key)

    def onwards(self, key: str) -> Locator:
        """The button to the next page of a table."""
        return self.key(key).locator("nav button").last

    def caption(self, key: str) -> str:
        """What a table says of itself."""
        return self.key(key).locator("caption").inner_text()

    def legend(self) -> list[tuple[str, str, int]]:
        """Per entry with a number: its colour as `#rrggbb` or `missing`, its words, and the number of areas."""
        entries = self.page.locator(".hsc-legend li").evaluate_all(
            """items => items.map(item => [
              item.firstChild.classList.contains("missing") ? "missing" : item.firstChild.style.background,
              item.innerText.trim()])"""
        )
        found = [(colour, text, re.search(r"\((\d+) [^()]+\)$", text)) for colour, text in entries]
        return [(_hex(colour), text, int(number[1])) for colour, text, number in found if number]

    def eventually(self, look: Callable[[], Any], wanted: object) -> None:
        """Look again and again until it is as wanted, and fail with what is seen in the end."""
        end = time.monotonic() + PATIENCE / 1000
        seen = look()
        while seen != wanted and time.monotonic() < end:
            self.page.wait_for_timeout(50)
            seen = look()
        assert seen == wanted, f"seen {seen!r}, wanted {wanted!r}"


class Arrivals:
    """Makes visitors, and keeps them to be looked after at the end."""

    def __init__(self, profiles: Profiles, site: Callable[[], Site]) -> None:
        self._profiles = profiles
        self._site = site
        self._visits: list[tuple[Visit, Profile]] = []

    def __call__(
        self, size: tuple[int, int] = WIDE, at: Site | None = None, first_time: bool = False, **options: Any
    ) -> Visit:
        """A visitor with a screen of this size; a narrow one has touch. first_time: nothing is kept from the visits of
        others, not even Streamlit's program."""
        profile = self._profiles.take(at or self._site(), size, first_time, options)
        visit = Visit(profile.context.new_page(), profile.site, profile.watch, size == NARROW)
        self._visits.append((visit, profile))
        return visit

    def close(self) -> list[str]:
        """Close all, and tell what went wrong."""
        for _, profile in self._visits:
            self._profiles.give_back(profile)
        return [fault for visit, _ in self._visits for fault in visit.watch.faults]


def _hex(colour: str) -> str:
    numbers = re.findall(r"\d+", colour)
    return "#" + "".join(f"{int(n):02x}" for n in numbers) if len(numbers) == 3 else colour
