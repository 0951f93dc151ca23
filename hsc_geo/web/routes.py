"""The routes of our own: under `/hsc/` and `/api`, and what programs look for at the top of a site."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from hsc_geo import __version__
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import DataError, Package
from hsc_geo.views.kit.names import EDITION
from hsc_geo.web import editions, register, sharing
from hsc_geo.web.api.limits import Limits
from hsc_geo.web.api.routes import api_routes
from hsc_geo.web.assets import kit_files, leaflet_files, own_files, own_version
from hsc_geo.web.bulk import FILES, figures_file, file_name
from hsc_geo.web.layers import LAYERS, layer, made_layer
from hsc_geo.web.metrics import TILES, metrics
from hsc_geo.web.nation import DAMAGED, condition, nation_routes
from hsc_geo.web.paths import address, base_path
from hsc_geo.web.resource import Resource, answer
from hsc_geo.web.settings import settings
from hsc_geo.web.site_paths import REVIEW
from hsc_geo.web.tiles import OUTSIDE, UNAVAILABLE, Tile, TileArea, TileKey, TileProxy, tile_area

_NUMBER = re.compile(r"[0-9]{1,7}")  # longer ones lie outside of any map, and are costly to read


def own_routes(
    proxy: TileProxy | None, *, with_metrics: bool = False, limits: Limits | None = None
) -> list[BaseRoute]:
    """All routes of our own; `proxy` is None when the background map is off, `limits` those of the open API."""
    return [
        Route(f"{base_path()}/favicon.ico", icon),
        Route(f"{base_path()}/robots.txt", robots),
        Route(f"{base_path()}/.well-known/security.txt", security),
        *([Route(address("metrics"), metrics)] if with_metrics else []),
        Route(address("assets/leaflet/{name:path}"), leaflet_asset),
        Route(address("assets/own/{version}/{name:path}"), own_asset),
        Route(address("assets/kit/{name}"), kit_asset),
        Route(address("map/{snapshot}/{layer}.json"), map_layer),
        *nation_routes(),
        Route(address("figures/{name}"), all_figures),
        Route(address("paper/{kind}.{form}"), paper),
        Route(address("qr.svg"), sharing.qr),
        Route(address("search"), search),
        Route(address("tiles/{z}/{x}/{y}.png"), _tile_endpoint(proxy)),
        Route(address("health"), health),
        Route(address("{rest:path}"), unknown),
        *api_routes(limits or Limits()),
    ]


async def leaflet_asset(request: Request) -> Response:
    """A file of Leaflet's."""
    return _versioned_answer(request, _known(leaflet_files(), request))


async def own_asset(request: Request) -> Response:
    """A file of our own; under the folder of another version it is the one of now, for a browser to ask for again."""
    found = _known(own_files(), request)
    return answer(request, found, immutable=request.path_params["version"] == own_version())


async def kit_asset(request: Request) -> Response:
    """A script or style of our components."""
    return _versioned_answer(request, _known(kit_files(), request))


def _known(files: Mapping[str, Resource], request: Request) -> Resource:
    resource = files.get(request.path_params["name"])
    if resource is None:
        raise HTTPException(404)
    return resource


def _versioned_answer(request: Request, resource: Resource) -> Response:
    return answer(request, resource, immutable=request.query_params.get("v") == resource.version)


def map_layer(request: Request) -> Response:  # not async: making a layer takes time, so it gets a thread
    """A layer of the map of the snapshot that is shown, was shown lately, or is of an edition; 404 for another."""
    name, snapshot = request.path_params["layer"], request.path_params["snapshot"]
    package = _package_or_503()
    if name not in LAYERS:
        raise HTTPException(404)
    found = layer(package, name) if snapshot == package.snapshot else made_layer(snapshot, name)
    if found is None:
        opened = editions.shelf().of_snapshot(snapshot)
        if opened is None:
            raise HTTPException(404)
        found = layer(opened.package, name)
    return _versioned_answer(request, found)


def all_figures(request: Request) -> Response:  # not async: making a file takes a second, so it gets a thread
    """All figures as one file, to be kept under a name with the edition; 404 for another name, and for an edition
    that cannot be opened."""
    name, asked = request.path_params["name"], request.query_params.get(EDITION, "")
    opened = editions.found(asked)
    if name not in FILES or (asked and opened is None):
        raise HTTPException(404)
    package = opened.package if opened else _package_or_503()
    found = answer(request, figures_file(package, name), immutable=False)
    found.headers["Content-Disposition"] = f'attachment; filename="{file_name(package, name)}"'
    return found


def paper(request: Request) -> Response:  # not async: making one takes a second, so it gets a thread
    """A view as PDF, or the picture of its map."""
    return sharing.paper(request, _package_or_503)


def search(request: Request) -> Response:  # not async: the first one makes the index, so it gets a thread
    """What the one search finds."""
    from hsc_geo.web import finding  # late: what it brings is not needed to listen

    return finding.found(request, _package_or_503())


def _package_or_503() -> Package:
    try:
        return register.package()
    except DataError:
        raise HTTPException(503, "No data") from None


def health(request: Request) -> Response:
    """Whether the server can do its work: 200 with the snapshot, also when only the register or the nation fails
    (`degraded`); 503 when the data cannot be read."""
    now = register.condition()
    try:
        snapshot = register.package().snapshot
        well = now.state in (register.OK, register.OFF) and not now.takes_none and condition() != DAMAGED
        status = "ok" if well else "degraded"
    except DataError:
        status, snapshot = "no data", None
    body = {
        "status": status,
        "snapshot": snapshot,
        "version": __version__,
        "register": asdict(now),
        "nation": condition(),
    }
    return JSONResponse(body, 200 if snapshot else 503, headers={"Cache-Control": "no-store"})


async def icon(request: Request) -> Response:
    """The mark of the site, for a browser that asks before a page has named one."""
    return answer(request, own_files()["icon.svg"], immutable=False)


async def robots(request: Request) -> Response:
    """What programs that read the web may look at: all but where one signs in, and what is made while one waits."""
    closed = (f"Disallow: {base_path()}/{path}" for path in (REVIEW, "auth/", "hsc/paper/", "_stcore/"))
    return PlainTextResponse(
        "\n".join(("User-agent: *", *closed, "")), headers={"Cache-Control": "max-age=86400"}
    )


async def security(request: Request) -> Response:
    """Where a hole in the security can be told (RFC 9116); 404 where the operator names no contact and end."""
    chosen = settings()
    if not (chosen.security_contact and chosen.security_expires):
        raise HTTPException(404)
    lines = (
        f"Contact: {chosen.security_contact}",
        f"Expires: {chosen.security_expires}T00:00:00Z",
        "Preferred-Languages: nl, en",
        "",
    )
    return PlainTextResponse("\n".join(lines), headers={"Cache-Control": "max-age=86400"})


async def unknown(request: Request) -> Response:
    """Any other path under `/hsc/`: without this, Streamlit would answer its start page."""
    raise HTTPException(404)


def _tile_endpoint(proxy: TileProxy | None) -> Callable[[Request], Awaitable[Response]]:
    async def tile(request: Request) -> Response:
        """A tile of the background map; a transparent one, with the reason in `X-Tile`, where there is none."""
        key = _tile_key(request.path_params)
        area = _served_area(register.loaded())
        if proxy is None or area is None:
            return _tile_answer(UNAVAILABLE)
        return _tile_answer(await proxy.tile(key) if key and area.holds(key) else OUTSIDE)

    return tile


def _tile_key(params: Mapping[str, str]) -> TileKey | None:
    numbers = [params[name] for name in ("z", "x", "y")]
    return TileKey(*map(int, numbers)) if all(map(_NUMBER.fullmatch, numbers)) else None


def _served_area(package: Package | None) -> TileArea | None:
    return None if package is None else _area_of(package)


@per_package(maxsize=1)
def _area_of(package: Package) -> TileArea:
    return tile_area(package)


def _tile_answer(tile: Tile) -> Response:
    TILES.labels(tile.origin).inc()
    found = tile.origin in ("cache", "upstream")
    caching = "public, max-age=604800" if found else "no-store"
    return Response(
        tile.body, media_type=tile.media_type, headers={"Cache-Control": caching, "X-Tile": tile.origin}
    )
