"""The five downloads, saved through the browser, opened again and compared with what the screen shows."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import openpyxl
import pandas as pd
import pytest

from tests.browser import naive
from tests.browser.visiting import DATA, MAP, Arrivals, Visit
from tests.shared.naive import SEARCHED

OVERWEIGHT = "50150NED-Overgewicht"
CHOICES: dict[str, str | list[str]] = {
    "ind": OVERWEIGHT,
    "level": "neighbourhood",
    "amb": ["A2", "A4"],
    "year": "2016",
    "q": "leiden",
    "lang": "en",
}
FORMATS = ("CSV (zip)", "CSV for Excel, Dutch (zip)", "Excel (XLSX)", "GeoJSON (zip)", "GeoPackage")
TABLES = ("areas", "initiatives", "places", "figures", "dictionary", "sources")


@dataclass(frozen=True)
class Screen:
    """What the screen shows: per area its figure as text, the initiatives, and the edition."""

    figures: dict[str, str]
    names: list[str]
    snapshot: str


@dataclass(frozen=True)
class Download:
    """What a file holds: its tables as rows, and what it tells about itself."""

    areas: list[dict[str, Any]]
    initiatives: list[dict[str, Any]]
    places: list[dict[str, Any]]
    figures: list[dict[str, Any]]
    about: dict[str, str]
    dictionary: list[dict[str, Any]]
    sources: list[dict[str, Any]]


@pytest.fixture(scope="module")
def visit(come: Arrivals) -> Visit:
    return come().go(MAP, **CHOICES)


@pytest.fixture(scope="module")
def screen(visit: Visit) -> Screen:
    areas = visit.all_rows("table_areas")[:-3]  # below stand the city and what is for more than one area
    figures = {row[0]: row[2] for row in areas}
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
    _expect_same(_opened(file), screen)


def _opened(file: Path) -> Download:
    for ending, reader in READERS.items():
        if file.name.endswith(ending):
            return reader(file)
    raise AssertionError(file.name)


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
    wanted = _fitting({"A2", "A4"}, "leiden")
    assert [row["initiative_id"] for row in opened.initiatives] == wanted
    assert 0 < len(wanted) < len(naive.initiatives())
    assert opened.about["snapshot"] == screen.snapshot
    assert opened.about["filters"] == "amb=A2,A4; q=leiden"
    assert opened.about["initiatives_shown"] == str(len(wanted))
    for part in (f"ind={OVERWEIGHT}", "year=2016", "classes=", "asof=", "lang=en", "://"):
        assert part in opened.about["address"]
    assert opened.about["address"] in opened.about["citation"]
    (figure,) = [row for row in opened.figures if row["column"] == "value"]
    assert figure["indicator_id"] == OVERWEIGHT
    assert figure["not_for_en"]
    assert {row["initiative_id"] for row in opened.places} <= set(wanted)
    told = {(row["table"], row["column"]) for row in opened.dictionary}
    assert told >= {("areas", column) for column in opened.areas[0] if column != "geometry"}
    assert told >= {("initiatives", column) for column in opened.initiatives[0] if column != "geometry"}
    assert "50150NED" in {row["source_id"] for row in opened.sources}


def _fitting(ambitions: set[str], word: str) -> list[str]:
    """Initiatives not known to have ended, with an ambition and a word in their texts or places."""
    places: dict[str, str] = {}
    for row in naive.rows("initiative_places"):
        if row["role"] == "location":
            places[row["initiative_id"]] = (
                f"{places.get(row['initiative_id'], '')} {row['venue']} {row['address']}"
            )
    return [
        key
        for key, row in naive.initiatives().items()
        if set(row["ambition_codes"].split("|")) & ambitions
        and row["status"] != "ended"
        and word in " ".join([*(row[column] for column in SEARCHED), places.get(key, "")]).lower()
    ]


def _zip(file: Path) -> Download:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        content = {name: archive.read(f"{name}.csv") for name in TABLES}
        assert not any(text.startswith(b"\xef\xbb\xbf") for text in content.values())
        tables = {name: _rows(text.decode("utf-8"), ",") for name, text in content.items()}
        return Download(**tables, about=json.loads(archive.read("about.json")))


def _excel_zip(file: Path) -> Download:
    with zipfile.ZipFile(file) as archive:
        assert archive.testzip() is None
        tables = {
            name: _rows(archive.read(f"{name}.csv").decode("utf-8-sig"), ";") for name in (*TABLES, "about")
        }
    about = {row["key"]: row["value"] for row in tables.pop("about")}
    for row in tables["areas"]:
        row["value"] = row["value"].replace(",", ".")
    return Download(**tables, about=about)


def _rows(text: str, separator: str) -> list[dict[str, Any]]:
    return [_without_guard(row) for row in csv.DictReader(io.StringIO(text), delimiter=separator)]


def _without_guard(row: dict[str, str]) -> dict[str, str]:
    """Without the apostrophe that keeps a spreadsheet from taking `@ease` for a formula."""
    return {key: text[1:] if text[:1] == "'" and text[1:2] in "=+-@" else text for key, text in row.items()}


def _xlsx(file: Path) -> Download:
    book = openpyxl.load_workbook(file)
    sheets = {sheet.title: _records(sheet) for sheet in book}
    about = {row["key"]: str(row["value"] or "") for row in sheets.pop("about")}
    return Download(**{name: sheets[name] for name in TABLES}, about=about)


def _records(sheet: Any) -> list[dict[str, Any]]:
    head, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def _geojson(file: Path) -> Download:
    with zipfile.ZipFile(file) as archive:
        content = {name: archive.read(name) for name in archive.namelist()}
    told = json.loads(content.pop("tables.json"))
    layers = {name.removesuffix(".geojson"): json.loads(text)["features"] for name, text in content.items()}
    kinds = {name: {(each["geometry"] or {}).get("type") for each in found} for name, found in layers.items()}
    assert kinds["areas"] <= {"Polygon", "MultiPolygon"}
    assert kinds["initiatives"] <= {"MultiPoint", None}
    frame = gpd.read_file(io.BytesIO(content["areas.geojson"]))
    assert frame.crs.to_epsg() == 4326
    west, south, east, north = frame.total_bounds
    assert 4.3 < west < east < 4.7
    assert 52.0 < south < north < 52.3
    rows = {name: [feature["properties"] for feature in found] for name, found in layers.items()}
    return Download(**rows, **{name: told[name] for name in TABLES if name in told}, about=told["about"])


def _gpkg(file: Path) -> Download:
    layers = {name: gpd.read_file(file, layer=name) for name in ("areas", "initiatives", "places")}
    assert all(layer.crs.to_epsg() == 28992 for layer in layers.values())
    assert layers["areas"].is_valid.all()
    tables = {name: gpd.read_file(file, layer=name) for name in ("figures", "dictionary", "sources", "about")}
    rows = {name: _plain(frame) for name, frame in {**layers, **tables}.items()}
    about = {row["key"]: row["value"] or "" for row in rows.pop("about")}
    return Download(**rows, about=about)


def _plain(frame: Any) -> list[dict[str, Any]]:
    frame = frame.astype(object)
    return frame.where(frame.notna(), None).to_dict("records")


READERS = {
    "-csv.zip": _zip,
    "-excel-nl.zip": _excel_zip,
    ".xlsx": _xlsx,
    "-geojson.zip": _geojson,
    ".gpkg": _gpkg,
}


@pytest.mark.parametrize("label", FORMATS)
def test_a_download_without_a_figure_and_without_initiatives_opens_too(
    visit: Visit, tmp_path: Path, label: str
) -> None:
    if visit.choices().get("q") != ["zzzz"]:
        visit.go(MAP, ind="none", q="zzzz", lang="en")
    file = _save(visit, label, tmp_path)
    opened = _opened(file)
    assert len(opened.areas) == 10
    assert opened.initiatives == opened.places == []
    assert opened.about["filters"] == "q=zzzz"


def test_all_figures_are_saved_from_the_page_on_data(arrive: Arrivals, tmp_path: Path) -> None:
    visit = arrive().go(DATA, lang="en")
    with visit.page.expect_download() as waiting:
        visit.page.get_by_role("link", name="Parquet, for R, Python and QGIS").click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    assert re.fullmatch(r"hsc-geo-[0-9a-f]{12}-figures\.parquet", path.name)
    assert len(pd.read_parquet(path)) == len(naive.rows("observations"))
