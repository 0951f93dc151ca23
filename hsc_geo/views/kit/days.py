"""A day in an address, as it may stand there."""

from __future__ import annotations

import datetime as dt
import re

FIRST = dt.date(2000, 1, 1)  # no page tells of a day before it
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read(text: str, latest: dt.date) -> dt.date | None:
    """The day that is written, as 2026-11-29; None where it is none, long ago, or after the latest that can be."""
    if not _DAY.fullmatch(text):
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if FIRST <= found <= latest else None
