"""The words of the one counting rule (`hsc_geo.analysis.counting`): what counts, for whom and as of when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hsc_geo.analysis.counting import Count, own_word
from hsc_geo.analysis.explore import View, districts_of
from hsc_geo.analysis.facets import STATUS
from hsc_geo.analysis.matrix import ACTIVE, EVERY, KNOWN, Basis
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.views.kit.names import Names


def label(n: Names, basis: Basis | None = None, what: str = "") -> str:
    """`known, not ended; as of 29 November 2026`: which initiatives count; `what` in place of what a basis says of
    their status."""
    w, chosen = n.w, basis or Basis()
    kinds = {
        KNOWN: w.t("known, not ended"),
        ACTIVE: w.t("active when last seen"),
        EVERY: w.t("known, ended ones too"),
    }
    said, day = what or kinds[chosen.count], w.date(n.today)
    if chosen.within is None:
        return w.t("{what}; as of {date}", what=said, date=day)
    return w.t(
        "{what}; confirmed in the {n} months up to {date}", what=said, n=w.number(chosen.within), date=day
    )


def view_label(n: Names, view: View) -> str:
    """The same for a view of the map."""
    status = n.w.t("known, with the status that you chose") if view.choice.facets.get(STATUS) else ""
    return label(n, Basis(EVERY if view.choice.ended else KNOWN), status)


def number(n: Names, count: int) -> str:
    """A number of initiatives, never a bare zero."""
    return n.w.number(count) if count else n.w.t("none known")


def wide_text(n: Names, count: Count) -> str:
    """The second number: what is there for the whole city and for the region."""
    return n.w.t(
        "for the whole city: {city}; for the region: {region}",
        city=number(n, len(count.city)),
        region=number(n, len(count.region)),
    )


def parts(n: Names, count: Count, areas: Sequence[str]) -> list[str]:
    """The groups of a count for one or more areas of one level, each with its number: own, shared, around, city and
    region; shared and around only where there are any."""
    w = n.w
    names = ", ".join(map(n.area, areas))
    fine = n.package.areas.at[areas[0], "level"] == NEIGHBOURHOOD
    shared = w.t("shared with other districts: {n}", n=w.number(len(count.shared))) if count.shared else ""
    around = w.t("known to its district as a whole: {n}", n=w.number(len(count.around))) if fine else ""
    unknown = w.t("area not known: {n}", n=w.number(len(count.unknown))) if count.unknown else ""
    own = w.t("{areas} itself: {n}", areas=names, n=number(n, len(count.own)))
    found = (own, shared, around, wide_text(n, count), unknown, own_word_text(n, count.everyone))
    return [part for part in found if part]


def own_word_text(n: Names, ids: Iterable[str]) -> str:
    """How many of these initiatives rest on the word of the organisation itself; "" where none does."""
    told = len(own_word(n.package, ids))
    return n.w.t("told by the organisation itself: {n}", n=n.w.number(told)) if told else ""


def view_parts(n: Names, view: View) -> list[str]:
    """Who fits the choices of the map: `parts` for the districts that are chosen, or for the municipality."""
    w, here, districts = n.w, view.here, districts_of(view.choice)
    if districts:
        return parts(n, here, districts)
    return [
        w.t("for a district or neighbourhood: {n}", n=number(n, here.number)),
        wide_text(n, here),
        w.t("area not known: {n}", n=number(n, len(here.unknown))),
    ]


def sentence(n: Names, count: Count, area: str, said: str = "") -> str:
    """The one number of an area with its label (`said` for another than that of what is known), and beside it what is
    there for more than this area."""
    w, named = n.w, {"area": n.area(area), "label": said or label(n)}
    none = w.t("{area}: no initiative known ({label}).", **named)
    some = w.tn(
        "{area}: {n} initiative ({label}).", "{area}: {n} initiatives ({label}).", count.number, **named
    )
    return f"{some if count.number else none} {beside_text(n, count)}"


def beside_text(n: Names, count: Count) -> str:
    """What stands beside the one number of an area: how many of these it shares, and what is there for more than it."""
    w = n.w
    shared = w.tn(
        "{n} of them serves other districts too.",
        "{n} of them serve other districts too.",
        len(count.shared),
    )
    around = w.tn(
        "{n} more is known to its district as a whole.",
        "{n} more are known to its district as a whole.",
        len(count.around),
    )
    beside = w.t("Beside it, {wide}.", wide=wide_text(n, count))
    own = len(own_word(n.package, count.everyone))
    by_itself = w.tn(
        "{n} of all these is told by the organisation itself only.",
        "{n} of all these are told by the organisation itself only.",
        own,
    )
    told = (
        shared if count.shared else "",
        around if count.around else "",
        beside,
        by_itself if own else "",
    )
    return " ".join(filter(None, told))
