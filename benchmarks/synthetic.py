"""Data packages with many initiatives, made from the real one: SYNTHETIC, for measuring only.

The real rows stay as they are. What is added repeats them in turn, with an id of its own (SYN-00001), `SYNTHETIC` in
front of the name, and a place of its own: a random point inside one of the neighbourhoods. So nearly every initiative
is drawn, which is the hardest case for the map.
"""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np

from hsc_geo.data.descriptor import snapshot_id
from hsc_geo.data.load import default_folder
from hsc_geo.data.writer import file_hash
from hsc_geo.domain import schema
from hsc_geo.domain.schema_register import LOCATION

LABEL = "SYNTHETIC"
SEED = 20261121
WGS84 = 4326

Row = dict[str, str]


def package_of(count: int, folder: Path) -> Path:
    """A package of `count` initiatives written to `folder`; the real one where that is how many it holds.

    Raises ValueError when `count` is less than the real package holds.
    """
    real = default_folder().resolve()
    initiatives = read(real, "initiatives")
    if count == len(initiatives):
        return real
    if count < len(initiatives):
        raise ValueError(f"{count} initiatives asked; the real package already holds {len(initiatives)}")
    shutil.copytree(real, folder)
    for name, added in _copies(real, initiatives, count - len(initiatives)).items():
        write(folder, name, read(real, name) + added)
    _describe(folder)
    return folder


def real_count() -> int:
    """How many initiatives the real package holds."""
    return len(read(default_folder(), "initiatives"))


def read(folder: Path, name: str) -> list[Row]:
    """The rows of a table of the package as text."""
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def counted(folder: Path) -> list[Row]:
    """The initiatives that are not known to have ended, with in `points` on how many points a map draws each."""
    points: dict[str, int] = {}
    for row in read(folder, "initiative_places"):
        if row["role"] == LOCATION and row["latitude"]:
            points[row["initiative_id"]] = points.get(row["initiative_id"], 0) + 1
    rows = [row for row in read(folder, "initiatives") if row["status"] != "ended"]
    return [{**row, "points": str(points.get(row["initiative_id"], 0))} for row in rows]


def write(folder: Path, name: str, rows: list[Row]) -> None:
    """Write a table of the package."""
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (folder / f"{name}.csv").write_text(out.getvalue(), encoding="utf-8", newline="")


def _copies(real: Path, initiatives: list[Row], wanted: int) -> dict[str, list[Row]]:
    by_id: dict[str, list[Row]] = {}
    for row in read(real, "initiative_organisations"):
        by_id.setdefault(row["initiative_id"], []).append(row)
    names = ("initiatives", "initiative_areas", "initiative_places", "initiative_organisations")
    copies: dict[str, list[Row]] = {name: [] for name in names}
    for i, (area, latitude, longitude) in enumerate(_places(real, wanted)):
        model = initiatives[i % len(initiatives)]
        new = {"initiative_id": f"SYN-{i + 1:05}"}
        name = {"name": f"{LABEL} {model['name']}", "precision": "address"}
        copies["initiatives"].append({**model, **new, **name})
        copies["initiative_places"].append({**new, **_place(latitude, longitude)})
        copies["initiative_areas"].append(
            {**new, "area_code": area, "precision": "address", "basis": "coordinates", "basis_note": LABEL}
        )
        copies["initiative_organisations"] += [
            {**row, **new} for row in by_id.get(model["initiative_id"], ())
        ]
    return copies


def _place(latitude: float, longitude: float) -> Row:
    return {
        "place_number": "1",
        "role": LOCATION,
        "venue": LABEL,
        "address": "",
        "latitude": f"{latitude:.6f}",
        "longitude": f"{longitude:.6f}",
        "precision": "address",
        "confidence": "low",
        "coordinate_source": LABEL,
        "coordinate_note": LABEL,
    }


def _places(real: Path, count: int) -> Iterator[tuple[str, float, float]]:
    """(area code, latitude, longitude) of random points, as many in each neighbourhood in turn."""
    shapes = gpd.read_parquet(real / schema.GEOMETRY.path)
    shapes = shapes[shapes["level"] == "neighbourhood"].sort_values("area_code").reset_index(drop=True)
    each = -(-count // len(shapes))
    # Two metres inside, so that rounding to six decimals of a degree puts no point across a boundary.
    points = shapes.geometry.buffer(-2).sample_points(each, rng=np.random.default_rng(SEED))
    points = points.to_crs(WGS84).explode(index_parts=True).unstack(level=0)
    for i in range(count):
        shape, turn = i % len(shapes), i // len(shapes)
        point = points.iloc[turn, shape]
        yield str(shapes["area_code"][shape]), point.y, point.x


def _describe(folder: Path) -> None:
    """Bring hashes, sizes, title and snapshot id in datapackage.json up to date."""
    path = folder / schema.DESCRIPTOR
    descriptor: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    for each in descriptor["resources"]:
        file = folder / each["path"]
        each.update(hash=f"sha256:{file_hash(file)}", bytes=file.stat().st_size)
    descriptor.update(
        title=f"{LABEL}, for benchmarks only: {descriptor['title']}",
        snapshot=snapshot_id(descriptor["resources"]),
    )
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
