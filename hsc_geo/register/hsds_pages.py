"""The register as the lists of an HSDS API: services, organizations, locations and the codes, each whole or short.

A short one, as a list has it, is without what it has several of; a whole one has these, and what it refers to.
Source: API reference of HSDS 3, https://docs.openreferral.org.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.domain.text import carriable
from hsc_geo.register import hsds
from hsc_geo.register.frames import NAMES, entries_of

SERVICES, ORGANIZATIONS, LOCATIONS = "services", "organizations", "locations"
AT_LOCATIONS, TAXONOMIES, TERMS = "service_at_locations", "taxonomies", "taxonomy_terms"
LISTS = (SERVICES, ORGANIZATIONS, LOCATIONS, AT_LOCATIONS, TAXONOMIES, TERMS)
FILTERED = (SERVICES, ORGANIZATIONS, AT_LOCATIONS)  # by what they are and by terms of a taxonomy
Thing = dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A page of a list: its number from 1 on, how many are on one, and what all on it must have ("": anything)."""

    page: int = 1
    per_page: int = 100
    full: bool = False
    search: str = ""
    taxonomy_id: str = ""
    taxonomy_term_id: str = ""
    organization_id: str = ""


def page(package: Package, name: str, asked: Asked) -> Thing:
    """A page of one of LISTS, with the numbers that HSDS asks for beside `contents`."""
    found = [each for each in whole(package)[name].values() if _fits(package, name, each, asked)]
    first = (asked.page - 1) * asked.per_page
    shown = found[first : first + asked.per_page]
    pages = math.ceil(len(found) / asked.per_page)
    return {
        "total_items": len(found),
        "total_pages": pages,
        "page_number": asked.page,
        "size": len(shown),
        "first_page": asked.page == 1,
        "last_page": asked.page >= pages,
        "empty": not shown,
        "contents": shown if asked.full else [short(each) for each in shown],
    }


def short(thing: Mapping[str, Any]) -> Thing:
    """A thing without its lists, also within what it has one of, which stays."""
    return {
        name: short(value) if isinstance(value, dict) else value
        for name, value in thing.items()
        if not isinstance(value, list)
    }


@per_package(maxsize=1)
def whole(package: Package) -> dict[str, dict[str, Thing]]:
    """Each of LISTS: id -> the whole thing. Shared, so not to be changed."""
    entries = entries_of({name: getattr(package, name) for name in NAMES})
    clean = {key: {name: carriable(text) for name, text in each.items()} for key, each in entries.items()}
    content = json.loads(hsds.to_json(clean, municipality_of(package)))
    terms = _terms(package)
    organizations = {each["id"]: each for each in content[ORGANIZATIONS]}
    services = {each["id"]: _nested(each, organizations, terms) for each in content[SERVICES]}
    at = {
        each["id"]: each | {"service": short(service)}
        for service in services.values()
        for each in _at(service)
    }
    locations = {each["id"]: _told(each, terms) for each in content[LOCATIONS]}
    locations |= {each["location"]["id"]: each["location"] for each in at.values()}
    return {
        SERVICES: services,
        ORGANIZATIONS: {key: _with_services(each, services, terms) for key, each in organizations.items()},
        LOCATIONS: locations,
        AT_LOCATIONS: at,
        TAXONOMIES: {each["id"]: each for each in content[TAXONOMIES]},
        TERMS: terms,
    }


def _at(service: Thing) -> Sequence[Thing]:
    return service.get(AT_LOCATIONS, ())


def _nested(service: Thing, organizations: Mapping[str, Thing], terms: Mapping[str, Thing]) -> Thing:
    organization = organizations.get(service.get("organization_id", ""))
    made = _told(service, terms)
    return made | {"organization": short(organization)} if organization else made


def _with_services(organization: Thing, services: Mapping[str, Thing], terms: Mapping[str, Thing]) -> Thing:
    own = [short(each) for each in services.values() if each.get("organization_id") == organization["id"]]
    return _told(organization, terms) | {"services": [_without_organization(each) for each in own]}


def _without_organization(service: Thing) -> Thing:
    return {name: value for name, value in service.items() if name != "organization"}


def _told(thing: Thing, terms: Mapping[str, Thing]) -> Thing:
    """The thing with the names of its terms; without names, the codes stand for them."""
    attributes = [
        each | {"taxonomy_term": terms.get(each.get("taxonomy_term_id", ""), each["taxonomy_term"])}
        if "taxonomy_term" in each
        else each
        for each in thing.get("attributes", ())
    ]
    return thing | {"attributes": attributes}


def _terms(package: Package) -> dict[str, Thing]:
    """The terms of the taxonomies that the register uses."""
    used = {name for name in hsds.CODED.values() if name}
    rows: Iterable[Mapping[Any, Any]] = package.vocabularies.to_dict("records")
    made = (_term(row) for row in rows if row["vocabulary"] in used)
    return {each["id"]: each for each in made}


def _term(row: Mapping[Any, Any]) -> Thing:
    vocabulary, code, name = (str(row[each]) for each in ("vocabulary", "code", "name_en"))
    return {
        "id": hsds.identifier("term", vocabulary, code),
        "code": code,
        "name": name,
        "description": str(row["definition_en"]) or name,
        "taxonomy_id": hsds.identifier("taxonomy", vocabulary),
    }


def _fits(package: Package, name: str, thing: Thing, asked: Asked) -> bool:
    text = f"{thing.get('name', '')}\n{thing.get('description', '')}".casefold()
    if asked.search.casefold() not in text:
        return False
    if name == TERMS:
        return asked.taxonomy_id in ("", thing["taxonomy_id"])
    if name not in FILTERED:
        return True
    about = whole(package)[SERVICES][thing["service_id"]] if name == AT_LOCATIONS else thing
    owner = about["id"] if name == ORGANIZATIONS else about.get("organization_id")
    if asked.organization_id not in ("", owner):
        return False
    terms = [each["taxonomy_term"] for each in about["attributes"] if "taxonomy_term" in each]
    return (not asked.taxonomy_term_id or any(each["id"] == asked.taxonomy_term_id for each in terms)) and (
        not asked.taxonomy_id or any(each["taxonomy_id"] == asked.taxonomy_id for each in terms)
    )
