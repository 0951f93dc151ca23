"""The table of initiatives by two facets: for the screen and paper, and in plain values for a file."""

from __future__ import annotations

from typing import Any

from hsc_geo.analysis.facets import DISTRICT
from hsc_geo.analysis.matrix import ALL
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.research.answers.explore import Explorer
from hsc_geo.views.research.choices_explore import BETWEEN, NUMBER
from hsc_geo.views.research.rows.explore import TOTAL, ordered
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.counted import number
from hsc_geo.views.wording.facets import facet_name, facet_title


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


def column_texts(n: Names) -> dict[str, str]:
    """What each column of the files means."""
    w = n.w
    return {
        "row_facet": w.t("What the rows are."),
        "row": w.t("The option of the row as a code; total: all of them, each initiative once."),
        "row_name": w.t("The same in words; empty: all, or not known."),
        "column_facet": w.t("What the columns are."),
        "column": w.t("The option of the column as a code; total: all of them, each initiative once."),
        "column_name": w.t("The same in words; empty: all, or not known."),
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
        "counted": w.t("Which initiatives count: known (not ended) or all (ended ones too)."),
        "confirmed_within": w.t("Confirmed within so many months; empty: whenever that was."),
        "method": w.t("How it was counted."),
    }
