"""The open API described for programs: OpenAPI 3.0, made from the same contract as the answers."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from hsc_geo import __version__
from hsc_geo.analysis.feature_kinds import KINDS, Kind
from hsc_geo.analysis.feature_query import (
    BBOX,
    BBOX_CRS,
    CRS,
    CRS_NAME,
    DATETIME,
    DEFAULT_LIMIT,
    LIMIT,
    MOST,
    OFFSET,
    OFFSET_MOST,
)
from hsc_geo.domain.contract import Field
from hsc_geo.domain.message import Meaning
from hsc_geo.web.api.media import GEOJSON, JSON, OPENAPI, PARQUET, PROBLEM, SCHEMA, SLD, ZIP
from hsc_geo.web.document import LANGUAGES

Said = Callable[[Meaning], str]
Tree = dict[str, Any]
FILES = {
    "figures.parquet": (PARQUET, "All figures, Parquet"),
    "figures-csv.zip": (ZIP, "All figures, CSV"),
    "edition.zip": (ZIP, "The edition, a data package that hsc_geo.open reads"),
}
FIGURE = ("indicator_id", "year", "age_group", "area_level")  # of a style: which figure it draws
HSDS_LISTS = (
    "services",
    "organizations",
    "locations",
    "service_at_locations",
    "taxonomies",
    "taxonomy_terms",
)
HSDS_MOST = 500
HSDS_FILTERS = {
    **dict.fromkeys(
        ("services", "organizations", "service_at_locations"),
        ("full", "search", "taxonomy_id", "taxonomy_term_id", "organization_id"),
    ),
    "locations": ("full", "search"),
    "taxonomies": ("search",),
    "taxonomy_terms": ("search", "taxonomy_id"),
}
HSDS_PAGE = ("page", "per_page")
_JSON_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean"}
_SEVERAL = Meaning(
    "Several values, joined with |; a filter asks for one of them.",
    "Meer waarden, met | ertussen; een filter vraagt om een ervan.",
)


def text(content: object) -> str:
    """As JSON, without blanks."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def property_schema(field: Field, said: Said, *, null: bool) -> Tree:
    """A property as JSON Schema; null: whether it can be missing."""
    kind = _JSON_TYPES.get(field.type, "string")
    words = [said(Meaning(field.en, field.nl)), *([said(_SEVERAL)] if field.many else [])]
    made: Tree = {
        "description": " ".join(words),
        "type": [kind, "null"] if null and not field.required else kind,
    }
    if field.enum:
        made["enum"] = list(field.enum) if field.required or not null else [*field.enum, None]
    return made


def document(here: str, said: Said, title: str, about: str) -> Tree:
    """The whole description; here: the address of the API, without a slash at the end."""
    return {
        "openapi": "3.0.3",
        "info": {"title": title, "description": about, "version": __version__},
        "servers": [{"url": here}],
        "paths": {**_plain_paths(), **_collection_paths(said), **_hsds_paths(), **_file_paths()},
        "components": {"responses": _responses()},
    }


def _get(
    id_: str, summary: str, parameters: Iterable[Tree], content: Mapping[str, Tree], found: bool = True
) -> Tree:
    answers: Tree = {
        "200": {"description": "OK", "content": dict(content)},
        **_refer("BadRequest", "TooMany", "NoData"),
    }
    if not found:
        answers |= _refer("NotFound")
    common = [
        _parameter("lang", {"type": "string", "enum": list(LANGUAGES)}),
        _parameter("f", {"type": "string", "enum": ["json"]}),
    ]
    return {
        "get": {
            "operationId": id_,
            "summary": summary,
            "parameters": [*parameters, *common],
            "responses": answers,
        }
    }


_CODES = {"BadRequest": "400", "NotFound": "404", "TooMany": "429", "NoData": "503"}


def _refer(*names: str) -> Tree:
    return {_CODES[name]: {"$ref": f"#/components/responses/{name}"} for name in names}


def _responses() -> Tree:
    body = {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {"detail": {"type": "string"}, "status": {"type": "integer"}},
    }
    return {name: {"description": name, "content": {PROBLEM: {"schema": body}}} for name in _CODES}


def _parameter(name: str, schema: Tree, where: str = "query", about: str = "") -> Tree:
    made = {"name": name, "in": where, "required": where == "path", "schema": schema}
    return made | {"description": about} if about else made


def _object(*required: str, **properties: Tree) -> Tree:
    return {"schema": {"type": "object", "required": list(required), "properties": properties}}


_LIST: Tree = {"type": "array", "items": {"type": "object"}}
_WHOLE: Tree = {"type": "integer", "minimum": 0}


def _plain_paths() -> Tree:
    return {
        "/": _get("getLandingPage", "What there is", (), {JSON: _object("links", links=_LIST)}),
        "/conformance": _get("getConformance", "Standards", (), {JSON: _object("conformsTo")}),
        "/openapi.json": _get(
            "getDescription", "This description", (), {OPENAPI: _object("openapi", "paths")}
        ),
        "/collections": _get(
            "getCollections",
            "Every collection",
            (),
            {JSON: _object("links", "collections", collections=_LIST)},
        ),
        "/dictionary.json": _get("getDictionary", "Tables, columns and codes", (), {JSON: _object("tables")}),
    }


def _collection_paths(said: Said) -> Tree:
    made: Tree = {}
    for kind in KINDS.values():
        at, title = f"/collections/{kind.id}", said(kind.title)
        key = _parameter("featureId", {"type": "string", "minLength": 1}, "path")
        feature = _object(
            "type", "id", "geometry", "properties", "links", properties={"type": "object"}, links=_LIST
        )
        made[at] = _get(f"describe.{kind.id}", title, (), {JSON: _object("id", "links", "extent", "crs")})
        for part in ("queryables", "schema"):
            made[f"{at}/{part}"] = _get(f"{part}.{kind.id}", title, (), {SCHEMA: _object("properties")})
        made[f"{at}/items"] = _get(f"items.{kind.id}", title, _items(kind, said), {GEOJSON: _page()})
        made[f"{at}/items/{{featureId}}"] = _get(
            f"item.{kind.id}", title, (key, _crs(CRS_NAME)), {GEOJSON: feature}, found=False
        )
    return made


def _page() -> Tree:
    return _object(
        *("type", "numberMatched", "numberReturned", "links", "features"),
        type={"type": "string", "enum": ["FeatureCollection"]},
        numberMatched=_WHOLE,
        numberReturned=_WHOLE | {"maximum": MOST},
        links=_LIST,
        features=_LIST,
    )


def _items(kind: Kind, said: Said) -> list[Tree]:
    numbers = {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}}
    limit = {"type": "integer", "minimum": 1, "maximum": MOST, "default": DEFAULT_LIMIT}
    offset = {"type": "integer", "minimum": 0, "maximum": OFFSET_MOST, "default": 0}
    box = _parameter(BBOX, numbers, about="west,south,east,north") | {"style": "form", "explode": False}
    return [
        _parameter(LIMIT, limit),
        _parameter(OFFSET, offset),
        box,
        _crs(BBOX_CRS),
        _parameter(
            DATETIME,
            {"type": "string"},
            about="2024-06-30, 2020-01-01/2024-12-31, 2020-01-01/.. or ../2019-12-31",
        ),
        _crs(CRS_NAME),
        *(_filter(field, said) for field in kind.fields),
    ]


def _filter(field: Field, said: Said) -> Tree:
    told = property_schema(field, said, null=False)
    about = str(told.pop("description"))
    return _parameter(field.name, told | ({"minLength": 1} if told["type"] == "string" else {}), about=about)


def _crs(name: str) -> Tree:
    return _parameter(name, {"type": "string", "enum": list(CRS)})


def _hsds_paths() -> Tree:
    key = _parameter("id", {"type": "string", "format": "uuid"}, "path")
    made: Tree = {"/hsds": _get("hsds", "Open Referral HSDS 3", (), {JSON: _object("version")})}
    for name in HSDS_LISTS:
        page = _object(
            "total_items", "total_pages", "page_number", "size", "empty", "contents", contents=_LIST
        )
        asked = [_parameter(each, _HSDS[each]) for each in (*HSDS_PAGE, *HSDS_FILTERS[name])]
        made[f"/hsds/{name}"] = _get(f"hsds.{name}", name, asked, {JSON: page})
        made[f"/hsds/{name}/{{id}}"] = _get(
            f"hsds.one.{name}", name, (key,), {JSON: _object("id")}, found=False
        )
    return made


_HSDS: Tree = {
    "page": {"type": "integer", "minimum": 1, "maximum": OFFSET_MOST, "default": 1},
    "per_page": {"type": "integer", "minimum": 1, "maximum": HSDS_MOST, "default": DEFAULT_LIMIT},
    "full": {"type": "boolean", "default": False},
    **{name: {"type": "string"} for name in ("search", "taxonomy_id", "taxonomy_term_id", "organization_id")},
}


def _style() -> list[Tree]:
    """A figure can be named for `observations` alone."""
    year = {"type": "integer", "minimum": 0, "maximum": 9999}
    text_ = {"type": "string", "minLength": 1}
    return [
        _parameter("collection", {"type": "string", "enum": list(KINDS)}, "path"),
        *(_parameter(name, year if name == "year" else text_) for name in FIGURE),
    ]


def _file_paths() -> Tree:
    binary = {"schema": {"type": "string", "format": "binary"}}
    one = _parameter(
        "edition", {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{12}$"}, "path"
    )
    kept = _object("present", "editions", "links", editions=_LIST, links=_LIST)
    return {
        f"/{name}": _get(f"file.{name}", title, (), {kind: binary}) for name, (kind, title) in FILES.items()
    } | {
        "/editions": _get("editions", "Editions that are kept", (), {JSON: kept}),
        "/styles/{collection}.sld": _get("style", "Style for a GIS", _style(), {SLD: binary}, found=False),
        "/editions/{edition}.zip": _get("file.edition", "One of them", (one,), {ZIP: binary}, found=False),
    }
