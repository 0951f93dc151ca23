"""Semantic checks that hold one figure against another: weights, land against boundaries, parts against their whole.

They find a typing error or a swapped code, not a doubtful estimate: each tolerance lets all of the real data pass.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hsc_geo.data.check.reading import RawPackage, number
from hsc_geo.data.check.registry import semantic
from hsc_geo.domain.areas import ADULT_SHARE_OF_15_24, district_of, level_of
from hsc_geo.domain.crs import RD, crs_name
from hsc_geo.domain.problems import Problem

WEIGHTS = ("underweight", "normal_weight", "overweight")  # concepts that together are everybody
WEIGHTS_OFF = 15.0  # points; each is estimated apart: in the whole of 50090NED they are up to 14.2 off

# Land is the surface without water: the most watery neighbourhood of Leiden, an island, has 72% land. It is never more
# than the surface but for rounding to whole hectares and borders that Statistics Netherlands draws 10 to 50 m off.
LEAST_LAND, MOST_LAND = 0.6, 1.05
HALF_HECTARE = 0.5
HECTARE = 10_000.0  # square metres

MEAN_OFF = 5.0  # points; real districts are less far off
ENOUGH_RESIDENTS = 0.75  # of the district, in neighbourhoods that have the figure
ADULTS = "adults"
WEIGHT_OF_AGES = {"65plus": "population_65_plus", "18plus": ADULTS}  # others are weighted by all residents

Series = tuple[str, str, str]  # indicator, year and age group


@semantic("concept-differs")
def concepts_fit(package: RawPackage) -> Iterator[Problem]:
    """Indicators of one concept have the same unit and the same direction, whichever table they are of."""
    raw = package["indicators"]
    for column in ("unit", "direction"):
        first: dict[str, tuple[str, str]] = {}
        for row, key, concept, cell in raw.rows("indicator_id", "concept", column):
            other, value = first.setdefault(concept, (key, cell))
            if concept and cell != value:
                mend = f"{other} of the same concept {concept} has {value}: correct one, or the concept"
                yield Problem(raw.path, row, column, cell, mend)


@semantic("weight-classes")
def weight_classes(package: RawPackage) -> Iterator[Problem]:
    """Underweight, normal weight and overweight are 100% together, in every table that has all three."""
    indicators = package["indicators"]
    class_of = {
        key: (table, concept)
        for _, key, table, concept in indicators.rows("indicator_id", "table_id", "concept")
        if concept in WEIGHTS
    }
    raw = package["observations"]
    found: dict[tuple[str, ...], dict[str, tuple[int, str]]] = defaultdict(dict)
    cells = raw.rows("indicator_id", "area_code", "year", "age_group", "value")
    for row, key, area, year, age, value in cells:
        if key in class_of and number(value) is not None:
            table, concept = class_of[key]
            found[table, area, year, age][concept] = row, value
    for (table, area, *_), parts in found.items():
        total = sum(float(value) for _, value in parts.values())
        if len(parts) == len(WEIGHTS) and abs(total - 100) > WEIGHTS_OFF:
            row, value = parts[WEIGHTS[-1]]
            mend = (
                f"{', '.join(WEIGHTS)} of {area} in {table} are {total:.1f}% together, not 100%: correct one"
            )
            yield Problem(raw.path, row, "value", value, mend)


@semantic("land-area")
def land_fits_geometry(package: RawPackage) -> Iterator[Problem]:
    """The land of an area is at most the surface within its boundary, and most of it."""
    frame, raw = package.geometry, package["areas"]
    if frame is None or "area_code" not in frame or crs_name(frame) != f"EPSG:{RD}":
        return
    hectares = (frame.geometry.area / HECTARE).dropna()
    surface = dict(zip(frame.loc[hectares.index, "area_code"].astype(str), hectares, strict=True))
    for row, code, cell in raw.rows("area_code", "land_area_ha"):
        land, whole = number(cell), surface.get(code)
        if land is None or whole is None:
            continue
        if not LEAST_LAND * whole - HALF_HECTARE <= land <= MOST_LAND * whole + HALF_HECTARE:
            mend = f"the boundary of {code} holds {whole:.1f} ha, water included: correct one"
            yield Problem(raw.path, row, "land_area_ha", cell, mend)


@semantic("district-mean")
def neighbourhoods_fit_district(package: RawPackage) -> Iterator[Problem]:
    """An estimate of a district is about the mean of its neighbourhoods, weighted by people of that age."""
    modelled = {
        key
        for _, key, unit, kind in package["indicators"].rows("indicator_id", "unit", "kind")
        if unit == "percent" and kind == "modelled"
    }
    raw, people = package["observations"], _residents(package)
    districts: dict[tuple[Series, str], tuple[int, str]] = {}
    parts: dict[tuple[Series, str], list[tuple[str, float]]] = defaultdict(list)
    for row, area, key, year, age, value in raw.rows(
        "area_code", "indicator_id", "year", "age_group", "value"
    ):
        if key not in modelled or number(value) is None:
            continue
        if _level(area) == "district":
            districts[(key, year, age), area] = row, value
        elif _level(area) == "neighbourhood":
            parts[(key, year, age), district_of(area)].append((area, float(value)))
    for (series, area), (row, value) in districts.items():
        mean = _mean(parts.get((series, area), []), people[WEIGHT_OF_AGES.get(series[2], "population")], area)
        if mean is not None and abs(mean - float(value)) > MEAN_OFF:
            mend = (
                f"the neighbourhoods of {area} give {mean:.1f} on average (by people of that age), more than "
                f"{MEAN_OFF:g} points off: correct one"
            )
            yield Problem(raw.path, row, "value", value, mend)


def _level(code: str) -> str:
    try:
        return level_of(code)
    except KeyError:
        return ""


def _residents(package: RawPackage) -> dict[str, dict[str, float]]:
    """Column of areas.csv -> area code -> residents, where known."""
    columns = ("population", "population_0_14", "population_15_24", "population_65_plus")
    cells = {column: package["areas"].rows("area_code", column) for column in columns}
    found = {
        column: {code: count for _, code, cell in rows if (count := number(cell)) is not None}
        for column, rows in cells.items()
    }
    return found | {ADULTS: _adults(found)}


def _adults(people: dict[str, dict[str, float]]) -> dict[str, float]:
    """Area code -> residents of 18 and over, estimated from the bands that there are; good enough to weigh with."""
    young, youth = people["population_0_14"], people["population_15_24"]
    return {
        code: max(count - young[code] - (1 - ADULT_SHARE_OF_15_24) * youth[code], 0.0)
        for code, count in people["population"].items()
        if code in young and code in youth
    }


def _mean(parts: list[tuple[str, float]], people: dict[str, float], district: str) -> float | None:
    """None where the neighbourhoods with a figure hold too few of the district's residents to stand for it."""
    weighed = [(people.get(area, 0.0), value) for area, value in parts]
    total = sum(weight for weight, _ in weighed)
    if not total or total < ENOUGH_RESIDENTS * people.get(district, 0.0):
        return None
    return sum(weight * value for weight, value in weighed) / total
