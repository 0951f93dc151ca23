"""What the address of the page of research says, and what was chosen by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from hsc_geo.analysis import explore
from hsc_geo.analysis.classify import CITY, K_RANGE
from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.figures import REGISTER_INDICATOR, concept_of, listed, offer
from hsc_geo.analysis.map_classes import OFFERED, USUAL
from hsc_geo.analysis.measures import covering
from hsc_geo.analysis.need import ADULTS
from hsc_geo.analysis.own_breaks import LONGEST
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.research.choices_explore import Explored, explored, explored_parameters

EXPLORE, SPREAD, TOGETHER = "explore", "spread", "together"
UNEQUAL, PATTERN, CHANCE = "unequal", "pattern", "chance"
OWN = "own"
# In the order of the tabs; the first is open where nobody chose.
PARTS = (EXPLORE, SPREAD, TOGETHER, UNEQUAL, PATTERN, CHANCE, OWN)
FIRST, SECOND = (
    "smoking",
    "income_per_resident",
)  # concepts: what the page opens with, where the package has them
# What is held against the measure: a figure, initiatives known (a number, or per 1,000 residents), who lives near one.
FIGURE, KNOWN, RATE, REACH = VALUES = ("figure", "known", "rate", "reach")
CONFIRMED, PLACED = "confirmed", "placed"
FUNNELS = (
    RATE,
    CONFIRMED,
    PLACED,
)  # what may be more than chance: a rate of residents, or a share of the initiatives
DISTANCES = ("300", "500", "800", "1200")  # metres
FIGURE_KEYS, OTHER_KEYS = ("ind", "year", "age"), ("by", "byear", "bage")
CLASS_KEYS = ("classes", "k", "breaks")


@dataclass(frozen=True)
class Moment:
    """A figure of one year and age group; indicator_id is '' where the package has none."""

    indicator_id: str = ""
    year: int | None = None
    age_group: str = ""


@dataclass(frozen=True)
class ResearchChoice:
    """The choices of the page. level: of the areas. figure: the one that is asked; other: the one that it is held
    against. ambition: of which initiatives count, '' for all. changed: (choice, what was taken instead) where one could
    not be met, as in `explore.View`. value: one of VALUES, what may be unequal; by_need: in order of the index of need,
    where the value is no figure; distance: metres, of REACH. funnel: one of FUNNELS; per_ambition: a share by ambition
    and not by area. scheme, k, breaks: of the classes of a map, as in `explore.Choice`. sort, descending, page: of the
    table. explored: the choices of tables of initiatives by two facets."""

    part: str = PARTS[0]
    level: str = NEIGHBOURHOOD
    figure: Moment = Moment()
    other: Moment = Moment()
    ambition: str = ""
    value: str = FIGURE
    distance: int = 500
    by_need: bool = False
    funnel: str = RATE
    per_ambition: bool = False
    changed: tuple[tuple[str, str], ...] = ()
    scheme: str = CITY
    k: int = USUAL
    breaks: str = ""
    sort: str = ""
    descending: bool = False
    page: int = 1
    explored: Explored = field(default_factory=Explored)


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
        Param("classes", OFFERED[0], frozenset(OFFERED)),
        Param("k", str(USUAL), frozenset(map(str, K_RANGE))),
        Param("breaks", limit=LONGEST),
        Param("val", FIGURE, frozenset(VALUES)),
        Param("dist", "500", frozenset(DISTANCES)),
        Param("need", "", frozenset({"1"})),
        Param("fun", RATE, frozenset(FUNNELS)),
        Param("each", "", frozenset({"1"})),
        Param("sort", limit=40),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", PAGE_NUMBERS),
        *explored_parameters(package),
    )


def choice(package: Package, state: PageState) -> ResearchChoice:
    """The choices as they are in the state, whose parameters are `parameters`."""
    ambition, level = state["amb"], state["level"]
    figure, changed = settled(
        package, _asked(state, FIGURE_KEYS, usual_figure(package, level, ambition)), level
    )
    beside = usual_other(package, level, figure.indicator_id)
    other, _ = settled(package, _asked(state, OTHER_KEYS, beside), level)
    return ResearchChoice(
        part=state["part"],
        level=level,
        figure=figure,
        other=other,
        ambition=ambition,
        value=state["val"],
        distance=state.number("dist"),
        by_need=state.on("need"),
        funnel=state["fun"],
        per_ambition=state.on("each"),
        changed=changed,
        scheme=state["classes"],
        k=state.number("k"),
        breaks=state["breaks"],
        sort=state["sort"],
        descending=state.on("desc"),
        page=state.number("page"),
        explored=explored(state),
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


def usual_figure(package: Package, level: str, ambition: str) -> Moment:
    """The figure that is asked where nobody chose one: the first that fits the ambition, else that of FIRST."""
    return _usual(package, level, (*municipality_of(package).figures.get(ambition, ()), FIRST))


def usual_other(package: Package, level: str, first: str) -> Moment:
    """What a figure is held against where nobody chose: that of SECOND, and beside that one the figure of FIRST."""
    taken = concept_of(package, first) if first else ""
    return _usual(package, level, tuple(each for each in (SECOND, FIRST) if each != taken))


def _usual(package: Package, level: str, concepts: Iterable[str]) -> Moment:
    """The first of them that the package has at the level, of a table and year that most of the areas have."""
    found = next(filter(None, (covering(package, each, level, ADULTS) for each in concepts)), None)
    if found:
        return Moment(found.indicator_id, found.year, found.age_group)
    return Moment(next(iter(listed(package, (level,))), ""))


def _asked(state: PageState, keys: tuple[str, str, str], usual: Moment) -> Moment:
    """The figure of three choices; what is usual where none is chosen, with the year and age that are."""
    key, year, age = (state[each] for each in keys)
    if key:
        return Moment(key, _year(year), age)
    return Moment(usual.indicator_id, _year(year) or usual.year, age or usual.age_group)


def _year(text: str) -> int | None:
    return int(text) if text else None
