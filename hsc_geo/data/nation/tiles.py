"""The nation's boundaries cut into tiles ahead, so that a server sends bytes from a file and holds no geometry.

Each zoom has its own simplified coverage, in a grid of whole numbers that all areas share: neighbours keep the same
border, in every tile. Tiles are numbered as usual on the web (EPSG:3857, z/x/y, row 0 in the north).
"""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import numpy as np
import shapely

from hsc_geo.domain.crs import RD, transformer

ZOOMS = range(5, 12)
GRID = 2048  # steps along a side of a tile; drawn as 512 pixels, a step is a quarter of one
MARGIN = 32  # steps beyond its edges that a tile is cut: a border there lies out of sight
NEAR = 4  # steps beyond its edges within which an area is in a tile: its line may be seen inside
DOT = 2  # steps: side of the square that stands for an area too small for the grid
FINEST = (
    16.0  # metres; tolerance at the last zoom, two thirds of a pixel there, and double at each zoom before
)
_MERCATOR = 3857
_HALF_WORLD = np.pi * 6_378_137.0  # metres

Key = tuple[int, int, int]  # z, x, y
Ring = list[int]  # x and y of the first corner from the tile's north-west, then steps to each next corner


class Cut(NamedTuple):
    """Corners of a ring in steps of the world's grid at a zoom, and the number of its area."""

    number: int
    corners: np.ndarray


def simplified(shapes: np.ndarray) -> Iterator[tuple[int, np.ndarray]]:
    """Each zoom, last first, with the shapes (a valid coverage, EPSG:28992) simplified for it; each from the finer."""
    for zoom in reversed(ZOOMS):
        tolerance = FINEST * 2 ** (ZOOMS[-1] - zoom)
        shapes = shapely.coverage_simplify(shapes, tolerance)
        yield zoom, shapes


def cut(shapes: np.ndarray, zoom: int) -> dict[Key, bytes]:
    """The tiles of a zoom that hold anything, each as gzipped JSON; areas are numbered by their place in `shapes`."""
    tiles: dict[Key, dict[int, list[Ring]]] = defaultdict(lambda: defaultdict(list))
    for number, corners in _rings(shapes, zoom):
        for x, slab in _slabs(corners, 0):
            for y, piece in _slabs(slab, 1):
                tiles[zoom, x, y][number].append(_ring(piece, x, y))
    return {key: _packed(areas) for key, areas in tiles.items()}


def write_tiles(tiles: Iterable[Mapping[Key, bytes]], path: Path, name: str) -> None:
    """An MBTiles file (SQLite) with the tiles; its rows count from the south, as that format has it."""
    rows = sorted((z, x, 2**z - 1 - y, body) for each in tiles for (z, x, y), body in each.items())
    told = {"name": name, "format": "application/json", "minzoom": ZOOMS[0], "maxzoom": ZOOMS[-1]}
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA page_size = 1024")
        file.execute("PRAGMA journal_mode = OFF")
        file.execute("BEGIN")
        file.execute("CREATE TABLE metadata (name TEXT, value TEXT)")
        file.execute(
            "CREATE TABLE tiles (zoom_level INTEGER, tile_column INTEGER, tile_row INTEGER, tile_data BLOB)"
        )
        file.execute("CREATE UNIQUE INDEX tile_index ON tiles (zoom_level, tile_column, tile_row)")
        file.executemany(
            "INSERT INTO metadata VALUES (?, ?)", [(key, str(value)) for key, value in told.items()]
        )
        file.executemany("INSERT INTO tiles VALUES (?, ?, ?, ?)", rows)
        file.execute("COMMIT")


def _rings(shapes: np.ndarray, zoom: int) -> Iterator[Cut]:
    """The rings of all areas on the grid, without those that vanish there; an area that vanishes whole is a dot."""
    parts, areas = shapely.get_parts(shapes, return_index=True)
    rings, of_part = shapely.get_rings(parts, return_index=True)
    corners, of_ring = shapely.get_coordinates(rings, return_index=True)
    steps = _steps(corners, zoom)
    left = set(range(len(shapes)))
    for ring, each in enumerate(np.split(steps, np.flatnonzero(np.diff(of_ring)) + 1)):
        number, kept = int(areas[of_part[ring]]), _without_repeats(each)
        if len(kept) > 2 and _doubled_area(kept):
            left.discard(number)
            yield Cut(number, kept)
    for number in sorted(left):
        (place,) = _steps(shapely.get_coordinates(shapely.point_on_surface(shapes[number])), zoom)
        yield Cut(number, place + np.array([[0, 0], [DOT, 0], [DOT, DOT], [0, DOT]]))


def _steps(points: np.ndarray, zoom: int) -> np.ndarray:
    """Points in RD as steps of the world's grid, x from the west and y from the north."""
    east, north = transformer(RD, _MERCATOR).transform(points[:, 0], points[:, 1])
    scale = GRID * 2**zoom / (2 * _HALF_WORLD)
    return np.rint(np.column_stack([east + _HALF_WORLD, _HALF_WORLD - north]) * scale).astype(np.int64)


def _without_repeats(corners: np.ndarray) -> np.ndarray:
    """Corners that differ from the one before, the last (in a ring the first again) left out."""
    return corners[np.any(corners != np.roll(corners, 1, axis=0), axis=1)]


def _doubled_area(corners: np.ndarray) -> int:
    x, y = (corners - corners[0]).T
    return abs(int(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y)))


def _slabs(corners: np.ndarray, axis: int) -> Iterator[tuple[int, np.ndarray]]:
    """The columns (axis 0) or rows (axis 1) of tiles that a ring reaches, with the part of it that lies in each."""
    low, high = int(corners[:, axis].min()), int(corners[:, axis].max())
    for tile in range((low - NEAR) // GRID, (high + NEAR) // GRID + 1):
        start, end = tile * GRID - MARGIN, (tile + 1) * GRID + MARGIN
        if start <= low and high <= end:
            yield tile, corners
            continue
        part = corners
        if low < start:
            part = _half(part, axis, start, 1)
        if high > end:
            part = _half(part, axis, end, -1)
        kept = _without_repeats(part)
        if len(kept) > 2 and _doubled_area(kept):
            yield tile, kept


def _half(corners: np.ndarray, axis: int, edge: int, side: int) -> np.ndarray:
    """The ring on one side of a line (1: at or above `edge` along the axis, -1: at or below).

    Sutherland and Hodgman (1974): pieces that fall apart stay joined along the line, which even-odd filling undoes.
    """
    after = np.roll(corners, -1, axis=0)
    beyond, beyond_next = (side * (each[:, axis] - edge) for each in (corners, after))
    inside, crossing = beyond >= 0, (beyond < 0) != (beyond_next < 0)
    share = np.divide(beyond, beyond - beyond_next, out=np.zeros(len(corners)), where=crossing)
    # From the same end whichever way the ring runs, so that neighbours meet the line in the same step.
    met = np.where(inside[:, None], corners + share[:, None] * (after - corners), 0)
    back = np.where(~inside[:, None], after + (1 - share)[:, None] * (corners - after), 0)
    meets = np.rint(met + back).astype(np.int64)
    meets[:, axis] = edge
    both = np.stack([corners, meets], axis=1).reshape(-1, 2)
    return both[np.stack([inside, crossing], axis=1).ravel()]


def _ring(corners: np.ndarray, x: int, y: int) -> Ring:
    local = corners - np.array([x, y]) * GRID
    steps = np.vstack([local[:1], np.diff(local, axis=0)])
    return [int(each) for each in steps.ravel()]


def _packed(areas: Mapping[int, list[Ring]]) -> bytes:
    content = {"areas": [[number, areas[number]] for number in sorted(areas)]}
    return gzip.compress(json.dumps(content, separators=(",", ":")).encode(), compresslevel=9, mtime=0)
