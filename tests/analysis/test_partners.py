"""Organisations, who is missing, whom to invite: against loops over data/*.csv."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from hsc_geo.analysis.matrix import ALL, Basis
from hsc_geo.analysis.partners import (
    HERE,
    LEAD,
    MISSING,
    NOWHERE,
    PARTNER,
    Cell,
    ambition_codes,
    confirmed,
    gap_list,
    invitations,
    organisation,
    organisations_of,
    who_is_missing,
)
from hsc_geo.data.load import Package
from tests.analysis import naive

AMBITIONS = ("A1", "A2", "A3", "A4")
SECTORS = [row["code"] for row in naive.rows("vocabularies") if row["vocabulary"] == "sector"]
KNOWN = [key for key, row in naive.initiatives().items() if row["status"] != "ended"]
ORGANISATIONS = {row["organisation_id"]: row for row in naive.rows("organisations")}
LINKS = naive.rows("initiative_organisations")
DISTRICTS = naive.codes_of("district")


def roles(key: str) -> dict[str, str]:
    """Initiative -> role of an organisation; leading goes first."""
    found: dict[str, str] = {}
    for row in LINKS:
        if row["organisation_id"] == key and found.get(row["initiative_id"]) != "lead":
            found[row["initiative_id"]] = row["role"]
    return found


def takes_part(sector: str) -> set[str]:
    stated = {key for key, row in naive.initiatives().items() if sector in naive.parts(row["sector"])}
    linked = {
        row["initiative_id"]
        for row in LINKS
        if row["organisation_id"] and ORGANISATIONS[row["organisation_id"]]["sector"] == sector
    }
    return stated | linked


def with_ambition(keys: set[str], ambition: str) -> set[str]:
    return {
        key
        for key in keys
        if not ambition or ambition in naive.parts(naive.initiatives()[key]["ambition_codes"])
    }


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
        expected = {row["organisation_id"] or naive.plain(row["organisation_name"]) for row in LINKS
                    if row["initiative_id"] == key}  # fmt: skip
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
    here = {key for key in KNOWN if area in naive.served()[key]}
    wide = {key for key in KNOWN if naive.scope(key) & {"city", "region"}}
    for sector in SECTORS:
        for ambition in (*AMBITIONS, ALL):
            known = with_ambition(takes_part(sector) & set(KNOWN), ambition)
            cell = found.cells[sector, ambition]
            assert set(cell.here) == known & here
            assert set(cell.wide) == known & wide
            assert set(cell.elsewhere) == known - here - wide
            state = HERE if known & here else MISSING if known else NOWHERE
            assert cell.state == state


def test_states() -> None:
    assert [Cell(*parts).state for parts in ((("a",), (), ()), ((), ("a",), ()), ((), (), ("a",)), ((), (), ()))] == [
        HERE, MISSING, MISSING, NOWHERE,
    ]  # fmt: skip


def test_ended_ones_count_when_asked_for(package: Package) -> None:
    more = who_is_missing(package, "WK054603", Basis("all"))
    usual = who_is_missing(package, "WK054603")
    sizes = [
        sum(len(cell.here + cell.wide + cell.elsewhere) for cell in each.cells.values())
        for each in (usual, more)
    ]
    assert sizes[0] < sizes[1]


def naive_gaps() -> set[tuple[str, str]]:
    found = set()
    for code in naive.codes_of("neighbourhood"):
        parent = naive.areas()[code]["parent_code"]
        inside = {c for c in naive.codes_of("neighbourhood") if naive.areas()[c]["parent_code"] == parent}
        for ambition in AMBITIONS:
            fitting = with_ambition(set(KNOWN), ambition)
            here = [key for key in fitting if code in naive.stated_areas()[key]]
            around = [
                key
                for key in fitting
                if parent in naive.served()[key] and not naive.stated_areas()[key] & inside
            ]
            if not here and not around:
                found.add((code, ambition))
    return found


def test_gaps(package: Package) -> None:
    gaps = gap_list(package)
    assert {(gap.neighbourhood, gap.ambition) for gap in gaps} == naive_gaps()
    assert len(gaps) == len(naive_gaps()) > 10
    assert list(gaps) == sorted(gaps, key=lambda gap: (gap.neighbourhood, gap.ambition))
    for gap in gaps:
        assert gap.district == naive.areas()[gap.neighbourhood]["parent_code"]
        wide = {
            key for key in with_ambition(set(KNOWN), gap.ambition) if naive.scope(key) & {"city", "region"}
        }
        assert set(gap.wide) == wide


def test_gaps_of_the_districts_are_all_gaps(package: Package) -> None:
    parts = [gap for district in DISTRICTS for gap in gap_list(package, district=district)]
    assert sorted(parts, key=lambda gap: (gap.neighbourhood, gap.ambition)) == list(gap_list(package))
    assert gap_list(package, district="WK999999") == ()


def test_without_initiatives_every_combination_is_a_gap(package: Package) -> None:
    empty = replace(
        package,
        initiatives=package.initiatives.iloc[:0],
        initiative_areas=package.initiative_areas.iloc[:0],
        initiative_organisations=package.initiative_organisations.iloc[:0],
    )
    assert len(gap_list(empty)) == len(naive.codes_of("neighbourhood")) * len(AMBITIONS)
    assert {cell.state for cell in who_is_missing(empty, "WK054603").cells.values()} == {NOWHERE}


@pytest.mark.slow
@pytest.mark.parametrize("sector", SECTORS)
@pytest.mark.parametrize("ambition", [*AMBITIONS, ALL])
def test_whom_to_invite(package: Package, sector: str, ambition: str) -> None:
    for area in ("WK054603", "WK054605", "BU05460300"):
        here = {key for key in with_ambition(set(KNOWN), ambition) if area in naive.served()[key]}
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
