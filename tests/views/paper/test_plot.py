"""Plots as pictures: all marks stand where the axes say, names cover nothing, and hostile text stays text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from hsc_geo.views.kit.words import Words
from hsc_geo.views.paper import plot_svg
from hsc_geo.views.paper.axes import MOST, axis, categories, place
from hsc_geo.views.paper.model import DIAMOND, SHAPES, TONES, Dot, Plot, Rule, Series

NL, EN = Words("nl"), Words("en")
SVG = "{http://www.w3.org/2000/svg}"


def plot(*series: Series, hostile: str = "") -> Plot:
    values = [value for each in series for dot in each.dots for value in (dot.x, dot.y)]
    return Plot("c", "a", axis(NL, f"x{hostile}", values), axis(NL, "y", values), series)


def texts(drawn: str) -> list[str]:
    return ["".join(each.itertext()) for each in ET.fromstring(drawn).iter(f"{SVG}text")]


@pytest.mark.parametrize(
    ("values", "first", "last"),
    [((0, 100), "0", "100"), ((8.1, 25.6), "10", "25"), ((-0.5, 0.5), "\u22120,4", "0,4")],
)
def test_numbers_on_an_axis_are_round_and_in_the_language(
    values: tuple[float, ...], first: str, last: str
) -> None:
    found = axis(NL, "t", values)
    assert (found.ticks[0][1], found.ticks[-1][1]) == (first, last)
    assert 2 <= len(found.ticks) <= MOST
    assert all(found.ends[0] <= at <= found.ends[1] for at, _ in found.ticks)


def test_an_axis_of_one_value_or_none_can_be_drawn() -> None:
    for values in ([5.0], [], [float("nan")], [0.0, 0.0]):
        low, high = axis(EN, "t", values).ends
        assert low < high


def test_an_axis_from_zero_begins_there() -> None:
    assert axis(EN, "t", [3, 9], zero=True).ends[0] == 0
    assert axis(EN, "t", [-3, 9], zero=True).ends[0] < -3


def test_things_with_names_stand_from_top_to_bottom() -> None:
    names = ["a", "b", "c"]
    assert [text for _, text in categories("t", names).ticks] == names
    assert place(names, 0) > place(names, 1) > place(names, 2)


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_drawn_otherwise(shape: str) -> None:
    assert [
        other for other in SHAPES if plot_svg.mark(other, 0, 0, "#000") == plot_svg.mark(shape, 0, 0, "#000")
    ] == [shape]


def test_every_tone_has_a_colour_of_its_own() -> None:
    assert len({plot_svg.COLOURS[tone] for tone in TONES}) == len(TONES)


def test_a_mark_stands_where_the_axes_say() -> None:
    drawn = plot_svg.draw(plot(Series("", (Dot(0, 0, ""), Dot(10, 10, ""), Dot(5, 5, "")))))
    places = [(float(x), float(y)) for x, y in re.findall(r'<circle cx="([\d.]+)" cy="([\d.]+)"', drawn)]
    (x0, y0), (x1, y1), (x2, y2) = places
    assert (x2, y2) == (pytest.approx((x0 + x1) / 2, abs=0.01), pytest.approx((y0 + y1) / 2, abs=0.01))
    assert x0 < x1
    assert y0 > y1


def test_names_that_would_cover_another_are_left_out_of_the_picture() -> None:
    together = Series("s", tuple(Dot(1, 1, "", f"name {i}") for i in range(9)))
    far = Series("t", (Dot(0, 0, "", "far"), Dot(2, 2, "")))
    shown = [text for text in texts(plot_svg.draw(plot(together, far))) if text.startswith(("name", "far"))]
    assert "far" in shown
    assert 1 <= len([text for text in shown if text != "far"]) <= 4


def test_lines_bars_intervals_and_rules_are_in_the_picture_with_a_legend() -> None:
    line = Series("line", (Dot(0, 0, ""), Dot(5, 4, "")), DIAMOND, joined=True, marked=False, dashed=True)
    dots = Series("dots", (Dot(2, 2, "", low=1, high=3),))
    drawn = plot_svg.draw(replace(plot(line, dots), rules=(Rule("x", 1, "here"), Rule("y", 2, "city"))))
    assert {"line", "dots", "here", "city"} <= set(texts(drawn))
    assert drawn.count("stroke-dasharray") == 4
    bars = Plot("c", "a", axis(NL, "x", [0, 7], zero=True), categories("", ["one", "two"]), (_bars(),))
    assert {"one", "two", "7", "3"} <= set(texts(plot_svg.draw(bars)))


def _bars() -> Series:
    return Series("", (Dot(7, 1, "", "7"), Dot(3, 0, "", "3")), bars=True)


def test_hostile_text_stays_text() -> None:
    bad = "<script>alert(1)</script>"
    series = Series(bad, (Dot(1, 1, bad, bad), Dot(2, 2, "")))
    drawn = plot_svg.poster(plot(series, hostile=bad), bad, bad, bad)
    assert ET.fromstring(drawn).findall(f".//{SVG}script") == []
    assert "<script" not in drawn
