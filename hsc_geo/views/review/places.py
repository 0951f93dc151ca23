"""The places of an initiative for a steward: in words, before and after beside each other, and as marks on the map."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import numpy as np

from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.domain.schema_register import EVENT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.common import map_words, theme
from hsc_geo.views.maps.frame import MapUpdate

BEFORE, AFTER, STAYS = "−", "+", "="
_TOLD = ("venue", "address", "latitude", "longitude")
Point = tuple[float, float]
PlaceRow = Mapping[str, str]


def rows_of(value: str) -> list[dict[str, str]]:
    """The rows that a field of an entry holds as JSON; none of what is no such list."""
    try:
        found: Any = json.loads(value)
    except ValueError:
        return []
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


# In words


def code_text(n: Names, code: str) -> str:
    """A precision or certainty of coordinates; another code as it is."""
    sure = {"high": n.w.t("high"), "medium": n.w.t("medium"), "low": n.w.t("low")}
    return n.term("precision", code) if code in n.codes("precision") else sure.get(code, code)


def places_text(n: Names, value: str, whole: bool = False) -> str:
    """The places of an entry in one line, with their numbers where there are several. whole: with all that is known."""
    found = [place_text(n, row, whole) for row in rows_of(value)]
    if len(found) < 2:
        return "".join(found)
    return "; ".join(f"{number}. {text}" for number, text in enumerate(found, 1))


def place_text(n: Names, place: PlaceRow, whole: bool = False) -> str:
    """One place: its name, address and point, and that only an event was there. whole: with how the point is known."""
    point = point_of(place)
    role = n.term("place_role", EVENT) if place.get("role") == EVENT else ""
    parts = [place.get("venue"), place.get("address"), degrees(point) if point else "", role]
    return " · ".join(filter(None, [*parts, *(_about(n, place) if whole else [])]))


def _about(n: Names, place: PlaceRow) -> list[str]:
    """How precisely and how surely the point is known, and from where."""
    sure = place.get("confidence", "")
    return [
        code_text(n, place.get("precision", "")),
        n.w.t("certainty: {level}", level=code_text(n, sure)) if sure else "",
        place.get("coordinate_source", ""),
        place.get("coordinate_note", ""),
    ]


def point_of(place: PlaceRow) -> Point | None:
    """Latitude and longitude (WGS84) of a place, to five decimals; None without a whole point."""
    try:
        point = (round(float(place["latitude"]), 5), round(float(place["longitude"]), 5))
    except (KeyError, TypeError, ValueError):
        return None
    return point if all(np.isfinite(point)) else None


def degrees(point: Point) -> str:
    """A point in words."""
    return f"{point[0]:.5f}, {point[1]:.5f}"


def paired(old: str, new: str) -> list[tuple[PlaceRow | None, PlaceRow | None]]:
    """The places before and after beside each other, in their order: a place that stayed beside itself, whatever its
    number became; None where one has no other."""
    before, after = rows_of(old), rows_of(new)
    matches = SequenceMatcher(None, [_same(row) for row in before], [_same(row) for row in after], False)
    found: list[tuple[PlaceRow | None, PlaceRow | None]] = []
    for _, first, last, new_first, new_last in matches.get_opcodes():
        found += _beside(before[first:last], after[new_first:new_last])
    return found


def _beside(
    before: Sequence[PlaceRow], after: Sequence[PlaceRow]
) -> list[tuple[PlaceRow | None, PlaceRow | None]]:
    """Those that have most in common beside each other; what is left in its order."""
    left, alike = list(after), {}
    for number, row in enumerate(before):
        nearest = max(left, key=lambda other: _in_common(row, other), default=None)
        if nearest is not None and _in_common(row, nearest):
            alike[number] = nearest
            left.remove(nearest)
    others = iter(left)
    found = [
        (row, alike[number] if number in alike else next(others, None)) for number, row in enumerate(before)
    ]
    return [*found, *((None, row) for row in others)]


def _in_common(one: PlaceRow, other: PlaceRow) -> int:
    return sum(bool(one.get(name)) and one[name] == other.get(name) for name in _TOLD)


def differs(old: PlaceRow | None, new: PlaceRow | None) -> bool:
    """Whether two places that stand beside each other are not the same."""
    return old is None or new is None or _same(old) != _same(new)


def _same(row: PlaceRow) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, text) for name, text in row.items() if name != "place_number"))


# On the map


def marks(old: str, new: str) -> list[tuple[str, Point, str]]:
    """(sign, point, name) of every point before and after, the ones that go first; one that stays is told once."""
    before, after = _points(old), _points(new)
    gone = [(BEFORE, at, name) for at, name in before.items() if at not in after]
    return gone + [(STAYS if at in before else AFTER, at, name) for at, name in after.items()]


def _points(value: str) -> dict[Point, str]:
    placed = ((point_of(each), each.get("venue") or each.get("address") or "") for each in rows_of(value))
    return {at: name for at, name in placed if at}


def marks_text(n: Names, found: Sequence[tuple[str, Point, str]]) -> str:
    """What the signs on the map are, with names and coordinates."""
    w = n.w
    kinds = {
        BEFORE: w.t("− before, not after"),
        STAYS: w.t("= stays"),
        AFTER: w.t("+ new"),
    }
    texts = []
    for sign, kind in kinds.items():
        mine = [
            f"{name} ({degrees(at)})" if name else degrees(at) for each, at, name in found if each == sign
        ]
        texts += [w.t("{name}: {value}", name=kind, value="; ".join(mine))] if mine else []
    return ". ".join(texts)


def map_update(n: Names, found: Sequence[tuple[str, Point, str]]) -> MapUpdate:
    """All initiatives, so that neighbours are seen, and the places before and after as marks."""
    return MapUpdate(
        level=NEIGHBOURHOOD,
        lang=n.w.code,
        theme=theme(),
        visible=np.ones(len(n.package.initiatives), dtype=bool),
        words=map_words(n),
        marks=[{"at": list(at), "sign": sign} for sign, at, _ in found],
    )
