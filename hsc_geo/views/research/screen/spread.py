"""The choices of one figure over areas."""

from __future__ import annotations

from hsc_geo.views.kit import class_choice
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.research.answers.spread import view_of
from hsc_geo.views.research.choices import CLASS_KEYS, ResearchChoice
from hsc_geo.views.research.screen.controls import first_figure, level_chip


def line(n: Names, state: PageState, choice: ResearchChoice) -> None:
    """The line of choices."""
    chips(
        n,
        state,
        [first_figure(n, state, choice), level_chip(n, state, choice), classes_chip(n, state, choice)],
    )


def classes_chip(n: Names, state: PageState, choice: ResearchChoice) -> Chip:
    """The chip of the classes of the map."""
    text = n.w.t("Classes: {way}", way=class_choice.names(n)[choice.scheme])

    def draw() -> None:
        view = view_of(n.package, choice)
        class_choice.draw(
            n, state, class_choice.Drawn(view.choice.indicator, view.table["value"], view.classes)
        )

    return Chip("classes", text, draw, CLASS_KEYS)
