"""The row on a page that offers its present view as PDF and as a page to print."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.button import pdf_button
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, write

PRINT_PAGE = "stuk"


@dataclass(frozen=True)
class Paper:
    """What a page offers to take along. kind: as the page to print knows it in its address. page: the path of the page
    itself. make: the PDF of the choices, with the address that it tells; it runs without a session."""

    kind: str
    page: str
    make: Callable[[PageState, str], bytes]


def offer(n: Names, state: PageState, paper: Paper, place: str = "") -> None:
    """The two ways to take the view along; `place` goes into the file's name."""
    with draw(n, maker(n, state, paper), paper.kind, place):
        links(n, state, paper.kind)


def draw(n: Names, make: Callable[[], bytes], kind: str, place: str = "") -> DeltaGenerator:
    """What `offer` draws but for the links, and the place of these. `make`: see `pdf_button`."""
    w = n.w
    st.header(w.t("Take it along"), anchor=False)
    text = w.t("At most two pages with the figures, their sources and years, and what they cannot bear.")
    st.html(quiet(text))
    row = st.container(horizontal=True, gap="small")
    with row:
        pdf_button(n, make, key=f"pdf_{kind}", name=f"{kind}-{place}" if place else kind)
    return row


def links(n: Names, state: PageState, kind: str) -> None:
    """The page to print with the choices as they are, and the papers for a meeting."""
    address = write(state.values, list(state.params.values()))
    st.html(
        markup(
            '<p class="hsc-links"><a href="{}">{}</a> <a href="{}">{}</a></p>',
            _query({"kind": kind, **address, **n.kept()}),
            n.w.t("As a page to print"),
            _query(n.kept()),
            n.w.t("Paper for a Kenniscafé or Policy Lab"),
        )
    )


def _query(values: Mapping[str, Sequence[str] | str]) -> str:
    """The page to print with these choices, from any page of the site."""
    return f"{PRINT_PAGE}?{urlencode(values, doseq=True)}"


def maker(n: Names, state: PageState, paper: Paper) -> Callable[[], bytes]:
    """What makes the PDF of the choices as they are now, whatever is chosen later and without a session."""
    params = list(state.params.values())
    held = PageState("brief", params, {"state_brief": dict(state.values)}, {})
    link = page_address(paper.page, address_of(n, write(held.values, params)))
    return lambda: paper.make(held, link)
