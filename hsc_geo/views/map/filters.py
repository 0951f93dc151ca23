"""The filters of the map."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import FACETS, counts
from hsc_geo.views.kit.controls import toggle
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.choices import ENDED, FILTER_KEYS, KEYS, TEXT
from hsc_geo.views.wording.facets import facet_name, facet_order, facet_title


def draw(n: Names, state: PageState) -> DeltaGenerator:
    """What stands around the choices, and the place of the choices."""
    w = n.w
    st.header(w.t("Filter initiatives"), anchor=False)
    place = st.container()
    st.button(
        w.t("Clear all filters"), key="clear", on_click=state.clear, args=(FILTER_KEYS,), width="stretch"
    )
    return place


def draw_choices(n: Names, state: PageState) -> None:
    """The choices, each with how many initiatives it has under the others."""
    index = facet_index(n.package, n.today)
    chosen = {facet: state.many(key) for facet, key in KEYS.items()}
    available = counts(index, chosen, state[TEXT], state.on(ENDED))
    _text_filter(n, state)
    toggle(state, ENDED, n.w.t("Ended ones too"))
    first, *others = FACETS
    _facet(n, state, first, available[first])
    _more_filters(n, state, others, available)


def _more_filters(
    n: Names, state: PageState, facets: list[str], available: dict[str, dict[str, int]]
) -> None:
    """The other facets, open where one is in use. Closed they are not drawn: eight lists would slow each change."""
    if any(state.many(KEYS[facet]) for facet in facets):
        st.session_state["w_more"] = True
    with st.expander(
        n.w.t("More filters: theme, life stage, sector, district …"), key="w_more", on_change="rerun"
    ) as more:
        if more.open:
            for facet in facets:
                _facet(n, state, facet, available[facet])


def _text_filter(n: Names, state: PageState) -> None:
    st.text_input(
        n.w.t("Search in name, organisation and description"),
        key=state.seed(TEXT),
        type="search",
        placeholder=n.w.t("Search"),
        max_chars=100,
        on_change=state.take,
        args=(TEXT,),
    )


def _facet(n: Names, state: PageState, facet: str, available: dict[str, int]) -> None:
    key = KEYS[facet]
    options = facet_order(n, facet, list(available))

    def label(code: str) -> str:
        text = f"{facet_name(n, facet, code)} ({n.w.number(available.get(code, 0))})"
        return plain_label(text) if facet == "ambition" else text  # pills read Markdown, lists do not

    common: dict[str, Any] = {
        "key": state.seed(key),
        "format_func": label,
        "on_change": state.take,
        "args": (key,),
    }
    if facet == "ambition":
        st.pills(facet_title(n, facet), options, selection_mode="multi", **common)
        return
    st.multiselect(facet_title(n, facet), options, placeholder=n.w.t("all"), **common)
