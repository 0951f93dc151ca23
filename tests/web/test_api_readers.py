"""The open API of a real server, opened as programs open it: by the driver of GDAL for OGC API - Features, by OWSLib,
and by ourselves."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import httpx
import pandas as pd
import pyogrio
import pytest
from owslib.ogcapi.features import Features

import hsc_geo
from hsc_geo.analysis.feature_kinds import KINDS
from tests.web.running import UVICORN, running

DATA = Path(__file__).parents[2] / "data"
FILES = {
    "areas": "areas",
    "initiatives": "initiatives",
    "places": "initiative_places",
    "venues": "venues",
    "focus-areas": "focus_areas",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    register = tmp_path_factory.mktemp("register") / "register.db"
    with running(
        *UVICORN, HSC_DATABASE=f"sqlite:///{register}", HSC_API_REQUESTS="0", HSC_API_MB="0"
    ) as client:
        yield client


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def figures_of_overweight() -> list[dict[str, str]]:
    return [
        row
        for row in rows("observations")
        if row["indicator_id"] == "50150NED-Overgewicht" and row["year"] == "2024"
    ]


def text(value: object, boolean: bool) -> str:
    """A cell of a frame as the CSV has it."""
    if value is None or pd.isna(value):
        return ""
    if boolean:
        return str(bool(value)).lower()
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def same_cells(frame: pd.DataFrame, file: list[dict[str, str]]) -> None:
    for name in file[0]:
        boolean = {row[name] for row in file} <= {"true", "false"}
        read = [text(value, boolean) for value in frame[name].tolist()]
        told = [row[name] for row in file]
        assert read == told or [float(a or "nan") for a in read] == pytest.approx(
            [float(b or "nan") for b in told], nan_ok=True
        ), name


@pytest.fixture
def owslib(server: httpx.Client, monkeypatch: pytest.MonkeyPatch) -> Features:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return Features(f"{server.base_url}/api")


def paged(owslib: Features, name: str, limit: int, **asked: object) -> list[dict[str, Any]]:
    """All features of a collection, a page at a time as long as an answer says that there is a next one."""
    found: list[dict[str, Any]] = []
    more = True
    while more:
        page = owslib.collection_items(name, limit=limit, offset=len(found), **asked)
        assert 0 < page["numberReturned"] == len(page["features"]) <= limit
        found += page["features"]
        more = any(link["rel"] == "next" for link in page["links"])
    assert len(found) == page["numberMatched"]
    return found


def table(features: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame([each["properties"] for each in features], dtype=object)


def test_owslib_finds_what_there_is(owslib: Features) -> None:
    assert owslib.feature_collections() == list(KINDS)
    assert owslib.api()["openapi"].startswith("3.0")
    assert any(each.endswith("/conf/core") for each in owslib.conformance()["conformsTo"])
    for name, kind in KINDS.items():
        told = owslib.collection_queryables(name)["properties"]
        assert {field.name for field in kind.fields} <= set(told)


@pytest.mark.parametrize("name", FILES)
def test_owslib_pages_through_the_rows_of_the_data(owslib: Features, name: str) -> None:
    file = rows(FILES[name])
    found = paged(owslib, name, limit=max(10, len(file) // 3))
    same_cells(table(found), file)
    key = found[-1]["id"]
    assert "/" in key or owslib.collection_item(name, key)["properties"] == found[-1]["properties"]


def test_owslib_pages_through_the_figures_of_a_choice(owslib: Features) -> None:
    found = paged(owslib, "observations", 40, indicator_id="50150NED-Overgewicht", year=2024)
    same_cells(table(found), figures_of_overweight())


def test_every_collection_is_a_layer(server: httpx.Client) -> None:
    assert pyogrio.list_drivers()["OAPIF"] == "r"
    layers = {str(name): str(kind) for name, kind in pyogrio.list_layers(f"OAPIF:{server.base_url}/api")}
    assert layers == {name: kind.geometry for name, kind in KINDS.items()}


@pytest.mark.parametrize("name", FILES)
def test_a_layer_has_the_rows_and_shapes_of_the_data(server: httpx.Client, name: str) -> None:
    frame = gpd.read_file(f"OAPIF:{server.base_url}/api", layer=name)
    file = rows(FILES[name])
    assert len(frame) == len(file)
    same_cells(frame, file)
    known = frame.geometry.notna() & ~frame.geometry.is_empty
    if "longitude" in frame:
        assert known.tolist() == [bool(row["longitude"]) for row in file]
        assert frame.geometry[known].x.tolist() == [
            float(row["longitude"]) for row in file if row["longitude"]
        ]
    if name == "areas":
        assert frame.crs.to_epsg() == 28992
        shapes = gpd.read_parquet(DATA / "areas.parquet").set_index("area_code").geometry
        own = frame[known].set_index("area_code").geometry
        assert set(own.index) == set(shapes.index)
        assert own.hausdorff_distance(shapes.loc[own.index]).max() <= 0.001


def test_figures_of_a_choice_come_joined_to_their_areas(server: httpx.Client) -> None:
    asked = "indicator_id = '50150NED-Overgewicht' AND year = 2024"
    frame = gpd.read_file(f"OAPIF:{server.base_url}/api", layer="observations", where=asked)
    expected = figures_of_overweight()
    assert len(frame) == len(expected) > 50
    same_cells(frame, expected)
    assert (frame["area_code"] == "NL00").tolist() == frame.geometry.isna().tolist()


def test_a_box_of_the_map_is_asked_of_the_server(server: httpx.Client) -> None:
    box = (93_000, 463_000, 94_500, 464_500)
    frame = gpd.read_file(f"OAPIF:{server.base_url}/api", layer="areas", bbox=box)
    shapes = gpd.read_parquet(DATA / "areas.parquet").cx[box[0] : box[2], box[1] : box[3]]
    assert set(frame["area_code"]) == set(shapes["area_code"]) != set()


def test_the_edition_opens_from_its_address(server: httpx.Client) -> None:
    opened, ours = hsc_geo.open(f"{server.base_url}/api/edition.zip"), hsc_geo.open(DATA)
    assert opened.snapshot == ours.snapshot
    pd.testing.assert_frame_equal(opened.observations, ours.observations)
    pd.testing.assert_frame_equal(opened.initiatives, ours.initiatives)
