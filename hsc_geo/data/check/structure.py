"""Structural checks: files present and whole, columns, types, limits, codes, keys. They know the contract only."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from hsc_geo.data.check.reading import RawPackage, RawTable, number
from hsc_geo.data.check.registry import structural
from hsc_geo.data.descriptor import HASH, expected_schema, snapshot_id
from hsc_geo.data.writer import file_hash
from hsc_geo.domain import schema, versions
from hsc_geo.domain.areas import CODE_PATTERN
from hsc_geo.domain.contract import SEPARATOR, Field
from hsc_geo.domain.message import Meaning, Message
from hsc_geo.domain.problems import Problem
from hsc_geo.domain.schema_asked import ASKED_ID, DAY
from hsc_geo.domain.schema_register import INITIATIVE_ID, ORGANISATION_ID, PARTIAL_DATE
from hsc_geo.sources.municipality import KEY as MUNICIPALITY

_FORMS = {
    "integer": (r"-?\d+", Message("write a whole number")),
    "number": (r"-?\d+(\.\d+)?([eE][+-]?\d+)?", Message("write a number, such as 52.16")),
    "boolean": (r"true|false", Message("write true or false")),
    "date": (r"\d{4}-\d{2}-\d{2}", Message("write a date as 2021-04-19")),
}
_EXAMPLES = {
    PARTIAL_DATE: "2024, 2024-05, 2024-05-31",
    DAY: "2024-05-31",
    INITIATIVE_ID: "LEI-001",
    ORGANISATION_ID: "ORG-001",
    ASKED_ID: "ASK-WK054603-A1",
    CODE_PATTERN: "NL00, GM0546, WK054603, BU05460300",
    r"GM\d{4}": "GM0546",
    r"[a-z0-9-]+": "leiden-noord",
    r"[a-z][a-z0-9]*(_[a-z0-9]+)*": "mental_health",
    r"[a-z_]+": "no_match",
}  # what a text in each form of the contract looks like
MOST_SHOWN = 12  # codes that a message lists in full
_FILES = (*(each.path for each in schema.TABLES), *(each.path for each in schema.GEOMETRY_FILES))
_EDITED = "the content is not what datapackage.json says; build the package again, or restore the file"


def _fields(package: RawPackage) -> Iterator[tuple[RawTable, Field]]:
    for raw in package.tables.values():
        yield from ((raw, field) for field in raw.table.fields)


@structural("file-unreadable")
def files_present_and_readable(package: RawPackage) -> Iterator[Problem]:
    """Every file is there and can be read; every row has as many cells as the header."""
    yield from package.faults


@structural("columns-differ")
def columns_as_agreed(package: RawPackage) -> Iterator[Problem]:
    """The header names the columns of the contract, in its order, each once."""
    for raw in package.tables.values():
        wanted = raw.table.columns
        if raw.header == wanted:
            continue
        missing = [name for name in wanted if name not in raw.header]
        strange = [name for name in dict.fromkeys(raw.header) if name not in wanted]
        yield from (raw.problem(1, name, "", Message("the column is missing; add it")) for name in missing)
        yield from (
            raw.problem(1, name, name, Message("no such column in the contract; remove it"))
            for name in strange
        )
        if not missing and not strange:
            mend = Message("put the columns, each once, in the order {columns}", columns=", ".join(wanted))
            yield raw.problem(1, "", ",".join(raw.header), mend)


@structural("value-missing")
def required_cells(package: RawPackage) -> Iterator[Problem]:
    """No empty cell where a value is required."""
    for raw, field in _fields(package):
        if field.required and "" in raw[field.name]:
            mend = Message("fill in: {meaning}", meaning=Meaning(field.en, field.nl))
            yield from (
                raw.problem(row, field.name, "", mend) for row, cell in raw.rows(field.name) if not cell
            )


@structural("type-wrong")
def types(package: RawPackage) -> Iterator[Problem]:
    """Whole numbers, numbers, true or false, and dates are written as such."""
    for raw, field in _fields(package):
        if field.type in _FORMS:
            form, mend = _FORMS[field.type]
            wrong = _no_number if field.type == "number" else _not_in_form(form)
            yield from _told(raw, field, wrong, mend)


@structural("number-out-of-limits")
def limits(package: RawPackage) -> Iterator[Problem]:
    """Numbers lie within the limits of their column."""
    for raw, field in _fields(package):
        if field.minimum is not None or field.maximum is not None:
            low = float("-inf") if field.minimum is None else field.minimum
            high = float("inf") if field.maximum is None else field.maximum
            yield from _told(raw, field, _outside(low, high), _range(field))


@structural("form-wrong")
def patterns(package: RawPackage) -> Iterator[Problem]:
    """Text that has a fixed form, such as a code, has it."""
    for raw, field in _fields(package):
        if field.pattern:
            mend = Message("write it as in {example}", example=_EXAMPLES[field.pattern])
            yield from _told(raw, field, _not_in_form(field.pattern), mend)


@structural("code-unknown")
def codes(package: RawPackage) -> Iterator[Problem]:
    """Codes stand in their vocabulary, other fixed words in their list."""
    known: dict[str, list[str]] = {}
    for _, vocabulary, code in package["vocabularies"].rows("vocabulary", "code"):
        known.setdefault(vocabulary, []).append(code)
    for raw, field in _fields(package):
        allowed = list(field.enum) or known.get(field.vocabulary or "", [])
        if allowed:
            yield from _told(raw, field, _not_among(allowed, field.many), _choice(allowed, field))


def _range(field: Field) -> Message:
    low, high = ("" if each is None else f"{each:g}" for each in (field.minimum, field.maximum))
    if low and high:
        return Message("give a value from {low} to {high}", low=low, high=high)
    if low:
        return Message("give a value of at least {low}", low=low)
    return Message("give a value of at most {high}", high=high)


def is_number(text: str) -> bool:
    """Whether a text is a number as columns of numbers hold it: in digits 0 to 9, and not beyond what a computer counts
    (1e999)."""
    return bool(re.fullmatch(_FORMS["number"][0], text, re.ASCII)) and math.isfinite(float(text))


def _told(raw: RawTable, field: Field, is_bad: Callable[[str], bool], mend: Message) -> Iterator[Problem]:
    for row, value in raw.where(field.name, is_bad):
        yield raw.problem(row, field.name, value, mend)


def _not_in_form(form: str) -> Callable[[str], bool]:
    fits = re.compile(form, re.ASCII).fullmatch
    return lambda cell: not fits(cell)


def _no_number(cell: str) -> bool:
    return not is_number(cell)


def _outside(low: float, high: float) -> Callable[[str], bool]:
    def outside(cell: str) -> bool:
        found = number(cell)
        return found is not None and not low <= found <= high

    return outside


def _not_among(allowed: Iterable[str], several: bool) -> Callable[[str], bool]:
    known = frozenset(allowed)
    return lambda cell: not known.issuperset(cell.split(SEPARATOR) if several else [cell])


def _choice(allowed: list[str], field: Field) -> Message:
    if len(allowed) > MOST_SHOWN:
        name = field.vocabulary or ""
        if field.many:
            return Message("use codes of vocabulary {name} (vocabularies.csv), joined with |", name=name)
        return Message("use a code of vocabulary {name} (vocabularies.csv)", name=name)
    shown = ", ".join(allowed)
    if field.many:
        return Message("use one or more of {codes}, joined with |", codes=shown)
    return Message("use one of {codes}", codes=shown)


@structural("vocabulary-empty")
def vocabularies_present(package: RawPackage) -> Iterator[Problem]:
    """Every vocabulary that a column refers to has codes."""
    raw = package["vocabularies"]
    there = set(raw["vocabulary"])
    wanted = {field.vocabulary for table in schema.TABLES for field in table.fields if field.vocabulary}
    for name in sorted(wanted - there) if raw.header else ():
        yield raw.problem(0, "vocabulary", name, Message("the vocabulary has no codes; add them"))


@structural("key-twice")
def keys_unique(package: RawPackage) -> Iterator[Problem]:
    """No id and no key occurs twice."""
    for raw in package.tables.values():
        keys = {raw.table.primary_key, *((f.name,) for f in raw.table.fields if f.unique)} - {()}
        for key in sorted(keys):
            yield from _doubles(raw, key)


def _doubles(raw: RawTable, key: tuple[str, ...]) -> Iterator[Problem]:
    cells = list(zip(*(raw[name] for name in key), strict=False))
    if len(set(cells)) == len(cells):
        return
    seen: Counter[tuple[str, ...]] = Counter()
    for row, *values in raw.rows(*key):
        if not any(values):
            continue  # that a key is missing is told by itself
        seen[tuple(values)] += 1
        if seen[tuple(values)] > 1:
            mend = Message("{key} occurs more than once; keep one row", key=" + ".join(key))
            yield raw.problem(row, key[-1], " ".join(values), mend)


@structural("reference-unknown")
def references(package: RawPackage) -> Iterator[Problem]:
    """What refers to a row of another table finds it (area codes among them)."""
    for raw in package.tables.values():
        for key in raw.table.foreign_keys:
            target = package[key.table]
            if not target.header:
                continue  # a table that cannot be read is told once, not once a row
            there = frozenset(target[key.reference])
            for row, value in raw.where(key.field, lambda cell, there=there: cell not in there):  # type: ignore[misc]
                mend = Message(
                    "no such {column} in {file}; correct or add it", column=key.reference, file=target.path
                )
                yield raw.problem(row, key.field, value, mend)


@structural("content-changed")
def content_as_described(package: RawPackage) -> Iterator[Problem]:
    """Hash and number of bytes of every file are those in datapackage.json, and so is the snapshot id."""
    if package.descriptor is None:
        return
    version = str(package.descriptor.get(versions.KEY, ""))
    if version != versions.newest().number:
        told = Message("is not version {read} of the contract; build it again", read=versions.newest().number)
        yield Problem(schema.DESCRIPTOR, 0, versions.KEY, version, told)
    resources = [each for each in _resources(package.descriptor) if _is_described(each)]
    by_path = {each["path"]: each for each in resources}
    for file in _FILES:
        if file not in by_path:
            yield Problem(
                schema.DESCRIPTOR, 0, "resources", file, "the file is not described; build the package again"
            )
        elif _was_changed(package, file, by_path[file]["hash"]):
            yield Problem(file, 0, "", "", _EDITED)
    for file in sorted(set(by_path) - set(_FILES)):
        yield Problem(
            schema.DESCRIPTOR, 0, "resources", str(file), "no such file in the contract; build it again"
        )
    expected = snapshot_id(resources, package.descriptor.get(MUNICIPALITY))
    if expected != package.descriptor.get("snapshot"):
        found = str(package.descriptor.get("snapshot"))
        yield Problem(
            schema.DESCRIPTOR, 0, "snapshot", found, "is not that of the files described; build it again"
        )


def _was_changed(package: RawPackage, file: str, described: str) -> bool:
    """Whether the content is another one. A file that is only written otherwise is told once, as that."""
    path, form = package.folder / file, package.forms.get(file)
    return path.is_file() and (form is None or form.agreed) and HASH + file_hash(path) != described


@structural("schema-differs")
def schema_as_agreed(package: RawPackage) -> Iterator[Problem]:
    """The schema in datapackage.json is the one of the contract."""
    by_name = {each.get("name"): each for each in _resources(package.descriptor or {})}
    codes_of = package["vocabularies"].rows("vocabulary", "code")
    words = [{"vocabulary": vocabulary, "code": code} for _, vocabulary, code in codes_of]
    for table in schema.TABLES:
        if (
            table.name in by_name
            and words
            and by_name[table.name].get("schema") != expected_schema(table, words)
        ):
            mend = f"the schema of {table.path} is not that of the contract; build the package again"
            yield Problem(schema.DESCRIPTOR, 0, "resources", table.name, mend)


def _resources(descriptor: dict[str, Any]) -> list[dict[str, Any]]:
    found = descriptor.get("resources")
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _is_described(resource: dict[str, Any]) -> bool:
    return all(isinstance(resource.get(key), str) for key in ("name", "path", "hash"))
