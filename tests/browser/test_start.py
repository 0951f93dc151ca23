"""The start page in a browser: five minutes before a debate."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser import naive
from tests.browser.visiting import MAP, NARROW, START, WIDE, Arrivals

NORTH = "WK054603"
SMOKE_FREE = "a smoke-free youth"


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_what_is_least_known_for_noord_and_a_page_to_take_along_in_two_clicks(
    arrive: Arrivals, size: tuple[int, int]
) -> None:
    visit = arrive(size).go(START, lang="en")
    said = visit.page.locator(".hsc-said").inner_text()
    assert f"In Leiden Noord least is known for {SMOKE_FREE} (none of the 3 in Leiden)" in said

    cell = visit.page.locator(".hsc-matrix tr.focus").first.get_by_role("button", name="none known")
    visit.press(cell)  # the first: why
    why = visit.page.locator(".hsc-why:popover-open")
    expect(why).to_contain_text("for the whole city: 4; for the region: none known")
    expect(why).to_contain_text("need rests on one figure only")
    visit.page.keyboard.press("Escape")
    expect(why).to_have_count(0)

    with visit.page.expect_download() as found:  # the second: the page to take along
        visit.press(visit.page.get_by_role("button", name="Download as PDF"))
    pdf = PdfReader(io.BytesIO(Path(found.value.path()).read_bytes()))
    told = "".join("".join(page.extract_text() for page in pdf.pages).split())
    assert "".join(said.split("Counted:")[0].split()) in told


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_a_district_on_the_map_opens_the_map_with_it(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(START, lang="en")
    shape = visit.page.locator(f'.hsc-city a[aria-hidden][href*="{NORTH}"]')
    named = visit.page.locator(f'.hsc-city a:not([aria-hidden])[href*="{NORTH}"]')
    expect(named).to_have_accessible_name("Leiden-Noord: need high, 15 known")
    shape.locator("xpath=..").scroll_into_view_if_needed()
    box = shape.locator("xpath=..").bounding_box()
    at = named.bounding_box()
    assert box is not None
    assert at is not None
    assert box["x"] <= at["x"]
    assert at["x"] + at["width"] <= box["x"] + box["width"] + 1
    visit.page.mouse.click(
        at["x"] + at["width"] / 2, at["y"] + at["height"] + 6
    )  # beside its name, in its shape
    visit.eventually(lambda: visit.page.url.split("?")[0], visit.address(MAP))
    visit.settled()
    assert visit.choices() == {"sel": [NORTH], "lang": ["en"]}
    expect(visit.page.locator("#panel")).to_have_text(naive.areas()[NORTH]["name"])
