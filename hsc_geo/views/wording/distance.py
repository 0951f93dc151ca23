"""How far a figure of an area is from that of the city or the country: an arrow with words.

One whose 95% interval holds the other value is not distinguishable from it, and no distance is told.
"""

from __future__ import annotations

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.yardstick import Yardstick, yardstick
from hsc_geo.views.kit.names import Names

UP, DOWN, LEVEL = "↑", "↓", "≈"


def distance_text(n: Names, own: Figure, other: Figure) -> str:
    """`↑ 5.4 percentage points above Leiden: less favourable`; '' where one of the two has no value."""
    if own.value is None or other.value is None:
        return ""
    held = yardstick(n.package, own.indicator_id, other.value)
    level = held.same(own.value) or held.indistinct(own.lower, own.upper)
    sign = LEVEL if level else UP if held.gap(own.value) > 0 else DOWN
    return f"{sign} {distance_words(n, own, other)}"


def distance_words(n: Names, own: Figure, other: Figure) -> str:
    """The same without its sign, which not every letter of a paper has."""
    if own.value is None or other.value is None:
        return ""
    w, place, held = n.w, n.area(other.area_code), yardstick(n.package, own.indicator_id, other.value)
    if held.indistinct(own.lower, own.upper):
        return w.t("not distinguishable from {city}", city=place)
    if held.same(own.value):
        return w.t("about the same as {area}", area=place)
    gap, favourable = held.gap(own.value), held.favourable(own.value)
    size = _size(n, own.indicator_id, held, abs(gap))
    above, below = (
        w.t("{size} above {area}", size=size, area=place),
        w.t("{size} below {area}", size=size, area=place),
    )
    said = above if gap > 0 else below
    if favourable is None:
        return said
    return f"{said}: {w.t('more favourable') if favourable else w.t('less favourable')}"


def _size(n: Names, indicator_id: str, held: Yardstick, gap: float) -> str:
    if not held.points:
        return n.value(indicator_id, gap)
    return n.w.t("{n} percentage points", n=n.bare(indicator_id, gap))
