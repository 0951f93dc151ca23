"""What the JSON schemas of HSDS 3 ask of the objects that we write, in short: the type of each field, and which are
required.

Source: https://github.com/openreferral/specification, read by hand, of 3.0 and 3.1: `schema/*.json` for the objects,
`schema/compiled` for what stands within one another and in lists, `schema/openapi.json` for a page. 3.0 is a part of
3.1, in which an attribute got its `label` and organizations their filters by taxonomy. The schemas let fields stand
that they do not name, so a reader of 3.0 passes over a `label`. Here it is stricter: a field that no schema names is a
fault, and an attribute has what their tables ask beside an id.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any
from urllib.parse import urlsplit

TEXT, NUMBER, ID, URI, EMAIL, DAY = "text", "number", "id", "uri", "email", "day"
STATUS = ("active", "inactive", "defunct", "temporarily closed")
LOCATION_TYPE, ADDRESS_TYPE = ("physical", "postal", "virtual"), ("physical", "postal", "virtual")


def many(name: str) -> tuple[str, str]:
    return "many", name


def one(name: str) -> tuple[str, str]:
    return "one", name


FIELDS: dict[str, dict[str, Any]] = {
    "service": {
        **dict.fromkeys(("name", "description", "alternate_name", "interpretation_services", "alert"), TEXT),
        **dict.fromkeys(("application_process", "fees_description", "eligibility_description"), TEXT),
        "id": ID,
        "organization_id": ID,
        "url": URI,
        "email": EMAIL,
        "status": STATUS,
        "assured_date": DAY,
        "phones": many("phone"),
        "schedules": many("schedule"),
        "service_areas": many("service_area"),
        "service_at_locations": many("service_at_location"),
        "attributes": many("attribute"),
        "organization": one("organization"),
    },
    "organization": {
        "id": ID,
        "name": TEXT,
        "description": TEXT,
        "website": URI,
        "email": EMAIL,
        "attributes": many("attribute"),
        "services": many("service"),
    },
    "location": {
        "id": ID,
        "location_type": LOCATION_TYPE,
        "name": TEXT,
        "description": TEXT,
        "latitude": NUMBER,
        "longitude": NUMBER,
        "addresses": many("address"),
        "attributes": many("attribute"),
    },
    "address": {
        **dict.fromkeys(("address_1", "city", "state_province", "postal_code", "country"), TEXT),
        "id": ID,
        "location_id": ID,
        "address_type": ADDRESS_TYPE,
    },
    "service_at_location": {
        "id": ID,
        "service_id": ID,
        "location_id": ID,
        "description": TEXT,
        "location": one("location"),
        "service": one("service"),
    },
    "service_area": {"id": ID, "service_id": ID, "name": TEXT},
    "schedule": {"id": ID, "service_id": ID, "description": TEXT},
    "phone": {"id": ID, "service_id": ID, "number": TEXT},
    "taxonomy": {"id": ID, "name": TEXT, "description": TEXT},
    "taxonomy_term": {
        "id": ID,
        "code": TEXT,
        "name": TEXT,
        "description": TEXT,
        "taxonomy_id": ID,
        "parent_id": ID,
    },
    "attribute": {
        "id": ID,
        "link_id": ID,
        "taxonomy_term_id": ID,
        "link_type": TEXT,
        "link_entity": TEXT,
        "value": TEXT,
        "label": TEXT,
        "taxonomy_term": one("taxonomy_term"),
    },
}
REQUIRED = {
    "service": ("id", "name", "status"),
    "organization": ("id", "name", "description"),
    "location": ("id", "location_type"),
    "address": ("id", "address_1", "city", "state_province", "postal_code", "country", "address_type"),
    "taxonomy": ("id", "name", "description"),
    "taxonomy_term": ("id", "name", "description"),
    "attribute": ("id", "link_id", "link_entity"),
    "phone": ("id", "number"),
}


def faults(name: str, thing: Mapping[str, Any]) -> Iterator[str]:
    """What a thing has that its schema does not allow, and what it lacks."""
    for field in REQUIRED.get(name, ("id",)):
        if field not in thing:
            yield f"{name}: no {field}"
    for field, value in thing.items():
        kind = FIELDS[name].get(field)
        if kind is None:
            yield f"{name}: there is no field {field}"
        elif isinstance(kind, tuple) and kind[0] in ("one", "many"):
            for each in value if kind[0] == "many" else [value]:
                yield from faults(kind[1], each)
        elif not _is(kind, value):
            yield f"{name}.{field}: {str(value)[:80]!r} is no {kind}"


def _is(kind: Any, value: Any) -> bool:
    if isinstance(kind, tuple):
        return value in kind
    if kind == NUMBER:
        return isinstance(value, float)
    if not isinstance(value, str):
        return False
    if kind == DAY:
        return date.fromisoformat(value).isoformat() == value
    if kind == ID:
        return str(uuid.UUID(value)) == value
    if kind == URI:
        return bool(urlsplit(value).scheme and urlsplit(value).netloc)
    return kind != EMAIL or value.count("@") == 1
