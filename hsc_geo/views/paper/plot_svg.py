"""A plot as SVG: points, lines or bars on two axes, with its legend. Marks differ by shape as well as by colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from hsc_geo.views.kit.html import markup
from hsc_geo.views.paper import svg
from hsc_geo.views.paper.model import (
    BLUE,
    CROSS,
    DARK,
    DIAMOND,
    DISC,
    GREEN,
    GREY,
    ORANGE,
    PINK,
    RING,
    SQUARE,
    TRIANGLE,
    Dot,
    Plot,
    Rule,
    Series,
)
from hsc_geo.views.paper.names_at_marks import around, named_dots, placed
from hsc_geo.views.paper.poster import standing_alone

WIDTH = 494.0  # points: the width of the text on A4
LETTERS = 8.0  # points: nothing on paper is smaller
TOP, BELOW, RIGHT = 8.0, 30.0, 10.0  # room around what is drawn; at the left as the numbers ask
LEGEND_LINE = 12.0
MARK = 3.6  # radius of a mark
BAR = 0.62  # height of a bar, as a share of the room between two
LONGEST_NAME = 32  # letters of the name of a mark
LONGEST_TICK = 34  # letters of what stands at the left
# Colours that stay apart with any colour vision.
COLOURS = {
    BLUE: "#0072b2",
    ORANGE: "#d55e00",
    GREEN: "#00795a",
    PINK: "#a8578a",
    GREY: "#7d8894",
    DARK: "#1c2530",
}
GRID = "#e1e6e8"
# Where the name of a mark may stand, the best first: a step from it, and how it is set.
NAME_PLACES = (
    (5.5, 2.6, "start"),
    (-5.5, 2.6, "end"),
    (0.0, -5.5, "middle"),
    (0.0, 11.0, "middle"),
    (-2.0, -5.5, "start"),
    (2.0, -5.5, "end"),
)


@dataclass(frozen=True)
class _Frame:
    """Where what is drawn begins and ends on the picture, in points; y runs downwards."""

    plot: Plot
    left: float
    right: float
    top: float
    bottom: float

    def x(self, value: float) -> float:
        low, high = self.plot.x.ends
        return self.left + (value - low) / ((high - low) or 1) * (self.right - self.left)

    def y(self, value: float) -> float:
        low, high = self.plot.y.ends
        return self.bottom - (value - low) / ((high - low) or 1) * (self.bottom - self.top)


def draw(plot: Plot, width: float = WIDTH) -> str:
    """The plot as SVG text, so many points wide."""
    parts, height = drawn(plot, width)
    return str(svg.picture(width, height, parts))


def poster(plot: Plot, title: str, subtitle: str, foot: str) -> str:
    """The plot as SVG text with what it shows above it and where it comes from below: a picture that stands alone."""
    parts, height = drawn(plot)
    return standing_alone(parts, height, WIDTH, (title, subtitle, foot))


def drawn(plot: Plot, width: float = WIDTH) -> tuple[list[Markup], float]:
    """What the plot is made of, and its height in points."""
    longest = max((len(text[:LONGEST_TICK]) for _, text in plot.y.ticks), default=0)
    left = 22 + longest * LETTERS * svg.LETTER
    at = _Frame(plot, left, width - RIGHT, TOP + LETTERS + 6, TOP + width * plot.height)
    legend, below = _legend(plot.series, at.bottom + BELOW, width)
    parts = [*_axes(at), *(_rule(at, rule) for rule in plot.rules)]
    parts += [part for series in plot.series for part in _series(at, series)]
    return [*parts, *_names(at), *legend], below + 4


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_TICK else f"{text[: LONGEST_TICK - 1].rstrip()}…"


def _axes(at: _Frame) -> list[Markup]:
    """The grid, the numbers at it, and what each axis measures: that of the upright one over its numbers."""
    plot, low, parts = at.plot, at.bottom, []
    for value, text in plot.x.ticks:
        x = at.x(value)
        parts += [
            svg.line(x, at.top, x, low, GRID),
            svg.words(x, low + 11, text, LETTERS, svg.QUIET, "middle"),
        ]
    for value, text in plot.y.ticks:
        y = at.y(value)
        parts.append(svg.line(at.left, y, at.right, y, GRID))
        parts.append(svg.words(at.left - 5, y + 2.6, _cut(text), LETTERS, svg.QUIET, "end"))
    middle = (at.left + at.right) / 2
    return [
        *parts,
        svg.line(at.left, low, at.right, low, svg.LINE),
        svg.words(middle, low + 22, plot.x.title, LETTERS, anchor="middle"),
        svg.words(2, at.top - 8, plot.y.title, LETTERS),
    ]


def _rule(at: _Frame, rule: Rule) -> Markup:
    if rule.axis == "x":
        x = at.x(rule.at)
        line = _stroke([(x, at.top), (x, at.bottom)], svg.QUIET, 1.0, dashed=True)
        return line + svg.words(x + 3, at.top + 7, rule.text, LETTERS, svg.QUIET)
    y = at.y(rule.at)
    line = _stroke([(at.left, y), (at.right, y)], svg.QUIET, 1.0, dashed=True)
    return line + svg.words(at.right, y - 3, rule.text, LETTERS, svg.QUIET, "end")


def _series(at: _Frame, series: Series) -> list[Markup]:
    colour = COLOURS[series.tone]
    if series.bars:
        return [_bar(at, dot, colour) for dot in series.dots]
    parts = []
    if series.joined:
        points = [(at.x(dot.x), at.y(dot.y)) for dot in series.dots]
        parts.append(_stroke(points, colour, 1.4, series.dashed))
    parts += [part for dot in series.dots for part in _interval(at, dot, colour)]
    if series.marked:
        parts += [mark(series.shape, at.x(dot.x), at.y(dot.y), colour) for dot in series.dots]
    return parts


def _bar(at: _Frame, dot: Dot, colour: str) -> Markup:
    apart = abs(at.y(1) - at.y(0))
    height = apart * BAR
    x, end = at.x(0), at.x(dot.x)
    bar = svg.box(min(x, end), at.y(dot.y) - height / 2, abs(end - x), height, colour)
    inside = end + svg.text_width(dot.label, LETTERS) + 5 > at.right
    side, ink = ("end", svg.PAPER) if inside else ("start", svg.INK)
    step = -3 if inside else 3
    return bar + (
        svg.words(end + step, at.y(dot.y) + 2.6, dot.label, LETTERS, ink, side) if dot.label else ""
    )


def _interval(at: _Frame, dot: Dot, colour: str) -> list[Markup]:
    x, y, found = at.x(dot.x), at.y(dot.y), []
    if dot.low is not None and dot.high is not None:
        found.append(svg.line(x, at.y(dot.low), x, at.y(dot.high), colour, 0.9))
    if dot.left is not None and dot.right is not None:
        found.append(svg.line(at.x(dot.left), y, at.x(dot.right), y, colour, 0.9))
    return found


def _stroke(points: Sequence[tuple[float, float]], colour: str, thick: float, dashed: bool = False) -> Markup:
    return markup(
        '<polyline points="{}" fill="none" stroke="{}" stroke-width="{}"{}/>',
        " ".join(f"{svg.number(x)},{svg.number(y)}" for x, y in points),
        colour,
        svg.number(thick),
        Markup(' stroke-dasharray="4 3"') if dashed else Markup(""),
    )


def mark(shape: str, x: float, y: float, colour: str) -> Markup:
    """One mark of a shape, with its middle at x, y."""
    return _MARKS[shape](x, y, colour)


def _disc(x: float, y: float, colour: str) -> Markup:
    return svg.circle(x, y, MARK, colour, svg.PAPER, 0.6)


def _ring(x: float, y: float, colour: str) -> Markup:
    return svg.circle(x, y, MARK, svg.PAPER, colour, 1.4)


def _cross(x: float, y: float, colour: str) -> Markup:
    return svg.line(x - MARK, y - MARK, x + MARK, y + MARK, colour, 1.5) + svg.line(
        x - MARK, y + MARK, x + MARK, y - MARK, colour, 1.5
    )


def _polygon(sides: int, radius: float, turn: float) -> Callable[[float, float, str], Markup]:
    angles = turn + 2 * np.pi * np.arange(sides) / sides
    corners = radius * np.column_stack([np.cos(angles), np.sin(angles)])
    return lambda x, y, colour: svg.path([corners + np.array([x, y])], colour, svg.PAPER, 0.6)


_MARKS: dict[str, Callable[[float, float, str], Markup]] = {
    DISC: _disc,
    RING: _ring,
    CROSS: _cross,
    DIAMOND: _polygon(4, MARK * 1.35, 0.0),
    SQUARE: _polygon(4, MARK * 1.25, np.pi / 4),
    TRIANGLE: _polygon(3, MARK * 1.4, -np.pi / 2),
}


def _names(at: _Frame) -> list[Markup]:
    """The names of marks, each where it covers no other one nor a mark; one for which there is no room is left out."""
    plot = at.plot
    marks = [(at.x(dot.x), at.y(dot.y)) for series in plot.series if series.marked for dot in series.dots]
    texts = [
        (text, svg.text_width(text, LETTERS), at.x(dot.x), at.y(dot.y))
        for dot in named_dots(plot)
        if (text := svg.label(dot.label, LONGEST_NAME))
    ]
    room = (at.left, at.top - LETTERS, at.right, at.bottom)
    found = placed(texts, around(marks, MARK), NAME_PLACES, LETTERS, room)
    return [
        svg.words(texts[i][2] + dx, texts[i][3] + dy, texts[i][0], LETTERS, svg.INK, side)
        for i, (dx, dy, side) in found
    ]


def _legend(series: Iterable[Series], y: float, width: float) -> tuple[list[Markup], float]:
    """What the marks and lines stand for, and where the last line of it is."""
    parts, x = [], 0.0
    for each in series:
        if not each.name:
            continue
        wide = 20 + svg.text_width(svg.label(each.name), LETTERS)
        if x and x + wide > width:
            x, y = 0.0, y + LEGEND_LINE
        parts += [_sign(each, x, y), svg.words(x + 14, y + 2.6, each.name, LETTERS, svg.QUIET)]
        x += wide
    return parts, y + 4


def _sign(series: Series, x: float, y: float) -> Markup:
    colour = COLOURS[series.tone]
    if series.bars:
        return svg.box(x, y - 4, 10, 8, colour)
    stroke = _stroke([(x, y), (x + 11, y)], colour, 1.4, series.dashed) if series.joined else Markup("")
    return stroke + (mark(series.shape, x + 5.5, y, colour) if series.marked else "")
