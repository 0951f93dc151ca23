"""A click on the map, a choice in the list or in a table fills the panel with what the data say."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, expect

from tests.browser import naive
from tests.browser.visiting import MAP, NARROW, SIZES, Arrivals, Visit

OVERWEIGHT = "50090NED-Overgewicht"
NOORD = "WK054603"


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_a_click_on_an_area(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP, ind=OVERWEIGHT, age="65plus")
    drawn = visit.map()
    drawn.mark()
    for code in (NOORD, "WK054609"):
        point = drawn.area_point(code)
        visit.after(lambda point=point: _hit(visit, point))
        visit.eventually(visit.choices, {"ind": [OVERWEIGHT], "age": ["65plus"], "sel": [code]})
        assert drawn.shows(code)
        own = naive.figure(OVERWEIGHT, "2020", "65plus", code, "nl")
        _expect_area(visit, code, naive.not_ended(), "nl")
        assert visit.table("panel_figures")[0][1] == own
        close = visit.key("panel_close").get_by_role("button")
        visit.after(lambda close=close: visit.press(close))  # type: ignore[misc]
        expect(visit.page.locator("#panel")).to_have_count(0)
        visit.eventually(lambda: drawn.shows("GM0546"), True)
    assert drawn.kept()


def _hit(visit: Visit, point: tuple[float, float]) -> None:
    if visit.narrow:
        visit.page.touchscreen.tap(*point)
    else:
        visit.page.mouse.click(*point)


def _field(visit: Visit) -> Locator:
    visit.open_chip("w_sel")
    return visit.key("w_sel").get_by_role("combobox")


def _expect_area(visit: Visit, code: str, keys: list[str], language: str) -> None:
    """The panel of an area: its name, residents, figures beside the city and the country, and its initiatives."""
    area = naive.areas()[code]
    expect(visit.page.locator("#panel")).to_have_text(area["name"])
    head = visit.page.locator("#panel + p").inner_text()
    assert code in head
    assert naive.number(float(area["population"]), 0, language) in head
    usual = visit.caption("panel_figures")
    for name, *cells in visit.table("panel_figures"):
        assert cells == [_figure(name, usual, place, language) for place in (code, "GM0546", "NL00")], name
    assert len(visit.table("panel_figures")) >= 6
    _expect_initiatives(visit, code, keys, language)


def _figure(name: str, usual: str, area: str, language: str) -> str:
    """The figure that a line of the panel names: its own year and age group, else those that the caption tells."""
    moment = r" \((\d{4})(?:, ([^;]+))?; .* (?:tabel|table) (\w+)\)$"
    about = re.sub(r" – (?:about|fewer than|ongeveer|minder dan) [\d.,]+ \w+$", "", name)  # so many adults
    label = re.sub(moment, "", about)
    year, age, table = (re.search(moment, about) or re.search(moment, usual)).groups()  # type: ignore[union-attr]
    (key,) = (
        row["indicator_id"]
        for row in naive.rows("indicators")
        if (row[f"name_{language}"], row["table_id"]) == (label, table)
    )
    ages = {naive.term("age_group", code, language): code for code in ("18plus", "18to64", "65plus")}
    found = naive.figure(key, year, ages.get(age or "", "all"), area, language)
    national = {"nl": "niet in deze editie", "en": "none in this edition"}[language]
    return national if area == "NL00" and not found else found


def _expect_initiatives(visit: Visit, code: str, keys: list[str], language: str) -> None:
    """The number of its own and those for everyone; and on the next tab each of them, those for everyone last."""
    inside, wide = naive.serving(code, keys), naive.wide(keys)
    here = [key for key in wide if naive.initiatives()[key]["precision"] == "city"]
    numbers = list(map(int, re.findall(r"(?<=: )\d+", visit.page.locator("#known").inner_text())))
    assert numbers[0] == len(inside)
    assert numbers[-2:] == [len(here), len(wide) - len(here)]
    _open_tab(visit, {"nl": "Initiatieven", "en": "Initiatives"}[language])
    assert visit.caption("panel_initiatives").startswith(f"{len(inside) + len(wide)} ")
    told = [row[0] for row in visit.table("panel_initiatives")]
    first, rest = told[: len(inside)], told[len(inside) :]
    assert set(first) == {naive.initiatives()[key]["name"] for key in inside}
    assert set(rest) <= {naive.initiatives()[key]["name"] for key in wide}
    _open_tab(visit, {"nl": "Gebied", "en": "Area"}[language])


def _open_tab(visit: Visit, name: str) -> None:
    tab = visit.key("hsc_hero_panel").get_by_role("tab", name=name, exact=True)
    visit.after(lambda: visit.press(tab))
    expect(tab).to_have_attribute("aria-selected", "true")


def test_initiatives_in_the_panel_follow_the_filters(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, sel=NOORD, amb="A4", lang="en")
    _expect_area(visit, NOORD, naive.fitting({"amb": ["A4"]}), "en")


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_a_click_on_a_place(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP)
    drawn = visit.map()
    point, name = drawn.place()
    visit.after(lambda: _hit(visit, point))
    key = next(key for key, row in naive.initiatives().items() if row["name"] == name)
    _expect_initiative(visit, key)
    visit.eventually(visit.choices, {"sel": [key]})
    visit.eventually(drawn.frame.locator(".hsc-place.hsc-chosen").count, 1)
    visit.after(lambda: visit.press(visit.key("panel_close").get_by_role("button")))
    expect(visit.page.locator("#panel")).to_have_count(0)
    visit.eventually(visit.choices, {})


def _expect_initiative(visit: Visit, key: str, language: str = "nl") -> None:
    """The panel of an initiative: name, organisation, description, and a link to its source."""
    row = naive.initiatives()[key]
    expect(visit.page.locator("#panel")).to_have_text(row["name"])
    panel = visit.page.locator(".stHtml", has=visit.page.locator("#panel"))
    text = panel.inner_text()
    assert key in text
    assert row["organisation"].split("|")[0] in text
    assert row[f"description_{language}"] in text
    link = panel.locator(f'a[href="{row["source_url"]}"]').last  # others lead to the organisation
    assert set((link.get_attribute("rel") or "").split()) >= {"noopener", "noreferrer"}


def test_the_first_click_counts_where_the_map_reaches_below_the_screen(arrive: Arrivals) -> None:
    """The page may not move under the pointer, else pressing and letting go hit two things and nothing happens."""
    visit = arrive((1280, 600)).go(MAP)
    drawn = visit.map()
    box = drawn.iframe.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] > visit.page.viewport_size["height"]  # type: ignore[index]
    point = drawn.area_point(NOORD, scroll=False)
    visit.page.mouse.click(*point)
    visit.eventually(visit.choices, {"sel": [NOORD]})


def test_a_circle_of_several_names_them_and_fills_the_panel(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, ind="none")
    drawn = visit.map()
    drawn.iframe.scroll_into_view_if_needed()
    circle = drawn.frame.locator(".hsc-place").filter(has_text=re.compile(r"\d")).first
    number = int(circle.inner_text())
    circle.hover()
    lines = drawn.tip().splitlines()
    assert len(lines) == min(number, 6)
    assert set(lines[:5]) <= {row["name"][:90] for row in naive.initiatives().values()}
    circle.click()
    expect(visit.page.locator("#panel")).to_have_text(lines[0])


def test_the_same_by_keyboard_from_the_list_and_the_tables(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en")
    page = visit.page
    _field(visit).focus()
    page.keyboard.press("ControlOrMeta+a")
    name = f"{naive.areas()[NOORD]['name']} (focus district)"
    page.keyboard.type(name)
    page.get_by_role("option", name=name, exact=True).wait_for()
    page.keyboard.press("ArrowDown")
    visit.after(lambda: page.keyboard.press("Enter"))
    visit.close_chip()
    _expect_area(visit, NOORD, naive.not_ended(), "en")
    _open_tab(visit, "Initiatives")
    names = {row["name"]: key for key, row in naive.initiatives().items()}
    first = names[visit.table("panel_initiatives")[0][0]]
    visit.key("panel_initiatives").get_by_role("button").first.focus()
    visit.after(lambda: page.keyboard.press("Enter"))
    _expect_initiative(visit, first, "en")
    visit.key("panel_close").get_by_role("button").focus()
    visit.after(lambda: page.keyboard.press("Enter"))
    expect(page.locator("#panel")).to_have_count(0)


def test_an_initiative_tells_what_else_is_at_its_place(arrive: Arrivals) -> None:
    rows = naive.initiatives()
    places: dict[tuple[str, str], list[str]] = {}
    for key in naive.not_ended():
        for point in naive.points(key):
            places.setdefault(point, []).append(key)
    first, *others = max(places.values(), key=len)
    visit = arrive(NARROW).go(MAP, sel=first)
    _expect_initiative(visit, first)
    told = [row[0].split(" (te bevestigen")[0] for row in visit.table("panel_same")]
    assert told == [rows[key]["name"] for key in others]
    visit.after(lambda: visit.press(visit.key("panel_same").get_by_role("button").first))
    _expect_initiative(visit, others[0])
