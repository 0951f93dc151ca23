"""Every page in both languages: clean behind the scenes, told in its language, and of our own host alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from hsc_geo.views.kit.words import Words
from tests.browser import naive
from tests.browser.sections import SECTIONS
from tests.browser.serving import Site
from tests.browser.visiting import (
    BRIEF,
    CHANGES,
    COVERAGE,
    DATA,
    LANGUAGES,
    LINKED,
    MAP,
    NARROW,
    PAGES,
    PARTNERS,
    PROFILE,
    PROPOSE,
    RESEARCH,
    REVIEW,
    START,
    Arrivals,
    Visit,
)
from tests.browser.watching import traces

TITLES = {
    START: "Start",
    MAP: "Map",
    COVERAGE: "Coverage",
    PROFILE: "District profile",
    PARTNERS: "Partners",
    RESEARCH: "Research",
    CHANGES: "What changed",
    PROPOSE: "Propose",
    REVIEW: "Review",
    BRIEF: "Paper for a meeting",
    DATA: "Data and method",
}


def test_every_page_is_whole_on_a_phone(arrive: Arrivals) -> None:
    visit = arrive(NARROW)
    for path in PAGES:
        _expect_whole(visit.go(path, lang="nl"), path, "nl")
    visit.go(MAP, lang="nl").map()


def test_every_page_is_whole_with_the_network_cut_and_asks_no_other_host(
    arrive: Arrivals, site: Site
) -> None:
    """What goes elsewhere is broken off; no name can be looked up in any of these tests (see chromium.py). The watch of
    each test sees to it; here it is shown to see, and that the frame and the socket are in it."""
    visit = arrive()
    ours = re.compile(rf"^(?!(http://{re.escape(site.host)}/|data:|blob:))")
    visit.page.context.route(ours, lambda route: route.abort())
    for path in sorted(PAGES, key=lambda path: path == MAP):
        _expect_whole(visit.go(path, lang="en"), path, "en")
    drawn = visit.map()
    assert drawn.areas() == 10
    visit.eventually(drawn.pictures, "whole")
    assert visit.watch.sockets
    assert all(socket.startswith(f"ws://{site.host}/") for socket in visit.watch.sockets)
    asked = " ".join(visit.watch.asked)
    assert all(part in asked for part in ("/hsc/tiles/", "/hsc/map/", "leaflet.js", "/component/"))
    assert visit.watch.faults == []
    visit.page.evaluate("fetch('https://example.org/x').catch(() => 0)")
    visit.eventually(lambda: any("example.org" in fault for fault in visit.watch.faults), True)
    visit.watch.faults.clear()


def _expect_whole(visit: Visit, path: str, language: str) -> None:
    page = visit.page
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page).to_have_title(re.compile(re.escape(Words(language).t(TITLES[path]))))
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator(".hsc-footer code")).to_have_text(re.compile(r"^[0-9a-f]{12}$"))
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
    assert traces(visit.text()) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_section_on_data_is_whole(arrive: Arrivals, language: str) -> None:
    visit = arrive().go(DATA, lang=language)
    seen = set()
    for number, section in enumerate(SECTIONS):
        button = visit.key("w_section").get_by_role("radio").nth(number)
        if number:
            visit.after(button.click)
            visit.eventually(lambda section=section: visit.choices().get("section"), [section])
        expect(button).to_have_attribute("aria-checked", "true")
        _expect_whole(visit, DATA, language)
        seen.add(visit.page.locator("h2").first.inner_text())
    assert len(seen) == len(SECTIONS)


def test_the_document_itself_has_language_and_title_before_any_script_runs(arrive: Arrivals) -> None:
    visit = arrive(java_script_enabled=False)
    for language in LANGUAGES:
        visit.page.goto(visit.address(MAP, lang=language))
        expect(visit.page.locator("html")).to_have_attribute("lang", language)
        assert "Streamlit" not in visit.page.title()
        assert len(visit.page.title()) > 10
        expect(visit.page.locator(f'noscript p[lang="{language}"]')).to_have_count(1)


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_the_navigation_leads_to_every_page(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(START, lang="en")
    for path in (*LINKED[1:], START):
        visit.open_sidebar()
        visit.after(lambda path=path: visit.press(visit.page_link(path)))
        visit.eventually(lambda: visit.page.url.split("?")[0], visit.address(path))
        visit.close_sidebar()
        _expect_whole(visit, path, "en")


def test_the_three_questions_on_start_lead_to_their_answer(arrive: Arrivals) -> None:
    visit = arrive()
    wanted = {
        "What already works?": {"lang"},
        "Where can we work together?": {"lang", "district", "amb", "table"},
        "Who is still missing?": {"lang", "amb", "ind"},
    }
    for number, (question, chosen) in enumerate(wanted.items()):
        visit.go(START, lang="en")
        answers = visit.page.locator(".hsc-answer")
        expect(answers).to_have_count(3)
        expect(answers.first).to_contain_text(f"{len(naive.not_ended())} initiatives count")
        visit.after(visit.page.get_by_role("link", name=question).click)
        visit.map()
        visit.eventually(lambda: visit.page.url.split("?")[0], visit.address(MAP))
        assert set(visit.choices()) == chosen
        _expect_answer(visit, number)
        assert visit.page.locator("html").get_attribute("lang") == "en"


def _expect_answer(visit: Visit, number: int) -> None:
    """The map holds what the answer told: all that count, one district's leads as a list, where none is known."""
    if number == 0:
        assert visit.shown() == len(naive.not_ended())
    elif number == 1:
        assert visit.choices()["table"] == ["initiatives"]
        assert visit.choices()["district"][0] in naive.focus()
    else:
        assert visit.choices()["ind"] == ["REGISTER-Initiatieven"]
