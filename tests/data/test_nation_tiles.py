"""Cutting a coverage into tiles: nothing lost, no seams, no overlaps, against shapes put on the grid by shapely."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections import defaultdict
from collections.abc import Mapping
from contextlib import closing
from functools import reduce
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from hsc_geo.data.nation.reading import DEFAULT_FOLDER, Nation, load_nation, tiles_file
from hsc_geo.data.nation.tiles import GRID, MARGIN, ZOOMS, Key, cut, simplified, write_tiles

CORNER = (80_000.0, 450_000.0)  # RD, near Leiden
WORLD = 2 * np.pi * 6_378_137.0

Pieces = dict[int, list[shapely.Geometry]]


def town(seed: int = 1, areas: int = 40, width: float = 30_000.0) -> np.ndarray:
    """SYNTHETIC: a square cut into areas that share crooked borders."""
    points = np.random.default_rng(seed).uniform(0, width, (areas, 2)) + CORNER
    square = shapely.box(*CORNER, CORNER[0] + width, CORNER[1] + width)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.MultiPoint(points), extend_to=square))
    crooked = shapely.segmentize(shapely.intersection(cells, square), 150.0)

    def bend(corners: np.ndarray) -> np.ndarray:
        x, y = corners.T
        return np.column_stack([x + 120 * np.sin(y / 300), y + 120 * np.cos(x / 370)])

    return shapely.transform(crooked, bend)


def on_grid(shapes: np.ndarray, zoom: int) -> np.ndarray:
    """The shapes in steps of the world's grid, not rounded."""
    turn = Transformer.from_crs(28992, 3857, always_xy=True)

    def steps(corners: np.ndarray) -> np.ndarray:
        east, north = turn.transform(corners[:, 0], corners[:, 1])
        return np.column_stack([east / WORLD + 0.5, 0.5 - north / WORLD]) * GRID * 2**zoom

    return shapely.transform(shapes, steps)


def ring(steps: list[int], x: int, y: int) -> shapely.Geometry:
    corners = np.cumsum(np.array(steps).reshape(-1, 2), axis=0) + np.array([x, y]) * GRID
    return shapely.make_valid(shapely.Polygon(corners))


def pieces(tiles: Mapping[Key, bytes]) -> Pieces:
    """What each tile shows of each area within its edges, by the even-odd rule."""
    found: Pieces = defaultdict(list)
    for (_, x, y), body in tiles.items():
        shown = shapely.box(x * GRID, y * GRID, (x + 1) * GRID, (y + 1) * GRID)
        for number, rings in json.loads(gzip.decompress(body))["areas"]:
            whole = reduce(shapely.symmetric_difference, (ring(each, x, y) for each in rings))
            found[number].append(shapely.intersection(whole, shown))
    return found


@pytest.mark.parametrize("zoom", [10, 11])
def test_the_pieces_of_an_area_are_the_area(zoom: int) -> None:
    shapes = town()
    tiles = cut(shapes, zoom)
    assert len(tiles) > 1
    found = pieces(tiles)
    for number, expected in enumerate(on_grid(shapes, zoom)):
        together = shapely.union_all(found[number])
        apart = shapely.symmetric_difference(together, expected).area
        assert apart < 0.5 * expected.length  # half a step along its border: what rounding may move
        assert sum(piece.area for piece in found[number]) == pytest.approx(together.area)


@pytest.mark.parametrize("zoom", [8, 11])
def test_neighbours_do_not_overlap_and_leave_no_gap(zoom: int) -> None:
    """Simplified as for that zoom; no seam where tiles meet either."""
    shapes = dict(simplified(town()))[zoom]
    found = pieces(cut(shapes, zoom))
    wholes = [shapely.union_all(found[number]) for number in range(len(shapes))]
    around = shapely.union_all(wholes)
    overlaps = sum(shapely.intersection(one, other).area for one, other in combinations(wholes, 2))
    assert overlaps < 1e-4 * around.area
    gaps = sum(shapely.Polygon(hole).area for hole in around.interiors)
    assert gaps < 1e-4 * around.area
    assert shapely.symmetric_difference(around, shapely.union_all(on_grid(shapes, zoom))).area < around.length


def test_no_border_is_made_at_the_edge_of_a_tile() -> None:
    """Where a ring was cut it runs along a line out of sight: none lies on the edge itself."""
    cuts = 0
    for body in cut(town(), 10).values():
        for _, rings in json.loads(gzip.decompress(body))["areas"]:
            for each in rings:
                corners = np.cumsum(np.array(each).reshape(-1, 2), axis=0)
                along = corners == np.roll(corners, 1, axis=0)  # steps straight on in x or y
                assert not (along & np.isin(corners, [0, GRID])).any()
                assert -MARGIN <= corners.min() <= corners.max() <= GRID + MARGIN
                cuts += int((along & np.isin(corners, [-MARGIN, GRID + MARGIN])).sum())
    assert cuts > 20


def test_a_hole_stays_a_hole_and_what_is_in_it_fills_it() -> None:
    around = shapely.box(*CORNER, CORNER[0] + 9_000, CORNER[1] + 9_000)
    inner = shapely.box(CORNER[0] + 3_000, CORNER[1] + 3_000, CORNER[0] + 6_000, CORNER[1] + 6_000)
    shapes = np.array([shapely.difference(around, inner), inner])
    found = pieces(cut(shapes, 11))
    areas = [sum(piece.area for piece in found[number]) for number in (0, 1)]
    assert areas[0] / areas[1] == pytest.approx(8, rel=0.01)


def test_an_area_too_small_for_the_grid_is_a_dot_where_it_lies() -> None:
    tiny = shapely.box(CORNER[0], CORNER[1], CORNER[0] + 20, CORNER[1] + 20)
    (body,) = cut(np.array([tiny]), 5).values()
    assert json.loads(gzip.decompress(body))["areas"][0][1][0][2:] == [2, 0, 0, 2, -2, 0]
    (dot,) = pieces(cut(np.array([tiny]), 5))[0]
    assert shapely.distance(dot, on_grid(np.array([tiny]), 5)[0]) < 1


def test_an_area_of_several_parts_keeps_them() -> None:
    parts = [
        shapely.box(CORNER[0] + d, CORNER[1], CORNER[0] + d + 2_000, CORNER[1] + 2_000) for d in (0, 50_000)
    ]
    found = pieces(cut(np.array([shapely.MultiPolygon(parts)]), 9))
    assert shapely.union_all(found[0]).geom_type == "MultiPolygon"


def test_the_file_is_mbtiles_with_rows_from_the_south(tmp_path: Path) -> None:
    write_tiles([{(5, 16, 10): b"one"}, {(6, 32, 20): b"two"}], tmp_path / "t.mbtiles", "name")
    with closing(sqlite3.connect(tmp_path / "t.mbtiles")) as file:
        assert file.execute("SELECT * FROM tiles").fetchall() == [(5, 16, 21, b"one"), (6, 32, 43, b"two")]
        told = dict(file.execute("SELECT name, value FROM metadata"))
    assert told == {"name": "name", "format": "application/json", "minzoom": "5", "maxzoom": "11"}


@pytest.fixture(scope="module")
def nation() -> Nation:
    return load_nation(DEFAULT_FOLDER)


def drawn(level: str, zoom: int) -> dict[int, shapely.Geometry]:
    """The areas of a level as the committed tiles of a zoom show them."""
    with closing(sqlite3.connect(DEFAULT_FOLDER / tiles_file(level))) as file:
        rows = file.execute(
            "SELECT tile_column, tile_row, tile_data FROM tiles WHERE zoom_level = ?", (zoom,)
        )
        found = pieces({(zoom, x, 2**zoom - 1 - row): body for x, row, body in rows})
    return {number: shapely.union_all(parts) for number, parts in found.items()}


def test_a_municipality_is_its_districts_at_every_zoom(nation: Nation) -> None:
    """So that the outline of one lies on the borders of the others."""
    areas = nation.areas
    districts = areas[areas["level"] == "district"]
    for zoom in (ZOOMS[0], 7):
        wholes, parts = drawn("municipality", zoom), drawn("district", zoom)
        for number, code in enumerate(areas.index[areas["level"] == "municipality"]):
            mine = np.flatnonzero(districts["municipality_code"] == code)
            together = shapely.union_all([parts[int(each)] for each in mine])
            apart = shapely.symmetric_difference(wholes[number], together).area
            assert apart <= 8 + 0.02 * together.length, (zoom, code)  # a dot or two; a sliver along a border


def test_the_committed_neighbourhoods_do_not_overlap(nation: Nation) -> None:
    shapes = list(drawn("neighbourhood", 8).values())
    together = shapely.union_all(shapes).area
    assert sum(shape.area for shape in shapes) == pytest.approx(together, rel=2e-4)
