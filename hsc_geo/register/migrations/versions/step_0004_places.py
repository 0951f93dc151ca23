"""Version 2 of the contract: several places of an initiative, what was asked in vain, days, cost, kinds of source."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from hsc_geo.register.old_forms import PLACE_COLUMNS, places_of

revision = "0004"
down_revision = "0003"

_PRACTICAL = (
    "schedule_en",
    "schedule_nl",
    "cost_en",
    "cost_nl",
    "how_to_join_en",
    "how_to_join_nl",
    "contact",
)
_PLACE_TEXTS = ("role", "venue", "address", "precision", "confidence", "coordinate_source", "coordinate_note")
_ASKED = ("area_code", "ambition_code", "asked_on", "source_kind", "source", "source_url", "note")


def upgrade() -> None:
    """Add what is new, and move the one place of each initiative into a table of places."""
    for name in _PRACTICAL:
        op.add_column("initiatives", _text(name))
    for table in ("initiatives", "organisations"):
        op.add_column(
            table, sa.Column("source_kind", sa.Text(), nullable=False, server_default="public_page")
        )
    op.create_table(
        "asked_none",
        sa.Column("asked_id", sa.Text(), primary_key=True),
        *map(_text, _ASKED),
        sa.Column("revision", sa.Integer(), nullable=False),
    )
    places = op.create_table(
        "initiative_places",
        sa.Column("initiative_id", sa.Text(), primary_key=True),
        sa.Column("place_number", sa.Integer(), primary_key=True, autoincrement=False),
        *map(_text, _PLACE_TEXTS),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
    )
    rows = _moved()
    if rows:
        op.bulk_insert(places, rows)
    for name in PLACE_COLUMNS:
        op.drop_column("initiatives", name)


def _moved() -> list[dict[str, Any]]:
    columns: list[Any] = [sa.column(name) for name in ("initiative_id", *PLACE_COLUMNS)]
    found = op.get_bind().execute(sa.select(*columns).select_from(sa.table("initiatives"))).mappings()
    return [
        {
            **place,
            "initiative_id": row["initiative_id"],
            "place_number": number + 1,
            "position": number,
            "latitude": place["latitude"] or None,
            "longitude": place["longitude"] or None,
        }
        for row in found
        for number, place in enumerate(places_of(dict(row)))
    ]


def _text(name: str) -> Any:
    return sa.Column(name, sa.Text(), nullable=False, server_default="")


def downgrade() -> None:
    """An initiative cannot be put back into one place."""
    raise NotImplementedError("restore a back-up that was made before instead")
