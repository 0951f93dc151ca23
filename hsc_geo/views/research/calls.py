"""The tables of an answer as calls of the library, from the choice of the page."""

from __future__ import annotations

from hsc_geo.views.kit.call import Call, as_of, hiding, only, speaking
from hsc_geo.views.kit.names import MONTHS, Names
from hsc_geo.views.research.choices import (
    CHANCE,
    EXPLORE,
    OWN,
    PATTERN,
    SPREAD,
    TOGETHER,
    UNEQUAL,
    ResearchChoice,
)
from hsc_geo.views.research.choices_explore import RESIDENTS

PAGE = "research"
_FILTERS = ("facets", "text", "ended", "within")
_CROSSED = ("rows", "columns", *_FILTERS)
# Part -> the fields of the choice that its answer follows.
FIELDS = {
    SPREAD: ("level", "figure", "scheme", "k", "breaks"),
    TOGETHER: ("level", "figure", "other", "ambition"),
    UNEQUAL: ("level", "figure", "other", "ambition", "value", "distance", "by_need"),
    PATTERN: ("level", "figure"),
    CHANCE: ("level", "ambition", "funnel", "per_ambition"),
}


def calls(n: Names, choice: ResearchChoice) -> list[Call]:
    """The rows of the part that is chosen, and the tables that its file holds beside these."""
    if choice.part == EXPLORE:
        return _explored(n, choice)
    if choice.part == OWN:
        return [Call(PAGE, "own", arguments=speaking(n)), Call(PAGE, "neighbourhoods")]
    asked, hidden = only(choice, FIELDS[choice.part]), hiding(n)
    months = {"months": n.months} if n.months != MONTHS else {}
    return {
        SPREAD: [Call(PAGE, verb, asked, hidden) for verb in ("spread", "classes", "over_years")],
        TOGETHER: [Call(PAGE, "together", asked)],
        UNEQUAL: [Call(PAGE, verb, asked, hidden) for verb in ("unequal", "unequal_areas")],
        PATTERN: [Call(PAGE, "pattern", asked)],
        CHANCE: [Call(PAGE, "chance", asked, {**as_of(n), **speaking(n), **months})],
    }[choice.part]


def _explored(n: Names, choice: ResearchChoice) -> list[Call]:
    asked = choice.explored
    if asked.counted == RESIDENTS:
        near = only(asked, (*_FILTERS, "distance"))
        return [Call(PAGE, "residents_near", near, {**as_of(n), **hiding(n)})]
    return [
        Call(PAGE, "crosstab", only(asked, _CROSSED), {**as_of(n), **speaking(n)}),
        Call(PAGE, "behind", only(asked, (*_CROSSED, "cell")), as_of(n)),
    ]
