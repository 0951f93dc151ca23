"""The places of an initiative as people give them in a form or a file: plain fields, numbered from the second place on.

`address` is the address of the first place, `address_2` that of the second. What a field leaves out stays as it was; a
place of which everything was emptied goes.
"""

from __future__ import annotations

from collections.abc import Mapping

from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.register.entries import Entry, link_rows, links_json
from hsc_geo.register.old_forms import PLACE_COLUMNS
from hsc_geo.register.tables import PLACES

MOST_PLACES = 10
ROLE = "place_role"
OF_ONE = {**PLACE_COLUMNS, ROLE: "role"}  # field -> column of initiative_places
_NAMES_IT = ("venue", "address", "latitude", "longitude")  # without any of these there is no place
_ABOUT_POINT = ("precision", "confidence", "coordinate_source", "coordinate_note")
_BY_HAND = {
    "precision": "address",
    "confidence": "medium",
    "coordinate_source": "placed on the map in a proposal",
}


def field_of(name: str, number: int) -> str:
    """The field of a place: `address` of the first, `address_2` of the second."""
    return name if number == 1 else f"{name}_{number}"


FIELDS = {
    field_of(name, n): (n, column) for n in range(1, MOST_PLACES + 1) for name, column in OF_ONE.items()
}


def places(entry: Entry) -> list[dict[str, str]]:
    """The places of an entry, as rows of initiative_places without the initiative."""
    rows = link_rows("", PLACES, entry.get(PLACES, ""))
    return [{column: cell for column, cell in row.items() if column != "initiative_id"} for row in rows]


def with_places(old: Entry, given: Mapping[str, str]) -> str:
    """The places of the entry with what the fields say of them, as JSON; numbers are kept as they were given.

    A point that moved is one placed by hand, unless the fields say what it is. Raises ValueError for coordinates that
    are no numbers.
    """
    return links_json(place_rows(old, given), PLACES)


def place_rows(old: Entry, given: Mapping[str, str]) -> list[dict[str, str]]:
    """The same as rows, with texts as they were given."""
    rows = {int(row["place_number"]): row for row in places(old)}
    for number in sorted({FIELDS[name][0] for name in given if name in FIELDS}):
        said = {column: given[name] for name, (n, column) in FIELDS.items() if n == number and name in given}
        rows[number] = _row(rows.get(number, {}), said)
    kept = [rows[number] for number in sorted(rows) if any(rows[number].get(name) for name in _NAMES_IT)]
    return [{**row, "place_number": str(number)} for number, row in enumerate(kept, start=1)]


def _row(before: Mapping[str, str], said: Mapping[str, str]) -> dict[str, str]:
    empty = dict.fromkeys(OF_ONE.values(), "") | {"role": LOCATION}
    row = empty | dict(before) | dict(said)
    row["role"] = row["role"] or LOCATION
    if not _moved(before, row):
        return row
    placed = bool(row["latitude"] and row["longitude"])
    about = {name: _BY_HAND.get(name, "") if placed else "" for name in _ABOUT_POINT}
    return row | {name: value for name, value in about.items() if not said.get(name)}


def _moved(before: Mapping[str, str], now: Mapping[str, str]) -> bool:
    return any(_number(before.get(name, "")) != _number(now[name]) for name in ("latitude", "longitude"))


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def fields_of(entry: Entry) -> dict[str, str]:
    """The places of an entry as such fields, empty ones left out."""
    return {
        field_of(name, int(row["place_number"])): row[column]
        for row in places(entry)
        for name, column in OF_ONE.items()
        if row[column]
    }
