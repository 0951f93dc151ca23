"""Plots of the page on the screen: names and the words of lines cover no mark, and titles fit a phone."""

from __future__ import annotations

import json
from typing import Any

import plotly.graph_objects as go
import pytest

from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.model import Axis, Dot, Plot, Rule, Series
from hsc_geo.views.research.choices import PARTS
from hsc_geo.views.research.results import result
from hsc_geo.views.research.screen.plot import TITLE, Drawn, figure
from tests.views.research.asked import chosen

ENDS = (0.0, 100.0)


def drawn(n: Names, *dots: Dot, rules: tuple[Rule, ...] = (), title: str = "x") -> Any:
    plot = Plot("c", "a", Axis(title, ENDS, ()), Axis("y", ENDS, ()), (Series("s", dots),), rules)
    return go.Figure(**figure(n, plot))  # which raises on what plotly does not know


def named(chart: Any) -> dict[str, str]:
    marks = chart.data[0]
    return {text: side for text, side in zip(marks.text, marks.textposition, strict=True) if text}


@pytest.mark.parametrize("part", PARTS)
def test_plotly_knows_every_part_of_the_plots_of_the_page(n: Names, part: str) -> None:
    shown = result(n, chosen(n.package, part=part))
    assert shown is not None
    assert shown.plots
    for plot in shown.plots:
        parts = figure(n, plot)
        checked = json.loads(go.Figure(**parts).to_json())
        assert checked["data"] == parts["data"]
        assert checked["layout"].pop("template").keys() <= parts["layout"]["template"].keys()
        assert checked["layout"] == {key: of for key, of in parts["layout"].items() if key != "template"}
        assert Drawn(parts).to_dict() == parts


@pytest.mark.parametrize(("x", "side"), [(10, "middle right"), (99, "middle left")])
def test_a_name_stands_beside_its_mark_where_there_is_room(en: Names, x: float, side: str) -> None:
    assert named(drawn(en, Dot(x, 50, "", "De Kooi"))) == {"De Kooi": side}


def test_a_name_keeps_clear_of_another_mark(en: Names) -> None:
    assert named(drawn(en, Dot(50, 50, "", "De Kooi"), Dot(55, 50, ""))) == {"De Kooi": "middle left"}


def test_a_name_without_room_is_left_out_and_its_mark_stays(en: Names) -> None:
    crowd = [Dot(50 + x, 50 + y, "") for x in range(-20, 21, 2) for y in range(-20, 21, 4) if x or y]
    chart = drawn(en, Dot(50, 50, "all of it", "De Kooi"), *crowd)
    assert named(chart) == {}
    assert chart.data[0].hovertext[0] == "all of it"
    assert len(chart.data[0].x) == len(crowd) + 1


def test_the_words_of_a_line_stand_where_they_cover_the_fewest_marks(en: Names) -> None:
    rule = Rule("y", 50, "mean of the areas")
    right = [Dot(x, y, "") for x in (75, 85, 95) for y in (45, 48, 52, 55)]
    at_right, at_left = ((drawn(en, *dots, rules=(rule,))).layout.annotations[0].x for dots in ((), right))
    assert (at_right, at_left) == (1, 0)


def test_a_long_title_of_an_axis_has_lines_that_fit_a_phone(en: Names) -> None:
    title = "Residents, in order of the average income per resident of the neighbourhood"
    lines = drawn(en, Dot(1, 1, ""), title=title).layout.xaxis.title.text.split("<br>")
    assert " ".join(lines) == title
    assert max(map(len, lines)) <= TITLE
