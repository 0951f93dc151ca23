"""The same tests on both databases: `url` is an empty store, `register` one filled from the committed data."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from hsc_geo.data.load import Package, load
from hsc_geo.register import Register, open_register
from tests.register.samples import DATA
from tests.register.servers import Server, new_server

STORES = ("sqlite", pytest.param("postgresql", marks=pytest.mark.slow))


@pytest.fixture(scope="session")
def package() -> Package:
    """The committed data."""
    return load(DATA)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A PostgreSQL of our own."""
    made = new_server()
    made.start()
    yield made
    made.stop()
    shutil.rmtree(made.folder)


@pytest.fixture(scope="session")
def new_url(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Callable[..., str]:
    """Makes stores: `new_url("sqlite")` an empty one, `new_url("sqlite", like=url)` a copy of another."""
    numbers = count()

    def make(store: str, like: str = "") -> str:
        name = f"register{next(numbers)}"
        if store == "sqlite":
            file = tmp_path_factory.mktemp("stores") / f"{name}.db"
            if like:
                shutil.copyfile(like.removeprefix("sqlite:///"), file)
            return f"sqlite:///{file}"
        server: Server = request.getfixturevalue("server")
        template = like.split("@/")[1].split("?")[0] if like else "template0"
        server.sql(f"CREATE DATABASE {name} TEMPLATE {template}")
        return server.url(name)

    return make


@pytest.fixture(scope="session")
def filled(new_url: Callable[..., str], package: Package) -> Callable[[str], str]:
    """The address of a filled store that is only copied, never used."""
    made: dict[str, str] = {}

    def of(store: str) -> str:
        if store not in made:
            made[store] = new_url(store)
            register = open_register(made[store])
            register.fill(package)
            register.close()
        return made[store]

    return of


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def url(store_name: str, new_url: Callable[..., str]) -> str:
    """An empty store."""
    return new_url(store_name)


@pytest.fixture
def filled_url(store_name: str, new_url: Callable[..., str], filled: Callable[[str], str]) -> str:
    """A store filled from the committed data."""
    return new_url(store_name, like=filled(store_name))


@pytest.fixture
def register(filled_url: str, package: Package) -> Iterator[Register]:
    """A register filled from the committed data, on each database."""
    made = open_register(filled_url)
    made.fill(package)
    yield made
    made.close()


@pytest.fixture
def sqlite_register(
    new_url: Callable[..., str], filled: Callable[[str], str], package: Package
) -> Iterator[Register]:
    """One on SQLite, for what does not depend on the database."""
    made = open_register(new_url("sqlite", like=filled("sqlite")))
    made.fill(package)
    yield made
    made.close()


@pytest.fixture
def sqlite_file(sqlite_register: Register) -> Path:
    """Its file."""
    assert sqlite_register.store._file is not None
    return sqlite_register.store._file
