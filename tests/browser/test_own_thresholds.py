"""Thresholds typed on the page of the map by keyboard: its legend follows, a link and a file bring them along."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from tests.browser import naive
from tests.browser.in_the_dark import broken
from tests.browser.visiting import MAP, NARROW, Arrivals, Visit

OVERWEIGHT = "50150NED-Overgewicht"
ASKED = {"ind": OVERWEIGHT, "level": "neighbourhood", "year": "2024", "age": "18plus", "lang": "nl"}
GIVEN = (35.0, 42.5, 50.0)


def by_hand() -> dict[str, int]:
    """Neighbourhood -> its class by a plain comparison."""
    rows = {area: naive.observations().get((OVERWEIGHT, "2024", "18plus", area)) for area in _areas()}
    known = {area: float(row["value"]) for area, row in rows.items() if row and row["status"] == "present"}
    return {area: sum(value >= each for each in GIVEN) for area, value in known.items()}


def _areas() -> list[str]:
    return list(naive.of_level("neighbourhood"))


def _type(visit: Visit, text: str) -> None:
    """Into the box of thresholds, with nothing but the keyboard."""
    field = visit.key("w_breaks").get_by_role("textbox", name="Grenzen, van laag naar hoog")
    field.focus()
    visit.page.keyboard.press("Control+A")
    visit.page.keyboard.type(text)
    visit.after(lambda: visit.page.keyboard.press("Enter"))


def _counts(visit: Visit) -> list[int]:
    return [count for colour, _, count in visit.legend() if colour != "missing"]


def test_thresholds_are_typed_shared_and_taken_along(arrive: Arrivals, tmp_path: Path) -> None:
    visit = arrive().go(MAP, **ASKED)
    drawn = visit.map()
    drawn.mark()
    visit.choose("w_classes", "Eigen grenzen")
    begun = visit.choices()["breaks"][0]
    assert 2 <= len(begun.split("_")) <= 6
    _type(visit, "35 42,5 50")
    assert visit.choices()["breaks"] == ["35_42.5_50"]
    counts = [list(by_hand().values()).count(i) for i in range(4)]
    visit.eventually(lambda: _counts(visit), counts)
    assert drawn.kept()

    _type(visit, "35 50 42,5")
    told = visit.page.locator('.hsc-note[role="status"]')
    expect(told).to_contain_text("42,5 staat na 50")
    assert visit.key("w_breaks").get_by_role("textbox").input_value() == "35 50 42,5"
    assert broken(visit, "a fault in the thresholds") == []
    _type(visit, "35 42,5 50")
    expect(told).to_have_count(0)
    visit.close_chip()

    other = arrive(NARROW)
    other.page.goto(visit.page.url)
    other.settled(1)
    other.eventually(lambda: _counts(other), counts)

    with zipfile.ZipFile(_saved(visit, "CSV (zip)", tmp_path)) as packed:
        about = json.loads(packed.read("about.json"))
        areas = list(csv.DictReader(io.StringIO(packed.read("areas.csv").decode("utf-8-sig"))))
    assert about["thresholds"] == "35; 42.5; 50"
    assert "breaks=35_42.5_50" in about["address"]
    assert {row["area_code"]: int(row["map_class"]) - 1 for row in areas if row["map_class"]} == by_hand()
    for form in ("BibTeX", "RIS"):
        assert "breaks=35_42.5_50" in _saved(visit, form, tmp_path).read_text(encoding="utf-8")


def _saved(visit: Visit, form: str, folder: Path) -> Path:
    button = visit.page.get_by_role("button", name=form, exact=True)
    with visit.page.expect_download() as waited:
        visit.press(button)
    path = folder / form
    waited.value.save_as(path)
    return path
