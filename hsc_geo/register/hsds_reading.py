"""Human Services Data Specification (HSDS, Open Referral), of this register and of other providers, read as rows.

Source: https://docs.openreferral.org, schemas of versions 1 to 3.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.message import Message, MessageError
from hsc_geo.register import place_fields
from hsc_geo.register.cleaning import clean_value
from hsc_geo.register.entries import KEY, entity_of
from hsc_geo.register.hsds import CODED, LINK, STATUS_BACK
from hsc_geo.register.tables import CONFIRMED, ENTRIES


def from_json(content: Any) -> Iterator[tuple[str, dict[str, str]]]:
    """(kind, fields) of everything in a file that `json.loads` read; texts as they stand, for the rules to judge.

    A file of others lacks our fields: then name, description, url, status, place and codes are read from where HSDS
    has them, and the rest is for its maker to add. A page of a list of its API (`contents`), a list alone and one
    object alone are taken for what their members are. An organisation or location that is named by its id is looked up
    in the file. Raises MessageError for what is no HSDS.
    """
    content = _whole(content)
    lists = _lists(content)
    for name, kind in lists.items():
        for member in _members(content, name):
            yield kind, _ours(kind, member) or _READERS[kind](member)


def passed(content: Any) -> Iterator[Message]:
    """What of a file that `from_json` takes is not read: other lists and members, fields of those that are read, places
    beyond those that an initiative can have, and other pages of a list."""
    page, content = content, _whole(content)
    taken = _lists(content)
    for name, value in content.items():
        if name in taken or name in _KNOWN or value in (None, "", [], {}):
            continue
        if isinstance(value, list):
            yield Message(
                "{name}: {n} not read, for the register has no such table", name=str(name)[:60], n=len(value)
            )
        else:
            yield Message("{name}: not read, for it is no table of the register", name=str(name)[:60])
    for name, kind in taken.items():
        members = [each for each in _members(content, name) if not _ours(kind, each)]
        yield from _fields_passed(name, kind, members)
    yield from _other_pages(page)


def _fields_passed(name: str, kind: str, members: Sequence[Mapping[str, Any]]) -> Iterator[Message]:
    given = {
        str(field) for each in members for field, value in each.items() if value not in (None, "", [], {})
    }
    unread = sorted(given - _READ - _READ_OF[kind])
    if unread:
        some = ", ".join(field[:40] for field in unread[:_MOST_NAMED]) + (
            "\u2026" if unread[_MOST_NAMED:] else ""
        )
        yield Message("{name}: the fields {fields} are not read", name=name, fields=some)
    for each in members:
        places = len(_located(each)) if kind == "initiative" else 0
        if places > place_fields.MOST_PLACES:
            yield Message(
                "{name}: of {n} places the first {most} are read",
                name=_text(each, "name")[:60],
                n=places,
                most=place_fields.MOST_PLACES,
            )


def _other_pages(page: Any) -> Iterator[Message]:
    """That the file is one page of several, by whichever member tells it."""
    if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
        return
    pages, here = (_whole_number(page, name) for name in ("total_pages", "page_number"))
    total, there = _whole_number(page, "total_items"), len(page["contents"])
    if pages > 1:
        yield Message("this is page {page} of {pages}; give the others too", page=str(here), pages=str(pages))
    elif total > there:
        yield Message("this page has {n} of {total}; give the others too", n=there, total=total)
    elif page.get("last_page") is False:
        yield Message("this is not the last page; give the others too")


def _whole_number(page: Mapping[str, Any], name: str) -> int:
    text = _text(page, name)
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _whole(content: Any) -> Any:
    """The file as lists by their names, with what stands within an organisation and what is named by its id."""
    return _resolved(_unfolded(_enveloped(content)))


def _enveloped(content: Any) -> Any:
    """What a file holds as lists by their names: a page, a list alone, or one object alone (by its id in an API)."""
    if isinstance(content, list) and content:
        content = {"contents": content}
    if not isinstance(content, dict):
        return content
    if "contents" in content and not _NAMES.keys() & content.keys():
        members = _members(content, "contents")
        rest = {name: value for name, value in content.items() if name != "contents"}
        return rest | _by_kind(members)
    if "id" not in content or not {"name", "location_type"} & content.keys():
        return content
    return _by_kind([content])


def _by_kind(members: Sequence[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    """The members of a list without a name, by what each is; one that could be any is what all the others are."""
    kinds = [_kind_of([each]) for each in members]
    sure = dict.fromkeys(kind for kind in kinds if kind)
    if members and (not sure or ("" in kinds and len(sure) > 1)):
        there = {name for each in members for name, value in each.items() if value not in (None, "", [])}
        names = ", ".join(sorted(there)[:_MOST_NAMED])
        mend = Message(
            "`contents` could be organizations, services or locations; give the list its name (found: {names})",
            names=names,
        )
        raise MessageError(mend)
    made: dict[str, list[dict[str, Any]]] = {} if members else {"services": []}
    for each, kind in zip(members, kinds, strict=True):
        made.setdefault(_LIST_OF[kind or next(iter(sure))], []).append(each)
    return made


def _unfolded(content: Any) -> Any:
    """With the services and locations that stand within organisations beside them, each once."""
    if not isinstance(content, dict) or not isinstance(content.get("organizations"), list):
        return content
    made = dict(content)
    for organisation in _objects(content, "organizations"):
        inner = {
            "services": [
                {**each, "organization": organisation} for each in _objects(organisation, "services")
            ],
            "locations": _objects(organisation, "locations"),
        }
        for name, members in inner.items():
            there = made.get(name) or []
            known = {_text(each, "id") for each in there if isinstance(each, dict)} - {""}
            fresh = [each for each in members if _text(each, "id") not in known]
            if fresh and isinstance(there, list):
                made[name] = [*there, *fresh]
    return made


def _resolved(content: Any) -> Any:
    """The same, each service with the organisation and locations that it names by id, where the file has them."""
    if not isinstance(content, dict) or not isinstance(content.get("services"), list):
        return content
    by_id = {
        name: {_text(each, "id"): each for each in _objects(content, name) if _text(each, "id")}
        for name in ("organizations", "locations")
    }

    linked: dict[str, list[dict[str, Any]]] = {}
    for name in _LINKED:
        for each in _objects(content, name):
            linked.setdefault(_text(each, "service_id"), []).append(each)

    def whole(service: Any) -> Any:
        if not isinstance(service, dict):
            return service
        if not service.get("service_at_locations") and linked.get(_text(service, "id")):
            service = {**service, "service_at_locations": linked[_text(service, "id")]}
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
    found = (
        {name: kind for name, kind in _NAMES.items() if name in content} if isinstance(content, dict) else {}
    )
    if found:
        return found
    lists = ", ".join(_NAMES)
    if isinstance(content, dict) and content:
        there = ", ".join(str(name)[:40] for name in list(content)[:_MOST_NAMED])
        raise MessageError(
            Message(
                "this is no HSDS 3: an object with one of the lists {lists} is asked (found: {names})",
                lists=lists,
                names=there,
            )
        )
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
    """What members are, by the fields that only one kind of object has; "" where these do not tell."""
    there = {name for member in members for name, value in member.items() if value not in (None, "", [])}
    votes = {kind: len(there & own) for kind, own in _ONLY.items()}
    kind = max(votes, key=lambda each: votes[each])
    tied = list(votes.values()).count(votes[kind]) > 1
    return "" if tied or there & _OF_OTHERS else kind


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
    key = clean_value(place_fields.field_named(ENTRIES[kind], KEY[kind]), _text(member, "id"))
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
            "status": STATUS_BACK.get(_text(member, "status").strip().lower(), _text(member, "status")),
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
    found = _located(member)[: place_fields.MOST_PLACES]
    return {
        place_fields.field_of(name, number): text
        for number, location in enumerate(found, start=1)
        for name, text in _place(location).items()
    }


def _located(member: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The locations of a service that are places."""
    here = [each.get("location") for each in _objects(member, "service_at_locations")]
    return [each for each in here if isinstance(each, dict) and each.get("location_type") != "virtual"]


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
    found = next(filter(None, (_objects(location, name) for name in _ADDRESSES)), [])
    found.sort(key=lambda each: _text(each, "address_type") not in ("", "physical"))
    for each in found:
        street = " ".join(filter(None, (_text(each, "address_1"), _text(each, "address_2"))))
        town = " ".join(filter(None, (_text(each, "postal_code"), _text(each, "city"))))
        return ", ".join(filter(None, (street, town)))
    return _text(location, "address") or _text(location, "description")


def _objects(member: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """The objects in a list of this name, or the one that stands there without a list; none where there is neither."""
    found = member.get(name)
    if isinstance(found, dict):
        return [found]
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
                "logo",
                "funding",
            ),
            *("parent_organization_id", "organization_identifiers", "programs", "services", "locations"),
        )
    ),
    "initiative": frozenset(
        (
            *(
                "status",
                "organization",
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
_LIST_OF = {kind: name for name, kind in _NAMES.items()}
_LINKED = (
    "service_at_locations",
    "services_at_location",
)  # in a file of tables; the second name is that of version 1
_ADDRESSES = ("addresses", "physical_addresses", "physical_address", "address")
_OF_OTHERS = frozenset(
    ("service_id", "location_id", "taxonomy", "taxonomy_id", "term", "link_id", "contact_id")
)
# Members of a file or page that tell nothing of the register.
_KNOWN = frozenset(
    (
        *("hsds_version", "version", "profile", "openapi_url", "taxonomies", *_LINKED),
        *("total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"),
    )
)
_MOST_NAMED = 12  # names that a message lists
# Fields that are read, or say again what stands elsewhere in the file.
_READ = frozenset(("id", "name", "description", "attributes"))
_READ_OF = {
    "organisation": frozenset(("website", "services", "locations")),
    "initiative": frozenset(
        (
            *(
                "url",
                "status",
                "organization",
                "organization_id",
                "eligibility_description",
                "fees_description",
            ),
            *("application_process", "schedules", "email", "phones", "assured_date", "service_at_locations"),
        )
    ),
    "venue": frozenset(("latitude", "longitude", "location_type", "url", *_ADDRESSES)),
}
