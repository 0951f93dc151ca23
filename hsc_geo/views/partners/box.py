"""The one box of the page, for a place, an organisation, an initiative or a topic: what is meant for sure is taken at
once, and what else it may be stands under it."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from hsc_geo.analysis.near import BUSY, FEWEST, UNREACHABLE, LookUp
from hsc_geo.views.kit.html import label, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners.choices import STARTS
from hsc_geo.views.partners.finding import Finding, Offer, find, nothing_text, service_text

TEXT = "w_partners_text"
FINDING = "partners_finding"  # of the text in the box; kept with this visit and nowhere else
TAKEN = "partners_taken"  # the offer that was taken last
WIDTH = 560  # pixels
_KIND: dict[bool, Literal["secondary", "tertiary"]] = {False: "secondary", True: "tertiary"}


def draw(n: Names, state: PageState, look_up: LookUp) -> None:
    """The box, and what was found. `look_up` finds addresses."""
    st.text_input(
        n.w.t("Street, postcode, neighbourhood, place, organisation, initiative or topic"),
        key=TEXT,
        type="search",
        placeholder=n.w.t("Near which street, neighbourhood, place or organisation?"),
        label_visibility="collapsed",
        icon=":material/search:",
        width=WIDTH,
        on_change=_typed,
        args=(n, state, look_up),
    )
    with st.container():
        text = str(st.session_state.get(TEXT) or "").strip()
        if len(text) >= FEWEST:
            _found(n, state, _finding(n, text, look_up))


def name_of(at: str) -> str:
    """What the visitor called the point that is chosen now; '' where it came by a link or by a click."""
    taken: Offer | None = st.session_state.get(TAKEN)
    return taken.short if taken and taken.values.get("at") == at else ""


def _typed(n: Names, state: PageState, look_up: LookUp) -> None:
    text = str(st.session_state.get(TEXT) or "").strip()
    if len(text) < FEWEST:
        return
    found = _finding(n, text, look_up)
    if found.sure:
        take(state, found.offers[0])


def _finding(n: Names, text: str, look_up: LookUp) -> Finding:
    """What a text finds; the address service is asked once for it, and again only where it could not be reached."""
    kept: Finding | None = st.session_state.get(FINDING)
    if kept is None or kept.text != text or kept.service in (UNREACHABLE, BUSY):
        kept = find(n, text, look_up)
        st.session_state[FINDING] = kept
    return kept


def take(state: PageState, offer: Offer) -> None:
    """Choose what was offered: one start at a time, what was chosen another way is dropped."""
    state.clear(["sel", "page", *(STARTS if offer.starts else ())])
    for key, value in offer.values.items():
        state.set(key, value)
    st.session_state[TAKEN] = offer


def set_start(state: PageState, key: str, value: str) -> None:
    """A start that was chosen without the box, which is made empty."""
    state.clear([*STARTS, "sel", "page"])
    state.set(key, value)
    st.session_state[TEXT] = ""


def _found(n: Names, state: PageState, found: Finding) -> None:
    w = n.w
    why = service_text(n, found.service)
    if why:
        st.html(quiet(markup('<span role="status">{}</span>', why)))
    if not found.offers:
        st.html(markup('<p role="status">{}</p>', nothing_text(n, found.service)))
        return
    others = [offer for offer in found.offers if not _holds(state, offer)]
    if not others:
        return
    taken = len(others) < len(found.offers)
    text = (
        w.t("Or do you mean:")
        if taken
        else w.tn("{n} found; choose it:", "{n} found; choose one:", len(others))
    )
    kind = _KIND[taken]
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="near_offers"):
        st.html(markup('<span class="hsc-quiet" role="status">{}</span>', text), width="content")
        for i, offer in enumerate(others):
            key = f"near_option_{i}"
            st.button(label(offer.name), key=key, type=kind, on_click=take, args=(state, offer))


def _holds(state: PageState, offer: Offer) -> bool:
    """Whether the page shows what is offered."""
    return all(state.values.get(key) == value for key, value in offer.values.items())
