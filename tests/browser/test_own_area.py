"""An own area in a browser: it is made, seen on the profile, and seen by who opens the link that was shared."""

from __future__ import annotations

import json

import pytest
import shapely
from playwright.sync_api import expect

from hsc_geo.data.load import load
from tests.browser.drawn import MapOnScreen
from tests.browser.visiting import COVERAGE, MAP, NARROW, PROFILE, RESEARCH, Arrivals, Visit
from tests.shared.naive import DATA

NAME = "Zuidwest, smal"
SHOWN = f"{NAME} (own area)"
SOUTH_WEST = "WK054605"
OUTLINES = """() => hscMap.outlines.own.getLayers().map(
  (layer) => layer.getLatLngs().map((ends) => ends.map((at) => [at.lng, at.lat])))"""


def make(visit: Visit) -> None:
    """The Bos- en Gasthuisdistrict without its first neighbourhood, under a name."""
    page = visit.page
    visit.after(lambda: visit.press(page.get_by_role("button", name="Make an own area")))
    visit.choose("w_own_begin", "Bos- en Gasthuisdistrict")
    visit.key("own_make").wait_for()
    first = visit.key("w_own_parts").get_by_role("button", name="Remove Vreewijk")
    visit.after(lambda: visit.press(first.first))
    visit.key("w_own_name").get_by_role("textbox").fill(NAME)
    visit.after(lambda: page.keyboard.press("Tab"))
    visit.after(lambda: visit.press(visit.key("own_make").get_by_role("button")))


def test_one_is_made_and_whoever_opens_its_link_sees_the_same(arrive: Arrivals) -> None:
    visit = arrive().go(RESEARCH, lang="en", part="own")
    make(visit)
    said = visit.page.locator(".hsc-said")
    expect(said).to_contain_text(SHOWN)
    (kept,) = visit.choices()["ownareas"]
    assert kept.endswith(f"-{NAME}")

    visit.after(lambda: visit.press(visit.page.get_by_role("button", name=NAME)))
    with visit.page.expect_navigation():
        visit.press(visit.page.get_by_role("link", name="Profile beside"))
    visit.settled(1)
    expect(said).to_contain_text(SHOWN)
    told = said.inner_text()
    assert visit.choices()["ownareas"] == [kept]
    assert visit.choices()["area"][1] == SOUTH_WEST
    address = visit.page.url

    other = arrive(NARROW)
    other.page.goto(address)
    other.settled(1)
    expect(other.page.locator(".hsc-said")).to_have_text(told)
    other.go(COVERAGE, ownareas=kept, lang="en")
    expect(other.page.get_by_text(SHOWN).first).to_be_visible()


def test_it_goes_along_by_the_menu_and_leaves_with_one_press(arrive: Arrivals) -> None:
    text = "0500.0501.0900-Mine"
    visit = arrive().go(PROFILE, lang="en", ownareas=text)
    visit.after(visit.page_link(COVERAGE).click)
    expect(visit.page.get_by_text("Mine (own area)").first).to_be_visible()
    assert visit.choices()["ownareas"] == [text]
    visit.after(visit.page_link(RESEARCH).click)
    visit.after(lambda: visit.press(visit.page.get_by_role("tab", name="Your own area?")))
    visit.after(lambda: visit.press(visit.page.get_by_role("button", name="Mine", exact=True)))
    visit.after(lambda: visit.press(visit.page.get_by_role("button", name="Take Mine away")))
    assert "ownareas" not in visit.choices()
    visit.after(visit.page_link(COVERAGE).click)
    assert "ownareas" not in visit.choices()
    expect(visit.page.get_by_text("Mine (own area)")).to_have_count(0)


def test_the_map_outlines_it_and_says_so(arrive: Arrivals) -> None:
    """The line is that of its neighbourhoods put together by shapely, without the borders between them."""
    codes = {"BU05460500", "BU05460501", "BU05460900"}
    visit = arrive().go(MAP, lang="en", ownareas="0500.0501.0900-Mine")
    casing, line = MapOnScreen(visit.page).frame.evaluate(OUTLINES)
    assert casing == line
    shapes = [
        shapely.from_geojson(json.dumps(each["geometry"]))
        for each in load(DATA).drawing["features"]
        if each["properties"]["area_code"] in codes
    ]
    assert len(shapes) == len(codes)
    drawn = shapely.union_all(shapely.linestrings(line))
    assert drawn.length == pytest.approx(shapely.union_all(shapes).boundary.length, rel=1e-9)
    expect(visit.page.locator(".hsc-key")).to_contain_text("own area: Mine")
