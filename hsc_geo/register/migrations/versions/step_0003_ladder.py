"""Initiatives say how far they have come, who pays and who runs them, where a source says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_COLUMNS = (
    "ladder",
    "ladder_basis_en",
    "ladder_basis_nl",
    "funders",
    "run_by",
    "continuity_basis_en",
    "continuity_basis_nl",
)


def upgrade() -> None:
    """Add the columns, empty: what was in the register before does not say it."""
    for name in _COLUMNS:
        op.add_column("initiatives", sa.Column(name, sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the columns: what was said in them is lost."""
    for name in _COLUMNS:
        op.drop_column("initiatives", name)
