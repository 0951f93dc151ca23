"""The end of a proposal: look it over, send it, send other words for one that waits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import streamlit as st

from hsc_geo.register import (
    AlreadyDecided,
    Fault,
    NotTaken,
    QueueFull,
    Register,
    RegisterError,
    RegisterUnavailable,
    TooMany,
)
from hsc_geo.views.kit.components import trap
from hsc_geo.views.kit.html import facts, items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.propose import moves, words
from hsc_geo.views.propose.choices import FORM, SEND, Letterbox
from hsc_geo.views.propose.follow import AMENDED, SENT, fail
from hsc_geo.views.propose.form import Form
from hsc_geo.views.propose.proposal import in_order, proposal_of

_Result = TypeVar("_Result")

TRAP = "propose_trap"


def look_over(form: Form, faults: Sequence[Fault]) -> None:
    """All that would be sent, and what is wrong with it."""
    w = form.n.w
    proposal = proposal_of(form)
    kind = (w.t("Kind of proposal"), words.kind_names(w)[form.kind])
    st.html(facts([kind, *words.proposal_facts(form.n, proposal)]))
    if faults:
        told = [words.sentence(w, each) for each in in_order(form, faults)]
        head = w.t("Before it can be sent:")
        st.html(markup('<div class="hsc-note" role="alert" id="faults"><p>{}</p>{}</div>', head, items(told)))
    trap(TRAP)
    st.html(quiet(_what_is_kept(form)))


def button(form: Form, letterbox: Letterbox, faults: Sequence[Fault]) -> None:
    """The button that sends it, once nothing is wrong."""
    st.button(
        form.n.w.t("Send"),
        key="propose_send",
        type="primary",
        disabled=bool(faults),
        on_click=send,
        args=(form, letterbox),
    )


def _what_is_kept(form: Form) -> str:
    return form.n.w.t(
        "We keep what stands above and the time. We keep no name and no address of you. A steward of the centre looks "
        "at it before anything changes."
    )


def send(form: Form, letterbox: Letterbox) -> None:
    """Hand it in; what does not succeed is told, and nothing that was typed is lost."""
    if form.state["step"] != SEND:
        return  # a second press, of a form that was sent already
    w = form.n.w
    if trapped():
        fail(_trapped_text(w))
        return
    receipt = _attempt(
        form.n, letterbox, lambda register: register.propose(proposal_of(form), letterbox.visitor())
    )
    if receipt is not None:
        letterbox.count("sent")
        _sent(form, receipt.code, receipt.number)


def amend(form: Form, letterbox: Letterbox) -> None:
    """Put what stands in the form in the place of what was sent; what does not succeed is told."""
    state = form.state
    done = _attempt(form.n, letterbox, lambda register: register.amend(state["code"], proposal_of(form)))
    if done is not None:
        form.draft.clear()
        st.session_state[AMENDED] = done.number
        state.set("step", FORM)
        moves.move(moves.STEP)


def _attempt(n: Names, letterbox: Letterbox, act: Callable[[Register], _Result]) -> _Result | None:
    """Do it with the register; None where it did not succeed, which is told."""
    w = n.w
    try:
        register = letterbox.register()
        if register is None:
            fail(words.unavailable(n, letterbox.reason()))
            return None
        return act(register)
    except NotTaken as error:
        fail(" ".join(words.sentence(w, each) for each in error.faults))
    except TooMany as error:
        letterbox.count("limited")
        told = w.t(
            "You sent {n} proposals within an hour; that is the most that we take. What you typed stays here; try "
            "again in an hour.",
            n=w.number(error.limit),
        )
        fail(told)
    except QueueFull:
        letterbox.count("limited")
        told = w.t(
            "So many proposals wait for a decision that no more are taken now. What you typed stays here; try again "
            "in a few days."
        )
        fail(" ".join(filter(None, (told, words.write_to(n)))))
    except AlreadyDecided:
        fail(w.t("A decision on this proposal was taken already; it cannot be changed any more."))
    except RegisterUnavailable as error:
        fail(words.unavailable(n, error.code))
    except RegisterError:
        fail(words.unavailable(n, ""))
    return None


def trapped() -> bool:
    """Whether the hidden field was filled in."""
    found: Any = st.session_state.get(TRAP)
    return bool(found and found.get("filled"))


def _trapped_text(w: Words) -> str:
    return w.t(
        "A field that people do not see was filled in, so nothing was sent. Did your browser fill it in? "
        "Load the page again and leave it empty."
    )


def _sent(form: Form, code: str, number: int) -> None:
    form.draft.clear()
    st.session_state[SENT] = number
    form.state.clear(["kind", "entry", "fig", "area", "step"])
    form.state.set("code", code)
    moves.move(moves.STEP)
