"""Who is missing: kinds of partner by ambition for an area, neighbourhoods without, and whom to invite."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.partners import WhoIsMissing, ambition_codes
from hsc_geo.views.kit.controls import listed
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.links import ORGANISATION
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners import answers, may_end
from hsc_geo.views.partners.answers import MissingAnswer
from hsc_geo.views.partners.choices import MissingChoice, missing_choice
from hsc_geo.views.partners.panel import go
from hsc_geo.views.partners.words import missing as words
from hsc_geo.views.wording.area import area_label, areas_in_order
from hsc_geo.views.wording.counted import sentence
from hsc_geo.views.wording.missing import missing_text


def draw(n: Names, state: PageState) -> None:
    """The matrix of an area, whom to invite for the kind that is chosen, and the neighbourhoods without."""
    st.header(n.w.t("Who is missing"), anchor=False)
    choice = missing_choice(n.package, state)
    _area(n, state, choice)
    answer = answers.missing(n.package, choice)
    missing = missing_text(n, choice.area, answer.found.missing)
    st.html(markup('<p id="known">{}</p>', sentence(n, answer.count, choice.area)))
    st.html(markup('<p aria-live="polite" id="missing">{}</p>', missing))
    _matrix(n, state, answer.found)
    _invite(n, state, choice, answer.found)
    _gaps(n, state, answer)
    st.html(items(words.method_texts(n)))
    may_end.draw(n, state)


def _area(n: Names, state: PageState, choice: MissingChoice) -> None:
    st.session_state["w_area"] = choice.area

    def take() -> None:
        state.clear(["page", "lpage", "gpage"])
        state.take("area")

    st.selectbox(
        n.w.t("District or neighbourhood"),
        areas_in_order(n.package),
        format_func=lambda code: area_label(n, code),
        key="w_area",
        on_change=take,
    )


def _matrix(n: Names, state: PageState, found: WhoIsMissing) -> None:
    def pick(code: str) -> None:
        state.clear(["lpage"])
        state.set("msec", code)

    listed(n, state, "missing_matrix", words.matrix(n, found), "page", pick)


# Whom to invite


def _invite(n: Names, state: PageState, choice: MissingChoice, found: WhoIsMissing) -> None:
    w = n.w
    st.header(w.t("Whom to invite"), anchor=False)
    left, right = st.columns([1, 2], gap="medium")
    with left:
        _sector(n, state, found)
    with right:
        _ambition(n, state, choice)
    if not choice.sector:
        st.info(w.t("Choose a kind of partner to see which organisations of that kind are known elsewhere."))
        return
    guests = answers.guests(n.package, choice)
    if not guests:
        st.info(w.t("No other organisation of this kind is in the register."))
        return

    def pick(code: str) -> None:
        go(state, ORGANISATION, "org", code)

    listed(n, state, "missing_invite", words.invitation_list(n, choice, guests), "lpage", pick)


def _sector(n: Names, state: PageState, found: WhoIsMissing) -> None:
    none = n.w.t("choose a kind")
    st.selectbox(
        n.w.t("Kind of partner"),
        ["", *found.sectors],
        format_func=lambda code: n.term("sector", code) if code else none,
        key=state.seed("msec"),
        on_change=lambda: _take(state, "msec"),
    )


def _ambition(n: Names, state: PageState, choice: MissingChoice) -> None:
    st.session_state["w_mamb"] = choice.ambition or None
    st.pills(
        n.w.t("Ambition"),
        ambition_codes(n.package),
        format_func=lambda code: plain_label(n.term("ambition", code)),
        key="w_mamb",
        on_change=lambda: _take(state, "mamb"),
        wrap=True,
    )


def _take(state: PageState, key: str) -> None:
    state.clear(["lpage"])
    state.take(key)


def _gaps(n: Names, state: PageState, answer: MissingAnswer) -> None:
    st.header(n.w.t("Neighbourhoods where none is known"), anchor=False)
    st.html(markup("<p>{}</p>", words.gap_text(n, answer.spots, answer.district)))
    listed(n, state, "missing_gaps", words.gaps(n, answer), "gpage", lambda _: None)
