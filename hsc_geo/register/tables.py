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
from hsc_geo.domain.schema_register import CONFIRMED, LADDER_FIELDS, PRACTICAL_FIELDS, PUBLIC_PAGE

METADATA = MetaData()

ENTRIES = {
    "initiative": "initiatives",
    "organisation": "organisations",
    "venue": "venues",
    "asked": "asked_none",
}
LINKS = AREAS, ORGANISATIONS, PLACES = ("initiative_areas", "initiative_organisations", "initiative_places")
OTHER_NAMES = "other_names"  # of an organisation: names of those that were merged into it, joined with |
OWN = {"organisations": (OTHER_NAMES,)}  # what only the register knows of an entry

_TYPES: dict[str, Any] = {"integer": Integer, "number": Double}
_DEFAULTS = {  # for rows from before the column
    **dict.fromkeys((OTHER_NAMES, *LADDER_FIELDS, *PRACTICAL_FIELDS), ""),
    "source_kind": PUBLIC_PAGE,
}
_COUNTER = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER counts by itself in SQLite


def _column(field: contract.Field, key: bool) -> Column[Any]:
    kind = _TYPES.get(field.type, Text)
    return Column(
        field.name,
        kind(),
        primary_key=key,
        nullable=kind is not Text and not key,
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
            for name in OWN.get(table.name, ())
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

ENDED = Table(  # marks of sign-ins that ended, and the last day on which each could have counted
    "ended_sign_ins",
    METADATA,
    Column("mark", String(64), primary_key=True),
    Column("keep_until", String(10), nullable=False),
)

META = Table(
    "meta",
    METADATA,
    Column("key", String(40), primary_key=True),
    Column("value", Text(), nullable=False),
)

__all__ = [
    "ALL",
    "AREAS",
    "CONFIRMED",
    "ENDED",
    "ENTRIES",
    "JOURNAL",
    "LINKS",
    "META",
    "METADATA",
    "ORGANISATIONS",
    "OTHER_NAMES",
    "OWN",
    "PLACES",
    "PROPOSALS",
    "TABLES",
]

# What a back-up holds; `ENDED` stays where it is, so that a restore brings no ended sign-in back.
ALL = {**TABLES, "proposals": PROPOSALS, "journal": JOURNAL, "meta": META}
