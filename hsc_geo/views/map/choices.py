"""The choices of the map page as parameters of its address, and from them the choice that the analysis takes."""

from __future__ import annotations

import datetime as dt

from hsc_geo.analysis.classify import K_RANGE
from hsc_geo.analysis.explore import LEVELS, Choice, default_indicator, facet_index, shown_indicators
from hsc_geo.analysis.facets import FACETS
from hsc_geo.analysis.figures import published_years
from hsc_geo.analysis.map_classes import OFFERED
from hsc_geo.analysis.own_breaks import LONGEST
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.wording.facets import PARAMETERS

NO_FIGURE = "none"
KEYS = PARAMETERS
TEXT, ENDED = "q", "ended"
FILTER_KEYS = (*KEYS.values(), TEXT, ENDED)
FIGURE_KEYS = ("ind", "year", "age", "classes", "k", "breaks")
AREA, INITIATIVES, EXPLAIN = TABS = ("area", "initiatives", "explain")  # of the panel
PANEL_KEYS = ("sel", "tab", "ppage")
TABLES = ("areas", "initiatives", "citywide")
_OF_AREAS = ("name", "in", "value", "people", "known", "only")
_OF_INITIATIVES = ("organisation", "for", "ambition", "serves", "status", "year")
SORTS = frozenset((*_OF_AREAS, *_OF_INITIATIVES))


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the map page, with its valid codes and its default."""
    index = facet_index(package)
    years = map(str, published_years(package))
    ages = {str(age) for age in package.observations["age_group"].unique()}
    here = package.areas["level"].isin(["municipality", *LEVELS])
    selectable = {str(code) for code in package.areas.index[here]} | set(index.ids)
    return (
        Param("ind", default_indicator(package), frozenset([*shown_indicators(package), NO_FIGURE])),
        Param("year", "", frozenset(years)),
        Param("age", "", frozenset(ages)),
        Param("level", LEVELS[0], frozenset(LEVELS)),
        Param("classes", OFFERED[0], frozenset(OFFERED)),
        Param("k", "5", frozenset(map(str, K_RANGE))),
        Param("breaks", limit=LONGEST),
        *(Param(KEYS[facet], "", frozenset(index.options[facet]), many=True) for facet in FACETS),
        Param(TEXT),
        Param(ENDED, "", frozenset({"1"})),
        Param("sel", "", frozenset(selectable)),
        Param("tab", "", frozenset(TABS)),
        Param("ppage", "1", PAGE_NUMBERS),
        Param("table", TABLES[0], frozenset(TABLES)),
        Param("sort", "", SORTS),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", PAGE_NUMBERS),
    )


def choice(state: PageState, as_of: dt.date | None = None) -> Choice:
    """The analysis's choice for the state of the page, on a day."""
    indicator = state["ind"]
    return Choice(
        indicator="" if indicator == NO_FIGURE else indicator,
        year=state.number("year") if state["year"] else None,
        age_group=state["age"],
        level=state["level"],
        scheme=state["classes"],
        k=state.number("k"),
        facets={facet: state.many(key) for facet, key in KEYS.items()},
        text=state[TEXT],
        ended=state.on(ENDED),
        as_of=as_of,
        breaks=state["breaks"],
    )
