"""The page Review: what was proposed, the journal, what is to be confirmed, import and export. For stewards."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import streamlit as st

from hsc_geo.analysis.near import LookUp
from hsc_geo.register import REVIEWERS, Actor, Register, RegisterError, RegisterUnavailable
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.review import asked, confirm, dates, files, fresh, journal, merge, points, queue
from hsc_geo.views.review.choices import (
    ASKED,
    CONFIRM,
    DATES,
    FILES,
    FRESH,
    JOURNAL,
    MERGE,
    POINTS,
    QUEUE,
    go,
    parameters,
)
from hsc_geo.views.review.desk import Desk, refusal, show_message
from hsc_geo.views.review.refusals import error_text, unavailable_text
from hsc_geo.views.review.words import role_text


@dataclass(frozen=True)
class SignIn:
    """What stands before the desk: whether anyone can sign in here, whether this visitor is, and how to.

    ask: who visits now; raises RegisterUnavailable while that cannot be known of a steward.
    """

    configured: bool
    signed_in: bool
    ask: Callable[[], Actor]
    log_in: Callable[[], None]
    log_out: Callable[[], None]


def draw(
    n: Names,
    assets: MapAssets,
    sign_in: SignIn,
    register: Register | None,
    reason: str,
    changed: Callable[[], None],
    look_up: LookUp,
    kept: fresh.Kept,
) -> None:
    """The whole page: closed for whoever may not review. look_up: finds addresses. kept: reads the report of the last
    refresh of the data."""
    w = n.w
    beside = head(w.t("Review"))
    try:
        by = sign_in.ask()
    except RegisterUnavailable as error:
        with beside:
            _sign_out(w, sign_in)
        with answer():
            refusal(unavailable_text(w, error.code))
        return
    if by.role not in REVIEWERS:
        with answer():
            _closed(w, sign_in)
        return
    with beside:
        _who(w, by, sign_in)
    with answer():
        if register is None:
            refusal(unavailable_text(w, reason))
            return
        _open(n, assets, Desk(register, sign_in.ask, changed), look_up, kept)


def _closed(w: Words, sign_in: SignIn) -> None:
    """How the page is opened: by signing in, by the operator, or on the server."""
    say(w.t("This page is for the stewards of the register. It is closed to you now."))
    st.html(items(closed_texts(w, sign_in.configured, sign_in.signed_in)))
    if sign_in.configured and not sign_in.signed_in:
        st.button(w.t("Sign in"), type="primary", key="review_log_in", on_click=sign_in.log_in)
    elif sign_in.configured:
        _sign_out(w, sign_in)


def closed_texts(w: Words, configured: bool, signed_in: bool) -> list[str]:
    """Why it is closed, and what to do."""
    command = w.t(
        "The administrator of the server can review without this page, with the command: python -m hsc_geo register"
    )
    if not configured:
        return [
            w.t(
                "Nobody can sign in on this site: no sign-in service is set up. The administrator opens this page "
                "with five settings; docs/review.md says which."
            ),
            command,
        ]
    if signed_in:
        return [
            w.t(
                "You are signed in, without the role of steward. Ask the administrator for it, then sign in again."
            ),
            command,
        ]
    return [
        w.t("Sign in with your account of the centre. A sign-in counts for twelve hours."),
        w.t("After that you are back on this page."),
        command,
    ]


def _who(w: Words, by: Actor, sign_in: SignIn) -> None:
    text = w.t("Signed in as {role}", role=role_text(w, by.role))
    st.html(markup('<p class="hsc-quiet" id="who">{}</p>', text), width="content")
    _sign_out(w, sign_in)


def _sign_out(w: Words, sign_in: SignIn) -> None:
    st.button(w.t("Sign out"), key="review_log_out", on_click=sign_in.log_out)


def _open(n: Names, assets: MapAssets, desk: Desk, look_up: LookUp, kept: fresh.Kept) -> None:
    state = PageState("review", parameters(), st.session_state, st.query_params)
    state.pull()
    _waiting(n, desk)
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    segments(state, "part", n.w.t("Part of this page"), part_names(n.w), lambda: _turn(state))
    show_message()
    drawn: dict[str, Callable[[], None]] = {
        QUEUE: lambda: queue.draw(n, state, desk, assets, look_up),
        MERGE: lambda: merge.draw(n, state, desk),
        JOURNAL: lambda: journal.draw(n, state, desk),
        DATES: lambda: dates.draw(n, state, desk),
        CONFIRM: lambda: confirm.draw(n, state, desk),
        POINTS: lambda: points.draw(n, state, desk, assets, look_up),
        ASKED: lambda: asked.draw(n, state, desk),
        FILES: lambda: files.draw(n, state, desk),
        FRESH: lambda: fresh.draw(n, state, desk, kept),
    }
    try:
        drawn[state["part"]]()
    except RegisterError as error:
        refusal(error_text(n.w, error))
    state.push()


def _waiting(n: Names, desk: Desk) -> None:
    """How many proposals wait, and since when the oldest does."""
    try:
        waiting = desk.do(lambda register, by: register.count(by))
        oldest = desk.do(lambda register, by: register.queue(by, limit=1))
    except RegisterError:  # the part that is open tells it
        return
    say(waiting_text(n, waiting, oldest[0].at.date() if oldest else None))


def waiting_text(n: Names, waiting: int, since: date | None) -> str:
    """The same in one sentence."""
    w = n.w
    if since is None:
        return w.t("No proposal waits.")
    return w.tn(
        "{n} proposal waits, since {date}.",
        "{n} proposals wait, the oldest since {date}.",
        waiting,
        date=w.date(since),
    )


def _turn(state: PageState) -> None:
    state.take("part")
    go(state, state["part"] or QUEUE)


def part_names(w: Words) -> dict[str, str]:
    """The parts of the page; one is on the screen at a time."""
    return {
        QUEUE: w.t("Proposals"),
        MERGE: w.t("Merge"),
        JOURNAL: w.t("Journal"),
        DATES: w.t("Between two days"),
        CONFIRM: w.t("To be confirmed"),
        POINTS: w.t("Without a point"),
        ASKED: w.t("Asked"),
        FILES: w.t("Files"),
        FRESH: w.t("Fresh figures"),
    }
