"""Semantic checks of geometry and coordinates, vectorised and tolerant to noise of millimetres in the corners."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from hsc_geo.data.check.reading import RawPackage, RawTable, number
from hsc_geo.data.check.registry import semantic
from hsc_geo.domain import schema
from hsc_geo.domain.crs import (
    DUTCH_LATITUDES,
    DUTCH_LONGITUDES,
    RD,
    RD_EASTINGS,
    RD_NORTHINGS,
    WGS84,
    CrsMismatch,
    crs_name,
    looks_like_rd,
    looks_swapped,
    require_crs,
    transformer,
    within,
)
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_register import LOCATION

FILE, DRAWING = schema.GEOMETRY.path, schema.DRAWING.path
SLIVER = 0.05  # metres; narrower overlaps and gaps are noise of the coordinates
# The surroundings are a backdrop from another layer, whose borders differ by metres.
SLIVER_OF_LEVEL = {"surrounding": 10.0}


@semantic("geometry-system")
def geometry_system(package: RawPackage) -> Iterator[Problem]:
    """Boundaries are in EPSG:28992 and lie in the Netherlands; those for drawing are longitude, latitude in WGS84."""
    frame = package.geometry
    if frame is not None:
        try:
            require_crs(frame, RD, FILE)
        except CrsMismatch as error:
            yield Problem(FILE, 0, "geometry", crs_name(frame), error.told)
        yield from _far_away(
            FILE, _codes(frame), _bounds(frame.geometry), (RD_EASTINGS, RD_NORTHINGS), "RD metres"
        )
    codes, shapes = _drawn(package)
    bounds = _bounds(shapes) if len(shapes) else np.empty((0, 4))
    degrees = (DUTCH_LONGITUDES, DUTCH_LATITUDES)
    yield from _far_away(DRAWING, codes, bounds, degrees, "degrees, longitude first")


def _far_away(file: str, codes: Sequence[str], bounds: Any, box: Any, unit: str) -> Iterator[Problem]:
    (west, east), (south, north) = box
    outside = (bounds[:, 0] < west) | (bounds[:, 2] > east) | (bounds[:, 1] < south) | (bounds[:, 3] > north)
    for place in np.flatnonzero(outside).tolist():
        mend = f"lies outside the Netherlands ({_coordinates_fault(bounds[place])}); give {unit}"
        yield Problem(file, place + 1, "geometry", codes[place], mend)


def _coordinates_fault(bounds: Any) -> str:
    x, y = float(bounds[0]), float(bounds[1])
    if looks_swapped(x, y) or looks_swapped(y, x):
        return "degrees, the order swapped" if within(x, DUTCH_LATITUDES) else "degrees"
    return "RD metres" if looks_like_rd(y, x) else f"{x:.6g}, {y:.6g}"


def _bounds(shapes: Any) -> Any:
    import shapely

    return shapely.bounds(np.asarray(shapes, dtype=object))


def _codes(frame: Any) -> list[str]:
    return [str(code) for code in frame["area_code"]] if "area_code" in frame else [""] * len(frame)


def _drawn(package: RawPackage) -> tuple[list[str], Any]:
    """Codes and shapes of the drawing; shapes that cannot be read are left out (the next check tells them)."""
    import shapely

    texts = [(code, text) for code, text in _features(package) if text]
    shapes = shapely.from_geojson([text for _, text in texts], on_invalid="ignore") if texts else np.array([])
    keep = [place for place, shape in enumerate(shapes) if shape is not None and not shape.is_empty]
    return [texts[place][0] for place in keep], np.array([shapes[place] for place in keep], dtype=object)


def _features(package: RawPackage) -> list[tuple[str, str]]:
    import json

    found = (package.drawing or {}).get("features")
    features = [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
    codes = [str((each.get("properties") or {}).get("area_code", "")) for each in features]
    shapes = [json.dumps(each["geometry"]) if each.get("geometry") else "" for each in features]
    return list(zip(codes, shapes, strict=True))


@semantic("geometry-missing")
def geometry_of_areas(package: RawPackage) -> Iterator[Problem]:
    """Every area but the country has a boundary to compute with and one to draw, and no boundary is without an area."""
    areas = package["areas"]
    wanted = {code for _, code, level in areas.rows("area_code", "level") if level != "country"}
    if not wanted:
        return
    if package.geometry is not None:
        yield from _unmatched(FILE, _codes(package.geometry), wanted)
    if package.drawing is not None:
        yield from _unmatched(DRAWING, [code for code, shape in _features(package) if shape], wanted)


def _unmatched(file: str, found: Sequence[str], wanted: set[str]) -> Iterator[Problem]:
    for code in sorted(wanted - set(found)):
        yield Problem(file, 0, "area_code", code, "the area has no boundary; add it")
    for place, code in enumerate(found, 1):
        if code not in wanted:
            yield Problem(
                file, place, "area_code", code, "no such area_code in areas.csv; correct or remove it"
            )
        elif code in found[: place - 1]:
            yield Problem(file, place, "area_code", code, "the area has more than one boundary; keep one")


@semantic("geometry-invalid")
def geometry_valid(package: RawPackage) -> Iterator[Problem]:
    """Boundaries do not cross themselves."""
    drawn_codes, drawn = _drawn(package)
    yield from _invalid(DRAWING, drawn_codes, drawn)
    if package.geometry is not None:
        yield from _invalid(FILE, _codes(package.geometry), package.geometry.geometry.to_numpy())


def _invalid(file: str, codes: Sequence[str], shapes: Any) -> Iterator[Problem]:
    import shapely

    for place in np.flatnonzero(~shapely.is_valid(shapes) | shapely.is_empty(shapes)).tolist():
        reason = shapely.is_valid_reason(shapes[place]) if shapes[place] is not None else "no geometry"
        yield Problem(
            file, place + 1, "geometry", codes[place], f"invalid ({reason}); mend it with make_valid"
        )


@semantic("geometry-overlap")
def geometry_overlaps(package: RawPackage) -> Iterator[Problem]:
    """Areas of one level do not overlap by more than noise."""
    frame = package.geometry
    if frame is None or "level" not in frame or "area_code" not in frame:
        return
    for level, places in frame.groupby("level").indices.items():
        width = SLIVER_OF_LEVEL.get(str(level), SLIVER)
        codes = [_codes(frame)[place] for place in places]
        for one, other in _overlaps(frame.geometry.to_numpy()[places], width):
            mend = f"overlaps {codes[one]} by more than {width:g} m; move the border of one"
            yield Problem(FILE, int(places[other]) + 1, "geometry", codes[other], mend)


def _overlaps(shapes: Any, width: float) -> list[tuple[int, int]]:
    """Pairs of positions whose shapes overlap by more than a sliver of this width (metres)."""
    import shapely

    shapes = _mended(shapes)
    one, other = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    first = one < other
    one, other = one[first], other[first]
    common = shapely.intersection(shapes[one], shapes[other])
    wide = ~shapely.is_empty(shapely.buffer(common, -width / 2))
    return [(int(a), int(b)) for a, b in zip(one[wide], other[wide], strict=True)]


def _mended(shapes: Any) -> Any:
    """Valid shapes to compute with; invalid ones are told by geometry_valid."""
    import shapely

    return shapely.make_valid(np.asarray(shapes, dtype=object))


@semantic("geometry-nesting")
def geometry_nests(package: RawPackage) -> Iterator[Problem]:
    """Neighbourhoods cover their district and districts the municipality, without gaps and without sticking out."""
    frame, areas = package.geometry, package["areas"]
    if frame is None or "area_code" not in frame:
        return
    shapes = dict(zip(_codes(frame), _mended(frame.geometry.to_numpy()), strict=True))
    places = {code: place for place, code in enumerate(_codes(frame), 1)}
    for code, parts in _children(areas).items():
        inside = [shapes[part] for part in parts if part in shapes]
        if code in shapes and len(inside) == len(parts) and _differ(shapes[code], inside, SLIVER):
            mend = (
                f"differs from its {len(parts)} parts together by more than {SLIVER:g} m; correct the border"
            )
            yield Problem(FILE, places[code], "geometry", code, mend)


def _children(areas: RawTable) -> dict[str, list[str]]:
    children: dict[str, list[str]] = {}
    for _, code, level, parent in areas.rows("area_code", "level", "parent_code"):
        if level in ("district", "neighbourhood"):
            children.setdefault(parent, []).append(code)
    return children


def _differ(whole: Any, parts: Sequence[Any], width: float) -> bool:
    import shapely

    difference = shapely.symmetric_difference(whole, shapely.union_all(parts))
    return not shapely.is_empty(shapely.buffer(difference, -width / 2))


@semantic("drawing-gap")
def drawing_is_coverage(package: RawPackage) -> Iterator[Problem]:
    """The drawing has no gaps or overlaps between neighbours, and its parts fit their whole exactly."""
    import shapely

    codes, shapes = _drawn(package)
    if not len(shapes) or not shapely.is_valid(shapes).all():
        return
    level = dict(zip(package["areas"]["area_code"], package["areas"]["level"], strict=False))
    leaves = np.array([level.get(code) in ("neighbourhood", "surrounding") for code in codes], dtype=bool)
    edges = shapely.coverage_invalid_edges(shapes[leaves])
    for place, edge in zip(np.flatnonzero(leaves), edges, strict=True):
        if not shapely.is_empty(edge):
            mend = "its border and its neighbour's differ; build the drawing again"
            yield Problem(DRAWING, int(place) + 1, "geometry", codes[place], mend)
    by_code = dict(zip(codes, shapes, strict=True))
    for code, parts in _children(package["areas"]).items():
        inside = [by_code[part] for part in parts if part in by_code]
        if code in by_code and inside and not shapely.equals(by_code[code], shapely.union_all(inside)):
            mend = "is not the union of its parts; build the drawing again"
            yield Problem(DRAWING, codes.index(code) + 1, "geometry", code, mend)


@semantic("point-outside")
def points_in_municipality(package: RawPackage) -> Iterator[Problem]:
    """Coordinates lie in a neighbourhood; latitude and longitude are not swapped and no RD metres."""
    for raw in (package["initiative_places"], package["venues"]):
        located = []
        for row, latitude, longitude in raw.rows("latitude", "longitude"):
            north, east = number(latitude), number(longitude)
            if bool(latitude) != bool(longitude):
                column, there = ("latitude", longitude) if not latitude else ("longitude", latitude)
                mend = Message("give both coordinates or none; the other is {value}", value=there)
                yield raw.problem(row, column, "", mend)
            elif north is not None and east is not None:
                fault = _point_fault(north, east)
                if fault:
                    yield raw.problem(row, "latitude", f"{latitude} {longitude}", fault)
                else:
                    located.append((row, f"{latitude} {longitude}", north, east))
        yield from _outside(package, raw, located)


def _point_fault(latitude: float, longitude: float) -> Message | None:
    if looks_swapped(latitude, longitude):
        return Message("latitude and longitude are swapped; change them round")
    if looks_like_rd(latitude, longitude):
        return Message("these are RD metres (EPSG:28992); convert them to degrees (EPSG:4326)")
    if not (within(latitude, DUTCH_LATITUDES) and within(longitude, DUTCH_LONGITUDES)):
        return Message("lies outside the Netherlands; correct the coordinates")
    return None


def _outside(
    package: RawPackage, raw: RawTable, located: list[tuple[int, str, float, float]]
) -> Iterator[Problem]:
    inside = neighbourhoods_at(package, [(north, east) for _, _, north, east in located])
    for (row, value, _, _), code in zip(located, inside, strict=True):
        if code == "":
            mend = Message("lies outside the municipality; correct or remove the coordinates")
            yield raw.problem(row, "latitude", value, mend)


def neighbourhoods_at(package: RawPackage, points: Sequence[tuple[float, float]]) -> list[str | None]:
    """The neighbourhood of each point (latitude, longitude, WGS84); "" in none, None when there is no geometry."""
    import shapely

    frame = package.geometry
    if frame is None or not points or "level" not in frame or "area_code" not in frame:
        return [None] * len(points)
    leaves = frame[frame["level"] == "neighbourhood"]
    norths, easts = zip(*points, strict=True)
    x, y = transformer(WGS84, RD).transform(easts, norths)
    tree = shapely.STRtree(_mended(leaves.geometry.to_numpy()))
    at, found = tree.query(shapely.points(x, y), predicate="intersects")
    first: dict[int, str] = {}
    for point, place in sorted(zip(at.tolist(), found.tolist(), strict=True)):
        first.setdefault(point, str(leaves["area_code"].iloc[place]))
    return [first.get(number_, "") for number_ in range(len(points))]


@semantic("point-in-other-area")
def coordinates_agree_with_areas(package: RawPackage) -> Iterator[Problem]:
    """The neighbourhood given with coordinates is the one in which they lie, and an area that rests on coordinates is
    that of a place of the initiative."""
    yield from _disagreements(package, package["venues"])
    yield from _areas_without_place(package)


def _areas_without_place(package: RawPackage) -> Iterator[Problem]:
    cells = package["initiative_places"].rows("initiative_id", "role", "latitude", "longitude")
    spots = [(key, spot) for _, key, role, *at in cells if role == LOCATION and (spot := _spot(*at))]
    inside = neighbourhoods_at(package, [spot for _, spot in spots])
    if None in inside:
        return  # without geometry nothing can be said
    here = {(key, code) for (key, _), code in zip(spots, inside, strict=True)}
    raw = package["initiative_areas"]
    for row, key, code, basis in raw.rows("initiative_id", "area_code", "basis"):
        if basis == "coordinates" and (key, code) not in here:
            mend = Message("no place of {initiative} lies in it: correct one", initiative=key)
            yield raw.problem(row, "area_code", code, mend)


def _disagreements(package: RawPackage, raw: RawTable) -> Iterator[Problem]:
    cells = [
        (row, code, spot)
        for row, code, latitude, longitude in raw.rows("area_code", "latitude", "longitude")
        if code and (spot := _spot(latitude, longitude))
    ]
    found = neighbourhoods_at(package, [spot for _, _, spot in cells])
    for (row, code, _), there in zip(cells, found, strict=True):
        if there and there != code:
            mend = Message("the coordinates lie in {area}: correct one", area=there)
            yield raw.problem(row, "area_code", code, mend)


def _spot(latitude: str, longitude: str) -> tuple[float, float] | None:
    north, east = number(latitude), number(longitude)
    if north is None or east is None or _point_fault(north, east):
        return None
    return north, east
