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
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hsc_geo.data.municipality import Municipality
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.message import Message, MessageError
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.register import place_fields
from hsc_geo.register.entries import FIELDS, KEY, Entry, Key, entity_of, link_rows
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
_STATUS_BACK = {
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


def from_json(content: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """(kind, fields) of everything in a file that `json.loads` read; texts as they stand, for the rules to judge.

    A file of others lacks our fields: then name, description, url, status, place and codes are read from where HSDS
    has them, and the rest is for its maker to add. A page of a list of its API (`contents`), a list alone and one
    object alone are taken for what their members are. An organisation or location that is named by its id is looked up
    in the file. Raises MessageError for what is no HSDS.
    """
    content = _resolved(_enveloped(content))
    lists = _lists(content)
    for name, kind in lists.items():
        for member in _members(content, name):
            yield kind, _ours(kind, member) or _READERS[kind](member)


def passed(content: Any) -> Iterator[Message]:
    """What of a file that `from_json` takes is not read: lists of other things, and other pages of a list."""
    content = _enveloped(content)
    taken = _lists(content)
    for name, value in content.items():
        if isinstance(value, list) and value and name not in taken and name != "taxonomies":
            yield Message(
                "{name}: {n} not read, for the register has no such table", name=str(name)[:60], n=len(value)
            )
    pages, here = content.get("total_pages"), content.get("page_number")
    if "contents" in taken and isinstance(pages, int) and pages > 1:
        yield Message("this is page {page} of {pages}; give the others too", page=str(here), pages=str(pages))


def _enveloped(content: Any) -> Any:
    """What a file holds as a page of a list: one object alone (as an API gives by its id) with what stands within an
    organisation beside it, or a list alone."""
    if isinstance(content, list) and content:
        return {"contents": content}
    if not isinstance(content, dict) or "id" not in content or not {"name", "location_type"} & content.keys():
        return content
    kind = _kind_of([content])
    lists = {name: [content] for name, each in _NAMES.items() if each == kind}
    if kind != "organisation":
        return lists
    services = [{**each, "organization": content} for each in _objects(content, "services")]
    inner = {"services": services, "locations": _objects(content, "locations")}
    return lists | {name: members for name, members in inner.items() if members}


def _resolved(content: Any) -> Any:
    """The same, each service with the organisation and locations that it names by id, where the file has them."""
    if not isinstance(content, dict) or not isinstance(content.get("services"), list):
        return content
    by_id = {
        name: {_text(each, "id"): each for each in _objects(content, name) if _text(each, "id")}
        for name in ("organizations", "locations")
    }

    def whole(service: Any) -> Any:
        if not isinstance(service, dict):
            return service
        organisation = by_id["organizations"].get(_text(service, "organization_id"))
        made = {"organization": organisation} | service if organisation else service
        places = [
            {"location": by_id["locations"].get(_text(each, "location_id"))} | each
            for each in _objects(service, "service_at_locations")
        ]
        return {**made, "service_at_locations": places} if places else made

    return content | {"services": [whole(each) for each in content["services"]]}


def _lists(content: Any) -> dict[str, str]:
    """The lists of an HSDS file that are read -> the kind of their members."""
    if isinstance(content, dict):
        found = {name: kind for name, kind in _NAMES.items() if name in content}
        if "contents" in content and not found:
            return {"contents": _kind_of(_members(content, "contents"))}
        if found:
            return found
    lists = ", ".join(_NAMES)
    raise MessageError(
        Message("this is no HSDS 3: an object with one of the lists {lists} is asked", lists=lists)
    )


def _members(content: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    members = [] if content.get(name) is None else content[name]
    if not isinstance(members, list):
        raise MessageError(Message("this is no HSDS 3: `{name}` is no list", name=name))
    if not all(isinstance(each, dict) for each in members):
        raise MessageError(
            Message("this is no HSDS 3: `{name}` holds something that is no object", name=name)
        )
    return members


def _kind_of(members: Sequence[Mapping[str, Any]]) -> str:
    """What the members of a page are, by the fields that only one kind of object has."""
    there = {name for member in members for name, value in member.items() if value not in (None, "", [])}
    votes = {kind: len(there & own) for kind, own in _ONLY.items()}
    kind = max(votes, key=lambda each: votes[each])
    if members and list(votes.values()).count(votes[kind]) > 1:
        names = ", ".join(sorted(there)[:12])
        mend = Message(
            "`contents` could be organizations, services or locations; give the list its name (found: {names})",
            names=names,
        )
        raise MessageError(mend)
    return kind


def _ours(kind: str, member: Mapping[str, Any]) -> dict[str, str]:
    found = {
        str(each.get("label")): str(each.get("value", ""))
        for each in _objects(member, "attributes")
        if each.get("link_type") == LINK
    }
    return found if KEY[kind] in found else {}


def _text(member: Mapping[str, Any], name: str) -> str:
    value = member.get(name)
    return (
        value
        if isinstance(value, str)
        else ""
        if value is None or isinstance(value, (dict, list))
        else str(value)
    )


def _own_key(member: Mapping[str, Any], kind: str) -> str:
    key = _text(member, "id")
    return key if entity_of(key) == kind else ""


def _from_organization(member: Mapping[str, Any]) -> dict[str, str]:
    words = _text(member, "description")
    return _codes(member) | {
        "organisation_id": _own_key(member, "organisation"),
        "name": _text(member, "name"),
        "description_en": words,
        "website": _text(member, "website"),
        "source_url": _text(member, "website"),
    }


def _from_service(member: Mapping[str, Any]) -> dict[str, str]:
    organisation = member.get("organization")
    return (
        _codes(member)
        | {
            "initiative_id": _own_key(member, "initiative"),
            "name": _text(member, "name"),
            "description_en": _text(member, "description"),
            "source_url": _text(member, "url"),
            "organisation": _text(organisation, "name") if isinstance(organisation, dict) else "",
            "status": _STATUS_BACK.get(_text(member, "status"), _text(member, "status")),
            "target_group_en": _text(member, "eligibility_description"),
            "cost_en": _text(member, "fees_description"),
            "how_to_join_en": _text(member, "application_process"),
            "schedule_en": _schedule(member),
            "contact": _text(member, "email") or _phone(member),
            CONFIRMED: _text(member, "assured_date")[:10],
        }
        | _places(member)
    )


def _phone(member: Mapping[str, Any]) -> str:
    return next(filter(None, (_text(each, "number") for each in _objects(member, "phones"))), "")


def _schedule(member: Mapping[str, Any]) -> str:
    texts = (_text(each, "description") for each in _objects(member, "schedules"))
    return "; ".join(filter(None, texts))


def _places(member: Mapping[str, Any]) -> dict[str, str]:
    """The locations of a service as fields of places, as many as an initiative may have."""
    here = [each.get("location") for each in _objects(member, "service_at_locations")]
    found = [each for each in here if isinstance(each, dict) and each.get("location_type") != "virtual"]
    return {
        place_fields.field_of(name, number): text
        for number, location in enumerate(found[: place_fields.MOST_PLACES], start=1)
        for name, text in _place(location).items()
    }


def _place(location: Mapping[str, Any]) -> dict[str, str]:
    """A location as fields of a place."""
    return {
        "venue": _text(location, "name"),
        "address": _address(location),
        "latitude": _text(location, "latitude"),
        "longitude": _text(location, "longitude"),
    }


def _address(location: Mapping[str, Any]) -> str:
    """The first address in one line (the physical one, where that is told); what stands in the description where a
    location has none. Files of version 1 and 2 name the list `physical_addresses`."""
    found = _objects(location, "addresses") or _objects(location, "physical_addresses")
    found.sort(key=lambda each: _text(each, "address_type") not in ("", "physical"))
    for each in found:
        street = " ".join(filter(None, (_text(each, "address_1"), _text(each, "address_2"))))
        town = " ".join(filter(None, (_text(each, "postal_code"), _text(each, "city"))))
        return ", ".join(filter(None, (street, town)))
    return _text(location, "description")


def _objects(member: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in a list of this name; none where there is no list."""
    found = member.get(name)
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _from_location(member: Mapping[str, Any]) -> dict[str, str]:
    return _place(member) | {"source_url": _text(member, "url")}


def _codes(member: Mapping[str, Any]) -> dict[str, str]:
    """Codes under the name of a field of ours, as `link_type` of an attribute gives it."""
    found: dict[str, list[str]] = {}
    for each in _objects(member, "attributes"):
        term = each.get("taxonomy_term")
        if isinstance(term, dict) and each.get("link_type") in CODED:
            found.setdefault(str(each["link_type"]), []).append(_text(term, "code") or _text(term, "name"))
    return {name: SEPARATOR.join(dict.fromkeys(codes)) for name, codes in found.items()}


_NAMES = {"organizations": "organisation", "services": "initiative", "locations": "venue"}
_READERS = {"organisation": _from_organization, "initiative": _from_service, "venue": _from_location}
# Fields that HSDS 3 gives to one of the three kinds alone.
_ONLY = {
    "organisation": frozenset(
        (
            *(
                "website",
                "legal_status",
                "tax_status",
                "tax_id",
                "year_incorporated",
                "uri",
                "logo",
                "funding",
            ),
            *("parent_organization_id", "organization_identifiers", "programs", "services", "locations"),
        )
    ),
    "initiative": frozenset(
        (
            *(
                "url",
                "status",
                "organization",
                "organization_id",
                "program",
                "program_id",
                "interpretation_services",
            ),
            *(
                "application_process",
                "fees_description",
                "eligibility_description",
                "assured_date",
                "assurer_email",
            ),
            *("minimum_age", "maximum_age", "alert", "licenses", "service_areas", "service_at_locations"),
            *(
                "required_documents",
                "cost_options",
                "capacities",
                "last_modified",
                "wait_time",
                "accreditations",
            ),
        )
    ),
    "venue": frozenset(
        (
            *("location_type", "latitude", "longitude", "addresses", "accessibility", "transportation"),
            *("external_identifier", "external_identifier_type"),
        )
    ),
}
