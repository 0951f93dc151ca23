"""The tables of a download: what is in a view, and all that it takes to understand it and to make it again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.classify import Classes
from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.explore import Choice, View
from hsc_geo.analysis.export_words import AREA, CODES, meaning
from hsc_geo.analysis.figures import REGISTER_INDICATOR, decimals_of, figure
from hsc_geo.analysis.own_area import made, own_areas
from hsc_geo.analysis.persons import persons_at
from hsc_geo.analysis.places import places
from hsc_geo.analysis.suppression import DEFAULT
from hsc_geo.data.descriptor import boundary_sources
from hsc_geo.data.load import Package
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.schema_register import CONFIRMED, LOCATION
from hsc_geo.domain.text import carriable, split_names

DATES = frozenset({CONFIRMED, "start_date_from", "source_date_from"})  # columns of days, missing or whole
POPULATION = "population"  # the concept of the residents of an area
_OF_INDICATORS = split_names(
    """
    indicator_id table_id stem concept name_nl name_en definition_nl definition_en unit decimals direction
    kind method_nl method_en caveats_nl caveats_en not_for_nl not_for_en source_id classification_year
    """
)


@dataclass(frozen=True)
class Bundle:
    """A view as tables of plain values, by name and in the order of a file; geometry is joined when a format has room
    for it. `about` tells choices, address, days, edition and citation."""

    tables: Mapping[str, pd.DataFrame]
    about: Mapping[str, str]

    def __getitem__(self, name: str) -> pd.DataFrame:
        """The table with this name; KeyError when there is none."""
        return self.tables[name]

    def with_about(self) -> dict[str, pd.DataFrame]:
        """All tables, and `about` as one of them, with a row for each key."""
        about = pd.DataFrame({"key": list(self.about), "value": list(self.about.values())}, dtype=object)
        return {**self.tables, "about": about}


def bundle(package: Package, view: View, about: Mapping[str, str], least: int = DEFAULT) -> Bundle:
    """The tables of the view, with code lists, class breaks, sources and the meaning of every figure and column. least:
    numbers of people that we compute are left out below it."""
    tables = {
        "areas": _areas(package, view, least),
        "initiatives": _initiatives(package, view),
        "places": _places(package, view.ids),
        "figures": _figures(package, view.choice),
        "classes": _classes(package, view),
        "comparison": _comparison(package, view.choice),
    }
    if own_areas(package):
        tables["own_areas"] = _own_areas(package, view)
    tables["codes"] = _codes(package, tables, view.choice)
    tables["sources"] = _sources(package, tables["figures"]["source_id"])
    told = {key: carriable(value) for key, value in about.items()}
    return Bundle({**tables, "dictionary": dictionary(tables)}, told)


def _own_areas(package: Package, view: View) -> pd.DataFrame:
    """A row for each own area: of what it is made, the figure of the map and how it came about, and the initiatives."""
    choice, rows = view.choice, []
    for area in own_areas(package):
        asked = (choice.indicator, choice.year or 0, choice.age_group)
        found, how = figure(package, area.code, *asked), made(package, area.code, *asked)
        rows.append(
            {
                "area_code": area.code,
                "own_area": area.name,
                "neighbourhoods": SEPARATOR.join(area.neighbourhoods),
                "population": package.areas.at[area.code, "population"],
                "population_year": package.areas.at[area.code, "population_year"],
                "indicator_id": choice.indicator,
                "year": choice.year,
                "age_group": choice.age_group,
                "value": found.value,
                "status": found.status if choice.indicator else "",
                "computed_as": how.how if how else "",
                "weights": how.weights if how else "",
                "missing_neighbourhoods": SEPARATOR.join(how.missing) if how else "",
                "initiatives_known": count_of(package, [area.code], view.ids).number,
            }
        )
    table = pd.DataFrame(rows)
    numbers = {"population": "Int64", "population_year": "Int64", "year": "Int64", "value": "float64"}
    return table.astype(numbers)


def _areas(package: Package, view: View, least: int) -> pd.DataFrame:
    choice = view.choice
    columns = ["name", "level", "parent_code", "population", "population_year"]
    table = package.areas.loc[view.table.index, columns].join(view.table)
    years = pd.array([choice.year] * len(table), dtype="Int64")
    table = table.assign(indicator_id=choice.indicator, year=years, age_group=choice.age_group)
    table = table.assign(**_counts(package, view, [str(code) for code in table.index]))
    number = pd.Series(-1, index=table.index) if view.classes is None else view.classes.assigned
    table = table.assign(city_in_interval=_city_inside(view, table), **_people(package, view, least))
    table = table.assign(map_class=(number.where(number >= 0) + 1).astype("Int64"))
    return table.rename_axis("area_code").reset_index()


def _people(package: Package, view: View, least: int) -> dict[str, Any]:
    """Columns of how many people the percentages are; empty for a figure that is no percentage of an age group."""
    choice, found = view.choice, None
    if choice.indicator and choice.year is not None:
        found = persons_at(package, choice.indicator, choice.year, choice.age_group, choice.level, least)
    nothing = pd.array([None] * len(view.table), dtype="Int64")
    return {
        "people": nothing if found is None else found["number"],
        "people_told": "" if found is None else found["told"],
        "people_of_year": nothing if found is None else found["of_year"],
    }


def _city_inside(view: View, table: pd.DataFrame) -> Any:
    """Whether the interval of each area holds the city's value; missing without an interval, or where the two cannot be
    held against each other."""
    known = (table["lower"].notna() & table["upper"].notna()).to_numpy()
    held = view.classes is not None and view.classes.against_city
    found = view.classes.indistinct if held and view.classes is not None else frozenset()
    rows = zip(map(str, table.index), known, strict=True)
    return pd.array([code in found if each and held else None for code, each in rows], dtype="boolean")


def _counts(package: Package, view: View, codes: list[str]) -> dict[str, list[int]]:
    """Columns of the numbers of initiatives of each area, by the one rule of what counts."""
    found = [count_of(package, [code], view.ids) for code in codes]
    only = view.served.district_only.reindex(codes).fillna(0)
    return {
        "initiatives_known": [count.number for count in found],
        "initiatives_own": [len(count.own) for count in found],
        "initiatives_shared": [len(count.shared) for count in found],
        "initiatives_known_to_district_only": [int(number) for number in only],
        "initiatives_city": [len(count.city) for count in found],
        "initiatives_region": [len(count.region) for count in found],
    }


def _initiatives(package: Package, view: View) -> pd.DataFrame:
    table = package.initiatives.loc[list(view.ids)].copy()
    serves = package.initiative_areas.groupby("initiative_id")["area_code"].agg(SEPARATOR.join)
    group = group_of(view.here)
    table = table.assign(
        serves_area_codes=serves.reindex(table.index).fillna(""),
        counts_as=np.array([group.get(key, "") for key in view.ids], dtype=object),
        places_known=np.array([len(places(package, key)) for key in view.ids], dtype=int),
        start_date_from=_days(table["start_date"]),
        source_date_from=_days(table["source_date"]),
    )
    table[CONFIRMED] = _days(table[CONFIRMED])
    return table.reset_index()


def group_of(count: Count) -> dict[str, str]:
    """Initiative -> its group in a count."""
    return {key: name for name in Count.__dataclass_fields__ for key in getattr(count, name)}


def _days(texts: pd.Series) -> pd.Series:
    """The first day that each date, month or year can mean; None where there is none."""
    return pd.Series(map(_day, texts.astype(str)), index=texts.index, dtype=object)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat((text + "-01-01")[:10] if len(text) in (4, 7) else text)
    except ValueError:
        return None


def _places(package: Package, ids: Iterable[str]) -> pd.DataFrame:
    """A row per place where one of the initiatives happens, in the order of the register."""
    rows = package.initiative_places
    rows = rows[(rows["role"] == LOCATION) & rows["initiative_id"].isin(set(ids))].drop(columns="role")
    names = rows["initiative_id"].map(package.initiatives["name"])
    rows.insert(1, "name", names)
    return rows.reset_index(drop=True)


def _figures(package: Package, choice: Choice) -> pd.DataFrame:
    """What each figure in the table of areas is, a row per column that holds one."""
    asked = [("value", choice.indicator, choice.year, choice.age_group)] if choice.indicator else []
    asked += [("population", *_residents(package)), ("initiatives_known", REGISTER_INDICATOR, None, "")]
    return figure_table(package, [each for each in asked if each[1] in package.indicators.index])


def figure_table(package: Package, asked: Sequence[tuple[str, str, int | None, str]]) -> pd.DataFrame:
    """What figures are, a row for each (column that holds it, indicator of the package, year, age group)."""
    words = package.indicators.reset_index().set_index("indicator_id", drop=False)
    table = words.loc[[key for _, key, _, _ in asked], list(_OF_INDICATORS)].reset_index(drop=True)
    table.insert(0, "column", [column for column, *_ in asked])
    years = pd.array([year for *_, year, _ in asked], dtype="Int64")
    return table.assign(year=years, age_group=[age for *_, age in asked])


def _residents(package: Package) -> tuple[str, int | None, str]:
    """Indicator, year and age group of the residents in the table of areas; '' where no table tells them."""
    years = package.areas["population_year"].dropna()
    of_concept = package.indicators[package.indicators["concept"] == POPULATION]
    for key, told in of_concept["years"].items():
        if len(years) and str(int(years.max())) in str(told).split(SEPARATOR):
            return str(key), int(years.max()), "all"
    return "", None, ""


def _classes(package: Package, view: View) -> pd.DataFrame:
    """The classes of the map, a row each, by rising value."""
    return class_table(package, view.choice.indicator, view.classes)


def class_table(package: Package, indicator_id: str, classes: Classes | None) -> pd.DataFrame:
    """The classes of a map of an indicator, a row each, by rising value."""
    columns = ["map_class", "lower", "upper", "begins", "areas", "class_name", "scheme"]
    if classes is None:
        return pd.DataFrame({name: pd.Series(dtype=_TYPES.get(name, object)) for name in columns})
    names, decimals = classes.names or [""] * classes.k, decimals_of(package, indicator_id)
    begins = [round(classes.bounds(i, decimals)[0], decimals) for i in range(classes.k)]
    rows = [
        (number, lower, upper, begin, areas, name, classes.scheme)
        for number, ((lower, upper), begin, areas, name) in enumerate(
            zip(classes.breaks, begins, classes.counts, names, strict=True), start=1
        )
    ]
    return pd.DataFrame(rows, columns=columns).astype({name: _TYPES.get(name, object) for name in columns})


_TYPES = {"map_class": "int64", "lower": "float64", "upper": "float64", "begins": "float64", "areas": "int64"}


def _comparison(package: Package, choice: Choice) -> pd.DataFrame:
    """The figure of the map for the municipality and the country; no rows where a count or nothing is drawn."""
    codes = package.areas.index[package.areas["level"].isin(["municipality", "country"])]
    published = choice.indicator not in ("", REGISTER_INDICATOR) and choice.year is not None
    rows = [_compared(package, str(code), choice) for code in codes] if published else []
    columns = split_names("area_code name level value lower upper status indicator_id year age_group")
    table = pd.DataFrame(rows, columns=columns)
    return table.astype(dict.fromkeys(("value", "lower", "upper"), "float64") | {"year": "Int64"})


def _compared(package: Package, code: str, choice: Choice) -> tuple[object, ...]:
    assert choice.year is not None
    found = figure(package, code, choice.indicator, choice.year, choice.age_group)
    area = package.areas.loc[code]
    told = (
        found.value,
        found.lower,
        found.upper,
        found.status,
        choice.indicator,
        choice.year,
        choice.age_group,
    )
    return (code, area["name"], area["level"], *told)


def _sources(package: Package, of_figures: Iterable[str]) -> pd.DataFrame:
    table = package.sources if "source_id" in package.sources else package.sources.reset_index()
    keys = table["source_id"]
    wanted = {"REGISTER", *boundary_sources(keys), *of_figures}
    return table[keys.isin(wanted) | keys.str.startswith("VENUES")].reset_index(drop=True)


def _codes(package: Package, tables: Mapping[str, pd.DataFrame], choice: Choice) -> pd.DataFrame:
    """Names and definitions of all codes that the tables and the choices use, by code list and in its order."""
    used = {_OF_FACETS.get(facet, facet): set(codes) for facet, codes in choice.facets.items()}
    for field, cells in _coded(tables):
        for cell in set(cells.dropna().astype(str)):
            parts = cell.split(SEPARATOR) if field.many else [cell]
            used.setdefault(str(field.vocabulary), set()).update(parts)
    known = [*_known(package), *_names_of_areas(package)]
    rows = [row for row in known if row["code"] in used.get(str(row["vocabulary"]), ())]
    rows.sort(key=lambda row: str(row["vocabulary"]))
    return pd.DataFrame(rows, columns=_OF_CODES)


# Code lists of facets that have another name.
_OF_FACETS = {"activity": "activity_group", "evidence": "evidence_level", "district": AREA}
_OF_CODES = ["vocabulary", "code", "parent", "name_nl", "name_en", "definition_nl", "definition_en"]


def _coded(tables: Mapping[str, pd.DataFrame]) -> Iterator[tuple[Field, pd.Series]]:
    for name, table in tables.items():
        for column in table.columns:
            field = meaning(name, str(column))
            if field.vocabulary:
                yield field, table[column]


def _known(package: Package) -> Iterator[dict[str, object]]:
    yield from (
        {str(k): v for k, v in row.items()} for row in package.vocabularies[_OF_CODES].to_dict("records")
    )
    yield from ({"parent": "", **asdict(code)} for code in CODES)


def _names_of_areas(package: Package) -> Iterator[dict[str, object]]:
    names: pd.Series = package.areas["name"]
    for code, name in names.items():
        yield {
            **dict.fromkeys(_OF_CODES, ""),
            "vocabulary": AREA,
            "code": code,
            "name_nl": name,
            "name_en": name,
        }


def dictionary(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """A row per column of the tables: type, code list, the sign between several values, meaning in two languages."""
    columns = ["table", "column", "type", "codes", "separator", "description_nl", "description_en"]
    rows = [
        (
            name,
            column,
            field.type,
            field.vocabulary or "",
            SEPARATOR if field.many else "",
            field.nl,
            field.en,
        )
        for name, table in tables.items()
        for column in map(str, table.columns)
        for field in [meaning(name, column)]
    ]
    return pd.DataFrame(rows, columns=columns)
