"""The choices of the page Partners: its parameters in the address, and what several of its parts share."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import streamlit as st

from hsc_geo.analysis.continuity import MONTHS, SOON
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.near import AddressAnswer
from hsc_geo.analysis.neighbours import CODES
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.links import NEIGHBOURS, ORGANISATION, PARTNERS_PARTS
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.area import areas_in_order
from hsc_geo.views.wording.initiative import MOST_BUTTONS, known_organisations

LookUp = Callable[[Package, str], AddressAnswer]

COUNT, RADIUS = WAYS = ("k", "radius")
COUNTS = ("5", "10", "20", "50")
GROUPS = ("area_only", "city", "region", "unknown", "elsewhere")
FACET_KEYS = {"ambition": "amb", "life_stage": "life", "sector": "sector"}


@lru_cache(maxsize=4)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default. `at` is a point as `latitude,longitude`."""
    options = facet_index(package).options
    initiatives = frozenset(map(str, package.initiatives.index))
    areas = frozenset(areas_in_order(package))
    sectors = package.vocabularies.loc[package.vocabularies["vocabulary"] == "sector", "code"]
    return (
        Param("part", PARTNERS_PARTS[0], frozenset(PARTNERS_PARTS)),
        Param("at", limit=25),
        Param("place", "", areas),
        Param("own", "", initiatives),
        Param("by", WAYS[0], frozenset(WAYS)),
        Param("k", "10", frozenset(COUNTS)),
        Param("dist", "1000", frozenset(map(str, range(LONGEST + 1)))),
        *(Param(key, "", frozenset(options[facet]), many=True) for facet, key in FACET_KEYS.items()),
        Param("ended", "", frozenset({"1"})),
        Param("grp", GROUPS[0], frozenset(GROUPS)),
        Param("one", "", initiatives),
        Param("why", "", frozenset(CODES), many=True),
        Param("org", "", frozenset(map(str, package.organisations.index))),
        Param("area", "", areas),
        Param("mamb", "", frozenset(ambition_codes(package))),
        Param("msec", "", frozenset(map(str, sectors))),
        Param("soon", str(SOON), frozenset(map(str, MONTHS))),
        Param("sel", "", initiatives),
        *(Param(key, "1", PAGE_NUMBERS) for key in ("page", "lpage", "gpage", "epage")),
    )


def go(state: PageState, part: str, key: str = "", code: str = "") -> None:
    """To another part of the page, with what it is about."""
    state.clear(["sel", "page", "lpage", "gpage"])
    if key:
        state.set(key, code)
    state.set("part", part)


def initiative_panel(n: Names, state: PageState, where: str) -> None:
    """The initiative that is chosen in a table, with ways on: its neighbours, and its organisations."""
    key = state["sel"]
    if not key:
        return
    w = n.w
    with st.container(border=True):
        st.html(initiative.initiative(n, key))
        with st.container(horizontal=True, gap="small"):
            st.button(w.t("Neighbours of this initiative"), key=f"{where}_neighbours", on_click=go,
                      args=(state, NEIGHBOURS, "one", key))  # fmt: skip
            for code, name, _ in known_organisations(n, key)[:MOST_BUTTONS]:
                st.button(plain_label(plain(name)), key=f"{where}_org_{code}", on_click=go,
                          args=(state, ORGANISATION, "org", code))  # fmt: skip
            st.button(w.t("Close"), key=f"{where}_close", on_click=state.set, args=("sel", ""))
