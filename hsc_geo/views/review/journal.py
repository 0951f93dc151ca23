"""The journal: who changed what, when and why; what happened together can be undone together."""

from __future__ import annotations

from functools import partial

import streamlit as st

from hsc_geo.register import Change
from hsc_geo.register.entries import FILLED, PACKAGE
from hsc_geo.views.kit.html import items, link, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.review.choices import ENTITIES
from hsc_geo.views.review.desk import Desk, drop, forget_told, seed, tell, typed
from hsc_geo.views.review.merge import entry_ids
from hsc_geo.views.review.words import (
    ASKED,
    batch_text,
    both_texts,
    change_text,
    entry_name,
    field_text,
    line_name,
    moment_text,
    role_text,
)

MOST = 1000  # lines that are listed, the newest first


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
        forget_told()
        state.clear(["batch", "page"])
        state.take("entry")

    st.selectbox(
        w.t("Entry"),
        ["", *gone, *known],
        format_func=lambda key: entry_name(n, key) if key else w.t("all, without the first fill"),
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
    table(
        w,
        "review_journal",
        Listing(
            w.t("Changes, the newest first; choose a row for all that happened together"),
            journal_columns(n),
            [journal_row(n, line) for line in lines],
        ),
        Display(page=state.number("page"), selected=state["batch"]),
        Clicks(pick=lambda batch: _open(state, batch), page=lambda page: state.set("page", str(page))),
    )
    if len(found) == MOST:
        text = w.t("Only the newest {n} changes are listed here.", n=w.number(MOST))
        st.html(quiet(text))


def _open(state: PageState, batch: str) -> None:
    forget_told()
    state.set("batch", batch)


def journal_columns(n: Names) -> list[Column]:
    """Columns that go with `journal_row`."""
    w = n.w
    return [
        Column("at", w.t("When"), sortable=False),
        Column("entry", w.t("Entry"), sortable=False),
        Column("field", w.t("Field"), sortable=False),
        Column("old", w.t("Before"), sortable=False, wordy=True),
        Column("new", w.t("After"), sortable=False, wordy=True),
        Column("who", w.t("Who"), sortable=False),
        Column("why", w.t("Why"), sortable=False, wordy=True),
    ]


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
        st.text_area(w.t("Reason to undo it, for the journal"), max_chars=4000, **seed(_reason(batch)))
        st.button(w.t("Undo all of this"), key="review_undo", on_click=partial(undo, n, state, desk))


def _reason(batch: str) -> str:
    return f"review_undo_{batch}"


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
    why = str(typed(_reason(batch)))
    done = desk.attempt(n.w, lambda register, by: register.undo(batch, by, why))
    if done is not None:
        drop(_reason(batch))
        state.set("batch", done.batch)
        tell(
            n.w.t(
                "Undone. The journal keeps both the change and its undoing: {batch}.",
                batch=batch_text(n.w, batch),
            )
        )
