"""The versions of the data contract: what someone who reads data/ with a program of their own can count on.

That of the program is another thing: `hsc_geo.__version__`, with its history in CHANGELOG.md.
The first number grows when a table, column or meaning goes or changes, the second when something comes, the third
when only words change. A test holds the newest fingerprint to the contract, so that no change goes without a version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from hsc_geo.domain.contract import Field, Table

KEY = "contractVersion"  # in datapackage.json
LENGTH = 16  # hexadecimal digits of a fingerprint


@dataclass(frozen=True)
class Version:
    """One version: its number, the day (YYYY-MM-DD), the fingerprint of the contract, and what is new in it."""

    number: str
    day: str
    fingerprint: str
    nl: str
    en: str


VERSIONS = (
    Version(
        "2.1.0",
        "2026-11-29",
        "e891605b291bb9c4",
        "Waarop de ambities berusten (`ambition_basis`) kan ook zijn dat wie het aanmeldde ze noemde (`proposed`).",
        "What the ambitions rest on (`ambition_basis`) may also be that whoever proposed it named them (`proposed`).",
    ),
    Version(
        "2.0.0",
        "2026-11-29",
        "e891605b291bb9c4",
        "Een initiatief kan meer plaatsen hebben, in een tabel van hun eigen (`initiative_places`); dagen en tijden, "
        "kosten, meedoen en contact; soort bron (`source_kind`) en de dag van de laatste bevestiging; wat is gevraagd "
        "en niet gevonden (`asked_none`); wat elk cijfer meet (`concept`) en het jaar van de leeftijden.",
        "An initiative may have several places, in a table of their own (`initiative_places`); days and times, cost, "
        "joining and contact; kind of source (`source_kind`) and the day of the last confirmation; what was asked and "
        "not found (`asked_none`); what each figure measures (`concept`) and the year of the ages.",
    ),
    Version(
        "1.1.0",
        "2026-11-21",
        "50f2d64993357d7f",
        "Initiatieven: hoe ver het is (`ladder`), wie betaalt (`funders`) en wie het doet (`run_by`), elk met waar dat "
        "op berust.",
        "Initiatives: how far it has come (`ladder`), who pays (`funders`) and who runs it (`run_by`), each with what "
        "that rests on.",
    ),
    Version("1.0.0", "2026-11-21", "9cc946154055de26", "De eerste versie.", "The first version."),
)  # the newest first


def newest() -> Version:
    """The version that this program writes and reads."""
    return VERSIONS[0]


def fingerprint(tables: Iterable[Table]) -> str:
    """What a program sees of these tables (names, types, keys, allowed values; not the words), as a short hash."""
    lines = sorted(line for table in tables for line in _lines(table))
    return hashlib.sha256("\n".join(lines).encode("utf-8")).hexdigest()[:LENGTH]


def _lines(table: Table) -> Iterable[str]:
    yield f"{table.name} key {table.primary_key}"
    yield from (f"{table.name} {key.field} -> {key.table}.{key.reference}" for key in table.foreign_keys)
    yield from (f"{table.name} {number} {_field(field)}" for number, field in enumerate(table.fields))


def _field(field: Field) -> str:
    rules = (
        field.type,
        field.required,
        field.unique,
        field.minimum,
        field.maximum,
        field.pattern,
        field.enum,
    )
    return f"{field.name} {rules} {field.vocabulary} {field.many} {field.link}"
