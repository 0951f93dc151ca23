"""Our own routes: assets, layers of the map, tiles, health."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin

import pytest
from starlette.routing import Route
from starlette.testclient import TestClient

from hsc_geo import __version__
from hsc_geo.data.load import Package
from hsc_geo.views.kit.components import FRONTEND, SERVED, SERVED_AT, served_address
from hsc_geo.views.maps.features import initiative_features
from hsc_geo.web import assets
from hsc_geo.web import package as web_package
from hsc_geo.web.assets import (
    LEAFLET_FILES,
    AssetError,
    asset_url,
    leaflet_folder,
    leaflet_url,
    own_files,
    own_version,
)
from hsc_geo.web.layers import LAYERS, layer_url
from hsc_geo.web.routes import own_routes
from hsc_geo.web.tiles import TRANSPARENT
from tests.web import loopback
from tests.web.conftest import Build
from tests.web.loopback import TileServer

IMMUTABLE = "public, max-age=31536000, immutable"
TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".png": "image/png"}


@pytest.mark.parametrize("name", LEAFLET_FILES)
def test_leaflet_comes_whole_from_the_installed_wheel(client: TestClient, name: str) -> None:
    response = client.get(leaflet_url(name))
    assert response.status_code == 200
    assert response.content == (leaflet_folder() / name).read_bytes()
    assert response.headers["content-type"] == TYPES[Path(name).suffix]
    assert response.headers["cache-control"] == IMMUTABLE


def test_pictures_that_leaflets_styles_name_are_served(client: TestClient) -> None:
    styles = client.get(leaflet_url("leaflet.css")).text
    named = set(re.findall(r"url\((images/[^)]+)\)", styles))
    assert named
    assert all(client.get(f"/hsc/assets/leaflet/{name}").status_code == 200 for name in named)


@pytest.mark.parametrize("query", ["", "?v=old", "?v="])
def test_without_the_right_version_the_browser_asks_again(client: TestClient, query: str) -> None:
    response = client.get(f"/hsc/assets/leaflet/leaflet.js{query}")
    assert response.headers["cache-control"] == "no-cache"
    again = client.get("/hsc/assets/leaflet/leaflet.js", headers={"If-None-Match": response.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_text_travels_zipped_to_who_can_unzip(client: TestClient) -> None:
    plain = client.get(leaflet_url("leaflet.js"), headers={"Accept-Encoding": "identity"})
    zipped = client.get(leaflet_url("leaflet.js"), headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert zipped.headers["content-encoding"] == "gzip"
    assert zipped.content == plain.content
    assert int(zipped.headers["content-length"]) < len(plain.content) / 3
    assert plain.headers["vary"] == zipped.headers["vary"] == "Accept-Encoding"


EVIL = [
    "/hsc/assets/leaflet/%2e%2e/%2e%2e/__init__.py",
    "/hsc/assets/leaflet/images/%2e%2e/leaflet.extras.js",
    "/hsc/assets/leaflet//etc/passwd",
    "/hsc/assets/leaflet/leaflet.extras.js",
    "/hsc/assets/leaflet/images",
    "/hsc/assets/leaflet/",
    "/hsc/assets/own/%2e%2e%2fassets.py",
    "/hsc/assets/own/..",
    "/hsc/assets/own/0/%2e%2e/assets.py",
    "/hsc/assets/own/0/map/%2e%2e/%2e%2e/assets.py",
    "/hsc/assets/own/0//etc/passwd",
    "/hsc/assets/own/0/map",
    "/hsc/assets/own/0/.gitignore",
    "/hsc/assets/own/0/%00",
    "/hsc/assets/own/0/C:%5Cwindows",
    "/hsc/assets/own/map.js",
    "/hsc/assets/",
    "/hsc/",
    "/hsc/map/latest/areas.json",
]


@pytest.mark.parametrize("path", EVIL)
def test_nothing_else_is_served(client: TestClient, path: str) -> None:
    response = client.get(path, follow_redirects=False)
    assert response.status_code in (400, 404)
    assert "root:" not in response.text
    assert "<html" not in response.text


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of own files in the place of ours: a script that imports another, and what is not for serving."""
    (tmp_path / "map.js").write_text('import("./map/areas.mjs")')
    (tmp_path / "map").mkdir()
    (tmp_path / "map" / "areas.mjs").write_text("export const a = 1")
    (tmp_path / "notes.txt").write_text("not for serving")
    monkeypatch.setattr(assets, "OWN_FOLDER", tmp_path)
    _forget()
    yield tmp_path
    _forget()


def _forget() -> None:
    own_files.cache_clear()
    own_version.cache_clear()


def test_own_asset_has_an_address_with_the_version_in_it(client: TestClient, own: Path) -> None:
    script = client.get(asset_url("map.js"))
    assert script.text == 'import("./map/areas.mjs")'
    assert script.headers["cache-control"] == IMMUTABLE
    assert client.get(f"/hsc/assets/own/{own_version()}/notes.txt").status_code == 404
    with pytest.raises(AssetError, match=r"No own asset 'gone.js': there are map.js, map/areas.mjs"):
        asset_url("gone.js")


def test_a_script_imports_the_module_of_its_own_version(client: TestClient, own: Path) -> None:
    """A change of the module alone changes the address of the script too, else a browser would keep both."""
    before = asset_url("map.js")
    beside = urljoin(before, "./map/areas.mjs")
    assert beside == asset_url("map/areas.mjs")
    module = client.get(beside)
    assert (module.text, module.headers["cache-control"]) == ("export const a = 1", IMMUTABLE)
    assert module.headers["content-type"] == TYPES[".js"]
    (own / "map" / "areas.mjs").write_text("export const a = 2")
    _forget()
    assert asset_url("map.js") != before
    assert client.get(asset_url("map/areas.mjs")).text == "export const a = 2"


def test_a_file_of_another_version_is_that_of_now_and_is_not_kept(client: TestClient, own: Path) -> None:
    """A browser that opened the page before the server was renewed still gets a map."""
    response = client.get("/hsc/assets/own/000000000000/map/areas.mjs")
    assert (response.status_code, response.text) == (200, "export const a = 1")
    assert response.headers["cache-control"] == "no-cache"


def test_all_own_files_are_served(client: TestClient) -> None:
    assert {"map.js", "map.css", "map/chart.mjs"} <= own_files().keys()
    for name in own_files():
        assert client.get(asset_url(name)).status_code == 200


@pytest.mark.parametrize("name", SERVED)
def test_a_component_names_files_that_browsers_may_keep(client: TestClient, name: str) -> None:
    answer = client.get(served_address(name))
    assert answer.content == (FRONTEND / name).read_bytes()
    assert answer.headers["cache-control"] == IMMUTABLE
    assert client.get(f"{SERVED_AT}/site.css").status_code == 404


def test_areas_layer_is_the_drawing_as_it_is(client: TestClient, package: Package) -> None:
    response = client.get(layer_url(package, "areas"))
    drawn = response.json()
    for each in drawn["features"]:
        each["properties"].pop("anchor", None)
    assert drawn == package.drawing
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == IMMUTABLE
    assert response.headers["content-encoding"] == "gzip"


def test_initiatives_layer_is_what_the_views_make_of_it(client: TestClient, package: Package) -> None:
    response = client.get(layer_url(package, "initiatives"))
    assert response.json() == json.loads(json.dumps(initiative_features(package)))
    assert response.headers["cache-control"] == IMMUTABLE


def test_layers_of_another_edition_are_not_there(client: TestClient, package: Package) -> None:
    assert package.snapshot != "000000000000"
    for name in LAYERS:
        assert client.get(f"/hsc/map/000000000000/{name}.json").status_code == 404
    assert client.get(f"/hsc/map/{package.snapshot}/secrets.json").status_code == 404


def test_health(client: TestClient, package: Package) -> None:
    response = client.get("/hsc/health")
    told = response.json()
    assert set(told["register"]) == {
        "store",
        "state",
        "revision",
        "open_proposals",
        "proposals_today",
        "queue_full",
        "day_full",
    }
    assert told == {
        "status": "ok",
        "snapshot": package.snapshot,
        "version": __version__,
        "register": told["register"],
        "nation": "ok",
    }
    assert response.headers["cache-control"] == "no-store"


def test_without_data_the_server_lives_and_says_so(
    build: Build, package: Package, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_package, "settings", lambda: type("Chosen", (), {"data_folder": tmp_path})())
    monkeypatch.setattr(web_package, "_package", None)
    client = build(tiles=True)
    response = client.get("/hsc/health")
    assert response.status_code == 503
    told = response.json()
    assert (told["status"], told["snapshot"], told["version"]) == ("no data", None, __version__)
    assert client.get(f"/hsc/map/{package.snapshot}/areas.json").status_code == 503
    assert client.get("/hsc/tiles/13/4198/2700.png").headers["x-tile"] == "unavailable"
    assert "<title>Gezonde samenleving op de kaart</title>" in client.get("/").text


@pytest.mark.parametrize("base", ["/leiden", "/a/b"])
def test_all_is_under_the_base_path(build: Build, package: Package, base: str) -> None:
    client = build(base=base)
    for url in (leaflet_url("leaflet.js"), layer_url(package, "areas"), *map(served_address, SERVED)):
        assert url.startswith(f"{base}/hsc/")
        assert client.get(url).status_code == 200
    assert client.get(f"{base}/hsc/health").status_code == 200
    assert client.get("/hsc/health").status_code == 404


@pytest.fixture
def upstream() -> Iterator[TileServer]:
    with loopback.tile_server() as running:
        yield running


def test_tile_of_the_municipality(build: Build, upstream: TileServer) -> None:
    client = build(tiles=True, tile_upstream=upstream.template)
    for origin in ("upstream", "cache"):
        response = client.get("/hsc/tiles/13/4198/2700.png")
        assert response.content == TRANSPARENT
        assert response.headers["content-type"] == "image/png"
        assert response.headers["cache-control"] == "public, max-age=604800"
        assert response.headers["x-tile"] == origin
    assert upstream.asked == ["/13/4198/2700.png"]


OUTSIDE = [
    "13/0/0",
    "10/524/337",
    "18/134344/86400",
    "13/-1/2700",
    "13/4198/2700.5",
    "x/y/z",
    "13/4198/" + "9" * 5000,
]


@pytest.mark.parametrize("place", OUTSIDE)
def test_tile_outside_is_not_asked_for(build: Build, upstream: TileServer, place: str) -> None:
    response = build(tiles=True, tile_upstream=upstream.template).get(f"/hsc/tiles/{place}.png")
    assert (response.status_code, response.content) == (200, TRANSPARENT)
    assert response.headers["x-tile"] == "outside"
    assert response.headers["cache-control"] == "no-store"
    assert upstream.asked == []


def test_tile_that_cannot_be_had_is_no_error_for_the_browser(build: Build, upstream: TileServer) -> None:
    upstream.answer = loopback.status(500)
    response = build(tiles=True, tile_upstream=upstream.template).get("/hsc/tiles/13/4198/2700.png")
    assert (response.status_code, response.content) == (200, TRANSPARENT)
    assert response.headers["x-tile"] == "unavailable"
    assert response.headers["cache-control"] == "no-store"


def test_tiles_off_asks_nobody(build: Build, upstream: TileServer) -> None:
    response = build(tiles=False, tile_upstream=upstream.template).get("/hsc/tiles/13/4198/2700.png")
    assert response.headers["x-tile"] == "unavailable"
    assert upstream.asked == []


# Routes of our own, for whom they are; what stewards do goes through the register, which asks who acts.
FOR_ANYONE = {
    *(
        "/favicon.ico",
        "/robots.txt",
        "/.well-known/security.txt",
        "/hsc/health",
        "/hsc/search",
        "/hsc/qr.svg",
    ),
    *("/hsc/assets/leaflet/{name:path}", "/hsc/assets/own/{version}/{name:path}", "/hsc/assets/kit/{name}"),
    *("/hsc/map/{snapshot}/{layer}.json", "/hsc/figures/{name}", "/hsc/paper/{kind}.{form}"),
    "/hsc/nation/{snapshot}/areas/{level}.json",
    "/hsc/nation/{snapshot}/tiles/{level}/{z}/{x}/{y}.json",
    "/hsc/nation/{snapshot}/values/{indicator}/{year}/{age}/{level}.json",
    *("/hsc/tiles/{z}/{x}/{y}.png", "/hsc/{rest:path}"),
    *("/api", "/api/", "/api/conformance", "/api/openapi.json", "/api/collections", "/api/{rest:path}"),
    "/api/collections/{collection}",
    *(f"/api/collections/{{collection}}/{part}" for part in ("queryables", "schema", "items")),
    "/api/collections/{collection}/items/{feature:path}",
    *("/api/hsds", "/api/hsds/", "/api/hsds/{name}", "/api/hsds/{name}/{id}"),
    *("/api/dictionary.json", "/api/figures.parquet", "/api/figures-csv.zip", "/api/edition.zip"),
    *("/api/editions", "/api/editions/{edition}.zip", "/api/styles/{collection}.sld"),
    *("/feed.atom", "/feed.atom/{rest:path}"),
}
FOR_THE_OPERATOR = {"/hsc/metrics"}  # only where a setting asks for it


def test_every_route_of_our_own_is_stated_and_only_reads() -> None:
    routes = [route for route in own_routes(None, with_metrics=True) if isinstance(route, Route)]
    assert len(routes) == len(own_routes(None, with_metrics=True))
    assert {route.path for route in routes} == FOR_ANYONE | FOR_THE_OPERATOR
    assert not FOR_THE_OPERATOR & {getattr(route, "path", "") for route in own_routes(None)}
    assert {method for route in routes for method in route.methods or ()} == {"GET", "HEAD"}
