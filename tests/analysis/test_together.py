"""Who meets: places of several, who leads and takes part, and who shares what, beside the tables as they stand."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

from hsc_geo.analysis.near import to_degrees
from hsc_geo.analysis.together import active, meetings, sharing
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.by_hand import KNOWN, LINKS, ORGANISATIONS, roles

ALL = list(naive.initiatives())


def spots(ids: list[str]) -> dict[tuple[float, float], set[str]]:
    found: dict[tuple[float, float], set[str]] = defaultdict(set)
    for key in ids:
        for longitude, latitude in naive.points().get(key, []):
            found[round(latitude, 5), round(longitude, 5)].add(key)
    return found


@pytest.mark.parametrize("ids", [ALL, sorted(KNOWN), []], ids=["all", "known", "none"])
def test_meetings_are_the_places_of_two_or_more(package: Package, ids: list[str]) -> None:
    found = meetings(package, ids)
    expected = {frozenset(keys) for keys in spots(ids).values() if len(keys) > 1}
    assert {frozenset(each.initiatives) for each in found} == expected
    assert len(found) == len(expected)
    assert [len(each.initiatives) for each in found] == sorted(
        (len(each.initiatives) for each in found), reverse=True
    )
    for each in found:
        nearest = min(spots(ids), key=lambda spot: math.dist(spot, to_degrees(each.at)))
        assert spots(ids)[nearest] == set(each.initiatives)


def test_a_meeting_has_the_name_that_most_give_it(package: Package) -> None:
    (found,) = [each for each in meetings(package, ALL) if "LEI-045" in each.initiatives]
    names = Counter(
        place["venue"]
        for key in found.initiatives
        for place in naive.places()[key]
        if place["venue"] and place["latitude"].startswith("52.1636")
    )
    assert found.name == names.most_common(1)[0][0]


def test_who_leads_and_takes_part(package: Package) -> None:
    found = {each.organisation_id: each for each in active(package, ALL)}
    for key in ORGANISATIONS:
        own = roles(key)
        assert (key in found) == bool(own), key
        if own:
            assert set(found[key].leads) == {one for one, role in own.items() if role == "lead"}
            assert set(found[key].joins) == {one for one, role in own.items() if role == "partner"}
    numbers = [each.number for each in active(package, ALL)]
    assert numbers == sorted(numbers, reverse=True)


def test_sharing_a_place_or_an_organisation(package: Package) -> None:
    ids = sorted(KNOWN)
    marks: dict[str, set[object]] = {
        key: {
            row["organisation_id"] or row["organisation_name"].casefold()
            for row in LINKS
            if row["initiative_id"] == key
        }
        | {spot for spot, keys in spots(ids).items() if key in keys}
        for key in ids
    }
    expected = {key: {other for other in ids if other != key and marks[key] & marks[other]} for key in ids}
    found = sharing(package, ids)
    assert {key: set(others) for key, others in found} == {
        key: some for key, some in expected.items() if some
    }
    numbers = [len(others) for _, others in found]
    assert numbers == sorted(numbers, reverse=True)


def test_a_register_in_which_nobody_meets(package: Package) -> None:
    bare = replace(
        package,
        initiative_places=package.initiative_places.iloc[:0],
        initiative_organisations=package.initiative_organisations.iloc[:0],
    )
    assert (meetings(bare, ALL), active(bare, ALL), sharing(bare, ALL)) == ((), (), ())
