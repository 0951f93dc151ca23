"""What was filled in on the page Propose: the proposal that it makes, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hsc_geo.domain.schema_register import ORGANISATION_ITSELF
from hsc_geo.register import Fault, Proposal, check
from hsc_geo.register.place_fields import FIELDS, field_of
from hsc_geo.views.propose import places as propose_places
from hsc_geo.views.propose.choices import (
    AREA_CODES,
    AREAS,
    CORRECTION,
    KEEP,
    MODE,
    NEW,
    OF_ONE_PLACE,
    OF_POINT,
    PLACE,
    POINT,
    SOURCE,
    SOURCE_KIND,
    WITH_SOURCE,
    names_of_place,
)
from hsc_geo.views.propose.draft import SHARED
from hsc_geo.views.propose.form import Form, fields_of

# What is told only when someone wants to go on: nobody is told of an empty field before.
_LATER = ("required", "no_place", "about_nothing", "nothing_proposed")


def all_fields(form: Form) -> list[str]:
    """Columns that the form asks for, without those of places; in both languages where someone typed in both."""
    found = [name for part in form.parts for name in fields_of(form, part)]
    other = {"nl": "en", "en": "nl"}[form.n.w.code]
    twins = [f"{name[:-2]}{other}" for name in found if name.endswith(f"_{form.n.w.code}")]
    return [*found, *(name for name in twins if form.has(name))]


def text_fields(form: Form) -> tuple[str, ...]:
    """Names of all fields that this kind can show."""
    return (*all_fields(form), *fields_of_places(form), *SHARED)


def fields_of_places(form: Form) -> tuple[str, ...]:
    """The fields of all places that the form shows."""
    numbers = propose_places.numbers(form) if PLACE in form.parts else ()
    return tuple(name for number in numbers for name in names_of_place(number))


def proposal_of(form: Form) -> Proposal:
    """What would be sent: for a new entry what was filled in, for a correction what differs from the register."""
    given = {name: form.text(name) for name in all_fields(form)}
    fields = _unasked(form, given) | {n: text for n, text in given.items() if _differs(form, n, text)}
    if PLACE in form.parts:
        fields |= propose_places.sent(form)
    if form.kind in WITH_SOURCE and form.source_kind != form.known_source_kind:
        fields |= {SOURCE_KIND: form.source_kind}
    return Proposal(form.kind, form.entry or None, fields, _why(form), _page(form), form.n.w.code)


def _unasked(form: Form, asked: Mapping[str, str]) -> dict[str, str]:
    """What was sent before and the form does not ask, such as a note: that stays."""
    before = form.sent.proposal.fields if form.sent else {}
    own = (
        {*asked, *FIELDS, AREA_CODES, "precision", SOURCE_KIND}
        if PLACE in form.parts
        else {*asked, SOURCE_KIND}
    )
    return {name: text for name, text in before.items() if name not in own}


def _page(form: Form) -> str:
    """The address of the page that says so; where the organisation speaks for itself none is asked."""
    return form.text("source_url").strip() if SOURCE in form.parts and not form.of_itself else ""


def _differs(form: Form, name: str, text: str) -> bool:
    if form.kind == CORRECTION:
        return form.has(name) and text.strip() != form.current(name)
    return bool(text.strip())


def _why(form: Form) -> str:
    """The explanation; a comment on a figure or an area names it."""
    why, named = form.text("why").strip(), about_text(form)
    return f"{named}: {why}" if why and named else why


def about_text(form: Form) -> str:
    """The figure and the area that a comment is about, with their codes; "" for none."""
    figure, area = form.subject
    n = form.n
    parts = (
        f"{n.indicator(figure)} ({figure})" if figure else "",
        f"{n.area(area)} ({area})" if area else "",
    )
    return ", ".join(filter(None, parts))


def faults_of(form: Form) -> list[Fault]:
    """Everything that is wrong with what would be sent now."""
    proposal = proposal_of(form)
    # The figure stands in the explanation, so before there is one it would seem that none was chosen.
    told = [
        each
        for each in check(proposal, form.n.package)
        if each.code != "about_nothing" or not any(form.subject)
    ]
    found = _in_the_form(form, told) if PLACE in form.parts else told
    if form.mode() == AREAS:  # then the list is told to be empty
        found = [each for each in found if each.code != "no_place"]
    return sorted({*found, *_nothing(form, proposal), *_of_places(form), *_of_state(form)})


def _in_the_form(form: Form, faults: Sequence[Fault]) -> list[Fault]:
    """The faults with the numbers of places as they are in the form."""
    names = {
        field_of(name, at): field_of(name, number)
        for number, at in propose_places.sent_as(form).items()
        for name in (*OF_ONE_PLACE, *OF_POINT)
    }
    return [replace(each, field=names.get(each.field, each.field)) for each in faults]


def _nothing(form: Form, proposal: Proposal) -> list[Fault]:
    """A correction that says no more than that the organisation itself says so changes nothing."""
    empty = form.kind == CORRECTION and proposal.fields == {SOURCE_KIND: ORGANISATION_ITSELF}
    return [Fault("fields", "nothing_proposed")] if empty else []


def _of_state(form: Form) -> list[Fault]:
    """How a new initiative stands is asked; that one does not know is an answer too."""
    asked = form.kind == NEW and not form.text("status")
    return [Fault("status", "required")] if asked else []


def _of_places(form: Form) -> list[Fault]:
    """What only the form sees: no area chosen from the list, or no place left on which the area served rests."""
    if PLACE not in form.parts:
        return []
    unchosen = form.mode() == AREAS and not form.text(AREA_CODES)
    nowhere = form.kind == CORRECTION and _nowhere(form)
    return [
        *([Fault(AREA_CODES, "required")] if unchosen else []),
        *([Fault("place", "no_place")] if nowhere else []),
    ]


def _nowhere(form: Form) -> bool:
    if propose_places.has_point(form):
        return False
    chosen = form.mode() == POINT and form.draft.has(MODE)
    return chosen or (form.mode() == KEEP and propose_places.follows_places(form))


def shown_faults(form: Form, faults: Sequence[Fault]) -> list[Fault]:
    """Those that are told: what is missing only after someone wanted to send it."""
    later = () if form.draft.tried else _LATER
    return in_order(form, [each for each in faults if each.code not in later])


def in_order(form: Form, faults: Sequence[Fault]) -> list[Fault]:
    """Those in the order of the fields."""
    order = ["kind", "entity_id"]
    for part in form.parts:
        places = [*fields_of_places(form), "place", AREA_CODES, "precision"] if part == PLACE else []
        source = [SOURCE_KIND, "source_url", "why"] if part == SOURCE else []
        order += [*fields_of(form, part), *places, *source]
    return sorted(faults, key=lambda each: order.index(each.field) if each.field in order else len(order))
