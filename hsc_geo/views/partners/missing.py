"""Who is missing: kinds of partner by ambition for an area, neighbourhoods without, and whom to invite."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.analysis.partners import WhoIsMissing, ambition_codes
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import listed, one_or_none
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.links import ORGANISATION
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners import answers, calls
from hsc_geo.views.partners.answers import MissingAnswer
from hsc_geo.views.partners.choices import MissingChoice, missing_choice
from hsc_geo.views.partners.panel import go
from hsc_geo.views.partners.words import missing as words
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.counted import label, sentence


def draw(n: Names, state: PageState) -> None:
    """The sentence and the matrix of an area; then whom to invite, and the neighbourhoods without."""
    choice = missing_choice(n.package, state)
    found = answers.missing(n.package, choice)
    with answer():
        say(words.said(n, choice, found.found), f"({label(n)})")
        chips(n, state, [Chip("area", n.area(choice.area), lambda: _area(n, state, choice), ["area"])])
        _matrix(n, state, found.found)
    st.html(markup('<p id="known">{}</p>', sentence(n, found.count, choice.area)))
    _invite(n, state, choice, found.found)
    _gaps(n, state, found)
    shown = _shown(choice, found.found)
    in_python.fold(n, "missing", lambda: calls.missing(shown))
    st.html(items(words.method_texts(n)))


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
    """Of the kind that is chosen in the matrix, else of the first that is missing."""
    w, asked = n.w, _shown(choice, found)
    sector = asked.sector
    st.header(w.t("Whom to invite?"), anchor=False)
    guests = answers.guests(n.package, asked) if sector else []
    with st.container(horizontal=True, gap="medium"):
        _sector(n, state, sector, found)
        _ambition(n, state, choice)
    if not sector:
        st.info(w.t("Choose a kind of partner to see which organisations of that kind are known elsewhere."))
    elif not guests:
        st.info(w.t("No other organisation of this kind is in the register."))
    else:
        shown = words.invitation_list(n, asked, guests)
        listed(n, state, "missing_invite", shown, "lpage", lambda code: go(state, ORGANISATION, "org", code))


def _shown(choice: MissingChoice, found: WhoIsMissing) -> MissingChoice:
    """The choice with the kind of partner whose guests are shown."""
    return replace(choice, sector=choice.sector or next(iter(found.missing), ""))


def _sector(n: Names, state: PageState, sector: str, found: WhoIsMissing) -> None:
    st.session_state["w_msec"] = sector
    one_or_none(
        n.w.t("Kind of partner"),
        found.sectors,
        lambda code: n.term("sector", code),
        n.w.t("choose a kind"),
        key="w_msec",
        on_change=lambda: _take(state, "msec"),
        width=260,
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
    st.header(n.w.t("In which neighbourhoods is none known?"), anchor=False)
    st.html(markup("<p>{}</p>", words.gap_text(n, answer.spots, answer.district)))
    listed(n, state, "missing_gaps", words.gaps(n, answer), "gpage", lambda _: None)
