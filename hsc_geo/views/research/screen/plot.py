"""A plot on the screen, by plotly; the same marks as on paper. All that it shows also stands in the table under it."""

from __future__ import annotations

import plotly.graph_objects as go
from markupsafe import escape

from hsc_geo.domain.text import carriable
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
    Series,
)
from hsc_geo.views.paper.plot_svg import COLOURS

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}
WIDE = 640  # pixels, about: what the height is a share of
TEXT = 13
LONGEST = 200
SYMBOLS = {
    DISC: "circle",
    RING: "circle-open",
    DIAMOND: "diamond",
    SQUARE: "square",
    TRIANGLE: "triangle-up",
    CROSS: "x-thin-open",
}
ON_ANY = {**COLOURS, DARK: COLOURS[GREY]}  # colours that show on white and on dark


def figure(n: Names, plot: Plot) -> go.Figure:
    """The plot as plotly draws it; the page's own letters and colours."""
    chart = go.Figure()
    middle = sum(plot.x.ends) / 2
    for series in plot.series:
        _add(chart, series, middle)
    for rule in plot.rules:
        line = {
            "line_dash": "dash",
            "line_width": 1,
            "line_color": COLOURS[GREY],
            "annotation_text": _safe(rule.text),
        }
        if rule.axis == "x":
            chart.add_vline(x=rule.at, annotation_position="top right", **line)
        else:
            chart.add_hline(y=rule.at, annotation_position="top right", **line)
    chart.update_xaxes(**_axis(plot.x))
    chart.update_yaxes(**_axis(plot.y))
    chart.update_layout(
        height=round(WIDE * plot.height),
        margin={"l": 8, "r": 14, "t": 14, "b": 8},
        separators=",." if n.w.code == "nl" else ".,",
        legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0},
        dragmode=False,
        hovermode="closest",
        font={"size": TEXT},
        barmode="overlay",
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return chart


def _axis(axis: Axis) -> dict[str, object]:
    return {
        "title": {"text": _safe(axis.title)},
        "range": list(axis.ends),
        "tickvals": [at for at, _ in axis.ticks],
        "ticktext": [_safe(text) for _, text in axis.ticks],
        "fixedrange": True,
        "automargin": True,
        "zeroline": False,
    }


def _add(chart: go.Figure, series: Series, middle: float) -> None:
    dots = series.dots
    shared = {
        "x": [dot.x for dot in dots],
        "y": [dot.y for dot in dots],
        "name": _safe(series.name),
        "showlegend": bool(series.name),
        "hovertext": [_safe(dot.text) for dot in dots],
        "hoverinfo": "text",
        "text": [_safe(dot.label) for dot in dots],
    }
    colour = ON_ANY[series.tone]
    if series.bars:
        chart.add_bar(orientation="h", marker_color=colour, textposition="auto", textangle=0, **shared)
        return
    chart.add_scatter(
        mode=_mode(series),
        line={"color": colour, "width": 2, "dash": "dash" if series.dashed else "solid"},
        marker={"symbol": SYMBOLS[series.shape], "size": 9, "color": colour, "line": _edge(series, colour)},
        textposition=["top left" if dot.x > middle else "top right" for dot in dots],
        error_y=_intervals(dots, colour),
        cliponaxis=False,
        **shared,
    )


def _mode(series: Series) -> str:
    parts = {
        "lines": series.joined,
        "markers": series.marked,
        "text": any(dot.label for dot in series.dots),
    }
    return "+".join(name for name, on in parts.items() if on) or "none"


def _edge(series: Series, colour: str) -> dict[str, object]:
    return {"width": 2, "color": colour} if SYMBOLS[series.shape].endswith("-open") else {"width": 0}


def _intervals(dots: tuple[Dot, ...], colour: str) -> dict[str, object] | None:
    if not any(dot.low is not None for dot in dots):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if dot.high is None else dot.high - dot.y for dot in dots],
        "arrayminus": [0 if dot.low is None else dot.y - dot.low for dot in dots],
        "color": colour,
        "thickness": 1,
        "width": 0,
    }


def _safe(text: str) -> str:
    """Text as plotly shows it: it reads a little HTML, so signs are written as entities."""
    return str(escape(carriable(text)[:LONGEST]))
