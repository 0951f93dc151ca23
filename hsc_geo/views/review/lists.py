"""The lists of the page Review: their columns, by pages, and a row that opens what it is about."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.review.desk import forget_message

_NUMERIC = ("number", "row")
_WORDY = ("old", "now", "theirs", "new", "keep", "drop", "why", "value", "mend", "source", "note")


def columns(texts: Mapping[str, str]) -> list[Column]:
    """A column for each header by its key, none of them to sort by: a list stands in the order in which it is read."""
    return [
        Column(key, text, numeric=key in _NUMERIC, sortable=False, wordy=key in _WORDY)
        for key, text in texts.items()
    ]


def by_pages(
    n: Names,
    state: PageState,
    key: str,
    listing: Listing,
    choice: str = "",
    page: str = "page",
    total: int | None = None,
) -> None:
    """A list by pages. choice: what of the address a row sets, "" where none can be chosen. page: the choice that holds
    its page. total: how many rows there are, where those given are of the page already."""
    table(
        n.w,
        key,
        listing,
        Display(page=state.number(page), total=total, selected=state[choice] if choice else ""),
        Clicks(_picking(state, choice), page=lambda number: state.set(page, str(number))),
    )


def _picking(state: PageState, choice: str) -> Callable[[str], None] | None:
    return (lambda code: _open(state, choice, code)) if choice else None


def _open(state: PageState, choice: str, code: str) -> None:
    forget_message()
    state.set(choice, code)
