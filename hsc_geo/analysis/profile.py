"""The profile of one district or neighbourhood: its figures against the city and the country, who lives there, its
trends, and which initiatives and kinds of partner are known.

Every comparison is of one figure, in one year and age group and from one table, between areas of one level, the
municipality and the country. A figure that the municipality lacks for that year and age group is left out: there is
nothing to hold the area against.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import pandas as pd

from hsc_geo.analysis.adults import residents_of_bands
from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.figures import (
    NOT_PUBLISHED,
    PRESENT,
    REGISTER_INDICATOR,
    Figure,
    core_indicators,
    offer,
    values,
)
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.matrix import Basis, Matrix, build_matrix, counted
from hsc_geo.analysis.serving import CITY, DISTRICT, NEIGHBOURHOOD, REGION, serving
from hsc_geo.data.load import Package

LEVELS = (DISTRICT, NEIGHBOURHOOD)
ADULTS = "18plus"
HIGH_GOOD, HIGH_BAD, NEUTRAL = "high_good", "high_bad", "neutral"
FAVOURABLE, UNFAVOURABLE, SAME, DIFFERENT = "favourable", "unfavourable", "same", "different"

# A modelled figure without an interval: less than this many percentage points is not called a difference. Of figures
# with another unit it is a share of the value of the city.
POINTS = 2.0
SHARE = 0.05

MODELLED, REGISTERED = "modelled", "registered"
_ABOUT_RESIDENTS = ("population", "housing_income")
_SIZES = frozenset({"persons", "households", "ha", "class"})  # how large an area is, not how it fares
_BANDS = (
    "population_0_14",
    "population_15_24",
    "population_25_44",
    "population_45_64",
    "population_65_plus",
)


@dataclass(frozen=True)
class Spine:
    """One figure of an area on the scale from the lowest to the highest area of its level.

    figure, city and country: the same indicator, year and age group. low and high: the lowest and highest value among
    the `n_areas` areas of the municipality of the same level that have one, None where none has. direction:
    `high_good`, `high_bad` or `neutral`.
    """

    indicator_id: str
    year: int
    age_group: str
    figure: Figure
    city: Figure
    country: Figure
    low: float | None
    high: float | None
    direction: str
    n_areas: int

    def position(self, value: float | None) -> float | None:
        """Where a value stands: 0-1, with 1 the favourable end (of a neutral figure the highest value).

        A value beyond the areas, such as the country's, stands at the end (`beyond` tells). None without a value, and
        where all areas have the same one, for then there is no scale.
        """
        if value is None or self.low is None or self.high is None or self.high <= self.low:
            return None
        at = min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))
        return 1.0 - at if self.direction == HIGH_BAD else at

    def beyond(self, value: float | None) -> bool:
        """Whether a value lies outside the lowest and highest area."""
        if value is None or self.low is None or self.high is None:
            return False
        return not self.low <= value <= self.high


@dataclass(frozen=True)
class Band:
    """An age band (a column of areas.csv): residents, their share (0-1) and the share in the municipality. None where
    not known."""

    column: str
    number: int | None
    share: float | None
    city_share: float | None


@dataclass(frozen=True)
class Residents:
    """Who lives in an area: residents in `year` (both None where not known), their ages in `bands_year`, which may be
    another (shares are of the residents of that year), and registered figures of households, homes and income beside
    the city and the country."""

    area_code: str
    population: int | None
    year: int | None
    bands_year: int | None
    bands: tuple[Band, ...]
    facts: tuple[Spine, ...]


@dataclass(frozen=True)
class Trend:
    """One indicator of one table over its years; the figures are in the order of `years` (rising), with the status
    that says why where there is none."""

    indicator_id: str
    table_id: str
    kind: str
    age_group: str
    years: tuple[int, ...]
    area: tuple[Figure, ...]
    city: tuple[Figure, ...]
    country: tuple[Figure, ...]


@dataclass(frozen=True)
class AmbitionLine:
    """Initiatives known for an ambition (`none`: no ambition known), in the register's order.

    here: known to serve the area. around: known to the district of a neighbourhood and to no neighbourhood in it; ()
    for a district. wide: for the whole city or the region.
    """

    ambition: str
    here: tuple[str, ...]
    around: tuple[str, ...]
    wide: tuple[str, ...]


@dataclass(frozen=True)
class PartnerKind:
    """A kind of partner (sector) and the initiatives in which it is known to take part.

    here: that serve the area. wide: for the whole city or the region. elsewhere: the others, which serve another area
    or nobody tells where. organisations: those of the kind in the register, wherever they work.
    """

    sector: str
    here: tuple[str, ...]
    wide: tuple[str, ...]
    elsewhere: tuple[str, ...]
    organisations: tuple[str, ...]


@lru_cache(maxsize=256)
def spine(package: Package, area_code: str, age_group: str = ADULTS) -> list[Spine]:
    """The figures of a district or neighbourhood, grouped by theme in the vocabulary's order, core figures first.

    Modelled and surveyed figures, and registered ones that are no mere size; each in the newest year with values at the
    level of the area, in `age_group` where the table has it, else in the widest group. Shared, so not to be changed.
    Raises KeyError for an unknown area, ValueError for one that is neither district nor neighbourhood.
    """
    level = check_level(package, area_code)
    chosen = [key for key in _ordered(package) if str(package.indicators.at[key, "unit"]) not in _SIZES]
    found = (spine_of(package, area_code, key, age_group, level) for key in chosen)
    return [each for each in found if each is not None]


def core(rows: Iterable[Spine], package: Package) -> list[Spine]:
    """Those of the rows that are core figures, by their rank."""
    by_id = {each.indicator_id: each for each in rows}
    return [by_id[key] for key in core_indicators(package) if key in by_id]


def check_level(package: Package, area_code: str) -> str:
    """The level of a district or neighbourhood; KeyError for an unknown area, ValueError for another level."""
    level = str(package.areas.at[area_code, "level"])
    if level not in LEVELS:
        raise ValueError(f"area {area_code} is a {level}; a profile is of a district or a neighbourhood")
    return level


def spine_of(
    package: Package, area_code: str, indicator_id: str, age_group: str = ADULTS, level: str = ""
) -> Spine | None:
    """One row of `spine`; None where the level or the municipality has no value."""
    moment = moment_at(package, indicator_id, level or check_level(package, area_code), age_group)
    if moment is None:
        return None
    own, city, country = three(package, area_code, indicator_id, *moment)
    if city.value is None:
        return None
    known = values(package, indicator_id, *moment, level or check_level(package, area_code))["value"].dropna()
    direction = str(package.indicators.at[indicator_id, "direction"])
    low, high = float(known.min()), float(known.max())
    return Spine(indicator_id, *moment, own, city, country, low, high, direction, len(known))


@lru_cache(maxsize=1024)
def moment_at(package: Package, indicator_id: str, level: str, age_group: str) -> tuple[int, str] | None:
    """The newest year with a value at the level, in the age group where the table has that one, else the widest."""
    found = offer(package, indicator_id)
    ages = {age for group in found.ages.values() for age in group}
    for year in found.years:
        age = age_group if age_group in ages else found.ages[year][0]
        if age in found.ages[year] and values(package, indicator_id, year, age, level)["value"].notna().any():
            return year, age
    return None


def three(
    package: Package, area_code: str, indicator_id: str, year: int, age_group: str
) -> tuple[Figure, Figure, Figure]:
    """The figure of the area, of the municipality and of the country."""
    found, rest = _published(package), (indicator_id, year, age_group)
    own, city, country = (
        found.get((code, *rest)) or Figure(code, *rest, None, None, None, NOT_PUBLISHED)
        for code in (area_code, *_above_all(package))
    )
    return own, city, country


@lru_cache(maxsize=4)
def _above_all(package: Package) -> tuple[str, str]:
    return municipality_code(package), country_code(package)


@lru_cache(maxsize=4)
def _published(package: Package) -> dict[tuple[str, str, int, str], Figure]:
    """Every figure of the package by area, indicator, year and age group: a profile asks some hundred of them, for each
    of which `figures.figure` would go through a table."""
    rows = package.observations
    texts = [rows[column].astype(str) for column in ("area_code", "indicator_id", "age_group", "status")]
    numbers = [_nullable(rows[column]) for column in ("value", "lower", "upper")]
    found = {}
    years = rows["year"].astype(int)
    for code, key, age, status, year, value, low, high in zip(*texts, years, *numbers, strict=True):
        found[code, key, year, age] = Figure(code, key, year, age, value, low, high, status)
    return found


def _nullable(column: pd.Series) -> list[float | None]:
    return [None if pd.isna(value) else float(value) for value in column]


def margin(package: Package, row: Spine) -> float:
    """How far a figure must be from the city's to be called different: POINTS, or SHARE of the city's value."""
    if str(package.indicators.at[row.indicator_id, "unit"]) == "percent":
        return POINTS
    return SHARE * abs(row.city.value or 0.0)


def against_city(package: Package, row: Spine) -> str:
    """How the area compares with the city: `favourable`, `unfavourable`, `different` (a neutral figure), `same` (less
    than the margin apart) or '' where a value is missing.

    Compared as published, with its decimals, so that what is said fits the numbers on the screen.
    """
    if row.figure.value is None or row.city.value is None:
        return ""
    gap = round(row.figure.value - row.city.value, 6)
    if abs(gap) < margin(package, row):
        return SAME
    if row.direction not in (HIGH_GOOD, HIGH_BAD):
        return DIFFERENT
    return FAVOURABLE if (gap > 0) == (row.direction == HIGH_GOOD) else UNFAVOURABLE


def residents(package: Package, area_code: str) -> Residents:
    """Who lives in a district or neighbourhood: number, ages, and registered figures with the city and the country."""
    level = check_level(package, area_code)
    around = municipality_code(package)
    row: Any = package.areas.loc[area_code]
    city: Any = package.areas.loc[around]
    own, whole = residents_of_bands(package.areas.loc[[area_code, around]])
    bands = tuple(
        Band(column, _whole(row[column]), _share(row[column], own), _share(city[column], whole))
        for column in _BANDS
    )
    facts = (spine_of(package, area_code, key, ADULTS, level) for key in _about_residents(package))
    return Residents(
        area_code,
        _whole(row["population"]),
        _whole(row["population_year"]),
        _whole(row["bands_year"]),
        bands,
        tuple(f for f in facts if f),
    )


def trends(package: Package, area_code: str, indicator_id: str, age_group: str = ADULTS) -> Trend | None:
    """The indicator over the years of its own table, never joined to another; None where nothing is published.

    `age_group` where the table has it in its newest year at that level, else the widest. Only years in which the age
    group is published for some area.
    """
    moment = moment_at(package, indicator_id, check_level(package, area_code), age_group)
    if moment is None:
        return None
    found, age = offer(package, indicator_id), moment[1]
    years = tuple(sorted(year for year in found.years if age in found.ages[year]))
    lines = [three(package, area_code, indicator_id, year, age) for year in years]
    area, city, country = zip(*lines, strict=True)
    row = package.indicators.loc[indicator_id]
    return Trend(indicator_id, str(row["table_id"]), str(row["kind"]), age, years, area, city, country)


def with_trend(package: Package, area_code: str) -> list[str]:
    """The indicators of `spine` that have values of the area in two years or more, in the same order."""
    return [
        row.indicator_id
        for row in spine(package, area_code)
        if len(offer(package, row.indicator_id).years) > 1
        and _years_known(package, area_code, row.indicator_id) > 1
    ]


def initiatives_by_ambition(
    package: Package, area_code: str, basis: Basis | None = None
) -> list[AmbitionLine]:
    """A line per ambition of the vocabulary, also where none is known; `none` last, where there are any.

    `basis` says which initiatives count (default: those not known to have ended).
    """
    level = check_level(package, area_code)
    found = _matrix(package, basis or Basis(), level)
    above = _district_above(package, area_code, level)
    lines = [
        AmbitionLine(
            code,
            found.at(area_code, code),
            found.at(above, code) if above else (),
            (*found.at(CITY, code), *found.at(REGION, code)),
        )
        for code in (*_codes(package, "ambition"), NONE)
    ]
    return [line for line in lines if line.ambition != NONE or any((line.here, line.around, line.wide))]


def known_here(package: Package, area_code: str, basis: Basis | None = None) -> tuple[str, ...]:
    """The initiatives that count and are known to serve the area, each once, in the register's order."""
    return tuple(serving(package, area_code, counted(package, basis or Basis())))


def missing_kinds(package: Package, area_code: str, basis: Basis | None = None) -> list[PartnerKind]:
    """A row per sector of the vocabulary. A kind takes part in an initiative when the initiative's own sector says so,
    or when one of its organisations (lead or partner) is of that sector in the register."""
    level = check_level(package, area_code)
    ids = counted(package, basis or Basis())
    found = _matrix(package, basis or Basis(), level)
    here, wide = set(found.at(area_code)), {*found.at(CITY), *found.at(REGION)}
    return [_kind(package, sector, ids, here, wide) for sector in _codes(package, "sector")]


@lru_cache(maxsize=16)
def _matrix(package: Package, basis: Basis, level: str) -> Matrix:
    return build_matrix(package, counted(package, basis), level)


def _kind(package: Package, sector: str, ids: tuple[str, ...], here: set[str], wide: set[str]) -> PartnerKind:
    taking_part = _taking_part(package).get(sector, frozenset())
    fits = [key for key in ids if key in taking_part]
    organisations = package.organisations.index[package.organisations["sector"] == sector]
    return PartnerKind(
        sector,
        tuple(key for key in fits if key in here),
        tuple(key for key in fits if key in wide),
        tuple(key for key in fits if key not in here and key not in wide),
        tuple(map(str, organisations)),
    )


@lru_cache(maxsize=4)
def _taking_part(package: Package) -> dict[str, frozenset[str]]:
    """Sector -> initiatives in which it takes part."""
    stated = package.initiatives["sector"].astype(str).str.split("|").explode().str.strip().rename("sector")
    links = package.initiative_organisations[["initiative_id", "organisation_id"]].astype(str)
    linked = links.join(package.organisations["sector"], on="organisation_id")[["initiative_id", "sector"]]
    pairs = pd.concat([stated.rename_axis("initiative_id").reset_index(), linked]).dropna()
    return {
        str(sector): frozenset(map(str, part)) for sector, part in pairs.groupby("sector")["initiative_id"]
    }


@lru_cache(maxsize=4)
def _ordered(package: Package) -> list[str]:
    """All indicators but our own count: by theme in the vocabulary's order, core ones first, then by id."""
    table = package.indicators[package.indicators.index != REGISTER_INDICATOR]
    themes = {code: i for i, code in enumerate(_codes(package, "indicator_theme"))}
    ranks = {key: i for i, key in enumerate(core_indicators(package))}
    keys = [
        (themes.get(str(theme), len(themes)), ranks.get(str(key), len(ranks)), str(key))
        for key, theme in table["theme"].items()
    ]
    return [key for _, _, key in sorted(keys)]


@lru_cache(maxsize=16)
def _codes(package: Package, vocabulary: str) -> tuple[str, ...]:
    """The codes of a vocabulary in its own order."""
    table = package.vocabularies[package.vocabularies["vocabulary"] == vocabulary]
    order = pd.to_numeric(table["sort_order"], errors="coerce").sort_values(kind="stable").index
    return tuple(map(str, table.loc[order, "code"]))


@lru_cache(maxsize=4)
def _about_residents(package: Package) -> list[str]:
    """Registered indicators of residents, households, homes and income; how many residents stands in areas.csv."""
    table = package.indicators
    fits = (
        (table["kind"] == REGISTERED) & table["theme"].isin(_ABOUT_RESIDENTS) & (table["unit"] != "persons")
    )
    return [key for key in _ordered(package) if fits[key]]


def _years_known(package: Package, area_code: str, indicator_id: str) -> int:
    found = trends(package, area_code, indicator_id)
    return sum(f.status == PRESENT for f in found.area) if found else 0


def _district_above(package: Package, area_code: str, level: str) -> str:
    return str(package.areas.at[area_code, "parent_code"]) if level == NEIGHBOURHOOD else ""


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _share(part: Any, total: float) -> float | None:
    """None where one is not known (NA, NaN), and of nobody."""
    return int(part) / total if total > 0 and not pd.isna(part) else None
