"""What is wrong with a proposal, all of it at once, as codes that a screen turns into words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from hsc_geo.data.check.meaning import is_link
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.domain.crs import looks_like_rd, looks_swapped
from hsc_geo.domain.problems import Problem, shorten
from hsc_geo.domain.schema_register import ORGANISATION_ITSELF, PUBLIC_PAGE
from hsc_geo.domain.text import clean_text
from hsc_geo.register import place_fields, rules, texts
from hsc_geo.register.cleaning import clean_fields, clean_link
from hsc_geo.register.entries import KEY, entity_of
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.joining import AREA_CODES, SCOPE_OF, area_codes, joined, sector_of
from hsc_geo.register.tables import CONFIRMED, ENTRIES, LINKS, PLACES
from hsc_geo.register.things import KINDS, LANGUAGES, PROPOSABLE, Fault, Proposal
from hsc_geo.sources.extracts import split_many

CODES = {
    "required": "nothing is filled in where something is needed",
    "unknown_kind": "no such kind of proposal",
    "unknown_entry": "no such entry",
    "unknown_field": "no such field, or one that the register fills in itself",
    "about_nothing": "a comment on neither an entry nor a figure nor an area",
    "nothing_proposed": "neither a field nor a word of explanation",
    "too_long": "longer than there is room for",
    "html": "holds HTML; plain text is asked",
    "personal_data": "looks like a person's name, telephone number or private mail address",
    "link": "no address of a public web page (http or https)",
    "no_place": "neither an area, nor a place on the map, nor the whole city",
    "place_unknown": "names no area that we know",
    "unknown_code": "no such code in the list",
    "unknown_area": "no such area",
    "type": "no number where one is needed",
    "limits": "a number out of bounds",
    "form": "not in the form that is asked, such as 2024 or 2024-05-31",
    "day": "no such day in the calendar",
    "years_order": "ends before it starts",
    "status_dates": "the state and the years contradict each other",
    "half_a_point": "one coordinate without the other",
    "swapped": "latitude and longitude are swapped",
    "rd_as_degrees": "metres of the Dutch grid where degrees are needed",
    "outside": "a place outside the municipality",
    "one_language": "said in one language and not in the other",
    "no_name": "a name without a letter or digit",
    "unprintable": "characters that cannot be printed",
    "misread": "letters that a program read in a wrong encoding",
    "broken_cell": "what a spreadsheet shows for a cell that it could not work out",
    "future": "lies in the future where only the past can be meant",
    "source_kind": "the kind of source and the rest of the source do not fit",
}
LONGEST_ALL = 30_000  # characters of a whole proposal
MOST_FIELDS = 100  # of ten places seven each, and what else a form asks

_COORDINATES = ("latitude", "longitude")
_WITH_SOURCE = ("new", "correction", "closure")
_ABOUT_ENTRY = ("correction", "closure", "confirmation")
_NEEDED = {
    "initiative": ("name", "organisation", "ambition_codes", "theme", "activity_types"),
    "organisation": ("name", "sector"),
    "venue": ("venue",),
}
# What the register works out, or keeps for itself.
OWN_FIELDS = frozenset({*LINKS, "initiative_id", "organisation_id", "activity_groups", CONFIRMED})


def clean(proposal: Proposal) -> Proposal:
    """The proposal with its text as it will be kept (see `cleaning`); fields that are empty for a new entry are left
    out. Formulas stay text."""
    table = ENTRIES.get(entity_for(proposal), "initiatives")
    fields = clean_fields(table, proposal.fields)
    if proposal.kind == "new":
        fields = {name: value for name, value in fields.items() if value}
    return replace(
        proposal,
        fields=fields,
        why=clean_text(proposal.why),
        source_url=clean_link(proposal.source_url),
        entity_id=clean_text(proposal.entity_id) if proposal.entity_id else None,
    )


def check(proposal: Proposal, package: Package) -> list[Fault]:
    """Every fault of a proposal, by field; none when it can be sent.

    package: with the register's tables (`overlay`), so that new entries are known. The text is judged as `clean`
    makes it. Faults of one field stand together; the codes are those of CODES.
    """
    if _far_too_long(proposal):
        return [Fault("fields", "too_long")]  # before anything is done with the text
    cleaned = clean(proposal)
    basic = list(_form(cleaned, package))
    if basic:
        return sorted(set(basic))
    faults = [
        *_needed(cleaned, package),
        *_source(cleaned, package),
        *_about(cleaned, package),
        *_texts(cleaned),
        *_rules(cleaned, package),
        *_place(cleaned, package),
    ]
    broken = {fault.field for fault in faults if fault.code == "broken_cell"}
    return sorted({fault for fault in faults if fault.code == "broken_cell" or fault.field not in broken})


def _far_too_long(proposal: Proposal) -> bool:
    values = [*proposal.fields.keys(), *proposal.fields.values(), proposal.why, proposal.source_url]
    lengths = [len(str(value)) for value in (*values, proposal.entity_id or "")]
    return len(proposal.fields) > MOST_FIELDS or sum(lengths) > LONGEST_ALL


def _form(proposal: Proposal, package: Package) -> Iterator[Fault]:
    """Whether it is a proposal about something at all."""
    if proposal.kind not in KINDS:
        yield Fault("kind", "unknown_kind", shorten(str(proposal.kind)))
    if proposal.language not in LANGUAGES:
        yield Fault("language", "unknown_code", shorten(str(proposal.language)))
    if proposal.entity not in PROPOSABLE:
        yield Fault("entity", "unknown_kind", shorten(str(proposal.entity)))
    elif proposal.kind != "new":
        yield from _entry(proposal, package)
    known = known_fields(entity_for(proposal))
    yield from (Fault(shorten(name), "unknown_field") for name in proposal.fields if name not in known)


def known_fields(entity: str) -> set[str]:
    """The fields that a proposal for this kind of entry may hold."""
    own = {AREA_CODES, *place_fields.FIELDS} if entity == "initiative" else set()
    return ({*schema.table(ENTRIES[entity]).columns} - OWN_FIELDS) | own


def entity_for(proposal: Proposal) -> str:
    """The kind of entry that a proposal is about."""
    if proposal.entity_id:
        return entity_of(proposal.entity_id)
    return proposal.entity if proposal.entity in PROPOSABLE else "initiative"


def _entry(proposal: Proposal, package: Package) -> Iterator[Fault]:
    if not proposal.entity_id:
        if proposal.kind in _ABOUT_ENTRY:
            yield Fault("entity_id", "required")
    elif entity_of(proposal.entity_id) not in PROPOSABLE:
        yield Fault("entity_id", "unknown_kind", shorten(proposal.entity_id))
    elif not _exists(proposal.entity_id, package):
        yield Fault("entity_id", "unknown_entry", shorten(proposal.entity_id))


def _exists(entity_id: str, package: Package) -> bool:
    known = {
        "initiative": package.initiatives.index,
        "organisation": package.organisations.index,
        "venue": package.venues["venue"].array,
    }
    return entity_id in known[entity_of(entity_id)]


def _needed(proposal: Proposal, package: Package) -> Iterator[Fault]:
    """What accepting it asks too."""
    given = proposal.fields
    if proposal.kind == "new":
        entity = entity_for(proposal)
        yield from (Fault(name, "required") for name in _NEEDED[entity] if not given.get(name))
        if entity == "initiative" and not _sector(package, given):
            yield Fault("sector", "required")
        if entity != "venue" and not (given.get("description_nl") or given.get("description_en")):
            yield Fault(f"description_{proposal.language}", "required")
        if entity == "initiative" and not _has_place(given):
            yield Fault("place", "no_place")
    elif proposal.kind == "correction" and not given:
        yield Fault("fields", "nothing_proposed")
    elif proposal.kind in ("question", "comment") and not proposal.why:
        yield Fault("why", "required")


def _sector(package: Package, given: Mapping[str, str]) -> bool:
    """Whether the sector is given, or can be told once the organisation is."""
    return bool(given.get("sector") or not given.get("organisation") or sector_of(package, given))


def _source(proposal: Proposal, package: Package) -> Iterator[Fault]:
    """A public page, but where an organisation speaks of itself."""
    entity, told = entity_for(proposal), proposal.fields.get("source_kind", "")
    known = row_texts(package, entity, proposal.entity_id) if proposal.entity_id else {}
    if proposal.kind in _WITH_SOURCE and not proposal.source_url:
        if (told or known.get("source_kind", "")) != ORGANISATION_ITSELF:
            yield Fault("source_url", "required")
    elif proposal.source_url and not is_link(proposal.source_url):
        yield Fault("source_url", "link", shorten(proposal.source_url))
    if proposal.fields.get("source_url") == "" and known.get("source_kind") == PUBLIC_PAGE:
        yield Fault("source_url", "required")


def _about(proposal: Proposal, package: Package) -> Iterator[Fault]:
    """A comment names an entry, or a figure or an area by its code in its text."""
    if proposal.kind != "comment" or proposal.entity_id:
        return
    codes = (*package.indicators.index, *package.areas.index)
    if not any(f"({code})" in proposal.why for code in codes):
        yield Fault("entity_id", "about_nothing")


def _has_place(given: Mapping[str, str]) -> bool:
    names = (AREA_CODES, "neighbourhood_as_stated", "district_as_stated", *place_fields.POINTS)
    return any(given.get(name) for name in names) or given.get("precision", "") in SCOPE_OF


def _texts(proposal: Proposal) -> Iterator[Fault]:
    own = [("why", proposal.why), ("source_url", proposal.source_url)]
    yield from (Fault(name, "html", shorten(text)) for name, text in own if rules.holds_html(text))
    for name, text in (*proposal.fields.items(), *own):
        yield from (Fault(name, code, value) for code, value in texts.faults(name, text))


def _rules(proposal: Proposal, package: Package) -> Iterator[Fault]:
    """The rules of the contract, on the fields that were filled in."""
    entity = entity_for(proposal)
    given = {name: value for name, value in proposal.fields.items() if name != AREA_CODES and value}
    current = _current(proposal, package, entity) if proposal.kind in _ABOUT_ENTRY else _UNTOLD
    yield from _rules_of_entry(package, ENTRIES[entity], current, given)
    if entity == "initiative":
        yield from _rules_of_places(package, current, proposal.fields)
    required = {field.name for field in schema.table(ENTRIES[entity]).fields if field.required} - OWN_FIELDS
    emptied = {name for name, value in proposal.fields.items() if not value}
    yield from (Fault(name, "required") for name in sorted(required & emptied))


_WHOLE_ONLY = ("required", "one_language")  # what an entry must be, a proposal need not yet
_UNTOLD = {"source_kind": PUBLIC_PAGE}  # what a new entry is where it does not say so


def _rules_of_entry(
    package: Package, table: str, current: Mapping[str, str], given: Mapping[str, str]
) -> Iterator[Fault]:
    checks = {code: each for code, each in rules.OF_ROWS.items() if code not in _WHOLE_ONLY}
    for code, problem in rules.problems(package, {table: [{**current, **given}]}, checks):
        mine = problem.column in given or (
            code == "status_dates" and {"status", "end_year", "start_year"} & set(given)
        )
        if mine or (code == "coordinates" and set(_COORDINATES) & set(given)):
            yield Fault(problem.column, fault_code(code, problem, given), shorten(problem.value))


def _rules_of_places(
    package: Package, current: Mapping[str, str], given: Mapping[str, str]
) -> Iterator[Fault]:
    checks = {code: each for code, each in rules.OF_ROWS.items() if code not in _WHOLE_ONLY}
    for row in place_fields.rows_by_number(current, given).values():
        number = row["place_number"]
        for code, problem in rules.problems(package, {PLACES: [{"initiative_id": "-", **row}]}, checks):
            name = place_fields.name_of(problem.column, number)
            of_point = {place_fields.name_of(column, number) for column in _COORDINATES}
            if name in given or (code == "coordinates" and of_point & set(given)):
                yield Fault(name, fault_code(code, problem, row), shorten(problem.value))


def fault_code(code: str, problem: Problem, given: Mapping[str, str]) -> str:
    """What is wrong with a place, sharper than that it is."""
    if code != "coordinates":
        return code
    try:
        north, east = float(given["latitude"]), float(given["longitude"])
    except (KeyError, ValueError):
        return "half_a_point"
    if looks_swapped(north, east):
        return "swapped"
    return "rd_as_degrees" if looks_like_rd(north, east) or looks_like_rd(east, north) else "outside"


def _current(proposal: Proposal, package: Package, entity: str) -> dict[str, str]:
    entry = row_texts(package, entity, proposal.entity_id or "")
    return entry | (
        {PLACES: places_json(package, proposal.entity_id or "")} if entity == "initiative" else {}
    )


def _place(proposal: Proposal, package: Package) -> Iterator[Fault]:
    """Areas that exist, and names that lead to one."""
    given = proposal.fields
    unknown = [code for code in split_many(given.get(AREA_CODES, "")) if code not in area_codes(package)]
    yield from (Fault(AREA_CODES, "unknown_area", shorten(code)) for code in unknown)
    names = given.get("neighbourhood_as_stated", "") or given.get("district_as_stated", "")
    if proposal.kind != "new" or entity_for(proposal) != "initiative" or not names:
        return
    if (
        given.get(AREA_CODES)
        or given.get("precision") in SCOPE_OF
        or any(given.get(name) for name in place_fields.POINTS)
    ):
        return
    fields = ("neighbourhood_as_stated", "district_as_stated", "inferred_fields", "precision")
    entry = {name: given.get(name, "") for name in fields} | {KEY["initiative"]: "proposal", PLACES: ""}
    if not joined(package, entry)["initiative_areas"]:
        yield Fault("place", "place_unknown", shorten(names))
