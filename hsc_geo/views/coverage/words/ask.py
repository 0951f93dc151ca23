"""What is not known, and whom to ask, in words."""

from collections.abc import Sequence

from hsc_geo.analysis.asking import (
    ASKED,
    NO_AREA,
    NO_FIGURE,
    NO_PLACE,
    NONE_KNOWN,
    NOT_CONFIRMED,
    WHOLE_CITY,
    Ask,
)
from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.gaps import MONTHS
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.asked import absent_text

NAMED = 4  # organisations or initiatives; of the others the number


def answer_lead(n: Names) -> str:
    """That what is missing is the answer."""
    return n.w.t("No gap can be called. This is what would have to be known first, district by district.")


def ask_table(n: Names, asks: Sequence[Ask]) -> Listing:
    """What is missing, district by district, and who may know."""
    return Listing(n.w.t("What is not known yet, and whom to ask"), ask_columns(n), ask_rows(n, asks))


def ask_columns(n: Names) -> list[Column]:
    """Columns that go with `ask_rows`."""
    w = n.w
    return [
        Column("area", w.t("District"), sortable=False),
        Column("what", w.t("What is not known"), sortable=False, wordy=True),
        Column("whom", w.t("Whom to ask"), sortable=False, wordy=True),
    ]


def ask_rows(n: Names, asks: Sequence[Ask]) -> list[Row]:
    """A row for each thing that is missing, of focus districts first."""
    places = focus_first(n.package, dict.fromkeys(each.area_code for each in asks))
    ordered = sorted(asks, key=lambda each: places.index(each.area_code))
    return [Row("", [place_name(n, each), what(n, each), whom(n, each)], {}) for each in ordered]


def place_name(n: Names, each: Ask) -> str:
    """The district, or the city as a whole."""
    if each.area_code == municipality_code(n.package):
        return n.w.t("{city} as a whole", city=n.area(each.area_code))
    return row_name(n, each.area_code, DISTRICT)


def what(n: Names, each: Ask) -> str:
    """What is not known, with the initiatives that it is about."""
    w, count = n.w, len(each.initiatives)
    about = _some(n, [n.initiative(key) for key in each.initiatives])
    if each.kind == NONE_KNOWN:
        return w.t("Whether there is any: none is known here, and nobody asked lately.")
    if each.asked is not None:
        return absent_text(n, each.asked, each.area_code)
    if each.kind == NO_FIGURE:
        figures, areas = "; ".join(map(n.indicator, each.figures)), ", ".join(map(n.area, each.areas))
        return w.t("The figures of {areas}: {figures}.", areas=areas, figures=figures)
    return {
        NO_PLACE: w.tn("The place of {n}: {about}", "The places of {n}: {about}", count, about=about),
        NOT_CONFIRMED: w.tn(
            "Whether {n} still runs, last seen over {months} months ago or undated: {about}",
            "Whether {n} still run, last seen over {months} months ago or undated: {about}",
            count,
            months=MONTHS,
            about=about,
        ),
        WHOLE_CITY: w.tn(
            "Which districts {n} for the whole city or region reaches: {about}",
            "Which districts {n} for the whole city or region reach: {about}",
            count,
            about=about,
        ),
        NO_AREA: w.tn(
            "For which area {n} works: {about}", "For which area {n} work: {about}", count, about=about
        ),
    }[each.kind]


def whom(n: Names, each: Ask) -> str:
    """The organisations that may know."""
    w, names = n.w, _some(n, each.organisations)
    if not names:
        return w.t("no organisation known here; ask those that work for the whole city")
    if each.kind in (NONE_KNOWN, ASKED):
        return w.t("who is active here with something else: {names}", names=names)
    return names


def _some(n: Names, names: Sequence[str]) -> str:
    """The first NAMED, and how many more."""
    more = len(names) - NAMED
    first = ", ".join(names[:NAMED])
    return first if more <= 0 else n.w.t("{names} and {n} more", names=first, n=n.w.number(more))
