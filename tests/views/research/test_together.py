"""Two figures and the spatial pattern in words: counted again from the tables, and what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.answers.pattern import neighbours
from hsc_geo.views.research.answers.together import together
from hsc_geo.views.research.results import result
from hsc_geo.views.research.words.names_in_plot import named
from hsc_geo.views.research.words.pattern_pictures import SIGNS
from tests.shared import naive
from tests.views.research.asked import chosen

SMOKING, INCOME = "50150NED-RooktTabak", "83765NED-GemiddeldInkomenPerInwoner"


def published(indicator: str, year: str) -> dict[str, float]:
    """Area -> value, straight from the table of observations."""
    return {
        row["area_code"]: float(row["value"])
        for row in naive.rows("observations")
        if (row["indicator_id"], row["year"]) == (indicator, year) and row["value"]
    }


def corner_by_hand() -> list[str]:
    """Neighbourhoods with 2 points more smokers than the city, and 5% less income than the mean by residents."""
    smokes, income, areas = published(SMOKING, "2024"), published(INCOME, "2017"), naive.areas()
    fine = [code for code in areas if areas[code]["level"] == "neighbourhood" and code in income]
    people = {code: int(areas[code]["population"] or 0) for code in fine}
    mean = sum(income[code] * people[code] for code in fine) / sum(people.values())
    city = smokes["GM0546"]
    return [
        code
        for code in fine
        if code in smokes and smokes[code] - city >= 2 - 1e-9 and income[code] <= 0.95 * mean + 1e-9
    ]


def test_the_corner_and_the_help_in_it_are_as_counted_by_hand(n: Names) -> None:
    asked = chosen(n.package, part="together", amb="A3")
    found = together(n.package, asked)
    assert list(found.corner) == corner_by_hand()
    ids = naive.with_ambition(naive.current(), "A3")
    known = {code: naive.count(code, ids) for code in corner_by_hand()}
    assert list(found.bare) == [code for code in known if not (known[code]["own"] or known[code]["shared"])]
    told = result(n, asked)
    assert str(len(found.corner)) in told.said
    assert set(told.rows.loc[told.rows["in_corner"], "area_code"]) == set(found.corner)


def test_a_figure_that_fits_the_ambition_is_asked_where_none_was_chosen(n: Names) -> None:
    concepts = n.package.indicators["concept"]
    for ambition, concept in (("A3", "smoking"), ("A1", "loneliness"), ("A2", "overweight")):
        assert concepts[chosen(n.package, amb=ambition).figure.indicator_id] == concept
    kept = chosen(n.package, amb="A1", ind=SMOKING)
    assert kept.figure.indicator_id == SMOKING


def test_beside_income_itself_another_figure_stands(n: Names) -> None:
    asked = chosen(n.package, ind=INCOME)
    assert asked.other.indicator_id != asked.figure.indicator_id
    assert n.package.indicators.at[asked.other.indicator_id, "concept"] == "smoking"


@pytest.mark.parametrize(
    ("query", "part_of_it"),
    [
        ({"ind": SMOKING, "by": SMOKING}, "twice"),
        ({"ind": SMOKING, "by": SMOKING, "year": "2024", "byear": "2022"}, "anew for each year"),
    ],
)
def test_what_the_guard_refuses_is_refused_with_its_reason(
    package: Package, en: Names, query: dict[str, str], part_of_it: str
) -> None:
    told = result(en, chosen(package, part="together", **query))
    assert part_of_it in told.said
    assert told.plots == ()
    assert told.method == ()
    assert len(told.listing.rows) == 54


def test_every_warning_of_the_figures_stands_with_the_answer(package: Package, en: Names) -> None:
    told = " ".join(result(en, chosen(package, part="together")).warnings)
    for part in (
        "already uses income",
        "not measured",
        "not for persons",
        "areas around",
        "differ in year or age",
    ):
        assert part in told
    few = result(en, chosen(package, part="together", level=DISTRICT))
    assert "With 10 areas" in " ".join(few.warnings)


def test_numbers_of_people_are_held_against_the_mean_of_the_areas_and_not_the_whole_city(en: Names) -> None:
    old = "85984NED-k_65JaarOfOuder"
    found = together(en.package, chosen(en.package, part="together", by=old))
    values = published(old, "2024")
    fine = [values[code] for code in naive.codes_of("neighbourhood") if code in values]
    assert (found.y.against, found.x.against) == ("mean", "city")
    assert found.y.yardstick.city == pytest.approx(sum(fine) / len(fine))
    assert "than the mean" in result(en, chosen(en.package, part="together", by=old)).said


def test_the_rows_of_a_file_are_those_of_the_screen_with_all_that_belongs_to_them(n: Names) -> None:
    for part in ("together", "pattern"):
        told = result(n, chosen(n.package, part=part))
        assert list(told.rows["name"]) == [row.order["name"] for row in told.listing.rows]
        assert set(told.rows.columns) == set(told.columns)


def test_groups_have_a_sign_on_the_map_and_their_own_shape_in_the_plot(n: Names) -> None:
    asked = chosen(n.package, part="pattern")
    found, told = neighbours(n.package, asked), result(n, asked)
    signs = {label.code: label.text for label in told.map.labels}
    assert signs == {code: SIGNS[group] for group in ("HH", "LL", "HL", "LH") for code in found.of(group)}
    assert len({(series.shape, series.tone) for series in told.plots[0].series}) == len(told.plots[0].series)
    (line,) = [series for series in told.plots[0].series if series.joined]
    (a, b) = line.dots
    assert (b.y - a.y) / (b.x - a.x) == pytest.approx(found.found.moran.value, abs=1e-9)


def test_what_so_few_areas_can_show_stands_with_the_pattern(package: Package, en: Names) -> None:
    fine = result(en, chosen(package, part="pattern"))
    assert any("seen in four of five cases only from" in each for each in fine.warnings)
    assert any("a model" in each for each in fine.warnings)
    coarse = result(en, chosen(package, part="pattern", level=DISTRICT))
    assert any("even a strong pattern would be missed" in each for each in coarse.warnings)
    lacking = result(en, chosen(package, part="pattern", ind="85984NED-GemiddeldInkomenPerInwoner"))
    assert any("35 neighbourhoods have no figure here" in each for each in lacking.warnings)


def test_a_pattern_that_cannot_be_computed_is_told(package: Package, en: Names) -> None:
    rows = package.observations
    same = rows.assign(value=rows["value"].where(rows["indicator_id"] != SMOKING, 7.0))
    told = result(replace(en, package=replace(package, observations=same)), chosen(package, part="pattern"))
    assert "no pattern to look for" in told.said
    assert (told.plots, told.map) == ((), None)
    assert len(told.listing.rows) == 54


def test_names_in_a_plot_do_not_run_together() -> None:
    points = {"a": (0.0, 0.0), "b": (0.1, 0.01), "c": (0.1, 0.5), "d": (1.0, 1.0)}
    assert named(["b", "a", "c", "d"], points) == {"b", "c", "d"}
    assert named([], points) == named([], {}) == frozenset()
