"""The words of the page Propose: names of kinds, parts and fields, and a sentence for everything that can be wrong."""

from __future__ import annotations

from hsc_geo.domain.schema_register import ORGANISATION_ITSELF, PUBLIC_PAGE
from hsc_geo.register import Fault, Outcomes, Proposal, Proposed
from hsc_geo.register.checking import entity_for
from hsc_geo.register.duplicates import NEAR
from hsc_geo.register.place_fields import FIELDS
from hsc_geo.views.kit.html import link
from hsc_geo.views.kit.names import Names, organisation_name
from hsc_geo.views.kit.words import Words
from hsc_geo.views.propose.choices import (
    AREA_CODES,
    AREAS,
    CITY,
    CLOSURE,
    COMMENT,
    CONFIRMATION,
    CORRECTION,
    KEEP,
    NEW,
    PLACE,
    POINT,
    QUESTION,
    REGION,
    SEPARATOR,
    SOURCE,
    SOURCE_KIND,
    WHAT,
    WHOM,
)
from hsc_geo.views.propose.form import MANY, ONE
from hsc_geo.views.wording.fields import field_names


def kind_names(w: Words) -> dict[str, str]:
    """What someone can propose."""
    return {
        NEW: w.t("A new initiative"),
        CORRECTION: w.t("A correction"),
        CLOSURE: w.t("It has ended"),
        CONFIRMATION: w.t("Still true today"),
        QUESTION: w.t("A question"),
        COMMENT: w.t("A comment"),
    }


def kind_explanation(w: Words, kind: str) -> str:
    """What happens with it."""
    explained = {
        NEW: w.t(
            "You know an initiative that is not known here. We ask what, where, for whom, and for a source."
        ),
        CORRECTION: w.t("Something in an entry is not right, or is missing. You only change what is wrong."),
        CLOSURE: w.t("An initiative has stopped. It stays in the register, with its end."),
        CONFIRMATION: w.t("You know that an entry is still right. It is then marked as confirmed today."),
        QUESTION: w.t(
            "You ask the Meeting Point of the centre something. The answer comes behind the link you get."
        ),
        COMMENT: w.t(
            "You remark something on an entry, a figure or an area. A steward of the centre reads it."
        ),
    }
    return explained[kind]


def part_names(w: Words) -> dict[str, str]:
    """Names of the parts of the form."""
    return {
        WHAT: w.t("What is it?"),
        PLACE: w.t("Where is it?"),
        WHOM: w.t("When, and for whom?"),
        SOURCE: w.t("Who says so?"),
    }


def answer_text(w: Words, known: Outcomes | None) -> str:
    """What happens with a proposal, how many were taken over, and how long that took, as far as the register knows."""
    first = w.t("A steward looks at what you tell us before anything changes; you need no account.")
    decided = known.taken + known.turned_down if known else 0
    if known is None or not decided:
        return first
    taken = w.tn(
        "Of {n} proposal so far, {taken} was taken over.",
        "Of {n} proposals so far, {taken} were taken over.",
        decided,
        taken=w.number(known.taken),
    )
    days = known.waited or 0
    waited = w.tn(
        "Half of them had an answer within {n} day.", "Half of them had an answer within {n} days.", days
    )
    return " ".join((first, taken, waited if days else ""))


def amending_text(w: Words, number: int) -> str:
    """What one does with a proposal that waits."""
    return w.t("You change proposal {number}. No steward has decided on it yet.", number=number)


def status_sentence(n: Names, sent: Proposed) -> str:
    """How a proposal stands, since when."""
    w, question = n.w, sent.proposal.kind == QUESTION
    if sent.status == "open":
        return w.t(
            "Your proposal waits since {date}. A steward will look at it.", date=w.date(sent.at.date())
        )
    day = w.date((sent.decided_at or sent.at).date())
    texts = {
        "accepted": w.t("Your question was answered on {date}.", date=day)
        if question
        else w.t("Your proposal was accepted on {date}.", date=day),
        "rejected": w.t("Your proposal was not taken over; that was decided on {date}.", date=day),
        "withdrawn": w.t("You took your proposal back on {date}.", date=day),
    }
    return texts.get(sent.status, sent.status)


OF_NEW = ("active_at_evidence_date", "planned", "ended", "unknown")  # what can be known of a new one


def state_names(w: Words) -> dict[str, str]:
    """How an initiative stands, in words of who knows it."""
    return {
        "active_at_evidence_date": w.t("It is running"),
        "planned": w.t("It is a plan"),
        "funded_unverified": w.t("It has money; whether it began is not known"),
        "realised": w.t("It was carried out or built"),
        "ended": w.t("It has ended"),
        "unknown": w.t("I do not know"),
    }


def mode_names(w: Words) -> dict[str, str]:
    """The ways in which a place can be given."""
    return {
        KEEP: w.t("As it is now"),
        POINT: w.t("The neighbourhood of its place"),
        AREAS: w.t("Districts or neighbourhoods"),
        CITY: w.t("The whole city"),
        REGION: w.t("The region"),
    }


def names_of_fields(w: Words) -> dict[str, str]:
    """Short names of what a proposal can hold."""
    base = field_names(w)
    found = base | {
        "description_nl": w.t("Description in Dutch"),
        "description_en": w.t("Description in English"),
        "target_group_nl": w.t("For whom, in Dutch"),
        "target_group_en": w.t("For whom, in English"),
        "schedule_nl": w.t("Days and times, in Dutch"),
        "schedule_en": w.t("Days and times, in English"),
        "cost_nl": w.t("What it costs, in Dutch"),
        "cost_en": w.t("What it costs, in English"),
        "how_to_join_nl": w.t("How to join, in Dutch"),
        "how_to_join_en": w.t("How to join, in English"),
        "contact": w.t("Contact of the organisation"),
        "status": w.t("How does it stand?"),
        "theme": w.t("Theme"),
        "partners": w.t("Partners"),
        "website": w.t("Website"),
        "public_contact": w.t("Public mailbox of the organisation"),
        "latitude": w.t("Latitude"),
        "longitude": w.t("Longitude"),
        "coordinate_precision": w.t("How precise the coordinates are"),
        "coordinate_source": w.t("Where the coordinates come from"),
        "coordinate_note": w.t("Note on the coordinates"),
        AREA_CODES: w.t("Districts or neighbourhoods"),
        "precision": w.t("Place"),
        "place": w.t("Place"),
        "why": w.t("Explanation"),
        "entity_id": w.t("Entry"),
        "kind": w.t("Kind of proposal"),
        "fields": w.t("The proposal"),
        SOURCE_KIND: w.t("Kind of source"),
    }
    return found | {name: found[plain(name)] for name in FIELDS if plain(name) in found}


def of_look_up(w: Words) -> str:
    """Who gets an address that is typed."""
    return w.t(
        "What you type is looked up in the register first. Where that is not sure, our server asks the address service "
        "of PDOK (Kadaster). Give the address of a place where something happens, never that of a person at home."
    )


def names_of_texts(w: Words) -> dict[str, str]:
    """Names of the texts in the language of the page, for who fills them in."""
    return {
        "description": w.t("Description"),
        "target_group": w.t("For whom"),
        "schedule": w.t("Days and times"),
        "cost": w.t("What it costs"),
        "how_to_join": w.t("How to join"),
    }


def plain(name: str) -> str:
    """The field of the first place that says the same as this one of another place: `address` of `address_2`."""
    number = FIELDS.get(name, (1, ""))[0]
    return name if number == 1 else name.removesuffix(f"_{number}")


def source_names(w: Words) -> dict[str, str]:
    """Who can say so."""
    return {
        PUBLIC_PAGE: w.t("A public web page"),
        ORGANISATION_ITSELF: w.t("The organisation, and I am one of it"),
    }


def of_source(w: Words, of_itself: bool, has_page: bool) -> str:
    """What the choice of who says so means. has_page: the entry rests on a public page already."""
    if not of_itself:
        return w.t("Are you one of the organisation, and does no web page say it? Then choose the other one.")
    if has_page:
        return w.t("We ask for no web page. The page on which the entry rests now stays its source.")
    return w.t(
        "We ask for no web page. The entry will show as told by the organisation itself, not as confirmed by a source."
    )


def help_text(w: Words, name: str) -> str | None:
    """What to fill in, where the name does not say it all."""
    texts = {
        "organisation": w.t("Who leads it. One organisation on a line; no names of persons."),
        "partners": w.t("Who takes part. One organisation on a line; no names of persons."),
        "ladder": w.t("Only what the source says. Leave it open where no source says."),
        "funders": w.t(
            "Who gives the money, by the source. One organisation on a line; no names of persons."
        ),
        "run_by": w.t("Only what the source says. Leave it open where no source says."),
        "source_url": w.t("The address of a public web page that says so, beginning with https://"),
        "start_year": w.t("A year, such as 2024"),
        "end_year": w.t("A year, such as 2024"),
        "latitude": w.t("Degrees, such as 52.16012"),
        "longitude": w.t("Degrees, such as 4.49012"),
        "contact": w.t("A mailbox, telephone number or web page of the organisation, not of a person."),
        "schedule_nl": w.t("Such as: every Tuesday from 10 to 12"),
        "schedule_en": w.t("Such as: every Tuesday from 10 to 12"),
        "sector": w.t("Not needed where the organisation is known here: then we know its sector."),
        "public_contact": w.t("A mailbox that the organisation publishes itself, not of a person."),
    }
    return texts.get(plain(name))


def sentence(w: Words, fault: Fault) -> str:
    """What is wrong in a field, and what to do; of a place after the first one with its number."""
    number = FIELDS.get(fault.field, (1, ""))[0]
    said = _sentence(w, fault)
    return said if number == 1 else w.t("Place {n}: {fault}", n=number, fault=said)


def _sentence(w: Words, fault: Fault) -> str:
    name, value = names_of_fields(w).get(fault.field, fault.field), fault.value
    told = {**_of_field(w, name, value), **_of_place(w, value), **_of_whole(w)}
    return told.get(fault.code, w.t("{name}: this cannot be taken as it is.", name=name))


def _of_field(w: Words, name: str, value: str) -> dict[str, str]:
    """What can be wrong in any field."""
    return {
        "required": w.t("{name}: please fill this in.", name=name),
        "too_long": w.t("{name}: this is too long. Please make it shorter.", name=name),
        "html": w.t("{name}: this holds code of a web page. Please use plain text.", name=name),
        "personal_data": w.t(
            '{name}: "{value}" looks like the name, telephone number or private mail address of a person. We do not '
            "take personal data. Please leave it out.",
            name=name,
            value=value,
        ),
        "link": w.t("{name}: this is no address of a public web page. It begins with https://", name=name),
        "unknown_code": w.t(
            '{name}: "{value}" is not in the list. Choose from the list.', name=name, value=value
        ),
        "unknown_field": w.t('The field "{name}" cannot be changed here.', name=name),
        "type": w.t('{name}: "{value}" is no number.', name=name, value=value),
        "limits": w.t(
            '{name}: "{value}" cannot be. Please look at the number again.', name=name, value=value
        ),
        "form": w.t(
            '{name}: "{value}" is not written as we ask, such as 2024 or 2024-05-31.', name=name, value=value
        ),
        "day": w.t('{name}: "{value}" is no day in the calendar.', name=name, value=value),
        "one_language": w.t("{name}: please say it in both languages, or in neither.", name=name),
        "unprintable": w.t("{name}: this holds signs that cannot be shown. Please type it again.", name=name),
        "misread": w.t(
            '{name}: "{value}" holds letters that a program read wrongly. Please type it again.',
            name=name,
            value=value,
        ),
        "broken_cell": w.t(
            '{name}: "{value}" is an error of a spreadsheet. Write what is meant.', name=name, value=value
        ),
        "future": w.t('{name}: "{value}" has still to come. Give one that has been.', name=name, value=value),
    }


def _of_place(w: Words, value: str) -> dict[str, str]:
    """What can be wrong with a place or with the area served."""
    return {
        "no_place": w.t(
            "Say which area it serves: that of a place on the map, a district or neighbourhood, or the "
            "whole city."
        ),
        "place_unknown": w.t('We know no area called "{value}". Choose it from the list.', value=value),
        "unknown_area": w.t('We know no area with the code "{value}". Choose from the list.', value=value),
        "no_name": w.t("Give a name in letters."),
        "half_a_point": w.t(
            "One of the two coordinates is missing or is no number. Give both, or click on the map."
        ),
        "swapped": w.t("Latitude and longitude are swapped. Latitude is about 52, longitude about 4.5."),
        "rd_as_degrees": w.t("These are metres of the Dutch grid. Give degrees, or click on the map."),
        "outside": w.t("This place lies outside the municipality. Choose a place within it."),
    }


def _of_whole(w: Words) -> dict[str, str]:
    """What can be wrong with a proposal as a whole."""
    return {
        "about_nothing": w.t("Choose the entry or the figure that your comment is about."),
        "nothing_proposed": w.t("Nothing is changed yet. Change what is not right."),
        "unknown_entry": w.t("This entry is not, or no longer, in the register. Choose another."),
        "unknown_kind": w.t("Choose what you want to do."),
        "years_order": w.t("The last year lies before the first year. Please look at both."),
        "status_dates": w.t("The status and the years contradict each other. Please look at both."),
        "source_kind": w.t("The kind of source and the web page do not fit. Please look at both."),
    }


def unavailable(n: Names, reason: str) -> str:
    """Why proposals cannot be sent now, and what to do."""
    w = n.w
    told = {
        "off": " ".join(filter(None, (w.t("This site takes no proposals."), write_to(n)))),
        "full": w.t(
            "The disk of the register is full. Nothing was sent. What you typed stays here; try again later."
        ),
        "read_only": w.t(
            "The register can only be read just now. Nothing was sent. What you typed stays here; try again later."
        ),
        "busy": w.t(
            "The register is very busy. Nothing was sent. What you typed stays here; try again in a minute."
        ),
    }
    other = w.t(
        "The register cannot be reached just now. Nothing was sent. What you typed stays here; try again later."
    )
    return told.get(reason, other)


def write_to(n: Names) -> str:
    """Where one can write; '' where no mailbox is known."""
    return n.w.t("You can write to {mailbox}.", mailbox=n.here.mailbox) if n.here.mailbox else ""


def not_reached(n: Names, reason: str) -> str:
    """Why the register does not answer, before anything was sent."""
    if reason == "off":
        return unavailable(n, reason)
    return n.w.t(
        "The register cannot be reached just now, so nothing can be sent or followed. What you type stays here while "
        "this page is open; try again later."
    )


def unknown_code(w: Words) -> str:
    """That a link leads to no proposal."""
    return w.t("No proposal is known with this code. Look whether the whole link was taken over.")


def status_names(w: Words, question: bool = False) -> dict[str, str]:
    """What became of a proposal, or of a question."""
    return {
        "open": w.t("open: a steward of the centre will look at it"),
        "accepted": w.t("answered") if question else w.t("accepted"),
        "rejected": w.t("not taken over"),
        "withdrawn": w.t("withdrawn by you"),
    }


def reason_names(w: Words) -> dict[str, str]:
    """Why an entry may be the same as the one proposed."""
    return {
        "name": w.t("nearly the same name"),
        "near": w.t("within {n} metres", n=w.number(NEAR)),
        "source": w.t("same web page as its source"),
        "area_and_ambition": w.t("same area and ambition"),
    }


def proposal_facts(n: Names, proposal: Proposal) -> list[tuple[object, object]]:
    """What a proposal says, by field: (name, text or link)."""
    w = n.w
    names = names_of_fields(w)
    found: list[tuple[object, object]] = [(names["entity_id"], entry_name(n, proposal.entity_id or ""))]
    for name, text in proposal.fields.items():
        if name not in FIELDS or entity_for(proposal) != "initiative":
            found.append((names.get(name, name), _value(n, proposal, name, text)))
    found += place_facts(n, proposal)
    found.append((names["why"], proposal.why))
    found.append(
        (names["source_url"], link(proposal.source_url, proposal.source_url) if proposal.source_url else "")
    )
    return found


def _value(n: Names, proposal: Proposal, name: str, text: str) -> str:
    empty = proposal.kind == CORRECTION and not text
    return n.w.t("(made empty)") if empty else value_text(n, name, text)


def place_facts(n: Names, proposal: Proposal) -> list[tuple[object, object]]:
    """What a proposal says of each place: its number, and its fields in one line."""
    w, names = n.w, names_of_fields(n.w)
    if entity_for(proposal) != "initiative":
        return []
    told: dict[int, list[str]] = {}
    for number, name in _in_place(proposal):
        text = _value(n, proposal, name, proposal.fields[name])
        told.setdefault(number, []).append(w.t("{name}: {value}", name=names[name], value=text))
    several = set(told) != {1}
    return [
        (w.t("Place {n}", n=number) if several else w.t("Place"), "; ".join(parts))
        for number, parts in sorted(told.items())
    ]


def _in_place(proposal: Proposal) -> list[tuple[int, str]]:
    return [(FIELDS[name][0], name) for name in FIELDS if name in proposal.fields]


def entry_name(n: Names, key: str) -> str:
    """The name of an entry with its id; the id alone where it is not known (any more)."""
    if key in n.package.initiatives.index:
        return f"{n.initiative(key)} ({key})"
    return f"{organisation_name(n, key)} ({key})" if key in n.package.organisations.index else key


def value_text(n: Names, name: str, text: str) -> str:
    """A value of a field in words."""
    parts = [part for part in text.split(SEPARATOR) if part]
    if name == AREA_CODES:
        return ", ".join(n.area(code) for code in parts)
    if plain(name) == "coordinate_precision":
        return n.term("precision", text)
    if name == "status":
        return state_names(n.w).get(text, text)
    if name == SOURCE_KIND:
        return source_names(n.w).get(text, text)
    vocabulary = {**MANY, **ONE, "precision": "precision"}.get(name)
    return ", ".join(n.term(vocabulary, code) for code in parts) if vocabulary else ", ".join(parts)
