"""The four downloads, saved through the browser, opened again and compared with what the screen shows."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pytest
from playwright.sync_api import Browser

from tests.browser import naive
from tests.browser.serving import Site
from tests.browser.visiting import MAP, Visit, visitor

OVERWEIGHT = "50090NED-Overgewicht"
CHOICES: dict[str, str | list[str]] = {
    "ind": OVERWEIGHT, "level": "neighbourhood", "amb": ["A2", "A4"], "year": "2016", "q": "leiden", "lang": "en"
}  # fmt: skip
FORMATS = ("CSV (zip)", "Excel (XLSX)", "GeoJSON", "GeoPackage")


@dataclass(frozen=True)
class Screen:
    """What the screen shows: per area its figure as text, the initiatives, and the edition."""

    figures: dict[str, str]
    names: list[str]
    snapshot: str


@dataclass(frozen=True)
class Download:
    """What a file holds: areas and initiatives as rows, what it tells about itself, its dictionary and sources."""

    areas: list[dict[str, Any]]
    initiatives: list[dict[str, Any]]
    about: dict[str, str]
    dictionary: list[dict[str, Any]]
    sources: list[dict[str, Any]]


@pytest.fixture(scope="module")
def visit(browser: Browser, site: Site) -> Iterator[Visit]:
    arrived = visitor(browser, site).go(MAP, **CHOICES)
    yield arrived
    arrived.page.context.close()
    assert arrived.watch.faults == []


@pytest.fixture(scope="module")
def screen(visit: Visit) -> Screen:
    figures = {row[0]: row[2] for row in visit.all_rows("table_areas")}
    visit.after(visit.key("w_table").get_by_role("radio").nth(1).click)
    visit.key("table_initiatives").locator("tbody tr").first.wait_for()
    names = [row[0] for row in visit.all_rows("table_initiatives")]
    return Screen(figures, names, visit.page.locator(".hsc-footer code").inner_text())


@pytest.mark.parametrize("label", FORMATS)
def test_a_download_holds_what_the_screen_shows(
    visit: Visit, screen: Screen, tmp_path: Path, label: str
) -> None:
    file = _save(visit, label, tmp_path)
    assert screen.snapshot in file.name
    opened = {".zip": _zip, ".xlsx": _xlsx, ".geojson": _geojson, ".gpkg": _gpkg}[file.suffix](file)
    _expect_same(opened, screen)


def _save(visit: Visit, label: str, folder: Path) -> Path:
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("button", name=label, exact=True).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def _expect_same(opened: Download, screen: Screen) -> None:
    shown = {row["name"]: row for row in opened.areas}
    assert shown.keys() == screen.figures.keys()
    for name, figure in screen.figures.items():
        value = shown[name]["value"]
        text = "suppressed by the source" if value in (None, "") else f"{float(value):.1f}%"
        assert text == figure, name
        assert (str(shown[name]["year"]), shown[name]["indicator_id"]) == ("2016", OVERWEIGHT)
    assert [row["name"] for row in opened.initiatives] == screen.names
    wanted = naive.fitting({"amb": ["A2", "A4"]}, "leiden")
    assert [row["initiative_id"] for row in opened.initiatives] == wanted
    assert 0 < len(wanted) < len(naive.initiatives())
    assert opened.about["snapshot"] == screen.snapshot
    assert opened.about["filters"] == "amb=A2,A4; q=leiden"
    assert opened.about["initiatives_shown"] == str(len(wanted))
    assert f"ind={OVERWEIGHT}" in opened.about["address"]
    told = {(row["table"], row["column"]) for row in opened.dictionary}
    assert told >= {("areas", column) for column in opened.areas[0] if column != "geometry"}
    assert told >= {("initiatives", column) for column in opened.initiatives[0] if column != "geometry"}
    assert "50090NED" in {row["source_id"] for row in opened.sources}


def _zip(file: Path) -> Download:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        tables = {
            name: [
                _without_guard(row)
                for row in csv.DictReader(io.StringIO(archive.read(f"{name}.csv").decode("utf-8-sig")))
            ]
            for name in ("areas", "initiatives", "dictionary", "sources")
        }
        return Download(**tables, about=json.loads(archive.read("about.json")))


def _without_guard(row: dict[str, str]) -> dict[str, str]:
    """Without the apostrophe that keeps a spreadsheet from taking `@ease` for a formula."""
    return {key: text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text for key, text in row.items()}


def _xlsx(file: Path) -> Download:
    book = openpyxl.load_workbook(file)
    sheets = {sheet.title: _records(sheet) for sheet in book}
    about = {row["key"]: str(row["value"] or "") for row in sheets.pop("about")}
    return Download(**sheets, about=about)


def _records(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _geojson(file: Path) -> Download:
    content = json.loads(file.read_text(encoding="utf-8"))
    frame = gpd.read_file(file)
    assert frame.crs.to_epsg() == 4326
    rows = [feature["properties"] for feature in content["features"]]
    kinds = [(feature["geometry"] or {}).get("type") for feature in content["features"]]
    areas = [row for row in rows if "initiative_id" not in row]
    assert set(kinds[: len(areas)]) <= {"Polygon", "MultiPolygon"}
    assert set(kinds[len(areas) :]) <= {"Point", None}
    west, south, east, north = frame.total_bounds
    assert 4.3 < west < east < 4.7
    assert 52.0 < south < north < 52.3
    told = content["hsc_geo"]
    initiatives = [row for row in rows if "initiative_id" in row]
    return Download(areas, initiatives, told["about"], told["dictionary"], told["sources"])


def _gpkg(file: Path) -> Download:
    layers = {name: gpd.read_file(file, layer=name) for name in ("areas", "initiatives")}
    assert all(layer.crs.to_epsg() == 28992 for layer in layers.values())
    assert layers["areas"].is_valid.all()
    tables = {name: gpd.read_file(file, layer=name) for name in ("dictionary", "sources", "about")}
    rows = {name: _plain(frame) for name, frame in {**layers, **tables}.items()}
    about = {row["key"]: row["value"] or "" for row in rows.pop("about")}
    return Download(**rows, about=about)


def _plain(frame: Any) -> list[dict[str, Any]]:
    frame = frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


@pytest.mark.parametrize("label", FORMATS)
def test_a_download_without_a_figure_and_without_initiatives_opens_too(
    visit: Visit, tmp_path: Path, label: str
) -> None:
    if visit.choices().get("q") != ["zzzz"]:
        visit.go(MAP, ind="none", q="zzzz", lang="en")
    file = _save(visit, label, tmp_path)
    opened = {".zip": _zip, ".xlsx": _xlsx, ".geojson": _geojson, ".gpkg": _gpkg}[file.suffix](file)
    assert len(opened.areas) == 10
    assert opened.initiatives == []
    assert opened.about["filters"] == "q=zzzz"
