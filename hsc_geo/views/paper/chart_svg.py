"""The spine chart of a brief as SVG: each figure in its own scale, with the city's value in a band of about the same.

Areas differ by shape, not only by colour: a filled mark where the area does better than the city, an open one where it
does worse, a grey one where the two are about the same, an open grey one where they are not distinguishable. A stroke
through a mark is its 95% interval.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup

from hsc_geo.views.kit.html import markup
from hsc_geo.views.paper import svg
from hsc_geo.views.paper.model import BETTER, INDISTINCT, WORSE, Chart, Mark, SpineRow

WIDTH = 494.0  # points: the width of the text on A4
LEFT, RIGHT = 168.0, 352.0  # where the scale begins and ends
VALUES, CITY, COUNTRY = 410.0, 450.0, 492.0  # right edges of the columns of numbers
ROW = 18.0
LETTERS = 8.0  # points: nothing on paper is smaller
BAND, BAND_FILL = 12.0, "#dfe3e6"  # height and colour of what is about the same as the city
GOOD, BAD = (
    "#00688b",
    "#b3400a",
)  # blue and orange stay apart with any colour vision, and in grey by their filling


def draw(chart: Chart) -> str:
    """The chart as SVG text."""
    top = 28.0
    below = top + len(chart.rows) * ROW
    key, bottom = _key(chart, below + 6)
    ruled = [
        svg.line(LEFT, top - 6, LEFT, below - 4, "#d5dadd"),
        svg.line(RIGHT, top - 6, RIGHT, below - 4, "#d5dadd"),
    ]
    rows = [_row(chart, row, top + i * ROW) for i, row in enumerate(chart.rows)]
    return str(svg.picture(WIDTH, bottom + 8, [*ruled, *_head(chart), *rows, *key]))


def _head(chart: Chart) -> list[Markup]:
    columns = [
        (VALUES, chart.names[0] if len(chart.names) == 1 else ""),
        (CITY, chart.city),
        (COUNTRY, chart.country),
    ]
    return [
        svg.words(LEFT, 18, chart.low, LETTERS, svg.QUIET),
        svg.words(RIGHT, 18, chart.high, LETTERS, svg.QUIET, "end"),
        *(_column_head(x, text) for x, text in columns),
    ]


def _column_head(x: float, text: str) -> Markup:
    lines = svg.wrapped(svg.label(text), 11)[:3]
    first = 20 - 8.4 * (len(lines) - 1)
    return Markup("").join(
        svg.words(x, first + i * 8.4, part, LETTERS, svg.QUIET, "end") for i, part in enumerate(lines)
    )


def _row(chart: Chart, row: SpineRow, y: float) -> Markup:
    middle = y + 4
    parts = [
        svg.line(0, y - 5.5, WIDTH, y - 5.5, "#e6eaec", 0.4),
        *_row_label(row.label, middle),
        *_band(row.band, middle),
        *_ends(row.ends, middle),
        svg.line(LEFT, middle, RIGHT, middle, "#c9d0d4", 1.2),
        *_city(row.city, middle),
        *_country(row.country, middle),
        *(part for mark in row.areas for part in _interval(mark, middle)),
        *(
            _area(mark, tone, i, middle)
            for i, (mark, tone) in enumerate(zip(row.areas, row.tone, strict=True))
        ),
        svg.words(
            VALUES,
            middle + 2.5,
            row.areas[0].text if len(chart.names) == 1 else "",
            8,
            weight=700,
            anchor="end",
        ),
        svg.words(CITY, middle + 2.5, row.city.text, 8, anchor="end"),
        svg.words(COUNTRY, middle + 2.5, row.country.text, 8, anchor="end"),
    ]
    return Markup("").join(parts)


def _row_label(text: str, middle: float) -> list[Markup]:
    lines = svg.wrapped(svg.label(text), 42)[:2]
    first = middle + 2.5 - 4 * (len(lines) - 1)
    return [svg.words(0, first + i * 8, part, 8) for i, part in enumerate(lines)]


def _band(band: tuple[float, float] | None, y: float) -> list[Markup]:
    """What is about the same as the city: higher than a mark, so that it shows under one."""
    if band is None:
        return []
    low, high = (LEFT + end * (RIGHT - LEFT) for end in band)
    return [svg.box(low, y - BAND / 2, high - low, BAND, BAND_FILL)]


def _ends(ends: tuple[str, str], y: float) -> list[Markup]:
    """The ends of a scale of its own, under its line."""
    places = ((LEFT, "start"), (RIGHT, "end"))
    return [
        svg.words(x, y + 9, text, LETTERS, svg.QUIET, side)
        for (x, side), text in zip(places, ends, strict=True)
        if text
    ]


def _at(mark: Mark) -> float | None:
    return None if mark.at is None else LEFT + min(max(mark.at, 0.0), 1.0) * (RIGHT - LEFT)


def _city(mark: Mark, y: float) -> list[Markup]:
    x = _at(mark)
    return [] if x is None else [svg.line(x, y - 6, x, y + 6, svg.INK, 1.4)]


def _country(mark: Mark, y: float) -> list[Markup]:
    x = _at(mark)
    return [] if x is None else [_polygon(x, y, 4, 3.4, "#ffffff", svg.QUIET)]


def _interval(mark: Mark, y: float) -> list[Markup]:
    if mark.interval is None:
        return []
    low, high = (LEFT + end * (RIGHT - LEFT) for end in mark.interval)
    ends = [svg.line(x, y - 2.4, x, y + 2.4, svg.QUIET, 1) for x in (low, high)]
    return [svg.line(low, y, high, y, svg.QUIET, 1.8), *ends]


def _area(mark: Mark, tone: str, i: int, y: float) -> Markup:
    x = _at(mark)
    return Markup("") if x is None else area_mark(x, y, tone, i)


def area_mark(x: float, y: float, tone: str, i: int) -> Markup:
    """The mark of the i-th area: the first a disc, then a square, a triangle and a pentagon; filled by its tone."""
    color = {BETTER: GOOD, WORSE: BAD}.get(tone, svg.QUIET)
    fill = {BETTER: GOOD, WORSE: "#ffffff", INDISTINCT: "#ffffff"}.get(tone, "#b9c1c6")
    if i == 0:
        return svg.circle(x, y, 3.8, fill, color, 1.6)
    return _polygon(x, y, (4, 3, 5)[(i - 1) % 3], 4.2, fill, color, turned=i == 1)


def _polygon(
    x: float, y: float, sides: int, radius: float, fill: str, edge: str, turned: bool = False
) -> Markup:
    start = -np.pi / 2 + (np.pi / 4 if turned else 0)
    angles = start + 2 * np.pi * np.arange(sides) / sides
    corners = np.column_stack([x + radius * np.cos(angles), y + radius * np.sin(angles)])
    return svg.path([corners], fill, edge, 1.2)


def _key(chart: Chart, y: float) -> tuple[list[Markup], float]:
    """What the marks mean, and where the last line of it stands."""
    tones = zip((BETTER, WORSE, "", INDISTINCT), chart.words, strict=False)
    shown: list[tuple[Markup, str]] = [(area_mark(4, 0, tone, 0), text) for tone, text in tones]
    if len(chart.names) > 1:
        shown = [(area_mark(4, 0, "", i), name) for i, name in enumerate(chart.names)] + shown
    shown += [(svg.line(4, -5, 4, 5, svg.INK, 1.4), chart.city)]
    shown += [(svg.box(0, -4, 8, 8, BAND_FILL), chart.band)] if chart.band else []
    national = any(row.country.at is not None for row in chart.rows)
    shown += [(_polygon(4, 0, 4, 3.4, "#ffffff", svg.QUIET), chart.country)] if national else []
    return _in_lines(shown, y)


def _in_lines(shown: Sequence[tuple[Markup, str]], y: float) -> tuple[list[Markup], float]:
    parts, x = [], 0.0
    for sign, text in shown:
        width = 20 + svg.text_width(svg.label(text), LETTERS)
        if x and x + width > WIDTH:
            x, y = 0.0, y + 12
        moved = markup('<g transform="translate({} {})">{}</g>', svg.number(x), svg.number(y), sign)
        parts.append(moved + svg.words(x + 11, y + 2.6, text, LETTERS, svg.QUIET))
        x += width
    return parts, y
