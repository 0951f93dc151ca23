"""Initiatives that may end in words: the list, what it leaves open, and the list for a file."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hsc_geo.analysis.continuity import ENDS, Ending, not_said
from hsc_geo.views.kit.html import safe_url
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.partners.rows import may_end as may_end_rows
from hsc_geo.views.wording.continuity import sign_text, unknown_text
from hsc_geo.views.wording.freshness import sign


def said(n: Names, found: Sequence[Ending], months: int) -> str:
    """How many have a sign, and how many of them end soon."""
    w = n.w
    if not found:
        return w.t("No initiative in the register has a sign that it may end. For most no source says it.")
    many = w.tn(
        "{n} initiative has a sign that it may end.",
        "{n} initiatives have a sign that they may end.",
        len(found),
    )
    soon = sum(any(sign.code == ENDS for sign in each.found.signs) for each in found)
    if not soon:
        return many
    last = w.tn(
        "Of {n} of them the last year is over within {months} months.",
        "Of {n} of them the last year is over within {months} months.",
        soon,
        months=w.number(months),
    )
    return f"{many} {last}"


def soon_text(n: Names, months: int) -> str:
    """What counts as soon."""
    return n.w.t("Soon: within {n} months", n=n.w.number(months))


def caveat_text(n: Names) -> str:
    """What the list cannot know, in numbers."""
    missing, total = not_said(n.package)
    w = n.w
    return w.t(
        "This is a list of questions to ask, not of what will end. Of {total} initiatives that are not known to have "
        "ended, no source says who pays for {funders}, who runs it for {run_by}, and until when for {end}.",
        total=w.number(total),
        funders=w.number(missing["funders"]),
        run_by=w.number(missing["run_by"]),
        end=w.number(missing["end_year"]),
    )


def may_end(n: Names, found: Sequence[Ending]) -> Listing:
    """Those with a sign, by district."""
    caption = n.w.tn(
        "{n} initiative with a sign that it may end",
        "{n} initiatives with a sign that they may end",
        len(found),
    )
    return Listing(caption, columns(n), rows(n, found))


def columns(n: Names) -> list[Column]:
    """Columns that go with `rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("serves", w.t("Serves"), sortable=False),
        Column("signs", w.t("Signs that it may end"), sortable=False, wordy=True),
        Column("basis", w.t("About money and people"), sortable=False, wordy=True),
        Column("source", w.t("Source"), sortable=False),
    ]


def rows(n: Names, found: Sequence[Ending]) -> list[Row]:
    """A row per initiative, by district."""
    return [_list_row(n, each) for each in found]


def _list_row(n: Names, each: Ending) -> Row:
    row: Any = n.package.initiatives.loc[each.initiative_id]
    source = {"text": row["source_publisher"] or n.w.t("source"), "href": safe_url(row["source_url"])}
    signs, basis, unknown = _texts(n, each)
    told = "; ".join(filter(None, (signs, sign(n, each.initiative_id))))
    said = " ".join(filter(None, (basis, n.w.t("No source says: {what}.", what=unknown) if unknown else "")))
    cells = [n.initiative(each.initiative_id), _serves(n, each), told, said, source]
    return Row(each.initiative_id, cells, {})


def _texts(n: Names, each: Ending) -> list[str]:
    row: Any = n.package.initiatives.loc[each.initiative_id]
    signs = "; ".join(sign_text(n, one) for one in each.found.signs)
    return [signs, n.w.pick(row, "continuity_basis"), unknown_text(n, each.found.unknown)]


def _serves(n: Names, each: Ending) -> str:
    known = n.package.areas.index
    return ", ".join(n.area(code) if code in known else n.term("precision", code) for code in each.serves)


def table(n: Names, found: Sequence[Ending]) -> pd.DataFrame:
    """The list for a file: the rows in codes, and behind these what the codes mean."""
    texts = [_texts(n, each) for each in found]
    return may_end_rows(n.package, found).assign(
        serves_text=[_serves(n, each) for each in found],
        signs_text=[signs for signs, _, _ in texts],
        not_said_text=[unknown for _, _, unknown in texts],
    )


def method_texts(n: Names) -> list[str]:
    """What counts as a sign, and what the list is not."""
    w = n.w
    return [
        w.t(
            "A sign is only what a source states: a last year, one funder, volunteers who run it, or a grant of which "
            "no source says what came of it."
        ),
        w.t("An initiative without a sign is not safe: for most, no source says anything of this."),
        w.t("That volunteers are named is no sign; it counts only where the source says that they run it."),
    ]
