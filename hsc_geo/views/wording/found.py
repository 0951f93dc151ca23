"""What the one search found, in words."""

from __future__ import annotations

from hsc_geo.analysis.search import ALIKE, Found
from hsc_geo.analysis.search_index import (
    ADDRESS,
    AREA,
    FIGURE,
    INITIATIVE,
    ORGANISATION,
    PAGE,
    POSTCODE,
    STREET,
    TOPIC_KINDS,
)
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.facets import facet_title


def group_name(n: Names, kind: str) -> str:
    """What the results of a kind stand under."""
    w = n.w
    if kind in TOPIC_KINDS:
        return w.t("Topics")
    names = {
        AREA: w.t("Districts and neighbourhoods"),
        INITIATIVE: w.t("Initiatives"),
        ORGANISATION: w.t("Organisations"),
        FIGURE: w.t("Figures"),
        PAGE: w.t("Pages"),
    }
    return names.get(kind, w.t("Near"))


def found_name(n: Names, found: Found) -> str:
    """A result by its name."""
    thing = found.thing
    municipality = thing.kind == AREA and n.package.areas.at[thing.code, "level"] == "municipality"
    if municipality:
        return n.w.t("{area} (the whole city)", area=n.area(thing.code))
    if thing.kind == AREA:
        return area_label(n, thing.code)
    return page_names(n.w).get(thing.code, found.label) if thing.kind == PAGE else plain(found.label)


def page_names(w: Words) -> dict[str, str]:
    """Path of a page that the search finds -> what the navigation calls it."""
    return {
        "": w.t("Start"),
        "kaart": w.t("Map"),
        "dekking": w.t("Coverage"),
        "wijkprofiel": w.t("District profile"),
        "partners": w.t("Partners"),
        "onderzoek": w.t("Research"),
        "veranderd": w.t("What changed"),
        "aanmelden": w.t("Propose"),
        "data": w.t("Data and method"),
    }


def found_detail(n: Names, found: Found) -> str:
    """What a result is, and by which other word it was found."""
    return " · ".join(filter(None, (_what(n, found), _by(n, found))))


def _what(n: Names, found: Found) -> str:
    w, thing = n.w, found.thing
    if thing.kind in TOPIC_KINDS:
        return facet_title(n, thing.kind)
    if thing.kind == INITIATIVE:
        return ", ".join([plain(thing.detail), *([w.t("ended")] if thing.ended else [])])
    if thing.kind in (STREET, POSTCODE):
        return w.t("street") if thing.kind == STREET else w.t("postcode")
    return plain(thing.detail)


def _by(n: Names, found: Found) -> str:
    if found.why == ALIKE:
        return n.w.t("looks like it")
    known = found.label.casefold(), found.thing.detail.casefold()
    if found.why == ADDRESS or found.by.casefold() in known or found.thing.kind == PAGE:
        return ""
    return n.w.t("by “{word}”", word=plain(found.by)) if found.by.casefold() not in known[0] else ""


def count_text(n: Names, text: str, count: int) -> str:
    """How much was found, as it is read aloud."""
    if not count:
        return n.w.t("Nothing is found for “{asked}”.", asked=text)
    return n.w.tn("{n} result", "{n} results", count)


def in_texts(n: Names, text: str, count: int) -> str:
    """The way on where no name fits: the filter of the map on words."""
    if not count:
        return n.w.t("Look at all initiatives on the map")
    return n.w.tn(
        "“{asked}” stands in the text of {n} initiative",
        "“{asked}” stands in the text of {n} initiatives",
        count,
        asked=text,
    )
