"""Gaps: each verdict and reason in a town made by hand, and both rules once more by loops on the real data."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from hsc_geo.analysis.counting import count_of
from hsc_geo.analysis.gaps import LEAST_PLACED, RULES, VERDICTS, Gaps, gaps, marks_of
from hsc_geo.analysis.matrix import Basis, counted, freshness_bands
from hsc_geo.analysis.need import (
    Ingredient,
    Need,
    default_ingredients,
    left_one_out,
    need_index,
    percentile,
    sensitivity,
)
from hsc_geo.analysis.provision import known_to, level_with_lowest, lowest_third, near_places, terciles
from hsc_geo.analysis.reach import LONGEST, reach
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD
from tests.shared import naive
from tests.shared.towns import CORNER, places_table, rd

IDS = list(naive.initiatives())
TODAY = dt.date(2026, 11, 29)
MODELLED, ALSO_MODELLED = "50090NED-Eenzaam", "50090NED-Roker"
COUNTED_PEOPLE, ALSO = "85984NED-Koopwoningen", "85984NED-Bevolkingsdichtheid"
repeatable = settings(max_examples=30, deadline=None, derandomize=True, database=None)
AGES = ("0_14", "15_24", "25_44", "45_64", "65_plus")


def codes_of(count: int) -> list[str]:
    return [f"BU{i:08}" for i in range(count)]


def town(
    package: Package,
    places: Sequence[tuple[float, float]] = (),
    known: Sequence[str] = (),
    people: Sequence[float | None] = (2000,) * 6,
    year: int = 2026,
    wide: int = 0,
    more: Sequence[tuple[str, str]] = (),
    districts: Sequence[int] | None = None,
    young: Sequence[float] | None = None,
) -> Package:
    """Neighbourhoods of 1 km² in a row, each a district of its own (or of the number in `districts`), with a share
    `young` aged 15 to 24; initiatives P0 ... at places (metres from the corner), A0 ... known to areas only, last
    evidenced in `year`; W0 ... for the whole city; N0 evidenced in 2026 and known to nowhere. more: (initiative, area)
    that it is known to as well."""
    codes = codes_of(len(people))
    left, bottom = CORNER
    shapes = [
        shapely.box(left + 1000 * i, bottom, left + 1000 * (i + 1), bottom + 1000) for i in range(len(codes))
    ]
    around = [f"WK{i:06}" for i in (districts if districts is not None else range(len(codes)))]
    bands = {f"population_{age}": pd.array([100] * len(codes), "Int64") for age in AGES}
    share = young if young is not None else [0.2] * len(codes)
    bands["population_15_24"] = pd.array([round(400 * each / (1 - each)) for each in share], "Int64")
    areas = pd.DataFrame(
        {
            "level": "neighbourhood",
            "parent_code": around,
            "population": pd.array(people, "Int64"),
            "population_year": 2025,
            "bands_year": 2024,
            **bands,
        },
        codes,
    )
    above = pd.DataFrame(
        {
            "level": "district",
            "parent_code": "GM0001",
            "population": 9000,
            "population_year": 2025,
            "bands_year": 2025,
            **dict.fromkeys(bands, 100),
        },
        sorted(set(around)),
    )
    city = pd.DataFrame({"level": "municipality", "parent_code": "NL00", "population": 9000}, ["GM0001"])
    points = rd(*places)
    keys = [*points.index, *(f"A{i}" for i in range(len(known))), *(f"W{i}" for i in range(wide)), "N0"]
    register = pd.DataFrame(
        {
            "precision": ["address"] * len(places)
            + ["district"] * len(known)
            + ["city"] * wide
            + ["unknown"],
            "status_as_of": "",
            "last_confirmed": "",
            "last_evidence_year": pd.array([year] * (len(keys) - 1) + [2026], "Int64"),
        },
        keys,
    )
    at = [codes[min(int(place[0] // 1000), len(codes) - 1)] for place in places]
    served = [*zip(keys, [*at, *known], strict=False), *more]
    return replace(
        package,
        areas=pd.concat([areas, above, city]),
        geometry=gpd.GeoDataFrame({"level": "neighbourhood"}, geometry=shapes, index=codes, crs=RD),
        initiatives=register,
        initiative_places=places_table(points),
        initiative_areas=pd.DataFrame(served, columns=["initiative_id", "area_code"], dtype=object),
    )


def needs(ranks: dict[str, list[float]]) -> Need:
    """An index of need from percentiles by ingredient, equal weights."""
    table = pd.DataFrame(ranks, index=codes_of(len(next(iter(ranks.values())))))
    scores = table.mean(axis=1, skipna=False).round(9)
    found = pd.DataFrame({"score": scores, "index": percentile(scores)})
    asked = tuple(Ingredient(key, 1.0, 2020, "18plus", True) for key in ranks)
    return Need("neighbourhood", asked, found, table, {})


RISING = [10.0, 25, 40, 60, 75, 90]  # the last area has the most need, of six
STEADY = needs({MODELLED: RISING, ALSO_MODELLED: RISING})
OTHERS = ((500, 500), (1500, 500), (2500, 500), (3500, 500), (4500, 500))  # a place in each area but the last


def judged(of: Package, need: Need, distance: float = 500, ids: Sequence[str] | None = None) -> Gaps:
    asked = list(of.initiatives.index.drop("N0")) if ids is None else ids
    return gaps(of, asked, distance, need, sensitivity(need, draws=400), TODAY)


def last(found: Gaps, rule: str = "distance") -> tuple[str, set[str]]:
    code = str(found.table.index[-1])
    return found.verdict(code, rule), set(found.reasons(code, rule))


# --- each verdict and reason by hand ------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", RULES)
def test_high_need_and_nothing_known_is_a_gap(package: Package, rule: str) -> None:
    found = judged(town(package, OTHERS[:4]), STEADY)
    assert last(found, rule) == ("gap", {"figures_modelled"})
    row = found.table.iloc[-1]
    assert (row["need_tercile"], row["provision_tercile"], row["share"], row["upper_share"]) == (2, 0, 0, 0)
    assert (row["sensitivity"], row["number"], row["marks"]) == (1, 0, ())
    assert found.called(rule) == (found.table.index[-1],)
    assert found.placed == {"area": 4, "distance": 4}
    assert found.notes == ()


@pytest.mark.parametrize("rule", RULES)
def test_a_gap_in_measured_figures_has_no_caveat(package: Package, rule: str) -> None:
    need = needs({COUNTED_PEOPLE: RISING, ALSO: RISING})
    assert last(judged(town(package, OTHERS[:4]), need), rule) == ("gap", set())


@pytest.mark.parametrize("rule", RULES)
def test_little_need_or_much_provision_is_no_sign(package: Package, rule: str) -> None:
    found = judged(town(package, (*OTHERS[2:], (5500, 500), (5900, 500))), STEADY)
    first, table = str(found.table.index[0]), found.table
    assert (found.verdict(first, rule), found.reasons(first, rule)) == ("no_sign", ())
    assert last(found, rule) == ("no_sign", set())
    assert table.iloc[-2]["share"] == pytest.approx(math.pi / 4, rel=0.1)
    assert table.iloc[-1]["share"] > table.iloc[-2]["share"] > 0.5
    assert table["number"].tolist() == [0, 0, 1, 1, 1, 2]


@pytest.mark.parametrize("rule", RULES)
def test_need_that_hangs_on_the_weights_is_uncertain(package: Package, rule: str) -> None:
    need = needs({MODELLED: RISING, ALSO_MODELLED: [60.0, 40, 10, 25, 90, 75]})
    assert last(judged(town(package, OTHERS[:4]), need), rule) == (
        "uncertain",
        {"need_depends_on_weights", "figures_modelled"},
    )
    measured = needs({COUNTED_PEOPLE: RISING, ALSO: [60.0, 40, 10, 25, 90, 75]})
    assert last(judged(town(package, OTHERS[:4]), measured), rule) == (
        "uncertain",
        {"need_depends_on_weights"},
    )


@pytest.mark.parametrize("rule", RULES)
def test_need_that_falls_without_one_ingredient_is_uncertain(package: Package, rule: str) -> None:
    """In the top in most weightings of three, but without the first not in the top third."""
    low = [60.0, 75, 90, 40, 10, 25]
    need = needs({MODELLED: [10.0, 25, 40, 50, 60, 1000], ALSO_MODELLED: low, COUNTED_PEOPLE: low})
    certain = pd.Series(1.0, index=need.table.index)
    assert left_one_out(need)[MODELLED].iloc[-1] < 50
    of = town(package, OTHERS[:4])
    found = gaps(of, ["P0", "P1", "P2", "P3"], 500, need, certain, TODAY)
    assert last(found, rule) == ("uncertain", {"need_depends_on_weights", "figures_modelled"})


@pytest.mark.parametrize("rule", RULES)
def test_one_figure_cannot_be_tested(package: Package, rule: str) -> None:
    assert last(judged(town(package, OTHERS[:4]), needs({COUNTED_PEOPLE: RISING})), rule) == (
        "uncertain",
        {"one_figure"},
    )


@pytest.mark.parametrize("area", ["BU00000005", "WK000005"])
def test_an_initiative_known_to_the_area_only_makes_it_uncertain(package: Package, area: str) -> None:
    found = judged(town(package, OTHERS[:4], [area]), STEADY)
    assert last(found) == ("uncertain", {"place_unknown"})
    assert last(found, "area") == ("uncertain", {"one_known"})
    assert found.table.iloc[-1][["share", "upper_share", "number"]].tolist() == [0, 1, 1]


def test_two_that_are_known_to_the_area_are_no_sign_by_that_rule(package: Package) -> None:
    found = judged(town(package, OTHERS[:4], ["BU00000005", "WK000005"]), STEADY)
    assert last(found, "area") == ("no_sign", set())
    assert last(found) == ("uncertain", {"place_unknown"})


def test_what_is_known_elsewhere_in_the_district_makes_a_neighbourhood_uncertain(package: Package) -> None:
    """The last two neighbourhoods are one district, and P4 stands in the other."""
    of = town(package, OTHERS, districts=(0, 1, 2, 3, 4, 4))
    assert last(judged(of, STEADY), "area") == ("uncertain", {"known_in_district"})
    assert judged(of, STEADY).table["number"].iloc[-1] == 0


def test_a_place_just_outside_makes_it_hang_on_the_distance(package: Package) -> None:
    """At 500 m the circle stops at the border of the last area; at 750 m it lies over it, and three areas have less."""
    found = judged(town(package, OTHERS[4:] * 3), STEADY)
    assert last(found) == ("uncertain", {"distance"})
    assert last(found, "area")[0] == "gap"
    assert found.farther == 750


def test_distance_zero_reaches_nobody_and_says_so(package: Package) -> None:
    found = judged(town(package, OTHERS), STEADY, 0)
    assert last(found) == ("uncertain", {"distance"})
    assert (found.table["share"] == 0).all()
    assert last(found, "area")[0] == "gap"


def test_the_longest_distance_reaches_all(package: Package) -> None:
    found = judged(town(package, OTHERS), STEADY, LONGEST)
    assert found.farther == LONGEST
    assert (found.table["share"] == 1).all()
    assert set(found.table["distance_verdict"]) == {"no_sign"}


def test_between_lowest_third_and_half_is_uncertain(package: Package) -> None:
    """A place in the last area too, at 300 m: 28% reached, but no area has less than that save two."""
    found = judged(town(package, (*OTHERS[3:], (5500, 500))), STEADY, 300)
    assert found.table["share"].iloc[-1] == pytest.approx(math.pi * 0.09, rel=1e-6)
    assert last(found) == ("uncertain", {"provision_middling"})


def test_bounds_that_lie_far_apart_are_told(package: Package) -> None:
    found = judged(town(package, (*OTHERS[3:], (5500, 500)), ["BU00000005"]), STEADY, 300)
    assert last(found) == ("uncertain", {"provision_middling", "place_unknown"})


def test_old_is_said_where_something_is_known_and_not_where_nothing_is(package: Package) -> None:
    """The whole register is of 2022: that is a note; of an area without anything known it is not said."""
    nothing = judged(town(package, OTHERS[:4], year=2022), STEADY)
    for rule in RULES:
        assert last(nothing, rule) == ("gap", {"figures_modelled"})
    assert nothing.notes == ("register_old",)
    known = judged(town(package, OTHERS[:4], ["BU00000005"], year=2022), STEADY)
    assert last(known) == ("uncertain", {"place_unknown", "register_old"})
    assert last(known, "area") == ("uncertain", {"one_known", "register_old"})
    elsewhere = judged(town(package, OTHERS[:4], year=2022, more=[("P0", "BU00000005")]), STEADY)
    assert last(elsewhere) == ("gap", {"figures_modelled", "register_old"})


def test_what_nobody_confirmed_is_no_gap_but_doubt(package: Package) -> None:
    """A place in the last area that the switch on confirmation leaves out: a gap by what counts, not as known."""
    of = town(package, (*OTHERS[:4], (5500, 500), (5900, 500)))
    counts, known = ["P0", "P1", "P2", "P3"], ["P0", "P1", "P2", "P3", "P4", "P5"]
    sure = sensitivity(STEADY, draws=400)
    found = gaps(of, counts, 500, STEADY, sure, TODAY, known=known)
    elsewhere = gaps(of, counts[:3], 500, STEADY, sure, TODAY, known=counts)
    for rule in RULES:
        assert last(gaps(of, counts, 500, STEADY, sure, TODAY), rule)[0] == "gap"
        assert last(found, rule) == ("uncertain", {"not_confirmed"})
        assert last(elsewhere, rule) == ("gap", {"figures_modelled"})
    assert found.table["share"].iloc[-1] == 0


# --- what is not called -------------------------------------------------------------------------------------------


def test_a_rule_that_places_fewer_than_three_calls_nothing(package: Package) -> None:
    """Two places and one that is known to an area only: three by area, two by distance."""
    found = judged(town(package, OTHERS[:2], ["BU00000002"]), STEADY)
    assert LEAST_PLACED == 3
    assert found.placed == {"area": 3, "distance": 2}
    assert (found.callable("area"), found.callable("distance")) == (True, False)
    assert last(found, "area")[0] == "gap"
    assert set(found.table["distance_verdict"]) == {"not_called"}
    assert set(found.table["distance_reasons"]) == {("few_placed",)}
    assert found.table["share"].notna().all()  # what is known stays in the table
    fewer = judged(town(package, OTHERS[:2]), STEADY)
    assert set(fewer.table["area_verdict"]) == {"not_called"}


def test_what_is_for_the_whole_city_stands_beside_and_vetoes_nothing(package: Package) -> None:
    """With a place it counts by distance, as a place, and never by area."""
    plain, found = (judged(town(package, OTHERS[:4], wide=wide), STEADY) for wide in (0, 5))
    for rule in RULES:
        assert last(found, rule) == last(plain, rule) == ("gap", {"figures_modelled"})
    assert found.city.wide == tuple(f"W{i}" for i in range(5))
    assert found.placed == plain.placed == {"area": 4, "distance": 4}
    of = town(package, OTHERS[:3], wide=1)
    placed = replace(
        of, initiative_places=places_table(rd(*OTHERS[:3], (5500, 500)).set_axis(["P0", "P1", "P2", "W0"]))
    )
    with_place = judged(placed, STEADY)
    assert with_place.placed == {"area": 3, "distance": 4}
    assert last(with_place, "area") == ("gap", {"figures_modelled"})
    assert last(with_place)[0] == "no_sign"


@pytest.mark.parametrize("rule", RULES)
def test_few_residents_are_marked_and_not_called(package: Package, rule: str) -> None:
    for people, verdict, why in ((999, "not_called", {"too_small"}), (1000, "gap", {"figures_modelled"})):
        found = judged(town(package, OTHERS[:4], people=(*[2000] * 5, people)), STEADY)
        assert last(found, rule) == (verdict, why)
        assert found.table["marks"].iloc[-1] == (("too_small",) if verdict == "not_called" else ())
        assert found.verdict("BU00000004", rule) != "not_called"


@pytest.mark.parametrize("rule", RULES)
def test_mostly_students_are_marked_and_not_called(package: Package, rule: str) -> None:
    """800 of 1,200 residents, and exactly half of 800."""
    for young, verdict in ((2 / 3, "not_called"), (0.5, "gap")):
        found = judged(town(package, OTHERS[:4], young=(*[0.2] * 5, young)), STEADY)
        assert last(found, rule)[0] == verdict
        assert found.table["marks"].iloc[-1] == (("students",) if verdict == "not_called" else ())


def test_the_marks_of_leiden_equal_a_count_over_the_areas(package: Package) -> None:
    for level in ("district", "neighbourhood"):
        marks = marks_of(package, level)
        for code in naive.codes_of(level):
            row = naive.areas()[code]
            small = int(row["population"]) < 1000
            assert bool(marks.at[code, "too_small"]) is small
            young = int(row["population_15_24"] or 0) / max(1, naive.residents_of_bands(row))
            assert bool(marks.at[code, "students"]) is (young > 0.5)
    assert marks.loc["BU05460704"].tolist() == [True, True]  # Leeuwenhoek
    assert not marks_of(package, "district").any(axis=None)


def test_few_areas_have_no_thirds(package: Package) -> None:
    need = needs({MODELLED: [10.0, 50, 90], ALSO_MODELLED: [10.0, 50, 90]})
    certain = pd.Series([0.0, 0.0, 1.0], index=need.table.index)
    of = town(package, OTHERS[:1] * 3, people=[2000] * 3)
    found = gaps(of, ["P0", "P1", "P2"], 500, need, certain, TODAY)
    for rule in RULES:
        assert last(found, rule) == ("not_called", {"few_areas"})
        assert not found.callable(rule)
    assert found.notes == ("few_areas",)


def test_no_initiatives_left_is_nothing_called(package: Package) -> None:
    of = town(package, OTHERS)
    none, nowhere = judged(of, STEADY, ids=[]), judged(of, STEADY, ids=["N0"])
    assert (none.table[["share", "upper_share", "provision_tercile", "number"]] == 0).all(axis=None)
    assert (none.city.everyone, nowhere.city.unknown) == ((), ("N0",))
    for each in (none, nowhere):
        assert each.placed == {"area": 0, "distance": 0}
        for rule in RULES:
            assert set(each.table[f"{rule}_verdict"]) == {"not_called"}


def test_missing_need_and_missing_residents_are_not_known(package: Package) -> None:
    ranks = [*RISING[:5], math.nan]
    missing = judged(town(package, OTHERS[:4]), needs({MODELLED: ranks, ALSO_MODELLED: ranks}))
    for rule in RULES:
        assert last(missing, rule) == ("not_known", {"need_missing"})
        for people in (None, 0):
            of = town(package, OTHERS[:4], people=[2000] * 5 + [people])
            assert last(judged(of, STEADY), rule) == ("not_known", {"residents_unknown"})


def test_thirds_go_by_how_many_have_less() -> None:
    assert terciles(pd.Series([0.0, 0, 0, 0, 0.5, 1])).tolist() == [0, 0, 0, 0, 2, 2]
    assert terciles(pd.Series([3.0, 1, 2])).tolist() == [2, 0, 1]
    assert terciles(pd.Series([math.nan, 1.0])).isna().tolist() == [True, False]
    assert lowest_third(pd.Series([0.3, 0.1, 0.2])) == 0.1
    assert lowest_third(pd.Series([0.4, 0.3, 0.1, 0.2])) == 0.2
    assert math.isnan(lowest_third(pd.Series([math.nan])))


def test_equal_areas_are_no_third() -> None:
    """45 of 54 areas at 0: as many are level with the lowest third."""
    assert level_with_lowest(pd.Series([0.0] * 45 + [0.5] * 9)) == (45, 54)
    assert level_with_lowest(pd.Series([0.1 * i for i in range(9)])) == (3, 9)
    assert level_with_lowest(pd.Series([0.2, 0.2004, 0.9, math.nan])) == (2, 3)
    assert level_with_lowest(pd.Series([math.nan])) == (0, 0)


@repeatable
@given(st.lists(st.floats(0, 1) | st.just(math.nan), min_size=1, max_size=30))
def test_the_lowest_third_is_tercile_0(shares: list[float]) -> None:
    numbers = pd.Series(shares).round(3)
    assert (terciles(numbers) == 0).fillna(False).tolist() == (numbers <= lowest_third(numbers)).tolist()


# --- a second, plain implementation on the real data --------------------------------------------------------------


@cache
def naive_shares(
    package: Package, ids: tuple[str, ...], distance: float, level: str
) -> dict[str, tuple[float, float]]:
    """Area -> (share, upper share), with a union of buffers and loops."""
    to_rd = Transformer.from_crs(4326, RD, always_xy=True)
    placed = [key for key in ids if key in naive.points()]
    points = [to_rd.transform(*point) for key in placed for point in naive.points()[key]]
    reached = shapely.union_all([shapely.Point(p).buffer(distance, quad_segs=512) for p in points])
    only = set().union(*(naive.stated_areas()[key] for key in ids if key not in placed))
    sums: dict[str, list[float]] = {code: [0, 0, 0] for code in naive.codes_of(level)}
    for code in naive.codes_of("neighbourhood"):
        row, shape = naive.areas()[code], package.geometry.geometry[code]
        people, share = int(row["population"]), shape.intersection(reached).area / shape.area
        most = 1.0 if {code, row["parent_code"]} & only else share
        total = sums[code if level == "neighbourhood" else row["parent_code"]]
        for i, part in enumerate((1, share, most)):
            total[i] += people * part
    return {code: (low / all_, high / all_) for code, (all_, low, high) in sums.items()}


def naive_known(ids: Sequence[str], code: str) -> list[str]:
    """Known to a district or anything in it; to a neighbourhood, or to the district around it as a whole."""
    if naive.areas()[code]["level"] == "district":
        return [key for key in ids if code in naive.served()[key]]
    return [key for key in ids if {code, naive.areas()[code]["parent_code"]} & naive.stated_areas()[key]]


def naive_low(shares: dict[str, tuple[float, float]], code: str, bound: int) -> bool:
    value = round(shares[code][bound], 3)
    below = sum(round(low, 3) < value for low, _ in shares.values())
    return below < len(shares) / 3 and value <= 0.5


def naive_near(near: dict, far: dict, code: str) -> dict[str, bool]:
    """What the distance says of the provision of an area."""
    share, upper = near[code]
    lowest = sum(round(low, 3) < round(share, 3) for low, _ in near.values()) < len(near) / 3
    low = [naive_low(each, code, 1) for each in (near, far)]
    seen = [naive_low(each, code, 0) for each in (near, far)]
    return {
        "low": all(low),
        "maybe": (lowest and share < 0.995) or share < 0.5,
        "place_unknown": any(a and not b for a, b in zip(seen, low, strict=True)) or upper - share >= 0.1,
        "provision_middling": not seen[0],
        "distance": low[0] != low[1],
    }


def naive_here(ids: Sequence[str], code: str) -> dict[str, bool]:
    """What is known in the area says of its provision."""
    row = naive.areas()[code]
    around = code if row["level"] == "district" else row["parent_code"]
    here, district = len(naive_known(ids, code)), len(naive_known(ids, around))
    return {
        "low": district == 0,
        "maybe": here < 2,
        "known_in_district": here == 0 < district,
        "one_known": here == 1,
    }


def naive_verdict(
    need: dict[str, Any], said: dict[str, bool], code: str, placed: int, old: bool, *, known_low: bool = True
) -> tuple:
    """(verdict, reasons) by the rules as the page tells them."""
    row = naive.areas()[code]
    if math.isnan(need["index"]):
        return "not_known", {"need_missing"}
    closed = {
        "few_placed": placed < 3,
        "too_small": int(row["population"]) < 1000,
        "students": int(row["population_15_24"]) > naive.residents_of_bands(row) / 2,
    }
    if any(closed.values()):
        return "not_called", {code for code, true in closed.items() if true}
    sure = need["sure"] >= 0.9 and len(need["others"]) > 1 and all(each > 200 / 3 for each in need["others"])
    caveats = {"register_old"} if old else set()
    if sure and said["low"] and known_low:
        return "gap", caveats | {"figures_modelled"}
    if not ((need["sure"] > 0.1 or need["index"] > 200 / 3) and said["maybe"]):
        return "no_sign", set()
    one = "one_figure" if len(need["others"]) < 2 else "need_depends_on_weights"
    why = caveats | (set() if sure else {one, "figures_modelled"})
    why |= (
        {key for key, true in said.items() if true and key not in ("low", "maybe")}
        if not said["low"]
        else set()
    )
    return "uncertain", why | ({"not_confirmed"} if said["low"] and not known_low else set())


def of_ambition(code: str) -> tuple[str, ...]:
    return tuple(key for key in IDS if code in naive.parts(naive.initiatives()[key]["ambition_codes"]))


SETS = {"": tuple(IDS), **{code: of_ambition(code) for code in ("A1", "A2", "A3", "A4")}}
SETS |= {"none": (), "few": tuple(IDS[60:90])}


def naive_need(package: Package, need: Need, code: str) -> dict[str, Any]:
    others = left_one_out(need)
    return {
        "index": need.table.at[code, "index"],
        "sure": sensitivity(need)[code],
        "others": others.loc[code].tolist(),
    }


def naive_old(package: Package, ids: Sequence[str], code: str) -> bool:
    bands, there = freshness_bands(package, TODAY), naive_known(ids, code)
    return bool(there) and sum(bands[key] not in ("12", "24") for key in there) / len(there) > 0.5


def placed_by(ids: Sequence[str]) -> dict[str, int]:
    return {
        "area": sum(bool(naive.served()[key]) for key in ids),
        "distance": sum(key in naive.points() for key in ids),
    }


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
@pytest.mark.parametrize("distance", [300, 500, 800])
@pytest.mark.parametrize("name", SETS)
def test_verdicts_and_reasons_equal_the_rules_by_loops(
    package: Package, name: str, distance: int, level: str
) -> None:
    ids = SETS[name]
    need = need_index(package, default_ingredients(package, name), level)
    found = gaps(package, ids, distance, need, sensitivity(need), TODAY)
    near, far = (naive_shares(package, ids, each, level) for each in (distance, 1.5 * distance))
    assert dict(found.placed) == placed_by(ids)
    for code in naive.codes_of(level):
        row, wanted, old = (
            found.table.loc[code],
            naive_need(package, need, code),
            naive_old(package, ids, code),
        )
        assert (row["share"], row["upper_share"]) == pytest.approx(near[code], abs=3e-4)
        assert row["number"] == len(naive_known(ids, code))
        for rule, said in (("distance", naive_near(near, far, code)), ("area", naive_here(ids, code))):
            expected = naive_verdict(wanted, said, code, placed_by(ids)[rule], old)
            assert (found.verdict(code, rule), set(found.reasons(code, rule))) == expected, (code, rule)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
@pytest.mark.parametrize("months", [12, 24])
@pytest.mark.parametrize("name", ["", "A1", "A2"])
def test_a_gap_of_the_confirmed_is_one_as_known_by_loops(
    package: Package, name: str, months: int, level: str
) -> None:
    need = need_index(package, default_ingredients(package, name), level)
    fresh = set(counted(package, Basis("all", months, TODAY)))
    ids = tuple(key for key in SETS[name] if key in fresh)
    found = gaps(package, ids, 500, need, sensitivity(need), TODAY, known=SETS[name])
    near, far, known, beyond = (
        naive_shares(package, each, d, level) for each in (ids, SETS[name]) for d in (500, 750)
    )
    for code in naive.codes_of(level):
        wanted, old = naive_need(package, need, code), naive_old(package, ids, code)
        sides = {
            "distance": (naive_near(near, far, code), naive_near(known, beyond, code)),
            "area": (naive_here(ids, code), naive_here(SETS[name], code)),
        }
        for rule, (said, all_) in sides.items():
            expected = naive_verdict(wanted, said, code, placed_by(ids)[rule], old, known_low=all_["low"])
            assert (found.verdict(code, rule), set(found.reasons(code, rule))) == expected, (code, rule)


def test_the_real_data_know_every_verdict(package: Package) -> None:
    seen = {rule: set() for rule in RULES}
    for name, ids in SETS.items():
        need = need_index(package, default_ingredients(package, name), "neighbourhood")
        found = gaps(package, ids, 500, need, sensitivity(need), TODAY)
        for rule in RULES:
            seen[rule] |= set(found.table[f"{rule}_verdict"])
    assert seen == {rule: set(VERDICTS) for rule in RULES}


def test_leiden_noord_is_no_gap_on_one_place_of_eight(package: Package) -> None:
    """Smoke-free, not known to have ended: eight, of which three are known to an area and one has a point."""
    ids = [key for key in SETS["A3"] if naive.initiatives()[key]["status"] != "ended"]
    assert (len(ids), placed_by(ids)) == (8, {"area": 3, "distance": 1})
    for ambition in ("A3", ""):  # by the figure that fits, and by the six that were used before
        need = need_index(package, default_ingredients(package, ambition), "district")
        found = gaps(package, ids, 500, need, sensitivity(need), TODAY)
        assert (found.verdict("WK054603", "distance"), found.reasons("WK054603", "distance")) == (
            "not_called",
            ("few_placed",),
        )
        assert found.called("distance") == ()


@pytest.mark.parametrize("people", ["population", "population_65_plus"])
@pytest.mark.parametrize("distance", [0, 300, 1200])
def test_neighbourhoods_add_up_to_the_districts(package: Package, distance: int, people: str) -> None:
    parts = near_places(package, IDS, distance, "neighbourhood", people)
    whole = reach(package, IDS, distance, people).table
    districts = package.areas.loc[parts.index, "parent_code"].astype(str)
    for share, count in (("share", "reached"), ("upper_share", "upper")):
        sums = (parts[share] * parts["residents"]).groupby(districts).sum()
        assert sums.to_dict() == pytest.approx(whole[count].to_dict(), rel=1e-9)
    near = near_places(package, IDS, distance, "district", people)
    for column in ("residents", "share", "upper_share"):
        assert near[column].to_dict() == pytest.approx(whole[column].to_dict(), rel=1e-12)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_what_is_known_in_an_area_is_its_one_number(package: Package, level: str) -> None:
    """By the one rule of counting: its own, shared with others, and of a neighbourhood that of its whole district."""
    for ids in (IDS, SETS["A2"], ()):
        numbers = known_to(package, ids, level)["number"]
        for code in naive.codes_of(level):
            count = count_of(package, [code], ids)
            assert numbers[code] == count.number + len(count.around)


def test_a_district_without_residents_or_neighbourhoods_has_no_share(package: Package) -> None:
    of = town(package, OTHERS, people=[None, 0, 2000, 2000, 2000, 2000])
    near = near_places(of, ["P0"], 500, "district")
    assert near.iloc[:2][["share", "upper_share"]].isna().all(axis=None)
    assert math.isnan(near["residents"].iloc[0])
    assert near["residents"].iloc[1] == 0


# --- what must hold -----------------------------------------------------------------------------------------------


@repeatable
@given(st.sets(st.sampled_from(IDS), max_size=40), st.sampled_from([0, 200, 500, 1000, 3000]))
def test_what_holds_of_every_verdict(package: Package, ids: set[str], distance: int) -> None:
    need = need_index(package, default_ingredients(package), "neighbourhood")
    found = gaps(package, ids, distance, need, sensitivity(need), TODAY)
    table = found.table
    assert (table["share"].fillna(0) <= table["upper_share"].fillna(0) + 1e-12).all()
    for rule in RULES:
        verdicts, reasons = table[f"{rule}_verdict"], table[f"{rule}_reasons"]
        gap = table[verdicts == "gap"]
        assert (gap["need_tercile"] == 2).all()
        assert (gap["sensitivity"] >= 0.9).all()
        assert all("figures_modelled" in each for each in reasons[verdicts == "gap"])
        told = verdicts.isin(["uncertain", "not_known", "not_called"])
        assert (reasons[told].map(len) > 0).all()
        assert (reasons[verdicts == "no_sign"].map(len) == 0).all()
        assert set(verdicts[table["marks"].map(len) > 0]) <= {"not_called", "not_known"}
        assert (set(verdicts) <= {"not_called", "not_known"}) is not found.callable(rule)
        assert not any("register_old" in each for each in reasons[table["number"] == 0])
    near = table[table["distance_verdict"] == "gap"]
    assert (near["upper_share"] <= 0.5).all()
    assert (near["provision_tercile"] == 0).all()
    assert (table.loc[table["area_verdict"] == "gap", "number"] == 0).all()


@repeatable
@given(st.sets(st.sampled_from(IDS), min_size=20, max_size=40))
def test_one_more_known_to_an_area_only_makes_no_gap(package: Package, ids: set[str]) -> None:
    """It raises upper bounds and numbers and leaves the lower bounds, so what was no gap becomes none. (Where the rule
    called nothing before, one more can make it call.)"""
    need = need_index(package, default_ingredients(package), "neighbourhood")
    more = next(
        k
        for k in IDS
        if k not in ids and k not in naive.points() and naive.initiatives()[k]["precision"] == "district"
    )
    before, after = (gaps(package, each, 300, need, sensitivity(need), TODAY) for each in (ids, {*ids, more}))
    for rule in RULES:
        if before.callable(rule):
            assert set(after.called(rule)) <= set(before.called(rule))


# --- bad input ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("distance", [-1, math.nan, LONGEST + 1])
def test_a_distance_that_is_none_is_refused(package: Package, distance: float) -> None:
    with pytest.raises(ValueError, match="is not a number of metres"):
        judged(town(package, OTHERS), STEADY, distance)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_an_unknown_kind_of_residents_is_refused(package: Package, level: str) -> None:
    with pytest.raises(KeyError):
        near_places(package, IDS, 500, level, "population_of_mars")
