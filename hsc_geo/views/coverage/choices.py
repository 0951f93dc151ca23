"""The choices of the coverage page: its parameters in the address, and the controls that several parts share."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from hsc_geo.analysis.access import METHODS
from hsc_geo.analysis.explore import LEVELS, default_indicator, facet_index
from hsc_geo.analysis.figures import offer
from hsc_geo.analysis.guard import EFFECT, KINDS, Reading
from hsc_geo.analysis.matrix import COUNTED, SPANS, Basis
from hsc_geo.analysis.need import Ingredient, common_ages, common_years, default_ingredients, figures_of_need
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.analysis.serving import NEIGHBOURHOOD, WIDE_SCOPES
from hsc_geo.analysis.transfer import focus_initiatives
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.counts import SPLITS

SPAN_CODES = tuple(map(str, SPANS))
DISTANCES = ("300", "500", "800", "1200")
KNOWN, NEAR, NEED, NEXT, ELSEWHERE, BEAR = PARTS = ("known", "near", "need", "next", "elsewhere", "bear")
FACTORS = ("1.5", "2", "3", "5")
PLACES = ("1", "2", "3", "4", "5")
HEAVIEST = 5  # the largest weight of a figure in the index of need
TURNED = "r"  # behind a weight: the figure counts the other way round
SHOWN = ("both", "need", "known", "share", "access")


@lru_cache(maxsize=4)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default."""
    options = facet_index(package).options
    areas = package.areas.index[package.areas["level"].isin(LEVELS)].astype(str)
    ambitions = frozenset(options["ambition"])
    initiatives = frozenset(map(str, package.initiatives.index))
    neighbourhoods = frozenset(areas[(package.areas.loc[areas, "level"] == NEIGHBOURHOOD).to_numpy()])
    figures = figures_of_need(package)
    years = {str(year) for key in package.indicators.index for year in offer(package, key).years}
    return (
        Param("part", PARTS[0], frozenset(PARTS)),
        Param("conf", "", frozenset(SPAN_CODES)),
        Param("count", COUNTED[0], frozenset(COUNTED)),
        Param("level", LEVELS[0], frozenset(LEVELS)),
        Param("split", SPLITS[0], frozenset(SPLITS)),
        Param("wide", "", frozenset({"1"})),
        Param("area", "", frozenset(areas) | frozenset(WIDE_SCOPES)),
        Param("amb", "", ambitions),
        Param("sel", "", initiatives),
        Param("sort", "", ambitions | {"name", "all", "need", "sure", "number", "share", "verdict"}),
        Param("desc", "", frozenset({"1"})),
        Param("page", "1", PAGE_NUMBERS),
        Param("lpage", "1", PAGE_NUMBERS),
        Param("dist", "500", frozenset(map(str, range(LONGEST + 1)))),
        Param("ramb", "", ambitions),
        Param("rlife", "", frozenset(options["life_stage"])),
        Param("fca", METHODS[0], frozenset(METHODS)),
        Param("band", "2", frozenset(FACTORS)),
        Param("show", SHOWN[0], frozenset(SHOWN)),
        Param("need", "", need_codes(figures), many=True),
        Param("nyear", "", frozenset(years)),
        Param("nage", "", frozenset(map(str, package.observations["age_group"].unique()))),
        Param("places", "1", frozenset(PLACES)),
        Param("add", "", neighbourhoods, many=True),
        Param("at", "", None, many=True),
        Param("less", "", initiatives, many=True),
        Param("like", "", frozenset(focus_initiatives(package))),
        Param("claim", KINDS[0], frozenset(KINDS)),
        Param("fig", "", frozenset(map(str, package.indicators.index)), many=True),
        Param("where", "", frozenset(map(str, package.areas.index)), many=True),
        Param("yr", "", frozenset(years), many=True),
    )


def need_codes(figures: tuple[str, ...]) -> frozenset[str]:
    """`figure~weight`, with TURNED behind it when it counts the other way round."""
    return frozenset(
        f"{key}~{weight}{turn}" for key in figures for weight in range(HEAVIEST + 1) for turn in ("", TURNED)
    )


def ingredients(package: Package, state: PageState) -> tuple[Ingredient, ...]:
    """What the address composes; where it names no figure, those that fit the ambition that is chosen."""
    chosen = [_parse(package, code) for code in state.many("need")]
    chosen = chosen or list(default_ingredients(package, state["ramb"]))
    keys = [each.indicator_id for each in chosen]
    year = _int(state["nyear"], common_years(package, keys))
    age = state["nage"] if state["nage"] in common_ages(package, keys, year) else ""
    return tuple(
        Ingredient(
            each.indicator_id, each.weight, year or each.year, age or each.age_group, each.high_is_need
        )
        for each in {each.indicator_id: each for each in chosen}.values()
    )


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


def _int(text: str, allowed: list[int]) -> int | None:
    return int(text) if text and int(text) in allowed else None


def reading(n: Names, state: PageState) -> Reading:
    """What the choices ask of the figures."""
    figures = tuple(state.many("fig")) or (default_indicator(n.package),)
    years = tuple(sorted(int(year) for year in state.many("yr") if int(year) in _years(n, figures)))
    initiative = state["sel"] if state["claim"] == EFFECT else ""
    return Reading(state["claim"], figures, tuple(state.many("where")), years, initiative)


def _years(n: Names, figures: tuple[str, ...]) -> list[int]:
    return sorted({year for key in figures for year in offer(n.package, key).years}, reverse=True)


def part_names(w: Words) -> dict[str, str]:
    """The parts of the page; one is on the screen at a time."""
    return {
        KNOWN: w.t("What is known where"),
        NEAR: w.t("Who lives near"),
        NEED: w.t("Need and gaps"),
        NEXT: w.t("Where next"),
        ELSEWHERE: w.t("What can serve elsewhere"),
        BEAR: w.t("What figures can bear"),
    }


def chosen_basis(n: Names, state: PageState) -> Basis:
    """Which initiatives count by the choices at the top of the page, as of the day of the visit."""
    return Basis(state["count"], int(state["conf"]) if state["conf"] else None, n.today)


@dataclass(frozen=True)
class CoverageChoice:
    """The choices of the coverage page that its brief follows: who counts, the level, whether what is for the whole
    city stands beside each number, the distance in metres, the ambition and life stage of the reach ('' for all), and
    the figures of the index of need (none: those that fit the
    ambition)."""

    basis: Basis = field(default_factory=Basis)
    level: str = LEVELS[0]
    beside: bool = False
    distance: int = 500
    ambition: str = ""
    life_stage: str = ""
    ingredients: tuple[Ingredient, ...] = ()


def coverage_choice(n: Names, state: PageState) -> CoverageChoice:
    """The choices of the coverage page that its brief follows."""
    return CoverageChoice(
        basis=Basis(state["count"], int(state["conf"]) if state["conf"] else None, n.today),
        level=state["level"],
        beside=bool(state["wide"]),
        distance=int(state["dist"]),
        ambition=state["ramb"],
        life_stage=state["rlife"],
        ingredients=ingredients(n.package, state),
    )
