"""On a phone: nothing sticks out of the screen, the map is seen, and what is pressed is large enough for a finger."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.sections import SECTIONS
from tests.browser.visiting import COVERAGE, DATA, LANGUAGES, MAP, NARROW, PAGES, START, WIDE, Arrivals, Visit

# Elements of ours that reach over an edge of the screen, but for those in a box that scrolls by itself.
STICKING_OUT = """() => {
  const found = [];
  const scrolls = (node) => {
    for (let up = node; up; up = up.parentElement || (up.getRootNode().host || null)) {
      const style = getComputedStyle(up);
      if (up.classList && up.classList.contains("stMain")) return false;
      if (["auto", "scroll", "hidden"].includes(style.overflowX) && up !== node) return true;
      if (style.clipPath !== "none" || style.position === "fixed" && style.visibility === "hidden") return true;
    }
    return false;
  };
  const look = (root) => root.querySelectorAll("*").forEach((node) => {
    if (node.shadowRoot) look(node.shadowRoot);
    const box = node.getBoundingClientRect();
    if (!box.width || !box.height || node.closest && node.closest("section.stSidebar, header, template")) return;
    if ((box.right > innerWidth + 1 || box.left < -1) && !scrolls(node))
      found.push(node.tagName + "." + node.className + " " + Math.round(box.left) + " to " + Math.round(box.right));
  });
  look(document.querySelector(".stMain"));
  return found;
}"""
WIDTHS = (
    "[document.documentElement, document.querySelector('.stMain')].map(e => [e.scrollWidth, e.clientWidth])"
)
# Buttons and links with a side under 24 pixels (WCAG 2.5.8), but for links within a sentence and Streamlit's links to
# headings, which stand far enough from anything else.
TOO_SMALL = """() => {
  const found = [];
  const look = (root) => root.querySelectorAll("button, summary, [role=radio], a").forEach((node) => {
    const box = node.getBoundingClientRect(), style = getComputedStyle(node);
    if (!box.width || style.visibility === "hidden" || style.display === "inline") return;
    if (node.closest("[data-testid=stHeaderActionElements]")) return;
    if (Math.min(box.width, box.height) < 23.5) found.push(`${node.outerHTML.slice(0, 99)} ${box.width}x${box.height}`);
  });
  document.querySelectorAll(".stBidiComponent div").forEach((node) => node.shadowRoot && look(node.shadowRoot));
  look(document.querySelector(".stMain"));
  return found;
}"""


def _expect_within(visit: Visit) -> None:
    for scroll, client in visit.page.evaluate(WIDTHS):
        assert scroll <= client
    assert visit.page.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_sticks_out_on_a_phone(arrive: Arrivals, language: str) -> None:
    visit = arrive(NARROW)
    _expect_within(visit.go(START, lang=language))
    _expect_within(visit.go(COVERAGE, lang=language))
    for section in SECTIONS:
        _expect_within(visit.go(DATA, lang=language, section=section))
    for choices in (
        {"sel": "WK054603", "level": "neighbourhood"},
        {"sel": "LEI-001", "table": "initiatives"},
    ):
        visit.go(MAP, lang=language, **choices)  # type: ignore[arg-type]
        visit.map()
        visit.table("table_areas" if "level" in choices else "table_initiatives")
        _expect_within(visit)


def test_the_map_on_a_phone(arrive: Arrivals) -> None:
    """As wide as the screen, not higher than the screen, with all of the city in it, and the page scrolls over it."""
    visit = arrive(NARROW).go(MAP)
    drawn = visit.map()
    visit.eventually(lambda: (drawn.iframe.bounding_box() or {})["height"] < NARROW[1], True)
    box = drawn.iframe.bounding_box()
    assert box is not None
    assert box["width"] > 0.85 * NARROW[0]
    expect(drawn.iframe).to_be_visible()
    wide, high = drawn.frame.evaluate("[innerWidth, innerHeight]")
    areas = drawn.frame.locator(".leaflet-hsc-areas-pane path").evaluate_all(
        "paths => paths.map(path => path.getBoundingClientRect()).map(b => [b.left, b.top, b.right, b.bottom])"
    )
    assert all(b[0] >= -1 and b[1] >= -1 and b[2] <= wide + 1 and b[3] <= high + 1 for b in areas)
    assert drawn.frame.evaluate("hscMap.map.dragging.enabled()") is False


@pytest.mark.parametrize("path", PAGES)
def test_nothing_sticks_out_on_a_screen(arrive: Arrivals, path: str) -> None:
    visit = arrive(WIDE).go(path)
    if path == MAP:
        visit.map()
    _expect_within(visit)


def test_what_is_pressed_is_large_enough(arrive: Arrivals) -> None:
    visit = arrive(NARROW)
    for path, choices in (
        (START, {}),
        (COVERAGE, {}),
        (MAP, {"sel": "WK054603", "level": "neighbourhood"}),
        (DATA, {}),
    ):
        visit.go(path, lang="en", **choices)  # type: ignore[arg-type]
        if path == MAP:
            visit.table("table_areas")
        assert visit.page.evaluate(TOO_SMALL) == []
