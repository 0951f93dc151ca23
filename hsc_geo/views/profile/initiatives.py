"""Initiatives by ambition and kinds of partner of a profile, with who they are."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis import profile
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.profile import tables
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.counted import label
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_rows
from hsc_geo.views.wording.missing import missing_text

Lines = list[tuple[profile.AmbitionLine, ...]]


def draw(n: Names, state: PageState, codes: Sequence[str]) -> None:
    """Both tables; under the first the initiatives of the ambition that is chosen."""
    _ambitions(n, state, codes)
    _kinds(n, codes)


def ambition_lines(n: Names, codes: Sequence[str]) -> Lines:
    """Per ambition the lines of the areas, in one order; an area without a line of its own gets an empty one."""
    found = [{line.ambition: line for line in profile.initiatives_by_ambition(n.package, c)} for c in codes]
    keys = dict.fromkeys(key for lines in found for key in lines)
    return [tuple(lines.get(key, profile.AmbitionLine(key, (), (), ())) for lines in found) for key in keys]


def one_neighbourhood(n: Names, codes: Sequence[str]) -> bool:
    """Whether it is about one neighbourhood, beside which its district stands."""
    return len(codes) == 1 and profile.check_level(n.package, codes[0]) == NEIGHBOURHOOD


def _ambitions(n: Names, state: PageState, codes: Sequence[str]) -> None:
    w = n.w
    st.header(w.t("Initiatives by ambition"), anchor=False)
    lines = ambition_lines(n, codes)
    around = one_neighbourhood(n, codes)
    counts = w.t("Counted: {label}.", label=label(n))
    text = w.t(
        "Choose a row to see who they are. One with several ambitions counts in each. None known is not the same "
        "as none."
    )
    st.html(quiet(f"{counts} {text}"))

    def pick(code: str) -> None:
        state.clear(["sel", "lpage"])
        state.set("amb", code)

    table(
        w,
        key="profile_ambitions",
        caption=w.t("Initiatives known to serve the area, by ambition"),
        columns=tables.ambition_columns(n, codes, around),
        rows=tables.ambition_rows(n, codes, lines, around),
        page_size=max(1, len(lines)),
        selected=state["amb"],
        on_pick=pick,
    )
    group = next((group for group in lines if group[0].ambition == state["amb"]), None)
    if group:
        _list(n, state, group)


def _list(n: Names, state: PageState, group: Sequence[profile.AmbitionLine]) -> None:
    w = n.w
    every = (key for line in group for key in (*line.here, *line.around, *line.wide))
    ids = list(dict.fromkeys(every))
    st.html(markup('<h3 id="chosen">{}</h3>', n.term("ambition", group[0].ambition)))
    if not ids:
        st.info(w.t("No initiative known here under these choices."))
        return
    table(
        w,
        key="profile_list",
        caption=w.tn("{n} initiative in this list", "{n} initiatives in this list", len(ids)),
        columns=[Column(c.key, c.label, c.numeric, sortable=False) for c in initiative_columns(n)],
        rows=initiative_rows(n, ids, "", False, int(state["lpage"])),
        total=len(ids),
        page=int(state["lpage"]),
        selected=state["sel"],
        on_pick=lambda key: state.set("sel", key),
        on_page=lambda page: state.set("lpage", str(page)),
    )
    if state["sel"] in ids:
        with st.container(border=True):
            st.html(initiative.initiative(n, state["sel"]))
            st.button(w.t("Close"), key="profile_close", on_click=state.set, args=("sel", ""))


def _kinds(n: Names, codes: Sequence[str]) -> None:
    w = n.w
    st.header(w.t("Who is missing"), anchor=False)
    groups = list(zip(*(profile.missing_kinds(n.package, code) for code in codes), strict=True))
    for i, code in enumerate(codes):
        text = missing_text(n, code, [group[i].sector for group in groups if group[i].missing])
        st.html(markup("<p>{}</p>", text))
    table(
        w,
        key="profile_kinds",
        caption=w.t("Initiatives in which a kind of partner is known to take part"),
        columns=tables.kind_columns(n, codes, one_neighbourhood(n, codes)),
        rows=tables.kind_rows(n, groups, one_neighbourhood(n, codes)),
        page_size=max(1, len(groups)),
        compact=True,
    )
