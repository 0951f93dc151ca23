"""The boundaries to draw: simplified, valid, without gaps or overlaps, parts within their whole."""

from __future__ import annotations

import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84


@pytest.fixture(scope="module")
def drawn(package: Package) -> gpd.GeoDataFrame:
    frame = gpd.GeoDataFrame.from_features(package.drawing["features"], crs=WGS84)
    return frame.set_index("area_code")


def test_every_area_is_drawn_with_its_name(package: Package, drawn: gpd.GeoDataFrame) -> None:
    areas = package.areas.drop(index="NL00")
    assert sorted(drawn.index) == sorted(areas.index)
    for column in ("name", "level", "parent_code"):
        assert (drawn[column] == areas.loc[drawn.index, column]).all()


def test_shapes_are_valid_and_share_their_borders(drawn: gpd.GeoDataFrame) -> None:
    assert drawn.geometry.is_valid.all()
    for level in (
        ["neighbourhood", "surrounding"],
        ["district", "surrounding"],
        ["municipality", "surrounding"],
    ):
        shapes = drawn.loc[drawn["level"].isin(level), "geometry"].to_numpy()
        assert shapely.coverage_is_valid(shapes), level


def test_parts_fit_their_whole(drawn: gpd.GeoDataFrame) -> None:
    for code, whole in drawn.loc[drawn["level"].isin(["district", "municipality"]), "geometry"].items():
        parts = drawn.loc[(drawn["parent_code"] == code) & (drawn["level"] != "surrounding"), "geometry"]
        assert len(parts) >= 1
        assert shapely.union_all(parts.to_numpy()).equals(whole), code


def test_five_decimals_and_few_bytes(package: Package) -> None:
    text = (package.folder / "areas_drawing.geojson").read_text(encoding="utf-8")
    assert len(text.encode()) < 150_000
    corners = np.concatenate(
        [
            shapely.get_coordinates(shapely.from_geojson(json.dumps(f["geometry"])))
            for f in package.drawing["features"]
        ]
    )
    assert np.array_equal(corners, np.round(corners, 5))
    assert corners[:, 0].min() > 4.2
    assert corners[:, 1].max() < 52.4


def test_the_drawing_stays_close_to_the_boundaries(package: Package, drawn: gpd.GeoDataFrame) -> None:
    in_metres = drawn.to_crs(RD).geometry
    own = package.areas.index[package.areas["level"].isin(["municipality", "district", "neighbourhood"])]
    for code in own:
        full = package.geometry.geometry[code]
        assert in_metres[code].symmetric_difference(full).area < 0.03 * full.area, code
        assert shapely.hausdorff_distance(in_metres[code], full) < 60, code


def test_full_boundaries_nest_and_are_not_simplified(package: Package) -> None:
    frame = package.geometry
    assert frame.crs.to_epsg() == RD
    leaves = frame[frame["level"] == "neighbourhood"]
    assert shapely.get_num_coordinates(leaves.geometry.to_numpy()).sum() == 4_531
    assert shapely.coverage_is_valid(leaves.geometry.to_numpy())
    whole = frame.geometry["GM0546"]
    assert whole.area == pytest.approx(23.270e6, abs=500)
    assert whole.symmetric_difference(shapely.union_all(leaves.geometry.to_numpy())).area < 1
