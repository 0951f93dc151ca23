"""In a theme of few colours (Windows' contrast themes): what is chosen, classes and scales are still told apart."""

from __future__ import annotations

from playwright.sync_api import Locator

from tests.browser.visiting import COVERAGE, MAP, PROFILE, START, Arrivals

COLOURS = "nodes => nodes.map(node => getComputedStyle(node).backgroundColor)"


def colours(nodes: Locator) -> list[str]:
    nodes.first.wait_for()
    found: list[str] = nodes.evaluate_all(COLOURS)
    return found


def test_what_colour_tells_is_still_told(arrive: Arrivals) -> None:
    visit = arrive(forced_colors="active")
    page = visit.page
    for path in (START, MAP, COVERAGE):
        visit.go(path, lang="en")
        chosen = page.locator(".st-key-hsc_language [role=radio][aria-checked=true]")
        other = page.locator(".st-key-hsc_language [role=radio][aria-checked=false]")
        assert colours(chosen) != colours(other)
    visit.go(START, lang="en")
    assert len(set(colours(page.locator(".hsc-matrix td > button")))) >= 2
    drawn = visit.go(MAP, lang="en").map()
    swatches = page.locator(".hsc-legend .hsc-swatch:not(.focus, .place, .only, .missing)")
    assert len(set(colours(swatches))) == swatches.count() >= 3
    strokes = drawn.frame.locator(".hsc-name").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).webkitTextStrokeWidth)"
    )
    assert strokes
    assert set(strokes) == {"0px"}
    visit.go(PROFILE, lang="en")
    adjusted = page.locator(".hsc-strip b").evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node).forcedColorAdjust)"
    )
    assert adjusted
    assert set(adjusted) == {"none"}
