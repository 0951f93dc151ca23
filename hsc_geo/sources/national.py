"""One municipality out of the national extracts: boundaries, residents of districts and the figures of 50090NED.

Sources: CBS/Kadaster Wijk- en Buurtkaart 2016 (neighbourhoods) and 2022 (names and residents of districts), and table
50090NED for ages 18 and over. There are no residents of neighbourhoods and no Kerncijfers in them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

from hsc_geo.domain.areas import COUNTRY, COUNTRY_IN_HEALTH_TABLES
from hsc_geo.domain.crs import RD, require_crs
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.boundaries import Boundaries
from hsc_geo.sources.extracts import Record, SourceError
from hsc_geo.sources.municipality import called
from hsc_geo.sources.statline import HEALTH_LABELS, Figure, StatTable, figures_of

NEIGHBOURHOODS = "national/buurten_2016.parquet"
DISTRICTS = "national/wijken_2022.parquet"
HEALTH = "national/50090NED_18plus.parquet"
FILES = (NEIGHBOURHOODS, DISTRICTS, HEALTH)
VINTAGE = "CBS 2016"
RESIDENTS_YEAR = "2022"
SLIVER = 1.0  # metres: gaps between neighbours up to this width are closed
AROUND = 3000.0  # metres: municipalities within it are the backdrop

_TABLE = StatTable("50090NED", HEALTH, "WijkenEnBuurten", None, None, HEALTH_LABELS)


@dataclass(frozen=True, eq=False)
class National:
    """What the national extracts hold of a municipality. names: of the country and the municipality, by code.
    residents: of its districts on 1 January of RESIDENTS_YEAR, as text, where known. province: '' where not known."""

    boundaries: Boundaries
    names: Mapping[str, str]
    residents: Mapping[str, str]
    figures: tuple[Figure, ...]
    province: str


def read_national(folder: Path, asked: str) -> National:
    """The municipality of a code (`GM0518`) or a name, whatever its case.

    Raises SourceError for files that are missing or cannot be read, and for a municipality that they do not have.
    """
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        mend = f"missing in {folder}; another municipality is built from the national extracts"
        raise SourceError([Problem(name, 0, "", "", mend) for name in missing])
    everywhere = layer(folder / NEIGHBOURHOODS, NEIGHBOURHOODS)
    districts = layer(folder / DISTRICTS, DISTRICTS).set_index("code")
    code = _code_of(everywhere, asked)
    name = str(everywhere.loc[everywhere["GM_CODE"] == code, "GM_NAAM"].iloc[0])
    mine = districts[districts.index.str.startswith("WK" + code[2:])]
    return National(
        _boundaries(everywhere, mine, code),
        {COUNTRY: "Nederland", code: name},
        {str(key): str(int(n)) for key, n in mine["population"].items() if pd.notna(n) and n >= 0},
        _figures(folder, code),
        str(mine["province"].iloc[0]) if len(mine) else "",
    )


def layer(path: Path, file: str) -> gpd.GeoDataFrame:
    """The areas of a GeoParquet file, EPSG:28992. Raises SourceError, naming it `file`, when it cannot be read."""
    try:
        found = gpd.read_parquet(path)
    except Exception as error:  # readers of Parquet raise many kinds
        raise SourceError(
            [Problem(file, 0, "", str(error), "the file cannot be read as GeoParquet")]
        ) from error
    require_crs(found, RD, file)
    return found


def _code_of(everywhere: gpd.GeoDataFrame, asked: str) -> str:
    """The code of the municipality asked for. Raises SourceError, naming names that look like it."""
    key = called(asked).casefold()
    names = {str(c): str(n) for c, n in zip(everywhere["GM_CODE"], everywhere["GM_NAAM"], strict=True)}
    found = [code for code, name in names.items() if key in (name.casefold(), code.casefold())]
    if len(found) == 1:
        return found[0]
    folded = {name.casefold(): name for name in names.values()}
    like = sorted(name for name in folded if key and key in name) or get_close_matches(key, folded, n=3)
    hint = f"; did you mean {', '.join(folded[each] for each in like[:5])}?" if like else ""
    mend = f"is no municipality of 2016; give its code (GM and four digits) or its name{hint}"
    raise SourceError([Problem("--municipality", 0, "", asked, mend)])


def _boundaries(everywhere: gpd.GeoDataFrame, named: gpd.GeoDataFrame, code: str) -> Boundaries:
    """The neighbourhoods of 2016, the districts that they make together, and the municipalities around."""
    own = everywhere[everywhere["GM_CODE"] == code].copy()
    own.geometry = shapely.coverage_clean(own.geometry.to_numpy(), gap_width=SLIVER)
    shape = shapely.coverage_union_all(own.geometry.to_numpy())
    near = everywhere[(everywhere["GM_CODE"] != code) & everywhere.geometry.dwithin(shape, AROUND)]
    around = everywhere[everywhere["GM_CODE"].isin(set(near["GM_CODE"]))]
    names = named["name"].to_dict()
    districts = _dissolved(own, "WK_CODE", lambda key: str(names.get(key, key)), code)
    titles = dict(zip(around["GM_CODE"], around["GM_NAAM"], strict=True))
    return Boundaries(
        _indexed(own["BU_CODE"], own["BU_NAAM"], own["WK_CODE"], own.geometry),
        districts,
        _dissolved(around, "GM_CODE", lambda key: str(titles[key]), ""),
        VINTAGE,
    )


def _dissolved(parts: gpd.GeoDataFrame, by: str, name: Any, parent: str) -> gpd.GeoDataFrame:
    shapes = {str(key): shapely.union_all(each.geometry.to_numpy()) for key, each in parts.groupby(by)}
    keys = list(shapes)
    return _indexed(keys, [name(key) for key in keys], [parent] * len(keys), list(shapes.values()))


def _indexed(codes: Any, names: Any, parents: Any, shapes: Any) -> gpd.GeoDataFrame:
    table = {
        "area_code": list(codes),
        "name": [str(each).strip() for each in names],
        "parent_code": list(parents),
    }
    return gpd.GeoDataFrame(table, geometry=list(shapes), crs=RD).set_index("area_code").sort_index()


def _figures(folder: Path, code: str) -> tuple[Figure, ...]:
    table = pd.read_parquet(folder / HEALTH)
    areas = table["WijkenEnBuurten"].str.strip()
    here = areas.str.slice(2, 6) == code[2:]
    rows = table[here | (areas == COUNTRY_IN_HEALTH_TABLES)].drop(columns="ID")
    records = [
        Record(HEALTH, int(number) + 2, {str(column): _text(cell) for column, cell in cells.items()})
        for number, cells in zip(rows.index, rows.to_dict("records"), strict=True)
    ]
    return figures_of(_TABLE, records)


def _text(cell: object) -> str:
    if isinstance(cell, float):
        return "" if math.isnan(cell) else repr(cell).removesuffix(".0")
    return str(cell).strip()
