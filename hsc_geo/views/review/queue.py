"""The queue of proposals, oldest first; the one that is open stands under it."""

from __future__ import annotations

from datetime import timedelta

import streamlit as st

from hsc_geo.analysis.near import LookUp
from hsc_geo.register import KINDS, STATUSES, Proposed
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import one_or_none, segments
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import PAGE_SIZE, Listing, Row, first_of_page
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.review import proposal
from hsc_geo.views.review.choices import number
from hsc_geo.views.review.desk import Desk, forget_message
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.words import about_text, kind_names, status_names


def draw(n: Names, state: PageState, desk: Desk, assets: MapAssets, look_up: LookUp) -> None:
    """Which proposals, the list, and the open one. look_up: finds addresses."""
    w = n.w
    status = Chip("status", status_names(w)[state["status"]], lambda: _status(w, state), ("status",))
    kind = Chip("kind", _kind_text(w, state), lambda: _kind(w, state), ("kind",))
    chips(n, state, (status, kind))
    _list(n, state, desk)
    if (opened := number(state)) is not None:
        proposal.draw(n, state, desk, assets, look_up, opened)


def _take(state: PageState, key: str) -> None:
    forget_message()
    state.clear(["n", "page"])
    state.take(key)


def _status(w: Words, state: PageState) -> None:
    segments(state, "status", w.t("Status"), status_names(w), lambda: _take(state, "status"))


def _kind_text(w: Words, state: PageState) -> str:
    return kind_names(w)[state["kind"]] if state["kind"] else w.t("all kinds")


def _kind(w: Words, state: PageState) -> None:
    names = kind_names(w)
    one_or_none(
        w.t("Kind"),
        KINDS,
        names.__getitem__,
        w.t("all kinds"),
        key=state.seed("kind"),
        on_change=lambda: _take(state, "kind"),
    )


def _list(n: Names, state: PageState, desk: Desk) -> None:
    """One page of the queue, the oldest first."""
    w, status, kind = n.w, state["status"], state["kind"]
    total = desk.do(lambda register, by: register.count(by, status, kind))
    if not total:
        st.info(_none_text(w, status))
        return
    first = first_of_page(total, state.number("page"), PAGE_SIZE)
    shown = desk.do(lambda register, by: register.queue(by, status, kind, PAGE_SIZE, first))
    caption = w.tn("{n} proposal, the oldest first", "{n} proposals, the oldest first", total)
    headers = {
        "number": w.t("Proposal number"),
        "kind": w.t("Kind"),
        "entry": w.t("Entry"),
        "age": w.t("Waiting for"),
    }
    listing = Listing(caption, columns(headers), [queue_row(n, each) for each in shown])
    by_pages(n, state, "review_queue", listing, "n", total=total)


def _none_text(w: Words, status: str) -> str:
    return w.t("No open proposals.") if status == STATUSES[0] else w.t("No such proposals.")


def queue_row(n: Names, proposed: Proposed) -> Row:
    """Number, kind, what it is about, and for how long it waits (or waited)."""
    kind = kind_names(n.w).get(proposed.proposal.kind, proposed.proposal.kind)
    age = age_text(n.w, (proposed.decided_at or n.now) - proposed.at)
    return Row(str(proposed.number), [n.w.number(proposed.number), kind, about_text(n, proposed), age], {})


def age_text(w: Words, waited: timedelta) -> str:
    """A time in days, or in hours within the first."""
    seconds = max(0, int(waited.total_seconds()))
    days = seconds // 86_400
    return w.tn("{n} day", "{n} days", days) if days else w.tn("{n} hour", "{n} hours", seconds // 3600)
