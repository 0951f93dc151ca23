"""Hostile rows neither break a format nor start a formula in a spreadsheet."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import geopandas as gpd
import pytest

from hsc_geo.analysis import export
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.export import Bundle, bundle
from hsc_geo.data.load import Package
from tests.shared import naive, opened
from tests.shared.hostile import FORMULAS, LINK, LONG, NAMES, ORGANISATION, SCRIPT, carried, keys

ABOUT = {"snapshot": "0123456789ab", "filters": "q==1+1"}
# OWASP ASVS 5.0, requirement 1.2.10, and the carriage return of CWE-1236: what may start a formula.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@pytest.fixture(scope="module")
def download(hostile_package: Package) -> Bundle:
    return bundle(
        hostile_package, explore(hostile_package, Choice("50090NED-Overgewicht", ended=True)), ABOUT
    )


@pytest.fixture(scope="module")
def files(
    download: Bundle, hostile_package: Package, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, dict[str, opened.Rows]]:
    return {
        "csv": opened.from_csv(download),
        "geojson": opened.from_geojson(hostile_package, download),
        "geopackage": opened.from_geopackage(hostile_package, download, tmp_path_factory.mktemp("hostile")),
    }


@pytest.fixture(scope="module")
def workbook(download: Bundle) -> opened.openpyxl.Workbook:
    return opened.workbook(download)


def told(name: str) -> str:
    """A name short enough to show when a test fails, with its length."""
    return f"{len(name)}: {name[:80]!a}"


def names(rows: opened.Rows) -> list[str]:
    return [told(str(row["name"])) for row in rows[: len(NAMES)]]


def test_csv_keeps_every_row_and_every_name(files: dict[str, dict[str, opened.Rows]]) -> None:
    rows = files["csv"]["initiatives"]
    assert [row["initiative_id"] for row in rows] == list(naive.initiatives())
    expected = [f"'{carried(name)}" if name.startswith(STARTS) else carried(name) for name in NAMES]
    assert names(rows) == list(map(told, expected))


@pytest.fixture(scope="module")
def texts(download: Bundle) -> dict[str, str]:
    return opened.unzipped(download)


def test_no_row_of_the_csv_is_broken_by_a_line_end_inside_a_cell(texts: dict[str, str]) -> None:
    columns = len(texts["initiatives.csv"].split("\n", 1)[0].split(","))
    assert {len(row) for row in opened.lines(texts["initiatives.csv"])} == {columns}


def test_no_cell_of_the_csv_starts_a_formula(texts: dict[str, str]) -> None:
    for table in opened.TABLES:
        for row in opened.lines(texts[f"{table}.csv"]):
            for cell in row:
                assert not cell.startswith(STARTS) or is_number(cell), (table, cell[:40])


def test_no_cell_of_the_csv_for_excel_starts_a_formula(download: Bundle) -> None:
    """Neither what stands between semicolons, nor what stands between commas for who opens it so."""
    for name, content in opened.files_of(export.to_excel_csv_zip(download)).items():
        for row in opened.lines(content.decode("utf-8-sig"), ";"):
            for cell in row:
                assert not cell.startswith(STARTS) or is_number(cell.replace(",", ".")), (name, cell[:40])


def test_names_and_addresses_of_places_are_text_too(files: dict[str, dict[str, opened.Rows]]) -> None:
    rows = [row for row in files["csv"]["places"] if row["initiative_id"] == "LEI-013"]
    assert [(row["venue"], row["address"]) for row in rows] == [(SCRIPT, "'=1+1")]
    assert files["geopackage"]["places"][0]["address"] == "=1+1"


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize("start", STARTS, ids=ascii)
def test_a_text_that_begins_like_a_formula_begins_with_an_apostrophe_in_csv(
    package: Package, start: str
) -> None:
    register = package.initiatives.copy()
    register.loc["LEI-001", "name"] = f"{start}1+1"
    changed = replace(package, initiatives=register)
    b = bundle(changed, explore(changed, Choice("", facets={"status": ["ended"]})), ABOUT)
    first = opened.from_csv(b)["initiatives"][0]
    assert first["initiative_id"] == "LEI-001"
    assert first["name"][0] == "'"


@pytest.mark.parametrize("kind", ["csv", "geojson", "geopackage"])
def test_a_quote_and_a_line_end_stay_inside_their_cell(
    files: dict[str, dict[str, opened.Rows]], kind: str
) -> None:
    row = files[kind]["initiatives"][1]
    assert row["initiative_id"] == "LEI-002"
    assert carried(row["organisation"]) == carried(ORGANISATION)


def test_every_text_in_the_workbook_is_text(workbook: opened.openpyxl.Workbook) -> None:
    for sheet in workbook:
        for cells in sheet.iter_rows():
            assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr", "d"}, sheet.title  # d: a day


def test_formulas_stand_in_the_workbook_as_they_are_written(workbook: opened.openpyxl.Workbook) -> None:
    column = [cell.value for cell in workbook["initiatives"][1]].index("name")
    for i, name in enumerate(FORMULAS):
        cell = workbook["initiatives"][i + 2][column]
        assert cell.data_type == "s"
        assert cell.value == carried(name)
        assert cell.quotePrefix


def test_a_text_longer_than_a_cell_is_cut_in_the_workbook_only(
    workbook: opened.openpyxl.Workbook, files: dict[str, dict[str, opened.Rows]]
) -> None:
    at = NAMES.index(LONG)
    column = [cell.value for cell in workbook["initiatives"][1]].index("name")
    assert 30_000 < len(workbook["initiatives"][at + 2][column].value) <= 32_767
    for kind in ("geojson", "geopackage"):
        assert names(files[kind]["initiatives"])[at] == told(LONG)


@pytest.mark.parametrize("kind", ["geojson", "geopackage"])
def test_geojson_and_geopackage_keep_every_name(files: dict[str, dict[str, opened.Rows]], kind: str) -> None:
    rows = files[kind]["initiatives"]
    assert len(rows) == len(naive.initiatives())
    assert names(rows) == [told(carried(name)) for name in NAMES]
    assert {row["source_url"] for row in rows[: len(NAMES)]} == {LINK}


def test_geojson_is_read_by_a_library(download: Bundle, hostile_package: Package) -> None:
    contents = opened.files_of(export.to_geojson_zip(hostile_package, download))
    for layer, count in (("areas", 10), ("initiatives", len(naive.initiatives()))):
        assert len(gpd.read_file(io.BytesIO(contents[f"{layer}.geojson"]))) == count


def test_hostile_names_of_areas_are_kept(
    workbook: opened.openpyxl.Workbook, files: dict[str, dict[str, opened.Rows]]
) -> None:
    cells = {row[0]: row[1] for row in workbook["areas"].iter_rows(values_only=True)}
    assert cells["WK054605"] == "=1+1"
    assert cells["WK054603"].startswith("<script>")
    found = {row["area_code"]: row["name"] for row in files["geopackage"]["areas"]}
    assert found["WK054605"] == "=1+1"


@pytest.mark.parametrize("kind", ["csv", "xlsx", "geojson", "geopackage"])
@pytest.mark.parametrize("text", ["lone \ud800", "nul \x00", "x" * 100_000], ids=["surrogate", "nul", "long"])
def test_hostile_choices_do_not_break_a_format(
    package: Package, kind: str, text: str, tmp_path: Path
) -> None:
    view = explore(package, Choice("", text=text))
    b = bundle(package, view, {**ABOUT, "filters": f"q={text}", "figure": text})
    read = {
        "csv": opened.from_csv,
        "xlsx": opened.from_xlsx,
        "geojson": lambda b: opened.from_geojson(package, b),
        "geopackage": lambda b: opened.from_geopackage(package, b, tmp_path),
    }[kind]
    about = {row["key"]: row["value"] for row in read(b)["about"]}
    assert about["snapshot"] == ABOUT["snapshot"]
    assert carried(about["filters"])[:20] == carried(f"q={text}")[:20]


def test_hostile_rows_are_all_in_the_view(hostile_package: Package) -> None:
    view = explore(hostile_package, Choice("50090NED-Overgewicht", ended=True))
    assert list(view.ids[: len(NAMES)]) == keys(hostile_package)
