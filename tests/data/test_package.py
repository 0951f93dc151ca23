"""The committed package: valid by Frictionless and by our own check, documented, with its snapshot id."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest

from hsc_geo.cli.docs import DICTIONARY
from hsc_geo.data.check import check_folder
from hsc_geo.data.dictionary import dictionary, undocumented
from hsc_geo.data.load import Package
from hsc_geo.domain import schema
from hsc_geo.sources.words import text_mark
from tests.data.editing import put, row_of


def frictionless_report(folder: Path) -> Any:
    from frictionless import Package as DataPackage

    return DataPackage(str(folder / schema.DESCRIPTOR)).validate()


def test_frictionless_finds_it_valid(folder: Path) -> None:
    report = frictionless_report(folder)
    assert report.valid, report.to_summary()
    assert {task.name for task in report.tasks} == {
        each.name for each in (*schema.TABLES, *schema.GEOMETRY_FILES)
    }


def test_frictionless_sees_our_keys_codes_and_hashes(broken: Path) -> None:
    row = row_of(broken, "initiative_areas.csv", area_code="WK054609")
    put(broken, "initiative_areas.csv", row, area_code="WK059999")
    put(broken, "initiatives.csv", 2, status="runs")
    errors = {(error[0], error[1]) for error in frictionless_report(broken).flatten(["type", "fieldName"])}
    assert ("constraint-error", "status") in errors
    assert {"foreign-key", "hash-count"} <= {kind for kind, _ in errors}


def test_our_own_check_finds_it_sound(folder: Path) -> None:
    assert check_folder(folder) == []


def test_the_snapshot_id_is_the_hash_of_names_hashes_and_municipality(folder: Path, package: Package) -> None:
    """Computed here a second time, from the bytes of the files."""
    files = {t.name: t.path for t in schema.TABLES} | {g.name: g.path for g in schema.GEOMETRY_FILES}
    lines = [
        f"{name} sha256:{hashlib.sha256((folder / files[name]).read_bytes()).hexdigest()}\n"
        for name in sorted(files)
    ]
    said = json.dumps(package.descriptor["municipality"], ensure_ascii=False, sort_keys=True)
    lines.append(f"municipality {said}\n")
    assert package.snapshot == hashlib.sha256("".join(lines).encode()).hexdigest()[:12]


def test_files_are_as_agreed(folder: Path) -> None:
    for table in schema.TABLES:
        content = (folder / table.path).read_bytes()
        assert b"\r" not in content
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\n")
        assert next(csv.reader(io.StringIO(content.decode("utf-8")))) == list(table.columns)
    names = {path.name for path in folder.iterdir()}
    assert names == {
        schema.DESCRIPTOR,
        *(t.path for t in schema.TABLES),
        *(g.path for g in schema.GEOMETRY_FILES),
    }


def test_observations_are_in_order(package: Package) -> None:
    keys = package.observations[["indicator_id", "year", "age_group", "area_code"]].astype(str)
    assert keys.to_numpy().tolist() == sorted(keys.to_numpy().tolist())


def test_sources_and_licences_are_named_for_every_resource(package: Package) -> None:
    without_source = {each["name"] for each in package.descriptor["resources"] if not each.get("sources")}
    assert without_source == {
        "asked_none",
        "focus_areas",
        "place_names",
        "explanations",
        "vocabularies",
        "sources",
        "left_out",
    }  # our own words
    for resource in package.descriptor["resources"]:
        assert resource["hash"].startswith("sha256:")
        assert resource["bytes"] > 0
        for source in resource.get("sources", ()):
            assert source["id"] in set(package.sources["source_id"])
    areas = next(each for each in package.descriptor["resources"] if each["name"] == "areas")
    assert {licence["name"] for licence in areas["licenses"]} == {"CC-BY-3.0", "CC-BY-4.0"}
    assert areas["vintage"] == "2016; 2025; 2024"


def test_nothing_of_the_machine_that_built_it_is_in_it(folder: Path) -> None:
    places = {
        tempfile.gettempdir(),
        str(Path.home()),
        str(folder.resolve().parent),
        str(folder.resolve().parents[1]),
    }
    for path in folder.iterdir():
        content = path.read_bytes()
        assert not [place for place in places if len(place) > 1 and f"{place}/".encode() in content]


def test_the_dictionary_is_up_to_date(package: Package) -> None:
    assert DICTIONARY.read_text(encoding="utf-8") == dictionary(package), (
        "run `python -m hsc_geo docs dictionary`"
    )


def test_everything_is_documented_in_both_languages(package: Package) -> None:
    assert list(undocumented(package.indicators)) == []


@pytest.mark.parametrize(
    "column", ["name_nl", "name_en", "definition_nl", "definition_en", "method_nl", "method_en"]
)
def test_an_indicator_without_documentation_is_told(package: Package, column: str) -> None:
    changed = package.indicators.copy()
    changed.loc["50090NED-Overgewicht", column] = " "
    told = list(undocumented(changed))
    row = 2 + list(changed.index).index("50090NED-Overgewicht")
    assert [(p.file, p.row, p.column) for p in told] == [("indicators.csv", row, column)]


def test_the_dictionary_tells_every_table_column_code_and_indicator(package: Package) -> None:
    text = dictionary(package)
    for table in schema.TABLES:
        assert f"`{table.path}`" in text
        assert all(f"| `{name}` |" in text for name in table.columns)
    for key, indicator in package.indicators.iterrows():
        assert f"`{key}`" in text
        assert indicator["definition_nl"] in text
        assert indicator["definition_en"] in text
    for code in package.vocabularies["code"]:
        assert f"| {code} |" in text


def test_what_a_figure_may_not_be_used_for_is_told_for_every_modelled_figure(package: Package) -> None:
    modelled = package.indicators[package.indicators["kind"] == "modelled"]
    assert len(modelled) == 55
    for column in ("not_for_nl", "not_for_en", "caveats_nl", "caveats_en"):
        assert (modelled[column] != "").all()


def test_translations_are_of_the_texts_that_are_there(package: Package) -> None:
    from hsc_geo.sources.words import read_words

    words = read_words()
    for records, key, table in (
        (words.initiatives, "initiative_id", package.initiatives),
        (words.organisations, "organisation_id", package.organisations),
    ):
        marks = {record[key]: record["description_sha"] for record in records}
        assert marks == {str(name): text_mark(text) for name, text in table["description_en"].items()}


def test_every_code_used_has_a_name_in_both_languages(package: Package) -> None:
    vocabularies = package.vocabularies
    assert (vocabularies[["name_nl", "name_en"]] != "").all(axis=None)
    assert not vocabularies.duplicated(["vocabulary", "code"]).any()
    groups = vocabularies[vocabularies["vocabulary"] == "activity_group"]["code"]
    assert len(groups) <= 12
    types = vocabularies[vocabularies["vocabulary"] == "activity_type"]
    assert set(types["parent"]) == set(groups)


def test_the_descriptor_is_plain_json(folder: Path) -> None:
    text = (folder / schema.DESCRIPTOR).read_text(encoding="utf-8")
    assert json.dumps(json.loads(text), ensure_ascii=False, indent=2) + "\n" == text
