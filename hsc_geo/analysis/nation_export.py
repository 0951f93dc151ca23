"""The tables of a download of the whole country: every area of a level with the figure, and what explains them."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd

from hsc_geo.analysis.export_tables import class_table, dictionary, figure_table
from hsc_geo.analysis.nation import NationView, area_figure, country_figure, own
from hsc_geo.data.load import Package
from hsc_geo.data.nation.reading import Nation

_OF_SOURCES = {
    "source_id": "id",
    "title": "title",
    "publisher": "publisher",
    "licence": "licence",
    "url": "path",
    "vintage": "vintage",
}
_OF_AREAS = ["name", "level", "municipality_code", "municipality", "population"]


def nation_tables(package: Package, nation: Nation, view: NationView) -> dict[str, pd.DataFrame]:
    """Areas with their figure and class, the figure of the municipality and the country, the meaning of the figure, the
    classes, the sources, and a row for each column."""
    choice = view.choice
    tables = {
        "nation": _areas(nation, view),
        "figures": figure_table(package, [("value", choice.indicator, choice.year, choice.age_group)]),
        "classes": class_table(package, choice.indicator, view.classes),
        "comparison": _comparison(package, nation, view),
        "sources": _sources(nation),
    }
    return {**tables, "dictionary": dictionary(tables)}


def _areas(nation: Nation, view: NationView) -> pd.DataFrame:
    choice, number = view.choice, view.classes.assigned
    table = nation.areas.loc[view.table.index, _OF_AREAS].join(view.table)
    table = table.assign(
        indicator_id=choice.indicator,
        year=choice.year,
        age_group=choice.age_group,
        map_class=(number.where(number >= 0) + 1).astype("Int64"),
        population=table["population"].astype("Int64"),
    )
    return table.rename_axis("area_code").reset_index()


def _comparison(package: Package, nation: Nation, view: NationView) -> pd.DataFrame:
    """The figure of the municipality and of the country."""
    here, choice = own(package, nation), view.choice
    found = [*([area_figure(nation, here, choice)] if here else []), country_figure(nation, choice)]
    table = pd.DataFrame(map(asdict, found))
    names = [str(nation.areas.at[here, "name"])] if here else []
    table.insert(1, "name", [*names, "Nederland"])
    table.insert(2, "level", [*("municipality" for _ in names), "country"])
    return table.astype(dict.fromkeys(("value", "lower", "upper"), "float64") | {"year": "Int64"})


def _sources(nation: Nation) -> pd.DataFrame:
    """What the files of the nation were made of, with their licences."""
    told = nation.descriptor.get("sources", [])
    rows = [{name: str(each.get(key, "")) for name, key in _OF_SOURCES.items()} for each in told]
    return pd.DataFrame(rows, columns=list(_OF_SOURCES))
