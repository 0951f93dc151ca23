"""One figure over the years of its table, as rows."""

from __future__ import annotations

import pandas as pd

from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.over_years import OverYears, of_areas
from hsc_geo.views.research.rows.areas import official


def rows(n: Names, found: OverYears, level: str) -> pd.DataFrame:
    """Every figure of `listing`, and of every area of the level where a change can be read there, for a file."""
    lines = [each for line in found.lines.values() for each in line]
    told = {(each.area_code, each.year): each for each in lines} | of_areas(n.package, found, level)
    row = n.package.indicators.loc[found.indicator_id]
    return pd.DataFrame(
        [
            (
                each.area_code,
                official(n, each.area_code),
                str(n.package.areas.at[each.area_code, "level"]),
                each.year,
                each.value,
                each.lower,
                each.upper,
                each.status,
                found.indicator_id,
                found.table_id,
                str(row["kind"]),
                found.age_group,
                "as published",
            )
            for each in told.values()
        ],
        columns=[
            "area_code",
            "name",
            "level",
            "year",
            "value",
            "lower",
            "upper",
            "status",
            "indicator_id",
            "table_id",
            "kind",
            "age_group",
            "method",
        ],
    ).astype(dict.fromkeys(("value", "lower", "upper"), "float64"))
