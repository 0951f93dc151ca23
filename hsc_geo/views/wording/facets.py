"""Facets of initiatives in words."""

import re

from hsc_geo.analysis.facets import NONE
from hsc_geo.views.kit.names import Names


def facet_title(n: Names, facet: str) -> str:
    """The name of a facet."""
    w = n.w
    return {
        "ambition": w.t("Ambition"),
        "theme": w.t("Theme"),
        "life_stage": w.t("Life stage"),
        "sector": w.t("Sector"),
        "activity": w.t("Kind of activity"),
        "status": w.t("Status"),
        "year": w.t("Year last seen"),
        "evidence": w.t("Evidence"),
        "ladder": w.t("How far it has come"),
        "district": w.t("District served"),
    }[facet]


def facet_name(n: Names, facet: str, code: str) -> str:
    """The name of an option of a facet."""
    if code == NONE:
        return n.w.t("not known")
    if facet == "district":
        return n.area(code) if code in n.package.areas.index else n.term("precision", code)
    vocabulary = {"life_stage": "life_stage", "activity": "activity_group", "evidence": "evidence_level"}
    return code if facet == "year" else n.term(vocabulary.get(facet, facet), code)


_BESIDE_THE_POINT = re.compile(r"^(?:een|a) | (?:met|with) .*$", re.IGNORECASE)


def ambition_short(n: Names, code: str) -> str:
    """An ambition where there is little room: without its article, and without who works together."""
    text = _BESIDE_THE_POINT.sub("", facet_name(n, "ambition", code))
    return text[:1].upper() + text[1:]


def facet_order(n: Names, facet: str, codes: list[str]) -> list[str]:
    """Options in the order of their vocabulary; years newest first; themes by name; unknown last."""
    if facet == "year":
        ordered = sorted((c for c in codes if c != NONE), reverse=True)
    elif facet == "theme":
        ordered = sorted((c for c in codes if c != NONE), key=lambda c: n.term("theme", c).casefold())
    elif facet == "district":
        ordered = sorted((c for c in codes if c in n.package.areas.index), key=str)
        ordered += [c for c in ("city", "region", "unknown") if c in codes]
    else:
        vocabulary = {"life_stage": "life_stage", "activity": "activity_group", "evidence": "evidence_level"}
        known = n.codes(vocabulary.get(facet, facet))
        ordered = [c for c in known if c in codes] + [c for c in codes if c not in known and c != NONE]
    return ordered + [c for c in codes if c == NONE]
