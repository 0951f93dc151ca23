"""What figures can bear, in words."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis.guard import Verdict
from hsc_geo.views.coverage.answers.claim import Claim
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
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
        w.t("Yes, the figures tell this") if verdict.allowed else w.t("No, the figures do not tell this"),
        reason_text(n, reading, verdict),
        w.t("What you may ask instead") if instead else "",
        instead,
    )


def sentence(n: Names, answer: Claim) -> str:
    """How many kinds of question the figures answer, and whether the chosen one is among them."""
    w, figures = n.w, answer.reading.indicator_ids
    values = {"bears": w.number(answer.borne), "total": w.number(len(answer.every))}
    counted = (
        w.t("{figure} answers {bears} of these {total} questions.", figure=n.indicator(figures[0]), **values)
        if len(figures) == 1
        else w.t("These figures together answer {bears} of these {total} questions.", **values)
    )
    asked = reading_name(n, answer.reading.kind)
    yes = w.t("Yes, this it can tell: “{question}”", question=asked)
    no = w.t("No, this it cannot tell: “{question}”", question=asked)
    return f"{counted} {yes if answer.verdict.allowed else no}"


def claims_table(n: Names, answer: Claim) -> Listing:
    """Each kind of question, and whether the figures answer it."""
    w = n.w
    columns = [
        Column("question", w.t("Question"), sortable=False, wordy=True),
        Column("bears", w.t("Can it tell?"), sortable=False),
    ]
    rows = [
        Row(each.kind, [reading_name(n, each.kind), _word(n, verdict)], {}) for each, verdict in answer.every
    ]
    return Listing(w.t("What can be read from it, and what cannot"), columns, rows)


def _word(n: Names, verdict: Verdict) -> str:
    return n.w.t("✓ yes") if verdict.allowed else n.w.t("✕ no")


def _about(n: Names, answer: Claim) -> list[str]:
    reading = answer.reading
    return [
        *(choice_name(n, "fig", key) for key in reading.indicator_ids),
        *(choice_name(n, "where", code) for code in reading.area_codes),
        *map(str, reading.years),
        *([n.initiative(reading.initiative_id)] if reading.initiative_id else []),
    ]
