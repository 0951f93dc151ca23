"""The page to print: the brief that its address asks for, with a bar that gives the same as PDF.

Without a kind in the address it makes the papers for a meeting: a pack for a Kenniscafé or a brief for a Policy Lab.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.data.load import Package
from hsc_geo.views.brief import kinds
from hsc_geo.views.brief.kinds import ANY, KENNISCAFE, KINDS, MEETINGS, POLICY_LAB
from hsc_geo.views.brief.policy_lab import LONGEST_QUESTION
from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.paper.html_page import STYLES, to_html
from hsc_geo.views.paper.take import map_of
from hsc_geo.views.wording.area import area_label

FROM = "from"  # in an address: the kind of the view that a paper for a meeting is opened from, with the view's choices


def draw(n: Names) -> None:
    """The whole page."""
    _take_over(n)
    kind = _kind()
    state = _state(n.package, kind)
    state.pull()
    st.html(STYLES)
    shown = state["kind"] if kind in MEETINGS else kind
    chosen = write(state.values, list(state.params.values()))
    link = page_address(kinds.PAGE_OF[shown], address_of(n, chosen))
    made = kinds.document(n, shown, state, link)
    with head(made.title):
        share(n, shown, picture=map_of(made.blocks) is not None, prints=True)
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    with answer():
        say(made.subtitle, made.beside)
        if shown in MEETINGS:
            chips(n, state, _line(n, state))
        st.html(to_html(n.package, made))
    if shown in MEETINGS:
        state.push()


def _take_over(n: Names) -> None:
    """Where a view is told that the paper is opened from, its area and ambition become the choices of the paper."""
    query = {key: list(st.query_params.get_all(key)) for key in st.query_params}
    kind = query.get(FROM, [""])[-1]
    if kind not in KINDS:
        return
    kept = {key: query[key] for key in n.kept() if key in query}
    st.query_params.from_dict({**kinds.meeting_choices(n.package, kind, query), **kept})


def _kind() -> str:
    asked = st.query_params.get("kind", "")
    return asked if asked in KINDS else KENNISCAFE


def _state(package: Package, kind: str) -> PageState:
    """The choices: for a meeting those of this page, else those in the address of another page, which only count here
    as long as the address says so."""
    session = st.session_state if kind in MEETINGS else {}
    name = "brief" if kind in MEETINGS else f"brief_{kind}"
    return PageState(name, kinds.parameters(package, kind), session, st.query_params)


def _line(n: Names, state: PageState) -> list[Chip]:
    """For which meeting, which area and which ambition; and the question of a Policy Lab."""
    w = n.w
    names = {KENNISCAFE: w.t("Kenniscafé"), POLICY_LAB: w.t("Policy Lab")}
    about = n.term("ambition", state["amb"]) if state["amb"] else w.t("all ambitions")
    line = [
        Chip("kind", names[state["kind"]], partial(_meeting, n, state, names)),
        Chip("area", n.area(state["area"]), partial(_area, n, state), ("area",)),
        Chip("amb", about, partial(_ambition, n, state), ("amb",)),
    ]
    if state["kind"] == POLICY_LAB:
        line.append(Chip("q", w.t("The question"), partial(_question, n, state), ("q",)))
    return line


def _meeting(n: Names, state: PageState, names: dict[str, str]) -> None:
    st.segmented_control(
        n.w.t("For which meeting"),
        MEETINGS,
        format_func=lambda code: names[code],
        key=state.seed("kind"),
        on_change=state.take,
        args=("kind",),
        required=True,
    )


def _area(n: Names, state: PageState) -> None:
    st.selectbox(
        n.w.t("Area"),
        list(areas_in_order(n.package)),
        format_func=lambda code: area_label(n, code),
        key=state.seed("area"),
        on_change=state.take,
        args=("area",),
    )


def _ambition(n: Names, state: PageState) -> None:
    ambitions = [ANY, *(code for code in sorted(state.params["amb"].options or ()) if code != "none")]
    st.selectbox(
        n.w.t("Ambition"),
        ambitions,
        format_func=lambda code: n.term("ambition", code) if code else n.w.t("all ambitions"),
        key=state.seed("amb"),
        on_change=state.take,
        args=("amb",),
    )


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
