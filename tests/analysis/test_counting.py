"""The one rule of what counts for an area, against plain loops over data/*.csv; and what was asked and not found."""

from __future__ import annotations

import datetime as dt

import pytest

from hsc_geo.analysis.asked import asked
from hsc_geo.analysis.counting import Count, by_ambition, count_for, count_of
from hsc_geo.analysis.matrix import Basis, build_matrix, counted
from hsc_geo.analysis.profile import initiatives_by_ambition, known_here
from hsc_geo.analysis.serving import count_served
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.asked import with_asked

AREAS = ["GM0546", *naive.codes_of("district"), *naive.codes_of("neighbourhood")]
AMBITIONS = ["", "A1", "A2", "A3", "A4"]
NORTH, SOUTH_WEST, DE_KOOI = "WK054603", "WK054605", "BU05460302"


def groups(found: Count) -> dict[str, list[str]]:
    return {name: list(getattr(found, name)) for name in Count.__dataclass_fields__}


@pytest.mark.parametrize("ambition", AMBITIONS)
def test_every_area_counts_as_a_loop_does(package: Package, ambition: str) -> None:
    ids = naive.with_ambition(naive.current(), ambition)
    for area in AREAS:
        assert groups(count_for(package, area, ambition=ambition)) == naive.count(area, ids), area


def test_leiden_noord_and_zuidwest_by_hand(package: Package) -> None:
    """Counted in initiatives.csv and initiative_areas.csv: not ended, and for the district or a neighbourhood of it."""
    north, west = (count_for(package, code) for code in (NORTH, SOUTH_WEST))
    assert (north.number, len(north.city), len(north.region)) == (15, 49, 10)
    assert (west.number, len(west.city), len(west.region)) == (11, 49, 10)
    smoke_free = count_for(package, SOUTH_WEST, ambition="A3")
    assert (smoke_free.number, len(smoke_free.city), len(smoke_free.region)) == (0, 4, 0)


def test_the_two_numbers_of_an_area_never_share_an_initiative(package: Package) -> None:
    for area in AREAS:
        found = count_for(package, area)
        assert len(set(found.everyone)) == len(found.everyone)
        assert not set(found.here) & set(found.wide)
        assert found.number == len(found.here)


def test_what_is_for_everyone_stands_beside_each_area_alike(package: Package) -> None:
    whole = count_for(package, "GM0546")
    assert whole.city
    assert whole.region
    assert {count_for(package, area).wide for area in AREAS} == {whole.wide}
    assert sum(map(len, groups(whole).values())) == len(naive.current())


def test_ended_ones_count_only_where_they_are_asked_for(package: Package) -> None:
    ended = {key for key, row in naive.initiatives().items() if row["status"] == "ended"}
    assert not ended & set(count_for(package, NORTH).everyone)
    assert ended & set(count_for(package, NORTH, Basis("all")).here)
    assert groups(count_for(package, NORTH, Basis("all"))) == naive.count(NORTH, list(naive.initiatives()))


def test_two_districts_together_share_with_neither_of_them(package: Package) -> None:
    both = next(k for k in naive.current() if len(naive.scope(k)) == 2 and not naive.scope(k) & {"city"})
    one, other = sorted(naive.scope(both))
    assert both in count_of(package, [one], [both]).shared
    assert count_of(package, [one, other], [both]).own == (both,)


def test_every_way_to_count_gives_the_same(package: Package) -> None:
    """The fast sums behind the map, the matrix and the profile, beside the rule itself."""
    ids = counted(package, Basis())
    sums = count_served(package, ids)
    matrices = {level: build_matrix(package, ids, level) for level in ("district", "neighbourhood")}
    for area in AREAS[1:]:
        found = count_for(package, area)
        level = naive.areas()[area]["level"]
        assert sums.by_area[area] == found.number
        assert set(matrices[level].at(area)) == set(found.here) == set(known_here(package, area))
        for line in initiatives_by_ambition(package, area):
            expected = by_ambition(package, found, [line.ambition])[line.ambition]
            assert (set(line.here), line.around, line.wide) == (
                set(expected.here),
                expected.around,
                expected.wide,
            )


def test_what_is_known_to_the_whole_district_stands_beside_its_neighbourhood(package: Package) -> None:
    found = count_for(package, DE_KOOI)
    assert found.around == tuple(naive.count(DE_KOOI, naive.current())["around"])
    assert found.around
    assert not set(found.around) & set(found.here)
    assert set(found.around) <= set(count_for(package, NORTH).here)


def test_a_place_of_its_own_makes_a_regional_one_of_no_district(package: Package) -> None:
    """LEI-068, a food bank in the north of the city for the whole region."""
    assert naive.places()["LEI-068"][0]["latitude"]
    assert naive.initiatives()["LEI-068"]["precision"] == "region"
    for area in AREAS:
        assert "LEI-068" in count_for(package, area).region
        assert "LEI-068" not in count_for(package, area).here


def test_several_places_make_one_initiative(package: Package) -> None:
    """LEI-026 had three places in two neighbourhoods of one district, and has ended."""
    assert len(naive.places()["LEI-026"]) == 3
    found = count_for(package, NORTH, Basis("all"))
    assert found.here.count("LEI-026") == 1


def test_an_area_that_is_not_there_is_an_error(package: Package) -> None:
    with pytest.raises(KeyError):
        count_for(package, "WK999999")


# --- asked, and none found ----------------------------------------------------------------------------------------


def test_asking_holds_for_36_months_and_not_before_its_day(package: Package) -> None:
    of = with_asked(package, (NORTH, "A3", "2024-03-10"))
    by_day = {
        dt.date(2024, 3, 9): None,  # still to come
        dt.date(2024, 3, 10): True,
        dt.date(2027, 3, 1): True,  # 36 months by calendar
        dt.date(2027, 4, 1): False,
    }
    for day, recent in by_day.items():
        found = asked(of, NORTH, "A3", day)
        assert (found.recent if found else None) is recent, day


def test_a_neighbourhood_was_asked_with_its_district_and_that_is_told(package: Package) -> None:
    of = with_asked(package, (NORTH, "A3", "2026-01-05"), ("GM0546", "A2", "2026-02-01"))
    today = dt.date(2026, 11, 29)
    found = asked(of, DE_KOOI, "A3", today)
    assert found is not None
    assert (found.area_code, found.asked_on, found.source) == (NORTH, dt.date(2026, 1, 5), "Libertas Leiden")
    whole = asked(of, DE_KOOI, "A2", today)
    assert whole is not None
    assert whole.area_code == "GM0546"
    assert asked(of, SOUTH_WEST, "A3", today) is None
    assert asked(of, "city", "A3", today) is None


def test_the_newest_time_counts(package: Package) -> None:
    of = with_asked(package, (DE_KOOI, "A3", "2020-05-05"), (NORTH, "A3", "2026-01-05"))
    found = asked(of, DE_KOOI, "A3", dt.date(2026, 11, 29))
    assert found is not None
    assert (found.area_code, found.recent) == (NORTH, True)


def test_nothing_was_asked_in_the_data_as_they_are(package: Package) -> None:
    assert len(package.asked_none) == len(naive.rows("asked_none"))
    assert asked(package, NORTH, "A3", dt.date(2026, 11, 29)) is None
