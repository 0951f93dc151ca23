"""Facets of initiatives in words."""

import re
from collections.abc import Mapping

from hsc_geo.analysis.crosstab import VOCABULARIES, YEARS
from hsc_geo.analysis.facets import NONE
from hsc_geo.views.kit.names import Names

PARAMETERS = {  # facet -> how it stands in the address of a page that filters by it
    "ambition": "amb",
    "theme": "theme",
    "life_stage": "life",
    "sector": "sector",
    "activity": "act",
    "status": "status",
    "year": "evyear",
    "evidence": "evidence",
    "ladder": "ladder",
    "district": "district",
}


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
        "start_year": w.t("First year"),
    }[facet]


def facet_name(n: Names, facet: str, code: str) -> str:
    """The name of an option of a facet."""
    if code == NONE:
        return n.w.t("not known")
    if facet == "district":
        return n.area(code) if code in n.package.areas.index else n.term("precision", code)
    return code if facet in YEARS else n.term(VOCABULARIES[facet], code)


def counted_name(n: Names, name: str, count: int) -> str:
    """An option with how many initiatives have it."""
    return f"{name} ({n.w.number(count)})"


def facet_options(n: Names, facet: str, available: Mapping[str, int]) -> dict[str, str]:
    """The options of a facet in their order, each with how many initiatives have it."""
    codes = facet_order(n, facet, list(available))
    return {code: counted_name(n, facet_name(n, facet, code), available[code]) for code in codes}


_BESIDE_THE_POINT = re.compile(r"^(?:een|a) | (?:met|with) .*$", re.IGNORECASE)


def ambition_short(n: Names, code: str) -> str:
    """An ambition where there is little room: without its article, and without who works together."""
    text = _BESIDE_THE_POINT.sub("", facet_name(n, "ambition", code))
    return text[:1].upper() + text[1:]


def facet_order(n: Names, facet: str, codes: list[str]) -> list[str]:
    """Options in the order of their vocabulary; years newest first; themes by name; unknown last."""
    if facet in YEARS:
        ordered = sorted((c for c in codes if c != NONE), reverse=True)
    elif facet == "theme":
        ordered = sorted((c for c in codes if c != NONE), key=lambda c: n.term("theme", c).casefold())
    elif facet == "district":
        ordered = sorted((c for c in codes if c in n.package.areas.index), key=str)
        ordered += [c for c in ("city", "region", "unknown") if c in codes]
    else:
        known = n.codes(VOCABULARIES[facet])
        ordered = [c for c in known if c in codes] + [c for c in codes if c not in known and c != NONE]
    return ordered + [c for c in codes if c == NONE]
