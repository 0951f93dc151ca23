"""The choices of the coverage page: its parameters in the address, and what the address chooses, read once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from hsc_geo.analysis.access import METHODS
from hsc_geo.analysis.explore import LEVELS, facet_index
from hsc_geo.analysis.figures import offer, published_years
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.guard import EFFECT, KINDS, Reading
from hsc_geo.analysis.matrix import COUNTED, SPANS, Basis
from hsc_geo.analysis.need import Ingredient, common_ages, common_years, default_ingredients, figures_of_need
from hsc_geo.analysis.own_area import OWN
from hsc_geo.analysis.reach import LONGEST, people_of
from hsc_geo.analysis.serving import NEIGHBOURHOOD, WIDE_SCOPES
from hsc_geo.analysis.transfer import focus_initiatives
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.wording.counts import SPLITS

SPAN_CODES = tuple(map(str, SPANS))
DISTANCES = ("300", "500", "800", "1200")
KNOWN, NEAR, NEED, NEXT, ELSEWHERE, BEAR = PARTS = ("known", "near", "need", "next", "elsewhere", "bear")
FACTORS = ("1.5", "2", "3", "5")
PLACES = ("1", "2", "3", "4", "5")
HEAVIEST = 5  # the largest weight of a figure in the index of need
TURNED = "r"  # behind a weight: the figure counts the other way round
BOTH, INDEX, HERE, SHARE, ACCESS = SHOWN = ("both", "need", "known", "share", "access")


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default."""
    return (
        Param("part", PARTS[0], frozenset(PARTS)),
        Param("conf", "", frozenset(SPAN_CODES)),
        Param("count", COUNTED[0], frozenset(COUNTED)),
        Param("level", LEVELS[0], frozenset(LEVELS)),
        *_of_tables(package),
        *_of_near(package),
        *_of_need(package),
        *_of_change(package),
        *_of_claim(package),
    )


def _of_tables(package: Package) -> tuple[Param, ...]:
    ambitions = frozenset(facet_index(package).options["ambition"])
    columns = {"name", "all", "need", "sure", "number", "share", "verdict"}
    return (
        Param("split", SPLITS[0], frozenset(SPLITS)),
        Param("wide", "", frozenset({"1"})),
        Param("area", "", _codes(package, (*LEVELS, OWN)) | {*WIDE_SCOPES, municipality_code(package)}),
        Param("amb", "", ambitions),
        Param("sel", "", _initiatives(package)),
        Param("sort", "", ambitions | columns),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", PAGE_NUMBERS),
        Param("lpage", "1", PAGE_NUMBERS),
    )


def _of_near(package: Package) -> tuple[Param, ...]:
    options = facet_index(package).options
    return (
        Param("dist", "500", frozenset(map(str, range(LONGEST + 1)))),
        Param("ramb", "", frozenset(options["ambition"])),
        Param("rlife", "", frozenset(options["life_stage"])),
        Param("fca", METHODS[0], frozenset(METHODS)),
        Param("band", "2", frozenset(FACTORS)),
    )


def _of_need(package: Package) -> tuple[Param, ...]:
    return (
        Param("show", SHOWN[0], frozenset(SHOWN)),
        Param("need", "", need_codes(figures_of_need(package)), many=True),
        Param("nyear", "", _years(package)),
        Param("nage", "", frozenset(map(str, package.observations["age_group"].unique()))),
    )


def _of_change(package: Package) -> tuple[Param, ...]:
    return (
        Param("places", "1", frozenset(PLACES)),
        Param("focus", "", frozenset({"1"})),
        Param("add", "", _codes(package, (NEIGHBOURHOOD,)), many=True),
        Param("at", "", None, many=True),
        Param("less", "", _initiatives(package), many=True),
        Param("like", "", frozenset(focus_initiatives(package))),
    )


def _of_claim(package: Package) -> tuple[Param, ...]:
    return (
        Param("claim", KINDS[0], frozenset(KINDS)),
        Param("fig", "", frozenset(map(str, package.indicators.index)), many=True),
        Param("where", "", frozenset(map(str, package.areas.index)), many=True),
        Param("yr", "", _years(package), many=True),
    )


def _codes(package: Package, levels: Iterable[str]) -> frozenset[str]:
    return frozenset(map(str, package.areas.index[package.areas["level"].isin(list(levels))]))


def _initiatives(package: Package) -> frozenset[str]:
    return frozenset(map(str, package.initiatives.index))


def _years(package: Package) -> frozenset[str]:
    return frozenset(map(str, published_years(package)))


def need_codes(figures: tuple[str, ...]) -> frozenset[str]:
    """`figure~weight`, with TURNED behind it when it counts the other way round."""
    return frozenset(
        f"{key}~{weight}{turn}" for key in figures for weight in range(HEAVIEST + 1) for turn in ("", TURNED)
    )


@dataclass(frozen=True)
class Sharing:
    """How access is computed where places are shared: the method, and how many times less or more a capacity that is
    not known can be."""

    method: str = METHODS[0]
    factor: float = 2.0


@dataclass(frozen=True)
class Tried:
    """A change that is tried out: neighbourhoods in whose middle a place comes, points (latitude, longitude in WGS84,
    as text, not checked) where one comes, and initiatives that are taken away."""

    added: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @property
    def any(self) -> bool:
        """Whether the address holds a change."""
        return bool(self.added or self.points or self.removed)


@dataclass(frozen=True)
class CoverageChoice:
    """What the address of the coverage page chooses, as page and paper compute it.

    basis: who counts. beside: what is there for the whole city stands beside each number. distance: metres. ambition,
    life_stage: of those near ('' for all). ingredients: the figures of the index of need (none: those that fit the
    ambition). area, cell: the row whose list is open, and the ambition of its cell ('' for any). year, age: asked of
    these figures, whether they have it or not ('' for none). places: how many new ones; focus: all in a focus district.
    like: the one initiative of a focus district ('' for all). claim: a reading of figures, as asked: without figures it
    is of the one that a page opens with.
    """

    basis: Basis = field(default_factory=Basis)
    level: str = LEVELS[0]
    beside: bool = False
    distance: int = 500
    ambition: str = ""
    life_stage: str = ""
    ingredients: tuple[Ingredient, ...] = ()
    part: str = KNOWN
    area: str = ""
    cell: str = ""
    split: str = SPLITS[0]
    sharing: Sharing = Sharing()
    show: str = BOTH
    year: str = ""
    age: str = ""
    places: int = 1
    focus: bool = False
    tried: Tried = Tried()
    like: str = ""
    claim: Reading = field(default=Reading(KINDS[0], ()))

    @property
    def people(self) -> str:
        """Which residents: the population column of areas.csv in which the life stage lies."""
        return people_of(self.life_stage)


def coverage_choice(n: Names, state: PageState) -> CoverageChoice:
    """What the address chooses, as of the day of the visit."""
    return CoverageChoice(
        basis=Basis(state["count"], state.number("conf") if state["conf"] else None, n.today),
        level=state["level"],
        beside=state.on("wide"),
        distance=state.number("dist"),
        ambition=state["ramb"],
        life_stage=state["rlife"],
        ingredients=ingredients(n.package, state),
        part=state["part"],
        area=state["area"],
        cell=state["amb"],
        split=state["split"],
        sharing=Sharing(state["fca"], float(state["band"])),
        show=state["show"],
        year=state["nyear"],
        age=state["nage"],
        places=state.number("places"),
        focus=state.on("focus"),
        tried=Tried(tuple(state.many("add")), tuple(state.many("at")), tuple(state.many("less"))),
        like=state["like"],
        claim=_claim(state),
    )


def _claim(state: PageState) -> Reading:
    years = tuple(sorted(map(int, state.many("yr"))))
    initiative = state["sel"] if state["claim"] == EFFECT else ""
    return Reading(state["claim"], tuple(state.many("fig")), tuple(state.many("where")), years, initiative)


def ingredients(package: Package, state: PageState) -> tuple[Ingredient, ...]:
    """What the address composes; where it names no figure, those that fit the ambition that is chosen."""
    chosen = [_parse(package, code) for code in state.many("need")]
    chosen = chosen or list(default_ingredients(package, state["ramb"]))
    keys = [each.indicator_id for each in chosen]
    year = common_year(package, keys, state["nyear"])
    age = state["nage"] if state["nage"] in common_ages(package, keys, year) else ""
    return tuple(
        Ingredient(
            each.indicator_id, each.weight, year or each.year, age or each.age_group, each.high_is_need
        )
        for each in {each.indicator_id: each for each in chosen}.values()
    )


def common_year(package: Package, keys: list[str], asked: str) -> int | None:
    """The year that is asked, where all of the figures have it."""
    return int(asked) if asked and int(asked) in common_years(package, keys) else None


def _parse(package: Package, code: str) -> Ingredient:
    key, _, rest = code.rpartition("~")
    high_bad = str(package.indicators.at[key, "direction"]) == "high_bad"
    ages = {age for group in offer(package, key).ages.values() for age in group}
    turned = rest.endswith(TURNED)
    age = "18plus" if "18plus" in ages else ""
    return Ingredient(key, float(rest.removesuffix(TURNED)), None, age, high_bad != turned)


def code_of(package: Package, each: Ingredient) -> str:
    """How an ingredient stands in the address."""
    high_bad = str(package.indicators.at[each.indicator_id, "direction"]) == "high_bad"
    turned = each.high_is_need is not None and each.high_is_need != high_bad
    return f"{each.indicator_id}~{round(each.weight)}{TURNED if turned else ''}"
