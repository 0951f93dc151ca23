"""The pages, run by AppTest from the site's own script: both languages, links of all kinds, hostile and broken data."""

from __future__ import annotations

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.data.load import Package
from hsc_geo.views.data.page import SECTIONS
from hsc_geo.views.kit.rows import text_of
from hsc_geo.web import package as web_package
from hsc_geo.web.settings import settings
from tests.shared import naive
from tests.shared.hostile import LONG, NAMES, SCRIPT, keys
from tests.views.saying import FORGOTTEN
from tests.views.screens import PAGES, components, html, map_script, map_update, notes, text, visit, whole
from tests.views.tags import Tags

ALL = list(naive.initiatives())
OVERWEIGHT, REGISTER = "50090NED-Overgewicht", "REGISTER-Initiatieven"
WRONG = {
    "ind": "50090NED-Gisteren",
    "year": "1850",
    "age": "children",
    "level": "street",
    "classes": "pretty",
    "k": "99",
    "amb": ["A9", "<script>"],
    "theme": "x",
    "life": "x",
    "sector": "x",
    "act": "x",
    "status": "x",
    "evyear": "1066",
    "evidence": "Z",
    "ladder": "top",
    "district": "WK999999",
    "sel": "LEI-999",
    "ppage": "-1",
    "table": "chairs",
    "desc": "yes",
    "page": "0",
    "ended": "yes",
}


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def answered(app: AppTest) -> str:
    """The sentence above the map, as far as it counts initiatives."""
    (line,) = [part for part in html(app) if 'id="summary"' in part]
    found = re.search(r'<span id="summary">(.*?)</span>', line)
    assert found
    return Tags(found[1]).text


def summary(app: AppTest) -> list[int]:
    """The numbers of the sentence above the map, in its order; that none is known is 0."""
    told = re.sub(r'(?:with the words|met de woorden) ".*"', "", answered(app))
    found = re.findall(
        r"\d+|no initiative|geen initiatief", re.sub(r"(?:with|met nog) \d+ .*?(?=[:,;.])", "", told)
    )
    return [int(each) if each.isdigit() else 0 for each in found]


def expected_summary(choices: dict[str, list[str]], search: str = "", ended: bool = False) -> list[int]:
    """How many fit, and where there are any of these for a district, the city, the region, and without an area; where
    districts are chosen those of these, how many of them serve others too, for the city and for the region."""
    fit = [key for key in ALL if naive.fits(key, choices, search, ended=ended)]
    scopes = [next(iter(naive.scope(key))) for key in fit if not naive.served()[key]]
    wide = [scopes.count(each) for each in ("city", "region", "unknown")]
    chosen = {code for code in choices.get("district", ()) if code.startswith("WK")}
    here = len(fit) - len(scopes)
    shared = here - sum(naive.scope(key) <= chosen for key in fit)
    first, *rest = [here, shared] if chosen else [len(fit), here]
    return [first, *(number for number in [*rest, *wide] if number)]


def ascii_start(text: str) -> str:
    return ascii(text[:12])


def options(app: AppTest, key: str) -> list[str]:
    return list(app.multiselect(key=key).options)


# --- every page, both languages ---------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_opens_in_both_languages(package: Package, page: str, language: str) -> None:
    app = whole(visit(page, lang=language))
    titles = {
        "kaart": ("Kaart", "Map"),
        "dekking": ("Dekking", "Coverage"),
        "data": ("Data en methode", "Data and method"),
    }
    if page in titles:
        assert [title.value for title in app.title] == [titles[page][language == "en"]]
    assert len(app.title) == 1
    assert components(app)["hsc_shell"]["lang"] == language
    assert package.snapshot in html(app)[-1]
    assert app.query_params["lang"] == language
    assert not re.search(FORGOTTEN, Tags(text(app)).text)


def test_dutch_comes_without_asking() -> None:
    app = whole(visit("kaart"))
    assert app.title[0].value == "Kaart"
    assert "lang" not in app.query_params


@pytest.mark.parametrize("asked", ["xx", "NL"])
def test_an_unknown_language_becomes_dutch_in_the_page_and_in_the_address(asked: str) -> None:
    app = whole(visit("kaart", lang=asked))
    assert app.title[0].value == "Kaart"
    assert app.query_params.get("lang", "nl") in ("nl", "")


def test_the_switch_changes_the_words_and_the_address_and_keeps_the_choices() -> None:
    app = whole(visit("kaart", amb="A2", level="neighbourhood"))
    before = summary(app)
    app.get("button_group")[0].set_value("en")
    whole(app.run())
    assert app.title[0].value == "Map"
    assert app.query_params == {"amb": "A2", "level": "neighbourhood", "lang": "en"}
    assert summary(app) == before


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_text_of_the_other_language_is_left(language: str) -> None:
    app = whole(visit("kaart", lang=language, sel="WK054603", tab="explain"))
    words = {
        "nl": ["What you see", "More filters", "Search in"],
        "en": ["Wat je ziet", "Bekende", "wijken ("],
    }
    shown = text(app) + " ".join(each.label for each in (*app.selectbox, *app.text_input, *app.multiselect))
    assert [word for word in words[language] if word in shown] == []


# --- the map ----------------------------------------------------------------------------------------------------


def test_the_map_opens_with_all_initiatives_and_a_figure() -> None:
    app = whole(visit("kaart"))
    assert summary(app) == expected_summary({})
    sent = map_update(app)
    assert len(sent["classes"]) == 10
    assert set(sent["text"]) == set(naive.codes_of("district"))


def test_a_shared_link_restores_the_view() -> None:
    query = {
        "lang": "en",
        "ind": OVERWEIGHT,
        "year": "2016",
        "age": "65plus",
        "level": "neighbourhood",
        "classes": "equal",
        "k": "4",
        "amb": ["A2", "A1"],
        "district": "WK054603",
        "q": "gezond",
        "sel": "BU05460301",
        "table": "initiatives",
        "sort": "name",
        "desc": "1",
        "ended": "1",
    }
    app = whole(visit("kaart", **query))
    assert app.query_params == query
    chosen = {each.key: each.value for each in (*app.selectbox, *app.text_input)}
    assert chosen | {"w_q": "gezond"} == chosen
    assert (chosen["w_ind"], chosen["w_year"], chosen["w_age"]) == (OVERWEIGHT, "2016", "65plus")
    assert (chosen["w_classes"], chosen["w_k"], chosen["w_sel"]) == ("equal", "4", "BU05460301")
    assert app.multiselect(key="w_district").value == ["WK054603"]
    choices = {"ambition": ["A1", "A2"], "district": ["WK054603"]}
    assert answered(app).startswith(f"In {naive.areas()['BU05460301']['name']} itself ")
    assert "known, ended ones too" in text(app)
    sent = map_update(app)
    value = naive.observed(OVERWEIGHT, "2016", "65plus", "BU05460301")
    assert sent["text"]["BU05460301"] == f"{value:.1f}%"
    assert (sent["selected"], sent["level"]) == ("BU05460301", "neighbourhood")
    rows = components(app)["table_initiatives"]["rows"]
    names = [naive.initiatives()[k]["name"] for k in ALL if naive.fits(k, choices, "gezond", ended=True)]
    assert [row["cells"][0] for row in rows] == sorted(names, key=str.casefold, reverse=True)[: len(rows)]
    assert notes(app) == []


def test_wrong_and_old_values_in_a_link_are_told_and_left_out() -> None:
    app = whole(visit("kaart", lang="en", **WRONG))
    (note,) = notes(app)
    told = Tags(note)
    values = [value for each in WRONG.values() for value in ([each] if isinstance(each, str) else each)]
    assert [value for value in values if f'"{value}"' not in told.text] == []
    assert {tag for tag, _ in told.tags} == {"div", "ul", "li"}
    assert app.query_params == {"lang": "en"}
    assert summary(app) == expected_summary({})


@pytest.mark.parametrize("key", ["ind", "amb", "page"])
def test_each_wrong_value_alone_leaves_the_rest_of_the_link(key: str) -> None:
    good = {"amb": "A2"} if key != "amb" else {"district": "WK054603"}
    app = whole(visit("kaart", lang="en", **good, **{key: WRONG[key]}))
    assert len(notes(app)) == 1
    assert app.query_params == {"lang": "en", **good}


def test_a_year_that_this_figure_lacks_is_replaced_and_told() -> None:
    app = whole(visit("kaart", lang="en", ind=OVERWEIGHT, year="2024", age="all"))
    (note,) = notes(app)
    assert "2020" in note
    assert {each.key: each.value for each in app.selectbox}["w_year"] == "2020"


def test_a_figure_without_districts_is_shown_by_neighbourhood_and_told() -> None:
    app = whole(visit("kaart", lang="en", ind="83765NED-HuishOnderOfRondSociaalMinimum"))
    assert len(notes(app)) == 1
    assert map_update(app)["level"] == "neighbourhood"


@pytest.mark.parametrize(
    ("query", "table"),
    [
        ("qzqzqz", "areas"),
        ("<b>", "citywide"),
        *((q, "initiatives") for q in ("(", "\u202e", "é" * 200)),
    ],
    ids=ascii_start,
)
def test_a_search_that_finds_nothing_says_so(query: str, table: str) -> None:
    app = whole(visit("kaart", lang="en", q=query, table=table, ind=REGISTER))
    assert summary(app) == expected_summary({}, query)
    if summary(app)[0] == 0:
        assert "<strong>no initiative</strong> is known" in text(app)
        assert {each.split()[0] for each in map_update(app)["text"].values()} == {"0"}


def test_filters_that_leave_nothing_can_all_be_cleared_at_once() -> None:
    app = whole(
        visit("kaart", amb="A3", sector="childcare", q="qzqzqz", status="ended", level="neighbourhood")
    )
    assert summary(app)[0] == 0
    app.button(key="clear_choices").click()
    whole(app.run())
    assert summary(app) == expected_summary({})
    assert app.query_params == {}


FACETS = {
    "w_theme": "theme",
    "w_life": "life_stage",
    "w_sector": "sector",
    "w_act": "activity",
    "w_status": "status",
    "w_evyear": "year",
    "w_evidence": "evidence",
    "w_ladder": "ladder",
    "w_district": "district",
}


def test_each_option_has_its_count_under_the_other_choices() -> None:
    choices = {"ambition": ["A2"], "status": ["active_at_evidence_date"]}
    app = whole(visit("kaart", lang="en", amb="A2", status="active_at_evidence_date"))
    for key, facet in FACETS.items():
        fit = [k for k in ALL if naive.fits(k, choices, but=facet)]
        codes = {code for k in ALL for code in naive.facet_codes(k, facet)}
        counts = sorted(sum(code in naive.facet_codes(k, facet) for k in fit) for code in codes)
        shown = sorted(int(re.search(r"\((\d+)\)$", option)[1]) for option in options(app, key))  # type: ignore[index]
        assert shown == counts, facet


@pytest.mark.parametrize(("key", "code"), [("w_district", "WK054603"), ("w_evyear", "none")])
def test_a_choice_in_a_filter_changes_map_table_and_address(key: str, code: str) -> None:
    app = whole(visit("kaart", table="initiatives"))
    app.multiselect(key=key).set_value([code])
    whole(app.run())
    assert summary(app) == expected_summary({FACETS[key]: [code]})
    assert app.query_params[key.removeprefix("w_")] == code
    total = components(app)["table_initiatives"]["words"]["range"].split()[-1]
    assert int(total) == sum(naive.fits(each, {FACETS[key]: [code]}) for each in ALL)


def test_a_choice_of_a_district_drops_nothing_that_is_there_for_everyone() -> None:
    app = whole(visit("kaart", lang="en", amb="A3", district="WK054605", table="initiatives"))
    told = (
        "In Leiden Zuidwest itself no initiative is known for a smoke-free youth, but 4 for the whole city."
    )
    assert answered(app) == told
    shown = components(app)["table_initiatives"]
    assert [column["label"] for column in shown["columns"]][:2] == ["Initiative", "For whom"]
    assert [row["cells"][1] for row in shown["rows"]] == ["the whole city"] * 4


def test_the_table_of_a_district_has_its_own_then_shared_ones_then_city_and_region() -> None:
    app = whole(visit("kaart", lang="en", district="WK054601", table="initiatives"))
    groups = naive.count("WK054601", naive.current())
    names = {
        "own": "only here",
        "shared": "here and in other districts",
        "city": "the whole city",
        "region": "the region",
    }
    expected = [(key, name) for group, name in names.items() for key in groups[group]]
    assert {"own", "shared", "city"} <= {group for group in names if groups[group]}
    shown = components(app)["table_initiatives"]["rows"]
    assert [(row["id"], row["cells"][1]) for row in shown] == expected[:25]
    last = components(whole(visit("kaart", lang="en", district="WK054601", table="initiatives", page="3")))
    assert [(r["id"], r["cells"][1]) for r in last["table_initiatives"]["rows"]] == expected[50:75]
    turned = visit("kaart", lang="en", district="WK054601", table="initiatives", sort="for", desc="1")
    assert [r["id"] for r in components(whole(turned))["table_initiatives"]["rows"]] == [
        key for key, _ in expected[::-1]
    ][:25]


def test_what_has_ended_is_shown_on_request_and_its_number_always() -> None:
    app = whole(visit("kaart", lang="en"))
    (option,) = [each for each in options(app, "w_status") if each.startswith("Ended")]
    ended = [key for key in ALL if naive.initiatives()[key]["status"] == "ended"]
    assert option == f"Ended ({len(ended)})"
    app.toggle(key="w_ended").set_value(True)
    whole(app.run())
    assert app.query_params["ended"] == "1"
    assert summary(app) == expected_summary({}, ended=True)
    chosen = whole(visit("kaart", lang="en", status="ended"))
    assert summary(chosen)[0] == len(ended)
    assert "known, with the status that you chose" in text(chosen)


def test_the_back_button_takes_a_choice_back() -> None:
    app = whole(visit("kaart"))
    app.multiselect(key="w_sector").set_value(["sports"])
    whole(app.run())
    app.query_params = {}
    whole(app.run())
    assert summary(app) == expected_summary({})
    assert app.multiselect(key="w_sector").value == []


def test_the_script_of_the_map_stays_the_same_whatever_is_chosen() -> None:
    app = whole(visit("kaart"))
    first = map_script(app)
    app.multiselect(key="w_sector").set_value(["sports"])
    app.selectbox(key="w_ind").set_value(OVERWEIGHT)
    whole(app.run())
    assert map_script(app) == first


def test_why_there_are_fewer_classes_is_told_truly() -> None:
    """Deviations of which no area is so far from the mean leave classes empty, also where values enough differ."""
    values = [naive.observed(OVERWEIGHT, "2020", "18plus", code) for code in naive.codes_of("neighbourhood")]
    assert len(set(values)) > 40
    app = whole(visit("kaart", lang="en", ind=OVERWEIGHT, classes="std", k="7", level="neighbourhood"))
    assert len(map_update(app)["colors"]) < 7
    told = [each.value for each in app.get("html")]
    assert any("classes are in use; no area falls into the others" in each for each in told)
    assert not any("Equal values" in each for each in told)


def sample_of_indicators() -> list[str]:
    """One of every table, and one more."""
    tables = {row["table_id"]: key for key, row in naive.indicators().items()}
    return sorted({*tables.values(), *random.Random(11).sample(list(naive.indicators()), 1)})


@pytest.mark.parametrize("indicator", sample_of_indicators())
def test_a_figure_of_every_table_is_drawn_and_tabled(indicator: str) -> None:
    app = whole(visit("kaart", lang="en", ind=indicator, sel="WK054605"))
    sent = map_update(app)
    rows = components(app)["table_areas"]["rows"]
    assert {row["id"]: text_of(row["cells"][2]) for row in rows[:-3]}.items() <= sent["text"].items()
    assert len(sent["text"]) == len(naive.codes_of(sent["level"]))
    assert naive.indicators()[indicator]["name_en"] in text(app)
    assert "hsc-legend" in text(app)


def test_a_district_in_the_panel_has_its_initiatives_and_figures() -> None:
    app = whole(visit("kaart", lang="en", sel="WK054603", amb="A2"))
    groups = naive.count("WK054603", naive.with_ambition(naive.current(), "A2"))
    fit = [*groups["own"], *groups["shared"]]
    listed = components(whole(visit("kaart", lang="en", sel="WK054603", amb="A2", tab="initiatives")))
    shown = components(app)
    (known,) = [Tags(part).text for part in html(app) if 'id="known"' in part]
    assert known.startswith(f"Leiden-Noord: {len(fit)} initiatives (known, not ended; as of ")
    assert f"for the whole city: {len(groups['city'])}; for the region: {len(groups['region'])}" in known
    every = [*fit, *groups["city"], *groups["region"]]  # what is for everyone reaches the district too
    assert [row["id"] for row in listed["panel_initiatives"]["rows"]] == every[:25]
    assert listed["panel_initiatives"]["caption"].startswith(f"{len(every)} initiative")
    cells = [cell for row in shown["panel_figures"]["rows"] for cell in row["cells"]]
    assert any(cell.startswith("47.4%") for cell in cells)


@pytest.mark.parametrize("code", ["GM0546", "BU05460407", "LEI-010"])
def test_whatever_can_be_selected_fills_the_panel(code: str) -> None:
    app = whole(visit("kaart", lang="en", sel=code))
    name = (naive.areas().get(code) or naive.initiatives()[code])["name"]
    assert name in Tags(text(app)).text


@pytest.mark.parametrize("code", ["NL00", *naive.codes_of("surrounding")[:1]])
def test_no_initiative_is_said_to_be_unknown_where_the_register_does_not_look(code: str) -> None:
    """The register is of Leiden: of the country and the neighbours it knows nothing."""
    assert "No initiative known here" not in text(whole(visit("kaart", lang="en", sel=code)))


def test_the_table_of_what_is_not_drawn_holds_them_all() -> None:
    app = whole(visit("kaart", lang="en", table="citywide", page="3"))
    wide = [key for key in naive.current() if not naive.served()[key]]
    shown = components(app)["table_citywide" if "table_citywide" in components(app) else "table_initiatives"]
    assert shown["words"]["range"] == f"51–{len(wide)} of {len(wide)}"
    assert {row["id"] for row in shown["rows"]} <= set(wide)


# --- data and method --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_opens(section: str, language: str) -> None:
    app = whole(visit("data", lang=language, section=section))
    assert "hsc-said" in text(app)
    assert not re.search(FORGOTTEN, Tags(text(app)).text)


@pytest.mark.parametrize("indicator", sample_of_indicators())
def test_every_figure_has_its_metadata(indicator: str) -> None:
    app = whole(visit("data", lang="en", ind=indicator))
    row = naive.indicators()[indicator]
    shown = Tags(text(app)).text
    for column in ("name_en", "definition_en", "method_en", "caveats_en", "not_for_en"):
        assert row[column] in shown, column
    assert row["table_id"] in shown


def test_every_source_is_listed_with_its_licence() -> None:
    shown = components(whole(visit("data", lang="en", section="sources")))["t_sources"]["rows"]
    told = {_text(row["cells"][0]): row["cells"][2] for row in shown}
    assert {title: _text(licence) for title, licence in told.items()} == {
        row["title"]: row["licence"] for row in naive.rows("sources")
    }
    addresses = {row["title"]: row["licence_url"] for row in naive.rows("sources") if row["licence_url"]}
    assert {title: told[title]["href"] for title in addresses} == addresses


def _text(cell: str | dict[str, str]) -> str:
    return cell["text"] if isinstance(cell, dict) else cell


def test_quality_tables_hold_what_the_csv_files_hold() -> None:
    shown = components(whole(visit("data", lang="en", section="quality")))
    by_precision = {row["cells"][0]: row["cells"][-1] for row in shown["t_precision"]["rows"]}
    for code, count in {"city": 60, "region": 12, "address": 18}.items():
        name = next(
            r["name_en"]
            for r in naive.rows("vocabularies")
            if (r["vocabulary"], r["code"]) == ("precision", code)
        )
        assert by_precision[name] == str(count)
    assert shown["t_left_out"]["words"]["range"].endswith(f"of {len(naive.rows('left_out'))}")


def test_wrong_values_in_a_link_to_the_data_page_are_told() -> None:
    app = whole(visit("data", lang="en", section="gossip", ind="<b>", page="x"))
    told = " ".join(Tags(note).text for note in notes(app))
    assert [value for value in ("gossip", "<b>", "x") if f'"{value}"' not in told] == []
    assert app.query_params == {"lang": "en"}


# --- hostile rows -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", ["areas", "initiatives"])
def test_hostile_rows_do_not_break_the_map(
    hostile_package: Package, monkeypatch: pytest.MonkeyPatch, table: str
) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    app = whole(visit("kaart", lang="en", table=table, sel="WK054603", level="district"))
    for part in html(app):
        assert {tag for tag, _ in Tags(part).tags}.isdisjoint({"script", "img", "b"})


@pytest.mark.parametrize(
    "name",
    [SCRIPT, "lone \ud800 surrogate", LONG],
    ids=ascii_start,
)
def test_a_hostile_initiative_does_not_break_the_panel(
    hostile_package: Package, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    key = keys(hostile_package)[NAMES.index(name)]
    app = whole(visit("kaart", lang="nl", sel=key, q="LUMC"))
    for part in html(app):
        assert {tag for tag, _ in Tags(part).tags}.isdisjoint({"script", "img", "b"})
        assert not re.search(r'href="(?!https?://|#|stuk\?|wijkprofiel\?|aanmelden\?|partners\?)', part)


@pytest.mark.parametrize(("page", "section"), [("start", ""), ("data", "register"), ("data", "quality")])
def test_hostile_rows_do_not_break_the_other_pages(
    hostile_package: Package, monkeypatch: pytest.MonkeyPatch, page: str, section: str
) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    app = whole(visit(page, lang="en", **({"section": section} if section else {})))
    for part in html(app):
        tags = Tags(part).tags
        assert {tag for tag, _ in tags}.isdisjoint({"script", "b"})
        ours = [str(each["src"]).startswith("data:image/svg+xml") for tag, each in tags if tag == "img"]
        assert all(ours)


# --- broken data ------------------------------------------------------------------------------------------------


@pytest.fixture
def broken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data that the app reads, to be broken."""
    folder = Path(shutil.copytree(naive.DATA, tmp_path / "data"))
    monkeypatch.setattr(web_package, "_package", None)
    monkeypatch.setenv("HSC_DATA", str(folder))
    settings.cache_clear()
    yield folder
    settings.cache_clear()


def remove(path: Path) -> None:
    path.unlink()


def change(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20] + b"x" * 20)


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("file", "harm"),
    [
        ("initiatives.csv", remove),
        ("initiatives.csv", change),
        ("areas.parquet", change),
        ("areas_drawing.geojson", empty),
        ("datapackage.json", change),
        ("datapackage.json", remove),
        ("datapackage.json", empty),
    ],
)
def test_a_broken_file_gives_one_clear_message(broken: Path, file: str, harm: object) -> None:
    harm(broken / file)  # type: ignore[operator]
    app = visit("kaart", lang="en")
    assert list(app.exception) == []
    assert len(app.error) == 1
    assert file in app.error[0].value
    assert "python -m hsc_geo data build" in app.error[0].value
    assert "Traceback" not in app.error[0].value
    assert list(app.get("component_instance")) == []


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_page_tells_it_in_both_languages(broken: Path, page: str, language: str) -> None:
    remove(broken / "observations.csv")
    app = visit(page, lang=language)
    assert list(app.exception) == []
    (title,) = app.title
    assert (title.value == "The data cannot be read") == (language == "en")
    (message,) = app.error
    assert f"observations.csv: {'ontbreekt' if language == 'nl' else 'is missing'}; " in message.value


def test_a_folder_that_is_not_there_gives_the_message_too(broken: Path) -> None:
    shutil.rmtree(broken)
    app = visit("start")
    assert list(app.exception) == []
    assert len(app.error) == 1


def test_mended_data_need_no_restart(broken: Path) -> None:
    kept = (broken / "venues.csv").read_bytes()
    remove(broken / "venues.csv")
    app = visit("kaart", lang="en")
    assert len(app.error) == 1
    (broken / "venues.csv").write_bytes(kept)
    whole(app.run())
    assert app.title[0].value == "Map"
