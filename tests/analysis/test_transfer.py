"""Transfer from the focus areas against plain loops over data/*.csv."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.analysis.similar import distances
from hsc_geo.analysis.transfer import Transfer, areas_with, focus_initiatives, like, transfer
from hsc_geo.data.load import Package
from tests.shared import naive

IDS = list(naive.initiatives())
FOCUS = [row["area_code"] for row in naive.rows("focus_areas") if not row["valid_to"]]
KNOWN = [key for key in IDS if naive.initiatives()[key]["status"] != "ended"]
LEVELS = ("district", "neighbourhood")


def alike(a: str, b: str) -> bool:
    one, two = naive.initiatives()[a], naive.initiatives()[b]
    return a != b and all(
        naive.parts(one[column]) & naive.parts(two[column])
        for column in ("ambition_codes", "activity_groups")
    )


def known_to(key: str, code: str) -> bool:
    """Named for the area, for a neighbourhood in it, or for the district as a whole."""
    row = naive.areas()[code]
    if row["level"] == "district":
        return code in naive.served()[key]
    return bool({code, row["parent_code"]} & naive.stated_areas()[key])


def served_in_focus(key: str, level: str) -> dict[str, str]:
    found = {}
    for code in naive.codes_of(level):
        district = code if level == "district" else naive.areas()[code]["parent_code"]
        if district in FOCUS and known_to(key, code):
            exact = code in naive.stated_areas()[key]
            found[code] = (
                level if exact else {"district": "neighbourhood", "neighbourhood": "district"}[level]
            )
    return found


def naive_transfer(package: Package, key: str, level: str, known: list[str]) -> list[tuple[float, str]]:
    apart = distances(package, level)
    own = [code for code in served_in_focus(key, level) if code in apart.index]
    like_it = [key, *(other for other in known if alike(key, other))]
    free = [c for c in apart.index if not any(known_to(other, c) for other in like_it)]
    best = [(min(apart.at[a, c] for a in own), c) for c in free if own]
    return sorted(best)


def test_the_focus_initiatives_are_those_known_there(package: Package) -> None:
    expected = [key for key in IDS if set(FOCUS) & naive.served()[key]]
    assert list(focus_initiatives(package)) == expected
    assert expected


@pytest.mark.parametrize("level", LEVELS)
def test_targets_equal_loops(package: Package, level: str) -> None:
    ids = focus_initiatives(package)
    found = transfer(package, ids, level, k=4)
    seen = 0
    for key in ids:
        mine = [each for each in found if each.initiative_id == key]
        expected = naive_transfer(package, key, level, KNOWN)[:4]
        assert [each.target_area for each in mine] == [code for _, code in expected], key
        assert [each.likeness.distance for each in mine] == pytest.approx([d for d, _ in expected])
        seen += len(mine)
    assert seen == len(found) > 20


@pytest.mark.parametrize("level", LEVELS)
def test_nothing_like_it_is_known_to_a_target(package: Package, level: str) -> None:
    for each in transfer(package, IDS[::2], level, k=12):
        there = [key for key in KNOWN if known_to(key, each.target_area)]
        assert not any(alike(each.initiative_id, key) for key in there), each
        assert each.initiative_id not in there


@pytest.mark.parametrize("level", LEVELS)
def test_each_answer_says_where_from_and_why(package: Package, level: str) -> None:
    for each in transfer(package, IDS, level):
        row = naive.initiatives()[each.initiative_id]
        assert served_in_focus(each.initiative_id, level)[each.served_area] == each.served_as
        assert each.likeness.area_code == each.target_area != each.served_area
        assert set(each.ambitions) == naive.parts(row["ambition_codes"])
        assert set(each.activity_groups) == naive.parts(row["activity_groups"])
        assert each.likeness.parts


def test_city_wide_ones_are_told_apart_and_take_no_area_off(package: Package) -> None:
    found = transfer(package, IDS, k=1)
    for each in found:
        expected = [k for k in KNOWN if alike(each.initiative_id, k) and not naive.served()[k]]
        assert list(each.wide) == expected
    assert any(each.wide for each in found)


def test_what_counts_as_known_can_be_chosen(package: Package) -> None:
    """Where nothing else is known, only the areas of the initiative itself are off the list."""
    key = focus_initiatives(package)[0]
    alone = transfer(package, [key], k=60, known=[])
    more = transfer(package, [key], k=60, known=IDS)
    targets = {each.target_area for each in alone}
    assert {each.target_area for each in more} <= targets
    own = {code for code in naive.codes_of("neighbourhood") if known_to(key, code)}
    assert targets == set(distances(package, "neighbourhood").index) - own
    assert {each.wide for each in alone} == {()}


def test_likeness_goes_both_ways(package: Package) -> None:
    for key in IDS[::5]:
        assert list(like(package, key, IDS)) == [other for other in IDS if alike(key, other)]
    assert all(
        (a in like(package, b, IDS)) is (b in like(package, a, IDS)) for a in IDS[::9] for b in IDS[::7]
    )


@pytest.mark.parametrize("level", LEVELS)
def test_areas_that_have_one_equal_a_loop(package: Package, level: str) -> None:
    for ids in (IDS, IDS[::3], [], IDS[50:60]):
        expected = {code for code in naive.codes_of(level) if any(known_to(key, code) for key in ids)}
        assert areas_with(package, ids, level) == expected


def test_the_order_asked_is_the_order_given_and_k_is_kept(package: Package) -> None:
    ids = focus_initiatives(package)[:3]
    found = transfer(package, [*ids[::-1], *ids], k=2)
    assert list(dict.fromkeys(each.initiative_id for each in found)) == list(ids[::-1])
    assert len(found) <= 6
    assert [t.likeness.distance for t in found[:2]] == sorted(t.likeness.distance for t in found[:2])
    assert transfer(package, ids, k=0) == []


def test_nothing_asked_or_none_in_focus_gives_nothing(package: Package) -> None:
    elsewhere = [key for key in IDS if key not in focus_initiatives(package)]
    assert transfer(package, []) == []
    assert transfer(package, elsewhere) == []
    assert transfer(package, ["no such"]) == []


def test_without_focus_areas_there_is_nothing_to_transfer(package: Package) -> None:
    none = replace(package, focus_areas=package.focus_areas.iloc[:0])
    assert focus_initiatives(none) == ()
    assert transfer(none, IDS) == []


def test_without_ambition_nothing_can_be_like_it(package: Package) -> None:
    key = focus_initiatives(package)[0]
    register = package.initiatives.copy()
    register.loc[key, "ambition_codes"] = ""
    assert transfer(replace(package, initiatives=register), [key]) == []


def test_a_focus_area_that_ended_counts_no_more(package: Package) -> None:
    table = package.focus_areas.copy()
    table.loc[table["area_code"] == FOCUS[0], "valid_to"] = "2024-12-31"
    left: list[Transfer] = transfer(replace(package, focus_areas=table), IDS, "district")
    assert {each.served_area for each in left} == set(FOCUS[1:])


@pytest.mark.parametrize(("level", "k"), [("municipality", 5), ("", 5), ("district", -1)])
def test_another_level_is_refused(package: Package, level: str, k: int) -> None:
    with pytest.raises(ValueError, match="expected district or neighbourhood"):
        transfer(package, IDS, level, k)
