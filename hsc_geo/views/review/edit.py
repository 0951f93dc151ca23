"""The fields of a proposal as a steward may change them before accepting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.domain.schema_register import LOCATION, ORGANISATION_ITSELF, OWN_WORD, PUBLIC_PAGE
from hsc_geo.register import Proposal
from hsc_geo.register.checking import entity_for
from hsc_geo.register.drafting import LEAST_EVIDENCE
from hsc_geo.register.entries import links_json
from hsc_geo.register.frames import places_json, row_texts
from hsc_geo.register.joining import AREA_CODES
from hsc_geo.register.place_fields import (
    FIELDS,
    MOST_PLACES,
    OF_ONE,
    ROLE,
    field_of,
    fields_of,
    places,
    with_places,
)
from hsc_geo.register.tables import PLACES
from hsc_geo.register.texts import longest
from hsc_geo.views.kit.controls import one_or_none
from hsc_geo.views.kit.html import label, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.review.desk import put, seed, typed
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.entry_places import code_text
from hsc_geo.views.wording.field_words import contract_field, field_text

_LONG = ("description_nl", "description_en", "target_group_nl", "target_group_en", "note_nl", "note_en")


# What a steward may want to add or mend, though nobody proposed it; of an initiative its places too.
_OFFERED = {
    "initiative": (
        "name",
        "organisation",
        "sector",
        "ambition_codes",
        "theme",
        "description_nl",
        "description_en",
        "target_group_nl",
        "target_group_en",
        "life_stages",
        "activity_types",
        "status",
        "start_year",
        "end_year",
        "ladder",
        "ladder_basis_nl",
        "ladder_basis_en",
        "funders",
        "run_by",
        "continuity_basis_nl",
        "continuity_basis_en",
        "source_kind",
        "source_url",
        "evidence_level",
    ),
    "organisation": (
        "name",
        "sector",
        "description_nl",
        "description_en",
        "website",
        "source_kind",
        "source_url",
    ),
    "venue": ("address", "latitude", "longitude"),
}
_ADDED = "places"  # beside what is typed: how many places the steward added to those that are there


def starting(n: Names, proposal: Proposal, prefix: str) -> dict[str, str]:
    """What the fields hold before the steward changes any: what accepting would make of them now. prefix: of what the
    steward typed, which tells how many places were added."""
    if proposal.kind not in ("new", "correction", "closure"):
        return dict(proposal.fields)
    entity = entity_for(proposal)
    now = _now(n, entity, proposal.entity_id) if proposal.entity_id else {}
    offered = {name: now.get(name, "") for name in _OFFERED[entity]}
    found = offered | dict(proposal.fields) | _source(now, proposal, offered)
    if entity != "initiative":
        return found
    own = {name: value for name, value in found.items() if name not in FIELDS}
    return own | _places(now, proposal, int(typed(f"{prefix}{_ADDED}", 0)))


def _source(now: Mapping[str, str], proposal: Proposal, offered: Mapping[str, str]) -> dict[str, str]:
    """Who says so, as the register takes it: a page on which an entry rests stays its source, also for what the
    organisation itself adds."""
    before, told = now.get("source_kind", ""), proposal.fields.get("source_kind", "")
    kind = before if before == PUBLIC_PAGE else told or before or PUBLIC_PAGE
    found = {"source_kind": kind}
    if kind != before:
        level = OWN_WORD if kind == ORGANISATION_ITSELF else LEAST_EVIDENCE
        found |= {"source_url": proposal.source_url, "evidence_level": level}
    return {name: value for name, value in found.items() if name in offered}


def _places(now: Mapping[str, str], proposal: Proposal, added: int) -> dict[str, str]:
    """The fields of each place of the entry and of the proposal, and of as many empty ones as were added."""
    told = [FIELDS[name][0] for name in proposal.fields if name in FIELDS]
    last = max([0, *told, *(int(row["place_number"]) for row in places(now))])
    numbers = range(1, min(last + added, MOST_PLACES) + 1)
    return {name: value for n in numbers for name, value in _place(now, proposal, n).items()}


def _place(now: Mapping[str, str], proposal: Proposal, number: int) -> dict[str, str]:
    """The fields of one place with the proposal taken in. One that goes keeps its number here, and is empty."""
    mine = {name: field_of(name, number) for name in OF_ONE}
    before = [row | {"place_number": "1"} for row in places(now) if row["place_number"] == str(number)]
    said = {name: proposal.fields[field] for name, field in mine.items() if field in proposal.fields}
    try:
        made = fields_of({PLACES: with_places({PLACES: links_json(before, PLACES)}, said)})
    except ValueError:  # coordinates that are no numbers: the register tells
        made = said
    return {field: made.get(name, LOCATION if name == ROLE else "") for name, field in mine.items()}


def _now(n: Names, entity: str, entity_id: str) -> dict[str, str]:
    """The entry as text, with its places; empty when it went meanwhile."""
    found = row_texts(n.package, entity, entity_id)
    return found | ({PLACES: places_json(n.package, entity_id)} if found and entity == "initiative" else {})


def editor(
    n: Names, prefix: str, entity: str, fields: Mapping[str, str], of_place: Callable[[int], None]
) -> None:
    """A control per field, those of a place together; what is typed is kept under `prefix` and the field's name.
    of_place: draws what stands under the fields of a place, by its number."""
    own = {name: value for name, value in fields.items() if entity != "initiative" or name not in FIELDS}
    for name, value in own.items():
        _control(n, prefix, entity, name, value)
    if entity == "initiative":
        _places_editor(
            n, prefix, {name: value for name, value in fields.items() if name not in own}, of_place
        )


def _places_editor(n: Names, prefix: str, fields: Mapping[str, str], of_place: Callable[[int], None]) -> None:
    """The fields of each place under its number, and a button for one more."""
    numbers = sorted({FIELDS[name][0] for name in fields})
    for number in numbers:
        with st.container(border=True, gap="small"):
            st.html(markup("<h3>{}</h3>", n.w.t("Place {n}", n=number)))
            for name in (name for name in fields if FIELDS[name][0] == number):
                _control(n, prefix, "initiative", name, fields[name])
            of_place(number)
    if len(numbers) < MOST_PLACES:
        st.button(n.w.t("Another place"), key=f"{prefix}place_add", on_click=_add_place, args=(prefix,))


def _add_place(prefix: str) -> None:
    put(f"{prefix}{_ADDED}", int(typed(f"{prefix}{_ADDED}", 0)) + 1)


def changed(prefix: str, fields: Mapping[str, str]) -> dict[str, str]:
    """The fields whose value is now another than the one proposed."""
    now = {name: _text(typed(f"{prefix}{name}", value)) for name, value in fields.items()}
    return {name: value for name, value in now.items() if value != fields[name]}


def _text(value: Any) -> str:
    """What a control holds, as the register takes it: several values joined with `|`."""
    return "|".join(value) if isinstance(value, list) else str(value or "")


def _control(n: Names, prefix: str, entity: str, name: str, value: str) -> None:
    text = label(field_text(n.w, name))
    key = f"{prefix}{name}"
    options = _options(n, entity, name)
    field = contract_field(entity, name)
    chosen = [code for code in value.split("|") if code in options]
    if name == AREA_CODES or (options and field and field.many):
        st.multiselect(text, list(options), format_func=options.__getitem__, **seed(key, chosen))
    elif options:
        kept = seed(key, chosen[0] if chosen else "")
        one_or_none(text, options, options.__getitem__, n.w.t("not known"), **kept)
    elif name in _LONG:
        st.text_area(text, max_chars=longest(name), **seed(key, value))
    else:
        st.text_input(text, max_chars=longest(name), **seed(key, value))


def _options(n: Names, entity: str, name: str) -> dict[str, str]:
    """Code -> name of what can be chosen for a field; nothing for free text."""
    if name == AREA_CODES:
        return {code: area_label(n, code) for code in areas_in_order(n.package)}
    field = contract_field(entity, name)
    if field is None:
        return {}
    if field.vocabulary:
        return {code: n.term(field.vocabulary, code) for code in n.codes(field.vocabulary)}
    return {word: code_text(n, word) for word in field.enum}


def typed_under(number: int) -> str:
    """How the keys begin under which what is typed for a proposal is kept."""
    return f"review_{number}_"
