"""The lists of the page Review: their columns, by pages, and a row that opens what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.review.desk import forget_message

WHOLE = 100  # rows of a list that has no pages
_NUMERIC = ("number", "row")
_WORDY = ("old", "now", "theirs", "new", "keep", "drop", "why", "value", "mend", "source", "note")


def columns(texts: Mapping[str, str]) -> list[Column]:
    """A column for each header by its key, none of them to sort by: a list stands in the order in which it is read."""
    return [
        Column(key, text, numeric=key in _NUMERIC, sortable=False, wordy=key in _WORDY)
        for key, text in texts.items()
    ]


def by_pages(n: Names, state: PageState, key: str, listing: Listing, choice: str) -> None:
    """A list by pages. choice: what of the address a row sets, "" where none can be chosen."""
    table(
        n.w,
        key,
        listing,
        Display(page=state.number("page"), selected=state[choice] if choice else ""),
        Clicks(_picking(state, choice), page=lambda page: state.set("page", str(page))),
    )


def at_once(n: Names, state: PageState | None, key: str, listing: Listing, choice: str = "") -> None:
    """A list without pages. state: None where no row can be chosen."""
    selected = state[choice] if state else ""
    table(n.w, key, listing, Display(page_size=WHOLE, selected=selected), Clicks(_picking(state, choice)))


def _picking(state: PageState | None, choice: str) -> Callable[[str], None] | None:
    if state is None or not choice:
        return None
    return lambda code: _open(state, choice, code)


def _open(state: PageState, choice: str, code: str) -> None:
    forget_message()
    state.set(choice, code)
