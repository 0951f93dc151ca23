"""The places of an entry in words, from the rows that it holds as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import numpy as np

from hsc_geo.domain.schema_register import EVENT
from hsc_geo.views.kit.names import Names

Point = tuple[float, float]
PlaceRow = Mapping[str, str]


def rows_of(value: str) -> list[dict[str, str]]:
    """The rows that a field of an entry holds as JSON; none of what is no such list."""
    try:
        found: Any = json.loads(value)
    except ValueError:
        return []
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


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
