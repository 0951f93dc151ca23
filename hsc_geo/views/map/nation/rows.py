"""The areas of the country as a table, of which only the rows of a page are made; never in the order of values."""

from __future__ import annotations

from typing import Any

import pandas as pd

from hsc_geo.analysis.explore import Choice
from hsc_geo.analysis.figures import PRESENT
from hsc_geo.analysis.nation import MUNICIPALITY, NationView, country_figure
from hsc_geo.analysis.nation_areas import in_order, municipalities
from hsc_geo.views.kit.intervals import bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import PAGE_SIZE, Column, Listing, Row, first_of_page
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.map.nation.choices import DESCENDING, PAGE, SORT, WITHIN
from hsc_geo.views.map.nation.said import Country, figure_of


def listing(here: Country, view: NationView, state: PageState) -> tuple[Listing, int]:
    """(the rows of the page that is asked, how many there are in all)."""
    level = view.choice.level
    kept = within(here, state, level)
    codes = in_order(here.nation, level, here.own, kept, state[SORT], state.on(DESCENDING))
    first = first_of_page(len(codes), state.number(PAGE), PAGE_SIZE)
    rows = [_row(here, view, code) for code in codes[first : first + PAGE_SIZE]]
    return Listing(caption(here.n, view), columns(here.n, view), rows), len(codes)


def within(here: Country, state: PageState, level: str) -> str:
    """The municipality that the table is kept to; '' for all, at the level of municipalities, and for a code that is of
    none. One without areas of the level counts: the table is then empty, and says why."""
    asked = state[WITHIN]
    known = asked in municipalities(here.nation, level) or asked in municipalities(here.nation, MUNICIPALITY)
    return asked if level != MUNICIPALITY and known else ""


def caption(n: Names, view: NationView) -> str:
    """The caption of the table."""
    level = lower_first(n.term("area_level", view.choice.level))
    return n.w.t("Figure by {level}, all of the Netherlands", level=level)


def columns(n: Names, view: NationView) -> list[Column]:
    """Columns that go with the rows of `listing`."""
    w, choice = n.w, view.choice
    return [
        Column("name", w.t("Area")),
        *([Column("in", w.t("Municipality"))] if choice.level != MUNICIPALITY else []),
        Column("value", _name(n, choice), numeric=True, sortable=False),
        *([Column("interval", w.t("95% interval"), sortable=False)] if view.classes.intervals else []),
        Column("code", w.t("Code"), spare=True),
    ]


def _row(here: Country, view: NationView, code: str) -> Row:
    n, area = here.n, here.nation.areas.loc[code]
    line: Any = view.table.loc[code]
    cells = [
        area["name"],
        *([area["municipality"]] if view.choice.level != MUNICIPALITY else []),
        value_text(n, view.choice.indicator, line["value"], str(line["status"])),
        *([bounds(n, view.choice.indicator, line["lower"], line["upper"])] if view.classes.intervals else []),
        code,
    ]
    return Row(code, cells, {})


def value_text(n: Names, indicator_id: str, value: float, status: str) -> str:
    """A value with its unit, or why there is none."""
    return n.value(indicator_id, value) if status == PRESENT and pd.notna(value) else n.missing(status)


def beside_listing(here: Country, view: NationView, code: str) -> Listing:
    """The figure of an area beside its municipality, that of the package, the country, and the middle half of the
    municipalities."""
    n, choice = here.n, view.choice
    rows = [
        Row("", [here.full_name(each), n.figure(figure_of(here, view, each))], {})
        for each in here.beside(code)
    ]
    rows.append(Row("", [n.w.t("the Netherlands"), n.figure(country_figure(here.nation, choice))], {}))
    if view.middle is not None:
        told = n.between(choice.indicator, *view.middle)
        rows.append(Row("", [n.w.t("middle half of the municipalities"), told], {}))
    heads = [
        Column("name", n.w.t("Area"), sortable=False),
        Column("value", n.w.t("Figure"), numeric=True, sortable=False),
    ]
    return Listing(_name(n, choice), heads, rows)


def _name(n: Names, choice: Choice) -> str:
    return f"{n.indicator(choice.indicator)} ({n.moment(choice.year, choice.age_group)})"
