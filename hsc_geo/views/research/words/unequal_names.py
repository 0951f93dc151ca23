"""What is unequal over what, in words, and its numbers with their unit."""

from __future__ import annotations

import math

from hsc_geo.analysis import unequal as of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.research.answers.unequal import Answer, in_percent
from hsc_geo.views.research.choices import FIGURE, KNOWN, RATE
from hsc_geo.views.wording import counted

DECIMALS = {KNOWN: 1, RATE: 2}


def value_name(n: Names, made: Answer) -> str:
    """The value: the name of the figure, or what is counted by the register."""
    if made.value == FIGURE:
        return n.indicator(made.figure.indicator_id)
    if made.value == KNOWN:
        return n.w.t("Known initiatives")
    if made.value == RATE:
        return n.w.t("Known initiatives per 1,000 residents")
    return n.w.t("Residents within {n} metres of a known place", n=n.w.number(made.distance))


def measure_name(n: Names, made: Answer) -> str:
    """What puts the areas in order, as inside a sentence."""
    return lower_first(n.indicator(made.measure.indicator_id)) if made.measure else n.w.t("the index of need")


def lowest(n: Names, made: Answer) -> str:
    """`where the figure for income is lowest`."""
    if made.measure is None:
        return n.w.t("where need is lowest")
    return n.w.t("where the figure for {measure} is lowest", measure=measure_name(n, made))


def highest(n: Names, made: Answer) -> str:
    """`where it is highest`, after `lowest`."""
    if made.measure is None:
        return n.w.t("where need is highest")
    return n.w.t("where it is highest")


def shown(n: Names, made: Answer, value: float) -> str:
    """A value with its unit."""
    if made.value == FIGURE:
        return n.value(made.figure.indicator_id, value)
    if in_percent(n.package, made):
        return n.w.value(value, "percent", 1)
    return n.w.number(value, DECIMALS[made.value])


def shown_here(n: Names, made: Answer, value: float) -> str:
    """A value of one area: a number of initiatives never as a bare zero."""
    counted_here = made.value in (KNOWN, RATE)
    return counted.number(n, 0) if counted_here and not value else shown(n, made, value)


def gap_text(n: Names, made: Answer, gap: float) -> str:
    """A difference of two values with its unit: of percentages in percentage points."""
    if not in_percent(n.package, made):
        return shown(n, made, gap)
    decimals = n.decimals(made.figure.indicator_id) if made.value == FIGURE else 1
    return n.w.t("{n} percentage points", n=n.w.number(gap, decimals))


def index_name(n: Names, code: str) -> str:
    """An index, as the head of its row."""
    w = n.w
    return {
        of.SLOPE: w.t("Slope index (SII)"),
        of.RELATIVE: w.t("Relative index (RII)"),
        of.CONCENTRATION: w.t("Concentration index"),
        of.WAGSTAFF: w.t("Concentration index between bounds (Wagstaff)"),
        of.ERREYGERS: w.t("Concentration index between bounds (Erreygers)"),
        of.FIFTHS_GAP: w.t("Difference between the outer fifths of residents"),
        of.FIFTHS_RATIO: w.t("Ratio of the outer fifths of residents"),
        of.ENDS_GAP: w.t("Difference between the outer areas"),
        of.ENDS_RATIO: w.t("Ratio of the outer areas"),
    }[code]


def number(n: Names, made: Answer, code: str, value: float) -> str:
    """The number of an index: with its unit where it has one, with its sign where it is no ratio."""
    if code in of.RATIOS:
        return n.w.number(value, 2)
    text = (
        gap_text(n, made, abs(value))
        if code in (of.SLOPE, of.FIFTHS_GAP, of.ENDS_GAP)
        else n.w.number(abs(value), 3)
    )
    if math.isnan(value) or value == 0:
        return text
    return f"+{text}" if value > 0 else f"−{text}"
