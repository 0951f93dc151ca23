"""Entries that nobody confirmed for long, the longest ago first, and confirming one of them."""

from __future__ import annotations

from datetime import UTC
from functools import partial

import streamlit as st

from hsc_geo.register import Conflict, ToConfirm
from hsc_geo.register.entries import KEY
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import facts, link, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.review.choices import MONTHS
from hsc_geo.views.review.desk import Desk, gone, seed, tell
from hsc_geo.views.review.difference import shown
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.words import entry_name
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.field_words import field_text

_SOURCE = "review_confirm_"  # before an entry: under which its web page is kept


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """For how long, the list, and the entry that is open."""
    w = n.w
    st.header(w.t("To be confirmed"), anchor=False)
    conflicts = desk.do(lambda register, by: register.conflicts())
    if conflicts:
        _conflicts(n, state, conflicts)
        st.subheader(w.t("Not confirmed for long"), anchor=False)
    names = {code: w.t("{n} months", n=code) for code in MONTHS}
    segments(state, "months", w.t("Not confirmed for"), names)
    found = desk.do(lambda register, by: register.to_confirm(state.number("months"), n.day(UTC)))
    if not found:
        st.info(w.t("Every entry was confirmed within this time."))
    else:
        _list(n, state, found)
    if state["entry"]:
        _entry(n, state, desk)


def _list(n: Names, state: PageState, found: list[ToConfirm]) -> None:
    w = n.w
    caption = w.tn("{n} entry, the longest ago first", "{n} entries, the longest ago first", len(found))
    headers = {"name": w.t("Name"), "known": w.t("Last known to be right"), "basis": w.t("By")}
    listing = Listing(caption, columns(headers), [row(n, each) for each in found])
    by_pages(n, state, "review_confirm_list", listing, "entry")


def _conflicts(n: Names, state: PageState, found: list[Conflict]) -> None:
    w = n.w
    st.subheader(w.t("Where new data say something else"), anchor=False)
    text = w.t(
        "The register keeps what was accepted here. Correct the entry, or confirm it: then it goes from this list."
    )
    st.html(markup("<p>{}</p>", text))
    headers = {
        "entry": w.t("Entry"),
        "field": w.t("Field"),
        "old": w.t("The data before"),
        "now": w.t("The register"),
        "theirs": w.t("The data now"),
    }
    caption = w.tn("{n} field", "{n} fields", len(found))
    listing = Listing(caption, columns(headers), [conflict_row(n, each) for each in found])
    by_pages(n, state, "review_conflicts", listing, "entry", "second")


def conflict_row(n: Names, each: Conflict) -> Row:
    """The field, and what the data said, what the register says and what the data say now."""
    values = [shown(n, each.entity, each.field, value) for value in (each.old, each.now, each.theirs)]
    gone = each.field in KEY.values() and not each.theirs
    values[2] = n.w.t("no longer in the data") if gone else values[2]
    return Row(each.entity_id, [entry_name(n, each.entity_id), field_text(n.w, each.field), *values], {})


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
            st.html(initiative.initiative(n, key))
        elif key in n.package.organisations.index:
            _organisation(n, key)
        else:
            gone(w)
            return
        text = w.t("Web page that says so (may be empty)")
        st.text_input(text, max_chars=2000, **seed(f"{_SOURCE}{key}"))
        st.button(
            w.t("Still true today"),
            type="primary",
            key="review_confirm",
            on_click=partial(confirm, n, state, desk),
        )


def _organisation(n: Names, key: str) -> None:
    row_ = n.package.organisations.loc[key]
    url = str(row_["website"] or row_["source_url"])
    st.html(
        markup('<h2 id="panel">{}</h2>{}', entry_name(n, key), facts([(n.w.t("Website"), link(url, url))]))
    )


def confirm(n: Names, state: PageState, desk: Desk) -> None:
    """Confirm the entry."""
    key = state["entry"]
    done = desk.attempt_with(
        n.w, f"{_SOURCE}{key}", lambda register, by, source: register.confirm(key, by, source, n.w.code)
    )
    if done is not None:
        state.set("entry", "")
        tell(n.w.t("{entry} is confirmed today.", entry=key))
