"""What became of a proposal, by its link."""

from collections.abc import MutableMapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.register import AlreadyDecided, Proposed, RegisterError, Unknown
from hsc_geo.views.kit.html import facts, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.propose import moves, words
from hsc_geo.views.propose.choices import PAGE, QUESTION, Letterbox

FAILED = "propose_failed"  # why the last try to send or withdraw did not succeed, as (what, sentence)

SENT = "propose_sent"  # the number of the proposal that was just sent

ASKED = "propose_withdraw"  # whether the visitor is asked if it should really be withdrawn


def fail(sentence: str) -> None:
    """Something did not succeed: why stands on the screen next."""
    st.session_state[FAILED] = sentence
    moves.move(moves.FAILED)


def failure() -> None:
    """Why the last try did not succeed, told once."""
    sentence = st.session_state.pop(FAILED, "")
    if sentence:
        moves.note("failed", sentence, leads=moves.FAILED)


def follow(n: Names, state: PageState, letterbox: Letterbox) -> None:
    """A proposal by the code of its link: how it stands, what it says, and a way to withdraw it."""
    w = n.w
    failure()
    found = _found(n, state, letterbox)
    if found is not None:
        _receipt(n, state, found)
        _told(n, found)
        if found.status == "open":
            _withdrawing(n, state, letterbox)
    st.button(w.t("Propose something else"), key="propose_another", on_click=_another, args=(state,))


def _found(n: Names, state: PageState, letterbox: Letterbox) -> Proposed | None:
    w, register = n.w, letterbox.register()
    try:
        if register is not None:
            return register.follow(state["code"])
        problem = words.not_reached(w, letterbox.reason())
    except Unknown:
        problem = words.unknown_code(w)
    except RegisterError:
        problem = words.not_reached(w, "")
    moves.note("failed", problem)
    return None


def _receipt(n: Names, state: PageState, found: Proposed) -> None:
    w = n.w
    moves.heading(w.t("Proposal {number}", number=found.number))
    if st.session_state.get(SENT) == found.number and found.status == "open":
        thanks = w.t("Thank you, your proposal is with us. Its number is {number}.", number=found.number)
        st.html(markup('<p role="status" id="receipt"><strong>{}</strong></p>', thanks))
    if found.status in ("open", "accepted"):
        told = w.t(
            "Keep this link: with it you follow your proposal, and can withdraw it. Whoever has it can do so too."
        )
        st.html(markup("<p>{}</p>", told))
        st.code(follow_url(state["code"]), language=None, wrap_lines=True)


def follow_url(code: str) -> str:
    """The whole address of the link, as far as the server knows its own."""
    page = (st.context.url or PAGE).split("?")[0].split("#")[0]
    return f"{page}?{urlencode({'code': code})}"


def _told(n: Names, found: Proposed) -> None:
    w = n.w
    result, question = "", found.proposal.kind == QUESTION
    if found.result_id and found.result_id in n.package.initiatives.index:
        query = urlencode({"sel": found.result_id, "lang": w.code})
        result = markup('<a href="kaart?{}">{}</a>', query, n.initiative(found.result_id))
    st.html(
        facts(
            [
                (w.t("Status"), words.status_names(w, question).get(found.status, found.status)),
                (w.t("Sent on"), w.date(found.at.date())),
                (w.t("Decided on"), w.date(found.decided_at.date()) if found.decided_at else ""),
                (w.t("Answer") if question else w.t("What the steward says"), found.decision_why),
                (w.t("In the register"), result),
                (w.t("Kind of proposal"), words.kind_names(w).get(found.proposal.kind, "")),
                *words.proposal_facts(n, found.proposal),
            ]
        )
    )


def _withdrawing(n: Names, state: PageState, letterbox: Letterbox) -> None:
    w = n.w
    ask = partial(_ask, st.session_state)
    if not st.session_state.get(ASKED):
        st.button(w.t("Withdraw this proposal"), key="propose_withdraw_ask", on_click=ask, args=(True,))
        return
    told = w.t("Really withdraw it? A steward will not look at it any more.")
    st.html(markup('<p role="status" {}>{}</p>', moves.mark(moves.ASKED), told))
    with st.container(horizontal=True, gap="small"):
        st.button(
            w.t("Yes, withdraw it"), key="propose_withdraw_yes", on_click=withdraw, args=(n, state, letterbox)
        )
        st.button(w.t("No, keep it"), key="propose_withdraw_no", on_click=ask, args=(False,))


def _ask(session: MutableMapping[Any, Any], whether: bool) -> None:
    session[ASKED] = whether
    moves.move(moves.ASKED if whether else moves.STEP)


def withdraw(n: Names, state: PageState, letterbox: Letterbox) -> None:
    """Take it back, if it is still open."""
    _ask(st.session_state, False)
    w, register = n.w, letterbox.register()
    try:
        if register is None:
            fail(words.not_reached(w, letterbox.reason()))
        else:
            register.withdraw(state["code"])
    except AlreadyDecided:
        fail(w.t("A decision on this proposal was taken already; it cannot be withdrawn any more."))
    except Unknown:
        fail(words.unknown_code(w))
    except RegisterError:
        fail(words.not_reached(w, ""))


def _another(state: PageState) -> None:
    _ask(st.session_state, False)
    state.clear(["kind", "entry", "fig", "step", "code"])
