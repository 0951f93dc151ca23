"""The nation's figures as one long table, written so that a figure can be read alone.

The rules are those of data/figures.py, over whole columns: 1.8 million cells one by one would take minutes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from hsc_geo.sources.statline import NOT_MEASURED, PRESENT, SUPPRESSED

KEYS = ("area_code", "year", "age_group")
SCHEMA = pa.schema(
    [
        ("indicator_id", pa.string()),
        ("year", pa.int16()),
        ("age_group", pa.string()),
        ("area_code", pa.string()),
        ("value", pa.float64()),
        ("lower", pa.float64()),
        ("upper", pa.float64()),
        ("status", pa.string()),
    ]
)


@dataclass(frozen=True, eq=False)
class Indicator:
    """All figures of one indicator: area_code, year, age_group, value (NaN missing) and status, in that order of rows:
    the cells of an area lie together."""

    indicator_id: str
    rows: pd.DataFrame


def indicators_of(figures: pd.DataFrame) -> list[Indicator]:
    """Every indicator of the table (a row an area, year and age group; a column an indicator), in order of its id.

    An empty cell of a series (indicator, year and age group) that has values at the area's level was held back; one of
    a series without any was not measured; at a level without a value, of a series that has values elsewhere, there is
    no figure and no row.
    """
    ordered = figures.sort_values(list(KEYS), ignore_index=True)
    series = [ordered["year"], ordered["age_group"]]
    at_level = [*series, ordered["area_code"].str[:2]]
    return [_told(each, ordered, series, at_level) for each in sorted(set(figures.columns) - set(KEYS))]


def _told(name: str, ordered: pd.DataFrame, series: list[pd.Series], at_level: list[pd.Series]) -> Indicator:
    there = ordered[name].notna()
    made, made_there = (there.groupby(keys).transform("any") for keys in (series, at_level))
    missing = np.where(made, SUPPRESSED, NOT_MEASURED)
    rows = ordered[list(KEYS)].assign(value=ordered[name], status=np.where(there, PRESENT, missing))
    return Indicator(name, rows[made_there | ~made])


def write_figures(every: Sequence[Indicator], path: Path) -> None:
    """Parquet with a row group an indicator: to read one figure, a reader opens that group and the columns it needs.

    No indicator of these extracts has an interval: lower and upper are empty, none is made up. Codes are sorted, so
    they are kept as what differs from the one before.
    """
    encodings = {"area_code": "DELTA_BYTE_ARRAY"}
    dictionaries = ["indicator_id", "age_group", "value", "status"]
    with pq.ParquetWriter(
        path,
        SCHEMA,
        compression="zstd",
        compression_level=19,
        use_dictionary=dictionaries,
        column_encoding=encodings,
    ) as writer:
        for each in every:
            writer.write_table(_table(each), row_group_size=len(each.rows))


def _table(indicator: Indicator) -> pa.Table:
    rows = indicator.rows
    columns: dict[str, Any] = {
        "indicator_id": pa.repeat(indicator.indicator_id, len(rows)),
        **{str(name): pa.array(rows[name], SCHEMA.field(name).type, from_pandas=True) for name in rows},
        **{name: pa.nulls(len(rows), pa.float64()) for name in ("lower", "upper")},
    }
    return pa.table(columns, schema=SCHEMA)
