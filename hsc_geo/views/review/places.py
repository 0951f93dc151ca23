"""The places of an initiative for a steward: before and after beside each other, and as marks on the map."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

import numpy as np

from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.common import map_words, theme
from hsc_geo.views.maps.frame import MapUpdate
from hsc_geo.views.wording.entry_places import PlaceRow, Point, degrees, point_of, rows_of

BEFORE, AFTER, STAYS = "−", "+", "="
_TOLD = ("venue", "address", "latitude", "longitude")


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
