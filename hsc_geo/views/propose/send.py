"""The end of a proposal: look it over, send it, follow it by its link, withdraw it."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.register import (
    AlreadyDecided,
    Fault,
    NotTaken,
    Proposal,
    Proposed,
    RegisterError,
    RegisterUnavailable,
    TooMany,
    Unknown,
)
from hsc_geo.register.checking import entity_for
from hsc_geo.register.place_fields import FIELDS
from hsc_geo.views.kit.components import trap
from hsc_geo.views.kit.html import facts, items, link, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners.choices import organisation_name
from hsc_geo.views.propose import moves, words
from hsc_geo.views.propose.choices import (
    AREA_CODES,
    CORRECTION,
    KIND,
    NEW,
    PAGE,
    QUESTION,
    SEND,
    SEPARATOR,
    SOURCE_KIND,
    Desk,
    Form,
)
from hsc_geo.views.propose.fields import MANY, ONE, duplicates
from hsc_geo.views.propose.proposal import first_step, in_order, proposal_of

TRAP = "propose_trap"
FAILED = "propose_failed"  # why the last try to send or withdraw did not succeed, as (what, sentence)
SENT = "propose_sent"  # the number of the proposal that was just sent
ASKED = "propose_withdraw"  # whether the visitor is asked if it should really be withdrawn


def look_over(form: Form, faults: Sequence[Fault]) -> None:
    """All that would be sent, and what is wrong with it."""
    w = form.n.w
    proposal = proposal_of(form)
    names = words.step_names(w)
    st.html(facts([(w.t("Kind of proposal"), words.kind_names(w)[form.kind]),
                   *proposal_facts(form.n, proposal)]))  # fmt: skip
    if form.kind == NEW:
        duplicates(form)
    if faults:
        told = [
            f"{names[step]}: {words.sentence(w, each)}"
            for step in (KIND, *form.steps)
            for each in in_order(form, step, faults)
        ]
        head = w.t("Before it can be sent:")
        st.html(markup('<div class="hsc-note" role="alert" id="faults"><p>{}</p>{}</div>', head, items(told)))
        step = first_step(form, faults)
        if step != SEND:
            st.button(w.t("Go to: {step}", step=names[step]), key="propose_mend", on_click=mend,
                      args=(form, step))  # fmt: skip
    trap(TRAP)
    st.html(quiet(_what_is_kept(form)))


def button(form: Form, desk: Desk, faults: Sequence[Fault]) -> None:
    """The button that sends it, once nothing is wrong."""
    st.button(form.n.w.t("Send"), key="propose_send", type="primary", disabled=bool(faults), on_click=send,
              args=(form, desk))  # fmt: skip


def mend(form: Form, step: str) -> None:
    """To the step in which something is wrong, and what that is."""
    form.draft.try_step(step)
    form.state.set("step", step)
    moves.move(moves.FAULTS)


def _what_is_kept(form: Form) -> str:
    return form.n.w.t(
        "We keep what stands above and the time. We keep no name and no address of you. A steward of the centre looks "
        "at it before anything changes."
    )


def send(form: Form, desk: Desk) -> None:
    """Hand it in; what does not succeed is told, and nothing that was typed is lost."""
    if form.step != SEND:
        return  # a second press, of a form that was sent already
    w = form.n.w
    try:
        if trapped():
            raise _Trapped
        register = desk.register()
        if register is None:
            _fail(words.unavailable(w, desk.reason()))
            return
        receipt = register.propose(proposal_of(form), desk.visitor())
    except _Trapped:
        _fail(w.t("A field that people do not see was filled in, so nothing was sent. Did your browser fill it in? "
                  "Load the page again and leave it empty."))  # fmt: skip
    except NotTaken as error:
        _fail(" ".join(words.sentence(w, each) for each in error.faults))
    except TooMany as error:
        desk.count("limited")
        told = w.t(
            "You sent {n} proposals within an hour; that is the most that we take. What you typed stays here; try "
            "again in an hour.",
            n=w.number(error.limit),
        )
        _fail(told)
    except RegisterUnavailable as error:
        _fail(words.unavailable(w, error.code))
    except RegisterError:
        _fail(words.unavailable(w, ""))
    else:
        desk.count("sent")
        _sent(form, receipt.code, receipt.number)


class _Trapped(Exception):
    """The hidden field was filled in."""


def trapped() -> bool:
    """Whether the hidden field was filled in."""
    found: Any = st.session_state.get(TRAP)
    return bool(found and found.get("filled"))


def _fail(sentence: str) -> None:
    st.session_state[FAILED] = sentence
    moves.move(moves.FAILED)


def failure() -> None:
    """Why the last try did not succeed, told once."""
    sentence = st.session_state.pop(FAILED, "")
    if sentence:
        mark = moves.mark(moves.FAILED)
        st.html(markup('<div class="hsc-note" role="alert" id="failed" {}><p>{}</p></div>', mark, sentence))


def _sent(form: Form, code: str, number: int) -> None:
    form.draft.clear()
    st.session_state[SENT] = number
    form.state.clear(["kind", "entry", "fig", "step"])
    form.state.set("code", code)
    moves.move(moves.STEP)


# What was sent


def follow(n: Names, state: PageState, desk: Desk) -> None:
    """A proposal by the code of its link: how it stands, what it says, and a way to withdraw it."""
    w = n.w
    failure()
    found = _found(n, state, desk)
    if found is not None:
        _receipt(n, state, found)
        _told(n, found)
        if found.status == "open":
            _withdrawing(n, state, desk)
    st.button(w.t("Propose something else"), key="propose_another", on_click=_another, args=(state,))


def _found(n: Names, state: PageState, desk: Desk) -> Proposed | None:
    w, register = n.w, desk.register()
    problem = ""
    try:
        if register is not None:
            return register.follow(state["code"])
        problem = words.not_reached(w, desk.reason())
    except Unknown:
        problem = w.t("No proposal is known with this code. Look whether the whole link was taken over.")
    except RegisterError:
        problem = words.not_reached(w, "")
    st.html(markup('<div class="hsc-note" role="alert" id="failed"><p>{}</p></div>', problem))
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
                *proposal_facts(n, found.proposal),
            ]
        )
    )


def proposal_facts(n: Names, proposal: Proposal) -> list[tuple[object, object]]:
    """What a proposal says, by field: (name, text or link)."""
    w = n.w
    names = words.names(w)
    found: list[tuple[object, object]] = [(names["entity_id"], entry_name(n, proposal.entity_id or ""))]
    for name, text in proposal.fields.items():
        if name not in FIELDS or entity_for(proposal) != "initiative":
            found.append((names.get(name, name), _value(n, proposal, name, text)))
    found += place_facts(n, proposal)
    found.append((names["why"], proposal.why))
    found.append(
        (names["source_url"], link(proposal.source_url, proposal.source_url) if proposal.source_url else "")
    )
    return found


def _value(n: Names, proposal: Proposal, name: str, text: str) -> str:
    empty = proposal.kind == CORRECTION and not text
    return n.w.t("(made empty)") if empty else value_text(n, name, text)


def place_facts(n: Names, proposal: Proposal) -> list[tuple[object, object]]:
    """What a proposal says of each place: its number, and its fields in one line."""
    w, names = n.w, words.names(n.w)
    if entity_for(proposal) != "initiative":
        return []
    told: dict[int, list[str]] = {}
    for number, name in _in_place(proposal):
        text = _value(n, proposal, name, proposal.fields[name])
        told.setdefault(number, []).append(w.t("{name}: {value}", name=names[name], value=text))
    several = set(told) != {1}
    return [
        (w.t("Place {n}", n=number) if several else w.t("Place"), "; ".join(parts))
        for number, parts in sorted(told.items())
    ]


def _in_place(proposal: Proposal) -> list[tuple[int, str]]:
    return [(FIELDS[name][0], name) for name in FIELDS if name in proposal.fields]


def entry_name(n: Names, key: str) -> str:
    """The name of an entry with its id; the id alone where it is not known (any more)."""
    if key in n.package.initiatives.index:
        return f"{n.initiative(key)} ({key})"
    return f"{organisation_name(n, key)} ({key})" if key in n.package.organisations.index else key


def value_text(n: Names, name: str, text: str) -> str:
    """A value of a field in words."""
    parts = [part for part in text.split(SEPARATOR) if part]
    if name == AREA_CODES:
        return ", ".join(n.area(code) for code in parts)
    vocabulary = {**MANY, **ONE, "precision": "precision", SOURCE_KIND: SOURCE_KIND}.get(name)
    return ", ".join(n.term(vocabulary, code) for code in parts) if vocabulary else ", ".join(parts)


def _withdrawing(n: Names, state: PageState, desk: Desk) -> None:
    w = n.w
    ask = partial(_ask, st.session_state)
    if not st.session_state.get(ASKED):
        st.button(w.t("Withdraw this proposal"), key="propose_withdraw_ask", on_click=ask, args=(True,))
        return
    told = w.t("Really withdraw it? A steward will not look at it any more.")
    st.html(markup('<p role="status" {}>{}</p>', moves.mark(moves.ASKED), told))
    with st.container(horizontal=True, gap="small"):
        st.button(
            w.t("Yes, withdraw it"), key="propose_withdraw_yes", on_click=withdraw, args=(n, state, desk)
        )
        st.button(w.t("No, keep it"), key="propose_withdraw_no", on_click=ask, args=(False,))


def _ask(session: MutableMapping[Any, Any], whether: bool) -> None:
    session[ASKED] = whether
    moves.move(moves.ASKED if whether else moves.STEP)


def withdraw(n: Names, state: PageState, desk: Desk) -> None:
    """Take it back, if it is still open."""
    _ask(st.session_state, False)
    w, register = n.w, desk.register()
    try:
        if register is None:
            _fail(words.not_reached(w, desk.reason()))
        else:
            register.withdraw(state["code"])
    except AlreadyDecided:
        _fail(w.t("A decision on this proposal was taken already; it cannot be withdrawn any more."))
    except Unknown:
        _fail(w.t("No proposal is known with this code. Look whether the whole link was taken over."))
    except RegisterError:
        _fail(words.not_reached(w, ""))


def _another(state: PageState) -> None:
    _ask(st.session_state, False)
    state.clear(["kind", "entry", "fig", "step", "code"])
