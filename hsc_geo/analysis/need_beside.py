"""The need of areas beside that of the city, by how far the figures themselves may be off.

Where 95% intervals are published, the score of an area is computed again with every figure at the end of its interval
with least need, and with most, and held against the score of the city's own figures. Need is above the city only where
the score with least need is. With one figure that is the rule of `analysis.yardstick`; with more it is strict: all
figures at once are taken at their ends, as they may be where one model made them all. A figure without an interval
counts as it is. A value between those of two areas has the percentile between theirs.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from hsc_geo.analysis.figures import figure
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.need import Ingredient, Need, counting, figures_of, percentile, scores
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

ABOVE, BELOW, INDISTINCT = "above", "below", "indistinct"


def beside_city(package: Package, need: Need) -> pd.Series:
    """By area of the index of need: ABOVE or BELOW the need of the city, INDISTINCT from it, or '' where that cannot be
    told: no figure that counts has published intervals, the city lacks one, or the area has no index. Shared, so not
    to be changed."""
    return _beside_city(need, package)


@per_package(maxsize=1)
def _beside_city(need: Need, package: Package) -> pd.Series:
    told = pd.Series("", index=need.table.index, dtype=object)
    figures = {each.indicator_id: figures_of(package, each, need.level) for each in counting(need)}
    published = any(found[["lower", "upper"]].notna().all(axis=1).any() for found in figures.values())
    city = _of_city(package, need) if published else None
    if city is None:
        return told
    least, most, whole = (scores(pd.DataFrame(each), counting(need)) for each in _ends(need, figures, city))
    told[(least <= whole) & (whole <= most)] = INDISTINCT
    told[least > whole] = ABOVE
    told[most < whole] = BELOW
    return told.where(need.table["index"].notna(), "")


def _of_city(package: Package, need: Need) -> dict[str, float] | None:
    """The city's value of each figure that counts; None where it lacks one."""
    code, found = municipality_code(package), {}
    for each in counting(need):
        value = None
        if each.year is not None:
            value = figure(package, code, each.indicator_id, each.year, each.age_group).value
        if value is None:
            return None
        found[each.indicator_id] = value
    return found


Ranks = dict[str, pd.Series]


def _ends(
    need: Need, figures: Mapping[str, pd.DataFrame], city: Mapping[str, float]
) -> tuple[Ranks, Ranks, Ranks]:
    """Percentiles of each figure: at the end with least need, at the one with most, and of the city."""
    least, most, whole = Ranks(), Ranks(), Ranks()
    for each in counting(need):
        key, found, sign = each.indicator_id, figures[each.indicator_id], _sign(each)
        place = _placing(found["value"] * sign)
        ends = [place(found[column].fillna(found["value"]) * sign) for column in ("lower", "upper")]
        least[key], most[key] = ends[::sign]
        whole[key] = place(pd.Series(city[key] * sign, index=found.index))
    return least, most, whole


def _sign(each: Ingredient) -> int:
    return 1 if each.high_is_need else -1


def _placing(numbers: pd.Series) -> Callable[[pd.Series], pd.Series]:
    """The percentile of other numbers among these: by a straight line between those on either side, and beyond the last
    one on a line that goes on."""
    known = pd.DataFrame({"at": numbers, "rank": percentile(numbers)}).dropna().drop_duplicates("at")
    known = known.sort_values("at")
    if known.empty:
        return lambda others: others * math.nan
    low, high = float(known["at"].iloc[0]), float(known["at"].iloc[-1])
    slope = 100 / len(known) / ((high - low) or 1.0)

    def place(others: pd.Series) -> pd.Series:
        asked = others.to_numpy(dtype=float)
        inside = np.interp(asked, known["at"], known["rank"])
        return pd.Series(inside + slope * (asked - asked.clip(low, high)), index=others.index)

    return place
