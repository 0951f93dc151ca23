"""datapackage.json: the contract, the sources, licences, hashes and the snapshot id of a built package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from hsc_geo.data.writer import file_hash
from hsc_geo.domain import schema, versions
from hsc_geo.domain.contract import SEPARATOR, Field, ForeignKey, Table
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.extracts import raise_if
from hsc_geo.sources.municipality import KEY as MUNICIPALITY

Row = Mapping[str, str]
HASH = "sha256:"
SNAPSHOT_LENGTH = 12
RETRIEVALS = "retrievals"  # of a table that was fetched: edition, moment, way, addresses and hashes

# Which sources stand behind a file; observations and indicators follow from their own column source_id.
BOUNDARIES = "BOUNDARIES"  # with the year of their classification behind it
POPULATION_SOURCES = ("86165NED", "85984NED", "WIJKEN2022")  # those that the package has
REGISTER_SOURCES = ("REGISTER",)
COORDINATE_SOURCE_PREFIX = "VENUES-"


def snapshot_id(resources: Iterable[Mapping[str, Any]], municipality: Any = None) -> str:
    """First twelve hexadecimal digits of sha256 over names and hashes of the resources, in order of name, and what the
    descriptor says of the municipality. Without the latter (an older edition) the resources alone."""
    lines = sorted(f"{each['name']} {each['hash']}\n" for each in resources)
    if municipality:
        lines.append(f"{MUNICIPALITY} {json.dumps(municipality, ensure_ascii=False, sort_keys=True)}\n")
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()[:SNAPSHOT_LENGTH]


def make_descriptor(
    folder: Path, rows: Mapping[str, Sequence[Row]], municipality: Mapping[str, Any]
) -> dict[str, Any]:
    """The descriptor of the package in `folder`, whose tables hold `rows`.

    municipality: what is said of it, beside its name. Raises SourceError when a source behind a file is not in
    sources.csv.
    """
    name = next(row["name"] for row in rows["areas"] if row["level"] == "municipality")
    enums = _enums(rows["vocabularies"])
    sources = {row["source_id"]: row for row in rows["sources"]}
    behind = source_ids(rows)
    missing = sorted({each for ids in behind.values() for each in ids if each not in sources})
    raise_if(
        Problem("sources.csv", 0, "source_id", each, "the source is not in the words; add it")
        for each in missing
    )
    resources = [
        {
            **file_facts(folder, each.name, each.path),
            **_table(each, enums),
            **origin(behind[each.name], sources),
        }
        for each in schema.TABLES
    ]
    resources += [
        {**file_facts(folder, each.name, each.path), **_geometry(each), **origin(behind[each.name], sources)}
        for each in schema.GEOMETRY_FILES
    ]
    return {
        "profile": "data-package",
        "name": "hsc-geo-data",
        "title": f"{name}: gezondheid, gebieden en initiatieven / health, areas and initiatives",
        "snapshot": snapshot_id(resources, municipality),
        versions.KEY: versions.newest().number,
        **_without_empty({MUNICIPALITY: municipality}),
        **origin(sorted({source for ids in behind.values() for source in ids}), sources),
        "resources": resources,
    }


def source_ids(rows: Mapping[str, Sequence[Row]]) -> dict[str, tuple[str, ...]]:
    """The ids of the sources behind every file of the package."""
    figures = tuple(sorted({row["source_id"] for row in rows["indicators"]}))
    coordinates = (
        row["source_id"] for row in rows["sources"] if row["source_id"].startswith(COORDINATE_SOURCE_PREFIX)
    )
    known = {row["source_id"] for row in rows["sources"]}
    later = (row["source_id"] for row in rows["indicators"] if row.get("stem") == "AantalInwoners")
    population = (each for each in dict.fromkeys((*POPULATION_SOURCES, *later)) if each in known)
    located = (*REGISTER_SOURCES, *coordinates)
    boundaries = boundary_sources(row["source_id"] for row in rows["sources"]) or (BOUNDARIES,)
    behind = {each.name: () for each in (*schema.TABLES, *schema.GEOMETRY_FILES)}
    return {
        **behind,
        "areas": (*boundaries, *population),
        "areas-geometry": boundaries,
        "areas-drawing": boundaries,
        "indicators": figures,
        "observations": tuple(source for source in figures if source not in REGISTER_SOURCES),
        "initiatives": located,
        "initiative_places": located,
        "initiative_areas": located,
        "initiative_organisations": REGISTER_SOURCES,
        "organisations": REGISTER_SOURCES,
        "venues": located,
    }


def boundary_sources(ids: Iterable[str]) -> tuple[str, ...]:
    """Those of the ids that are of boundaries."""
    return tuple(each for each in ids if each.startswith(BOUNDARIES))


def file_facts(folder: Path, name: str, path: str) -> dict[str, Any]:
    """Name, path, hash and size of a file of a package."""
    where = folder / path
    return {"name": name, "path": path, "hash": HASH + file_hash(where), "bytes": where.stat().st_size}


def expected_schema(table: Table, vocabularies: Iterable[Row]) -> dict[str, Any]:
    """The Frictionless schema of a table, with the codes that the vocabularies hold."""
    return _schema(table, _enums(vocabularies))


def _table(table: Table, enums: Mapping[str, list[str]]) -> dict[str, Any]:
    return {
        "type": "table",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "title": table.title_en,
        "description": table.en,
        "title_nl": table.title_nl,
        "description_nl": table.nl,
        "schema": _schema(table, enums),
    }


def _schema(table: Table, enums: Mapping[str, list[str]]) -> dict[str, Any]:
    parts: dict[str, Any] = {
        "fields": [_field(field, enums) for field in table.fields],
        "missingValues": [""],
    }
    if table.primary_key:
        parts["primaryKey"] = list(table.primary_key)
    if table.foreign_keys:
        parts["foreignKeys"] = [_foreign_key(table, key) for key in table.foreign_keys]
    return parts


def _foreign_key(table: Table, key: ForeignKey) -> dict[str, Any]:
    resource = "" if key.table == table.name else key.table  # "" is Frictionless for the table itself
    return {"fields": [key.field], "reference": {"resource": resource, "fields": [key.reference]}}


def _field(field: Field, enums: Mapping[str, list[str]]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "name": field.name,
        "type": field.type,
        "description": field.en,
        "description_nl": field.nl,
    }
    if field.link:
        told["format"] = "uri"
    if field.many:
        told["separator"] = SEPARATOR
    if field.vocabulary:
        told["vocabulary"] = field.vocabulary
    limits = _constraints(field, enums)
    return {**told, "constraints": limits} if limits else told


def _constraints(field: Field, enums: Mapping[str, list[str]]) -> dict[str, Any]:
    words = list(field.enum) or (enums.get(field.vocabulary or "", []) if not field.many else [])
    limits = {
        "required": field.required or None,
        "unique": field.unique or None,
        "minimum": field.minimum,
        "maximum": field.maximum,
        "pattern": field.pattern,
        "enum": words or None,
    }
    return {name: value for name, value in limits.items() if value is not None}


def _enums(vocabularies: Iterable[Row]) -> dict[str, list[str]]:
    codes: dict[str, list[str]] = {}
    for row in vocabularies:
        codes.setdefault(row["vocabulary"], []).append(row["code"])
    return codes


def _geometry(file: schema.GeometryFile) -> dict[str, Any]:
    return {
        "type": "file",
        "format": file.format,
        "mediatype": file.mediatype,
        "title": file.title_en,
        "description": file.en,
        "title_nl": file.title_nl,
        "description_nl": file.nl,
        "crs": f"EPSG:{file.epsg}",
        "properties": list(file.properties),
    }


def origin(ids: Iterable[str], sources: Mapping[str, Row]) -> dict[str, Any]:
    """Sources, licences and vintage, told only where there is something to tell.

    A licence without a page of its own is a remark; it stays with its source.
    """
    behind = [sources[each] for each in ids]
    licences = {row["licence"]: row["licence_url"] for row in behind if row["licence_url"]}
    vintages = list(dict.fromkeys(row["vintage"] for row in behind if row["vintage"]))
    told = {
        "sources": [_source(row) for row in behind],
        "licenses": [
            {"name": name.replace(" ", "-"), "title": name, "path": url} for name, url in licences.items()
        ],
        "vintage": "; ".join(vintages),
    }
    return _without_empty(told)


def _source(row: Row) -> dict[str, Any]:
    told = {"title": row["title"], "path": row["url"], "id": row["source_id"], "publisher": row["publisher"]}
    return _without_empty({**told, "licence": row["licence"], "vintage": row["vintage"]})


def _without_empty(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value}
