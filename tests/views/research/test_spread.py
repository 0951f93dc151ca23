"""One figure over areas: every number on the page against the files, what is refused, and what a file holds."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
import pandas as pd
import pytest

from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.kit.state import PageState, read
from hsc_geo.views.paper.model import Table
from hsc_geo.views.research import files
from hsc_geo.views.research.answers.spread import Spread, spread
from hsc_geo.views.research.choices import ResearchChoice, choice, parameters
from hsc_geo.views.research.paper import document
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.words.spread import result
from hsc_geo.views.research.words.spread_plot import COLUMNS, stacked
from hsc_geo.views.research.words.spread_table import gap_text
from tests.shared import naive
from tests.views.screens import components, notes, visit, whole

SMOKES, INCOME, RESIDENTS = (
    "50150NED-RooktTabak",
    "85984NED-GemiddeldInkomenPerInwoner",
    "86165NED-AantalInwoners",
)
CITY = "GM0546"


def chosen(package: Package, **query: str) -> ResearchChoice:
    values, refused = read({key: [value] for key, value in query.items()}, parameters(package))
    assert refused == []
    return choice(package, PageState("t", parameters(package), {"state_t": values}, {}))


def asked(n: Names, **query: str) -> tuple[Spread, Result]:
    wanted = chosen(n.package, part="spread", **query)
    answer, found = spread(n.package, wanted, n.small_counts), result(n, wanted)
    assert answer is not None
    assert found is not None
    return answer, found


def plain(key: str, year: int, age: str, level: str) -> dict[str, float]:
    found = {code: naive.observed(key, year, age, code) for code in naive.codes_of(level)}
    return {code: value for code, value in found.items() if value is not None}


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_the_sentence_counts_areas_by_the_yardstick_of_the_map(en: Names, level: str) -> None:
    _, found = asked(en, ind=SMOKES, year="2024", level=level)
    known = plain(SMOKES, 2024, "18plus", level)
    city = naive.observed(SMOKES, 2024, "18plus", CITY)
    assert city is not None
    gaps = {code: round(value - city, 6) for code, value in known.items()}
    worse, better = sum(gap >= 2 for gap in gaps.values()), sum(gap <= -2 for gap in gaps.values())
    same = len(known) - worse - better
    assert (
        f"of {len(known)} {level}s {worse} are less favourable than Leiden ({city}%), {same} about the same and "
        f"{better} more favourable." in found.said
    )
    low, high = min(known.values()), max(known.values())
    assert f"The values run from {low}% to {high}%." in found.said


def test_a_total_is_not_held_against_the_city(en: Names) -> None:
    answer, found = asked(en, ind=RESIDENTS, year="2025", level="neighbourhood")
    known = sorted(plain(RESIDENTS, 2025, "all", "neighbourhood").values())
    middle = np.percentile(known, 50)
    assert answer.against is None
    assert "half lie between" in found.said
    assert f"{round(middle):,} residents" in found.said
    assert all(
        dot.x < 10_000 for series in found.plots[0].series for dot in series.dots
    )  # the city is not drawn
    assert set(answer.table["side"]) == {""}


def test_the_table_holds_every_area_with_city_and_country_and_focus_districts_first(en: Names) -> None:
    _, found = asked(en, ind=SMOKES, year="2024", level="district")
    names = [text_of(row.cells[0]) for row in found.listing.rows]
    assert len(names) == len(naive.codes_of("district")) + 2
    assert names[:2] == [
        "Leiden-Noord (focus district)",
        "Bos- en Gasthuisdistrict (focus district Leiden Zuidwest)",
    ]
    assert names[-2:] == ["Leiden", "the Netherlands"]
    assert {text_of(row.cells[2]) for row in found.listing.rows[:-1]} == {"none published"}


def test_an_area_without_a_figure_says_why_and_is_counted(en: Names) -> None:
    _, found = asked(en, ind=SMOKES, year="2024", level="neighbourhood")
    gone = Counter(
        row["status"]
        for code in naive.codes_of("neighbourhood")
        if (row := naive.observations().get((SMOKES, "2024", "18plus", code))) and row["status"] != "present"
    )
    assert sum(gone.values()) > 0
    assert f"suppressed by the source: {gone['suppressed']} neighbourhood" in found.beside
    assert ". The Netherlands: no national figure in this edition." in found.beside
    cells = [text_of(row.cells[2]) for row in found.listing.rows]
    assert cells.count("suppressed by the source") == gone["suppressed"]


def test_what_it_may_not_be_used_for_and_its_kind_stand_beside_the_answer(n: Names) -> None:
    _, found = asked(n, ind=SMOKES)
    row = n.package.indicators.loc[SMOKES]
    assert n.w.pick(row, "not_for") in found.warnings
    assert found.warnings[0].startswith(n.term("indicator_kind", "modelled"))


def test_the_line_is_of_one_table_for_the_city_alone_and_says_why(en: Names) -> None:
    answer, found = asked(en, ind=SMOKES, year="2020")
    (line,) = answer.years.lines.values()
    wanted = {
        int(row["year"]): float(row["value"])
        for row in naive.rows("observations")
        if (row["indicator_id"], row["age_group"], row["area_code"]) == (SMOKES, "18plus", CITY)
        and row["value"]
    }
    assert {each.year: each.value for each in line} == wanted
    assert len(wanted) > 2
    told = " ".join(found.method)
    assert "Through the years only the city and the country are drawn." in told
    assert "estimated by a model anew for each year" in told
    assert "50090NED" in told
    assert "they are not joined" in told
    years = found.plots[1]
    assert [text for _, text in years.x.ticks] == [str(year) for year in sorted(wanted)]
    assert set(found.more["years"]["area_code"]) == {CITY}


def test_areas_have_lines_where_the_guard_allows(package: Package, en: Names) -> None:
    """No edition has such a figure yet: a registered one of two years, made of the modelled one."""
    changed = package.indicators.copy()
    changed.loc[SMOKES, "kind"] = "registered"
    made = type(en)(_with(package, changed), en.w, en.today, en.now, en.months, en.fixed, en.small_counts)
    answer, found = asked(made, ind=SMOKES, level="district")
    assert list(answer.years.lines) == [CITY, *made.focus()]
    assert set(found.more["years"]["area_code"]) == {CITY, *naive.codes_of("district")}
    shapes = [series.shape for series in found.plots[1].series]
    assert len(set(shapes)) == len(shapes)
    assert "only the city" not in " ".join(found.method)


def _with(package: Package, indicators: pd.DataFrame) -> Package:
    return Package(
        **{**{f: getattr(package, f) for f in package.__dataclass_fields__}, "indicators": indicators}
    )


def test_one_year_draws_no_line(en: Names) -> None:
    _, found = asked(en, ind=INCOME, level="district")
    assert len(found.plots) == 1
    assert "One year (2024) shows no change." in " ".join(found.method)


def test_own_thresholds_make_the_classes_here_too(en: Names) -> None:
    _, found = asked(en, ind=SMOKES, year="2024", level="neighbourhood", classes="own", breaks="10_20.5_25")
    known = plain(SMOKES, 2024, "18plus", "neighbourhood")
    numbers = [sum(value >= each for each in (10, 20.5, 25)) for value in known.values()]
    assert [row.cells[-1] for row in found.smaller[0].rows] == [str(numbers.count(i)) for i in range(4)]
    assert found.map is not None
    assert "Classes by own thresholds: 10.0%, 20.5% and 25.0%." in found.map.caption
    assert found.more["classes"]["begins"].tolist()[1:] == [10, 20.5, 25]
    rows = found.rows.set_index("area_code")["map_class"].dropna()
    assert rows.tolist() == [number + 1 for number in numbers]


def test_thresholds_that_do_not_fit_are_told_with_the_answer(en: Names) -> None:
    _, found = asked(en, ind=INCOME, level="district", classes="own", breaks="500_600")
    assert "500 lies outside" in found.warnings[0]


def test_the_rows_of_a_file_say_all_that_belongs_to_a_number(en: Names) -> None:
    _, found = asked(en, ind=SMOKES, year="2024", level="neighbourhood")
    rows = found.rows
    assert len(rows) == len(naive.codes_of("neighbourhood")) + 2
    for column in (
        "level",
        "indicator_id",
        "table_id",
        "kind",
        "unit",
        "year",
        "age_group",
        "method",
        "status",
    ):
        assert (rows[column].astype(str) != "").all(), column
    known = rows.dropna(subset=["value"])
    for code, value in zip(known["area_code"], known["value"], strict=True):
        assert value == naive.observed(SMOKES, 2024, "18plus", code)
    every = {str(column) for table in (rows, *found.more.values()) for column in table.columns}
    assert every == set(found.columns)


def test_dots_stand_at_their_value_and_none_upon_another() -> None:
    value = {f"a{i}": each for i, each in enumerate(sorted([1.0, 1.01, 1.02, 5.0, 9.0, 9.0, 14.0]))}
    places = stacked(value)
    assert {code: x for code, (x, _) in places.items()} == value
    assert len(set(places.values())) == len(value)
    wide = (14.0 - 1.0) / COLUMNS
    assert [y for _, y in places.values()] == [1, 2, 3, 1, 1, 2, 1]
    assert wide > 0.02
    assert stacked({"a": 3.0, "b": 3.0}) == {"a": (3.0, 1.0), "b": (3.0, 2.0)}


def test_a_difference_has_its_sign_and_its_decimals(en: Names, nl: Names) -> None:
    assert [gap_text(en, SMOKES, gap) for gap in (2.0, -0.5, 0.0, float("nan"), None)] == [
        "+2.0",
        "\u22120.5",
        "0.0",
        "–",
        "–",
    ]
    assert gap_text(nl, SMOKES, -1.25) == "\u22121,2"


def test_the_ends_are_named_only_where_the_figure_bears_an_order_of_areas(n: Names) -> None:
    for key, year, borne in ((SMOKES, "2024", False), (RESIDENTS, "2025", True)):
        answer, found = asked(n, ind=key, year=year, level="neighbourhood")
        drawn = files.picture(n, found, found.plots[0], "svg").decode()
        for code in (next(iter(answer.by_area)), next(reversed(answer.by_area))):
            assert (f">{n.area(code)}</text>" in drawn) is borne
            assert (n.area(code) in found.said) is borne


def test_a_paper_has_the_columns_for_which_it_has_room(en: Names) -> None:
    params = parameters(en.package)
    state = PageState("t", params, {"state_t": read({"part": ["spread"], "ind": [SMOKES]}, params)[0]}, {})
    tables = [each for each in document(en, state, "").blocks if isinstance(each, Table)]
    assert [len(table.header) for table in tables] == [2, 3, 5]
    assert "About how many people" in tables[-1].header


@pytest.mark.parametrize("language", ["nl", "en"])
def test_thresholds_are_chosen_on_the_page(language: str) -> None:
    page = visit("onderzoek", lang=language, part="spread", ind=SMOKES, year="2024")
    page.session_state["chip_classes"] = True
    page.run()
    page.selectbox(key="w_classes").set_value("own").run()
    whole(page)
    page.text_input(key="w_breaks").set_value("10 20,5 25" if language == "nl" else "10 20.5 25").run()
    whole(page)
    found = page.query_params["breaks"]
    assert (found[-1] if isinstance(found, list) else found) == "10_20.5_25"
    classes = components(page)["research_spread_0"]["rows"]
    assert len(classes) == 4
    page.text_input(key="w_breaks").set_value("30 20").run()
    whole(page)
    assert any(re.search(r"20 (staat na|stands behind) 30", each) for each in notes(page))
