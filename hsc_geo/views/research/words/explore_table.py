"""The table of initiatives by two facets: for the screen and paper, and in plain values for a file."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.crosstab import COLUMN, ROW, WHOLE, YEARS
from hsc_geo.analysis.facets import DISTRICT, NONE
from hsc_geo.analysis.focus import focus_first
from hsc_geo.analysis.matrix import ALL
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.research.answers.explore import Explorer
from hsc_geo.views.research.choices_explore import BETWEEN, NUMBER
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.counted import label, number
from hsc_geo.views.wording.facets import facet_name, facet_order, facet_title

TOTAL = "total"  # the column, and in a file the code, of all options


def ordered(n: Names, facet: str, codes: tuple[str, ...]) -> list[str]:
    """Options in their order; focus districts first, years from the first to the last."""
    found = facet_order(n, facet, list(codes))
    if facet == DISTRICT:
        areas = [code for code in found if code in n.package.areas.index]
        return [*focus_first(n.package, areas), *(code for code in found if code not in areas)]
    if facet not in YEARS:
        return found
    return [*sorted(code for code in found if code != NONE), *(code for code in found if code == NONE)]


def table(n: Names, answer: Explorer) -> Listing:
    """A row per option of the one facet, a column per option of the other, and the totals; each cell can be opened."""
    found, asked, w = answer.found, answer.asked, n.w
    columns = [
        Column("name", facet_title(n, asked.rows)),
        *(
            Column(f"c_{code}", option(n, answer, asked.columns, code), numeric=True)
            for code in ordered(n, asked.columns, found.columns.codes)
        ),
        Column(TOTAL, w.t("All, each once"), numeric=True),
    ]
    rows = [_row(n, answer, code) for code in ordered(n, asked.rows, found.rows.codes)]
    caption = w.t(
        "Initiatives by {rows} (rows) and {columns} (columns); the stronger the colour, the more",
        rows=facet_title(n, asked.rows).lower(),
        columns=facet_title(n, asked.columns).lower(),
    )
    return Listing(caption, columns, [*rows, _row(n, answer, ALL)])


def option(n: Names, answer: Explorer, facet: str, code: str) -> str:
    """The name of an option; of a step on the ladder also for how many it is inferred."""
    is_area = facet == DISTRICT and code in n.package.areas.index
    name = row_name(n, code, DISTRICT) if is_area else facet_name(n, facet, code)
    rows = facet == answer.asked.rows
    ids = answer.found.at(code) if rows else answer.found.at(ALL, code)
    inferred = len(answer.inferred[facet].intersection(ids)) if facet == "ladder" else 0
    return n.w.t("{name} ({n} inferred)", name=name, n=n.w.number(inferred)) if inferred else name


def _row(n: Names, answer: Explorer, code: str) -> Row:
    """A row; that of the totals has nothing to sort it by, so it stays last."""
    found, asked = answer.found, answer.asked
    keys = [*ordered(n, asked.columns, found.columns.codes), ALL]
    name = option(n, answer, asked.rows, code) if code else n.w.t("All, each once")
    cells: list[Any] = [name, *(_cell(n, answer, code, key) for key in keys)]
    if not code:
        return Row("", cells, {})
    counts = {f"c_{key}" if key else TOTAL: found.number(code, key) for key in keys}
    return Row(code, cells, {"name": name.casefold(), **counts})


def _cell(n: Names, answer: Explorer, row: str, column: str) -> dict[str, Any]:
    """What stands in a cell; its colour is as strong as its number, or share, beside the largest one."""
    value, most = _value(answer, row, column), _most(answer)
    heat = {"heat": round(value / most, 2)} if row and column and most else {}
    return {"text": _text(n, answer, row, column), "pick": f"{row}{BETWEEN}{column}", **heat}


def _text(n: Names, answer: Explorer, row: str, column: str) -> str:
    count = answer.found.number(row, column)
    if answer.asked.shown == NUMBER or not count:
        return number(n, count)
    share = n.w.value(100 * _value(answer, row, column), "percent", 0)
    return f"{share} ({n.w.number(count)})"


def _value(answer: Explorer, row: str, column: str) -> float:
    if answer.asked.shown == NUMBER:
        return float(answer.found.number(row, column))
    return answer.found.share(row, column, answer.asked.shown) or 0.0


def _most(answer: Explorer) -> float:
    rows, columns = answer.found.rows.codes, answer.found.columns.codes
    return max((_value(answer, row, column) for row in rows for column in columns), default=0.0)


def plain_rows(n: Names, answer: Explorer) -> pd.DataFrame:
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
        counted=label(n, asked.basis(n.today)),
        as_of=n.today.isoformat(),
        method="distinct initiatives of the register per pair of options; totals count each once",
    )


def _plain(n: Names, answer: Explorer, row: str, column: str) -> dict[str, Any]:
    found, asked = answer.found, answer.asked
    ids = found.at(row, column)
    return {
        "row_facet": asked.rows,
        "row": row or TOTAL,
        "row_name": facet_name(n, asked.rows, row) if row else "",
        "column_facet": asked.columns,
        "column": column or TOTAL,
        "column_name": facet_name(n, asked.columns, column) if column else "",
        "initiatives": len(ids),
        **{f"share_of_{name}": found.share(row, column, of) for name, of in _SHARES.items()},
        "row_inferred": len(answer.inferred[asked.rows].intersection(ids)),
        "column_inferred": len(answer.inferred[asked.columns].intersection(ids)),
    }


_SHARES = {"row": ROW, "column": COLUMN, "all": WHOLE}
_KEPT = ("name", "organisation", "status", "evidence_level", "source_title", "source_publisher", "source_url")


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


def column_texts(n: Names) -> dict[str, str]:
    """What each column of the files means."""
    w = n.w
    return {
        "row_facet": w.t("What the rows are."),
        "row": w.t("The option of the row as a code; total: all of them, each initiative once."),
        "row_name": w.t("The same in words."),
        "column_facet": w.t("What the columns are."),
        "column": w.t("The option of the column as a code; total: all of them, each initiative once."),
        "column_name": w.t("The same in words."),
        "initiatives": w.t("How many different initiatives have both options."),
        "share_of_row": w.t(
            "Their share (0 to 1) of the different initiatives of the row; empty: there are none."
        ),
        "share_of_column": w.t("Their share (0 to 1) of those of the column; empty: there are none."),
        "share_of_all": w.t("Their share (0 to 1) of all that count; empty: there are none."),
        "row_inferred": w.t("Of how many of them we inferred the option of the row."),
        "column_inferred": w.t("Of how many of them we inferred the option of the column."),
        "row_options, column_options": w.t("All options of an initiative, as codes with | between."),
        "level, table_id": w.t("That it is of the register, and of which table."),
        "kind": w.t("How the number came about."),
        "year, as_of": w.t("The day from which it counts, and its year."),
        "age_group": w.t("Empty: these are initiatives and no people."),
        "counted": w.t("Which initiatives count."),
        "method": w.t("How it was counted."),
    }
