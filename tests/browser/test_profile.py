"""The profile in a browser: its parts are jumped to, and another area changes its sentence."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.visiting import NARROW, PROFILE, Arrivals

NORTH, SOUTH_WEST = "WK054603", "WK054605"


def test_a_part_is_jumped_to_and_another_area_changes_the_sentence(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(PROFILE, lang="en", area=NORTH)
    said = visit.page.locator(".hsc-said")
    expect(said).to_contain_text("Leiden Noord")
    for key in ("initiatives", "alike"):
        visit.press(visit.page.locator(f'.hsc-jump a[href="#{key}"]'))
        expect(visit.page.locator(f"h2#{key}")).to_be_in_viewport()
    assert visit.choices() == {"lang": ["en"], "area": [NORTH]}

    visit.after(lambda: visit.press(visit.page.get_by_role("button", name="Leiden-Noord", exact=True)))
    visit.choose("w_area", "Bos- en Gasthuisdistrict (focus district Leiden Zuidwest)")
    expect(said).to_contain_text("Leiden Zuidwest")
    assert visit.choices()["area"] == [NORTH, SOUTH_WEST]
