"""The contract of the data package: every table with its columns, and every other file.

From this contract come the schema in datapackage.json, the structural checks and docs/data-dictionary.md.
"""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.domain.contract import Field, ForeignKey, Table
from hsc_geo.domain.schema_asked import ASKED_NONE
from hsc_geo.domain.schema_explanations import EXPLANATIONS
from hsc_geo.domain.schema_figures import INDICATORS, OBSERVATIONS
from hsc_geo.domain.schema_places import AREAS, FOCUS_AREAS, PLACE_NAMES
from hsc_geo.domain.schema_reference import LEFT_OUT, SOURCES, VOCABULARIES
from hsc_geo.domain.schema_register import (
    INITIATIVE_AREAS,
    INITIATIVE_ORGANISATIONS,
    INITIATIVE_PLACES,
    INITIATIVES,
    ORGANISATIONS,
    VENUES,
)

__all__ = [
    "DESCRIPTOR",
    "DRAWING",
    "GEOMETRY",
    "GEOMETRY_FILES",
    "TABLES",
    "Field",
    "ForeignKey",
    "GeometryFile",
    "Table",
    "table",
]

TABLES = (
    AREAS,
    INDICATORS,
    OBSERVATIONS,
    INITIATIVES,
    INITIATIVE_PLACES,
    INITIATIVE_AREAS,
    INITIATIVE_ORGANISATIONS,
    ORGANISATIONS,
    VENUES,
    ASKED_NONE,
    FOCUS_AREAS,
    PLACE_NAMES,
    EXPLANATIONS,
    VOCABULARIES,
    SOURCES,
    LEFT_OUT,
)

DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class GeometryFile:
    """A file of geometry: what it holds and in which coordinate system (EPSG code)."""

    name: str
    path: str
    format: str
    mediatype: str
    epsg: int
    properties: tuple[str, ...]
    title_nl: str
    title_en: str
    nl: str
    en: str


GEOMETRY = GeometryFile(
    "areas-geometry",
    "areas.parquet",
    "parquet",
    "application/vnd.apache.parquet",
    28992,
    ("area_code", "level"),
    "Grenzen",
    "Boundaries",
    "Grenzen op volle resolutie (GeoParquet, EPSG:28992, meters): gemeente, wijken, buurten en omliggende gemeenten. "
    "Om mee te rekenen.",
    "Boundaries at full resolution (GeoParquet, EPSG:28992, metres): municipality, districts, neighbourhoods and "
    "surrounding municipalities. To compute with.",
)

DRAWING = GeometryFile(
    "areas-drawing",
    "areas_drawing.geojson",
    "geojson",
    "application/geo+json",
    4326,
    ("area_code", "level", "name", "parent_code"),
    "Grenzen om te tekenen",
    "Boundaries for drawing",
    "Vereenvoudigde grenzen (GeoJSON, WGS84, vijf decimalen) zonder gaten of overlap; buurten passen precies in hun "
    "wijk. Om te tekenen, niet om mee te rekenen.",
    "Simplified boundaries (GeoJSON, WGS84, five decimals) without gaps or overlaps; neighbourhoods fit their district "
    "exactly. To draw, not to compute with.",
)

GEOMETRY_FILES = (GEOMETRY, DRAWING)

_BY_NAME = {each.name: each for each in TABLES}


def table(name: str) -> Table:
    """The table with this name; KeyError, naming the tables there are, for another name."""
    if name not in _BY_NAME:
        raise KeyError(f"no table {name!r} in the contract; there are {', '.join(_BY_NAME)}")
    return _BY_NAME[name]
