"""The choices of the coverage page: its parameters in the address, and the controls that several parts share."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from hsc_geo.analysis.access import METHODS
from hsc_geo.analysis.explore import LEVELS, facet_index
from hsc_geo.analysis.figures import offer
from hsc_geo.analysis.guard import KINDS
from hsc_geo.analysis.matrix import COUNTED, SPANS, Basis, counted, with_ambition
from hsc_geo.analysis.reach import LONGEST, for_life_stage
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, WIDE_SCOPES
from hsc_geo.analysis.transfer import focus_initiatives
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.map.page import facet_order

SPAN_CODES = tuple(map(str, SPANS))
PAGE_NUMBERS = frozenset(map(str, range(1, 2000)))
DISTANCES = ("300", "500", "800", "1200")
KNOWN, NEAR, NEED, NEXT, ELSEWHERE, BEAR = PARTS = ("known", "near", "need", "next", "elsewhere", "bear")
TOTAL, STATUS, FRESHNESS = SPLITS = ("total", "status", "fresh")
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


@lru_cache(maxsize=4)
def figures_of_need(package: Package) -> tuple[str, ...]:
    """Indicators that an index of need can hold: with a direction, and figures for districts or neighbourhoods."""
    directed = package.indicators.index[package.indicators["direction"].isin(["high_good", "high_bad"])]
    return tuple(str(key) for key in directed if {DISTRICT, NEIGHBOURHOOD} & set(offer(package, key).levels))


def need_codes(figures: tuple[str, ...]) -> frozenset[str]:
    """`figure~weight`, with TURNED behind it when it counts the other way round."""
    return frozenset(
        f"{key}~{weight}{turn}" for key in figures for weight in range(HEAVIEST + 1) for turn in ("", TURNED)
    )


def segments(
    state: PageState, key: str, label: str, names: dict[str, str], take: Callable[[], None] | None = None
) -> None:
    """One of a few, side by side; `take` replaces the plain callback."""
    st.segmented_control(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=state.seed(key),
        on_change=take or (lambda: state.take(key)),
        required=True,
        wrap=True,
    )


def select(n: Names, state: PageState, key: str, label: str, facet: str) -> None:
    """One option of a facet, or all."""
    codes = facet_order(n, facet, sorted(state.params[key].options or ()))
    st.selectbox(
        label,
        ["", *codes],
        format_func=lambda code: n.term(facet, code) if code else n.w.t("all"),
        key=state.seed(key),
        on_change=state.take,
        args=(key,),
    )


def near_controls(n: Names, state: PageState) -> None:
    """Distance, ambition and life stage."""
    w = n.w
    left, right = st.columns(2, gap="medium")
    with left:
        _distance(n, state)
    with right:
        select(n, state, "ramb", w.t("Ambition"), "ambition")
        select(n, state, "rlife", w.t("Life stage"), "life_stage")


def _distance(n: Names, state: PageState) -> None:
    w = n.w
    st.session_state["w_near"] = state["dist"] if state["dist"] in DISTANCES else None
    st.session_state["w_dist"] = int(state["dist"])

    def near() -> None:
        state.set("dist", st.session_state["w_near"] or state["dist"])

    st.segmented_control(
        w.t("Distance in metres, as the crow flies"),
        DISTANCES,
        format_func=lambda code: w.number(int(code)),
        key="w_near",
        on_change=near,
    )
    st.number_input(
        w.t("or any distance from 0 to {most} metres", most=w.number(LONGEST)),
        min_value=0,
        max_value=LONGEST,
        step=100,
        key="w_dist",
        on_change=lambda: state.set("dist", str(st.session_state["w_dist"] or 0)),
    )


def level_control(n: Names, state: PageState) -> None:
    """Districts or neighbourhoods; what was chosen in the other level is dropped."""

    def take() -> None:
        state.clear(["area", "amb", "sel", "page", "lpage"])
        state.take("level")

    names = {DISTRICT: n.w.t("Districts"), NEIGHBOURHOOD: n.w.t("Neighbourhoods")}
    segments(state, "level", n.w.t("Level"), names, take)


def fitting(n: Names, state: PageState, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `ids` of the ambition and for the life stage that are chosen."""
    return for_life_stage(n.package, with_ambition(n.package, ids, state["ramb"]), state["rlife"])


def as_known(n: Names, state: PageState) -> tuple[str, ...]:
    """Those that fit, also where nobody confirmed them lately."""
    return fitting(n, state, tuple(counted(n.package, Basis(state["count"]))))
