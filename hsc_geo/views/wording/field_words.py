"""The fields of an entry and their values in words."""

from __future__ import annotations

from datetime import date

from hsc_geo.analysis.quality import inferred_fields, untranslated_fields
from hsc_geo.domain import schema
from hsc_geo.domain.contract import Field
from hsc_geo.register import (
    place_fields,
)
from hsc_geo.register.joining import AREA_CODES
from hsc_geo.register.tables import AREAS, CONFIRMED, ENTRIES, OTHER_NAMES, PLACES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.entry_places import code_text, places_text, rows_of
from hsc_geo.views.wording.fields import field_names

ASKED = "asked"  # kind of the entries of what was asked in vain
FILLED_FROM = {"activity_groups": "activity_types"}  # no field of their own: they follow from another
AREA, ORGANISATION = "area_code", "organisation_name"  # columns of the rows that an entry is joined to


def field_text(w: Words, name: str, entity: str = "") -> str:
    """The name of a field of an entry or proposal, with its place where that is not the first; its own name where there
    is no shorter one. entity: the kind of entry, where the name depends on it."""
    number = place_fields.FIELDS.get(name, (1, ""))[0]
    if number > 1:
        first = name.removesuffix(f"_{number}")
        return w.t("{name}, place {n}", name=_field_text(w, first, entity), n=number)
    return _field_text(w, name, entity)


def _field_text(w: Words, name: str, entity: str) -> str:
    names = {
        **field_names(w),
        **_rare_names(w),
        **_practical_names(w),
        **_basis_names(w),
        "why": w.t("Reason"),
        "place": w.t("Place"),
        "fields": w.t("What is proposed"),
        "keep_id": w.t("The entry that stays"),
        "drop_id": w.t("The entry that goes"),
        "entity_id": w.t("Entry"),
        "latitude": w.t("Latitude"),
        "longitude": w.t("Longitude"),
        "partners": w.t("Partners"),
        "precision": w.t("How precisely the place is known"),
        "description_nl": w.t("Description in Dutch"),
        "description_en": w.t("Description in English"),
        "target_group_nl": w.t("For whom, in Dutch"),
        "target_group_en": w.t("For whom, in English"),
        AREAS: w.t("Areas served"),
        "initiative_organisations": w.t("Organisations recognised"),
        "inferred_fields": w.t("Inferred fields"),
        "website": w.t("Website"),
        "initiative_id": w.t("Number of the entry"),
        "organisation_id": w.t("Number of the entry"),
        "ambition_basis": w.t("What the ambition rests on"),
        "evidence_level": w.t("Evidence"),
        "source_publisher": w.t("Publisher of the source"),
        "theme": w.t("Theme"),
        "status": w.t("Status"),
        AREA_CODES: w.t("Areas"),
        CONFIRMED: w.t("Last confirmed"),
        OTHER_NAMES: w.t("Names of organisations merged into it"),
        **(_asked_names(w) if entity == ASKED else {}),
    }
    return names.get(name, name)


def _basis_names(w: Words) -> dict[str, str]:
    """Names of what a judgement or a point rests on."""
    return {
        "ladder_basis_nl": w.t("What that step rests on, in Dutch"),
        "ladder_basis_en": w.t("What that step rests on, in English"),
        "continuity_basis_nl": w.t("What the source says of money and people, in Dutch"),
        "continuity_basis_en": w.t("What the source says of money and people, in English"),
        "coordinate_precision": w.t("How precise the coordinates are"),
        "coordinate_confidence": w.t("How sure the coordinates are"),
        "coordinate_source": w.t("Where the coordinates come from"),
    }


def _practical_names(w: Words) -> dict[str, str]:
    """Names of what those who take part want to know, and of the places."""
    return {
        "schedule_nl": w.t("Days and times, in Dutch"),
        "schedule_en": w.t("Days and times, in English"),
        "cost_nl": w.t("What it costs, in Dutch"),
        "cost_en": w.t("What it costs, in English"),
        "how_to_join_nl": w.t("How to join, in Dutch"),
        "how_to_join_en": w.t("How to join, in English"),
        "contact": w.t("Contact of the organisation"),
        "source_kind": w.t("Kind of source"),
        PLACES: w.t("Places"),
        place_fields.ROLE: w.t("What the place is"),
    }


def _asked_names(w: Words) -> dict[str, str]:
    """Names of the fields of what was asked in vain."""
    return {
        "asked_id": w.t("Number of the entry"),
        "area_code": w.t("Area"),
        "ambition_code": w.t("Ambition"),
        "asked_on": w.t("Day of asking"),
        "source": w.t("Who says so"),
        "source_url": w.t("Web page of the source"),
        "note": w.t("Note"),
    }


def _rare_names(w: Words) -> dict[str, str]:
    """Names of fields that only a steward meets."""
    return {
        "district_as_stated": w.t("District as the source names it"),
        "neighbourhood_as_stated": w.t("Neighbourhood as the source names it"),
        "coordinate_note": w.t("Note on the coordinates"),
        "coordinate_licence": w.t("Licence of the coordinates"),
        "activity_groups": w.t("Groups of activities"),
        "status_note_nl": w.t("Note on the status, in Dutch"),
        "status_note_en": w.t("Note on the status, in English"),
        "source_title": w.t("Title of the source"),
        "source2_url": w.t("Web page of a second source"),
        "note": w.t("Note"),
        "note_nl": w.t("Note in Dutch"),
        "note_en": w.t("Note in English"),
        "organisation_type_nl": w.t("Kind of organisation, in Dutch"),
        "organisation_type_en": w.t("Kind of organisation, in English"),
        "agreement_role": w.t("Role in the prevention agreement"),
        "agreement_role_note_nl": w.t("Note on that role, in Dutch"),
        "agreement_role_note_en": w.t("Note on that role, in English"),
        "centre_role_nl": w.t("Role in the centre, in Dutch"),
        "centre_role_en": w.t("Role in the centre, in English"),
        "networks": w.t("Other networks"),
        "district_or_area": w.t("District or area of work"),
        "public_contact": w.t("Public mailbox of the organisation"),
        "district_basis": w.t("What the district rests on"),
        "confidence": w.t("How sure the coordinates are"),
        "area_code": w.t("Neighbourhood of the coordinates"),
        "used_for": w.t("What the place is used for"),
    }


def contract_field(entity: str, name: str) -> Field | None:
    """The field in the contract of the data; None for one that only the register knows."""
    if entity == "initiative" and name in place_fields.FIELDS:
        entity, name = PLACES, place_fields.FIELDS[name][1]
        return next(each for each in schema.table(PLACES).fields if each.name == name)
    found = {each.name: each for each in schema.table(ENTRIES[entity]).fields} if entity in ENTRIES else {}
    return found.get(name)


def both_texts(n: Names, entity: str, name: str, old: str, new: str) -> tuple[str, str]:
    """A value before and after as a reader knows them, "–" for none; with what it rests on where both read the same."""
    before, after = (value_text(n, entity, name, value) for value in (old, new))
    if before == after and name == PLACES:
        before, after = (places_text(n, value, whole=True) for value in (old, new))
    if before == after and name == AREAS:
        before, after = (_areas_text(n, value) for value in (old, new))
    return before or "–", after or "–"


def _areas_text(n: Names, value: str) -> str:
    """Areas served, each with what that rests on."""
    bases = {
        "coordinates": n.w.t("by its point"),
        "stated": n.w.t("as stated"),
        "inferred": n.w.t("inferred by us"),
        "scope": n.w.t("by its reach"),
    }
    served = ((n.area(each.get(AREA, "")), each.get("basis", "")) for each in rows_of(value))
    return ", ".join(f"{name} ({bases.get(basis, basis)})" for name, basis in served)


def value_text(n: Names, entity: str, name: str, value: str) -> str:
    """A value of a field as a reader knows it: names for codes, areas, places and organisations; "" for none."""
    if not value:
        return ""
    if name == AREAS:
        return ", ".join(n.area(row.get(AREA, "")) for row in rows_of(value)) or value
    if name == PLACES:
        return places_text(n, value) or value
    if name in ("asked_on", CONFIRMED):
        return day_text(n.w, value)
    if name == AREA:
        return n.area(value)
    if name == "initiative_organisations":
        return ", ".join(row.get(ORGANISATION, "") for row in rows_of(value)) or value
    if name == AREA_CODES:
        return ", ".join(n.area(code) for code in value.split("|"))
    if name == "inferred_fields":
        return _marks_text(n, value)
    field = contract_field(entity, name)
    if field and field.enum:
        return code_text(n, value)
    if field and field.vocabulary:
        return n.terms(field.vocabulary, value)
    return value.replace("|", ", ") if field and field.many else value


def day_text(w: Words, value: str) -> str:
    """A day in words; other text as it is."""
    try:
        return w.date(date.fromisoformat(value))
    except ValueError:
        return value


def entity_names(w: Words) -> dict[str, str]:
    """Kinds of entries."""
    return {
        "initiative": w.t("Initiative"),
        "organisation": w.t("Organisation"),
        "venue": w.t("Venue"),
        ASKED: w.t("Asked, none found"),
        "proposal": w.t("Proposal"),
    }


def _marks_text(n: Names, value: str) -> str:
    """Fields that no source states, and those that wait for a translation."""
    waiting = [
        n.w.t("{name} (not translated yet)", name=field_text(n.w, each))
        for each in untranslated_fields(value)
    ]
    return ", ".join([*(field_text(n.w, each) for each in inferred_fields(value)), *waiting])


def change_text(w: Words, old: str, new: str) -> str:
    """What happens to a field, by sign and word."""
    added, changed, removed = w.t("added"), w.t("changed"), w.t("removed")
    if not old:
        return f"+ {added}"
    return f"± {changed}" if new else f"− {removed}"
