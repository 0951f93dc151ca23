"""What is chosen, in a few words a choice: what a chip says on the screen, and a paper under its title."""

from __future__ import annotations

from hsc_geo.analysis.access import ENHANCED
from hsc_geo.analysis.explore import default_indicator
from hsc_geo.analysis.guard import EFFECT
from hsc_geo.analysis.matrix import ACTIVE, EVERY, KNOWN
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.choices import (
    ACCESS,
    BEAR,
    BOTH,
    ELSEWHERE,
    HERE,
    INDEX,
    NEAR,
    NEED,
    NEXT,
    SHARE,
    CoverageChoice,
    Sharing,
)
from hsc_geo.views.coverage.choices import KNOWN as WHAT_IS_THERE
from hsc_geo.views.coverage.words.access import decimal
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.claims import choice_name
from hsc_geo.views.wording.counts import FRESHNESS, STATUS, TOTAL

# The choices of each part, in the order in which they stand.
AMBITION, FOR_WHOM, DISTANCE, LEVEL, BASIS, CELLS = "ambition", "whom", "distance", "level", "basis", "cells"
METHOD, SHOW, COMPOSED, PLACES, WHERE, LIKE = "method", "show", "composed", "places", "where", "like"
FIGURES, AREAS, YEARS, INITIATIVE = "figures", "areas", "years", "initiative"
LINES = {
    WHAT_IS_THERE: (LEVEL, BASIS, CELLS),
    NEAR: (FOR_WHOM, DISTANCE, BASIS, METHOD),
    NEED: (FOR_WHOM, DISTANCE, LEVEL, BASIS, SHOW, COMPOSED),
    NEXT: (FOR_WHOM, DISTANCE, PLACES, WHERE, BASIS, COMPOSED),
    ELSEWHERE: (AMBITION, LEVEL, LIKE, BASIS),
    BEAR: (FIGURES, AREAS, YEARS, INITIATIVE),
}


def line(choice: CoverageChoice) -> tuple[str, ...]:
    """The choices that the open part has."""
    keys = LINES[choice.part]
    effect = choice.part != BEAR or choice.claim.kind == EFFECT
    return keys if effect else tuple(key for key in keys if key != INITIATIVE)


def chosen_text(n: Names, choice: CoverageChoice, key: str) -> str:
    """What holds of a choice."""
    return _texts(n, choice)[key]


def told(n: Names, choice: CoverageChoice) -> str:
    """All that holds in the open part, for a paper."""
    texts = _texts(n, choice)
    return " · ".join(texts[key] for key in line(choice))


def _texts(n: Names, choice: CoverageChoice) -> dict[str, str]:
    return {**_of_whom(n, choice), **_of_view(n, choice), **_of_change(n, choice), **_of_claim(n, choice)}


def _of_whom(n: Names, choice: CoverageChoice) -> dict[str, str]:
    w = n.w
    ambition = n.term("ambition", choice.ambition) if choice.ambition else w.t("all ambitions")
    stage = [n.term("life_stage", choice.life_stage)] if choice.life_stage else []
    return {
        AMBITION: ambition,
        FOR_WHOM: ", ".join([ambition, *stage]),
        DISTANCE: w.t("{n} m", n=w.number(choice.distance)),
        LEVEL: w.t("by district") if choice.level == DISTRICT else w.t("by neighbourhood"),
        BASIS: basis_text(n, choice),
    }


def basis_text(n: Names, choice: CoverageChoice) -> str:
    """`as known`, or `confirmed within 12 months, ended ones too`: which initiatives count."""
    w, basis = n.w, choice.basis
    confirmed = w.t("confirmed within {n} months", n=basis.within) if basis.within else w.t("as known")
    count = {KNOWN: "", ACTIVE: w.t("active ones only"), EVERY: w.t("ended ones too")}[basis.count]
    return ", ".join(part for part in (confirmed, count) if part)


def _of_view(n: Names, choice: CoverageChoice) -> dict[str, str]:
    w = n.w
    cells = {TOTAL: w.t("numbers"), STATUS: w.t("by status"), FRESHNESS: w.t("by newest evidence")}
    nearer = w.t("nearer counts more") if choice.sharing.method == ENHANCED else w.t("near or not")
    level = "" if choice.level == DISTRICT else w.t("by neighbourhood")
    factor = choice.sharing.factor
    size = "" if factor == Sharing().factor else w.t("unknown size ×{factor}", factor=decimal(w, factor))
    return {
        CELLS: ", ".join([cells[choice.split], *([w.t("city-wide beside it")] if choice.beside else [])]),
        METHOD: ", ".join(part for part in (nearer, level, size) if part),
        SHOW: w.t("map: {what}", what=_shown(n)[choice.show]),
    }


def _shown(n: Names) -> dict[str, str]:
    w = n.w
    return {
        BOTH: w.t("need and help"),
        INDEX: w.t("need only"),
        HERE: w.t("number known"),
        SHARE: w.t("residents reached"),
        ACCESS: w.t("help per resident"),
    }


def _of_change(n: Names, choice: CoverageChoice) -> dict[str, str]:
    w = n.w
    return {
        COMPOSED: w.tn("need: {n} figure", "need: {n} figures", len(choice.ingredients)),
        PLACES: w.tn("{n} new place", "{n} new places", choice.places),
        WHERE: w.t("in the focus districts only") if choice.focus else w.t("anywhere in the city"),
        LIKE: n.initiative(choice.like) if choice.like else w.t("all initiatives"),
    }


def _of_claim(n: Names, choice: CoverageChoice) -> dict[str, str]:
    w, claim = n.w, choice.claim
    areas = ", ".join(map(n.area, claim.area_codes))
    years = ", ".join(map(str, claim.years))
    keys = claim.indicator_ids or (default_indicator(n.package),)
    return {
        FIGURES: ", ".join(choice_name(n, "fig", key) for key in keys),
        AREAS: areas or w.t("areas in general"),
        YEARS: years or w.t("all years"),
        INITIATIVE: n.initiative(claim.initiative_id) if claim.initiative_id else w.t("an initiative"),
    }
