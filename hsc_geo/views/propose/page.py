"""The page Propose: a new initiative, a correction, an end, a confirmation, a question or a comment, without account.

One form, then a look over; what was typed stays in the visit and in the visitor's browser until it is sent. What was
sent is followed by its link, and changed as long as it waits. The address holds which kind and entry, never a text.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.register import Fault, Outcomes, RegisterError
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.propose import fields, follow, kept, moves, place, send, words
from hsc_geo.views.propose.choices import AMEND, FORM, PLACE, SEND, SOURCE, WHAT, WHOM, Letterbox, parameters
from hsc_geo.views.propose.form import Form, amending, form_of
from hsc_geo.views.propose.proposal import faults_of, shown_faults

OFF = "off"
READABLE = 720  # pixels


def draw(n: Names, assets: MapAssets, letterbox: Letterbox) -> None:
    """The whole page."""
    head(n.w.t("Propose"))
    _page(n, assets, letterbox)


@st.fragment
def _page(n: Names, assets: MapAssets, letterbox: Letterbox) -> None:
    state = PageState("propose", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    with answer():
        form = _answer(n, state, assets, letterbox)
    kept.keep(form)
    state.push()


def _answer(n: Names, state: PageState, assets: MapAssets, letterbox: Letterbox) -> Form:
    """What a visitor came for: the proposal of the link, other words for it, or the form; the form that was drawn."""
    found = follow.found(n, state, letterbox) if state["code"] else None
    if found is not None and found.status == "open" and state["step"] == AMEND:
        form = amending(n, state, st.session_state, found)
        say(words.amending_text(n.w, found.number))
        _amend(form, assets, letterbox)
        return form
    form = form_of(n, state, st.session_state)
    if state["code"]:
        follow.follow(n, state, letterbox, found)
    else:
        _propose(form, assets, letterbox)
    return form


def _propose(form: Form, assets: MapAssets, letterbox: Letterbox) -> None:
    w = form.n.w
    say(words.answer_text(w, _outcomes(letterbox)))
    if letterbox.register() is None:
        moves.note("unreachable", words.not_reached(form.n, letterbox.reason()))
        if letterbox.reason() == OFF:
            return
    with st.container():
        follow.failure()
    if form.state["step"] == SEND:
        _look_over(form, letterbox)
        return
    segments(
        form.state, "kind", w.t("What do you want to do?"), words.kind_names(w), lambda: take_kind(form.state)
    )
    st.html(quiet(words.kind_explanation(w, form.kind)))
    _form(form, assets, letterbox, faults_of(form))
    st.button(w.t("Next"), key="propose_next", type="primary", on_click=go_on, args=(form,))


def _outcomes(letterbox: Letterbox) -> Outcomes | None:
    """What became of proposals so far; None while the register cannot be reached."""
    register = letterbox.register()
    try:
        return register.outcomes() if register else None
    except RegisterError:
        return None


def take_kind(state: PageState) -> None:
    """Another kind of proposal; the entry that was chosen stays."""
    state.take("kind")
    state.clear(["step"])


def _form(form: Form, assets: MapAssets, letterbox: Letterbox, every: Sequence[Fault]) -> None:
    """All parts of the form, under what is wrong in it."""
    faults = shown_faults(form, every)
    with st.container():  # always: what comes and goes here moves no map
        kept.told_back(form)
        fields.fault_list(form, faults)
    names = words.part_names(form.n.w)
    for number, part in enumerate(form.parts):
        with st.container(width="stretch" if part == PLACE else READABLE, gap="small"):
            if len(form.parts) > 1:
                moves.heading(names[part], leads=number == 0)
            _part(form, part, faults, assets, letterbox)


def _part(form: Form, part: str, faults: Sequence[Fault], assets: MapAssets, letterbox: Letterbox) -> None:
    if part == WHAT:
        fields.what(form, letterbox, faults)
    elif part == PLACE:
        place.place(form, faults, assets, letterbox.look_up, letterbox.asks)
    elif part == WHOM:
        fields.whom(form, faults)
    elif part == SOURCE:
        fields.source(form, faults)


def go_on(form: Form) -> None:
    """To the look over, when nothing is wrong."""
    if ready(form):
        form.state.set("step", SEND)
        moves.move(moves.STEP)


def ready(form: Form) -> bool:
    """Whether it can be sent as it is; else what is wrong comes into view."""
    form.draft.try_it()
    form.draft.seen()
    wrong = bool(faults_of(form))
    if wrong:
        moves.move(moves.FAULTS)
    return not wrong


def _look_over(form: Form, letterbox: Letterbox) -> None:
    """Before it is sent."""
    w, every = form.n.w, faults_of(form)
    moves.heading(w.t("Look over and send"))
    send.look_over(form, every)
    with st.container(horizontal=True, gap="small"):
        st.button(w.t("Back"), key="propose_back", on_click=go_back, args=(form,))
        send.button(form, letterbox, every)


def go_back(form: Form) -> None:
    """To the form; all is kept."""
    form.state.set("step", FORM)
    moves.move(moves.STEP)


def _amend(form: Form, assets: MapAssets, letterbox: Letterbox) -> None:
    """The form with what was sent, and a button that puts what stands there now in its place."""
    w = form.n.w
    with st.container():
        follow.failure()
    _form(form, assets, letterbox, faults_of(form))
    with st.container(horizontal=True, gap="small"):
        st.button(w.t("Leave it as it was"), key="propose_leave", on_click=leave, args=(form,))
        st.button(
            w.t("Send the change"),
            key="propose_amend",
            type="primary",
            on_click=amend,
            args=(form, letterbox),
        )


def leave(form: Form) -> None:
    """Back to what was sent."""
    form.draft.clear()
    go_back(form)


def amend(form: Form, letterbox: Letterbox) -> None:
    """Send the other words, when nothing is wrong with them."""
    if ready(form):
        send.amend(form, letterbox)
