"""Features of the open API against the files of the package, read by a reader of their own."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
from contextlib import suppress
from functools import cache
from typing import Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.feature_kinds import KINDS
from hsc_geo.analysis.feature_query import NAMES, Query, WrongParameter, read
from hsc_geo.analysis.features import extent, layer, select
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from tests.shared.hostile import NAMES as HOSTILE
from tests.shared.hostile import SCRIPT, carried, keys
from tests.shared.naive import DATA

FILES = {
    "areas": "areas",
    "observations": "observations",
    "initiatives": "initiatives",
    "places": "initiative_places",
    "venues": "venues",
    "focus-areas": "focus_areas",
}
RD_URI = "http://www.opengis.net/def/crs/EPSG/0/28992"
Feature = dict[str, Any]
_SHAPE = re.compile(r'"geometry":.*?,"properties":')
SHAPELESS = '"geometry":null,"properties":'


@cache
def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def boundaries() -> gpd.GeoDataFrame:
    return gpd.read_parquet(DATA / "areas.parquet").set_index("area_code")


def features(package: Package, collection: str, shapeless: bool = False, **asked: str) -> list[Feature]:
    """All that is found, page after page."""
    kind, found, offset = KINDS[collection], [], 0
    while True:
        named = {name.replace("_crs", "-crs"): text for name, text in asked.items()}
        pairs = [*named.items(), ("limit", "1000"), ("offset", str(offset))]
        page = select(layer(package, collection), read(kind, pairs))
        found += [json.loads(_SHAPE.sub(SHAPELESS, text) if shapeless else text) for text in page.features]
        offset += 1000
        if offset >= page.matched:
            assert len(found) == page.matched
            return found


def text(value: object) -> str:
    """A value as the CSV has it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


@pytest.mark.parametrize("collection", KINDS)
def test_every_row_of_the_file_is_a_feature_with_its_cells(package: Package, collection: str) -> None:
    found, file = features(package, collection, shapeless=True), rows(FILES[collection])
    assert len(found) == len(file) > 1
    shared = file[0].keys() & found[0]["properties"].keys()
    assert shared == set(schema.table(FILES[collection]).columns)
    for feature, row in zip(found, file, strict=True):
        assert {name: text(feature["properties"][name]) for name in shared} == {
            name: row[name] for name in shared
        }
        assert feature["type"] == "Feature"
    assert len({feature["id"] for feature in found}) == len(found)


def test_a_figure_has_the_names_unit_kind_source_and_boundary_of_its_area(package: Package) -> None:
    areas = {row["area_code"]: row for row in rows("areas")}
    indicators = {row["indicator_id"]: row for row in rows("indicators")}
    words = {(row["vocabulary"], row["code"]): row for row in rows("vocabularies")}
    drawn = {each["id"]: each["geometry"] for each in features(package, "areas")}
    for feature in features(package, "observations", age_group="65plus", year="2024")[::17]:
        told = feature["properties"]
        area, figure = areas[told["area_code"]], indicators[told["indicator_id"]]
        assert (told["area_name"], told["area_level"]) == (area["name"], area["level"])
        assert (told["indicator_name_nl"], told["unit"], told["kind"]) == (
            figure["name_nl"],
            figure["unit"],
            figure["kind"],
        )
        assert told["status_name_en"] == words["observation_status", told["status"]]["name_en"]
        assert told["table_id"] == figure["table_id"]
        assert (told["value"] is None) == (told["status"] != "present")
        assert feature["geometry"] == drawn[told["area_code"]]


def test_boundaries_are_those_of_the_file_to_the_millimetre(package: Package) -> None:
    degrees = boundaries().to_crs("OGC:CRS84")
    for crs, expected, near in ((RD_URI, boundaries(), 0.001), (None, degrees, 1e-8)):
        found = features(package, "areas", **({"crs": crs} if crs else {}))
        with_shape = {
            each["id"]: shapely.geometry.shape(each["geometry"]) for each in found if each["geometry"]
        }
        assert with_shape.keys() == set(expected.index)
        for code, shape in with_shape.items():
            theirs = expected.geometry[code]
            assert shapely.get_num_coordinates(shape) == shapely.get_num_coordinates(theirs)
            assert shapely.hausdorff_distance(shape, theirs) <= near
            assert all(polygon.exterior.is_ccw for polygon in shape.geoms)


def test_a_point_is_where_the_file_says_and_none_is_made_up(package: Package) -> None:
    for collection in ("places", "venues"):
        for feature, row in zip(features(package, collection), rows(FILES[collection]), strict=True):
            at = [float(row[name]) for name in ("longitude", "latitude") if row[name]]
            expected = {"type": "Point", "coordinates": at} if at else None
            assert feature["geometry"] == expected


def test_an_initiative_is_at_its_places_and_never_where_it_only_began(package: Package) -> None:
    spots: dict[str, list[list[float]]] = {}
    for row in rows("initiative_places"):
        if row["role"] == "location" and row["latitude"]:
            spots.setdefault(row["initiative_id"], []).append(
                [float(row["longitude"]), float(row["latitude"])]
            )
    found = features(package, "initiatives")
    assert {each["id"]: each["geometry"] for each in found} == {
        each["id"]: {"type": "MultiPoint", "coordinates": spots[each["id"]]} if each["id"] in spots else None
        for each in found
    }
    assert 0 < len(spots) < len(found)
    served: dict[str, list[str]] = {}
    for row in rows("initiative_areas"):
        served.setdefault(row["initiative_id"], []).append(row["area_code"])
    assert {each["id"]: each["properties"]["area_codes"] for each in found} == {
        each["id"]: "|".join(served[each["id"]]) if each["id"] in served else None for each in found
    }


BOX = (93_000.0, 463_000.0, 94_500.0, 464_500.0)


def test_a_box_finds_what_meets_it_in_either_system(package: Package) -> None:
    shape = shapely.box(*BOX)
    expected = {code for code, each in boundaries().geometry.items() if each.intersects(shape)}
    asked = ",".join(map(str, BOX))
    found = features(package, "areas", bbox=asked, bbox_crs=RD_URI)
    assert {each["id"] for each in found} == expected != set()
    figures = features(package, "observations", bbox=asked, bbox_crs=RD_URI, year="2024")
    assert len(figures) == sum(
        row["area_code"] in expected and row["year"] == "2024" for row in rows("observations")
    )
    venues = [(float(row["longitude"]), float(row["latitude"])) for row in rows("venues") if row["latitude"]]
    points = gpd.GeoSeries(gpd.points_from_xy(*zip(*venues, strict=True)))
    west, south, east, north = 4.48, 52.15, 4.5, 52.17
    inside = points[(points.x >= west) & (points.x <= east) & (points.y >= south) & (points.y <= north)]
    assert len(features(package, "venues", bbox=f"{west},{south},{east},{north}")) == len(inside) > 0
    assert len(features(package, "venues", bbox=f"{west},{south},-9,{east},{north},9")) == len(inside)
    beyond = features(package, "venues", bbox=f"{west},{south},-179,{north}")  # over the line at 180 degrees
    assert len(beyond) == ((points.x >= west) & (points.y >= south) & (points.y <= north)).sum()


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("2020-06-30", 2020, 2020),
        ("2020-01-01T00:00:00Z/2022-12-31T23:59:59Z", 2020, 2022),
        ("2022-12-31/..", 2022, 9999),
        ("/2012-01-01", 0, 2012),
        ("2021-01-01T00:30:00+02:00", 2020, 2020),
    ],
)
def test_a_time_finds_the_figures_of_its_years(package: Package, asked: str, first: int, last: int) -> None:
    page = select(layer(package, "observations"), read(KINDS["observations"], [("datetime", asked)]))
    assert page.matched == sum(first <= int(row["year"]) <= last for row in rows("observations"))


def test_a_time_finds_initiatives_by_evidence_or_confirmation(package: Package) -> None:
    found = features(package, "initiatives", datetime="2024-01-01/2024-12-31")
    expected = [
        row["initiative_id"]
        for row in rows("initiatives")
        if row["last_evidence_year"] == "2024" or row["last_confirmed"].startswith("2024")
    ]
    assert [each["id"] for each in found] == expected != []
    assert len(features(package, "areas", datetime="1900-01-01")) == len(rows("areas"))  # which have no times
    assert len(features(package, "focus-areas", datetime="2050-01-01")) == 2  # of which no end is known
    assert features(package, "focus-areas", datetime="2000-01-01") == []


def test_a_property_is_a_filter_and_several_hold_together(package: Package) -> None:
    found = features(package, "observations", area_code="WK054603", year="2024", age_group="18plus")
    expected = [
        row
        for row in rows("observations")
        if (row["area_code"], row["year"], row["age_group"]) == ("WK054603", "2024", "18plus")
    ]
    assert len(found) == len(expected) > 1
    some = features(package, "initiatives", ambition_codes="A2")
    assert len(some) == sum("A2" in row["ambition_codes"].split("|") for row in rows("initiatives"))
    assert len(features(package, "focus-areas", assumed="true")) == 2
    assert features(package, "focus-areas", assumed="false") == []
    value = float(expected[0]["value"])
    assert any(
        each["properties"]["value"] == value for each in features(package, "observations", value=str(value))
    )


@pytest.mark.parametrize("collection", KINDS)
def test_each_property_finds_its_feature_again(package: Package, collection: str) -> None:
    of = layer(package, collection)
    row = len(of.ids) // 2
    for name, column in of.columns.items():
        if column[row] is not None:
            value = text(column[row]).split("|")[0] if of.kind.field(name).many else text(column[row])  # type: ignore[union-attr]
            query = read(of.kind, [(name, value), ("limit", "1000")])
            assert query.equal, name
            assert select(of, query).matched >= 1, name


@pytest.mark.parametrize("collection", KINDS)
def test_the_extent_is_that_of_the_features(package: Package, collection: str) -> None:
    found = extent(package, collection)
    page = select(layer(package, collection), read(KINDS[collection], []))
    drawn = [json.loads(each)["geometry"] for each in page.features]
    shapes = [shapely.geometry.shape(each) for each in drawn if each]
    assert found.box is not None
    assert all(shapely.box(*found.box).buffer(1e-9).covers(shape) for shape in shapes)
    years = sorted(row["year"] for row in rows("observations"))
    if collection == "observations":
        assert found.days == (f"{years[0]}-01-01", f"{years[-1]}-12-31")
    assert (found.days is None) == (collection in ("areas", "places", "venues"))


WRONG = [
    ("limit", "0", "whole number from 1"),
    ("limit", "ten", "whole number"),
    ("limit", "٣", "whole number"),
    ("offset", "-1", "from 0"),
    ("bbox", "1,2,3", "four numbers"),
    ("bbox", "1,2,3,nan", "four numbers"),
    ("bbox", "1,5,3,4", "south"),
    ("datetime", "2020", "2024-06-30"),
    ("datetime", "2020-13-01", "2024-06-30"),
    ("datetime", "../..", "2024-06-30"),
    ("datetime", "2021-01-01/2020-01-01", "may not come after"),
    ("datetime", "0001-01-01T00:00:00+23:00", "2024-06-30"),
    ("crs", "EPSG:4326", "CRS84"),
    ("bbox-crs", "http://www.opengis.net/def/crs/EPSG/0/3857", "28992"),
    ("year", "twenty", "number"),
    ("year", "", "leave the parameter out"),
    ("yaer", "2020", "did you mean year"),
]


@pytest.mark.parametrize(("name", "value", "mend"), WRONG)
def test_what_is_wrong_is_named_with_its_value_and_the_mend(name: str, value: str, mend: str) -> None:
    with pytest.raises(WrongParameter) as told:
        read(KINDS["observations"], [(name, value)])
    assert str(told.value).startswith(f"{name}={value!r} ")
    assert mend in str(told.value)


def test_a_parameter_stands_there_once() -> None:
    with pytest.raises(WrongParameter, match="twice"):
        read(KINDS["areas"], [("limit", "1"), ("limit", "2")])


def test_more_than_the_most_is_the_most() -> None:
    """By the standard: a limit beyond the maximum is no error."""
    assert read(KINDS["areas"], [("limit", "999999")]).limit == 1000
    assert read(KINDS["areas"], []) == Query(limit=100)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.lists(
        st.tuples(st.one_of(st.sampled_from(NAMES), st.text(max_size=9)), st.text(max_size=30)), max_size=3
    ),
)
def test_any_text_is_read_or_told(package: Package, collection: str, pairs: list[tuple[str, str]]) -> None:
    with suppress(WrongParameter):
        page = select(layer(package, collection), read(KINDS[collection], pairs))
        assert len(page.features) <= min(page.matched, 1000)


@settings(max_examples=150, deadline=None)
@given(st.datetimes(dt.datetime(1000, 1, 1), dt.datetime(3000, 1, 1)), st.floats(-1e6, 1e6))
def test_a_right_time_and_number_are_read(moment: dt.datetime, number: float) -> None:
    query = read(
        KINDS["observations"], [("datetime", f"{moment:%Y-%m-%dT%H:%M:%S}Z"), ("value", f"{number:.6f}")]
    )
    assert query.span == (moment.replace(microsecond=0),) * 2
    assert math.isclose(float(query.equal[0][1]), number, abs_tol=1e-6)


def test_hostile_text_is_data(hostile_package: Package) -> None:
    found = {each["id"]: each["properties"] for each in features(hostile_package, "initiatives")}
    for key, name in zip(keys(hostile_package), HOSTILE, strict=True):
        assert found[key]["name"] == carried(name)
    places = features(hostile_package, "places")
    assert SCRIPT in {each["properties"]["venue"] for each in places}
    assert (
        features(hostile_package, "observations", area_code="WK054603")[0]["properties"]["area_name"]
        == SCRIPT
    )
