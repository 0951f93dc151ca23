"""The nation at once: loaded once a process, and its tiles, areas and figures for the map.

The site does not depend on it. Without the folder, or when it is damaged, the map has no way to the nation.
"""

from __future__ import annotations

import gzip
import logging
import math
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import DataError
from hsc_geo.data.nation.reading import (
    DEFAULT_FOLDER,
    LEVELS,
    Nation,
    Offer,
    figures,
    load_nation,
    offered,
    tile,
)
from hsc_geo.web.assets import own_version
from hsc_geo.web.log import Sparing
from hsc_geo.web.paths import address
from hsc_geo.web.resource import IMMUTABLE, Resource, answer, json_body
from hsc_geo.web.settings import settings

OK, OFF, DAMAGED = "ok", "off", "damaged"
KEPT = 6  # answers with figures in memory at a time, some 20 kB each
_DIGITS = 7  # of a number in an address: longer ones lie outside of any map, and are costly to read
_LOGGER = logging.getLogger("hsc_geo")
_ASKED = logging.getLogger("hsc_geo.nation")  # of answers, so of lines that any visitor can cause
_ASKED.addFilter(Sparing())


def nation() -> Nation | None:
    """The nation of this process; None where there is none, by choice or because it cannot be read."""
    return _opened()[0]


def condition() -> str:
    """How it is, for an operator: OK, OFF or DAMAGED (the log says what)."""
    return _opened()[1]


def forget() -> None:
    """Drop what was loaded: for tests."""
    _opened.cache_clear()


@cache
def _opened() -> tuple[Nation | None, str]:
    folder = settings().nation
    if folder is None or (folder == DEFAULT_FOLDER and not folder.exists()):
        return None, OFF
    try:
        return load_nation(folder), OK
    except DataError as error:
        _LOGGER.error("The nation in the folder %s (HSC_NATION) cannot be read: %s", folder, error)
        return None, DAMAGED


def nation_routes() -> list[BaseRoute]:
    """What the map of the nation asks; the snapshot, and for JSON of ours the version, is in each address, so that a
    browser keeps the answers."""
    return [
        Route(address("nation/{snapshot}/tiles/{level}/{z}/{x}/{y}.json"), nation_tile),
        Route(address("nation/{snapshot}/areas/{level}.json"), nation_areas),
        Route(address("nation/{snapshot}/values/{indicator}/{year}/{age}/{level}.json"), nation_values),
    ]


def nation_url(found: Nation, rest: str = "") -> str:
    """The address on this host of something of the nation, such as `areas/district.json`."""
    return address(f"nation/{found.snapshot}/{rest}")


def versioned_url(found: Nation, rest: str) -> str:
    """The same for `areas` and `values`, which code shapes as well as data: with the version of the program's files."""
    return f"{nation_url(found, rest)}?v={own_version()}"


def nation_tile(request: Request) -> Response:  # not async: it reads a file, so it gets a thread
    """A tile of boundaries, as it was zipped; 204 where nothing is drawn."""
    found, level = _asked(request)
    z, x, y = (_number(request, name) for name in ("z", "x", "y"))
    with _readable():
        body = tile(found, level, z, x, y)
    headers = {"Cache-Control": IMMUTABLE}
    if body is None:
        return Response(status_code=204, headers=headers)
    headers["Vary"] = "Accept-Encoding"
    if "gzip" in request.headers.get("accept-encoding", ""):
        headers["Content-Encoding"] = "gzip"
    else:
        body = gzip.decompress(body)
    return Response(body, media_type="application/json", headers=headers)


def nation_areas(request: Request) -> Response:
    """Codes, names, municipalities (`within`) and boxes (west, south, east, north) of a level's areas, by number."""
    found, level = _asked(request)
    return _versioned_answer(request, _areas(found, level))


def nation_values(request: Request) -> Response:
    """A figure's values (null where there is none) and their status, by number; 404 for one that has no values."""
    found, level = _asked(request)
    params = request.path_params
    offer = Offer(params["indicator"], _number(request, "year"), params["age"], level)
    if offer not in offered(found):
        raise HTTPException(404)
    with _readable():
        return _versioned_answer(request, _values(found, offer))


def _versioned_answer(request: Request, resource: Resource) -> Response:
    return answer(request, resource, immutable=request.query_params.get("v") == own_version())


def _asked(request: Request) -> tuple[Nation, str]:
    found, level = nation(), request.path_params["level"]
    if found is None or request.path_params["snapshot"] != found.snapshot or level not in LEVELS:
        raise HTTPException(404)
    return found, level


def _number(request: Request, name: str) -> int:
    text = str(request.path_params[name])
    if not (text.isascii() and text.isdecimal() and len(text) <= _DIGITS):
        raise HTTPException(404)
    return int(text)


@contextmanager
def _readable() -> Iterator[None]:
    """503 for a file that could be read when the server started, and cannot any more."""
    try:
        yield
    except DataError as error:
        _ASKED.error("The nation in the folder %s cannot be read: %s", settings().nation, error)
        raise HTTPException(503, "No data") from None


@per_package(maxsize=len(LEVELS))
def _areas(found: Nation, level: str) -> Resource:
    rows = found.areas[found.areas["level"] == level]
    return _json(
        {
            "codes": rows.index.tolist(),
            "names": rows["name"].tolist(),
            "within": rows["municipality"].tolist(),
            "boxes": rows[["west", "south", "east", "north"]].to_numpy().tolist(),
        }
    )


@per_package(maxsize=KEPT)
def _values(found: Nation, offer: Offer) -> Resource:
    rows = figures(found, *offer)
    values = [None if math.isnan(value) else value for value in rows["value"].tolist()]
    return _json({"values": values, "status": rows["status"].tolist()})


def _json(content: dict[str, Any]) -> Resource:
    return Resource(json_body(content), "application/json", level=6)
