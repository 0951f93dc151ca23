"""The first form of the register: entries, links, proposals, journal, and the rule that the journal only grows."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from hsc_geo.register.journal_rule import forbid

revision = "0001"
down_revision = None

_TEXTS = {
    "initiatives": (
        "initiative_id name organisation partners sector ambition_codes ambition_basis theme target_group_en "
        "target_group_nl life_stages district_as_stated neighbourhood_as_stated venue address coordinate_precision "
        "coordinate_confidence coordinate_source coordinate_note precision activity_types activity_groups status "
        "status_note_en status_note_nl status_as_of start_date description_en description_nl source_title "
        "source_publisher source_url source_date source2_url evidence_level inferred_fields note_en note_nl "
        "last_confirmed"
    ),
    "organisations": (
        "organisation_id name sector organisation_type_en organisation_type_nl agreement_role agreement_role_note_en "
        "agreement_role_note_nl centre_role_en centre_role_nl networks district_or_area address website "
        "public_contact description_en description_nl source_title source_publisher source_url source_date "
        "inferred_fields last_confirmed"
    ),
    "venues": (
        "venue address neighbourhood_as_stated district_official district_basis precision confidence area_code "
        "coordinate_source coordinate_licence note used_for source_url last_confirmed"
    ),
    "initiative_areas": "initiative_id area_code precision basis basis_note",
    "initiative_organisations": "initiative_id organisation_name organisation_id role",
}
_NUMBERS: dict[str, dict[str, Any]] = {
    "initiatives": {
        "latitude": sa.Double(),
        "longitude": sa.Double(),
        "last_evidence_year": sa.Integer(),
        "start_year": sa.Integer(),
        "end_year": sa.Integer(),
    },
    "venues": {"latitude": sa.Double(), "longitude": sa.Double()},
}
_KEYS = {
    "initiatives": ("initiative_id",),
    "organisations": ("organisation_id",),
    "venues": ("venue",),
    "initiative_areas": ("initiative_id", "area_code"),
    "initiative_organisations": ("initiative_id", "organisation_name", "role"),
}
_COUNTS = {
    "initiatives": "revision",
    "organisations": "revision",
    "venues": "revision",
    "initiative_areas": "position",
    "initiative_organisations": "position",
}
_PROPOSALS = (
    "kind entity entity_id fields why source_url language status decided_role decided_subject decision_why batch "
    "result_id"
)
_JOURNAL = "role subject entity entity_id field old new why source_url batch"


def upgrade() -> None:
    """Make the tables and the triggers."""
    for name in _TEXTS:
        op.create_table(name, *_columns(name))
    op.create_table(
        "proposals",
        _counter("number"),
        *_marks("code_hash:64 visitor_hash:64 at:27 decided_at:27"),
        *_texts(_PROPOSALS),
        sa.UniqueConstraint("code_hash", name="proposals_code_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("proposals_status", "proposals", ["status", "number"])
    op.create_index("proposals_visitor", "proposals", ["visitor_hash", "at"])
    op.create_table(
        "journal",
        _counter("id"),
        *_marks("at:27"),
        *_texts(_JOURNAL),
        sa.Column("proposal", sa.BigInteger(), nullable=True),
        sqlite_autoincrement=True,
    )
    op.create_index("journal_entity", "journal", ["entity_id", "id"])
    op.create_index("journal_batch", "journal", ["batch", "id"])
    op.create_index("journal_at", "journal", ["at"])
    op.create_table(
        "meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text(), nullable=False),
    )
    forbid(op.get_bind())


def downgrade() -> None:
    """There is no form before the first."""
    raise NotImplementedError("restore a back-up instead")


def _columns(name: str) -> list[Any]:
    keys, numbers = _KEYS[name], _NUMBERS.get(name, {})
    texts = [
        sa.Column(each, sa.Text(), primary_key=each in keys, nullable=False) for each in _TEXTS[name].split()
    ]
    return [
        *texts,
        *(sa.Column(each, kind, nullable=True) for each, kind in numbers.items()),
        sa.Column(_COUNTS[name], sa.Integer(), nullable=False),
    ]


def _counter(name: str) -> Any:
    kind = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    return sa.Column(name, kind, primary_key=True, autoincrement=True)


def _texts(names: str) -> list[Any]:
    return [sa.Column(each, sa.Text(), nullable=False) for each in names.split()]


def _marks(names: str) -> list[Any]:
    pairs = (each.split(":") for each in names.split())
    return [sa.Column(name, sa.String(int(size)), nullable=False) for name, size in pairs]
