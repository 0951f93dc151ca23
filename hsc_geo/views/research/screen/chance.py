"""The choices of what is held against chance."""

from __future__ import annotations

from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import checkbox, segments
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.choices import CONFIRMED, PLACED, RATE, ResearchChoice
from hsc_geo.views.research.screen.controls import ambition_chip, level_chip


def line(n: Names, state: PageState, choice: ResearchChoice) -> None:
    """The line of choices; by ambition there is none to choose, nor a level."""
    by_ambition = choice.per_ambition and choice.funnel != RATE
    rest = [] if by_ambition else [ambition_chip(n, state, choice), level_chip(n, state, choice)]
    chips(n, state, [_funnel(n, state, choice), *rest])


def _funnel(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    w = n.w
    names = {
        RATE: w.t("Initiatives per 1,000 residents"),
        CONFIRMED: w.t("Share confirmed lately"),
        PLACED: w.t("Share with a known place"),
    }

    each = w.t("by ambition")

    def draw() -> None:
        segments(state, "fun", w.t("What is counted"), names)
        if choice.funnel != RATE:
            checkbox(state, "each", w.t("By ambition, not by area"))

    every = f" ({each})" if choice.per_ambition and choice.funnel != RATE else ""
    return Chip("fun", names[choice.funnel] + every, draw, ("fun", "each"))
