"""The funnel plot: rows by size, with the limits of what chance would make of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd

from hsc_geo.analysis.funnel import INSIDE
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.axes import axis
from hsc_geo.views.paper.model import BLUE, DARK, DIAMOND, DISC, GREY, ORANGE, Dot, Plot, Rule, Series
from hsc_geo.views.research.answers.chance import Chance
from hsc_geo.views.research.choices import RATE
from hsc_geo.views.research.rows.areas import in_focus
from hsc_geo.views.research.words.chance_names import row_label, shown, title
from hsc_geo.views.research.words.names_in_plot import named

ABOVE = 1.15  # of the highest value: room for its name
BEYOND = 1.2  # of the limit of the largest: so that its run is seen
UPPER = ("upper_95", "upper_998")
OUTLINES = ("lower_95", "upper_95", "lower_998", "upper_998")


def plot(n: Names, found: Chance) -> Plot:
    """The rows by their size, the whole as a line across, and the limits of 95% and 99.8%."""
    w, funnel = n.w, found.funnel
    assert funnel is not None
    times = 1.0 if found.what == RATE else 100.0
    centre = times * funnel.centre
    top = _top(found, centre, times)
    marked = [str(code) for code in found.table.index if not found.per_ambition and in_focus(n, str(code))]
    rest = [str(code) for code in found.table.index if str(code) not in marked]
    labelled = _labelled(n, found, marked)
    size = w.t("Residents") if found.what == RATE else w.t("Initiatives known")
    unit = "" if found.what == RATE else "%"
    return Plot(
        caption=w.t("Funnel: each row by its size, and what chance would make of it"),
        alt=w.t(
            "Around {centre}; the limits are wide for few and narrow for many.",
            centre=shown(n, found, centre),
        ),
        x=axis(w, size, [0, *found.table["of"], *funnel.limits["of"]], zero=True),
        y=axis(w, title(n, found), [0, top], unit, zero=True),
        series=(
            *(_rows(n, found, codes, labelled) for codes in (marked, rest) if codes),
            *_lines(n, funnel.limits, times, top),
        ),
        rules=(Rule("y", centre, w.t("on the whole: {centre}", centre=shown(n, found, centre))),),
    )


def _top(found: Chance, centre: float, times: float) -> float:
    """How far up the plot goes: it holds all rows and the limits of the largest; those of small ones go beyond."""
    assert found.funnel is not None
    top = max(
        ABOVE * found.table["value"].max(), 2 * centre, times * found.funnel.limits["upper_998"].iloc[-1]
    )
    return float(top) if found.what == RATE else min(float(top), 100.0)


def _rows(n: Names, found: Chance, codes: Sequence[str], labelled: frozenset[str]) -> Series:
    """Marks of one kind: all in a focus district, or all elsewhere."""
    dots = tuple(_dot(n, found, code, labelled) for code in codes)
    if found.per_ambition:
        return Series("", dots, DISC, GREY)
    if in_focus(n, codes[0]):
        return Series(n.w.t("in a focus district"), dots, DIAMOND, ORANGE)
    return Series(n.w.t("elsewhere"), dots, DISC, GREY)


def _labelled(n: Names, found: Chance, focus: Iterable[str]) -> frozenset[str]:
    """What has its name beside it: what is outside, then the focus districts; of ambitions all."""
    table = found.table
    points = {
        str(code): (of, value)
        for code, of, value in zip(table.index, table["of"], table["value"], strict=True)
    }
    outside = map(str, table.index[table["place"] != INSIDE])
    return named(dict.fromkeys([*outside, *focus, *(points if found.per_ambition else ())]), points)


def _dot(n: Names, found: Chance, code: str, labelled: frozenset[str]) -> Dot:
    row: Any = found.table.loc[code]
    name, plain = row_label(n, found, code), code if found.per_ambition else n.area(code)
    text = f"{name}: {shown(n, found, row['value'])} ({n.w.number(row['count'])} / {n.w.number(row['of'])})"
    return Dot(row["of"], row["value"], text, plain if code in labelled else "")


def _lines(n: Names, limits: pd.DataFrame, times: float, top: float) -> Iterable[Series]:
    """The four outlines, cut off above the plot; the two of a level have one name."""
    for column in OUTLINES:
        near = column.endswith("95")
        dots = tuple(
            Dot(of, times * at, "")
            for of, at in zip(limits["of"], limits[column], strict=True)
            if times * at <= top
        )
        name = (n.w.t("limit of 95%") if near else n.w.t("limit of 99.8%")) if column in UPPER else ""
        yield Series(name, dots, tone=BLUE if near else DARK, marked=False, joined=True, dashed=not near)
