"""The profile of one district, neighbourhood or own area: its figures against the city and the country, who lives
there, its trends, and which initiatives and kinds of partner are known.

Every comparison is of one figure, in one year and age group and from one table, between areas of one level, the
municipality and the country. A figure that the municipality lacks for that year and age group is left out: there is
nothing to hold the area against. An own area stands beside districts, with the figures that neighbourhoods have.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from hsc_geo.analysis.adults import residents_of_bands
from hsc_geo.analysis.counting import Count, by_ambition, count_for, count_of
from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.figures import (
    PRESENT,
    SIZES,
    Figure,
    ages_at,
    concept_of,
    concepts,
    core_indicators,
    figure,
    offer,
    preferred,
    tables_of,
    values,
    years_at,
)
from hsc_geo.analysis.focus import country_code, municipality_code
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.own_area import OWN, own_areas
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.analysis.yardstick import (
    yardstick,
)
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

LEVELS = (DISTRICT, NEIGHBOURHOOD)
ADULTS = "18plus"
FAVOURABLE, UNFAVOURABLE, SAME, DIFFERENT = "favourable", "unfavourable", "same", "different"
INDISTINCT = "indistinct"  # from the city, by the interval of the area
WHOLE = (0.0, 100.0)  # the scale of a percentage

REGISTERED = "registered"
_ABOUT_RESIDENTS = ("population", "housing_income")
_BANDS = (
    "population_0_14",
    "population_15_24",
    "population_25_44",
    "population_45_64",
    "population_65_plus",
)


@dataclass(frozen=True)
class Spine:
    """One figure of an area beside the city and the country, in the figure's own scale.

    figure, city and country: the same indicator, year and age group. low and high: the lowest and highest value among
    the areas of the municipality of the same level that have one, None where none has. direction:
    `high_good`, `high_bad` or `neutral`. scale: the ends of the scale, in the unit of the figure: 0 to 100 for a
    percentage, else from 0 to a round number that holds all areas, the city and the country. band: between which
    values a figure is about the same as the city's.
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
    scale: tuple[float, float] = WHOLE
    band: tuple[float, float] | None = None

    def position(self, value: float | None) -> float | None:
        """Where a value stands on the scale: 0-1 from its lower end. None without a value."""
        low, high = self.scale
        return None if value is None else min(1.0, max(0.0, (value - low) / (high - low)))


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
    another (shares are of the residents of that year; those of the municipality are of `city_bands_year`), and
    registered figures of households, homes and income beside the city and the country."""

    area_code: str
    population: int | None
    year: int | None
    bands_year: int | None
    bands: tuple[Band, ...]
    facts: tuple[Spine, ...]
    city_bands_year: int | None = None


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

    here: known to serve the area. around: of a neighbourhood, known to the district around it as a whole; () for a
    district. wide: for the whole city or the region.
    """

    ambition: str
    here: tuple[str, ...]
    around: tuple[str, ...]
    wide: tuple[str, ...]


@dataclass(frozen=True)
class PartnerKind:
    """A kind of partner (sector) and the initiatives in which it is known to take part.

    here: that serve the area. around: of a neighbourhood, known to the district around it as a whole. wide: for the
    whole city or the region. elsewhere: the others, which serve another area or nobody tells where. organisations:
    those of the kind in the register, wherever they work.
    """

    sector: str
    here: tuple[str, ...]
    around: tuple[str, ...]
    wide: tuple[str, ...]
    elsewhere: tuple[str, ...]
    organisations: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """Whether the kind is known in the city, and in nothing that serves the area or its district as a whole."""
        return not self.here and not self.around and bool(self.wide or self.elsewhere or self.organisations)


@per_package(maxsize=256)
def spine(package: Package, area_code: str, age_group: str = ADULTS, tables: str = "") -> list[Spine]:
    """The figures of a district, neighbourhood or own area, grouped by theme in the vocabulary's order, core figures
    first.

    Modelled and surveyed figures, and registered ones that are no mere size. Each concept once: of the table with its
    newest year at the level of the area (`figures.preferred`), or at the level `tables` (see `tables_level`), in
    `age_group` where a table has it, else in the widest group. Shared, so not to be changed. Raises KeyError for an
    unknown area, ValueError for one of another level.
    """
    level = tables or tables_level(package, [area_code])
    chosen = [key for key in _ordered(package, level, age_group) if _unit(package, key) not in SIZES]
    found = (spine_of(package, area_code, key, age_group, level) for key in chosen)
    return [each for each in found if each is not None]


def core(rows: Iterable[Spine], package: Package) -> list[Spine]:
    """Those of the rows that are of the concept of a core figure, by their rank."""
    by_concept = {concept_of(package, each.indicator_id): each for each in rows}
    ranked = dict.fromkeys(concept_of(package, key) for key in core_indicators(package))
    return [by_concept[concept] for concept in ranked if concept in by_concept]


def check_level(package: Package, area_code: str) -> str:
    """The level of a district or neighbourhood, of an own area that of the districts beside which it stands; KeyError
    for an unknown area, ValueError for another level."""
    level = str(package.areas.at[area_code, "level"])
    level = DISTRICT if level == OWN else level
    if level not in LEVELS:
        raise ValueError(f"area {area_code} is a {level}; a profile is of a district or a neighbourhood")
    return level


def tables_level(package: Package, area_codes: Iterable[str]) -> str:
    """The level whose tables have the figures of these areas, all of one level: that of neighbourhoods as soon as one
    is an own area, which is made of them."""
    levels = [str(package.areas.at[code, "level"]) for code in area_codes]
    return NEIGHBOURHOOD if OWN in levels else check_level(package, next(iter(area_codes)))


def spine_of(
    package: Package, area_code: str, indicator_id: str, age_group: str = ADULTS, tables: str = ""
) -> Spine | None:
    """One row of `spine`; None where the level or the municipality has no value."""
    level = check_level(package, area_code)
    moment = moment_at(package, indicator_id, tables or tables_level(package, [area_code]), age_group)
    if moment is None:
        return None
    own, city, country = three(package, area_code, indicator_id, *moment)
    if city.value is None:
        return None
    known = values(package, indicator_id, *moment, level)["value"].dropna().tolist()
    low, high = (min(known), max(known)) if known else (None, None)
    against = yardstick(package, indicator_id, city.value)
    made = [figure(package, each.code, indicator_id, *moment).value for each in own_areas(package)]
    scale = WHOLE if against.points else _scale((*known, city.value, country.value, *made))
    band = (city.value - against.band, city.value + against.band)
    return Spine(indicator_id, *moment, own, city, country, low, high, against.direction, scale, band)


def _scale(known: Iterable[float | None]) -> tuple[float, float]:
    """From 0, or a round number below it where a value is, to a round number above all."""
    found = [value for value in known if value is not None]
    low, high = _round_up(-min(found)), _round_up(max(found))
    return 0.0 - low, high or (0.0 if low else 1.0)


def _round_up(value: float) -> float:
    """A number of one digit and zeros that is no lower; 0 for 0 and below."""
    if value <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(value))
    return min(power * first for first in (1, 2, 3, 4, 5, 6, 8, 10) if power * first >= value - 1e-9)


def moment_at(package: Package, indicator_id: str, level: str, age_group: str) -> tuple[int, str] | None:
    """The newest year with a value at the level, in the age group where the table has that one there, else the widest.
    None where nothing is published at the level."""
    asked = years_at(package, indicator_id, level, age_group) if age_group else ()
    if asked:
        return asked[0], age_group
    years = years_at(package, indicator_id, level)
    return (years[0], ages_at(package, indicator_id, level, years[0])[0]) if years else None


def three(
    package: Package, area_code: str, indicator_id: str, year: int, age_group: str
) -> tuple[Figure, Figure, Figure]:
    """The figure of the area, of the municipality and of the country."""
    own, city, country = (
        figure(package, code, indicator_id, year, age_group) for code in (area_code, *_above_all(package))
    )
    return own, city, country


@per_package(maxsize=1)
def _above_all(package: Package) -> tuple[str, str]:
    return municipality_code(package), country_code(package)


def against_city(package: Package, row: Spine) -> str:
    """How the area compares with the city: `indistinct` where its interval holds the city's value, else `favourable`,
    `unfavourable`, `different` (a neutral figure), `same` (less than the margin apart) or '' where a value is missing.

    Compared as published, with its decimals, so that what is said fits the numbers on the screen.
    """
    if row.figure.value is None or row.city.value is None:
        return ""
    against = replace(yardstick(package, row.indicator_id, row.city.value), direction=row.direction)
    if against.indistinct(row.figure.lower, row.figure.upper):
        return INDISTINCT
    if against.same(row.figure.value):
        return SAME
    favourable = against.favourable(row.figure.value)
    if favourable is None:
        return DIFFERENT
    return FAVOURABLE if favourable else UNFAVOURABLE


def residents(package: Package, area_code: str, tables: str = "") -> Residents:
    """Who lives in a district, neighbourhood or own area: number, ages, and registered figures with the city and the
    country; `tables` as of `spine`."""
    level = tables or tables_level(package, [area_code])
    around = municipality_code(package)
    row: Any = package.areas.loc[area_code]
    city: Any = package.areas.loc[around]
    own, whole = residents_of_bands(package.areas.loc[[area_code, around]])
    bands = tuple(
        Band(column, _whole(row[column]), _share(row[column], own), _share(city[column], whole))
        for column in _BANDS
    )
    facts = (spine_of(package, area_code, key, ADULTS, level) for key in _about_residents(package, level))
    return Residents(
        area_code,
        _whole(row["population"]),
        _whole(row["population_year"]),
        _whole(row["bands_year"]),
        bands,
        tuple(f for f in facts if f),
        _whole(city["bands_year"]),
    )


def trends(package: Package, area_code: str, indicator_id: str, age_group: str = ADULTS) -> Trend | None:
    """The indicator over the years of its own table, never joined to another; None where nothing is published.

    `age_group` where the table has it in its newest year at that level, else the widest. Only years in which the age
    group is published for some area.
    """
    moment = moment_at(package, indicator_id, tables_level(package, [area_code]), age_group)
    if moment is None:
        return None
    found, age = offer(package, indicator_id), moment[1]
    years = tuple(sorted(year for year in found.years if age in found.ages[year]))
    lines = [three(package, area_code, indicator_id, year, age) for year in years]
    area, city, country = zip(*lines, strict=True)
    row = package.indicators.loc[indicator_id]
    return Trend(indicator_id, str(row["table_id"]), str(row["kind"]), age, years, area, city, country)


def with_trend(package: Package, area_code: str) -> list[str]:
    """The indicators of `spine` that have values of the area in two years or more, in the same order; for a concept
    whose table has fewer, that of another table which has them."""
    rows = (tables_of(package, concept_of(package, row.indicator_id)) for row in spine(package, area_code))
    found = (next((key for key in keys if has_trend(package, area_code, key)), "") for keys in rows)
    return [key for key in found if key]


def has_trend(package: Package, area_code: str, indicator_id: str) -> bool:
    """Whether the indicator has values of the area in two years or more."""
    several = len(offer(package, indicator_id).years) > 1
    return several and _years_known(package, area_code, indicator_id) > 1


def initiatives_by_ambition(
    package: Package, area_code: str, basis: Basis | None = None
) -> list[AmbitionLine]:
    """A line per ambition of the vocabulary, also where none is known; `none` last, where there are any.

    `basis` says which initiatives count (default: those not known to have ended).
    """
    check_level(package, area_code)
    codes = (*_codes(package, "ambition"), NONE)
    found = by_ambition(package, count_for(package, area_code, basis), codes)
    order = {str(key): i for i, key in enumerate(package.initiatives.index)}
    lines = [
        AmbitionLine(code, tuple(sorted(each.here, key=order.__getitem__)), each.around, each.wide)
        for code, each in found.items()
    ]
    return [line for line in lines if line.ambition != NONE or any((line.here, line.around, line.wide))]


def known_here(package: Package, area_code: str, basis: Basis | None = None) -> tuple[str, ...]:
    """The initiatives that count and are known to serve the area, each once, in the register's order."""
    found = set(count_for(package, area_code, basis).here)
    return tuple(key for key in map(str, package.initiatives.index) if key in found)


def missing_kinds(package: Package, area_code: str, basis: Basis | None = None) -> list[PartnerKind]:
    """A row per sector of the vocabulary. A kind takes part in an initiative when the initiative's own sector says so,
    or when one of its organisations (lead or partner) is of that sector in the register."""
    check_level(package, area_code)
    ids = counted(package, basis or Basis())
    found = count_of(package, [area_code], ids)
    return [_kind(package, sector, ids, found) for sector in _codes(package, "sector")]


def _kind(package: Package, sector: str, ids: tuple[str, ...], found: Count) -> PartnerKind:
    taking_part = _taking_part(package).get(sector, frozenset())
    fits, told = [key for key in ids if key in taking_part], found.among(taking_part)
    near = {*told.here, *told.around, *told.wide}
    organisations = package.organisations.index[package.organisations["sector"] == sector]
    return PartnerKind(
        sector,
        tuple(key for key in fits if key in set(told.here)),
        told.around,
        told.wide,
        tuple(key for key in fits if key not in near),
        tuple(map(str, organisations)),
    )


@per_package(maxsize=1)
def _taking_part(package: Package) -> dict[str, frozenset[str]]:
    """Sector -> initiatives in which it takes part."""
    stated = package.initiatives["sector"].astype(str).str.split("|").explode().str.strip().rename("sector")
    links = package.initiative_organisations[["initiative_id", "organisation_id"]].astype(str)
    linked = links.join(package.organisations["sector"], on="organisation_id")[["initiative_id", "sector"]]
    pairs = pd.concat([stated.rename_axis("initiative_id").reset_index(), linked]).dropna()
    return {
        str(sector): frozenset(map(str, part)) for sector, part in pairs.groupby("sector")["initiative_id"]
    }


@per_package(maxsize=16)
def _ordered(package: Package, level: str, age_group: str) -> list[str]:
    """The preferred indicator of each concept at the level: by theme in the vocabulary's order, core ones first."""
    themes = {code: i for i, code in enumerate(_codes(package, "indicator_theme"))}
    found = [preferred(package, concept, level, age_group) for concept in concepts(package, (level,))]
    keys = [key for key in found if key]
    return sorted(keys, key=lambda key: themes.get(str(package.indicators.at[key, "theme"]), len(themes)))


def _unit(package: Package, indicator_id: str) -> str:
    return str(package.indicators.at[indicator_id, "unit"])


@per_package(maxsize=16)
def _codes(package: Package, vocabulary: str) -> tuple[str, ...]:
    """The codes of a vocabulary in its own order."""
    table = package.vocabularies[package.vocabularies["vocabulary"] == vocabulary]
    order = pd.to_numeric(table["sort_order"], errors="coerce").sort_values(kind="stable").index
    return tuple(map(str, table.loc[order, "code"]))


def _about_residents(package: Package, level: str) -> list[str]:
    """Registered indicators of residents, households, homes and income; how many residents stands in areas.csv."""
    table = package.indicators
    fits = (
        (table["kind"] == REGISTERED) & table["theme"].isin(_ABOUT_RESIDENTS) & (table["unit"] != "persons")
    )
    return [key for key in _ordered(package, level, "") if fits[key]]


def _years_known(package: Package, area_code: str, indicator_id: str) -> int:
    found = trends(package, area_code, indicator_id)
    return sum(f.status == PRESENT for f in found.area) if found else 0


def _whole(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)


def _share(part: Any, total: float) -> float | None:
    """None where one is not known (NA, NaN), and of nobody."""
    return int(part) / total if total > 0 and not pd.isna(part) else None
