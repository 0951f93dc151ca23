"""The language of the page: in the address as `lang`, kept in the session from page to page."""

from __future__ import annotations

from urllib.parse import urlsplit

import streamlit as st

from hsc_geo.views.kit.words import DEFAULT, LANGUAGES, Words

KEY = "lang"
NAMES = {"nl": "Nederlands", "en": "English"}


def current() -> Words:
    """The words of the language in the address, else of the session, else Dutch.

    An unknown language in the address is passed over (see `refused`); the address is then set right.
    """
    asked = st.query_params.get(KEY, "")
    known = st.session_state.get(KEY, DEFAULT)
    if asked in LANGUAGES and asked != st.session_state.get("lang_address"):
        known = asked
    elif asked == "" and _went_back():
        known = DEFAULT
    st.session_state[KEY] = known
    st.session_state["lang_page"] = _page()
    _mirror(known)
    return Words(known)


def _page() -> str:
    return urlsplit(st.context.url or "").path


def _went_back() -> bool:
    """Whether the address of this same page lost the language: the back button, and not a link to another page."""
    return st.session_state.get("lang_page") == _page() and st.session_state.get("lang_address", "") != ""


def refused() -> str:
    """The language that the address asks for and that there is not; '' when all is well. Ask before `current`."""
    asked = st.query_params.get(KEY, "")
    return "" if asked in ("", *LANGUAGES) else asked


def switch() -> None:
    """The choice of language; writes the address."""
    st.session_state["w_lang"] = st.session_state[KEY]
    st.segmented_control(
        "Taal / Language",
        LANGUAGES,
        format_func=lambda code: NAMES[code],
        key="w_lang",
        on_change=_take,
        label_visibility="collapsed",
        required=True,
    )


def _take() -> None:
    st.session_state[KEY] = st.session_state.get("w_lang") or DEFAULT


def _mirror(code: str) -> None:
    wanted = "" if code == DEFAULT and KEY not in st.query_params else code
    if wanted and st.query_params.get(KEY) != wanted:
        st.query_params[KEY] = wanted
    st.session_state["lang_address"] = wanted
