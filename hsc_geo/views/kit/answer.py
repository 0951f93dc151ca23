"""The answer of a page: its head, and the one container that begins with the sentence that answers its question."""

from __future__ import annotations

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.html import markup

KEY = "answer"


def head(title: str) -> DeltaGenerator:
    """The title of a page, and at its right the place of what the page is shared with."""
    row = st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="hsc_head"
    )
    row.title(title, anchor=False, width="content")
    return row.container(horizontal=True, width="content", gap="small", key="hsc_share")


def answer() -> DeltaGenerator:
    """The one container of a view that holds its answer. First in it stands what `say` says; then, before any other
    control, the line of choices, and the map, matrix or list that shows it."""
    return st.container(key=KEY)


def say(sentence: object, beside: object = "") -> None:
    """The sentence that answers the question of the page, with numbers; it is read aloud when it changes. beside: what
    counts and as of when, smaller."""
    quiet = markup(' <span class="hsc-quiet">{}</span>', beside) if beside else ""
    st.html(markup('<p class="hsc-said" aria-live="polite">{}{}</p>', sentence, quiet))
