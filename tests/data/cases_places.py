"""Faults of geometry and coordinates."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from shapely import affinity
from shapely.geometry import Polygon

from hsc_geo.data.writer import write_geometry
from hsc_geo.domain.problems import Problem
from tests.data.cases import (
    CASES,
    PLACES,
    SERVED,
    VENUES,
    Break,
    Case,
    case,
)
from tests.data.editing import (
    DRAWING,
    PARQUET,
    geometry,
    place_in_drawing,
    put,
    put_drawing,
    put_geometry,
    row_of,
)


@case("geometry-system")
def boundaries_in_degrees(folder: Path) -> list[Problem]:
    frame = geometry(folder)
    write_geometry(frame.to_crs(4326), folder / PARQUET)
    mend = "areas.parquet is in EPSG:4326; expected EPSG:28992: convert it with to_crs(28992)"
    each = "lies outside the Netherlands (degrees); give RD metres"
    codes = enumerate(frame["area_code"], 1)
    return [
        Problem(PARQUET, 0, "geometry", "EPSG:4326", mend),
        *(Problem(PARQUET, place, "geometry", code, each) for place, code in codes),
    ]


@case("geometry-system")
def drawing_swapped_and_in_metres(folder: Path) -> list[Problem]:
    def change(features: dict[str, Any]) -> None:
        for ring in features["BU05460302"]["geometry"]["coordinates"]:
            ring[:] = [[y, x] for x, y in ring]
        for ring in features["BU05460800"]["geometry"]["coordinates"]:
            ring[:] = [[93_000 + x, 463_000 + y] for x, y in ring]

    put_drawing(folder, change)
    told = {"BU05460302": "degrees, the order swapped", "BU05460800": "RD metres"}
    return [
        Problem(
            DRAWING,
            place_in_drawing(folder, code),
            "geometry",
            code,
            f"lies outside the Netherlands ({words}); give degrees, longitude first",
        )
        for code, words in told.items()
    ]


@case("geometry-missing")
def boundary_missing_double_and_strange(folder: Path) -> list[Problem]:
    frame = geometry(folder)
    codes = frame["area_code"].tolist()
    gone, twice, strange = (codes.index(code) for code in ("BU05460302", "BU05460800", "BU05460900"))
    frame.loc[gone, "area_code"] = "BU05460800"
    frame.loc[strange, "area_code"] = "BU09999999"
    write_geometry(frame, folder / PARQUET)
    return [
        Problem(PARQUET, 0, "area_code", "BU05460302", "the area has no boundary; add it"),
        Problem(PARQUET, 0, "area_code", "BU05460900", "the area has no boundary; add it"),
        Problem(
            PARQUET, twice + 1, "area_code", "BU05460800", "the area has more than one boundary; keep one"
        ),
        Problem(
            PARQUET,
            strange + 1,
            "area_code",
            "BU09999999",
            "no such area_code in areas.csv; correct or remove it",
        ),
    ]


def bowtie(shape: Any) -> Polygon:
    x, y = (round(number) for number in shape.centroid.coords[0])
    return Polygon([(x, y), (x + 10, y + 10), (x + 10, y), (x, y + 10)])


@case("geometry-invalid")
def boundary_crosses_itself(folder: Path) -> list[Problem]:
    place = put_geometry(folder, "BU05460302", bowtie)
    x, y = geometry(folder).geometry[place - 1].exterior.coords[0]
    crossing = f"{x + 5:.12g} {y + 5:.12g}"
    mend = f"invalid (Self-intersection[{crossing}]); mend it with make_valid"
    return [Problem(PARQUET, place, "geometry", "BU05460302", mend)]


@case("geometry-overlap")
def boundary_overlaps_its_neighbour(folder: Path) -> list[Problem]:
    frame = geometry(folder)
    whole = dict(zip(frame["area_code"], frame.geometry, strict=True))
    place = put_geometry(folder, "BU05460401", lambda shape: shape.union(whole["BU05460400"].buffer(-20)))
    mend = "overlaps BU05460400 by more than 0.05 m; move the border of one"
    return [Problem(PARQUET, place, "geometry", "BU05460401", mend)]


@case("geometry-nesting")
def neighbourhood_leaves_a_gap(folder: Path) -> list[Problem]:
    put_geometry(folder, "BU05460302", lambda shape: affinity.scale(shape, 0.99, 0.99))
    frame = geometry(folder)
    place = 1 + frame["area_code"].tolist().index("WK054603")
    mend = "differs from its 3 parts together by more than 0.05 m; correct the border"
    return [Problem(PARQUET, place, "geometry", "WK054603", mend)]


@case("drawing-gap")
def drawn_corner_moved(folder: Path) -> list[Problem]:
    def change(features: dict[str, Any]) -> None:
        corner = features["WK054602"]["geometry"]["coordinates"][0][3]
        corner[0] += 0.00002

    put_drawing(folder, change)
    place = place_in_drawing(folder, "WK054602")
    return [
        Problem(
            DRAWING, place, "geometry", "WK054602", "is not the union of its parts; build the drawing again"
        )
    ]


def point_case(file: str, key: dict[str, str], latitude: str, longitude: str, mend: str) -> Break:
    def break_it(folder: Path) -> list[Problem]:
        row = row_of(folder, file, **key)
        put(folder, file, row, latitude=latitude, longitude=longitude)
        if not longitude:
            return [Problem(file, row, "longitude", "", mend)]
        return [Problem(file, row, "latitude", f"{latitude} {longitude}", mend)]

    return break_it


SWAPPED = "latitude and longitude are swapped; change them round"
METRES = "these are RD metres (EPSG:28992); convert them to degrees (EPSG:4326)"
ELSEWHERE = "lies outside the municipality; correct or remove the coordinates"
IN_PLACES, IN_VENUES = {"initiative_id": "LEI-005"}, {"venue": "Hogeschool Leiden"}
POINTS = [
    ("swapped", "4.490852", "52.158162", SWAPPED),
    ("metres", "463600", "93700", METRES),
    ("metres_swapped", "93700", "463600", METRES),
    ("in_amsterdam", "52.3731", "4.8926", ELSEWHERE),
    ("in_leiderdorp", "52.1583", "4.5292", ELSEWHERE),
    ("abroad", "40.7", "-74.0", "lies outside the Netherlands; correct the coordinates"),
    ("nowhere", "0", "0", "lies outside the Netherlands; correct the coordinates"),
    ("half", "52.158162", "", "give both coordinates or none; the other is 52.158162"),
]
for point_name, north, east, told_mend in POINTS:
    for point_file, point_key in ((PLACES, IN_PLACES), (VENUES, IN_VENUES)):
        breaks = point_case(point_file, point_key, north, east, told_mend)
        CASES.append(Case("point-outside", f"point {point_name} in {point_file}", breaks))


@case("point-in-other-area")
def area_is_not_where_the_coordinates_are(folder: Path) -> list[Problem]:
    row = row_of(folder, SERVED, basis="coordinates", area_code="BU05460602")
    put(folder, SERVED, row, area_code="BU05460601")
    venue = row_of(folder, VENUES, venue="Hogeschool Leiden")
    put(folder, VENUES, venue, area_code="BU05460701")
    return [
        Problem(SERVED, row, "area_code", "BU05460601", "no place of LEI-058 lies in it: correct one"),
        Problem(VENUES, venue, "area_code", "BU05460701", "the coordinates lie in BU05460700: correct one"),
    ]


@case("point-in-other-area")
def area_rests_on_the_place_of_an_event(folder: Path) -> list[Problem]:
    """Of three places of LEI-026 two lie in De Kooi; one in Slaaghwijk is made that of a single event."""
    put(folder, PLACES, row_of(folder, PLACES, initiative_id="LEI-026", place_number="3"), role="event")
    row = row_of(folder, SERVED, initiative_id="LEI-026", area_code="BU05460800")
    return [Problem(SERVED, row, "area_code", "BU05460800", "no place of LEI-026 lies in it: correct one")]
