"""How access differs with need, in words: told where few places do not decide it, with the range else."""

from __future__ import annotations

import math

from hsc_geo.analysis.inequality import FEW_PLACES, LEAST_PLACES, ToldSlope
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.legend import areas_count


def slope_text(n: Names, told: ToldSlope, level: str) -> str:
    """The difference of access between most and least need, or that it cannot be told and why."""
    w, slope = n.w, told.slope
    values = {
        "areas": areas_count(n, slope.n, level),
        "places": _places(n, told.places),
        "mean": w.number(slope.mean, 3),
        "low": signed(n, told.low, 3),
        "high": signed(n, told.high, 3),
    }
    if not told.told:
        return w.t(
            "Whether access is less or more where need is greater cannot be told: {why}. With each initiative left out "
            "in turn, the difference lies between {low} and {high} initiatives per 1,000 residents, with a mean of "
            "{mean} (slope index of inequality over {areas}, from {places}).",
            why=_why(n, told),
            **values,
        )
    return w.t(
        "Access where need is greatest, less that where it is least: {sii} initiatives per 1,000 residents, {relative} "
        "of the mean of {mean} (slope index of inequality over {areas}, from {places}). With each initiative left out "
        "in turn it lies between {low} and {high}. Below zero: less access where need is greater.",
        sii=signed(n, slope.sii, 3),
        relative=_relative(n, slope.relative),
        **values,
    )


def _why(n: Names, told: ToldSlope) -> str:
    w = n.w
    if told.why_not == FEW_PLACES:
        return w.t(
            "it rests on {places}, and {least} are needed", places=_places(n, told.places), least=LEAST_PLACES
        )
    return w.t("leaving out one initiative turns the answer")


def _relative(n: Names, share: float) -> str:
    return "–" if math.isnan(share) else f"{signed(n, 100 * share)}%"


def _places(n: Names, count: int) -> str:
    return n.w.tn("{n} known place", "{n} known places", count)


def signed(n: Names, value: float, decimals: int = 0) -> str:
    """A number with its sign, + or the minus sign; 0 without."""
    text = n.w.number(abs(value), decimals)
    if text == n.w.number(0, decimals) or math.isnan(value):
        return text
    return f"+{text}" if value > 0 else f"−{text}"
