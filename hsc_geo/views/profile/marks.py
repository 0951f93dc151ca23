"""The marks of a profile: they differ in shape as well as in colour, and the colours are told apart with any colour
vision, on white and on dark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from hsc_geo.analysis.profile import DIFFERENT, FAVOURABLE, INDISTINCT, SAME, UNFAVOURABLE
from hsc_geo.views.kit.html import items, markup


@dataclass(frozen=True)
class Mark:
    """A mark: its colour, the sign that stands for it on a scale and in a legend, and plotly's symbol and size."""

    symbol: str
    size: int
    colour: str
    sign: str


GREY = "#7d8894"
BY_VERDICT = {
    FAVOURABLE: Mark("circle", 14, "#0072B2", "●"),
    UNFAVOURABLE: Mark("diamond", 15, "#D55E00", "◆"),
    SAME: Mark("square", 13, GREY, "■"),
    DIFFERENT: Mark("square", 13, GREY, "■"),
    INDISTINCT: Mark("square-open", 13, GREY, "□"),
}
BY_AREA = (
    Mark("circle", 14, "#0072B2", "●"),
    Mark("diamond", 15, "#D55E00", "◆"),
    Mark("square", 13, "#009E73", "■"),
    Mark("triangle-up", 15, "#CC79A7", "▲"),
)
CITY = Mark("line-ns-open", 20, GREY, "|")
BAND = Mark("", 14, GREY, "▬")  # a stretch of the scale, no mark: about the same as the city
COUNTRY = Mark("x-thin-open", 11, GREY, "×")


def legend(pairs: Sequence[tuple[Mark, str]]) -> Markup:
    """Signs with their names."""
    entry = '<span aria-hidden="true" style="color:{};font-weight:700">{}</span> {}'
    return items((markup(entry, mark.colour, mark.sign, text) for mark, text in pairs), "hsc-legend")
