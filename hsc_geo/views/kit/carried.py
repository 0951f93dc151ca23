"""What a visit carries from page to page in its address: the edition, the day from which it counts, its own areas.

It stands in the address and in the session. A link to another page of the site that leaves it out keeps it; the same
page without it (the back button) takes it away.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import streamlit as st

from hsc_geo.views.kit.html import markup


def asked(key: str) -> str:
    """What the address or, on the way from page to page, this visit asks for; '' for nothing."""
    given = st.query_params.get(key, "")
    return given if given or _went_back(key) else str(st.session_state.get(key, ""))


def keep(key: str, text: str) -> None:
    """Into this visit and its address; '' takes it out of both."""
    st.session_state[key] = text
    passed_by(key)
    if text and st.query_params.get(key) != text:
        st.query_params[key] = text
    elif not text and key in st.query_params:
        del st.query_params[key]


def passed_by(key: str) -> None:
    """A page that does not ask for it: it is kept for the next one that does."""
    st.session_state[f"{key}_page"] = _page()


def line(key: str, told: str, button: str, let_go: Callable[[], None]) -> None:
    """What the page shows for it, and a button that lets go of it."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.html(markup('<p id="{}">{}</p>', key, told), width="content")
        st.button(button, key=f"{key}_leave", on_click=let_go)


def _went_back(key: str) -> bool:
    """Whether the address of this same page lost it: the back button, and not a link to another page."""
    return st.session_state.get(f"{key}_page") == _page()


def _page() -> str:
    return urlsplit(st.context.url or "").path
