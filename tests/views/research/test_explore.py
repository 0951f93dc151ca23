"""Tables of initiatives by two facets: on the screen, on paper and in files the same numbers, each opening its rows."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest

from hsc_geo.analysis.crosstab import AXES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.kit.words import Words
from hsc_geo.views.research.answers.explore import explore, nearby
from hsc_geo.views.research.choices import EXPLORE, Moment, ResearchChoice
from hsc_geo.views.research.choices_explore import FILTERS, Explored
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.words import explore as words
from hsc_geo.views.research.words import nearby as nearby_words
from hsc_geo.views.research.words.nearby import shown
from tests.shared import naive
from tests.views.screens import components, visit, whole


def found(n: Names, **asked: Any) -> Result:
    none = Moment("")
    return words.result(n, ResearchChoice(EXPLORE, "district", none, none, explored=Explored(**asked)))


def english(n: Names) -> Names:
    return replace(n, w=Words("en"))


def digits(cell: object) -> int:
    text = text_of(cell)
    return int(re.sub(r"\D", "", text) or 0)


@pytest.mark.parametrize("rows", AXES)
@pytest.mark.parametrize("columns", ["ambition", "district", "year"])
def test_every_pair_of_facets_is_a_table_whose_total_is_that_of_distinct_initiatives(
    n: Names, rows: str, columns: str
) -> None:
    result = found(n, rows=rows, columns=columns)
    assert digits(result.listing.rows[-1].cells[-1]) == len(naive.current())
    assert len(result.listing.rows[0].cells) == len(result.listing.columns)
    assert result.plots[0].series[0].dots
    total = result.rows[(result.rows["row"] == "total") & (result.rows["column"] == "total")]
    assert total["initiatives"].tolist() == [len(naive.current())]


def test_each_cell_opens_as_many_initiatives_as_it_says(n: Names) -> None:
    result = found(n, rows="sector", columns="life_stage")
    for row in result.listing.rows:
        for cell in row.cells[1:]:
            one, _, two = cell["pick"].partition("|")
            listed = explore(n, Explored(rows="sector", columns="life_stage", cell=(one, two))).listed
            expected = [
                key
                for key in naive.current()
                if (not one or one in naive.facet_codes(key, "sector"))
                and (not two or two in naive.facet_codes(key, "life_stage"))
            ]
            assert list(listed) == expected
            assert digits(cell) == len(expected)


def test_a_file_has_the_same_numbers_and_the_initiatives_behind_them(n: Names) -> None:
    result = found(n, rows="sector", columns="ambition", facets=(("district", ("WK054603",)),), text="e")
    rows = result.rows.set_index(["row", "column"])["initiatives"]
    fits = [key for key in naive.initiatives() if naive.fits(key, {"district": ["WK054603"]}, "e")]
    assert rows["total", "total"] == len(fits) == len(result.more["initiatives"])
    kept = result.more["initiatives"]
    for (row, column), count in rows.items():
        there = kept["row_options"].str.split("|").map(lambda codes, row=row: row == "total" or row in codes)
        there &= kept["column_options"].str.split("|").map(lambda c, of=column: of == "total" or of in c)
        assert there.sum() == count, (row, column)
    told = {name for key in result.columns for name in key.split(", ")}
    assert told >= {*result.rows.columns}


def test_the_cell_that_is_open_is_what_a_file_holds(n: Names) -> None:
    result = found(n, rows="sector", columns="ambition", cell=("sports", "A2"))
    expected = [
        key
        for key in naive.current()
        if "sports" in naive.facet_codes(key, "sector") and "A2" in naive.facet_codes(key, "ambition")
    ]
    assert result.more["initiatives"]["initiative_id"].tolist() == expected


def test_a_cell_of_another_table_opens_nothing(n: Names) -> None:
    assert explore(n, Explored(cell=("zzz", "A1"))).open is None
    assert explore(n, Explored(cell=("zzz", "A1"))).listed == tuple(naive.current())


def test_the_sentence_says_what_most_are_and_of_what_none_is_known(n: Names) -> None:
    result = found(english(n), rows="ladder")
    steps = [naive.initiatives()[key]["ladder"] for key in naive.current()]
    assert (
        f"Of {len(steps)} initiatives known, most fall under Running ({steps.count('running')})"
        in result.said
    )
    assert f"not known: {steps.count('')}." in result.said
    assert "None known for Pilot and Recognised intervention." in result.said
    inferred = [
        key
        for key in naive.current()
        if "ladder (from the status)" in naive.initiatives()[key]["inferred_fields"]
    ]
    assert any(
        f"inferred from the status for {len(inferred)} of {len(steps)}" in each for each in result.warnings
    )
    assert "inferred)" in text_of(result.listing.rows[2].cells[0])


def test_nothing_that_fits_is_said_and_no_zero_stands_alone(n: Names) -> None:
    result = found(english(n), text="zzz")
    assert result.said == "No initiative known fits these choices."
    assert result.plots == ()
    assert {text_of(cell) for row in result.listing.rows for cell in row.cells[1:]} == {"none known"}


def test_a_share_is_told_with_its_number(n: Names) -> None:
    result = found(english(n), rows="sector", columns="ambition", shown="row")
    nature = [key for key in naive.current() if "nature" in naive.facet_codes(key, "sector")]
    a2 = [key for key in nature if "A2" in naive.facet_codes(key, "ambition")]
    row = next(row for row in result.listing.rows if row.id == "nature")
    assert text_of(row.cells[2]) == f"{100 * len(a2) / len(nature):.0f}% ({len(a2)})"
    assert any("more than 100%" in each for each in result.method)


def test_focus_districts_come_first_and_what_is_for_everyone_has_rows_of_its_own(n: Names) -> None:
    result = found(n, rows="district")
    codes = [row.id for row in result.listing.rows]
    assert set(codes[:2]) == set(n.focus())
    assert codes[-4:] == ["city", "region", "unknown", ""]


def test_over_time_there_is_a_point_for_each_year(n: Names) -> None:
    plot = found(n, rows="start_year", columns="ambition").plots[0]
    years = [int(row["start_year"]) for row in naive.initiatives().values() if row["start_year"]]
    assert [dot.x for dot in plot.series[0].dots] == list(range(min(years), max(years) + 1))
    dated = [key for key in naive.current() if naive.initiatives()[key]["start_year"]]
    assert sum(dot.y for dot in plot.series[0].dots) == len(dated)
    assert all(text.isdigit() and len(text) == 4 for _, text in plot.x.ticks)
    turned = found(n, rows="ambition", columns="start_year").plots[0]
    assert [series.dots for series in turned.series] == [series.dots for series in plot.series]


PLACED = (("theme", ("urban-gardening", "green-living-environment")),)  # most of which have a known place


def test_a_table_of_people_hides_small_numbers_in_rows_columns_and_totals(n: Names) -> None:
    asked = Explored(counted="residents", facets=PLACED, distance=300)
    strict = replace(n, small_counts=100)
    answer = nearby(strict, asked)
    assert answer.hidden.cells.to_numpy().any()
    result = found(strict, counted="residents", facets=PLACED, distance=300)
    values = result.rows.set_index(["area_code", "age_group"])["residents_near"]
    reached = answer.found.reached
    for code in reached.index:
        for band in reached.columns:
            age = band.removeprefix("population_")
            small = 0 < round(reached.at[code, band]) < 100
            assert not (small and pd.notna(values[code, age]))
            assert pd.isna(values[code, age]) == (shown(answer, code, band) is None)
    text = [text_of(cell) for row in result.listing.rows for cell in row.cells]
    assert n.w.t("not shown") in text
    assert any("100" in each for each in result.warnings)
    everything = found(replace(n, small_counts=0), counted="residents", facets=PLACED, distance=300)
    assert everything.rows["residents_near"].notna().all()


def test_where_no_place_is_known_nobody_is_counted_as_nobody(n: Names) -> None:
    unplaced = next(
        key for key in naive.current() if key not in naive.points() and naive.initiatives()[key]["theme"]
    )
    name = naive.initiatives()[unplaced]["name"]
    result = found(english(n), counted="residents", text=name)
    assert {text_of(cell) for row in result.listing.rows for cell in row.cells[1:]} == {"not known"}
    assert set(result.rows["status"]) == {"not_known"}
    assert result.plots == ()


def test_what_is_for_everyone_stands_beside_the_districts_in_the_sentence(n: Names) -> None:
    wide = [key for key in naive.current() if naive.scope(key) & {"city", "region"}]
    for asked in ({"rows": "district"}, {"rows": "ambition", "columns": "district"}):
        assert (
            f"For the whole city or the region there are {len(wide)} more." in found(english(n), **asked).said
        )


def test_residents_near_are_told_only_where_enough_places_are_known(n: Names) -> None:
    assert "cannot be told" in found(english(n), counted="residents").said


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize(
    "query",
    [
        {"rows": "ladder", "cols": "status"},
        {"rows": "start_year", "cells": "all"},
        {"rows": "sector", "cols": "district", "cell": "sports|WK054603", "sel": naive.current()[0]},
        {"cell": "exercise|A2", "lpage": "2"},
        {"of": "residents", "dist": "300"},
        {
            FILTERS["ambition"]: "A3",
            FILTERS["district"]: "WK054603",
            "q": "roken",
            "ended": "1",
            "conf": "24",
        },
    ],
)
def test_a_link_opens_what_it_says(language: str, query: dict[str, str]) -> None:
    page = whole(visit("onderzoek", lang=language, part=EXPLORE, **query))
    shown_there = components(page)
    assert shown_there["research_explore"]["rows"]
    opened = shown_there.get("research_list")
    assert bool(opened) == ("cell" in query)


def test_the_list_of_a_cell_on_the_screen_has_its_initiatives(n: Names) -> None:
    page = whole(visit("onderzoek", lang="nl", part=EXPLORE, rows="sector", cell="nature|A2"))
    expected = [
        key
        for key in naive.current()
        if "nature" in naive.facet_codes(key, "sector") and "A2" in naive.facet_codes(key, "ambition")
    ]
    assert [row["id"] for row in components(page)["research_list"]["rows"]] == expected[:8]


def test_a_table_of_residents_looks_up_each_number_a_few_times_only(
    en: Names, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, str]] = []

    def counted(answer: Any, code: str, band: str) -> float | None:
        asked.append((code, band))
        return shown(answer, code, band)

    monkeypatch.setattr(nearby_words, "shown", counted)
    table = nearby_words.table(en, nearby(en, Explored(counted="residents")))
    assert len(asked) <= 4 * len(table.rows) * (len(table.columns) - 1)
