"""Every download opened again and compared with data/*.csv under the same choices."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import pyogrio
import pytest
import shapely

from hsc_geo.analysis import export
from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.export import Bundle, bundle
from hsc_geo.data.load import Package
from tests.analysis import naive, opened

OVERWEIGHT = "50090NED-Overgewicht"
FILTER = {"ambition": ["A2", "A3"]}
ABOUT = {"snapshot": "0123456789ab", "filters": "amb=A2,A3; q=é & ü", "figure": "Overgewicht", "year": "2020"}
FORMATS = ("csv", "xlsx", "geojson", "geopackage")

Tables = dict[str, opened.Rows]


def view_of(package: Package, choice: Choice) -> Bundle:
    return bundle(package, explore(package, choice), ABOUT)


@pytest.fixture(scope="module")
def downloaded(package: Package) -> Bundle:
    return view_of(package, Choice(OVERWEIGHT, level="neighbourhood", facets=FILTER))


def open_all(package: Package, b: Bundle, folder: Path) -> dict[str, Tables]:
    return {
        "csv": opened.from_csv(b),
        "xlsx": opened.from_xlsx(b),
        "geojson": opened.from_geojson(package, b),
        "geopackage": opened.from_geopackage(package, b, folder),
    }


@pytest.fixture(scope="module")
def files(
    package: Package, downloaded: Bundle, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Tables]:
    return open_all(package, downloaded, tmp_path_factory.mktemp("files"))


def number(value: Any) -> float | None:
    return None if value in (None, "") else float(value)


def same(found: Any, cell: str, kind: str) -> bool:
    """Whether a cell of a download says what the cell of data/*.csv says."""
    if kind == "csv" and cell[:1] in ("=", "+", "-", "@"):
        cell = "'" + cell
    if found in (None, "") or cell == "":
        return found in (None, "") and cell == ""
    return str(found) == cell or (not isinstance(found, str) and number(found) == number(cell)) or (
        kind == "csv" and cell.replace(".", "").isdigit() and number(found) == number(cell)
    )  # fmt: skip


@pytest.mark.parametrize("kind", FORMATS)
def test_every_file_holds_the_same_tables(files: dict[str, Tables], kind: str) -> None:
    assert set(files[kind]) == {"areas", "initiatives", "dictionary", "sources", "about"}


@pytest.mark.parametrize("kind", FORMATS)
def test_figures_of_every_area(files: dict[str, Tables], kind: str) -> None:
    rows = files[kind]["areas"]
    assert sorted(row["area_code"] for row in rows) == sorted(naive.codes_of("neighbourhood"))
    for row in rows:
        assert number(row["value"]) == naive.observed(OVERWEIGHT, 2020, "18plus", row["area_code"])
        assert row["status"] == naive.observations()[OVERWEIGHT, "2020", "18plus", row["area_code"]]["status"]
        assert (row["indicator_id"], number(row["year"]), row["age_group"]) == (OVERWEIGHT, 2020, "18plus")
        area = naive.areas()[row["area_code"]]
        assert (row["name"], row["parent_code"]) == (area["name"], area["parent_code"])
        assert (number(row["population"]), number(row["population_year"])) == (
            number(area["population"]),
            2024,
        )


@pytest.mark.parametrize("kind", FORMATS)
def test_initiatives_known_of_every_area(files: dict[str, Tables], kind: str) -> None:
    fit = [key for key in naive.initiatives() if naive.fits(key, FILTER)]
    for row in files[kind]["areas"]:
        code = row["area_code"]
        district = naive.areas()[code]["parent_code"]
        inside = {c for c in naive.codes_of("neighbourhood") if naive.areas()[c]["parent_code"] == district}
        only = [k for k in fit if district in naive.served()[k] and not naive.served()[k] & inside]
        assert number(row["initiatives_known"]) == sum(code in naive.served()[key] for key in fit)
        assert number(row["initiatives_known_to_district_only"]) == len(only)


@pytest.mark.parametrize("kind", FORMATS)
def test_initiatives_are_those_that_fit_cell_by_cell(files: dict[str, Tables], kind: str) -> None:
    rows = files[kind]["initiatives"]
    assert [row["initiative_id"] for row in rows] == [k for k in naive.initiatives() if naive.fits(k, FILTER)]
    for row in rows:
        source = naive.initiatives()[row["initiative_id"]]
        wrong = [column for column, cell in source.items() if not same(row[column], cell, kind)]
        assert wrong == [], row["initiative_id"]
        codes = [
            r["area_code"]
            for r in naive.rows("initiative_areas")
            if r["initiative_id"] == row["initiative_id"]
        ]
        assert naive.parts(row["serves_area_codes"] or "") == set(codes)


@pytest.mark.parametrize("kind", FORMATS)
def test_classes_run_from_one_and_rise_with_the_value(files: dict[str, Tables], kind: str) -> None:
    pairs = [(number(row["value"]), number(row["map_class"])) for row in files[kind]["areas"]]
    assert all((value is None) == (number_of is None) for value, number_of in pairs)
    known = sorted(
        (value, number_of) for value, number_of in pairs if value is not None and number_of is not None
    )
    assert {number_of for _, number_of in known} == {1, 2, 3, 4, 5}
    assert [number_of for _, number_of in known] == sorted(number_of for _, number_of in known)


@pytest.mark.parametrize("kind", FORMATS)
def test_the_dictionary_explains_every_column_and_nothing_else(files: dict[str, Tables], kind: str) -> None:
    tables = files[kind]
    explained = {(row["table"], row["column"]) for row in tables["dictionary"]}
    columns = {(name, str(column)) for name in ("areas", "initiatives") for column in tables[name][0]}
    assert explained == columns
    assert all(row["description_nl"] and row["description_en"] for row in tables["dictionary"])
    assert all(row["description_nl"] != row["description_en"] for row in tables["dictionary"])


@pytest.mark.parametrize("kind", FORMATS)
def test_the_sources_of_all_that_is_in_it_are_named(files: dict[str, Tables], kind: str) -> None:
    named = {row["source_id"]: row for row in files[kind]["sources"]}
    assert {"50090NED", "85984NED", "REGISTER"} <= set(named)
    for key, row in named.items():
        source = next(row for row in naive.rows("sources") if row["source_id"] == key)
        assert (row["licence"] or "", row["title"], row["publisher"]) == (
            source["licence"],
            source["title"],
            source["publisher"],
        )


@pytest.mark.parametrize("kind", FORMATS)
def test_snapshot_filters_and_figure_are_inside(files: dict[str, Tables], kind: str) -> None:
    assert {row["key"]: row["value"] for row in files[kind]["about"]} == ABOUT


def test_the_zip_has_the_same_bytes_each_time(package: Package) -> None:
    first, second = (export.to_csv_zip(view_of(package, Choice(OVERWEIGHT))) for _ in range(2))
    assert first == second


def test_csv_is_utf8_that_a_spreadsheet_recognises(downloaded: Bundle) -> None:
    with zipfile.ZipFile(io.BytesIO(export.to_csv_zip(downloaded))) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            content = archive.read(name)
            assert content.startswith(b"\xef\xbb\xbf") == name.endswith(".csv")
            assert content.decode("utf-8")


def test_numbers_in_a_workbook_are_numbers(files: dict[str, Tables]) -> None:
    for column in ("value", "population", "initiatives_known", "year"):
        cells = [row[column] for row in files["xlsx"]["areas"]]
        assert {type(cell) for cell in cells if cell is not None} <= {int, float}, column


def test_whole_numbers_are_written_without_a_decimal_point(files: dict[str, Tables]) -> None:
    rows = files["csv"]["areas"]
    for column in ("map_class", "population", "year", "initiatives_known", "population_year"):
        assert [row[column] for row in rows if "." in (row[column] or "")] == [], column


# --- geometry ---------------------------------------------------------------------------------------------------


def rd(latitude: float, longitude: float) -> tuple[float, float]:
    """WGS84 to RD New within a metre: the approximation of Schreutelkamp and Strang van Hees (2001)."""
    p, q = 0.36 * (latitude - 52.15517440), 0.36 * (longitude - 5.38720621)
    x = (
        155_000 + 190_094.945 * q - 11_832.228 * p * q - 114.221 * p**2 * q - 32.391 * q**3 - 0.705 * p
        - 2.340 * p**3 * q - 0.608 * p * q**3 - 0.008 * q**2 + 0.148 * p**2 * q**3
    )  # fmt: skip
    y = (
        463_000 + 309_056.544 * p + 3_638.893 * q**2 + 73.077 * p**2 - 157.984 * p * q**2 + 59.788 * p**3
        + 0.433 * q - 6.439 * p**2 * q**2 - 0.032 * p * q + 0.092 * q**4 - 0.054 * p * q**4
    )  # fmt: skip
    return x, y


def placed() -> list[str]:
    """Initiatives whose area served is known as a place with coordinates."""
    return [
        key
        for key, row in naive.initiatives().items()
        if row["precision"] in ("address", "street") and row["latitude"] != ""
    ]


@pytest.fixture(scope="module")
def everything(package: Package) -> Bundle:
    return view_of(package, Choice(OVERWEIGHT))


@pytest.fixture(scope="module")
def whole(package: Package, everything: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opened.geopackage(package, everything, tmp_path_factory.mktemp("whole"))


def test_geojson_is_wgs84_with_longitude_first(package: Package, everything: Bundle) -> None:
    frame = gpd.read_file(io.BytesIO(export.to_geojson(package, everything)))
    assert frame.crs.to_epsg() == 4326
    west, south, east, north = frame.total_bounds
    assert 4.4 < west < east < 4.6
    assert 52.1 < south < north < 52.2


def test_points_in_geojson_are_the_places_and_no_others(package: Package, everything: Bundle) -> None:
    rows = [f for f in opened.features(package, everything) if "initiative_id" in f["properties"]]
    found = {f["properties"]["initiative_id"]: f["geometry"] for f in rows}
    assert [key for key, geometry in found.items() if geometry] == placed()
    for key in placed():
        row = naive.initiatives()[key]
        expected = [round(float(row["longitude"]), 5), round(float(row["latitude"]), 5)]
        assert found[key] == {"type": "Point", "coordinates": expected}


def test_areas_in_geojson_are_the_drawing(package: Package, everything: Bundle) -> None:
    drawing = json.loads((naive.DATA / "areas_drawing.geojson").read_text())["features"]
    drawn = {f["properties"]["area_code"]: f["geometry"] for f in drawing}
    areas = [f for f in opened.features(package, everything) if "initiative_id" not in f["properties"]]
    assert {f["properties"]["area_code"]: f["geometry"] for f in areas} == {
        code: drawn[code] for code in naive.codes_of("district")
    }


@pytest.mark.parametrize("layer", ["areas", "initiatives"])
def test_geopackage_layers_are_in_rd(whole: Path, layer: str) -> None:
    assert pyogrio.read_dataframe(whole, layer=layer).crs.to_epsg() == 28992


def test_tables_in_the_geopackage_have_no_geometry(whole: Path) -> None:
    layers = dict(pyogrio.list_layers(whole))
    assert {name for name, kind in layers.items() if kind is None} == {"dictionary", "sources", "about"}


def test_areas_in_the_geopackage_have_full_resolution(whole: Path) -> None:
    official = gpd.read_parquet(naive.DATA / "areas.parquet").set_index("area_code")["geometry"]
    areas = pyogrio.read_dataframe(whole, layer="areas")
    for code, shape in zip(areas["area_code"], areas.geometry, strict=True):
        assert shapely.get_num_coordinates(shape) == shapely.get_num_coordinates(official[code])
        assert shape.symmetric_difference(official[code]).area < 1e-6


def test_points_in_the_geopackage_are_the_places_in_metres(whole: Path) -> None:
    table = pyogrio.read_dataframe(whole, layer="initiatives").set_index("initiative_id").geometry
    assert [key for key, point in table.items() if point is not None] == placed()
    for key in placed():
        row = naive.initiatives()[key]
        x, y = rd(float(row["latitude"]), float(row["longitude"]))
        assert table[key].distance(shapely.Point(x, y)) < 1.0


def test_an_event_with_an_address_for_the_whole_city_is_never_a_point(package: Package, whole: Path) -> None:
    wide = [
        key
        for key, row in naive.initiatives().items()
        if row["precision"] in ("city", "region", "unknown") and row["latitude"]
    ]
    assert wide
    points = pyogrio.read_dataframe(whole, layer="initiatives").set_index("initiative_id").geometry
    assert points[wide].isna().all()


def test_coordinates_of_districts_and_cities_do_not_become_points(package: Package) -> None:
    """Even if every row had coordinates, only addresses and streets would be drawn."""
    rows = package.initiatives.assign(latitude=52.16, longitude=4.49)
    b = Bundle(pd.DataFrame(), rows.reset_index(), pd.DataFrame(), pd.DataFrame(), {})
    points = export._points(b.initiatives)
    drawn = set(points.loc[points.geometry.notna(), "precision"])
    assert drawn == {"address", "street"}


@pytest.mark.parametrize(
    "choice",
    [
        Choice("", text="qzqzqz"),
        Choice("REGISTER-Initiatieven", facets={"district": ["city"]}, level="neighbourhood"),
    ],
    ids=["no figure and no initiative", "city-wide only"],
)
def test_odd_views_open_in_every_format(package: Package, choice: Choice, tmp_path: Path) -> None:
    view = explore(package, choice)
    for kind, tables in open_all(package, bundle(package, view, ABOUT), tmp_path).items():
        assert len(tables["areas"]) == len(naive.codes_of(view.choice.level)), kind
        assert [row["initiative_id"] for row in tables["initiatives"]] == list(view.ids), kind


def test_a_column_without_a_meaning_stops_the_export(package: Package) -> None:
    with pytest.raises(KeyError, match="colour"):
        export._dictionary(pd.DataFrame({"colour": []}), pd.DataFrame())
