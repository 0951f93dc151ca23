"""On paper: the content, without what only a screen can use, and nothing on top of anything else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import naive
from tests.browser.paper import Paper
from tests.browser.visiting import BRIEF, COVERAGE, DATA, MAP, PROFILE, START, Arrivals, Visit

ONLY_ON_SCREEN = (
    "[data-testid=stHeader]",
    "[data-testid=stTopNav]",
    "section.stSidebar",
    ".st-key-hsc_language",
    ".stDownloadButton",
)
PAPER_WIDTH = 710  # pixels of CSS between the margins of an upright sheet


def _printed(visit: Visit) -> Paper:
    return Paper(
        visit.page.pdf(margin=dict.fromkeys(("top", "right", "bottom", "left"), "10mm"), format="A4")
    )


def _without_blanks(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("path", [START, COVERAGE, PROFILE, BRIEF, DATA])
def test_a_page_of_text(arrive: Arrivals, path: str) -> None:
    visit = arrive().go(path, lang="en")
    title = _without_blanks(visit.page.locator("h1").inner_text())
    visit.page.emulate_media(media="print")
    for part in ONLY_ON_SCREEN:
        expect(visit.page.locator(f"{part}:visible")).to_have_count(0)
    paper = _printed(visit)
    assert title in paper.text
    assert len(paper.text) > 1000
    assert 1 <= paper.pages <= 6
    assert "Nederlands" not in paper.text
    if path == START:
        assert "Dataandmethod" not in paper.text
        assert (
            _without_blanks(naive.figure("50150NED-Overgewicht", "2024", "18plus", "WK054603", "en"))
            in paper.text
        )


def test_the_map_with_its_legend_panel_and_table(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en", ind="50090NED-Overgewicht", sel="WK054603")
    visit.map()
    rows = visit.table("table_areas")
    colours = [colour for colour, _, _ in visit.legend() if colour.startswith("#")]
    visit.page.emulate_media(media="print")
    for part in ONLY_ON_SCREEN:
        expect(visit.page.locator(f"{part}:visible")).to_have_count(0)
    paper = _printed(visit)
    assert [colour for colour in colours if not paper.filled_with(colour)] == []
    for row in rows:
        assert _without_blanks(row[0]) in paper.text
        assert row[2] in paper.text
    assert "Dataandmethod" not in paper.text
    assert "Nederlands" not in paper.text
    assert 2 <= paper.pages <= 6


def test_the_map_does_not_cover_the_panel_on_paper(arrive: Arrivals) -> None:
    """Paper is narrower than the screen, and no script runs any more that could make the map's frame smaller."""
    visit = arrive().go(MAP, lang="en", sel="WK054603")
    iframe = visit.map().iframe
    width = iframe.get_attribute("width")
    visit.page.emulate_media(media="print")
    visit.page.set_viewport_size({"width": PAPER_WIDTH, "height": 1000})
    visit.eventually(lambda: iframe.get_attribute("width") != width, True)
    iframe.evaluate("(frame, width) => frame.setAttribute('width', width)", width)
    frame, panel = iframe.bounding_box(), visit.page.locator("#panel").bounding_box()
    assert frame is not None
    assert panel is not None
    beside = frame["x"] + frame["width"] <= panel["x"]
    above = frame["y"] + frame["height"] <= panel["y"]
    assert beside or above, (frame, panel)
    assert frame["x"] + frame["width"] <= PAPER_WIDTH
