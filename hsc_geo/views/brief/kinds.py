"""Which brief belongs to an address: the kind, the choices as the page of that kind writes them, and who makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from hsc_geo.analysis.explore import areas_in_order, usual_area
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kenniscafe import kenniscafe
from hsc_geo.views.brief.policy_lab import LONGEST_QUESTION, policy_lab
from hsc_geo.views.changes import choices as changes_choices
from hsc_geo.views.changes import paper as changes_paper
from hsc_geo.views.coverage import choices as coverage_choices
from hsc_geo.views.coverage.paper import document as coverage_paper
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, Param, read, write
from hsc_geo.views.map import choices as map_choices
from hsc_geo.views.map import paper as map_paper
from hsc_geo.views.paper.model import Document
from hsc_geo.views.partners import choices as partners_choices
from hsc_geo.views.partners import paper as partners_paper
from hsc_geo.views.profile import choices as profile_choices
from hsc_geo.views.profile import paper as profile_paper
from hsc_geo.views.research import choices as research_choices
from hsc_geo.views.research import paper as research_paper
from hsc_geo.views.start.paper import start_brief

START, MAP, PROFILE, COVERAGE, PARTNERS, RESEARCH, CHANGES, KENNISCAFE, POLICY_LAB = KINDS = (
    "start",
    "map",
    "profile",
    "coverage",
    "partners",
    "research",
    "changes",
    "kenniscafe",
    "policylab",
)
MEETINGS = (
    KENNISCAFE,
    POLICY_LAB,
)  # made on the page to print itself; the others belong to a page of their own
PAGE_OF = {
    START: "",
    MAP: "kaart",
    PROFILE: "wijkprofiel",
    COVERAGE: "dekking",
    PARTNERS: "partners",
    RESEARCH: "onderzoek",
    CHANGES: "veranderd",
    KENNISCAFE: "stuk",
    POLICY_LAB: "stuk",
}
ANY = ""
# Of a paper for a meeting: what the addresses of other pages have it as, what is chosen last first.
FROM_VIEW = {"area": ("sel", "district", "area"), "amb": ("amb", "ramb")}


@per_package(maxsize=1)
def meeting_parameters(package: Package) -> tuple[Param, ...]:
    """The choices of a Kenniscafé pack and a Policy Lab brief: area, ambition, and the question as it was typed."""
    codes = areas_in_order(package)
    ambitions = package.vocabularies.loc[package.vocabularies["vocabulary"] == "ambition", "code"]
    return (
        Param("kind", KENNISCAFE, frozenset(KINDS)),
        Param("area", usual_area(package), frozenset(codes)),
        Param("amb", ANY, frozenset(map(str, ambitions))),
        Param("q", limit=LONGEST_QUESTION),
    )


def parameters(package: Package, kind: str) -> tuple[Param, ...]:
    """The parameters in the address of a kind of brief: those of the page that it belongs to."""
    if kind == START:
        return ()
    if kind == MAP:
        return map_choices.parameters(package)
    if kind == PROFILE:
        return profile_choices.parameters(package)
    if kind == COVERAGE:
        return coverage_choices.parameters(package)
    if kind == PARTNERS:
        return partners_choices.parameters(package)
    if kind == RESEARCH:
        return research_choices.parameters(package)
    if kind == CHANGES:
        return changes_choices.parameters(package)
    return meeting_parameters(package)


def document(n: Names, kind: str, state: PageState, link: str) -> Document:
    """The brief of a kind for the choices in `state`, whose parameters are those of `parameters`."""
    return MAKERS[kind](n, state, link)


def meeting_choices(package: Package, kind: str, query: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """The area and the ambition of a view, from its address, as the address of a paper for a meeting has them: a view
    that a meeting is about stays so."""
    values, _ = read(query, parameters(package, kind))
    found: dict[str, list[str]] = {}
    for param in meeting_parameters(package):
        asked = [values.get(key, "") for key in FROM_VIEW.get(param.key, ())]
        codes = [code for each in asked for code in (each if isinstance(each, list) else [str(each)])]
        known = [code for code in codes if code in (param.options or ())]
        found |= {param.key: known[:1]} if known else {}
    return found


def asked_for(n: Names, kind: str, query: Mapping[str, Sequence[str]], site: str) -> Document:
    """The brief of a kind for the choices in an address of its page. site: the address of the site, '' for no link."""
    params = parameters(n.package, kind)
    values, _ = read(query, params)
    if kind in MEETINGS:
        values["kind"] = kind
    chosen = {**write(values, params), **{key: [text] for key, text in n.shared().items()}}
    link = f"{site}/{PAGE_OF[kind]}?{urlencode(chosen, doseq=True)}" if site else ""
    return document(n, kind, PageState("brief", params, {"state_brief": values}, {}), link)


def _kenniscafe(n: Names, state: PageState, link: str) -> Document:
    return kenniscafe(n, state["area"], state["amb"], link, n.today)


def _policy_lab(n: Names, state: PageState, link: str) -> Document:
    return policy_lab(n, state["q"], state["area"], state["amb"], link, n.today)


def _start(n: Names, state: PageState, link: str) -> Document:
    return start_brief(n, link)


MAKERS: dict[str, Callable[[Names, PageState, str], Document]] = {
    START: _start,
    MAP: map_paper.document,
    PROFILE: profile_paper.document,
    COVERAGE: coverage_paper.document,
    PARTNERS: partners_paper.document,
    RESEARCH: research_paper.document,
    CHANGES: changes_paper.document,
    KENNISCAFE: _kenniscafe,
    POLICY_LAB: _policy_lab,
}
