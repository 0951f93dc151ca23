"""How unequal a value is over areas: what is computed, what is refused, and the words of both."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.provision import near_places
from hsc_geo.analysis.unequal import CODES
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.paper.model import Plot
from hsc_geo.views.research.answers.unequal import Answer, answer, sign
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.words.unequal import result
from tests.views.research.asked import chosen
from tests.views.screens import components, visit, whole

INCOME, POVERTY = "85984NED-GemiddeldInkomenPerInwoner", "85984NED-PersonenInArmoede"
SMOKING, LONELY = "50150NED-RooktTabak", "50150NED-Eenzaam"
DISTRICTS = {"level": "district", "by": INCOME, "ind": SMOKING}


def found(package: Package, **query: str) -> Answer:
    made = answer(package, chosen(package, part="unequal", **query), 5)
    assert made is not None
    return made


def told(n: Names, **query: str) -> Result:
    made = result(n, chosen(n.package, part="unequal", **query))
    assert made is not None
    return made


def test_a_figure_by_income_counted_by_hand(package: Package) -> None:
    """The lowest fifth of the residents of the ten districts, walking along from the lowest income."""
    made = found(package, **DISTRICTS)
    assert made.found is not None
    districts = package.areas[package.areas["level"] == "district"]
    rows = sorted(
        (
            figure(package, str(code), INCOME, 2024, "all").value,
            figure(package, str(code), SMOKING, 2024, "18plus").value,
            float(row["population"]),
        )
        for code, row in districts.iterrows()
    )
    wanted, people, sum_of = sum(p for *_, p in rows) / 5, 0.0, 0.0
    for _, value, here in rows:
        taken = min(here, wanted - people)
        people, sum_of = people + taken, sum_of + taken * value
    assert made.found.low == pytest.approx(sum_of / wanted)
    assert made.found.table["measure"].tolist() == [income for income, *_ in rows]
    assert made.trait == "income"


def test_known_initiatives_follow_the_one_counting_rule(package: Package) -> None:
    made = found(package, val="known", level="district", by=INCOME, amb="A4")
    assert made.found is not None
    for code, row in made.found.table.iterrows():
        assert row["value"] == count_for(package, str(code), ambition="A4").number


def test_per_1000_residents_only_where_there_are_enough_of_them(package: Package) -> None:
    made = found(package, val="rate", need="1")
    assert made.found is not None
    assert (made.found.table["population"] >= 1000).all()
    code = str(made.found.table["value"].idxmax())
    assert made.found.table.at[code, "value"] == pytest.approx(
        1000 * count_for(package, code).number / package.areas.at[code, "population"]
    )


def test_leaving_out_an_initiative_gives_a_range(package: Package) -> None:
    """The slope of districts without each initiative, computed anew for the one that matters most."""
    made = found(package, val="known", level="district", need="1")
    assert made.told is not None
    assert made.found is not None
    assert made.told.low < made.found.indices["slope"].value < made.told.high
    assert made.told.slope.sii == pytest.approx(made.found.indices["slope"].value)


def test_who_lives_near_is_told_only_where_enough_places_are_known(package: Package) -> None:
    made = found(package, val="reach", level="district", by=INCOME)
    assert made.refused is not None
    assert made.refused.reason == "places"
    assert 3 * made.refused.placed < made.refused.total


def with_places_only(package: Package) -> Package:
    """The package, where all initiatives without a place with a point have ended."""
    register = package.initiatives
    placed = register.index.isin(list(with_point(package)))
    return replace(
        package, initiatives=register.assign(status=register["status"].astype(str).where(placed, "ended"))
    )


def test_few_people_near_a_place_are_not_shown(package: Package) -> None:
    """With a threshold above all numbers nothing is shown, in no table, file or picture; the indices stand."""
    near = with_places_only(package)
    choice = chosen(near, part="unequal", val="reach", level="district", by=INCOME)
    ids = counted(near, Basis())
    plain = answer(near, choice, 0)
    assert plain is not None
    assert plain.found is not None
    share = 100 * near_places(near, ids, 500, "district")["share"]
    assert plain.found.table["value"].to_dict() == pytest.approx(share.to_dict())
    assert plain.hidden == frozenset()
    small = answer(near, choice, 10**6)
    assert small is not None
    assert small.found is not None
    reached = share > 0
    assert small.hidden == set(map(str, share.index[reached]))
    assert small.found.indices["slope"].value == pytest.approx(plain.found.indices["slope"].value)


def test_hidden_values_stand_nowhere(en: Names) -> None:
    near = with_places_only(en.package)
    choice = chosen(near, part="unequal", val="reach", level="district", by=INCOME)
    made = result(replace(en, package=near, small_counts=10**6), choice)
    assert made is not None
    shown = [[text_of(cell) for cell in row.cells][2] for row in made.smaller[0].rows]
    reached = made.more["areas"]["status"] == "suppressed"
    assert reached.any()
    assert made.more["areas"].loc[reached, "value"].isna().all()
    assert shown.count("too few to show") == reached.sum()
    slope, curve = made.plots
    assert sum(len(each.dots) for each in slope.series[:2]) == len(shown) - reached.sum()
    assert len(curve.series[0].dots) <= 2 + 2 * (len(shown) - reached.sum())


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ({"by": LONELY}, "order"),
        ({"ind": "85984NED-AantalInwoners", "by": INCOME}, "size"),
        ({"ind": INCOME, "by": INCOME}, "same"),
    ],
)
def test_what_may_not_be_read_is_refused_with_words(n: Names, query: dict[str, str], reason: str) -> None:
    made = found(n.package, level="district", **query)
    assert made.refused is not None
    assert (made.refused.reason, made.found) == (reason, None)
    shown = told(n, level="district", **query)
    assert len(shown.said) > 30
    assert (shown.plots, list(shown.listing.rows), len(shown.rows)) == ((), [], 0)


def test_what_is_refused_has_no_empty_table_and_offers_no_file_without_rows() -> None:
    asked = {"lang": "en", "part": "unequal", "level": "district", "ind": INCOME}
    refused, answered = (whole(visit("onderzoek", by=by, **asked)) for by in (INCOME, POVERTY))
    assert [head.value for head in refused.header] == ["Cite this answer"]
    assert [head.value for head in answered.header] == ["Take the rows along", "Cite this answer"]
    assert "research_unequal" not in components(refused)
    assert components(answered)["research_unequal"]["rows"]


def test_the_order_of_a_modelled_figure_is_refused_as_the_guard_says_it(en: Names) -> None:
    said = told(en, level="district", by=LONELY).said
    assert "estimated by a model" in said
    assert "Choose a registered figure to put the areas in order" in said


def test_a_value_of_a_few_areas_is_refused(package: Package) -> None:
    rows = package.observations
    many = sorted(code for code in package.areas.index if str(code).startswith("WK"))[2:]
    gone = (rows["indicator_id"] == INCOME) & rows["area_code"].astype(str).isin(many)
    made = found(
        replace(package, observations=rows[~gone]), level="district", ind=SMOKING, val="known", by=INCOME
    )
    assert made.refused is not None
    assert (made.refused.reason, made.refused.count) == ("few", 2)


def test_published_limits_give_intervals(package: Package) -> None:
    """Two percentage points at each side of every value: the interval of the gap of the outer districts, which are one
    district each, is the root of 8 wide at each side."""
    rows = package.observations
    mine = rows["indicator_id"] == SMOKING
    limits = rows.assign(
        lower=(rows["value"] - 2).where(mine, rows["lower"]),
        upper=(rows["value"] + 2).where(mine, rows["upper"]),
    )
    made = found(replace(package, observations=limits), **DISTRICTS)
    assert made.found is not None
    gap = made.found.indices["ends_gap"]
    assert (gap.why_not, gap.upper - gap.value) == ("", pytest.approx(8**0.5))


# --- words --------------------------------------------------------------------------------------------------------


def test_the_sentence_says_the_gap(en: Names, nl: Names) -> None:
    made = found(en.package, **DISTRICTS).found
    assert made is not None
    said = told(en, **DISTRICTS).said
    low, high = (en.value(SMOKING, each) for each in (made.low, made.high))
    gap = en.w.number(abs(made.high - made.low), 1)
    assert said == (
        f"Smokers: {low} where the figure for average income per resident is lowest and {high} where it is highest, "
        f"each for a fifth of the residents. That is {gap} percentage points less."
    )
    assert told(nl, **DISTRICTS).said.endswith(
        "elk voor een vijfde van de inwoners. Dat is 3,5 procentpunt minder."
    )


def test_every_index_has_its_sign_in_words_and_why_it_has_no_interval(n: Names) -> None:
    shown = told(n, **DISTRICTS)
    cells = [[text_of(cell) for cell in row.cells] for row in shown.listing.rows]
    assert len(cells) == len(CODES)
    assert {row[2] for row in cells} == {n.w.t("less where it is higher")}
    assert {row[3] for row in cells} == {n.w.t("none: this edition has no limits")}
    assert cells[0][1].startswith("−")
    assert shown.rows["index"].tolist() == list(CODES)
    assert (shown.rows["why_no_interval"] != "").all()


def test_a_circle_is_warned_of_first(en: Names) -> None:
    assert told(en, **DISTRICTS).warnings[0] == (
        "A circle: the model behind Smokers already uses income. So they go together in the model, whether or not they "
        "do among people."
    )
    known = told(en, val="known", level="district", by=INCOME).warnings
    assert not any("circle" in each for each in known)
    assert "The register tells which initiatives are known, not all there are." in known


def test_one_initiative_that_turns_the_sign_is_told(en: Names) -> None:
    made = found(en.package, val="rate", level="district", by=POVERTY)
    assert made.told is not None
    untold = [
        each
        for each in told(en, val="rate", level="district", by=POVERTY).warnings
        if "cannot be told" in each
    ]
    assert bool(untold) == (not made.told.told)


@pytest.mark.parametrize("query", [DISTRICTS, {"val": "known", "need": "1"}, {"val": "rate", "by": INCOME}])
def test_every_column_of_the_files_is_explained(n: Names, query: dict[str, str]) -> None:
    shown = told(n, **query)
    explained = {each for key in shown.columns for each in key.split(", ")}
    assert {*shown.rows.columns, *shown.more["areas"].columns} == explained


def test_the_table_behind_the_pictures_has_all_that_they_show(n: Names) -> None:
    shown = told(n, **DISTRICTS)
    slope, curve = shown.plots
    assert isinstance(slope, Plot)
    names = {text_of(row.cells[0]).split(" (")[0] for row in shown.smaller[0].rows}
    dots = [dot.text.split(": ")[0] for each in slope.series[:2] for dot in each.dots]
    assert set(dots) == names
    made = found(n.package, **DISTRICTS).found
    assert made is not None
    assert len(curve.series[0].dots) == made.table["measure"].nunique() + 1


def test_signs() -> None:
    assert [sign(each, 0) for each in (2.0, -1.0, 0.0, float("nan"))] == [1, -1, 0, 0]
    assert [sign(each, 1) for each in (2.0, 0.5, 1.0)] == [1, -1, 0]


def test_a_level_without_the_figure_has_no_answer(package: Package) -> None:
    assert isinstance(package.observations, pd.DataFrame)
    choice = chosen(package, part="unequal", level="neighbourhood")
    nothing = replace(choice, figure=replace(choice.figure, indicator_id="", year=None))
    assert answer(package, nothing, 5) is None
