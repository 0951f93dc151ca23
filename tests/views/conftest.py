"""The committed data package and names in both languages, for the views; a page run without a browser."""

from __future__ import annotations

import pytest

from hsc_geo.data.load import Package, load
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import LANGUAGES, Words
from tests.shared.hostile import hostile
from tests.shared.naive import DATA
from tests.visit import names_of


@pytest.fixture(scope="session")
def package() -> Package:
    """The committed data."""
    return load(DATA)


@pytest.fixture(scope="session")
def hostile_package(package: Package) -> Package:
    """The committed data with hostile rows in place of the first initiatives."""
    return hostile(package)


@pytest.fixture(scope="session", params=LANGUAGES)
def n(request: pytest.FixtureRequest, package: Package) -> Names:
    """Names in Dutch, then in English."""
    return names_of(package, Words(request.param))


@pytest.fixture(scope="session")
def nl(package: Package) -> Names:
    return names_of(package, Words("nl"))


@pytest.fixture(scope="session")
def en(package: Package) -> Names:
    return names_of(package, Words("en"))
