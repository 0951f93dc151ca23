"""One figure over areas, in words."""

from __future__ import annotations

import pandas as pd

from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.paper.axes import axis
from hsc_geo.views.paper.model import DIAMOND, DISC, GREY, ORANGE, Dot, Plot, Rule, Series
from hsc_geo.views.research.answers.spread import Spread, spread
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.words.focus import in_focus
from hsc_geo.views.research.words.page import moment_text, source_text, unit_sign
from hsc_geo.views.wording.area import row_name

NAMED = 3  # areas at each end that have their name in the plot


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the page says of a figure over areas; None where there is none at this level."""
    found = spread(n.package, choice)
    if found is None:
        return None
    return Result(
        title=moment_text(n, found.moment),
        said=_said(n, found),
        beside=source_text(n, found.moment),
        listing=_listing(n, choice, found),
        rows=_rows(n, choice, found),
        columns={},
        plots=(_plot(n, found),) if found.by_area else (),
        sources=(source_text(n, found.moment),),
    )


def _said(n: Names, found: Spread) -> str:
    w, key, value = n.w, found.moment.indicator_id, found.by_area
    if not value:
        return w.t("{figure}: no area has a value.", figure=n.indicator(key))
    low, high = next(iter(value)), next(reversed(value))
    return w.t(
        "{figure}: from {low} in {least} to {high} in {most}.",
        figure=n.indicator(key),
        low=n.value(key, value[low]),
        least=n.area(low),
        high=n.value(key, value[high]),
        most=n.area(high),
    )


def _plot(n: Names, found: Spread) -> Plot:
    w, key, value = n.w, found.moment.indicator_id, found.by_area
    named = {*list(value)[:NAMED], *list(value)[-NAMED:]}
    places = {code: i + 1 for i, code in enumerate(value)}

    def dot(code: str) -> Dot:
        text = f"{n.area(code)}: {n.value(key, value[code])}"
        return Dot(places[code], value[code], text, n.area(code) if code in named else "")

    focus = [code for code in places if in_focus(n, code)]
    rest = [code for code in places if code not in focus]
    rules = (
        [Rule("y", found.city.value, n.area(found.city.area_code))] if found.city.value is not None else []
    )
    ends = [*value.values(), *(rule.at for rule in rules)]
    return Plot(
        caption=moment_text(n, found.moment),
        alt=_said(n, found),
        x=axis(w, w.t("Areas, by rising value"), [0, len(places) + 1]),
        y=axis(w, n.indicator(key), ends, unit_sign(n, key)),
        series=(
            Series(w.t("in a focus district"), tuple(map(dot, focus)), DIAMOND, ORANGE),
            Series(w.t("elsewhere"), tuple(map(dot, rest)), DISC, GREY),
        ),
        rules=tuple(rules),
    )


def _listing(n: Names, choice: ResearchChoice, found: Spread) -> Listing:
    w, key = n.w, found.moment.indicator_id
    columns = [
        Column("name", w.t("District") if choice.level == DISTRICT else w.t("Neighbourhood")),
        Column("value", n.indicator(key), numeric=True),
    ]
    rows = [
        Row(
            "",
            [row_name(n, code, choice.level), _shown(n, key, row)],
            {"name": n.area(code), "value": row["value"]},
        )
        for code, row in ((str(code), row) for code, row in found.table.iterrows())
    ]
    return Listing(moment_text(n, found.moment), columns, rows)


def _shown(n: Names, key: str, row: pd.Series) -> str:
    return n.value(key, row["value"]) if pd.notna(row["value"]) else n.missing(str(row["status"]))


def _rows(n: Names, choice: ResearchChoice, found: Spread) -> pd.DataFrame:
    moment, package = found.moment, n.package
    about = package.indicators.loc[moment.indicator_id]
    table = found.table.rename_axis("area_code").reset_index()
    table.insert(1, "name", [n.area(str(code)) for code in table["area_code"]])
    return table.assign(
        level=choice.level,
        indicator_id=moment.indicator_id,
        table_id=str(about["table_id"]),
        kind=str(about["kind"]),
        year=moment.year,
        age_group=moment.age_group,
        method="as published",
    )
