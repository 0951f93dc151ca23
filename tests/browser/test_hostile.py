"""Hostile rows: what stands in the data is shown as text, and nothing of it runs, calls or breaks."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.browser import copies, naive, serving
from tests.browser.sections import SECTIONS
from tests.browser.serving import Site
from tests.browser.visiting import COVERAGE, DATA, MAP, NARROW, SIZES, START, Arrivals, Visit
from tests.browser.watching import traces

OVERWEIGHT = "50090NED-Overgewicht"
HOSTILE_IDS = ("LEI-002", "LEI-003", "LEI-004", "LEI-005", "LEI-006", copies.spoiled_place())
ALL, KNOWN = len(naive.initiatives()), len(naive.not_ended())


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app with a hostile copy of the data."""
    folder = tmp_path_factory.mktemp("hostile")
    data = copies.copy_of_data(folder)
    copies.spoil(data)
    with serving.running(folder, data=data) as site:
        yield site
        assert "Traceback" not in site.told(), site.told()[-5000:]


def _expect_tame(visit: Visit) -> None:
    """Nothing ran in the page or a frame, no link leads to a script, no stack trace; the watch sees to dialogs."""
    for frame in visit.page.frames:
        assert frame.evaluate("window.__hacked") is None
        assert frame.locator("a[href^='javascript' i], [onerror], [onload], img[src='x']").count() == 0
    assert traces(visit.text()) == []
    expect(visit.page.get_by_test_id("stAlert")).to_have_count(0)
    expect(visit.page.locator(".hsc-footer")).to_have_count(1)


def test_every_page_is_tame(arrive: Arrivals, hostile: Site) -> None:
    visit = arrive(at=hostile)
    _expect_tame(visit.go(START))
    assert copies.BREAKING_OUT in visit.text()
    for path, choices in ((COVERAGE, {}), *((DATA, {"section": section}) for section in SECTIONS)):
        visit.go(path, **choices)
        visit.unfold_all()
        _expect_tame(visit)
    visit.go(DATA, ind=OVERWEIGHT)
    assert copies.SCRIPT in visit.text()
    _expect_tame(visit)


def test_the_map_and_its_tips_show_text(arrive: Arrivals, hostile: Site) -> None:
    visit = arrive(at=hostile).go(MAP, ind=OVERWEIGHT)
    drawn = visit.map()
    assert drawn.areas() == 10
    assert copies.BREAKING_OUT in drawn.names()
    visit.page.mouse.move(*drawn.area_point("WK054603"))
    assert copies.SCRIPT in drawn.tip()
    circle = drawn.circle_of(copies.spoiled_place())
    circle.hover()
    expect(drawn.frame.locator(".hsc-tip").last).to_contain_text("<script>window.__hacked=1")
    visit.after(circle.click)
    expect(visit.page.locator("#panel")).not_to_have_text("")
    _expect_tame(visit)


@pytest.mark.parametrize("size", [NARROW], ids=["narrow"])
def test_panels_and_tables_show_text(arrive: Arrivals, hostile: Site, size: tuple[int, int]) -> None:
    visit = arrive(size, at=hostile)
    for key in HOSTILE_IDS if size == SIZES[0] else HOSTILE_IDS[:2]:
        visit.go(MAP, sel=key, table="initiatives")
        visit.map()
        expect(visit.page.locator("#panel")).to_have_count(1)
        _expect_tame(visit)
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= size[0]
    visit.go(MAP, sel="WK054603", amb="A2")
    visit.map()
    expect(visit.page.locator("#panel")).to_have_text(copies.SCRIPT)
    _expect_tame(visit)


def test_a_link_to_a_script_is_no_link(arrive: Arrivals, hostile: Site) -> None:
    visit = arrive(at=hostile).go(MAP, sel=copies.spoiled_place())
    panel = visit.page.locator(".stHtml", has=visit.page.locator("#panel"))
    assert copies.BREAKING_OUT in panel.inner_text()
    links = [str(link.get_attribute("href")) for link in panel.locator("a").all()]
    assert [link for link in links if not link.startswith(("https://", "aanmelden?", "partners?"))] == []


def test_filters_and_searching_go_on(arrive: Arrivals, hostile: Site) -> None:
    visit = arrive(at=hostile).go(MAP, q="<script>", table="initiatives")
    visit.eventually(lambda: visit.shown() > 0, True)
    assert copies.SCRIPT in [row[0] for row in visit.table("table_initiatives")]
    visit.after(visit.key("clear_choices").get_by_role("button").click)
    visit.eventually(visit.shown, KNOWN)
    visit.after(visit.key("w_amb").get_by_role("button").nth(1).click)
    visit.eventually(lambda: 0 < visit.shown() < KNOWN, True)
    _expect_tame(visit)


def test_downloads_hold_no_formula(arrive: Arrivals, hostile: Site, tmp_path: Path) -> None:
    visit = arrive(at=hostile).go(MAP, lang="en")
    with zipfile.ZipFile(_save(visit, "CSV (zip)", tmp_path)) as archive:
        rows = _rows(archive, "initiatives.csv")
        places = _rows(archive, "places.csv")
    assert len(rows) == KNOWN
    assert "'" + copies.FORMULA in {row["name"] for row in rows}
    assert not [value for row in (*rows, *places) for value in row.values() if value.startswith("=")]
    at = [row for row in places if row["initiative_id"] == copies.spoiled_place()]
    assert [row["address"] for row in at] == ["'" + copies.FORMULA]
    sheet = openpyxl.load_workbook(_save(visit, "Excel (XLSX)", tmp_path))["initiatives"]
    assert copies.FORMULA in [cell.value for cell in sheet["B"]]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}
    with zipfile.ZipFile(_save(visit, "GeoJSON (zip)", tmp_path)) as archive:
        read = {name: json.loads(archive.read(name)) for name in archive.namelist() if "json" in name}
    assert sum(len(json.dumps(each)) for each in read.values()) > 100_000
    features = read["initiatives.geojson"]["features"]
    assert copies.FORMULA in {each["properties"]["name"] for each in features}
    assert _save(visit, "GeoPackage", tmp_path).stat().st_size > 100_000


def _rows(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def _save(visit: Visit, label: str, folder: Path) -> Path:
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name=label, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path
