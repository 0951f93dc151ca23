"""A package in memory as a zip: the same files, and it opens again."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from hsc_geo.data.check import check_folder
from hsc_geo.data.load import Package, load
from hsc_geo.data.opening import open_edition
from hsc_geo.data.packing import packed
from hsc_geo.domain import schema


@pytest.fixture(scope="module")
def package() -> Package:
    return load()


def members(content: bytes) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    return {name: archive.read(name) for name in archive.namelist()}


def test_a_package_as_it_was_built_gives_the_very_files(package: Package) -> None:
    found = members(packed(package))
    assert found.keys() == {path.name for path in package.folder.iterdir()}
    for name, content in found.items():
        assert content == (package.folder / name).read_bytes(), name


def test_the_same_package_gives_the_same_bytes(package: Package) -> None:
    assert packed(replace(package)) == packed(package)


def test_what_the_register_changed_is_in_it_and_it_opens(package: Package, tmp_path: Path) -> None:
    changed = package.initiatives.copy()
    key = changed.index[3]
    changed.loc[key, ["name", "last_confirmed"]] = ['Een "nieuwe", naam', "2026-11-29"]
    changed.loc[key, "start_year"] = pd.NA
    where = tmp_path / "edition.zip"
    where.write_bytes(packed(replace(package, initiatives=changed, snapshot=f"{package.snapshot}-r7")))
    again = open_edition(where)
    pd.testing.assert_frame_equal(again.initiatives, changed)
    for table in schema.TABLES:
        if table.name != "initiatives":
            pd.testing.assert_frame_equal(getattr(again, table.name), getattr(package, table.name))
    assert again.geometry.equals(package.geometry)
    assert again.snapshot not in (package.snapshot, f"{package.snapshot}-r7")
    assert "-r" not in again.snapshot


def test_it_passes_the_checks(package: Package, tmp_path: Path) -> None:
    for name, content in members(packed(package)).items():
        (tmp_path / name).write_bytes(content)
    assert list(check_folder(tmp_path)) == []
