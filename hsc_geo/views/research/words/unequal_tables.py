"""The tables of the inequality of a value: every index, and the areas in their order; as shown and as plain rows."""

from __future__ import annotations

import math

import pandas as pd

from hsc_geo.analysis.unequal import UNDEFINED, Index
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import upper_first
from hsc_geo.views.research.answers.unequal import Answer, sign
from hsc_geo.views.research.words.page import level_name
from hsc_geo.views.research.words.unequal_caveats import no_interval
from hsc_geo.views.research.words.unequal_names import (
    index_name,
    measure_name,
    number,
    shown_here,
    value_name,
)
from hsc_geo.views.wording.area import row_name

SUPPRESSED, PRESENT = "suppressed", "present"


def indices(n: Names, made: Answer) -> Listing:
    """Every index: its number, what it says in words, and its interval or why it has none."""
    w, found = n.w, made.found
    assert found is not None
    columns = [
        Column("index", w.t("Measure of inequality"), sortable=False),
        Column("value", w.t("Value"), numeric=True, sortable=False),
        Column("says", w.t("What it says"), sortable=False, wordy=True),
        Column("interval", w.t("95% interval"), sortable=False, wordy=True),
    ]
    rows = [Row("", _index_cells(n, made, each), {}) for each in found.indices.values()]
    caption = w.t(
        "{value}: inequality by {measure}", value=value_name(n, made), measure=measure_name(n, made)
    )
    return Listing(caption, columns, rows)


def _index_cells(n: Names, made: Answer, index: Index) -> list[str]:
    return [
        index_name(n, index.code),
        number(n, made, index.code, index.value),
        _says(n, index),
        _interval(n, made, index),
    ]


def _says(n: Names, index: Index) -> str:
    w = n.w
    if math.isnan(index.value):
        return w.t("cannot be told")
    texts = {1: w.t("more where it is higher"), -1: w.t("less where it is higher"), 0: w.t("no difference")}
    return texts[sign(index.value, index.neutral)]


def _interval(n: Names, made: Answer, index: Index) -> str:
    if index.why_not == UNDEFINED:
        return n.w.t("none: it would divide by nothing")
    if index.why_not:
        return no_interval(n, made)
    low, high = (number(n, made, index.code, each) for each in (index.lower, index.upper))
    return n.w.t("{low} to {high}", low=low, high=high)


def areas(n: Names, made: Answer) -> Listing:
    """The areas that count, from low to high measure, with what the plots show of them."""
    w, found = n.w, made.found
    assert found is not None
    columns = [
        Column("name", level_name(n, made.level), sortable=False),
        Column("measure", upper_first(measure_name(n, made)), numeric=True, sortable=False),
        Column("value", value_name(n, made), numeric=True, sortable=False),
        Column("residents", w.t("Residents"), numeric=True, sortable=False),
        Column("rank", w.t("Place among residents"), numeric=True, sortable=False),
    ]
    rows = [Row("", _area_cells(n, made, str(code), row), {}) for code, row in found.table.iterrows()]
    caption = w.t("The areas in order of {measure}", measure=measure_name(n, made))
    return Listing(caption, columns, rows)


def _area_cells(n: Names, made: Answer, code: str, row: pd.Series) -> list[str]:
    w = n.w
    return [
        row_name(n, code, made.level),
        n.value(made.measure.indicator_id, row["measure"]) if made.measure else w.number(row["measure"]),
        w.t("too few to show") if code in made.hidden else shown_here(n, made, row["value"]),
        w.number(row["population"]),
        w.value(100 * row["rank"], "percent", 0),
    ]


def columns(n: Names) -> dict[str, str]:
    """What each column of the rows means."""
    w = n.w
    return {
        "index": w.t("code of the measure of inequality"),
        "name": w.t("name of the area"),
        "value": w.t("the number; above 0, and a ratio above 1: more where the measure is higher"),
        "lower": w.t("lower end of the interval; empty without one"),
        "upper": w.t("upper end of the interval; empty without one"),
        "confidence": w.t("level of the interval"),
        "why_no_interval": w.t("why there is no interval"),
        "without_inequality": w.t("what the number would be without inequality"),
        "areas": w.t("areas that count"),
        "left_out": w.t("areas without a value, a measure or residents"),
        "method": w.t("how it was computed, in docs/methods.md"),
        "level": w.t("level of the areas"),
        "value_of": w.t("what is unequal: an indicator, or what the register counts"),
        "value_table, value_year, value_age_group, value_kind": w.t(
            "of which table, year, age and kind it is"
        ),
        "measure": w.t("what puts the areas in order; in the table of areas its value"),
        "measure_table, measure_year, measure_age_group, measure_kind": w.t("the same of the measure"),
        "ambition": w.t("ambition of the initiatives that count; empty for all"),
        "metres": w.t("distance to a known place"),
        "area_code": w.t("code of the area (CBS)"),
        "population": w.t("residents, by whom the areas are weighted"),
        "rank": w.t("place of the middle resident of the area, from 0 to 1"),
        "status": w.t("whether the value is shown"),
    }
