"""The chart of one figure of a profile over the years. All of it also stands in the table under it."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from markupsafe import Markup

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.profile import Trend
from hsc_geo.views.kit.charts import safe
from hsc_geo.views.kit.intervals import with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.profile.marks import BY_AREA, COUNTRY, GREY, Mark, legend

MODELLED = "modelled"
HEIGHT, SIDE, TEXT = 280, 14, 13  # in pixels: the chart, room beside it, letters
APART = 0.18  # years between marks of one year, so that they do not hide each other


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
    ticks = {"tickvals": list(first.years), "ticktext": [str(year) for year in first.years]}
    chart.update_xaxes(
        range=[first.years[0] - 0.7, first.years[-1] + 0.7], fixedrange=True, showgrid=False, **ticks
    )
    chart.update_yaxes(autorange=True, fixedrange=True, ticksuffix=n.sign(first.indicator_id))
    chart.update_layout(
        height=HEIGHT,
        margin={"l": 52, "r": SIDE, "t": 14, "b": 34, "pad": 0},
        separators=",." if n.w.code == "nl" else ".,",
        showlegend=False,
        dragmode=False,
        hovermode="closest",
        font={"size": TEXT},
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
    )
    return chart


LINE_AND_MARKS = "lines+markers"
CITY_OVER_YEARS = Mark("line-ew-open", 20, GREY, "–")


def _above(trend: Trend) -> list[tuple[Mark, tuple[Figure, ...]]]:
    """The city, and the country where this table has any figure of it."""
    national = any(figure.value is not None for figure in trend.country)
    return [(CITY_OVER_YEARS, trend.city), *([(COUNTRY, trend.country)] if national else [])]


def trend_legend(n: Names, codes: Sequence[str], trend: Trend) -> Markup:
    """What each mark stands for; codes: the areas that are drawn too."""
    names = [(mark, n.area(code)) for mark, code in zip(BY_AREA, codes, strict=False)]
    return legend([*names, *((mark, n.area(figures[0].area_code)) for mark, figures in _above(trend))])


def _years(
    chart: go.Figure, n: Names, mark: Mark, figures: Sequence[Figure], mode: str, aside: float
) -> None:
    texts = [f"{n.area(f.area_code)}, {f.year}: {with_bounds(n, f)}" for f in figures]
    chart.add_scatter(
        x=[(f.year or 0) + aside for f in figures],
        y=[f.value for f in figures],
        mode=mode,
        connectgaps=False,
        line={"color": mark.colour, "width": 2},
        marker=_style(mark),
        error_y=_intervals(figures, mark),
        hovertext=[safe(text) for text in texts],
        hoverinfo="text",
        cliponaxis=False,
    )


def _intervals(figures: Sequence[Figure], mark: Mark) -> dict[str, object] | None:
    """The published intervals as strokes; None where there is none."""
    ends = [(f.value or 0.0, f.lower, f.upper) for f in figures]
    if all(low is None for _, low, _ in ends):
        return None
    return {
        "type": "data",
        "symmetric": False,
        "array": [0 if high is None else high - at for at, _, high in ends],
        "arrayminus": [0 if low is None else at - low for at, low, _ in ends],
        "color": mark.colour,
        "thickness": 1.2,
        "width": 0,
    }


def _style(mark: Mark) -> dict[str, object]:
    thin = mark.symbol.endswith("-open")
    line = {"width": 3, "color": mark.colour} if thin else {"width": 0}
    return {"symbol": mark.symbol, "size": mark.size, "color": mark.colour, "line": line, "opacity": 1}
