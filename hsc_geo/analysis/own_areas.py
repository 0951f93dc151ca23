"""Own areas made, checked, and read from an address; and the data package with them in it.

An own area consists of whole neighbourhoods that someone chose by name. All of a visit stand in its address as one
text, so that whoever opens a link sees the same: each as the codes of its neighbourhoods, without what all codes of the
municipality begin with, and then its name, as in `0700.0701-West~0900.0902-Round the station`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import pandas as pd
import shapely
import shapely.geometry

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.own_area import OWN, OwnArea, PackageWithOwn, published
from hsc_geo.analysis.own_figures import figures_of
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.text import clean_text

MOST = 4  # own areas of a visit: as many as a profile puts side by side
FEWEST = 2  # neighbourhoods of one
LONGEST_NAME = 40  # letters
LONGEST_TEXT = 2000  # letters of an address that are read
BETWEEN, BEFORE_NAME, BETWEEN_CODES = "~", "-", "."

NO_NAME, LONG_NAME, NAME_TAKEN = "no_name", "long_name", "name_taken"
UNKNOWN, FEW, ALL, DOUBLE, MANY = "unknown", "few", "all", "double", "many"
FAULTS = (NO_NAME, LONG_NAME, NAME_TAKEN, UNKNOWN, FEW, ALL, DOUBLE, MANY)

_SUMMED = (
    "population",
    "population_0_14",
    "population_15_24",
    "population_25_44",
    "population_45_64",
    "population_65_plus",
    "land_area_ha",
)
_SAME = ("population_year", "bands_year", "bands_basis", "geometry_vintage")


def fault(package: Package, area: OwnArea, others: Iterable[OwnArea] = ()) -> str:
    """What is wrong with an own area beside those there are: one of FAULTS, '' where all is well.

    A name may not be that of an area of the package, of a focus district or of another own area, however it is written.
    """
    others = tuple(others)
    known = neighbourhoods(package)
    found = {
        NO_NAME: not _folded(area.name),
        LONG_NAME: len(area.name) > LONGEST_NAME,
        NAME_TAKEN: _folded(area.name) in _names(package) | {_folded(each.name) for each in others},
        UNKNOWN: not set(area.neighbourhoods) <= set(known),
        FEW: len(area.neighbourhoods) < FEWEST,
        ALL: set(area.neighbourhoods) == set(known),
        DOUBLE: area.neighbourhoods in {each.neighbourhoods for each in others},
        MANY: len(others) >= MOST,
    }
    return next((key for key in FAULTS if found[key]), "")


@per_package(maxsize=1)
def _names(package: Package) -> frozenset[str]:
    focus = package.focus_areas
    official = package.areas.loc[package.areas["level"] != OWN, "name"]
    return frozenset(_folded(str(name)) for name in [*official, *focus["name_nl"], *focus["name_en"]])


def _folded(name: str) -> str:
    """What is left of a name for who reads it in passing: small letters and digits."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def make(name: str, codes: Iterable[str]) -> OwnArea:
    """An own area as it is kept: its name cleaned by the one rule of texts, without the sign that stands between two in
    an address; its neighbourhoods in order, each once. Whether it can be is for `fault` to say."""
    one_line = " ".join(clean_text(name).replace(BETWEEN, " ").split())
    return OwnArea(one_line, tuple(sorted(set(codes))))


@per_package(maxsize=1)
def neighbourhoods(package: Package) -> tuple[str, ...]:
    """The codes of all neighbourhoods, in order."""
    return tuple(sorted(map(str, package.areas.index[package.areas["level"] == NEIGHBOURHOOD])))


def written(areas: Iterable[OwnArea]) -> str:
    """The own areas as they stand in an address; '' for none."""
    return BETWEEN.join(
        BETWEEN_CODES.join(map(_short, each.neighbourhoods)) + BEFORE_NAME + each.name for each in areas
    )


def read(package: Package, text: str) -> tuple[tuple[OwnArea, ...], tuple[tuple[str, str], ...]]:
    """(own areas, refused) of an address: refused are the texts that give none, each with one of FAULTS."""
    found: list[OwnArea] = []
    refused: list[tuple[str, str]] = []
    for part in filter(None, text[:LONGEST_TEXT].split(BETWEEN)):
        area = _read_one(package, part)
        wrong = fault(package, area, found)
        if wrong:
            refused.append((clean_text(part), wrong))
        else:
            found.append(area)
    return tuple(found), tuple(refused)


def _read_one(package: Package, part: str) -> OwnArea:
    codes, _, name = part.partition(BEFORE_NAME)
    start = "BU" + municipality_code(package)[2:]
    return make(name, (start + code for code in codes.split(BETWEEN_CODES) if code))


def _short(code: str) -> str:
    """What is left of `BU05460700` without its municipality: `0700`."""
    return code[6:]


@per_package(maxsize=MOST)
def with_own(package: Package, areas: tuple[OwnArea, ...]) -> Package:
    """The package with these own areas in it; the package itself without any. Shared, so not to be changed.

    Made once for each set of areas and kept with the package. Raises ValueError for an area that cannot be (`fault`).
    """
    if not areas:
        return package
    base = published(package)
    for i, area in enumerate(areas):
        if wrong := fault(base, area, areas[:i]):
            raise ValueError(f"own area {area.name!r} of {', '.join(area.neighbourhoods)}: {wrong}")
    observations, told = figures_of(base, {each.code: each.neighbourhoods for each in areas})
    same: dict[str, Any] = {each.name: getattr(base, each.name) for each in fields(Package)}
    changed = {
        "areas": _areas(base, areas),
        "geometry": _geometry(base, areas),
        "drawing": _drawing(base, areas),
        "observations": observations,
    }
    return PackageWithOwn(**(same | changed), own=areas, made=told, base=base)


def _areas(base: Package, areas: Sequence[OwnArea]) -> pd.DataFrame:
    """areas.csv with a row for each: people and land are sums, not known where one is not; a year where all have it."""
    city = municipality_code(base)
    rows = []
    for each in areas:
        parts = base.areas.loc[list(each.neighbourhoods)]
        row: dict[str, Any] = {
            "name": each.name,
            "level": OWN,
            "parent_code": city,
            "municipality_code": city,
        }
        row |= {key: parts[key].sum(skipna=False) for key in _SUMMED}
        row |= {key: _shared(parts[key]) for key in _SAME}
        rows.append(row)
    made = pd.DataFrame(rows, index=[each.code for each in areas], columns=base.areas.columns)
    found = pd.concat([base.areas, made.astype(base.areas.dtypes.to_dict())])
    found.index.name = base.areas.index.name
    return found


def _shared(column: pd.Series) -> Any:
    """The one value that all have; missing where they differ."""
    values = column.dropna().unique()
    missing: Any = pd.NA if column.dtype == "Int64" else ""
    return values[0] if len(values) == 1 and column.notna().all() else missing


def _geometry(base: Package, areas: Sequence[OwnArea]) -> Any:
    """The geometry (EPSG:28992) with the union of the neighbourhoods of each."""
    shapes = base.geometry.geometry
    unions = [shapely.union_all(shapes.loc[list(each.neighbourhoods)].to_numpy()) for each in areas]
    index = pd.Index([each.code for each in areas], name=base.geometry.index.name)
    frame = type(base.geometry)({"level": OWN}, geometry=unions, index=index, crs=base.geometry.crs)
    return pd.concat([base.geometry, frame])


def _drawing(base: Package, areas: Sequence[OwnArea]) -> dict[str, Any]:
    """The drawing (WGS84) with the outline of each: the union of what is drawn of its neighbourhoods."""
    by_code = {str(each["properties"]["area_code"]): each for each in base.drawing.get("features", ())}
    made = []
    for each in areas:
        parts = [_shape(by_code[code]["geometry"]) for code in each.neighbourhoods if code in by_code]
        if parts:
            about = {
                "area_code": each.code,
                "name": each.name,
                "level": OWN,
                "parent_code": municipality_code(base),
            }
            outline = shapely.geometry.mapping(shapely.union_all(parts))
            made.append({"type": "Feature", "properties": about, "geometry": outline})
    return {**base.drawing, "features": [*base.drawing.get("features", ()), *made]}


def _shape(geometry: Mapping[str, Any]) -> Any:
    return shapely.geometry.shape(geometry)
