"""The page Propose: a new initiative, a correction, an end, a confirmation, a question or a comment, without account.

In steps, and back and forth between them; what was typed stays in the visit and in the visitor's browser until it is
sent. The address holds which kind, entry and step, never a text.
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.register import KINDS, Fault
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.propose import fields, follow, kept, moves, place, send, words
from hsc_geo.views.propose.choices import KIND, PLACE, SEND, SOURCE, WHAT, WHOM, Letterbox, parameters
from hsc_geo.views.propose.form import Form, form_of
from hsc_geo.views.propose.proposal import faults_of, shown_faults

OFF = "off"
READABLE = 720  # pixels


def draw(n: Names, assets: MapAssets, letterbox: Letterbox) -> None:
    """The whole page."""
    st.title(n.w.t("Propose"), anchor=False)
    _page(n, assets, letterbox)


@st.fragment
def _page(n: Names, assets: MapAssets, letterbox: Letterbox) -> None:
    state = PageState("propose", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    reachable = letterbox.register() is not None
    if state["code"]:
        follow.follow(n, state, letterbox)
    else:
        _propose(n, state, assets, letterbox, reachable)
    kept.keep(form_of(n, state, st.session_state))
    state.push()


def _propose(n: Names, state: PageState, assets: MapAssets, letterbox: Letterbox, reachable: bool) -> None:
    w, form = n.w, form_of(n, state, st.session_state)
    if form.step in (KIND, WHAT):
        _lead(w)
    if not reachable:
        moves.note("unreachable", words.not_reached(w, letterbox.reason()))
        if letterbox.reason() == OFF:
            return
    follow.failure()
    if form.step == KIND:
        _kinds(form)
    else:
        _step(form, assets, letterbox)


def _lead(w: Words) -> None:
    told = w.t(
        "Tell us what is missing or not right. You need no account. A steward of the centre looks at it before "
        "anything changes, and you get a link to follow it."
    )
    st.html(markup('<p class="hsc-lead">{}</p>', told))


def _kinds(form: Form) -> None:
    """The first step: what someone wants to do."""
    w = form.n.w
    moves.heading(words.step_names(w)[KIND])
    known = words.kind_names(w)
    for kind in KINDS:
        with st.container(gap="xxsmall"):
            st.button(known[kind], key=f"kind_{kind}", on_click=take_kind, args=(form, kind), width=420)
            st.html(quiet(words.kind_explanation(w, kind)))


def take_kind(form: Form, kind: str) -> None:
    """Go on with this kind; the entry that was chosen stays."""
    form.state.set("kind", kind)
    form.state.set("step", WHAT)
    moves.move(moves.STEP)


def _step(form: Form, assets: MapAssets, letterbox: Letterbox) -> None:
    w, step = form.n.w, form.step
    _where_we_are(form)
    kept.told_back(form)
    every = faults_of(form)
    if step == SEND:
        send.look_over(form, every)
    else:
        faults = shown_faults(form, step, every)
        fields.fault_list(form, faults)
        with st.container(width="stretch" if step == PLACE else READABLE):
            _content(form, step, faults, assets)
    with st.container(horizontal=True, gap="small"):
        st.button(w.t("Back"), key="propose_back", on_click=go_back, args=(form,))
        if step == SEND:
            send.button(form, letterbox, every)
        else:
            st.button(w.t("Next"), key="propose_next", type="primary", on_click=go_on, args=(form,))


def _where_we_are(form: Form) -> None:
    w, names = form.n.w, words.step_names(form.n.w)
    number = form.steps.index(form.step) + 1
    step = w.t("step {n} of {total}", n=number, total=len(form.steps))
    moves.heading(names[form.step], f"{words.kind_names(w)[form.kind]} · {step}")


def _content(form: Form, step: str, faults: Sequence[Fault], assets: MapAssets) -> None:
    if step == WHAT:
        fields.what(form, faults)
    elif step == PLACE:
        place.place(form, faults, assets)
    elif step == WHOM:
        fields.fields(form, WHOM, faults)
    elif step == SOURCE:
        fields.source(form, faults)


def go_on(form: Form) -> None:
    """To the next step, when nothing is wrong on this one."""
    step = form.step
    form.draft.try_step(step)
    form.draft.seen()
    if step == SEND or shown_faults(form, step, faults_of(form)):
        moves.move(moves.FAULTS)
        return
    form.state.set("step", form.steps[form.steps.index(step) + 1])
    moves.move(moves.STEP)


def go_back(form: Form) -> None:
    """To the step before, whatever stands here; all is kept."""
    number = form.steps.index(form.step) if form.step in form.steps else 0
    form.state.set("step", form.steps[number - 1] if number else KIND)
    moves.move(moves.STEP)
