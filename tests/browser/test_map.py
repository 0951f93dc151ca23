"""The map itself: what is drawn is what the data say and the legend tells, and the frame is never loaded again."""

from __future__ import annotations

import math
import re
from collections import Counter

import pytest
from playwright.sync_api import Route, expect

from tests.browser import naive
from tests.browser.drawn import HATCH
from tests.browser.visiting import LANGUAGES, MAP, NARROW, SIZES, Arrivals, Visit

OVERWEIGHT = "50090NED-Overgewicht"
LEVELS = ("district", "neighbourhood")
WHY = {
    "suppressed": "suppressed by the source",
    "not_measured": "not measured in this year",
    "not_published": "not published for this area",
}
SCHEMES = ("city", "quantiles", "equal", "natural", "std")


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_districts_focus_districts_names_and_background_are_drawn(
    arrive: Arrivals, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(MAP)
    drawn = visit.map()
    assert drawn.areas() == len(naive.of_level("district")) == 10
    assert drawn.focus_outlines() == len(naive.focus()) == 2
    visit.eventually(drawn.pictures, "whole")
    names = set(drawn.names())
    wanted = _names("nl")
    focus = {row["name_nl"] for row in naive.focus().values()}
    assert names >= focus if size == NARROW else names == wanted
    assert names <= wanted


LAPTOP, PROJECTOR, PHONE = (1280, 800), (1920, 1080), NARROW
IN_FIRST_SCREEN = """(frame) => {
  const box = frame.getBoundingClientRect();
  return box.width * Math.max(0, Math.min(box.bottom, innerHeight) - box.top) / (innerWidth * innerHeight);
}"""


@pytest.mark.parametrize(("size", "part"), [(LAPTOP, 0.5), (PROJECTOR, 0.6)], ids=["laptop", "projector"])
def test_the_map_fills_the_first_screen(arrive: Arrivals, size: tuple[int, int], part: float) -> None:
    """And with an area chosen its panel takes at most two fifths of the width; nothing stays empty under the map."""
    visit = arrive(size).go(MAP)
    drawn = visit.map()
    assert drawn.iframe.evaluate(IN_FIRST_SCREEN) >= part
    visit.after(lambda: visit.page.mouse.click(*drawn.area_point("WK054605")))
    panel = visit.key("hsc_hero_panel")
    expect(panel.locator("#panel")).to_be_visible()
    hero, side = visit.key("hsc_hero").bounding_box(), panel.bounding_box()
    assert hero is not None
    assert side is not None
    assert side["width"] <= 0.4 * hero["width"]
    below = visit.key("w_table").bounding_box()
    assert below is not None
    assert below["y"] - (hero["y"] + hero["height"]) < 150
    assert drawn.shows("WK054605")


def test_on_a_phone_the_map_begins_in_the_first_screen_and_a_sheet_comes_over_it(arrive: Arrivals) -> None:
    visit = arrive(PHONE).go(MAP)
    drawn = visit.map()
    box = drawn.iframe.bounding_box()
    assert box is not None
    assert box["y"] + 200 <= PHONE[1]
    assert box["height"] >= 0.6 * PHONE[1]
    visit.after(lambda: visit.page.touchscreen.tap(*drawn.area_point("WK054605")))
    sheet = visit.page.locator(".st-key-hsc_hero > :has(> .st-key-hsc_hero_panel)")
    expect(sheet.locator("#panel")).to_be_in_viewport()
    assert (sheet.bounding_box() or {})["height"] <= 0.6 * PHONE[1]
    visit.after(visit.key("panel_close").get_by_role("button").tap)
    expect(sheet).to_be_hidden()


def test_whether_anything_is_known_against_smoking_in_a_district_takes_two_taps(arrive: Arrivals) -> None:
    """On a phone, from the page of the map: the ambition, then the district. What is for the whole city is told too."""
    visit = arrive(PHONE).go(MAP)
    drawn = visit.map()
    ambition = visit.key("w_amb").get_by_role("button", name=re.compile("Rookvrije jeugd"))
    visit.after(ambition.tap)
    visit.after(lambda: visit.page.touchscreen.tap(*drawn.area_point("WK054605")))
    found = naive.fitting({"amb": ["A3"]})
    wide = [key for key in found if naive.initiatives()[key]["precision"] == "city"]
    assert naive.serving("WK054605", found) == []
    told = "In Leiden Zuidwest zelf is geen initiatief bekend voor een rookvrije jeugd, wel {n} voor de hele stad."
    expect(visit.page.locator("#summary")).to_have_text(told.format(n=len(wide)))
    known = visit.page.locator("#known")
    expect(known).to_contain_text(f"voor de hele stad: {len(wide)}")
    expect(known).to_be_in_viewport()


def test_what_has_no_place_is_counted_with_the_name_of_its_district(arrive: Arrivals) -> None:
    """Also what is known to a neighbourhood, where only districts are drawn: squares and circles hold all there is."""
    drawn = arrive().go(MAP).map()
    known = naive.not_ended()
    without = [key for key in known if not naive.points(key)]
    districts = naive.of_level("district")
    assert drawn.known_to_area_only() == sum(len(naive.serving(code, without)) for code in districts)
    assert drawn.initiatives_drawn() == len(naive.drawn(known))


def _names(language: str) -> set[str]:
    """The names of the districts, the focus districts by the name of their own."""
    own = {code: row[f"name_{language}"] for code, row in naive.focus().items()}
    return {own.get(code, naive.areas()[code]["name"]) for code in naive.of_level("district")}


def test_the_names_can_be_read(arrive: Arrivals) -> None:
    """No name lies over another one or over a circle, and none is cut off by the edge."""
    visit = arrive().go(MAP, lang="en")
    boxes = visit.map().frame.evaluate(
        """() => [...document.querySelectorAll(".hsc-name, .hsc-place")].map((node) => {
          const box = node.getBoundingClientRect();
          return [node.className + " " + node.innerText, box.left, box.top, box.right, box.bottom];
        })"""
    )
    wide, high = visit.map().frame.evaluate("[innerWidth, innerHeight]")
    assert [box for box in boxes if box[1] < 0 or box[2] < 0 or box[3] > wide or box[4] > high] == []
    over = [
        (one[0], other[0])
        for i, one in enumerate(boxes)
        for other in boxes[i + 1 :]
        if min(one[3], other[3]) - max(one[1], other[1]) > 3
        and min(one[4], other[4]) - max(one[2], other[2]) > 3
    ]
    assert over == []


@pytest.mark.parametrize("ended", [False, True], ids=["known", "ended-too"])
def test_every_initiative_is_drawn_at_its_places_or_counted_by_whom_it_is_for(
    arrive: Arrivals, ended: bool
) -> None:
    visit = arrive().go(MAP, ind="none", **({"ended": "1"} if ended else {}))
    drawn = visit.map()
    known = list(naive.initiatives()) if ended else naive.not_ended()
    assert visit.shown() == len(known)
    assert drawn.initiatives_drawn() == len(naive.drawn(known))
    places: dict[tuple[str, str], list[str]] = {}
    for key in known:
        for point in naive.points(key):
            places.setdefault(point, []).append(key)
    wide = [keys for keys in places.values() if naive.wide(keys) == keys]
    assert drawn.for_everyone() == len(wide) > 0
    assert drawn.frame.locator(".hsc-place").count() == len(places)
    said = visit.page.locator("#summary").inner_text()
    assert list(map(int, re.findall(r"\d+", said))) == [len(known), *_by_whom_they_are_for(known)]
    assert drawn.fills().keys() == {"#d8dee4"}


def _by_whom_they_are_for(keys: list[str]) -> list[int]:
    """For a district or neighbourhood, the whole city, the region, and without a known area."""
    apart = [key for key in keys if not naive.served()[key]]
    of = Counter(naive.initiatives()[key]["precision"] for key in apart)
    return [len(keys) - len(apart), of["city"], of["region"], len(apart) - of["city"] - of["region"]]


def test_without_a_choice_the_newest_figure_is_drawn_by_its_distance_from_the_city(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en")
    key, city = "50150NED-GoedErvarenGezondheid", "GM0546"
    assert naive.figure(key, "2024", "18plus", city, "en") in visit.text()
    _expect_drawn(visit, key, "2024", "18plus", "district", "en")
    usual = visit.legend()
    assert visit.go(MAP, lang="en", ind=key, year="2024", age="18plus", classes="city").legend() == usual
    assert visit.go(MAP, lang="en", classes="quantiles").legend() != usual


@pytest.mark.parametrize("language", LANGUAGES)
def test_levels_years_and_ages_change_the_map_and_not_the_frame(arrive: Arrivals, language: str) -> None:
    visit = arrive().go(MAP, lang=language)
    drawn = visit.map()
    drawn.mark()
    visit.choose("w_ind", naive.indicator(OVERWEIGHT)[f"name_{language}"])
    _expect_drawn(visit, "50150NED-Overgewicht", "2024", "18plus", "district", language)
    visit.choose("w_ind_table", "2012–2020, 50090NED")
    _expect_drawn(visit, OVERWEIGHT, "2020", "18plus", "district", language)
    visit.choose("w_year", "2012")
    _expect_drawn(visit, OVERWEIGHT, "2012", "18plus", "district", language)
    visit.choose("w_age", naive.term("age_group", "65plus", language))
    _expect_drawn(visit, OVERWEIGHT, "2012", "65plus", "district", language)
    visit.close_chip()
    visit.after(visit.key("w_level").get_by_role("radio").nth(1).click)
    _expect_drawn(visit, OVERWEIGHT, "2012", "65plus", "neighbourhood", language)
    assert (
        visit.choices().items()
        >= {"ind": [OVERWEIGHT], "year": ["2012"], "age": ["65plus"], "level": ["neighbourhood"]}.items()
    )
    assert drawn.kept()


def _expect_drawn(visit: Visit, key: str, year: str, age: str, level: str, language: str) -> None:
    """As many areas in each colour as the legend tells, each class with the values that its words tell."""
    drawn = visit.map()
    visit.eventually(drawn.areas, len(naive.of_level(level)))
    visit.eventually(lambda: drawn.fills() == _legend_fills(visit), True)
    found = {area: naive.observations().get((key, year, age, area)) for area in naive.of_level(level)}
    values = [float(row["value"]) for row in found.values() if row and row["status"] == "present"]
    legend = visit.legend()
    assert sum(count for colour, _, count in legend if colour == "missing") == len(found) - len(values)
    for colour, words, count in legend:
        if colour != "missing":
            low, high = _bounds(words, language)
            assert sum(low <= value <= high for value in values) == count, words
    title = visit.page.locator(".hsc-maptitle").inner_text()
    assert naive.indicator(key)[f"name_{language}"] in title
    assert year in title
    assert naive.term("age_group", age, language) in title


def _legend_fills(visit: Visit) -> dict[str, int]:
    counts: dict[str, int] = {}
    for colour, _, count in visit.legend():
        name = HATCH if colour == "missing" else colour
        counts[name] = counts.get(name, 0) + count
    return counts


def _bounds(words: str, language: str) -> tuple[float, float]:
    """The lowest and the highest value of a legend entry such as `30,0 - 33,9% (4 wijken)`, open at the ends."""
    thousands, point = (".", ",") if language == "nl" else (",", ".")
    values = words.rpartition("(")[0].replace(thousands, "").replace(point, ".")
    numbers = [float(text) for text in re.findall(r"-?\d+(?:\.\d+)?", values)]
    below, above = ("of lager", "of hoger") if language == "nl" else ("or lower", "or higher")
    low = -math.inf if values.strip().endswith(below) else numbers[0]
    return low, math.inf if values.strip().endswith(above) else numbers[-1]


def test_each_classification_and_number_of_classes(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, ind=OVERWEIGHT, level="neighbourhood", lang="en")
    drawn = visit.map()
    drawn.mark()
    visit.open_chip("w_classes")
    seen = set()
    options = visit.options("w_classes")
    assert options.pop() == "Own thresholds"
    assert len(options) == len(SCHEMES)
    for scheme, label in list(zip(SCHEMES, options, strict=True))[::-1]:
        visit.choose("w_classes", label)
        _expect_drawn(visit, OVERWEIGHT, "2020", "18plus", "neighbourhood", "en")
        seen.add(tuple(visit.legend()))
        assert visit.choices().get("classes", ["city"]) == [scheme]
    assert len(seen) == len(SCHEMES)
    visit.choose("w_classes", options[SCHEMES.index("quantiles")])
    for k in ("3", "4", "6", "7"):
        visit.choose("w_k", k)
        _expect_drawn(visit, OVERWEIGHT, "2020", "18plus", "neighbourhood", "en")
        assert len(drawn.fills().keys() - {HATCH}) == int(k)
        assert visit.choices()["k"] == [k]
    assert drawn.kept()


@pytest.mark.parametrize(
    ("key", "year", "age"),
    [(OVERWEIGHT, "2020", "65plus"), ("85984NED-GemiddeldInkomenPerInwoner", "2024", "all")],
)
def test_missing_values_are_hatched_with_their_reason(
    arrive: Arrivals, key: str, year: str, age: str
) -> None:
    found = [naive.observations().get((key, year, age, area)) for area in naive.of_level("neighbourhood")]
    missing = Counter(row["status"] if row else "not_published" for row in found)
    del missing["present"]
    assert missing
    visit = arrive().go(MAP, ind=key, level="neighbourhood", year=year, age=age, lang="en")
    drawn = visit.map()
    visit.eventually(lambda: drawn.fills()[HATCH], missing.total())
    told = Counter(
        {words.partition(" (")[0]: n for colour, words, n in visit.legend() if colour == "missing"}
    )
    assert told == Counter({WHY[status]: number for status, number in missing.items()})
    assert drawn.frame.locator("#hsc-hatch line").get_attribute("stroke") == "#767676"


def test_hovering_an_area_names_it_with_its_figure(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, ind=OVERWEIGHT)
    drawn = visit.map()
    visit.page.mouse.move(*drawn.area_point("WK054603"))
    tip = drawn.tip()
    assert naive.areas()["WK054603"]["name"] in tip
    assert naive.figure(OVERWEIGHT, "2020", "18plus", "WK054603", "nl") in tip
    known = naive.serving("WK054603", naive.not_ended())
    assert re.search(rf"^{len(known)} ", tip, re.MULTILINE)
    assert re.search(rf"\D {len(naive.wide(naive.not_ended()))}$", tip, re.MULTILINE)


def test_zooming_in_names_the_neighbourhoods_and_loses_no_initiative(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, level="neighbourhood")
    drawn = visit.map()
    circles = drawn.initiatives_drawn()
    small = {naive.areas()[code]["name"] for code in naive.of_level("neighbourhood")}
    assert not small & set(drawn.names()) - _names("nl")
    for _ in range(3):
        zoom = drawn.zoom()
        drawn.frame.locator(".leaflet-control-zoom-in").click()
        visit.eventually(drawn.zoom, zoom + 1)
    visit.eventually(lambda: bool(small & set(drawn.names())), True)
    visit.eventually(drawn.initiatives_drawn, circles)
    visit.eventually(drawn.pictures, "whole")


MODULE = "**/map/chart.mjs"


@pytest.mark.parametrize("level", LEVELS)
def test_a_module_that_comes_late_shows_the_newest_state_and_hears_the_first_click(
    arrive: Arrivals, level: str
) -> None:
    """The frame starts the map and updates it before the module is there; nothing of that may be lost."""
    visit = arrive()
    held: list[Route] = []
    visit.page.route(MODULE, lambda route: held.append(route))
    visit.go(MAP, lang="en", level=level)
    visit.page.locator("iframe").wait_for()
    visit.eventually(lambda: bool(held), True)
    visit.choose("w_ind", naive.indicator(OVERWEIGHT)["name_en"])
    visit.close_chip()
    held[0].continue_()
    _expect_drawn(visit, "50150NED-Overgewicht", "2024", "18plus", level, "en")
    code = naive.of_level(level)[0]
    visit.after(lambda: visit.page.mouse.click(*visit.map().area_point(code)))
    visit.eventually(lambda: visit.choices().get("sel"), [code])


def test_a_module_that_does_not_come_leaves_a_note(arrive: Arrivals) -> None:
    visit = arrive()
    visit.page.route(MODULE, lambda route: route.fulfill(status=200, content_type="text/html", body="<p>"))
    visit.go(MAP, lang="en")
    note = visit.page.frame_locator("iframe").locator(".hsc-failed")
    expect(note).to_have_text("The map could not be loaded; the table below holds the same.")
    (fault,) = visit.watch.faults  # the browser's own word that this is no script
    assert "module script" in fault
    visit.watch.faults.clear()
