"""Which brief belongs to an address: the kind, and the choices as the page of that kind writes them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import lru_cache

from hsc_geo.analysis.explore import explore
from hsc_geo.analysis.matrix import counted
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kenniscafe import kenniscafe
from hsc_geo.views.brief.policy_lab import LONGEST_QUESTION, policy_lab
from hsc_geo.views.coverage import choices
from hsc_geo.views.coverage.choices import coverage_choice
from hsc_geo.views.coverage.paper.document import coverage_brief
from hsc_geo.views.coverage.paper.parts import part_blocks
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, Param
from hsc_geo.views.map import choices as explorer_state
from hsc_geo.views.map.paper import map_brief
from hsc_geo.views.paper.model import Document
from hsc_geo.views.profile import choices as choices_profile
from hsc_geo.views.profile.paper import profile_brief
from hsc_geo.views.wording import area

MAP, PROFILE, COVERAGE, KENNISCAFE, POLICY_LAB = "map", "profile", "coverage", "kenniscafe", "policylab"
KINDS = (MAP, PROFILE, COVERAGE, KENNISCAFE, POLICY_LAB)
MEETINGS = (
    KENNISCAFE,
    POLICY_LAB,
)  # made on the page to print itself; the others belong to a page of their own
PAGE_OF = {MAP: "kaart", PROFILE: "wijkprofiel", COVERAGE: "dekking", KENNISCAFE: "stuk", POLICY_LAB: "stuk"}
ANY = ""


@lru_cache(maxsize=4)
def meeting_parameters(package: Package) -> tuple[Param, ...]:
    """The choices of a Kenniscafé pack and a Policy Lab brief: area, ambition, and the question as it was typed."""
    codes = area.areas_in_order(package)
    ambitions = package.vocabularies.loc[package.vocabularies["vocabulary"] == "ambition", "code"]
    return (
        Param("kind", KENNISCAFE, frozenset(KINDS)),
        Param("area", codes[0], frozenset(codes)),
        Param("amb", ANY, frozenset(map(str, ambitions))),
        Param("q", limit=LONGEST_QUESTION),
    )


def parameters(package: Package, kind: str) -> tuple[Param, ...]:
    """The parameters in the address of a kind of brief: those of the page that it belongs to."""
    if kind == MAP:
        return explorer_state.parameters(package)
    if kind == PROFILE:
        return choices_profile.parameters(package)
    if kind == COVERAGE:
        return choices.parameters(package)
    return meeting_parameters(package)


def document(n: Names, kind: str, state: PageState, link: str, today: dt.date) -> Document:
    """The brief of a kind for the choices in `state`, whose parameters are those of `parameters`."""
    if kind == MAP:
        return map_brief(n, explore(n.package, explorer_state.choice(state, n.today)), link, today)
    if kind == PROFILE:
        return _profile(n, state, link, today)
    if kind == COVERAGE:
        return _coverage(n, state, link, today)
    if kind == POLICY_LAB:
        return policy_lab(n, state["q"], state["area"], state["amb"], link, today)
    return kenniscafe(n, state["area"], state["amb"], link, today)


def _coverage(n: Names, state: PageState, link: str, today: dt.date) -> Document:
    choice = coverage_choice(n, state)
    chosen = part_blocks(n, state, tuple(counted(n.package, choice.basis)))
    return coverage_brief(n, choice, link, today, state["part"], chosen)


def _profile(n: Names, state: PageState, link: str, today: dt.date) -> Document:
    return profile_brief(n, choices_profile.choice(n.package, state), link, today)


def address_of(n: Names, values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The address of the choices as a paper carries it: with the language, and the day from which it counts."""
    kept = {key: list(parts) for key, parts in values.items() if key != "lang"}
    return {**kept, **{key: [text] for key, text in n.shared().items()}}
