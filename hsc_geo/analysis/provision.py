"""Known provision of areas, by two rules: what is known to serve them, and how many residents live near a place.

By area: how many initiatives are known to serve it, of a neighbourhood also those known to its district as a whole (the
rule of `hsc_geo.analysis.counting`). By distance: the share of residents within a distance of a known place, with two
bounds (`hsc_geo.analysis.reach`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.reach import EVERYONE, neighbourhoods, parts_of
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, served_pairs
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

DIGITS = 3  # shares are compared to a tenth of a percent: circles are polygons (`reach.circle_error`)


def near_places(
    package: Package, ids: Iterable[str], distance: float, level: str, people: str = EVERYONE
) -> pd.DataFrame:
    """Residents and the share of them (0-1) reached: index code of an area of `level`, sorted; columns `residents`,
    `share` (known places only) and `upper_share` (and all of the areas to which an initiative is known without a
    place). NaN shares without residents. Errors as of `reach`."""
    parts = parts_of(package, frozenset(ids), distance, people)
    if level == DISTRICT:
        codes, at = _districts(package)
        people_in, lower, upper = (np.array(each) for each in _sums(parts, at, len(codes)))
    else:
        codes, people_in = parts.index, parts["residents"].to_numpy()
        lower, upper = (people_in * parts[bound].to_numpy() for bound in ("lower", "upper"))
    lived = np.where(people_in > 0, people_in, np.nan)
    found = pd.DataFrame(
        {"residents": people_in, "share": lower / lived, "upper_share": upper / lived}, codes
    )
    return found.reindex(known(package, level).codes)


def _sums(parts: pd.DataFrame, at: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """Residents, reached and upper of the districts; NaN where no neighbourhood has a known number."""
    residents = parts["residents"].to_numpy()
    known = np.isfinite(residents) & (at >= 0)
    none = np.bincount(at[known], minlength=count) == 0
    for share in (np.ones(len(parts)), parts["lower"].to_numpy(), parts["upper"].to_numpy()):
        sums = np.bincount(at[known], (residents * share)[known], count)
        yield np.where(none, np.nan, sums)


@per_package(maxsize=1)
def _districts(package: Package) -> tuple[pd.Index, np.ndarray]:
    """The codes of the districts, sorted, and of each neighbourhood the position of its own; -1 for none."""
    codes = package.areas.index[package.areas["level"] == DISTRICT].sort_values()
    return codes, codes.get_indexer(neighbourhoods(package)["district"])


@dataclass(frozen=True, eq=False)
class Known:
    """Which initiatives are known to which areas of a level. position: of an initiative among the rows; codes: of the
    areas, sorted; serves: (initiatives, areas), of a neighbourhood also what is known to its district as a whole;
    around: (areas,), the position of the district of each area."""

    position: Mapping[str, int]
    codes: pd.Index
    serves: np.ndarray
    around: np.ndarray

    def rows(self, ids: Iterable[str]) -> np.ndarray:
        """The rows of those of `ids` that are known to an area, each once."""
        return np.array(sorted({self.position[key] for key in ids if key in self.position}), dtype=int)


@per_package(maxsize=8)
def known(package: Package, level: str) -> Known:
    """The table of a level. Shared, so not to be changed."""
    codes = package.areas.index[package.areas["level"] == level].sort_values()
    position = {str(key): i for i, key in enumerate(package.initiatives.index)}
    pairs = pairs_known(package, level)
    serves = np.zeros((len(position), len(codes)), dtype=np.int32)
    serves[
        pairs["initiative_id"].map(position).to_numpy(dtype=int), codes.get_indexer(pd.Index(pairs["area"]))
    ] = 1
    districts, _ = _districts(package)
    own = codes if level == DISTRICT else package.areas["parent_code"].reindex(codes).astype(str)
    return Known(position, codes, serves, districts.get_indexer(pd.Index(own)))


def known_to(package: Package, ids: Iterable[str], level: str) -> pd.DataFrame:
    """How many of `ids` are known to each area of `level`: index code, sorted; columns `number` (of a neighbourhood
    also those known to its district as a whole) and `in_district` (to the district or any neighbourhood in it)."""
    here, whole = known(package, level), known(package, DISTRICT)
    rows = here.rows(ids)
    number, around = here.serves[rows].sum(axis=0), whole.serves[rows].sum(axis=0)
    around = np.append(around, 0)[here.around]
    return pd.DataFrame({"number": number, "in_district": np.maximum(number, around)}, here.codes)


@per_package(maxsize=8)
def pairs_known(package: Package, level: str) -> pd.DataFrame:
    """(initiative_id, area): what is known to serve each area of the level; for a neighbourhood also what is known to
    serve its district as a whole. Shared, so not to be changed."""
    pairs = served_pairs(package)
    own = pairs.loc[pairs["level"] == level].assign(area=lambda t: t["area_code"])
    if level == DISTRICT:
        return own[["initiative_id", "area"]]
    parts = package.areas.loc[package.areas["level"] == NEIGHBOURHOOD, "parent_code"].astype(str)
    inside = parts.rename_axis("area").reset_index(name="area_code")
    whole = pairs[pairs["exact"] & (pairs["level"] == DISTRICT)].merge(inside, on="area_code")
    return pd.concat([own, whole])[["initiative_id", "area"]].drop_duplicates()


def lowest_third(shares: pd.Series) -> float:
    """The highest share of those in the lowest third: an area with at most this has less than a third of the areas
    below it. Rounded to a tenth of a percent; NaN without any share. Where many areas are equal, they are more than a
    third (`level_with_lowest`)."""
    known = np.sort(shares.dropna().round(DIGITS).to_numpy())
    return float(known[-(-len(known) // 3) - 1]) if len(known) else float("nan")


def level_with_lowest(shares: pd.Series) -> tuple[int, int]:
    """(how many areas have no more than `lowest_third`, how many areas have a share): a third of them unless areas are
    equal there."""
    known = shares.dropna().round(DIGITS)
    return int((known <= lowest_third(known)).sum()), len(known)


def terciles(numbers: pd.Series) -> pd.Series:
    """0, 1 or 2 by the thirds of the areas that have less; equal numbers go together, the lowest are always 0."""
    below = numbers.rank(method="min") - 1
    return (3 * below // max(numbers.count(), 1)).astype("Int64")
