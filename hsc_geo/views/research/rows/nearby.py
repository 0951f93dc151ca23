"""Who lives near, by district and age, as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.reach_by_age import AGES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.explore import Nearby
from hsc_geo.views.research.rows.areas import official


def rows(n: Names, answer: Nearby) -> pd.DataFrame:
    """A row per cell and per total, in plain values; what is hidden is empty, and says so."""
    codes = [*map(str, answer.found.reached.index), ""]
    cells = [_plain(n, answer, code, band) for code in codes for band in (*AGES, "")]
    return pd.DataFrame(cells).assign(
        level="district",
        table_id="areas",
        kind="modelled",
        year=answer.found.year,
        distance_metres=answer.asked.distance,
        counted=answer.asked.basis(n.today).count,
        confirmed_within=pd.array([answer.asked.within] * len(cells), dtype="Int64"),
        as_of=n.today.isoformat(),
        method="areal weighting within neighbourhoods; hypercube suppression",
    )


def _plain(n: Names, answer: Nearby, code: str, band: str) -> dict[str, Any]:
    placed, city = answer.found.all_ages.placed, municipality_code(n.package)
    value = shown(answer, code, band) if placed else None
    return {
        "area_code": code or city,
        "area": official(n, code or city),
        "age_group": band.removeprefix("population_") or "all",
        "residents_near": None if value is None else round(value),
        "status": "present" if value is not None else "suppressed" if placed else "not_known",
        "residents": round(total(answer.found.residents, code, band)),
    }


def shown(answer: Nearby, code: str, band: str) -> float | None:
    """The residents of a cell or of a total ('' in place of a district or an age); None where that is hidden."""
    hidden = answer.hidden
    if code and band:
        gone = bool(hidden.cells.at[code, band])
    elif code:
        gone = bool(hidden.rows[code])
    else:
        gone = bool(hidden.columns[band]) if band else hidden.whole
    return None if gone else total(answer.found.reached, code, band)


def total(table: pd.DataFrame, code: str, band: str) -> float:
    """The sum of a cell, a row, a column or all ('' in place of a district or an age)."""
    rows = table.loc[[code]] if code else table
    return float((rows[[band]] if band else rows).to_numpy().sum())
