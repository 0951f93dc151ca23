"""Entries as earlier versions of the register wrote them, read as they are written now.

Before version 2 of the contract an initiative had one place, in columns of its own, and no kind of source. The journal
and back-ups hold entries of that form for ever.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from hsc_geo.domain.contract import SEPARATOR
from hsc_geo.domain.schema_register import LOCATION, PUBLIC_PAGE
from hsc_geo.sources.extracts import split_many

# The one place of an initiative in the first form: column there -> column of initiative_places.
PLACE_COLUMNS = {
    "venue": "venue",
    "address": "address",
    "latitude": "latitude",
    "longitude": "longitude",
    "coordinate_precision": "precision",
    "coordinate_confidence": "confidence",
    "coordinate_source": "coordinate_source",
    "coordinate_note": "coordinate_note",
}
WITH_SOURCE = ("initiative", "organisation")


def places_of(entry: Mapping[str, str]) -> list[dict[str, str]]:
    """The places of an initiative of the first form: one for each venue, the address and the point with the first."""
    cells = {new: entry.get(old, "") or "" for old, new in PLACE_COLUMNS.items()}
    if not any(cells[name] for name in ("venue", "address", "latitude", "longitude")):
        return []
    first, *others = split_many(cells["venue"]) or ("",)
    made = [cells | {"venue": first}, *(dict.fromkeys(cells, "") | {"venue": name} for name in others)]
    return [{"place_number": str(n), "role": LOCATION, **row} for n, row in enumerate(made, start=1)]


def columns_of(places: Sequence[Mapping[str, str]]) -> dict[str, str]:
    """The columns of the first form again, of places that `places_of` made."""
    first = places[0] if places else {}
    cells = {old: first.get(new, "") for old, new in PLACE_COLUMNS.items()}
    return cells | {"venue": SEPARATOR.join(filter(None, (place.get("venue", "") for place in places)))}


def is_old(kind: str, entry: Mapping[str, str]) -> bool:
    """Whether an entry is of the first form."""
    return kind == "initiative" and any(name in entry for name in PLACE_COLUMNS)


def source_kind(kind: str, entry: Mapping[str, str]) -> dict[str, str]:
    """The kind of source of an entry of a form that had none: every one had a public page."""
    return {"source_kind": entry.get("source_kind") or PUBLIC_PAGE} if kind in WITH_SOURCE else {}
