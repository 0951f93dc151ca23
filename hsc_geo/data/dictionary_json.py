"""The data dictionary for programs: the contract, codes and indicators, each with its meaning in two languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hsc_geo.data.load import Package
from hsc_geo.domain import schema, versions
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.text import carriable

_CODES = ("code", "parent", "name_nl", "name_en", "definition_nl", "definition_en")


def dictionary(package: Package, others: Mapping[str, Iterable[Field]]) -> dict[str, Any]:
    """As JSON has it. others: columns of tables that are made from those of the package, by their name."""
    words = package.vocabularies
    return {
        "edition": package.snapshot,
        "contract_version": versions.newest().number,
        "separator": SEPARATOR,
        "tables": [_table(each) for each in schema.TABLES],
        "made_tables": {name: [_column(each) for each in fields] for name, fields in others.items()},
        "vocabularies": {
            str(name): _rows(rows[list(_CODES)]) for name, rows in words.groupby("vocabulary", sort=False)
        },
        "indicators": _rows(package.indicators.reset_index()[list(schema.table("indicators").columns)]),
    }


def _table(table: schema.Table) -> dict[str, Any]:
    return {
        "name": table.name,
        "file": table.path,
        "title_nl": table.title_nl,
        "title_en": table.title_en,
        "description_nl": table.nl,
        "description_en": table.en,
        "key": list(table.primary_key),
        "refers": [{"column": k.field, "table": k.table, "to": k.reference} for k in table.foreign_keys],
        "columns": [_column(field) for field in table.fields],
    }


def _column(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "required": field.required,
        "several": field.many,
        "vocabulary": field.vocabulary,
        "words": list(field.enum),
        "description_nl": field.nl,
        "description_en": field.en,
    }


def _rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Rows with null for what is missing."""
    plain = frame.astype(object).where(frame.notna(), None)
    return [{str(name): _cell(value) for name, value in row.items()} for row in plain.to_dict("records")]


def _cell(value: Any) -> Any:
    return (carriable(value) or None) if isinstance(value, str) else value
