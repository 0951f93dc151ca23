"""What is held against chance, in words, and its numbers with their unit."""

from __future__ import annotations

from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.chance import Chance
from hsc_geo.views.research.choices import CONFIRMED, RATE
from hsc_geo.views.research.words.page import level_name
from hsc_geo.views.wording.area import row_name


def title(n: Names, found: Chance) -> str:
    """What is counted."""
    w = n.w
    if found.what == RATE:
        return w.t("Known initiatives per 1,000 residents")
    if found.what == CONFIRMED:
        return w.t("Share of the initiatives confirmed within {n} months", n=found.months)
    return w.t("Share of the initiatives with a known place")


def unit_name(n: Names, found: Chance) -> str:
    """What a row is."""
    return n.w.t("Ambition") if found.per_ambition else level_name(n, found.level)


def row_label(n: Names, found: Chance, code: str) -> str:
    """The name of a row."""
    return f"{n.term('ambition', code)} ({code})" if found.per_ambition else row_name(n, code, found.level)


def shown(n: Names, found: Chance, value: float) -> str:
    """A value with its unit."""
    return n.w.number(value, 2) if found.what == RATE else n.w.value(value, "percent", 0)
