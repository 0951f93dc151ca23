"""The lists of an HSDS API: whole things by its schemas, pages without a gap, and filters."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from hsc_geo.data.load import Package
from hsc_geo.register.hsds_pages import LISTS, Asked, page, whole
from tests.register.hsds_schema import faults

OBJECT = {
    "services": "service",
    "organizations": "organization",
    "locations": "location",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}


@pytest.mark.parametrize("name", LISTS)
def test_each_thing_whole_and_short_is_as_its_schema_asks(package: Package, name: str) -> None:
    things = whole(package)[name]
    assert things
    assert [fault for each in things.values() for fault in faults(OBJECT[name], each)] == []
    short = page(package, name, Asked(per_page=500))["contents"]
    assert [fault for each in short for fault in faults(OBJECT[name], each)] == []
    assert not any(isinstance(value, list) for each in short for value in deep(each))


def deep(thing: dict[str, Any]) -> Iterator[Any]:
    """All values of a thing, also of what it has one of."""
    for value in thing.values():
        yield value
        yield from deep(value) if isinstance(value, dict) else ()


def test_everything_of_the_package_is_there_and_refers_to_what_is_there(package: Package) -> None:
    found = whole(package)
    assert len(found["services"]) == len(package.initiatives)
    assert len(found["organizations"]) == len(package.organisations)
    places = package.initiative_places
    assert len(found["service_at_locations"]) == (places["role"] == "location").sum()
    assert len(found["locations"]) == len(package.venues) + len(found["service_at_locations"])
    for each in found["service_at_locations"].values():
        assert each["service_id"] in found["services"]
        assert each["location_id"] in found["locations"]
        assert any(
            own["id"] == each["id"] for own in found["services"][each["service_id"]]["service_at_locations"]
        )
    for service in found["services"].values():
        assert service.get("organization_id", next(iter(found["organizations"]))) in found["organizations"]
        assert {
            each["taxonomy_term_id"] for each in service["attributes"] if "taxonomy_term_id" in each
        } <= set(found["taxonomy_terms"])
    assert {each["taxonomy_id"] for each in found["taxonomy_terms"].values()} == set(found["taxonomies"])


def test_terms_have_the_names_of_the_codes(package: Package) -> None:
    words = package.vocabularies
    names = {(row["vocabulary"], row["code"]): row["name_en"] for row in words.to_dict("records")}
    found = whole(package)
    for each in found["taxonomy_terms"].values():
        assert each["name"] == names[found["taxonomies"][each["taxonomy_id"]]["name"], each["code"]]


@pytest.mark.parametrize("per_page", [1, 7, 146, 500])
def test_pages_hold_everything_once(package: Package, per_page: int) -> None:
    first = page(package, "services", Asked(per_page=per_page))
    pages = [
        page(package, "services", Asked(number, per_page)) for number in range(1, first["total_pages"] + 1)
    ]
    keys = [each["id"] for one in pages for each in one["contents"]]
    assert sorted(keys) == sorted(whole(package)["services"])
    assert [one["first_page"] for one in pages] == [True] + [False] * (len(pages) - 1)
    assert [one["last_page"] for one in pages] == [False] * (len(pages) - 1) + [True]
    assert {one["total_items"] for one in pages} == {146}
    assert all(one["size"] == len(one["contents"]) for one in pages)
    beyond = page(package, "services", Asked(first["total_pages"] + 1, per_page))
    assert beyond["empty"]
    assert beyond["contents"] == []


def test_filters_hold_together(package: Package) -> None:
    found = whole(package)
    term = next(each for each in found["taxonomy_terms"].values() if each["code"] == "A2")
    rows = package.initiatives
    expected = sum("A2" in codes.split("|") for codes in rows["ambition_codes"])
    assert page(package, "services", Asked(taxonomy_term_id=term["id"]))["total_items"] == expected
    every = page(package, "services", Asked(taxonomy_id=term["taxonomy_id"]))
    assert every["total_items"] == len(rows)
    owner = next(each["organization_id"] for each in found["services"].values() if "organization_id" in each)
    own = page(package, "services", Asked(organization_id=owner, full=True))["contents"]
    assert own
    assert {each["organization"]["id"] for each in own} == {owner}
    assert {each["id"] for each in own} == {each["id"] for each in found["organizations"][owner]["services"]}
    walks = page(package, "services", Asked(search="WALK"))["total_items"]
    text = rows["name"] + "\n" + rows["description_en"]
    assert walks == text.str.contains("walk", case=False).sum() > 0
    assert page(package, "services", Asked(search="walk", organization_id="none"))["total_items"] == 0
