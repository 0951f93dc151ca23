"""Proposals to test with, and a second, plain reading of the journal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

from hsc_geo.register import Accepted, Actor, Asked, Change, Proposal, Register, proposing

DATA = Path(__file__).resolve().parents[2] / "data"
STEWARD = Actor("steward", "subject-1")
ADMINISTRATOR = Actor("administrator")
SOURCE = "https://www.voorbeeld-leiden.nl/wandelen"
KOOI = (52.1690, 4.4990)  # in neighbourhood BU05460301
ASKED = Asked("WK054601", "A3", date(2026, 5, 31), "organisation", "Sociaal Wijkteam Leiden")
LINKS = ("initiative_areas", "initiative_organisations", "initiative_places")
TABLES = ("initiatives", "organisations", "venues", "asked_none", *LINKS)
_KEYS = {
    "initiative": "initiative_id",
    "organisation": "organisation_id",
    "venue": "venue",
    "asked": "asked_id",
}
_TABLE_OF = dict(zip(_KEYS, ("initiatives", "organisations", "venues", "asked_none"), strict=True))

WALK = {
    "name": "Wandelclub De Kooi",
    "organisation": "Incluzio Leiden",
    "description_nl": "Elke week samen wandelen.",
    "ambition_codes": "A1",
    "theme": "participation",
    "activity_types": "inloop",
    "latitude": str(KOOI[0]),
    "longitude": str(KOOI[1]),
}


def new(**fields: str) -> Proposal:
    """A new initiative that can be accepted; fields over it, "" takes one away."""
    kept = {name: value for name, value in {**WALK, **fields}.items() if value}
    return Proposal("new", None, kept, "It stands on their site", SOURCE, "nl")


def correction(entity_id: str, **fields: str) -> Proposal:
    return Proposal("correction", entity_id, fields, "It changed", SOURCE, "nl")


def taken(register: Register, proposal: Proposal, **changes: str) -> Accepted:
    """Proposed and accepted."""
    receipt = register.propose(proposal)
    return register.accept(receipt.number, STEWARD, "seen on their page", changes)


def of_before(register: Register, proposal: Proposal) -> int:
    """Put a proposal in the queue as a version of the program that asked less of it did; its number."""
    with register.store.writing() as connection:
        return proposing.keep(connection, proposal, "", proposing.PER_HOUR).number


def with_fields(proposal: Proposal, **fields: str) -> Proposal:
    return replace(proposal, fields={**proposal.fields, **fields})


def replayed(changes: Iterable[Change]) -> dict[tuple[str, str], dict[str, str]]:
    """The entries, made from the journal alone: line after line from the first, each old value as it was left."""
    state: dict[tuple[str, str], dict[str, str]] = {}
    for change in changes:
        if change.entity not in _KEYS:
            continue
        entry = state.setdefault((change.entity, change.entity_id), {})
        assert entry.get(change.field, "") == change.old, (
            f"line {change.number} does not follow on the ones before"
        )
        entry[change.field] = change.new
    there = {key: {n: v for n, v in entry.items() if v} for key, entry in state.items()}
    return {key: entry for key, entry in there.items() if entry.get(_KEYS[key[0]])}


def told(tables: Mapping[str, pd.DataFrame]) -> dict[tuple[str, str], dict[str, str]]:
    """The entries as the tables have them, in the same form."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kind, key in _KEYS.items():
        for row in tables[_TABLE_OF[kind]].reset_index().to_dict("records"):
            cells = {name: _text(value) for name, value in row.items() if name != "index"}
            found[kind, cells[key]] = {name: value for name, value in cells.items() if value}
    for name in LINKS:
        for initiative, rows in tables[name].groupby("initiative_id", sort=False):
            plain = [{n: _text(v) for n, v in row.items()} for row in rows.to_dict("records")]
            texts = [{n: v for n, v in row.items() if n != "initiative_id"} for row in plain]
            found["initiative", str(initiative)][name] = json.dumps(texts, ensure_ascii=False)
    return found


def places(register: Register, entity_id: str) -> list[dict[str, str]]:
    """The places of an initiative, what is empty left out."""
    found = json.loads(told(register.tables())["initiative", entity_id].get("initiative_places", "[]"))
    return [{name: value for name, value in row.items() if value} for row in found]


def _text(value: Any) -> str:
    if not isinstance(value, str) and pd.isna(value):
        return ""
    return repr(value) if isinstance(value, float) else str(value)


def agree(register: Register) -> None:
    """Journal and state say the same."""
    lines = register.journal(limit=1_000_000, newest_first=False)
    now = told(register.tables())
    with register.store.reading() as connection:
        query = "SELECT organisation_id, other_names FROM organisations WHERE other_names <> ''"
        for key, names in connection.exec_driver_sql(query):
            now["organisation", key]["other_names"] = names
    assert replayed(lines) == now
    times = [line.at for line in lines]
    assert times == sorted(times)


def last_confirmed(register: Register) -> dict[str, date]:
    """The day of the latest confirmation by id, of the entries that were confirmed; a venue's id is its name."""
    tables = register.tables()
    days = {
        key: str(row["last_confirmed"])
        for kind, name in _TABLE_OF.items()
        if "last_confirmed" in tables[name]
        for key, row in tables[name].reset_index().set_index(_KEYS[kind]).iterrows()
    }
    return {str(key): date.fromisoformat(day) for key, day in days.items() if day}
