"""Where each initiative happens: its venues and addresses as the source gives them, each with its own point.

A point belongs to an initiative by the ids that stand with it, and to one of several venues by name. A point that fits
no venue of its initiative is a place of its own: nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hsc_geo.data.left_out import LeftOut
from hsc_geo.data.place_join import Spot, name_key, without_remark
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_register import LOCATION, PLACE_ROLES
from hsc_geo.sources.extracts import Record, raise_if


@dataclass(frozen=True)
class Place:
    """One place of an initiative. role: `location`, or `event` where only a launch or a single event was held there."""

    initiative_id: str
    number: int
    role: str
    venue: str
    address: str
    spot: Spot | None

    def cells(self) -> dict[str, str]:
        """The row as it stands in initiative_places.csv."""
        return {
            "initiative_id": self.initiative_id,
            "place_number": str(self.number),
            "role": self.role,
            "venue": self.venue,
            "address": self.address,
            **spot_cells(self.spot),
            "coordinate_note": self.spot.record["note"] if self.spot else "",
        }


def spot_cells(spot: Spot | None) -> dict[str, str]:
    """The columns that a point fills, empty without one."""
    if spot is None:
        columns = ("latitude", "longitude", "precision", "confidence", "coordinate_source")
        return dict.fromkeys(columns, "")
    record = spot.record
    return {
        "latitude": record["lat"],
        "longitude": record["lon"],
        "precision": spot.precision,
        "confidence": record["confidence"],
        "coordinate_source": f"{record['matched_object']} ({record['source']})",
    }


@dataclass(frozen=True)
class PlaceWords:
    """What our words say of the venues of initiatives, by (initiative, venue as stated): its row in places.csv."""

    rows: Mapping[tuple[str, str], Record]

    def role(self, key: str, venue: str) -> str:
        """The role of the venue, LOCATION where nothing is said."""
        row = self.rows.get((key, name_key(venue)))
        return row["role"] if row else LOCATION

    def also(self, key: str, venue: str) -> str:
        """The name by which the point of the venue is known, "" where nothing is said."""
        row = self.rows.get((key, name_key(venue)))
        return row["same_as"] if row else ""


def told_of_places(records: Iterable[Record], initiatives: Iterable[Record]) -> PlaceWords:
    """Our words on places. Raises SourceError for a venue that its initiative lacks, and for an unknown role."""
    stated = {(each["initiative_id"], name_key(name)) for each in initiatives for name in each.many("venue")}
    rows = {(record["initiative_id"], name_key(record["venue"])): record for record in records}
    raise_if(_unfit(rows.values(), stated))
    return PlaceWords(rows)


def _unfit(records: Iterable[Record], stated: set[tuple[str, str]]) -> Iterator[Problem]:
    for record in records:
        if (record["initiative_id"], name_key(record["venue"])) not in stated:
            yield record.problem(
                "venue", "the initiative names no such venue; take the row out or correct it"
            )
        if record["role"] not in PLACE_ROLES:
            yield record.problem("role", f"use one of {', '.join(PLACE_ROLES)}")


def places_of(
    initiatives: Sequence[Record], spots: Iterable[Spot], venues: Iterable[Record], told: PlaceWords
) -> tuple[dict[str, tuple[Place, ...]], list[LeftOut]]:
    """The places of each initiative that has any, in the order of its venues; points that refer to nobody."""
    by_id: dict[str, list[Spot]] = {}
    ids = {record["initiative_id"] for record in initiatives}
    doubts: list[LeftOut] = []
    for spot in spots:
        doubts.extend(_doubts(spot, ids))
        for key in spot.record.many("initiative_ids"):
            by_id.setdefault(key, []).append(spot)
    addresses = {name_key(venue["venue"]): venue["address"] for venue in venues}
    made = {
        record["initiative_id"]: _places(record, by_id.get(record["initiative_id"], []), addresses, told)
        for record in initiatives
    }
    return {key: places for key, places in made.items() if places}, doubts


def _places(
    record: Record, spots: Sequence[Spot], addresses: Mapping[str, str], told: PlaceWords
) -> tuple[Place, ...]:
    key, names = record["initiative_id"], record.many("venue")
    stated = names or (("",) if record["address"] else ())
    found = _matched(key, stated, spots, told)
    used = [spot for spot in found if spot]
    own = [
        (name, _address(record, name, len(stated), addresses, told), told.role(key, name), spot)
        for name, spot in zip(stated, found, strict=True)
    ]
    others = [(*_of_point(spot), LOCATION, spot) for spot in spots if spot not in used]
    return tuple(
        Place(key, number, role, name, address, spot)
        for number, (name, address, role, spot) in enumerate([*own, *others], start=1)
    )


def _matched(key: str, names: Sequence[str], spots: Sequence[Spot], told: PlaceWords) -> list[Spot | None]:
    """The point of each venue: by name, and where there is one of each, without looking at the name."""
    if len(names) == len(spots) == 1:
        return [spots[0]]
    by_name = {each: spot for spot in spots for each in _names(spot)}
    return [by_name.get(name_key(told.also(key, name) or without_remark(name))) for name in names]


def _names(spot: Spot) -> list[str]:
    return [name_key(name) for name in spot.record["venue"].split(" / ")]


def _address(record: Record, name: str, stated: int, addresses: Mapping[str, str], told: PlaceWords) -> str:
    """That of the initiative where it has one place, else that of the venue in the register."""
    own = record["address"] if stated == 1 else ""
    known = told.also(record["initiative_id"], name) or without_remark(name)
    return own or addresses.get(name_key(known), "")


def _of_point(spot: Spot) -> tuple[str, str]:
    address = spot.record["address"]
    return spot.record["venue"], "" if address.startswith("(") else address


def _doubts(spot: Spot, ids: set[str]) -> Iterator[LeftOut]:
    record = spot.record
    if not spot.area_code:
        yield LeftOut(record.file, record.row, record["venue"], "point_outside_areas")
    elif record["bu_code"] and record["bu_code"] != spot.area_code:
        yield LeftOut(record.file, record.row, record["venue"], "coordinates_disagree_with_code")
    unknown = (key for key in record.many("initiative_ids") if key not in ids)
    yield from (LeftOut(record.file, record.row, key, "initiative_unknown") for key in unknown)


def locations(places: Mapping[str, Sequence[Place]]) -> dict[str, tuple[Spot, ...]]:
    """The points where each initiative happens; initiatives without any are not in it."""
    found = {
        key: tuple(place.spot for place in some if place.spot and place.role == LOCATION)
        for key, some in places.items()
    }
    return {key: spots for key, spots in found.items() if spots}
