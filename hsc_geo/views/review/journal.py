"""The journal: who changed what, when and why; what happened together can be undone together."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsc_geo.register import Change
from hsc_geo.register.entries import FILLED, PACKAGE
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.html import items, link, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.review.choices import ENTITIES
from hsc_geo.views.review.desk import Desk, forget_message, reason, tell
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.merge import entry_ids
from hsc_geo.views.review.words import batch_text, entry_name, line_name, moment_text, role_text
from hsc_geo.views.wording.field_words import ASKED, both_texts, change_text, field_text

MOST = 1000  # lines that are listed, the newest first
_WHY = "review_undo_"  # before a batch: under which the reason to undo it is kept


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """Of which entry, what happened together, and the lines."""
    w = n.w
    st.header(w.t("Journal"), anchor=False)
    _entry(n, state)
    if state["batch"]:
        _batch(n, state, desk)
    _lines(n, state, desk)


def _entry(n: Names, state: PageState) -> None:
    w = n.w
    known = [key for kind in (*ENTITIES, ASKED) for key in entry_ids(n.package, kind)]
    gone = [state["entry"]] if state["entry"] and state["entry"] not in known else []

    def take() -> None:
        forget_message()
        state.clear(["batch", "page"])
        state.take("entry")

    one_or_none(
        w.t("Entry"),
        [*gone, *known],
        lambda key: entry_name(n, key),
        w.t("all, without the first fill"),
        key=state.seed("entry"),
        on_change=take,
    )


def _lines(n: Names, state: PageState, desk: Desk) -> None:
    w, entry = n.w, state["entry"] or None
    found = desk.do(lambda register, by: register.journal(entry, limit=MOST))
    lines = [line for line in found if entry or line.batch != FILLED]
    if not lines:
        st.info(w.t("No changes known."))
        return
    caption = w.t("Changes, the newest first; choose a row for all that happened together")
    listing = Listing(caption, columns(_headers(n)), [journal_row(n, line) for line in lines])
    by_pages(n, state, "review_journal", listing, "batch")
    if len(found) == MOST:
        text = w.t("Only the newest {n} changes are listed here.", n=w.number(MOST))
        st.html(quiet(text))


def _headers(n: Names) -> dict[str, str]:
    w = n.w
    return {
        "at": w.t("When"),
        "entry": w.t("Entry"),
        "field": w.t("Field"),
        "old": w.t("Before"),
        "new": w.t("After"),
        "who": w.t("Who"),
        "why": w.t("Why"),
    }


def journal_row(n: Names, line: Change) -> Row:
    """One line; its id is what happened together with it."""
    w = n.w
    cells = [
        moment_text(w, line.at).replace(" ", "\N{NO-BREAK SPACE}", 2),  # the day on one line
        line_name(n, line.entity_id),
        field_text(w, line.field, line.entity),
        *both_texts(n, line.entity, line.field, line.old, line.new),
        role_text(w, line.role, line.subject),
        why_text(n, line),
    ]
    return Row(line.batch, cells, {})


def why_text(n: Names, line: Change) -> str:
    """The reason and the proposal that a change came from."""
    proposal = n.w.t("proposal {number}", number=line.proposal) if line.proposal is not None else ""
    first = n.w.t("first fill") if line.batch == FILLED else ""
    said = n.w.t("so say the data; the register did not take it over") if line.entity == PACKAGE else ""
    return "; ".join(part for part in (line.why, first, said, proposal) if part)


def _batch(n: Names, state: PageState, desk: Desk) -> None:
    """What happened together, and its undoing."""
    w, batch = n.w, state["batch"]
    if batch == FILLED:
        st.info(w.t("The first fill comes from the data package and cannot be undone."))
        return
    lines = desk.do(lambda register, by: register.journal(batch=batch, newest_first=False))
    with st.container(border=True):
        st.html(markup('<h3 id="batch">{}</h3>', w.t("Happened together: {batch}", batch=batch)))
        if not lines:
            st.html(
                markup("<p>{}</p>", w.t("That is not in the register, or not any more; nothing was changed."))
            )
            return
        st.html(items(batch_item(n, line) for line in lines if line.entity != PACKAGE))
        sources = sorted({line.source_url for line in lines if line.source_url})
        if sources:
            st.html(items(link(url, url) for url in sources))
        reason(w.t("Reason to undo it, for the journal"), f"{_WHY}{batch}")
        st.button(w.t("Undo all of this"), key="review_undo", on_click=partial(undo, n, state, desk))


def batch_item(n: Names, line: Change) -> str:
    """One change in words: the entry, the field, before and after."""
    old, new = both_texts(n, line.entity, line.field, line.old, line.new)
    return n.w.t(
        "{entry}, {field}: {change}, from {old} to {new}",
        entry=line_name(n, line.entity_id),
        field=field_text(n.w, line.field, line.entity),
        change=change_text(n.w, line.old, line.new),
        old=old,
        new=new,
    )


def undo(n: Names, state: PageState, desk: Desk) -> None:
    """Put back what happened together."""
    batch = state["batch"]
    done = desk.attempt_with(n.w, f"{_WHY}{batch}", lambda register, by, why: register.undo(batch, by, why))
    if done is not None:
        state.set("batch", done.batch)
        name = batch_text(n.w, batch)
        tell(n.w.t("Undone. The journal keeps both the change and its undoing: {batch}.", batch=name))
