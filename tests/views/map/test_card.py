"""The card beside the map: every number in it counted again, and nothing said of rank, cause or absence."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest

from hsc_geo.analysis.explore import Choice, View, explore
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.map import card as cards
from tests.shared import naive
from tests.shared.limits import with_limits
from tests.views.saying import CLAIMS
from tests.views.tags import Tags
from tests.visit import names_of

OVERWEIGHT, REGISTER = "50090NED-Overgewicht", "REGISTER-Initiatieven"
FOCUS = {"WK054603": "Leiden Noord", "WK054605": "Leiden Zuidwest"}
PARTS = (cards.what_you_see, cards.why_it_matters, cards.what_you_can_do, cards.about_the_data)


@pytest.fixture(scope="session")
def all_views(package: Package) -> list[View]:
    choices = [Choice(indicator) for indicator in [*naive.indicators(), ""]]
    choices += [
        Choice(OVERWEIGHT, level="neighbourhood", facets={"ambition": ["A2"]}),
        Choice(OVERWEIGHT, text="qzqzqz"),
        Choice("", facets={"district": ["WK054603"]}),
        Choice(REGISTER, level="neighbourhood", text="LUMC"),
    ]
    return [explore(package, choice) for choice in choices]


def test_no_text_claims_a_rank_a_cause_or_an_absence(n: Names, all_views: list[View]) -> None:
    claims = re.compile(CLAIMS[n.w.code], re.IGNORECASE)
    for view in all_views:
        for part in (cards.what_you_see, cards.what_you_can_do):
            text = part(n, view)
            if view.choice.indicator:  # whose own name may hold such a word: "limited because of health"
                text = text.replace(naive.indicators()[view.choice.indicator][f"name_{n.w.code}"], "")
            assert not claims.search(text), (part.__name__, view.choice.indicator, text)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_claims_are_found_where_there_are_any(language: str) -> None:
    said = {
        "nl": "Noord is de slechtste wijk, doordat er geen sport is.",
        "en": "Noord is the worst, due to poverty.",
    }
    assert len(re.findall(CLAIMS[language], said[language])) == 2


def test_every_view_has_a_card_whose_parts_have_text(n: Names, all_views: list[View]) -> None:
    for view in all_views:
        assert all(part(n, view).strip() for part in PARTS), view.choice.indicator
        found = Tags(cards.card(n, view))
        assert [tag for tag, _ in found.tags if tag == "h2"] == ["h2"] * 4
        assert not re.search(r"\bnan\b|None|<NA>|\{|\}|NaN", found.text), found.text


def figures(text: str) -> list[str]:
    return re.findall(r"\d[\d,.]*%", text)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_what_you_see_says_the_range_as_published(package: Package, en: Names, level: str) -> None:
    for indicator in ("50090NED-Overgewicht", "50090NED-Roker", "50090NED-ErvarenGezondheidGoedZeerGoed"):
        view = explore(package, Choice(indicator, level=level))
        values = [naive.observed(indicator, "2020", "18plus", code) for code in naive.codes_of(level)]
        known = [value for value in values if value is not None]
        shown = figures(cards.what_you_see(en, view))
        assert shown[:2] == [f"{min(known):.1f}%", f"{max(known):.1f}%"]


def test_what_you_see_puts_the_focus_districts_beside_the_city(package: Package, nl: Names) -> None:
    text = cards.what_you_see(nl, explore(package, Choice(OVERWEIGHT)))
    city = naive.observed(OVERWEIGHT, "2020", "18plus", "GM0546")
    assert "Leiden Noord 45,2%" in text
    assert f"Leiden {city:.1f}%".replace(".", ",") in text
    for code, name in FOCUS.items():
        value = f"{naive.observed(OVERWEIGHT, '2020', '18plus', code):.1f}%".replace(".", ",")
        assert f"{name} {value}" in text


@pytest.mark.parametrize(
    "choices",
    [{}, {"ambition": ["A3"]}, {"district": ["WK054603"]}, {"status": ["ended"], "sector": ["research"]}],
)
def test_what_you_see_counts_each_initiative_once(
    package: Package, en: Names, choices: dict[str, list[str]]
) -> None:
    text = cards.what_you_see(en, explore(package, Choice("", facets=choices)))
    fit = [key for key in naive.initiatives() if naive.fits(key, choices)]
    scopes = [next(iter(naive.scope(key))) for key in fit if not naive.served()[key]]
    groups = [len(fit) - len(scopes), *(scopes.count(scope) for scope in ("city", "region", "unknown"))]
    if choices.get("district"):
        shared = sum(len(naive.scope(key)) > 1 for key in fit)
        groups = [groups[0] - shared, shared, *groups[1:3]] if shared else groups[:3]
    first, parts = re.fullmatch(r"(\d+) initiatives? fits? your choices \(.*?\); (.*)\.", text).groups()
    found = [0 if said == "none known" else int(said) for said in re.findall(r": (none known|\d+)", parts)]
    assert [int(first), *found] == [len(fit), *groups]


def test_the_counts_of_the_register_are_counts(package: Package, n: Names) -> None:
    text = cards.what_you_see(n, explore(package, Choice(REGISTER)))
    served = [naive.served()[key] for key in naive.current()]
    known = [sum(code in areas for areas in served) for code in naive.codes_of("district")]
    assert list(map(int, re.findall(r"\d+", text)[:2])) == [min(known), max(known)]


def test_a_count_is_not_followed_by_the_word_number(package: Package, n: Names) -> None:
    text = cards.what_you_see(n, explore(package, Choice(REGISTER)))
    assert not re.search(r"\d (number|aantal)\b", text), text


def test_about_the_data_names_table_year_age_kind_and_what_is_missing(package: Package, en: Names) -> None:
    view = explore(package, Choice(OVERWEIGHT, level="neighbourhood"))
    text = cards.about_the_data(en, view)
    for part in ("50090NED", "RIVM", "2020", "18", "interval", "Klein Cronestein (suppressed by the source)"):
        assert part in text
    assert "odelled" in text


def test_the_interval_is_said_to_lack_only_where_it_lacks(package: Package, en: Names) -> None:
    assert "No interval" in cards.about_the_data(en, explore(package, Choice(OVERWEIGHT)))
    limited = with_limits(package)
    view = explore(limited, Choice(OVERWEIGHT))
    text = cards.about_the_data(replace(en, package=limited), view)
    assert "No interval" not in text
    assert "95% interval" in text
    assert "Fingertips" in text  # whose rule it is, where it is used


def test_an_indicator_without_figures_at_this_level_says_so(package: Package, en: Names) -> None:
    from hsc_geo.analysis.figures import values

    key = "83765NED-HuishOnderOfRondSociaalMinimum"  # known for neighbourhoods only
    view = explore(package, Choice(key))
    table = values(package, key, 2017, "all", "district")
    assert "not published at this level" in cards.about_the_data(en, View(**{**vars(view), "table": table}))


def test_limits_and_what_it_may_not_be_used_for_are_in_the_card(n: Names, all_views: list[View]) -> None:
    for view in all_views:
        key = view.choice.indicator
        if key in ("", REGISTER):
            continue
        text = Tags(cards.card(n, view)).text
        row = naive.indicators()[key]
        assert row[f"caveats_{n.w.code}"] in text
        assert row[f"not_for_{n.w.code}"] in text
        assert row[f"definition_{n.w.code}"] in text


@pytest.mark.parametrize(
    ("direction", "said"), [("high_good", "favourable"), ("high_bad", "unfavourable"), ("neutral", "")]
)
def test_the_direction_is_said_as_the_table_has_it(
    package: Package, en: Names, direction: str, said: str
) -> None:
    key = next(
        key for key, row in naive.indicators().items() if row["direction"] == direction and key != REGISTER
    )
    text = cards.why_it_matters(en, explore(package, Choice(key)))
    assert re.findall(r"A higher value is (\w+)\.", text) == ([said] if said else [])


def test_hostile_names_in_the_card_are_text(hostile_package: Package) -> None:
    n = names_of(hostile_package, Words("en"))
    view: Any = explore(hostile_package, Choice(OVERWEIGHT, level="district"))
    missing = view.table.assign(status="suppressed", value=float("nan"))
    found = Tags(cards.card(n, View(**{**vars(view), "table": missing})))
    assert {tag for tag, _ in found.tags} <= {"section", "h2", "p", "details", "summary"}
    assert "<script>alert(1)</script>" in found.text
