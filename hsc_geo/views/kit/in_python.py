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


def fold(n: Names, key: str, calls: Callable[[], Sequence[Call]], lacking: str = "") -> None:
    """A fold under a table. key: of the table; calls: its calls, and those of the tables that belong to it; lacking:
    what the code cannot give, in a sentence."""
    place = opened(n, key)
    if place is not None:
        with place:
            if lacking:
                st.html(quiet(lacking))
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
    return kept_address(n.edition.name) if n.edition else _address(PACKED)


def kept_address(name: str) -> str:
    """The same of an edition that is kept, by its name."""
    return _address(KEPT.format(name=name))


def _address(path: str) -> str:
    return page_address(path, {}) or path.rpartition("/")[2]
