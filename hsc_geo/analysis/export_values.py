"""Values of a table as files can carry them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pandas as pd

from hsc_geo.domain.text import carriable


def clean(table: pd.DataFrame) -> pd.DataFrame:
    """The table with text that every file can carry and None for missing text; days and numbers as they are."""
    result = table.copy()
    for column in result.columns[[not pd.api.types.is_numeric_dtype(t) for t in result.dtypes]]:
        result[column] = result[column].map(_carried).astype(object)
    return result


def _carried(value: Any) -> object:
    if value is None or (not isinstance(value, str) and pd.isna(value)):
        return None
    return value if isinstance(value, dt.date) else carriable(str(value))


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as dicts, with None for what is missing and empty text for empty text."""
    plain = clean(table).astype(object)
    rows = plain.where(plain.notna(), None).to_dict("records")
    return [{str(key): value for key, value in row.items()} for row in rows]


def properties(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows as JSON has them: days as text, and null for all that is missing, empty text too."""
    return [{key: _json(value) for key, value in row.items()} for row in records(table)]


def _json(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    return None if value == "" else value
