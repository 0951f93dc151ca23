"""Which organisation in the list is meant by a name that an initiative's source uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hsc_geo.data.left_out import LeftOut
from hsc_geo.data.place_join import name_key, without_remark
from hsc_geo.sources.extracts import Record

NOT_STATED = "not stated in source"
_COMMA = re.compile(r"\s*,\s*(?![^()]*\))")  # none between brackets
ROLES = {"organisation": "lead", "partners": "partner"}  # column of the register -> role


@dataclass(frozen=True)
class Participation:
    """An organisation in an initiative: name as written, id in the list ("" when not in it), role."""

    initiative_id: str
    organisation_name: str
    organisation_id: str
    role: str


def spellings(name: str) -> tuple[str, ...]:
    """Keys under which a listed name is known: in full, without its remark in brackets, and the abbreviation there.

    `Plaatselijke Kamer van Verenigingen (PKvV)` is known in full, without the brackets, and as PKvV.
    """
    plain = without_remark(name)
    found = re.search(r"\(([^\s()]*[A-Z][^\s()]*[A-Z][^\s()]*)\)\s*$", name)
    keys = [_key(name), _key(plain), *([_key(found[1])] if found else [])]
    return tuple(dict.fromkeys(keys))


def _key(name: str) -> str:
    return name_key(name.replace("&", " en "))


def index_organisations(organisations: Iterable[Record]) -> dict[str, str]:
    """Spelling to organisation id; a spelling that fits two organisations is left out."""
    owners: dict[str, set[str]] = {}
    for record in organisations:
        for key in spellings(record["name"]):
            owners.setdefault(key, set()).add(record["partner_id"])
    return {key: next(iter(ids)) for key, ids in owners.items() if len(ids) == 1}


def match(name: str, index: Mapping[str, str], place: str) -> str:
    """The id of the organisation meant, "" when none is known under that name.

    Tried in turn: the name, without its remark, before its comma (a faculty of a university), with the place name
    after it (`Incluzio` is listed as `Incluzio Leiden`).
    """
    plain = without_remark(name)
    for candidate in (name, plain, plain.split(",")[0], f"{plain} {place}"):
        if _key(candidate) in index:
            return index[_key(candidate)]
    return ""


def named(text: str, index: Mapping[str, str], place: str) -> tuple[str, ...]:
    """The organisations that one name stands for, as they are written in it.

    With commas it is a list when another listed organisation comes after the first: each part then stands for itself,
    listed or not. A faculty comes after its university and is not listed, so `Universiteit Leiden, Faculteit der
    Sociale Wetenschappen` stays one.
    """
    parts = tuple(filter(None, _COMMA.split(text)))
    first, *others = [match(part, index, place) for part in parts] or [""]
    return parts if any(each not in ("", first) for each in others) else (text,)


def participations(
    initiatives: Iterable[Record], index: Mapping[str, str], place: str
) -> tuple[list[Participation], list[LeftOut]]:
    """Every organisation named with every initiative, and the names that found no partner or name nobody."""
    found: dict[tuple[str, str, str], Participation] = {}
    left_out = []
    for record in initiatives:
        for column, role in ROLES.items():
            cell = record.many(column)
            for name in (part for text in cell for part in named(text, index, place)):
                if name.startswith("(") or name == NOT_STATED:
                    left_out.append(LeftOut(record.file, record.row, name, "not_an_organisation"))
                    continue
                each = Participation(record["initiative_id"], name, match(name, index, place), role)
                found[each.initiative_id, name, role] = each
                if not each.organisation_id:
                    left_out.append(LeftOut(record.file, record.row, name, "organisation_not_listed"))
    return list(found.values()), left_out
