"""The package of a municipality before anything is fetched: its name, the words and an empty register."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import geopandas as gpd

from hsc_geo.data.descriptor import BOUNDARIES
from hsc_geo.data.figures import COUNTED_TABLE, Rows
from hsc_geo.data.load import Package, indexed_table
from hsc_geo.data.writer import csv_bytes
from hsc_geo.domain import schema
from hsc_geo.domain.areas import COUNTRY
from hsc_geo.domain.crs import RD
from hsc_geo.sources import municipality as own_words
from hsc_geo.sources.extracts import Record
from hsc_geo.sources.live.tables import TABLES
from hsc_geo.sources.words import Words, read_words, read_words_elsewhere


def seed(code: str, name: str, own: Path | None) -> Package:
    """A package without figures and boundaries, for `refreshed` to put them in. own: the municipality's own words.

    Raises SourceError for a file or column that is missing in them.
    """
    words = read_words_elsewhere(own)
    rows = {table.name: _rows(table.name, code, name, words) for table in schema.TABLES}
    frames = {table.name: indexed_table(table, csv_bytes(table, rows[table.name])) for table in schema.TABLES}
    empty = gpd.GeoDataFrame({"area_code": [], "level": []}, geometry=[], crs=RD).set_index("area_code")
    return Package(
        **frames,
        geometry=empty,
        drawing={"type": "FeatureCollection", "features": []},
        descriptor={own_words.KEY: own_words.described(code, words)},
        snapshot="",
        folder=Path(),
    )


def _rows(table: str, code: str, name: str, words: Words) -> Rows:
    plain: dict[str, Sequence[Record]] = {
        "place_names": words.place_names,
        "focus_areas": words.focus_areas,
        "explanations": words.explanations,
        "asked_none": words.asked_none,
    }
    if table in plain:
        return [dict(each.cells) for each in plain[table]]
    made = {"areas": _areas(code, name), "indicators": _indicators(words), "sources": _sources(words)}
    made["vocabularies"] = [
        *own_words.ambition_terms(words.ambitions),
        *(dict(each.cells) for each in words.vocabularies),
    ]
    return made.get(table, [])


def _areas(code: str, name: str) -> Rows:
    cells = dict.fromkeys(schema.table("areas").columns, "") | {"bands_basis": "missing"}
    country = {"area_code": COUNTRY, "name": "Nederland", "level": "country"}
    own = {"area_code": code, "name": name, "level": "municipality", "parent_code": COUNTRY}
    return [cells | country, cells | own | {"municipality_code": code}]


def _indicators(words: Words) -> Rows:
    """Those of the tables that are fetched, and those that the app counts itself."""
    wanted = {COUNTED_TABLE, *(table.table_id for table in TABLES)}
    nothing = {"years": "", "age_groups": "", "levels": ""}
    return [dict(each.cells) | nothing for each in words.indicators if each["table_id"] in wanted]


def _sources(words: Words) -> Rows:
    """Those of the municipality's own words, and one for each table that is fetched and for the boundaries: what they
    are is filled in from the answers."""
    general = {each["source_id"]: each for each in read_words().sources}
    fetched = [table.table_id for table in TABLES]
    kept = [
        each for each in words.sources if not each["source_id"].startswith((BOUNDARIES, "WIJKEN", "50090NED"))
    ]
    rows = [dict(general[key].cells) | {"note_nl": "", "note_en": ""} for key in fetched]
    boundaries = dict.fromkeys(schema.table("sources").columns, "") | {"source_id": BOUNDARIES}
    return [*rows, boundaries, *(dict(each.cells) for each in kept)]
