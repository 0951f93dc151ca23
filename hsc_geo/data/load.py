"""Loading the data package: fast, checked by hash, with one clear message when a file is missing or damaged."""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hsc_geo.domain import schema, versions
from hsc_geo.domain.contract import Field, Table
from hsc_geo.domain.crs import CrsMismatch, require_crs
from hsc_geo.domain.message import Message, no_json

if TYPE_CHECKING:
    import geopandas as gpd

FOLDER_SETTING = "HSC_DATA"
BESIDE_PACKAGE = Path(__file__).resolve().parents[2] / "data"
MEND = Message(
    "restore the folder from version control or build it again with `python -m hsc_geo data build`"
)

_INDEX = {
    "areas": "area_code",
    "indicators": "indicator_id",
    "initiatives": "initiative_id",
    "organisations": "organisation_id",
}
_CATEGORIES = {"observations": ("area_code", "indicator_id", "age_group", "status")}
_DTYPES = {"string": "str", "integer": "Int64", "number": "float64", "boolean": "boolean", "date": "str"}
_REQUIRED_DTYPES = {"integer": "int64", "boolean": "bool"}  # plain types where no value can be missing


class DataError(Exception):
    """The data package cannot be used: one message with the file, what is wrong, and how to mend it."""

    def __init__(self, file: str, wrong: Message, mend: Message = MEND) -> None:
        self.file, self.wrong, self.mend = file, wrong, mend
        super().__init__(f"{file}: {wrong}; {mend}")


@dataclass(frozen=True, eq=False)
class Package:
    """The data package in memory. Tables are as data/*.csv; do not change them, for all visitors share them.

    areas, indicators, initiatives and organisations have their id as index. Text columns hold "" where a value is
    missing, whole numbers are Int64 (pd.NA missing) or int64 where required, numbers float (NaN missing), the keys of
    observations categorical.
    geometry: EPSG:28992, index area_code, columns level and geometry. drawing: GeoJSON in WGS84.
    """

    areas: pd.DataFrame
    geometry: gpd.GeoDataFrame
    drawing: dict[str, Any]
    indicators: pd.DataFrame
    observations: pd.DataFrame
    initiatives: pd.DataFrame
    initiative_places: pd.DataFrame
    initiative_areas: pd.DataFrame
    initiative_organisations: pd.DataFrame
    organisations: pd.DataFrame
    venues: pd.DataFrame
    asked_none: pd.DataFrame
    focus_areas: pd.DataFrame
    place_names: pd.DataFrame
    explanations: pd.DataFrame
    vocabularies: pd.DataFrame
    sources: pd.DataFrame
    left_out: pd.DataFrame
    descriptor: dict[str, Any]
    snapshot: str
    folder: Path


def default_folder() -> Path:
    """The folder that the setting HSC_DATA names, else `data` beside the package."""
    return Path(os.environ.get(FOLDER_SETTING) or BESIDE_PACKAGE)


def load(folder: Path | None = None) -> Package:
    """The package in `folder` (default: `default_folder()`).

    Raises DataError when a file is missing, differs from its hash in datapackage.json, or cannot be read.
    """
    where = Path(folder) if folder is not None else default_folder()
    descriptor = read_descriptor(where)
    hashes = hashes_of(descriptor)
    tables = {each.name: _read_table(where, each, hashes) for each in schema.TABLES}
    return Package(
        **tables,
        geometry=_read_geometry(where, hashes),
        drawing=_read_drawing(where, hashes),
        descriptor=descriptor,
        snapshot=str(descriptor["snapshot"]),
        folder=where,
    )


def read_descriptor(folder: Path) -> dict[str, Any]:
    """datapackage.json as a dict. Raises DataError when it is missing or is no descriptor."""
    content = _read_bytes(folder, schema.DESCRIPTOR)
    try:
        descriptor = json.loads(content)
    except ValueError as error:
        raise DataError(schema.DESCRIPTOR, no_json(error)) from error
    if not isinstance(descriptor, dict) or "snapshot" not in descriptor:
        raise DataError(schema.DESCRIPTOR, Message("has no snapshot id"))
    found, read = str(descriptor.get(versions.KEY, "")), versions.newest().number
    if found != read:
        told = Message(
            "follows version {found} of the data contract, and this program reads {read}; build the data again",
            found=found or "-",
            read=read,
        )
        raise DataError(schema.DESCRIPTOR, told)
    return descriptor


def hashes_of(descriptor: Mapping[str, Any], mend: Message = MEND) -> dict[str, str]:
    """SHA-256 of each file that a descriptor names. Raises DataError where it names one without."""
    try:
        return {each["path"]: each["hash"].removeprefix("sha256:") for each in descriptor["resources"]}
    except (KeyError, TypeError, AttributeError) as error:
        raise DataError(schema.DESCRIPTOR, Message("does not name every file with its hash"), mend) from error


def _read_bytes(folder: Path, file: str) -> bytes:
    try:
        return (folder / file).read_bytes()
    except FileNotFoundError:
        raise DataError(file, Message("is missing")) from None
    except OSError as error:
        raise DataError(file, Message("cannot be read ({reason})", reason=str(error.strerror))) from error


def _read_checked(folder: Path, file: str, hashes: Mapping[str, str]) -> bytes:
    content = _read_bytes(folder, file)
    if file not in hashes:
        raise DataError(schema.DESCRIPTOR, Message("does not name {file}", file=file))
    if hashlib.sha256(content).hexdigest() != hashes[file]:
        raise DataError(
            file, Message("is damaged or was changed by hand: its content is not what datapackage.json says")
        )
    return content


def _read_table(folder: Path, table: Table, hashes: Mapping[str, str]) -> pd.DataFrame:
    return indexed_table(table, _read_checked(folder, table.path, hashes))


def indexed_table(table: Table, content: bytes) -> pd.DataFrame:
    """The CSV as a table of Package, with its id as index where it has one there. Raises DataError as parse_table."""
    frame = parse_table(table, content)
    return frame.set_index(_INDEX[table.name]) if table.name in _INDEX else frame


def parse_table(table: Table, content: bytes) -> pd.DataFrame:
    """The CSV as a DataFrame with the contract's types. Raises DataError when it does not fit the contract."""
    categories = dict.fromkeys(_CATEGORIES.get(table.name, ()), "category")
    dtypes = {field.name: _dtype(field) for field in table.fields} | categories
    missing: dict[str, list[str]] = {
        field.name: [""] for field in table.fields if field.type not in ("string", "date")
    }
    try:
        frame: pd.DataFrame = pd.read_csv(
            io.BytesIO(content),
            encoding="utf-8",
            keep_default_na=False,
            na_values=missing,
            dtype=dtypes,
            usecols=list(table.columns),
            true_values=["true"],
            false_values=["false"],
        )
        return frame
    except (ValueError, TypeError) as error:
        raise DataError(
            table.path, Message("does not fit its contract ({reason})", reason=str(error))
        ) from error


def _dtype(field: Field) -> str:
    plain = _REQUIRED_DTYPES if field.required else {}
    return plain.get(field.type, _DTYPES[field.type])


def _read_geometry(folder: Path, hashes: Mapping[str, str]) -> gpd.GeoDataFrame:
    import geopandas

    file = schema.GEOMETRY.path
    content = _read_checked(folder, file, hashes)
    try:
        frame = geopandas.read_parquet(io.BytesIO(content))
        require_crs(frame, schema.GEOMETRY.epsg, file)
        return frame.set_index("area_code")
    except CrsMismatch as error:
        raise DataError(file, error.told) from error
    except Exception as error:  # readers of Parquet raise many kinds
        raise DataError(
            file, Message("cannot be read as GeoParquet ({reason})", reason=str(error))
        ) from error


def _read_drawing(folder: Path, hashes: Mapping[str, str]) -> dict[str, Any]:
    file = schema.DRAWING.path
    content = _read_checked(folder, file, hashes)
    try:
        drawing: dict[str, Any] = json.loads(content)
    except ValueError as error:
        raise DataError(file, no_json(error)) from error
    return drawing
