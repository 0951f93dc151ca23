"""The tables under the map and on the data page: the same as the data, sorted and paged, a row fills the panel."""

from __future__ import annotations

from collections import Counter

import pytest
from playwright.sync_api import Locator, expect

from hsc_geo.views.kit.words import Words
from tests.browser import naive
from tests.browser.visiting import DATA, MAP, WIDE, Arrivals

OVERWEIGHT = "50090NED-Overgewicht"
PAGE = 25


@pytest.mark.parametrize("language", ["nl", "en"])
def test_areas_are_those_of_the_data(arrive: Arrivals, language: str) -> None:
    """Every district, then every neighbourhood on all pages: figure or reason, residents, initiatives known."""
    visit = arrive().go(MAP, ind=OVERWEIGHT, lang=language)
    assert _without_people(visit.table("table_areas")) == _area_rows("district", language)
    visit.after(visit.key("w_level").get_by_role("radio").nth(1).click)
    wanted = _area_rows("neighbourhood", language)
    visit.eventually(lambda: _without_people(visit.table("table_areas")), wanted[:PAGE])
    assert _without_people(visit.all_rows("table_areas")) == wanted
    visit.eventually(lambda: visit.choices()["page"], [str(-(-len(wanted) // PAGE))])


def _without_people(rows: list[list[str]]) -> list[list[str]]:
    """Without the last column, about how many people the figure is: tests/views counts it."""
    return [row[:-1] for row in rows]


def _area_rows(level: str, language: str) -> list[list[str]]:
    """The focus districts first, and below the city and what is there for more than one area."""
    known, more = naive.not_ended(), [""] if level == "neighbourhood" else []
    of = Counter(naive.initiatives()[key]["precision"] for key in known if not naive.served()[key])
    people = naive.number(float(naive.areas()["GM0546"]["population"]), 0, language)
    figure = naive.figure(OVERWEIGHT, "2020", "18plus", "GM0546", language)
    for_city, for_region = (Words(language).t(each) for each in ("For the whole city", "For the region"))
    return [
        *(_area_row(code, level, language) for code in naive.focus_first(level)),
        ["Leiden", "", figure, people, str(sum(bool(naive.served()[key]) for key in known)), *more],
        [for_city, "", "", "", str(of["city"]), *more],
        [for_region, "", "", "", str(of["region"]), *more],
    ]


def _area_row(code: str, level: str, language: str) -> list[str]:
    area = naive.areas()[code]
    known = naive.not_ended()
    focus = naive.focus().get(code, {}).get(f"name_{language}", "")
    parent = naive.areas()[area["parent_code"]]["name"] if level == "neighbourhood" else focus
    suppressed = Words(language).t("suppressed by the source")
    figure = naive.figure(OVERWEIGHT, "2020", "18plus", code, language)
    row = [area["name"], parent, figure or suppressed, naive.number(float(area["population"]), 0, language)]
    none = Words(language).t("none known")
    row.append(str(len(naive.serving(code, known)) or none))
    return row if level == "district" else [*row, str(_district_only(code) or none)]


def _district_only(code: str) -> int:
    """Initiatives that serve the district around a neighbourhood, and of that district no neighbourhood."""
    district = naive.areas()[code]["parent_code"]
    inside = {area for area, row in naive.areas().items() if row["parent_code"] == district}
    served = [naive.served()[key] for key in naive.not_ended()]
    return sum(district in areas and not areas & inside for areas in served)


@pytest.mark.parametrize("size", [WIDE], ids=["wide"])
def test_sorting_areas(arrive: Arrivals, size: tuple[int, int]) -> None:
    visit = arrive(size).go(MAP, ind=OVERWEIGHT, level="neighbourhood", lang="en")
    table = visit.key("table_areas")
    heads = table.locator("thead th")
    visit.eventually(lambda: set(_sorted_by(heads)), {"none"})
    values = {code: naive.observations().get((OVERWEIGHT, "2020", "18plus", code)) for code in _buurten()}
    known = {code: float(row["value"]) for code, row in values.items() if row and row["status"] == "present"}
    for direction, sign in (("descending", -1), ("ascending", 1)):
        visit.after(lambda: visit.press(heads.nth(2).get_by_role("button")))
        visit.eventually(lambda: _sorted_by(heads)[2], direction)
        assert [mark for mark in _sorted_by(heads) if mark != "none"] == [direction]
        order = sorted(known, key=lambda code, sign=sign: sign * known[code])
        names = [naive.areas()[code]["name"] for code in order[:PAGE]]
        shown = [float(row[2].rstrip("%")) for row in visit.table("table_areas")]
        assert shown == [known[code] for code in order[:PAGE]]
        assert sorted(names[:5]) == sorted(row[0] for row in visit.table("table_areas")[:5])
        assert visit.choices().get("desc") == (["1"] if sign < 0 else None)
    assert visit.all_rows("table_areas")[-4][2] == "suppressed by the source"


def _buurten() -> list[str]:
    return naive.of_level("neighbourhood")


def _sorted_by(heads: Locator) -> list[str]:
    return heads.evaluate_all("heads => heads.map(head => head.getAttribute('aria-sort'))")


def test_initiatives_sorted_paged_and_chosen(arrive: Arrivals) -> None:
    visit = arrive().go(MAP, lang="en")
    visit.after(visit.key("w_table").get_by_role("radio").nth(1).click)
    table = visit.key("table_initiatives")
    by_name = sorted(naive.not_ended(), key=lambda key: naive.initiatives()[key]["name"].casefold())
    visit.after(table.locator("thead button").first.click)
    expect(table.locator("thead th").first).to_have_attribute("aria-sort", "ascending")
    seen = [row[0] for row in visit.all_rows("table_initiatives")]
    assert [name.casefold() for name in seen] == [naive.initiatives()[k]["name"].casefold() for k in by_name]
    last = by_name[-1]
    button = table.get_by_role("button", name=naive.initiatives()[last]["name"], exact=True)
    visit.after(button.click)
    expect(visit.page.locator("#panel")).to_have_text(naive.initiatives()[last]["name"])
    expect(button).to_have_attribute("aria-current", "true")
    visit.eventually(lambda: visit.choices()["sel"], [last])


@pytest.mark.parametrize("ended", [False, True], ids=["known", "ended-too"])
def test_what_serves_no_district_has_its_own_table(arrive: Arrivals, ended: bool) -> None:
    visit = arrive().go(MAP, table="citywide", lang="en", **({"ended": "1"} if ended else {}))
    known = list(naive.initiatives()) if ended else naive.not_ended()
    wide = [key for key in known if not naive.served()[key]]
    assert visit.caption("table_initiatives").startswith(f"{len(wide)} ")
    assert [row[0] for row in visit.table("table_initiatives")] == [
        naive.initiatives()[key]["name"] for key in wide[:PAGE]
    ]
    links = visit.key("table_initiatives").locator("tbody a")
    sources = [naive.initiatives()[key]["source_url"] for key in wide[:PAGE]]
    assert links.evaluate_all("links => links.map(link => link.getAttribute('href'))") == sources


def test_a_row_of_the_areas_fills_the_panel(arrive: Arrivals) -> None:
    visit = arrive().go(MAP)
    for number in (0, 4):
        button = visit.key("table_areas").locator("tbody button").nth(number)
        visit.after(button.click)
        expect(visit.page.locator("#panel")).to_have_text(button.inner_text())
        expect(button).to_have_attribute("aria-current", "true")
        expect(visit.key("table_areas").locator("tr.chosen")).to_have_count(1)
    visit.eventually(
        visit.map().frame.locator(".leaflet-hsc-focus-pane path[stroke-dasharray='1 7']").count, 1
    )


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_figure_on_the_data_page(arrive: Arrivals, language: str) -> None:
    visit = arrive().go(DATA, lang=language)
    names = {row["concept"]: row[f"name_{language}"] for row in naive.rows("indicators")}.values()
    seen = [row[0] for row in visit.all_rows("indicators")]
    assert sorted(seen) == sorted(names)
    visit.after(visit.key("indicators").locator("tbody button").first.click)
    chosen = next(row for row in naive.rows("indicators") if row["indicator_id"] == visit.choices()["ind"][0])
    text = visit.text()
    for column in ("definition", "caveats", "not_for", "method"):
        assert chosen[f"{column}_{language}"] in text
    assert chosen["table_id"] in text
