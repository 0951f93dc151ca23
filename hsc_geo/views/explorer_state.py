"""The choices of the map page as parameters of its address, and from them the choice that the analysis takes."""

from __future__ import annotations

from functools import lru_cache

from hsc_geo.analysis.classify import K_RANGE, SCHEMES
from hsc_geo.analysis.explore import LEVELS, Choice, facet_index
from hsc_geo.analysis.facets import FACETS
from hsc_geo.analysis.figures import REGISTER_INDICATOR, core_indicators, offer
from hsc_geo.data.load import Package
from hsc_geo.views.state import PageState, Param

NO_FIGURE = "none"
KEYS = {
    "ambition": "amb",
    "theme": "theme",
    "life_stage": "life",
    "sector": "sector",
    "activity": "act",
    "status": "status",
    "year": "evyear",
    "evidence": "evidence",
    "ladder": "ladder",
    "district": "district",
}
TEXT = "q"
FILTER_KEYS = [*KEYS.values(), TEXT]
TABLES = ("areas", "initiatives", "citywide")
SORTS = frozenset(
    ("name", "in", "value", "people", "known", "only", "organisation", "ambition", "serves", "status", "year")
)


@lru_cache(maxsize=4)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the map page, with its valid codes and its default."""
    index = facet_index(package)
    years = {str(year) for key in package.indicators.index for year in offer(package, key).years}
    ages = {str(age) for age in package.observations["age_group"].unique()}
    here = package.areas["level"].isin(["municipality", *LEVELS])
    selectable = {str(code) for code in package.areas.index[here]} | set(index.ids)
    return (
        Param("ind", default_indicator(package), frozenset([*shown_indicators(package), NO_FIGURE])),
        Param("year", "", frozenset(years)),
        Param("age", "", frozenset(ages)),
        Param("level", LEVELS[0], frozenset(LEVELS)),
        Param("classes", SCHEMES[0], frozenset(SCHEMES)),
        Param("k", "5", frozenset(map(str, K_RANGE))),
        *(Param(KEYS[facet], "", frozenset(index.options[facet]), many=True) for facet in FACETS),
        Param(TEXT),
        Param("sel", "", frozenset(selectable)),
        Param("ppage", "1", frozenset(map(str, range(1, 2000)))),
        Param("table", TABLES[0], frozenset(TABLES)),
        Param("sort", "", SORTS),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", frozenset(map(str, range(1, 2000)))),
    )


def choice(state: PageState) -> Choice:
    """The analysis's choice for the state of the page."""
    indicator = state["ind"]
    return Choice(
        indicator="" if indicator == NO_FIGURE else indicator,
        year=int(state["year"]) if state["year"] else None,
        age_group=state["age"],
        level=state["level"],
        scheme=state["classes"],
        k=int(state["k"]),
        facets={facet: state.many(key) for facet, key in KEYS.items()},
        text=state[TEXT],
    )


@lru_cache(maxsize=4)
def shown_indicators(package: Package) -> tuple[str, ...]:
    """Indicators with values for districts or neighbourhoods: the core ones, then by theme; the register's own last."""
    core = core_indicators(package)
    fit = [key for key in package.indicators.index if set(offer(package, key).levels) & set(LEVELS)]
    rest = sorted(
        (key for key in fit if key not in core), key=lambda key: str(package.indicators.at[key, "theme"])
    )
    return (*[key for key in core if key in fit], *rest, REGISTER_INDICATOR)


def default_indicator(package: Package) -> str:
    """The indicator that the map opens with."""
    return shown_indicators(package)[0]
