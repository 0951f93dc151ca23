"""Who serves what, against plain loops over data/*.csv."""

from __future__ import annotations

import random

import pytest

from hsc_geo.analysis.serving import count_served, scope_codes, scope_of, served_pairs
from hsc_geo.data.load import Package
from tests.shared import naive

ALL = list(naive.initiatives())
SAMPLES = [[], ALL, *(random.Random(i).sample(ALL, 5 + 8 * i) for i in range(8)), [ALL[0]]]


@pytest.mark.parametrize("ids", SAMPLES, ids=len)
def test_counts_by_area_equal_a_loop(package: Package, ids: list[str]) -> None:
    found = count_served(package, ids).by_area
    for code in [*naive.codes_of("district"), *naive.codes_of("neighbourhood")]:
        assert found[code] == sum(code in naive.served()[key] for key in ids), code
    assert len(found) == len(naive.codes_of("district")) + len(naive.codes_of("neighbourhood"))


@pytest.mark.parametrize("ids", SAMPLES, ids=len)
def test_known_to_the_district_only_equals_a_loop(package: Package, ids: list[str]) -> None:
    found = count_served(package, ids).district_only
    neighbourhoods = naive.codes_of("neighbourhood")
    for code in (*naive.codes_of("district"), *neighbourhoods):
        district = naive.areas()[code]["parent_code"] if code in neighbourhoods else code
        inside = [c for c in naive.codes_of("neighbourhood") if naive.areas()[c]["parent_code"] == district]
        only = [k for k in ids if district in naive.served()[k] and not naive.served()[k] & set(inside)]
        assert found[code] == len(only), code
    assert set(found.index) == {*naive.codes_of("district"), *neighbourhoods}


@pytest.mark.parametrize("ids", SAMPLES, ids=len)
def test_each_initiative_counts_once_in_the_city(package: Package, ids: list[str]) -> None:
    found = count_served(package, ids)
    placed = sum(bool(naive.served()[key]) for key in ids)
    scopes = [next(iter(naive.scope(key))) for key in ids if not naive.served()[key]]
    assert found.total == len(ids)
    assert (found.city, found.region, found.unknown) == tuple(
        map(scopes.count, ("city", "region", "unknown"))
    )
    assert placed + found.city + found.region + found.unknown == found.total


def test_an_initiative_given_twice_counts_once(package: Package) -> None:
    twice, once = count_served(package, [*ALL, *ALL]), count_served(package, ALL)
    assert (twice.total, twice.city) == (once.total, once.city)
    assert twice.by_area.equals(once.by_area)


def test_the_register_has_146_initiatives_of_which_60_are_city_wide(package: Package) -> None:
    found = count_served(package, ALL)
    assert (found.total, found.city, found.region) == (146, 60, 12)


def test_the_sum_over_districts_exceeds_the_city_where_one_serves_several(package: Package) -> None:
    several = [key for key in ALL if len(naive.scope(key) & set(naive.codes_of("district"))) > 1]
    assert several
    found = count_served(package, several)
    assert found.by_area[naive.codes_of("district")].sum() > found.total == len(several)


def test_a_neighbourhood_implies_its_district_once(package: Package) -> None:
    pairs = served_pairs(package)
    assert not pairs.duplicated(["initiative_id", "area_code"]).any()
    found: dict[str, set[str]] = {key: set() for key in ALL}
    for key, code in zip(pairs["initiative_id"], pairs["area_code"], strict=True):
        found[key].add(code)
    assert found == {key: set(codes) for key, codes in naive.served().items()}


def test_exact_areas_are_those_that_the_table_names(package: Package) -> None:
    pairs = served_pairs(package)
    exact = {
        (k, c)
        for k, c, e in zip(pairs["initiative_id"], pairs["area_code"], pairs["exact"], strict=True)
        if e
    }
    assert exact == {(key, code) for key, codes in naive.stated_areas().items() for code in codes}


def test_the_scope_of_each_is_the_first_of_these(package: Package) -> None:
    assert scope_of(package) == {key: min(naive.scope(key)) for key in ALL}


def test_scope_codes_are_districts_or_the_reason_there_is_none(package: Package) -> None:
    assert [set(codes) for codes in scope_codes(package)] == [naive.scope(key) for key in ALL]


def test_city_wide_ones_belong_to_no_district(package: Package) -> None:
    wide = [key for key, row in naive.initiatives().items() if row["precision"] in ("city", "region")]
    assert count_served(package, wide).by_area.sum() == 0
    assert count_served(package, wide).district_only.sum() == 0
