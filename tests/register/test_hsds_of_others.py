"""HSDS as other providers write it: read wherever it stands, and what is not read is named."""

from __future__ import annotations

import json
from typing import Any

import pytest

from hsc_geo.register import ImportReport, Register

SERVICE = {"id": "3f0c-1", "name": "Wandelclub", "description": "Walks.", "status": "Active"}
OFFICE = {
    "id": "3f0c-2",
    "name": "Stichting",
    "description": "Helps.",
    "website": "https://www.voorbeeld-leiden.nl",
}
ADDRESS = {"address_1": "Plein 1", "postal_code": "2316 AB", "city": "Leiden"}
PLACE = {
    "id": "3f0c-3",
    "name": "Buurthuis",
    "location_type": "physical",
    "latitude": 52.16,
    "longitude": 4.49,
}


def read(register: Register, content: Any) -> ImportReport:
    return register.read_import(
        content if isinstance(content, bytes) else json.dumps(content).encode(), "hsds"
    )


def names(report: ImportReport) -> dict[str, list[str]]:
    return {table: [row.get("name") or row["venue"] for row in rows] for table, rows in report.rows.items()}


ALL = {"organisations": ["Stichting"], "initiatives": ["Wandelclub"], "venues": ["Buurthuis"]}


@pytest.mark.parametrize(
    "content",
    [
        {"organizations": [{**OFFICE, "services": [SERVICE], "locations": [PLACE]}]},
        {"contents": [{**OFFICE, "services": [SERVICE], "locations": [PLACE]}]},
        {"organizations": [{**OFFICE, "services": [SERVICE]}], "services": [SERVICE], "locations": [PLACE]},
        [SERVICE, OFFICE, PLACE],
        {"contents": [PLACE, SERVICE, OFFICE]},
        b"\n".join(json.dumps(each).encode() for each in (SERVICE, OFFICE, PLACE)),
        json.dumps([SERVICE, OFFICE, PLACE]).encode("utf-16-le"),
    ],
    ids=range(7),
)
def test_each_thing_is_taken_once_for_what_it_is(sqlite_register: Register, content: Any) -> None:
    report = read(sqlite_register, content)
    assert names(report) == ALL
    assert report.rows["initiatives"][0]["status"] == "active_at_evidence_date"
    assert report.passed == ()


@pytest.mark.parametrize("name", ["service_at_locations", "services_at_location"])
def test_places_by_a_list_of_links(sqlite_register: Register, name: str) -> None:
    link = {"service_id": SERVICE["id"], "location_id": PLACE["id"]}
    report = read(sqlite_register, {"services": [SERVICE], "locations": [PLACE], name: [link]})
    assert report.rows["initiatives"][0]["venue"] == "Buurthuis"
    assert report.passed == ()


@pytest.mark.parametrize("name", ["addresses", "physical_addresses", "physical_address", "address"])
@pytest.mark.parametrize("within", [lambda each: each, lambda each: [each]], ids=["object", "list"])
def test_an_address_whatever_it_stands_in(sqlite_register: Register, name: str, within: Any) -> None:
    report = read(sqlite_register, {"locations": [{**PLACE, name: within(ADDRESS)}]})
    assert report.rows["venues"][0]["address"] == "Plein 1, 2316 AB Leiden"


@pytest.mark.parametrize(
    "member",
    [
        {"id": "1", "name": "Terms", "description": "x", "uri": "https://voorbeeld.nl", "version": "1"},
        {"id": "1", "name": "Programme", "description": "x", "organization_id": "2"},
        {"id": "1", "service_id": "2", "location_id": "3"},
        {"id": "1", "code": "A1", "name": "x", "taxonomy": "y"},
        {"id": "1", "name": "Contact", "email": "info@voorbeeld.nl"},
    ],
)
def test_a_list_of_other_things_is_not_taken_for_ours(sqlite_register: Register, member: Any) -> None:
    ((_, _, _, mend),) = read(sqlite_register, {"contents": [member]}).errors
    assert all(name in mend for name in member)


@pytest.mark.parametrize(
    ("beside", "told"),
    [
        ({"total_items": 30}, "1 of 30"),
        ({"total_pages": "3", "page_number": 1}, "1 of 3"),
        ({"last_page": False}, "not the last page"),
        ({"meta": {"x": 1}}, "meta"),
        ({"note": "x"}, "note"),
    ],
)
def test_what_is_passed_over_is_named(sqlite_register: Register, beside: dict[str, Any], told: str) -> None:
    report = read(sqlite_register, {"contents": [{**SERVICE, "languages": ["nl"]}], **beside})
    fields, other = sorted(map(str, report.passed), key=lambda each: "languages" not in each)
    assert "languages" in fields
    assert told in other


def test_our_own_export_passes_nothing_over(sqlite_register: Register) -> None:
    report = sqlite_register.read_import(sqlite_register.export("hsds"), "hsds")
    assert (report.errors, report.passed) == ([], ())


@pytest.mark.parametrize(
    "text", ['{"services": [{"name": "a", "name": "b"}]}', '{"services": [], "services": []}']
)
def test_a_name_that_stands_twice_is_told(sqlite_register: Register, text: str) -> None:
    ((_, _, _, mend),) = read(sqlite_register, text.encode()).errors
    assert "twice" in mend
