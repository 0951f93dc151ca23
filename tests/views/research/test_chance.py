"""Whether what is counted differs more than by chance: by hand, with other distributions, and in words."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from scipy import stats

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.matrix import Basis, counted, with_ambition
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.research.answers.chance import Chance, chance
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.words.chance import result
from tests.views.research.asked import chosen

TODAY = dt.date(2026, 11, 29)


def found(package: Package, **query: str) -> Chance:
    return chance(package, chosen(package, part="chance", **query), TODAY, 24)


def told(n: Names, **query: str) -> Result:
    made = result(n, chosen(n.package, part="chance", **query))
    assert made is not None
    return made


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_rates_follow_the_one_counting_rule(package: Package, level: str) -> None:
    made = found(package, level=level)
    for code, row in made.table.iterrows():
        assert row["count"] == count_for(package, str(code)).number
        assert row["of"] == package.areas.at[code, "population"]
        assert row["value"] == pytest.approx(1000 * row["count"] / row["of"])
    assert (made.table["of"] >= 1000).all()
    here = package.areas[package.areas["level"] == level]
    assert made.left_out == len(here) - len(made.table)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_outside_is_what_the_poisson_distribution_says(package: Package, level: str) -> None:
    made = found(package, level=level)
    whole = made.table["count"].sum() / made.table["of"].sum()
    for _, row in made.table.iterrows():
        expected = whole * row["of"]
        high, low = stats.poisson.sf(row["count"] - 1, expected), stats.poisson.cdf(row["count"], expected)
        place = "higher" if high < 0.001 else "high" if high < 0.025 else "inside"
        place = "lower" if low < 0.001 else "low" if low < 0.025 else place
        assert row["place"] == place


def test_the_share_confirmed_by_ambition(package: Package) -> None:
    made = found(package, fun="confirmed", each="1")
    lately = set(counted(package, Basis(within=24, as_of=TODAY)))
    known = counted(package, Basis())
    for code, row in made.table.iterrows():
        ids = with_ambition(package, known, str(code))
        assert (row["of"], row["count"]) == (len(ids), len(lately & set(ids)))
        assert row["value"] == pytest.approx(100 * row["count"] / row["of"])
        assert row["lower"] <= row["value"] <= row["upper"]


def test_the_share_with_a_place_leaves_out_areas_where_none_is_known(package: Package) -> None:
    made = found(package, fun="placed", level="neighbourhood")
    assert (made.table["of"] > 0).all()
    assert len(made.table) + made.left_out == (package.areas["level"] == "neighbourhood").sum()


def test_every_row_has_its_interval_with_method_and_level(n: Names) -> None:
    for query in ({}, {"level": "district"}, {"fun": "placed"}, {"fun": "confirmed", "each": "1"}):
        rows = told(n, **query).rows
        small = rows["count"] < 10
        assert set(rows.loc[small, "method"]) <= {"exact_poisson", "clopper_pearson"}
        assert (rows["confidence"] == 0.95).all()
        assert ((rows["lower"] <= rows["value"]) & (rows["value"] <= rows["upper"])).all()
        assert set(rows.columns) <= set(told(n, **query).columns)


def test_focus_districts_stand_on_top(package: Package, nl: Names) -> None:
    rows = told(nl, level="district").listing.rows
    first = [text_of(row.cells[0]) for row in rows[:2]]
    assert all("focuswijk" in each for each in first)


def test_the_sentence_names_what_is_outside(en: Names) -> None:
    made, said = found(en.package, level="district"), told(en, level="district").said
    outside = made.table.index[made.table["place"] != "inside"]
    assert all(en.area(str(code)) in said for code in outside)
    assert "on the whole" in said


def test_none_outside_is_said(en: Names) -> None:
    made, said = found(en.package, fun="confirmed", each="1"), told(en, fun="confirmed", each="1").said
    assert set(made.table["place"]) == {"inside"}
    assert said.endswith("4 ambitions differ no more from it than by chance.")


def test_where_nothing_is_known_there_is_no_funnel(en: Names) -> None:
    nobody = replace(en.package, initiatives=en.package.initiatives.iloc[:0])
    made = result(replace(en, package=nobody), chosen(nobody, part="chance", level="district"))
    assert made is not None
    assert made.plots == ()
    assert "none known anywhere" in made.said
    assert all(text_of(row.cells[1]) == "none known" for row in made.listing.rows)


def test_the_limits_of_the_register_are_said(n: Names) -> None:
    said = "The register is no sample: it tells what is known, not what there is. Being outside is a reason to look."
    assert n.w.t(said) in told(n).warnings


def test_the_picture_holds_every_row_and_its_limits(n: Names) -> None:
    shown = told(n, level="district")
    (plot,) = shown.plots
    marks = [dot for series in plot.series if series.marked for dot in series.dots]
    assert len(marks) == len(shown.listing.rows)
    lines = [series for series in plot.series if not series.marked]
    assert len(lines) == 4
    assert all(dot.y <= plot.y.ends[1] for series in lines for dot in series.dots)
