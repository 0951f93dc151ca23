"""What the box of the page finds: places and topics of the register first, addresses where that is not sure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.near import BUSY, FOUND, MOST_LETTERS, OFF, UNREACHABLE, LookUp
from hsc_geo.analysis.search import PART, Found, search
from hsc_geo.analysis.search_index import (
    AREA,
    INITIATIVE,
    ORGANISATION,
    PLACE,
    POSTCODE,
    STREET,
    WAYS,
    numbers_of,
)
from hsc_geo.domain.areas import level_of
from hsc_geo.views.kit import links
from hsc_geo.views.kit.names import Names, plain
from hsc_geo.views.maps.points import point_text
from hsc_geo.views.partners.choices import FACET_KEYS, STARTS
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.facets import facet_title

Values = Mapping[str, str | list[str]]
MOST = 6  # offers


@dataclass(frozen=True)
class Offer:
    """Something that the text may mean. name: as it is offered; short: as a sentence names it; values: what becomes of
    the choices of the page when it is taken."""

    name: str
    short: str
    values: Values

    @property
    def starts(self) -> bool:
        """Whether near is counted from it."""
        return any(key in self.values for key in STARTS)


@dataclass(frozen=True)
class Finding:
    """What was found by a text. sure: the first offer is what was meant. service: what became of asking for addresses,
    FOUND where nobody had to be asked."""

    text: str
    offers: tuple[Offer, ...]
    sure: bool
    service: str = FOUND


def find(n: Names, text: str, look_up: LookUp) -> Finding:
    """Places and topics of the register; and addresses, for which the service is asked only where no name of the
    register is what was typed. Without an answer of the service the best name of the register is taken."""
    hits = [(hit, offer) for hit in search(n.package, text, n.w.code) if (offer := offer_of(n, hit))]
    own = [offer for _, offer in hits]
    together = _together(hits)
    if together:
        return Finding(text, (together, *own)[:MOST], sure=True)
    fits = bool(hits) and hits[0][0].why in WAYS
    if fits and numbers_of(text) <= numbers_of(hits[0][0].by):
        return Finding(text, tuple(own[:MOST]), sure=True)
    answer = look_up(n.package, text[:MOST_LETTERS])
    found = [Offer(option.name, option.name, {"at": point_text(option.at)}) for option in answer.options]
    return Finding(text, (*found, *own)[:MOST], sure=fits and not found, service=answer.state)


def offer_of(n: Names, hit: Found) -> Offer | None:
    """A result of the search as a choice of this page; None for what is none here."""
    thing, name = hit.thing, plain(hit.label)
    if thing.kind in FACET_KEYS:
        return Offer(f"{facet_title(n, thing.kind)}: {name}", name, {FACET_KEYS[thing.kind]: [thing.code]})
    if thing.kind == AREA and level_of(thing.code) in LEVELS:
        return Offer(area_label(n, thing.code), name, {"place": thing.code})
    if thing.kind == INITIATIVE:
        return Offer(n.w.t("{name} (initiative)", name=name), name, {"own": thing.code})
    if thing.kind == ORGANISATION:
        text = n.w.t("{name} (organisation)", name=name)
        return Offer(text, name, {"part": links.ORGANISATION, "org": thing.code})
    if thing.kind not in (PLACE, STREET, POSTCODE):
        return None
    detail = f"{name} ({plain(thing.detail)})" if thing.detail else name
    if thing.at:
        return Offer(detail, name, {"at": point_text(thing.at)})
    if thing.area and level_of(thing.area) in LEVELS:
        return Offer(
            n.w.t("{name}, in {area}", name=detail, area=n.area(thing.area)), name, {"place": thing.area}
        )
    return None


def _together(hits: list[tuple[Found, Offer]]) -> Offer | None:
    """Where each word means something for itself (`ouderen driftstraat`): what each means first, as one offer; None
    where they are not two."""
    parts: dict[str, Offer] = {}
    for hit, offer in hits:
        if hit.why == PART and (offer.starts or hit.thing.kind in FACET_KEYS):
            parts.setdefault(hit.by, offer)
    if len(parts) < 2:
        return None
    some = list(parts.values())
    values = {key: value for offer in some for key, value in offer.values.items()}
    start = next((offer.short for offer in some if offer.starts), "")
    return Offer(" · ".join(offer.short for offer in some), start, values)


def service_text(n: Names, state: str) -> str:
    """Why no addresses are found, and what works all the same; '' where they are."""
    w = n.w
    return {
        OFF: w.t(
            "Addresses are not looked up on this site; neighbourhoods, places of the register and the map work."
        ),
        UNREACHABLE: w.t(
            "The address service cannot be reached just now; neighbourhoods, places of the register and the map work."
        ),
        BUSY: w.t(
            "Too many addresses were looked up in this minute; try again in a minute. Neighbourhoods, places of the "
            "register and the map work."
        ),
    }.get(state, "")


def nothing_text(n: Names, state: str) -> str:
    """That nothing is found by a name, and what to try: a street only where streets can be found."""
    if state in (OFF, UNREACHABLE, BUSY):
        return n.w.t("No place or neighbourhood of the register has this name.")
    return n.w.t("No place is found by this name; try a street or a neighbourhood.")
