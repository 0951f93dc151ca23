"""How many residents live near known places, in words."""

from __future__ import annotations

from hsc_geo.analysis.reach import Reach
from hsc_geo.views.kit.names import Names


def reach_text(n: Names, found: Reach, distance: int) -> str:
    """How many residents live within the distance in metres, or that too few places are known to tell."""
    w, metres = n.w, n.w.number(distance)
    if not found.told:
        return w.t(
            "How many residents live within {n} metres cannot be told: of only {placed} of {total} initiatives the "
            "place is known.",
            n=metres,
            placed=w.number(found.placed),
            total=w.number(found.total),
        )
    low, high = (w.value(100 * found.city[key], "percent", 0) for key in ("share", "upper_share"))
    return w.t(
        "At least {low} and at most {high} of the residents live within {n} metres of what is known.",
        low=low,
        high=high,
        n=metres,
    )


def small_counts_text(n: Names) -> str:
    """That small numbers of residents are not shown."""
    return n.w.t(
        "Numbers of residents under {n} are not shown, nor a second one from which they could be computed.",
        n=n.w.number(n.small_counts),
    )
