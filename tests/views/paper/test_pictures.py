"""The pictures of a brief: well-formed, true to scale, names apart, and marks where the figures put them."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from itertools import combinations
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.explore import Choice, default_indicator, explore
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import blocks, chart_svg, map_svg, svg
from hsc_geo.views.paper.model import BETTER, SAME, WORSE, Area, Chart, Label, Map, Mark, Sign, SpineRow
from hsc_geo.views.profile.answers import core_figures
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper_figures import chart, table
from tests.shared import naive

NS = "{http://www.w3.org/2000/svg}"
HOSTILE = '</text><script>alert(1)</script>" onload="x" & <image href="http://x.example/"/>'


def drawn(text: str) -> ET.Element:
    return ET.fromstring(text)


def texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{NS}text")]


def view_map(n: Names, level: str) -> Map:
    view = explore(n.package, Choice(indicator=default_indicator(n.package), level=level))
    return blocks.view_map(n, view, "alt")


def polygon_area(path: str) -> float:
    """Surface of a path of straight lines, by the shoelace formula; holes count against it where they run round the
    other way, which is how shapely gives them."""
    total = 0.0
    for ring in path.split("Z"):
        numbers = [float(x) for x in re.findall(r"-?\d+\.?\d*", ring)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        total += (
            sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2
        )
    return abs(total)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_every_area_is_drawn_with_the_colour_of_its_class(n: Names, level: str) -> None:
    view = explore(n.package, Choice(indicator=default_indicator(n.package), level=level))
    asked = blocks.view_map(n, view, "alt")
    values = view.table["value"]
    order = sorted((a for a in asked.areas if a.fill), key=lambda a: float(values[a.code]))
    ramp = list(dict.fromkeys(a.fill for a in order))
    assert [a.fill for a in order] == sorted(
        (a.fill for a in order), key=ramp.index
    )  # a class is a range of values
    assert {a.code for a in asked.areas if a.missing} == {str(c) for c in values.index[values.isna()]}
    assert len(ramp) == len([s for s in asked.signs if s.kind == "fill"])
    fills = [each.get("fill") for each in drawn(map_svg.draw(n.package, asked)).iter(f"{NS}path")]
    assert {color: fills.count(color) for color in ramp} == {
        color: sum(a.fill == color for a in asked.areas) for color in ramp
    }


def test_surfaces_on_paper_are_those_of_the_land(package: Package) -> None:
    codes = naive.codes_of("district")
    scale = map_svg.frame(package).scale
    for code in codes:
        asked = Map("", "", (Area(code, "#123456"),), (), (), (), "")
        (path,) = [
            p for p in drawn(map_svg.draw(package, asked)).iter(f"{NS}path") if p.get("fill") == "#123456"
        ]
        truth = float(package.geometry.loc[code, "geometry"].area) * scale**2
        assert polygon_area(path.get("d") or "") == pytest.approx(truth, rel=0.02)


def test_the_scale_bar_is_as_long_as_it_says(package: Package) -> None:
    root = drawn(map_svg.draw(package, Map("", "", (), (), (), (), "")))
    (said,) = [text for text in texts(root) if re.fullmatch(r"\d+ k?m", text)]
    metres = int(said.split()[0]) * (1000 if said.endswith("km") else 1)
    bar = max((float(e.get("x2")) - float(e.get("x1")) for e in root.iter(f"{NS}line")), default=0)  # type: ignore[arg-type]
    assert bar == pytest.approx(metres * map_svg.frame(package).scale, abs=0.02)


def test_places_stand_as_far_apart_as_they_are(package: Package) -> None:
    here, there = (93_000.0, 463_000.0), (94_200.0, 464_600.0)  # 2,000 metres apart
    root = drawn(map_svg.draw(package, Map("", "", (), (), (here, there, here), (), "")))
    at = [(float(c.get("cx")), float(c.get("cy"))) for c in root.iter(f"{NS}circle")]  # type: ignore[arg-type]
    assert len(at) == 2  # a place is drawn once
    assert math.dist(*at) == pytest.approx(2000 * map_svg.frame(package).scale, abs=0.02)
    assert at[1][0] > at[0][0]  # east is right
    assert at[1][1] < at[0][1]  # north is up


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_names_never_run_over_each_other_or_over_a_place(n: Names, level: str) -> None:
    asked = view_map(n, level)
    root = drawn(map_svg.draw(n.package, asked))
    plates = [each for each in root.iter(f"{NS}rect") if each.get("fill-opacity")]
    assert len(plates) == 10  # all districts
    boxes = [tuple(float(p.get(k) or 0) for k in ("x", "y", "width", "height")) for p in plates]
    for (x, y, wide, high), (x2, y2, wide2, high2) in combinations(boxes, 2):
        assert (
            x + wide <= x2 + 0.01 or x2 + wide2 <= x + 0.01 or y + high <= y2 + 0.01 or y2 + high2 <= y + 0.01
        )
    for dot in root.iter(f"{NS}circle"):
        cx, cy = float(dot.get("cx") or 0), float(dot.get("cy") or 0)
        if cy < map_svg.frame(n.package).height:  # not the one in the legend
            assert not any(x < cx < x + wide and y < cy < y + high for x, y, wide, high in boxes)


def test_a_name_for_which_there_is_no_room_is_left_out(package: Package) -> None:
    labels = tuple(Label("WK054602", "Stationsdistrict", str(i)) for i in range(200))
    root = drawn(map_svg.draw(package, Map("", "", (), labels, (), (), "")))
    assert 1 <= sum(text == "Stationsdistrict" for text in texts(root)) < 60


def test_hatching_stays_inside_its_area(package: Package) -> None:
    asked = Map("", "", (Area("WK054602", missing=True),), (), (), (), "")
    ground, lines = list(drawn(map_svg.draw(package, asked)).iter(f"{NS}path"))
    numbers = [[float(x) for x in re.findall(r"-?\d+\.?\d*", p.get("d") or "")] for p in (ground, lines)]
    for axis in (0, 1):
        assert min(numbers[0][axis::2]) - 0.02 <= min(numbers[1][axis::2])
        assert max(numbers[1][axis::2]) <= max(numbers[0][axis::2]) + 0.02
    assert (lines.get("d") or "").count("M") > 5


def test_hostile_text_in_a_map_is_text(package: Package) -> None:
    asked = Map(
        "", "", (), (Label("WK054603", HOSTILE, HOSTILE),), (), (Sign("fill", HOSTILE, "#abcdef"),), HOSTILE
    )
    assert_harmless(drawn(map_svg.draw(package, asked)))


def assert_harmless(root: ET.Element) -> None:
    assert {each.tag.removeprefix(NS) for each in root.iter()} <= {
        "svg",
        "rect",
        "path",
        "line",
        "circle",
        "text",
        "g",
    }
    assert not [key for each in root.iter() for key in each.attrib if key.startswith("on") or "href" in key]


def one_row(at: float | None, tone: str = BETTER, label: str = "x", names: tuple[str, ...] = ("A",)) -> Chart:
    row = SpineRow(
        label, (Mark(at, "1"),) * len(names), Mark(0.5, "2"), Mark(0.75, "3"), (tone,) * len(names)
    )
    return Chart("", "", names, "C", "N", "low", "high", ("b", "w", "s"), (row,))


@settings(max_examples=40, deadline=None)
@given(st.floats(0, 1))
def test_a_mark_stands_where_its_position_puts_it(at: float) -> None:
    root = drawn(chart_svg.draw(one_row(at)))
    inside = [float(c.get("cx") or 0) for c in root.iter(f"{NS}circle") if float(c.get("cx") or 0) > 100]
    assert inside == [pytest.approx(chart_svg.LEFT + at * (chart_svg.RIGHT - chart_svg.LEFT), abs=0.01)]


def test_a_figure_that_is_missing_has_no_mark() -> None:
    root = drawn(chart_svg.draw(one_row(None)))
    assert not [c for c in root.iter(f"{NS}circle") if float(c.get("cx") or 0) > 100]


def test_tones_differ_in_filling_as_well_as_colour() -> None:
    marks = {}
    for tone in (BETTER, WORSE, SAME):
        root = drawn(chart_svg.draw(one_row(0.2, tone)))
        (mark,) = [c for c in root.iter(f"{NS}circle") if float(c.get("cx") or 0) > 100]
        marks[tone] = (mark.get("fill"), mark.get("stroke"))
    assert marks[BETTER][0] == marks[BETTER][1]  # filled
    assert marks[WORSE][0] == "#ffffff"  # open
    assert len(set(marks.values())) == 3


def test_areas_side_by_side_differ_in_shape() -> None:
    shapes = [re.sub(r'"[^"]*"', "", str(chart_svg.area_mark(50, 50, BETTER, i))) for i in range(4)]
    corners = [str(chart_svg.area_mark(50, 50, BETTER, i)).count(" L") for i in range(4)]
    assert shapes[0].startswith("<circle")
    assert len(set(corners)) == 4


@pytest.mark.parametrize("names", [("A",), ("Bos- en Gasthuisdistrict",) * 4])
def test_nothing_of_the_chart_lies_outside_it(names: tuple[str, ...]) -> None:
    root = drawn(chart_svg.draw(one_row(0.5, label="w" * 300, names=names)))
    _, _, width, height = map(float, (root.get("viewBox") or "").split())
    for each in root.iter(f"{NS}g"):  # the key, line by line
        x, y = map(float, re.findall(r"-?\d+\.?\d*", each.get("transform") or ""))
        assert 0 <= x < width
        assert 0 < y < height


def test_hostile_text_in_a_chart_is_text() -> None:
    made = one_row(0.5, label=HOSTILE, names=(HOSTILE,))
    assert_harmless(drawn(chart_svg.draw(made)))


def test_the_chart_of_an_area_has_its_figures(n: Names) -> None:
    code = "WK054603"
    groups = core_figures(n.package, ProfileChoice((code,)))
    root = drawn(chart_svg.draw(chart(n, [code], groups)))
    seen = texts(root)
    for group in groups:
        row = group[0]
        assert n.figure(row.figure) in seen
        assert n.figure(row.city) in seen
        place = chart(n, [code], [group]).rows[0]
        # percentages stand on 0 to 100, whichever way is favourable
        assert place.areas[0].at == pytest.approx((row.figure.value or 0) / 100)
        assert place.city.at == pytest.approx((row.city.value or 0) / 100)
        assert place.band == pytest.approx(
            ((row.city.value or 0) / 100 - 0.02, (row.city.value or 0) / 100 + 0.02)
        )
        good = row.direction == "high_good"
        better = (row.figure.value > row.city.value) == good  # type: ignore[operator]
        assert place.tone == ("better" if better else "worse",)
    assert {"0%", "100%"} <= set(seen)
    national = [group[0].country for group in groups]
    assert seen.count("–") == sum(each.value is None for each in national) == 5


def test_the_band_lies_round_the_city_and_a_scale_of_its_own_says_its_ends() -> None:
    row = SpineRow(
        "x", (Mark(0.5, "5"),), Mark(0.4, "4"), Mark(None, "–"), ("worse",), (0.38, 0.42), ("0", "10")
    )
    made = replace(one_row(0.5), rows=(row,), low="", high="", band="about the same")
    root = drawn(chart_svg.draw(made))
    left, width = chart_svg.LEFT, chart_svg.RIGHT - chart_svg.LEFT
    (band, key) = [each for each in root.iter(f"{NS}rect") if each.get("fill") == chart_svg.BAND_FILL]
    assert float(band.get("x") or 0) == pytest.approx(left + 0.38 * width, abs=0.01)
    assert float(band.get("width") or 0) == pytest.approx(0.04 * width, abs=0.01)
    assert float(key.get("width") or 0) == 8
    assert {"0", "10", "about the same"} <= set(texts(root))


def test_a_table_of_figures_says_what_a_dash_for_the_country_means(n: Names) -> None:
    groups = core_figures(n.package, ProfileChoice(("WK054603",)))
    made = table(n, ["WK054603"], groups, "caption")
    said = {"nl": "geen landelijk cijfer in deze editie", "en": "no national figure in this edition"}[
        n.w.code
    ]
    assert f"–: {said}" in made.caption
    assert [row[3] for row in made.rows].count("–") == 5
    assert sum(made.widths) == pytest.approx(1)
    assert len(made.widths) == len(made.header) == len(made.rows[0])
    adults = {"nl": "ongeveer 5.800 volwassenen", "en": "about 5,800 adults"}[n.w.code]
    assert any(adults in row for row in made.rows)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_the_caption_and_the_signs_of_a_map_say_what_dark_means(en: Names, level: str) -> None:
    made = view_map(en, level)
    assert made.caption.startswith("Darker is less favourable. Leiden: 75.0%.")
    assert len(made.caption) < 300  # what a paper has room for
    names = [sign.text.split(":")[0] for sign in made.signs if sign.kind == "fill"]
    order = [
        "much less favourable",
        "less favourable",
        "about the same",
        "more favourable",
        "much more favourable",
    ]
    assert names == [name for name in order if name in names]
    assert len(names) >= 4


@pytest.mark.parametrize(
    ("given_text", "most", "expected"),
    [
        ("Bos- en Gasthuisdistrict", 14, ["Bos- en", "Gasthuisdistrict"]),
        ("Binnenstad-Noord", 14, ["Binnenstad-", "Noord"]),
        ("a b", 14, ["a b"]),
        ("", 14, [""]),
    ],
)
def test_names_break_at_spaces_and_hyphens(given_text: str, most: int, expected: list[str]) -> None:
    assert svg.wrapped(given_text, most) == expected


@settings(max_examples=40, deadline=None)
@given(st.floats(-1e6, 1e6))
def test_coordinates_keep_two_decimals(value: float) -> None:
    assert float(svg.number(value)) == pytest.approx(value, abs=0.0051)
    assert "e" not in svg.number(value)


def test_legend_entries_name_the_missing_with_their_reason(package: Package, en: Names) -> None:
    signs: tuple[Any, ...] = view_map(en, "neighbourhood").signs
    (missing,) = [s for s in signs if s.kind == "missing"]
    assert missing.text == "suppressed by the source (1 neighbourhood)"


def test_a_map_on_a_dark_page_has_light_letters_no_ground_and_the_same_colours(n: Names) -> None:
    shown = map_svg.draw(n.package, view_map(n, "district"))
    light, dark = (drawn(svg.on_screen(shown, dark=each)) for each in (False, True))
    for picture, ink in ((light, svg.INK), (dark, svg.ON_DARK)):
        letters = list(picture.iter(f"{NS}text"))
        assert {each.get("font-family") for each in letters} == {svg.SCREEN_FONT}
        assert {each.get("fill") for each in letters} <= {ink, svg.QUIET if picture is light else ink}
        page = next(picture.iter(f"{NS}rect"))
        assert page.get("fill") == "none"
        plates = {each.get("fill") for each in picture.iter(f"{NS}rect") if each.get("fill-opacity")}
        assert plates == {svg.PAPER if picture is light else svg.DARK_GROUND}
    fills = [[each.get("fill") for each in one.iter(f"{NS}path")] for one in (drawn(shown), light, dark)]
    assert fills[0] == fills[1] == fills[2]
