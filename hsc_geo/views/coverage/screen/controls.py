"""What several parts of coverage share on the screen: controls, a table with all its rows, the panel at the side."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from hsc_geo.analysis.reach import LONGEST, Reach
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.coverage.choices import DISTANCES
from hsc_geo.views.coverage.words.near import places_text
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Display, table
from hsc_geo.views.wording.facets import facet_order
from hsc_geo.views.wording.own_area import make_link


def one_of(state: PageState, key: str, label: str, names: dict[str, str]) -> None:
    """One of a few, as pills: these go on in the next line where there is little room."""

    def take() -> None:
        state.take(key)
        for page in ("page", "lpage"):
            state.set(page, "1")

    st.pills(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=state.seed(key),
        on_change=take,
        required=True,
        wrap=True,
    )


def pills(n: Names, state: PageState, key: str, label: str, facet: str) -> None:
    """One option of a facet, or all."""
    codes = facet_order(n, facet, sorted(state.params[key].options or ()))
    one_of(state, key, label, {"": n.w.t("all"), **{code: n.term(facet, code) for code in codes}})


def several(
    n: Names,
    state: PageState,
    key: str,
    label: str,
    options: Sequence[str],
    name: Callable[[str], str],
    most: int | None = None,
) -> None:
    """A list of which several can be chosen; what is chosen now stands in the session."""
    st.multiselect(
        label,
        options,
        format_func=name,
        key=f"w_{key}",
        placeholder=n.w.t("none chosen"),
        max_selections=most,
        on_change=state.take,
        args=(key,),
    )


def distance_control(n: Names, state: PageState) -> None:
    """A usual distance, or any other."""
    w = n.w
    st.session_state["w_near"] = state["dist"] if state["dist"] in DISTANCES else None
    st.session_state["w_dist"] = state.number("dist")

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
    st.html(make_link(n))


def show_places(n: Names, found: Reach) -> None:
    """The sentence on how much counts, which stands with every answer that rests on known places."""
    st.html(markup('<p aria-live="polite" id="places">{}</p>', places_text(n, found)))


def all_rows(n: Names, key: str, shown: Listing) -> None:
    """A table with all its rows on one page, none of them to be chosen."""
    size = len(shown.rows) or 1
    table(n.w, key, shown, Display(page_size=size))
