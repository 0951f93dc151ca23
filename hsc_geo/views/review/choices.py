"""The choices of the page Review in its address: codes and numbers, never what is typed."""

from __future__ import annotations

from datetime import date

from hsc_geo.register import KINDS, STATUSES
from hsc_geo.register.exporting import FORMS
from hsc_geo.views.kit.days import read
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param
from hsc_geo.views.review.desk import forget_message

QUEUE, MERGE, JOURNAL, DATES, CONFIRM, POINTS, ASKED, FILES, FRESH = PARTS = (
    "queue",
    "merge",
    "journal",
    "dates",
    "confirm",
    "points",
    "asked",
    "files",
    "fresh",
)
FRESH_LISTS = ("figures", "values", "areas", "columns", "sources")
MONTHS = ("6", "12", "24", "36", "60")
LAST = date(2100, 1, 1)  # of the days that can be chosen
ENTITIES = ("initiative", "organisation", "venue")


def parameters() -> tuple[Param, ...]:
    """Every choice of the page. `n` is a proposal, `entry` an entry that may have gone, `batch` what happened
    together, `first` and `last` days, `second` the page of a second list."""
    return (
        Param("part", PARTS[0], frozenset(PARTS)),
        Param("n", limit=12),
        Param("status", STATUSES[0], frozenset(STATUSES)),
        Param("kind", "", frozenset(KINDS)),
        Param("what", ENTITIES[0], frozenset(ENTITIES)),
        Param("keep"),
        Param("drop"),
        Param("entry"),
        Param("batch", limit=40),
        Param("first", limit=10),
        Param("last", limit=10),
        Param("months", "24", frozenset(MONTHS)),
        Param("form", FORMS[0], frozenset(FORMS)),
        Param("list", FRESH_LISTS[0], frozenset(FRESH_LISTS)),
        Param("page", "1", PAGE_NUMBERS),
        Param("second", "1", PAGE_NUMBERS),
    )


def go(state: PageState, part: str, **choices: str) -> None:
    """To another part of the page, with what it is about."""
    forget_message()
    state.clear(["n", "keep", "drop", "entry", "batch", "page", "second"])
    for key, value in choices.items():
        state.set(key, value)
    state.set("part", part)


def number(state: PageState) -> int | None:
    """The number of the proposal that is open; None without one."""
    text = state["n"]
    return int(text) if text.isascii() and text.isdecimal() else None


def day(state: PageState, key: str) -> date | None:
    """A day in the address; None where there is none, or none that can be chosen."""
    return read(state[key], LAST)
