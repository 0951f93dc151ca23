"""The choices of two figures over areas."""

from __future__ import annotations

from hsc_geo.views.kit.chips import chips
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.screen.controls import ambition_chip, first_figure, level_chip, other_figure


def line(n: Names, state: PageState, choice: ResearchChoice) -> None:
    """The line of choices."""
    chosen = (first_figure, other_figure, level_chip, ambition_chip)
    chips(n, state, [chip(n, state, choice) for chip in chosen])
