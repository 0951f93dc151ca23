"""The choices of the page Partners: its parameters in the address, and what several of its parts share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.continuity import MONTHS, SOON
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.near import AddressAnswer
from hsc_geo.analysis.neighbours import CODES
from hsc_geo.analysis.partners import ambition_codes, organisations_of
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.data.load import Package
from hsc_geo.views.kit.components import PAGE_SIZE, Column, Row, table
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import LONGEST_ENTRY, Names
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.profile.page import areas_in_order
from hsc_geo.views.wording import initiative

LookUp = Callable[[Package, str], AddressAnswer]

PAGE = "partners"
NEAR, NEIGHBOURS, ORGANISATION, MISSING = PARTS = ("near", "neighbours", "organisation", "missing")
COUNT, RADIUS = WAYS = ("k", "radius")
COUNTS = ("5", "10", "20", "50")
GROUPS = ("area_only", "city", "region", "unknown", "elsewhere")
FACET_KEYS = {"ambition": "amb", "life_stage": "life", "sector": "sector"}
PAGE_NUMBERS = frozenset(map(str, range(1, 2000)))
MOST_BUTTONS = 6  # organisations offered under an initiative


@lru_cache(maxsize=4)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default. `at` is a point as `latitude,longitude`."""
    options = facet_index(package).options
    initiatives = frozenset(map(str, package.initiatives.index))
    areas = frozenset(areas_in_order(package))
    sectors = package.vocabularies.loc[package.vocabularies["vocabulary"] == "sector", "code"]
    return (
        Param("part", PARTS[0], frozenset(PARTS)),
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


def organisation_name(n: Names, key: str) -> str:
    """The name of an organisation as an entry of a list."""
    return plain(str(n.package.organisations.at[key, "name"]))


def plain(text: str) -> str:
    """A name as an entry of a list, cut where it is long."""
    from hsc_geo.domain.text import carriable

    return carriable(text)[:LONGEST_ENTRY]


def by_name(n: Names, keys: Sequence[str], name: Callable[[str], str]) -> list[str]:
    """The keys in the order of their names."""
    return sorted(keys, key=lambda key: (name(key).casefold(), key))


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


def known_organisations(n: Names, key: str) -> list[tuple[str, str, str]]:
    """(id, name, role) of the organisations of an initiative that have a page."""
    return [each for each in organisations_of(n.package, key) if each[0] in n.package.organisations.index]


def links(n: Names, key: str) -> Markup:
    """Links from any page to the neighbours of an initiative and to its organisations."""
    found = [_link(n, {"part": NEIGHBOURS, "one": key}, n.w.t("Neighbours of this initiative"))]
    for code, name, _ in known_organisations(n, key)[:MOST_BUTTONS]:
        found.append(_link(n, {"part": ORGANISATION, "org": code}, plain(name)))
    return markup('<p class="hsc-links">{}</p>', joined(found, " "))


def _link(n: Names, query: dict[str, str], text: str) -> Markup:
    return markup('<a href="{}">{}</a>', f"{PAGE}?{urlencode({**query, **n.kept()})}", text)


def listed(
    n: Names,
    state: PageState,
    key: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    page: str = "page",
    pick: Callable[[str], None] | None = None,
    page_size: int = PAGE_SIZE,
) -> None:
    """A table whose rows open an initiative, or do what `pick` says."""
    table(
        n.w,
        key=key,
        caption=caption,
        columns=columns,
        rows=rows,
        page=int(state[page]),
        page_size=page_size,
        selected=state["sel"],
        on_pick=pick or (lambda code: state.set("sel", code)),
        on_page=lambda number: state.set(page, str(number)),
    )


def initiative_choice(n: Names, state: PageState, key: str, text: str, take: Callable[[], None]) -> None:
    """A list of all initiatives by name."""
    codes = by_name(n, sorted(state.params[key].options or ()), n.initiative)
    st.selectbox(
        text,
        ["", *codes],
        format_func=lambda code: n.initiative(code) if code else n.w.t("choose an initiative"),
        key=state.seed(key),
        on_change=take,
    )
