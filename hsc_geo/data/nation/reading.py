"""The nation at once: all municipalities, districts and neighbourhoods, with figures that are read when asked.

What is loaded is small: the table of areas. A figure is one row group of a Parquet file, a tile one row of a file of
tiles; neither is held as a whole.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import BESIDE_PACKAGE, DataError, hashes_of
from hsc_geo.domain import schema
from hsc_geo.domain.areas import COUNTRY
from hsc_geo.domain.message import Message, no_json

if TYPE_CHECKING:
    import pyarrow.parquet as pq

DEFAULT_FOLDER = BESIDE_PACKAGE.parent / "nation"
AREAS, OBSERVATIONS = "areas.parquet", "observations.parquet"
LEVELS = ("municipality", "district", "neighbourhood")
VERSION = 1  # of the folder's form
NOT_PUBLISHED = "not_published"
MEND = Message(
    "restore the folder from version control or build it again with `python -m hsc_geo data nation`"
)
KEPT = 12  # figures in memory at a time, at most 0.7 MB each: a view of one level reads three
_FIGURES = ["area_code", "value", "lower", "upper", "status"]
_READ = ["year", "age_group", *_FIGURES]


class Offer(NamedTuple):
    """A figure that has values at a level."""

    indicator_id: str
    year: int
    age_group: str
    level: str


class NationalFigure(NamedTuple):
    """The country's figure: value NaN unless status is present; lower and upper NaN where there is no interval."""

    value: float
    lower: float
    upper: float
    status: str


@dataclass(frozen=True, eq=False)
class Nation:
    """The nation in memory, to be shared and not changed.

    areas: index area_code, in order of LEVELS and code; columns level, name, municipality_code, district_code ("" for a
    municipality), municipality (its name), population (1 January 2022; NaN of neighbourhoods), and west, south, east,
    north (degrees, WGS84). Municipalities and districts are those of 2022, neighbourhoods those of 2016. The *number*
    of an area is its place among those of its level.
    indicators: ids that have a figure at a level that is drawn, as in indicators.csv of the data package.
    """

    areas: pd.DataFrame
    indicators: tuple[str, ...]
    snapshot: str
    folder: Path
    descriptor: dict[str, Any]


def tiles_file(level: str) -> str:
    """The file with the tiles of a level."""
    return f"{level}.mbtiles"


def load_nation(folder: Path) -> Nation:
    """The nation in a folder. Reads the areas; of the figures and tiles only whether they are what was built.

    Raises DataError when a file is missing, differs from its hash in datapackage.json, or cannot be read.
    """
    descriptor = _descriptor(folder)
    try:
        hashes = hashes_of(descriptor, MEND)
        indicators = {
            each["indicator_id"]
            for each in descriptor["series"]
            if any(each["values"].get(level) for level in LEVELS)
        }
        snapshot = str(descriptor["snapshot"])
        for each in descriptor["series"]:
            int(each["row_group"]), int(each["year"]), str(each["age_group"]), dict(each["values"])
        _first, _last = map(int, descriptor["tiles"]["zooms"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise DataError(schema.DESCRIPTOR, Message("does not name every file with its hash"), MEND) from error
    for name in (OBSERVATIONS, *map(tiles_file, LEVELS)):
        _require(folder, name, hashes)
    _require(folder, AREAS, hashes)
    return Nation(_areas(folder), tuple(sorted(indicators)), snapshot, folder, descriptor)


@per_package(maxsize=1)
def offered(nation: Nation) -> frozenset[Offer]:
    """Every figure with at least one value at a level that is drawn."""
    return frozenset(
        Offer(*key, level)
        for key, each in _series(nation).items()
        for level in LEVELS
        if each["values"].get(level)
    )


@per_package(maxsize=len(LEVELS))
def codes(nation: Nation, level: str) -> pd.Index:
    """The codes of the areas of a level, by number."""
    return nation.areas.index[nation.areas["level"] == level]


@per_package(maxsize=KEPT)
def figures(nation: Nation, indicator_id: str, year: int, age_group: str, level: str) -> pd.DataFrame:
    """A figure for every area of the level, in order of number: value, lower, upper (NaN missing) and status.

    An area that the source does not have, and every area of a figure that it does not have, is `not_published`.
    Raises DataError when the file cannot be read.
    """
    found = _rows(nation, indicator_id, year, age_group).reindex(codes(nation, level))
    found["status"] = found["status"].fillna(NOT_PUBLISHED)
    return found


@per_package(maxsize=128)
def country(nation: Nation, indicator_id: str, year: int, age_group: str) -> NationalFigure:
    """The figure of the country. Raises DataError when the file cannot be read."""
    rows = _rows(nation, indicator_id, year, age_group)
    if COUNTRY not in rows.index:
        return NationalFigure(np.nan, np.nan, np.nan, NOT_PUBLISHED)
    row: Any = rows.loc[COUNTRY]
    return NationalFigure(*(row[name] for name in NationalFigure._fields))


def tile(nation: Nation, level: str, z: int, x: int, y: int) -> bytes | None:
    """A tile as gzipped JSON; None where nothing is drawn, or outside of what is cut. From any thread.

    `{"areas": [[number, [ring, ...]], ...]}`: a ring is x and y of its first corner, then the steps to each next one,
    in 2048ths of the tile from its north-west; it may reach a little outside; filled by the even-odd rule.
    Raises DataError when the file cannot be read.
    """
    first, last = nation.descriptor["tiles"]["zooms"]
    if level not in LEVELS or not first <= z <= last or not (0 <= x < 2**z and 0 <= y < 2**z):
        return None
    try:
        return _tiles(nation, level).found(z, x, 2**z - 1 - y)
    except sqlite3.Error as error:
        raise _unreadable(tiles_file(level), error) from error


class _Tiles:
    """A file of tiles, open for reading by one thread at a time."""

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        self._file = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def found(self, zoom: int, column: int, row: int) -> bytes | None:
        with self._lock:
            answer = self._file.execute(
                "SELECT tile_data FROM tiles WHERE zoom_level = ? AND tile_column = ? AND tile_row = ?",
                (zoom, column, row),
            ).fetchone()
        return bytes(answer[0]) if answer else None


@per_package(maxsize=len(LEVELS))
def _tiles(nation: Nation, level: str) -> _Tiles:
    return _Tiles(nation.folder / tiles_file(level))


@per_package(maxsize=1)
def _series(nation: Nation) -> Mapping[tuple[str, int, str], dict[str, Any]]:
    return {
        (each["indicator_id"], int(each["year"]), each["age_group"]): each
        for each in nation.descriptor["series"]
    }


@per_package(maxsize=1)
def _footer(nation: Nation) -> pq.FileMetaData:
    """What the file of figures says of itself, read once."""
    import pyarrow.parquet as pq

    return pq.read_metadata(nation.folder / OBSERVATIONS)


@per_package(maxsize=1)
def _rows(nation: Nation, indicator_id: str, year: int, age_group: str) -> pd.DataFrame:
    """A series by area code, the country in it; without rows where there is none. The last one is kept."""
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    series = _series(nation).get((indicator_id, year, age_group))
    if series is None:
        kinds = {"area_code": str, "status": str}
        columns = {name: pd.Series(dtype=kinds.get(name, float)) for name in _FIGURES}
        return pd.DataFrame(columns).set_index("area_code")
    try:
        with pq.ParquetFile(nation.folder / OBSERVATIONS, metadata=_footer(nation)) as file:
            group = file.read_row_group(series["row_group"], columns=_READ, use_threads=False)
    except (OSError, ValueError) as error:  # pyarrow's own are kinds of these
        raise _unreadable(OBSERVATIONS, error) from error
    mine = group.filter((pc.field("year") == year) & (pc.field("age_group") == age_group))
    return mine.select(_FIGURES).to_pandas().set_index("area_code")


def _descriptor(folder: Path) -> dict[str, Any]:
    try:
        descriptor = json.loads((folder / schema.DESCRIPTOR).read_bytes())
    except FileNotFoundError:
        raise DataError(schema.DESCRIPTOR, Message("is missing"), MEND) from None
    except OSError as error:
        raise _unreadable(schema.DESCRIPTOR, error) from error
    except ValueError as error:
        raise DataError(schema.DESCRIPTOR, no_json(error), MEND) from error
    found = descriptor.get("nation_version") if isinstance(descriptor, dict) else None
    if found != VERSION:
        reason = f"nation_version {found}, this program reads {VERSION}"
        raise DataError(
            schema.DESCRIPTOR, Message("does not fit its contract ({reason})", reason=reason), MEND
        )
    return descriptor


def _require(folder: Path, name: str, hashes: Mapping[str, str]) -> None:
    try:
        with (folder / name).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        raise DataError(name, Message("is missing"), MEND) from None
    except OSError as error:
        raise _unreadable(name, error) from error
    if found != hashes.get(name):
        raise DataError(
            name,
            Message("is damaged or was changed by hand: its content is not what datapackage.json says"),
            MEND,
        )


def _areas(folder: Path) -> pd.DataFrame:
    try:
        return pd.read_parquet(io.BytesIO((folder / AREAS).read_bytes()))
    except Exception as error:  # readers of Parquet raise many kinds
        raise _unreadable(AREAS, error) from error


def _unreadable(name: str, error: Exception) -> DataError:
    """As a visitor may read it: libraries name the path on the server in their texts, which stay in the cause."""
    number = error.errno if isinstance(error, OSError) else None
    reason = os.strerror(number) if number else type(error).__name__
    return DataError(name, Message("cannot be read ({reason})", reason=reason), MEND)
