"""A plot on the screen, by plotly; the same marks as on paper. All that it shows also stands in the table under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from plotly.basedatatypes import BaseFigure

from hsc_geo.views.kit.charts import safe
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.model import (
    CROSS,
    DARK,
    DIAMOND,
    DISC,
    GREY,
    RING,
    SQUARE,
    TRIANGLE,
    Axis,
    Dot,
    Plot,
    Rule,
    Series,
)
from hsc_geo.views.paper.names_at_marks import Box, around, meet, named_dots, placed
from hsc_geo.views.paper.plot_svg import COLOURS
from hsc_geo.views.paper.svg import wrapped

# Where names are taken to stand: marks in a plot of so many pixels, between a phone and a wide screen, since letters
# keep their size. How far each place is from its mark, and what plotly calls it.
ROOM = (400.0, 250.0)
MARK, LETTER, LINE = 6.0, 6.6, 18.0  # radius of a mark, width of a letter, height of a line of words
PLACES = {
    (8.0, 4.0, "start"): "middle right",
    (-8.0, 4.0, "end"): "middle left",
    (0.0, -8.0, "middle"): "top center",
    (0.0, 18.0, "middle"): "bottom center",
    (4.0, -8.0, "start"): "top right",
    (-4.0, -8.0, "end"): "top left",
}
SIDES = ("top right", "bottom right", "top left", "bottom left")  # of what a line says, the best first
NAME = 30  # letters of a line of a name beside an axis
TITLE = 40  # letters of a line of an axis title, as many as stand on a phone
WIDE = 640  # pixels, about: what the height is a share of
TEXT = 13
SYMBOLS = {
    DISC: "circle",
    RING: "circle-open",
    DIAMOND: "diamond",
    SQUARE: "square",
    TRIANGLE: "triangle-up",
    CROSS: "x-thin-open",
}
ON_ANY = {**COLOURS, DARK: COLOURS[GREY]}  # colours that show on white and on dark


# Of which side of a plot the words of a line stand: where they begin, and towards where they run.
UPRIGHT = {"top": ("y domain", 1, "top"), "bottom": ("y domain", 0, "bottom")}
LEVEL = {"right": ("x domain", 1, "right"), "left": ("x domain", 0, "left")}
Parts = dict[str, Any]


class Drawn(BaseFigure):
    """A chart made of plain parts, taken as they are. plotly’s own classes look up each value in a schema, which takes
    longer at each change than all else about a chart; a test holds these parts against that schema."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    def to_dict(self) -> Parts:
        """The parts."""
        return self._parts


def figure(n: Names, plot: Plot) -> Parts:
    """The plot as plotly draws it, in plain parts; the page's own letters and colours."""
    places = _places(plot)
    sides = [_side(plot, rule)[0] for rule in plot.rules]
    layout: Parts = {
        "template": {
            "data": {},
            "layout": {},
        },  # Streamlit's own has colours of charts that are not drawn here
        "xaxis": _axis(plot.x),
        "yaxis": _axis(plot.y),
        "height": round(WIDE * plot.height),
        "margin": {"l": 8, "r": 14, "t": 14, "b": 8},
        "separators": ",." if n.w.code == "nl" else ".,",
        "legend": {"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        "dragmode": False,
        "hovermode": "closest",
        "font": {"size": TEXT},
        "barmode": "overlay",
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
    }
    if plot.rules:
        layout["shapes"] = [_rule(rule) for rule in plot.rules]
        layout["annotations"] = [_rule_words(*each) for each in zip(plot.rules, sides, strict=True)]
    return {"data": [_trace(series, places) for series in plot.series], "layout": layout}


def _rule(rule: Rule) -> Parts:
    line = {"type": "line", "line": {"color": COLOURS[GREY], "dash": "dash", "width": 1}}
    if rule.axis == "x":
        return line | {"x0": rule.at, "x1": rule.at, "xref": "x", "y0": 0, "y1": 1, "yref": "y domain"}
    return line | {"y0": rule.at, "y1": rule.at, "yref": "y", "x0": 0, "x1": 1, "xref": "x domain"}


def _rule_words(rule: Rule, side: str) -> Parts:
    """What a line says, on one of SIDES of it."""
    up, across = side.split()
    shared = {"showarrow": False, "text": safe(rule.text)}
    if rule.axis == "x":
        ref, at, anchor = UPRIGHT[up]
        xanchor = {"left": "right", "right": "left"}[across]
        return shared | {
            "x": rule.at,
            "xref": "x",
            "xanchor": xanchor,
            "y": at,
            "yref": ref,
            "yanchor": anchor,
        }
    ref, at, anchor = LEVEL[across]
    yanchor = {"top": "bottom", "bottom": "top"}[up]
    return shared | {"x": at, "xref": ref, "xanchor": anchor, "y": rule.at, "yref": "y", "yanchor": yanchor}


def _axis(axis: Axis) -> Parts:
    return {
        "title": {"text": _lines(axis.title, TITLE)},
        "range": list(axis.ends),
        "tickvals": [at for at, _ in axis.ticks],
        "ticktext": [_lines(text, NAME) for _, text in axis.ticks],
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
    }


def _lines(text: str, most: int) -> str:
    return "<br>".join(map(safe, wrapped(text, most)))


def _places(plot: Plot) -> dict[Dot, str]:
    """Where plotly sets the name of each mark that has room for one."""
    dots = named_dots(plot)
    names = [(dot.label, len(dot.label) * LETTER, *_at(plot, dot)) for dot in dots]
    marks = [_at(plot, dot) for series in plot.series if series.marked for dot in series.dots]
    taken = [*around(marks, MARK), *(_side(plot, rule)[1] for rule in plot.rules)]
    found = placed(names, taken, tuple(PLACES), TEXT, (0.0, -TEXT, *ROOM))
    return {dots[i]: PLACES[place] for i, place in found}


def _side(plot: Plot, rule: Rule) -> tuple[str, Box]:
    """On which side of a line its words cover the fewest marks, and what they cover there."""
    marks = around([_at(plot, dot) for each in plot.series if each.marked for dot in each.dots], MARK)
    boxes = {side: _words_box(plot, rule, side) for side in SIDES}
    best = min(SIDES, key=lambda side: sum(meet(boxes[side], mark) for mark in marks))
    return best, boxes[best]


def _words_box(plot: Plot, rule: Rule, side: str) -> Box:
    upright, wide = rule.axis == "x", len(rule.text) * LETTER
    x, y = _at(plot, Dot(rule.at, plot.y.ends[1], "") if upright else Dot(plot.x.ends[1], rule.at, ""))
    top, right = side.startswith("top"), side.endswith("right")
    if upright:
        left, low = (x if right else x - wide), (LINE if top else ROOM[1])
    else:
        left, low = (ROOM[0] - wide if right else 0.0), (y if top else y + LINE)
    return left, low - LINE, left + wide, low


def _at(plot: Plot, dot: Dot) -> tuple[float, float]:
    (left, right), (low, high) = plot.x.ends, plot.y.ends
    return (
        (dot.x - left) / ((right - left) or 1) * ROOM[0],
        (high - dot.y) / ((high - low) or 1) * ROOM[1],
    )


def _trace(series: Series, places: Mapping[Dot, str]) -> Parts:
    dots = series.dots
    shared: Parts = {
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "name": safe(series.name),
        "showlegend": bool(series.name),
        "hovertext": [safe(dot.text) for dot in dots],
        "hoverinfo": "text",
        "text": [safe(dot.label) if series.bars or dot in places else "" for dot in dots],
    }
    colour = ON_ANY[series.tone]
    if series.bars:
        bar = {"type": "bar", "orientation": "h", "marker": {"color": colour}}
        return bar | shared | {"textposition": "auto", "textangle": 0}
    marks = {"symbol": SYMBOLS[series.shape], "size": 9, "color": colour, "line": _edge(series, colour)}
    across = _intervals([(dot.x, dot.left, dot.right) for dot in dots], colour)
    upwards = _intervals([(dot.y, dot.low, dot.high) for dot in dots], colour)
    return {
        "type": "scatter",
        "mode": _mode(series),
        "line": {"color": colour, "width": 2, "dash": "dash" if series.dashed else "solid"},
        "marker": marks,
        "textposition": [places.get(dot, "top center") for dot in dots],
        "cliponaxis": False,
        **({"error_x": across} if across else {}),
        **({"error_y": upwards} if upwards else {}),
        **shared,
    }


def _mode(series: Series) -> str:
    parts = {
        "lines": series.joined,
        "markers": series.marked,
        "text": any(dot.label for dot in series.dots),
    }
    return "+".join(name for name, on in parts.items() if on) or "none"


def _edge(series: Series, colour: str) -> Parts:
    return {"width": 2, "color": colour} if SYMBOLS[series.shape].endswith("-open") else {"width": 0}


def _intervals(found: Sequence[tuple[float, float | None, float | None]], colour: str) -> Parts | None:
    """The intervals of values on one axis, (value, from, to) each."""
    if not any(low is not None for _, low, _ in found):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if high is None else high - at for at, _, high in found],
        "arrayminus": [0 if low is None else at - low for at, low, _ in found],
        "color": colour,
        "thickness": 1,
        "width": 0,
    }
