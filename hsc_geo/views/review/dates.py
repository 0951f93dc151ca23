"""The register as it stood at the end of a day, and what differs between two days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import streamlit as st

from hsc_geo.register import Difference
from hsc_geo.views.kit.days import FIRST
from hsc_geo.views.kit.html import facts
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.choices import LAST, day
from hsc_geo.views.review.desk import Desk
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.words import HERE, line_name
from hsc_geo.views.wording.field_words import both_texts, change_text, field_text

SPAN = 30  # days that are looked back over when the address says nothing


def draw(n: Names, state: PageState, desk: Desk) -> None:
    """Two days, what stood in the register at the end of each, and what differs."""
    w = n.w
    st.header(w.t("Between two days"), anchor=False)
    first, last = days(state, n.day(HERE))
    left, right = st.columns(2, gap="medium")
    with left:
        _choose(state, "first", w.t("From the end of"), first)
    with right:
        _choose(state, "last", w.t("to the end of"), last)
    st.html(facts((w.date(each), counts_text(n, desk, each)) for each in dict.fromkeys((first, last))))
    found = desk.do(lambda register, by: register.difference_between(end_of(first), end_of(last)))
    if not found:
        st.info(w.t("Nothing differs between these days."))
        return
    caption = w.tn("{n} field differs", "{n} fields differ", len(found))
    listing = Listing(caption, columns(_headers(w)), [row(n, each) for each in found])
    by_pages(n, state, "review_dates", listing, "")


def days(state: PageState, today: date) -> tuple[date, date]:
    """The two days of the address in their order; the last month up to today without them."""
    last = day(state, "last") or today
    first = day(state, "first") or max(FIRST, last - timedelta(days=SPAN))
    return min(first, last), max(first, last)


def end_of(day_: date) -> datetime:
    """The last moment of a day in the Netherlands."""
    return datetime.combine(day_, time.max, HERE)


def _choose(state: PageState, key: str, text: str, chosen: date) -> None:
    widget = f"w_{key}"
    st.session_state[widget] = chosen

    def take() -> None:
        asked = st.session_state[widget]
        state.clear(["page"])
        state.set(key, asked.isoformat() if isinstance(asked, date) else "")

    st.date_input(
        text,
        key=widget,
        on_change=take,
        format="DD-MM-YYYY",
        min_value=FIRST,
        max_value=LAST,
    )


def counts_text(n: Names, desk: Desk, day_: date) -> str:
    """How many entries stood in the register at the end of a day."""
    tables = desk.do(lambda register, by: register.state_at(end_of(day_)))
    counts = {name: len(tables[name]) for name in ("initiatives", "organisations", "venues")}
    if not any(counts.values()):
        return n.w.t("no register yet")
    return n.w.t(
        "{initiatives} initiatives, {organisations} organisations, {venues} venues",
        **{name: n.w.number(count) for name, count in counts.items()},
    )


def _headers(w: Words) -> dict[str, str]:
    return {
        "entry": w.t("Entry"),
        "field": w.t("Field"),
        "change": w.t("Change"),
        "old": w.t("Before"),
        "new": w.t("After"),
    }


def row(n: Names, each: Difference) -> Row:
    """One field of one entry."""
    name, change = field_text(n.w, each.field, each.entity), change_text(n.w, each.old, each.new)
    values = both_texts(n, each.entity, each.field, each.old, each.new)
    return Row("", [line_name(n, each.entity_id), name, change, *values], {})
