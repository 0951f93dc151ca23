"""The choices of who is near, as chips: from where, about what, for whom, which ambition, and the rarer ones."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.near import WHY
from hsc_geo.analysis.neighbours import NOT_AN_AGE
from hsc_geo.analysis.reach import EVERYONE_LIFE_STAGE, LONGEST
from hsc_geo.views.kit.chips import Chip
from hsc_geo.views.kit.controls import initiative_choice, one_or_none, segments, toggle
from hsc_geo.views.kit.html import label, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners import answers, box
from hsc_geo.views.partners.choices import COUNT, COUNTS, FACET_KEYS, RADIUS, STARTS, NearChoice
from hsc_geo.views.partners.words import near as words
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.facets import facet_name, facet_order, facet_title

FIRST = 14  # topics that stand open; the others are in a list
OFTEN = {"theme": 5, "life_stage": 2}  # how many options one press chooses
WIDE_AGES = (EVERYONE_LIFE_STAGE, "adults", NOT_AN_AGE)
RARE = ("by", "k", "dist", "sector", "ended", "grp")


def line(n: Names, state: PageState, choice: NearChoice, place: str) -> list[Chip]:
    """The chips in their order. place: what near is counted from, '' for nothing yet."""
    w = n.w
    usual = {"theme": w.t("All topics"), "life_stage": w.t("For everyone"), "ambition": w.t("All ambitions")}
    facets = [
        Chip(
            facet,
            _held(n, state, facet) or text,
            partial(_facet, n, state, choice, facet),
            [FACET_KEYS[facet]],
        )
        for facet, text in usual.items()
    ]
    rare = sum(not state.usual(key) for key in RARE)
    more = w.t("More choices ({n})", n=w.number(rare)) if rare else w.t("More choices")
    return [
        Chip("start", place or w.t("Choose an area"), partial(_start, n, state), STARTS),
        *facets,
        Chip("more", more, partial(_more, n, state, choice), RARE),
    ]


def _held(n: Names, state: PageState, facet: str) -> str:
    """What is chosen of a facet in a few words."""
    codes = state.many(FACET_KEYS[facet])
    rest = f" +{n.w.number(len(codes) - 1)}" if len(codes) > 1 else ""
    return facet_name(n, facet, codes[0]) + rest if codes else ""


def often(n: Names, state: PageState, choice: NearChoice) -> None:
    """The topics and ages of most initiatives, each chosen by one press, as long as none of its kind is chosen; and
    beside a chosen age what is there for all."""
    offered = [
        (facet, code)
        for facet, most in OFTEN.items()
        if not state.many(FACET_KEYS[facet])
        for code in [each for each in _by_number(n, choice, facet) if each not in WIDE_AGES][:most]
    ]
    more = answers.for_all_ages(n.package, choice, n.today)
    if not offered and not more:
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="near_often"):
        if offered:
            said = markup('<span class="hsc-quiet">{}</span>', n.w.t("Often asked:"))
            st.html(said, width="content")
        for facet, code in offered:
            name, key = facet_name(n, facet, code), f"often_{facet}_{code}"
            st.button(label(name), key=key, type="tertiary", on_click=_add, args=(state, facet, code))
        if more:
            text = n.w.tn("{n} more for all ages", "{n} more for all ages", more)
            add = (state, "life_stage", EVERYONE_LIFE_STAGE)
            st.button(text, key="often_all", icon=":material/add:", type="tertiary", on_click=_add, args=add)


def _add(state: PageState, facet: str, code: str) -> None:
    key = FACET_KEYS[facet]
    state.clear(["sel", "page"])
    state.set(key, [*state.many(key), code])


def _by_number(n: Names, choice: NearChoice, facet: str) -> list[str]:
    """The options of a facet that some initiative has under the other choices, those of most first."""
    found = answers.available(n.package, choice, n.today)[facet]
    known = [code for code, count in found.items() if count and code != NONE]
    return sorted(known, key=lambda code: (-found[code], facet_name(n, facet, code).casefold()))


# From where


def _start(n: Names, state: PageState) -> None:
    one_or_none(
        n.w.t("District or neighbourhood"),
        areas_in_order(n.package),
        lambda code: area_label(n, code),
        n.w.t("choose an area, or click on the map"),
        key=state.seed("place"),
        on_change=lambda: _take_start(state, "place"),
    )
    text = n.w.t("or an initiative of your own")
    initiative_choice(n, state, "own", text, lambda: _take_start(state, "own"))


def _take_start(state: PageState, key: str) -> None:
    box.set_start(state, key, str(st.session_state[f"w_{key}"] or ""))


# About what and for whom


def _facet(n: Names, state: PageState, choice: NearChoice, facet: str) -> None:
    """Pills; of many topics those of most initiatives, and a list of the others."""
    found, key = _by_number(n, choice, facet), FACET_KEYS[facet]
    shown = list(dict.fromkeys([*found[:FIRST], *state.many(key)]))
    counts = answers.available(n.package, choice, n.today)[facet]
    st.pills(
        facet_title(n, facet),
        shown if facet == "theme" else facet_order(n, facet, shown),
        format_func=lambda code: label(f"{facet_name(n, facet, code)} ({n.w.number(counts.get(code, 0))})"),
        selection_mode="multi",
        key=state.seed(key),
        on_change=_take,
        args=(state, key),
        wrap=True,
    )
    rest = [code for code in facet_order(n, facet, found) if code not in shown]
    if rest:
        st.session_state[f"w_{key}_more"] = ""
        one_or_none(
            n.w.t("Another topic"),
            rest,
            lambda code: facet_name(n, facet, code),
            n.w.t("choose a topic"),
            key=f"w_{key}_more",
            on_change=lambda: _add(state, facet, str(st.session_state[f"w_{key}_more"])),
        )


def _take(state: PageState, key: str) -> None:
    state.clear(["sel", "page"])
    state.take(key)


# How far, and the rest


def _more(n: Names, state: PageState, choice: NearChoice) -> None:
    w = n.w
    ways = {COUNT: w.t("The nearest"), RADIUS: w.t("All within a distance")}
    segments(state, "by", w.t("How many outside the own district"), ways)
    if choice.by == COUNT:
        segments(state, "k", w.t("Number"), {each: each for each in COUNTS})
    else:
        _distance(n, state)
    _facet(n, state, choice, "sector")
    names = {"": w.t("all"), **words.why_names(n)}
    st.selectbox(
        w.t("Show only"),
        ["", *WHY],
        format_func=names.__getitem__,
        key=state.seed("grp"),
        on_change=_take,
        args=(state, "grp"),
    )
    toggle(state, "ended", w.t("Ended ones too"))


def _distance(n: Names, state: PageState) -> None:
    st.session_state["w_dist"] = state.number("dist")
    st.number_input(
        n.w.t("Metres, as the crow flies"),
        min_value=0,
        max_value=LONGEST,
        step=100,
        key="w_dist",
        on_change=lambda: state.set("dist", str(st.session_state["w_dist"] or 0)),
        width=200,
    )
