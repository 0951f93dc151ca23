"""The charts of a profile: each figure in its own scale with the city's value in it, and the years of one figure.

Marks differ in shape as well as in colour, and the colours are told apart with any colour vision, on white and on dark.
All text of the charts also stands in the table under each.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

import plotly.graph_objects as go
from markupsafe import Markup, escape

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.profile import (
    DIFFERENT,
    FAVOURABLE,
    SAME,
    UNFAVOURABLE,
    WHOLE,
    Spine,
    Trend,
    against_city,
)
from hsc_geo.domain.text import carriable
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.profile.words import mark_text, named, same_text, verdicts

CONFIG = {"displayModeBar": False, "doubleClick": False, "showTips": False}
MODELLED = "modelled"
# In pixels: room beside the scale, text, heights of a row, of one more line, of a heading, of the ends of the scale.
SIDE, TEXT, ROW, LINE, THEME, HEAD = 14, 13, 48, 17, 40, 26
ABOVE = 13  # pixels between a line and the text above it, so that no mark runs into it
NUDGE = 5  # pixels between marks of one row
APART = 0.18  # years between marks of one year, so that they do not hide each other
WRAP = 42  # characters of a name on one line, so that it fits beside its value on a phone
LONGEST = 200


@dataclass(frozen=True)
class Mark:
    """A mark in a chart: plotly's symbol and size, colour, and the sign that stands for it in the legend."""

    symbol: str
    size: int
    colour: str
    sign: str


GREY = "#7d8894"
BY_VERDICT = {
    FAVOURABLE: Mark("circle", 14, "#0072B2", "●"),
    UNFAVOURABLE: Mark("diamond", 15, "#D55E00", "◆"),
    SAME: Mark("square", 13, GREY, "■"),
    DIFFERENT: Mark("square", 13, GREY, "■"),
}
BY_AREA = (
    Mark("circle", 14, "#0072B2", "●"),
    Mark("diamond", 15, "#D55E00", "◆"),
    Mark("square", 13, "#009E73", "■"),
    Mark("triangle-up", 15, "#CC79A7", "▲"),
)
CITY = Mark("line-ns-open", 20, GREY, "|")
BAND = Mark("", 14, GREY, "▬")  # a stretch of the scale, no mark: about the same as the city
COUNTRY = Mark("x-thin-open", 11, GREY, "×")


def spine_legend(n: Names, codes: Sequence[str], rows: Sequence[Sequence[Spine]]) -> Markup:
    """What each mark in a chart of `rows` stands for."""
    if len(codes) == 1:
        names = [(BY_VERDICT[key], f"{n.area(codes[0])}: {text}") for key, text in verdicts(n).items()]
    else:
        names = [(mark, n.area(code)) for mark, code in zip(BY_AREA, codes, strict=False)]
    city, country = rows[0][0].city.area_code, rows[0][0].country.area_code
    band = (BAND, same_text(n))
    known = any(group[0].country.value is not None for group in rows)
    return legend([*names, (CITY, n.area(city)), band, *([(COUNTRY, n.area(country))] if known else [])])


def legend(pairs: Sequence[tuple[Mark, str]]) -> Markup:
    """Signs with their names."""
    entry = '<span aria-hidden="true" style="color:{};font-weight:700">{}</span> {}'
    return items((markup(entry, mark.colour, mark.sign, text) for mark, text in pairs), "hsc-legend")


@dataclass
class _Drawing:
    """What is gathered for the chart, so that plotly gets few traces: one per mark and one per kind of line."""

    texts: list[dict[str, object]] = field(default_factory=list)
    lines: dict[str, list[int]] = field(default_factory=lambda: {"solid": [], "dot": []})
    bands: list[tuple[float, float, int]] = field(default_factory=list)
    points: dict[Mark, list[_Point]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Point:
    x: float
    y: int
    text: str
    lower: float
    upper: float


def spine_chart(n: Names, rows: Sequence[Sequence[Spine]]) -> go.Figure:
    """A line per figure, in its own scale: of a percentage 0 to 100%, of others with the ends under the line; with the
    city's value as a stroke in a band of about the same. `rows` holds the areas' rows of each figure, in one order.
    With one area its mark tells better from worse than the city, with more each has its own."""
    drawing = _Drawing()
    y, theme = -HEAD, ""
    if any(group[0].scale == WHOLE for group in rows):
        _text(drawing, 0, y, "0%")
        _text(drawing, 1, y, "100%")
    for group in rows:
        own = str(n.package.indicators.at[group[0].indicator_id, "theme"])
        if own != theme:
            y -= THEME
            theme = own
            _text(drawing, 0, y - 4, f"<b>{_safe(n.term('indicator_theme', own))}</b>")
        lines = _wrapped(named(n, group[0]))
        y -= ROW + LINE * (len(lines) - 1)
        _row(drawing, n, group, y, lines)
        y -= _ends(drawing, n, group[0], y)
    traces = [*map(_line, drawing.lines.items()), _band(drawing.bands), *map(_marks, drawing.points.items())]
    chart = go.Figure([trace for trace in traces if trace["x"]])
    return _laid_out(chart, -y + 18, drawing.texts)


def _ends(drawing: _Drawing, n: Names, row: Spine, y: int) -> int:
    """The ends of a scale that is not that of a percentage, under its line; and the room that they take."""
    if row.scale == WHOLE:
        return 0
    for end, value in enumerate(row.scale):
        _text(drawing, end, y - LINE - 8, _safe(n.value(row.indicator_id, value)), small=True)
    return LINE


def _row(drawing: _Drawing, n: Names, group: Sequence[Spine], y: int, lines: list[str]) -> None:
    first = group[0]
    drawing.lines["dot" if first.direction == "neutral" else "solid"].append(y)
    _text(drawing, 0, y + ABOVE, "<br>".join(_safe(line) for line in lines))
    if len(group) == 1:  # with more areas there is no room for their values, which the table has
        _text(drawing, 1, y + ABOVE, _safe(n.figure(first.figure)))
    if first.band:
        low, high = (first.position(value) or 0.0 for value in first.band)
        drawing.bands.append((low, high, y))
    _point(drawing, n, first, first.country, y, COUNTRY)
    _point(drawing, n, first, first.city, y, CITY)
    for i, row in enumerate(group):
        apart = round(
            NUDGE * (i - (len(group) - 1) / 2)
        )  # areas with nearly the same value, one above the other
        verdict = against_city(n.package, row)
        mark = BY_AREA[i] if len(group) > 1 else BY_VERDICT.get(verdict, BY_VERDICT[SAME])
        _point(drawing, n, row, row.figure, y - apart, mark)


def _point(drawing: _Drawing, n: Names, row: Spine, figure: Figure, y: int, mark: Mark) -> None:
    at = row.position(figure.value)
    if at is None:
        return
    ends = [row.position(value) for value in (figure.lower, figure.upper)]
    known = sorted(end for end in ends if end is not None)
    low, high = known if len(known) == 2 else (at, at)
    found = _Point(at, y, _safe(mark_text(n, row, figure)), at - low, high - at)
    drawing.points.setdefault(mark, []).append(found)


def _line(of: tuple[str, list[int]]) -> dict[str, object]:
    """All scales of one kind as one line with gaps between them."""
    dash, heights = of
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for _ in heights for x in (0, 1, None)],
        "y": [y for height in heights for y in (height, height, None)],
        "line": {"color": GREY, "width": 1, "dash": dash},
        "opacity": 0.6,
        "hoverinfo": "skip",
    }


def _band(bands: Sequence[tuple[float, float, int]]) -> dict[str, object]:
    """What is about the same as the city on each scale, as one thick line with gaps."""
    return {
        "type": "scatter",
        "mode": "lines",
        "x": [x for low, high, _ in bands for x in (low, high, None)],
        "y": [y for _, _, height in bands for y in (height, height, None)],
        "line": {"color": BAND.colour, "width": BAND.size},
        "opacity": 0.22,
        "hoverinfo": "skip",
    }


def _marks(of: tuple[Mark, list[_Point]]) -> dict[str, object]:
    mark, points = of
    return {
        "type": "scatter",
        "mode": "markers",
        "x": [point.x for point in points],
        "y": [point.y for point in points],
        "hovertext": [point.text for point in points],
        "hoverinfo": "text",
        "marker": _style(mark),
        "error_x": _whiskers(mark, points),
        "cliponaxis": False,
    }


def _whiskers(mark: Mark, points: Sequence[_Point]) -> dict[str, object]:
    """The published intervals on the scale; nothing where there are none."""
    return {
        "visible": any(point.lower or point.upper for point in points),
        "type": "data",
        "symmetric": False,
        "array": [point.upper for point in points],
        "arrayminus": [point.lower for point in points],
        "color": mark.colour,
        "thickness": 2,
        "width": 4,
    }


def _style(mark: Mark) -> dict[str, object]:
    thin = mark.symbol.endswith("-open")
    line = {"width": 3, "color": mark.colour} if thin else {"width": 0}
    return {"symbol": mark.symbol, "size": mark.size, "color": mark.colour, "line": line, "opacity": 1}


def trend_chart(n: Names, trends: Sequence[Trend], areas: bool) -> go.Figure:
    """A figure over the years of its table, of the city and the country, and where asked of the areas too. Of an area a
    modelled figure is drawn as loose marks: its change there cannot be read. A missing year is a gap."""
    chart = go.Figure()
    first = trends[0]
    loose = "markers" if first.kind == MODELLED else LINE_AND_MARKS
    own = [(mark, trend.area, loose) for mark, trend in zip(BY_AREA, trends, strict=False)] if areas else []
    above = [(mark, figures, LINE_AND_MARKS) for mark, figures in _above(first)]
    series = [*own, *above]
    for i, (mark, figures, mode) in enumerate(series):
        _years(chart, n, mark, figures, mode, APART * (i - (len(series) - 1) / 2) if own else 0)
    _laid_out(chart, 280)
    chart.update_xaxes(
        range=None, visible=True, tickvals=list(first.years), ticktext=[str(y) for y in first.years]
    )
    chart.update_xaxes(range=[first.years[0] - 0.7, first.years[-1] + 0.7], showgrid=False)
    chart.update_yaxes(range=None, autorange=True, visible=True, ticksuffix=_suffix(n, first))
    chart.update_layout(
        margin={"l": 52, "r": SIDE, "t": 14, "b": 34}, separators=",." if n.w.code == "nl" else ".,"
    )
    return chart


LINE_AND_MARKS = "lines+markers"
CITY_OVER_YEARS = Mark("line-ew-open", 20, GREY, "–")


def _above(trend: Trend) -> list[tuple[Mark, tuple[Figure, ...]]]:
    """The city, and the country where this table has any figure of it."""
    national = any(figure.value is not None for figure in trend.country)
    return [(CITY_OVER_YEARS, trend.city), *([(COUNTRY, trend.country)] if national else [])]


def _suffix(n: Names, trend: Trend) -> str:
    return "%" if n.package.indicators.at[trend.indicator_id, "unit"] == "percent" else ""


def trend_legend(n: Names, codes: Sequence[str], trend: Trend) -> Markup:
    """What each mark stands for; codes: the areas that are drawn too."""
    names = [(mark, n.area(code)) for mark, code in zip(BY_AREA, codes, strict=False)]
    return legend([*names, *((mark, n.area(figures[0].area_code)) for mark, figures in _above(trend))])


def _years(
    chart: go.Figure, n: Names, mark: Mark, figures: Sequence[Figure], mode: str, aside: float
) -> None:
    texts = [f"{n.area(f.area_code)}, {f.year}: {n.figure(f)}" for f in figures]
    chart.add_scatter(
        x=[(f.year or 0) + aside for f in figures],
        y=[f.value for f in figures],
        mode=mode,
        connectgaps=False,
        line={"color": mark.colour, "width": 2},
        marker=_style(mark),
        hovertext=[_safe(text) for text in texts],
        hoverinfo="text",
        cliponaxis=False,
    )


def _laid_out(chart: go.Figure, height: int, texts: Sequence[dict[str, object]] = ()) -> go.Figure:
    chart.update_layout(
        height=height,
        margin={"l": SIDE, "r": SIDE, "t": 0, "b": 0, "pad": 0},
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        font={"size": TEXT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        annotations=list(texts),
    )
    chart.update_xaxes(range=[0, 1], visible=False, fixedrange=True)
    chart.update_yaxes(range=[-height, 0], visible=False, fixedrange=True)
    return chart


def _text(drawing: _Drawing, x: int, y: int, text: str, small: bool = False) -> None:
    """Text above a height: at the left end of the scale, or at the right end for x = 1."""
    side = "right" if x else "left"
    shown = {"text": text, "font": {"size": TEXT - 2 if small else TEXT}, "align": side, "showarrow": False}
    place = {"x": x, "y": y, "xanchor": side, "yanchor": "bottom", "xshift": SIDE if x else -SIDE}
    drawing.texts.append(shown | place)


def _wrapped(name: str) -> list[str]:
    return textwrap.wrap(carriable(name)[:LONGEST], WRAP) or [""]


def _safe(text: str) -> str:
    """Text as plotly shows it: it reads a little HTML, so signs are written as entities."""
    return str(escape(carriable(text)[:LONGEST]))
