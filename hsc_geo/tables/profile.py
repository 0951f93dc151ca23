"""The tables of the page District profile: one area, or up to four of one level, beside the city and the country.

What is chosen is a `ProfileChoice`, of which `areas` must be given.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from hsc_geo.analysis.counting import by_ambition, count_for
from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.profile import Spine, against_city
from hsc_geo.data.load import Package
from hsc_geo.tables.visit import joined
from hsc_geo.views.profile import answers
from hsc_geo.views.profile.choices import ProfileChoice

__all__ = ["ProfileChoice"]


def ages(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """Residents of each area by age band: number, share (0-1) and the share in the municipality, with the year of the
    ages and, of all ages together (band `population`), that of the residents."""
    rows: list[dict[str, Any]] = []
    for each in answers.residents(edition, choice):
        rows.append(_band(edition, each.area_code, "population", each.population, each.year))
        for band in each.bands:
            made = _band(edition, each.area_code, band.column, band.number, each.bands_year)
            rows.append({**made, "share": band.share, "city_share": band.city_share})
    numbers = {"residents": "Int64", "year": "Int64", "share": "float64", "city_share": "float64"}
    return pd.DataFrame(rows).astype(numbers)


def _band(edition: Package, code: str, band: str, number: int | None, year: int | None) -> dict[str, Any]:
    name = str(edition.areas.at[code, "name"])
    return {"area_code": code, "name": name, "band": band, "residents": number, "year": year}


def facts(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """Registered figures of residents, households, homes and income: a row per figure and area, the city and the
    country."""
    return _spines(edition, answers.facts(answers.residents(edition, choice)))


def figures(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """The figures beside the city, the core ones or every one: a row per figure and area, the city and the country."""
    return _spines(edition, answers.figures(edition, choice))


def _spines(edition: Package, groups: Iterable[Sequence[Spine]]) -> pd.DataFrame:
    """A row per figure and area, the city and the country: its value with interval, how it compares with the city
    (`analysis.profile.against_city`), the lowest and highest area of the level, and what it is of."""
    rows = []
    for group in groups:
        first = group[0]
        rows += [
            _of_figure(edition, each.figure, against_city(edition, each), each.low, each.high)
            for each in group
        ]
        rows += [_of_figure(edition, each, "", first.low, first.high) for each in (first.city, first.country)]
    return pd.DataFrame(rows).astype(dict.fromkeys(("value", "lower", "upper", "low", "high"), "float64"))


def _of_figure(
    edition: Package, found: Figure, against: str = "", low: float | None = None, high: float | None = None
) -> dict[str, Any]:
    about: Any = edition.indicators.loc[found.indicator_id]
    return {
        "area_code": found.area_code,
        "name": str(edition.areas.at[found.area_code, "name"]),
        "indicator_id": found.indicator_id,
        "year": found.year,
        "age_group": found.age_group,
        "value": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "status": found.status,
        "against_city": against,
        "low": low,
        "high": high,
        "unit": str(about["unit"]),
        "kind": str(about["kind"]),
        "table_id": str(about["table_id"]),
    }


def over_years(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """The figure of the choice (without one, the first that has several years) over the years of its table: a row per
    year and area, the city and the country. `readable`: whether a change in an area can be read. No rows where no
    figure has several years."""
    found = answers.over_years(edition, choice)
    if found is None:
        return pd.DataFrame()
    lines = [trend.area for trend in found.found] + [found.found[0].city, found.found[0].country]
    table = pd.DataFrame([_of_figure(edition, each) for line in lines for each in line])
    table = table.drop(columns=["against_city", "low", "high"]).assign(readable=found.judged.verdict.allowed)
    return table.astype(dict.fromkeys(("value", "lower", "upper"), "float64"))


def ambitions(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """Initiatives by ambition: a row per ambition and area, and for the city; `here`, `around` (known to the district
    round a neighbourhood as a whole) and `city_or_region`."""
    city, groups = municipality_code(edition), answers.ambitions(edition, choice)
    whole = by_ambition(edition, count_for(edition, city), [group[0].ambition for group in groups])
    rows = []
    for group in groups:
        ambition = group[0].ambition
        rows += [
            (ambition, code, len(line.here), len(line.around), len(line.wide))
            for code, line in zip(choice.areas, group, strict=True)
        ]
        rows.append((ambition, city, len(whole[ambition].here), 0, len(group[0].wide)))
    table = pd.DataFrame(rows, columns=["ambition", "area_code", "here", "around", "city_or_region"])
    table.insert(2, "name", table["area_code"].map(edition.areas["name"]).astype(str))
    return table


def kinds(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """In how many initiatives each kind of partner takes part: a row per kind and area, with those `here`, `around`,
    for the `city_or_region` and `elsewhere`, its `organisations` in the register, and whether it is `missing`."""
    rows = [
        {
            "sector": each.sector,
            "area_code": code,
            "name": str(edition.areas.at[code, "name"]),
            "here": len(each.here),
            "around": len(each.around),
            "city_or_region": len(each.wide),
            "elsewhere": len(each.elsewhere),
            "organisations": len(each.organisations),
            "missing": each.missing,
        }
        for group in answers.kinds(edition, choice)
        for code, each in zip(choice.areas, group, strict=True)
    ]
    return pd.DataFrame(rows)


def alike(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """The areas most alike to each area, nearest first: distance in standard deviations, and the variables in which
    they are alike and differ most (`analysis.similar`)."""
    columns = ["area_code", "like", "like_name", "distance", "alike_in", "differs_in"]
    rows = [
        (
            code,
            each.area_code,
            str(edition.areas.at[each.area_code, "name"]),
            each.distance,
            joined(part.key for part in each.alike_in(2)),
            joined(part.key for part in each.differs_in(2)),
        )
        for code in choice.areas
        for each in answers.alike(edition, code)
    ]
    return pd.DataFrame(rows, columns=columns)


def beside_alike(edition: Package, choice: ProfileChoice) -> pd.DataFrame:
    """The core figures of the first area, of those most alike to it, of the city and of the country."""
    first = choice.areas[0]
    areas = (first, *(each.area_code for each in answers.alike(edition, first)))
    return _spines(edition, answers.core_figures(edition, replace(choice, areas=areas)))
