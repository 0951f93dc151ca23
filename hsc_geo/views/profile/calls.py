"""The tables of a profile as calls of the library, from its choice."""

from __future__ import annotations

from hsc_geo.views.kit.call import Call, only
from hsc_geo.views.profile.choices import ProfileChoice

PAGE = "profile"
# Part of the page -> its tables, each with the fields of the choice that it follows.
VERBS: dict[str, dict[str, tuple[str, ...]]] = {
    "residents": {"ages": ("areas",), "facts": ("areas",)},
    "figures": {"figures": ("areas", "age_group", "every")},
    "years": {"over_years": ("areas", "age_group", "figure")},
    "initiatives": {"ambitions": ("areas",)},
    "missing": {"kinds": ("areas",)},
    "alike": {"alike": ("areas",), "beside_alike": ("areas", "age_group")},
}


def calls(choice: ProfileChoice, part: str) -> list[Call]:
    """The tables of a part; of several areas none beside those most alike."""
    found = VERBS[part].items()
    shown = ((verb, fields) for verb, fields in found if verb != "beside_alike" or len(choice.areas) == 1)
    return [Call(PAGE, verb, only(choice, fields)) for verb, fields in shown]
