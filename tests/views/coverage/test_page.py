"""The coverage page, run by AppTest: both languages, every choice, wrong links, a filter that leaves nothing.

What it shows is counted again from data/*.csv; what reach computes has its own tests.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.reach import reach
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import parameters
from hsc_geo.views.coverage.screen.known import pick
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, Param, write
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.counts import cell_text
from hsc_geo.web import package as web_package
from hsc_geo.web import screen
from hsc_geo.web.settings import Settings
from tests.shared import naive
from tests.shared.asked import with_asked
from tests.shared.hostile import LINK, SCRIPT, keys
from tests.views.coverage.visiting import address, cells, said, texts, visit
from tests.views.screens import SITE, components, html, notes, text, whole
from tests.views.tags import Tags
from tests.visit import names_of

ALL = list(naive.initiatives())
SMOKERS = "50150NED-RooktTabak"
FOCUS = ["WK054603", "WK054605"]
AMBITIONS = ["A1", "A2", "A3", "A4"]
LANGUAGES = ["nl", "en"]
WRONG = {
    "conf": "13",
    "count": "most",
    "level": "street",
    "split": "colour",
    "wide": "yes",
    "area": "WK999999",
    "amb": "A9",
    "sel": "LEI-999",
    "sort": "<b>",
    "desc": "yes",
    "page": "0",
    "lpage": "-1",
    "dist": "50001",
    "ramb": "'; drop",
    "rlife": "old",
    "part": "all",
    "fca": "3sfca",
    "band": "0",
    "show": "all",
    "places": "6",
    "nyear": "1999",
    "nage": "old",
    "like": "LEI-001",
    "claim": "truth",
}


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def there(key: str, row: str) -> bool:
    return row in naive.served()[key] or row in naive.scope(key)


def not_ended() -> list[str]:
    return [key for key in ALL if naive.initiatives()[key]["status"] != "ended"]


def with_code(ids: list[str], column: str, *codes: str) -> list[str]:
    return [key for key in ids if naive.parts(naive.initiatives()[key][column]) & set(codes)]


def in_cells(ids: list[str], row: str) -> list[int]:
    here = [key for key in ids if there(key, row)]
    return [len(with_code(here, "ambition_codes", ambition)) for ambition in AMBITIONS] + [len(here)]


def districts() -> list[str]:
    """Focus districts first."""
    return [*FOCUS, *(code for code in naive.codes_of("district") if code not in FOCUS)]


def total(ids: list[str]) -> list[str]:
    """The last row: each once, for whatever area it is."""
    each = [len(with_code(ids, "ambition_codes", ambition)) for ambition in AMBITIONS]
    return [str(number) for number in (*each, len(ids))]


def expected_cells(ids: list[str], row: str, none: str, ever: list[str] | None = None) -> list[str]:
    """`ever`: initiatives known whatever their status and age; an empty cell can be one where none of them counts."""
    once = in_cells(ever or [], row)
    return [
        str(number) if number else f"none counts ({known} known)" if known else none
        for number, known in zip(in_cells(ids, row), once, strict=True)
    ]


# --- the page as it opens -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_site_has_the_page(package: Package, language: str) -> None:
    app = AppTest.from_file(str(SITE), default_timeout=60)
    app.query_params = {"lang": language}
    app.run().switch_page("coverage.py")
    app.query_params = {"lang": language, "conf": "24"}
    assert whole(app.run()).title[0].value == Words(language).t("Coverage")
    assert address(app) == {"lang": [language], "conf": ["24"]}


QUESTIONS = {
    "known": "What is there?",
    "near": "Who lives near?",
    "need": "Where does it fall short?",
    "next": "Where would it help?",
    "elsewhere": "What could come from elsewhere?",
    "bear": "What can this figure (not) say?",
}
HEADINGS = {
    "known": ["Districts without a known initiative, by ambition"],
    "near": ["Access when places are shared"],
    "next": ["What if"],
}


@pytest.mark.parametrize("part", QUESTIONS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_opens_in_both_languages(package: Package, language: str, part: str) -> None:
    """Six questions as tabs; in the open one first the sentence, in the one answer, then the headings under it."""
    w = Words(language)
    app = visit(lang=language, part=part)
    assert app.title[0].value == w.t("Coverage")
    assert [each.label for each in app.tabs] == [w.t(each) for each in QUESTIONS.values()]
    opened = [tab for tab in app.tabs if tab.get("html")]
    assert [tab.label for tab in opened] == [w.t(QUESTIONS[part])]
    assert re.search(r"\d", said(app))
    assert [each.value for each in app.header] == [w.t(each) for each in HEADINGS.get(part, [])]


def test_a_changed_choice_changes_the_sentence(package: Package) -> None:
    known = {
        said(visit(lang="en", **more)) for more in ({}, {"area": "WK054605", "amb": "A3"}, {"conf": "36"})
    }
    assert len(known) == 3
    for part, choices in (
        ("near", [{"dist": "800"}, {"ramb": "A4"}]),
        ("need", [{"ramb": "A2"}, {"level": "neighbourhood"}]),
        ("next", [{"focus": "1", "dist": "300"}, {"ramb": "A4"}]),
        ("elsewhere", [{"ramb": "A4"}, {"like": counted_north()[0]}]),
        ("bear", [{"fig": SMOKERS}, {"claim": "compare"}]),
    ):
        sentences = {said(visit(lang="en", part=part, **more)) for more in ({}, *choices)}
        assert len(sentences) == 3, part


def test_the_sentence_tells_the_focus_districts_and_what_is_there_for_everyone(package: Package) -> None:
    north, west = ([key for key in not_ended() if there(key, code)] for code in ("WK054603", "WK054605"))
    wide = [key for key in not_ended() if naive.scope(key) & {"city", "region"}]
    assert said(visit(lang="en")).startswith(
        f"Known: {len(north)} initiatives in Leiden Noord and {len(west)} in Leiden Zuidwest, none for a smoke-free "
        f"youth. For the whole city or the region there are {len(wide)} more."
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_of_the_matrix_equals_a_count_over_the_register(package: Package, language: str) -> None:
    n = names_of(package, Words(language))
    none = n.w.t("none known")
    found = [texts(row) for row in components(visit(lang=language))["coverage_matrix"]["rows"]]
    rows = [*districts(), "city", "region", "unknown"]
    assert [each[1:] for each in found[:-1]] == [expected_cells(not_ended(), row, none) for row in rows]
    assert [each[0].split(" (")[0] for each in found[:10]] == [n.area(code) for code in districts()]
    assert found[-1] == [n.w.t("{city} as a whole", city="Leiden"), *total(not_ended())]
    assert none in found[0]


def test_the_colour_of_a_cell_is_its_number(package: Package) -> None:
    """Of areas only; the strongest is the largest of the ambitions, or of any ambition."""
    rows = components(visit(lang="en"))["coverage_matrix"]["rows"]
    for columns in (range(1, 5), [5]):
        areas = [row["cells"][i] for row in rows[:10] for i in columns]
        counts = [int(cell["text"]) if cell["text"].isdigit() else 0 for cell in areas]
        assert [cell["heat"] for cell in areas] == [round(n / max(counts), 2) for n in counts]
    assert not any("heat" in cell for row in rows[10:] for cell in row["cells"][1:])


def test_focus_districts_are_marked(package: Package, en: Names) -> None:
    marked = [name for name in cells(visit(lang="en")) if "focus district" in name]
    assert [name.split(" (")[0] for name in marked] == [en.area(code) for code in en.focus()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_says_that_there_is_none(package: Package, language: str) -> None:
    shown = [cell for row in cells(visit(lang=language, level="neighbourhood")).values() for cell in row]
    assert not {"0", "", "–", "none", "geen"} & set(shown)


# --- which initiatives count --------------------------------------------------------------------------------------


def summary(app: AppTest) -> list[int]:
    (line,) = [found[1] for part in html(app) if (found := re.search(r'id="counted">(.*?)</span>', part))]
    return list(map(int, re.findall(r"\d+", line)))[:2]


def day() -> date:
    """The day of the visit, from which spans count back."""
    return date.today()


@pytest.mark.parametrize(
    ("conf", "count"),
    [("", "known"), ("12", "known"), ("24", "known"), ("36", "known"), ("", "all"), ("24", "active")],
)
def test_one_switch_recomputes_everything(package: Package, conf: str, count: str) -> None:
    ids = counted(package, Basis(count, int(conf) if conf else None, day()))
    app = visit(lang="en", conf=conf, count=count)
    assert summary(app) == [len(ids), 146]
    found = list(cells(app).values())
    rows = [*districts(), "city", "region", "unknown"]
    wider = "known" if count == "active" else count
    ever = list(counted(package, Basis(wider))) if conf or wider != count else None
    assert found[:-1] == [expected_cells(list(ids), row, "none known", ever) for row in rows]
    if ids:
        assert found[-1][-1] == str(len(ids))
    city = reach(package, ids, 800).city
    w = Words("en")
    near = visit(lang="en", part="near", conf=conf, count=count, dist="800")
    assert summary(near) == summary(app)
    if "coverage_reach" in components(near):
        last = list(cells(near, "coverage_reach").values())[-1]
        assert last[2] == bounds(w.number(city["reached"]), w.number(city["upper"]))
    else:
        assert city["upper"] == 0


def bounds(low: str, high: str) -> str:
    return low if low == high else f"{low} – {high}"


def test_the_switches_are_in_the_address(package: Package) -> None:
    asked = {"conf": "24", "count": "all", "split": "status", "wide": "1", "dist": "1200"}
    app = visit("cells", lang="en", **asked)
    held = {
        "lang": ["en"],
        "conf": ["24"],
        "count": ["all"],
        "split": ["status"],
        "wide": ["1"],
        "dist": ["1200"],
    }
    assert address(app) == held
    assert app.toggle(key="w_wide").value is True
    assert visit("distance", lang="en", part="near", **asked).number_input(key="w_dist").value == 1200


def test_what_is_chosen_stands_on_its_chip_and_one_press_clears_all(package: Package) -> None:
    def labels(app: AppTest) -> list[str]:
        return [each.proto.popover.label for each in app.get("popover")]

    app = visit(lang="en", part="near", conf="24", count="all", dist="1200", ramb="A4")
    assert labels(app) == [
        "Mental health",
        "1,200 m",
        "confirmed within 24 months, ended ones too",
        "near or not",
    ]
    app.button(key="clear_choices").click().run()
    assert address(app) == {"lang": ["en"], "part": ["near"]}
    assert labels(app) == ["all ambitions", "500 m", "as known", "near or not"]


def test_confirmed_says_until_when(package: Package) -> None:
    for language in LANGUAGES:
        (line,) = [part for part in html(visit(lang=language, conf="12")) if 'id="counted"' in part]
        assert Words(language).date(day()) in line


def test_a_confirmation_counts_in_every_cell_from_its_day(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The initiative of Leiden-Noord that was last seen longest ago is confirmed on 2 November 2026."""
    years = {key: naive.initiatives()[key]["last_evidence_year"] for key in counted_north()}
    key = min(filter(years.get, years), key=lambda each: years[each])
    assert int(years[key]) < 2020
    register = package.initiatives.copy()
    register.loc[key, "last_confirmed"] = "2026-11-02"
    monkeypatch.setattr(web_package, "_package", replace(package, initiatives=register))
    for asked, number in (("2026-11-01", 0), ("2026-11-02", 1), ("2026-11-29", 1)):
        app = visit(lang="en", conf="12", asof=asked)
        shown = cells(app)["Leiden-Noord (focus district)"]
        assert shown[-1] == (str(number) if number else f"none counts ({len(counted_north())} known)")
        told = text(visit("basis", lang="en", conf="12", asof=asked))
        assert ("1 initiatives were confirmed, on a known day." in told) is bool(number)
    fresh = cells(visit(lang="en", split="fresh", asof="2026-11-29"))["Leiden-Noord (focus district)"][-1]
    assert "1 within 12 months" in fresh


def counted_north() -> list[str]:
    return [key for key in not_ended() if there(key, "WK054603")]


# --- asked, and nothing found -------------------------------------------------------------------------------------


def test_none_known_asked_and_not_asked_since_are_three_things(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = with_asked(
        package,
        ("WK054603", "A3", "2026-05-12"),  # nobody is known: asked
        ("WK054605", "A3", "2022-03-01"),  # too long ago
        ("WK054603", "A1", "2026-05-12"),  # eleven are known by now: these go first
        ("GM0546", "A3", "2026-01-15"),  # of the whole city; four are known
    )
    monkeypatch.setattr(web_package, "_package", of)
    shown = cells(visit(lang="en", asof="2026-11-29"))
    north = shown["Leiden-Noord (focus district)"]
    west = shown["Bos- en Gasthuisdistrict (focus district Leiden Zuidwest)"]
    assert north[2] == "asked on 12 May 2026: nothing found"
    assert west[2] == "asked in Leiden on 15 January 2026: nothing found"
    assert north[0] == "11"
    assert shown["For the whole city"][2] == "4"
    assert shown["Stationsdistrict"][0] == "none known"
    old = cells(visit(lang="en", asof="2026-01-14"))[
        "Bos- en Gasthuisdistrict (focus district Leiden Zuidwest)"
    ][2]
    assert old == "none known, not asked since 1 March 2022"
    before = cells(visit(lang="nl", asof="2022-02-28"))[
        "Bos- en Gasthuisdistrict (focuswijk Leiden Zuidwest)"
    ][2]
    assert before == "geen bekend"
    dutch = cells(visit(lang="nl", asof="2026-11-29"))["Leiden-Noord (focuswijk)"][2]
    assert dutch == "nagevraagd op 12 mei 2026: niets gevonden"
    monkeypatch.setattr(web_package, "_package", with_asked(package, ("WK054603", "A3", "2026-05-12")))
    inside = cells(visit(lang="en", level="neighbourhood", asof="2026-11-29"))["De Kooi"][2]
    assert inside == "asked in Leiden-Noord on 12 May 2026: nothing found"


def test_the_list_of_an_empty_cell_names_who_said_so(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_package, "_package", with_asked(package, ("WK054603", "A3", "2026-05-12")))
    shown = Tags(text(visit(lang="en", area="WK054603", amb="A3", asof="2026-11-29"))).text
    assert "asked on 12 May 2026: nothing found (Source: Libertas Leiden)" in shown


@pytest.mark.parametrize("split", ["status", "fresh"])
def test_parts_of_a_cell_add_up_to_its_number(package: Package, split: str) -> None:
    for shown in cells(visit(lang="en", split=split, count="all")).values():
        for cell in shown:
            number, _, rest = cell.partition(": ")
            if rest:
                assert int(number) == sum(int(part.split(" ", 1)[0]) for part in rest.split(", "))


def test_a_cell_by_status_by_hand(package: Package, en: Names) -> None:
    of = {status: with_code(ALL, "status", status)[0] for status in ("ended", "planned", "unknown")}
    assert cell_text(en, [*of.values()], "status") == "3: 1 planned or funded, 1 of unknown status, 1 ended"
    assert cell_text(en, [of["ended"]], "status") == "1 ended"
    assert cell_text(en, [], "status") == "none known"


# --- level, everywhere, sorting -----------------------------------------------------------------------------------


def test_neighbourhoods_have_rows_for_what_is_known_to_the_district_only(package: Package) -> None:
    rows = [
        row
        for page in ("1", "2", "3")
        for row in components(visit(lang="en", level="neighbourhood", page=page))["coverage_matrix"]["rows"]
    ]
    assert len(rows) == 54 + 10 + 3 + 1
    north = next(row for row in rows if row["id"] == "WK054603")
    inside = {code for code, row in naive.areas().items() if row["parent_code"] == "WK054603"}
    only = [k for k in not_ended() if "WK054603" in naive.served()[k] and not naive.served()[k] & inside]
    assert "neighbourhood not known" in north["cells"][0]
    assert texts(north)[-1] == str(len(only))


def test_city_wide_ones_stand_beside_each_number_when_asked_and_are_never_added(package: Package) -> None:
    before, after = cells(visit(lang="en")), cells(visit(lang="en", wide="1"))
    wide = [k for k in not_ended() if naive.scope(k) & {"city", "region"}]
    numbers = [len(with_code(wide, "ambition_codes", ambition)) for ambition in AMBITIONS] + [len(wide)]
    for name, shown in list(before.items())[:10]:
        assert after[name] == [
            f"{own}; city and region {number}" for own, number in zip(shown, numbers, strict=True)
        ]
    assert list(before.items())[10:] == list(after.items())[10:]


def test_sorting_keeps_the_wide_rows_last(package: Package) -> None:
    found = list(cells(visit(lang="en", sort="all", desc="1")).items())
    numbers = [0 if shown[-1] == "none known" else int(shown[-1]) for _, shown in found[:10]]
    assert numbers == sorted(numbers, reverse=True)
    assert [name for name, _ in found[10:]] == [
        *("For the whole city", "For the region", "Area not known"),
        "Leiden as a whole",
    ]


# --- the list beside the matrix -----------------------------------------------------------------------------------


def listed(app: AppTest, key: str = "coverage_list") -> list[str]:
    """Who stand in a list of the cell; a page of it holds eight."""
    drawn = components(app).get(key)
    return [each["id"] for each in drawn["rows"]] if drawn else []


@pytest.mark.parametrize("row", ["WK054603", "city", "unknown", "GM0546"])
def test_a_cell_opens_its_list(package: Package, row: str) -> None:
    for ambition in ("", "A2", "A3"):
        app = visit(lang="en", area=row, amb=ambition)
        here = not_ended() if row == "GM0546" else [key for key in not_ended() if there(key, row)]
        wanted = with_code(here, "ambition_codes", ambition) if ambition else here
        assert listed(app) == wanted[:8]
        if not wanted:
            assert "No initiative known here under these choices." in [each.value for each in app.info]


def test_the_first_row_is_open_until_another_is_chosen(package: Package) -> None:
    app = visit(lang="en")
    assert listed(app) == [key for key in not_ended() if there(key, "WK054603")][:8]
    assert "area" not in address(app)
    assert [each.label for each in app.button if each.key == "side_close"] == []
    chosen = visit(lang="en", area="WK054605", amb="A4")
    chosen.button(key="side_close").click().run()
    assert address(chosen) == {"lang": ["en"]}


@pytest.mark.parametrize("row", FOCUS)
def test_what_is_there_for_everyone_is_told_apart_beside_a_list(package: Package, row: str) -> None:
    """Against smoking nothing of their own is known, and their list shows what reaches them: opened at once."""
    wide = with_code(
        [key for key in not_ended() if naive.scope(key) & {"city", "region"}], "ambition_codes", "A3"
    )
    app = visit(lang="en", area=row, amb="A3")
    assert listed(app) == []
    assert f"no initiative known. For the whole city or the region there are {len(wide)} more." in said(app)
    assert listed(app, "coverage_wide") == wide
    assert f"Also for the whole city or the region ({len(wide)})" in [each.label for each in app.expander]
    assert listed(visit(lang="en", area="city", amb="A3"), "coverage_wide") == []
    assert listed(visit(lang="en", area=row), "coverage_wide") == []  # folded where there are own ones


def test_an_initiative_of_the_list_shows_its_source(package: Package) -> None:
    key = next(key for key in not_ended() if there(key, "WK054603"))
    shown = text(visit(lang="en", area="WK054603", sel=key))
    assert key in shown
    assert "Source:" in shown


def test_an_initiative_outside_the_list_is_not_shown(package: Package) -> None:
    elsewhere = {*naive.codes_of("district"), "unknown"} - {"WK054603"}
    key = next(k for k in not_ended() if not there(k, "WK054603") and any(there(k, row) for row in elsewhere))
    assert "Source:" not in text(visit(lang="en", area="WK054603", sel=key))


def test_an_area_of_the_other_level_is_told(package: Package) -> None:
    app = visit(lang="en", area="BU05460300")
    assert len(notes(app)) == 1
    assert "is no row of this table" in notes(app)[0]
    assert listed(app) == listed(visit(lang="en"))


# --- reach --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("distance", ["0", "777", "1200"])
def test_reach_by_district_and_in_the_city(package: Package, distance: str) -> None:
    w = Words("en")
    found = reach(package, not_ended(), int(distance))
    app = visit(lang="en", part="near", dist=distance)
    shown = list(cells(app, "coverage_reach").values())
    lines = [*(found.table.loc[code] for code in districts()), found.city]
    assert shown == [
        [
            w.number(line["residents"]),
            bounds(*(f"{w.number(100 * line[key], 1)}%" for key in ("share", "upper_share"))),
            bounds(*(w.number(line[key]) for key in ("reached", "upper"))),
        ]
        for line in lines
    ]
    drawn = [row["cells"][2]["range"] for row in components(app)["coverage_reach"]["rows"]]
    assert drawn == [[round(line[key], 3) for key in ("share", "upper_share")] for line in lines]


def test_reach_of_an_ambition_and_a_life_stage(package: Package) -> None:
    ids = with_code(with_code(not_ended(), "ambition_codes", "A4"), "life_stages", "65+", "all")
    found = reach(package, ids, 500, "population_65_plus")
    app = visit(lang="en", part="near", ramb="A4", rlife="65+")
    last = list(cells(app, "coverage_reach").values())[-1]
    older = sum(int(naive.areas()[code]["population_65_plus"]) for code in naive.codes_of("neighbourhood"))
    w = Words("en")
    assert last[0] == w.number(older)
    assert last[2] == bounds(w.number(found.city["reached"]), w.number(found.city["upper"]))
    assert f"{len(ids)} initiatives fit." in text(app)
    assert "Those for all ages count for every life stage." in text(app)


@pytest.mark.parametrize(
    ("distance", "told"),
    [
        ("0", ["nobody is reached"]),
        ("50000", ["nearly everyone is reached", "nearly everyone has a place"]),
        ("500", []),
    ],
)
def test_distances_that_say_nothing_say_so(package: Package, distance: str, told: list[str]) -> None:
    shown = [each.value for each in visit(lang="en", part="near", dist=distance).info]
    assert len(shown) == len(told)
    assert all(each in text for each, text in zip(told, shown, strict=True))


def test_reach_says_how_it_is_computed(package: Package) -> None:
    shown = text(visit(lang="en", part="near"))
    for sentence in (
        "spread evenly over their neighbourhood",
        "Few initiatives have a known place",
        "table 86165NED",
    ):
        assert sentence in shown


def test_distance_by_hand(package: Package) -> None:
    app = visit("distance", lang="en", part="near")
    app.number_input(key="w_dist").set_value(1234).run()
    assert address(app)["dist"] == ["1234"]
    assert "1,234 metres" in components(whole(app))["coverage_reach"]["caption"]


# --- nothing left, wrong links, broken data -----------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_filter_that_leaves_nothing(package: Package, language: str) -> None:
    w = Words(language)
    choices = {"lang": language, "conf": "12", "count": "active", "ramb": "A3", "rlife": "0-4"}
    near = visit(part="near", **choices)
    assert w.t("No initiative known fits these choices.") in text(near)
    assert "coverage_reach" not in components(near)
    app = visit(area="WK054609", amb="A3", **choices)
    assert "coverage_list" not in components(app)
    assert w.t("No initiative known here under these choices.") in [each.value for each in app.info]


def test_a_register_without_initiatives(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    none = replace(
        package, initiatives=package.initiatives.iloc[:0], initiative_areas=package.initiative_areas.iloc[:0]
    )
    monkeypatch.setattr(web_package, "_package", none)
    app = visit(lang="en", conf="12", area="WK054603")
    assert summary(app) == [0, 0]
    assert "No initiative known fits these choices." in text(visit(lang="en", part="near"))


def test_residents_that_are_not_known(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    areas = package.areas.copy()
    areas.loc[areas["parent_code"] == "WK054603", "population"] = None
    monkeypatch.setattr(web_package, "_package", replace(package, areas=areas))
    app = visit(lang="en", part="near")
    row = next(
        shown for name, shown in cells(app, "coverage_reach").items() if name.startswith("Leiden-Noord")
    )
    assert row == ["population not known", "–", "–"]
    assert any("are not known; they are left out" in each.value for each in app.info)


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_value_gives_one_note_and_the_default(package: Package, key: str) -> None:
    app = visit(lang="nl", **{key: WRONG[key]})
    assert len(notes(app)) == 1
    assert notes(app)[0].count("<li>") == 1
    assert address(app) == {"lang": ["nl"]}


def test_all_wrong_at_once(package: Package) -> None:
    app = visit(lang="en", **WRONG)
    assert notes(app)[0].count("<li>") == len(WRONG)
    assert "<b>" not in notes(app)[0]
    assert summary(app) == [len(not_ended()), 146]


@pytest.mark.slow
def test_hostile_rows_stay_text(hostile_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    for key in keys(hostile_package)[:3]:
        for code in ("WK054603", "city"):
            shown = text(visit(lang="nl", area=code, sel=key, count="all"))
            assert SCRIPT not in shown
            assert f'href="{LINK}"' not in shown


def _values(param: Param) -> st.SearchStrategy[Any]:
    codes = (
        st.sampled_from(sorted(param.options))
        if param.options
        else st.text("0123456789.,", min_size=1, max_size=20)
    )
    return st.lists(codes, max_size=4, unique=True) if param.many else codes


@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_every_state_survives_its_address(package: Package, data: st.DataObject) -> None:
    params = parameters(package)
    values = {p.key: data.draw(_values(p)) for p in params}
    written = write(values, params)
    for param in params:
        value, refused = param.read(written.get(param.key, []))
        assert (value, refused) == (values[param.key], [])


@pytest.mark.slow
def test_every_cell_opens_its_list(package: Package) -> None:
    """Each says which row and ambition it is, also where none is known; of one in each row what its list holds."""
    rows = components(visit(lang="en", conf="24"))["coverage_matrix"]["rows"]
    for row in rows:
        assert [cell["pick"] for cell in row["cells"][1:]] == [
            f"{row['id']}|{each}" for each in [*AMBITIONS, ""]
        ]
    for number, row in enumerate(rows):
        cell, ambition = row["cells"][1 + number % 5], [*AMBITIONS, ""][number % 5]
        app = visit(lang="en", conf="24", area=row["id"], amb=ambition)
        count = int(cell["text"]) if cell["text"].isdigit() else 0
        assert len(listed(app)) == min(count, 8)


def test_a_cell_that_is_chosen_stands_in_the_address(package: Package) -> None:
    held = PageState("coverage", parameters(package), {"state_coverage": {}}, {})
    pick(held, "WK054603|A2")
    assert (held["area"], held["amb"]) == ("WK054603", "A2")
    pick(held, "WK054605")
    assert (held["area"], held["amb"]) == ("WK054605", "")


def test_small_numbers_of_residents_are_not_shown(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen, "settings", lambda: Settings(small_counts=1500))
    app = visit(lang="en", part="near", dist="500")
    shown = cells(app, "coverage_reach")
    found = reach(package, not_ended(), 500).table["reached"]
    small = [code for code, count in found.items() if 0 < count < 1500]
    gone = [name for name, row in shown.items() if "not shown" in row[2] or row[2].startswith("at most")]
    assert len(gone) >= max(2, len(small)) > 0
    assert all(not re.match(r"\d", shown[name][1]) for name in gone)
    assert "Numbers of residents under 1,500 are not shown" in "".join(each.value for each in app.info)
    tried = cells(visit(lang="en", part="next", add="BU05460300"), "coverage_what_if")
    assert [name for name, row in tried.items() if row[0] == "not shown"]
