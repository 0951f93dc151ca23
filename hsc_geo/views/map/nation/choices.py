"""The choices of the map of the whole country as parameters of the address of the map page."""

from __future__ import annotations

from hsc_geo.analysis.explore import Choice
from hsc_geo.analysis.nation_areas import SORTS
from hsc_geo.data.nation.reading import LEVELS
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.map.choices import NO_FIGURE

NATION, AREA, WITHIN, SORT, DESCENDING, PAGE = (
    "nation",
    "narea",
    "nof",
    "nsort",
    "ndesc",
    "npage",
)
PANEL = (AREA, "tab")
TABLE = (WITHIN, SORT, DESCENDING, PAGE)
_CODE = 12  # letters of the longest code of an area

# What the page of the map can be asked beside its own choices, where there is a nation. A code of an area is checked
# against the nation, which only this map loads.
PARAMETERS = (
    Param(NATION, "", frozenset(LEVELS)),
    Param(AREA, limit=_CODE),
    Param(WITHIN, limit=_CODE),
    Param(SORT, "", frozenset(SORTS)),
    Param(DESCENDING, "", frozenset({"1"})),
    Param(PAGE, "1", PAGE_NUMBERS),
)


def choice(state: PageState) -> Choice:
    """The analysis's choice for the state of the page: the figure and its classes as on the map of the municipality."""
    indicator = state["ind"]
    return Choice(
        indicator="" if indicator == NO_FIGURE else indicator,
        year=state.number("year") if state["year"] else None,
        age_group=state["age"],
        level=state[NATION],
        scheme=state["classes"],
        k=state.number("k"),
        breaks=state["breaks"],
    )


def enter(state: PageState) -> None:
    """To the map of the country."""
    state.clear((*TABLE, *PANEL))
    state.set(NATION, LEVELS[0])
