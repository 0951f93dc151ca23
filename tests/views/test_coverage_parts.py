"""Need, gaps, access, where next, what if, transfer, the guard, run by AppTest; numbers counted again by loops."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
import shapely
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.guard import KINDS
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.reach import neighbourhoods, placed
from hsc_geo.analysis.transfer import focus_initiatives
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.views.coverage_choices import need_codes, parameters
from hsc_geo.views.coverage_what_if import MOST, add_point, point_of
from hsc_geo.views.guard_texts import reading_name
from hsc_geo.views.names import Names
from hsc_geo.views.state import PageState
from hsc_geo.views.words import Words
from hsc_geo.web import state
from tests.analysis import naive
from tests.analysis.hostile import SCRIPT
from tests.views.screens import components, map_update, notes, text
from tests.views.test_coverage import address, cells, visit

SIX = [
    "50090NED-ErvarenGezondheidGoedZeerGoed", "50090NED-Overgewicht", "50090NED-Roker",
    "50090NED-MatigHoogRisicoOpAngstOfDepressie", "50090NED-Eenzaam", "50090NED-MoeiteMetRondkomen",
]  # fmt: skip
INSIDE = "52.15833,4.49306"  # the middle of Leiden
OUTSIDE = "52.00000,4.00000"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_package", package)


@pytest.fixture
def en(package: Package) -> Names:
    return Names(package, Words("en"))


def known_places() -> list[str]:
    return [
        key
        for key, row in naive.initiatives().items()
        if row["precision"] in ("address", "street") and row["latitude"] and row["status"] != "ended"
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
    level: str, weights: dict[str, float], year: int = 2020, age: str = "18plus"
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
    return {row["id"]: row["cells"][1] for row in table["rows"]}


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
        assert [each.value for each in app.info] == [
            "All weights are zero, so there is no index. Give at least one figure a weight above it."
        ]
        assert "coverage_need" not in components(app)


def test_composing_by_the_controls(package: Package) -> None:
    app = visit(lang="en", part="need", need=[f"{SIX[1]}~1"])
    app.number_input(key=f"w_weight_{SIX[1]}").set_value(4).run()
    assert address(app)["need"] == [f"{SIX[1]}~4"]
    app.checkbox(key=f"w_turned_{SIX[1]}").set_value(True).run()
    assert address(app)["need"] == [f"{SIX[1]}~4r"]
    app.multiselect(key="w_need").set_value([SIX[1], SIX[4]]).run()
    assert address(app)["need"] == [f"{SIX[1]}~4r", f"{SIX[4]}~1"]
    app.button(key="need_reset").click().run()
    assert "need" not in address(app)


def test_another_year_and_age(package: Package) -> None:
    app = visit(lang="en", part="need", need=[f"{SIX[1]}~1"], nyear="2016", nage="65plus")
    expected = need_by_hand("district", {SIX[1]: 1}, 2016, "65plus")
    assert needs(app) == {code: Words("en").number(value) for code, value in expected.items()}


def test_the_map_says_what_the_table_says(package: Package) -> None:
    app = visit(lang="en", part="need", level="neighbourhood")
    sent = map_update(app)
    verdicts = {}
    for page in (1, 2, 3):
        shown = components(visit(lang="en", part="need", level="neighbourhood", page=str(page)))[
            "coverage_need"
        ]
        verdicts |= {row["id"]: row["cells"][5] for row in shown["rows"]}
    signs = {"gap": "!", "uncertain": "?"}
    assert sent["signs"] == {code: signs[said] for code, said in verdicts.items() if said in signs}
    assert all(sent["text"][code].endswith(said) for code, said in verdicts.items())
    assert len(set(sent["colors"])) == 9
    assert set(sent["classes"]) == {code for code, said in verdicts.items() if said != "not known"}


@pytest.mark.parametrize("show", ["need", "share", "access"])
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
    assert "uncertain</strong>" in shown
    assert "of initiatives here the place is not known" in shown
    assert map_update(app)["selected"] == "WK054605"


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
        english = [key for key in ("At 0 metres nobody is reached; choose a longer distance.",
                                   "Everyone already lives within this distance of a known place, so no new place "
                                   "reaches anyone more.") if key.startswith(told)]  # fmt: skip
        assert Words(language).t(english[0]) in [each.value for each in app.info]


@pytest.mark.parametrize("part", ["near", "need", "next", "elsewhere"])
def test_a_filter_that_leaves_no_initiative(package: Package, part: str) -> None:
    app = visit(lang="en", part=part, conf="12", count="active", ramb="A3", rlife="0-4")
    told = [each.value for each in app.info] + [text(app)]
    sentence = {
        "near": "None of these initiatives has a known place",
        "need": "so there is nothing to compare",
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
            {row["id"] for row in components(visit(lang="en", part="need", **extra))["coverage_need"]["rows"]
             if row["cells"][5] == "gap"}
            for extra in ({}, {"conf": months})
        )  # fmt: skip
        assert confirmed <= known
    told = text(visit(lang="en", part="need", conf="12", area="WK054603"))
    assert "uncertain</strong>" in told
    assert "more is known, but not confirmed in this period" in told


def test_how_little_counts_stands_above_each_answer(package: Package) -> None:
    sentence = f"Only {len(known_places())} have a known place."
    shown = text(visit(lang="en", part="next", at=[INSIDE]))
    assert shown.count(sentence) == 2
    assert "number known only to the district or neighbourhood" in shown
    assert sentence in text(visit(lang="en", part="need"))


def test_the_slope_names_its_level_and_places(package: Package) -> None:
    places = len({(p.x, p.y) for p in placed(package).loc[known_places()]})
    for level, name in (("district", "districts"), ("neighbourhood", "neighbourhoods")):
        found = re.search(r"slope index of inequality over \d+ (\w+), from (\d+) known places", text(
            visit(lang="en", part="need", level=level)
        ))  # fmt: skip
        assert found
        assert found.groups() == (name, str(places))
    tried = text(visit(lang="en", part="next", at=[INSIDE]))
    assert f"from {places} known places before and {places + 1} after" in tried


def test_without_a_known_place_there_is_no_slope(package: Package) -> None:
    none = {"conf": "12", "count": "active", "ramb": "A3", "rlife": "0-4"}
    assert "cannot be computed: no initiative that fits has a known place" in text(
        visit(lang="en", part="need", **none)
    )
    tried = text(visit(lang="en", part="next", at=[INSIDE], **none))
    assert "not to be computed before" in tried
    assert "0.000 before" not in tried


@pytest.mark.parametrize(
    ("asked", "told"), [({"nage": "18to64"}, "for this age"), ({"nyear": "2024"}, "for 2024")]
)
def test_a_year_or_age_that_a_figure_lacks_is_said(
    package: Package, asked: dict[str, str], told: str
) -> None:
    app = visit(lang="en", part="need", **asked)
    assert any(told in each for each in notes(app))
    assert needs(app) == needs(visit(lang="en", part="need"))
    assert not notes(visit(lang="en", part="need", need=[f"{SIX[1]}~1"], nyear="2016", nage="65plus"))


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

    where, known = demand(package), placed(package).loc[known_places()]
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
    among = list(counted(package, Basis()))
    table = components(visit(lang="en", part="elsewhere", level=level))["coverage_transfer"]
    names = {row["name"]: code for code, row in naive.areas().items() if row["level"] == level}
    assert table["rows"]
    for row in table["rows"]:
        assert row["id"] in focus_initiatives(package)
        assert not like_by_hand(row["id"], names[row["cells"][2]], among)


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
    assert app.radio(key="w_claim").value == kind
    refused = kind in ("effect", "rank", "change", "trend")
    head = "The figures do not bear this" if refused else "The figures bear this"
    assert f"<h2>{w.t(head)}</h2>" in text(app)
    assert (w.t("What you may ask instead") in text(app)) == refused


def test_districts_beside_neighbourhoods(package: Package) -> None:
    app = visit(lang="en", part="bear", claim="levels", where=["WK054603", "BU05460300"])
    assert "The figures do not bear this" in text(app)
    assert "A neighbourhood is a part of a district" in text(app)


def test_a_district_beside_a_neighbourhood_in_general(package: Package) -> None:
    assert "The figures do not bear this" in text(visit(lang="en", part="bear", claim="levels"))


def test_tables_in_one_line(package: Package) -> None:
    two = ["50090NED-ErvarenGezondheidGoedZeerGoed", "50150NED-GoedErvarenGezondheid"]
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
    monkeypatch.setattr(state, "_package", hostile_package)
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
        state, "_package", replace(package, areas=areas, geometry=geometry, initiative_areas=served)
    )
    app = visit(lang="en", part="need")
    assert "There are too few areas to divide in thirds, so nothing is called a gap." in text(app)


def test_codes_of_need_are_all_different() -> None:
    assert len(need_codes(("a", "b"))) == 2 * 6 * 2


def test_figures_that_are_all_missing(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    observed = package.observations[~package.observations["indicator_id"].isin(SIX[1:2])]
    monkeypatch.setattr(state, "_package", replace(package, observations=observed))
    app = visit(lang="en", part="need")
    assert set(needs(app).values()) == {"–"}
    assert "10 not known" in text(app)
    assert "cannot be computed: too few areas have an index of need" in text(app)
    nowhere = visit(lang="en", part="next")
    assert "No neighbourhood has an index of need" in "".join(each.value for each in nowhere.info)


def test_access_over_need_is_a_slope(package: Package) -> None:
    """Against a least-squares line through the neighbourhoods, each weighing its residents."""
    import numpy as np

    app = visit(lang="en", part="need", level="neighbourhood", dist="800")
    found = re.search(r'id="slope">[^:]*: ([+−]?[\d.]+) initiatives', text(app))
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
