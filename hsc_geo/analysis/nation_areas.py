"""The areas of the country: found by a part of their name, in the order of a table, and where the large towns lie."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from hsc_geo.analysis.facets import fold
from hsc_geo.analysis.nation import MUNICIPALITY
from hsc_geo.data.cached import per_package
from hsc_geo.data.nation.reading import LEVELS, Nation, codes

MOST_FOUND = 20
TOWNS = 90
SORTS = ("name", "code", "in")


def find(nation: Nation, text: str, most: int = MOST_FOUND) -> list[str]:
    """The codes of at most so many areas whose name or code holds the text, whatever its capitals and accents: those
    that begin with it first, municipalities before other areas, then by residents. Each word of the text may
    also stand in the name of the municipality, so `noord leiden` finds the Noord of Leiden."""
    words = fold(text).split()
    if not words:
        return []
    rows = _searched(nation)
    fits = np.ones(len(rows), dtype=bool)
    for word in words:
        fits &= rows["all"].str.contains(word, regex=False).to_numpy()
    whole = " ".join(words)
    found = rows[fits]
    ranked = found.assign(
        first=~found["folded"].str.startswith(whole),
        wide=found["level"] != MUNICIPALITY,
        people=-found["population"].fillna(0),
    ).sort_values(["first", "wide", "people"], kind="stable")
    return [str(code) for code in ranked.index[:most]]


@per_package(maxsize=1)
def _searched(nation: Nation) -> pd.DataFrame:
    """The areas with what is searched in, folded: their name, `within` the municipality, `all` both and the code."""
    areas = nation.areas
    names = areas["name"].map(fold)
    within = areas["municipality"].fillna("").map(fold)
    return areas[["level", "population"]].assign(
        folded=names,
        within=within,
        all=names + " " + within + " " + pd.Series(areas.index.str.casefold(), index=areas.index),
    )


@per_package(maxsize=len(LEVELS))
def municipalities(nation: Nation, level: str) -> dict[str, str]:
    """Code -> name of the municipalities in which the areas of a level lie, by name: for neighbourhoods those of 2016,
    of which some are no more."""
    rows = nation.areas[nation.areas["level"] == level]
    found = rows.drop_duplicates("municipality_code").set_index("municipality_code")["municipality"]
    return {str(code): str(found[code]) for code in found.map(fold).sort_values(kind="stable").index}


@per_package(maxsize=1)
def without_neighbourhoods(nation: Nation) -> tuple[str, ...]:
    """The codes of the municipalities of which the source has no neighbourhoods, the largest first."""
    lacking = nation.areas[nation.areas["level"] == MUNICIPALITY]
    lacking = lacking[~lacking.index.isin(list(municipalities(nation, "neighbourhood")))]
    return tuple(map(str, lacking["population"].sort_values(ascending=False, kind="stable").index))


@per_package(maxsize=16)
def in_order(
    nation: Nation, level: str, own: str, within: str, sort: str, descending: bool
) -> tuple[str, ...]:
    """The codes of the areas of a level as a table shows them: those of the municipality `own` first, and within them
    and the others by `sort` ('' or one of SORTS). within: only those of this municipality; '' for all.

    Never by value: modelled figures are no ranking. Raises ValueError for another order.
    """
    if sort and sort not in SORTS:
        raise ValueError(f"areas cannot be sorted by {sort!r}: choose {', '.join(SORTS)}")
    areas = nation.areas
    rows = areas[areas["level"] == level]
    rows = rows[rows["municipality_code"] == within] if within else rows
    named = _searched(nation).loc[rows.index]
    keys: dict[str, Any] = {
        "name": named["folded"],
        "code": pd.Series(rows.index, index=rows.index),
        "in": named["within"],
    }
    key = keys[sort or "in"]
    order = rows.assign(other=rows["municipality_code"] != own, key=key, code=rows.index)
    order = order.sort_values(["other", "key", "code"], ascending=[True, not descending, True], kind="stable")
    return tuple(map(str, order.index))


def corners(nation: Nation, code: str) -> list[list[float]]:
    """[[south, west], [north, east]] of an area, WGS84; [] for one that the nation lacks."""
    if code not in nation.areas.index:
        return []
    row: Any = nation.areas.loc[code]
    if pd.isna(row["south"]):
        return []
    return [[float(row["south"]), float(row["west"])], [float(row["north"]), float(row["east"])]]


@per_package(maxsize=1)
def bounds(nation: Nation) -> list[list[float]]:
    """[[south, west], [north, east]] of all municipalities, WGS84."""
    rows = nation.areas[nation.areas["level"] == MUNICIPALITY]
    south, west = float(rows["south"].min()), float(rows["west"].min())
    return [[south, west], [float(rows["north"].max()), float(rows["east"].max())]]


@per_package(maxsize=1)
def towns(nation: Nation) -> tuple[tuple[str, str, float, float], ...]:
    """(code, name, latitude, longitude) of the municipalities with most residents, these first: the point is the mean
    of the middles of its districts, each counting by its residents."""
    areas = nation.areas
    parts = areas[(areas["level"] == "district") & (areas["population"] > 0)]
    weights = parts["population"].astype(float)
    of = parts["municipality_code"]
    people = weights.groupby(of).sum().sort_values(ascending=False)
    at = {
        name: ((parts[low] + parts[high]) / 2 * weights).groupby(of).sum() / people
        for name, low, high in (("lat", "south", "north"), ("lon", "west", "east"))
    }
    known = [code for code in people.index if code in areas.index][:TOWNS]
    return tuple(
        (
            str(code),
            str(areas.at[code, "name"]),
            round(float(at["lat"][code]), 4),
            round(float(at["lon"][code]), 4),
        )
        for code in known
    )


def number_of(nation: Nation, level: str, code: str) -> int:
    """The number of an area on the map of a level; -1 for one of another level."""
    here = codes(nation, level)
    return int(here.get_indexer(pd.Index([code]))[0])
