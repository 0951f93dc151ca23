"""The one search that stands first on every page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from hsc_geo.views.kit.components import fetched_component
from hsc_geo.views.kit.words import Words

KEY = "hsc_search"


@dataclass(frozen=True)
class Destination:
    """Where a result leads: the path of a page, and the choices in its address."""

    page: str
    query: dict[str, list[str]]


def search_box(w: Words, address: str, base: str, most: int) -> Destination | None:
    """The field; where the visitor has just chosen a result, where it leads. address: of the route that answers; base:
    of the site; most: letters that are looked for. What is typed costs no run of the page."""
    label = w.t("Find an initiative, organisation, area or topic")
    words = {
        "label": label,
        "results": w.t("Results"),
        "opens": w.t("{name} opens"),
        "fault": w.t("The search does not answer. Try again."),
    }
    data = {"address": address, "base": base, "lang": w.code, "most": most, "words": words}
    with st.container(key=KEY):
        chosen = _box()(key="hsc_search_box", data=data, on_go_change=lambda: None)
    return destination(getattr(chosen, "go", None))


def destination(told: Any) -> Destination | None:
    """What the browser told, where it is what our script tells."""
    if not isinstance(told, dict) or not isinstance(told.get("page"), str):
        return None
    query: dict[str, list[str]] = {}
    for pair in told.get("query") or ():
        if isinstance(pair, Sequence) and len(pair) == 2 and all(isinstance(part, str) for part in pair):
            query.setdefault(pair[0], []).append(pair[1])
    return Destination(told["page"], query)


def _box() -> Any:
    return fetched_component("hsc_search", '<div class="hsc-search"></div>', "search.css", "search.mjs")
