"""The committed data package, loaded once for all tests of the analysis."""

from __future__ import annotations

import pytest

from hsc_geo.data.load import Package, load
from tests.shared.hostile import hostile
from tests.shared.naive import DATA


@pytest.fixture(scope="session")
def package() -> Package:
    """The committed data."""
    return load(DATA)


@pytest.fixture(scope="session")
def hostile_package(package: Package) -> Package:
    """The committed data with hostile rows in place of the first initiatives."""
    return hostile(package)
