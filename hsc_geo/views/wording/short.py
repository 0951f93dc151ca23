"""Initiatives in short rows: a name, who does it, and a mark with a word for status and age."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis.matrix import ACTIVE, ENDED, PLANNED, UNKNOWN_STATUS, status_groups
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.stated import stated
from hsc_geo.views.wording import freshness

_SIGNS = {ACTIVE: "●", PLANNED: "◐", UNKNOWN_STATUS: "○", ENDED: "✕"}
LONGEST = 120  # letters of a cell; the panel shows the whole text


def status_word(n: Names, key: str) -> str:
    """The status of an initiative in a word."""
    w = n.w
    return {
        ACTIVE: w.t("runs"),
        PLANNED: w.t("planned"),
        UNKNOWN_STATUS: w.t("status not known"),
        ENDED: w.t("ended"),
    }[status_groups(n.package)[key]]


def mark(n: Names, key: str) -> str:
    """`● runs, 2024`: the status when last seen, of when that is, whether only the organisation itself says so, and
    whether someone should ask again."""
    w, group, known = n.w, status_groups(n.package)[key], freshness.known_on(n, key)
    when = str(known.year) if known else w.t("no date")
    own = [w.t("told by itself")] if freshness.is_own_word(n, key) else []
    due = [w.t("ask again")] if freshness.is_due(n, key) else []
    return f"{_SIGNS[group]} {', '.join([status_word(n, key), when, *own, *due])}"


def short_columns(n: Names) -> list[Column]:
    """Columns that go with `short_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("organisation", w.t("Organisation"), sortable=False),
        Column("mark", w.t("When last seen"), sortable=False),
    ]


def short_rows(n: Names, ids: Sequence[str]) -> list[Row]:
    """A row per initiative."""
    organisations = n.package.initiatives["organisation"]
    return [
        Row(key, [n.initiative(key), stated(n.w, organisations[key])[:LONGEST], mark(n, key)], {})
        for key in ids
    ]


def short_list(n: Names, ids: Sequence[str]) -> Listing:
    """The initiatives as a table, such as those of an open cell."""
    caption = n.w.tn("{n} initiative in this list", "{n} initiatives in this list", len(ids))
    return Listing(caption, short_columns(n), short_rows(n, ids))
