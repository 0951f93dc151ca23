"""Every door judges alike: what a proposal may not say, a file may not either, and both keep the same text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import cycle, islice, product

import pytest
from openpyxl import Workbook

from hsc_geo.data.load import Package
from hsc_geo.domain.text import neutral
from hsc_geo.register import CODES, NotTaken, Proposal, Register, check, clean
from hsc_geo.register.cells import escaped
from tests.register.forms import FORMS, as_csv, fresh
from tests.register.samples import SOURCE, STEWARD, correction, new
from tests.shared.hostile import BROKEN_CELLS, SURROGATES, TYPED

TEXTS = tuple(text for kind in TYPED.values() for text in kind)
# A form asks a text in both languages, and both coordinates; each text stands in every one of these.
FIELDS = (
    "name",
    "partners",
    "description_nl",
    "description_en",
    "note_nl",
    "note_en",
    "contact",
    "theme",
    "ambition_codes",
    "start_date",
    "start_year",
    "source2_url",
    "venue",
    "address",
)
_NO_XML = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
Row = dict[str, str]


def fields_of(text: str) -> Row:
    if len(text) > 2000:  # more of it would be too much for a whole proposal
        return dict.fromkeys(FIELDS, "Lang") | dict.fromkeys(
            ("name", "description_nl", "description_en"), text
        )
    return dict.fromkeys(FIELDS, text) | {"latitude": text, "longitude": "4.49"}


def in_workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    """With signs that XML cannot hold escaped, as programs write them, and nothing taken for a formula."""
    book = Workbook()
    sheet = book.worksheets[0]
    for number, row in enumerate([dict(zip(rows[0], rows[0], strict=True)), *rows], 1):
        for column, text in enumerate(row.values(), 1):
            sheet.cell(number, column).value = _NO_XML.sub(lambda c: f"_x{ord(c[0]):04X}_", escaped(text))
            sheet.cell(number, column).data_type = "s"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def in_hsds(rows: Sequence[Mapping[str, str]]) -> bytes:
    def service(row: Mapping[str, str]) -> dict[str, object]:
        own = [{"link_type": "hsc_geo_field", "label": name, "value": text} for name, text in row.items()]
        return {"id": row["initiative_id"], "name": "x", "attributes": own}

    return json.dumps({"services": [service(row) for row in rows]}).encode()


def files(rows: Sequence[Row]) -> Iterator[tuple[str, bytes]]:
    """The rows as files of each form that can hold them."""
    with suppress(UnicodeEncodeError):
        yield "csv", as_csv(*({name: neutral(text) for name, text in row.items()} for row in rows))
    yield "xlsx", in_workbook(rows)
    yield "hsds", in_hsds(rows)


def batches(register: Register, texts: Sequence[str]) -> Iterator[list[tuple[str, str]]]:
    """(id of an initiative that is there, text) for all texts, as many at a time as there are initiatives."""
    known = [str(key) for key in register.tables()["initiatives"].index]
    left = iter(texts)
    while batch := list(islice(left, len(known))):
        yield list(zip(known, batch, strict=False))


def judged(proposal: Proposal, package: Package) -> set[str]:
    """The fields in which a proposal has a fault."""
    found = check(proposal, package)
    assert all(fault.code in CODES and len(fault.value) <= 80 for fault in found)
    return {fault.field for fault in found}


def by_row(register: Register, content: bytes, form: str, rows: int) -> tuple[list[set[str]], Sequence[Row]]:
    """The columns in which each row has a fault, and the rows as they were read."""
    report = register.read_import(content, form)
    found: list[set[str]] = [set() for _ in range(rows)]
    for problem in report.problems:
        assert problem.file == "initiatives.csv"
        assert problem.mend
        assert problem.row >= 2
        found[problem.row - 2].add(problem.column)
    return found, [dict(row) for row in report.rows["initiatives"]]


@pytest.mark.parametrize("texts", [TEXTS, SURROGATES], ids=["texts", "surrogates"])
def test_a_change_is_judged_and_kept_alike(
    sqlite_register: Register, package: Package, texts: tuple[str, ...]
) -> None:
    for batch in batches(sqlite_register, texts):
        proposals = [correction(key, **fields_of(text)) for key, text in batch]
        wanted = [judged(each, package) for each in proposals]
        kept = [clean(each).fields for each in proposals]
        tried = 0
        for form, content in files([{"initiative_id": key, **fields_of(text)} for key, text in batch]):
            found, read = by_row(sqlite_register, content, form, len(batch))
            for (_, text), ours, theirs, proposed, row in zip(batch, wanted, found, kept, read, strict=True):
                assert (ascii(text[:40]), form, theirs) == (ascii(text[:40]), form, ours)
                assert {name: row[name] for name in proposed} == dict(proposed)
            tried += 1
        assert tried == (3 if texts is TEXTS else 2)


def test_a_new_entry_is_judged_alike(sqlite_register: Register, package: Package) -> None:
    words = ("name", "partners", "start_date", "source2_url")
    rows = [
        fresh(initiative_id=f"LEI-{500 + number}", **dict.fromkeys(words, text))
        for number, text in enumerate(TEXTS)
    ]
    proposals = [new(**{name: row[name] for name in words}) for row in rows]
    wanted = [judged(each, package) & set(words) for each in proposals]
    for form, content in files(rows):
        found, _ = by_row(sqlite_register, content, form, len(rows))
        for text, ours, theirs in zip(TEXTS, wanted, found, strict=True):
            assert (ascii(text[:40]), theirs) == (ascii(text[:40]), ours)


def test_what_is_taken_comes_out_as_it_was_kept(sqlite_register: Register, package: Package) -> None:
    """Some through proposals, the others through a file; then through each export, back again."""
    words = ("name", "partners", "description_nl", "description_en", "note_nl", "note_en", "contact")
    dirty = [
        text for text in TEXTS if not judged(correction("LEI-001", **dict.fromkeys(words, text)), package)
    ]
    assert len(dirty) > 60
    (batch,) = batches(sqlite_register, dirty)
    rows = [{"initiative_id": key, **dict.fromkeys(words, text)} for key, text in batch]
    kept = {key: clean(correction(key, **dict.fromkeys(words, text))).fields for key, text in batch}
    for row in rows[::4]:
        proposal = correction(row["initiative_id"], **{name: row[name] for name in words})
        number = sqlite_register.propose(proposal).number
        sqlite_register.accept(number, STEWARD, "seen")
    content = as_csv(*({name: neutral(text) for name, text in row.items()} for row in rows))
    sqlite_register.import_rows(sqlite_register.read_import(content, "csv"), STEWARD, "a file")
    table = sqlite_register.tables()["initiatives"]
    assert {key: dict(table.loc[key, list(words)]) for key in kept} == {
        key: dict(each) for key, each in kept.items()
    }
    for form in FORMS:
        report = sqlite_register.read_import(sqlite_register.export(form), form)
        assert report.errors == []
        back = {row["initiative_id"]: row for row in report.rows["initiatives"]}
        assert {key: {name: back[key][name] for name in words} for key in kept} == kept
        assert sqlite_register.import_rows(report, STEWARD, "again").batch == ""


def test_every_kind_of_proposal_gets_an_answer(package: Package) -> None:
    kinds = ("correction", "closure", "confirmation", "question", "comment")
    known = (("LEI-001", "name"), ("ORG-001", "name"), ("Het Gebouw", "address"))
    turns = cycle(product(known, kinds))
    for text, ((entity_id, field), kind) in zip((*TEXTS, *SURROGATES, *BROKEN_CELLS), turns, strict=False):
        proposal = Proposal(kind, entity_id, {field: text}, text, text)
        assert judged(proposal, package) <= {field, "why", "source_url"}
        for strange in (replace(proposal, entity_id=text), replace(proposal, kind=text)):
            assert judged(strange, package)
        assert "fields" not in judged(replace(proposal, language=text, entity=text), package)


@pytest.mark.parametrize("text", BROKEN_CELLS)
def test_a_cell_that_a_spreadsheet_could_not_work_out_is_no_text(
    sqlite_register: Register, package: Package, text: str
) -> None:
    words = {"name": text, "note_nl": text, "note_en": text}
    assert judged(correction("LEI-001", **words), package) == set(words)
    for form, content in files([{"initiative_id": "LEI-001", **words}]):
        assert {problem.column for problem in sqlite_register.read_import(content, form).problems} == set(
            words
        )


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("note_nl", "n" * 1001),
        ("name", "dhr. Jansen"),
        ("partners", "#N/A"),
        ("source2_url", "javascript:alert(1)"),
    ],
)
def test_a_steward_writes_by_the_same_rules(sqlite_register: Register, field: str, text: str) -> None:
    number = sqlite_register.propose(
        correction("LEI-001", target_group_nl="Iedereen", target_group_en="All")
    ).number
    with pytest.raises(NotTaken) as refused:
        sqlite_register.accept(number, STEWARD, "seen", {field: text})
    assert {fault.field for fault in refused.value.faults} >= {field}
    done = sqlite_register.accept(
        number, STEWARD, "seen", {"source2_url": "www.example.org", "start_date": "8-11-2022"}
    )
    row = sqlite_register.tables()["initiatives"].loc[done.entity_id]
    assert (row["source2_url"], row["start_date"]) == ("https://www.example.org", "2022-11-08")


def test_what_the_register_says_already_is_not_asked_again(sqlite_register: Register) -> None:
    """A text that came in before there was such a rule does not stop a file that only repeats it."""
    name = "Inloop bij dhr. Jansen"
    content = as_csv({"initiative_id": "LEI-001", "name": name}, {"initiative_id": "LEI-002", "name": name})
    report = sqlite_register.read_import(content, "csv")
    assert [(row, column) for row, column, *_ in report.errors] == [(2, "name"), (3, "name")]
    sqlite_register.import_rows(replace(report, problems=()), STEWARD, "of before")
    (again,) = [sqlite_register.read_import(content, "csv")]
    assert again.errors == []
    moved = as_csv({"initiative_id": "LEI-003", "name": name})
    assert [row for row, *_ in sqlite_register.read_import(moved, "csv").errors] == [2]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("www.example.org", "https://www.example.org"),
        (" WWW.Example.org/a?b=1 ", "https://WWW.Example.org/a?b=1"),
        ("example.nl", "https://example.nl"),
        ("wandelen.example.org/de-kooi", "https://wandelen.example.org/de-kooi"),
        ("flyer.pdf", "flyer.pdf"),
        ("n.v.t.", "n.v.t."),
        ("info@example.org", "info@example.org"),
        ("www.example.org of www.example.com", "www.example.org of www.example.com"),
        ("http://example.org", "http://example.org"),
        ("ftp://www.example.org", "ftp://www.example.org"),
        ("//www.example.org", "//www.example.org"),
        ("www.example.org@evil.nl", "www.example.org@evil.nl"),
        ("www.example.org\\x.nl", "www.example.org\\x.nl"),
    ],
)
def test_a_page_named_by_its_host_gets_its_https(
    sqlite_register: Register, package: Package, typed: str, kept: str
) -> None:
    proposal = replace(correction("LEI-001", source2_url=typed), source_url=typed)
    cleaned = clean(proposal)
    assert (cleaned.fields["source2_url"], cleaned.source_url) == (kept, kept)
    assert (check(proposal, package) == []) == kept.startswith("http")
    for form, content in files([{"initiative_id": "LEI-001", "source2_url": typed}]):
        assert sqlite_register.read_import(content, form).rows["initiatives"][0]["source2_url"] == kept
    assert clean(replace(proposal, source_url=SOURCE)).source_url == SOURCE
