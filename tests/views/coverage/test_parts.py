"""Need, gaps, access, where next, what if, transfer, the guard, run by AppTest; numbers counted again by loops."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.gaps import REASONS, RULES, VERDICTS
from hsc_geo.analysis.guard import KINDS
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.places import points
from hsc_geo.analysis.reach import neighbourhoods
from hsc_geo.analysis.transfer import focus_initiatives
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.views.brief.kinds import document
from hsc_geo.views.coverage.answers.need import needs as answered
from hsc_geo.views.coverage.answers.where_next import MOST
from hsc_geo.views.coverage.choices import coverage_choice, need_codes, parameters
from hsc_geo.views.coverage.screen.what_if import add_point
from hsc_geo.views.coverage.words.need import need_table
from hsc_geo.views.coverage.words.verdict import reason_text, verdict_name
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.points import point_of
from hsc_geo.views.paper.model import Document, Table
from hsc_geo.views.wording.claims import reading_name
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.shared.hostile import SCRIPT
from tests.views.coverage.visiting import address, cells, said, visit
from tests.views.query import Query
from tests.views.screens import components, map_update, notes, text
from tests.visit import names_of

FOCUS = ("WK054603", "WK054605")
SIX = [
    "50150NED-GoedErvarenGezondheid",
    "50150NED-Overgewicht",
    "50150NED-RooktTabak",
    "50150NED-HoogRisicoAngststoornisOfDepressie",
    "50150NED-Eenzaam",
    "50150NED-MoeiteMetRondkomen",
]
OLD = "50090NED-Overgewicht"  # with figures of people of 65 and over
INSIDE = "52.15833,4.49306"  # the middle of Leiden
OUTSIDE = "52.00000,4.00000"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


@pytest.fixture
def en(package: Package) -> Names:
    return names_of(package, Words("en"))


def known_places() -> list[str]:
    return [
        key for key, row in naive.initiatives().items() if key in naive.points() and row["status"] != "ended"
    ]


# --- need ---------------------------------------------------------------------------------------------------------


def ranks(numbers: dict[str, float]) -> dict[str, float]:
    """Mid-rank percentiles by counting: how many are less, and half of those that are equal."""
    total = len(numbers)
    return {
        code: 100
        * (sum(o < own for o in numbers.values()) + sum(o == own for o in numbers.values()) / 2)
        / total
        for code, own in numbers.items()
    }


def need_by_hand(
    level: str, weights: dict[str, float], year: int = 2024, age: str = "18plus"
) -> dict[str, float]:
    """Index of need, of areas with every figure."""
    parts: dict[str, dict[str, float]] = {}
    for key in weights:
        sign = 1 if naive.indicators()[key]["direction"] == "high_bad" else -1
        found = {code: naive.observed(key, year, age, code) for code in naive.codes_of(level)}
        parts[key] = ranks({code: sign * value for code, value in found.items() if value is not None})
    whole = [code for code in naive.codes_of(level) if all(code in part for part in parts.values())]
    total = sum(weights.values())
    means = {
        code: round(sum(w * parts[key][code] for key, w in weights.items()) / total, 9) for code in whole
    }
    return ranks(means)


def needs(app: AppTest) -> dict[str, str]:
    table = components(app)["coverage_need"]
    return {row["id"]: shown(row["cells"][1]) for row in table["rows"] if row["id"]}


def shown(cell: Any) -> str:
    return str(cell["text"] if isinstance(cell, dict) else cell)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_need_equals_a_count_over_the_figures(package: Package, level: str) -> None:
    w, expected = Words("en"), need_by_hand(level, dict.fromkeys(SIX, 1.0))
    shown: dict[str, str] = {}
    for page in (1, 2, 3):
        shown |= needs(visit(lang="en", part="need", level=level, page=str(page)))
    assert set(shown) == set(naive.codes_of(level))
    assert shown == {code: w.number(expected.get(code)) for code in shown}


def test_need_as_composed_in_the_address(package: Package) -> None:
    app = visit(lang="en", part="need", need=[f"{SIX[1]}~3", f"{SIX[2]}~1"])
    expected = need_by_hand("district", {SIX[1]: 3, SIX[2]: 1})
    assert needs(app) == {code: Words("en").number(value) for code, value in expected.items()}
    assert "Overweight 75%; Smokers 25%" in text(app)


def test_a_direction_that_is_turned(package: Package) -> None:
    plain, turned = (needs(visit(lang="en", part="need", need=[f"{SIX[1]}~1{sign}"])) for sign in ("", "r"))
    assert [int(plain[code]) + int(turned[code]) for code in plain] == [100] * len(plain)


def test_weights_that_are_all_zero(package: Package) -> None:
    for part in ("need", "next"):
        app = visit(lang="en", part=part, need=[f"{SIX[1]}~0"])
        assert (
            said(app)
            == "All weights are zero, so there is no index. Give at least one figure a weight above it."
        )
        assert "coverage_need" not in components(app)


def test_composing_by_the_controls(package: Package) -> None:
    app = visit("composed", lang="en", part="need", need=[f"{SIX[1]}~1"])
    app.number_input(key=f"w_weight_{SIX[1]}").set_value(4).run()
    assert address(app)["need"] == [f"{SIX[1]}~4"]
    app.checkbox(key=f"w_turned_{SIX[1]}").set_value(True).run()
    assert address(app)["need"] == [f"{SIX[1]}~4r"]
    app.multiselect(key="w_need").set_value([SIX[1], SIX[4]]).run()
    assert address(app)["need"] == [f"{SIX[1]}~4r", f"{SIX[4]}~1"]
    app.button(key="need_reset").click().run()
    assert "need" not in address(app)


def test_another_year_and_age(package: Package) -> None:
    app = visit(lang="en", part="need", need=[f"{OLD}~1"], nyear="2016", nage="65plus")
    expected = need_by_hand("district", {OLD: 1}, 2016, "65plus")
    assert needs(app) == {code: Words("en").number(value) for code, value in expected.items()}


def test_districts_have_their_verdict_as_a_word_on_the_map(package: Package) -> None:
    sent = map_update(visit(lang="en", part="need"))["signs"]
    said = {code: {cell.split(":")[0] for cell in cells} for code, cells in verdicts("district").items()}
    assert sent == {code: "uncertain" for code, both in said.items() if "uncertain" in both}
    assert sent


def test_the_map_says_what_the_table_says(package: Package) -> None:
    app = visit(lang="en", part="need", level="neighbourhood")
    sent = map_update(app)
    said = {code: [cell.split(":")[0] for cell in cells] for code, cells in verdicts("neighbourhood").items()}
    marked = {
        code
        for code, row in naive.areas().items()
        if row["level"] == "neighbourhood" and 0 < int(row["population"]) < 1000
    }
    expected = {
        code: "–" if code in marked else "!" if any(each.startswith("gap") for each in both) else "?"
        for code, both in said.items()
        if code in marked or any(each.startswith(("gap", "uncertain")) for each in both)
    }
    assert "BU05460704" in marked  # Leeuwenhoek
    assert sent["signs"] == expected
    for code, both in said.items():
        area, place = (each.split(",")[0].replace("gap in the area itself", "gap") for each in both)
        assert re.fullmatch(f"need .*; .* known: {area}; .*: {place}", sent["text"][code]), code
    assert len(set(sent["colors"])) == 9
    assert set(sent["classes"]) == {code for code, both in said.items() if both[0] != "not known"}


@pytest.mark.parametrize("show", ["need", "known", "share", "access"])
def test_one_quantity_on_the_map(package: Package, show: str) -> None:
    app = visit(lang="en", part="need", show=show)
    sent = map_update(app)
    assert 2 <= len(sent["colors"]) <= 5
    assert set(sent["classes"]) == set(naive.codes_of("district"))
    counts = [int(each) for each in re.findall(r"\((\d+)\)</span></li>", text(app))]
    assert sum(counts) == 10


def test_an_area_tells_its_verdict_with_reasons(package: Package) -> None:
    app = visit(lang="en", part="need", area="WK054605")
    shown = text(app)
    assert "By places within 500 metres: <strong>uncertain</strong>: " in shown
    assert "By what is known in the area: <strong>no sign of a gap</strong>" in shown
    assert "of initiatives here the place is not known" in shown
    assert map_update(app)["selected"] == "WK054605"
    assert "Neighbourhoods in it with a gap: " in shown


def test_a_neighbourhood_has_its_district_beside_it(package: Package) -> None:
    shown = text(visit(lang="en", part="need", level="neighbourhood", area="BU05460800", ramb="A2"))
    assert "By what is known in the area: <strong>gap in the area itself" in shown
    assert "Its district, Merenwijkdistrict. By what is known in the area: uncertain" in shown


# --- what is called a gap, and what is not ------------------------------------------------------------------------


def every_row(level: str, **more: str) -> dict[str, list[str]]:
    """Area -> the cells of its row with all reasons, as the words have them; the screen tells these beside the map."""
    n = names_of(web_package._package, Words("en"))
    state = PageState(
        "t", parameters(n.package), {}, Query(level=[level], **{k: [v] for k, v in more.items()})
    )
    state.pull()
    choice = coverage_choice(n, state)
    rows = need_table(n, answered(n, choice).verdicts[level]).rows
    return {row.id: [shown(cell) for cell in row.cells] for row in rows if row.id}


def verdicts(level: str, **more: str) -> dict[str, tuple[str, str]]:
    """Area -> what the two rules say, with their reasons."""
    return {code: (cells[4], cells[6]) for code, cells in every_row(level, **more).items()}


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_the_table_has_the_verdict_in_a_word_and_focus_areas_first(package: Package, level: str) -> None:
    expected = every_row(level, ramb="A2")
    rows: list[dict[str, Any]] = []
    for page in ("1", "2", "3")[: 1 if level == "district" else 3]:
        app = visit(lang="en", part="need", level=level, page=page, ramb="A2")
        rows += components(app)["coverage_need"]["rows"]
    assert rows[-1]["cells"][0] == "Leiden as a whole"
    assert rows[-1]["cells"][3] == str(len(known_of("A2")))
    assert [row["id"] for row in rows[:-1]] == list(expected)
    for row in rows[:-1]:
        cells = [shown(cell) for cell in row["cells"]]
        assert cells == [
            re.split(": ", cell)[0] if i in (4, 6) else cell for i, cell in enumerate(expected[row["id"]])
        ]
    focus = [code in FOCUS or naive.areas()[code]["parent_code"] in FOCUS for code in expected]
    assert focus == sorted(focus, reverse=True)


def known_of(ambition: str) -> list[str]:
    return [
        key
        for key, row in naive.initiatives().items()
        if ambition in naive.parts(row["ambition_codes"]) and row["status"] != "ended"
    ]


def test_leiden_noord_is_no_gap_on_one_place_of_eight(package: Package) -> None:
    """Of eight that are known for a smoke-free youth one has a point, three are known to an area."""
    app = visit(lang="en", part="need", level="district", dist="500", ramb="A3")
    area, place = verdicts("district", dist="500", ramb="A3")["WK054603"]
    assert place == "cannot be told: fewer than 3 of these initiatives have a known place"
    assert area == "uncertain: need rests on one figure only; the figures are estimates by a model"
    assert "!" not in map_update(app)["signs"].values()
    (first, second) = components(app)["coverage_verdicts"]["rows"]
    told = "Cannot be told. With a known place: 1 of 8; at least 3 are needed."
    assert first["cells"][2] == second["cells"][2] == told
    assert first["cells"][3] == "4"


@pytest.mark.parametrize("ambition", ["A1", "A2", "A3", "A4"])
def test_both_rules_and_levels_stand_beside_each_other(package: Package, ambition: str) -> None:
    """What is called in the answer is what the table of each level calls."""
    table = components(visit(lang="en", part="need", ramb=ambition))["coverage_verdicts"]
    assert [row["cells"][0] for row in table["rows"]] == ["Districts", "Neighbourhoods"]
    wide = [key for key in known_of(ambition) if naive.scope(key) & {"city", "region"}]
    for row, level in zip(table["rows"], ("district", "neighbourhood"), strict=True):
        said = verdicts(level, ramb=ambition)
        for i in (0, 1):
            gaps = [naive.areas()[code]["name"] for code, both in said.items() if both[i].startswith("gap")]
            unsure = sum(both[i].startswith("uncertain") for both in said.values())
            cell = row["cells"][1 + i]
            named = re.match(r"Gap in the area itself: (.*?)\.", cell)
            assert (named[1].split(", ") if named else []) == gaps
            if not cell.startswith("Cannot"):
                assert (f"{unsure} uncertain." in cell) is (unsure > 0)
        assert row["cells"][3] == str(len(wide))


def test_every_verdict_and_reason_has_words_of_its_own(n: Names) -> None:
    assert len({verdict_name(n, each) for each in VERDICTS}) == len(VERDICTS)
    for rule in RULES:
        assert len({reason_text(n, code, rule) for code in REASONS}) == len(REASONS)


def test_what_is_there_for_the_whole_city_tempers_a_gap(package: Package) -> None:
    area, place = verdicts("neighbourhood", ramb="A2")["BU05460803"]
    wide = len([key for key in known_of("A2") if naive.scope(key) & {"city", "region"}])
    for each in (area, place):
        assert each.startswith(f"gap in the area itself, {wide} for the whole city or region")


def test_where_nothing_is_called_what_is_missing_is_the_answer(package: Package) -> None:
    app = visit(lang="en", part="need", ramb="A3")
    assert "No gap can be called. This is what would have to be known first" in text(app)
    order = list(components(app))
    assert order.index("coverage_ask") < order.index("coverage_need")
    rows = [row["cells"] for row in components(app)["coverage_ask"]["rows"]]
    assert rows[0][0] == "Leiden-Noord (focus district)"
    assert rows[0][1].startswith("Whether there is any: none is known here")
    assert "Gemeente Leiden" in rows[0][2]
    assert [
        "Merenwijkdistrict",
        "The place of 1: LTV de Merenwijk rookvrij bij jeugdactiviteiten",
        "LTV de Merenwijk",
    ] in rows
    districts = {row[0].split(" (")[0] for row in rows}
    assert districts == {naive.areas()[code]["name"] for code in naive.codes_of("district")} | {
        "Leiden as a whole"
    }
    called = visit(lang="en", part="need", ramb="A2")
    assert "No gap can be called" not in text(called)
    order = list(components(called))
    assert order.index("coverage_ask") > order.index("coverage_need")


def test_old_is_not_said_where_nothing_is_known(package: Package) -> None:
    for ambition in ("", "A2", "A3"):
        for code, both in verdicts("neighbourhood", ramb=ambition).items():
            ids = [
                key
                for key in (known_of(ambition) if ambition else known_not_ended())
                if {code, naive.areas()[code]["parent_code"]} & naive.stated_areas()[key]
            ]
            if not ids:
                assert not any("old or undated" in each for each in both), code


def known_not_ended() -> list[str]:
    return [key for key, row in naive.initiatives().items() if row["status"] != "ended"]


def test_small_and_student_areas_are_marked_and_not_called(package: Package) -> None:
    rows = every_row("neighbourhood", ramb="A4", sort="name")
    marks = "fewer than 1,000 residents; more than half of the residents are 15 to 24 years old"
    assert rows["BU05460704"][0] == f"Leeuwenhoek ({marks})"
    assert rows["BU05460704"][4] == f"cannot be told: {marks}"
    for code in naive.codes_of("neighbourhood"):
        assert ("fewer than 1,000 residents" in rows[code][0]) is (
            int(naive.areas()[code]["population"]) < 1000
        )


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"ramb": "A3"}, True),
        ({"rlife": "12-18"}, True),
        ({"ramb": "A2"}, False),
        ({"ramb": "A3", "need": [f"{OLD}~1"], "nage": "65plus"}, False),
    ],
)
@pytest.mark.parametrize("part", ["need", "next"])
def test_figures_of_adults_are_told_where_it_is_about_the_young(
    package: Package, part: str, chosen: dict[str, Any], said: bool
) -> None:
    shown = text(visit(lang="en", part=part, **chosen))
    assert ("These are figures of adults (18 and over); of young people there are none" in shown) is said


def test_equal_areas_are_called_what_they_are(package: Package) -> None:
    """Smoke-free: no lowest third, for more than a third of the areas has none within reach."""
    for level, total in (("district", 10), ("neighbourhood", 54)):
        app = visit(lang="en", part="need", ramb="A3", level=level)
        reached = [cells[5] for cells in every_row(level, ramb="A3").values()]
        none = sum(each == "0.0%" or each.startswith("0.0 –") for each in reached)
        told = f"{none} of {total} areas have none within reach: they are equal, and no lowest third."
        assert none > total / 3
        assert told in text(app)
        assert '<th scope="col">none within reach</th>' in text(app)
    assert "no lowest third" not in text(visit(lang="en", part="need", ramb="A1"))


def test_what_is_missing_is_named(package: Package) -> None:
    expected = need_by_hand("neighbourhood", dict.fromkeys(SIX, 1.0))
    missing = next(code for code in naive.codes_of("neighbourhood") if code not in expected)
    assert "a figure in the index is missing" in text(
        visit(lang="en", part="need", level="neighbourhood", area=missing)
    )


@pytest.mark.slow
@pytest.mark.parametrize("part", ["near", "need", "next"])
@pytest.mark.parametrize("distance", ["0", "50000"])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_distances_at_the_ends(package: Package, part: str, distance: str, language: str) -> None:
    app = visit(lang=language, part=part, dist=distance)
    assert notes(app) == []
    if part == "next":
        told = "At 0 metres nobody is reached" if distance == "0" else "Everyone already lives"
        english = [
            key
            for key in (
                "At 0 metres nobody is reached; choose a longer distance.",
                "Everyone already lives within this distance of a known place, so no new place "
                "reaches anyone more.",
            )
            if key.startswith(told)
        ]
        assert Words(language).t(english[0]) in said(app)


@pytest.mark.parametrize("part", ["near", "need", "next", "elsewhere"])
def test_a_filter_that_leaves_no_initiative(package: Package, part: str) -> None:
    app = visit(lang="en", part=part, conf="12", count="active", ramb="A3", rlife="0-4")
    told = [each.value for each in app.info] + [text(app)]
    sentence = {
        "near": "None of these initiatives has a known place",
        "need": "No gap can be called",
        "next": "Most need is newly reached from",
        "elsewhere": "focus district",
    }[part]
    assert any(sentence in each for each in told)
    if part != "elsewhere":
        assert '<p aria-live="polite" id="places">No initiative known fits these choices.</p>' in text(app)


def test_what_nobody_confirmed_is_not_called_a_gap(package: Package) -> None:
    """Leiden-Noord: known to have 13, of which hardly any was confirmed in the last 12 months."""
    for months in ("12", "24", "36"):
        known, confirmed = (
            {
                (code, i)
                for code, both in verdicts("neighbourhood", ramb="A2", **extra).items()
                for i in (0, 1)
                if both[i].startswith("gap")
            }
            for extra in ({}, {"conf": months})
        )
        assert confirmed <= known
    told = "".join(" ".join(both) for both in verdicts("neighbourhood", ramb="A1", conf="24").values())
    assert "more is known here, but nobody confirmed it in this period" in told


def test_how_little_counts_stands_above_each_answer(package: Package) -> None:
    sentence = f"Only {len(known_places())} have a known place."
    shown = text(visit(lang="en", part="next", at=[INSIDE]))
    assert shown.count(sentence) == 2
    assert "number known only to the district or neighbourhood" in shown
    assert sentence in text(visit(lang="en", part="need"))


def test_the_slope_names_its_level_and_places(package: Package) -> None:
    places = len({(p.x, p.y) for p in points(package).loc[known_places()]})
    for level, name in (("district", "districts"), ("neighbourhood", "neighbourhoods")):
        found = re.search(
            r"slope index of inequality over \d+ (\w+), from (\d+) known places",
            text(visit(lang="en", part="need", level=level)),
        )
        assert found
        assert found.groups() == (name, str(places))
    tried = text(visit(lang="en", part="next", at=[INSIDE]))
    before, after = re.findall(r"<li>(Before|After)\. .*?from (\d+) known places", tried)
    assert (before, after) == (("Before", str(places)), ("After", str(places + 1)))


def test_a_slope_on_few_places_is_not_told_and_has_its_range(package: Package) -> None:
    """Mental health: eight with a place, fewer than ten different ones."""
    places = {spot for key in known_of("A4") for spot in naive.points().get(key, [])}
    assert 0 < len(places) < 10
    told = re.search(
        r'id="slope">(.*?)</p>', text(visit(lang="en", part="need", ramb="A4", level="neighbourhood"))
    )
    assert told
    assert told[1].startswith(
        "Whether access is less or more where need is greater cannot be told: it rests on "
        f"{len(places)} known places, and 10 are needed."
    )
    low, high = re.findall(r"between ([+−]?[\d.]+) and ([+−]?[\d.]+) initiatives", told[1])[0]
    assert float(low.replace("−", "-")) <= float(high.replace("−", "-"))
    assert re.search(r"with a mean of 0\.\d\d\d", told[1])


def test_without_a_known_place_there_is_no_slope(package: Package) -> None:
    none = {"conf": "12", "count": "active", "ramb": "A3", "rlife": "0-4"}
    assert "cannot be computed: no initiative that fits has a known place" in text(
        visit(lang="en", part="need", **none)
    )
    tried = text(visit(lang="en", part="next", at=[INSIDE], **none))
    assert "Before. How access differs with need cannot be computed" in tried
    assert "After. Whether access is less or more where need is greater cannot be told" in tried


@pytest.mark.parametrize(
    ("asked", "told"), [({"nage": "65plus"}, "for this age"), ({"nyear": "2012"}, "for 2012")]
)
def test_a_year_or_age_that_a_figure_lacks_is_said(
    package: Package, asked: dict[str, str], told: str
) -> None:
    app = visit(lang="en", part="need", **asked)
    assert any(told in each for each in notes(app))
    assert needs(app) == needs(visit(lang="en", part="need"))
    assert not notes(visit(lang="en", part="need", need=[f"{OLD}~1"], nyear="2016", nage="65plus"))


# --- who lives near -----------------------------------------------------------------------------------------------


def only(package: Package, ids: list[str]) -> Package:
    """The package with these initiatives and no others."""
    tables = ("initiative_places", "initiative_areas", "initiative_organisations")
    kept = {name: getattr(package, name) for name in tables}
    return replace(
        package,
        initiatives=package.initiatives.loc[ids],
        **{name: table[table["initiative_id"].isin(ids)] for name, table in kept.items()},
    )


def test_with_fewer_than_a_third_placed_it_cannot_be_told_who_lives_near(package: Package) -> None:
    """The band stays in the table."""
    app = visit(lang="en", part="near")
    placed, total = len(known_places()), len(known_not_ended())
    assert 3 * placed < total
    assert said(app).startswith(
        f"How many residents live within 500 metres cannot be told: of only {placed} of {total} initiatives the place "
        "is known."
    )
    city = components(app)["coverage_reach"]["rows"][-1]["cells"]
    assert "%" in shown(city[2])
    assert "Every place counts, also a place of what is there for the whole city or the region." in text(app)


def test_with_a_third_placed_it_is_told(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    rest = [key for key in known_not_ended() if key not in naive.points()]
    ids = sorted([*known_places(), *rest[: 2 * len(known_places())]])
    monkeypatch.setattr(web_package, "_package", only(package, ids))
    app = visit(lang="en", part="near")
    city = components(app)["coverage_reach"]["rows"][-1]["cells"]
    low, high = (round(float(each.rstrip("%"))) for each in shown(city[2]).split(" – "))
    assert f"At least {low}% and at most {high}% of the residents live within 500 metres" in text(app)
    monkeypatch.setattr(web_package, "_package", only(package, sorted([*ids, rest[-1]])))
    assert "cannot be told: of only" in text(visit(lang="en", part="near"))


@pytest.mark.parametrize(
    ("stage", "label", "table"),
    [
        ("", "Residents 2025", "86165NED"),
        ("65+", "Residents aged 65 and over, 2024", "85984NED"),
        ("0-4", "Residents aged 0 to 14, 2024", "85984NED"),
    ],
)
def test_residents_carry_the_year_and_table_in_which_they_were_counted(
    package: Package, stage: str, label: str, table: str
) -> None:
    app = visit(lang="en", part="near", rlife=stage)
    assert components(app)["coverage_reach"]["columns"][1]["label"] == label
    assert f"Residents by neighbourhood: CBS, table {table}." in text(app)
    rows = [row for row in naive.areas().values() if row["level"] == "neighbourhood"]
    column = {"": "population", "65+": "population_65_plus", "0-4": "population_0_14"}[stage]
    city = components(app)["coverage_reach"]["rows"][-1]["cells"]
    assert city[1] == Words("en").number(sum(int(row[column]) for row in rows))


# --- on paper -----------------------------------------------------------------------------------------------------


def paper(n: Names, **chosen: list[str]) -> Document:
    class Query(dict[str, list[str]]):
        def get_all(self, key: str) -> list[str]:
            return list(self.get(key, []))

    held = PageState("t", parameters(n.package), {}, Query(chosen))
    held.pull()
    return document(n, "coverage", held, "https://example.org/dekking")


def tables_of(made: Document) -> dict[str, Table]:
    return {block.caption: block for block in made.blocks if isinstance(block, Table)}


@pytest.mark.parametrize("ambition", ["A1", "A2", "A3", "A4"])
def test_the_paper_calls_what_the_page_calls(package: Package, en: Names, ambition: str) -> None:
    made = tables_of(paper(en, part=["need"], ramb=[ambition]))
    app = components(visit(lang="en", part="need", ramb=ambition))
    answer = [tuple(row["cells"]) for row in app["coverage_verdicts"]["rows"]]
    assert list(made["Where need is high and little is known, by two rules"].rows) == answer
    asked = [tuple(row["cells"]) for row in app["coverage_ask"]["rows"]]
    assert list(made["What is not known yet, and whom to ask"].rows) == asked
    names = {row["cells"][0]: row["cells"] for row in app["coverage_need"]["rows"]}
    for row in made["Need and known help within 500 metres, by district"].rows:
        there = names[row[0]]
        assert (row[1], row[2], row[4]) == (shown(there[1]), there[3], shown(there[5]))
        assert [row[i].split(":")[0] for i in (3, 5)] == [there[i] for i in (4, 6)]


def test_the_paper_of_a_part_keeps_to_its_question_and_says_what_is_chosen(
    package: Package, en: Names
) -> None:
    made = paper(en, part=["known"], area=["WK054603"], amb=["A4"], conf=["36"])
    assert made.title == "What is there?"
    assert "confirmed within 36 months" in made.beside
    assert made.subtitle.startswith("Leiden-Noord (focus district) · Mental health: ")
    assert not {
        "What is not known yet, and whom to ask",
        "Where need is high and little is known, by two rules",
    } & set(tables_of(made))
    near = paper(en, part=["near"], ramb=["A4"], dist=["800"])
    assert near.beside.startswith("Mental health · 800 m · ")


def test_the_paper_says_that_it_cannot_be_told_who_lives_near(package: Package, en: Names) -> None:
    told = paper(en, part=["near"]).subtitle
    assert told.startswith("How many residents live within 500 metres cannot be told: of only ")


# --- access -------------------------------------------------------------------------------------------------------


def test_supply_is_conserved_on_the_page(package: Package) -> None:
    """Access times residents, summed over the neighbourhoods, is the number of placed initiatives."""
    app = visit(lang="en", part="near", level="neighbourhood", dist="1200")
    table = components(app)["coverage_access"]
    assert len(table["rows"]) == len(naive.codes_of("neighbourhood")) + 1
    city = float(table["rows"][-1]["cells"][1])
    people = sum(int(naive.areas()[code]["population"] or 0) for code in naive.codes_of("neighbourhood"))
    assert city * people / 1000 == pytest.approx(len(known_places()), abs=people * 0.0005 / 1000)


@pytest.mark.parametrize("method", ["2sfca", "e2sfca"])
def test_the_band_of_unknown_capacity(package: Package, method: str) -> None:
    app = visit(lang="en", part="near", dist="1200", fca=method, band="5")
    for shown in cells(app, "coverage_access").values():
        access, low, high = (float(each) for each in shown[:3])
        assert low == pytest.approx(access / 5, abs=0.001)
        assert high == pytest.approx(access * 5, abs=0.003)
    assert ("weights 1.00, 0.68, 0.22" in text(app)) == (method == "e2sfca")


# --- where next, what if ------------------------------------------------------------------------------------------


def test_the_best_place_reaches_most_need(package: Package) -> None:
    """Against a loop over all neighbourhoods with the same points of residents."""
    import numpy as np

    from hsc_geo.analysis.demand import demand

    where, known = demand(package), points(package).loc[known_places()]
    need = need_by_hand("neighbourhood", dict.fromkeys(SIX, 1.0))
    taken = np.zeros(len(where.population), dtype=bool)
    for point in known:
        taken |= np.hypot(where.points[:, 0] - point.x, where.points[:, 1] - point.y) <= 500
    weight = np.array([need.get(str(code), 0) / 100 for code in where.neighbourhood]) * where.population
    worth = {}
    for code, shape in neighbourhoods(package).geometry.items():
        middle = shape.representative_point()
        near = np.hypot(where.points[:, 0] - middle.x, where.points[:, 1] - middle.y) <= 500
        worth[code] = float(weight[near & ~taken].sum())
    best = max(worth, key=lambda code: worth[code])
    row = components(visit(lang="en", part="next"))["coverage_next"]["rows"][0]["cells"]
    assert row[1] == naive.areas()[best]["name"]
    assert row[3] == Words("en").number(worth[best])


def test_kept_to_the_focus_districts_every_place_comes_there(package: Package) -> None:
    app = visit(lang="en", part="next", focus="1", places="2", dist="300")
    inside = {row["name"] for row in naive.areas().values() if row["parent_code"] in FOCUS}
    rows = components(app)["coverage_next"]["rows"]
    assert {name for row in rows for name in row["cells"][1].split("; ")} <= inside
    everywhere = components(visit(lang="en", part="next", places="2", dist="300"))["coverage_next"]["rows"]
    best, most = (int(each[0]["cells"][3].replace(",", "")) for each in (rows, everywhere))
    assert best <= most


@pytest.mark.parametrize("k", ["1", "2", "5"])
def test_as_many_places_as_asked_stand_on_the_map(package: Package, k: str) -> None:
    app = visit(lang="en", part="next", places=k)
    row = components(app)["coverage_next"]["rows"][0]["cells"]
    assert len(row[1].split("; ")) == int(k)
    assert [mark["sign"] for mark in map_update(app)["marks"]] == [str(i) for i in range(1, int(k) + 1)]


def test_trying_the_best_place_out(package: Package) -> None:
    app = visit(lang="en", part="next")
    row = components(app)["coverage_next"]["rows"][0]["cells"]
    app.button(key="next_try").click().run()
    assert [naive.areas()[code]["name"] for code in address(app)["add"]] == [row[1]]
    city = list(cells(app, "coverage_what_if").values())[-1]
    now, then, difference = (int(each.replace(",", "").replace("+", "")) for each in city[:3])
    assert then - now == difference
    assert difference == pytest.approx(int(row[2].replace(",", "")), abs=1)


def test_taking_away_what_is_known(package: Package) -> None:
    gone = known_places()
    app = visit(lang="en", part="next", less=gone)
    for shown in cells(app, "coverage_what_if").values():
        assert shown[1] == "0"
        assert shown[4] == "0.000"
    idle = visit(lang="en", part="next", less=gone[:1], conf="12", count="active")
    assert "Not among those that count here" in text(idle)


def test_a_point_in_the_link(package: Package) -> None:
    app = visit(lang="en", part="next", at=[INSIDE])
    assert "coverage_what_if" in components(app)
    assert {"at": [52.15833, 4.49306], "sign": "+"} in map_update(app)["marks"]
    app.button(key="what_if_clear").click().run()
    assert "at" not in address(app)
    assert "coverage_what_if" not in components(app)


@pytest.mark.parametrize("wrong", [OUTSIDE, "4.49306,52.15833", "here", "<script>", "99.99999,99.99999"])
def test_a_point_that_cannot_be(package: Package, wrong: str) -> None:
    app = visit(lang="en", part="next", at=[wrong])
    assert len(notes(app)) == 1
    assert "coverage_what_if" not in components(app)
    assert "<script>" not in notes(app)[0]


def test_a_click_adds_a_point_once_and_not_outside(package: Package) -> None:
    class Query(dict):
        def get_all(self, key: str) -> list[str]:
            return list(self.get(key, []))

    held = PageState("coverage", parameters(package), {}, Query())
    held.pull()
    add_point(package, held, 52.158331, 4.493062)
    add_point(package, held, 52.158331, 4.493062)
    add_point(package, held, 52.0, 4.0)
    assert held.many("at") == [INSIDE]
    for step in range(30):
        add_point(package, held, 52.158331 + step * 0.0001, 4.493062)
    assert len(held.many("at")) == MOST


def test_a_point_is_read_in_metres(package: Package) -> None:
    found = point_of(package, INSIDE)
    assert found is not None
    longitude, latitude = transformer(RD, WGS84).transform(*found)
    assert (round(latitude, 5), round(longitude, 5)) == (52.15833, 4.49306)
    assert neighbourhoods(package).contains(shapely.Point(found)).sum() == 1


# --- elsewhere ----------------------------------------------------------------------------------------------------


def like_by_hand(key: str, area: str, among: list[str]) -> bool:
    """Whether something with an ambition and a group of activities in common is known to the area or its district."""
    own = naive.initiatives()[key]
    around = {area, naive.areas()[area]["parent_code"]} if area.startswith("BU") else {area}
    for other in among:
        row = naive.initiatives()[other]
        places = naive.stated_areas()[other] if area.startswith("BU") else naive.served()[other]
        if (
            all(naive.parts(own[c]) & naive.parts(row[c]) for c in ("ambition_codes", "activity_groups"))
            and places & around
        ):
            return True
    return False


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_nothing_like_it_is_known_where_it_is_pointed_to(package: Package, level: str) -> None:
    """Each initiative stands in one row."""
    among = list(counted(package, Basis()))
    table = components(visit(lang="en", part="elsewhere", level=level))["coverage_transfer"]
    names = {row["name"]: code for code, row in naive.areas().items() if row["level"] == level}
    assert table["rows"]
    assert len({row["id"] for row in table["rows"]}) == len(table["rows"])
    for row in table["rows"]:
        assert row["id"] in focus_initiatives(package)
        for name in row["cells"][2].split(", "):
            assert not like_by_hand(row["id"], names[name], among)


def test_how_areas_are_alike_stands_beside_the_first_or_the_chosen_one(package: Package) -> None:
    app = visit(lang="en", part="elsewhere")
    for row in components(app)["coverage_transfer"]["rows"][:2]:
        tables = components(visit(lang="en", part="elsewhere", sel=row["id"]))
        assert [each["cells"][0] for each in tables["coverage_alike"]["rows"]] == row["cells"][2].split(", ")
        assert tables["coverage_alike"]["rows"][0]["cells"][1]
    first = components(app)["coverage_transfer"]["rows"][0]["cells"][2].split(", ")
    assert [each["cells"][0] for each in components(app)["coverage_alike"]["rows"]] == first


def test_one_initiative_or_one_ambition(package: Package) -> None:
    among = set(counted(package, Basis()))
    own = next(key for key in focus_initiatives(package) if key in among)
    table = components(visit(lang="en", part="elsewhere", like=own))["coverage_transfer"]
    assert {row["id"] for row in table["rows"]} == {own}
    for ambition in ("A2", "A4"):
        shown = components(visit(lang="en", part="elsewhere", ramb=ambition))
        for row in shown.get("coverage_transfer", {"rows": []})["rows"]:
            assert ambition in naive.parts(naive.initiatives()[row["id"]]["ambition_codes"])


def test_a_row_opens_its_source(package: Package) -> None:
    own = focus_initiatives(package)[0]
    assert naive.initiatives()[own]["source_url"] in text(visit(lang="en", part="elsewhere", sel=own))


# --- what figures can bear ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_reading_has_an_answer(package: Package, language: str, kind: str) -> None:
    w = Words(language)
    app = visit(lang=language, part="bear", claim=kind, fig=["50090NED-Overgewicht"], where=["BU05460300"])
    table = components(app)["coverage_claims"]
    assert table["selected"] == kind
    assert [row["id"] for row in table["rows"]] == list(KINDS)
    refused = kind in ("effect", "rank", "change", "trend")
    words = {row["id"]: row["cells"][1] for row in table["rows"]}
    assert words[kind] == (w.t("✕ no") if refused else w.t("✓ yes"))
    assert w.number(list(words.values()).count(w.t("✓ yes"))) in said(app)
    head = "No, the figures do not tell this" if refused else "Yes, the figures tell this"
    assert f"<h2>{w.t(head)}</h2>" in text(app)
    assert (w.t("What you may ask instead") in text(app)) == refused


def test_districts_beside_neighbourhoods(package: Package) -> None:
    app = visit(lang="en", part="bear", claim="levels", where=["WK054603", "BU05460300"])
    assert "No, the figures do not tell this" in text(app)
    assert "A neighbourhood is a part of a district" in text(app)


def test_a_district_beside_a_neighbourhood_in_general(package: Package) -> None:
    assert "No, the figures do not tell this" in text(visit(lang="en", part="bear", claim="levels"))


def test_tables_in_one_line(package: Package) -> None:
    two = ["50090NED-ErvarenGezondheidGoedZeerGoed", SIX[0]]
    assert "50090NED, 50150NED" in text(visit(lang="en", part="bear", claim="trend", fig=two))


def test_the_effect_names_the_initiative(package: Package) -> None:
    app = visit(lang="en", part="bear", claim="effect", sel="LEI-001")
    assert str(package.initiatives.at["LEI-001", "name"]).split("'")[0] in text(app)


def test_readings_have_different_names(en: Names) -> None:
    assert len({reading_name(en, kind) for kind in KINDS}) == len(KINDS)


# --- hostile ------------------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("part", ["known", "near", "need", "next", "elsewhere", "bear"])
def test_hostile_rows_stay_text(hostile_package: Package, monkeypatch: pytest.MonkeyPatch, part: str) -> None:
    monkeypatch.setattr(web_package, "_package", hostile_package)
    shown = text(
        visit(lang="nl", part=part, count="all", level="neighbourhood", claim="effect", sel="LEI-001")
    )
    assert SCRIPT not in shown


def test_a_package_with_few_areas(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    """One district and its neighbourhoods: nothing is called a gap, and the page says why."""
    own = package.areas["parent_code"].eq("WK054603") | package.areas["level"].isin(
        ["country", "municipality"]
    )
    areas = package.areas[own | (package.areas.index == "WK054603")]
    geometry = package.geometry[package.geometry.index.isin(areas.index)]
    served: Any = package.initiative_areas[package.initiative_areas["area_code"].isin(areas.index)]
    monkeypatch.setattr(
        web_package, "_package", replace(package, areas=areas, geometry=geometry, initiative_areas=served)
    )
    app = visit(lang="en", part="need")
    for row in components(app)["coverage_verdicts"]["rows"][:1]:
        assert row["cells"][1:3] == ["Cannot be told: there are too few areas to divide in thirds."] * 2


def test_codes_of_need_are_all_different() -> None:
    assert len(need_codes(("a", "b"))) == 2 * 6 * 2


def test_figures_that_are_all_missing(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    observed = package.observations[~package.observations["indicator_id"].isin(SIX[1:2])]
    monkeypatch.setattr(web_package, "_package", replace(package, observations=observed))
    app = visit(lang="en", part="need")
    assert set(needs(app).values()) == {"–"}
    rows = components(app)["coverage_need"]["rows"]
    assert [row["cells"][4] for row in rows[:-1]] == ["not known"] * 10
    assert "<strong>not known</strong>: a figure in the index is missing" in text(app)
    assert "cannot be computed: too few areas have an index of need" in text(app)
    assert "No neighbourhood has an index of need" in said(visit(lang="en", part="next"))


def test_access_over_need_is_a_slope(package: Package) -> None:
    """Against a least-squares line through the neighbourhoods, each weighing its residents."""
    import numpy as np

    app = visit(lang="en", part="need", level="neighbourhood", dist="800")
    found = re.search(
        r'id="slope">Access where[^:]*: ([+−]?[\d.]+) initiatives.*? of the mean of ([\d.]+)', text(app)
    )
    assert found
    near = components(visit(lang="en", part="near", level="neighbourhood", dist="800"))["coverage_access"][
        "rows"
    ]
    names = {row["name"]: code for code, row in naive.areas().items() if row["level"] == "neighbourhood"}
    access = {names[row["cells"][0]]: row["cells"][1] for row in near[:-1]}
    need = need_by_hand("neighbourhood", dict.fromkeys(SIX, 1.0))
    codes = sorted((code for code in need if access[code][0].isdigit()), key=lambda code: need[code])
    people = np.array([float(naive.areas()[code]["population"]) for code in codes])
    middle = (np.cumsum(people) - people / 2) / people.sum()
    slope = np.polyfit(middle, [float(access[code]) for code in codes], 1, w=np.sqrt(people))[0]
    assert float(found[1].replace("−", "-")) == pytest.approx(slope, abs=0.002)
    mean = np.average([float(access[code]) for code in codes], weights=people)
    assert float(found[2]) == pytest.approx(mean, abs=0.002)
