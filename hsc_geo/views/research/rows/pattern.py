"""A figure beside that of the neighbours of each area, as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.spatial import PERMUTATIONS, SEED
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.pattern import Neighbours
from hsc_geo.views.research.rows.areas import official


def rows(n: Names, found: Neighbours) -> pd.DataFrame:
    """A row per area of the level, with its value, that of its neighbours, and its cluster."""
    told = found.found
    about: Any = n.package.indicators.loc[told.measure.indicator_id]
    codes = codes_of(n, found)
    table = told.table.reindex(codes)
    if told.moran is not None:
        table = table.drop(columns=["z", "lag"])
        around = around_values(found)
        table.insert(1, "neighbours_mean", [around.get(code) for code in codes])
    table = table.rename_axis("area_code").reset_index()
    table.insert(1, "name", [official(n, code) for code in codes])
    return table.assign(
        status=[
            told.missing.get(code, "no_neighbour" if code in told.islands else "present") for code in codes
        ],
        level=told.level,
        indicator_id=told.measure.indicator_id,
        table_id=str(about["table_id"]),
        kind=str(about["kind"]),
        unit=str(about["unit"]),
        year=told.measure.year,
        age_group=told.measure.age_group,
        moran=told.moran.value if told.moran else None,
        moran_p=told.moran.p if told.moran else None,
        method=f"queen contiguity, row-standardised; {PERMUTATIONS} permutations, seed {SEED}, two-sided",
    )


def codes_of(n: Names, found: Neighbours) -> list[str]:
    """All areas of the level, those of the focus districts first."""
    told = found.found
    return focus_first(n.package, sorted({*map(str, told.table.index), *told.missing, *told.islands}))


def around_values(found: Neighbours) -> dict[str, float]:
    """Area -> the mean value of its neighbours, in the unit of the figure."""
    values, weights = found.found.table["value"], found.found.weights
    around = weights.matrix @ values[list(weights.codes)].to_numpy(dtype=float)
    return dict(zip(weights.codes, map(float, around), strict=True))
