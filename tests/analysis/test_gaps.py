"""Gaps: each verdict and reason in a town made by hand, and the rules once more by loops on the real data."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pyproj import Transformer

from hsc_geo.analysis.gaps import VERDICTS, Gaps, gaps, lowest_third, provision, terciles
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
from hsc_geo.analysis.reach import LONGEST, reach
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD
from tests.analysis import naive

IDS = list(naive.initiatives())
CORNER = (90_000.0, 460_000.0)  # RD
MODELLED, ALSO_MODELLED = "50090NED-Eenzaam", "50090NED-Roker"
COUNTED_PEOPLE, ALSO = "85984NED-Koopwoningen", "85984NED-Bevolkingsdichtheid"
repeatable = settings(max_examples=30, deadline=None, derandomize=True, database=None)


def codes_of(count: int) -> list[str]:
    return [f"BU{i:08}" for i in range(count)]


def town(
    package: Package,
    places: Sequence[tuple[float, float]] = (),
    known: Sequence[str] = (),
    people: Sequence[float | None] = (1000,) * 6,
    year: int = 2026,
) -> Package:
    """Neighbourhoods of 1 km² in a row, each a district of its own; initiatives P0 ... at places (metres from the
    corner), A0 ... known to areas only, last evidenced in `year`; N0 evidenced in 2026 and known to nowhere."""
    codes = codes_of(len(people))
    shapes = [shapely.box(CORNER[0] + 1000 * i, CORNER[1], CORNER[0] + 1000 * (i + 1), CORNER[1] + 1000)
              for i in range(len(codes))]  # fmt: skip
    districts = ["WK" + code[4:] for code in codes]
    areas = pd.DataFrame(
        {"level": "neighbourhood", "parent_code": districts, "population": pd.array(people, "Int64")}, codes
    )
    above = pd.DataFrame({"level": "district", "parent_code": "GM0001", "population": 1}, districts)
    x, y = ([CORNER[axis] + place[axis] for place in places] for axis in (0, 1))
    lon, lat = Transformer.from_crs(RD, 4326, always_xy=True).transform(x, y)
    keys = [*(f"P{i}" for i in range(len(places))), *(f"A{i}" for i in range(len(known))), "N0"]
    blank = [math.nan] * (len(known) + 1)
    register = pd.DataFrame({
        "precision": ["address"] * len(places) + ["district"] * len(known) + ["unknown"],
        "latitude": [*lat, *blank], "longitude": [*lon, *blank], "status_as_of": "",
        "last_evidence_year": pd.array([year] * (len(keys) - 1) + [2026], "Int64"),
    }, keys)  # fmt: skip
    at = [codes[min(int(place[0] // 1000), len(codes) - 1)] for place in places]
    served = pd.DataFrame({"initiative_id": keys[:-1], "area_code": [*at, *known]}, dtype=object)
    return replace(
        package,
        areas=pd.concat([areas, above]),
        geometry=gpd.GeoDataFrame({"level": "neighbourhood"}, geometry=shapes, index=codes, crs=RD),
        initiatives=register,
        initiative_areas=served,
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


def judged(of: Package, need: Need, distance: float = 500) -> Gaps:
    ids = list(of.initiatives.index.drop("N0"))
    return gaps(of, ids, distance, need, sensitivity(need, draws=400), "neighbourhood")


def last(found: Gaps) -> tuple[str, set[str]]:
    row = found.table.iloc[-1]
    return row["verdict"], set(row["reasons"])


# --- each verdict and reason by hand ------------------------------------------------------------------------------


def test_high_need_and_nothing_known_near_is_a_gap(package: Package) -> None:
    found = judged(town(package, OTHERS[:4]), STEADY)
    assert last(found) == ("gap", {"figures_modelled"})
    row = found.table.iloc[-1]
    assert (row["need_tercile"], row["provision_tercile"], row["share"], row["upper_share"]) == (2, 0, 0, 0)
    assert row["sensitivity"] == 1
    assert found.notes == ()


def test_a_gap_in_measured_figures_has_no_caveat(package: Package) -> None:
    need = needs({COUNTED_PEOPLE: RISING, ALSO: RISING})
    assert last(judged(town(package, OTHERS[:4]), need)) == ("gap", set())


def test_little_need_or_much_provision_is_no_sign(package: Package) -> None:
    table = judged(town(package, (*OTHERS[2:], (5500, 500), (5900, 500))), STEADY).table
    assert table.iloc[0][["verdict", "reasons"]].tolist() == ["no_sign", ()]
    assert table.iloc[-1]["verdict"] == "no_sign"
    assert table.iloc[-2]["share"] == pytest.approx(math.pi / 4, rel=0.1)
    assert table.iloc[-1]["share"] > table.iloc[-2]["share"] > 0.5


def test_need_that_hangs_on_the_weights_is_uncertain(package: Package) -> None:
    need = needs({MODELLED: RISING, ALSO_MODELLED: [60.0, 40, 10, 25, 90, 75]})
    assert last(judged(town(package, OTHERS[:4]), need)) == (
        "uncertain", {"need_depends_on_weights", "figures_modelled"}
    )  # fmt: skip
    measured = needs({COUNTED_PEOPLE: RISING, ALSO: [60.0, 40, 10, 25, 90, 75]})
    assert last(judged(town(package, OTHERS[:4]), measured)) == ("uncertain", {"need_depends_on_weights"})


def test_need_that_falls_without_one_ingredient_is_uncertain(package: Package) -> None:
    """In the top in most weightings of three, but without the first not in the top third."""
    low = [60.0, 75, 90, 40, 10, 25]
    need = needs({MODELLED: [10.0, 25, 40, 50, 60, 1000], ALSO_MODELLED: low, COUNTED_PEOPLE: low})
    certain = pd.Series(1.0, index=need.table.index)
    assert left_one_out(need)[MODELLED].iloc[-1] < 50
    of = town(package, OTHERS[:4])
    found = gaps(of, ["P0", "P1", "P2", "P3"], 500, need, certain, "neighbourhood")
    assert last(found) == ("uncertain", {"need_depends_on_weights", "figures_modelled"})


def test_one_ingredient_cannot_be_tested(package: Package) -> None:
    assert last(judged(town(package, OTHERS[:4]), needs({COUNTED_PEOPLE: RISING}))) == (
        "uncertain", {"one_ingredient"}
    )  # fmt: skip


@pytest.mark.parametrize("area", ["BU00000005", "WK000005"])
def test_an_initiative_known_to_the_area_only_makes_it_uncertain(package: Package, area: str) -> None:
    found = judged(town(package, OTHERS[:4], [area]), STEADY)
    assert last(found) == ("uncertain", {"place_unknown"})
    assert found.table.iloc[-1][["share", "upper_share"]].tolist() == [0, 1]


def test_a_place_just_outside_makes_it_hang_on_the_distance(package: Package) -> None:
    """At 500 m the circle stops at the border of the last area; at 750 m it lies over it, and three areas have less."""
    found = judged(town(package, OTHERS[4:]), STEADY)
    assert last(found) == ("uncertain", {"distance"})
    assert found.farther == 750


def test_distance_zero_reaches_nobody_and_says_so(package: Package) -> None:
    found = judged(town(package, OTHERS), STEADY, 0)
    assert last(found) == ("uncertain", {"distance"})
    assert (found.table["share"] == 0).all()


def test_the_longest_distance_reaches_all(package: Package) -> None:
    found = judged(town(package, OTHERS), STEADY, LONGEST)
    assert found.farther == LONGEST
    assert (found.table["share"] == 1).all()
    assert set(found.table["verdict"]) == {"no_sign"}


def test_between_lowest_third_and_half_is_uncertain(package: Package) -> None:
    """A place in the last area too, at 300 m: 28% reached, but no area has less than that save two."""
    found = judged(town(package, (*OTHERS[3:], (5500, 500))), STEADY, 300)
    assert found.table["share"].iloc[-1] == pytest.approx(math.pi * 0.09, rel=1e-6)
    assert last(found) == ("uncertain", {"provision_middling"})


def test_bounds_that_lie_far_apart_are_told(package: Package) -> None:
    found = judged(town(package, (*OTHERS[3:], (5500, 500)), ["BU00000005"]), STEADY, 300)
    assert last(found) == ("uncertain", {"provision_middling", "place_unknown"})


def test_an_old_register_is_told_with_a_gap_and_with_doubt(package: Package) -> None:
    assert last(judged(town(package, OTHERS[:4], year=2022), STEADY)) == (
        "gap", {"figures_modelled", "register_old"}
    )  # fmt: skip
    known = town(package, OTHERS[:4], ["BU00000005"], year=2022)
    assert last(judged(known, STEADY)) == ("uncertain", {"place_unknown", "register_old"})


def test_what_nobody_confirmed_is_no_gap_but_doubt(package: Package) -> None:
    """A place in the last area that the switch on confirmation leaves out: a gap by what counts, not as known."""
    of = town(package, (*OTHERS[:4], (5500, 500), (5900, 500)))
    counts, known = ["P0", "P1", "P2", "P3"], ["P0", "P1", "P2", "P3", "P4", "P5"]
    sure = sensitivity(STEADY, draws=400)
    assert last(gaps(of, counts, 500, STEADY, sure, "neighbourhood"))[0] == "gap"
    found = gaps(of, counts, 500, STEADY, sure, "neighbourhood", known=known)
    assert last(found) == ("uncertain", {"not_confirmed"})
    assert found.table["share"].iloc[-1] == 0
    elsewhere = gaps(of, counts[:3], 500, STEADY, sure, "neighbourhood", known=counts)
    assert last(elsewhere) == ("gap", {"figures_modelled"})


def test_few_areas_have_no_thirds(package: Package) -> None:
    need = needs({MODELLED: [10.0, 90], ALSO_MODELLED: [10.0, 90]})
    certain = pd.Series([0.0, 1.0], index=need.table.index)
    found = gaps(town(package, OTHERS[:1], people=[1000, 1000]), ["P0"], 500, need, certain, "neighbourhood")
    assert last(found) == ("uncertain", {"few_areas"})
    assert found.notes == ("few_areas",)


def test_no_initiatives_left_is_said(package: Package) -> None:
    of = town(package, OTHERS)
    found = gaps(of, [], 500, STEADY, sensitivity(STEADY), "neighbourhood")
    assert found.notes == ("no_initiatives",)
    assert (found.table[["share", "upper_share", "provision_tercile"]] == 0).all(axis=None)
    wide = gaps(of, ["N0"], 500, STEADY, sensitivity(STEADY), "neighbourhood")
    assert wide.notes == ("no_initiatives", "wide_not_counted")
    for each in (found, wide):
        assert last(each)[0] == "uncertain"
        assert "no_initiatives" in last(each)[1]
        assert "gap" not in set(each.table["verdict"])


def test_missing_need_and_missing_residents_are_not_known(package: Package) -> None:
    ranks = [*RISING[:5], math.nan]
    found = judged(town(package, OTHERS[:4]), needs({MODELLED: ranks, ALSO_MODELLED: ranks}))
    assert last(found) == ("not_known", {"need_missing"})
    for people in (None, 0):
        of = town(package, OTHERS[:4], people=[1000] * 5 + [people])
        assert last(judged(of, STEADY)) == ("not_known", {"residents_unknown"})


def test_thirds_go_by_how_many_have_less() -> None:
    assert terciles(pd.Series([0.0, 0, 0, 0, 0.5, 1])).tolist() == [0, 0, 0, 0, 2, 2]
    assert terciles(pd.Series([3.0, 1, 2])).tolist() == [2, 0, 1]
    assert terciles(pd.Series([math.nan, 1.0])).isna().tolist() == [True, False]
    assert lowest_third(pd.Series([0.3, 0.1, 0.2])) == 0.1
    assert lowest_third(pd.Series([0.4, 0.3, 0.1, 0.2])) == 0.2
    assert math.isnan(lowest_third(pd.Series([math.nan])))


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
    rows = {key: naive.initiatives()[key] for key in ids}
    placed = {k: r for k, r in rows.items() if r["precision"] in ("address", "street") and r["latitude"]}
    points = [to_rd.transform(float(r["longitude"]), float(r["latitude"])) for r in placed.values()]
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


def naive_low(shares: dict[str, tuple[float, float]], code: str, bound: int) -> bool:
    value = round(shares[code][bound], 3)
    below = sum(round(low, 3) < value for low, _ in shares.values())
    return below < len(shares) / 3 and value <= 0.5


def naive_nowhere(ids: Sequence[str]) -> bool:
    rows = naive.initiatives()
    return not any(naive.stated_areas()[k] or naive.served()[k] or rows[k]["latitude"] for k in ids)


def naive_verdict(
    near: dict, far: dict, code: str, index: float, sure: float, others: list[float], *, compared: bool = True
) -> str:
    if math.isnan(index):
        return "not_known"
    need = sure >= 0.9 and all(each > 200 / 3 for each in others)
    if compared and need and naive_low(near, code, 1) and naive_low(far, code, 1):
        return "gap"
    share = near[code][0]
    lowest = sum(round(low, 3) < round(share, 3) for low, _ in near.values()) < len(near) / 3
    low = (lowest and share < 0.995) or share < 0.5
    return "uncertain" if (sure > 0.1 or index > 200 / 3) and low else "no_sign"


def with_ambition(code: str) -> tuple[str, ...]:
    return tuple(key for key in IDS if code in naive.parts(naive.initiatives()[key]["ambition_codes"]))


SETS = {
    "all": tuple(IDS),
    "A1": with_ambition("A1"),
    "A3": with_ambition("A3"),
    "none": (),
    "few": tuple(IDS[60:90]),
}


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
@pytest.mark.parametrize("distance", [300, 800])
@pytest.mark.parametrize("name", SETS)
def test_verdicts_equal_the_rules_by_loops(package: Package, name: str, distance: int, level: str) -> None:
    need = need_index(package, default_ingredients(package), level)
    sure, others = sensitivity(need), left_one_out(need)
    found = gaps(package, SETS[name], distance, need, sure, level)
    near, far = (naive_shares(package, SETS[name], each, level) for each in (distance, 1.5 * distance))
    for code in naive.codes_of(level):
        row = found.table.loc[code]
        assert (row["share"], row["upper_share"]) == pytest.approx(near[code], abs=3e-4)
        expected = naive_verdict(
            near, far, code, need.table.at[code, "index"], sure[code], others.loc[code].tolist(),
            compared=not naive_nowhere(SETS[name]),
        )  # fmt: skip
        assert row["verdict"] == expected, code
    assert set(found.table["verdict"]) <= set(VERDICTS)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
@pytest.mark.parametrize("months", [12, 24])
@pytest.mark.parametrize("name", ["all", "A3"])
def test_a_gap_of_the_confirmed_is_one_as_known_by_loops(
    package: Package, name: str, months: int, level: str
) -> None:
    need = need_index(package, default_ingredients(package), level)
    sure, others = sensitivity(need), left_one_out(need)
    fresh = set(counted(package, Basis("all", months)))
    ids = tuple(key for key in SETS[name] if key in fresh)
    found = gaps(package, ids, 500, need, sure, level, known=SETS[name])
    sides = [[naive_shares(package, each, d, level) for d in (500, 750)] for each in (ids, SETS[name])]
    for code in naive.codes_of(level):
        at = (code, need.table.at[code, "index"], sure[code], others.loc[code].tolist())
        both = [naive_verdict(*side, *at, compared=not naive_nowhere(ids)) for side in sides]
        expected = "uncertain" if both[0] == "gap" != both[1] else both[0]
        assert found.table.at[code, "verdict"] == expected, code
        if expected != both[0]:
            assert "not_confirmed" in found.table.at[code, "reasons"]


def test_the_real_data_know_gaps_doubt_and_no_sign(package: Package) -> None:
    need = need_index(package, default_ingredients(package), "neighbourhood")
    seen = set()
    for ids in SETS.values():
        seen |= set(gaps(package, ids, 300, need, sensitivity(need), "neighbourhood").table["verdict"])
    assert seen == set(VERDICTS)


@pytest.mark.parametrize("people", ["population", "population_65_plus"])
@pytest.mark.parametrize("distance", [0, 300, 1200])
def test_neighbourhoods_add_up_to_the_districts(package: Package, distance: int, people: str) -> None:
    parts = provision(package, IDS, distance, "neighbourhood", people)
    whole = reach(package, IDS, distance, people).table
    districts = package.areas.loc[parts.index, "parent_code"].astype(str)
    for share, count in (("share", "reached"), ("upper_share", "upper")):
        sums = (parts[share] * parts["residents"]).groupby(districts).sum()
        assert sums.to_dict() == pytest.approx(whole[count].to_dict(), rel=1e-9)
    assert provision(package, IDS, distance, "district", people)["share"].equals(whole["share"])


# --- what must hold -----------------------------------------------------------------------------------------------


@repeatable
@given(st.sets(st.sampled_from(IDS), max_size=40), st.sampled_from([0, 200, 500, 1000, 3000]))
def test_what_holds_of_every_verdict(package: Package, ids: set[str], distance: int) -> None:
    need = need_index(package, default_ingredients(package), "neighbourhood")
    sure = sensitivity(need)
    table = gaps(package, ids, distance, need, sure, "neighbourhood").table
    assert (table["share"].fillna(0) <= table["upper_share"].fillna(0) + 1e-12).all()
    gap = table[table["verdict"] == "gap"]
    assert (gap["upper_share"] <= 0.5).all()
    assert (gap["provision_tercile"] == 0).all()
    assert (gap["need_tercile"] == 2).all()
    assert (gap["sensitivity"] >= 0.9).all()
    assert all("figures_modelled" in reasons for reasons in gap["reasons"])
    assert (table.loc[table["verdict"].isin(["uncertain", "not_known"]), "reasons"].map(len) > 0).all()
    assert (table.loc[table["verdict"] == "no_sign", "reasons"].map(len) == 0).all()


@repeatable
@given(st.sets(st.sampled_from(IDS), max_size=40))
def test_one_more_known_to_an_area_only_makes_no_gap(package: Package, ids: set[str]) -> None:
    """It raises upper bounds and leaves the lower ones, so what was no gap becomes none."""
    need = need_index(package, default_ingredients(package), "neighbourhood")
    more = next(k for k in IDS if k not in ids and naive.initiatives()[k]["precision"] == "district")
    before, after = (
        gaps(package, each, 300, need, sensitivity(need), "neighbourhood").table
        for each in (ids, {*ids, more})
    )
    assume(not naive_nowhere(ids))  # with nothing known to an area or place nothing is called a gap
    assert set(after.index[after["verdict"] == "gap"]) <= set(before.index[before["verdict"] == "gap"])


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_old_is_more_than_half_without_recent_evidence(package: Package, level: str) -> None:
    need = need_index(package, default_ingredients(package), level)
    table = gaps(package, IDS, 500, need, sensitivity(need), level).table
    bands = freshness_bands(package)
    seen = set()
    for code in table.index[table["verdict"] == "uncertain"]:
        around = {code, naive.areas()[code]["parent_code"]} if level == "neighbourhood" else {code}
        known = naive.stated_areas() if level == "neighbourhood" else naive.served()
        there = [key for key in IDS if around & known[key]] or IDS
        old = sum(bands[key] not in ("12", "24") for key in there) / len(there) > 0.5
        assert ("register_old" in table.at[code, "reasons"]) is old, code
        seen.add(old)
    assert seen == {True, False}


# --- bad input ----------------------------------------------------------------------------------------------------


def test_need_of_another_level_is_refused(package: Package) -> None:
    need = need_index(package, default_ingredients(package), "district")
    with pytest.raises(ValueError, match="by district, asked is neighbourhood"):
        gaps(package, IDS, 500, need, sensitivity(need), "neighbourhood")


@pytest.mark.parametrize("distance", [-1, math.nan, LONGEST + 1])
def test_a_distance_that_is_none_is_refused(package: Package, distance: float) -> None:
    with pytest.raises(ValueError, match="is not a number of metres"):
        judged(town(package, OTHERS), STEADY, distance)


@pytest.mark.parametrize("level", ["district", "neighbourhood"])
def test_an_unknown_kind_of_residents_is_refused(package: Package, level: str) -> None:
    with pytest.raises(KeyError):
        provision(package, IDS, 500, level, "population_of_mars")
