"""A shared day goes along from page to page until one looks now; what is there for everyone has a sign of its own."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visiting import COVERAGE, MAP, Arrivals

DAY = {"asof": ["2026-01-05"]}


def test_the_day_goes_along_by_the_menu_and_leaves_with_one_press(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, asof="2026-01-05", lang="en")
    line = visit.page.locator("#asof")
    expect(line).to_have_text("Counted from 5 January 2026.")
    assert visit.map().areas() == 10
    visit.after(visit.page_link(COVERAGE).click)
    expect(line).to_have_text("Counted from 5 January 2026.")
    assert visit.choices().items() >= DAY.items()
    visit.after(visit.key("asof_leave").get_by_role("button").click)
    expect(line).to_have_count(0)
    assert "asof" not in visit.choices()
    visit.after(visit.page_link(MAP).click)
    assert visit.map().areas() == 10
    expect(line).to_have_count(0)
    assert "asof" not in visit.choices()


def test_the_map_stays_as_one_looks_now_and_the_back_button_brings_the_day_back(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, asof="2026-01-05", lang="en")
    drawn = visit.map()
    drawn.mark()
    visit.after(visit.key("asof_leave").get_by_role("button").click)
    expect(visit.page.locator("#asof")).to_have_count(0)
    visit.after(visit.page.go_back)
    expect(visit.page.locator("#asof")).to_have_text("Counted from 5 January 2026.")
    assert drawn.kept()


def test_what_is_there_for_the_region_has_a_double_ring_and_says_so(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, q="Voedselbank Leiden", lang="en")
    drawn = visit.map()
    assert drawn.frame.locator(".hsc-place.hsc-wide").count() == 1
    circle = drawn.circle_of("LEI-068")
    circle.hover()
    assert "(for the region)" in drawn.tip()
    legend = visit.page.locator(".hsc-key").inner_text()
    assert "the same, there for the whole city or the region" in legend


def test_the_tip_of_a_district_has_its_number_and_what_is_beside_it(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en")
    drawn = visit.map()
    visit.page.mouse.move(*drawn.area_point("WK054603"))
    assert "15 initiatives known" in drawn.tip()
    assert "beside it, for the whole city or region: 59" in drawn.tip()
