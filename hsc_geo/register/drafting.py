"""What an entry becomes when a proposal is accepted: the fields proposed, and what follows from them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.load import Package
from hsc_geo.data.organisation_match import match, named
from hsc_geo.domain import schema
from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.ladder import FROM_STATUS, from_status
from hsc_geo.domain.problems import shorten
from hsc_geo.domain.schema_register import (
    INFERRED,
    NAMED,
    NOT_TRANSLATED,
    ORGANISATION_ITSELF,
    OWN_WORD,
    PUBLIC_PAGE,
    STATED,
)
from hsc_geo.register import joining, place_fields, rules
from hsc_geo.register.checking import fault_code
from hsc_geo.register.entries import FIELDS, Entry, link_rows, links_json, normal
from hsc_geo.register.joining import AREA_CODES, SCOPE_OF, STATED_FIELDS
from hsc_geo.register.tables import AREAS, CONFIRMED, ENTRIES, LINKS, OTHER_NAMES, PLACES
from hsc_geo.register.things import Fault, NotTaken, Proposal
from hsc_geo.sources.extracts import split_many

CONFIRMING = ("new", "correction", "closure", "confirmation")
CHANGING = ("new", "correction", "closure", "confirmation")
ENDED = "ended"
LEAST_EVIDENCE = "C"  # of a public page of which no steward says more
# The most modest that can be said of a new entry of which only a proposal is known.
_DEFAULTS = {
    "initiative": {"status": "unknown", "ambition_basis": INFERRED},
    "organisation": {"agreement_role": "not_evidenced"},
    "venue": {},
    "asked": {},
}
_COORDINATES = ("latitude", "longitude")
_ABOUT_VENUE = {
    "precision": "address",
    "confidence": "medium",
    "coordinate_source": "placed on the map in a proposal",
}
_PLACE = (PLACES, "precision", "initiative_areas")
_TIMES = (
    "status",
    "status_note_en",
    "status_note_nl",
    "status_as_of",
    "last_evidence_year",
    "start_year",
    "end_year",
    "start_date",
    CONFIRMED,
    "evidence_level",
    "ladder",
    "ladder_basis_en",
    "ladder_basis_nl",
)
_OF_SOURCE = ("source_kind", "source_publisher", "source_url", "evidence_level")
_OF_EACH = {
    *_TIMES,
    *_PLACE,
    *_COORDINATES,
    *_OF_SOURCE,
    "source_title",
    "source_date",
}  # never of two entries mixed
_OF_PROPOSAL = (*_OF_SOURCE, "inferred_fields")  # of a new entry: its own
_OF_REGISTER = (*LINKS, "activity_groups", CONFIRMED, OTHER_NAMES)


@dataclass(frozen=True)
class Surroundings:
    """What else a draft looks at: the package, the organisations in the register (id to entry), the day."""

    package: Package
    organisations: Mapping[str, Entry]
    today: date

    @cached_property
    def spellings(self) -> dict[str, str]:
        """Id of the organisation that each spelling stands for."""
        return joining.index_of(self.organisations)


def draft(
    around: Surroundings,
    kind: str,
    entity_id: str,
    old: Entry | None,
    proposal: Proposal,
    changes: Mapping[str, str],
) -> dict[str, str]:
    """The entry with this proposal, and the steward's changes over it, taken in; whether it will do, `faults` tells."""
    told = {**proposal.fields, **changes}
    given = {**_by_kind(around, proposal, old, told), **_by_source(kind, old, proposal, changes), **told}
    if old is not None and "source_kind" not in changes:
        given = _source_as_it_stands(old, given, changes)
    base = dict(old) if old is not None else _blank(kind, entity_id)
    given = {**_by_word(around, kind, {**base, **given}, proposal, changes), **given}
    area_codes = given.pop(AREA_CODES, "")
    places = _of_places(kind, given)
    given = {name: value for name, value in given.items() if name not in places}
    unknown = [name for name in given if name not in FIELDS[kind] or name in _OF_REGISTER]
    if unknown:
        raise NotTaken(Fault(shorten(name), "unknown_field") for name in unknown)
    entry = base | given | ({PLACES: _places(base, places)} if places else {})
    entry = _in_both_languages(kind, entry, set(given)) if old is None else entry
    entry = _about_venue(entry, given) if kind == "venue" and _differs(base, entry, _COORDINATES) else entry
    if proposal.kind in CONFIRMING:
        entry[CONFIRMED] = around.today.isoformat()
    return _tried(kind, complete(around, kind, base if old is not None else None, entry, area_codes))


def _tried(kind: str, entry: Entry) -> dict[str, str]:
    try:
        return normal(kind, entry)
    except ValueError:
        return dict(entry)  # a number that is none: the rules tell which


def _by_kind(
    around: Surroundings, proposal: Proposal, old: Entry | None, told: Mapping[str, str]
) -> dict[str, str]:
    """What a closure says. An end that lies ahead is only told: until then the entry is what it was."""
    if proposal.kind != "closure" or not old or "status" not in old:
        return {}
    end = told.get("end_year", "")
    if rules.is_number(end) and float(end) > around.today.year:
        return {}
    return {
        "status": ENDED,
        "status_note_en": "",
        "status_note_nl": "",
        "status_as_of": end or around.today.isoformat(),
        "last_evidence_year": str(around.today.year),
    }


def _by_source(
    kind: str, old: Entry | None, proposal: Proposal, changes: Mapping[str, str]
) -> dict[str, str]:
    """What follows from a kind of source that is new to the entry: its publisher, page and level of evidence."""
    told = {**proposal.fields, **changes}
    now = told.get("source_kind", "") or (PUBLIC_PAGE if old is None else "")
    if "source_kind" not in FIELDS[kind]:
        return {"source_url": proposal.source_url} if old is None else {}
    if not now or (old is not None and now == old["source_kind"]):
        return {}
    entry, own = {**(old or {}), **told}, now == ORGANISATION_ITSELF
    page = told.get("source_url") or ("" if own and old is not None else proposal.source_url)
    teller = entry.get("name" if kind == "organisation" else "organisation", "").split(SEPARATOR)[0]
    found = {"source_kind": now, "source_publisher": teller if own else _host(page)}
    found |= {"source_url": page} if page or old is None else {}
    found |= {"evidence_level": OWN_WORD if own else LEAST_EVIDENCE} if kind == "initiative" else {}
    return found


def _by_word(
    around: Surroundings, kind: str, entry: Entry, proposal: Proposal, changes: Mapping[str, str]
) -> dict[str, str]:
    """What follows from it that the proposer says so: the ambitions are not inferred by us, and a new entry has its
    status of today. What a steward makes of the ambitions is of us."""
    if kind != "initiative":
        return {}
    found, own = {}, entry["source_kind"] == ORGANISATION_ITSELF
    if proposal.fields.get("ambition_codes"):
        named = STATED if own else NAMED
        found["ambition_basis"] = INFERRED if changes.get("ambition_codes") else named
    status = {**proposal.fields, **changes}.get("status", "unknown")
    if proposal.kind == "new" and status != _DEFAULTS["initiative"]["status"]:
        found |= {"status_as_of": around.today.isoformat(), "last_evidence_year": str(around.today.year)}
    return found


def _host(page: str) -> str:
    """The host of an address; "" of what is none, which the rules tell."""
    return (urlsplit(page).hostname or "") if is_link(page) else ""


def _source_as_it_stands(old: Entry, given: Mapping[str, str], changes: Mapping[str, str]) -> dict[str, str]:
    """Without what a correction says of its own source, where the entry rests on a public page: that stays its source,
    also for what an organisation adds to it, unless a steward changes it."""
    if old.get("source_kind") != PUBLIC_PAGE or given.get("source_kind") != ORGANISATION_ITSELF:
        return dict(given)
    return {name: value for name, value in given.items() if name not in _OF_SOURCE or name in changes}


def _blank(kind: str, entity_id: str) -> dict[str, str]:
    own = {schema.table(ENTRIES[kind]).primary_key[0]: entity_id}
    return dict.fromkeys(FIELDS[kind], "") | _DEFAULTS[kind] | own


def _in_both_languages(kind: str, entry: dict[str, str], given: set[str]) -> dict[str, str]:
    """A text given in one language stands in the other too, and is marked so, until someone translates it."""
    made, marks = dict(entry), []
    for name in FIELDS[kind]:
        other = name[:-2] + {"nl": "en", "en": "nl"}.get(name[-2:], "")
        if name[-3:] in ("_nl", "_en") and name in given and entry[name] and not entry.get(other, "-"):
            made[other] = entry[name]
            marks.append(f"{other} ({NOT_TRANSLATED})")
    if marks and "inferred_fields" in entry:
        made["inferred_fields"] = SEPARATOR.join([*split_many(entry["inferred_fields"]), *marks])
    return made


def _differs(old: Entry, new: Entry, names: Iterable[str]) -> bool:
    return any(old.get(name, "") != new.get(name, "") for name in names)


def _of_places(kind: str, given: Mapping[str, str]) -> dict[str, str]:
    """The fields that tell of places of an initiative."""
    return {
        name: each for name, each in given.items() if kind == "initiative" and name in place_fields.FIELDS
    }


def _places(base: Entry, told: Mapping[str, str]) -> str:
    """The places with what is told of them. Raises NotTaken for coordinates that are no numbers."""
    try:
        return place_fields.with_places(base, told)
    except ValueError:
        points = [name for name in told if place_fields.FIELDS[name][1] in _COORDINATES]
        wrong = [name for name in points if told[name] and not _is_finite(told[name])]
        raise NotTaken(Fault(name, "type", shorten(told[name])) for name in wrong) from None


def _is_finite(text: str) -> bool:
    return rules.is_number(text) and math.isfinite(float(text))


def _about_venue(entry: dict[str, str], given: Mapping[str, str]) -> dict[str, str]:
    placed = bool(entry.get("latitude") and entry.get("longitude"))
    values = {name: value if placed else "" for name, value in _ABOUT_VENUE.items()}
    return entry | {name: value for name, value in values.items() if name not in given}


def complete(
    around: Surroundings, kind: str, old: Entry | None, entry: Entry, area_codes: str = ""
) -> dict[str, str]:
    """The entry with what the register works out itself, anew where that on which it rests changed."""
    made = dict(entry)
    if kind == "venue":
        return made | (
            {"area_code": joining.neighbourhood_of(around.package, made)} if _moved(old, made) else {}
        )
    if kind != "initiative":
        return made
    before = old or {}
    if old is None or _differs(before, made, ("activity_types",)):
        made["activity_groups"] = joining.groups(around.package, made)
    if old is None or _differs(before, made, ("organisation", "partners")):
        made["initiative_organisations"] = joining.organisations(around.package, around.spellings, made)
        made["sector"] = made["sector"] or _sector(around, made)
    if area_codes or old is None or _moved(old, made) or _scope(before) != _scope(made):
        made = _joined(around, made, area_codes)
    return _on_ladder(before, made)


def _on_ladder(old: Entry, entry: dict[str, str]) -> dict[str, str]:
    """With its step on the ladder: as given, else anew from a status that changed, unless the step was given before."""
    if _differs(old, entry, ("ladder",)):
        return _given_step(old, entry)
    inferred = FROM_STATUS in split_many(entry["inferred_fields"]) or not entry["ladder"]
    if not inferred or not _differs(old, entry, ("status",)):
        return entry
    step = from_status(entry["status"])
    marks = filter(None, (_not_inferred(entry), step and FROM_STATUS))
    return entry | {"ladder": step, "inferred_fields": SEPARATOR.join(marks)}


def _given_step(old: Entry, entry: dict[str, str]) -> dict[str, str]:
    """A step that someone gives is not inferred, and does not rest on what the step before rested on."""
    made, bases = dict(entry), ("ladder_basis_en", "ladder_basis_nl")
    if not _differs(old, entry, bases):
        made |= dict.fromkeys(bases, "")
    if not _differs(old, entry, ("inferred_fields",)):
        made["inferred_fields"] = _not_inferred(entry)
    return made


def _not_inferred(entry: Entry) -> str:
    return SEPARATOR.join(mark for mark in split_many(entry["inferred_fields"]) if mark != FROM_STATUS)


def _moved(old: Entry | None, new: Entry) -> bool:
    if old is None or _differs(old, new, (*STATED_FIELDS, *_COORDINATES)):
        return True
    return joining.points_of(old) != joining.points_of(new)


def _scope(entry: Entry) -> str:
    return entry.get("precision", "") if entry.get("precision", "") in SCOPE_OF else ""


def _joined(around: Surroundings, entry: dict[str, str], area_codes: str) -> dict[str, str]:
    try:
        return joining.joined(around.package, entry, area_codes)
    except (ValueError, KeyError):  # coordinates or codes that the rules tell of
        return entry | {"initiative_areas": "", "precision": entry["precision"] or "unknown"}


def _sector(around: Surroundings, entry: Entry) -> str:
    """The sectors of the leading organisations that the register knows."""
    return joining.leading_sectors(around.organisations, entry["initiative_organisations"])


def faults(package: Package, kind: str, entry: Entry) -> list[Fault]:
    """Every rule of the contract that the entry breaks; those of its places under the names of fields of a proposal."""
    found = rules.problems(package, {ENTRIES[kind]: [entry]}, rules.OF_ROWS)
    told = {Fault(problem.column, code, shorten(problem.value)) for code, problem in found}
    return sorted(told | set(_faults_of_places(package, entry) if kind == "initiative" else ()))


def _faults_of_places(package: Package, entry: Entry) -> Iterator[Fault]:
    for place in place_fields.places(entry):
        row = {"initiative_id": entry["initiative_id"], **place}
        for code, problem in rules.problems(package, {PLACES: [row]}, rules.OF_ROWS):
            name = place_fields.name_of(problem.column, place["place_number"])
            yield Fault(name, fault_code(code, problem, place), shorten(problem.value))


def merged(around: Surroundings, kind: str, keep: Entry, drop: Entry) -> dict[str, str]:
    """`keep` with what it lacks from `drop`: texts, and values of fields that hold several. Its state, dates, source
    and places stay its own; places are taken over only whole, when `keep` has none, and so are areas."""
    made = dict(keep)
    fields = {field.name: field for field in schema.table(ENTRIES[kind]).fields}
    for name, field in fields.items():
        if name in _OF_EACH:
            continue
        if field.many:
            made[name] = SEPARATOR.join(dict.fromkeys((*split_many(keep[name]), *split_many(drop[name]))))
        elif not keep[name]:
            made[name] = drop[name]
    if kind == "initiative":
        made["inferred_fields"] = _without_ladder_of(keep, made["inferred_fields"])
    if kind == "initiative":
        made |= _where(keep, drop)
        made["activity_groups"] = joining.groups(around.package, made)
        made["initiative_organisations"] = joining.organisations(around.package, around.spellings, made)
    return made | (_other_names(keep, drop) if kind == "organisation" else {})


def _where(keep: Entry, drop: Entry) -> dict[str, str]:
    """Places and areas of `drop` where `keep` has none. Areas that rest on coordinates go only with their places."""
    made = {} if keep[PLACES] else {PLACES: drop[PLACES]}
    by_points = any(row["basis"] == "coordinates" for row in link_rows("", AREAS, drop[AREAS]))
    if not keep[AREAS] and (made or not by_points):
        made |= {name: drop[name] for name in ("precision", AREAS)}
    return made


def _without_ladder_of(keep: Entry, marks: str) -> str:
    """The marks of both, but for that of the step on the ladder, which is of `keep` alone."""
    own = split_many(keep["inferred_fields"])
    return SEPARATOR.join(mark for mark in split_many(marks) if mark != FROM_STATUS or mark in own)


def _other_names(keep: Entry, drop: Entry) -> dict[str, str]:
    """The names under which the one that goes was known: who names it later means the one that is kept."""
    known = [*split_many(keep[OTHER_NAMES]), drop["name"], *split_many(drop[OTHER_NAMES])]
    return {OTHER_NAMES: SEPARATOR.join(dict.fromkeys(name for name in known if name != keep["name"]))}


def left_open(proposal: Proposal, changes: Mapping[str, str], keep: Entry) -> dict[str, str]:
    """What `keep` says in the fields that a new entry which is merged into it leaves open; without what `merged` leaves
    to each entry (its state, dates and place), and what the register fills in."""
    given, kind = {**proposal.fields, **changes}, proposal.entity
    key = schema.table(ENTRIES[kind]).primary_key
    fixed = {*_TIMES, *_PLACE, *_OF_REGISTER, *STATED_FIELDS, *_OF_PROPOSAL, *key}
    return {
        name: keep[name] for name in FIELDS[kind] if name not in fixed and keep[name] and not given.get(name)
    }


def relinked(around: Surroundings, entry: Entry, organisation_id: str, name: str) -> dict[str, str]:
    """An initiative in which the organisation is recognised where its name stood without one, also in a list of names
    that is known for one only now."""
    index = joining.index_of({organisation_id: {"name": name}})
    place, every = joining.place_name(around.package), around.spellings | index
    made: dict[tuple[str, str], dict[str, str]] = {}
    for row in link_rows("", "initiative_organisations", entry["initiative_organisations"]):
        parts = named(row["organisation_name"], every, place)
        for part in parts:
            known = row["organisation_id"] if len(parts) == 1 else match(part, every, place)
            link = row | {"organisation_name": part, "organisation_id": known or match(part, index, place)}
            made.setdefault((part, row["role"]), link)
    return dict(entry) | {"initiative_organisations": links_json(made.values(), "initiative_organisations")}


def repointed(entry: Entry, old_id: str, new_id: str) -> dict[str, str]:
    """An initiative that points to another organisation than before."""
    rows = link_rows("", "initiative_organisations", entry["initiative_organisations"])
    for row in rows:
        row["organisation_id"] = new_id if row["organisation_id"] == old_id else row["organisation_id"]
    return dict(entry) | {"initiative_organisations": links_json(rows, "initiative_organisations")}
