"""What visitors share of an answer: all of it who choose the same, and nothing of another language, day or choice."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import fields, replace
from typing import Any

import pandas as pd
import pytest

from hsc_geo.analysis.explore import Choice, View, explore
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.analysis.own_area import OwnArea
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.map.rows import tip_texts
from hsc_geo.views.map.tables import area_listing
from tests.visit import names_of

WEIGHT, PEOPLE = "50090NED-Overgewicht", "85984NED-AantalInwoners"
DAY = dt.date(2026, 11, 1)
ONE = Choice(WEIGHT, facets={"ambition": ["A1"]}, as_of=DAY)
OTHERS: dict[str, Any] = {
    "indicator": REGISTER_INDICATOR,
    "year": 2016,
    "age_group": "65plus",
    "level": "neighbourhood",
    "scheme": "equal",
    "k": 4,
    "facets": {"ambition": ["A1", "A3"]},
    "text": "wandel",
    "ended": True,
    "as_of": dt.date(2020, 1, 1),
    "breaks": "40;50",
}


def told(view: View) -> list[Any]:
    """All that a view says."""
    classes = view.classes and [
        list(value.items()) if isinstance(value, pd.Series) else value
        for value in (getattr(view.classes, each.name) for each in fields(view.classes))
    ]
    served = [list(part.items()) for part in (view.served.by_area, view.served.district_only)]
    table = view.table.astype(str).to_csv()
    return [view.choice, view.mask.tolist(), view.ids, served, view.here, table, classes, view.changed]


def fresh(package: Package) -> Package:
    """The same data with nothing kept."""
    return replace(package)


def test_each_choice_gets_its_own_answer_whoever_asked_before(package: Package) -> None:
    shared = fresh(package)
    asked = [ONE, *(replace(ONE, **{name: value}) for name, value in OTHERS.items())]
    assert {each.name for each in fields(Choice)} == set(OTHERS)
    asked += [replace(ONE, level="neighbourhood", scheme="quantiles", k=k) for k in (3, 6)]
    asked.append(replace(ONE, scheme="own", breaks="40;50"))
    for each in random.Random(4).sample(asked * 3, 3 * len(asked)):
        assert told(explore(shared, each)) == told(explore(fresh(package), each))


def test_who_chooses_the_same_gets_the_same_answer(package: Package) -> None:
    assert explore(package, ONE) is explore(package, replace(ONE, facets={"ambition": ["A1"]}))


def test_a_list_that_changes_later_changes_no_answer(package: Package) -> None:
    shared, codes = fresh(package), ["A1"]
    first = explore(shared, replace(ONE, facets={"ambition": codes}))
    codes.append("A3")
    assert first.choice.facets == {"ambition": ["A1"]}
    assert explore(shared, ONE) is first
    assert len(explore(shared, replace(ONE, facets={"ambition": codes})).ids) > len(first.ids)


def test_nobody_can_change_which_initiatives_fit(package: Package) -> None:
    with pytest.raises(ValueError, match="read-only"):
        explore(package, ONE).mask[0] = True


def test_a_filter_leaves_the_classes_of_a_published_figure_and_makes_those_of_our_count(
    package: Package,
) -> None:
    other = replace(ONE, facets={"ambition": ["A3"]}, text="wandel")
    assert explore(package, ONE).classes is explore(package, other).classes
    fine = replace(ONE, level="neighbourhood", scheme="quantiles")
    asked = [explore(package, replace(fine, k=k)).classes for k in (3, 6)]
    assert [each and each.asked for each in asked] == [3, 6]
    counted = [explore(package, replace(each, indicator=REGISTER_INDICATOR)).classes for each in (ONE, other)]
    assert counted[0]
    assert counted[1]
    assert counted[0].counts != counted[1].counts


def visitors(package: Package) -> list[Names]:
    """Visits that differ in one thing each."""
    own = OwnArea("Own", ("BU05460000", "BU05460001"))
    nl = names_of(package, Words("nl"), DAY)
    return [
        nl,
        replace(nl, w=Words("en")),
        replace(nl, today=dt.date(2020, 1, 1), fixed=True),
        replace(nl, small_counts=5_000),
        replace(nl, own=(own,)),
        replace(nl, now=nl.now + dt.timedelta(days=400)),
    ]


@pytest.mark.parametrize("indicator", [WEIGHT, PEOPLE, REGISTER_INDICATOR, ""])
def test_each_visitor_reads_rows_and_tooltips_of_its_own(package: Package, indicator: str) -> None:
    shared, choice = fresh(package), replace(ONE, indicator=indicator)
    view = explore(shared, choice)
    for n in random.Random(7).sample(visitors(shared) * 2, 12):
        alone = fresh(package)
        other = explore(alone, choice)
        assert str(area_listing(view, n)) == str(area_listing(other, replace(n, package=alone)))
        if indicator:
            assert tip_texts(view, n) == tip_texts(other, replace(n, package=alone))


def test_languages_and_settings_make_another_table(package: Package) -> None:
    view = explore(package, ONE)
    nl, en, _, few, *_ = visitors(package)
    assert area_listing(view, nl) is area_listing(view, replace(nl, now=dt.datetime.now().astimezone()))
    assert area_listing(view, nl).columns != area_listing(view, en).columns
    assert area_listing(view, nl).rows != area_listing(view, few).rows
