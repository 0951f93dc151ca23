"""The fold with the Python that gives a table of the page; its content is made only while it is open."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.address import page_address
from hsc_geo.views.kit.call import Call, code
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names

PACKED, KEPT = "api/edition.zip", "api/editions/{name}.zip"


def fold(n: Names, key: str, calls: Callable[[], Sequence[Call]]) -> None:
    """A fold under a table. key: of the table; calls: its calls, and those of the tables that belong to it."""
    place = opened(n, key)
    if place is not None:
        with place:
            draw(n, calls())


def opened(n: Names, key: str) -> DeltaGenerator | None:
    """The fold alone; None while it is closed, when nothing in it is drawn."""
    place = st.expander(n.w.t("In Python"), key=f"python_{key}", on_change="rerun")
    return place if place.open else None


def draw(n: Names, calls: Sequence[Call]) -> None:
    """What stands in the fold: what the code needs, and the code with a button to copy it."""
    told = n.w.t(
        "This code gives the same table in a notebook, with codes in place of words. It takes the package hsc_geo; the "
        "page docs/library.md of the source code says how to install it."
    )
    st.html(quiet(told))
    st.code(code(calls, edition_address(n), n.own), language=None, wrap_lines=True)


def edition_address(n: Names) -> str:
    """The address of the edition that the page shows, as a file; its name alone where the site knows no address."""
    path = KEPT.format(name=n.edition.name) if n.edition else PACKED
    return page_address(path, {}) or path.rpartition("/")[2]
