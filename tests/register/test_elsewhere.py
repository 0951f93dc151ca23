"""A register is of one municipality: the package of another never takes the place of what is in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import delete

from hsc_geo.data.load import Package, load
from hsc_geo.register import Register, RegisterUnavailable, open_register
from hsc_geo.register.tables import META
from hsc_geo.web.register import RegisterLink
from tests.register.samples import DATA
from tests.shared.elsewhere import made


@pytest.fixture(scope="module")
def package() -> Package:
    return load(DATA)


@pytest.fixture
def register(tmp_path: Path) -> Register:
    return open_register(f"sqlite:///{tmp_path}/register.db")


@pytest.mark.parametrize("old", [False, True], ids=["kept", "from before it was kept"])
def test_a_package_of_another_municipality_is_refused(
    register: Register, package: Package, tmp_path: Path, old: bool
) -> None:
    register.fill(package)
    if old:
        with register.store.writing() as connection:
            connection.execute(delete(META).where(META.c.key == "municipality"))
    before = register.revision()
    folder = tmp_path / "made"
    folder.mkdir()
    other = made(folder)
    with pytest.raises(RegisterUnavailable) as refused:
        register.fill(other)
    assert refused.value.code == "elsewhere"
    assert register.revision() == before
    assert not register.fill(package)


def test_the_pages_then_show_the_data_alone(register: Register, package: Package, tmp_path: Path) -> None:
    register.fill(package)
    folder = tmp_path / "made"
    folder.mkdir()
    other, link = made(folder), RegisterLink(lambda: register)
    assert len(link.package(other).initiatives) == 0
    assert link.reason == "elsewhere"
