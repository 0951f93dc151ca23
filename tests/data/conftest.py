"""The package in data/, whole and as a copy that a test may break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from hsc_geo.data.load import BESIDE_PACKAGE, Package, load


@pytest.fixture(scope="session")
def folder() -> Path:
    """The committed package, whatever HSC_DATA says."""
    return BESIDE_PACKAGE


@pytest.fixture(scope="session")
def package(folder: Path) -> Package:
    return load(folder)


@pytest.fixture
def broken(folder: Path, tmp_path: Path) -> Path:
    """A copy of the package, to be broken."""
    return Path(shutil.copytree(folder, tmp_path / "data"))
