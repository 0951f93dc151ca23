"""The profile page: what it says of every area in both languages, its charts and tables against data/*.csv, links that
are wrong, hostile names."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis import guard
from hsc_geo.analysis import profile as analysis
from hsc_geo.analysis.explanations import explanations
from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.profile import spine
from hsc_geo.analysis.summary import summary
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.profile import chart as profile_chart
from hsc_geo.views.profile import explanations as profile_explanations
from hsc_geo.views.profile import tables
from hsc_geo.views.profile import words as profile_words
from hsc_geo.views.profile.answers import figures
from hsc_geo.views.profile.choices import ProfileChoice, chosen
from hsc_geo.views.profile.marks import BY_AREA
from hsc_geo.views.profile.scale import scales
from hsc_geo.views.profile.summary import sentences
from hsc_geo.views.wording import claims as guard_texts
from hsc_geo.views.wording.missing import missing_text
from hsc_geo.views.wording.people import people_text
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.views.saying import CLAIMS
from tests.views.screens import SITE, components, html, notes, text, whole
from tests.views.tags import Tags
from tests.visit import names_of

LANGUAGES = ["nl", "en"]
LEVELS = ("district", "neighbourhood")
AREAS = [code for level in LEVELS for code in naive.codes_of(level)]
NORTH, SOUTH_WEST, SMALL = "WK054603", "WK054605", "BU05460000"
OVERWEIGHT = "50150NED-Overgewicht"  # of the newest table
OLD = "50090NED-Overgewicht"
NO_NATIONAL = {"nl": "geen landelijk cijfer in deze editie", "en": "no national figure in this edition"}
# Change over time of a figure, and an order of areas, besides what `CLAIMS` finds.
READINGS = {
    "en": r"\b(ris(?:en|es|ing)|fallen|falls|increas\w+|decreas\w+|grew|improv\w+|worsen\w+|trend|since 20\d\d|first|"
    r"second|third|of all (?:districts|neighbourhoods)|better|worse)\b",
    "nl": r"\b(gestegen|stijg\w*|gedaald|daal\w*|toegenomen|afgenomen|groeit|verbeter\w*|verslechter\w*|trend|"
    r"sinds 20\d\d|eerste|tweede|derde|van alle (?:wijken|buurten)|beter|slechter)\b",
}
WRONG = {
    "area": "WK999999",
    "age": "children",
    "full": "yes",
    "ind": "50090NED-Nothing",
    "amb": "A9",
    "sel": "LEI-999",
    "lpage": "0",
}


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def visit(**query: Any) -> AppTest:
    """The page's own script, opened by a link with this query."""
    app = AppTest.from_file(str(SITE.with_name("profile.py")), default_timeout=60)
    app.query_params = dict(query)
    for chip in ("area", "age"):
        app.session_state[f"chip_{chip}"] = True  # each open
    return whole(app.run())


def address(app: AppTest) -> dict[str, list[str]]:
    given = dict(app.query_params)
    return {key: [value] if isinstance(value, str) else list(value) for key, value in given.items()}


def said(n: Names, code: str) -> list[str]:
    return sentences(n, summary(n.package, code, n.today))


def rows(app: AppTest, key: str) -> dict[str, list[Any]]:
    return {row["cells"][0]: row["cells"][1:] for row in components(app)[key]["rows"]}


def charts(app: AppTest) -> list[dict[str, Any]]:
    return [json.loads(each.proto.spec) for each in app.get("plotly_chart")]


# --- the summary --------------------------------------------------------------------------------------------------


def test_no_sentence_of_any_area_claims_what_the_figures_cannot_bear(n: Names) -> None:
    claims = [re.compile(found[n.w.code], re.IGNORECASE) for found in (CLAIMS, READINGS)]
    names = [row[f"name_{n.w.code}"] for row in naive.indicators().values()]
    for code in AREAS:
        for sentence in said(n, code):
            plain = sentence
            for name in names:  # one of which may hold such a word: "limited because of health"
                plain = re.sub(re.escape(name), "", plain, flags=re.IGNORECASE)
            assert not any(claim.search(plain) for claim in claims), (code, sentence)
            assert not re.search(r"\bnan\b|None|<NA>|\{|\}", plain), sentence


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_readings_are_found_where_there_are_any(language: str) -> None:
    claimed = {
        "en": "Overweight has risen, and Noord is worse: the third of all districts.",
        "nl": "Overgewicht is gestegen en Noord is slechter: de derde van alle wijken.",
    }
    assert len(re.findall(READINGS[language], claimed[language])) == 4


def test_a_sentence_names_the_area_and_the_city_and_no_other_place(n: Names) -> None:
    """So that it compares no areas with each other, nor a district with a neighbourhood."""
    places = {row["name"] for code, row in naive.areas().items() if code in AREAS}
    for code in AREAS:
        own = naive.areas()[code]["name"]
        whole_text = " ".join(said(n, code)).replace(own, "")
        longer = {p for p in places if p != own and re.search(rf"\b{re.escape(p)}\b", whole_text)}
        assert not longer, (code, longer)


def test_there_are_three_to_eight_statements_each_a_sentence_what_is_beside_the_area_two(n: Names) -> None:
    for code in AREAS:
        statements = summary(n.package, code, n.today)
        assert 3 <= len(statements) <= 8
        for statement, told in zip(statements, sentences(n, statements), strict=True):
            assert told.endswith(".")
            stops = len(re.findall(r"[.!?]\s", told))
            assert stops <= (statement.code == "initiatives_beside"), told


def local(number: float, language: str) -> str:
    text = f"{number:,.1f}"
    return text.translate(str.maketrans(",.", ".,")) if language == "nl" else text


def test_every_percentage_in_the_summary_is_in_the_data(n: Names) -> None:
    """Each with a decimal is the area's or the city's core figure of 2024; without one, a share of residents."""
    core = [key for key, row in naive.indicators().items() if row["default_rank"]]
    for code in AREAS:
        published = {
            f"{local(value, n.w.code)}%"
            for key in core
            for value in (naive.observed(key, 2024, "18plus", place) for place in (code, "GM0546"))
            if value is not None
        }
        shares = {
            f"{100 * int(row[column]) / (naive.residents_of_bands(row) or 1):.0f}%"
            for row in (naive.areas()[code], naive.areas()["GM0546"])
            for column in ("population_0_14", "population_65_plus")
            if row[column]
        }
        found = set(re.findall(r"\d[\d.,]*%", " ".join(said(n, code))))
        assert found <= published | shares, code
        own = {naive.observed(key, 2024, "18plus", code) for key in core} - {None}
        assert {f"{local(value, n.w.code)}%" for value in own if value is not None} <= found


def test_it_says_how_many_are_known_and_never_that_there_is_none(en: Names) -> None:
    for code in AREAS:
        known = [
            key
            for key, row in naive.initiatives().items()
            if row["status"] != "ended" and code in naive.served()[key]
        ]
        joined = " ".join(said(en, code))
        if known:
            assert re.search(rf"\b{len(known)} initiatives? (?:is|are) known to serve", joined)
        else:
            assert "No initiative is known to serve" in joined


# --- the tables and charts ----------------------------------------------------------------------------------------


def test_the_page_opens_on_the_first_focus_district(package: Package) -> None:
    app = visit(lang="en")
    assert app.multiselect(key="w_area").value == [NORTH]
    assert notes(app) == []
    assert address(app) == {"lang": ["en"]}
    assert {"profile_ages", "profile_facts", "profile_figures", "profile_years", "profile_ambitions"} <= set(
        components(app)
    )


def test_areas_to_choose_from_focus_first_then_districts_then_neighbourhoods(package: Package) -> None:
    found = areas_in_order(package)
    assert found[:2] == (NORTH, SOUTH_WEST)
    assert sorted(found) == sorted(AREAS)
    assert [code[:2] for code in found] == sorted((code[:2] for code in found), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_figures_has_the_published_numbers(package: Package, language: str) -> None:
    n = names_of(package, Words(language))
    found = rows(visit(lang=language), "profile_figures")
    core = [key for key, row in naive.indicators().items() if row["default_rank"]]
    assert len(found) == len(core) == 6
    for key in core:
        cells = found[naive.indicators()[key][f"name_{language}"]]
        known = [naive.observed(key, 2024, "18plus", code) for code in (NORTH, "GM0546", "NL00")]
        assert None not in known[:2]
        shown = [f"{local(v, language)}%" if v is not None else NO_NATIONAL[language] for v in known]
        assert cells[:3] == shown
        values = [naive.observed(key, 2024, "18plus", code) for code in naive.codes_of("district")]
        low, high = (f"{local(f(v for v in values if v is not None), language)}%" for f in (min, max))
        assert cells[4] == people_text(n, figure(package, NORTH, key, 2024, "18plus"))
        assert cells[5] == f"{low} – {high}"
        assert cells[6] == n.w.t("none in this edition")
        assert "2024" in cells[7]
        assert "50150NED" in cells[9]
    assert (
        found[naive.indicators()[OVERWEIGHT][f"name_{language}"]][4].split()[1] == local(5800, language)[:-2]
    )


def test_all_figures_are_as_many_as_the_spine(package: Package) -> None:
    app = visit(lang="en", full="1")
    assert len(components(app)["profile_figures"]["rows"]) == len(spine(package, NORTH))
    assert app.toggle(key="w_full").value is True


def test_modelled_years_are_loose_marks_and_registered_ones_a_line_with_gaps(
    package: Package, en: Names
) -> None:
    found = analysis.trends(package, NORTH, OLD)
    assert found is not None
    modelled = profile_chart.trend_chart(en, [found], areas=True).data
    assert [trace.mode for trace in modelled] == ["markers", "lines+markers", "lines+markers"]
    registered = profile_chart.trend_chart(en, [replace(found, kind="registered")], areas=True)
    assert {trace.mode for trace in registered.data} == {"lines+markers"}
    assert {trace.connectgaps for trace in registered.data} == {False}


def test_over_the_years_an_area_is_drawn_only_on_request(package: Package) -> None:
    """The guard refuses to read change in one area; the city bears it."""
    closed, opened = visit(lang="en", ind=OLD), visit(lang="en", ind=OLD, line="1")
    assert closed.checkbox(key="w_line").value is False
    assert opened.checkbox(key="w_line").value is True
    assert [len(charts(app)[0]["data"]) for app in (closed, opened)] == [2, 3]
    labels = [[c["label"] for c in components(app)["profile_years"]["columns"]] for app in (closed, opened)]
    assert labels == [
        ["Year", "Leiden", "the Netherlands"],
        ["Year", "Leiden-Noord", "Leiden", "the Netherlands"],
    ]
    own = [f"{naive.observed(OLD, year, '18plus', NORTH):.1f}%" for year in (2012, 2016, 2020)]
    assert [cells[0] for cells in rows(opened, "profile_years").values()] == own
    assert not set(own) & {cell for cells in rows(closed, "profile_years").values() for cell in cells}
    closed.checkbox(key="w_line").check().run()
    assert address(whole(closed))["line"] == ["1"]


def test_the_years_are_of_the_newest_table_with_the_other_as_a_second_choice(package: Package) -> None:
    app = visit(lang="en", ind=OVERWEIGHT)
    assert app.selectbox(key="w_ind_table").options == ["2016–2024, 50150NED", "2012–2020, 50090NED"]
    assert list(rows(app, "profile_years")) == ["2016", "2020", "2022", "2024"]
    app.selectbox(key="w_ind_table").set_value(OLD).run()
    assert list(rows(whole(app), "profile_years")) == ["2012", "2016", "2020"]
    assert address(app)["ind"] == [OLD]
    names = app.selectbox(key="w_ind").options
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", LANGUAGES)
def test_that_change_cannot_be_read_is_said_beside_the_years(package: Package, language: str) -> None:
    n = names_of(package, Words(language))
    reading = guard.Reading(guard.CHANGE, (OLD,), (NORTH,), (2012, 2016, 2020))
    shown = Tags(text(visit(lang=language, ind=OLD, line="1"))).text
    assert guard_texts.reason_text(n, reading, guard.judge(package, reading)) in shown
    assert "50090NED" in shown


def test_initiatives_by_ambition_lead_to_a_list_and_to_one(package: Package) -> None:
    here = [
        key
        for key, row in naive.initiatives().items()
        if row["status"] != "ended"
        and NORTH in naive.served()[key]
        and "A2" in naive.parts(row["ambition_codes"])
    ]
    app = visit(lang="en", amb="A2", sel=here[0])
    table = components(app)["profile_ambitions"]
    residents = int(naive.areas()[NORTH]["population"])
    rate = f"{1000 * len(here) / residents:.2f}"
    assert {row["id"]: row["cells"][1] for row in table["rows"]}["A2"] == f"{len(here)} ({rate})"
    shown = [row["id"] for row in components(app)["profile_list"]["rows"]]
    assert shown[: len(here)] == here
    assert any(naive.initiatives()[here[0]]["source_url"] in part for part in html(app))


@pytest.mark.parametrize("language", LANGUAGES)
def test_none_known_is_never_a_bare_none(package: Package, language: str) -> None:
    app = visit(lang=language, area="BU05460000")
    cells = [
        c for key in ("profile_ambitions", "profile_kinds") for row in rows(app, key).values() for c in row
    ]
    assert not {"0", "", "none", "geen"} & set(cells)
    assert Words(language).t("none known") in cells


def test_who_is_missing_is_who_takes_part_elsewhere_only(package: Package, en: Names) -> None:
    kinds = analysis.missing_kinds(package, NORTH)
    shown = missing_text(en, NORTH, [kind.sector for kind in kinds if kind.missing])
    for kind in kinds:
        name = en.term("sector", kind.sector).lower()
        listed = name in re.search(r"Leiden-Noord: (.*?)\.", shown)[1].split(", ")  # type: ignore[index]
        assert listed == (not kind.here)
    assert "not proof" in shown


def test_residents_and_ages_have_each_their_own_year(en: Names) -> None:
    """Leeuwenhoek: 830 residents in 2025, ages of 2024, when there were 720; Leiden's ages are of 2025."""
    table = {
        row.cells[0]: row.cells[1:]
        for row in tables.age_rows(en, [analysis.residents(en.package, "BU05460704")])
    }
    assert table["Residents"] == ["830 (2025)", "130,638 (2025)"]
    assert table["Year of the ages"] == ["2024", "2025"]
    assert table["15 to 24"][0] == f"580 ({100 * 580 / 720:.0f}%)"
    (first, *_) = said(en, "BU05460704")
    assert first.startswith("Leeuwenhoek had 830 residents in 2025; in 2024 0% were aged 0 to 14")
    assert "(11%, 2025)" in first
    assert "; in 20" not in said(en, NORTH)[0]


# --- side by side -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [2, 3, 4])
def test_areas_side_by_side_each_with_a_mark_and_a_column_of_its_own(package: Package, count: int) -> None:
    codes = naive.codes_of("district")[:count]
    app = visit(lang="en", area=codes)
    columns = [c["label"] for c in components(app)["profile_figures"]["columns"]]
    names = [naive.areas()[code]["name"] for code in codes]
    assert columns[1 : count + 3] == [*names, "Leiden", "the Netherlands"]
    cells = rows(app, "profile_figures")["Overweight"]
    assert cells[:count] == [f"{naive.observed(OVERWEIGHT, 2024, '18plus', code):.1f}%" for code in codes]
    adults = [
        people_text(names_of(package, Words("en")), figure(package, c, OVERWEIGHT, 2024, "18plus"))
        for c in codes
    ]
    assert cells[count + 2] == "; ".join(adults)
    (drawn,) = [Tags(part).text for part in html(app) if "hsc-scale" in part]
    assert [mark.sign in drawn for mark in BY_AREA] == [i < count for i in range(4)]
    assert all(f"{name} {cell}" in drawn for name, cell in zip(names, cells, strict=False))
    assert app.multiselect(key="w_area").value == codes


def test_a_neighbourhood_beside_a_district_is_refused_with_the_reason(package: Package, n: Names) -> None:
    assert chosen(package, [NORTH, SMALL, SOUTH_WEST]) == ([NORTH, SOUTH_WEST], [SMALL])
    assert chosen(package, [SMALL, NORTH]) == ([SMALL], [NORTH])
    (refused,) = profile_words.left_out_texts(n, ProfileChoice((NORTH,), (SMALL,)))
    assert n.area(SMALL) in refused
    app = visit(lang=n.w.code, area=[NORTH, SMALL])
    assert len(notes(app)) == 1
    assert n.area(SMALL) in notes(app)[0]
    columns = [c["label"] for c in components(app)["profile_figures"]["columns"]]
    assert n.area(SMALL) not in columns


def test_more_than_four_are_left_out_and_named(package: Package, en: Names) -> None:
    codes = naive.codes_of("district")
    assert chosen(package, codes) == (codes[:4], codes[4:])
    texts = profile_words.left_out_texts(en, ProfileChoice(tuple(codes[:4]), tuple(codes[4:])))
    assert all(en.area(code) in said for code, said in zip(codes[4:], texts, strict=True))
    app = visit(lang="en", area=codes)
    assert app.multiselect(key="w_area").value == codes[:4]


def test_choosing_another_area_changes_the_page_and_its_address(package: Package) -> None:
    app = visit(lang="en", amb="A2", lpage="2")
    app.multiselect(key="w_area").set_value([SOUTH_WEST]).run()
    whole(app)
    assert address(app)["area"] == [SOUTH_WEST]
    assert "lpage" not in address(app)
    assert "Bos- en Gasthuisdistrict had 20,730 residents" in text(app)


# --- links, hostile and missing data ------------------------------------------------------------------------------


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_link_is_told_and_the_page_stands(key: str) -> None:
    app = visit(lang="en", **{key: WRONG[key]})
    assert len(notes(app)) == 1
    assert WRONG[key] in Tags(notes(app)[0]).text
    assert key not in address(app)


@pytest.mark.parametrize("age", ["18to64", "65plus"])
def test_the_age_group_is_that_of_the_link(package: Package, age: str) -> None:
    app = visit(lang="en", age=age)
    cells = rows(app, "profile_figures")["Overweight"]
    year = 2016 if age == "18to64" else 2020
    assert cells[0] == f"{naive.observed(OLD, year, age, NORTH):.1f}%"
    assert str(year) in cells[7]
    assert "50090NED" in cells[9]
    assert address(app)["age"] == [age]


@pytest.mark.slow
def test_every_area_opens(package: Package, n: Names) -> None:
    """The pieces of the page for each area, the page itself for some."""
    for code in AREAS:
        groups = figures(package, ProfileChoice((code,), every=True))
        assert len(tables.spine_rows(n, groups)) == len(groups) > 40
        assert str(scales(n, groups, "")).count("<tr>") == len(groups)
    for code in ("BU05460402", "BU05460003"):
        visit(lang=n.w.code, area=code, full="1")


def test_a_hostile_register_draws_as_text(hostile_package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    app = visit(lang="en", amb="A1", area=[NORTH, SOUTH_WEST])
    assert not any("<script>" in part for part in html(app))


def test_a_package_without_figures_says_so(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", replace(package, observations=package.observations.iloc[:0]))
    app = visit(lang="en")
    assert [each.value for each in app.info] != []
    assert "No core health figure is published for Leiden-Noord" in text(app)
    assert charts(app) == []


# --- the municipality's own explanation ---------------------------------------------------------------------------


def explained(package: Package, **cells: str) -> Package:
    row = {
        "explanation_id": "noord-1",
        "area_code": NORTH,
        "indicator_id": OVERWEIGHT,
        "text_nl": "Meer ouderen.",
        "text_en": "More older people.",
        "office": "Team Gezondheid",
        "contact_url": "mailto:team@leiden.example",
        "date": "2026-01-31",
        "source_url": "",
    }
    return replace(package, explanations=pd.DataFrame([row | cells]))


def test_without_an_explanation_there_is_no_empty_box(package: Package) -> None:
    assert "hsc-card" not in text(visit(lang="en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_explanation_stands_with_its_figure_office_and_day(
    package: Package, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setattr(web_package, "_package", explained(package))
    w = Words(language)
    shown = text(visit(lang=language))
    said = ["Meer ouderen.", "More older people."]
    assert said[language == "en"] in shown
    assert said[language == "nl"] not in shown
    assert f"Leiden-Noord, {naive.indicators()[OVERWEIGHT][f'name_{language}']}" in shown
    assert "Team Gezondheid" in shown
    assert w.date(dt.date(2026, 1, 31)) in shown
    assert 'href="mailto:team@leiden.example"' in shown
    assert "Meer ouderen" not in text(visit(lang="nl", area=SOUTH_WEST))


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "mailto:x@y.nl?bcc=z@y.nl", 'mailto:a@b.nl"><script>']
)
def test_a_hostile_explanation_is_text(package: Package, nl: Names, address: str) -> None:
    edited = explained(package, text_nl="<script>alert(1)</script>", office="<b>x</b>", contact_url=address)
    found = Tags(profile_explanations.block(nl, explanations(edited, [NORTH], [OVERWEIGHT])))
    assert {tag for tag, _ in found.tags} == {"section", "h2", "p", "strong"}
    assert "<script>alert(1)</script>" in found.text
