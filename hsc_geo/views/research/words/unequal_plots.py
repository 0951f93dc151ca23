"""The pictures of the inequality of a value: the concentration curve, and the areas with their line."""

from __future__ import annotations

from typing import Any

from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.axes import axis
from hsc_geo.views.paper.model import BLUE, DARK, DIAMOND, DISC, GREY, ORANGE, Axis, Dot, Plot, Series
from hsc_geo.views.research.answers.unequal import Answer, in_percent
from hsc_geo.views.research.rows.areas import in_focus
from hsc_geo.views.research.words.names_in_plot import named
from hsc_geo.views.research.words.unequal_names import (
    gap_text,
    measure_name,
    number,
    shown,
    shown_here,
    value_name,
)

FULL = [0.0, 100.0]


def plots(n: Names, made: Answer) -> tuple[Plot, ...]:
    """The areas by rank with the line of the slope index; the curve, where the value has shares."""
    found = made.found
    assert found is not None
    slope = _slope(n, made)
    return (slope,) if found.curve.empty else (slope, _curve(n, made))


def _residents(n: Names, made: Answer) -> Axis:
    title = n.w.t("Residents, in order of {measure}", measure=measure_name(n, made))
    return axis(n.w, title, FULL, "%", zero=True)


def _slope(n: Names, made: Answer) -> Plot:
    w, found = n.w, made.found
    assert found is not None
    shown_rows = found.table[~found.table.index.isin(list(made.hidden))]
    focus = [code for code in map(str, shown_rows.index) if in_focus(n, code)]
    rest = [code for code in map(str, shown_rows.index) if code not in focus]

    points = {
        str(code): (rank, value)
        for code, rank, value in zip(shown_rows.index, shown_rows["rank"], shown_rows["value"], strict=True)
    }
    labelled = named([*focus, *list(points)[:1], *list(points)[-1:]], points)

    def dot(code: str) -> Dot:
        row: Any = shown_rows.loc[code]
        text = f"{n.area(code)}: {shown_here(n, made, row['value'])}"
        return Dot(100 * row["rank"], row["value"], text, n.area(code) if code in labelled else "")

    ends = (
        Dot(0, found.least, shown(n, made, found.least)),
        Dot(100, found.most, shown(n, made, found.most)),
    )
    unit = "%" if in_percent(n.package, made) else ""
    return Plot(
        caption=w.t("Each area at its place among the residents, and the line of the slope index"),
        alt=w.t(
            "The line goes from {low} to {high}, a difference of {gap}.",
            low=shown(n, made, found.least),
            high=shown(n, made, found.most),
            gap=gap_text(n, made, abs(found.most - found.least)),
        ),
        x=_residents(n, made),
        y=axis(w, value_name(n, made), [*shown_rows["value"], found.least, found.most], unit),
        series=(
            Series(w.t("in a focus district"), tuple(map(dot, focus)), DIAMOND, ORANGE),
            Series(w.t("elsewhere"), tuple(map(dot, rest)), DISC, GREY),
            Series(w.t("line"), ends, tone=BLUE, marked=False, joined=True),
        ),
    )


def _curve(n: Names, made: Answer) -> Plot:
    w, found = n.w, made.found
    assert found is not None
    dots = [
        Dot(
            100 * residents,
            100 * value,
            w.t(
                "{share} of it with {residents} of the residents",
                share=w.value(100 * value, "percent", 0),
                residents=w.value(100 * residents, "percent", 0),
            ),
        )
        for residents, value in _corners(made)
    ]
    return Plot(
        caption=w.t("Concentration curve: what part of it is with what part of the residents"),
        alt=w.t(
            "Concentration index {index}.",
            index=number(n, made, "concentration", found.indices["concentration"].value),
        ),
        x=_residents(n, made),
        y=axis(w, w.t("Part of the whole"), FULL, "%", zero=True),
        series=(
            Series(w.t("curve"), tuple(dots), tone=BLUE, joined=True),
            Series(
                w.t("equal"),
                (Dot(0, 0, ""), Dot(100, 100, "")),
                tone=DARK,
                marked=False,
                joined=True,
                dashed=True,
            ),
        ),
    )


def _corners(made: Answer) -> list[tuple[float, float]]:
    """The corners of the curve, without those from which the value of a hidden area could be computed."""
    found = made.found
    assert found is not None
    corners = list(zip(found.curve["residents"], found.curve["value"], strict=True))
    groups = found.table.groupby("measure", sort=True).groups.values()
    hidden = {i for i, codes in enumerate(groups) if set(map(str, codes)) & made.hidden}
    return [
        each for i, each in enumerate(corners) if i == 0 or i == len(corners) - 1 or not {i - 1, i} & hidden
    ]
