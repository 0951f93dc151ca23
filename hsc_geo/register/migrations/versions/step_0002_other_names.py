"""Organisations keep the names of those that were merged into them, so that these are still recognised."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the column, empty."""
    op.add_column("organisations", sa.Column("other_names", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Drop the names: organisations that were merged are no longer recognised by them."""
    op.drop_column("organisations", "other_names")
