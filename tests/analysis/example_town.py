"""A made-up town, small enough to compute by hand: the data of the examples in docstrings and in docs/methods.md.

Four neighbourhoods, squares of one kilometre in a row from west to east, two in each of two districts.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import shapely

from hsc_geo.data.load import Package, parse_table
from hsc_geo.domain import schema
from hsc_geo.domain.crs import RD, WGS84, transformer

WEST, SOUTH = 90_000, 460_000  # the corner of the town, metres of EPSG:28992
SIDE = 1000  # metres
INDEX = {
    "areas": "area_code",
    "indicators": "indicator_id",
    "initiatives": "initiative_id",
    "organisations": "organisation_id",
}

AREAS = """
area_code,name,level,parent_code,population,population_15_24,population_65_plus
NL00,Land,country,,,,
GM0001,Town,municipality,NL00,8000,800,1600
WK000101,West,district,GM0001,3000,300,600
WK000102,East,district,GM0001,5000,500,1000
BU00010101,Mill,neighbourhood,WK000101,1000,100,200
BU00010102,Market,neighbourhood,WK000101,2000,200,400
BU00010201,Station,neighbourhood,WK000102,1000,100,200
BU00010202,Harbour,neighbourhood,WK000102,4000,400,800
"""
FIGURES = """
area_code,lonely,smoking
BU00010101,10,40
BU00010102,20,10
BU00010201,30,20
BU00010202,40,30
"""
INITIATIVES = """
initiative_id,name,organisation,ambition_codes,activity_groups,life_stages,precision,x,y,area_code
WALK,Walking group,Welfare West,A1,meeting,adults,address,500,500,BU00010101
TABLE,Coffee table,Welfare East,A1,meeting,adults,address,2500,500,BU00010201
DEBTS,Help with debts,Town,A4,advice,adults,district,,,WK000101
LINE,Helpline,Town,A1,advice,adults,city,,,
"""


def records(text: str) -> list[dict[str, str]]:
    """The rows of a table written as CSV."""
    return list(csv.DictReader(io.StringIO(text.strip())))


@cache
def town() -> Package:
    """The town as a package."""
    rows = {"areas": _areas(), "indicators": _indicators(), "observations": _observations()}
    rows |= {"initiatives": _initiatives(), "initiative_places": _places(), "initiative_areas": _served()}
    rows["focus_areas"] = [{"focus_id": "west", "area_code": "WK000101", "assumed": "false"}]
    rows["vocabularies"] = [
        {"vocabulary": "ambition", "code": f"A{i}", "sort_order": str(i)} for i in range(1, 5)
    ]
    tables: dict[str, Any] = {each.name: _table(each.name, rows.get(each.name, ())) for each in schema.TABLES}
    return Package(
        **tables, geometry=_geometry(), drawing={}, descriptor={}, snapshot="example", folder=Path("example")
    )


def _table(name: str, rows: Iterable[dict[str, str]]) -> Any:
    table, out = schema.table(name), io.StringIO()
    writer = csv.DictWriter(out, table.columns, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    frame = parse_table(table, out.getvalue().encode())
    return frame.set_index(INDEX[name]) if name in INDEX else frame


def _areas() -> list[dict[str, str]]:
    same = {"population_year": "2025", "bands_year": "2025", "municipality_code": "GM0001"}
    return [each | same for each in records(AREAS)]


def _indicators() -> list[dict[str, str]]:
    same = {
        "table_id": "example",
        "theme": "example",
        "unit": "percent",
        "decimals": "0",
        "direction": "high_bad",
    }
    return [
        {"indicator_id": key, "stem": key, "concept": key, "kind": "registered", "default_rank": rank, **same}
        for key, rank in (("lonely", "1"), ("smoking", "2"))
    ]


def _observations() -> list[dict[str, str]]:
    return [
        {
            "area_code": each["area_code"],
            "indicator_id": key,
            "year": "2024",
            "age_group": "18plus",
            "value": each[key],
            "status": "present",
        }
        for each in records(FIGURES)
        for key in ("lonely", "smoking")
    ]


def _initiatives() -> list[dict[str, str]]:
    same = {"status": "active_at_evidence_date", "status_as_of": "2026", "last_evidence_year": "2026"}
    return [each | same | {"description_en": each["name"]} for each in records(INITIATIVES)]


def _places() -> list[dict[str, str]]:
    found = []
    for each in records(INITIATIVES):
        if each["x"]:
            lon, lat = transformer(RD, WGS84).transform(WEST + float(each["x"]), SOUTH + float(each["y"]))
            place = {"place_number": "1", "role": "location", "latitude": str(lat), "longitude": str(lon)}
            found.append({"initiative_id": each["initiative_id"], "precision": "address", **place})
    return found


def _served() -> list[dict[str, str]]:
    keys = ("initiative_id", "area_code", "precision")
    return [{key: each[key] for key in keys} for each in records(INITIATIVES) if each["area_code"]]


def _geometry() -> gpd.GeoDataFrame:
    squares = {
        each["area_code"]: shapely.box(WEST + i * SIDE, SOUTH, WEST + (i + 1) * SIDE, SOUTH + SIDE)
        for i, each in enumerate(records(FIGURES))
    }
    parts = {"WK000101": list(squares.values())[:2], "WK000102": list(squares.values())[2:]}
    wholes = {code: shapely.union_all(shapes) for code, shapes in parts.items()}
    shapes = {"GM0001": shapely.union_all(list(wholes.values())), **wholes, **squares}
    level = {each["area_code"]: each["level"] for each in records(AREAS)}
    return gpd.GeoDataFrame(
        {"level": [level[code] for code in shapes]},
        geometry=list(shapes.values()),
        index=list(shapes),
        crs=RD,
    )
