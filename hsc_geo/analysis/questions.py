"""The three questions of the mapping, answered from the register: what works, where to join forces, who is missing.

An absence is only ever "none known": the register holds what public sources tell.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from hsc_geo.analysis.serving import DISTRICT, served_pairs
from hsc_geo.data.load import Package

ACTIVE = "active_at_evidence_date"
ENDED = "ended"


@dataclass(frozen=True)
class Working:
    """Initiatives in the register, those active when last evidenced, and per focus area those known to serve it."""

    total: int
    active: int
    per_area: dict[str, int]


@dataclass(frozen=True)
class Joining:
    """District-ambition pairs where two or more lead organisations are known; the strongest one in a focus area."""

    pairs: int
    possible: int
    area_code: str
    ambition: str
    initiatives: int
    organisations: int


@dataclass(frozen=True)
class Missing:
    """The ambition with the most districts for which no initiative is known, and those known city-wide for it."""

    ambition: str
    districts_without: int
    districts: int
    wide: int
    gaps: int


def working(package: Package, focus: list[str]) -> Working:
    """What already works: counts of the register, ended and planned initiatives are in `total` only."""
    pairs = served_pairs(package)
    active = package.initiatives.index[package.initiatives["status"] == ACTIVE]
    inside = pairs[pairs["initiative_id"].isin(active)]
    per_area = {code: int((inside["area_code"] == code).sum()) for code in focus}
    return Working(len(package.initiatives), len(active), per_area)


def joining(package: Package, focus: list[str]) -> Joining | None:
    """Where organisations can join forces: the same district and ambition; None where no focus area has any."""
    table = _district_ambition(package)
    grouped = table.groupby(["area_code", "ambition"]).agg(
        initiatives=("initiative_id", "nunique"), organisations=("organisation", "nunique")
    )
    shared = grouped[grouped["organisations"] >= 2].reset_index()
    best = shared[shared["area_code"].isin(focus)].sort_values(
        ["organisations", "initiatives", "area_code", "ambition"], ascending=[False, False, True, True]
    )
    if best.empty:
        return None
    first = best.iloc[0]
    possible = len(_districts(package)) * len(_ambitions(package))
    return Joining(
        len(shared),
        possible,
        str(first["area_code"]),
        str(first["ambition"]),
        int(first["initiatives"]),
        int(first["organisations"]),
    )


def missing(package: Package) -> Missing | None:
    """Who is still missing: the ambition that is known in the fewest districts (ties: first in the agreement)."""
    table = _district_ambition(package)
    districts, ambitions = _districts(package), _ambitions(package)
    if not ambitions:
        return None
    known = {a: table.loc[table["ambition"] == a, "area_code"].nunique() for a in ambitions}
    rarest = min(ambitions, key=lambda a: known[a])
    current = package.initiatives[package.initiatives["status"] != ENDED]
    wide = current["precision"].isin(["city", "region"])
    has = current["ambition_codes"].str.split("|").map(lambda codes: rarest in codes)
    gaps = sum(len(districts) - n for n in known.values())
    return Missing(rarest, len(districts) - known[rarest], len(districts), int((wide & has).sum()), gaps)


def _district_ambition(package: Package) -> pd.DataFrame:
    """A row per initiative, district, ambition and lead organisation, ended initiatives left out."""
    register = package.initiatives
    current = register[register["status"] != ENDED]
    pairs = served_pairs(package)
    pairs = pairs[(pairs["level"] == DISTRICT) & pairs["initiative_id"].isin(current.index)]
    table = pairs.join(current[["ambition_codes", "organisation"]], on="initiative_id")
    table = table.assign(
        ambition=table["ambition_codes"].str.split("|"), organisation=table["organisation"].str.split("|")
    )
    table = table.explode("ambition").explode("organisation")
    return table[table["ambition"] != ""]


def _districts(package: Package) -> list[str]:
    return [str(code) for code in package.areas.index[package.areas["level"] == DISTRICT]]


def _ambitions(package: Package) -> list[str]:
    terms = package.vocabularies
    return sorted(terms.loc[terms["vocabulary"] == "ambition", "code"].astype(str))
