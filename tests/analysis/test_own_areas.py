"""Own areas: what can be one, how it stands in an address, and who counts for it by the one rule."""

from __future__ import annotations

import math

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hsc_geo.analysis import profile
from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.guard import CHANGE, COMPARE, Reading, judge
from hsc_geo.analysis.matrix import build_matrix
from hsc_geo.analysis.own_area import OwnArea, own_areas, published
from hsc_geo.analysis.own_areas import (
    ALL,
    DOUBLE,
    FEW,
    LONG_NAME,
    LONGEST_NAME,
    MANY,
    MOST,
    NAME_TAKEN,
    NO_NAME,
    UNKNOWN,
    fault,
    make,
    read,
    with_own,
    written,
)
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.hostile import FORMULAS, NAMES

NORTH, SOUTH_WEST = "WK054603", "WK054605"
NEIGHBOURHOODS = naive.codes_of("neighbourhood")
OF_NORTH = [code for code in NEIGHBOURHOODS if naive.areas()[code]["parent_code"] == NORTH]
HALF = OF_NORTH[:2]
repeatable = settings(max_examples=12, deadline=None, derandomize=True, database=None)
some = st.sets(st.sampled_from(NEIGHBOURHOODS), min_size=2, max_size=20)


def naive_groups(codes: list[str], ids: list[str]) -> dict[str, list[str]]:
    """Who counts, by sets: own, shared, around, city and region."""
    mine, groups = (
        set(codes),
        {"own": [], "shared": [], "around": [], "city": [], "region": [], "unknown": []},
    )
    touched = {naive.areas()[code]["parent_code"] for code in codes}
    whole = {
        d for d in touched if all(c in mine for c in NEIGHBOURHOODS if naive.areas()[c]["parent_code"] == d)
    }
    for key in ids:
        scope, stated = naive.scope(key), naive.stated_areas()[key]
        if scope <= {"city", "region"}:
            groups[next(iter(scope))].append(key)
        elif stated & (mine | whole):
            groups["own" if scope <= touched else "shared"].append(key)
        elif stated & touched:
            groups["around"].append(key)
    return groups


@repeatable
@given(codes=some)
def test_counts_are_those_of_sets(package: Package, codes: set[str]) -> None:
    area = make("Mine", codes)
    found = count_for(with_own(package, (area,)), area.code)
    assert {name: list(getattr(found, name)) for name in found.__dataclass_fields__} == naive_groups(
        sorted(codes), naive.current()
    )


@pytest.mark.parametrize("district", [NORTH, SOUTH_WEST])
def test_all_neighbourhoods_of_a_district_count_as_the_district(package: Package, district: str) -> None:
    codes = [code for code in NEIGHBOURHOODS if naive.areas()[code]["parent_code"] == district]
    area = make("The same", codes)
    found = with_own(package, (area,))
    assert count_for(found, area.code) == count_for(package, district)
    people = (found.areas.at[code, "population"] for code in (area.code, district))
    assert abs(next(people) - next(people)) <= 2.5 * len(codes)  # each is rounded to 5
    assert math.isclose(found.geometry.geometry[area.code].area, package.geometry.geometry[district].area)


def test_half_a_district_has_what_is_for_all_of_it_beside_it(package: Package) -> None:
    area = make("Half", HALF)
    found = count_for(with_own(package, (area,)), area.code)
    assert found.around
    assert not set(found.around) & set(found.here)
    assert set(found.around) <= set(count_for(package, NORTH).here)


def test_nothing_else_changes(package: Package) -> None:
    """Every published area, and every row of the matrix, is as it was."""
    area = make("Half", HALF)
    found = with_own(package, (area,))
    for code in (NORTH, SOUTH_WEST, OF_NORTH[0], "GM0546"):
        assert count_for(found, code) == count_for(package, code)
    ids = naive.current()
    before, after = (build_matrix(each, ids, "district") for each in (package, found))
    assert after.rows == before.rows
    assert {key: ids for key, ids in after.members.items() if key[0] != area.code} == before.members
    assert set(after.at(area.code)) == set(count_for(found, area.code).here)
    assert published(found) is package
    assert own_areas(package) == ()
    shown = profile.spine(package, NORTH)
    assert [row.figure for row in profile.spine(found, NORTH)] == [row.figure for row in shown]


def test_the_same_areas_are_computed_once(package: Package) -> None:
    area = make("Half", HALF)
    assert with_own(package, (area,)) is with_own(package, (make("Half", reversed(HALF)),))
    assert with_own(package, ()) is package
    once = with_own(package, (area,))
    assert with_own(once, (area,)).base is package  # type: ignore[attr-defined]


def test_a_profile_stands_beside_a_district_with_the_same_figures(package: Package) -> None:
    area = make("Half", HALF)
    found = with_own(package, (area,))
    level = profile.tables_level(found, [area.code, NORTH])
    own, district = (profile.spine(found, code, tables=level) for code in (area.code, NORTH))
    assert [row.indicator_id for row in own] == [row.indicator_id for row in district]
    assert [(row.year, row.scale, row.low, row.high) for row in own] == [
        (row.year, row.scale, row.low, row.high) for row in district
    ]
    assert sum(row.figure.value is not None for row in own) > 20
    for row in own:
        low, high = row.scale
        assert row.figure.value is None or low <= row.figure.value <= high


def test_readings_hold_as_for_a_district(package: Package) -> None:
    area = make("Half", HALF)
    found = with_own(package, (area,))
    lonely = "50150NED-Eenzaam"
    assert judge(found, Reading(COMPARE, (lonely,), (area.code, NORTH), (2024,))).allowed
    assert (
        judge(found, Reading(COMPARE, (lonely,), (area.code, OF_NORTH[0]), (2024,))).reason == "levels_mixed"
    )
    assert judge(found, Reading(CHANGE, (lonely,), (area.code,), (2022, 2024))).reason == "change_modelled"


@repeatable
@given(codes=some, name=st.text(min_size=1, max_size=LONGEST_NAME))
def test_an_address_gives_back_what_was_written(package: Package, codes: set[str], name: str) -> None:
    area = make(name, codes)
    if fault(package, area):
        return
    assert read(package, written([area])) == ((area,), ())
    other = make("Another one", HALF)
    if area.neighbourhoods != other.neighbourhoods:
        assert read(package, written([area, other])) == ((area, other), ())


@pytest.mark.parametrize("text", [*NAMES, *FORMULAS])
def test_hostile_names_stay_one_line_and_one_area(package: Package, text: str) -> None:
    area = make(text, HALF)
    assert "\n" not in area.name
    assert "~" not in area.name
    found, refused = read(package, written([make(text[:LONGEST_NAME], HALF)]))
    assert len(found) + len(refused) == 1


@pytest.mark.parametrize(
    ("area", "wrong"),
    [
        (make("  ", HALF), NO_NAME),
        (make("x" * (LONGEST_NAME + 1), HALF), LONG_NAME),
        (make("leiden noord", HALF), NAME_TAKEN),
        (make("Leiden Zuidwest", HALF), NAME_TAKEN),  # as people call a focus district
        (make("Leiden Zuidwest, ruim", HALF), ""),
        (make("STATIONSDISTRICT", HALF), NAME_TAKEN),
        (make("Stations-district", HALF), NAME_TAKEN),
        (make("Mine", [*HALF, "BU05469999"]), UNKNOWN),
        (make("Mine", [NORTH, *HALF]), UNKNOWN),
        (make("Mine", HALF[:1]), FEW),
        (make("Mine", []), FEW),
        (make("Mine", NEIGHBOURHOODS), ALL),
        (make("Mine", HALF), ""),
    ],
)
def test_what_cannot_be_one_says_why(package: Package, area: OwnArea, wrong: str) -> None:
    assert fault(package, area) == wrong
    if wrong:
        with pytest.raises(ValueError, match=wrong):
            with_own(package, (area,))


def test_areas_of_one_visit_differ_and_are_few(package: Package) -> None:
    areas = [make(f"Mine {i}", NEIGHBOURHOODS[i : i + 2]) for i in range(MOST + 1)]
    assert fault(package, areas[1], [make("mine-1", HALF)]) == NAME_TAKEN
    assert fault(package, make("Other", areas[0].neighbourhoods), areas[:1]) == DOUBLE
    assert fault(package, areas[MOST], areas[:MOST]) == MANY
    found, refused = read(package, written(areas))
    assert (len(found), [why for _, why in refused]) == (MOST, [MANY])


@pytest.mark.parametrize("text", ["", "~~~", "-", "x", "0302-", "....-x", "~0302.0301", "é" * 5000])
def test_a_broken_address_gives_no_area_and_no_error(package: Package, text: str) -> None:
    found, refused = read(package, text)
    assert found == ()
    assert all(why for _, why in refused)


def test_the_code_is_made_of_the_neighbourhoods_alone() -> None:
    assert make("One", HALF).code == make("Two", HALF).code != make("One", OF_NORTH).code


def test_the_drawn_outline_is_one_shape_with_nothing_in_it(package: Package) -> None:
    area = make("All", OF_NORTH)
    features = with_own(package, (area,)).drawing["features"]
    drawn = shapely.geometry.shape(features[-1]["geometry"])
    by_code = {each["properties"]["area_code"]: each for each in features}
    assert features[-1]["properties"]["area_code"] == area.code
    assert math.isclose(drawn.area, shapely.geometry.shape(by_code[NORTH]["geometry"]).area, rel_tol=1e-6)
