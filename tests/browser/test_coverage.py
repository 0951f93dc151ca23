"""The coverage page as a visitor uses it: its parts, the maps in it, need composed by hand, a place tried out."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import naive
from tests.browser.visiting import COVERAGE, NARROW, SIZES, WIDE, Arrivals, Visit

PARTS = ("known", "near", "need", "next", "elsewhere", "bear")
TABLE = {
    "known": "coverage_matrix",
    "near": "coverage_access",
    "need": "coverage_need",
    "next": "coverage_next",
    "elsewhere": "coverage_transfer",
    "bear": "coverage_claims",
}
ROKER, EENZAAM = "50090NED-Roker", "50090NED-Eenzaam"


def part(visit: Visit, name: str) -> Visit:
    """Go to a part by its tab."""
    tab = visit.key("w_part").get_by_role("tab").nth(PARTS.index(name))
    visit.after(lambda: visit.press(tab))
    expect(tab).to_have_attribute("aria-selected", "true")
    return visit


def chip(visit: Visit, name: str) -> Visit:
    """Press a chip, so that its controls unfold."""
    visit.after(lambda: visit.press(visit.key(f"chip_{name}").get_by_role("button").first))
    return visit


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_every_part_opens_fits_the_screen_and_the_way_back_leads_back(
    arrive: Arrivals, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(COVERAGE, lang="en")
    for name in PARTS[1:]:
        part(visit, name)
        assert visit.choices()["part"] == [name]
        assert visit.table(TABLE[name])
        wide = visit.page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        assert wide[0] <= wide[1], f"{name} is wider than the screen: {wide}"
    visit.after(visit.page.go_back)
    visit.eventually(lambda: visit.choices().get("part"), ["elsewhere"])
    expect(visit.page.get_by_role("tab", name="What could come from elsewhere?")).to_have_attribute(
        "aria-selected", "true"
    )


def test_a_chip_stays_open_while_its_choices_are_changed_and_keeps_the_focus(arrive: Arrivals) -> None:
    visit = arrive().go(COVERAGE, lang="en")
    said = visit.key("answer").locator(".hsc-said")
    before = said.inner_text()
    chip(visit, "basis")
    for number, months in ((1, "12"), (2, "24")):
        pill = visit.key("w_conf").get_by_role("radio").nth(number)
        visit.after(lambda pill=pill: visit.press(pill))  # type: ignore[misc]
        expect(pill).to_be_focused()
        assert visit.choices()["conf"] == [months]
    expect(visit.key("chip_basis").get_by_role("button").first).to_contain_text("confirmed within 24 months")
    assert said.inner_text() != before
    visit.page.keyboard.press("Escape")
    expect(visit.key("w_conf")).to_have_count(0)
    visit.after(lambda: visit.press(visit.key("clear_choices").get_by_role("button")))
    assert "conf" not in visit.choices()
    assert said.inner_text() == before


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_a_click_on_the_map_of_need_tells_the_verdict(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(COVERAGE, part="need", lang="en")
    drawn = visit.map()
    assert drawn.areas() == len(naive.of_level("district"))
    drawn.mark()
    point = drawn.area_point("WK054605")
    visit.after(lambda: visit.page.mouse.click(*point))
    visit.eventually(lambda: visit.choices().get("area"), ["WK054605"])
    expect(visit.page.locator("#chosen")).to_have_text(
        "Bos- en Gasthuisdistrict (focus district Leiden Zuidwest)"
    )
    expect(visit.page.locator("#panel")).to_contain_text("By what is known in the area: ")
    assert drawn.kept()


def test_the_map_of_need_follows_its_table(arrive: Arrivals) -> None:
    """A word on the map for each district that a rule of the table calls a gap or uncertain; each fill is one of the
    legend's."""
    visit = arrive().go(COVERAGE, part="need", lang="en")
    drawn = visit.map()
    rows = visit.table("coverage_need")
    assert len(rows) == 11
    signs = drawn.frame.locator(".hsc-sign").all_inner_texts()
    assert sorted(signs) == sorted(filter(None, map(_word, rows)))
    assert signs
    swatches = visit.page.locator(".hsc-bivariate td .hsc-swatch").count()
    assert swatches == 9
    counts = visit.page.locator(".hsc-bivariate td:has(.hsc-swatch)").all_inner_texts()
    assert sum(map(int, counts)) == 10
    assert sum(drawn.fills().values()) == 10


def _word(row: list[str]) -> str:
    """What the map says of a district by what its row says: of the two rules, the one that calls most."""
    verdicts = {re.split(r"[:,]", row[column])[0] for column in (4, 6)}
    return next((each for each in ("gap", "uncertain") if each in verdicts), "")


def test_other_quantities_and_levels_keep_the_frame(arrive: Arrivals) -> None:
    visit = arrive().go(COVERAGE, part="need", lang="en")
    drawn = visit.map()
    drawn.mark()
    chip(visit, "show")
    for number in range(1, 4):
        visit.after(visit.key("w_show").get_by_role("radio").nth(number).click)
        assert len(drawn.fills()) >= 2
    visit.page.keyboard.press("Escape")
    expect(visit.key("w_show")).to_have_count(0)
    chip(visit, "level")
    visit.after(visit.key("w_level").get_by_role("radio").nth(1).click)
    visit.eventually(drawn.areas, len(naive.of_level("neighbourhood")))
    assert drawn.kept()


def test_need_composed_by_hand_is_in_the_link(arrive: Arrivals) -> None:
    visit = arrive().go(COVERAGE, part="need", lang="en", need=[f"{ROKER}~1", f"{EENZAAM}~1"])
    before = visit.table("coverage_need")
    chip(visit, "composed")
    more = visit.key(f"w_weight_{ROKER}").get_by_role("button").last
    for wanted in ("2", "3"):
        visit.after(lambda: visit.press(more))
        visit.eventually(lambda: visit.choices()["need"], [f"{ROKER}~{wanted}", f"{EENZAAM}~1"])
    expect(visit.page.locator(".stMain")).to_contain_text("Smokers 75%; Lonely 25%")
    again = arrive().go(COVERAGE, **visit.choices())
    assert again.table("coverage_need") == visit.table("coverage_need") != before


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_place_tried_out_by_a_click(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(COVERAGE, part="next", lang="en")
    drawn = visit.map()
    drawn.mark()
    point = drawn.area_point("BU05460505")
    visit.after(lambda: visit.page.mouse.click(*point))
    visit.eventually(lambda: len(visit.choices().get("at", [])), 1)
    rows = {row[0]: row for row in visit.table("coverage_what_if")}
    difference = int(rows["Leiden as a whole"][3].replace(",", ""))
    assert difference > 0
    visit.eventually(lambda: drawn.frame.locator(".hsc-mark").all_inner_texts()[-1], "+")
    assert drawn.kept()
    again = arrive(size).go(COVERAGE, **visit.choices())
    assert {row[0]: row for row in again.table("coverage_what_if")} == rows
    visit.after(lambda: visit.press(visit.key("what_if_clear").get_by_role("button")))
    expect(visit.key("coverage_what_if")).to_have_count(0)


def test_an_initiative_taken_away(arrive: Arrivals) -> None:
    visit = arrive().go(COVERAGE, part="next", lang="en")
    drawn = visit.map()
    before = drawn.initiatives_drawn()
    name = next(each for each in visit.options("w_less") if each != "Select all")
    visit.choose("w_less", name)
    visit.eventually(drawn.initiatives_drawn, before - 1)
    rows = {row[0]: row for row in visit.table("coverage_what_if")}
    assert rows["Leiden as a whole"][3].startswith(("−", "0"))


def test_what_figures_cannot_bear_is_refused_with_a_way_out(arrive: Arrivals) -> None:
    visit = arrive().go(COVERAGE, part="bear", lang="en", fig="50090NED-Overgewicht")
    answers = set()
    for number in range(6):
        if number:
            question = visit.key("coverage_claims").locator("tbody button").nth(number)
            visit.after(lambda question=question: visit.press(question))  # type: ignore[misc]
        answers.add(visit.page.locator("#verdict").inner_text())
    assert len(answers) >= 4
    assert any("What you may ask instead" in each for each in answers)
    assert any("Yes, the figures tell this" in each for each in answers)


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_number_in_the_matrix_opens_its_list(arrive: Arrivals, size: tuple[int, int]) -> None:
    """Beside the matrix, on a phone over the page; there it can be put away."""
    visit = arrive(size).go(COVERAGE, lang="en")
    row = visit.key("coverage_matrix").locator("tbody tr").nth(3)
    cell = row.locator("td button").first
    number = int(cell.inner_text())
    visit.after(lambda: visit.press(cell))
    assert visit.choices()["amb"] == ["A1"]
    expect(visit.page.locator("#chosen")).to_be_in_viewport()
    expect(visit.key("coverage_list")).to_be_in_viewport()
    assert len(visit.all_rows("coverage_list")) == number
    visit.after(lambda: visit.press(visit.key("side_close").get_by_role("button")))
    assert "area" not in visit.choices()
    expect(visit.key("hsc_cell")).to_have_count(0)
