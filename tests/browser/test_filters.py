"""Filters: the number beside an option is what choosing it gives, in the summary, the table and on the map.

A district adds to it what is there for the whole city or the region; its summary tells these beside its own number.
"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.browser import naive
from tests.browser.visiting import MAP, NARROW, WIDE, Arrivals, Visit

FACETS = (*naive.FACETS, "district")
KNOWN = len(naive.not_ended())  # what counts as long as nobody asks for what has ended
KNOWN_OF_AREA = 4  # the column of the table of areas with the initiatives known to each

AMBITION = {  # as the line of choices calls them
    "nl": {"A1": "Samenwerken", "A2": "Gezond gewicht", "A3": "Rookvrije jeugd", "A4": "Mentale gezondheid"},
    "en": {"A1": "Working together", "A2": "Healthy weight", "A3": "Smoke-free youth", "A4": "Mental health"},
}
BESIDE = {"nl": ("voor de hele stad", "voor de regio"), "en": ("for the whole city", "for the region")}


def test_each_facet_alone_and_clear_all(arrive: Arrivals) -> None:
    """The most frequent option of each facet; the counts are those of plain counting in the files."""
    visit = arrive().go(MAP, table="initiatives")
    drawn = visit.map()
    drawn.mark()
    for facet in FACETS:
        code, count = _most_frequent(facet, {})
        _choose_option(visit, facet, code, count, "nl")
        _expect_shown(visit, {facet: [code]})
        assert visit.choices()[facet] == [code]
        visit.close_chip()
        visit.after(visit.key("clear_choices").get_by_role("button").click)
        _expect_shown(visit, {})
        assert facet not in visit.choices()
    assert drawn.kept()


def test_a_filter_sends_little_and_leaves_the_rest_of_the_page(arrive: Arrivals) -> None:
    """At most 25 messages and 16 kB; what is not sent stands as it stood, down to the node."""
    visit = arrive()
    sent: list[int] = []
    visit.page.on("websocket", lambda socket: socket.on("framereceived", lambda data: sent.append(len(data))))
    visit.go(MAP)
    visit.page.evaluate("document.querySelector('.st-key-w_table').dataset.before = 'yes'")
    sent.clear()
    _choose_option(visit, "amb", *_most_frequent("amb", {}), "nl")
    assert len(sent) <= 25
    assert sum(sent) <= 16_000
    assert visit.page.locator(".st-key-w_table[data-before=yes]").count() == 1


def _most_frequent(facet: str, choices: dict[str, list[str]]) -> tuple[str, int]:
    """The option that most initiatives have under the choices in other facets, and how many have it."""
    counted = naive.beside(facet, choices)
    known = {code: n for code, n in counted.items() if code not in ("none", "city", "region", "unknown")}
    code = min(known, key=lambda code: (-known[code], code))
    return code, known[code]


def _choose_option(visit: Visit, facet: str, code: str, count: int, language: str) -> None:
    """Choose an option; its label must tell the count."""
    if facet == "amb":
        visit.close_chip()
        button = visit.key("w_amb").get_by_role(
            "button", name=f"{AMBITION[language][code]} ({count})", exact=True
        )
        visit.after(lambda: visit.press(button))
    else:
        visit.choose(f"w_{facet}", f"{naive.option_name(facet, code, language)} ({count})")


def _expect_shown(visit: Visit, choices: dict[str, list[str]], language: str = "nl") -> None:
    """The initiatives that fit the choices, and no others, in summary, table and map; with a district chosen those of
    its own come first."""
    keys = naive.fitting(choices)
    if "district" in choices:
        visit.eventually(lambda: _told(visit, language), _expected(choices))
        keys = [key for group in _groups(choices) for key in group]
    else:
        visit.eventually(visit.shown, len(keys))
    table = visit.key("table_initiatives")
    expect(table.locator("caption")).to_have_text(_begins(len(keys)))
    first = [row[0] for row in visit.table("table_initiatives")]
    assert first == [naive.initiatives()[key]["name"] for key in keys][:25]
    visit.eventually(visit.map().initiatives_drawn, len(naive.drawn(keys)))


def _groups(choices: dict[str, list[str]]) -> tuple[list[str], ...]:
    """Who fits, by whom they are for: the one district that is chosen, others too, the whole city, the region."""
    found, district = naive.fitting(choices), choices["district"][0]
    own = [key for key in found if naive.codes(key, "district") == {district}]
    shared = [key for key in found if naive.codes(key, "district") > {district}]
    city, region = ([key for key in found if naive.codes(key, "district") == {each}] for each in naive.WIDE)
    assert sorted([*own, *shared, *city, *region]) == sorted(found)
    return own, shared, city, region


def _told(visit: Visit, language: str) -> list[int]:
    """What the sentence tells of a district: its own number, and those for the city and the region."""
    text = visit.page.locator("#summary").inner_text()
    beside = [re.search(rf"(\d+) {each}", text) for each in BESIDE[language]]
    return [visit.shown(), *(int(found[1]) if found else 0 for found in beside)]


def _expected(choices: dict[str, list[str]]) -> list[int]:
    own, shared, city, region = map(len, _groups(choices))
    return [own + shared, city, region]


def _begins(count: int) -> re.Pattern[str]:
    return re.compile(rf"^{count}\D")


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_facets_together(arrive: Arrivals, size: tuple[int, int]) -> None:
    """One option after another; each count is under the choices made before. Two of one facet widen."""
    visit = arrive(size).go(MAP, table="initiatives", lang="en")
    choices: dict[str, list[str]] = {}
    for facet in ("amb", "sector", "district"):
        code, count = _most_frequent(facet, choices)
        _choose_option(visit, facet, code, count, "en")
        choices[facet] = [code]
        _expect_shown(visit, choices, "en")
    second, count = next(
        (code, count)
        for code in ("A4", "A2", "A3", "A1")
        if code not in choices["amb"]
        for count in [len(naive.fitting({**choices, "amb": [code]}))]
        if count
    )
    _choose_option(visit, "amb", second, count, "en")
    choices["amb"].append(second)
    _expect_shown(visit, choices, "en")
    visit.after(lambda: visit.press(visit.key("clear_choices").get_by_role("button")))
    _expect_shown(visit, {})


def test_search(arrive: Arrivals) -> None:
    visit = arrive().go(MAP)
    visit.open_chip("w_q")
    field = visit.key("w_q").get_by_role("searchbox")
    for words in ("sport", "CAFE", "gezond kinderen", "50% [a-z]* \\ ' \" <b>"):
        field.fill(words)
        visit.after(lambda: field.press("Enter"))
        found = naive.fitting({}, words)
        visit.eventually(visit.shown, len(found))
        assert visit.choices()["q"] == [words]
        known = [len(naive.serving(code, found)) for code in naive.focus_first("district")]
        visit.eventually(
            lambda: [_number(row[KNOWN_OF_AREA]) for row in visit.table("table_areas")[:-3]], known
        )
    visit.close_chip()
    visit.after(visit.key("clear_choices").get_by_role("button").click)
    visit.eventually(visit.shown, KNOWN)
    visit.open_chip("w_q")
    expect(field).to_have_value("")


def _number(cell: str) -> int:
    return int(cell) if cell.isdigit() else 0


def test_nothing_found_is_told_and_can_be_undone(arrive: Arrivals) -> None:
    visit = arrive(NARROW).go(MAP, q="zzzz", table="initiatives", lang="en")
    assert visit.shown() == 0
    assert visit.map().initiatives_drawn() == 0
    expect(visit.page.get_by_test_id("stAlert")).to_have_text("No initiative known fits these choices.")
    visit.after(lambda: visit.press(visit.key("clear_choices").get_by_role("button")))
    visit.eventually(visit.shown, KNOWN)


def test_removing_one_of_two_options(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, life=["0-4", "65+"])
    visit.eventually(visit.shown, len(naive.fitting({"life": ["0-4", "65+"]})))
    visit.open_chip("w_life")
    tags = visit.key("w_life").locator("[data-tag]:visible")
    expect(tags).to_have_count(2)
    visit.after(tags.first.get_by_role("button").click)
    visit.eventually(visit.shown, len(naive.fitting({"life": ["65+"]})))
    assert visit.choices()["life"] == ["65+"]
