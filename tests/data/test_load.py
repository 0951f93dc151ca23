"""Loading: types, speed of import, and one clear message for whatever is missing or damaged."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from hsc_geo.data import load as loading
from hsc_geo.data.load import DataError, Package, load
from hsc_geo.domain import schema
from hsc_geo.domain.versions import newest
from tests.data.editing import put

FILES = [schema.DESCRIPTOR, *(t.path for t in schema.TABLES), *(g.path for g in schema.GEOMETRY_FILES)]

GIVEN = {"snapshot": "x", "contractVersion": newest().number}


def test_types_of_columns(package: Package) -> None:
    assert package.areas.index.name == "area_code"
    assert package.geometry.index.name == "area_code"
    assert package.geometry.crs.to_epsg() == 28992
    assert package.indicators.index.name == "indicator_id"
    assert package.initiatives.index.name == "initiative_id"
    assert package.organisations.index.name == "organisation_id"
    assert package.initiatives["start_year"].dtype == "Int64"
    assert package.initiative_places["latitude"].dtype == "float64"
    assert package.observations["area_code"].dtype == "category"
    assert package.observations["year"].dtype == "int64"
    assert package.focus_areas["assumed"].tolist() == [True, True]
    assert package.drawing["type"] == "FeatureCollection"
    assert package.snapshot == package.descriptor["snapshot"]


def test_missing_text_is_empty_text_and_words_stay_words(package: Package) -> None:
    texts = package.initiatives.select_dtypes(["str", "object"])
    assert not texts.isna().any(axis=None)
    assert (
        package.initiatives["life_stages"] == "n/a"
    ).sum() == 3  # n/a is a word of the register, not a missing value
    assert (package.initiatives["partners"] == "").sum() == 96


def test_every_table_has_its_columns(package: Package) -> None:
    for table in schema.TABLES:
        frame: pd.DataFrame = getattr(package, table.name)
        columns = [*([frame.index.name] if frame.index.name else []), *frame.columns]
        assert columns == list(table.columns)


def test_the_setting_names_the_folder(monkeypatch: pytest.MonkeyPatch, broken: Path) -> None:
    monkeypatch.setenv(loading.FOLDER_SETTING, str(broken))
    assert load().folder == broken
    monkeypatch.delenv(loading.FOLDER_SETTING)
    assert loading.default_folder() == loading.BESIDE_PACKAGE


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_gives_one_clear_message(broken: Path, file: str) -> None:
    (broken / file).unlink()
    with pytest.raises(DataError) as told:
        load(broken)
    assert told.value.file == file
    assert str(told.value).startswith(f"{file}: is missing; ")
    assert str(told.value).endswith("`python -m hsc_geo data build`")
    assert len(str(told.value).splitlines()) == 1


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", [b"", b"\x00\xff broken", b"a,b\n1,2\n"])
def test_a_damaged_file_gives_one_clear_message(broken: Path, file: str, damage: bytes) -> None:
    (broken / file).write_bytes(damage)
    with pytest.raises(DataError) as told:
        load(broken)
    assert told.value.file == file
    assert len(str(told.value).splitlines()) == 1


def test_one_changed_figure_is_noticed(broken: Path) -> None:
    put(broken, "observations.csv", 100, value="99.9")
    with pytest.raises(DataError, match=r"observations\.csv: is damaged or was changed by hand"):
        load(broken)


@pytest.mark.parametrize(
    ("descriptor", "wrong"),
    [
        ([], "has no snapshot id"),
        ({"resources": []}, "has no snapshot id"),
        ({"snapshot": "x"}, "follows version - of the data contract"),
        ({"snapshot": "x", "contractVersion": "0.9.0"}, "follows version 0.9.0 of the data contract"),
        (GIVEN, "does not name every file with its hash"),
        ({**GIVEN, "resources": [{"path": "areas.csv"}]}, "does not name every file with its hash"),
        ({**GIVEN, "resources": []}, "does not name areas.csv"),
    ],
)
def test_a_strange_descriptor_gives_one_clear_message(broken: Path, descriptor: object, wrong: str) -> None:
    (broken / schema.DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    with pytest.raises(DataError, match=wrong) as told:
        load(broken)
    assert told.value.file == schema.DESCRIPTOR


def test_a_table_that_does_not_fit_its_contract_gives_one_clear_message() -> None:
    table = schema.table("focus_areas")
    with pytest.raises(DataError, match=r"focus_areas\.csv: does not fit its contract"):
        loading.parse_table(table, b"focus_id,name_nl\nnoord,Noord\n")
    full = ",".join(table.columns).encode()
    with pytest.raises(DataError, match="does not fit its contract"):
        loading.parse_table(table, full + b"\nnoord,a,b,WK054603,,,perhaps,x,y,\n")


def test_loading_does_not_import_what_only_checks_need() -> None:
    code = "import sys; from hsc_geo.data.load import load; load(); print(*sys.modules)"
    root = loading.BESIDE_PACKAGE.parent
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    modules = set(done.stdout.split())
    assert "geopandas" in modules
    assert modules.isdisjoint({"frictionless", "streamlit", "folium", "plotly", "typer", "rich"})
