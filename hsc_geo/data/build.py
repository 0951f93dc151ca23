"""Building the data package from the extracts and our own words: `python -m hsc_geo data build`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import geopandas as gpd

from hsc_geo.data.area_table import area_rows, names_of
from hsc_geo.data.descriptor import make_descriptor
from hsc_geo.data.drawing import drawing, drawing_text, full_geometry
from hsc_geo.data.figures import COUNTED_TABLE, Kept, Rows, indicator_rows, keep_figures, observation_rows
from hsc_geo.data.left_out import LeftOut
from hsc_geo.data.organisation_match import index_organisations, participations
from hsc_geo.data.own_words import refuse_strange_areas
from hsc_geo.data.place_join import Joined, Spot, join_areas, make_gazetteer, make_spots
from hsc_geo.data.places import locations, places_of, told_of_places
from hsc_geo.data.register_tables import (
    groups_of_types,
    initiative_rows,
    organisation_rows,
    translations,
    venue_rows,
)
from hsc_geo.data.statements import statements_of
from hsc_geo.data.swap import building_beside
from hsc_geo.data.writer import csv_bytes, json_bytes, write_geometry
from hsc_geo.domain import schema
from hsc_geo.domain.problems import Problem, ProblemsError
from hsc_geo.sources import municipality as own_words
from hsc_geo.sources import words as words_files
from hsc_geo.sources.boundaries import Boundaries, read_boundaries
from hsc_geo.sources.extracts import Record, read_records, require_files
from hsc_geo.sources.national import RESIDENTS_YEAR, read_national
from hsc_geo.sources.register import EMPTY as EMPTY_REGISTER
from hsc_geo.sources.register import Register, read_register
from hsc_geo.sources.statline import TABLES as STAT_TABLES
from hsc_geo.sources.statline import read_figures
from hsc_geo.sources.words import Words, read_words, read_words_elsewhere

NAMES_FILE = "statistics/85984NED_2024.csv"
UNUSED_FILES = ("boundaries/leiden_pc4.geojson",)
STEPS = ("sources", "areas", "figures", "initiatives", "drawing", "writing", "checking")

Tell = Callable[[str], None]
Check = Callable[[Path], Sequence[Problem]]


class CheckFailed(ProblemsError):
    """The package was built but does not pass its own check, so it did not take the place of the old one."""


@dataclass(frozen=True)
class Summary:
    """What a build made: rows per file, things left out per reason, and the snapshot id."""

    rows: Mapping[str, int]
    left_out: Mapping[str, int]
    snapshot: str


@dataclass(frozen=True)
class Elsewhere:
    """Another municipality: its code or name, and the folder of its own files, None for none."""

    municipality: str
    own: Path | None = None


@dataclass(frozen=True, eq=False)
class Sources:
    """Everything that a build reads."""

    boundaries: Boundaries
    figures: tuple[tuple[Any, ...], ...]
    names: Mapping[str, str]
    register: Register
    words: Words
    residents: Mapping[str, str] = field(default_factory=dict)  # of areas without Kerncijfers, in 2022
    province: str = ""
    unused: tuple[str, ...] = UNUSED_FILES


@dataclass(frozen=True, eq=False)
class Content:
    """Everything that a build writes; of the descriptor what it says of the municipality."""

    municipality: Mapping[str, Any]
    rows: Mapping[str, Rows]
    geometry: gpd.GeoDataFrame
    drawing: str


def build(
    extracts: Path,
    output: Path,
    words: Path = words_files.FOLDER,
    elsewhere: Elsewhere | None = None,
    tell: Tell = lambda step: None,
    check: Check | None = None,
) -> Summary:
    """Build the package in a folder beside `output`, check it, and let it take the place of `output`.

    elsewhere: another municipality than that of the extracts and the words.
    tell: called with the name of each step (STEPS) when it starts. check: run on the new folder before the swap.
    Raises SourceError for faulty or missing sources, CheckFailed when the check finds problems; `output` is then as
    it was.
    """
    with building_beside(output) as folder:
        tell("sources")
        sources = read_elsewhere(extracts, elsewhere) if elsewhere else read_sources(extracts, words)
        content = assemble(sources, tell)
        if elsewhere:
            refuse_strange_areas(content.rows)
        tell("writing")
        snapshot = write(folder, content)
        tell("checking")
        problems = check(folder) if check else ()
        if problems:
            raise CheckFailed(problems)
    rows = {name: len(table) for name, table in content.rows.items()}
    reasons = Counter(row["reason_code"] for row in content.rows["left_out"])
    return Summary(
        rows | {schema.GEOMETRY.name: len(content.geometry)}, dict(sorted(reasons.items())), snapshot
    )


def read_elsewhere(extracts: Path, elsewhere: Elsewhere) -> Sources:
    """The sources of another municipality, from the national extracts and its own folder.

    Raises SourceError for a municipality or a file that is missing, and for faults in its own files.
    """
    own = elsewhere.own
    found = read_national(extracts, elsewhere.municipality)
    words = read_words_elsewhere(own)
    tables = {figure.table_id for figure in found.figures} | {COUNTED_TABLE}
    return Sources(
        boundaries=found.boundaries,
        figures=(found.figures,),
        names=found.names,
        register=read_register(own, may_be_empty=True) if own else EMPTY_REGISTER,
        words=replace(words, indicators=indicators_of(tables, words.indicators)),
        residents=found.residents,
        province=found.province,
        unused=(),
    )


def indicators_of(tables: Collection[str], indicators: Sequence[Record]) -> tuple[Record, ...]:
    """Those of the tables. Where one of another table comes first for what it measures, the one here takes its rank."""
    ranks = {each["concept"]: each["default_rank"] for each in indicators if each["default_rank"]}
    mine = [each for each in indicators if each["table_id"] in tables]
    ranked = {each["concept"] for each in mine if each["default_rank"]}
    made = []
    for each in mine:
        rank = ranks.get(each["concept"], "")
        if rank and each["concept"] not in ranked:
            ranked.add(each["concept"])
            each = replace(each, cells={**each.cells, "default_rank": rank})
        made.append(each)
    return tuple(made)


def read_sources(extracts: Path, words: Path) -> Sources:
    """Read all sources. Raises SourceError, naming every missing file."""
    require_files(extracts)
    return Sources(
        boundaries=read_boundaries(extracts),
        figures=tuple(read_figures(extracts, table) for table in STAT_TABLES),
        names=names_of(read_records(extracts, NAMES_FILE, ["WijkenEnBuurten", "Naam"])),
        register=read_register(extracts),
        words=read_words(words),
    )


def assemble(sources: Sources, tell: Tell = lambda step: None) -> Content:
    """The tables and geometry of the package, from the sources."""
    tell("areas")
    areas = area_rows(sources.boundaries, sources.names, [f for extract in sources.figures for f in extract])
    for row in areas:
        if row["area_code"] in sources.residents and not row["population"]:
            row |= {"population": sources.residents[row["area_code"]], "population_year": RESIDENTS_YEAR}
    tell("figures")
    figures = _figures(sources, areas)
    tell("initiatives")
    tables, left_out = _register_tables(sources)
    tell("drawing")
    shapes = drawing(sources.boundaries, areas)
    unused = [LeftOut(file, None, file, "file_not_used") for file in sources.unused]
    lost = sorted({*figures.left_out, *left_out, *unused}, key=lambda each: each.sort_key)
    rows = {
        "areas": areas,
        "indicators": indicator_rows(sources.words.indicators, figures.figures),
        "observations": observation_rows(figures.figures),
        **tables,
        **_plain_tables(sources.words),
        "left_out": [each.cells() for each in lost],
    }
    in_order = {table.name: rows[table.name] for table in schema.TABLES}
    geometry = full_geometry(sources.boundaries)
    municipality = own_words.described(sources.boundaries.municipality_code, sources.words, sources.province)
    return Content(municipality, in_order, geometry, drawing_text(shapes))


def write(folder: Path, content: Content) -> str:
    """Write every file of the package into the folder; gives the snapshot id."""
    for table in schema.TABLES:
        (folder / table.path).write_bytes(csv_bytes(table, content.rows[table.name]))
    write_geometry(content.geometry, folder / schema.GEOMETRY.path)
    (folder / schema.DRAWING.path).write_text(content.drawing, encoding="utf-8", newline="\n")
    descriptor = make_descriptor(folder, content.rows, content.municipality)
    (folder / schema.DESCRIPTOR).write_bytes(json_bytes(descriptor))
    return str(descriptor["snapshot"])


def _figures(sources: Sources, areas: Rows) -> Kept:
    indicators = {record["indicator_id"] for record in sources.words.indicators}
    codes = [row["area_code"] for row in areas if row["level"] != "surrounding"]
    return keep_figures(sources.figures, indicators, codes)


def _register_tables(sources: Sources) -> tuple[dict[str, Rows], list[LeftOut]]:
    register, words, boundaries = sources.register, sources.words, sources.boundaries
    spots = make_spots(boundaries.neighbourhoods, register.coordinates)
    told = told_of_places(words.places, register.initiatives)
    places, doubts = places_of(register.initiatives, spots, register.venues, told)
    joined = _join(sources, locations(places))
    index = index_organisations(register.organisations)
    place = sources.names[boundaries.municipality_code]
    parts, unnamed = participations(register.initiatives, index, place)
    in_words = translations(words.initiatives, register.initiatives, "initiative_id", "initiative_id")
    organisation_words = translations(
        words.organisations, register.organisations, "organisation_id", "partner_id"
    )
    groups = groups_of_types(words.vocabularies)
    said = statements_of(words.statements, [r["initiative_id"] for r in register.initiatives])
    tables = {
        "initiatives": initiative_rows(register.initiatives, in_words, said, groups, joined.served),
        "initiative_places": [place.cells() for key in sorted(places) for place in places[key]],
        "initiative_areas": _sorted_rows(joined.served, "initiative_id", "area_code"),
        "initiative_organisations": _sorted_rows(parts, "initiative_id"),
        "organisations": organisation_rows(register.organisations, organisation_words),
        "venues": venue_rows(register.venues, spots),
    }
    return tables, [*doubts, *joined.left_out, *unnamed]


def _join(sources: Sources, spots: Mapping[str, Sequence[Spot]]) -> Joined:
    boundaries = sources.boundaries
    names = {**boundaries.districts["name"].to_dict(), **boundaries.neighbourhoods["name"].to_dict()}
    gazetteer = make_gazetteer(names, sources.words.place_names)
    return join_areas(sources.register.initiatives, boundaries.municipality_code, gazetteer, spots)


def _sorted_rows(things: Sequence[Any], *keys: str) -> Rows:
    rows = [dict(vars(each)) for each in things]
    return sorted(rows, key=lambda row: [row[key] for key in keys])


def _plain_tables(words: Words) -> dict[str, Rows]:
    """Tables that our words hold as they are."""
    plain = {
        "vocabularies": words.vocabularies,
        "sources": words.sources,
        "place_names": words.place_names,
        "focus_areas": words.focus_areas,
        "explanations": words.explanations,
        "asked_none": words.asked_none,
    }
    rows = {name: [dict(record.cells) for record in records] for name, records in plain.items()}
    return rows | {"vocabularies": [*own_words.ambition_terms(words.ambitions), *rows["vocabularies"]]}
