"""The choices of the spatial pattern of a figure."""

from __future__ import annotations

from hsc_geo.views.kit.chips import chips
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.screen.controls import first_figure, level_chip


def line(n: Names, state: PageState, choice: ResearchChoice) -> None:
    """The line of choices."""
    chips(n, state, [first_figure(n, state, choice), level_chip(n, state, choice)])
