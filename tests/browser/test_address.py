"""The address holds every choice: language, links, wrong and old values, back and forward, reload."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from hsc_geo.views.kit.words import Words
from tests.browser import naive
from tests.browser.visiting import DATA, LINKED, MAP, NARROW, START, WIDE, Arrivals, Visit
from tests.browser.watching import traces

ALL = len(naive.initiatives())
KNOWN = len(naive.not_ended())  # what counts as long as nobody asks for what has ended
OVERWEIGHT = "50090NED-Overgewicht"
DEEP: dict[str, str | list[str]] = {
    "lang": "en",
    "ind": OVERWEIGHT,
    "year": "2016",
    "age": "65plus",
    "level": "neighbourhood",
    "classes": "natural",
    "k": "6",
    "amb": ["A1", "A4"],
    "sector": "community",
    "q": "leiden",
    "sel": "BU05460300",
    "table": "initiatives",
    "sort": "name",
    "desc": "1",
}
FIRST = "BU05460300"  # in the table of neighbourhoods: those of the focus districts lead
WRONG = {
    "ind": "50090NED-Nope",
    "year": "1890",
    "age": "young",
    "level": "street",
    "classes": "magic",
    "k": "99",
    "amb": "A9",
    "theme": "<b>x</b>",
    "district": "WK9",
    "sel": "XX",
    "table": "none",
    "page": "9999",
    "sort": "nonsense",
    "lang": "fr",
}


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_switching_the_language_keeps_the_choices(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP, amb="A2", level="neighbourhood", ind=OVERWEIGHT)
    drawn = visit.map()
    drawn.mark()
    count = len(naive.fitting({"amb": ["A2"]}))
    kept = visit.choices()
    for language, number in (("en", 1), ("nl", 0)):
        switch = visit.key("w_lang").get_by_role("radio")
        visit.after(lambda number=number, switch=switch: visit.press(switch.nth(number)))
        expect(visit.page.locator("html")).to_have_attribute("lang", language)
        expect(visit.page.locator("h1")).to_have_text(Words(language).t("Map"))
        expect(visit.page).to_have_title(Words(language).t("Map"))
        visit.eventually(visit.choices, {**kept, "lang": [language]})
        assert visit.shown() == count
        assert naive.indicator(OVERWEIGHT)[f"name_{language}"] in visit.text()
        visit.eventually(lambda: drawn.frame.evaluate("document.documentElement.lang"), language)
        name = naive.focus()["WK054603"][f"name_{language}"]
        assert name in drawn.names()
    assert drawn.kept()
    assert Words("nl").t("Map") != Words("en").t("Map")


def test_the_language_goes_along_to_the_other_pages(arrive: Arrivals) -> None:
    visit = arrive().go(START, lang="en")
    for path in (*LINKED[1:], START):
        visit.after(visit.page_link(path).click)
        expect(visit.page.locator("html")).to_have_attribute("lang", "en")
        visit.eventually(lambda: visit.choices().get("lang"), ["en"])


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_a_deep_link_brings_everything_back(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP, **DEEP)
    _expect_deep(visit)
    visit.page.reload()
    visit.settled(1)
    _expect_deep(visit)


def _expect_deep(visit: Visit) -> None:
    drawn = visit.map()
    fields = {
        "w_ind": naive.indicator(OVERWEIGHT)["name_en"],
        "w_year": "2016",
        "w_age": naive.term("age_group", "65plus", "en"),
        "w_sel": "Groenoord (neighbourhood in Leiden-Noord)",
    }
    for key, value in fields.items():
        visit.open_chip(key)
        expect(visit.key(key).get_by_role("combobox")).to_have_value(value)
    visit.close_chip()
    assert visit.page.locator(".hsc-note").count() == 0
    found = naive.fitting({"amb": ["A1", "A4"], "sector": ["community"]}, "leiden")
    visit.eventually(visit.shown, len(naive.serving("BU05460300", found)))
    expect(visit.page.locator("#panel")).to_have_text(naive.areas()["BU05460300"]["name"])
    rows = sorted((naive.initiatives()[key]["name"].casefold() for key in found), reverse=True)
    assert [row[0].casefold() for row in visit.table("table_initiatives")] == rows[:25]
    assert drawn.areas() == 54
    assert visit.choices() == {k: v if isinstance(v, list) else [v] for k, v in DEEP.items()}
    assert len([1 for colour, _, _ in visit.legend() if colour != "missing"]) == 6


def test_wrong_values_give_a_note_and_a_working_page(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, **WRONG)
    assert visit.map().areas() == 10
    assert visit.shown() == KNOWN
    expect(visit.page.get_by_role("status").first).to_be_visible()
    _expect_notes(visit, WRONG.values())
    visit.after(visit.key("w_amb").get_by_role("button").nth(1).click)
    visit.eventually(visit.shown, len(naive.fitting({"amb": ["A2"]})))
    expect(visit.page.locator(".hsc-note", has_text="A9")).to_have_count(0)
    visit.eventually(lambda: set(visit.choices()) - {"lang"}, {"amb"})


def _expect_notes(visit: Visit, values: object) -> None:
    """A note names every value that is not known; nothing looks like an error."""
    notes = " ".join(visit.page.locator(".hsc-note").all_inner_texts())
    assert [value for value in values if f'"{value}"' not in notes and f"“{value}”" not in notes] == []  # type: ignore[attr-defined]
    expect(visit.page.get_by_test_id("stAlert")).to_have_count(0)
    assert traces(visit.text()) == []


def test_wrong_values_on_the_data_page_give_a_note_too(arrive: Arrivals) -> None:
    wrong = {"section": "secrets", "ind": "50090NED-Nope", "page": "x", "sort": "nonsense", "lang": "de"}
    visit = arrive().go(DATA, **wrong)
    _expect_notes(visit, wrong.values())
    assert len(visit.table("indicators")) == 25


def test_an_old_link_to_an_age_group_that_is_not_published_says_what_is_shown(arrive: Arrivals) -> None:
    """A figure that is not known for the year, age group or level asked is shown for another one, and says so."""
    visit = arrive().go(MAP, ind=OVERWEIGHT, year="2020", age="18to64", lang="en")
    expect(visit.page.locator(".hsc-note")).to_contain_text(naive.term("age_group", "18plus", "en"))
    visit.open_chip("w_age")
    expect(visit.key("w_age").get_by_role("combobox")).to_have_value(naive.term("age_group", "18plus", "en"))


def test_very_long_and_odd_addresses_do_no_harm(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, q="x" * 5000, amb=["A9"] * 300, sel="\u202e\x00<script>", other="1")
    assert visit.map().areas() == 10
    assert traces(visit.text()) == []
    assert visit.shown() == 0


def test_back_and_forward_bring_earlier_choices(arrive: Arrivals) -> None:
    visit = arrive().go(MAP)
    drawn = visit.map()
    visit.after(visit.key("w_amb").get_by_role("button").nth(1).click)
    visit.eventually(visit.choices, {"amb": ["A2"]})
    visit.after(visit.key("w_level").get_by_role("radio").nth(1).click)
    visit.eventually(visit.choices, {"amb": ["A2"], "level": ["neighbourhood"]})
    visit.after(visit.key("table_areas").locator("tbody button").first.click)
    visit.eventually(lambda: visit.choices().get("sel"), [FIRST])
    fit = naive.fitting({"amb": ["A2"]})
    count, there = len(fit), len(naive.serving(FIRST, fit))
    for go, shown, areas, panels in (
        (visit.page.go_back, count, 54, 0),
        (visit.page.go_back, count, 10, 0),
        (visit.page.go_back, KNOWN, 10, 0),
        (visit.page.go_forward, count, 10, 0),
        (visit.page.go_forward, count, 54, 0),
        (visit.page.go_forward, there, 54, 1),
    ):
        visit.after(go)
        visit.eventually(visit.shown, shown)
        visit.eventually(drawn.areas, areas)
        expect(visit.page.locator("#panel")).to_have_count(panels)
        pressed = visit.key("w_amb").get_by_role("button").nth(1)
        expect(pressed).to_have_attribute("aria-pressed", "false" if shown == KNOWN else "true")


def test_back_from_another_page_brings_the_map_back_as_it_was(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, amb="A2", sel="WK054603")
    visit.map()
    visit.after(visit.page_link(DATA).click)
    visit.eventually(lambda: visit.page.url.split("?")[0], visit.address(DATA))
    visit.after(visit.page.go_back)
    visit.eventually(lambda: visit.page.url.split("?")[0], visit.address(MAP))
    visit.map()
    visit.eventually(visit.shown, len(naive.serving("WK054603", naive.fitting({"amb": ["A2"]}))))
    expect(visit.page.locator("#panel")).to_have_text(naive.areas()["WK054603"]["name"])
    visit.eventually(visit.choices, {"amb": ["A2"], "sel": ["WK054603"]})
