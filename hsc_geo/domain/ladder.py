"""How far an initiative has come: plan, pilot, running, evaluated, recognised intervention."""

from __future__ import annotations

FROM_STATUS = "ladder (from the status)"  # the mark in `inferred_fields` of a step that no source states

_OF_STATUS = {"planned": "plan", "active_at_evidence_date": "running", "realised": "running"}


def from_status(status: str) -> str:
    """The step that a code of status implies; "" where it implies none, as for what has ended."""
    return _OF_STATUS.get(status, "")
