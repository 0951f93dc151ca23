"""Each check, on a copy of the package with one fault in it: file, row, column, value and mend are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from shapely import affinity

from hsc_geo.data.check import (
    all_checks,
    check_folder,
    consistency,
    contacts,
    days,
    explanations,
    form,
    meaning,
    places,
    structure,
)
from hsc_geo.data.check.reading import read_package
from hsc_geo.data.check.registry import semantic, structural
from hsc_geo.domain import schema
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem
from hsc_geo.register import rules
from tests.data import (
    cases_consistency,
    cases_contacts,
    cases_days,
    cases_explanations,
    cases_form,
    cases_meaning,
    cases_places,
    cases_structure,
)
from tests.data.cases import AREAS, CASES, INITIATIVES, OBSERVATIONS, VENUES, Case
from tests.data.cases_places import bowtie
from tests.data.editing import DRAWING, PARQUET, cell, put, put_geometry, row_of

# Importing the modules of cases fills the list.
MODULES = (
    cases_structure,
    cases_form,
    cases_meaning,
    cases_places,
    cases_consistency,
    cases_contacts,
    cases_days,
)
assert all((*MODULES, cases_explanations))


# A page tells what these find, in the reader's language.
SHOWN = set((rules.OF_ROWS | rules.OF_TABLES).values())
ON_SCREEN = {code for code, check in all_checks().items() if check in SHOWN}


def check_of(code: str, folder: Path) -> list[Problem]:
    return sorted(all_checks()[code](read_package(folder)))


@pytest.mark.parametrize("broken_case", CASES, ids=lambda each: f"{each.check}-{each.name}")
def test_a_check_tells_file_row_column_value_and_mend(broken: Path, broken_case: Case) -> None:
    expected = broken_case.break_it(broken)
    found = check_of(broken_case.check, broken)
    assert found == sorted(expected)
    if broken_case.check in ON_SCREEN:
        assert all(isinstance(problem.mend, Message) for problem in found)


def test_every_check_has_a_case_and_a_description() -> None:
    checks = all_checks()
    assert {each.check for each in CASES} == set(checks)
    assert all((check.__doc__ or "").strip() for check in checks.values())
    assert len(ON_SCREEN) == len(SHOWN)


def test_every_check_has_a_code_of_its_own() -> None:
    """A function that looks like a check and is not registered would never be run."""
    modules = (consistency, contacts, days, explanations, form, meaning, places, structure)
    written = [
        function
        for module in modules
        for name, function in vars(module).items()
        if not name.startswith("_") and getattr(function, "__module__", "") == module.__name__
        if [*getattr(function, "__annotations__", {}).values()] == ["RawPackage", "Iterator[Problem]"]
    ]
    assert {*written} == {*all_checks().values()}
    assert len(written) == len(all_checks()) > 40


@pytest.mark.parametrize("code", ["type-wrong", "district-mean", "Type", "type_wrong", "", "-type"])
def test_a_code_is_unique_and_in_small_letters_with_hyphens(code: str) -> None:
    before = all_checks()
    for register in (structural, semantic):
        with pytest.raises(ValueError, match=r"of a check|of another check"):
            register(code)
    assert all_checks() == before


def test_a_message_names_the_check_that_found_it(broken: Path) -> None:
    put(broken, INITIATIVES, 5, status="runs", name="<b>x</b>")
    told = {(p.column, p.code) for p in check_folder(broken)}
    assert told == {("status", "code-unknown"), ("name", "html-in-text"), ("", "content-changed")}


def test_all_errors_are_told_at_once_and_a_changed_file_hides_none(broken: Path) -> None:
    (broken / VENUES).unlink()
    put(broken, INITIATIVES, 5, status="runs", name="<script>x</script>")
    put(broken, AREAS, row_of(broken, AREAS, area_code="GM0546"), population="130")
    place = put_geometry(broken, "BU05460302", bowtie)
    told = check_folder(broken)
    places = {(p.file, p.row, p.column) for p in told}
    assert {
        (VENUES, 0, ""),
        (INITIATIVES, 0, ""),  # the hash
        (INITIATIVES, 5, "status"),
        (INITIATIVES, 5, "name"),
        (AREAS, 0, ""),
        (AREAS, row_of(broken, AREAS, area_code="GM0546"), "population"),
        (PARQUET, place, "geometry"),
    } <= places
    assert told == sorted(told)


@pytest.mark.slow
@pytest.mark.parametrize("file", [schema.DESCRIPTOR, *(t.path for t in schema.TABLES), PARQUET, DRAWING])
def test_no_missing_file_stops_the_check(broken: Path, file: str) -> None:
    (broken / file).unlink()
    assert file in {problem.file for problem in check_folder(broken)}


@pytest.mark.slow
@pytest.mark.parametrize("file", [schema.DESCRIPTOR, AREAS, "vocabularies.csv", PARQUET, DRAWING])
@pytest.mark.parametrize(
    "damage", [b"", b"\x00\xff", b"{}", b'{"features": 3, "resources": [4]}', b'"', b"a,a\n1,2\n"]
)
def test_no_damage_stops_the_check(broken: Path, file: str, damage: bytes) -> None:
    (broken / file).write_bytes(damage)
    assert file in {problem.file for problem in check_folder(broken)}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda folder: cases_form.rewrite(folder, OBSERVATIONS, ";", commas=True),
        lambda folder: cases_form.mark(folder, AREAS),
        lambda folder: cases_form.end_lines_as_windows(folder, INITIATIVES),
    ],
    ids=["semicolons", "mark", "line ends"],
)
def test_another_way_of_saving_is_one_problem(broken: Path, spoil: Callable[[Path], object]) -> None:
    spoil(broken)
    (told,) = check_folder(broken)
    assert told == replace(check_of("file-form", broken)[0], code="file-form")


def test_another_way_of_saving_hides_no_fault(broken: Path) -> None:
    put(broken, INITIATIVES, 5, status="runs", start_year="19x4")
    cases_form.rewrite(broken, INITIATIVES, ";")
    cases_form.mark(broken, INITIATIVES)
    told = {(p.row, p.column, p.value) for p in check_folder(broken)}
    assert told == {(0, "", ""), (5, "status", "runs"), (5, "start_year", "19x4")}


def test_a_comma_in_a_number_among_commas_is_told_where_it_stands(broken: Path) -> None:
    put(broken, OBSERVATIONS, 9, value="45,2")
    (told,) = check_of("type-wrong", broken)
    assert (told.row, told.column, told.value) == (9, "value", "45,2")
    assert check_of("file-form", broken) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    told = check_folder(tmp_path / "absent")
    assert [p.mend for p in told] == ["there is no such folder; make it with `python -m hsc_geo data build`"]


def test_noise_of_a_millimetre_is_no_overlap_and_no_gap(broken: Path) -> None:
    """Corners rounded to other millimetres, as one source's are to another's."""

    def jiggle(shape: Any) -> Any:
        return affinity.translate(shape, 0.004, -0.004)

    for code in ("BU05460302", "BU05460404", "BU05460107"):
        put_geometry(broken, code, jiggle)
    for check in ("geometry-overlap", "geometry-nesting", "geometry-invalid", "geometry-system"):
        assert check_of(check, broken) == []


def test_rounding_to_five_is_no_fault(broken: Path) -> None:
    for code in ("BU05460302", "WK054603"):
        row = row_of(broken, AREAS, area_code=code)
        own = int(cell(broken, AREAS, row, "population"))
        put(broken, AREAS, row, population=str(own + 5))
    assert check_of("population-of-parts", broken) == []
    assert check_of("population-by-age", broken) == []


@pytest.mark.parametrize("text", ["minder dan < 5 bewoners", "a > b", "5<6", "temperatuur <0", "R&D", "<3"])
def test_signs_that_are_no_html_pass(broken: Path, text: str) -> None:
    put(broken, INITIATIVES, 6, name=text)
    assert check_of("html-in-text", broken) == []


def test_a_hundred_thousand_characters_pass_and_are_shown_short(broken: Path) -> None:
    put(broken, INITIATIVES, 6, name="x" * 100_000)
    assert check_of("file-unreadable", broken) == []
    put(broken, INITIATIVES, 6, name="<b>" + "x" * 100_000)
    (told,) = check_of("html-in-text", broken)
    assert len(str(told)) < 200
