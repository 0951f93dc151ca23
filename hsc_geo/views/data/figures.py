"""The published figures, one by one."""

import streamlit as st

from hsc_geo.analysis.figures import concept_of, offer, tables_of
from hsc_geo.analysis.quality import figure_status
from hsc_geo.views.data.tables import plain_table
from hsc_geo.views.data.words import figures_once
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.call import Call
from hsc_geo.views.kit.controls import sort_by, table_control
from hsc_geo.views.kit.figure_choice import table_label
from hsc_geo.views.kit.html import facts, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table

COLUMNS = ("name", "theme", "unit", "kind", "table")


def draw(n: Names, state: PageState) -> None:
    """The figure that is chosen, and all figures in a table."""
    if state["ind"]:
        _table_choice(n, state)
        _indicator(n, state["ind"])
    _list(n, state)
    in_python.fold(n, "indicators", lambda: [Call("", "indicators")])


def _list(n: Names, state: PageState) -> None:
    w = n.w
    headers = (w.t("Figure"), w.t("Theme"), w.t("Unit"), w.t("Kind"), w.t("Table and years"))

    table(
        w,
        "indicators",
        Listing(
            w.t(
                "Every figure once, with its unit, kind, tables and years; choose one for its definition and limits"
            ),
            [Column(key, text) for key, text in zip(COLUMNS, headers, strict=True)],
            [_indicator_row(n, key) for key in figures_once(n)],
        ),
        Display(
            sort=state["sort"],
            descending=state.on("desc"),
            page=state.number("page"),
            selected=_row_of(n, state["ind"]),
        ),
        Clicks(
            pick=lambda key: state.set("ind", key),
            sort=lambda key, descending: sort_by(state, key, descending),
            page=lambda page: state.set("page", str(page)),
        ),
    )


def _row_of(n: Names, key: str) -> str:
    """The row in which an indicator stands: its own, or that of the same figure of a newer table."""
    if not key:
        return ""
    concept = concept_of(n.package, key)
    return next((each for each in figures_once(n) if concept_of(n.package, each) == concept), key)


def _indicator_row(n: Names, key: str) -> Row:
    row = n.package.indicators.loc[key]
    every = tables_of(n.package, concept_of(n.package, key))
    cells = [
        n.indicator(key),
        n.term("indicator_theme", str(row["theme"])),
        n.unit(key),
        n.kind(key),
        "; ".join(table_label(n, each) for each in every),
    ]
    order = dict(zip(COLUMNS, (c.casefold() for c in cells), strict=True))
    return Row(key, cells, order)


def _table_choice(n: Names, state: PageState) -> None:
    """Of which table, where several have the figure."""
    every = tables_of(n.package, concept_of(n.package, state["ind"]))
    if len(every) > 1:
        table_control(n, state, "ind", state["ind"], every)


def _indicator(n: Names, key: str) -> None:
    w, row = n.w, n.package.indicators.loc[key]
    found = offer(n.package, key)
    ages = {age: None for year in found.years for age in found.ages[year]}
    direction = n.term("direction", str(row["direction"]))
    st.html(
        markup("<h3>{}</h3>", n.indicator(key))
        + facts(
            [
                (w.t("Definition"), w.pick(row, "definition")),
                (w.t("Unit"), n.unit(key)),
                (w.t("Direction"), direction),
                (w.t("Kind"), f"{n.kind(key)}. {n.meaning('indicator_kind', str(row['kind']))}"),
                (w.t("Source"), n.source(key)),
                (w.t("Same figure of another table"), _others(n, key)),
                (w.t("Years"), ", ".join(str(year) for year in reversed(found.years))),
                (w.t("Age groups"), ", ".join(n.term("age_group", age) for age in ages)),
                (w.t("Classification year of the areas"), row["classification_year"]),
                (w.t("Method"), w.pick(row, "method")),
                (w.t("Caveats"), w.pick(row, "caveats")),
                (w.t("Not to be used for"), w.pick(row, "not_for")),
                (w.t("Interval"), n.interval_note(key)),
                (w.t("Code"), key),
            ]
        )
    )


def _others(n: Names, key: str) -> str:
    """The other tables that have the figure; that they are never one series with this one stands in the caveats."""
    every = tables_of(n.package, concept_of(n.package, key))
    return "; ".join(table_label(n, each) for each in every if each != key)


def draw_status(n: Names) -> None:
    """How many values each table has, and why the others are missing."""
    w = n.w
    counted = figure_status(n.package)
    st.header(w.t("Figures that are missing, and why"), anchor=False)
    statuses = [str(s) for s in counted.columns]
    lines = [[str(name), *(w.number(line[s]) for s in statuses)] for name, line in counted.iterrows()]
    headers = [w.t("Table"), *(n.term("observation_status", s) for s in statuses)]
    caption = w.t("Values per table by status")
    plain_table(n, "figure_status", caption, headers, lines, numeric=range(1, len(headers)))
    in_python.fold(n, "figure_status", lambda: [Call("data", "figure_status")])
