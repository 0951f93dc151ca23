"""The register as Human Services Data Specification 3 (HSDS, Open Referral), as JSON, and back.

An initiative is a `service`, an organisation an `organization`, a place where it happens a `location` with a
`service_at_location` (a place of a launch or a single event is none), an area served a `service_area`. Days and times
are the `description` of a `schedule`, cost is `fees_description`, how to join `application_process`, a contact `email`
or a `phone`. That an area was asked in vain has no place in HSDS and stays out.

Codes are `taxonomy_term`s of our own taxonomies, linked by `attribute`s. What HSDS has no field for travels as an
attribute whose `link_type` is LINK, with the name of our field in `label` and its text in `value`: a reader of HSDS
passes over it, and reading back gives the register again.

Source: https://docs.openreferral.org, schemas of version 3.0.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Mapping
from typing import Any

from hsc_geo.data.municipality import Municipality
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.register import place_fields
from hsc_geo.register.entries import FIELDS, Entry, Key, link_rows
from hsc_geo.register.tables import AREAS, CONFIRMED, ORGANISATIONS
from hsc_geo.register.things import ENTITIES

VERSION = "3.0"
LINK = "hsc_geo_field"
_OURS = uuid.UUID("6f1d1a52-6f0b-5ad3-9c8e-0b9f2f4a7c11")
_STATUS = {  # HSDS knows active, inactive, defunct and temporarily closed; not "unknown"
    "active_at_evidence_date": "active",
    "realised": "active",
    "ended": "defunct",
    "planned": "inactive",
    "funded_unverified": "inactive",
    "unknown": "inactive",
}
STATUS_BACK = {
    "active": "active_at_evidence_date",
    "inactive": "unknown",
    "defunct": "ended",
    "temporarily closed": "unknown",
}
CODED = {
    field.name: field.vocabulary
    for field in (*schema.table("initiatives").fields, *schema.table("organisations").fields)
    if field.vocabulary
}


def identifier(*parts: str) -> str:
    """The UUID that HSDS asks for, always the same for the same thing."""
    return str(uuid.uuid5(_OURS, "/".join(parts)))


def to_json(found: Mapping[Key, Entry], here: Municipality) -> bytes:
    """The register of a municipality as one JSON object with organizations, services, locations and taxonomy terms."""
    by_kind: dict[str, list[Entry]] = {kind: [] for kind in ENTITIES}
    for (kind, _), entry in sorted(found.items()):
        by_kind[kind].append(entry)
    content = {
        "hsds_version": VERSION,
        "organizations": [_organization(each) for each in by_kind["organisation"]],
        "services": [_service(each, here) for each in by_kind["initiative"]],
        "locations": [_venue(each, here) for each in by_kind["venue"]],
        "taxonomies": [
            {"id": identifier("taxonomy", name), "name": name, "description": f"Codes of {name} in hsc_geo"}
            for name in sorted(set(CODED.values()) - {None}, key=str)
            if name
        ],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def _organization(entry: Entry) -> dict[str, Any]:
    own = identifier("organisation", entry["organisation_id"])
    made: dict[str, Any] = {"id": own, "name": entry["name"], "description": entry["description_en"]}
    if entry["website"]:
        made["website"] = entry["website"]
    return made | {"attributes": _attributes("organisation", entry, own, "organization")}


def _service(entry: Entry, here: Municipality) -> dict[str, Any]:
    key = entry["initiative_id"]
    own = identifier("initiative", key)
    made: dict[str, Any] = {
        "id": own,
        "name": entry["name"],
        "description": entry["description_en"],
        "url": entry["source_url"],
        "status": _STATUS.get(entry["status"], "inactive"),
    }
    leading = [row for row in link_rows(key, ORGANISATIONS, entry[ORGANISATIONS]) if row["role"] == "lead"]
    known = [row["organisation_id"] for row in leading if row["organisation_id"]]
    if known:
        made["organization_id"] = identifier("organisation", known[0])
    if entry["target_group_en"]:
        made["eligibility_description"] = entry["target_group_en"]
    if entry[CONFIRMED]:
        made["assured_date"] = entry[CONFIRMED]
    areas = link_rows(key, AREAS, entry[AREAS])
    made["service_areas"] = [
        {"id": identifier("area", key, row["area_code"]), "service_id": own, "name": row["area_code"]}
        for row in areas
    ]
    places = (place for place in place_fields.places(entry) if place["role"] == LOCATION)
    at = [_service_at_location(key, own, place, here) for place in places]
    if at:
        made["service_at_locations"] = at
    made |= _contact(key, entry["contact"])
    schedule = entry["schedule_en"] or entry["schedule_nl"]
    if schedule:
        made["schedules"] = [{"id": identifier("schedule", key), "service_id": own, "description": schedule}]
    for field, ours in (("fees_description", "cost"), ("application_process", "how_to_join")):
        text = entry[f"{ours}_en"] or entry[f"{ours}_nl"]
        made |= {field: text} if text else {}
    return made | {"attributes": _attributes("initiative", entry, own, "service")}


def _is_phone(text: str) -> bool:
    return bool(re.fullmatch(r"[+\d][\d\s()-]+", text))


def _contact(key: str, text: str) -> dict[str, Any]:
    """A telephone number or a mailbox, where HSDS has them; a page of contact stays an attribute."""
    if _is_phone(text):
        return {"phones": [{"id": identifier("phone", key), "number": text}]}
    return {"email": text} if re.fullmatch(r"[^\s@]+@[^\s@]+", text) else {}


def _service_at_location(
    key: str, service: str, place: Mapping[str, str], here: Municipality
) -> dict[str, Any]:
    where = (key, place["place_number"])
    texts = {"name": place["venue"], "description": place["address"]}
    location: dict[str, Any] = {"id": identifier("location", *where), "location_type": "physical"}
    location |= {name: text for name, text in texts.items() if text} | _addresses(
        location["id"], place["address"], here
    )
    if place["latitude"] and place["longitude"]:
        location |= {"latitude": float(place["latitude"]), "longitude": float(place["longitude"])}
    return {
        "id": identifier("service_at_location", *where),
        "service_id": service,
        "location_id": location["id"],
        "location": location,
    }


def _venue(entry: Entry, here: Municipality) -> dict[str, Any]:
    own = identifier("venue", entry["venue"])
    made: dict[str, Any] = {
        "id": own,
        "location_type": "physical",
        "name": entry["venue"],
        "description": entry["address"],
    }
    if entry["latitude"] and entry["longitude"]:
        made |= {"latitude": float(entry["latitude"]), "longitude": float(entry["longitude"])}
    made |= _addresses(own, entry["address"], here)
    return made | {"attributes": _attributes("venue", entry, own, "location")}


_POSTCODE = re.compile(r"\b([1-9]\d{3}) ?([A-Z]{2})\b")


def _addresses(location: str, text: str, here: Municipality) -> dict[str, Any]:
    """The list `addresses` of a location with its one address; nothing where none is known. What is not told in it
    (postcode) is left empty; town, province and country are those of the register."""
    if not text:
        return {}
    postcode = _POSTCODE.search(text)
    street = _POSTCODE.sub("", text).split(",")[0].strip()
    address = {
        "id": identifier("address", location),
        "location_id": location,
        "address_1": street or text,
        "city": here.name,
        "state_province": here.province,
        "postal_code": "".join(postcode.groups()) if postcode else "",
        "country": "NL",
        "address_type": "physical",
    }
    return {"addresses": [address]}


def _attributes(kind: str, entry: Entry, link: str, table: str) -> list[dict[str, Any]]:
    made = []
    for name in FIELDS[kind]:
        if not entry[name]:
            continue
        base = {"link_id": link, "link_entity": table}
        made.append(
            base | {"id": identifier(link, name), "link_type": LINK, "label": name, "value": entry[name]}
        )
        for code in entry[name].split(SEPARATOR) if name in CODED and kind != "venue" else ():
            term = {
                "id": identifier("term", str(CODED[name]), code),
                "code": code,
                "name": code,
                "description": code,
                "taxonomy_id": identifier("taxonomy", str(CODED[name])),
            }
            own = {"id": identifier(link, name, code), "link_type": name, "taxonomy_term_id": term["id"]}
            made.append(base | own | {"taxonomy_term": term})
    return made
