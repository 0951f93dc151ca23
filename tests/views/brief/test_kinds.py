"""What stands in the briefs: against the files read by other code, and never more than the register can say."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest

from hsc_geo.analysis.explore import Choice, default_indicator, explore
from hsc_geo.analysis.matrix import Basis
from hsc_geo.analysis.need import Ingredient
from hsc_geo.analysis.partners import to_invite
from hsc_geo.analysis.profile import missing_kinds
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kenniscafe import kenniscafe, questions
from hsc_geo.views.brief.kinds import KINDS, document, parameters
from hsc_geo.views.brief.policy_lab import asked, policy_lab
from hsc_geo.views.coverage.choices import CoverageChoice, coverage_choice
from hsc_geo.views.coverage.paper.document import coverage_brief
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.paper import map_brief
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.html_page import to_html
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Map, Paragraph, Table
from hsc_geo.views.paper.pdf import to_pdf
from hsc_geo.views.profile.answers import check_together
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper import profile_brief
from tests.shared import naive
from tests.shared.asked import with_asked
from tests.views.paper import reading as pdf
from tests.visit import names_of

TODAY = dt.date(2026, 11, 21)
LINK = "https://leiden.example/x"
AREAS = [*naive.codes_of("district"), *naive.codes_of("neighbourhood")]
AMBITIONS = ["", "A1", "A2", "A3", "A4"]
# A bare "no initiative" or "geen initiatief" says more than the register knows.
FORBIDDEN = re.compile(
    r"there (is|are) no initiative|no initiatives? (in|exist|run|works?)\b|er (is|zijn) geen initiatie|"
    r"geen initiatie(f|ven) in\b|because of(?! the corona measures)|caused by|veroorzaakt|dankzij|"
    r"rank(ed|s)\b(?! again)",
    re.IGNORECASE,
)


class Query(dict):  # type: ignore[type-arg]
    """An address, as Streamlit gives it."""

    def get_all(self, key: str) -> list[str]:
        return list(self.get(key, []))


def flat(blocks: tuple[Block, ...]) -> list[Block]:
    found: list[Block] = []
    for each in blocks:
        found += flat((*each.left, *each.right)) if isinstance(each, Beside) else [each]
    return found


def words_of(made: Document) -> str:
    texts = [made.title, made.subtitle, made.beside, *made.sources, *made.caveats]
    for each in flat(made.blocks):
        if isinstance(each, (Heading, Paragraph)):
            texts.append(each.text)
        elif isinstance(each, Bullets):
            texts += each.items
        elif isinstance(each, Table):
            texts += [each.caption, *each.header, *(cell for row in each.rows for cell in row[1:])]
    return "\n".join(texts)


def tables(made: Document) -> list[Table]:
    return [each for each in flat(made.blocks) if isinstance(each, Table)]


def known_here(area: str, ambition: str) -> set[str]:
    """Initiatives not known to have ended that serve the area for the ambition, from the files."""
    inside = {area} | {c for c, row in naive.areas().items() if row["parent_code"] == area}
    served = {row["initiative_id"] for row in naive.rows("initiative_areas") if row["area_code"] in inside}
    register = naive.initiatives()
    return {
        key
        for key in served
        if register[key]["status"] != "ended"
        and (not ambition or ambition in naive.parts(register[key]["ambition_codes"]))
    }


@pytest.mark.parametrize("area", [*AREAS[:10], *AREAS[10::4]])
def test_the_three_questions_follow_from_what_is_known(en: Names, area: str) -> None:
    for ambition in AMBITIONS:
        first, second, third = questions(en, area, ambition)
        asked_for = [ambition] if ambition else AMBITIONS[1:]
        without = [a for a in asked_for if not known_here(area, a)]
        assert first.startswith("For ") == bool(without)
        named = [a for a in asked_for if en.term("ambition", a)[1:] in first]
        assert named == (without or asked_for)
        count = len(known_here(area, ambition))
        told = f"The {count} initiative " if count == 1 else f"Of the {count} initiatives "
        assert third.startswith((told, "Everything known")) == (count > 0)
        assert ("No initiative of its own" in third) == (count == 0)
        assert second.endswith("?")


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_brief_says_more_than_is_known(package: Package, language: str, nl: Names, en: Names) -> None:
    n = nl if language == "nl" else en
    made = [kenniscafe(n, area, "A3", LINK, TODAY) for area in AREAS[::2]]
    made += [policy_lab(n, "", area, "", LINK, TODAY) for area in AREAS[::4]]
    made += [profile_brief(n, ProfileChoice((area,)), LINK, TODAY) for area in AREAS[::4]]
    made += [coverage_brief(n, CoverageChoice(basis=Basis("known", 12, TODAY)), LINK, TODAY)]
    found = [FORBIDDEN.findall(words_of(each)) for each in made]
    assert [each for each in found if each] == []


def test_a_count_of_initiatives_is_never_a_bare_zero(n: Names) -> None:
    view = explore(n.package, Choice(level="neighbourhood"))
    made = map_brief(n, view, LINK, TODAY)
    areas = tables(made)[0]
    assert {row[-2] for row in areas.rows} & {"0"} == set()
    assert n.w.t("none known") in {row[-2] for row in areas.rows}


def test_each_paper_tells_the_one_number_of_its_area_and_what_is_beside_it(en: Names) -> None:
    for area in ("WK054603", "WK054605", "BU05460302"):
        groups = naive.count(area, naive.current())
        own = len(groups["own"]) + len(groups["shared"])
        beside = f"for the whole city: {len(groups['city'])}; for the region: {len(groups['region'])}"
        label = f"known, not ended; as of {en.w.date(en.today)}"
        noun = "initiative" if own == 1 else "initiatives"
        for made in (
            profile_brief(en, ProfileChoice((area,)), LINK, TODAY),
            policy_lab(en, "", area, "", LINK, TODAY),
            kenniscafe(en, area, "", LINK, TODAY),
        ):
            told = words_of(made)
            assert re.search(rf"\b{own} {noun} ", told), made.kind
            assert label in told, made.kind
            assert beside in told, made.kind


def test_the_map_paper_of_a_district_has_its_own_first_and_drops_nothing(en: Names) -> None:
    view = explore(en.package, Choice(facets={"ambition": ["A3"], "district": ["WK054605"]}))
    made = map_brief(en, view, LINK, TODAY)
    told = (
        "In Leiden Zuidwest itself no initiative is known for a smoke-free youth, but 4 for the whole city."
    )
    assert made.subtitle.startswith(told)
    assert [row[-2] for row in tables(made)[-1].rows] == ["the whole city"] * 4
    assert made.title == "A smoke-free youth in Leiden Zuidwest"
    view = explore(en.package, Choice(facets={"district": ["WK054601"]}))
    groups = [row[3] for row in tables(map_brief(en, view, LINK, TODAY))[-1].rows]
    order = ["only here", "here and in other districts", "the whole city", "the region"]
    assert groups == sorted(groups, key=order.index)
    assert set(groups) >= set(order[:3])


def test_a_confirmed_one_is_new_in_every_paper(package: Package, en: Names) -> None:
    key = min(
        (k for k in known_here("WK054603", "") if naive.initiatives()[k]["last_evidence_year"]),
        key=lambda k: naive.initiatives()[k]["last_evidence_year"],
    )
    register = package.initiatives.copy()
    register.loc[key, "last_confirmed"] = "2026-11-02"
    of = replace(package, initiatives=register)
    name = naive.initiatives()[key]["name"]
    for day, first in ((dt.date(2026, 11, 1), False), (dt.date(2026, 11, 29), True)):
        n = names_of(of, en.w, day)
        for made in (
            profile_brief(n, ProfileChoice(("WK054603",)), LINK, day),
            kenniscafe(n, "WK054603", "", LINK, day),
        ):
            listed = next(t for t in tables(made) if n.w.t("Last seen or confirmed") in t.header)
            assert (listed.rows[0][0] == name) is first
            if first:
                assert listed.rows[0][-1] == "confirmed on 2 November 2026"
        old = kenniscafe(n, "WK054603", "", LINK, day)
        number = len(known_here("WK054603", "")) - first
        assert f" {number} were not seen or confirmed in the 24 months up to {en.w.date(day)}" in words_of(
            old
        )


def test_papers_tell_none_known_from_asked_and_from_not_asked_since(package: Package, en: Names) -> None:
    of = with_asked(package, ("WK054603", "A3", "2026-05-12"), ("WK054605", "A3", "2021-02-03"))
    n = names_of(of, en.w, TODAY)
    said = {
        "WK054603": "asked on 12 May 2026: nothing found",
        "WK054605": "none known, not asked since 3 February 2021",
    }
    for area, text in said.items():
        for made in (
            profile_brief(n, ProfileChoice((area,)), LINK, TODAY),
            kenniscafe(n, area, "A3", LINK, TODAY),
            policy_lab(n, "", area, "A3", LINK, TODAY),
            coverage_brief(n, CoverageChoice(), LINK, TODAY),
        ):
            assert text in words_of(made), (area, made.kind)
    assert "(Source: Libertas Leiden)" in words_of(
        profile_brief(n, ProfileChoice(("WK054603",)), LINK, TODAY)
    )
    plain = names_of(package, en.w, TODAY)
    assert "asked" not in words_of(profile_brief(plain, ProfileChoice(("WK054603",)), LINK, TODAY)).replace(
        "masked", ""
    )


def test_kinds_to_invite_are_known_in_the_city_and_not_here(package: Package, en: Names) -> None:
    made = kenniscafe(en, "WK054603", "", LINK, TODAY)
    lists = [each for each in flat(made.blocks) if isinstance(each, Bullets)]
    names = [text.split(":")[0] for text in lists[0].items]
    here = known_here("WK054603", "")
    sectors = {s for key in here for s in naive.parts(naive.initiatives()[key]["sector"])}
    kinds = [kind.sector for kind in to_invite(missing_kinds(package, "WK054603"))]
    assert names == [en.term("sector", each) for each in kinds]
    assert not set(kinds) & sectors
    organisations = {row["name"] for row in naive.rows("organisations")}
    for text in lists[0].items:
        first = text.split(": ", 1)[1].split(", ")[0]
        assert any(name.startswith(first) for name in organisations)


def test_filters_stand_in_the_brief_in_words(en: Names) -> None:
    facets = {"ambition": ["A4"], "life_stage": ["65+"]}
    view = explore(en.package, Choice(facets=facets, text="samen"))
    beside = map_brief(en, view, LINK, TODAY).beside
    assert "Ambition: Mental health" in beside
    assert en.term("life_stage", "65+") in beside
    assert 'with the words "samen"' in beside


def test_initiatives_in_the_map_brief_are_those_of_the_view(n: Names) -> None:
    view = explore(n.package, Choice(facets={"ambition": ["A3"]}))
    made = tables(map_brief(n, view, LINK, TODAY))[-1]
    names = {naive.initiatives()[key]["name"] for key in view.ids}
    assert len(made.rows) + made.left_out == len(view.ids)
    assert {row[0] for row in made.rows} <= names
    years = [row[-1].split(";")[0] if row[-1][:1].isdigit() else "" for row in made.rows]
    assert years == sorted(years, reverse=True)  # newest first, undated ('') last


def test_areas_are_never_sorted_by_their_figure(en: Names) -> None:
    view = explore(en.package, Choice(indicator=default_indicator(en.package)))
    rows = tables(map_brief(en, view, LINK, TODAY))[0].rows
    focus = [row["area_code"] for row in naive.rows("focus_areas") if not row["valid_to"]]
    names = [
        naive.areas()[code]["name"]
        for code in (*focus, *(c for c in sorted(naive.codes_of("district")) if c not in focus))
    ]
    assert [row[0].split(" (focus district")[0] for row in rows[: len(names)]] == names
    assert rows[len(names)][0] == "Leiden"


def test_the_coverage_brief_counts_as_the_files_do(en: Names) -> None:
    made = tables(coverage_brief(en, CoverageChoice(), LINK, TODAY))[0]
    lines = {row[0].split(" (focus district")[0]: row[1:] for row in made.rows}
    for code in naive.codes_of("district"):
        counts = [len(known_here(code, a)) for a in ("A1", "A2", "A3", "A4", "")]
        assert list(lines[naive.areas()[code]["name"]]) == [str(c) if c else "none known" for c in counts]


def test_districts_without_a_known_initiative_are_named(en: Names) -> None:
    made = coverage_brief(en, CoverageChoice(), LINK, TODAY)
    (found,) = [
        b for b in flat(made.blocks) if isinstance(b, Bullets) and any("Mental health" in t for t in b.items)
    ]
    focus = [row["area_code"] for row in naive.rows("focus_areas") if not row["valid_to"]]
    for ambition in AMBITIONS[1:]:
        without = [
            naive.areas()[c]["name"]
            for c in sorted(naive.codes_of("district"), key=lambda code: (code not in focus, code))
            if not known_here(c, ambition)
        ]
        text = f"{en.term('ambition', ambition)}: {', '.join(without)}"
        assert (text in found.items) == bool(without)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("  Wat \n werkt? ", "Wat werkt?"),
        ("", ""),
        ("x" * 100_000, "x" * 300 + "…"),
        ("x" * 300, "x" * 300),
        ("a\x00b", "a\ufffdb"),
    ],
)
def test_the_question_is_shown_as_typed_and_cut(question: str, expected: str) -> None:
    assert asked(question) == expected


def test_the_policy_brief_shows_the_question_and_what_is_not_known(en: Names) -> None:
    made = policy_lab(en, "Where do <b>we</b> begin?", "WK054605", "A3", LINK, TODAY)
    blocks = flat(made.blocks)
    assert blocks[1] == Paragraph("Where do <b>we</b> begin?")
    unknown = "\n".join(t for b in blocks if isinstance(b, Bullets) for t in b.items)
    assert ("a smoke-free youth: none is known" in unknown) == (not known_here("WK054605", "A3"))
    assert "this edition has no interval" in unknown


def test_areas_of_two_levels_are_refused(en: Names) -> None:
    with pytest.raises(ValueError, match="not of one level"):
        profile_brief(en, ProfileChoice(("WK054603", "BU05460301")), LINK, TODAY)
    with pytest.raises(ValueError, match="not of one level"):
        check_together(en.package, [])
    with pytest.raises(KeyError):
        profile_brief(en, ProfileChoice(("WK999999",)), LINK, TODAY)
    with pytest.raises(ValueError, match="municipality"):
        kenniscafe(en, "GM0546", "", LINK, TODAY)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_made_from_an_address(n: Names, kind: str) -> None:
    address = Query(area=["WK054605"], amb=["A3"], q=["x"], dist=["800"], level=["district"], foreign=["y"])
    state = PageState("t", parameters(n.package, kind), {}, address)
    state.pull()
    made = document(n, kind, state, LINK)
    assert (made.kind, made.language, made.date, made.link) == (kind, n.w.code, n.today, LINK)
    assert made.snapshot == n.package.snapshot
    assert made.blocks


def test_the_choices_of_the_coverage_page_are_followed(en: Names) -> None:
    address = Query(
        conf=["24"],
        count=["all"],
        wide=["1"],
        dist=["1200"],
        ramb=["A4"],
        rlife=["65+"],
        level=["neighbourhood"],
        need=["50090NED-Roker~3"],
    )
    state = PageState("t", parameters(en.package, "coverage"), {}, address)
    state.pull()
    own = (Ingredient("50090NED-Roker", 3.0, None, "18plus", True),)
    expected = CoverageChoice(Basis("all", 24, en.today), "neighbourhood", True, 1200, "A4", "65+", own)
    assert coverage_choice(en, state) == expected
    made = coverage_brief(en, expected, LINK, TODAY)
    assert f"confirmed in the 24 months up to {en.w.date(en.today)}" in made.beside
    assert any("; city and region " in cell for row in tables(made)[0].rows for cell in row)
    need = coverage_brief(en, replace(expected, part="need"), LINK, TODAY)
    assert any("1,200 metres" in each.caption for each in tables(need))


def test_where_nothing_counts_there_still_are_briefs(package: Package, en: Names) -> None:
    over = replace(package, initiatives=package.initiatives.assign(status="ended"))
    n = names_of(over, en.w)
    nothing = explore(over, Choice(text="no such word anywhere"))
    for made in (
        map_brief(n, nothing, LINK, TODAY),
        profile_brief(n, ProfileChoice(("WK054603",)), LINK, TODAY),
        coverage_brief(n, CoverageChoice(), LINK, TODAY),
        kenniscafe(n, "WK054603", "A4", LINK, TODAY),
        policy_lab(n, "?", "BU05460301", "", LINK, TODAY),
    ):
        assert to_pdf(over, made).startswith(b"%PDF")
        assert re.search(
            r"none known|[Nn]o initiative (known|is known)|none of its own is known", words_of(made)
        )


def test_hostile_rows_go_through_as_text(hostile_package: Package, en: Names) -> None:
    n = names_of(hostile_package, en.w)
    view = explore(hostile_package, Choice(text="alert"))
    made = map_brief(n, view, LINK, TODAY)
    assert to_pdf(hostile_package, made).startswith(b"%PDF")
    page = str(to_html(hostile_package, made))
    assert "<script" not in page
    assert "<img src=x" not in page
    assert len(page) < 2_000_000


def test_the_page_to_print_has_headings_captions_scopes_and_descriptions(n: Names) -> None:
    made = profile_brief(n, ProfileChoice(("WK054603",)), LINK, TODAY)
    page = str(to_html(n.package, made))
    shown = tables(made)
    assert page.count("<caption>") == len(shown)
    assert page.count('scope="col"') == sum(len(t.header) for t in shown)
    assert page.count('scope="row"') == sum(len(t.rows) for t in shown)
    assert len(re.findall(r'<img role="img" alt="[^"]{20,}" src="data:image/svg\+xml;base64,', page)) == 2
    assert (
        page.count("<h2>") == sum(isinstance(b, Heading) for b in flat(made.blocks)) + 2
    )  # good to know, sources
    assert f'href="{LINK}"' in page
    assert f'lang="{n.w.code}"' in page
    assert made.snapshot in page


def test_no_row_is_left_out_of_the_page_to_print(n: Names) -> None:
    made = coverage_brief(n, CoverageChoice(level="neighbourhood"), LINK, TODAY)
    page = str(to_html(n.package, made))
    assert all(
        naive.areas()[code]["name"] in page.replace("&#39;", "'") for code in naive.codes_of("neighbourhood")
    )


def coverage_document(n: Names, **address: list[str]) -> Document:
    state = PageState("t", parameters(n.package, "coverage"), {}, Query(address))
    state.pull()
    return document(n, "coverage", state, LINK)


def test_the_coverage_brief_tells_the_sources_and_limits_of_need(n: Names) -> None:
    made = coverage_document(n, part=["need"])
    indicators = {row["indicator_id"]: row for row in naive.rows("indicators") if row["default_rank"]}
    assert any("50150NED" in text and "2024" in text for text in made.sources)
    told = " ".join(made.caveats)
    for row in indicators.values():
        for field in ("caveats", "not_for"):
            for sentence in re.split(r"(?<=[.!?]) ", row[f"{field}_{n.w.code}"]):
                assert sentence in told
    assert told.count("2020 was ") <= 2  # said once for all figures


def test_the_rule_of_a_gap_is_that_of_the_page(en: Names) -> None:
    told = words_of(coverage_document(en, part=["need"]))
    assert "in at least 90% of those weightings" in told
    assert "is ranked again" in told
    assert "however the figures are weighed" not in told


def test_the_map_of_need_tells_every_district_in_words(n: Names) -> None:
    made = coverage_document(n, part=["need"])
    (shown,) = [each for each in flat(made.blocks) if isinstance(each, Map)]
    districts = naive.codes_of("district")
    assert {area.code for area in shown.areas} == set(districts)
    needs = {row[0].split(" (")[0]: row[-1].split(":")[0] for row in tables(made)[1].rows}
    for code in districts:
        name = naive.areas()[code]["name"]
        assert re.search(rf"{re.escape(name)}: [^;]+, {needs[name]}(;|$)", shown.alt)
    assert len({sign.color for sign in shown.signs if sign.kind == "fill"}) == 9


@pytest.mark.parametrize(
    ("part", "text"),
    [
        ("near", "Access when places are shared"),
        ("next", "Most need is newly reached from"),
        ("elsewhere", "Could be asked for in"),
        ("bear", "of these 6 questions"),
    ],
)
def test_the_brief_holds_the_part_that_is_open(en: Names, part: str, text: str) -> None:
    assert text in words_of(coverage_document(en, part=[part]))
    assert text not in words_of(coverage_document(en))


def test_a_change_that_is_tried_out_stands_in_the_brief(en: Names) -> None:
    plain, tried = (coverage_document(en, part=["next"], add=add) for add in ([], ["BU05460301"]))
    assert not any("one tried out" in each.caption for each in tables(plain))
    (found,) = [each for each in tables(tried) if "one tried out" in each.caption]
    city = found.rows[-1]
    before, after = (int(city[i].replace(",", "")) for i in (1, 2))
    assert city[3] == f"+{after - before:,}"
    assert "Noorderkwartier" in words_of(tried)


@pytest.mark.slow
@pytest.mark.parametrize("part", ["known", "near", "need", "next", "elsewhere", "bear"])
@pytest.mark.parametrize(
    "choices",
    [
        {},
        {"rlife": ["65+"], "conf": ["12"]},
        {"level": ["neighbourhood"], "count": ["all"], "wide": ["1"]},
        {"dist": ["0"], "need": ["50090NED-Roker~0"]},
        {"add": ["BU05460301"], "less": ["HSC001"], "dist": ["1200"], "places": ["5"]},
    ],
)
def test_every_part_fits_on_two_pages_with_whole_tables(
    nl: Names, part: str, choices: dict[str, list[str]]
) -> None:
    made = coverage_document(nl, part=[part], **choices)
    content = to_pdf(nl.package, made)
    assert len(pdf.opened(content).pages) <= 2
    text = pdf.text(content)
    whole = [row[0] for table in tables(made) if not table.elastic for row in table.rows]
    assert [name for name in whole if pdf.squeezed(name).replace("-", "") not in text.replace("-", "")] == []
    shortened = pdf.squeezed(f"({nl.w.t('shortened')})")
    assert shortened not in text


def map_document(n: Names, **address: list[str]) -> Document:
    state = PageState("t", parameters(n.package, "map"), {}, Query(address))
    state.pull()
    return document(n, "map", state, LINK)


def test_the_map_paper_is_titled_after_what_was_asked(en: Names) -> None:
    assert map_document(en, ind=["50090NED-Overgewicht"]).title == "Overweight in Leiden"
    asked = {"amb": ["A3"], "life": ["65+"], "q": ["samen"], "sel": ["WK054605"]}
    title = map_document(en, ind=["50090NED-Overgewicht"], **asked).title
    assert title.startswith("A smoke-free youth, ")
    assert title.endswith("\u201csamen\u201d in Leiden Zuidwest")


def test_a_chosen_place_stands_on_the_map_and_is_told(en: Names) -> None:
    key = next(
        k
        for k, row in naive.initiatives().items()
        if blocks.places(en.package, [k]) and row["description_en"]
    )
    made = map_document(en, sel=[key])
    (shown,) = [each for each in flat(made.blocks) if isinstance(each, Map)]
    assert made.title == naive.initiatives()[key]["name"]
    assert shown.chosen == blocks.places(en.package, [key])
    assert shown.signs[0].text == made.title
    assert naive.initiatives()[key]["description_en"] in words_of(made)
    (shown,) = [each for each in flat(map_document(en, sel=["BU05460301"]).blocks) if isinstance(each, Map)]
    assert [area.code for area in shown.areas if area.picked] == ["BU05460301"]
    (plain,) = [each for each in flat(map_document(en).blocks) if isinstance(each, Map)]
    assert (plain.chosen, [area for area in plain.areas if area.picked]) == ((), [])


@pytest.mark.parametrize("choices", [{}, {"amb": ["A4"]}, {"level": ["neighbourhood"], "sel": ["WK054603"]}])
def test_paper_has_no_words_for_a_screen(nl: Names, choices: dict[str, list[str]]) -> None:
    told = words_of(map_document(nl, **choices)).lower()
    assert not re.search(r"\bklik|\bdeze pagina|\bscherm|\bwebadres", told)


def test_focus_districts_come_first_in_every_table_of_districts(nl: Names) -> None:
    focus = [
        naive.areas()[row["area_code"]]["name"] for row in naive.rows("focus_areas") if not row["valid_to"]
    ]
    made = [map_document(nl), *(coverage_document(nl, part=[part]) for part in ("known", "near", "need"))]
    for each in made:
        columns = [list(dict.fromkeys(row[0].split(" (")[0] for row in table.rows)) for table in tables(each)]
        listed = [names for names in columns if "Stationsdistrict" in names]
        assert listed
        assert all(set(names[:2]) == set(focus) for names in listed), each.title


def test_what_is_known_and_need_carry_their_map(nl: Names) -> None:
    for part, maps in (("known", 1), ("need", 1), ("near", 0), ("elsewhere", 0), ("bear", 0)):
        made = coverage_document(nl, part=[part])
        assert sum(isinstance(each, Map) for each in flat(made.blocks)) == maps, part
