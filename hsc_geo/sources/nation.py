"""The whole country out of the national extracts: boundaries of neighbourhoods and districts, and the health table.

Sources: CBS/Kadaster Wijk- en Buurtkaart 2016 (neighbourhoods, not quite all) and 2022 (districts, simplified, with
residents), and table 50090NED for ages 18 and over, in the division of 2020.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import geopandas as gpd
import pandas as pd

from hsc_geo.domain.areas import CODE_PATTERN, COUNTRY, COUNTRY_IN_HEALTH_TABLES, municipality_of
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import SourceError, raise_if
from hsc_geo.sources.national import DISTRICTS, FILES, HEALTH, NEIGHBOURHOODS, layer
from hsc_geo.sources.statline import (
    AGE_GROUP_OF_CODE,
    HEALTH_LABELS,
    HIGHEST_MISSING,
    VALUE_ROWS,
    stem_and_year,
)

TABLE = "50090NED"
# Formed after the division of 2020, so the health table has no name of them (CBS, Gebieden in Nederland 2022).
LATER_NAMES = {
    "GM1979": "Eemsdelta",
    "GM1980": "Dijk en Waard",
    "GM1982": "Land van Cuijk",
    "GM1991": "Maashorst",
}
_KEYS = ("WijkenEnBuurten", "Gemeentenaam_1", "Marges", "Leeftijd", "Perioden")
_NOT_FIGURES = HEALTH_LABELS | {"ID"}


@dataclass(frozen=True, eq=False)
class NationExtracts:
    """neighbourhoods: BU_CODE, BU_NAAM, WK_CODE, GM_CODE, GM_NAAM; districts: code, name, province, population; both
    EPSG:28992, sorted by code. figures: a row an area and year, with area_code (NL00 the country), year, age_group and
    a column an indicator; NaN where the cell is empty. municipalities: names by code, of the health table."""

    neighbourhoods: gpd.GeoDataFrame
    districts: gpd.GeoDataFrame
    figures: pd.DataFrame
    municipalities: dict[str, str]


def read_nation(folder: Path) -> NationExtracts:
    """The national extracts in a folder of extracts. Raises SourceError for files missing or not understood."""
    missing = [name for name in FILES if not (folder / name).is_file()]
    if missing:
        mend = f"missing in {folder}; the nation is built from the national extracts"
        raise SourceError([Problem(name, 0, "", "", mend) for name in missing])
    neighbourhoods = layer(folder / NEIGHBOURHOODS, NEIGHBOURHOODS).sort_values("BU_CODE", ignore_index=True)
    districts = layer(folder / DISTRICTS, DISTRICTS).sort_values("code", ignore_index=True)
    wide = _health(folder)
    return NationExtracts(neighbourhoods, districts, _figures(wide), _names(wide, districts["code"]))


def _names(wide: pd.DataFrame, districts: pd.Series) -> dict[str, str]:
    """The name of every municipality of the health table and of every one that has a district."""
    rows = wide[wide["WijkenEnBuurten"].str.startswith("GM")]
    told = dict(zip(rows["WijkenEnBuurten"], rows["Gemeentenaam_1"].str.strip(), strict=True))
    names = LATER_NAMES | told
    nameless = sorted(set(districts.map(municipality_of)) - set(names))
    mend = f"has no name in {HEALTH}; add its name to LATER_NAMES in hsc_geo/sources/nation.py"
    raise_if([Problem(DISTRICTS, 0, "code", code, mend) for code in nameless])
    return names


def _health(folder: Path) -> pd.DataFrame:
    try:
        wide = pd.read_parquet(folder / HEALTH)
    except Exception as error:  # readers of Parquet raise many kinds
        raise SourceError(
            [Problem(HEALTH, 0, "", str(error), "the file cannot be read as Parquet")]
        ) from error
    mend = "the column is missing; fetch the table anew"
    raise_if([Problem(HEALTH, 0, name, "", mend) for name in _KEYS if name not in wide.columns])
    wide["WijkenEnBuurten"] = wide["WijkenEnBuurten"].str.strip()
    return wide[wide["Marges"].str.strip() == VALUE_ROWS]


def _figures(wide: pd.DataFrame) -> pd.DataFrame:
    codes = wide["WijkenEnBuurten"].replace(COUNTRY_IN_HEALTH_TABLES, COUNTRY)
    strange = sorted(set(codes[~codes.str.fullmatch(CODE_PATTERN)]))
    ages = wide["Leeftijd"].str.strip()
    unknown = sorted(set(ages) - set(AGE_GROUP_OF_CODE))
    problems = [Problem(HEALTH, 0, "WijkenEnBuurten", each, "is no area code") for each in strange]
    problems += [Problem(HEALTH, 0, "Leeftijd", each, "is no known age group") for each in unknown]
    raise_if(problems)
    columns = {
        f"{TABLE}-{stem_and_year(name)[0]}": wide[name]
        for name in wide.columns
        if stem_and_year(name)[0] not in _NOT_FIGURES
    }
    values = pd.DataFrame(columns)
    values = values.where(values > float(HIGHEST_MISSING))
    keys = {
        "area_code": codes,
        "year": wide["Perioden"].str[:4].astype("int16"),
        "age_group": ages.map(AGE_GROUP_OF_CODE),
    }
    return pd.concat([pd.DataFrame(keys), values], axis=1).reset_index(drop=True)
