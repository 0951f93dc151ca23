"""The choices of the page of changes, in one line: for where, for which ambition, since when."""

from __future__ import annotations

import datetime as dt

import streamlit as st
from dateutil.relativedelta import relativedelta

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.analysis.what_changed import FOCUS, places_that_can_be_asked
from hsc_geo.views.changes.choices import (
    AMBITION,
    AREA,
    BEFORE,
    PAGES,
    SINCE,
    ChangesChoice,
    usual,
)
from hsc_geo.views.changes.words import place
from hsc_geo.views.kit import edition
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.days import FIRST
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.wording.area import area_label

_CHANGED = "changes_edition"


def line(n: Names, state: PageState, chosen: ChangesChoice) -> None:
    """The line of choices."""
    w = n.w
    named = n.term("ambition", chosen.ambition) if chosen.ambition else w.t("all ambitions")
    line = [
        Chip("area", place(n, chosen.area), lambda: _area(n, state), (AREA,)),
        Chip("amb", named, lambda: _ambition(n, state), (AMBITION,)),
        Chip(
            "since",
            w.t("since {day}", day=w.date(chosen.since)),
            lambda: _since(n, state, chosen),
            (SINCE, BEFORE),
        ),
    ]
    chips(n, state, line)


def _take(state: PageState, key: str) -> None:
    state.clear(PAGES)
    state.take(key)


def _area(n: Names, state: PageState) -> None:
    w = n.w
    one_or_none(
        w.t("District or neighbourhood"),
        [*places_that_can_be_asked(n.package), *areas_in_order(n.package)],
        lambda code: w.t("the focus districts") if code == FOCUS else area_label(n, code),
        w.t("everywhere"),
        key=state.seed(AREA),
        on_change=_take,
        args=(state, AREA),
    )


def _ambition(n: Names, state: PageState) -> None:
    one_or_none(
        n.w.t("Ambition"),
        n.codes("ambition"),
        lambda code: n.term("ambition", code),
        n.w.t("all ambitions"),
        key=state.seed(AMBITION),
        on_change=_take,
        args=(state, AMBITION),
    )


def _since(n: Names, state: PageState, chosen: ChangesChoice) -> None:
    """A day, or an edition that is kept; and of a visit of today up to which edition."""
    w = n.w
    st.session_state["w_since"] = chosen.since

    def take_day() -> None:
        state.clear([*PAGES, BEFORE])
        _set_day(state, st.session_state["w_since"], chosen)

    st.date_input(
        w.t("Since"),
        min_value=FIRST,
        max_value=chosen.until,
        key="w_since",
        format="DD-MM-YYYY",
        on_change=take_day,
    )
    with st.container(horizontal=True, gap="small"):
        for months, text in ((1, w.t("1 month")), (3, w.t("3 months")), (12, w.t("1 year"))):
            day = max(FIRST, chosen.until - relativedelta(months=months))
            st.button(
                text,
                key=f"since_{months}",
                on_click=lambda day=day: _choose(state, day, chosen),
            )
    _editions(n, state)


def _choose(state: PageState, day: dt.date, chosen: ChangesChoice) -> None:
    state.clear([*PAGES, BEFORE])
    _set_day(state, day, chosen)


def _set_day(state: PageState, day: dt.date | None, chosen: ChangesChoice) -> None:
    known = day is not None and day != usual(chosen.until)
    state.set(SINCE, day.isoformat() if day and known else "")


def _editions(n: Names, state: PageState) -> None:
    """Which editions are compared; nothing where none is kept."""
    w = n.w
    kept = {each.name: each for each in n.past.editions()}
    if not kept:
        return

    def name(code: str) -> str:
        return w.t("edition of {day}", day=w.date(kept[code].day)) if code in kept else code

    one_or_none(
        w.t("Or compare with an edition"),
        list(reversed(kept)),
        name,
        w.t("choose an edition"),
        key=state.seed(BEFORE),
        on_change=_take,
        args=(state, BEFORE),
    )
    st.session_state["w_until"] = n.edition.name if n.edition else ""
    one_or_none(
        w.t("Up to"),
        list(reversed(kept)),
        name,
        w.t("the present"),
        key="w_until",
        on_change=_up_to,
    )


def _up_to() -> None:
    """Another edition is another package: the whole page is drawn again with it (`settle`)."""
    edition.keep(st.session_state["w_until"] or "")
    st.session_state[_CHANGED] = True


def settle() -> None:
    """In the fragment of the page: where the edition changed, all of it is made anew."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
