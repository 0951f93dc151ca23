"""The tables of the page as calls of the library, from the choice of each part."""

from __future__ import annotations

from dataclasses import replace

from hsc_geo.analysis.continuity import SOON
from hsc_geo.views.kit.call import Call, as_of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.partners.choices import MissingChoice, NearChoice, NeighboursChoice

PAGE = "partners"


def near(n: Names, choice: NearChoice, verb: str) -> list[Call]:
    """Who is near (`near`), or before a place is chosen all that fits (`everything`), or where two or more meet
    (`meetings`)."""
    kept = tuple((facet, codes) for facet, codes in choice.facets if codes)
    return [Call(PAGE, verb, replace(choice, facets=kept), as_of(n))]


def neighbours(choice: NeighboursChoice) -> list[Call]:
    """Who resembles an initiative; before one is chosen, which share most with others."""
    return [Call(PAGE, "neighbours", choice) if choice.initiative else Call(PAGE, "sharing")]


def organisation(key: str) -> list[Call]:
    """What an organisation does, where and with whom; before one is chosen, which are in most."""
    of = {"organisation_id": key}
    verbs = ("taking_part", "places", "companions")
    return [Call(PAGE, verb, arguments=of) for verb in verbs] if key else [Call(PAGE, "active")]


def missing(choice: MissingChoice) -> list[Call]:
    """Who is missing, whom to invite of the kind that is shown, and the neighbourhoods without."""
    area = MissingChoice(choice.area)
    invite = [Call(PAGE, "to_invite", choice)] if choice.sector else []
    return [Call(PAGE, "missing", area), Call(PAGE, "neighbourhoods", area), *invite]


def may_end(n: Names, months: int) -> list[Call]:
    """What may end."""
    soon = {"months": months} if months != SOON else {}
    return [Call(PAGE, "may_end", arguments={**as_of(n), **soon})]
