"""By keyboard alone: everything is reached and operated, the focus is seen, and nothing holds it fast."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser import naive
from tests.browser.keyboard import Keyboard, Stop
from tests.browser.visiting import DATA, MAP, PAGES, SIZES, START, Arrivals, Visit

OVERWEIGHT = "50090NED-Overgewicht"


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_every_stop_has_a_name_and_is_seen(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size)
    for path in PAGES:
        visit.go(path, lang="en", **({"sel": "WK054603"} if path == MAP else {}))
        if path == MAP:
            visit.map()
            visit.table("table_areas")
        keys = Keyboard(visit.page)
        stops = keys.round()
        assert len(stops) > 5
        assert [stop for stop in stops if not stop.name and stop.tag != "main"] == []
        assert keys.unseen == []


def test_the_map_lets_go_in_both_directions(arrive: Arrivals) -> None:
    """Few stops inside: the map itself and its buttons. The areas are chosen in the list and the tables."""
    visit = arrive().go(MAP, level="neighbourhood", lang="en")
    visit.map()
    keys = Keyboard(visit.page)
    keys.tab_to(lambda stop: stop.in_frame)
    inside = 1
    while keys.tab().in_frame:
        inside += 1
        assert inside < 10, "too many stops in the map"
    assert inside >= 3
    back = [keys.tab(back=True) for _ in range(inside + 1)]
    assert [stop.in_frame for stop in back] == [*[True] * inside, False]


def test_the_map_moves_and_zooms_by_keys(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en")
    drawn = visit.map()
    keys = Keyboard(visit.page)
    keys.tab_to(lambda stop: stop.in_frame)
    zoom, centre = drawn.zoom(), "hscMap.map.getCenter().lng"
    keys.press("+")
    visit.eventually(lambda: drawn.zoom() > zoom, True)
    before = drawn.frame.evaluate(centre)
    keys.press("ArrowRight")
    visit.eventually(lambda: drawn.frame.evaluate(centre) > before, True)


def test_the_whole_way_without_a_mouse(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, ind=OVERWEIGHT)
    visit.map()
    visit.table("table_areas")
    keys = Keyboard(visit.page)
    _language(visit, keys)
    _filter(visit, keys)
    _figure(visit, keys)
    _sort(visit, keys)
    _row(visit, keys)
    _navigation(visit, keys)


def _on(key: str, tag: str = "", name: str = ""):  # type: ignore[no-untyped-def]
    return lambda stop: stop.key == key and tag in ("", stop.tag) and name in stop.name


def _language(visit: Visit, keys: Keyboard) -> None:
    keys.tab_to(_on("w_lang"))
    visit.after(lambda: keys.press("ArrowRight", "Enter"))
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")


def _filter(visit: Visit, keys: Keyboard) -> None:
    """A pill, then an option of a list."""
    keys.tab_to(_on("w_amb"))
    visit.after(lambda: keys.press("Space"))
    visit.eventually(visit.shown, len(naive.fitting({"amb": ["A1"]})))
    keys.tab_to(_on("chip_more", "button"))
    visit.after(lambda: keys.press("Enter"))
    keys.tab_to(_on("w_sector", "input"))
    visit.page.keyboard.type(naive.term("sector", "community", "en"))
    visit.page.get_by_role("option").first.wait_for()
    keys.press("ArrowDown")
    visit.after(lambda: keys.press("Enter"))
    keys.press("Escape")
    visit.eventually(visit.shown, len(naive.fitting({"amb": ["A1"], "sector": ["community"]})))
    visit.close_chip()


def _figure(visit: Visit, keys: Keyboard) -> None:
    keys.tab_to(_on("chip_figure", "button"))
    visit.after(lambda: keys.press("Enter"))
    keys.tab_to(_on("w_ind", "input"))
    name = naive.indicator("50150NED-RooktTabak")["name_en"]
    visit.page.keyboard.press("ControlOrMeta+a")
    visit.page.keyboard.type(name)
    visit.page.get_by_role("option", name=name, exact=True).wait_for()
    visit.after(lambda: keys.press("Enter"))
    expect(visit.page.locator(".hsc-maptitle")).to_contain_text(name)
    visit.eventually(lambda: visit.choices().get("ind"), ["50150NED-RooktTabak"])
    visit.close_chip()


def _sort(visit: Visit, keys: Keyboard) -> None:
    """The focus stays on the button, so that the second press turns the order round."""
    keys.tab_to(_on("table_areas", "button", naive.indicator("50150NED-RooktTabak")["name_en"]))
    head = visit.key("table_areas").locator("thead th").nth(2)
    for direction in ("descending", "ascending"):
        visit.after(lambda: keys.press("Enter"))
        expect(head).to_have_attribute("aria-sort", direction)
        expect(head.get_by_role("button")).to_be_focused()


def _row(visit: Visit, keys: Keyboard) -> None:
    stop = keys.tab_to(lambda stop: stop.key == "table_areas" and "pick" in stop.css)
    visit.after(lambda: keys.press("Enter"))
    expect(visit.page.locator("#panel")).to_have_text(stop.name)
    expect(visit.key("table_areas").get_by_role("button", name=stop.name, exact=True)).to_be_focused()


def _navigation(visit: Visit, keys: Keyboard) -> None:
    keys.tab_to(lambda stop: stop.tag == "a" and stop.name == "Data and method")
    visit.after(lambda: keys.press("Enter"))
    visit.eventually(lambda: visit.page.url.split("?")[0], visit.address(DATA))
    expect(visit.page.locator("html")).to_have_attribute("lang", "en")


def test_a_download_by_keyboard(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en")
    visit.map()
    keys = Keyboard(visit.page)
    keys.tab_to(lambda stop: stop.name == "CSV (zip)")
    with visit.page.expect_download() as waiting:
        keys.press("Enter")
    assert waiting.value.suggested_filename.endswith(".zip")


def test_the_first_stop_skips_to_the_content(arrive: Arrivals) -> None:
    visit = arrive().go(START, lang="en")
    keys = Keyboard(visit.page)
    first: Stop = keys.tab()
    assert first.name == "Skip to main content"
    keys.press("Enter")
    assert keys.tab().key == "w_lang"
