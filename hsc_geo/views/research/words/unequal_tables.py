"""The tables of the inequality of a value: every index, and the areas in their order; as shown and as plain rows."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from hsc_geo.analysis.unequal import UNDEFINED, Index
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.research.answers.unequal import Answer, sign
from hsc_geo.views.research.choices import FIGURE, Moment
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
        Column("measure", _capital(measure_name(n, made)), numeric=True, sortable=False),
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


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def index_rows(n: Names, made: Answer) -> pd.DataFrame:
    """Every index in plain values, with all that it is of."""
    found = made.found
    assert found is not None
    rows = [
        {
            "index": each.code,
            "name": index_name(n, each.code),
            "value": each.value,
            "lower": each.lower,
            "upper": each.upper,
            "confidence": found.level,
            "why_no_interval": "" if not each.why_not else _interval(n, made, each),
            "without_inequality": each.neutral,
        }
        for each in found.indices.values()
    ]
    return pd.DataFrame(rows).assign(areas=len(found.table), left_out=found.left_out, **_of(n, made))


def area_rows(n: Names, made: Answer) -> pd.DataFrame:
    """The areas in plain values; what is not shown is missing here too."""
    found = made.found
    assert found is not None
    gone = found.table.index.isin(list(made.hidden))
    table = found.table.assign(value=found.table["value"].mask(gone), status=PRESENT)
    table["status"] = table["status"].mask(gone, SUPPRESSED)
    table.insert(0, "name", [n.area(str(code)) for code in table.index])
    return table.rename_axis("area_code").reset_index().assign(**_of(n, made))


def _of(n: Names, made: Answer) -> dict[str, Any]:
    """What stands in every row: what is unequal, over what, of which table, year, age group and kind."""
    value = made.figure if made.value == FIGURE else Moment("")
    return {
        "method": "hsc_geo.analysis.unequal",
        "level": made.level,
        "value_of": value.indicator_id or made.value,
        **_moment(n, value, "value_"),
        "measure": made.measure.indicator_id if made.measure else "need_index",
        **_moment(n, made.measure or Moment(""), "measure_"),
        "ambition": made.ambition,
        "metres": made.distance if value.indicator_id == "" and made.value == "reach" else None,
    }


def _moment(n: Names, moment: Moment, prefix: str) -> dict[str, Any]:
    about = n.package.indicators.loc[moment.indicator_id] if moment.indicator_id else None
    return {
        f"{prefix}table": "" if about is None else str(about["table_id"]),
        f"{prefix}year": moment.year,
        f"{prefix}age_group": moment.age_group,
        f"{prefix}kind": "counted" if about is None else str(about["kind"]),
    }


def columns(n: Names) -> dict[str, str]:
    """What each column of the rows means."""
    w = n.w
    return {
        "index": w.t("code of the measure of inequality"),
        "name": w.t("its name, or that of the area"),
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
