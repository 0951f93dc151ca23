"""Near me: initiatives round a place, nearest first; those without a known place in groups of their own."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.reach import LONGEST
from hsc_geo.views.kit.controls import listed, segments, toggle
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.maps.points import point_of
from hsc_geo.views.partners import answers, near_map, start_point
from hsc_geo.views.partners.answers import NearAnswer
from hsc_geo.views.partners.choices import (
    COUNT,
    COUNTS,
    FACET_KEYS,
    GROUPS,
    RADIUS,
    NearChoice,
    near_choice,
)
from hsc_geo.views.partners.panel import initiative_panel, to_neighbours
from hsc_geo.views.partners.start_point import LookUp
from hsc_geo.views.partners.words import near as words
from hsc_geo.views.wording.facets import facet_name, facet_order, facet_title


def draw(n: Names, state: PageState, assets: MapAssets, look_up: LookUp) -> None:
    """Where from, how far and whom; then the map, who is near, and who is without a place.

    What comes and goes stands in a container of its own: the map keeps its frame only in the same position.
    """
    st.header(n.w.t("Near me"), anchor=False)
    start_point.draw(n, state, look_up)
    choice = near_choice(state)
    with st.container():
        if choice.at and point_of(n.package, choice.at) is None:
            st.html(refused_note(n.w, [choice.at]))
    _limits(n, state)
    _facets(n, state, choice)
    answer = answers.near(n.package, choice, n.today)
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        near_map.draw(n, state, choice, answer, assets)
    with right:
        if answer is None:
            _nowhere(n, state, choice)
        else:
            _placed(n, state, choice, answer)
    if answer is not None:
        _groups(n, state, choice, answer)
        initiative_panel(n, state, "near")
    st.html(items(words.method_texts(n)))


# How far and whom


def _limits(n: Names, state: PageState) -> None:
    w = n.w
    ways = {COUNT: w.t("The nearest"), RADIUS: w.t("All within a distance")}
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        segments(state, "by", w.t("How many"), ways)
        if state["by"] == COUNT:
            segments(state, "k", w.t("Number"), {each: each for each in COUNTS})
        else:
            _distance(n, state)
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


def _facets(n: Names, state: PageState, choice: NearChoice) -> None:
    found = answers.available(n.package, choice, n.today)
    for column, facet in zip(st.columns(3, gap="medium"), FACET_KEYS, strict=True):
        with column:
            _facet(n, state, facet, found[facet])


def _facet(n: Names, state: PageState, facet: str, available: dict[str, int]) -> None:
    key = FACET_KEYS[facet]
    st.multiselect(
        facet_title(n, facet),
        facet_order(n, facet, list(available)),
        format_func=lambda code: f"{facet_name(n, facet, code)} ({n.w.number(available.get(code, 0))})",
        placeholder=n.w.t("all"),
        key=state.seed(key),
        on_change=state.take,
        args=(key,),
    )


# Who is near


def _nowhere(n: Names, state: PageState, choice: NearChoice) -> None:
    st.html(markup('<p role="status" id="nowhere">{}</p>', words.no_point_text(n, choice)))
    if choice.own:
        to_neighbours(n, state, "near_own_neighbours", choice.own)


def _placed(n: Names, state: PageState, choice: NearChoice, answer: NearAnswer) -> None:
    st.html(markup('<p aria-live="polite" id="near">{}</p>', words.near_text(n, choice, answer)))
    if answer.found.placed:
        listed(n, state, "near_placed", words.placed(n, answer.found), page_size=max(map(int, COUNTS)))
    else:
        st.info(n.w.t("No initiative with a known place fits here under these choices."))


def _groups(n: Names, state: PageState, choice: NearChoice, answer: NearAnswer) -> None:
    w = n.w
    st.header(w.t("Without a distance"), anchor=False)
    st.html(quiet(words.unplaced_text(n, answer)))
    names = words.group_names(n, answer.found)

    def take() -> None:
        state.clear(["lpage"])
        state.take("grp")

    st.pills(
        w.t("Group"),
        GROUPS,
        format_func=names.__getitem__,
        key=state.seed("grp"),
        on_change=take,
        required=True,
        wrap=True,
    )
    shown = words.unplaced(n, answer.found, choice.group)
    if shown.rows:
        listed(n, state, "near_group", shown, page="lpage")
    else:
        st.info(w.t("No initiative known here under these choices."))
