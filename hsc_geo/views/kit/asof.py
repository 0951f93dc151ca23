"""The day from which a page counts: that of the visit, unless the address asks for an earlier one as `asof`.

What is shared carries the day, so that it shows the same later; the plain address does not. Like the language, the day
is kept from page to page, and a link without it on the same page (the back button) takes it away.
"""

from __future__ import annotations

import datetime as dt
import re
from urllib.parse import urlsplit

import streamlit as st

from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import AS_OF, Names

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def read(text: str, today: dt.date) -> dt.date | None:
    """The day that an address asks for, as 2026-11-29; None where it is none, or is still to come."""
    if not _DAY.fullmatch(text):
        return None
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return found if found <= today else None


def current(today: dt.date) -> dt.date | None:
    """The day that the address or, on the way from page to page, this visit asks for; None for that of the visit.

    A wrong or future day in the address is passed over (see `refused`) and taken out of it.
    """
    asked = st.query_params.get(AS_OF, "")
    known = st.session_state.get(AS_OF, "")
    if asked or _went_back():
        known = asked
    found = read(known, today)
    _keep(found.isoformat() if found else "")
    return found


def refused(today: dt.date) -> str:
    """The day that the address asks for and that cannot be; '' when all is well. Ask before `current`."""
    asked = st.query_params.get(AS_OF, "")
    return "" if not asked or read(asked, today) else asked


def line(n: Names) -> None:
    """That the page counts from an earlier day, and the way back to today; nothing without one.

    The container is always there: what stands under it, such as a map, keeps its frame only in the same position.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="hsc_asof"):
        if not n.fixed:
            return
        st.html(markup('<p id="asof">{}</p>', n.w.t("Counted from {date}.", date=n.w.date(n.today))))
        st.button(n.w.t("Look now"), key="asof_now", on_click=_leave)


def passed_by() -> None:
    """A page that counts from no day: the day is kept for the next one that does."""
    st.session_state["asof_page"] = _page()


def _leave() -> None:
    _keep("")


def _keep(text: str) -> None:
    """Into this visit and its address."""
    st.session_state[AS_OF] = text
    st.session_state["asof_page"] = _page()
    if text and st.query_params.get(AS_OF) != text:
        st.query_params[AS_OF] = text
    elif not text and AS_OF in st.query_params:
        del st.query_params[AS_OF]


def _went_back() -> bool:
    """Whether the address of this same page lost the day: the back button, and not a link to another page."""
    return st.session_state.get("asof_page") == _page()


def _page() -> str:
    return urlsplit(st.context.url or "").path
