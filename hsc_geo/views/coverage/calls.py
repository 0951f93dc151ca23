"""The tables of the page as calls of the library, from its choice."""

from __future__ import annotations

from hsc_geo.analysis.need import default_ingredients
from hsc_geo.views.coverage.choices import BEAR, ELSEWHERE, KNOWN, NEAR, NEED, NEXT, CoverageChoice
from hsc_geo.views.kit.call import Call, hiding, only
from hsc_geo.views.kit.names import Names

PAGE = "coverage"
_FITTING = ("basis", "ambition", "life_stage")
_OF_NEED = (*_FITTING, "distance", "ingredients")
# Part -> its tables, each with the fields of the choice that it follows.
VERBS: dict[str, dict[str, tuple[str, ...]]] = {
    KNOWN: {"known": ("basis", "level")},
    NEAR: {"near": (*_FITTING, "distance"), "shared": (*_FITTING, "level", "distance", "sharing")},
    NEED: {"verdicts": _OF_NEED, "need": (*_OF_NEED, "level"), "to_ask": _OF_NEED},
    NEXT: {
        "where_next": (*_OF_NEED, "places", "focus"),
        "what_if": (*_OF_NEED, "sharing", "tried"),
    },
    ELSEWHERE: {"elsewhere": ("basis", "level", "ambition", "like")},
    BEAR: {"claims": ("basis", "claim")},
}
_HIDING = ("near", "what_if")  # verbs that hide small numbers of residents


def calls(n: Names, choice: CoverageChoice) -> list[Call]:
    """The tables of the part that is chosen; of a change only where one is tried out."""
    verbs = [each for each in VERBS[choice.part] if each != "what_if" or choice.tried.any]
    return [call(n, choice, verb) for verb in verbs]


def call(n: Names, choice: CoverageChoice, verb: str) -> Call:
    """One table."""
    asked = only(choice, VERBS[choice.part][verb])
    if asked.ingredients == default_ingredients(n.package, choice.ambition):
        asked = only(asked, (each for each in VERBS[choice.part][verb] if each != "ingredients"))
    return Call(PAGE, verb, asked, hiding(n) if verb in _HIDING else {})
