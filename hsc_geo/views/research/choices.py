"""What the address of the page of research says, and what was chosen by it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from hsc_geo.analysis import explore
from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.figures import REGISTER_INDICATOR, listed, offer, preferred
from hsc_geo.analysis.need import FIGURES_OF_AMBITION
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param

SPREAD = "spread"
PARTS = (SPREAD,)  # in the order of the tabs; the first is open where nobody chose
FIRST, SECOND = (
    "smoking",
    "income_per_resident",
)  # concepts: what the page opens with, where the package has them
FIGURE_KEYS, OTHER_KEYS = ("ind", "year", "age"), ("by", "byear", "bage")


@dataclass(frozen=True)
class Moment:
    """A figure of one year and age group; indicator_id is '' where the package has none."""

    indicator_id: str
    year: int | None = None
    age_group: str = ""


@dataclass(frozen=True)
class ResearchChoice:
    """The choices of the page. level: of the areas. figure: the one that is asked; other: the one that it is held
    against. ambition: of which initiatives count, '' for all. changed: (choice, what was taken instead) where one could
    not be met, as in `explore.View`. sort, descending, page: of the table."""

    part: str
    level: str
    figure: Moment
    other: Moment
    ambition: str = ""
    changed: tuple[tuple[str, str], ...] = ()
    sort: str = ""
    descending: bool = False
    page: int = 1


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default."""
    ambitions = package.vocabularies.loc[package.vocabularies["vocabulary"] == "ambition", "code"]
    figures = frozenset(explore.shown_indicators(package)) - {REGISTER_INDICATOR}
    years = frozenset(str(year) for key in figures for year in offer(package, key).years)
    ages = frozenset(map(str, package.observations["age_group"].unique()))
    return (
        Param("part", PARTS[0], frozenset(PARTS)),
        Param("level", NEIGHBOURHOOD, frozenset(LEVELS)),
        Param("ind", "", figures),
        Param("year", "", years),
        Param("age", "", ages),
        Param("by", "", figures),
        Param("byear", "", years),
        Param("bage", "", ages),
        Param("amb", "", frozenset(map(str, ambitions))),
        Param("sort", limit=40),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", PAGE_NUMBERS),
    )


def choice(package: Package, state: PageState) -> ResearchChoice:
    """The choices as they are in the state, whose parameters are `parameters`."""
    ambition, level = state["amb"], state["level"]
    first = state["ind"] or usual_figure(package, level, ambition)
    second = state["by"] or _usual(package, SECOND, level)
    figure, changed = settled(package, Moment(first, _year(state["year"]), state["age"]), level)
    other, _ = settled(package, Moment(second, _year(state["byear"]), state["bage"]), level)
    return ResearchChoice(
        part=state["part"],
        level=level,
        figure=figure,
        other=other,
        ambition=ambition,
        changed=changed,
        sort=state["sort"],
        descending=state.on("desc"),
        page=state.number("page"),
    )


def settled(package: Package, asked: Moment, level: str) -> tuple[Moment, tuple[tuple[str, str], ...]]:
    """A figure as it can be met at the level (its newest year, its widest age group where they are not chosen), and
    what was taken instead of what was asked; without an indicator where it has nothing at this level."""
    if not asked.indicator_id:
        return asked, ()
    wanted = explore.Choice(asked.indicator_id, asked.year, asked.age_group, level)
    found, changed = explore.settle(package, wanted)
    if found.level != level or not found.indicator:
        return replace(asked, indicator_id="", year=None, age_group=""), (("indicator", asked.indicator_id),)
    return Moment(found.indicator, found.year, found.age_group), changed


def usual_figure(package: Package, level: str, ambition: str) -> str:
    """The figure that is asked where nobody chose one: the first that fits the ambition, else that of FIRST."""
    fitting = (_preferred(package, concept, level) for concept in FIGURES_OF_AMBITION.get(ambition, ()))
    return next(filter(None, fitting), "") or _usual(package, FIRST, level)


def _usual(package: Package, concept: str, level: str) -> str:
    offered = listed(package, (level,))
    return _preferred(package, concept, level) or next(iter(offered), "")


def _preferred(package: Package, concept: str, level: str) -> str:
    return preferred(package, concept, level) or ""


def _year(text: str) -> int | None:
    return int(text) if text else None
