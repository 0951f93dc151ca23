"""95% intervals wherever a figure is shown or held against the city: with limits in the data, and without."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.explore import Choice, View, explore
from hsc_geo.analysis.figures import core_indicators, figure
from hsc_geo.analysis.focus import comparisons
from hsc_geo.analysis.gaps import GAP, RULES, UNCERTAIN
from hsc_geo.analysis.matrix import ALL, Basis
from hsc_geo.analysis.profile import INDISTINCT, against_city
from hsc_geo.analysis.yardstick import holds
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kinds import asked_for
from hsc_geo.views.coverage.answers.need import needs
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.words.need import area_verdict, need_table
from hsc_geo.views.coverage.words.rules import need_texts
from hsc_geo.views.kit.intervals import behind, bounds, cell
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.kit.words import Words
from hsc_geo.views.map.page import map_update
from hsc_geo.views.map.rows import area_columns, area_rows, areas_text
from hsc_geo.views.map.said import figure_text
from hsc_geo.views.maps.legend import class_colors, legend
from hsc_geo.views.paper.blocks import view_map
from hsc_geo.views.paper.map_svg import draw
from hsc_geo.views.paper.model import Chart, Document, Map, Table
from hsc_geo.views.profile import answers as profile_answers
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.scale import scales
from hsc_geo.views.research.answers.spread import INDISTINCT as DOUBT
from hsc_geo.views.research.answers.spread import spread
from hsc_geo.views.research.answers.together import together
from hsc_geo.views.research.results import result
from hsc_geo.views.start import words as start_words
from hsc_geo.views.start.answers import cockpit
from hsc_geo.views.start.city_map import city_map, districts
from hsc_geo.views.wording import area as area_wording
from hsc_geo.views.wording.distance import distance_text, distance_words
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.shared.limits import with_limits
from tests.views.research.asked import chosen
from tests.views.screens import text, visit
from tests.views.tags import Tags
from tests.visit import names_of

NORTH, CITY = "WK054603", "GM0546"
OVERWEIGHT = "50150NED-Overgewicht"
SAID = {"nl": "niet te onderscheiden van Leiden", "en": "not distinguishable from Leiden"}
WITHOUT = {"nl": "geen onzekerheidsmarge", "en": "No interval in this edition"}
NEED_SAID = {"nl": "niet te onderscheiden van die in Leiden", "en": "not distinguishable from that of Leiden"}
OLDER = ("25_44", "45_64", "65_plus")
RULE = "Fingertips (Public Health England, 2017)"
BRACKETS = re.compile(r"% \((\d+[.,]\d)\s–\s(\d+[.,]\d%)\)")


@pytest.fixture(scope="module")
def limited(package: Package) -> Package:
    return with_limits(package)


@pytest.fixture(scope="module", params=["nl", "en"])
def m(request: pytest.FixtureRequest, limited: Package) -> Names:
    """Names over the data with limits, in Dutch, then in English."""
    return names_of(limited, Words(request.param))


def overweight(n: Names, level: str = "district") -> View:
    return explore(n.package, Choice(OVERWEIGHT, 2024, "18plus", level))


def plain(markup: object) -> str:
    return Tags(str(markup)).text


# --- the words themselves -----------------------------------------------------------------------------------------


def test_an_interval_stands_behind_its_figure_by_locale(m: Names) -> None:
    point = "," if m.w.code == "nl" else "."
    assert bounds(m, OVERWEIGHT, 44.4, 50.4) == f"44{point}4 – 50{point}4%"
    assert behind("47%", "44 – 50%") == "47% (44\u00a0–\u00a050%)"
    assert bounds(m, OVERWEIGHT, None, 50.4) == bounds(m, OVERWEIGHT, float("nan"), 50.4) == ""


def test_a_cell_says_why_there_is_no_interval(en: Names) -> None:
    assert cell(en, OVERWEIGHT, None, None) == "none published"
    registered = next(k for k in en.package.indicators.index if not en.estimated(str(k)))
    assert cell(en, str(registered), None, None) == "does not apply: registered"


def test_a_distance_is_told_only_where_the_interval_bears_it(limited: Package, m: Names) -> None:
    said = 0
    for key in core_indicators(limited):
        for code in limited.areas.index[limited.areas["level"] == "district"]:
            own, city = (figure(limited, str(each), key, 2024, "18plus") for each in (code, CITY))
            if own.value is None or city.value is None:
                continue
            doubt = holds(own.lower, own.upper, city.value)
            assert (distance_words(m, own, city) == SAID[m.w.code]) == doubt
            assert not doubt or distance_text(m, own, city).startswith("≈")
            said += doubt
    assert said


# --- map ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_the_map_dots_what_is_not_distinguishable_and_its_legend_counts_it(m: Names, level: str) -> None:
    view = overweight(m, level)
    assert view.classes is not None
    update = map_update(m, view, "")
    assert set(update.doubt) == view.classes.indistinct != frozenset()
    for code, told in update.text.items():
        assert (SAID[m.w.code] in told) == (code in update.doubt)
        assert BRACKETS.search(told) or code not in update.classes
    html = str(legend(m, OVERWEIGHT, view.classes, class_colors(view), view.table["status"], level))
    assert html.count("hsc-swatch doubt") == 1
    assert f"{SAID[m.w.code]} ({len(update.doubt)} " in plain(html)
    assert RULE in plain(html)


def test_the_table_of_the_map_has_the_interval_of_every_area(m: Names) -> None:
    view = overweight(m)
    columns, rows = area_columns(m, view), area_rows(m, view)
    at = [column.key for column in columns].index("interval")
    assert {len(row.cells) for row in rows} == {len(columns)}
    assert view.classes is not None
    for row in rows[:-3]:
        line = view.table.loc[row.id]
        told = text_of(row.cells[at])
        assert told.startswith(bounds(m, OVERWEIGHT, line["lower"], line["upper"]))
        assert (SAID[m.w.code] in told) == (row.id in view.classes.indistinct)
    assert text_of(rows[-3].cells[at])  # of the city
    assert RULE in areas_text(m, view)


def test_the_table_of_the_map_says_about_how_many_people_a_percentage_is(n: Names) -> None:
    view = overweight(n)
    columns, rows = area_columns(n, view), area_rows(n, view)
    assert columns[-1].key == "about"
    assert {len(row.cells) for row in rows} == {len(columns)}
    for row in rows[:-2]:
        area = naive.areas()[row.id]
        young, older = int(area["population_15_24"]), sum(int(area[f"population_{b}"]) for b in OLDER)
        value = naive.observed(OVERWEIGHT, "2024", "18plus", row.id)
        assert value is not None
        exact = value / 100 * (0.7 * young + older)
        told = int(re.sub(r"\D", "", text_of(row.cells[-1])))
        assert abs(told - exact) <= max(5.0, 0.05 * exact) + 1e-9
    counted = explore(n.package, Choice("REGISTER-Initiatieven"))
    assert "about" not in [column.key for column in area_columns(n, counted)]


def test_the_sentence_and_the_panel_say_the_interval(m: Names) -> None:
    assert BRACKETS.search(figure_text(m, overweight(m), [NORTH]))
    moments = area_wording.panel_indicators(
        m.package, (OVERWEIGHT, 2024, "18plus"), core_indicators(m.package)
    )
    rows = area_wording.figure_rows(m, NORTH, moments)
    doubted = 0
    for (key, year, age), row in zip(moments, rows, strict=True):
        own, city = (figure(m.package, each, key, year, age) for each in (NORTH, CITY))
        assert BRACKETS.search(row.cells[1])
        doubt = city.value is not None and holds(own.lower, own.upper, city.value)
        assert (SAID[m.w.code] in row.cells[0]) == doubt
        doubted += doubt
    assert doubted
    assert not any(SAID[m.w.code] in row.cells[0] for row in area_wording.figure_rows(m, CITY, moments))


def test_on_paper_the_dots_are_drawn_and_named(m: Names) -> None:
    view = overweight(m)
    made = view_map(m, view, "alt")
    assert view.classes is not None
    assert {area.code for area in made.areas if area.doubt} == view.classes.indistinct
    (sign,) = [each for each in made.signs if each.kind == "doubt"]
    assert SAID[m.w.code] in sign.text
    without = replace(made, areas=tuple(replace(area, doubt=False) for area in made.areas))
    assert draw(m.package, made).count("<circle") > draw(m.package, without).count("<circle")


def test_without_limits_the_map_is_as_it_was_and_says_that_there_are_none(n: Names) -> None:
    view = overweight(n)
    assert map_update(n, view, "").doubt == []
    html = str(legend(n, OVERWEIGHT, view.classes, class_colors(view), view.table["status"], "district"))
    assert "doubt" not in html
    assert "interval" not in [column.key for column in area_columns(n, view)]
    assert WITHOUT[n.w.code] in areas_text(n, view)
    assert not BRACKETS.search(figure_text(n, view, [NORTH]))


# --- profile ------------------------------------------------------------------------------------------------------


def test_the_scales_of_a_profile_draw_each_interval_and_mark_what_is_in_doubt(m: Names) -> None:
    groups = profile_answers.core_figures(m.package, ProfileChoice((NORTH,)))
    html = str(scales(m, groups, "x"))
    assert html.count('class="bounds"') == len(groups)
    doubted = [row for (row,) in groups if against_city(m.package, row) == INDISTINCT]
    assert doubted
    assert html.count("□") == len(doubted)
    assert plain(html).count(SAID[m.w.code]) >= len(doubted)


def test_without_limits_no_scale_has_a_bar(n: Names) -> None:
    groups = profile_answers.core_figures(n.package, ProfileChoice((NORTH,)))
    html = str(scales(n, groups, "x"))
    assert 'class="bounds"' not in html
    assert "□" not in html


# --- need ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_no_gap_is_called_where_need_is_not_distinguishable(m: Names, level: str) -> None:
    answer = needs(m, CoverageChoice(Basis(as_of=m.today)))
    found = answer.verdicts[level]
    assert found.intervals
    assert found.indistinct
    for code in found.indistinct:
        verdicts = {found.verdict(code, rule) for rule in RULES}
        assert GAP not in verdicts
        for rule in RULES:
            doubt = found.verdict(code, rule) == UNCERTAIN
            assert ("need_indistinct" in found.reasons(code, rule)) == doubt
    columns = [column.key for column in need_table(m, found).columns]
    assert columns[2] == "beside"
    assert {len(row.cells) for row in need_table(m, found).rows} == {len(columns)}
    told = plain(area_verdict(m, found.indistinct[0], answer, level))
    assert NEED_SAID[m.w.code] in told
    assert "95%" in " ".join(need_texts(m, found))


def test_without_limits_need_has_no_column_beside_the_city(n: Names) -> None:
    found = needs(n, CoverageChoice(Basis(as_of=n.today))).verdicts["district"]
    assert not found.intervals
    assert not found.indistinct
    assert "beside" not in [column.key for column in need_table(n, found).columns]
    assert {"nl": "geen ervan is een marge", "en": "no interval is published"}[n.w.code] in " ".join(
        need_texts(n, found)
    )


# --- start, research ----------------------------------------------------------------------------------------------


def test_the_start_page_says_the_interval_or_that_there_is_none(m: Names, n: Names) -> None:
    for names, wanted in ((m, RULE), (n, WITHOUT[n.w.code])):
        assert wanted in start_words.figures_note(names, comparisons(names.package))
    found = cockpit(m)
    doubted = found.gaps[ALL].indistinct
    assert doubted
    for each in districts(m, found):
        assert each.doubt == (each.code in doubted)
        assert (NEED_SAID[m.w.code] in each.text) == each.doubt
    assert "hsc-swatch doubt" in str(city_map(m, found))
    assert "doubt" not in str(city_map(n, cockpit(n)))


def test_one_figure_over_areas_has_its_intervals_and_counts_what_is_in_doubt(m: Names) -> None:
    asked = chosen(m.package, part="spread", ind=OVERWEIGHT, year="2024", level="district")
    found, made = spread(m.package, asked, m.small_counts), result(m, asked)
    assert found is not None
    assert made is not None
    assert found.number(DOUBT) == len(found.held.indistinct) > 0
    assert "95%" in made.said
    forest = made.plots[1]
    dots = [dot for series in forest.series if series.marked for dot in series.dots]
    assert {(dot.left, dot.right) for dot in dots} == set(
        zip(found.table["lower"], found.table["upper"], strict=True)
    )
    assert all(forest.x.ends[0] <= dot.left <= dot.right <= forest.x.ends[1] for dot in dots)  # type: ignore[operator]


def test_two_figures_have_bars_and_a_corner_that_the_intervals_bear(m: Names) -> None:
    asked = chosen(m.package, part="together")
    found, made = together(m.package, asked), result(m, asked)
    assert found is not None
    assert made is not None
    assert any(dot.left is not None or dot.low is not None for s in made.plots[0].series for dot in s.dots)
    for code in found.corner:
        for axis, held in (("x", found.x), ("y", found.y)):
            limits = found.limits.loc[code]
            assert held is not None
            assert not holds(limits[f"{axis}_lower"], limits[f"{axis}_upper"], held.yardstick.city)


# --- papers and pages ---------------------------------------------------------------------------------------------


def blocks_of(made: Document) -> list[object]:
    found: list[object] = []
    for block in made.blocks:
        found += [*getattr(block, "left", ()), *getattr(block, "right", ())] or [block]
    return found


def test_papers_hold_the_intervals(m: Names) -> None:
    map_paper = asked_for(m, "map", {"ind": [OVERWEIGHT]}, "")
    (shown,) = [each for each in blocks_of(map_paper) if isinstance(each, Map)]
    assert any(area.doubt for area in shown.areas)
    profile_paper = asked_for(m, "profile", {"area": [NORTH]}, "")
    (chart,) = [each for each in blocks_of(profile_paper) if isinstance(each, Chart)]
    assert all(row.areas[0].interval for row in chart.rows)
    assert len(chart.words) == 4
    tables = [each for each in blocks_of(profile_paper) if isinstance(each, Table)]
    assert any(BRACKETS.search(cell) for each in tables for row in each.rows for cell in row)


@pytest.mark.parametrize("page", ["kaart", "wijkprofiel", "dekking", "start", "onderzoek"])
def test_pages_run_on_data_with_limits(limited: Package, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr(web_package, "_package", limited)
    asked = {"kaart": {"sel": NORTH}, "dekking": {"part": "need"}, "onderzoek": {"part": "spread"}}
    app: AppTest = visit(page, lang="en", **asked.get(page, {}))
    assert not app.exception
    assert "95%" in text(app)
