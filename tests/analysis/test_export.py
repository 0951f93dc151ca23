"""Every download opened again and compared with data/*.csv under the same choices."""

from __future__ import annotations

import io
import json
from collections import Counter
from itertools import pairwise
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
from hsc_geo.analysis.export_tables import dictionary
from hsc_geo.data.load import Package
from tests.shared import naive, opened

OVERWEIGHT = "50150NED-Overgewicht"
YEAR, AGE = 2024, "18plus"
FILTER = {"ambition": ["A2", "A3"]}
ABOUT = {
    "snapshot": "0123456789ab",
    "filters": "amb=A2,A3; q=é & ü",
    "figure": "Overgewicht",
    "year": "2024",
    "language": "en",
}
FORMATS = ("csv", "excel_csv", "xlsx", "geojson", "geopackage")
AS_TEXT = ("csv", "excel_csv")
ADDED = {"serves_area_codes", "counts_as", "places_known", "start_date_from", "source_date_from"}

Tables = dict[str, opened.Rows]


def view_of(package: Package, choice: Choice) -> Bundle:
    return bundle(package, explore(package, choice), ABOUT)


@pytest.fixture(scope="module")
def downloaded(package: Package) -> Bundle:
    return view_of(package, Choice(OVERWEIGHT, level="neighbourhood", facets=FILTER))


def open_all(package: Package, b: Bundle, folder: Path) -> dict[str, Tables]:
    return {
        "csv": opened.from_csv(b),
        "excel_csv": opened.from_excel_csv(b),
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
    if kind in AS_TEXT and cell[:1] in ("=", "+", "-", "@"):
        cell = "'" + cell
    if found in (None, "") or cell == "":
        return found in (None, "") and cell == ""
    return (
        str(found) == cell
        or (not isinstance(found, str) and number(found) == number(cell))
        or (kind in AS_TEXT and cell.replace(".", "").isdigit() and number(found) == number(cell))
    )


def fitting() -> list[str]:
    """Initiatives with one of the ambitions of FILTER that are not known to have ended."""
    return [
        key
        for key, row in naive.initiatives().items()
        if naive.parts(row["ambition_codes"]) & {"A2", "A3"} and row["status"] != "ended"
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_file_holds_the_same_tables(files: dict[str, Tables], kind: str) -> None:
    assert set(files[kind]) == {*opened.TABLES, "about"}


@pytest.mark.parametrize("kind", FORMATS)
def test_figures_of_every_area(files: dict[str, Tables], kind: str) -> None:
    rows = files[kind]["areas"]
    assert sorted(row["area_code"] for row in rows) == sorted(naive.codes_of("neighbourhood"))
    for row in rows:
        assert number(row["value"]) == naive.observed(OVERWEIGHT, YEAR, AGE, row["area_code"])
        assert row["status"] == naive.observations()[OVERWEIGHT, str(YEAR), AGE, row["area_code"]]["status"]
        assert (row["indicator_id"], number(row["year"]), row["age_group"]) == (OVERWEIGHT, YEAR, AGE)
        area = naive.areas()[row["area_code"]]
        assert (row["name"], row["parent_code"]) == (area["name"], area["parent_code"])
        assert (number(row["population"]), number(row["population_year"])) == (
            number(area["population"]),
            2025,
        )


@pytest.mark.parametrize("kind", FORMATS)
def test_the_city_and_the_country_stand_beside_the_areas(files: dict[str, Tables], kind: str) -> None:
    found = {row["area_code"]: (number(row["value"]), row["status"]) for row in files[kind]["comparison"]}
    # No figure for the country in this edition of the table, and none of another table in its place.
    assert found == {
        "GM0546": (naive.observed(OVERWEIGHT, YEAR, AGE, "GM0546"), "present"),
        "NL00": (None, "not_published"),
    }


@pytest.mark.parametrize("kind", FORMATS)
def test_initiatives_known_of_every_area(files: dict[str, Tables], kind: str) -> None:
    fit = fitting()
    wide = Counter(naive.initiatives()[key]["precision"] for key in fit)
    for row in files[kind]["areas"]:
        code = row["area_code"]
        district = naive.areas()[code]["parent_code"]
        inside = {c for c in naive.codes_of("neighbourhood") if naive.areas()[c]["parent_code"] == district}
        here = [key for key in fit if code in naive.served()[key]]
        only = [k for k in fit if district in naive.served()[k] and not naive.served()[k] & inside]
        own = [key for key in here if naive.scope(key) == {district}]
        assert number(row["initiatives_known"]) == len(here)
        assert (number(row["initiatives_own"]), number(row["initiatives_shared"])) == (
            len(own),
            len(here) - len(own),
        )
        assert number(row["initiatives_known_to_district_only"]) == len(only)
        assert number(row["initiatives_city"]) == wide["city"] > 0
        assert number(row["initiatives_region"]) == wide["region"]


@pytest.mark.parametrize("kind", FORMATS)
def test_initiatives_are_those_that_fit_cell_by_cell(files: dict[str, Tables], kind: str) -> None:
    rows = files[kind]["initiatives"]
    assert [row["initiative_id"] for row in rows] == fitting()
    assert set(rows[0]) == {*naive.initiatives()["LEI-001"], *ADDED}
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
        assert number(row["places_known"]) == len(locations(row["initiative_id"]))


def locations(key: str) -> list[naive.Row]:
    """The places where an initiative happens."""
    rows = naive.rows("initiative_places")
    return [row for row in rows if row["initiative_id"] == key and row["role"] == "location"]


@pytest.mark.parametrize("kind", FORMATS)
def test_places_have_a_row_each_and_those_of_events_none(files: dict[str, Tables], kind: str) -> None:
    rows = files[kind]["places"]
    expected = [row for key in fitting() for row in locations(key)]
    assert [(row["initiative_id"], str(row["place_number"])) for row in rows] == [
        (row["initiative_id"], row["place_number"]) for row in expected
    ]
    for row, source in zip(rows, expected, strict=True):
        assert row["name"] == naive.initiatives()[row["initiative_id"]]["name"]
        columns = set(source) - {"role"}
        assert [column for column in columns if not same(row[column], source[column], kind)] == []
    assert {"LEI-026", "LEI-051"}.isdisjoint(row["initiative_id"] for row in rows)  # ended, and not asked for


@pytest.mark.parametrize(
    ("districts", "expected"),
    [
        ([], {"own": 3, "city": 1, "region": 1, "unknown": 1}),
        (["WK054603"], {"own": 1, "shared": 1, "city": 1, "region": 1}),
        (["WK054603", "WK054608"], {"own": 3, "city": 1, "region": 1}),
    ],
)
def test_each_initiative_says_how_it_counts_for_the_districts_chosen(
    package: Package, districts: list[str], expected: dict[str, int]
) -> None:
    """Of seven with a known scope: Noord, Merenwijk, both, city, region, and none."""
    chosen = {"LEI-045", "LEI-047", "LEI-026", "LEI-068", "LEI-001", "LEI-086"}
    assert {key: naive.scope(key) for key in chosen} == {
        "LEI-045": {"WK054603"},
        "LEI-047": {"WK054608"},
        "LEI-026": {"WK054603", "WK054608"},
        "LEI-068": {"region"},
        "LEI-001": {"city"},
        "LEI-086": {"unknown"},
    }
    b = view_of(package, Choice("", facets={"district": districts}, ended=True))
    groups = Counter(
        row["counts_as"] for row in opened.from_csv(b)["initiatives"] if row["initiative_id"] in chosen
    )
    assert groups == expected


@pytest.mark.parametrize("kind", FORMATS)
def test_classes_run_from_one_and_rise_with_the_value(files: dict[str, Tables], kind: str) -> None:
    pairs = [(number(row["value"]), number(row["map_class"])) for row in files[kind]["areas"]]
    assert all((value is None) == (number_of is None) for value, number_of in pairs)
    known = sorted(
        (value, number_of) for value, number_of in pairs if value is not None and number_of is not None
    )
    assert [number_of for _, number_of in known] == sorted(number_of for _, number_of in known)
    assert {number_of for _, number_of in known} == set(range(1, len(files[kind]["classes"]) + 1))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("scheme", ["city", "quantiles", "equal"])
def test_the_map_is_coloured_again_from_the_breaks_in_the_file(
    package: Package, tmp_path: Path, kind: str, scheme: str
) -> None:
    b = view_of(package, Choice(OVERWEIGHT, level="neighbourhood", scheme=scheme))
    tables = open_all(package, b, tmp_path)[kind]
    classes = [(number(row["lower"]), number(row["upper"])) for row in tables["classes"]]
    assert {row["scheme"] for row in tables["classes"]} == {scheme}
    again = []
    for row in tables["areas"]:
        value = number(row["value"])
        fit = [
            place
            for place, (lower, upper) in enumerate(classes, start=1)
            if value is not None and (lower < value <= upper or (place == 1 and value == lower))  # type: ignore[operator]
        ]
        again.append(fit[0] if fit else None)
    assert again == [number(row["map_class"]) for row in tables["areas"]]
    counted = Counter(place for place in again if place)
    assert [number(row["areas"]) for row in tables["classes"]] == [
        counted[i + 1] for i in range(len(classes))
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_each_figure_tells_what_it_is_and_what_it_is_not_for(files: dict[str, Tables], kind: str) -> None:
    rows = {row["column"]: row for row in files[kind]["figures"]}
    expected = {
        "value": OVERWEIGHT,
        "population": "86165NED-AantalInwoners",
        "initiatives_known": "REGISTER-Initiatieven",
    }
    assert {column: row["indicator_id"] for column, row in rows.items()} == expected
    assert number(rows["value"]["year"]) == YEAR
    assert number(rows["population"]["year"]) == 2025
    for column, key in expected.items():
        source = naive.indicators()[key]
        for name in ("definition", "method", "caveats", "not_for", "name"):
            for language in ("nl", "en"):
                assert (rows[column][f"{name}_{language}"] or "") == source[f"{name}_{language}"]
        for name in ("unit", "kind", "direction", "table_id", "source_id"):
            assert rows[column][name] == source[name]
    assert all(rows["value"][f"{name}_en"] for name in ("definition", "method", "caveats", "not_for"))


@pytest.mark.parametrize("kind", FORMATS)
def test_every_code_in_the_file_has_its_name(files: dict[str, Tables], kind: str) -> None:
    tables = files[kind]
    named = {(row["vocabulary"], row["code"]): row for row in tables["codes"]}
    listed = {(row["table"], row["column"]): (row["codes"], row["separator"]) for row in tables["dictionary"]}
    used: set[tuple[str, str]] = set()
    for (table, column), (vocabulary, separator) in listed.items():
        if vocabulary:
            cells = {str(row[column]) for row in tables[table] if row[column] not in (None, "")}
            parts = {part for cell in cells for part in (cell.split(separator) if separator else [cell])}
            used |= {(vocabulary, part) for part in parts}
    assert used <= set(named)
    assert {
        ("ambition", "A1"),
        ("status", "planned"),
        ("area", "WK054603"),
        ("counts_as", "city"),
        ("confidence", "high"),
        ("observation_status", "suppressed"),
        ("scheme", "city"),
    } <= used
    assert all(row["name_nl"] and row["name_en"] for row in named.values())
    assert named["area", "WK054603"]["name_nl"] == "Leiden-Noord"
    own = next(r for r in naive.rows("vocabularies") if (r["vocabulary"], r["code"]) == ("ambition", "A3"))
    assert named["ambition", "A3"]["definition_nl"] == own["definition_nl"]


def test_only_codes_that_are_used_are_listed(files: dict[str, Tables]) -> None:
    listed = {row["code"] for row in files["csv"]["codes"] if row["vocabulary"] == "unit"}
    assert listed == {"percent", "persons", "count"}


def test_codes_that_were_asked_for_and_found_nothing_are_named_too(package: Package) -> None:
    b = view_of(package, Choice("", facets={"ladder": ["recognised"]}))
    assert len(b["initiatives"]) == 0
    assert ("ladder", "recognised") in set(zip(b["codes"]["vocabulary"], b["codes"]["code"], strict=True))


@pytest.mark.parametrize("kind", FORMATS)
def test_the_dictionary_explains_every_column_and_nothing_else(files: dict[str, Tables], kind: str) -> None:
    tables = files[kind]
    explained = {(row["table"], row["column"]) for row in tables["dictionary"]}
    names = set(opened.TABLES) - {"dictionary"}
    assert explained == {(name, str(column)) for name in names for column in tables[name][0]}
    assert all(row["description_nl"] and row["description_en"] for row in tables["dictionary"])
    assert all(row["description_nl"] != row["description_en"] for row in tables["dictionary"])
    assert {row["type"] for row in tables["dictionary"]} <= {"string", "integer", "number", "date", "boolean"}


@pytest.mark.parametrize("kind", FORMATS)
def test_the_sources_of_all_that_is_in_it_are_named(files: dict[str, Tables], kind: str) -> None:
    named = {row["source_id"]: row for row in files[kind]["sources"]}
    assert {"50150NED", "86165NED", "REGISTER", "BOUNDARIES2016"} <= set(named)
    assert {row["source_id"] for row in files[kind]["figures"]} <= set(named)
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


@pytest.mark.parametrize("make", [export.to_csv_zip, export.to_excel_csv_zip])
def test_a_zip_has_the_same_bytes_each_time(package: Package, make: Any) -> None:
    first, second = (make(view_of(package, Choice(OVERWEIGHT))) for _ in range(2))
    assert first == second


def test_csv_for_programs_has_no_mark_commas_and_points(downloaded: Bundle) -> None:
    contents = opened.files_of(export.to_csv_zip(downloaded))
    assert not [name for name, content in contents.items() if content.startswith(b"\xef\xbb\xbf")]
    frame = pd.read_csv(
        io.BytesIO(contents["areas.csv"])
    )  # as a program reads it, without being told anything
    assert frame["value"].dtype == float
    assert frame.columns[0] == "area_code"


def test_csv_for_excel_has_a_mark_semicolons_and_commas(downloaded: Bundle) -> None:
    contents = opened.files_of(export.to_excel_csv_zip(downloaded))
    assert set(contents) == {f"{name}.csv" for name in (*opened.TABLES, "about")}
    assert [name for name, content in contents.items() if not content.startswith(b"\xef\xbb\xbf")] == []
    head, *rows = opened.lines(contents["areas.csv"].decode("utf-8-sig"), ";")
    values = [row[head.index("value")] for row in rows]
    assert {value.count(",") for value in values if value} == {1}
    assert not any("." in value for value in values)
    latitudes = [row["latitude"] for row in opened.table(contents["places.csv"].decode("utf-8-sig"), ";")]
    assert [cell for cell in latitudes if cell and not cell.startswith("52,")] == []


@pytest.mark.parametrize("excel", [False, True])
def test_missing_numbers_and_texts_are_empty_cells(excel: bool) -> None:
    table = pd.DataFrame(
        {"text": ["a", "", None], "number": [1.5, None, 2.0], "whole": pd.array([1, None, 3], "Int64")}
    )
    text = export.to_csv(table, excel).decode("utf-8-sig")
    rows = opened.lines(text, ";" if excel else ",")[1:]
    assert rows == [["a", "1,5" if excel else "1.5", "1"], ["", "", ""], ["", "2,0" if excel else "2.0", "3"]]


def test_numbers_in_a_workbook_are_numbers(files: dict[str, Tables]) -> None:
    for column in ("value", "population", "initiatives_known", "year"):
        cells = [row[column] for row in files["xlsx"]["areas"]]
        assert {type(cell) for cell in cells if cell is not None} <= {int, float}, column


@pytest.mark.parametrize("kind", AS_TEXT)
def test_whole_numbers_are_written_without_a_decimal_point(files: dict[str, Tables], kind: str) -> None:
    rows = files[kind]["areas"]
    for column in ("map_class", "population", "year", "initiatives_known", "population_year"):
        assert [row[column] for row in rows if "." in (row[column] or "")] == [], column


@pytest.mark.parametrize("kind", FORMATS)
def test_days_are_the_first_that_a_date_can_mean(files: dict[str, Tables], kind: str) -> None:
    lengths = set()
    for row in files[kind]["initiatives"]:
        for column in ("start_date", "source_date"):
            stated = row[column] or ""
            lengths.add(len(stated))
            expected = {0: "", 4: f"{stated}-01-01", 7: f"{stated}-01", 10: stated}[len(stated)]
            found = row[f"{column}_from"]
            assert str(found or "")[:10] == expected, row["initiative_id"]
    assert lengths == {0, 4, 7, 10}


# --- geometry ---------------------------------------------------------------------------------------------------


def rd(latitude: float, longitude: float) -> tuple[float, float]:
    """WGS84 to RD New within a metre: the approximation of Schreutelkamp and Strang van Hees (2001)."""
    p, q = 0.36 * (latitude - 52.15517440), 0.36 * (longitude - 5.38720621)
    x = (
        155_000
        + 190_094.945 * q
        - 11_832.228 * p * q
        - 114.221 * p**2 * q
        - 32.391 * q**3
        - 0.705 * p
        - 2.340 * p**3 * q
        - 0.608 * p * q**3
        - 0.008 * q**2
        + 0.148 * p**2 * q**3
    )
    y = (
        463_000
        + 309_056.544 * p
        + 3_638.893 * q**2
        + 73.077 * p**2
        - 157.984 * p * q**2
        + 59.788 * p**3
        + 0.433 * q
        - 6.439 * p**2 * q**2
        - 0.032 * p * q
        + 0.092 * q**4
        - 0.054 * p * q**4
    )
    return x, y


def spots(key: str) -> list[tuple[float, float]]:
    """Latitude and longitude of the places of an initiative, where known."""
    return [(float(row["latitude"]), float(row["longitude"])) for row in locations(key) if row["latitude"]]


def placed() -> list[str]:
    """Initiatives with a place of which the point is known."""
    return [key for key in naive.initiatives() if spots(key)]


@pytest.fixture(scope="module")
def everything(package: Package) -> Bundle:
    return view_of(package, Choice(OVERWEIGHT, ended=True))


@pytest.fixture(scope="module")
def whole(package: Package, everything: Bundle, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return opened.geopackage(package, everything, tmp_path_factory.mktemp("whole"))


def test_what_is_placed_is_told_apart_from_what_is_not() -> None:
    """By hand: 28 with a point, LEI-026 with three; of events none; the food bank, for the region, among them."""
    assert len(placed()) == 28
    assert len(spots("LEI-026")) == 3
    assert not {"LEI-005", "LEI-010", "LEI-035"} & set(placed())
    assert "LEI-068" in placed()


@pytest.mark.parametrize("layer", ["areas", "initiatives"])
def test_geojson_is_as_rfc_7946_asks(package: Package, everything: Bundle, layer: str) -> None:
    """Longitude first in WGS84, no other system named, ids, outer rings against the clock (3.1.6 and 4)."""
    content = opened.geojson(package, everything)[f"{layer}.geojson"]
    assert set(content) == {"type", "features"}
    assert content["type"] == "FeatureCollection"
    key = {"areas": "area_code", "initiatives": "initiative_id"}[layer]
    for feature in content["features"]:
        assert set(feature) == {"type", "id", "geometry", "properties"}
        assert feature["id"] == feature["properties"][key]
        for ring in outer_rings(feature["geometry"]):
            assert turn(ring) > 0, feature["id"]
            assert ring[0] == ring[-1]
    frame = gpd.read_file(io.BytesIO(json.dumps(content).encode()))
    assert frame.crs.to_epsg() == 4326
    west, south, east, north = frame.total_bounds
    assert 4.4 < west < east < 4.6
    assert 52.1 < south < north < 52.2


def outer_rings(geometry: dict[str, Any] | None) -> list[list[list[float]]]:
    kind = (geometry or {}).get("type")
    if kind not in ("Polygon", "MultiPolygon"):
        return []
    parts = [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]  # type: ignore[index]
    return [part[0] for part in parts]


def turn(ring: list[list[float]]) -> float:
    """Twice the area by the shoelace formula: positive where the ring runs against the clock."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def test_points_in_geojson_are_the_places_and_no_others(package: Package, everything: Bundle) -> None:
    found = {f["id"]: f["geometry"] for f in opened.features(package, everything, "initiatives")}
    assert list(found) == list(naive.initiatives())
    assert [key for key, geometry in found.items() if geometry] == placed()
    for key in placed():
        expected = [[round(east, 5), round(north, 5)] for north, east in spots(key)]
        assert found[key] == {"type": "MultiPoint", "coordinates": expected}


def test_areas_in_geojson_are_the_drawing(package: Package, everything: Bundle) -> None:
    drawing = json.loads((naive.DATA / "areas_drawing.geojson").read_text())["features"]
    drawn = {f["properties"]["area_code"]: f["geometry"] for f in drawing}
    areas = {f["id"]: f["geometry"] for f in opened.features(package, everything, "areas")}
    assert set(areas) == set(naive.codes_of("district"))
    for code, geometry in areas.items():
        assert geometry["type"] == drawn[code]["type"]
        assert corners(geometry) == corners(drawn[code])


def corners(geometry: dict[str, Any]) -> set[tuple[float, float]]:
    return {(x, y) for ring in outer_rings(geometry) for x, y in ring}


@pytest.mark.parametrize(
    ("layer", "kind"), [("areas", "MultiPolygon"), ("initiatives", "MultiPoint"), ("places", "Point")]
)
def test_geopackage_layers_are_in_rd_and_of_one_type(whole: Path, layer: str, kind: str) -> None:
    told = pyogrio.read_info(whole, layer=layer)
    assert (told["crs"], told["geometry_type"]) == ("EPSG:28992", kind)
    assert pyogrio.read_dataframe(whole, layer=layer).crs.to_epsg() == 28992


def test_tables_in_the_geopackage_have_no_geometry(whole: Path) -> None:
    layers = dict(pyogrio.list_layers(whole))
    plain = {name for name, kind in layers.items() if kind is None}
    assert plain == {*opened.TABLES, "about"} - {"areas", "initiatives", "places"}


def contents(path: Path) -> dict[str, tuple[str, str, str]]:
    """Table -> what gpkg_contents says: kind, identifier and description; read with SQLite alone."""
    import sqlite3

    with sqlite3.connect(path) as file:
        rows = file.execute("select table_name, data_type, identifier, description from gpkg_contents")
        return {name: tuple(rest) for name, *rest in rows}  # type: ignore[misc]


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Places of initiatives"), ("nl", "Plaatsen van initiatieven")]
)
def test_each_layer_has_an_identifier_and_a_description(
    package: Package, everything: Bundle, tmp_path: Path, language: str, title: str
) -> None:
    b = Bundle(everything.tables, {**ABOUT, "language": language})
    told = contents(opened.geopackage(package, b, tmp_path))
    assert set(told) == {*opened.TABLES, "about"}
    assert {name for name, (kind, *_) in told.items() if kind == "features"} == {
        "areas",
        "initiatives",
        "places",
    }
    assert told["places"][1] == title
    identifiers = [identifier for _, identifier, _ in told.values()]
    assert len(set(identifiers)) == len(identifiers)
    assert all(len(description) > 20 for *_, description in told.values())


def test_the_layer_of_areas_names_its_figure_and_each_column_its_meaning(
    package: Package, everything: Bundle, tmp_path: Path
) -> None:
    import sqlite3

    path = opened.geopackage(package, Bundle(everything.tables, {**ABOUT, "language": "nl"}), tmp_path)
    assert contents(path)["areas"][2].endswith("Overgewicht 2024")
    with sqlite3.connect(path) as file:
        rows = file.execute("select table_name, column_name, description from gpkg_data_columns")
        told = {(table, column): text for table, column, text in rows}
    listed = everything["dictionary"]
    keys = zip(listed["table"], listed["column"], strict=True)
    assert told == dict(zip(keys, listed["description_nl"], strict=True))


def test_what_is_missing_in_the_geopackage_is_null_and_days_are_dates(whole: Path) -> None:
    import sqlite3

    with sqlite3.connect(whole) as file:
        types = {row[1]: row[2] for row in file.execute("pragma table_info(initiatives)")}
        assert {types[name] for name in ("start_date_from", "source_date_from", "last_confirmed")} == {"DATE"}
        assert (types["last_evidence_year"], types["name"]) == ("INTEGER", "TEXT")
        assert {row[2] for row in file.execute("pragma table_info(places)") if row[1] == "latitude"} == {
            "REAL"
        }
        for table in ("initiatives", "places", "areas", "figures"):
            columns = [row[1] for row in file.execute(f"pragma table_info({table})") if row[1] != "geom"]
            empty = " or ".join(f"\"{column}\" = ''" for column in columns)
            assert file.execute(f"select count(*) from {table} where {empty}").fetchone() == (0,), table
        nulls = file.execute("select count(*) from initiatives where partners is null").fetchone()
        assert nulls == (sum(row["partners"] == "" for row in naive.initiatives().values()),)
        no_point = file.execute("select count(*) from initiatives where geom is null").fetchone()
        assert no_point == (len(naive.initiatives()) - len(placed()),)


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
        for point, (north, east) in zip(table[key].geoms, spots(key), strict=True):
            assert point.distance(shapely.Point(*rd(north, east))) < 1.0


def test_each_place_in_the_geopackage_is_a_point_of_its_own(whole: Path) -> None:
    rows = pyogrio.read_dataframe(whole, layer="places")
    assert len(rows) == 63
    assert (
        rows.geometry.notna().sum()
        == rows["latitude"].notna().sum()
        == sum(len(spots(key)) for key in placed())
    )
    for row in rows[rows.geometry.notna()].itertuples():
        assert row.geometry.distance(shapely.Point(*rd(row.latitude, row.longitude))) < 1.0


@pytest.mark.parametrize(
    "choice",
    [
        Choice("", text="qzqzqz"),
        Choice("REGISTER-Initiatieven", facets={"district": ["city"]}, level="neighbourhood"),
        Choice("85984NED-AfstandTotHuisartsenpraktijk", scheme="std"),
    ],
    ids=["no figure and no initiative", "city-wide only", "distances"],
)
def test_odd_views_open_in_every_format(package: Package, choice: Choice, tmp_path: Path) -> None:
    view = explore(package, choice)
    types = set()
    for kind, tables in open_all(package, bundle(package, view, ABOUT), tmp_path).items():
        assert len(tables["areas"]) == len(naive.codes_of(view.choice.level)), kind
        assert [row["initiative_id"] for row in tables["initiatives"]] == list(view.ids), kind
    for layer in ("areas", "initiatives", "places", "classes"):
        types.add((layer, *pyogrio.read_info(tmp_path / "view.gpkg", layer=layer)["ogr_types"]))
    assert types == TYPES


TYPES: set[tuple[str, ...]] = set()


@pytest.fixture(scope="module", autouse=True)
def _types_of_a_full_view(whole: Path) -> None:
    """A view without any row has the same columns of the same types."""
    for layer in ("areas", "initiatives", "places", "classes"):
        TYPES.add((layer, *pyogrio.read_info(whole, layer=layer)["ogr_types"]))


def test_a_column_without_a_meaning_stops_the_export() -> None:
    with pytest.raises(KeyError, match="colour"):
        dictionary({"areas": pd.DataFrame({"colour": []})})
