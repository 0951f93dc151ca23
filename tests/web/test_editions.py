"""The editions of a server: loaded when asked for, three in memory, gone when moved away; papers, layers, the API."""

from __future__ import annotations

import datetime as dt
import io
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from hsc_geo.data.editions import Edition, kept, make
from hsc_geo.data.load import Package
from hsc_geo.web import editions
from hsc_geo.web.bulk import figures_urls
from hsc_geo.web.editions import KEPT, Damaged, Gone, Shelf
from hsc_geo.web.layers import forget_layers

OLD = "Zo heette het toen"


@pytest.fixture(scope="module")
def made(package: Package, tmp_path_factory: pytest.TempPathFactory) -> list[Edition]:
    """Four editions of one content with an older name in it, of four days."""
    initiatives = package.initiatives.copy()
    initiatives.loc["LEI-010", "name"] = OLD
    folder = tmp_path_factory.mktemp("editions")
    old = replace(package, initiatives=initiatives)
    first = make(old, folder, dt.date(2026, 10, 1)).edition
    for day in range(2, KEPT + 2):  # the same bytes, as `make` would write them
        shutil.copytree(first.folder, folder / f"2026-10-{day:02d}-{first.snapshot}")
    return kept(folder)


@pytest.fixture
def shelf(made: list[Edition], monkeypatch: pytest.MonkeyPatch) -> Shelf:
    found = Shelf(made[0].folder.parent)
    monkeypatch.setattr(editions, "shelf", lambda: found)
    return found


def test_the_last_three_that_were_asked_for_stay_in_memory(shelf: Shelf, made: list[Edition]) -> None:
    assert KEPT == 3
    first, second, third, fourth = (each.name for each in made)
    held = {name: shelf.opened(name).package for name in (first, second, third)}
    assert held[first].initiatives.at["LEI-010", "name"] == OLD
    assert shelf.opened(first).package is held[first]
    shelf.opened(fourth)  # the second was asked for longest ago
    assert shelf.opened(first).package is held[first]
    assert shelf.opened(third).package is held[third]
    assert shelf.opened(second).package is not held[second]


def test_one_that_is_moved_away_is_gone_and_back_when_it_is_there_again(
    made: list[Edition], tmp_path: Path
) -> None:
    there = tmp_path / "kept" / made[0].name
    shutil.copytree(made[0].folder, there)
    shelf = Shelf(there.parent)
    shelf.opened(there.name)
    away = there.rename(tmp_path / "away")
    with pytest.raises(Gone):
        shelf.opened(there.name)
    assert (shelf.all(), shelf.of_snapshot(made[0].snapshot)) == ([], None)
    away.rename(there)
    assert shelf.opened(there.name).edition.day == dt.date(2026, 10, 1)


@pytest.mark.parametrize(
    "name", ["", "..", "2026-10-01", "2026-10-01-ABCDEFABCDEF", "2026-02-30-0123456789ab", "a\0"]
)
def test_only_a_whole_name_opens_one(name: str, shelf: Shelf) -> None:
    with pytest.raises(Gone):
        shelf.opened(name)


def test_a_damaged_one_is_logged_once_and_read_again_when_it_is_mended(
    made: list[Edition], tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    there = tmp_path / made[0].name
    shutil.copytree(made[0].folder, there)
    table = there / "venues.csv"
    whole = table.read_bytes()
    table.write_bytes(whole + b"\n")
    shelf = Shelf(tmp_path)
    for _ in range(2):
        with pytest.raises(Damaged):
            shelf.opened(there.name)
    assert [each.getMessage().count("venues.csv") for each in caplog.records] == [1]
    assert shelf.of_snapshot(made[0].snapshot) is None
    table.write_bytes(whole)
    assert shelf.opened(there.name).package.snapshot == made[0].snapshot


def test_a_folder_that_is_not_there_holds_none(tmp_path: Path) -> None:
    assert Shelf(tmp_path / "none").all() == []


@pytest.mark.usefixtures("shelf")
def test_a_paper_is_of_the_edition_and_of_its_day(client: TestClient, made: list[Edition]) -> None:
    answer = client.get(f"/hsc/paper/map.pdf?lang=en&sel=LEI-010&edition={made[0].name}")
    assert answer.status_code == 200
    pages = PdfReader(io.BytesIO(answer.content)).pages
    words = "".join("".join(page.extract_text().split()) for page in pages)
    assert f"Madeon1October2026fromedition{made[0].snapshot}" in words
    links = [note.get_object()["/A"]["/URI"] for page in pages for note in page.get("/Annots", [])]
    (back,) = [link for link in links if link.startswith("http://testserver/")]
    assert {f"edition={made[0].name}", "asof=2026-10-01"} <= set(back.partition("?")[2].split("&"))
    assert client.get("/hsc/paper/map.pdf?edition=2026-10-01-000000000000").status_code == 404


@pytest.mark.usefixtures("shelf")
def test_the_layers_of_an_edition_are_there_also_after_a_restart(
    client: TestClient, made: list[Edition], package: Package
) -> None:
    forget_layers()
    found = client.get(f"/hsc/map/{made[0].snapshot}/initiatives.json")
    assert found.status_code == 200
    assert OLD in found.text
    assert OLD not in client.get(f"/hsc/map/{package.snapshot}/initiatives.json").text
    assert client.get("/hsc/map/000000000000/initiatives.json").status_code == 404


@pytest.mark.usefixtures("shelf")
def test_the_open_api_is_of_the_present_and_has_the_zip_of_each(
    client: TestClient, made: list[Edition], package: Package, tmp_path: Path
) -> None:
    found = client.get("/api/collections/initiatives/items/LEI-010").json()
    assert found["properties"]["name"] == package.initiatives.at["LEI-010", "name"]
    told = client.get("/api/editions").json()
    assert told["present"] == package.snapshot
    assert [(each["id"], each["day"]) for each in told["editions"]] == [
        (each.name, each.day.isoformat()) for each in made
    ]
    (way,) = told["editions"][0]["links"]
    answer = client.get(way["href"])
    assert answer.headers["content-type"] == way["type"]
    name = f"hsc-geo-{made[0].name}.zip"
    assert answer.headers["content-disposition"] == f'attachment; filename="{name}"'
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        kept = {path.name: path.read_bytes() for path in made[0].folder.iterdir()}
        assert {each: archive.read(each) for each in archive.namelist()} == kept
    gone = client.get("/api/editions/2026-10-01-000000000000.zip", params={"lang": "nl"})
    assert gone.status_code == 404
    assert gone.json()["detail"].startswith("er is geen editie '2026-10-01-000000000000'")


@pytest.mark.usefixtures("shelf")
def test_the_search_is_of_the_edition_that_the_page_shows(client: TestClient, made: list[Edition]) -> None:
    def labels(**more: str) -> list[str]:
        told = client.get("/hsc/search", params={"q": OLD, "lang": "nl", **more}).json()
        return [item["label"] for group in told["groups"] for item in group["items"]]

    assert OLD in labels(edition=made[0].name)
    assert OLD not in labels()
    assert labels(edition="2026-10-01-000000000000") == labels()  # as the page then shows the present one


@pytest.mark.usefixtures("shelf")
def test_all_figures_are_of_the_edition_that_the_page_shows(
    client: TestClient, made: list[Edition], package: Package
) -> None:
    name = "figures.parquet"
    answer = client.get(figures_urls(made[0].name)[name])
    assert made[0].snapshot != package.snapshot
    assert f'"hsc-geo-{made[0].snapshot}-{name}"' in answer.headers["content-disposition"]
    assert client.get(figures_urls("2026-10-01-000000000000")[name]).status_code == 404
