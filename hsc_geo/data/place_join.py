"""Which areas each initiative serves: by scope, by point in polygon, by the names that its source uses.

A name that finds no area is reported, and so is an initiative without any.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import geopandas as gpd
import shapely

from hsc_geo.data.left_out import LeftOut
from hsc_geo.domain.areas import district_of, level_of
from hsc_geo.domain.crs import RD, WGS84, require_crs, transformer
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import Record, raise_if

SCOPES = {"Citywide": "city", "Regional": "region"}
COARSEST_FIRST = ("region", "city", "district", "neighbourhood", "street", "address")
PRECISION_OF_COORDINATES = {"address": "address", "street": "street", "postcode6": "street"}
STATED_COLUMNS = ("neighbourhood", "district_as_stated", "district_official")  # most precise first


@dataclass(frozen=True)
class Served:
    """One area that an initiative serves: how precisely that is known, on what basis, from which words or venue."""

    initiative_id: str
    area_code: str
    precision: str
    basis: str
    basis_note: str


@dataclass(frozen=True)
class Joined:
    """The areas served, with what found no partner."""

    served: tuple[Served, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True)
class Gazetteer:
    """Names to area codes: `official` are CBS names, `used` the names of place_names.csv; keys by `name_key`.

    assumed: keys in `used` whose link is an assumption.
    """

    official: Mapping[str, tuple[str, ...]]
    used: Mapping[str, tuple[str, ...]]
    assumed: frozenset[str]

    def find(self, name: str) -> tuple[tuple[str, ...], bool]:
        """The codes for a name, CBS names first, and whether the link is an assumption; no codes when unknown."""
        for key in (name_key(name), name_key(without_remark(name))):
            if key in self.official:
                return self.official[key], False
            if key in self.used:
                return self.used[key], key in self.assumed
        return (), False


def name_key(name: str) -> str:
    """A name for comparison: case and runs of blanks make no difference."""
    return " ".join(name.casefold().split())


def without_remark(name: str) -> str:
    """A name without the remark in brackets that ends it: `Stevenshof (visit)` gives `Stevenshof`."""
    return re.sub(r"\s*\([^()]*\)\s*$", "", name)


def make_gazetteer(names: Mapping[str, str], place_names: Iterable[Record]) -> Gazetteer:
    """names: CBS names by code of districts and neighbourhoods; place_names: rows of name, area_code, basis."""
    official: dict[str, tuple[str, ...]] = {}
    for code, name in names.items():
        official[name_key(name)] = (*official.get(name_key(name), ()), code)
    used: dict[str, tuple[str, ...]] = {}
    assumed = set()
    for record in place_names:
        key = name_key(record["name"])
        used[key] = (*used.get(key, ()), record["area_code"])
        if record["basis"] == "assumption":
            assumed.add(key)
    return Gazetteer(official, used, frozenset(assumed))


def locate(neighbourhoods: gpd.GeoDataFrame, coordinates: Sequence[Record]) -> list[str]:
    """For each record with lat and lon (degrees, WGS84) the neighbourhood in which it lies, "" where in none.

    neighbourhoods: full geometry in EPSG:28992, indexed by area code; another system raises CrsMismatch.
    A point on a border goes to the first code.
    """
    require_crs(neighbourhoods, RD, "neighbourhoods")
    if not coordinates:
        return []
    x, y = transformer(WGS84, RD).transform(
        [float(r["lon"]) for r in coordinates], [float(r["lat"]) for r in coordinates]
    )
    tree = shapely.STRtree(neighbourhoods.geometry.to_numpy())
    points, areas = tree.query(shapely.points(x, y), predicate="intersects")
    first: dict[int, str] = {}
    for point, area in sorted(zip(points.tolist(), areas.tolist(), strict=True)):
        first.setdefault(point, str(neighbourhoods.index[area]))
    return [first.get(number, "") for number in range(len(coordinates))]


@dataclass(frozen=True)
class Spot:
    """Coordinates of a venue with the neighbourhood in which they lie ("" when in none)."""

    record: Record
    area_code: str

    @property
    def precision(self) -> str:
        """address or street; a six-character postcode counts as street."""
        return PRECISION_OF_COORDINATES[self.record["precision"]]


def make_spots(neighbourhoods: gpd.GeoDataFrame, coordinates: Sequence[Record]) -> tuple[Spot, ...]:
    """Every record of coordinates with its neighbourhood.

    Raises SourceError for coordinates that are no numbers and for a precision that is not known.
    """
    raise_if(_unusable(coordinates))
    return tuple(map(Spot, coordinates, locate(neighbourhoods, coordinates)))


def _unusable(coordinates: Iterable[Record]) -> Iterator[Problem]:
    for record in coordinates:
        if record["precision"] not in PRECISION_OF_COORDINATES:
            yield record.problem("precision", f"use one of {', '.join(PRECISION_OF_COORDINATES)}")
        for column in ("lat", "lon"):
            if not re.fullmatch(r"-?\d+(\.\d+)?", record[column]):
                yield record.problem(column, "give degrees as a number with a point")


def join_areas(
    initiatives: Iterable[Record],
    municipality: str,
    gazetteer: Gazetteer,
    spots: Mapping[str, Sequence[Spot]],
) -> Joined:
    """The areas of every initiative, by the first of: scope, coordinates, names as stated.

    spots: the points where each initiative happens, one for each place that has one.
    """
    served: list[Served] = []
    left_out: list[LeftOut] = []
    for record in initiatives:
        here = [spot for spot in spots.get(record["initiative_id"], ()) if spot.area_code]
        if record["district_official"] in SCOPES:
            served.append(_by_scope(record, municipality))
        elif here:
            served.extend(_by_coordinates(record, here))
            left_out.extend(_district_doubt(record, here, gazetteer))
        else:
            found, unknown = _by_name(record, gazetteer)
            served.extend(found)
            left_out.extend(LeftOut(record.file, record.row, name, "name_without_area") for name in unknown)
            if not found:
                left_out.append(LeftOut(record.file, record.row, record["initiative_id"], "area_unknown"))
    return Joined(tuple(served), tuple(left_out))


def _by_scope(record: Record, municipality: str) -> Served:
    # An event's venue is not the area served, so scope goes before coordinates.
    scope = record["district_official"]
    return Served(record["initiative_id"], municipality, SCOPES[scope], "scope", scope)


def _by_coordinates(record: Record, spots: Sequence[Spot]) -> list[Served]:
    """Each neighbourhood once, by its most precise place."""
    best: dict[str, Spot] = {}
    for spot in sorted(spots, key=lambda each: -COARSEST_FIRST.index(each.precision)):
        best.setdefault(spot.area_code, spot)
    return [
        Served(record["initiative_id"], code, spot.precision, "coordinates", spot.record["venue"])
        for code, spot in sorted(best.items())
    ]


def _district_doubt(record: Record, spots: Sequence[Spot], gazetteer: Gazetteer) -> list[LeftOut]:
    named = {code for name in record.many("district_official") for code in gazetteer.find(name)[0]}
    if not named or {district_of(spot.area_code) for spot in spots} & {district_of(code) for code in named}:
        return []
    return [LeftOut(record.file, record.row, record["initiative_id"], "coordinates_disagree_with_district")]


def _by_name(record: Record, gazetteer: Gazetteer) -> tuple[list[Served], list[str]]:
    """The areas by the most precise column that names a known one, and the names that found none on the way."""
    unknown: list[str] = []
    for column in STATED_COLUMNS:
        found = {name: gazetteer.find(name) for name in record.many(column)}
        unknown.extend(name for name, (codes, _) in found.items() if not codes)
        if any(codes for codes, _ in found.values()):
            return _most_precise(record, found), unknown
    return [], unknown


def _most_precise(record: Record, found: Mapping[str, tuple[tuple[str, ...], bool]]) -> list[Served]:
    named = {code: (name, assumed) for name, (codes, assumed) in found.items() for code in codes}
    implied = {district_of(code) for code in named if level_of(code) == "neighbourhood"}
    inferred = is_inferred(record, "district_official")
    return [
        Served(
            record["initiative_id"],
            code,
            level_of(code),
            "inferred" if inferred or assumed else "stated",
            name,
        )
        for code, (name, assumed) in sorted(named.items())
        if code not in implied
    ]


def is_inferred(record: Record, field: str) -> bool:
    """Whether the register marks this field as one that no source states."""
    return any(part.split(" (")[0].strip() == field for part in record.many("inferred_fields"))


def precision_of(served: Iterable[Served]) -> str:
    """How precisely the area served is known: that of its least precise part; `unknown` without any."""
    return min((each.precision for each in served), key=COARSEST_FIRST.index, default="unknown")
