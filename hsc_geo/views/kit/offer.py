"""The row on a page that offers its present view as PDF and as a page to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.views.kit.address import page_address
from hsc_geo.views.kit.button import pdf_button
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.paper.model import Document

PRINT_PAGE = "stuk"


def offer(n: Names, state: PageState, kind: str, place: str = "") -> None:
    """The two ways to take the view along; `kind` is one of `contents.KINDS`, `place` goes into the file's name."""
    w = n.w
    address = write(state.values, list(state.params.values()))
    st.header(w.t("Take it along"), anchor=False)
    text = w.t("At most two pages with the figures, their sources and years, and what they cannot bear.")
    st.html(quiet(text))
    with st.container(horizontal=True, gap="small"):
        pdf_button(n, maker(n, state, kind), key=f"pdf_{kind}", name=f"{kind}-{place}" if place else kind)
        st.html(
            markup(
                '<p class="hsc-links"><a href="{}">{}</a> <a href="{}">{}</a></p>',
                _query({"kind": kind, **address, **n.kept()}),
                w.t("As a page to print"),
                _query(n.kept()),
                w.t("Paper for a Kenniscafé or Policy Lab"),
            )
        )


def _query(values: Mapping[str, Sequence[str] | str]) -> str:
    """The page to print with these choices, from any page of the site."""
    return f"{PRINT_PAGE}?{urlencode(values, doseq=True)}"


def maker(n: Names, state: PageState, kind: str) -> Callable[[], Document]:
    """What makes the document of the choices as they are now, whatever is chosen later and without a session."""
    from hsc_geo.views.brief import kinds  # it knows the pages that offer it

    values = dict(state.values)
    held = PageState("brief", list(state.params.values()), {"state_brief": values}, {})
    address = kinds.address_of(n, write(values, list(state.params.values())))
    link = page_address(kinds.PAGE_OF[kind], address)
    return lambda: kinds.document(n, kind, held, link, n.today)
