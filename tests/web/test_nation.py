"""The routes of the nation, and a server whose nation is damaged or off."""

from __future__ import annotations

import gzip
import json
import logging
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hsc_geo.data.load import Package
from hsc_geo.data.nation.reading import DEFAULT_FOLDER, LEVELS, Nation, figures, tile
from hsc_geo.web import nation as web_nation
from hsc_geo.web.log import MOST_A_MINUTE
from hsc_geo.web.nation import nation_url, versioned_url
from hsc_geo.web.screen import nation_assets
from hsc_geo.web.settings import Settings
from tests.web.conftest import Build

IMMUTABLE = "public, max-age=31536000, immutable"
FIGURE = "50090NED-Roker/2020/18plus"
LEIDEN = "GM0546"


@pytest.fixture
def nation(package: Package) -> Nation:
    """The committed nation, as the server has it."""
    found = web_nation.nation()
    assert found is not None
    return found


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """For a server with another nation: what this process loaded comes back afterwards."""
    web_nation.forget()
    yield monkeypatch
    web_nation.forget()


def use(patch: pytest.MonkeyPatch, folder: Path | None) -> None:
    patch.setattr(web_nation, "settings", lambda: Settings(nation=folder))


def test_a_tile_travels_as_it_was_zipped(client: TestClient, nation: Nation) -> None:
    url = nation_url(nation, "tiles/municipality/5/16/10.json")
    stored = tile(nation, "municipality", 5, 16, 10)
    assert stored is not None
    zipped = client.get(url, headers={"Accept-Encoding": "gzip"})
    plain = client.get(url, headers={"Accept-Encoding": "identity"})
    assert (zipped.headers["content-encoding"], int(zipped.headers["content-length"])) == (
        "gzip",
        len(stored),
    )
    assert "content-encoding" not in plain.headers
    assert zipped.content == plain.content == gzip.decompress(stored)
    assert plain.headers["cache-control"] == zipped.headers["cache-control"] == IMMUTABLE
    assert len(json.loads(plain.content)["areas"]) == 345


def test_where_nothing_is_drawn_the_answer_is_empty(client: TestClient, nation: Nation) -> None:
    response = client.get(nation_url(nation, "tiles/district/5/0/0.json"))
    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["cache-control"] == IMMUTABLE


def test_areas_and_values_stand_in_one_order(client: TestClient, nation: Nation) -> None:
    for level in LEVELS:
        areas = client.get(nation_url(nation, f"areas/{level}.json")).json()
        values = client.get(nation_url(nation, f"values/{FIGURE}/{level}.json")).json()
        rows = figures(nation, "50090NED-Roker", 2020, "18plus", level)
        assert areas["codes"] == rows.index.tolist()
        assert {len(each) for each in (*areas.values(), *values.values())} == {len(rows)}
        for value, status, row in zip(values["values"], values["status"], rows.itertuples(), strict=True):
            assert (status, value is None) == (row.status, row.status != "present")
            assert value is None or value == row.value


@pytest.mark.parametrize("rest", ["areas/district.json", f"values/{FIGURE}/district.json"])
def test_a_browser_keeps_what_code_shapes_only_under_the_version_of_now(
    client: TestClient, nation: Nation, rest: str
) -> None:
    caching = [
        client.get(url).headers["cache-control"]
        for url in (
            versioned_url(nation, rest),
            nation_url(nation, rest),
            f"{nation_url(nation, rest)}?v=000000000000",
        )
    ]
    assert caching == [IMMUTABLE, "no-cache", "no-cache"]
    assert rest in versioned_url(nation, rest)


def test_the_map_asks_under_the_version_of_now(nation: Nation) -> None:
    found = nation_assets()
    assert found is not None
    assert found.areas == versioned_url(nation, "areas/{level}.json")
    assert found.values.format(indicator="a", year=2020, age="b", level="c").split("?")[1].startswith("v=")


def test_leiden_is_found_with_its_figure_and_its_box(
    client: TestClient, nation: Nation, package: Package
) -> None:
    areas = client.get(nation_url(nation, "areas/municipality.json")).json()
    number = areas["codes"].index(LEIDEN)
    assert (areas["names"][number], areas["within"][number]) == ("Leiden", "Leiden")
    west, south, east, north = areas["boxes"][number]
    assert west < 4.49 < east
    assert south < 52.16 < north
    told = client.get(nation_url(nation, f"values/{FIGURE}/municipality.json")).json()
    rows = package.observations
    (own,) = rows.loc[
        (rows["indicator_id"] == "50090NED-Roker")
        & (rows["area_code"] == LEIDEN)
        & (rows["year"] == 2020)
        & (rows["age_group"] == "18plus"),
        "value",
    ]
    assert told["values"][number] == own


@pytest.mark.parametrize(
    "rest",
    [
        "tiles/street/5/16/10.json",
        "tiles/district/5/16/x.json",
        "tiles/district/5/16/-1.json",
        "tiles/district/99999999/16/10.json",
        "areas/country.json",
        "areas/datapackage.json",
        f"values/{FIGURE}/country.json",
        "values/50090NED-Nothing/2020/18plus/district.json",
        "values/50090NED-Roker/2021/18plus/district.json",
        "values/50090NED-Roker/2020/65plus/district.json",
        "values/50090NED-FietsenNaarSchoolOfWerk/2020/18plus/district.json",
        "observations.parquet",
    ],
)
def test_what_is_not_there_is_told_so(client: TestClient, nation: Nation, rest: str) -> None:
    assert client.get(nation_url(nation, rest)).status_code == 404


def test_another_snapshot_is_not_there(client: TestClient, nation: Nation) -> None:
    assert client.get("/hsc/nation/000000000000/areas/district.json").status_code == 404


def test_a_damaged_nation_closes_nothing_and_is_told_once(
    build: Build,
    nation: Nation,
    elsewhere: pytest.MonkeyPatch,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
) -> None:
    folder = Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "nation"))
    with (folder / "observations.parquet").open("r+b") as file:
        file.seek(1000)
        file.write(b"damaged")
    use(elsewhere, folder)
    with caplog.at_level(logging.ERROR, "hsc_geo"):
        client = build()
        told = client.get("/hsc/health")
        client.get("/hsc/health")
    assert (told.status_code, told.json()["status"], told.json()["nation"]) == (200, "degraded", "damaged")
    assert web_nation.nation() is None
    assert client.get(nation_url(nation, "areas/district.json")).status_code == 404
    assert "<title>" in client.get("/").text
    (line,) = [each.getMessage() for each in caplog.records]
    assert str(folder) in line
    assert "observations.parquet: is damaged or was changed by hand" in line


@pytest.mark.parametrize("folder", [None, DEFAULT_FOLDER.parent / "not-there"])
def test_off_by_choice_or_a_folder_named_that_is_not_there(
    build: Build, elsewhere: pytest.MonkeyPatch, folder: Path | None
) -> None:
    use(elsewhere, folder)
    told = build().get("/hsc/health").json()
    assert (told["status"], told["nation"]) == (("ok", "off") if folder is None else ("degraded", "damaged"))


def test_without_the_folder_beside_the_program_it_is_off(
    build: Build, elsewhere: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    elsewhere.setattr(web_nation, "DEFAULT_FOLDER", tmp_path / "nation")
    use(elsewhere, tmp_path / "nation")
    told = build().get("/hsc/health").json()
    assert (told["status"], told["nation"]) == ("ok", "off")


def test_a_file_that_goes_while_the_server_runs_is_no_data(
    build: Build, elsewhere: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = Path(shutil.copytree(DEFAULT_FOLDER, tmp_path / "nation"))
    use(elsewhere, folder)
    found = web_nation.nation()  # before the server, whose own thread would else load another one
    assert found is not None
    client = build()
    for name in ("observations.parquet", "district.mbtiles"):
        (folder / name).unlink()
    assert client.get(nation_url(found, f"values/{FIGURE}/district.json")).status_code == 503
    assert client.get(nation_url(found, "tiles/district/5/16/10.json")).status_code == 503
    assert client.get(nation_url(found, "areas/district.json")).status_code == 200
    for _ in range(MOST_A_MINUTE + 5):
        client.get(nation_url(found, "tiles/district/5/16/10.json"))
    told = [each for each in caplog.records if "cannot be read" in each.getMessage()]
    assert 0 < len(told) <= MOST_A_MINUTE  # any visitor can cause them
