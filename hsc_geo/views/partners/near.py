"""Near me: initiatives round a place, nearest first; those without a known place in groups of their own."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.counting import count_of
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import counts, select
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.near import (
    Near,
    Point,
    nearest,
)
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.views.kit.controls import listed, segments
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.links import NEIGHBOURS
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.rows import Column
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.maps.points import point_of
from hsc_geo.views.partners.choices import (
    COUNT,
    COUNTS,
    FACET_KEYS,
    GROUPS,
    RADIUS,
    LookUp,
    go,
    initiative_panel,
)
from hsc_geo.views.partners.near_map import _map
from hsc_geo.views.partners.near_words import group_names, method_texts, near_columns, near_rows, near_text
from hsc_geo.views.partners.start_point import _where, chosen_point, no_point_text
from hsc_geo.views.wording.counted import wide_text
from hsc_geo.views.wording.facets import facet_name, facet_order, facet_title
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_row


def draw(n: Names, state: PageState, assets: MapAssets, look_up: LookUp) -> None:
    """Where from, how far and whom; then the map, who is near, and who is without a place.

    What comes and goes stands in a container of its own: the map keeps its frame only in the same position.
    """
    w = n.w
    st.header(w.t("Near me"), anchor=False)
    _where(n, state, look_up)
    with st.container():
        if state["at"] and point_of(n.package, state["at"]) is None:
            st.html(refused_note(w, [state["at"]]))
    _limits(n, state)
    _facets(n, state)
    point = chosen_point(n, state)
    found = _found(n, state, point) if point else None
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        _map(n, state, point, found, assets)
    with right:
        if point is None or found is None:
            st.html(markup('<p role="status" id="nowhere">{}</p>', no_point_text(n, state)))
            _to_neighbours(n, state)
        else:
            st.html(markup('<p aria-live="polite" id="near">{}</p>', near_text(n, state, point, found)))
            _placed(n, state, found)
    if found is not None:
        _groups(n, state, found)
        initiative_panel(n, state, "near")
    st.html(items(method_texts(n)))


# Where from


def _to_neighbours(n: Names, state: PageState) -> None:
    if state["own"]:
        st.button(n.w.t("Neighbours of this initiative"), key="near_own_neighbours", on_click=go,
                  args=(state, NEIGHBOURS, "one", state["own"]))  # fmt: skip


# How far and whom


def _limits(n: Names, state: PageState) -> None:
    w = n.w
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        segments(
            state, "by", w.t("How many"), {COUNT: w.t("The nearest"), RADIUS: w.t("All within a distance")}
        )
        if state["by"] == COUNT:
            segments(state, "k", w.t("Number"), {each: each for each in COUNTS})
        else:
            st.session_state["w_dist"] = state.number("dist")
            st.number_input(
                w.t("Metres, as the crow flies"),
                min_value=0,
                max_value=LONGEST,
                step=100,
                key="w_dist",
                on_change=lambda: state.set("dist", str(st.session_state["w_dist"] or 0)),
                width=200,
            )
        st.session_state["w_ended"] = bool(state["ended"])
        st.toggle(
            w.t("Ended ones too"),
            key="w_ended",
            on_change=lambda: state.set("ended", "1" if st.session_state["w_ended"] else ""),
        )


def choices(state: PageState) -> dict[str, list[str]]:
    """The facets as the analysis takes them."""
    return {facet: state.many(key) for facet, key in FACET_KEYS.items()}


def _facets(n: Names, state: PageState) -> None:
    available = counts(facet_index(n.package, n.today), choices(state), ended=bool(state["ended"]))
    for column, (facet, key) in zip(st.columns(3, gap="medium"), FACET_KEYS.items(), strict=True):
        with column:
            _facet(n, state, facet, key, available[facet])


def _facet(n: Names, state: PageState, facet: str, key: str, available: dict[str, int]) -> None:
    st.multiselect(
        facet_title(n, facet),
        facet_order(n, facet, list(available)),
        format_func=lambda code: f"{facet_name(n, facet, code)} ({n.w.number(available.get(code, 0))})",
        placeholder=n.w.t("all"),
        key=state.seed(key),
        on_change=state.take,
        args=(key,),
    )


def fitting(n: Names, state: PageState) -> list[str]:
    """The initiatives that fit the choices, but the one that distances are measured from."""
    index = facet_index(n.package, n.today)
    mask = select(index, choices(state), ended=bool(state["ended"]))
    return [key for key, keep in zip(index.ids, mask, strict=True) if keep and key != state["own"]]


def _found(n: Names, state: PageState, point: Point) -> Near:
    ids = fitting(n, state)
    if state["by"] == COUNT:
        return nearest(n.package, ids, point, k=state.number("k"))
    return nearest(n.package, ids, point, radius=state.number("dist"))


# Who is near


def _placed(n: Names, state: PageState, found: Near) -> None:
    w = n.w
    if not found.placed:
        st.info(w.t("No initiative with a known place fits here under these choices."))
        return
    listed(n, state, "near_placed", w.t("With a known place, nearest first; choose a row for its source"),
           near_columns(n), near_rows(n, found), page_size=max(map(int, COUNTS)))  # fmt: skip


def _groups(n: Names, state: PageState, found: Near) -> None:
    w = n.w
    st.header(w.t("Without a distance"), anchor=False)
    text = w.t(
        "Of these no place is known, so they have no distance. What is for the whole city or the region and has a "
        "place stands among those with a distance."
    )
    whole = count_of(n.package, [municipality_code(n.package)], fitting(n, state))
    with_those = w.t("With those, {wide}.", wide=wide_text(n, whole))
    st.html(quiet(f"{text} {with_those}"))
    names = group_names(n, found)

    def take() -> None:
        state.clear(["lpage"])
        state.take("grp")

    st.pills(w.t("Group"), GROUPS, format_func=lambda code: names[code], key=state.seed("grp"), on_change=take,
             required=True, wrap=True)  # fmt: skip
    ids = getattr(found, state["grp"])
    if not ids:
        st.info(w.t("No initiative known here under these choices."))
        return
    columns = [Column(c.key, c.label, c.numeric, sortable=False) for c in initiative_columns(n)]
    listed(
        n,
        state,
        "near_group",
        names[state["grp"]],
        columns,
        [initiative_row(n, key) for key in ids],
        page="lpage",
    )


# The map
