"""What figures can bear, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.views.coverage.answers.claim import Claim
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.claims import choice_name, instead_text, reading_name, reason_text


@dataclass(frozen=True)
class Said:
    """asked: the reading and what it is about. head, reason: whether the figures bear it, and why. instead_head,
    instead: what one may ask instead; '' where they do."""

    asked: str
    head: str
    reason: str
    instead_head: str
    instead: str


def said(n: Names, answer: Claim) -> Said:
    """A claim and its verdict."""
    w, reading, verdict = n.w, answer.reading, answer.verdict
    instead = instead_text(n, reading, verdict)
    return Said(
        f"{reading_name(n, reading.kind)} {'; '.join(_about(n, answer))}.",
        w.t("The figures bear this") if verdict.allowed else w.t("The figures do not bear this"),
        reason_text(n, reading, verdict),
        w.t("What you may ask instead") if instead else "",
        instead,
    )


def _about(n: Names, answer: Claim) -> list[str]:
    reading = answer.reading
    return [
        *(choice_name(n, "fig", key) for key in reading.indicator_ids),
        *(choice_name(n, "where", code) for code in reading.area_codes),
        *map(str, reading.years),
        *([n.initiative(reading.initiative_id)] if reading.initiative_id else []),
    ]
