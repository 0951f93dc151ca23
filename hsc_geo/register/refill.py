"""A three-way merge of the register with a data package: what packages said until now, what stands, what one says now.

What nobody changed follows the package. What people changed stays; where the package then says something else as well,
that is kept as a line of the journal (`PACKAGE`), for a steward to look at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from hsc_geo.data.organisation_match import match
from hsc_geo.domain import schema
from hsc_geo.register.entries import (
    KEY,
    PACKAGE,
    Edit,
    Entry,
    Key,
    Line,
    changed_fields,
    link_rows,
    links_json,
)
from hsc_geo.register.joining import index_of
from hsc_geo.register.tables import ENTRIES, LINKS

Entries = Mapping[Key, Entry]
Sound = Callable[[str, Entry], bool]  # whether an entry of this kind keeps the rules

# Fields that mean something only together: the package's or people's, never a mix.
_TOGETHER: dict[str, tuple[tuple[str, ...], ...]] = {
    "initiative": (
        (
            "neighbourhood_as_stated",
            "district_as_stated",
            "precision",
            "initiative_areas",
            "initiative_places",
        ),
        ("source_kind", "source_url", "evidence_level"),
        ("organisation", "partners", "initiative_organisations"),
        ("activity_types", "activity_groups"),
        (
            "status",
            "status_note_en",
            "status_note_nl",
            "status_as_of",
            "end_year",
            "ladder",
            "ladder_basis_en",
            "ladder_basis_nl",
        ),
    ),
    "organisation": (),
    "venue": (
        (
            "latitude",
            "longitude",
            "precision",
            "confidence",
            "coordinate_source",
            "coordinate_licence",
            "area_code",
        ),
    ),
    "asked": (),
}
_PARTS = {
    kind: (
        *together,
        *(
            (name,)
            for name in (*schema.table(ENTRIES[kind]).columns, *(LINKS if kind == "initiative" else ()))
            if not any(name in part for part in together)
        ),
    )
    for kind, together in _TOGETHER.items()
}


@dataclass(frozen=True)
class TakenOver:
    """What changes, what the package says without it being taken over, and whether the register is then the package."""

    edits: list[Edit]
    said: list[Line]
    same: bool


def taken_over(base: Entries, mine: Entries, theirs: Entries, place: str, sound: Sound) -> TakenOver:
    """Merge. base: what packages said until now; mine: the register; theirs: the package. place: the name of the
    municipality, by which organisations are recognised. An entry without its key in `base` was in no package."""
    if not base and not mine:
        return _first(theirs, place)
    whole = theirs
    result: dict[Key, Entry | None] = {
        key: _merged(key, base, mine, theirs, sound) for key in _keys(mine, theirs) if key[0] != "initiative"
    }
    base, own, theirs = _with_known_organisations(base, mine, theirs, result, place)
    for key in _keys(own, theirs):
        if key[0] == "initiative":
            result[key] = _merged(key, base, own, theirs, sound)
    edits = [Edit(*key, mine.get(key), result[key]) for key in sorted(result)]
    said = [line for edit in edits for line in _said(edit, base, theirs)]
    return TakenOver(edits, said, {key: e for key, e in result.items() if e is not None} == dict(whole))


def _first(theirs: Entries, place: str) -> TakenOver:
    """The package into an empty register: there is nothing to merge with."""
    there = {key[1]: entry for key, entry in theirs.items() if key[0] == "organisation"}
    made = _pointed(theirs, set(there), index_of(there), place)
    return TakenOver([Edit(*key, None, made[key]) for key in sorted(made)], [], made == theirs)


def _keys(*found: Entries) -> set[Key]:
    return {key for each in found for key in each}


def _merged(key: Key, base: Entries, mine: Entries, theirs: Entries, sound: Sound) -> Entry | None:
    kind, before, now, new = key[0], base.get(key, {}), mine.get(key), theirs.get(key)
    known = bool(before.get(KEY[kind]))
    if now == new:
        return now
    if now is None:
        return None if known else new  # what people removed does not come back
    if new is None:
        return None if known and _equal(before, now, now) else now
    if _another(kind, before, now, new):
        return now
    made = _mixed(kind, before, now, new)
    return made if made in (now, new) or sound(kind, made) else now


def _another(kind: str, before: Entry, now: Entry, new: Entry) -> bool:
    """Whether people and the package gave the same id to two entries."""
    return KEY[kind] not in before and now.get("name") != new.get("name")


def _equal(before: Entry, now: Entry, names: Iterable[str]) -> bool:
    return all(before.get(name, "") == now.get(name, "") for name in names)


def _mixed(kind: str, before: Entry, now: Entry, new: Entry) -> dict[str, str]:
    made = dict(now)
    for part in _PARTS[kind]:
        if _equal(before, now, part):
            made |= {name: new[name] for name in part}
    return made


def _said(edit: Edit, base: Entries, theirs: Entries) -> Iterator[Line]:
    """What the package says and the register does not take over, in so far as no package said it before."""
    key = (edit.kind, edit.entity_id)
    before, new = base.get(key, {}), theirs.get(key)
    if edit.old is None and edit.new is None:
        return
    if new is not None and new == edit.old == edit.new and _equal(before, new, new):
        return  # nothing new, as for most
    written = {name: value for name, _, value in changed_fields(edit)}
    for name in _told(edit, before, new):
        was, says = before.get(name, ""), (new or {}).get(name, "")
        if written.get(name, was) != says:
            yield PACKAGE, edit.entity_id, name, was, says


def _told(edit: Edit, before: Entry, new: Entry | None) -> Iterable[str]:
    """The fields of which is told what the package says of them."""
    known = bool(before.get(KEY[edit.kind]))
    if new is None:
        return (KEY[edit.kind],) if known else ()
    if edit.old is not None and _another(edit.kind, before, edit.old, new):
        return ("name",)
    return (name for part in _PARTS[edit.kind] for name in part)


def _with_known_organisations(
    base: Entries, mine: Entries, theirs: Entries, result: Mapping[Key, Entry | None], place: str
) -> tuple[Entries, Entries, Entries]:
    """The three with initiatives that point only to organisations that will be there. A pointer to one that people
    merged goes to the one that was kept, by its name; another pointer to nobody is let go."""
    there = {key[1]: e for key, e in result.items() if key[0] == "organisation" and e is not None}
    others = {each for each, entry in there.items() if _is_other(each, entry, base, theirs)}
    index = index_of(there)
    packaged = [_pointed(each, set(there) - others, index, place) for each in (base, theirs)]
    return packaged[0], _pointed(mine, set(there), index, place), packaged[1]


def _is_other(key: str, now: Entry, base: Entries, theirs: Entries) -> bool:
    own = ("organisation", key)
    return own in theirs and _another("organisation", base.get(own, {}), now, theirs[own])


def _pointed(found: Entries, there: set[str], index: Mapping[str, str], place: str) -> Entries:
    return {
        key: entry if key[0] != "initiative" else _entry_pointed(entry, there, index, place)
        for key, entry in found.items()
    }


def _entry_pointed(entry: Entry, there: set[str], index: Mapping[str, str], place: str) -> Entry:
    rows = link_rows("", LINKS[1], entry.get(LINKS[1], ""))
    if all(not row["organisation_id"] or row["organisation_id"] in there for row in rows):
        return entry
    for row in rows:
        if row["organisation_id"] and row["organisation_id"] not in there:
            row["organisation_id"] = match(row["organisation_name"], index, place)
    return dict(entry) | {LINKS[1]: links_json(rows, LINKS[1])}
