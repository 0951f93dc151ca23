"""The contract agrees with itself."""

import re

import pytest

from hsc_geo.domain import schema
from hsc_geo.domain.contract import Table

ALL = pytest.mark.parametrize("table", schema.TABLES, ids=lambda table: table.name)

TYPES = ("string", "integer", "number", "boolean", "date")  # of Table Schema, those that we use


def test_names_are_unique() -> None:
    files = [each.name for each in (*schema.TABLES, *schema.GEOMETRY_FILES)]
    assert len(set(files)) == len(files)
    assert schema.table("areas") is schema.TABLES[0]
    with pytest.raises(KeyError, match="no table 'area' in the contract"):
        schema.table("area")


@ALL
def test_columns_are_unique_typed_and_documented_in_both_languages(table: Table) -> None:
    assert len(set(table.columns)) == len(table.columns)
    for text in (table.nl, table.en, table.title_nl, table.title_en):
        assert text.strip()
    for field in table.fields:
        assert field.type in TYPES
        assert field.nl.strip().endswith("."), field.name
        assert field.en.strip().endswith("."), field.name
        assert not (field.enum and field.vocabulary)
        re.compile(field.pattern or "")


@ALL
def test_keys_refer_to_columns_that_are_there(table: Table) -> None:
    assert all(table.field(name).required for name in table.primary_key)
    for key in table.foreign_keys:
        table.field(key.field)
        target = schema.table(key.table)
        assert target.primary_key == (key.reference,), "a foreign key refers to a whole key"
    with pytest.raises(KeyError, match="has no column 'colour'"):
        table.field("colour")
