"""Initiatives by ambition and kinds of partner of a profile, with who they are."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table, whole
from hsc_geo.views.profile import answers, tables
from hsc_geo.views.profile.calls import calls
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.figures import section
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.counted import label
from hsc_geo.views.wording.initiatives import initiative_columns, initiative_rows
from hsc_geo.views.wording.missing import missing_text


def draw(n: Names, state: PageState, choice: ProfileChoice) -> None:
    """Both tables; under the first the initiatives of the ambition that is chosen."""
    _ambitions(n, state, choice)
    in_python.fold(n, "initiatives", lambda: calls(choice, "initiatives"))
    ids = answers.of_ambition(answers.ambitions(n.package, choice), choice.ambition)
    if ids is not None:
        _list(n, state, choice, ids)
    _kinds(n, choice)


def _ambitions(n: Names, state: PageState, choice: ProfileChoice) -> None:
    w = n.w
    section(n, "initiatives")
    counts = w.t("Counted: {label}.", label=label(n))
    text = w.t(
        "Choose a row to see who they are. One with several ambitions counts in each. None known is not the same "
        "as none."
    )
    st.html(quiet(f"{counts} {text}"))

    def pick(code: str) -> None:
        state.clear(["sel", "lpage"])
        state.set("amb", code)

    shown = tables.ambitions(n, choice)
    table(
        w,
        "profile_ambitions",
        shown,
        Display(page_size=len(shown.rows), selected=choice.ambition),
        Clicks(pick=pick),
    )


def _list(n: Names, state: PageState, choice: ProfileChoice, ids: list[str]) -> None:
    w = n.w
    st.html(markup('<h3 id="chosen">{}</h3>', n.term("ambition", choice.ambition)))
    if not ids:
        st.info(w.t("No initiative known here under these choices."))
        return
    table(
        w,
        "profile_list",
        Listing(
            w.tn("{n} initiative in this list", "{n} initiatives in this list", len(ids)),
            [Column(c.key, c.label, c.numeric, sortable=False) for c in initiative_columns(n)],
            initiative_rows(n, ids, "", False, choice.page),
        ),
        Display(page=choice.page, total=len(ids), selected=choice.initiative),
        Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("lpage", str(page))),
    )
    if choice.initiative in ids:
        with st.container(border=True):
            st.html(initiative.initiative(n, choice.initiative))
            st.button(w.t("Close"), key="profile_close", on_click=state.set, args=("sel", ""))


def _kinds(n: Names, choice: ProfileChoice) -> None:
    section(n, "missing")
    groups = answers.kinds(n.package, choice)
    for code, sectors in answers.missing(choice, groups).items():
        st.html(markup("<p>{}</p>", missing_text(n, code, sectors)))
    whole(n.w, "profile_kinds", tables.kinds(n, choice, groups))
    in_python.fold(n, "missing", lambda: calls(choice, "missing"))
