"""Entries that may be the same as the one proposed."""

from __future__ import annotations

import math
import re

from rapidfuzz import fuzz, utils

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, WGS84, transformer
from hsc_geo.domain.schema_register import LOCATION
from hsc_geo.register import place_fields
from hsc_geo.register.entries import FIELDS, link_rows
from hsc_geo.register.joining import AREA_CODES, joined
from hsc_geo.register.tables import AREAS, PLACES
from hsc_geo.register.things import Duplicate, Proposal
from hsc_geo.sources.extracts import split_many

SAME_NAME = 90  # token_set_ratio from which the name alone is reason to ask
ALIKE = 70  # from which a shared place, or a shared area and ambition, makes it so
NEAR = 150.0  # metres
Point = tuple[float, float]


@per_package(maxsize=1)
def _known(
    package: Package,
) -> tuple[tuple[str, str, tuple[Point, ...], frozenset[str], frozenset[str]], ...]:
    """(id, name for comparison, points in RD metres, areas, ambitions) of every initiative."""
    areas = package.initiative_areas.groupby("initiative_id")["area_code"].agg(frozenset).to_dict()
    place = _town(package)
    table = package.initiatives
    points = _points_of(package)
    ambitions = [frozenset(split_many(text)) for text in table["ambition_codes"]]
    names = [_compared(name, place) for name in table["name"]]
    ids = [str(key) for key in table.index]
    return tuple(
        (key, name, points.get(key, ()), areas.get(key, frozenset()), codes)
        for key, name, codes in zip(ids, names, ambitions, strict=True)
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
        _given_points(proposal),
        _areas(package, proposal, entry),
        set(split_many(entry["ambition_codes"])),
    )
    found = []
    for key, other, there, served, codes in _known(package):
        score = likeness(name, other)
        near = any(math.dist(one, other_one) <= NEAR for one in here for other_one in there)
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


def _points_of(package: Package) -> dict[str, tuple[Point, ...]]:
    """The points where each initiative happens."""
    rows = package.initiative_places
    rows = rows[(rows["role"] == LOCATION) & rows["latitude"].notna() & rows["longitude"].notna()]
    x, y = transformer(WGS84, RD).transform(rows["longitude"].to_numpy(), rows["latitude"].to_numpy())
    found: dict[str, tuple[Point, ...]] = {}
    for key, east, north in zip(rows["initiative_id"], x, y, strict=True):
        found[str(key)] = (*found.get(str(key), ()), (float(east), float(north)))
    return found


def _given_points(proposal: Proposal) -> list[Point]:
    """Those of the proposal, in RD metres; coordinates that are none are left out."""
    found = []
    for place in place_fields.place_rows({}, proposal.fields):
        try:
            at = transformer(WGS84, RD).transform(float(place["longitude"]), float(place["latitude"]))
        except ValueError:
            continue
        if all(map(math.isfinite, at)):
            found.append((float(at[0]), float(at[1])))
    return found


def _areas(package: Package, proposal: Proposal, entry: dict[str, str]) -> set[str]:
    try:
        placed = {**entry, PLACES: place_fields.with_places({}, proposal.fields), "initiative_id": "proposal"}
        value = joined(package, placed, proposal.fields.get(AREA_CODES, ""))[AREAS]
    except (KeyError, ValueError):  # codes and numbers that the check tells of
        return set()
    return {row["area_code"] for row in link_rows("proposal", AREAS, value)}
