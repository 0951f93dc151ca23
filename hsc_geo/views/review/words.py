"""What the register says, in words: kinds, states, faults, refusals, fields and their values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from hsc_geo.analysis.quality import inferred_fields, untranslated_fields
from hsc_geo.domain import schema
from hsc_geo.domain.contract import Field
from hsc_geo.register import (
    AlreadyDecided,
    AmendedSince,
    ChangedSince,
    Fault,
    NotTaken,
    Proposed,
    RegisterError,
    RegisterUnavailable,
    place_fields,
)
from hsc_geo.register.entries import FILLED, entity_of
from hsc_geo.register.joining import AREA_CODES
from hsc_geo.register.tables import AREAS, CONFIRMED, ENTRIES, OTHER_NAMES, PLACES
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words
from hsc_geo.views.review.places import code_text, places_text, rows_of
from hsc_geo.views.wording.fields import field_names

HERE = ZoneInfo("Europe/Amsterdam")  # the register keeps UTC; people read the time of the Netherlands

FILLED_FROM = {"activity_groups": "activity_types"}  # no field of their own: they follow from another
ASKED = "asked"  # kind of the entries of what was asked in vain
AREA, ORGANISATION = "area_code", "organisation_name"  # columns of the rows that an entry is joined to


def kind_names(w: Words) -> dict[str, str]:
    """Kinds of proposals."""
    return {
        "new": w.t("New entry"),
        "correction": w.t("Correction"),
        "closure": w.t("Has ended"),
        "confirmation": w.t("Still true"),
        "question": w.t("Question"),
        "comment": w.t("Comment"),
    }


def status_names(w: Words) -> dict[str, str]:
    """States of proposals."""
    return {
        "open": w.t("Open"),
        "accepted": w.t("Accepted"),
        "rejected": w.t("Rejected"),
        "withdrawn": w.t("Withdrawn"),
    }


def entity_names(w: Words) -> dict[str, str]:
    """Kinds of entries."""
    return {
        "initiative": w.t("Initiative"),
        "organisation": w.t("Organisation"),
        "venue": w.t("Venue"),
        ASKED: w.t("Asked, none found"),
        "proposal": w.t("Proposal"),
    }


def role_text(w: Words, role: str, subject: str = "") -> str:
    """Who did it: the role, with the subject of the sign-in where there was one."""
    names: dict[str, str] = {
        "proposer": w.t("proposer"),
        "steward": w.t("steward"),
        "administrator": w.t("administrator"),
    }
    name = names.get(role, role)
    return f"{name} ({subject})" if subject else name


def moment_text(w: Words, at: datetime) -> str:
    """A day and a time in the Netherlands."""
    here = at.astimezone(HERE)
    return f"{w.date(here.date())}, {here:%H:%M}"


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


def about_text(n: Names, proposed: Proposed) -> str:
    """The name of the entry that it is about, or that it proposes."""
    proposal = proposed.proposal
    if not proposal.entity_id:
        return proposal.fields.get("name") or proposal.fields.get("venue") or n.w.t("no entry")
    return entry_name(n, proposal.entity_id)


def entry_name(n: Names, entity_id: str) -> str:
    """The name of an entry with its id, of what was asked the area and the ambition; the id alone when it is not (or no
    longer) in the register."""
    if entity_of(entity_id) == ASKED:
        return asked_name(n, entity_id)
    for entries in (n.package.initiatives, n.package.organisations):
        if entity_id in entries.index:
            name = str(entries.at[entity_id, "name"])
            return f"{name} ({entity_id})"
    return entity_id


def asked_name(n: Names, asked_id: str) -> str:
    """What was asked in vain: the area and the ambition that the key is made of."""
    _, area, ambition = asked_id.split("-")
    return n.w.t("Asked: {area}, {ambition}", area=n.area(area), ambition=n.term("ambition", ambition))


def line_name(n: Names, entity_id: str) -> str:
    """How a line of a journal names its entry: short, by its id; what was asked by its area and ambition."""
    return asked_name(n, entity_id) if entity_of(entity_id) == ASKED else entity_id


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
    if name in (AREA, "asked_on"):
        return n.area(value) if name == AREA else day_text(n.w, value)
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


def _marks_text(n: Names, value: str) -> str:
    """Fields that no source states, and those that wait for a translation."""
    waiting = [
        n.w.t("{name} (not translated yet)", name=field_text(n.w, each))
        for each in untranslated_fields(value)
    ]
    return ", ".join([*(field_text(n.w, each) for each in inferred_fields(value)), *waiting])


def day_text(w: Words, value: str) -> str:
    """A day in words; other text as it is."""
    try:
        return w.date(date.fromisoformat(value))
    except ValueError:
        return value


def change_text(w: Words, old: str, new: str) -> str:
    """What happens to a field, by sign and word."""
    added, changed, removed = w.t("added"), w.t("changed"), w.t("removed")
    if not old:
        return f"+ {added}"
    return f"± {changed}" if new else f"− {removed}"


def batch_text(w: Words, batch: str) -> str:
    """What happened together, by its name in the journal."""
    return w.t("first fill") if batch == FILLED else batch


def error_text(w: Words, error: RegisterError, entity: str = "") -> str:
    """Why the register did not do it, in one sentence, and what to do. entity: as of `fault_text`."""
    if isinstance(error, NotTaken):
        faults = "; ".join(dict.fromkeys(fault_text(w, each, entity) for each in to_mend(error.faults)))
        return w.t("Nothing was changed. {faults}.", faults=faults)
    if isinstance(error, RegisterUnavailable):
        return unavailable_text(w, error.code)
    if isinstance(error, AlreadyDecided):
        return w.t(
            "Proposal {number} was decided already, by someone else or in another window; nothing was "
            "changed.",
            number=error.number,
        )
    if isinstance(error, AmendedSince):
        return w.t(
            "Who sent proposal {number} changed it meanwhile; nothing was decided. Read it again.",
            number=error.number,
        )
    if isinstance(error, ChangedSince) and not error.batch:
        return w.t(
            "Cannot be undone: {field} of {entry} stands elsewhere since a new version of the register. Correct the "
            "entry instead.",
            field=field_text(w, error.field),
            entry=error.entity_id,
        )
    if isinstance(error, ChangedSince):
        return w.t(
            "Cannot be undone: {field} of {entry} was changed later, in batch {batch}. Undo that one first.",
            field=field_text(w, error.field),
            entry=error.entity_id,
            batch=batch_text(w, error.batch),
        )
    texts = {
        "not_allowed": w.t("You are not, or no longer, signed in as steward; nothing was changed."),
        "unknown": w.t("That is not in the register, or not any more; nothing was changed."),
        "import_refused": w.t("The file has faults; nothing was taken over."),
        "not_filled": w.t("The register holds no entries yet; try again in a moment."),
    }
    return texts.get(error.code, w.t("The register did not do it; nothing was changed."))


def to_mend(faults: Sequence[Fault]) -> list[Fault]:
    """The faults without those of fields that the register fills in from a field which has a fault itself."""
    wrong = {fault.field for fault in faults}
    return [fault for fault in faults if FILLED_FROM.get(fault.field) not in wrong]


def unavailable_text(w: Words, code: str) -> str:
    """Why there is no register to be had; code: as of RegisterUnavailable, or `off`."""
    texts = {
        "full": w.t("The disk of the register is full; nothing was changed. Tell the administrator."),
        "read_only": w.t("The register cannot be written; nothing was changed. Tell the administrator."),
        "busy": w.t("The register is busy; nothing was changed. Try again in a moment."),
        "damaged": w.t("The register is damaged; nothing was changed. Tell the administrator."),
        "newer": w.t("The register was made by a later version of this program. Tell the administrator."),
        "off": w.t("This site has no register: the administrator switched it off."),
    }
    return texts.get(
        code, w.t("The register cannot be reached just now; nothing was changed. Try again in a moment.")
    )


def fault_text(w: Words, fault: Fault, entity: str = "") -> str:
    """One fault of a proposal or decision: the field, what is wrong, and the words that it is about. entity: the kind
    of entry, where the name of the field depends on it."""
    named = f"{field_text(w, fault.field, entity)}: {_fault(w, fault.code)}"
    return f'{named} ("{fault.value}")' if fault.value else named


def _fault(w: Words, code: str) -> str:
    texts = {
        "required": w.t("this is needed"),
        "unknown_kind": w.t("no such kind"),
        "unknown_entry": w.t("no such entry"),
        "unknown_field": w.t("no such field"),
        "nothing_proposed": w.t("nothing is proposed"),
        "about_nothing": w.t("no entry, figure or area is named"),
        "too_long": w.t("too long"),
        "html": w.t("plain text is asked, without HTML"),
        "personal_data": w.t("looks like personal data"),
        "link": w.t("no address of a public web page"),
        "no_place": w.t("no place or area is given"),
        "place_unknown": w.t("no known area"),
        "unknown_code": w.t("not in the list"),
        "unknown_area": w.t("no known area"),
        "type": w.t("no number"),
        "limits": w.t("out of bounds"),
        "form": w.t("not in the form that is asked, such as 2024 or 2024-05-31"),
        "day": w.t("no day in the calendar"),
        "years_order": w.t("ends before it starts"),
        "status_dates": w.t("status and years contradict each other"),
        "no_name": w.t("a name without a letter or digit"),
        "half_a_point": w.t("one coordinate without the other"),
        "swapped": w.t("latitude and longitude are swapped"),
        "rd_as_degrees": w.t("metres of the Dutch grid where degrees are needed"),
        "outside": w.t("outside the municipality"),
        "coordinates": w.t("no place in the municipality"),
        "one_language": w.t("said in one language and not in the other"),
        "unprintable": w.t("holds characters that cannot be printed"),
        "twice": w.t("is in the register already"),
        "same_entry": w.t("the same entry twice; choose two different ones"),
        "other_kind": w.t("the two entries are not of one kind"),
        "no_change": w.t("this kind of proposal changes no entry"),
        "future": w.t("lies in the future, where only what has been can be meant"),
        "source_kind": w.t("the kind of source, its web page and the level of evidence do not fit"),
        "known_there": w.t("an initiative is known there for this ambition"),
    }
    return texts.get(code, code)
