"""Sign-ins that ended before their time are kept, so that every server refuses what is left of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the table, empty."""
    op.create_table(
        "ended_sign_ins",
        sa.Column("mark", sa.String(64), primary_key=True),
        sa.Column("keep_until", sa.String(10), nullable=False),
    )


def downgrade() -> None:
    """Drop the table: cookies of sign-ins that ended count again until they are too old."""
    op.drop_table("ended_sign_ins")
