"""Two figures over areas as points: focus districts and where no initiative is known differ by shape and colour."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.axes import axis
from hsc_geo.views.paper.model import CROSS, DIAMOND, DISC, GREY, ORANGE, RING, Axis, Dot, Plot, Rule, Series
from hsc_geo.views.research.answers.together import CITY, Held, Together
from hsc_geo.views.research.rows.areas import in_focus
from hsc_geo.views.research.words.names_in_plot import named
from hsc_geo.views.wording.counted import number

ENDS = ("x_lower", "x_upper", "y_lower", "y_upper")


def plot(n: Names, found: Together) -> Plot:
    """The points of the areas that have both figures, with lines at the city."""
    w, told = n.w, found.found
    both = told.table[told.table[["x", "y"]].notna().all(axis=1)]
    codes = [str(code) for code in both.index]
    points = dict(zip(codes, zip(both["x"], both["y"], strict=True), strict=True))
    with_name = named(_farthest(found), points)
    dots = {code: _dot(n, found, code, code in with_name) for code in codes}

    def series(name: str, focus: bool, known: bool, shape: str, tone: str) -> Series:
        here = (
            code for code in codes if in_focus(n, code) == focus and bool(found.known[code].number) == known
        )
        return Series(name, tuple(dots[code] for code in here), shape, tone)

    drawn = (
        series(w.t("focus district, initiative known"), True, True, DIAMOND, ORANGE),
        series(w.t("focus district, none known"), True, False, CROSS, ORANGE),
        series(w.t("elsewhere, initiative known"), False, True, DISC, GREY),
        series(w.t("elsewhere, none known"), False, False, RING, GREY),
    )
    return Plot(
        caption=" ".join(
            (
                w.t("Each mark is an area. The lines are the city, or the mean."),
                w.t("The bars are the 95% intervals.") if found.limits.notna().any(axis=None) else "",
            )
        ).strip(),
        alt=_alt(n, found, codes),
        x=_axis(n, told.x.indicator_id, _ends(found, codes, "x"), found.x),
        y=_axis(n, told.y.indicator_id, _ends(found, codes, "y"), found.y),
        series=tuple(each for each in drawn if each.dots),
        rules=tuple(_rules(n, found)),
    )


def _ends(found: Together, codes: list[str], axis: str) -> list[float]:
    """The values of an axis and the ends of their intervals."""
    limits = found.limits.loc[codes, [f"{axis}_lower", f"{axis}_upper"]].to_numpy().ravel()
    return [
        *found.found.table.loc[codes, axis].astype("float64"),
        *(each for each in limits if not pd.isna(each)),
    ]


def _farthest(found: Together) -> list[str]:
    """The areas of the corner, those that lie farthest from the city first."""
    x, y, table = found.x, found.y, found.found.table
    if x is None or y is None:
        return []

    def apart(code: str) -> float:
        row: Any = table.loc[code]
        return min(
            abs(held.yardstick.gap(float(row[axis])) / (held.yardstick.band or 1))
            for held, axis in ((x, "x"), (y, "y"))
        )

    return sorted(found.corner, key=apart, reverse=True)


def _dot(n: Names, found: Together, code: str, with_name: bool) -> Dot:
    told = found.found
    row: Any = told.table.loc[code]
    text = n.w.t(
        "{area}: {x}; {y}; initiatives known: {known}",
        area=n.area(code),
        x=f"{n.indicator(told.x.indicator_id)} {n.value(told.x.indicator_id, row['x'])}",
        y=f"{n.indicator(told.y.indicator_id)} {n.value(told.y.indicator_id, row['y'])}",
        known=number(n, found.known[code].number),
    )
    limits: Any = found.limits.loc[code]
    left, right, low, high = (None if pd.isna(limits[end]) else float(limits[end]) for end in ENDS)
    return Dot(
        float(row["x"]), float(row["y"]), text, n.area(code) if with_name else "", low, high, left, right
    )


def _axis(n: Names, key: str, values: Iterable[float], held: Held | None) -> Axis:
    unit = n.sign(key)
    title = n.indicator(key) if unit else f"{n.indicator(key)} ({n.unit(key)})"
    ends = [*values, *([held.yardstick.city] if held else [])]
    return axis(n.w, title, ends, unit)


def _rules(n: Names, found: Together) -> Iterable[Rule]:
    city = n.area(municipality_code(n.package))
    for name, held in (("x", found.x), ("y", found.y)):
        if held:
            text = city if held.against == CITY else n.w.t("mean of the areas")
            yield Rule(name, held.yardstick.city, text)


def _alt(n: Names, found: Together, codes: list[str]) -> str:
    return n.w.t(
        "Plot of {n} areas: {x} across, {y} upwards. All values are in the table.",
        n=n.w.number(len(codes)),
        x=n.indicator(found.found.x.indicator_id),
        y=n.indicator(found.found.y.indicator_id),
    )
