"""Initiatives by two facets, as rows."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.crosstab import COLUMN, ROW, WHOLE, YEARS
from hsc_geo.analysis.facets import DISTRICT, NONE
from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.matrix import ALL
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.explore import Explorer
from hsc_geo.views.wording.facets import facet_name, facet_order

_SHARES = {"row": ROW, "column": COLUMN, "all": WHOLE}
_KEPT = ("name", "organisation", "status", "evidence_level", "source_title", "source_publisher", "source_url")


TOTAL = "total"


def ordered(n: Names, facet: str, codes: tuple[str, ...]) -> list[str]:
    """Options in their order; focus districts first, years from the first to the last."""
    found = facet_order(n, facet, list(codes))
    if facet == DISTRICT:
        areas = [code for code in found if code in n.package.areas.index]
        return [*focus_first(n.package, areas), *(code for code in found if code not in areas)]
    if facet not in YEARS:
        return found
    return [*sorted(code for code in found if code != NONE), *(code for code in found if code == NONE)]


def rows(n: Names, answer: Explorer) -> pd.DataFrame:
    """A row per cell and per total, in plain values."""
    found, asked = answer.found, answer.asked
    rows, columns = ([*ordered(n, axis.facet, axis.codes), ALL] for axis in (found.rows, found.columns))
    cells = [_plain(n, answer, row, column) for row in rows for column in columns]
    return pd.DataFrame(cells).assign(
        level="register",
        table_id="initiatives",
        kind="counted",
        year=n.today.year,
        age_group="",
        counted=asked.basis(n.today).count,
        confirmed_within=pd.array([asked.within] * len(cells), dtype="Int64"),
        as_of=n.today.isoformat(),
        method="distinct initiatives of the register per pair of options; totals count each once",
    )


def _plain(n: Names, answer: Explorer, row: str, column: str) -> dict[str, Any]:
    found, asked = answer.found, answer.asked
    ids = found.at(row, column)
    return {
        "row_facet": asked.rows,
        "row": row or TOTAL,
        "row_name": _name(n, asked.rows, row),
        "column_facet": asked.columns,
        "column": column or TOTAL,
        "column_name": _name(n, asked.columns, column),
        "initiatives": len(ids),
        **{f"share_of_{name}": found.share(row, column, of) for name, of in _SHARES.items()},
        "row_inferred": len(answer.inferred[asked.rows].intersection(ids)),
        "column_inferred": len(answer.inferred[asked.columns].intersection(ids)),
    }


def _name(n: Names, facet: str, code: str) -> str:
    """The name of an option as the data have it; '' of a total and of what is not known."""
    return "" if code in (ALL, NONE) else facet_name(n, facet, code)


def behind(n: Names, answer: Explorer) -> pd.DataFrame:
    """The initiatives behind the table, or behind the cell that is open: a row each, with its options of both facets,
    as codes with `|` between."""
    found, asked = answer.found, answer.asked
    keys = list(answer.listed)
    kept = n.package.initiatives.loc[keys, list(_KEPT)].astype(str).reset_index()
    ids = list(found.ids)
    places = [ids.index(key) for key in keys]
    for name, axis in (("row_options", found.rows), ("column_options", found.columns)):
        member = axis.member[found.mask]
        kept[name] = [
            "|".join(c for c, has in zip(axis.codes, member[i], strict=True) if has) for i in places
        ]
    return kept.assign(row_facet=asked.rows, column_facet=asked.columns)
