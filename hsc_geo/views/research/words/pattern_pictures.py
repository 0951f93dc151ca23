"""The pictures of a spatial pattern: a map of groups with a sign in each, and every area against its neighbours."""

from __future__ import annotations

from typing import Any

from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.analysis.spatial import CHANCE, CLUSTERS, HH, HL, LH, LL
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.legend import areas_count
from hsc_geo.views.paper.axes import axis
from hsc_geo.views.paper.model import (
    BLUE,
    DARK,
    DIAMOND,
    DISC,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    SQUARE,
    TRIANGLE,
    Area,
    Dot,
    Label,
    Map,
    Plot,
    Rule,
    Series,
    Sign,
)
from hsc_geo.views.research.answers.pattern import Neighbours
from hsc_geo.views.research.rows.pattern import around_values
from hsc_geo.views.research.words.names_in_plot import named

# What stands in an area of the map, first the area and then its neighbours: high or low, hoog or laag.
SIGNS = {HH: "HH", LL: "LL", HL: "HL", LH: "LH", CHANCE: ""}
FILLS = {HH: "#eeb38a", LL: "#8fc1de", HL: "#d7b3c9", LH: "#9ccbbd", CHANCE: "#edf0f1"}
MARKS = {
    HH: (DIAMOND, ORANGE),
    LL: (SQUARE, BLUE),
    HL: (TRIANGLE, PINK),
    LH: (TRIANGLE, GREEN),
    CHANCE: (DISC, GREY),
}


def cluster_names(n: Names) -> dict[str, str]:
    """What the groups are called."""
    w = n.w
    return {
        HH: w.t("high, neighbours high too"),
        LL: w.t("low, neighbours low too"),
        HL: w.t("high, neighbours low"),
        LH: w.t("low, neighbours high"),
        CHANCE: w.t("may be chance"),
    }


def signed(n: Names, cluster: str) -> str:
    """`HH high, neighbours high too`."""
    return f"{SIGNS[cluster]} {cluster_names(n)[cluster]}".strip()


def cluster_map(n: Names, found: Neighbours) -> Map:
    """The areas by group; a sign in each that is in one, hatched where there is no figure."""
    told = found.found
    table = told.table["cluster"].astype(str).to_dict()
    focus = n.focus()
    areas = [
        Area(str(code), FILLS[group], outline=told.level == DISTRICT and code in focus)
        for code, group in table.items()
    ]
    areas += [Area(code, missing=True) for code in (*told.missing, *told.islands)]
    if told.level != DISTRICT:
        areas += [Area(code, outline=True) for code in focus]
    labels = tuple(
        Label(str(code), SIGNS[group], strong=True) for code, group in table.items() if SIGNS[group]
    )
    return Map(
        caption=n.w.t("Where groups lie: the first letter is the area, the second its neighbours."),
        alt=_told(n, found),
        areas=tuple(areas),
        labels=labels,
        points=(),
        signs=_legend(n, found),
        credit=n.credit,
    )


def _legend(n: Names, found: Neighbours) -> tuple[Sign, ...]:
    level = found.found.level
    groups = [(group, len(found.of(group))) for group in CLUSTERS]
    entries = [
        Sign("fill", f"{signed(n, group)} ({areas_count(n, count, level)})", FILLS[group])
        for group, count in groups
        if count
    ]
    lacking = len(found.found.missing) + len(found.found.islands)
    if lacking:
        text = n.w.t("no figure ({areas})", areas=areas_count(n, lacking, level))
        entries.append(Sign("missing", text))
    focus = (Sign("outline", n.w.t("focus district")),) if n.focus() else ()
    return (*entries, *focus)


def _told(n: Names, found: Neighbours) -> str:
    """The groups with their areas, for who reads by ear."""
    names = cluster_names(n)
    told = [
        f"{names[group]}: {', '.join(map(n.area, found.of(group)))}"
        for group in CLUSTERS
        if group != CHANCE and found.of(group)
    ]
    return n.w.t("Map of groups of neighbours. {told}.", told="; ".join(told) or names[CHANCE])


def plot(n: Names, found: Neighbours) -> Plot:
    """Every area against the mean of its neighbours, in the unit of the figure; the slope of the line is Moran's I."""
    w, key, table = n.w, found.found.measure.indicator_id, found.found.table
    mean, around = float(table["value"].mean()), around_values(found)
    ends = (float(table["value"].min()), float(table["value"].max()))
    sign = n.sign(key)
    return Plot(
        caption=w.t("Each mark is an area. The steeper the line, the more neighbours look alike."),
        alt=w.t(
            "Plot of {n} areas: {figure} across, the mean of the neighbours upwards. All values are in the table.",
            n=w.number(len(table)),
            figure=n.indicator(key),
        ),
        x=axis(w, n.indicator(key) if sign else f"{n.indicator(key)} ({n.unit(key)})", ends, sign),
        y=axis(w, w.t("Mean of the neighbours"), around.values(), sign),
        series=(*_series(n, found, around), _line(n, found, mean, ends)),
        rules=(Rule("x", mean, w.t("mean")), Rule("y", mean, w.t("mean"))),
    )


def _series(n: Names, found: Neighbours, around: dict[str, float]) -> list[Series]:
    table, key, names = found.found.table, found.found.measure.indicator_id, cluster_names(n)
    surest = table[table["cluster"] != CHANCE].sort_values("q", kind="stable").index
    values = zip(map(str, table.index), table["value"], strict=True)
    points = {code: (float(value), around[code]) for code, value in values}
    with_name = named(map(str, surest), points)

    def dot(code: str) -> Dot:
        value: Any = table.at[code, "value"]
        text = n.w.t(
            "{area}: {value}; neighbours {around}",
            area=n.area(code),
            value=n.value(key, value),
            around=n.value(key, around[code]),
        )
        return Dot(float(value), around[code], text, n.area(code) if code in with_name else "")

    return [
        Series(names[group], tuple(map(dot, found.of(group))), *MARKS[group])
        for group in CLUSTERS
        if found.of(group)
    ]


def _line(n: Names, found: Neighbours, mean: float, ends: tuple[float, float]) -> Series:
    slope, name = found.found.moran.value if found.found.moran else 0.0, n.w.t("Moran’s I of all areas")
    # The mean of the values around is that of the areas only where each has as many neighbours; a line through the
    # middle of the marks has the same slope.
    middle = sum(around_values(found).values()) / len(found.found.table)
    dots = tuple(Dot(x, middle + slope * (x - mean), name) for x in ends)
    return Series(name, dots, tone=DARK, marked=False, joined=True)
