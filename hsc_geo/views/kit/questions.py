"""The questions of a page as tabs, of which one is answered at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.html import label
from hsc_geo.views.kit.state import PageState


def opened(state: PageState, questions: Mapping[str, str], closes: Sequence[str]) -> DeltaGenerator:
    """The place of the open question. questions: value of the choice `part` -> its words. closes: the choices that go
    back to what is usual when another question is asked."""
    names = {part: label(name) for part, name in questions.items()}
    st.session_state["w_part"] = names[state["part"]]

    def take() -> None:
        state.set("part", next(part for part, name in names.items() if name == st.session_state["w_part"]))
        state.clear(closes)

    tabs = st.tabs(list(names.values()), key="w_part", on_change=take)
    return tabs[list(names).index(state["part"])]
