"""The places of an initiative as people give them in a form or a file: plain fields, numbered from the second place on.

`address` is the address of the first place, `address_2` that of the second. What a field leaves out stays as it was; a
place of which everything was emptied goes.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from hsc_geo.domain import schema
from hsc_geo.domain.contract import Field
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


POINTS = tuple(name for name, (_, column) in FIELDS.items() if column in ("latitude", "longitude"))


@lru_cache(maxsize=2000)
def field_named(table: str, name: str) -> Field | None:
    """The field of the contract that a column of a file or a field of a form stands for; None for no such one."""
    own = next((each for each in schema.table(table).fields if each.name == name), None)
    if own is not None or name not in FIELDS:
        return own
    return next(each for each in schema.table(PLACES).fields if each.name == FIELDS[name][1])


def places(entry: Entry) -> list[dict[str, str]]:
    """The places of an entry, as rows of initiative_places without the initiative."""
    rows = link_rows("", PLACES, entry.get(PLACES, ""))
    return [{column: cell for column, cell in row.items() if column != "initiative_id"} for row in rows]


_NAMES = {place: name for name, place in FIELDS.items()}


def name_of(column: str, number: str) -> str:
    """The field that a column of a place stands in; the column itself where no field is."""
    return _NAMES.get((int(number), column), column)


def with_places(old: Entry, given: Mapping[str, str]) -> str:
    """The places of the entry with what the fields say of them, as JSON; numbers are kept as they were given.

    A point that moved is one placed by hand, unless the fields say what it is. Raises ValueError for coordinates that
    are no numbers.
    """
    return links_json(place_rows(old, given, _BY_HAND), PLACES)


def place_rows(
    old: Entry, given: Mapping[str, str], about: Mapping[str, str] | None = None
) -> list[dict[str, str]]:
    """The same as rows, with texts as they were given. about: what is said of a point that moved where the fields do
    not say it; nothing by itself."""
    kept = rows_by_number(old, given, about)
    return [{**row, "place_number": str(number)} for number, row in enumerate(kept.values(), start=1)]


def rows_by_number(
    old: Entry, given: Mapping[str, str], about: Mapping[str, str] | None = None
) -> dict[int, dict[str, str]]:
    """The same by the number that the fields have, before those that go make way for the ones after them."""
    rows = {int(row["place_number"]): row for row in places(old)}
    for number in sorted({FIELDS[name][0] for name in given if name in FIELDS}):
        said = {column: given[name] for name, (n, column) in FIELDS.items() if n == number and name in given}
        rows[number] = _row(rows.get(number, {}), said, about or {})
    there = [number for number in sorted(rows) if any(rows[number].get(name) for name in _NAMES_IT)]
    return {number: rows[number] | {"place_number": str(number)} for number in there}


def _row(before: Mapping[str, str], said: Mapping[str, str], about: Mapping[str, str]) -> dict[str, str]:
    empty = dict.fromkeys(OF_ONE.values(), "") | {"role": LOCATION}
    row = empty | dict(before) | dict(said)
    row["role"] = row["role"] or LOCATION
    if not _moved(before, row):
        return row
    placed = bool(row["latitude"] and row["longitude"])
    own = {name: about.get(name, "") if placed else "" for name in _ABOUT_POINT}
    return row | {name: value for name, value in own.items() if name not in said}


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
