"""Entries that may be the same as the one proposed."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, utils

from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.register.entries import FIELDS, link_rows
from hsc_geo.register.joining import AREA_CODES, joined
from hsc_geo.register.things import Duplicate, Proposal
from hsc_geo.sources.extracts import split_many

SAME_NAME = 90  # token_set_ratio from which the name alone is reason to ask
ALIKE = 70  # from which a shared place, or a shared area and ambition, makes it so
NEAR = 150.0  # metres
_NO_POINT = (math.nan, math.nan)


@lru_cache(maxsize=4)
def _known(
    package: Package,
) -> tuple[tuple[str, str, tuple[float, float], frozenset[str], frozenset[str]], ...]:
    """(id, name for comparison, point in RD metres, areas, ambitions) of every initiative."""
    areas = package.initiative_areas.groupby("initiative_id")["area_code"].agg(frozenset).to_dict()
    place = _town(package)
    table = package.initiatives
    points = _points(table["latitude"].to_numpy(), table["longitude"].to_numpy())
    ambitions = [frozenset(split_many(text)) for text in table["ambition_codes"]]
    names = [_compared(name, place) for name in table["name"]]
    ids = [str(key) for key in table.index]
    return tuple(
        (key, name, point, areas.get(key, frozenset()), codes)
        for key, name, point, codes in zip(ids, names, points, ambitions, strict=True)
    )


def likely_duplicates(proposal: Proposal, package: Package, most: int = 10) -> list[Duplicate]:
    """Initiatives of the package (with the register's tables: `overlay`) that may be the one proposed, the most alike
    first. Names by token_set_ratio of rapidfuzz, without the name of the town; distance in metres in EPSG:28992.
    """
    entry = {name: proposal.fields.get(name, "").strip() for name in FIELDS["initiative"]}
    name = _compared(entry["name"], _town(package))
    if not name:
        return []
    here, areas, ambitions = (
        _point(entry),
        _areas(package, proposal, entry),
        set(split_many(entry["ambition_codes"])),
    )
    found = []
    for key, other, there, served, codes in _known(package):
        score = likeness(name, other)
        near = math.dist(here, there) <= NEAR  # False for NaN
        shared = bool(areas & served) and bool(ambitions & codes)
        if key != proposal.entity_id and (score >= SAME_NAME or (score >= ALIKE and (near or shared))):
            reasons = {"name": score >= SAME_NAME, "near": near, "area_and_ambition": shared}
            found.append(Duplicate(key, score, tuple(code for code, holds in reasons.items() if holds)))
    return sorted(found, key=lambda each: (-each.score, -len(each.why), each.entity_id))[:most]


def likeness(one: str, other: str) -> float:
    """How alike two names are, 0 to 100. One word that stands in both makes a set ratio of 100, so a short name must
    also be like the whole of the other."""
    score = fuzz.token_set_ratio(one, other)
    fewest = min(len(one.split()), len(other.split()))
    return float(score if fewest > 1 else min(score, fuzz.token_sort_ratio(one, other)))


def _compared(name: str, town: str) -> str:
    plain = utils.default_process(name)
    kept = re.sub(rf"\b{re.escape(town)}\b", " ", plain) if town else plain
    return " ".join(kept.split()) or " ".join(plain.split())


def _town(package: Package) -> str:
    levels = package.areas["level"]
    return utils.default_process(str(package.areas.loc[levels == "municipality", "name"].iloc[0]))


def _points(latitudes: np.ndarray, longitudes: np.ndarray) -> list[tuple[float, float]]:
    x, y = transformer(WGS84, RD).transform(longitudes, latitudes)
    known = np.isfinite(x) & np.isfinite(y)
    return [(float(a), float(b)) if there else _NO_POINT for a, b, there in zip(x, y, known, strict=True)]


def _point(entry: Mapping[str, str]) -> tuple[float, float]:
    try:
        return _points(np.array([float(entry["latitude"])]), np.array([float(entry["longitude"])]))[0]
    except ValueError:
        return _NO_POINT


def _areas(package: Package, proposal: Proposal, entry: dict[str, str]) -> set[str]:
    placed = dict(entry) | ({} if math.isfinite(_point(entry)[0]) else {"latitude": "", "longitude": ""})
    placed |= {"coordinate_precision": "", "initiative_id": "proposal"}
    try:
        value = joined(package, placed, proposal.fields.get(AREA_CODES, ""))["initiative_areas"]
    except (KeyError, ValueError):  # codes that the check tells of
        return set()
    return {row["area_code"] for row in link_rows("proposal", "initiative_areas", value)}
