"""Two figures over areas, with who is known there, as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.focus import focus_first
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.together import Together
from hsc_geo.views.research.rows.areas import official


def rows(n: Names, found: Together) -> pd.DataFrame:
    """A row per area of the level, focus districts first."""
    told, package = found.found, n.package
    codes = focus_first(package, found.known)
    table = told.table.reindex(codes).rename_axis("area_code").reset_index()
    table.insert(1, "name", [official(n, code) for code in codes])
    about: dict[str, Any] = {}
    for axis, measured, held in (("x", told.x, found.x), ("y", told.y, found.y)):
        row: Any = package.indicators.loc[measured.indicator_id]
        about |= {
            f"{axis}_held_against": held.against if held else "",
            f"{axis}_beside_it": [standing(found, code, axis) for code in codes],
            f"{axis}_lower": found.limits.loc[codes, f"{axis}_lower"].to_numpy(),
            f"{axis}_upper": found.limits.loc[codes, f"{axis}_upper"].to_numpy(),
            f"{axis}_indicator_id": measured.indicator_id,
            f"{axis}_table_id": str(row["table_id"]),
            f"{axis}_kind": str(row["kind"]),
            f"{axis}_unit": str(row["unit"]),
            f"{axis}_year": measured.year,
            f"{axis}_age_group": measured.age_group,
        }
    return table.assign(
        level=told.level,
        **about,
        ambition=found.ambition,
        initiatives_known=[found.known[code].number for code in codes],
        known_to_district=[len(found.known[code].around) for code in codes],
        known_for_city_or_region=[len(found.known[code].wide) for code in codes],
        in_corner=[code in found.corner for code in codes],
        method="as published; initiatives by the one counting rule",
    )


def standing(found: Together, code: str, axis: str) -> str:
    """Of an area the `standing` of its value of an axis; '' where there is nothing to hold it against."""
    held, row = found.x if axis == "x" else found.y, found.found.table.loc[code]
    value: Any = row[axis]
    if held is None or pd.isna(value):
        return ""
    limits: Any = found.limits.loc[code]
    return held.standing(float(value), limits[f"{axis}_lower"], limits[f"{axis}_upper"])
