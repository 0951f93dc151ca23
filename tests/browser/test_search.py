"""The one search: the questions that people ask, and the way to a result by keyboard."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.in_the_dark import broken
from tests.browser.visiting import MAP, NARROW, PARTNERS, START, WIDE, Arrivals, Visit

# What is typed -> the first result as it is shown, its page and the choices there.
QUESTIONS = (
    ("roken", "Een rookvrije jeugd", MAP, {"amb": ["A3"]}),
    ("senioren", "65 jaar en ouder", MAP, {"life": ["65+"]}),
    ("eenzaam", "Eenzaamheid", MAP, {"theme": ["loneliness"]}),
    ("huis van de buurt", "Huis van de Buurt De Kooi", MAP, {"sel": ["LEI-045"]}),
    ("de kooi", "De Kooi (buurt in Leiden-Noord)", MAP, {"sel": ["BU05460302"], "level": ["neighbourhood"]}),
    ("voedsel bank", "Voedselbank Leiden", MAP, {"sel": ["LEI-068"]}),
    ("topaaslaan", "Topaaslaan", PARTNERS, {"part": ["near"], "at": ["52.15833,4.46242"]}),
    ("2313 gg", "2313 GG", PARTNERS, {"part": ["near"], "at": ["52.14832,4.50423"]}),
    ("Zorg en zekerheid", "Zorg en Zekerheid", PARTNERS, {"part": ["organisation"], "org": ["ORG-020"]}),
    ("merenwijk", "Merenwijkdistrict (wijk)", MAP, {"sel": ["WK054608"]}),
    ("fietsmaatjs", "Fietsmaatjes LeidenLeiderdorp", MAP, {"sel": ["LEI-126"]}),
    ("stevenshov", "Stevenshofdistrict (wijk)", MAP, {"sel": ["WK054609"]}),
)
FIELD = "Zoek initiatief, organisatie, buurt of onderwerp"


def field(visit: Visit) -> Locator:
    return visit.page.get_by_role("combobox", name=FIELD)


def options(visit: Visit) -> Locator:
    return visit.key("hsc_search").get_by_role("option")


def found(visit: Visit, text: str, first: str) -> Locator:
    """The first result of a text, when it is there."""
    field(visit).fill(text)
    expect(options(visit).first.locator(".label")).to_have_text(first)
    return options(visit).first


def test_twelve_questions_have_the_right_first_result(arrive: Arrivals) -> None:
    """Typing costs no run of the page; each result is a link that carries the day along; one is chosen by keyboard."""
    visit = arrive(WIDE).go(START, asof="2026-11-20")
    runs = visit.page.evaluate("window.__runs")
    for text, first, path, choices in QUESTIONS:
        parts = urlsplit(found(visit, text, first).get_attribute("href") or "")
        assert parts.path == f"/{path}"
        assert parse_qs(parts.query) == {**choices, "asof": ["2026-11-20"]}, text
    assert visit.page.evaluate("window.__runs") == runs
    _by_keyboard(visit)
    _nothing_found(visit)


def _by_keyboard(visit: Visit) -> None:
    found(visit, "buurt tuin", "Buurttuin Oase")
    expect(field(visit)).to_have_attribute("aria-expanded", "true")
    groups = visit.key("hsc_search").get_by_role("group")
    expect(groups).to_have_count(2)
    expect(groups.first).to_have_accessible_name("Initiatieven")
    expect(visit.key("hsc_search").get_by_role("status")).to_have_text("5 resultaten")
    field(visit).press("Escape")
    expect(options(visit).first).to_be_hidden()
    field(visit).press("ArrowDown")
    expect(options(visit).first).to_have_attribute("aria-selected", "true")
    assert field(visit).get_attribute("aria-activedescendant") == options(visit).first.get_attribute("id")
    visit.after(lambda: field(visit).press("Enter"))
    expect(visit.page.get_by_role("heading", level=1)).to_have_text("Kaart")
    assert visit.choices() == {"sel": ["LEI-064"], "asof": ["2026-11-20"]}
    expect(field(visit)).to_have_value("")
    expect(field(visit)).not_to_be_focused()
    visit.page.keyboard.press("Tab")
    expect(field(visit)).to_be_focused()


def _nothing_found(visit: Visit) -> None:
    """The page of the map is where the visitor is already: it takes over what was chosen there all the same."""
    field(visit).fill("buurtgenoten")
    expect(visit.key("hsc_search")).to_contain_text("Niets gevonden voor “buurtgenoten”.")
    visit.after(lambda: field(visit).press("Enter"))
    assert visit.choices() == {"q": ["buurtgenoten"], "asof": ["2026-11-20"]}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_a_phone_the_results_are_seen_and_one_is_tapped(arrive: Arrivals, scheme: str) -> None:
    visit = arrive(NARROW, color_scheme=scheme).go(PARTNERS)
    first = found(visit, "roken", "Een rookvrije jeugd")
    for option in options(visit).all():
        box = option.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= NARROW[0]
        assert box["height"] >= 24
    assert broken(visit, f"results in {scheme}") == []
    visit.after(lambda: visit.press(first))
    assert visit.choices() == {"amb": ["A3"]}
