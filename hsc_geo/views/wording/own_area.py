"""Own areas in words: of what each is made, how its figures came about, and what it cannot say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from urllib.parse import urlencode

from markupsafe import Markup

from hsc_geo.analysis.figures import Figure
from hsc_geo.analysis.own_area import MEAN, Made, OwnArea, made, own_area, own_areas
from hsc_geo.analysis.own_areas import (
    ALL,
    DOUBLE,
    FEW,
    FEWEST,
    LONG_NAME,
    LONGEST_NAME,
    MANY,
    MOST,
    NAME_TAKEN,
    NO_NAME,
    UNKNOWN,
)
from hsc_geo.analysis.own_figures import ADULTS, ENOUGH, HOMES, LAND, OLDER, RESIDENTS, YOUNGER
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words

PAGE, PART = "onderzoek", "own"  # where they are made: the page, and its part


def made_of(n: Names, area: OwnArea) -> str:
    """The names of its neighbourhoods."""
    return ", ".join(map(n.area, area.neighbourhoods))


def definition(n: Names, area: OwnArea) -> str:
    """Of what it is made, by whom, and that it is not official."""
    return n.w.t(
        "{area}: put together by a visitor from {n} neighbourhoods: {names}. It is no official area, and its figures "
        "are computed by us.",
        area=area.name,
        n=n.w.number(len(area.neighbourhoods)),
        names=made_of(n, area),
    )


def definitions(n: Names, codes: Iterable[str]) -> list[str]:
    """The same of those of the areas that are own areas."""
    found = (own_area(n.package, code) for code in codes)
    return [definition(n, area) for area in found if area]


def kind_text(n: Names, figures: Iterable[Figure]) -> str:
    """The kind of the figures of one row; of own areas that we computed theirs."""
    every = list(figures)
    kind = n.kind(every[0].indicator_id)
    own = any(own_area(n.package, each.area_code) for each in every)
    return n.w.t("{kind}; of an own area computed by us", kind=kind) if own else kind


def made_head(n: Names) -> str:
    """The heading of how figures of own areas came about."""
    return n.w.t("How the figures of own areas are computed")


def make_link(n: Names) -> Markup:
    """The way to where own areas are made."""
    address = urlencode({"part": PART, **n.kept()})
    return markup('<p><a href="{}?{}">{}</a></p>', PAGE, address, n.w.t("Combine neighbourhoods yourself"))


def weights_name(n: Names, weights: str) -> str:
    """Whose number counts in a mean."""
    w = n.w
    return {
        ADULTS: w.t("adults"),
        YOUNGER: w.t("residents from 18 to 64"),
        OLDER: w.t("residents of 65 and over"),
        RESIDENTS: w.t("residents"),
        HOMES: w.t("households"),
        LAND: w.t("hectares of land"),
    }[weights]


def method_texts(n: Names, figures: Sequence[Figure]) -> list[str]:
    """How the figures of own areas among these came about and what they lack; none without own areas."""
    w = n.w
    told = [(each, how) for each in figures if (how := _made(n, each)) and each.value is not None]
    if not any(own_area(n.package, each.area_code) for each in figures):
        return []
    counted = sorted(
        {(weights_name(n, how.weights), how.weights_year or 0) for _, how in told if how.weights}
    )
    by = ", ".join(w.t("{what} ({year})", what=what, year=year) for what, year in counted)
    texts = [
        w.t(
            "A percentage or average of an own area is the mean of its neighbourhoods, weighted by {what}. There is "
            "none where less than {n}% of them are in neighbourhoods with a figure. No interval can be given.",
            what=by or weights_name(n, RESIDENTS),
            n=w.number(100 * ENOUGH),
        ),
        w.t(
            "It is an estimate. Made in this way, estimates by a model for the districts of 2024 differ by less than 1 "
            "percentage point from the published ones. Figures of homes differ more."
        ),
    ]
    return [*texts, *_gaps(n, told)]


def _made(n: Names, found: Figure) -> Made | None:
    return made(n.package, found.area_code, found.indicator_id, found.year, found.age_group)


def _gaps(n: Names, told: Iterable[tuple[Figure, Made]]) -> list[str]:
    """Which figures are of less than all neighbourhoods."""
    w = n.w
    lines = [
        w.t(
            "{figure} of {area}: without {names}; {n}% of those whom it is about are counted.",
            figure=n.indicator(each.indicator_id),
            area=n.area(each.area_code),
            names=", ".join(map(n.area, how.missing)),
            n=w.number(100 * how.covered),
        )
        for each, how in told
        if how.how == MEAN and how.missing and how.covered is not None
    ]
    return list(dict.fromkeys(lines))


def without_text(n: Names) -> str:
    """That a part of a page has no row for the own areas there are; '' without any."""
    names = ", ".join(each.name for each in own_areas(n.package))
    if not names:
        return ""
    return n.w.t("This part is computed by district or neighbourhood only, so not for {areas}.", areas=names)


def fault_text(w: Words, wrong: str) -> str:
    """Why an own area cannot be, and how to mend it."""
    return {
        NO_NAME: w.t("Give it a name."),
        LONG_NAME: w.t("Make the name shorter: at most {n} letters.", n=LONGEST_NAME),
        NAME_TAKEN: w.t("Choose another name: an area of that name is there already."),
        UNKNOWN: w.t("One of its neighbourhoods is not known here."),
        FEW: w.t("Choose at least {n} neighbourhoods.", n=FEWEST),
        ALL: w.t("These are all neighbourhoods of the city: look at the city itself."),
        DOUBLE: w.t("There is one of these neighbourhoods already."),
        MANY: w.t("There is room for {n} own areas. Take one away first.", n=MOST),
    }[wrong]
