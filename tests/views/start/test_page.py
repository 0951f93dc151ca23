"""The start page: its sentence and matrix against data/*.csv, the reasons of the cells, the map, figures with their
distances, what changed lately, the three questions and where its links lead."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.focus import comparisons
from hsc_geo.analysis.gaps import GAP, NO_SIGN, NOT_KNOWN, RULES, UNCERTAIN
from hsc_geo.analysis.lately import lately
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.start import words
from hsc_geo.views.start.answers import Cockpit, cockpit
from hsc_geo.views.start.city_map import NOT_KNOWN as NO_FILL
from hsc_geo.views.start.city_map import THIRDS, districts
from hsc_geo.views.start.paper import start_brief
from hsc_geo.views.wording.distance import distance_text, distance_words
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.views.screens import components, html, notes, text, visit, whole
from tests.views.tags import Tags

FOCUS = ["WK054603", "WK054605"]
AMBITIONS = ["A1", "A2", "A3", "A4"]
CITY = "GM0546"
CURRENT = [key for key, row in naive.initiatives().items() if row["status"] != "ended"]
OVERWEIGHT = "50150NED-Overgewicht"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def by_hand(area: str, ambition: str) -> tuple[int, int]:
    """Own and shared initiatives of an area (of the city: of any of its districts) for an ambition; and those for the
    city or the region."""
    ids = [key for key in CURRENT if ambition in naive.parts(naive.initiatives()[key]["ambition_codes"])]
    found = {group: len(keys) for group, keys in naive.count(area, ids).items()}
    return found["own"] + found["shared"], found["city"] + found["region"]


def attributes(shown: str, name: str) -> list[str]:
    return [str(each[name]) for _, each in Tags(shown).tags if name in each]


def matrix(lang: str = "en") -> str:
    (found,) = [part for part in html(whole(visit("start", lang=lang))) if "hsc-matrix" in part]
    return found


# --- the answer ---------------------------------------------------------------------------------------------------


def test_the_sentence_names_what_is_least_known_beside_the_city(en: Names) -> None:
    said = words.answer(en, cockpit(en))
    for area in FOCUS:
        shares = {each: by_hand(area, each)[0] / by_hand(CITY, each)[0] for each in AMBITIONS}
        first, second = sorted(AMBITIONS, key=lambda each: shares[each])[:2]
        (told,) = re.findall(rf"In {en.focus()[area]} least is known for (.*?)\.(?: |$)", said)
        names = [en.term("ambition", each)[1:] for each in (first, second)]
        assert [told.find(name) > -1 for name in names] == [True, True]
        assert told.find(names[0]) < told.find(names[1])
        for each in (first, second):
            here, whole_city = by_hand(area, each)[0], by_hand(CITY, each)[0]
            assert f"({here or 'none'} of the {whole_city}" in told


def test_every_ambition_with_none_is_named(en: Names) -> None:
    found = cockpit(en)
    gone = {
        (FOCUS[0], each): replace(found.counts[FOCUS[0], each], own=(), shared=()) for each in AMBITIONS[:3]
    }
    emptied = replace(found, counts={**found.counts, **gone})
    assert emptied.least(FOCUS[0]) == ("A1", "A2", "A3")
    assert words.answer(en, emptied).count("none of the") == 4


def test_an_ambition_that_no_district_has_is_no_division_by_zero(en: Names) -> None:
    found = cockpit(en)
    nobody = {key: replace(each, own=(), shared=()) for key, each in found.counts.items()}
    assert "none known in any district" in words.answer(en, replace(found, counts=nobody))


def test_the_matrix_holds_the_numbers_of_the_register() -> None:
    found = re.sub(r"<div popover.*?</div>", "", matrix(), flags=re.DOTALL)
    lines = [Tags(line).text for line in re.findall(r"<tr.*?</tr>", found, flags=re.DOTALL)]
    expected = [[by_hand(area, each)[0] for each in AMBITIONS] for area in (*FOCUS, CITY)]
    expected.append([by_hand(CITY, each)[1] for each in AMBITIONS])
    numbers = [
        [int(number or 0) for number in re.findall(r"(\d+) known|none known", line)] for line in lines[1:]
    ]
    assert numbers == expected
    assert lines[1].startswith("Leiden Noord")
    assert lines[2].startswith("Leiden Zuidwest")


def test_a_cell_says_gap_or_uncertain_where_a_rule_does_and_opens_why(en: Names) -> None:
    found, shown = cockpit(en), matrix()
    for area in FOCUS:
        for ambition in AMBITIONS:
            verdicts = {found.gaps[ambition].verdict(area, rule) for rule in RULES}
            said = GAP if GAP in verdicts else UNCERTAIN if UNCERTAIN in verdicts else NO_SIGN
            css = {GAP: "gap", UNCERTAIN: "doubt", NO_SIGN: "known"}[said]
            key = f"hsc-why-{area}-{ambition}"
            assert re.search(rf'<td class="{css}"><button type="button" popovertarget="{key}">', shown)
            (why,) = re.findall(rf'<div popover id="{key}".*?</div>', shown, flags=re.DOTALL)
            told = Tags(why).text
            for reason in words.reasons(en, found, area, ambition):
                assert reason in told
            assert f"{by_hand(area, ambition)[0] or 'no'} initiative" in told


def test_without_an_index_of_need_a_cell_says_that_it_is_not_known(en: Names) -> None:
    found: Cockpit = replace(cockpit(en), gaps={})
    assert found.verdict(FOCUS[0], "A1") == NOT_KNOWN
    assert words.state(en, found, FOCUS[0], "A1") == "not known"
    assert len(words.reasons(en, found, FOCUS[0], "A1")) == 1
    assert {each.fill for each in districts(en, found)} == {NO_FILL}


# --- the map ------------------------------------------------------------------------------------------------------


def test_the_map_is_darker_where_need_is_higher_and_leads_to_each_district(en: Names) -> None:
    found = cockpit(en)
    shown = {each.code: each for each in districts(en, found)}
    assert set(shown) == set(naive.codes_of("district"))
    need = found.gaps[""].table["need"]
    third = [[need[code] for code, each in shown.items() if each.fill == fill] for fill in THIRDS]
    assert max(third[0]) < min(third[1])
    assert max(third[1]) < min(third[2])
    lightness = [int(fill[1:3], 16) for fill in THIRDS]
    assert lightness == sorted(lightness, reverse=True)
    (drawn,) = [part for part in html(whole(visit("start", lang="en"))) if "hsc-city" in part]
    for code, each in shown.items():
        counted = naive.count(code, CURRENT)
        number = len(counted["own"]) + len(counted["shared"])
        assert each.known == number
        assert f"{number or 'none'} known" in each.text
        assert drawn.count(f"kaart?sel={code}&amp;lang=en") == 2
        assert each.text.split(":")[0] in attributes(drawn, "alt")[0]


# --- figures, what changed -----------------------------------------------------------------------------------------


def test_start_shows_the_official_figures_of_the_focus_districts() -> None:
    shown = Tags(text(whole(visit("start")))).text
    for figure in ("47,4%", "69,4%"):  # 50150NED, 2024
        assert figure in shown


def test_start_names_the_source_of_every_figure(package: Package) -> None:
    tables = {naive.indicators()[c.indicator_id]["table_id"] for c in comparisons(package)}
    shown = text(whole(visit("start")))
    assert [table for table in tables if table not in shown] == []


def test_the_distance_from_the_city_has_an_arrow_with_a_word(n: Names) -> None:
    own, city = (
        Figure(code, OVERWEIGHT, 2024, "18plus", value, None, None, "present")
        for code, value in (("WK054603", 47.4), (CITY, 42.0))
    )
    said = {
        "en": "5.4 percentage points above Leiden: less favourable",
        "nl": "5,4 procentpunt boven Leiden: minder gunstig",
    }
    assert distance_text(n, own, city) == f"↑ {said[n.w.code]}"
    assert distance_words(n, own, city) == said[n.w.code]
    assert distance_text(n, city, own).startswith("↓ ")
    near = replace(own, value=43.9)
    same = {"en": "about the same as Leiden", "nl": "ongeveer gelijk aan Leiden"}
    assert distance_text(n, near, city) == f"≈ {same[n.w.code]}"
    assert distance_text(n, replace(own, value=None), city) == ""
    assert distance_words(n, own, replace(city, value=None)) == ""


def test_the_focus_districts_stand_before_the_city_in_each_figure() -> None:
    (shown,) = [part for part in html(whole(visit("start", lang="en"))) if "hsc-figures" in part]
    for figure in shown.split("<li>")[1:]:
        names = re.findall(r'<th scope="row">(.*?)</th>', figure)
        assert names[:3] == ["Leiden Noord", "Leiden Zuidwest", "Leiden"]
        assert Tags(figure).text.count("Leiden:") + Tags(figure).text.count("same as Leiden") == 2


def test_what_changed_is_named_with_its_place_on_the_map(en: Names) -> None:
    found = lately(en.package, en.today)
    (shown,) = [part for part in html(whole(visit("start", lang="en"))) if "<strong>Began" in part]
    for key in (*found.began[:3], *found.ended[:3]):
        assert f"kaart?sel={key}&amp;lang=en" in shown
        assert en.initiative(key) in Tags(shown).text
    assert "nobody has said of any entry that it still holds" in Tags(shown).text


# --- the ways on --------------------------------------------------------------------------------------------------


def test_start_tells_what_counts_for_each_focus_district_and_beside_it() -> None:
    (works, join, missing) = [
        Tags(part).text for part in html(whole(visit("start", lang="en"))) if "hsc-answer" in part
    ]
    assert "126 initiatives count (known, not ended; as of " in works
    assert (
        "Leiden Noord: 15; Leiden Zuidwest: 11. Beside it, for the whole city: 49; for the region: 10."
        in works
    )
    assert "Partners are not counted." in join
    assert "For the whole city: 4; for the region: none known." in missing


def test_start_asks_three_questions_each_a_link() -> None:
    links = [link.proto for link in whole(visit("start", lang="en")).get("page_link")]
    asked = [link.label for link in links if link.page.rsplit("/", 1)[-1] == "kaart"]
    assert asked == ["What already works?", "Where can we work together?", "Who is still missing?"]


def test_every_link_of_start_opens_without_a_note() -> None:
    app = visit("start", lang="en")
    asked = {link.proto.page.rsplit("/", 1)[-1]: [] for link in app.get("page_link")} | {
        "wijkprofiel": [],
        "dekking": [],
        "veranderd": [],
    }
    for link in app.get("page_link"):
        asked[link.proto.page.rsplit("/", 1)[-1]].append(link.proto.query_string)
    for address in attributes(text(app), "href"):
        parts = urlsplit(address)
        kinds = {tuple(sorted(parse_qs(query))) for query in asked[parts.path]}
        if tuple(sorted(parse_qs(parts.query))) not in kinds:  # one of each kind
            asked[parts.path].append(parts.query)
    assert min(map(len, asked.values())) > 0
    for page, queries in asked.items():
        for query in queries:
            opened = whole(visit(page, **parse_qs(query)))
            assert notes(opened) == []
            assert set(parse_qs(query)) <= set(opened.query_params)


def test_the_link_to_who_is_missing_shows_the_number_that_start_tells() -> None:
    (link,) = [each for each in visit("start").get("page_link") if "REGISTER" in each.proto.query_string]
    app = whole(visit("kaart", **parse_qs(link.proto.query_string)))
    rows = [row["cells"] for row in components(app)["table_areas"]["rows"]]
    told = next(part for part in html(visit("start")) if "geen eigen initiatief bekend" in part)
    rows = rows[:-3]  # below stand the city and what is wider
    without = sum(text_of(row[-1]) == "geen bekend" for row in rows)
    assert f"in {without} van de {len(rows)} wijken" in told


def test_the_paper_says_what_the_page_says(n: Names) -> None:
    made, found = start_brief(n, "https://leiden.example/"), cockpit(n)
    assert made.subtitle == words.answer(n, found)
    tables = [block for block in made.blocks if hasattr(block, "rows")]
    assert tables[0].rows[0][1:5] == tuple(
        "; ".join(
            filter(None, (words.number(n, found, FOCUS[0], each), words.state(n, found, FOCUS[0], each)))
        )
        for each in AMBITIONS
    )
    assert [len(table.rows) + table.left_out for table in tables[-2:]] == [15, 11]
