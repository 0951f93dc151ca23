"""Small components of our own: an accessible sortable table, what tells a screen reader the language, a field that no
person fills in, and what keeps a proposal in the visitor's browser."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from hsc_geo.domain.text import carriable
from hsc_geo.views.kit.words import Words

FRONTEND = Path(__file__).with_name("frontend")
PAGE_SIZE = 25


@dataclass(frozen=True)
class Column:
    """A column of a table: key, header, whether its values are numbers, whether one can sort by it, and whether its
    cells hold sentences, for which a narrow screen keeps room."""

    key: str
    label: str
    numeric: bool = False
    sortable: bool = True
    wordy: bool = False


@dataclass(frozen=True)
class Row:
    """A row: its id ('' when it cannot be chosen), what is shown, and what it is sorted by (per column key)."""

    id: str
    cells: Sequence[Any]
    order: Mapping[str, Any]


def sorted_rows(rows: Sequence[Row], key: str, descending: bool) -> list[Row]:
    """Rows by a column, rows without a value always last, ties in the order given."""

    def absent(row: Row) -> bool:
        value = row.order.get(key)
        return bool(pd.isna(value)) or value == ""

    known = [row for row in rows if not absent(row)]
    return sorted(known, key=lambda r: r.order[key], reverse=descending) + [
        row for row in rows if absent(row)
    ]


def first_of_page(total: int, page: int, size: int) -> int:
    """Position of the first row of a page; a page that does not exist becomes the nearest one that does."""
    pages = max(1, math.ceil(total / size))
    return (min(max(1, page), pages) - 1) * size


def table(
    w: Words,
    *,
    key: str,
    caption: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    sort: str = "",
    descending: bool = False,
    page: int = 1,
    selected: str = "",
    compact: bool = False,
    page_size: int = PAGE_SIZE,
    total: int | None = None,
    on_pick: Callable[[str], None] | None = None,
    on_sort: Callable[[str, bool], None] | None = None,
    on_page: Callable[[int], None] | None = None,
) -> None:
    """Draw the table; only the rows of the page go to the browser. Text is never read as HTML.

    With `total`, `rows` are those of the page already; else all rows, which are sorted and paged here.
    """
    size = max(1, page_size)
    count = len(rows) if total is None else total
    first = first_of_page(count, page, size)
    ordered = sorted_rows(rows, sort, descending) if sort and total is None else list(rows)
    shown = ordered[first : first + size] if total is None else ordered
    data = {
        "caption": carriable(caption),
        "columns": [
            {
                "key": c.key,
                "label": c.label,
                "numeric": c.numeric,
                "wordy": c.wordy,
                "sortable": c.sortable and on_sort is not None,
            }
            for c in columns
        ],
        "rows": [{"id": row.id if on_pick else "", "cells": [_cell(c) for c in row.cells]} for row in shown],
        "sort": sort,
        "descending": descending,
        "selected": selected,
        "compact": compact,
        "page": first // size + 1,
        "pages": max(1, math.ceil(count / size)),
        "words": {
            "pages": w.t("Pages of the table: {name}", name=carriable(caption)),
            "previous": w.t("Previous"),
            "next": w.t("Next"),
            "range": w.t(
                "{first}–{last} of {total}",
                first=w.number(first + 1),
                last=first + len(shown),
                total=w.number(count),
            ),
        },
    }
    _table()(key=key, data=data, **_callbacks(key, on_pick, on_sort, on_page))


def _cell(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _cell(part) for key, part in value.items()}
    return carriable(value) if isinstance(value, str) else value


def shell(w: Words) -> None:
    """Tell the browser the page's language and name the map's frame."""
    _shell()(key="hsc_shell", data={"lang": w.code, "map": w.t("Map of Leiden")})


def trap(key: str) -> None:
    """A field that only a program fills in; then `st.session_state[key]["filled"]` is true."""
    _trap()(key=key, data={}, on_filled_change=lambda: None)


def keeper(key: str, data: Mapping[str, Any], take: Callable[[], None]) -> None:
    """Keeps a draft in this tab of the browser; `take` is called once `st.session_state[key]["kept"]` holds what an
    earlier visit left there."""
    _keeper()(key=key, data=data, on_kept_change=take)


def _callbacks(
    key: str,
    on_pick: Callable[[str], None] | None,
    on_sort: Callable[[str, bool], None] | None,
    on_page: Callable[[int], None] | None,
) -> dict[str, Callable[[], None]]:
    def sort() -> None:
        asked = st.session_state[key]["sort"]
        if on_sort and asked:
            on_sort(str(asked["key"]), bool(asked["descending"]))

    def pick() -> None:
        asked = st.session_state[key]["pick"]
        if on_pick and asked:
            on_pick(str(asked))

    def turn() -> None:
        asked = st.session_state[key]["page"]
        if on_page and asked:
            on_page(int(asked))

    return {"on_sort_change": sort, "on_pick_change": pick, "on_page_change": turn}


@cache
def _source(name: str) -> str:
    """A file of the front end without indents and lines of comment: it goes along with every change of the page."""
    text = re.sub(r"/\*.*?\*/", "", (FRONTEND / name).read_text(encoding="utf-8"), flags=re.DOTALL)
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _table() -> Callable[..., Any]:
    return _component("hsc_table", '<div class="hsc-table"></div>', "table.css", "table.js")


def _shell() -> Callable[..., Any]:
    return _component("hsc_shell", "", None, "shell.js")


def _trap() -> Callable[..., Any]:
    html = (
        '<input class="hsc-trap" type="text" name="url" tabindex="-1" autocomplete="off" aria-hidden="true">'
    )
    # In the document itself: what fills in fields does not look into a shadow tree.
    return _component("hsc_trap", html, None, "trap.js", False)


def _keeper() -> Callable[..., Any]:
    return _component("hsc_keeper", "", None, "kept.js")


@cache
def _component(name: str, html: str, css: str | None, js: str, apart: bool = True) -> Callable[..., Any]:
    styles = _source(css) if css else None
    return st.components.v2.component(name, html=html, css=styles, js=_source(js), isolate_styles=apart)
