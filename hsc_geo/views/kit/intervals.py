"""The 95% interval of a figure in words, why there is none, and the rule that tells an area apart from the city."""

from __future__ import annotations

import pandas as pd

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.views.kit.names import Names

DASH = "–"
NO_BREAK = "\u00a0"


def bounds(n: Names, indicator_id: str, lower: float | None, upper: float | None) -> str:
    """`44.1 – 50.6%`; '' without an interval."""
    if pd.isna(lower) or pd.isna(upper):
        return ""
    return n.between(indicator_id, float(lower), float(upper))


def with_bounds(n: Names, found: Figure) -> str:
    """A figure with its interval behind it, where one is published: `47.4% (44.1 – 50.6%)`."""
    return behind(n.figure(found), bounds(n, found.indicator_id, found.lower, found.upper))


def behind(figure: str, interval: str) -> str:
    """A figure in words with its interval in brackets, which no line breaks; without an interval the figure alone."""
    return f"{figure} ({interval.replace(' ', NO_BREAK)})" if interval else figure


def cell(n: Names, indicator_id: str, lower: float | None, upper: float | None) -> str:
    """An interval in a table; that none is published, or that there is none to publish of what is registered."""
    told = bounds(n, indicator_id, lower, upper)
    if told or n.estimated(indicator_id):
        return told or n.w.t("none published")
    return n.w.t("does not apply: registered")


def indistinct_text(n: Names) -> str:
    """What is said of an area whose interval holds the city's value."""
    return n.w.t("not distinguishable from {city}", city=n.area(municipality_code(n.package)))


def rule_text(n: Names) -> str:
    """When an area is told apart from the city, and whose rule that is."""
    return n.w.t(
        "An area is not distinguishable from {city} where the value of {city} lies in its 95% interval, the ends "
        "included. The value of {city} counts as exact, as in Fingertips (Public Health England, 2017).",
        city=n.area(municipality_code(n.package)),
    )


def shown_text(n: Names) -> str:
    """What the numbers in brackets behind a figure are."""
    return n.w.t("In brackets the 95% interval.")
