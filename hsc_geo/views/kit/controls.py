"""Controls that several pages share."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import streamlit as st

from hsc_geo.views.kit.figure_choice import table_label
from hsc_geo.views.kit.names import Names, by_name
from hsc_geo.views.kit.rows import PAGE_SIZE, Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table


def listed(
    n: Names,
    state: PageState,
    key: str,
    listing: Listing,
    page: str = "page",
    pick: Callable[[str], None] | None = None,
    page_size: int = PAGE_SIZE,
) -> None:
    """A table whose rows open an initiative, or do what `pick` says. page: the choice that holds its page."""
    table(
        n.w,
        key,
        listing,
        Display(page=state.number(page), page_size=page_size, selected=state["sel"]),
        Clicks(
            pick=pick or (lambda code: state.set("sel", code)),
            page=lambda number: state.set(page, str(number)),
        ),
    )


def sort_by(state: PageState, key: str, descending: bool) -> None:
    """A column is chosen to sort by: its rows from the first page."""
    state.set("sort", key)
    state.set("desc", "1" if descending else "")
    state.set("page", "1")


def toggle(state: PageState, key: str, label: str) -> None:
    """Yes or no, as a switch: `1` or nothing in the address."""
    st.toggle(label, key=_seeded(state, key), on_change=lambda: _take_yes(state, key))


def checkbox(state: PageState, key: str, label: str) -> None:
    """Yes or no, as a box to tick: `1` or nothing in the address."""
    st.checkbox(label, key=_seeded(state, key), on_change=lambda: _take_yes(state, key))


def _seeded(state: PageState, key: str) -> str:
    widget = f"w_{key}"
    st.session_state[widget] = state.on(key)
    return widget


def _take_yes(state: PageState, key: str) -> None:
    state.set(key, "1" if st.session_state[f"w_{key}"] else "")


def initiative_choice(n: Names, state: PageState, key: str, text: str, take: Callable[[], None]) -> None:
    """A list of all initiatives by name."""
    codes = by_name(n, sorted(state.params[key].options or ()), n.initiative)
    one_or_none(text, codes, n.initiative, n.w.t("choose an initiative"), key=state.seed(key), on_change=take)


def one_or_none(
    label: str, codes: Iterable[str], name: Callable[[str], str], none: str, **widget: Any
) -> str:
    """A list from which one is chosen, or none: its code, "" for none. name: of a code. widget: what more
    `st.selectbox` is given, its key and what happens at a change."""
    chosen: str = st.selectbox(
        label, ["", *codes], format_func=lambda code: name(code) if code else none, **widget
    )
    return chosen


def segments(
    state: PageState, key: str, label: str, names: dict[str, str], take: Callable[[], None] | None = None
) -> None:
    """One of a few, side by side; `take` replaces the plain callback."""
    st.segmented_control(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=state.seed(key),
        on_change=take or (lambda: state.take(key)),
        required=True,
        wrap=True,
    )


def table_control(
    n: Names, state: PageState, param: str, now: str, among: Sequence[str], clears: Sequence[str] = ()
) -> None:
    """The second choice: of which table. Draw it only where there is more than one. clears: choices that were made for
    the other table, such as its year."""
    widget = f"w_{param}_table"
    st.session_state[widget] = now

    def take() -> None:
        state.clear(clears)
        state.set(param, st.session_state[widget])

    st.selectbox(
        n.w.t("Source table"),
        list(among),
        format_func=lambda key: table_label(n, key),
        key=widget,
        on_change=take,
    )
