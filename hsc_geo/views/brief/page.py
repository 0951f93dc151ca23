"""The page to print: the brief that its address asks for, with a button for the same as PDF.

Without a kind in the address it makes the papers for a meeting: a pack for a Kenniscafé or a brief for a Policy Lab.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsc_geo.data.load import Package
from hsc_geo.views.brief import kinds
from hsc_geo.views.brief.kinds import ANY, KENNISCAFE, KINDS, MEETINGS, POLICY_LAB
from hsc_geo.views.brief.policy_lab import LONGEST_QUESTION
from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.button import pdf_button
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.paper.html_page import STYLES, to_html
from hsc_geo.views.paper.take import pdf_bytes
from hsc_geo.views.wording.area import area_label, areas_in_order


def draw(n: Names) -> None:
    """The whole page."""
    package, w = n.package, n.w
    kind = _kind()
    state = _state(package, kind)
    state.pull()
    refused = refused_texts(w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    st.html(STYLES)
    if kind in MEETINGS:
        with st.container(key="brief_controls"):
            _controls(n, state)
        kind = state["kind"]
    _document(n, kind, state)
    if kind in MEETINGS:
        state.push()


def _kind() -> str:
    asked = st.query_params.get("kind", "")
    return asked if asked in KINDS else KENNISCAFE


def _state(package: Package, kind: str) -> PageState:
    """The choices: for a meeting those of this page, else those in the address of another page, which only count here
    as long as the address says so."""
    session = st.session_state if kind in MEETINGS else {}
    name = "brief" if kind in MEETINGS else f"brief_{kind}"
    return PageState(name, kinds.parameters(package, kind), session, st.query_params)


def _document(n: Names, kind: str, state: PageState) -> None:
    chosen = write(state.values, list(state.params.values()))
    link = page_address(kinds.PAGE_OF[kind], address_of(n, chosen))
    made = kinds.document(n, kind, state, link)
    st.title(made.title, anchor=False)
    pdf_button(n, partial(pdf_bytes, n, made), key="brief_pdf", name=f"{made.kind}-{made.place}")
    st.html(to_html(n.package, made))


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    names = {KENNISCAFE: w.t("Kenniscafé"), POLICY_LAB: w.t("Policy Lab")}
    text = w.t(
        "A paper for a meeting: choose what it is for and which area it is about, then print it or take the PDF."
    )
    st.html(markup('<p class="hsc-lead">{}</p>', text))
    st.segmented_control(
        w.t("For which meeting"),
        MEETINGS,
        format_func=lambda code: names[code],
        key=state.seed("kind"),
        on_change=state.take,
        args=("kind",),
        required=True,
    )
    left, right = st.columns(2, gap="medium")
    with left:
        _select(n, state, "area", w.t("Area"), list(areas_in_order(n.package)))
    with right:
        ambitions = [ANY, *sorted(state.params["amb"].options or ())]
        _select(n, state, "amb", w.t("Ambition"), [code for code in ambitions if code != "none"])
    if state["kind"] == POLICY_LAB:
        _question(n, state)


def _select(n: Names, state: PageState, key: str, label: str, codes: list[str]) -> None:
    def name(code: str) -> str:
        if code == ANY:
            return n.w.t("all")
        return area_label(n, code) if key == "area" else n.term("ambition", code)

    st.selectbox(label, codes, format_func=name, key=state.seed(key), on_change=state.take, args=(key,))


def _question(n: Names, state: PageState) -> None:
    st.text_input(
        n.w.t("The policy question, in your own words"),
        key=state.seed("q"),
        max_chars=LONGEST_QUESTION,
        on_change=state.take,
        args=("q",),
        help=n.w.t(
            "It is printed as you type it, stands in the address of this page, and is stored nowhere else."
        ),
    )
