"""The committed data with 95% limits put in, as the source publishes them for estimates; for tests alone."""

from __future__ import annotations

import csv
import hashlib
import json
import math
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd

from hsc_geo.data.load import Package

ESTIMATED = ("modelled", "surveyed")
# Half the width of an interval of a percentage, by the level of its area: the smaller the area, the wider.
HALF = {"country": 0.3, "municipality": 1.2, "district": 3.0, "neighbourhood": 6.0}


def with_limits(package: Package, half: dict[str, float] | None = None) -> Package:
    """The package with limits for every estimated percentage: half a width on either side, by level, within 0 and 100.
    What is registered keeps none."""
    rows = package.observations
    levels = package.areas["level"].astype(str)
    apart = rows["area_code"].astype(str).map(levels).map(half or HALF).astype("float64")
    known = package.indicators
    estimated = set(known.index[known["kind"].isin(ESTIMATED) & (known["unit"] == "percent")].astype(str))
    apart = apart.where(rows["indicator_id"].astype(str).isin(estimated) & rows["value"].notna())
    limits = {
        "lower": (rows["value"] - apart).clip(lower=0).round(1),
        "upper": (rows["value"] + apart).clip(upper=100).round(1),
    }
    return replace(package, observations=rows.assign(**limits))


def folder_with_limits(package: Package, folder: Path) -> Path:
    """A folder with the data of the package and those limits, that can be loaded."""
    shutil.copytree(package.folder, folder, dirs_exist_ok=True)
    table = with_limits(package).observations
    told = {
        (str(a), str(i), int(y), str(g)): (lower, upper)
        for a, i, y, g, lower, upper in table[
            ["area_code", "indicator_id", "year", "age_group", "lower", "upper"]
        ].itertuples(index=False)
    }
    path = folder / "observations.csv"
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        key = (row["area_code"], row["indicator_id"], int(row["year"]), row["age_group"])
        row["lower"], row["upper"] = ("" if math.isnan(each) else f"{each:g}" for each in told[key])
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
    _sign(folder, "observations.csv")
    return folder


def _sign(folder: Path, name: str) -> None:
    """Write the hash and the size of a changed file into the descriptor."""
    path, content = folder / "datapackage.json", (folder / name).read_bytes()
    descriptor = json.loads(path.read_text("utf-8"))
    for each in descriptor["resources"]:
        if each["path"] == name:
            each["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
            each["bytes"] = len(content)
    path.write_text(json.dumps(descriptor, ensure_ascii=False, indent=2), "utf-8")


def naive_standing(value: float, lower: float, upper: float, city: float) -> str:
    """`above`, `below` or `indistinct` from the city, said the plain way."""
    if np.isnan(lower) or np.isnan(upper):
        return ""
    if lower > city:
        return "above"
    return "below" if upper < city else "indistinct"


def limits_of(package: Package, indicator_id: str, year: int, age: str) -> pd.DataFrame:
    """value, lower and upper of every area, straight from the table."""
    rows = package.observations
    rows = rows[(rows["indicator_id"] == indicator_id) & (rows["year"] == year) & (rows["age_group"] == age)]
    return rows.assign(area_code=rows["area_code"].astype(str)).set_index("area_code")[
        ["value", "lower", "upper"]
    ]
