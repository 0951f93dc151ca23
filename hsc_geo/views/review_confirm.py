"""Entries that nobody confirmed for long, the longest ago first, and confirming one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import streamlit as st

from hsc_geo.register import Accepted, Actor, Proposal, Register, ToConfirm
from hsc_geo.views import panel
from hsc_geo.views.components import Column, Row, table
from hsc_geo.views.coverage_choices import segments
from hsc_geo.views.html import facts, link, markup
from hsc_geo.views.names import Names
from hsc_geo.views.review_choices import MONTHS
from hsc_geo.views.review_desk import Desk, drop, forget_told, seed, tell, typed
from hsc_geo.views.review_words import entry_name
from hsc_geo.views.state import PageState


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """For how long, the list, and the entry that is open."""
    w = n.w
    st.header(w.t("To be confirmed"), anchor=False)
    names = {code: w.t("{n} months", n=code) for code in MONTHS}
    segments(state, "months", w.t("Not confirmed for"), names)
    today = datetime.now(UTC).date()
    found = desk.do(lambda register, by: register.to_confirm(int(state["months"]), today))
    if not found:
        st.info(w.t("Every entry was confirmed within this time."))
    else:
        _list(n, state, found)
    if state["entry"]:
        _entry(n, state, desk)


def _list(n: Names, state: PageState, found: list[ToConfirm]) -> None:
    w = n.w
    table(
        w,
        key="review_confirm_list",
        caption=w.tn("{n} entry, the longest ago first", "{n} entries, the longest ago first", len(found)),
        columns=[
            Column("name", w.t("Name"), sortable=False),
            Column("known", w.t("Last known to be right"), sortable=False),
            Column("basis", w.t("By"), sortable=False),
        ],
        rows=[row(n, each) for each in found],
        page=int(state["page"]),
        selected=state["entry"],
        on_pick=lambda key: _open(state, key),
        on_page=lambda page: state.set("page", str(page)),
    )


def _open(state: PageState, key: str) -> None:
    forget_told()
    state.set("entry", key)


def row(n: Names, each: ToConfirm) -> Row:
    """Name, the day, and what that day rests on."""
    w = n.w
    bases = {
        "confirmed": w.t("a confirmation"),
        "evidence": w.t("the date of its evidence"),
        "none": w.t("nothing with a date"),
    }
    known = w.date(each.known_on) if each.known_on else w.t("not known")
    return Row(each.entity_id, [f"{each.name} ({each.entity_id})", known, bases[each.basis]], {})


def _entry(n: Names, state: PageState, desk: Desk) -> None:
    w, key = n.w, state["entry"]
    with st.container(border=True):
        if key in n.package.initiatives.index:
            st.html(panel.initiative(n, key))
        elif key in n.package.organisations.index:
            _organisation(n, key)
        else:
            st.html(markup("<p>{}</p>", w.t("That is not in the register, or not any more.")))
            return
        st.text_input(
            w.t("Web page that says so (may be empty)"), max_chars=2000, **seed(f"review_confirm_{key}")
        )
        st.button(w.t("Still true today"), type="primary", key="review_confirm",
                  on_click=partial(confirm, n, state, desk))  # fmt: skip


def _organisation(n: Names, key: str) -> None:
    row_ = n.package.organisations.loc[key]
    url = str(row_["website"] or row_["source_url"])
    st.html(
        markup('<h2 id="panel">{}</h2>{}', entry_name(n, key), facts([(n.w.t("Website"), link(url, url))]))
    )


def confirm(n: Names, state: PageState, desk: Desk) -> None:
    """Confirm the entry: a proposal that is accepted at once, so that the journal tells of it."""
    key = state["entry"]
    source = str(typed(f"review_confirm_{key}"))

    def act(register: Register, by: Actor) -> Accepted:
        proposal = Proposal("confirmation", key, source_url=source, language=n.w.code)
        return register.accept(register.propose(proposal).number, by)

    done = desk.attempt(n.w, act)
    if done is not None:
        drop(f"review_confirm_{key}")
        state.set("entry", "")
        tell(n.w.t("{entry} is confirmed today.", entry=key))
