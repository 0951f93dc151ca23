"""Under the map the same as tables: areas with their figure and counts, initiatives, and those without a place."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from hsc_geo.analysis.explore import View
from hsc_geo.views.components import Column, Row, table
from hsc_geo.views.explorer_state import TABLES
from hsc_geo.views.html import safe_url
from hsc_geo.views.names import Names
from hsc_geo.views.panel import ambitions_text, serves_text, status_text
from hsc_geo.views.state import PageState


def draw(n: Names, state: PageState, view: View) -> None:
    """The choice of table and the table."""
    w = n.w
    st.header(w.t("The same as a table"))
    names = {
        "areas": w.t("Areas"),
        "initiatives": w.t("Initiatives"),
        "citywide": w.t("City-wide, regional or without a place"),
    }
    st.session_state["w_table"] = state["table"]

    def take() -> None:
        for key in ("sort", "desc", "page"):
            state.clear([key])
        state.take("table")

    st.segmented_control(
        w.t("Table"), TABLES, format_func=lambda t: names[t], key="w_table", on_change=take, label_visibility="collapsed", required=True
    )
    if state["table"] == "areas":
        _areas(n, state, view)
    else:
        _initiatives(n, state, view)


def area_rows(n: Names, view: View) -> list[Row]:
    """A row per area of the level."""
    key = view.choice.indicator
    rows = []
    for code, line in view.table.iterrows():
        area = n.package.areas.loc[code]
        known = int(view.served.by_area.get(code, 0))
        figure = "" if not key else n.value(key, line["value"]) if line["status"] == "present" else n.missing(line["status"])
        parent = n.area(area["parent_code"]) if view.choice.level == "neighbourhood" else n.focus().get(str(code), "")
        order = {"name": str(area["name"]), "in": parent, "value": line["value"], "people": area["population"], "known": known}
        only = int(view.served.district_only.get(code, 0)) if view.choice.level == "neighbourhood" else None
        cells = [area["name"], parent, figure, n.w.number(area["population"]), n.w.number(known)]
        rows.append(Row(str(code), cells if only is None else [*cells, n.w.number(only)], {**order, "only": only}))
    return rows


def area_columns(n: Names, view: View) -> list[Column]:
    """Columns that go with `area_rows`."""
    w, key = n.w, view.choice.indicator
    moment = n.moment(view.choice.year, view.choice.age_group)
    year = n.package.areas.loc[view.table.index, "population_year"].dropna()
    columns = [
        Column("name", w.t("Area")),
        Column("in", w.t("District") if view.choice.level == "neighbourhood" else w.t("Focus district")),
        Column("value", f"{n.indicator(key)} ({moment})" if key and moment else n.indicator(key) if key else "–", numeric=True),
        Column("people", w.t("Residents {year}", year=year.iloc[0] if len(year) else ""), numeric=True),
        Column("known", w.t("Initiatives known"), numeric=True),
    ]
    if view.choice.level == "neighbourhood":
        columns.append(Column("only", w.t("Known to the district only"), numeric=True))
    return columns


def _areas(n: Names, state: PageState, view: View) -> None:
    level = n.w.t("district") if view.choice.level == "district" else n.w.t("neighbourhood")
    _table(n, state, n.w.t("Figure and initiatives by {level}", level=level), area_columns(n, view), area_rows(n, view), "areas")


def initiative_rows(n: Names, keys: list[str]) -> list[Row]:
    """A row per initiative: name, organisation, ambitions, area served, status, newest evidence, source."""
    rows = []
    for key in keys:
        row = n.package.initiatives.loc[key]
        year = "" if pd.isna(row["last_evidence_year"]) else str(row["last_evidence_year"])
        source = {"text": row["source_publisher"] or n.w.t("source"), "href": safe_url(row["source_url"])}
        text = [row["name"], row["organisation"].replace("|", ", "), ambitions_text(n, row), serves_text(n, key), status_text(n, row)]
        shown = [value[:300] for value in text]
        order = dict(zip(("name", "organisation", "ambition", "serves", "status"), (v.casefold() for v in shown), strict=True))
        rows.append(Row(key, [*shown, year, source], {**order, "year": int(year) if year else None}))
    return rows


def initiative_columns(n: Names) -> list[Column]:
    """Columns that go with `initiative_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative")),
        Column("organisation", w.t("Organisation")),
        Column("ambition", w.t("Ambition (most are inferred)")),
        Column("serves", w.t("Serves")),
        Column("status", w.t("Status")),
        Column("year", w.t("Newest evidence"), numeric=True),
        Column("source", w.t("Source"), sortable=False),
    ]


def _initiatives(n: Names, state: PageState, view: View) -> None:
    keys = list(view.ids)
    if state["table"] == "citywide":
        wide = n.package.initiatives["precision"].isin(["city", "region", "unknown"])
        keys = [key for key in keys if wide[key]]
    if not keys:
        st.info(n.w.t("No initiative known fits these choices."))
        return
    caption = n.w.tn("{n} initiative that fits your choices", "{n} initiatives that fit your choices", len(keys))
    _table(n, state, caption, initiative_columns(n), initiative_rows(n, keys), "initiatives")


def _table(n: Names, state: PageState, caption: str, columns: list[Column], rows: list[Row], name: str) -> None:
    sort = state["sort"] if state["sort"] in {c.key for c in columns if c.sortable} else ""

    def on_sort(key: str, descending: bool) -> None:
        state.set("sort", key)
        state.set("desc", "1" if descending else "")
        state.set("page", "1")

    def on_pick(key: str) -> None:
        state.set("sel", key)
        state.set("ppage", "1")

    table(
        n.w,
        key=f"table_{name}",
        caption=caption,
        columns=columns,
        rows=rows,
        sort=sort,
        descending=state["desc"] == "1",
        page=int(state["page"]),
        selected=state["sel"],
        on_pick=on_pick,
        on_sort=on_sort,
        on_page=lambda page: state.set("page", str(page)),
    )
