"""All figures as one file: made when asked for, once, and never part of a page."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest
from starlette.testclient import TestClient

from hsc_geo.analysis import bulk as making
from hsc_geo.data.load import Package
from hsc_geo.web import bulk
from hsc_geo.web import package as web_package
from hsc_geo.web.bulk import FILES, figures_file, figures_urls
from tests.web.conftest import Build


@pytest.mark.parametrize("name", FILES)
def test_each_file_comes_under_a_name_with_the_edition(
    client: TestClient, package: Package, name: str
) -> None:
    response = client.get(figures_urls()[name])
    assert response.status_code == 200
    assert response.headers["content-type"] == FILES[name].media_type
    called = f"hsc-geo-{package.snapshot.partition('-r')[0]}-{name}"
    assert response.headers["content-disposition"] == f'attachment; filename="{called}"'
    assert response.content == figures_file(package, name).body


def test_a_program_reads_it_from_its_address(client: TestClient, package: Package) -> None:
    content = client.get("/hsc/figures/figures.parquet").content
    assert len(pd.read_parquet(io.BytesIO(content))) == len(package.observations)


def test_who_has_it_does_not_get_it_again(client: TestClient) -> None:
    first = client.get("/hsc/figures/figures-csv.zip")
    again = client.get("/hsc/figures/figures-csv.zip", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("path", ["", "figures.csv", "%2e%2e/health", "figures.parquet/x", "x" * 999])
def test_other_files_are_not_there(client: TestClient, path: str) -> None:
    assert client.get(f"/hsc/figures/{path}", follow_redirects=False).status_code in (400, 404)


def test_it_is_made_when_asked_for_and_once_an_edition(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_made", {})
    made = []
    original = making.tidy
    monkeypatch.setattr(making, "tidy", lambda given: made.append(given.snapshot) or original(given))
    changed = replace(package, snapshot=f"{package.snapshot}-r7")  # another state of the register
    assert made == []
    first = figures_file(package, "figures.parquet")
    assert figures_file(package, "figures.parquet") is figures_file(changed, "figures.parquet") is first
    assert len(made) == 1
    monkeypatch.setattr(bulk, "MOST", 2)
    for number in range(2):
        figures_file(replace(package, snapshot=f"another{number}"), "figures.parquet")
        assert figures_file(package, "figures.parquet") is first  # asked for again, so it stays
    assert list(bulk._made) == [("another1", "figures.parquet"), (making.edition(package), "figures.parquet")]
    assert len(made) == 3


def test_without_data_it_says_so(build: Build, tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr(web_package, "settings", lambda: type("Chosen", (), {"data_folder": tmp_path})())
    monkeypatch.setattr(web_package, "_package", None)
    assert build().get("/hsc/figures/figures.parquet").status_code == 503


@pytest.mark.parametrize("base", ["", "/leiden"])
def test_the_addresses_are_under_the_base_path(build: Build, base: str) -> None:
    client = build(base=base)
    for url in figures_urls().values():
        assert url.startswith(f"{base}/hsc/figures/")
        assert client.get(url).status_code == 200
