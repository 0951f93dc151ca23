"""The map of a brief as SVG: areas by class, hatching where a value is missing, outlines, names, places, legend.

Drawn from the package's drawing geometry, turned into EPSG:28992, so that a length on paper is a length in the city.
Hatching is made of lines cut on the area, not of a pattern: every reader of SVG and PDF draws lines.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from markupsafe import Markup

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.views.kit.html import markup
from hsc_geo.views.paper import svg
from hsc_geo.views.paper.model import Area, Label, Map, Sign
from hsc_geo.views.paper.poster import MARGIN, standing_alone

WIDTH = 300.0  # points, where nothing says how wide it will stand
POSTER = 420.0  # points of a picture by itself
HATCH = 90.0  # metres between the lines of a hatching
DOTS, DOUBT = 170.0, 1.1  # metres between the dots of an area in doubt, and their radius in points
LETTERS = 8.0  # points: nothing on paper is smaller
LINE_HEIGHT = 8.6
DOT = 2.6  # radius of a place
RING = 4.0  # of the second ring of one that is there for more than the area around it
CHOSEN = 4.6  # radius of the place that was chosen
LEGEND_LINE = 11.5
# How far a name may stand from the middle of its area, the nearest first.
STEPS = sorted(
    ((dx, dy) for dy in range(-35, 36, 5) for dx in range(-40, 41, 8)),
    key=lambda step: step[0] ** 2 + step[1] ** 2,
)
ROUND_LENGTHS = (100, 200, 500, 1000, 2000, 5000)  # metres


@dataclass(frozen=True)
class Frame:
    """How metres of EPSG:28992 become points on the picture: y runs downwards."""

    left: float
    top: float
    scale: float
    width: float
    height: float

    def points(self, metres: np.ndarray) -> np.ndarray:
        """Points of the picture for coordinates of shape (n, 2)."""
        shift = np.array([self.left, self.top])
        return MARGIN + (metres - shift) * self.scale * np.array([1, -1])


@per_package(maxsize=1)
def shapes(package: Package) -> dict[str, Any]:
    """Area code -> polygon of the drawing geometry in EPSG:28992 (shapely). Shared, not to be changed."""
    features = package.drawing["features"]
    found = shapely.from_geojson([_geojson(each["geometry"]) for each in features])
    turned = shapely.transform(found, _to_rd)
    return {str(f["properties"]["area_code"]): shape for f, shape in zip(features, turned, strict=True)}


@per_package(maxsize=16)
def frame(package: Package, width: float = WIDTH) -> Frame:
    """The municipality in the width of the picture."""
    city = next(str(c) for c in package.areas.index[package.areas["level"] == "municipality"])
    west, south, east, north = shapes(package)[city].bounds
    scale = (width - 2 * MARGIN) / (east - west)
    return Frame(west, north, scale, width, (north - south) * scale + 2 * MARGIN)


def draw(package: Package, asked: Map, width: float = WIDTH) -> str:
    """The map as SVG text, so many points wide. Areas without a shape are left out."""
    parts, height = _drawn(package, asked, width)
    return str(svg.picture(width, height, parts))


def poster(package: Package, asked: Map, title: str, subtitle: str, foot: str) -> str:
    """The map as SVG text with what it shows above it and where it comes from below: a picture that stands alone."""
    parts, height = _drawn(package, asked, POSTER)
    return standing_alone(parts, height, POSTER, (title, subtitle, foot))


def _drawn(package: Package, asked: Map, width: float) -> tuple[list[Markup], float]:
    """What the map is made of, and its height."""
    at = frame(package, width)
    known = shapes(package)
    areas = [area for area in asked.areas if area.code in known]
    places = _places(at, asked.points)
    chosen = _places(at, asked.chosen)
    legend, below = _legend(asked.signs, at)
    parts = [
        *(_area(package, width, area) for area in areas),
        *(dots(package, width, area.code) for area in areas if area.doubt),
        *(_outline(package, width, area, svg.FOCUS, 2.2) for area in areas if area.outline),
        *(_outline(package, width, area, svg.INK, 1.6) for area in areas if area.picked),
        *(svg.circle(*point, DOT, svg.PLACE) for point in places),
        *(svg.circle(*point, RING, "none") for point in _places(at, asked.wide)),
        *(svg.circle(*point, CHOSEN, svg.INK, svg.PAPER, 1.2) for point in chosen),
        *_names(at, known, asked.labels, [_round(*point) for point in (*places, *chosen)]),
        _scale_bar(at),
        *legend,
        svg.words(MARGIN, below + 6, asked.credit, LETTERS, svg.QUIET),
    ]
    return parts, below + 10


def _geojson(geometry: dict[str, Any]) -> str:
    return json.dumps(geometry)


def _to_rd(points: np.ndarray) -> np.ndarray:
    return np.column_stack(transformer(WGS84, RD).transform(points[:, 0], points[:, 1]))


def _rings(at: Frame, shape: Any) -> list[np.ndarray]:
    polygons = shapely.get_parts(shape)
    rings = shapely.get_rings(polygons)
    return [at.points(shapely.get_coordinates(ring)) for ring in rings]


def _area(package: Package, width: float, area: Area) -> Markup:
    if area.missing:
        ground = svg.along(_boundary(package, width, area.code), svg.MISSING_GROUND, svg.LINE, 0.7)
        strokes = _hatching(package, width, area.code)
        return ground + svg.along(strokes, "none", svg.MISSING, 0.6) if strokes else ground
    return (
        svg.along(_boundary(package, width, area.code), area.fill, "#ffffff", 0.7)
        if area.fill
        else Markup("")
    )


@per_package(maxsize=256)
def dots(package: Package, width: float, code: str) -> Markup:
    """Dots over an area, one at least: it is not distinguishable from the city."""
    at, shape = frame(package, width), shapes(package)[code]
    west, south, east, north = shape.bounds
    across, upwards = np.meshgrid(np.arange(west, east, DOTS), np.arange(south, north, DOTS))
    across[1::2] += DOTS / 2
    grid = shapely.points(across.ravel(), upwards.ravel())
    inside = grid[shapely.contains(shape, grid)]
    found = inside if len(inside) else np.array([shape.representative_point()])
    return Markup("").join(_dot(*point) for point in at.points(shapely.get_coordinates(found)))


def _dot(x: float, y: float) -> Markup:
    return svg.circle(float(x), float(y), DOUBT, svg.INK, svg.PAPER, 0.5)


def _outline(package: Package, width: float, area: Area, color: str, thick: float) -> Markup:
    return svg.along(_boundary(package, width, area.code), "none", color, thick)


@per_package(maxsize=512)
def _boundary(package: Package, width: float, code: str) -> Markup:
    """The same in every map so wide: kept, since most of the time of a map goes into writing its coordinates."""
    return svg.way(_rings(frame(package, width), shapes(package)[code]))


@per_package(maxsize=256)
def _hatching(package: Package, width: float, code: str) -> Markup:
    at, shape = frame(package, width), shapes(package)[code]
    west, south, east, north = shape.bounds
    run = north - south
    starts = np.arange(west - run, east, HATCH)
    lines = shapely.linestrings([[(x, south), (x + run, north)] for x in starts])
    cut = [part for part in shapely.get_parts(shapely.intersection(lines, shape)) if part.length > 0]
    strokes = [at.points(shapely.get_coordinates(part)) for part in cut if part.geom_type == "LineString"]
    return svg.way(strokes, close=False)


def _places(at: Frame, points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    found = np.array(sorted(set(points)), dtype=float).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in at.points(found)]


Box = tuple[float, float, float, float]


def _names(at: Frame, known: dict[str, Any], labels: Iterable[Label], taken: list[Box]) -> list[Markup]:
    """Names inside their areas; one that would run over another or over a place moves, and is left out where no spot
    is free."""
    drawn = []
    for each in labels:
        if each.code not in known:
            continue
        spot = place_label(at, known[each.code], each, taken)
        if spot is not None:
            taken.append(label_box(each, *spot))
            drawn.append(_label(each, *spot))
    return drawn


def place_label(at: Frame, shape: Any, each: Label, taken: list[Box]) -> tuple[float, float] | None:
    """The middle of a free place for a label, as near to the middle of its area as can be; None without one."""
    centre = at.points(shapely.get_coordinates(shape.representative_point()))[0]
    for dx, dy in STEPS:
        x, y = float(centre[0] + dx), float(centre[1] + dy)
        room = label_box(each, x, y)
        inside = room[0] >= 0 and room[2] <= at.width and room[1] >= 0 and room[3] <= at.height
        if inside and not any(_overlap(room, other) for other in taken):
            return x, y
    return None


def label_box(each: Label, x: float, y: float) -> Box:
    """(left, top, right, bottom) of a label with its middle at x, y."""
    lines = _lines(each)
    half = max(svg.text_width(text, LETTERS) for text in lines) / 2 + 1
    high = len(lines) * LINE_HEIGHT / 2
    return x - half, y - high, x + half, y + high


def _round(x: float, y: float) -> Box:
    return x - DOT - 1, y - DOT - 1, x + DOT + 1, y + DOT + 1


def _lines(each: Label) -> list[str]:
    return [*svg.wrapped(svg.label(each.text), 14), *([svg.label(each.value)] if each.value else [])]


def _label(each: Label, x: float, y: float) -> Markup:
    lines = _lines(each)
    first = y - len(lines) * LINE_HEIGHT / 2 + LINE_HEIGHT * 0.78
    left, top, right, bottom = label_box(each, x, y)
    return svg.plate(left, top, right - left, bottom - top) + Markup("").join(
        svg.words(x, first + i * LINE_HEIGHT, text, LETTERS, anchor="middle", weight=_weight(each, i))
        for i, text in enumerate(lines)
    )


def _weight(each: Label, i: int) -> int:
    is_value = bool(each.value) and i == len(_lines(each)) - 1
    return 700 if is_value or each.strong else 400


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale_bar(at: Frame) -> Markup:
    length = max((m for m in ROUND_LENGTHS if m * at.scale <= 70), default=ROUND_LENGTHS[0])
    width, y = length * at.scale, at.height - 6
    right = at.width - MARGIN
    said = f"{length // 1000} km" if length >= 1000 else f"{length} m"
    ends = [svg.line(x, y - 2, x, y + 2, svg.QUIET, 0.8) for x in (right - width, right)]
    bar = svg.line(right - width, y, right, y, svg.QUIET, 0.8)
    return (
        bar + Markup("").join(ends) + svg.words(right - width / 2, y - 3, said, LETTERS, svg.QUIET, "middle")
    )


def _legend(signs: Iterable[Sign], at: Frame) -> tuple[list[Markup], float]:
    """The entries below the map in two columns where they fit, and where they end."""
    entries, half, top = list(signs), at.width / 2, at.height + 6
    columns = 1 if any(svg.text_width(svg.label(s.text), LETTERS) > half - 24 for s in entries) else 2
    rows = -(-len(entries) // columns)
    drawn = []
    for i, sign in enumerate(entries):
        x = MARGIN + (i // rows) * half
        drawn.append(_sign(sign, x, top + (i % rows) * LEGEND_LINE))
    return drawn, top + rows * LEGEND_LINE


def _sign(sign: Sign, x: float, y: float) -> Markup:
    return _swatch(sign, x, y) + svg.words(x + 18, y + 6.8, sign.text, LETTERS)


def _swatch(sign: Sign, x: float, y: float) -> Markup:
    if sign.kind == "place":
        return svg.circle(x + 6.5, y + 4, DOT, svg.PLACE)
    if sign.kind == "wide":
        return svg.circle(x + 6.5, y + 4, DOT, svg.PLACE) + svg.circle(x + 6.5, y + 4, RING, "none")
    if sign.kind == "chosen":
        return svg.circle(x + 6.5, y + 4, CHOSEN, svg.INK, svg.PAPER, 1.2)
    if sign.kind == "picked":
        return svg.box(x + 0.8, y + 0.8, 11.4, 6.4, "none", svg.INK, 1.6)
    if sign.kind == "outline":
        return svg.box(x + 0.8, y + 0.8, 11.4, 6.4, "none", svg.FOCUS, 1.6)
    if sign.kind == "doubt":
        box = svg.box(x, y, 13, 8, svg.MISSING_GROUND, svg.LINE)
        return box + Markup("").join(_dot(x + dx, y + dy) for dx, dy in ((3, 2.2), (10, 2.2), (6.5, 5.8)))
    if sign.kind == "missing":
        strokes = [np.array([(x + d, y + 8), (x + d + 5, y)]) for d in (0.5, 3, 5.5, 8)]
        return svg.box(x, y, 13, 8, svg.MISSING_GROUND, svg.LINE) + svg.path(
            strokes, "none", svg.MISSING, 0.7, close=False
        )
    return markup("{}", svg.box(x, y, 13, 8, sign.color or svg.MISSING_GROUND, svg.LINE))
