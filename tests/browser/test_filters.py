"""Filters: the number beside an option is what choosing it gives, in the summary, the table and on the map."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import naive
from tests.browser.visiting import MAP, NARROW, SIZES, Arrivals, Visit

FACETS = (*naive.FACETS, "district")
ALL = len(naive.initiatives())
KNOWN = naive.not_ended()  # what counts as long as nobody asks for what has ended


def test_each_facet_alone_and_clear_all(arrive: Arrivals) -> None:
    """The most frequent option of each facet; the counts are those of plain counting in the files."""
    visit = arrive().go(MAP, table="initiatives")
    drawn = visit.map()
    drawn.mark()
    for facet in FACETS:
        code, count = _most_frequent(facet, {})
        _choose_option(visit, facet, code, count, "nl")
        _expect_shown(visit, naive.fitting({facet: [code]}))
        assert visit.choices()[facet] == [code]
        visit.after(visit.key("clear").get_by_role("button").click)
        _expect_shown(visit, KNOWN)
        assert facet not in visit.choices()
    assert drawn.kept()


def _most_frequent(facet: str, choices: dict[str, list[str]]) -> tuple[str, int]:
    """The option that most initiatives have under the choices in other facets, and how many have it."""
    counted = naive.beside(facet, choices)
    known = {code: n for code, n in counted.items() if code not in ("none", "city", "region", "unknown")}
    code = min(known, key=lambda code: (-known[code], code))
    return code, known[code]


def _choose_option(visit: Visit, facet: str, code: str, count: int, language: str) -> None:
    """Choose an option; its label must tell the count."""
    label = f"{naive.option_name(facet, code, language)} ({count})"
    if facet == "amb":
        button = visit.key("w_amb").get_by_role("button", name=label, exact=True)
        visit.after(lambda: visit.press(button))
    else:
        visit.choose(f"w_{facet}", label)


def _expect_shown(visit: Visit, keys: list[str]) -> None:
    """These initiatives, and no others, in summary, table and map."""
    visit.eventually(visit.shown, (len(keys), ALL))
    table = visit.key("table_initiatives")
    expect(table.locator("caption")).to_have_text(_begins(len(keys)))
    first = [row[0] for row in visit.table("table_initiatives")]
    assert first == [naive.initiatives()[key]["name"] for key in keys][:25]
    visit.eventually(visit.map().initiatives_drawn, len(naive.drawn(keys)))


def _begins(count: int) -> re.Pattern[str]:
    return re.compile(rf"^{count}\D")


@pytest.mark.parametrize("size", SIZES, ids=["wide", "narrow"])
def test_facets_together(arrive: Arrivals, size: tuple[int, int]) -> None:
    """One option after another; each count is under the choices made before. Two of one facet widen."""
    visit = arrive(size).go(MAP, table="initiatives", lang="en")
    visit.open_sidebar()
    choices: dict[str, list[str]] = {}
    for facet in ("amb", "sector", "district"):
        code, count = _most_frequent(facet, choices)
        _choose_option(visit, facet, code, count, "en")
        choices[facet] = [code]
        _expect_shown(visit, naive.fitting(choices))
    second, count = next(
        (code, count)
        for code in ("A4", "A2", "A3", "A1")
        if code not in choices["amb"]
        for count in [len(naive.fitting({**choices, "amb": [code]}))]
        if count
    )
    _choose_option(visit, "amb", second, count, "en")
    choices["amb"].append(second)
    _expect_shown(visit, naive.fitting(choices))
    visit.after(lambda: visit.press(visit.key("clear").get_by_role("button")))
    _expect_shown(visit, KNOWN)


def test_search(arrive: Arrivals) -> None:
    visit = arrive().go(MAP)
    field = visit.key("w_q").get_by_role("searchbox")
    for words in ("sport", "CAFE", "gezond kinderen", "50% [a-z]* \\ ' \" <b>"):
        field.fill(words)
        visit.after(lambda: field.press("Enter"))
        found = naive.fitting({}, words)
        visit.eventually(visit.shown, (len(found), ALL))
        assert visit.choices()["q"] == [words]
        known = [len(naive.serving(code, found)) for code in naive.of_level("district")]
        visit.eventually(lambda: [int(row[-1]) for row in visit.table("table_areas")], known)
    visit.after(visit.key("clear_top").get_by_role("button").click)
    visit.eventually(visit.shown, (len(KNOWN), ALL))
    expect(field).to_have_value("")


def test_nothing_found_is_told_and_can_be_undone(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(MAP, q="zzzz", table="initiatives", lang="en")
    assert visit.shown() == (0, ALL)
    assert visit.map().initiatives_drawn() == 0
    expect(visit.page.get_by_test_id("stAlert")).to_have_text("No initiative known fits these choices.")
    visit.after(lambda: visit.press(visit.key("clear_top").get_by_role("button")))
    visit.eventually(visit.shown, (len(KNOWN), ALL))


def test_removing_one_of_two_options(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, life=["0-4", "65+"])
    visit.eventually(visit.shown, (len(naive.fitting({"life": ["0-4", "65+"]})), ALL))
    tags = visit.key("w_life").locator("[data-tag]:visible")
    expect(tags).to_have_count(2)
    visit.after(tags.first.get_by_role("button").click)
    visit.eventually(visit.shown, (len(naive.fitting({"life": ["65+"]})), ALL))
    assert visit.choices()["life"] == ["65+"]
