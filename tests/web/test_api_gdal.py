"""The open API of a real server, opened as a GIS opens it: by the driver of GDAL for OGC API - Features."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import geopandas as gpd
import httpx
import pandas as pd
import pyogrio
import pytest

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


def text(value: object, boolean: bool) -> str:
    """A cell of a frame as the CSV has it."""
    if value is None or pd.isna(value):
        return ""
    if boolean:
        return str(bool(value)).lower()
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def same_cells(frame: gpd.GeoDataFrame, file: list[dict[str, str]]) -> None:
    for name in file[0]:
        boolean = {row[name] for row in file} <= {"true", "false"}
        read = [text(value, boolean) for value in frame[name].tolist()]
        told = [row[name] for row in file]
        assert read == told or [float(a or "nan") for a in read] == pytest.approx(
            [float(b or "nan") for b in told], nan_ok=True
        ), name


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
    expected = [
        row
        for row in rows("observations")
        if row["indicator_id"] == "50150NED-Overgewicht" and row["year"] == "2024"
    ]
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
