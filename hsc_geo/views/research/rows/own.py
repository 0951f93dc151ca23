"""Own areas beside the districts in which they lie, as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.own_area import made, own_area
from hsc_geo.analysis.profile import Spine
from hsc_geo.domain.text import split_names
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.own import Own
from hsc_geo.views.research.rows.areas import official

COLUMNS = split_names(
    """
    area_code name level indicator_id figure unit value status year age_group table_id kind method weights weights_year
    covered missing_neighbourhoods initiatives_known
    """
)


def rows(n: Names, found: Own) -> pd.DataFrame:
    """A row per figure and area, each with how it came about."""
    groups = {group[0].indicator_id: group for group in (*found.figures, *found.facts)}
    made_rows = [_plain(n, found, row) for group in groups.values() for row in group]
    return pd.DataFrame(made_rows, columns=list(COLUMNS), dtype=object)


def _plain(n: Names, found: Own, row: Spine) -> dict[str, Any]:
    each, package = row.figure, n.package
    about, area = package.indicators.loc[row.indicator_id], own_area(package, each.area_code)
    how = made(package, each.area_code, row.indicator_id, row.year, row.age_group)
    return {
        "area_code": each.area_code,
        "name": area.name if area else official(n, each.area_code),
        "level": str(package.areas.at[each.area_code, "level"]),
        "indicator_id": row.indicator_id,
        "figure": n.indicator(row.indicator_id),
        "unit": str(about["unit"]),
        "value": each.value,
        "status": each.status,
        "year": row.year,
        "age_group": row.age_group,
        "table_id": str(about["table_id"]),
        "kind": str(about["kind"]),
        "method": how.how if how else "as published",
        "weights": how.weights if how else "",
        "weights_year": how.weights_year if how and how.weights else None,
        "covered": round(how.covered, 4) if how and how.covered is not None else None,
        "missing_neighbourhoods": "|".join(how.missing) if how else "",
        "initiatives_known": found.counts[each.area_code].number,
    }


def neighbourhoods(n: Names, found: Own) -> pd.DataFrame:
    """The definition of each own area: a row for each of its neighbourhoods."""
    rows = [
        (area.code, area.name, code, official(n, code))
        for area in found.areas
        for code in area.neighbourhoods
    ]
    names = ["area_code", "own_area", "neighbourhood_code", "name"]
    return pd.DataFrame(rows, columns=names, dtype=object)
