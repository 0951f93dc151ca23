"""What stands around each page: the mark, the pages, the language, in the language of the page."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser.visiting import (
    BRIEF,
    COVERAGE,
    LANGUAGES,
    LINKED,
    NARROW,
    PARTNERS,
    START,
    WIDE,
    Arrivals,
    Visit,
)

ZOOMED = (640, 400)  # a laptop of 1280 x 800 at 200%
BETWEEN = (900, 700)
# The boxes in the header that a visitor can use.
IN_THE_HEADER = """() => [
  ":has(> img.stLogo)", "[data-testid=stExpandSidebarButton]", "[data-testid=stTopNav] a", ".st-key-w_lang button",
].flatMap((what) => [...document.querySelectorAll(`.stAppHeader ${what}, .st-key-hsc_language ${what}`)])
  .filter((node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
  .map((node) => node.getBoundingClientRect()).filter((box) => box.width && box.height)
  .map((box) => [box.left, box.top, box.right, box.bottom].map(Math.round))"""
NAME = "getComputedStyle(document.querySelector('.stAppHeader :has(> img.stLogo)'), '::after').content"
# What a screen reader is told of buttons and regions.
SAID = (
    "[...document.querySelectorAll('[aria-label], img[alt]')].map(n => n.getAttribute('aria-label') || n.alt)"
)
ENGLISH = re.compile(
    r"\b(close|open|clear|choose|select|expand|collapse|sidebar|pages?|navigate|menu bar|more|help for)\b"
)


def over_one_another(visit: Visit) -> list[list[list[int]]]:
    """Pairs of boxes in the header of which one lies over the other."""
    boxes = visit.page.evaluate(IN_THE_HEADER)
    assert len(boxes) >= 4
    assert all(left >= 0 and right <= visit.page.viewport_size["width"] for left, _, right, _ in boxes)  # type: ignore[index]
    return [
        [a, b]
        for i, a in enumerate(boxes)
        for b in boxes[i + 1 :]
        if min(a[2], b[2]) - max(a[0], b[0]) > 1 and min(a[3], b[3]) - max(a[1], b[1]) > 1
    ]


@pytest.mark.parametrize("size", [WIDE, BETWEEN, ZOOMED, NARROW], ids=["wide", "between", "zoomed", "narrow"])
def test_nothing_in_the_header_lies_over_another(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(COVERAGE)
    assert over_one_another(visit) == []
    visit.eventually(lambda: visit.page.evaluate(NAME), '"Gezonde samenleving op de kaart"')


def test_a_phones_menu_closes_when_a_page_is_chosen(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(COVERAGE)
    visit.open_sidebar()
    visit.after(lambda: visit.press(visit.page_link(PARTNERS)))
    expect(visit.sidebar()).to_have_attribute("data-collapsed", "true")
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Partners")
    home = visit.page.get_by_test_id("stToolbar").get_by_role("button", name="Naar de startpagina")
    visit.after(lambda: visit.press(home))
    assert visit.page.url.rstrip("/") == visit.address(START).rstrip("/")


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_dutch_page_is_heard_in_dutch(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(PARTNERS)
    visit.open_sidebar()
    said = visit.page.evaluate(SAID)
    assert "Pagina’s" in said
    assert [text for text in said if ENGLISH.search(text.lower())] == []
    visit.go(PARTNERS, lang="en")
    assert "App pages" in visit.page.evaluate(SAID)


@pytest.mark.parametrize("language", LANGUAGES)
def test_at_200_percent_the_answer_is_seen(arrive: Arrivals, language: str) -> None:
    visit = arrive(ZOOMED)
    for path in (*LINKED, BRIEF):
        said = visit.go(path, lang=language).key("answer").locator(".hsc-said").first
        box = said.bounding_box()
        assert box, path
        assert box["y"] + box["height"] <= ZOOMED[1], path
