"""The whole country on the map: painted as the legend says, pointed at, chosen from, and never loaded again."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Frame, expect

from tests.browser import axe
from tests.browser.profiles import POLLING
from tests.browser.visiting import MAP, NARROW, SIZES, WIDE, Arrivals, Visit

LONELY = "50090NED-Eenzaam"
READY = "() => document.querySelector('#map_div')?.dataset.ready === 'yes' && hscMap.layer && !hscMap.layer._loading"
# How many pixels of the canvases have each colour; those at edges are mixed.
COLOURS = """() => {
  const found = {};
  for (const canvas of document.querySelectorAll(".leaflet-hsc-areas-pane canvas")) {
    if (!canvas.width) continue;
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    for (let i = 0; i < data.length; i += 64) {
      if (data[i + 3] < 255) continue;
      const colour = "#" + [0, 1, 2].map((part) => data[i + part].toString(16).padStart(2, "0")).join("");
      found[colour] = (found[colour] || 0) + 1;
    }
  }
  return found;
}"""
POINT = "(at) => { const { x, y } = hscMap.map.latLngToContainerPoint(at); return [x, y]; }"
UTRECHT = [52.09, 5.10]


def frame_of(visit: Visit) -> Frame:
    handle = visit.page.locator("iframe").element_handle()
    assert handle is not None
    frame = handle.content_frame()
    assert frame is not None
    frame.wait_for_function(READY, polling=POLLING)
    return frame


def painted(frame: Frame) -> dict[str, int]:
    return frame.evaluate(COLOURS)


def point(visit: Visit, frame: Frame, at: list[float]) -> tuple[float, float]:
    """A place of the map as a point of the page."""
    box = visit.page.locator("iframe").bounding_box()
    assert box is not None
    x, y = frame.evaluate(POINT, at)
    return box["x"] + x, box["y"] + y


def legend_colours(visit: Visit) -> dict[str, int]:
    """Colour -> how many areas the legend counts."""
    entries: list[Any] = visit.page.locator(".hsc-legend li").evaluate_all(
        "items => items.map(item => [item.firstChild.style.background, item.innerText])"
    )
    found = {}
    for colour, text in entries:
        rgb, number = re.findall(r"\d+", colour), re.search(r"\(([\d.]+) [^()]+\)$", text.strip())
        if rgb and number:
            found["#" + "".join(f"{int(part):02x}" for part in rgb)] = int(number[1].replace(".", ""))
    return found


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_the_country_is_painted_in_the_colours_of_the_legend(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP, lang="nl", ind=LONELY)
    visit.after(lambda: visit.press(visit.key("w_level").get_by_text("Nederland")))
    frame = frame_of(visit)
    shown = painted(frame)
    legend = legend_colours(visit)
    assert sum(legend.values()) == 341
    assert {colour for colour, areas in legend.items() if areas > 10} <= set(shown)
    assert visit.choices()["nation"] == ["municipality"]
    mine = [one for one in axe.findings(visit.page)[0] if axe.limit_of(visit.page, one) is None]
    assert mine == [], "\n".join(map(str, mine))


def test_a_change_of_figure_year_level_or_classes_keeps_the_frame_and_where_it_looks(
    arrive: Arrivals,
) -> None:
    visit = arrive(WIDE).go(MAP, lang="nl", ind=LONELY, nation="neighbourhood")
    frame = frame_of(visit)
    before = painted(frame)
    frame.evaluate("() => { window.__mark = 1; hscMap.map.setView([52.2, 4.6], 9, { animate: false }); }")
    frame.wait_for_function(READY, polling=POLLING)
    tiles = len(frame.evaluate("[...hscMap.geometry.kept.keys()]"))
    visit.choose("w_year", "2012")
    assert len(frame.evaluate("[...hscMap.geometry.kept.keys()]")) == tiles
    assert painted(frame) != before
    visit.close_chip()
    visit.after(lambda: visit.press(visit.key("w_nation").get_by_text("Wijken")))
    assert frame.evaluate("[window.__mark, hscMap.map.getZoom(), hscMap.state.level]") == [1, 9, "district"]
    frame.wait_for_function(READY, polling=POLLING)
    assert set(legend_colours(visit)) <= set(painted(frame))


def test_what_is_pointed_at_is_told_and_what_is_pressed_is_chosen(arrive: Arrivals) -> None:
    visit = arrive(WIDE).go(MAP, lang="nl", ind=LONELY, nation="municipality")
    frame = frame_of(visit)
    visit.page.locator("iframe").scroll_into_view_if_needed()
    visit.page.mouse.move(*point(visit, frame, UTRECHT))
    expect(frame.locator(".hsc-tip")).to_have_text(re.compile(r"UtrechtEenzaam: \d\d,\d%"))
    visit.after(lambda: visit.page.mouse.click(*point(visit, frame, UTRECHT)))
    expect(visit.key("hsc_hero_panel").locator("#panel")).to_have_text("Utrecht")
    assert visit.choices()["narea"] == ["GM0344"]
    visit.eventually(lambda: frame.evaluate("hscMap.map.getZoom()") > 8.5, True)
    visit.page.go_back()
    visit.settled()
    visit.page.reload()
    visit.settled(1)
    assert visit.choices()["nation"] == ["municipality"]


def test_on_a_phone_an_area_is_found_by_a_part_of_its_name(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(MAP, lang="nl", ind=LONELY, nation="municipality")
    frame_of(visit)
    visit.after(lambda: visit.press(visit.key("chip_nation_area").get_by_role("button")))
    box = visit.page.get_by_label("Naam van een gemeente, wijk of buurt")
    box.fill("groenoord leiden")
    visit.after(lambda: box.press("Enter"))
    visit.after(lambda: visit.press(visit.page.get_by_text("Groenoord (buurt in Leiden)", exact=True)))
    assert visit.choices()["narea"] == ["BU05460300"]
    assert visit.choices()["nation"] == ["neighbourhood"]
    expect(visit.page.locator("#panel")).to_have_text("Groenoord")
