"""The data package with fresh figures and boundaries in it: what services answered in the place of what was there.

Of a table that was fetched every figure is that of the answer: none of an older way stays beside it. The register, the
words and the tables that were not fetched stay as the package has them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from hsc_geo.data.area_table import BANDS, LAND, RESIDENTS, area_rows
from hsc_geo.data.area_table import TABLES as POPULATION_TABLES
from hsc_geo.data.descriptor import BOUNDARIES, RETRIEVALS, boundary_sources
from hsc_geo.data.drawing import drawing, full_geometry
from hsc_geo.data.figures import Kept, Rows, indicator_rows, keep_figures, observation_rows
from hsc_geo.data.left_out import LeftOut
from hsc_geo.data.load import Package, indexed_table
from hsc_geo.data.packing import rows_of
from hsc_geo.data.replacing import follow_points
from hsc_geo.data.writer import csv_bytes
from hsc_geo.domain import schema
from hsc_geo.domain.areas import level_of
from hsc_geo.domain.message import Message
from hsc_geo.domain.problems import Problem
from hsc_geo.sources.boundaries import Boundaries
from hsc_geo.sources.extracts import Record
from hsc_geo.sources.live.answers import Answer
from hsc_geo.sources.live.odata import IN_ANSWER, LiveRead
from hsc_geo.sources.live.pdok import HOST, LiveBoundaries
from hsc_geo.sources.live.tables import TABLES, LiveTable
from hsc_geo.sources.statline import PRESENT, Figure
from hsc_geo.sources.words import DERIVED, Words

ODATA, OGC = "StatLine OData", "PDOK OGC API Features"
_AT = "%Y-%m-%d %H:%M"

# What our words say of an extract, and of which level (and year) a figure makes it untrue.
_OF_THE_EXTRACT = {
    "Dit uittreksel heeft geen buurten.": ("neighbourhood", None),
    "Dit uittreksel heeft alleen buurten.": ("district", None),
    "In dit uittreksel zonder buurten; voor buurten is er het cijfer van 2024.": ("neighbourhood", None),
    "Over 2012 zijn er in deze editie geen wijken.": ("district", 2012),
    "Deze editie heeft geen cijfer voor heel Nederland.": ("country", None),
    "This extract has no neighbourhoods.": ("neighbourhood", None),
    "This extract has neighbourhoods only.": ("district", None),
    "Without neighbourhoods in this extract; for neighbourhoods there is the figure of 2024.": (
        "neighbourhood",
        None,
    ),
    "There are no districts for 2012 in this edition.": ("district", 2012),
    "No national figure in this edition.": ("country", None),
}
_COUNTED = frozenset({RESIDENTS, LAND, *BANDS.values()})
_OF_RESIDENTS = (("population", "population_year"), ("land_area_ha",))
_NO_INTERVAL = ("Deze editie heeft geen onzekerheidsmarge.", "No interval in this edition.")


@dataclass(frozen=True, eq=False)
class Refreshed:
    """The package as it would be, and what stands in the way of writing it."""

    package: Package
    problems: tuple[Problem, ...]


def stems_of(package: Package, table: LiveTable, words: Words) -> tuple[str, ...]:
    """The stems of the indicators that the package has of a table; of one that it does not have, those of our words."""
    mine = package.indicators[package.indicators["table_id"] == table.table_id]["stem"].astype(str)
    known = table.like or table.table_id
    ours = (record["stem"] for record in words.indicators if record["table_id"] == known)
    return tuple(sorted(mine if len(mine) else ours))


def refreshed(
    package: Package, read: Sequence[LiveRead], live: LiveBoundaries | None, words: Words
) -> Refreshed:
    """The package with these tables and boundaries in it. live: None leaves the boundaries as they are. words: say
    what the figures of a table mean that the package does not have."""
    boundaries = live.boundaries if live else boundaries_of(package)
    fetched = frozenset(each.table.table_id for each in read)
    rows = {table.name: [dict(row) for row in rows_of(package, table)] for table in schema.TABLES}
    _add_words(rows, [each.table for each in read], words)
    if live:
        old = package.geometry.geometry[package.geometry["level"] == "neighbourhood"]
        follow_points(rows, old, boundaries.neighbourhoods.geometry)
    before = _figures_of(rows)
    whole = [figure for figure in before if figure.table_id not in fetched]
    answered = [figure for each in read for figure in each.figures]
    areas = _areas(rows["areas"], boundaries, [*whole, *answered], live)
    codes = [row["area_code"] for row in areas if row["level"] != "surrounding"]
    indicators = {row["indicator_id"] for row in rows["indicators"]}
    kept = keep_figures([each.figures for each in read], indicators, codes)
    here = {row["area_code"] for row in areas}
    stay = [f for f in whole if f.area_code in here]
    gone = sorted({(f.table_id, f.area_code) for f in whole if f.area_code not in here})
    lost = [*kept.left_out, *_lost(read, gone)]
    changed = {
        **{name: rows[name] for name in ("venues", "initiative_areas")},
        "areas": areas,
        "observations": observation_rows(sorted([*stay, *kept.figures], key=_order)),
        "indicators": _indicators(rows["indicators"], kept),
        "sources": _sources(rows["sources"], read, live),
        "left_out": _left_out(rows["left_out"], fetched, lost),
    }
    frames: dict[str, Any] = {
        name: indexed_table(schema.table(name), csv_bytes(schema.table(name), mine))
        for name, mine in changed.items()
    }
    retrievals = _retrievals(package, read, live)
    descriptor = package.descriptor | ({RETRIEVALS: retrievals} if retrievals else {})
    shapes = _shapes(boundaries, areas) if live else {}
    after = replace(package, descriptor=descriptor, **frames, **shapes)
    return Refreshed(after, tuple(sorted({*_unmatched(read), *_left_hanging(rows, here)})))


def _shapes(boundaries: Boundaries, areas: Rows) -> dict[str, Any]:
    geometry = full_geometry(boundaries).set_index("area_code")
    return {"geometry": geometry, "drawing": drawing(boundaries, areas)}


def _add_words(rows: dict[str, Rows], tables: Iterable[LiveTable], words: Words) -> None:
    """The indicators and the source of a table that the package does not have, as our words tell them; of a later
    edition as they tell the known one, with its own year."""
    there = {row["table_id"] for row in rows["indicators"]}
    nothing = dict.fromkeys(DERIVED, "")
    for table in tables:
        known = table.like or table.table_id
        if table.table_id not in there:
            mine = [each.cells for each in words.indicators if each["table_id"] == known]
            rows["indicators"] += [{**_of_edition(cells, table), **nothing} for cells in mine]
        if table.table_id not in {row["source_id"] for row in rows["sources"]}:
            ours = [each.cells for each in words.sources if each["source_id"] == known]
            rows["sources"] += [_of_edition(cells, table) for cells in ours]


def _of_edition(cells: Mapping[str, str], table: LiveTable) -> dict[str, str]:
    """A row of our words for a later edition: its table and year in the place of those of the known one."""
    if not table.like:
        return dict(cells)
    known = next(each for each in TABLES if each.table_id == table.like)
    new = {known.table_id: table.table_id, str(known.year): str(table.year)}
    found = dict(cells)
    for old, now in new.items():
        found = {name: text.replace(old, now) for name, text in found.items()}
    return found


def _lost(read: Iterable[LiveRead], gone: Iterable[tuple[str, str]]) -> Iterator[LeftOut]:
    for each in read:
        for column in each.columns.unknown:
            yield LeftOut(each.table.table_id, None, column.stem, "column_without_indicator")
    for table, code in gone:
        yield LeftOut(table, None, code, "code_without_area")


def boundaries_of(package: Package) -> Boundaries:
    """The boundaries that the package has, as its build read them."""
    layers = package.geometry.join(package.areas[["name", "parent_code"]])

    def layer(level: str) -> Any:
        return layers.loc[layers["level"] == level, ["name", "parent_code", "geometry"]].sort_index()

    around = layer("surrounding")
    around["parent_code"] = ""
    return Boundaries(layer("neighbourhood"), layer("district"), around)


def _figures_of(rows: Mapping[str, Rows]) -> list[Figure]:
    known = {row["indicator_id"]: (row["table_id"], row["stem"]) for row in rows["indicators"]}
    return [
        Figure(
            *known[row["indicator_id"]],
            row["area_code"],
            int(row["year"]),
            row["age_group"],
            row["value"],
            row["status"],
            "observations.csv",
            IN_ANSWER,
            row["lower"],
            row["upper"],
        )
        for row in rows["observations"]
    ]


def _order(figure: Figure) -> tuple[str, int, str, str]:
    return figure.indicator_id, figure.year, figure.age_group, figure.area_code


def _areas(
    before: Rows, boundaries: Boundaries, figures: Iterable[Figure], live: LiveBoundaries | None
) -> Rows:
    names = {row["area_code"]: row["name"] for row in before}
    old = {row["area_code"]: row for row in before}
    counted = [
        f._replace(table_id=POPULATION_TABLES[0]) for f in figures if f.stem in _COUNTED
    ]  # of any edition
    rows = area_rows(boundaries, names, counted)
    for row in rows:
        drawn = f"CBS {live.year}" if live and row["level"] != "country" else ""
        was = old.get(row["area_code"], dict.fromkeys(row, ""))
        row["geometry_vintage"] = drawn or was["geometry_vintage"]
        for together in _OF_RESIDENTS:
            if not any(row[name] for name in together):  # known by another way than the tables of figures
                row.update({name: was[name] for name in together})
    return rows


def _indicators(before: Rows, kept: Kept) -> Rows:
    """Rows of indicators: of a table that was fetched with the years, ages and levels of its answer, and without the
    caveats of the extract that are no longer so."""
    of_one: dict[str, list[Figure]] = {}
    for figure in kept.figures:
        of_one.setdefault(figure.indicator_id, []).append(figure)
    ours = [
        Record("indicators.csv", number, _caveats(row, of_one[row["indicator_id"]]))
        for number, row in enumerate(before, start=2)
        if row["indicator_id"] in of_one
    ]
    rest = [row for row in before if row["indicator_id"] not in of_one]
    return sorted([*rest, *indicator_rows(ours, kept.figures)], key=lambda row: row["indicator_id"])


def _caveats(row: Mapping[str, str], figures: Sequence[Figure]) -> dict[str, str]:
    cells = {name: text for name, text in row.items() if name not in DERIVED}
    for name in ("caveats_nl", "caveats_en"):
        text = cells[name]
        for sentence in _untrue(figures):
            text = text.replace(sentence, "")
        cells[name] = " ".join(text.split())
    return cells


def _untrue(figures: Sequence[Figure]) -> Iterator[str]:
    there = {(level_of(f.area_code), year) for f in figures if f.status == PRESENT for year in (f.year, None)}
    yield from (sentence for sentence, where in _OF_THE_EXTRACT.items() if where in there)
    if any(figure.lower for figure in figures):
        yield from _NO_INTERVAL


def _left_out(before: Rows, fetched: Collection[str], lost: Iterable[LeftOut]) -> Rows:
    stay = [
        row for row in before if row["file"].removeprefix("statistics/")[: len("50150NED")] not in fetched
    ]
    rows = [*stay, *(each.cells() for each in lost)]
    return sorted(rows, key=lambda row: (row["file"], int(row["row"] or 0), row["key"], row["reason_code"]))


# Where it comes from


def _sources(before: Rows, read: Iterable[LiveRead], live: LiveBoundaries | None) -> Rows:
    told = {each.table.table_id: _table_source(each) for each in read}
    rows = [{**row, **told.get(row["source_id"], {})} for row in before]
    if live is None:
        return rows
    old = boundary_sources(row["source_id"] for row in before)
    return [
        _boundary_source(live) if row["source_id"] in old[:1] else row
        for row in rows
        if row["source_id"] not in old[1:]
    ]


def _table_source(read: LiveRead) -> dict[str, str]:
    years = sorted({figure.year for figure in read.figures if figure.status == PRESENT})
    table, at, edition = read.table, _moment(read.answers), _edition(read)
    return {
        "title": read.title or table.table_id,
        "url": f"https://{table.host}/ODataApi/odata/{table.table_id}",
        "vintage": ", ".join(map(str, years)),
        "note_nl": f"{table.note_nl} Opgehaald bij StatLine (OData) op {at:{_AT}} UTC; editie: {edition}.".strip(),
        "note_en": f"{table.note_en} Fetched from StatLine (OData) on {at:{_AT}} UTC; edition: {edition}.".strip(),
    }


def _boundary_source(live: LiveBoundaries) -> dict[str, str]:
    at = _moment(live.answers)
    return {
        "source_id": f"{BOUNDARIES}{live.year}",
        "title": f"CBS/Kadaster {live.year}",
        "publisher": "CBS, Kadaster",
        "licence": "CC BY 4.0",
        "licence_url": "https://creativecommons.org/licenses/by/4.0/",
        "url": f"https://{HOST}/cbs/wijken-en-buurten-{live.year}/ogc/v1",
        "vintage": str(live.year),
        "note_nl": f"Wijk- en buurtkaart {live.year}, opgehaald bij PDOK (OGC API Features) op {at:{_AT}} UTC. Wijken "
        "zijn samengevoegd uit hun buurten.",
        "note_en": f"District and neighbourhood map {live.year}, fetched from PDOK (OGC API Features) on {at:{_AT}} "
        "UTC. Districts are the union of their neighbourhoods.",
    }


def _edition(read: LiveRead) -> str:
    return " / ".join(filter(None, [read.period, read.modified])) or "-"


def _moment(answers: Sequence[Answer]) -> datetime:
    """The moment of the last answer."""
    return max(datetime.fromisoformat(each.retrieved_at) for each in answers)


def _retrievals(
    package: Package, read: Iterable[LiveRead], live: LiveBoundaries | None
) -> list[dict[str, Any]]:
    """What datapackage.json says of each source that was fetched; that of one not fetched now stays."""
    told = [_retrieval(each.table.table_id, ODATA, each.title, _edition(each), each.answers) for each in read]
    if live:
        year = str(live.year)
        told.append(_retrieval(f"{BOUNDARIES}{year}", OGC, f"CBS/Kadaster {year}", year, live.answers))
    mine = {each["source_id"] for each in told}
    before = [
        each
        for each in package.descriptor.get(RETRIEVALS, [])
        if each["source_id"] not in mine and not (live and each["source_id"].startswith(BOUNDARIES))
    ]
    return sorted([*before, *told], key=lambda each: str(each["source_id"]))


def _retrieval(
    source_id: str, way: str, title: str, edition: str, answers: Sequence[Answer]
) -> dict[str, Any]:
    together = "\n".join(f"{each.address} {each.sha256}" for each in answers)
    return {
        "source_id": source_id,
        "title": title,
        "edition": edition,
        "way": way,
        "retrieved_at": _moment(answers).isoformat(),
        "sha256": hashlib.sha256(together.encode("utf-8")).hexdigest(),
        "answers": [
            {"address": each.address, "retrieved_at": each.retrieved_at, "sha256": each.sha256}
            for each in answers
        ],
    }


# What stands in the way


def _unmatched(read: Iterable[LiveRead]) -> Iterator[Problem]:
    for each in read:
        for stem in each.columns.missing:
            mend = Message(
                "no column of the table has this name; if it was renamed, add both names to RENAMED in "
                "hsc_geo/sources/live/columns.py, if it is gone, take the indicator out of indicators.csv of the words"
            )
            yield Problem(each.table.table_id, 0, "DataProperties", stem, mend)
        for stem in each.columns.twice:
            mend = Message("several columns of the table have this name; which of them it is cannot be told")
            yield Problem(each.table.table_id, 0, "DataProperties", stem, mend)


def _left_hanging(rows: Mapping[str, Rows], here: Collection[str]) -> Iterator[Problem]:
    """Rows of the register and of our words that name an area which is no longer there."""
    told = ("areas", "observations")
    for table in schema.TABLES:
        keys = [key.field for key in table.foreign_keys if key.table == "areas" and table.name not in told]
        for key in keys:
            for number, row in enumerate(rows[table.name], start=2):
                if row[key] and row[key] not in here:
                    mend = Message("this area is no longer there in the boundaries; say which area it is now")
                    yield Problem(table.path, number, key, row[key], mend)
