"""The fields of a proposal as a steward may change them before accepting."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from hsc_geo.register import Proposal
from hsc_geo.register.checking import LONGEST, LONGEST_OTHER, entity_for
from hsc_geo.register.frames import row_texts
from hsc_geo.register.joining import AREA_CODES
from hsc_geo.views.html import label
from hsc_geo.views.names import Names
from hsc_geo.views.profile import area_label, areas_in_order
from hsc_geo.views.review_desk import seed, typed
from hsc_geo.views.review_words import contract_field, field_text

_LONG = ("description_nl", "description_en", "target_group_nl", "target_group_en", "note_nl", "note_en")


# What a steward may want to add or mend, though nobody proposed it.
_OFFERED = {
    "initiative": (
        "name", "organisation", "sector", "ambition_codes", "theme", "description_nl", "description_en",
        "target_group_nl", "target_group_en", "life_stages", "activity_types", "latitude",
        "longitude", "status", "start_year", "end_year", "ladder", "ladder_basis_nl", "ladder_basis_en", "funders",
        "run_by", "continuity_basis_nl", "continuity_basis_en",
    ),
    "organisation": ("name", "sector", "description_nl", "description_en", "website"),
    "venue": ("address", "latitude", "longitude"),
}  # fmt: skip


def starting(n: Names, proposal: Proposal) -> dict[str, str]:
    """What the fields hold before the steward changes any: what is proposed, else what stands in the entry now."""
    if proposal.kind not in ("new", "correction", "closure"):
        return dict(proposal.fields)
    entity = entity_for(proposal)
    now = _now(n, entity, proposal.entity_id) if proposal.entity_id else {}
    return {name: now.get(name, "") for name in _OFFERED[entity]} | dict(proposal.fields)


def _now(n: Names, entity: str, entity_id: str) -> dict[str, str]:
    """The entry as text; empty when it went meanwhile."""
    try:
        return row_texts(n.package, entity, entity_id)
    except KeyError:
        return {}


def editor(n: Names, prefix: str, entity: str, fields: Mapping[str, str]) -> None:
    """A control per field; what is typed is kept under `prefix` and the name of the field."""
    for name, value in fields.items():
        _control(n, prefix, entity, name, value)


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
        st.selectbox(text, ["", *options], format_func=lambda code: options.get(code, n.w.t("not known")),
                     **seed(key, chosen[0] if chosen else ""))  # fmt: skip
    elif name in _LONG:
        st.text_area(text, max_chars=LONGEST.get(name, LONGEST_OTHER), **seed(key, value))
    else:
        st.text_input(text, max_chars=LONGEST.get(name, LONGEST_OTHER), **seed(key, value))


def _options(n: Names, entity: str, name: str) -> dict[str, str]:
    """Code -> name of what can be chosen for a field; nothing for free text."""
    if name == AREA_CODES:
        return {code: area_label(n, code) for code in areas_in_order(n.package)}
    field = contract_field(entity, name)
    if field is None:
        return {}
    if field.vocabulary:
        return {code: n.term(field.vocabulary, code) for code in n.codes(field.vocabulary)}
    return {word: word for word in field.enum}
