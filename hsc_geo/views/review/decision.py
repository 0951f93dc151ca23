"""Accepting, merging or rejecting a proposal."""

from functools import partial
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from hsc_geo.register import Accepted, Actor, Duplicate, Proposed, Register, likely_duplicates
from hsc_geo.register.checking import entity_for
from hsc_geo.register.drafting import CHANGING
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.choices import JOURNAL, MERGE, go
from hsc_geo.views.review.desk import Desk, drop, put, reason, seed, tell, typed
from hsc_geo.views.review.edit import changed, starting, typed_under
from hsc_geo.views.review.words import about_text, entry_name

QUESTION = "question"

_NO_REASON = "no_reason"  # kept beside what is typed: the last press lacked a reason


def _likely(n: Names, found: Proposed) -> list[Duplicate]:
    proposal = found.proposal
    known = proposal.kind == "new" and entity_for(proposal) == "initiative"
    return likely_duplicates(proposal, n.package) if known else []


def duplicates(n: Names, desk: Desk, found: Proposed) -> None:
    """Entries, and proposals that wait, which may be the same as a new initiative."""
    w, proposal = n.w, found.proposal
    if proposal.kind != "new" or entity_for(proposal) != "initiative":
        return
    likely = _likely(n, found)
    waiting = desk.do(lambda register, by: register.waiting_alike(proposal, found.number))
    st.subheader(w.t("Likely duplicates"), anchor=False)
    if waiting:
        st.html(markup("<p>{}</p>", w.t("Proposals that wait and may be the same:")))
        st.html(items(_waiting_item(n, desk, each) for each in waiting))
    if not likely:
        st.html(markup("<p>{}</p>", w.t("No likely duplicate is found, by name and place.")))
        return
    st.html(items(duplicate_item(n, each) for each in likely))
    text = w.t(
        "Is it the same? Choose that entry at your decision, or reject the proposal with that as reason."
    )
    st.html(quiet(text))


def _waiting_item(n: Names, desk: Desk, each: Duplicate) -> Markup:
    """A proposal that waits, with a link."""
    number = int(each.entity_id)
    other = desk.do(lambda register, by: register.proposed(number, by))
    text = n.w.t("Proposal {number}: {kind}", number=number, kind=about_text(n, other))
    return _alike_item(n, f"beheer?{urlencode({'n': number, 'lang': n.w.code})}", text, each)


def duplicate_item(n: Names, each: Duplicate) -> Markup:
    """The entry with a link, how alike the names are, and why it may be the same."""
    query = urlencode({"sel": each.entity_id, "table": "initiatives", "lang": n.w.code})
    return _alike_item(n, f"kaart?{query}", entry_name(n, each.entity_id), each)


def _alike_item(n: Names, address: str, name: str, each: Duplicate) -> Markup:
    w = n.w
    reasons = {
        "name": w.t("the name is alike"),
        "near": w.t("within 150 metres"),
        "source": w.t("same web page as its source"),
        "area_and_ambition": w.t("same area and ambition"),
    }
    return markup(
        '<a href="{}" target="_blank">{}</a>: {}',
        address,
        name,
        "; ".join(
            [w.t("names {n} of 100 alike", n=w.number(each.score)), *(reasons[code] for code in each.why)]
        ),
    )


def decide(n: Names, desk: Desk, found: Proposed) -> None:
    """The reason, what it is merged into, and the buttons."""
    w, prefix = n.w, typed_under(found.number)
    st.subheader(w.t("Your decision"), anchor=False)
    _reason(w, found)
    changing = found.proposal.kind in CHANGING
    some = bool(changing and changed(prefix, starting(n, found.proposal, prefix)))
    into = _into(n, found)
    yes = w.t("Accept and merge") if into else w.t("Change and accept") if some else w.t("Accept")
    no = w.t("Reject") if changing else w.t("Set aside")
    with st.container(horizontal=True, gap="small"):
        st.button(
            yes if changing else w.t("Answered"),
            key="review_accept",
            type="primary",
            on_click=partial(accept, n, desk, found),
        )
        st.button(no, key="review_reject", on_click=partial(reject, n, desk, found))


def _reason(w: Words, found: Proposed) -> None:
    """The reason or answer, after what is wrong with it."""
    prefix, question = typed_under(found.number), found.proposal.kind == QUESTION
    if typed(f"{prefix}{_NO_REASON}") and not str(typed(f"{prefix}reason")).strip():
        answer = w.t("Write your answer here first. Who asked reads it behind the link.")
        why = w.t("Write your reason here first. The proposer reads it behind the link.")
        told = answer if question else why
        st.html(markup('<div class="hsc-fault" id="fault-reason"><p>{}</p></div>', told))
    label = (
        w.t("Your answer; who asked reads it")
        if question
        else w.t("Your reason; the proposer reads it, and without one you cannot reject")
    )
    reason(label, f"{prefix}reason")


def _into(n: Names, found: Proposed) -> str:
    """The entry into which a new one is merged when it is accepted; "" for none."""
    likely = [each.entity_id for each in _likely(n, found)]
    if not likely:
        return ""
    w = n.w
    key = f"{typed_under(found.number)}into"
    if typed(key) not in likely:
        drop(key)
    return one_or_none(
        w.t("Is it the same as an entry in the register?"),
        likely,
        lambda code: entry_name(n, code),
        w.t("no, it is a new entry"),
        **seed(key),
    )


def accept(n: Names, desk: Desk, found: Proposed) -> None:
    """Accept it with what was changed and the reason, and merge it where an entry is chosen for that."""
    number, prefix = found.number, typed_under(found.number)
    why = str(typed(f"{prefix}reason"))
    changes = changed(prefix, starting(n, found.proposal, prefix))
    into = str(typed(f"{prefix}into"))

    def act(register: Register, by: Actor) -> Accepted:
        if into:
            return register.accept_and_merge(number, into, by, why, changes, found.proposal)
        return register.accept(number, by, why, changes, found.proposal)

    done = desk.attempt(n.w, act)
    put(f"{prefix}{_NO_REASON}", found.proposal.kind == QUESTION and not why.strip())
    if done is not None:
        drop(prefix)
        tell(_accepted_text(n.w, found, into))


def _accepted_text(w: Words, found: Proposed, into: str) -> str:
    number = found.number
    if found.proposal.kind not in CHANGING:
        return w.t("Proposal {number} is answered.", number=number)
    if into:
        return w.t(
            "Proposal {number} is accepted and merged into {kept}; the journal can undo it.",
            number=number,
            kept=into,
        )
    return w.t("Proposal {number} is accepted. It shows on all pages now.", number=number)


def reject(n: Names, desk: Desk, found: Proposed) -> None:
    """Reject it with the reason."""
    number, prefix = found.number, typed_under(found.number)
    why = str(typed(f"{prefix}reason"))

    def act(register: Register, by: Actor) -> bool:
        register.reject(number, by, why, found.proposal)
        return True

    done = desk.attempt(n.w, act)
    put(f"{prefix}{_NO_REASON}", not why.strip())
    if done:
        drop(prefix)
        tell(n.w.t("Proposal {number} is rejected.", number=number))


def decided(n: Names, state: PageState, found: Proposed) -> None:
    """What became of it, with ways on."""
    w = n.w
    if not found.result_id:
        return
    with st.container(horizontal=True, gap="small"):
        st.button(
            w.t("Journal of this entry"),
            key="review_to_journal",
            on_click=lambda: go(state, JOURNAL, entry=found.result_id),
        )
        if found.proposal.kind == "new":
            kind = entity_for(found.proposal)
            st.button(
                w.t("Merge it with a duplicate"),
                key="review_to_merge",
                on_click=lambda: go(state, MERGE, what=kind, drop=found.result_id),
            )
