"""What became of a proposal, by its link, and a way to change it or take it back while it waits."""

from collections.abc import MutableMapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.register import AlreadyDecided, Proposed, RegisterError, Unknown
from hsc_geo.views.kit.answer import say
from hsc_geo.views.kit.html import facts, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.propose import moves, words
from hsc_geo.views.propose.choices import AMEND, PAGE, QUESTION, Letterbox

FAILED = "propose_failed"  # why the last try to send or withdraw did not succeed, as (what, sentence)

SENT = "propose_sent"  # the number of the proposal that was just sent

AMENDED = "propose_amended"  # the number of the one that was just changed

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


def follow(n: Names, state: PageState, letterbox: Letterbox, sent: Proposed | None) -> None:
    """A proposal by the code of its link: how it stands, what it says, and ways to change and to withdraw it."""
    w = n.w
    say(words.status_sentence(n, sent) if sent else _problem(n, state, letterbox))
    failure()
    if sent is not None:
        _receipt(n, state, sent)
        if sent.status == "open":
            st.button(
                w.t("Change this proposal"),
                key="propose_change",
                type="primary",
                on_click=change,
                args=(state,),
            )
        _told(n, sent)
        if sent.status == "open":
            _withdrawing(n, state, letterbox)
    st.button(w.t("Propose something else"), key="propose_another", on_click=_another, args=(state,))


def found(n: Names, state: PageState, letterbox: Letterbox) -> Proposed | None:
    """The proposal of the link; None where there is none, or while the register cannot be reached."""
    register = letterbox.register()
    try:
        return register.follow(state["code"]) if register is not None else None
    except RegisterError:
        return None


def _problem(n: Names, state: PageState, letterbox: Letterbox) -> str:
    """Why nothing is found."""
    register = letterbox.register()
    if register is None:
        return words.not_reached(n, letterbox.reason())
    try:
        register.follow(state["code"])
    except Unknown:
        return words.unknown_code(n.w)
    except RegisterError:
        pass
    return words.not_reached(n, "")


def change(state: PageState) -> None:
    """To the form with what was sent."""
    state.set("step", AMEND)
    moves.move(moves.STEP)


def _receipt(n: Names, state: PageState, sent: Proposed) -> None:
    w = n.w
    moves.heading(w.t("Proposal {number}", number=sent.number))
    if sent.status == "open" and sent.number in (now := _now(w)):
        st.html(markup('<p role="status" id="receipt"><strong>{}</strong></p>', now[sent.number]))
    if sent.status in ("open", "accepted"):
        told = w.t(
            "Keep this link: with it you follow your proposal, change it or take it back. Whoever has it can do so too."
        )
        st.html(markup("<p>{}</p>", told))
        st.code(follow_url(state["code"]), language=None, wrap_lines=True)


def _now(w: Words) -> dict[int, str]:
    """What was just done in this visit, by number of the proposal."""
    sent, amended = (int(st.session_state.get(key, 0)) for key in (SENT, AMENDED))
    thanks = w.t("Thank you, your proposal is with us. Its number is {number}.", number=sent)
    changed = w.t("Your proposal is changed. The steward reads what stands here now.")
    return {sent: thanks, amended: changed}


def follow_url(code: str) -> str:
    """The whole address of the link, as far as the server knows its own."""
    page = (st.context.url or PAGE).split("?")[0].split("#")[0]
    return f"{page}?{urlencode({'code': code})}"


def _told(n: Names, sent: Proposed) -> None:
    w = n.w
    result, question = "", sent.proposal.kind == QUESTION
    if sent.result_id and sent.result_id in n.package.initiatives.index:
        query = urlencode({"sel": sent.result_id, "lang": w.code})
        result = markup('<a href="kaart?{}">{}</a>', query, n.initiative(sent.result_id))
    st.html(
        facts(
            [
                (w.t("Status"), words.status_names(w, question).get(sent.status, sent.status)),
                (w.t("Sent on"), w.date(sent.at.date())),
                (w.t("Decided on"), w.date(sent.decided_at.date()) if sent.decided_at else ""),
                (w.t("Answer") if question else w.t("What the steward says"), sent.decision_why),
                (w.t("In the register"), result),
                (w.t("Kind of proposal"), words.kind_names(w).get(sent.proposal.kind, "")),
                *words.proposal_facts(n, sent.proposal),
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
            fail(words.not_reached(n, letterbox.reason()))
        else:
            register.withdraw(state["code"])
    except AlreadyDecided:
        fail(w.t("A decision on this proposal was taken already; it cannot be withdrawn any more."))
    except Unknown:
        fail(words.unknown_code(w))
    except RegisterError:
        fail(words.not_reached(n, ""))


def _another(state: PageState) -> None:
    _ask(st.session_state, False)
    state.clear(["kind", "entry", "fig", "area", "step", "code"])
