"""The picture of initiatives by two facets: bars, or over time a line for each option of the other facet."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from hsc_geo.analysis.crosstab import YEARS
from hsc_geo.analysis.facets import NONE
from hsc_geo.analysis.matrix import ALL
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.paper.axes import axis, categories, place
from hsc_geo.views.paper.model import (
    BLUE,
    CROSS,
    DARK,
    DIAMOND,
    DISC,
    GREEN,
    ORANGE,
    PINK,
    RING,
    SQUARE,
    TRIANGLE,
    Axis,
    Dot,
    Plot,
    Series,
)
from hsc_geo.views.research.answers.explore import Explorer
from hsc_geo.views.research.rows.explore import ordered
from hsc_geo.views.wording.counted import number
from hsc_geo.views.wording.facets import facet_name, facet_title

TOP = 20  # bars
MOST_YEARS = 12  # on an axis
LINES = (
    (DISC, BLUE),
    (SQUARE, ORANGE),
    (TRIANGLE, GREEN),
    (CROSS, PINK),
    (RING, BLUE),
)  # as many as stay apart


def plot(n: Names, answer: Explorer) -> Plot:
    """The totals of the rows as bars; where rows or columns are years, lines over them."""
    if {answer.asked.rows, answer.asked.columns} & {*YEARS}:
        return _over_time(n, answer)
    return _bars(n, answer)


def _bars(n: Names, answer: Explorer) -> Plot:
    w, found, facet = n.w, answer.found, answer.asked.rows
    codes = [code for code in ordered(n, facet, found.rows.codes) if found.number(code)]
    largest = sorted(codes, key=lambda code: -found.number(code))[:TOP]
    shown = [code for code in codes if code in largest]
    names = [facet_name(n, facet, code) for code in shown]
    dots = [
        Dot(
            found.number(code),
            place(names, i),
            f"{names[i]}: {w.number(found.number(code))}",
            w.number(found.number(code)),
        )
        for i, code in enumerate(shown)
    ]
    caption = w.t("Initiatives by {facet}, each once in a bar", facet=lower_first(facet_title(n, facet)))
    more = w.t("the {n} largest of {total}", n=TOP, total=len(codes)) if len(codes) > TOP else ""
    return Plot(
        caption=f"{caption} ({more})" if more else caption,
        alt="; ".join(dot.text for dot in dots),
        x=_numbers(n, (dot.x for dot in dots)),
        y=categories("", names),
        series=(Series("", tuple(dots), bars=True),),
        height=0.14 + 0.038 * len(shown),
    )


def _over_time(n: Names, answer: Explorer) -> Plot:
    """By year what is known, all and by the options of the other facet where these are few."""
    w, found, asked = n.w, answer.found, answer.asked
    by_row = asked.rows in YEARS
    time, other = (asked.rows, asked.columns) if by_row else (asked.columns, asked.rows)
    years, options = (found.rows, found.columns) if by_row else (found.columns, found.rows)

    def at(year: str, code: str) -> int:
        return found.number(year, code) if by_row else found.number(code, year)

    known = [code for code in years.codes if code != NONE]
    used = (
        []
        if other in YEARS
        else [code for code in ordered(n, other, options.codes) if any(at(y, code) for y in known)]
    )
    lines = [_line(n, w.t("All, each once"), known, ALL, at, (DIAMOND, DARK))]
    if len(used) <= len(LINES):
        lines += [
            _line(n, facet_name(n, other, code), known, code, at, LINES[i]) for i, code in enumerate(used)
        ]
    counts = [dot.y for line in lines for dot in line.dots]
    return Plot(
        caption=w.t("Initiatives by {facet}", facet=lower_first(facet_title(n, time))),
        alt="; ".join(dot.text for dot in lines[0].dots if dot.y),
        x=_years(n, time, known),
        y=_numbers(n, counts),
        series=tuple(lines),
    )


def _years(n: Names, facet: str, years: list[str]) -> Axis:
    """An axis of years, which are no amounts: written without a mark for thousands."""
    first, last = (int(years[0]), int(years[-1])) if years else (0, 1)
    step = -(-(last - first + 1) // MOST_YEARS)
    ticks = tuple((float(year), str(year)) for year in range(first, last + 1, step)) if years else ()
    return Axis(facet_title(n, facet), (first - 0.5, last + 0.5), ticks)


def _numbers(n: Names, counts: Iterable[float]) -> Axis:
    """An axis of numbers of initiatives: nothing between whole ones."""
    found = axis(n.w, n.w.t("Initiatives known"), [0, *counts], zero=True)
    return replace(found, ticks=tuple(tick for tick in found.ticks if tick[0].is_integer()))


def _line(
    n: Names,
    name: str,
    years: list[str],
    code: str,
    at: Callable[[str, str], int],
    looks: tuple[str, str],
) -> Series:
    shape, tone = looks
    dots = tuple(Dot(float(y), at(y, code), f"{name}, {y}: {number(n, at(y, code))}") for y in years)
    return Series(name, dots, shape, tone, joined=True)
