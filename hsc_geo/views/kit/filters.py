"""Filters in one fold: words to search for, a list for each facet, and whether what has ended counts too."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from hsc_geo.views.kit.controls import toggle
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState


@dataclass(frozen=True)
class Filter:
    """A facet of which several options can be chosen. key: the choice of the state. options: code -> what stands in the
    list, in the order of the list."""

    key: str
    title: str
    options: Mapping[str, str]


def filters(n: Names, state: PageState, found: Sequence[Filter], text: str, ended: str) -> None:
    """Draw them in two columns. text, ended: the choices of the words and of what has ended."""
    _words(n, state, text)
    columns = st.columns(2)
    for i, each in enumerate(found):
        with columns[i % 2]:
            _facet(n, state, each)
    with columns[1]:
        toggle(state, ended, n.w.t("Ended ones too"))


def _words(n: Names, state: PageState, key: str) -> None:
    st.text_input(
        n.w.t("Search in name, organisation and description"),
        key=state.seed(key),
        type="search",
        placeholder=n.w.t("Search"),
        max_chars=100,
        on_change=state.take,
        args=(key,),
    )


def _facet(n: Names, state: PageState, found: Filter) -> None:
    st.multiselect(
        found.title,
        list(found.options),
        format_func=lambda code: found.options[code],
        placeholder=n.w.t("all"),
        key=state.seed(found.key),
        on_change=state.take,
        args=(found.key,),
    )
