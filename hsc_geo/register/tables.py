"""The tables of the store. Those of entries follow the data contract; the migrations make them in the database."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Double,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from hsc_geo.domain import contract, schema
from hsc_geo.domain.schema_register import LADDER_FIELDS

METADATA = MetaData()

ENTRIES = {"initiative": "initiatives", "organisation": "organisations", "venue": "venues"}
LINKS = ("initiative_areas", "initiative_organisations")
CONFIRMED = "last_confirmed"  # the day of the latest confirmation as 2026-11-21; "" when there was none since the fill
OTHER_NAMES = "other_names"  # of an organisation: names of those that were merged into it, joined with |
OWN = {  # what only the register knows of an entry; the data package has no column for it
    "initiatives": (CONFIRMED,),
    "organisations": (CONFIRMED, OTHER_NAMES),
    "venues": (CONFIRMED,),
}

_TYPES: dict[str, Any] = {"integer": Integer, "number": Double}
_DEFAULTS = dict.fromkeys((OTHER_NAMES, *LADDER_FIELDS), "")  # for rows from before the column
_COUNTER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts by itself in SQLite


def _column(field: contract.Field, key: bool) -> Column[Any]:
    kind = _TYPES.get(field.type, Text)
    return Column(
        field.name,
        kind(),
        primary_key=key,
        nullable=kind is not Text,
        server_default=_DEFAULTS.get(field.name),
    )


def _entries(kind: str) -> Table:
    table = schema.table(ENTRIES[kind])
    columns = [_column(field, field.name in table.primary_key) for field in table.fields]
    return Table(
        table.name,
        METADATA,
        *columns,
        *(
            Column(name, Text(), nullable=False, server_default=_DEFAULTS.get(name))
            for name in OWN[table.name]
        ),
        Column("revision", Integer(), nullable=False),
    )


def _links(name: str) -> Table:
    table = schema.table(name)
    columns = [_column(field, field.name in table.primary_key) for field in table.fields]
    return Table(name, METADATA, *columns, Column("position", Integer(), nullable=False))


TABLES = {ENTRIES[kind]: _entries(kind) for kind in ENTRIES} | {name: _links(name) for name in LINKS}

PROPOSALS = Table(
    "proposals",
    METADATA,
    Column("number", _COUNTER, primary_key=True, autoincrement=True),
    Column("code_hash", String(64), nullable=False),
    Column("visitor_hash", String(64), nullable=False),
    Column("at", String(27), nullable=False),
    Column("kind", Text(), nullable=False),
    Column("entity", Text(), nullable=False),
    Column("entity_id", Text(), nullable=False),
    Column("fields", Text(), nullable=False),
    Column("why", Text(), nullable=False),
    Column("source_url", Text(), nullable=False),
    Column("language", Text(), nullable=False),
    Column("status", Text(), nullable=False),
    Column("decided_at", String(27), nullable=False),
    Column("decided_role", Text(), nullable=False),
    Column("decided_subject", Text(), nullable=False),
    Column("decision_why", Text(), nullable=False),
    Column("batch", Text(), nullable=False),
    Column("result_id", Text(), nullable=False),
    UniqueConstraint("code_hash", name="proposals_code_hash"),
    Index("proposals_status", "status", "number"),
    Index("proposals_visitor", "visitor_hash", "at"),
    sqlite_autoincrement=True,
)

JOURNAL = Table(
    "journal",
    METADATA,
    Column("id", _COUNTER, primary_key=True, autoincrement=True),
    Column("at", String(27), nullable=False),
    Column("role", Text(), nullable=False),
    Column("subject", Text(), nullable=False),
    Column("entity", Text(), nullable=False),
    Column("entity_id", Text(), nullable=False),
    Column("field", Text(), nullable=False),
    Column("old", Text(), nullable=False),
    Column("new", Text(), nullable=False),
    Column("why", Text(), nullable=False),
    Column("source_url", Text(), nullable=False),
    Column("proposal", BigInteger(), nullable=True),
    Column("batch", Text(), nullable=False),
    Index("journal_entity", "entity_id", "id"),
    Index("journal_batch", "batch", "id"),
    Index("journal_at", "at"),
    sqlite_autoincrement=True,
)

META = Table(
    "meta",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("value", Text(), nullable=False),
)

ALL = {**TABLES, "proposals": PROPOSALS, "journal": JOURNAL, "meta": META}
