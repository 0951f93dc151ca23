"""Organisations, who is missing, whom to invite: against loops over data/*.csv."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from hsc_geo.analysis.matrix import ALL, Basis
from hsc_geo.analysis.partners import (
    AROUND,
    HERE,
    LEAD,
    MISSING,
    NOWHERE,
    PARTNER,
    Cell,
    ambition_codes,
    confirmed,
    invitations,
    organisation,
    organisations_of,
    spots,
    who_is_missing,
)
from hsc_geo.data.load import Package
from tests.shared import naive
from tests.shared.by_hand import KNOWN, LINKS, ORGANISATIONS, roles, takes_part, with_ambition

AMBITIONS = ("A1", "A2", "A3", "A4")
SECTORS = [row["code"] for row in naive.rows("vocabularies") if row["vocabulary"] == "sector"]
DISTRICTS = naive.codes_of("district")


# --- organisations ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ORGANISATIONS)
def test_what_an_organisation_does_where_and_with_whom(package: Package, key: str) -> None:
    found = organisation(package, key)
    assert {part.initiative_id: part.role for part in found.parts} == roles(key)
    assert [part.initiative_id for part in found.parts] == [k for k in naive.initiatives() if k in roles(key)]
    places: dict[str, set[str]] = {}
    for own in roles(key):
        for code in naive.scope(own):
            places.setdefault(code, set()).add(own)
    assert {code: set(ids) for code, ids in found.places.items()} == places
    shared: dict[str, set[str]] = {}
    for row in LINKS:
        other = row["organisation_id"] or naive.plain(row["organisation_name"])
        if row["initiative_id"] in roles(key) and other != key:
            shared.setdefault(other, set()).add(row["initiative_id"])
    given = {
        each.organisation_id or naive.plain(each.name): set(each.initiatives) for each in found.companions
    }
    assert given == shared
    numbers = [len(each.initiatives) for each in found.companions]
    assert numbers == sorted(numbers, reverse=True)
    assert set(found.networks) == naive.parts(ORGANISATIONS[key]["networks"])


def test_companions_are_mutual(package: Package) -> None:
    every = {key: organisation(package, key) for key in ORGANISATIONS}
    for key, found in every.items():
        for each in found.companions:
            if each.organisation_id:
                back = {
                    other.organisation_id: other.initiatives
                    for other in every[each.organisation_id].companions
                }
                assert back[key] == each.initiatives


def test_limited_to_some_initiatives(package: Package) -> None:
    whole = organisation(package, "ORG-001")
    some = organisation(package, "ORG-001", KNOWN[:40])
    assert set(some.parts) == {part for part in whole.parts if part.initiative_id in KNOWN[:40]}
    assert organisation(package, "ORG-001", ()).companions == ()


def test_who_leads_and_is_partner_leads(package: Package) -> None:
    links = package.initiative_organisations.iloc[:2].assign(
        initiative_id="LEI-001", organisation_id="ORG-001", organisation_name="x", role=[PARTNER, LEAD]
    )
    made = replace(package, initiative_organisations=links)
    assert [(part.initiative_id, part.role) for part in organisation(made, "ORG-001").parts] == [
        ("LEI-001", LEAD)
    ]
    assert organisations_of(made, "LEI-001") == (("ORG-001", "Gemeente Leiden", LEAD),)


def test_organisations_of_an_initiative(package: Package) -> None:
    for key in naive.initiatives():
        expected = {
            row["organisation_id"] or naive.plain(row["organisation_name"])
            for row in LINKS
            if row["initiative_id"] == key
        }
        assert {code or naive.plain(name) for code, name, _ in organisations_of(package, key)} == expected
    assert organisations_of(package, "LEI-999") == ()


def test_an_organisation_that_is_not_there(package: Package) -> None:
    with pytest.raises(KeyError, match="ORG-999"):
        organisation(package, "ORG-999")


def test_only_a_stated_signature_is_confirmed() -> None:
    codes = {row["code"] for row in naive.rows("vocabularies") if row["vocabulary"] == "agreement_role"}
    assert {code for code in codes if confirmed(code)} == {"convener", "signatory"}
    assert not confirmed("")


# --- who is missing -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("area", [*DISTRICTS, "BU05460300", "BU05460501"])
def test_kinds_by_ambition(package: Package, area: str) -> None:
    found = who_is_missing(package, area)
    assert list(found.sectors) == SECTORS
    assert found.ambitions == AMBITIONS == ambition_codes(package)
    counted = naive.count(area, KNOWN)
    here, around = {*counted["own"], *counted["shared"]}, set(counted["around"])
    wide = {*counted["city"], *counted["region"]}
    for sector in SECTORS:
        for ambition in (*AMBITIONS, ALL):
            known = with_ambition(takes_part(sector) & set(KNOWN), ambition)
            cell = found.cells[sector, ambition]
            assert set(cell.here) == known & here
            assert set(cell.around) == known & around
            assert set(cell.wide) == known & wide
            assert set(cell.elsewhere) == known - here - around - wide
            state = HERE if known & here else AROUND if known & around else MISSING if known else NOWHERE
            assert cell.state == state
        own = {key for key, row in ORGANISATIONS.items() if row["sector"] == sector}
        known = takes_part(sector) & set(KNOWN)
        assert (sector in found.missing) == (not known & (here | around) and bool(known or own))


def test_states() -> None:
    each = [tuple(("a",) if i == j else () for j in range(4)) for i in range(5)]
    assert [Cell(*parts).state for parts in each] == [HERE, AROUND, MISSING, MISSING, NOWHERE]


def test_who_is_missing_in_de_kooi_agrees_with_the_lines_under_it(package: Package) -> None:
    """A kind that takes part in what is known to the whole district is not missing in its neighbourhood, as an ambition
    that is known to the whole district is no gap there."""
    found = who_is_missing(package, "BU05460302")
    district = who_is_missing(package, "WK054603")
    assert set(found.missing) <= {s for s in SECTORS if found.cells[s, ALL].state in (MISSING, NOWHERE)}
    assert any(cell.state == AROUND for cell in found.cells.values())
    for spot in spots(package, "WK054603"):
        if spot.neighbourhood != "BU05460302":
            continue
        cells = [found.cells[sector, spot.ambition] for sector in SECTORS]
        if any(cell.here or cell.around for cell in cells):
            assert not spot.empty
        assert {key for cell in cells for key in (*cell.here, *cell.around)} <= {
            key for sector in SECTORS for key in district.cells[sector, spot.ambition].here
        }


def test_ended_ones_count_when_asked_for(package: Package) -> None:
    more = who_is_missing(package, "WK054603", Basis("all"))
    usual = who_is_missing(package, "WK054603")
    sizes = [
        sum(len(cell.here + cell.around + cell.wide + cell.elsewhere) for cell in each.cells.values())
        for each in (usual, more)
    ]
    assert sizes[0] < sizes[1]


def test_each_neighbourhood_with_each_ambition(package: Package) -> None:
    found = [spot for district in DISTRICTS for spot in spots(package, district)]
    assert [(spot.neighbourhood, spot.ambition) for spot in found] == [
        (code, ambition)
        for district in DISTRICTS
        for code in sorted(naive.codes_of("neighbourhood"))
        if naive.areas()[code]["parent_code"] == district
        for ambition in AMBITIONS
    ]
    empty = 0
    for spot in found:
        expected = naive.count(spot.neighbourhood, naive.with_ambition(KNOWN, spot.ambition))
        assert {group: list(getattr(spot.count, group)) for group in expected} == expected
        assert spot.empty == (not expected["own"] and not expected["shared"] and not expected["around"])
        assert spot.district == naive.areas()[spot.neighbourhood]["parent_code"]
        empty += spot.empty
    assert empty > 10
    assert spots(package, "WK999999") == ()


def test_without_initiatives_every_combination_is_empty(package: Package) -> None:
    none = replace(
        package,
        initiatives=package.initiatives.iloc[:0],
        initiative_areas=package.initiative_areas.iloc[:0],
        initiative_organisations=package.initiative_organisations.iloc[:0],
    )
    found = [spot for district in DISTRICTS for spot in spots(none, district)]
    assert [spot.empty for spot in found] == [True] * len(naive.codes_of("neighbourhood")) * len(AMBITIONS)
    assert {cell.state for cell in who_is_missing(none, "WK054603").cells.values()} == {NOWHERE}


@pytest.mark.slow
@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize("ambition", [*AMBITIONS, ALL])
def test_whom_to_invite(package: Package, sector: str, ambition: str) -> None:
    for area in ("WK054603", "WK054605", "BU05460300"):
        counted = naive.count(area, list(with_ambition(set(KNOWN), ambition)))
        here = {*counted["own"], *counted["shared"], *counted["around"]}
        expected = {
            key
            for key, row in ORGANISATIONS.items()
            if row["sector"] == sector and not set(roles(key)) & here
        }
        found = invitations(package, area, sector, ambition)
        assert {each.organisation_id for each in found} == expected
        for each in found:
            own = set(roles(each.organisation_id)) & set(KNOWN)
            assert set(each.fitting) == with_ambition(own, ambition)
            assert set(each.others) == own - set(each.fitting)
        order = [(-len(each.fitting), -len(each.others)) for each in found]
        assert order == sorted(order)


def test_someone_is_invited_for_every_kind_that_is_missing(package: Package) -> None:
    """Where a kind is missing whole, every organisation of it in the register can be invited."""
    number = Counter(row["sector"] for row in ORGANISATIONS.values())
    for area in DISTRICTS:
        found = who_is_missing(package, area)
        for sector in SECTORS:
            if found.cells[sector, ALL].state == MISSING:
                assert len(invitations(package, area, sector)) == number[sector]


def test_an_area_that_is_none(package: Package) -> None:
    for code in ("WK999999", "GM0546"):
        with pytest.raises((KeyError, ValueError)):
            who_is_missing(package, code)
