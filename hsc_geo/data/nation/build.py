"""Building the folder of the nation: `python -m hsc_geo data nation`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from hsc_geo.data.descriptor import file_facts, origin, snapshot_id
from hsc_geo.data.nation.figures import Indicator, indicators_of, write_figures
from hsc_geo.data.nation.reading import AREAS, LEVELS, OBSERVATIONS, VERSION, tiles_file
from hsc_geo.data.nation.tiles import GRID, ZOOMS, cut, simplified, write_tiles
from hsc_geo.data.swap import building_beside
from hsc_geo.data.writer import json_bytes
from hsc_geo.domain import schema
from hsc_geo.domain.areas import COUNTRY, district_of, level_of, municipality_of
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.sources.extracts import read_records
from hsc_geo.sources.nation import NationExtracts, read_nation
from hsc_geo.sources.statline import PRESENT
from hsc_geo.sources.words import FOLDER as WORDS

STEPS = ("sources", "figures", "boundaries", "tiles", "writing")
SLIVER = 5.0  # metres: gaps between neighbourhoods up to this width are closed
DECIMALS = 4  # of a degree, in boxes: 11 m
FILES = (schema.DESCRIPTOR, AREAS, OBSERVATIONS, *map(tiles_file, LEVELS))
SOURCES = {
    AREAS: ("BOUNDARIES2016", "WIJKEN2022", "50090NED"),
    OBSERVATIONS: ("50090NED",),
    tiles_file("municipality"): ("WIJKEN2022",),
    tiles_file("district"): ("WIJKEN2022",),
    tiles_file("neighbourhood"): ("BOUNDARIES2016",),
}

Tell = Callable[[str], None]


@dataclass(frozen=True)
class NationSummary:
    """What a build made: rows a file, and the snapshot id."""

    rows: dict[str, int]
    snapshot: str


def build_nation(extracts: Path, output: Path, tell: Tell = lambda step: None) -> NationSummary:
    """Build the nation in a folder beside `output` and let it take its place when it is whole.

    tell: called with the name of each step (STEPS) when it starts. Raises SourceError for faulty or missing sources;
    `output` is then as it was.
    """
    with building_beside(output, FILES) as folder:
        tell("sources")
        extract = read_nation(extracts)
        tell("figures")
        figures = indicators_of(extract.figures)
        write_figures(figures, folder / OBSERVATIONS)
        tell("boundaries")
        shapes = _coverages(extract)
        tell("tiles")
        finest, counts = _write_tiles(shapes, extract.districts, folder)
        tell("writing")
        areas = _areas(extract, finest)
        areas.to_parquet(folder / AREAS, compression="zstd", compression_level=19)
        snapshot = _write_descriptor(folder, areas, figures)
        rows = {AREAS: len(areas), OBSERVATIONS: sum(len(each.rows) for each in figures)}
        return NationSummary(rows | counts, snapshot)


def _coverages(extract: NationExtracts) -> dict[str, np.ndarray]:
    """Boundaries of districts and of neighbourhoods without gaps and overlaps between neighbours (EPSG:28992)."""
    return {
        "district": extract.districts.geometry.to_numpy(),
        "neighbourhood": shapely.coverage_clean(extract.neighbourhoods.geometry.to_numpy(), gap_width=SLIVER),
    }


def _write_tiles(
    shapes: dict[str, np.ndarray], districts: gpd.GeoDataFrame, folder: Path
) -> tuple[dict[str, np.ndarray], dict[str, int]]:
    """Write the tiles of each level; gives the shapes of the last zoom by level, and tiles a file."""
    finest: dict[str, np.ndarray] = {}
    tiles: dict[str, list[dict]] = {level: [] for level in LEVELS}
    for level, whole in shapes.items():
        for zoom, simple in simplified(whole):
            drawn = {level: simple}
            if level == "district":  # so that the border of a municipality is that of its districts
                drawn["municipality"] = _dissolved(simple, districts["code"])
            for name, each in drawn.items():
                finest.setdefault(name, each)
                tiles[name].append(cut(each, zoom))
    for level in LEVELS:
        write_tiles(tiles[level], folder / tiles_file(level), f"Nederland: {level}")
    return finest, {tiles_file(level): sum(map(len, tiles[level])) for level in LEVELS}


def _dissolved(shapes: np.ndarray, codes: pd.Series) -> np.ndarray:
    """Municipalities in order of code, each the union of its districts."""
    groups = pd.Series(shapes).groupby(codes.map(municipality_of).to_numpy(), sort=True)
    return np.array([shapely.coverage_union_all(each.to_numpy()) for _, each in groups], dtype=object)


def _areas(extract: NationExtracts, shapes: dict[str, np.ndarray]) -> pd.DataFrame:
    """The table of areas: municipalities, districts, neighbourhoods, each in order of code, as the shapes are."""
    tables = {
        "municipality": _municipalities(extract),
        "district": _districts(extract),
        "neighbourhood": _neighbourhoods(extract.neighbourhoods),
    }
    parts = [tables[level].assign(level=level, **_boxes(shapes[level])) for level in LEVELS]
    order = ["level", "name", "municipality_code", "district_code", "municipality", "population"]
    together = pd.concat(parts).set_index("area_code")
    return together[[*order, "west", "south", "east", "north"]]


def _municipalities(extract: NationExtracts) -> pd.DataFrame:
    codes = extract.districts["code"].map(municipality_of)
    residents = _residents(extract.districts).groupby(codes.to_numpy()).sum(min_count=1).sort_index()
    names = [extract.municipalities[code] for code in residents.index]
    return pd.DataFrame(
        {
            "area_code": residents.index,
            "name": names,
            "municipality_code": residents.index,
            "district_code": "",
            "municipality": names,
            "population": residents.to_numpy(dtype=float),
        }
    )


def _districts(extract: NationExtracts) -> pd.DataFrame:
    districts = extract.districts
    codes = districts["code"].map(municipality_of)
    return pd.DataFrame(
        {
            "area_code": districts["code"],
            "name": districts["name"].str.strip(),
            "municipality_code": codes,
            "district_code": districts["code"],
            "municipality": codes.map(extract.municipalities),
            "population": _residents(districts),
        }
    )


def _residents(districts: gpd.GeoDataFrame) -> pd.Series:
    """Residents by district; NaN where the source has a code of a missing value (-99997) in place of them."""
    return districts["population"].where(districts["population"] >= 0).astype(float)


def _neighbourhoods(areas: gpd.GeoDataFrame) -> pd.DataFrame:
    names = dict(zip(areas["GM_CODE"], areas["GM_NAAM"].str.strip(), strict=True))
    within = areas["BU_CODE"].map(municipality_of)  # the source leaves its own column empty for a few
    return pd.DataFrame(
        {
            "area_code": areas["BU_CODE"],
            "name": areas["BU_NAAM"].str.strip(),
            "municipality_code": within,
            "district_code": areas["BU_CODE"].map(district_of),
            "municipality": within.map(names),
            "population": np.nan,
        }
    )


def _boxes(shapes: np.ndarray) -> dict[str, np.ndarray]:
    """west, south, east and north of each shape in degrees."""
    to_degrees = transformer(RD, WGS84)

    def turned(points: np.ndarray) -> np.ndarray:
        return np.column_stack(to_degrees.transform(points[:, 0], points[:, 1]))

    bounds = np.round(shapely.bounds(shapely.transform(shapes, turned)), DECIMALS)
    return dict(zip(("west", "south", "east", "north"), bounds.T, strict=True))


def _write_descriptor(folder: Path, areas: pd.DataFrame, figures: Sequence[Indicator]) -> str:
    told = {
        record["source_id"]: record.cells for record in read_records(WORDS / "elsewhere", "sources.csv", [])
    }
    resources = [
        {**file_facts(folder, Path(name).stem, name), **origin(SOURCES[name], told)} for name in FILES[1:]
    ]
    snapshot = snapshot_id(resources)
    descriptor = {
        "profile": "data-package",
        "name": "hsc-geo-nation",
        "title": "Nederland: gezondheid per gebied / the Netherlands: health by area",
        "snapshot": snapshot,
        "nation_version": VERSION,
        **origin(sorted({each for ids in SOURCES.values() for each in ids}), told),
        "tiles": {"zooms": [ZOOMS[0], ZOOMS[-1]], "grid": GRID},
        "series": list(_series(areas, figures)),
        "resources": resources,
    }
    (folder / schema.DESCRIPTOR).write_bytes(json_bytes(descriptor))
    return snapshot


def _series(areas: pd.DataFrame, figures: Sequence[Indicator]) -> Iterable[dict[str, Any]]:
    """Each series (indicator, year and age group) with the number of its row group, and how many areas of each level
    that are drawn have a value."""
    for number, indicator in enumerate(figures):
        for (year, age_group), rows in indicator.rows.groupby(["year", "age_group"], sort=True):
            codes = rows.loc[rows["status"] == PRESENT, "area_code"]
            levels = codes[codes.isin(areas.index) | (codes == COUNTRY)].map(level_of)
            yield {
                "indicator_id": indicator.indicator_id,
                "year": int(str(year)),
                "age_group": str(age_group),
                "row_group": number,
                "values": {
                    str(level): int(count) for level, count in levels.value_counts().sort_index().items()
                },
            }
