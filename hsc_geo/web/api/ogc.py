"""OGC API - Features: what stands at `/api`, its collections and their features.

Source: Part 1: Core (17-069r4), Part 2: coordinate systems (18-058r1), Part 3: queryables (19-079r2).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis.feature_kinds import KINDS, NONE_KNOWN, Kind
from hsc_geo.analysis.feature_query import CRS, CRS_NAME, CRS_OF, Query, crs, read
from hsc_geo.analysis.features import extent, layer, select, text_of
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import WGS84
from hsc_geo.domain.message import Meaning, Message
from hsc_geo.web.api import openapi
from hsc_geo.web.api.answers import (
    COMMON,
    Link,
    address,
    check_common,
    link,
    package,
    parameters,
    said,
    told,
)
from hsc_geo.web.api.media import GEOJSON, JSON, OPENAPI, SCHEMA, SLD

_REL = "http://www.opengis.net/def/rel/ogc/1.0/"
_PART_1, _PART_2, _PART_3 = (
    f"http://www.opengis.net/spec/ogcapi-features-{part}/1.0/conf/" for part in (1, 2, 3)
)
CONFORMS = (
    *(_PART_1 + name for name in ("core", "geojson", "oas30")),
    _PART_2 + "crs",
    *(_PART_3 + name for name in ("queryables", "queryables-query-parameters")),
)
TITLE = Meaning("Healthy society on the map: open API", "Gezonde samenleving op de kaart: open API")
ABOUT = Meaning(
    "Areas, figures and initiatives as features, the register as Human Services Data, and everything as files. What is "
    "missing is null, and never zero or no. ",
    "Gebieden, cijfers en initiatieven als features, het register als Human Services Data, en alles als bestanden. Wat "
    "ontbreekt is null, en nooit nul of nee. ",
)


def landing(request: Request) -> Response:
    """What there is, with a link to each."""
    parameters(request)
    here = address(request)
    return told(
        request,
        {
            "title": said(request, TITLE),
            "description": said(request, ABOUT) + said(request, NONE_KNOWN),
            "edition": package().snapshot,
            "links": [
                link(here, "self"),
                link(address(request, "openapi.json"), "service-desc", OPENAPI, "OpenAPI 3"),
                link(address(request, "conformance"), "conformance"),
                link(address(request, "collections"), "data"),
                link(address(request, "hsds"), "related", JSON, "Open Referral HSDS 3"),
                link(address(request, "dictionary.json"), "describedby", JSON, "Data dictionary"),
                link(address(request, "editions"), "related", JSON, "Editions that are kept"),
                *(
                    link(address(request, name), "enclosure", kind, title)
                    for name, (kind, title) in openapi.FILES.items()
                ),
            ],
        },
    )


def conformance(request: Request) -> Response:
    """Which standards hold."""
    parameters(request)
    return told(request, {"conformsTo": list(CONFORMS)})


def description(request: Request) -> Response:
    """The API as OpenAPI 3."""
    parameters(request)
    here = address(request).rstrip("/")
    told_in = lambda text: said(request, text)  # noqa: E731 - a name for what is handed on
    return told(
        request,
        openapi.document(here, told_in, told_in(TITLE), told_in(ABOUT) + told_in(NONE_KNOWN)),
        OPENAPI,
    )


def collections(request: Request) -> Response:
    """Every collection."""
    parameters(request)
    now = package()
    return told(
        request,
        {
            "links": [link(address(request, "collections"), "self")],
            "crs": list(CRS),
            "collections": [_collection(request, now, kind) for kind in KINDS.values()],
        },
    )


def collection(request: Request) -> Response:
    """One collection."""
    parameters(request)
    return told(request, _collection(request, package(), asked_kind(request)))


def asked_kind(request: Request) -> Kind:
    """The collection of an address. Raises HTTPException where there is none."""
    asked = str(request.path_params["collection"])
    if asked not in KINDS:
        known = ", ".join(KINDS)
        raise HTTPException(
            404,
            Message("there is no collection {name}; there are {known}", name=repr(asked[:80]), known=known),
        )
    return KINDS[asked]


def _collection(request: Request, now: Package, kind: Kind) -> dict[str, Any]:
    at = ("collections", kind.id)
    sources = _sources(now, kind)
    links = [
        link(address(request, *at), "self"),
        link(address(request, *at, "items"), "items", GEOJSON, said(request, kind.title)),
        link(address(request, *at, "queryables"), f"{_REL}queryables", SCHEMA),
        link(address(request, *at, "schema"), "describedby", SCHEMA),
        link(address(request, "styles", f"{kind.id}.sld"), "related", SLD, "Style for a GIS (SLD)"),
        *_licences(now, sources),
    ]
    return {
        "id": kind.id,
        "title": said(request, kind.title),
        "description": said(request, kind.description),
        "attribution": "; ".join(
            dict.fromkeys(each["publisher"] for each in sources if each.get("publisher"))
        ),
        "links": links,
        "extent": _extent(now, kind),
        "itemType": "feature",
        "crs": list(CRS),
        "storageCrs": CRS_OF[kind.storage],
        "sources": sources,
    }


def _sources(now: Package, kind: Kind) -> list[dict[str, str]]:
    """What the descriptor says of where the table comes from."""
    for resource in now.descriptor.get("resources", ()):
        if resource.get("name") == kind.table:
            return list(resource.get("sources", ()))
    return []


def _licences(now: Package, sources: list[dict[str, str]]) -> list[Link]:
    names = dict.fromkeys(each["licence"] for each in sources if each.get("licence"))
    rows = now.sources
    addresses = dict(zip(rows["licence"], rows["licence_url"], strict=True))
    return [link(addresses[name], "license", "text/html", name) for name in names if addresses.get(name)]


def _extent(now: Package, kind: Kind) -> dict[str, Any]:
    found = extent(now, kind.id)
    made: dict[str, Any] = {}
    if found.box:
        made["spatial"] = {"bbox": [list(found.box)], "crs": CRS_OF[WGS84]}
    if found.days:
        moments = [f"{found.days[0]}T00:00:00Z", f"{found.days[1]}T23:59:59Z"]
        made["temporal"] = {
            "interval": [moments],
            "trs": "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian",
        }
    return made


def queryables(request: Request) -> Response:
    """What the features of a collection can be chosen by, as JSON Schema."""
    return _schema(request, "queryables")


def schema(request: Request) -> Response:
    """What a feature of a collection holds, as JSON Schema."""
    return _schema(request, "schema")


def _schema(request: Request, name: str) -> Response:
    parameters(request)
    kind = asked_kind(request)
    made = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": address(request, "collections", kind.id, name),
        "type": "object",
        "title": said(request, kind.title),
        "description": said(request, kind.description),
        "additionalProperties": False,
        "properties": {
            "geometry": {"format": f"geometry-{kind.geometry.lower()}"},
            **{
                each.name: openapi.property_schema(
                    each, lambda text: said(request, text), null=name == "schema"
                )
                for each in kind.fields
            },
        },
    }
    return told(request, made, SCHEMA)


def items(request: Request) -> Response:
    """A page of features."""
    kind = asked_kind(request)
    given = request.query_params.multi_items()
    check_common(given)
    query = read(kind, [pair for pair in given if pair[0] not in COMMON])
    found = select(layer(package(), kind.id), query)
    links = _paging(request, kind, query, found.matched)
    head = openapi.text(
        {"numberMatched": found.matched, "numberReturned": len(found.features), "links": links}
    )
    body = f'{{"type":"FeatureCollection",{head[1:-1]},"features":[{",".join(found.features)}]}}'
    return _in_crs(told(request, body, GEOJSON), query.crs)


def _paging(request: Request, kind: Kind, query: Query, matched: int) -> list[Link]:
    at = ("collections", kind.id)
    given = [pair for pair in request.query_params.multi_items() if pair[0] != "offset"]

    def page(offset: int) -> str:
        asked = [*given, ("offset", str(offset))] if offset else given
        return address(request, *at, "items", query=asked)

    links = [link(page(query.offset), "self", GEOJSON), link(address(request, *at), "collection")]
    if query.offset + query.limit < matched:
        links.append(link(page(query.offset + query.limit), "next", GEOJSON))
    if query.offset:
        links.append(link(page(max(0, query.offset - query.limit)), "prev", GEOJSON))
    return links


def item(request: Request) -> Response:
    """One feature."""
    kind = asked_kind(request)
    asked = parameters(request, CRS_NAME)
    epsg = crs(CRS_NAME, asked.get(CRS_NAME))
    of, key = layer(package(), kind.id), str(request.path_params["feature"])
    if key not in of.rows:
        raise HTTPException(
            404, Message("there is no feature {id} in {collection}", id=repr(key[:80]), collection=kind.id)
        )
    at = ("collections", kind.id)
    links = [
        link(address(request, *at, "items", key), "self", GEOJSON),
        link(address(request, *at), "collection"),
    ]
    return _in_crs(told(request, text_of(of, of.rows[key], epsg, {"links": links}), GEOJSON), epsg)


def _in_crs(response: Response, epsg: int) -> Response:
    response.headers["Content-Crs"] = f"<{CRS_OF[epsg]}>"
    return response


PATHS: Mapping[str, Any] = {
    "": landing,
    "/": landing,
    "/conformance": conformance,
    "/openapi.json": description,
    "/collections": collections,
    "/collections/{collection}": collection,
    "/collections/{collection}/queryables": queryables,
    "/collections/{collection}/schema": schema,
    "/collections/{collection}/items": items,
    "/collections/{collection}/items/{feature:path}": item,
}
