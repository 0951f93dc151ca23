"""What the register works out itself for an initiative: its areas, its organisations, its groups of activities.

The same joins as when the data package is built (`hsc_geo.data.place_join`, `hsc_geo.data.organisation_match`), on
one entry.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import geopandas as gpd

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.organisation_match import index_organisations, participations, spellings
from hsc_geo.data.place_join import (
    PRECISION_OF_COORDINATES,
    SCOPES,
    Gazetteer,
    Served,
    Spot,
    join_areas,
    make_gazetteer,
    make_spots,
    precision_of,
)
from hsc_geo.data.register_tables import activity_groups
from hsc_geo.domain.areas import SERVED_LEVELS, district_of, level_of
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.register import rules
from hsc_geo.register.entries import Entry, link_rows, links_json
from hsc_geo.register.tables import OTHER_NAMES, PLACES
from hsc_geo.sources.extracts import Record, split_many

AREA_CODES = "area_codes"  # a proposal's own field: areas chosen from a list, joined with |
STATED_FIELDS = ("neighbourhood_as_stated", "district_as_stated")
SCOPE_OF = {precision: scope for scope, precision in SCOPES.items()}  # city -> Citywide
_FILE = "register"
_PARTNER_FIELDS = ("organisation", "partners")


def joined(package: Package, entry: Entry, area_codes: str = "") -> dict[str, str]:
    """The entry with its areas and precision anew. By the first of: scope (precision city or region), the areas
    chosen, coordinates, names as stated."""
    scope = SCOPE_OF.get(entry["precision"], "")
    chosen = split_many(area_codes)
    found = _chosen(entry, chosen) if chosen and not scope else _found(package, entry, scope)
    areas = links_json((vars(each) for each in found), "initiative_areas")
    return dict(entry) | {"initiative_areas": areas, "precision": precision_of(found)}


def _chosen(entry: Entry, codes: tuple[str, ...]) -> list[Served]:
    implied = {district_of(code) for code in codes if level_of(code) == "neighbourhood"}
    key = entry["initiative_id"]
    return [
        Served(key, code, {"municipality": "city"}.get(level_of(code), level_of(code)), "stated", "")
        for code in sorted(set(codes))
        if code not in implied
    ]


def _found(package: Package, entry: Entry, scope: str) -> list[Served]:
    record = _record(
        initiative_id=entry["initiative_id"],
        district_official=scope,
        neighbourhood=entry["neighbourhood_as_stated"],
        district_as_stated=entry["district_as_stated"],
        inferred_fields=entry["inferred_fields"],
    )
    spots = {entry["initiative_id"]: _spots(package, entry)}
    return list(join_areas([record], municipality(package), gazetteer(package), spots).served)


def _spots(package: Package, entry: Entry) -> tuple[Spot, ...]:
    """The points where it happens."""
    return make_spots(neighbourhoods(package), [_spot_record(place) for place in _located(entry)])


def _located(entry: Entry) -> list[dict[str, str]]:
    """The places of an entry that have a point and are not only of an event."""
    rows = link_rows("", PLACES, entry.get(PLACES, ""))
    return [row for row in rows if row.get("role") == LOCATION and has_point(row)]


def points_of(entry: Entry) -> list[tuple[str, ...]]:
    """What the join looks at of the places of an entry."""
    return sorted(
        (place["latitude"], place["longitude"], place.get("precision", "")) for place in _located(entry)
    )


def has_point(place: Mapping[str, str]) -> bool:
    """Whether a place has coordinates to compute with. What is wrong with others, the rules of the contract tell."""
    return all(
        rules.is_number(text) and abs(float(text)) <= most
        for text, most in ((place.get("latitude", ""), 90), (place.get("longitude", ""), 180))
    )


def _spot_record(place: Mapping[str, str]) -> Record:
    """A place with a point as the join reads it; another precision than there is, the rules tell."""
    precision = place.get("precision", "")
    return _record(
        lat=_decimal(place["latitude"]),
        lon=_decimal(place["longitude"]),
        precision=precision if precision in PRECISION_OF_COORDINATES else "address",
        venue=place.get("venue", ""),
        bu_code="",
    )


def neighbourhood_of(package: Package, place: Mapping[str, str]) -> str:
    """The neighbourhood in which the point of a place lies; "" in none, and without a point."""
    spots = make_spots(neighbourhoods(package), [_spot_record(place)] if has_point(place) else [])
    return spots[0].area_code if spots else ""


def _decimal(text: str) -> str:
    return f"{float(text):.9f}"  # the join reads degrees without an exponent


def _record(**cells: str) -> Record:
    return Record(_FILE, 0, cells)


def organisations(package: Package, index: Mapping[str, str], entry: Entry) -> str:
    """The organisations of an initiative as JSON; index: spelling to id, see `index_of`."""
    record = _record(**{name: entry[name] for name in ("initiative_id", *_PARTNER_FIELDS)})
    found, _ = participations([record], index, place_name(package))
    return links_json((vars(each) for each in found), "initiative_organisations")


def sector_of(package: Package, given: Mapping[str, str]) -> str:
    """The sectors of the leading organisations of a proposal that the package knows."""
    entry = {"initiative_id": "-", **{name: given.get(name, "") for name in _PARTNER_FIELDS}}
    known = _organisations(package)
    return leading_sectors(known, organisations(package, _spellings(package), entry))


def leading_sectors(known: Mapping[str, Entry], links: str) -> str:
    """The sectors of the leading organisations in the links of an initiative; known: by id."""
    rows = link_rows("", "initiative_organisations", links)
    leading = [row["organisation_id"] for row in rows if row["role"] == "lead" and row["organisation_id"]]
    return SEPARATOR.join(dict.fromkeys(known[key]["sector"] for key in leading))


@per_package(maxsize=1)
def _organisations(package: Package) -> dict[str, dict[str, str]]:
    """Name and sector of the organisations of the package by id."""
    table = package.organisations
    rows = zip(table.index, table["name"], table["sector"], strict=True)
    return {str(key): {"name": str(name), "sector": str(sector)} for key, name, sector in rows}


@per_package(maxsize=1)
def _spellings(package: Package) -> dict[str, str]:
    return index_of(_organisations(package))


def index_of(known: Mapping[str, Entry]) -> dict[str, str]:
    """Spelling to id of organisations, from id to entry: their names and, where no other has that name now, the names
    of those that were merged into them."""
    named = [(key, entry["name"]) for key, entry in known.items()]
    merged = [(key, name) for key, entry in known.items() for name in split_many(entry.get(OTHER_NAMES, ""))]
    taken = {spelling for _, name in named for spelling in spellings(name)}
    others = {spelling: key for spelling, key in _index(merged).items() if spelling not in taken}
    return others | _index(named)


def _index(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    return index_organisations(_record(partner_id=key, name=name) for key, name in names)


@per_package(maxsize=1)
def place_name(package: Package) -> str:
    """The name of the municipality that the package is about."""
    return str(package.areas.loc[municipality(package), "name"])


def groups(package: Package, entry: Entry) -> str:
    """The groups of the activity types of an entry."""
    return activity_groups(split_many(entry["activity_types"]), _group_of(package))


@per_package(maxsize=1)
def _group_of(package: Package) -> dict[str, str]:
    words = package.vocabularies
    types = words[words["vocabulary"] == "activity_type"]
    return dict(zip(types["code"], types["parent"], strict=True))


@per_package(maxsize=1)
def municipality(package: Package) -> str:
    """The code of the municipality that the package is about."""
    levels = package.areas["level"]
    return str(levels.index[levels == "municipality"][0])


@per_package(maxsize=1)
def neighbourhoods(package: Package) -> gpd.GeoDataFrame:
    """The neighbourhoods at full resolution, EPSG:28992, by area code."""
    frame: Any = package.geometry
    return frame[frame["level"] == "neighbourhood"]


@per_package(maxsize=1)
def gazetteer(package: Package) -> Gazetteer:
    """Names of areas, official and in use, with the codes that they stand for."""
    inside = package.areas[package.areas["level"].isin(("district", "neighbourhood"))]
    names = {str(code): str(name) for code, name in inside["name"].items()}
    rows = package.place_names.to_dict("records")
    return make_gazetteer(names, [_record(**{str(k): str(v) for k, v in row.items()}) for row in rows])


@per_package(maxsize=1)
def area_codes(package: Package) -> frozenset[str]:
    """The areas that an initiative can serve."""
    levels = package.areas["level"]
    return frozenset(map(str, levels.index[levels.isin(SERVED_LEVELS)]))
