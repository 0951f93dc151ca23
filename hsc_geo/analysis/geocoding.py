"""Points by address: which places lack one, and what an answer of the address service is worth for each.

The service gives the best that it has, not what was asked: for a house that is not there its street, for a street
that is not there another one. So an answer is held against the address as it was asked (street, number, postcode), and
where it lies against the district that the register states. Nothing is taken here: a steward decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from hsc_geo.analysis.near import areas_at, to_rd
from hsc_geo.analysis.search_index import words_of
from hsc_geo.data.load import Package
from hsc_geo.data.place_join import name_key
from hsc_geo.domain.areas import district_of
from hsc_geo.register.joining import gazetteer
from hsc_geo.register.points import PlacedPoint
from hsc_geo.sources.extracts import split_many
from hsc_geo.sources.locatieserver import ADDRESS, POSTCODE, SOURCE, STREET, Hit

FOUND, CONFLICT, UNSURE, OUTSIDE, NOT_FOUND, NO_ADDRESS, NOT_ASKED = STATES = (
    "found",
    "conflict",
    "unsure",
    "outside",
    "not_found",
    "no_address",
    "not_asked",
)
VENUE, INITIATIVE = "venue", "initiative"

# What a steward should know of an answer, in the order in which it is told.
OTHER_NAME, SEVERAL, NO_NUMBER, OTHER_ADDITION, MIDDLE, OTHER_POSTCODE, OTHER_AREA = REMARKS = (
    "other_name",
    "several",
    "no_number",
    "other_addition",
    "middle",
    "other_postcode",
    "other_area",
)
_DOUBTFUL = {OTHER_NAME, SEVERAL, OTHER_POSTCODE}

_POSTCODE = re.compile(r"\b([1-9]\d{3})\s?([A-Za-z]{2})\b")
_HOUSE = re.compile(r"(.*?\S)\s+(\d+)\s*(.*)")


@dataclass(frozen=True)
class Lacking:
    """A place of the register without a point. entity: VENUE or INITIATIVE; key: the name of the venue or the id of the
    initiative; number: of the place, 0 for a venue. address: "" where none is known. stated: the districts and
    neighbourhoods that the register states, by name."""

    entity: str
    key: str
    number: int
    name: str
    address: str
    stated: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """The answer that fits an address best. precision: address or street, as the register has it. remarks: of
    REMARKS."""

    hit: Hit
    precision: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Judged:
    """What is found for a place. state: of STATES. neighbourhood, district: in which the point lies by our boundaries,
    "" outside the municipality. stated: the districts (codes) that the register states."""

    state: str
    match: Match | None = None
    neighbourhood: str = ""
    district: str = ""
    stated: tuple[str, ...] = ()


def lacking(package: Package) -> tuple[Lacking, ...]:
    """Every venue, and every place of an initiative, without a point; with and without an address."""
    return (*_venues(package), *_places(package))


def _venues(package: Package) -> Iterator[Lacking]:
    rows = _without_point(package.venues)
    for venue, address, district in zip(
        rows["venue"], _text(rows, "address"), _text(rows, "district_official"), strict=True
    ):
        yield Lacking(VENUE, str(venue), 0, str(venue), address, tuple(split_many(district)))


def _places(package: Package) -> Iterator[Lacking]:
    """Of a place without an address that is known by the name of a venue, the address of that."""
    rows = _without_point(package.initiative_places)
    known = dict(
        zip(map(name_key, map(str, package.venues["venue"])), _text(package.venues, "address"), strict=True)
    )
    stated = _stated(package)
    cells = ("initiative_id", "place_number", "venue", "address")
    for key, number, venue, address in zip(*(_text(rows, name) for name in cells), strict=True):
        found = address or known.get(name_key(venue), "")
        yield Lacking(INITIATIVE, key, int(float(number)), venue, found, stated.get(key, ()))


def stated_of(package: Package, initiative_id: str) -> tuple[str, ...]:
    """The names of districts and neighbourhoods in the words of the source of an initiative; none of one that is not
    there."""
    return _stated(package).get(initiative_id, ())


def _without_point(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["latitude"].isna() | rows["longitude"].isna()]


def _text(rows: pd.DataFrame, column: str) -> list[str]:
    return [str(value) for value in rows[column].fillna("")]


def _stated(package: Package) -> dict[str, tuple[str, ...]]:
    """Initiative -> the names of districts and neighbourhoods in the words of its source."""
    rows = package.initiatives
    names = zip(*(_text(rows, f"{each}_as_stated") for each in ("district", "neighbourhood")), strict=True)
    return {
        str(key): tuple(name for text in texts for name in split_many(text))
        for key, texts in zip(rows.index, names, strict=True)
    }


# What fits


@dataclass(frozen=True)
class _Asked:
    """An address in its parts. street: its words, folded. number: of the house, with what follows it."""

    street: tuple[str, ...]
    number: str
    postcode: str


def _asked(address: str) -> _Asked:
    found = _POSTCODE.search(address)
    head = (address[: found.start()] if found else address).split(",")[0].strip()
    house = _HOUSE.fullmatch(head)
    street, number = (house[1], house[2] + house[3]) if house else (head, "")
    return _Asked(words_of(street), number, (found[1] + found[2]).upper() if found else "")


def best(address: str, hits: Sequence[Hit]) -> Match | None:
    """The hit that fits the address, held against its street, number and postcode; None without any hit.

    >>> ten = Hit("Laan 10, 2300AA Stad", "adres", 52.1, 4.4, street="Laan", number="10", postcode="2300AA")
    >>> best("laan 10", [ten]).precision
    'address'
    >>> best("Laan 12", [replace(ten, kind="weg", number="")])
    Match(hit=Hit(...), precision='street', remarks=('no_number',))
    """
    if not hits:
        return None
    asked = _asked(address)
    same = [hit for hit in hits if words_of(hit.street or hit.name.split(",")[0]) == asked.street]
    found = _house(asked, same) if asked.number else _street(asked, same)
    found = found or _street(asked, same, NO_NUMBER) or _by_postcode(asked, hits)
    if found is None:
        return Match(hits[0], "street", (OTHER_NAME,))
    return _held_to_postcode(asked, found)


def _house(asked: _Asked, hits: Sequence[Hit]) -> Match | None:
    """The very house; else one with that number and another letter or addition."""
    houses = [hit for hit in hits if hit.kind == ADDRESS]
    exact = [hit for hit in houses if _plain(hit.number) == _plain(asked.number)]
    if exact:
        fits = [hit for hit in exact if hit.postcode == asked.postcode] or exact
        return Match(fits[0], "address", () if len({_at(hit) for hit in fits}) == 1 else (SEVERAL,))
    near = [hit for hit in houses if _first_number(hit.number) == _first_number(asked.number)]
    return Match(near[0], "street", (OTHER_ADDITION,)) if near else None


def _street(asked: _Asked, hits: Sequence[Hit], remark: str = "") -> Match | None:
    """The street, else a postcode in it. remark: what is lacking where a house was asked."""
    for kind, middle in ((STREET, ""), (POSTCODE, MIDDLE)):
        mine = [hit for hit in hits if hit.kind == kind]
        fits = [hit for hit in mine if hit.postcode == asked.postcode] or mine
        if fits:
            several = SEVERAL if kind == STREET and len({_at(hit) for hit in fits}) > 1 else ""
            return Match(fits[0], "street", tuple(filter(None, (several, remark, middle))))
    return None


def _by_postcode(asked: _Asked, hits: Sequence[Hit]) -> Match | None:
    """Where the postcode is all that was asked: its middle."""
    mine = [hit for hit in hits if hit.kind == POSTCODE and hit.postcode == asked.postcode]
    return Match(mine[0], "street", (MIDDLE,)) if mine and not asked.street else None


def _held_to_postcode(asked: _Asked, found: Match) -> Match:
    told = found.hit.postcode
    if asked.postcode and told and told != asked.postcode and found.precision == "address":
        return replace(found, remarks=(*found.remarks, OTHER_POSTCODE))
    return found


def _plain(number: str) -> str:
    return re.sub(r"[\s-]", "", number).upper()


def _first_number(number: str) -> str:
    found = re.match(r"\d+", number)
    return found[0] if found else ""


def _at(hit: Hit) -> tuple[float, float]:
    return hit.latitude, hit.longitude


# What it is worth


def judge(package: Package, place: Lacking, hits: Sequence[Hit]) -> Judged:
    """What is found for a place: whether it is what was asked, lies in the municipality, and in the district stated."""
    if not place.address:
        return Judged(NO_ADDRESS)
    match = best(place.address, hits)
    if match is None:
        return Judged(NOT_FOUND, stated=stated_districts(package, place.stated))
    areas = areas_at(package, to_rd(match.hit.latitude, match.hit.longitude))
    stated = stated_districts(package, place.stated)
    if not areas:
        return Judged(OUTSIDE, match, stated=stated)
    neighbourhood, district = areas
    if match.hit.neighbourhood and match.hit.neighbourhood != neighbourhood:
        match = replace(match, remarks=(*match.remarks, OTHER_AREA))
    if stated and district not in stated:
        return Judged(CONFLICT, match, neighbourhood, district, stated)
    state = UNSURE if _DOUBTFUL & set(match.remarks) else FOUND
    return Judged(state, match, neighbourhood, district, stated)


def stated_districts(package: Package, names: Iterable[str]) -> tuple[str, ...]:
    """The districts (codes) that these names stand for, or in which they lie; a name that stands for none is passed
    over."""
    found = (code for name in names for code in gazetteer(package).find(name)[0])
    return tuple(sorted({district_of(code) for code in found}))


def placed(place: Lacking, found: Judged) -> PlacedPoint:
    """The point as the register keeps it, with where it comes from and what is to be known of it. Raises ValueError for
    what is no point in the municipality."""
    if found.match is None or not found.neighbourhood:
        raise ValueError(f"no point is found for {place.name or place.key!r}")
    hit = found.match.hit
    return PlacedPoint(
        place.entity, place.key, place.number, hit.latitude, hit.longitude, **origin(found.match)
    )


def origin(match: Match) -> dict[str, str]:
    """precision, confidence, coordinate_source and coordinate_note of a point that was found by its address."""
    sure = match.precision == "address" and not match.remarks
    return {
        "precision": match.precision,
        "confidence": "high" if sure else "medium",
        "coordinate_source": SOURCE,
        "coordinate_note": "; ".join((match.hit.name, *(NOTES[each] for each in match.remarks))),
    }


NOTES = {  # in English, as notes on coordinates are kept
    OTHER_NAME: "another name than the address that was asked",
    SEVERAL: "several answers fit",
    NO_NUMBER: "the house number is not found: a point in the street",
    OTHER_ADDITION: "a house with this number and another letter or addition",
    MIDDLE: "the middle of the postcode",
    OTHER_POSTCODE: "another postcode than the address that was asked",
    OTHER_AREA: "the service has it in another neighbourhood than our boundaries",
}
