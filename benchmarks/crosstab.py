"""Filters and crosstabs of many initiatives beside plain pandas: columns with several codes exploded, `pd.crosstab`.

    python -m benchmarks.crosstab [100000]

Both filter by the same choices and count the same cells with the same distinct margins, else it stops. What each makes
once (our matrices of membership, the exploded columns of pandas) is told apart. SYNTHETIC initiatives: the codes of
each column are drawn at random from those of the register, so that they stand in all combinations.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd

from benchmarks.report import Line, compared, machine, print_lines
from hsc_geo.analysis.crosstab import AXES, Asked, axis_of, crosstab, fitting
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.serving import scope_codes
from hsc_geo.data.load import Package, load

SEED = 20261129
AT_LEAST = 10
REPEATS = 5
COLUMNS = {
    "ambition": "ambition_codes",
    "theme": "theme",
    "life_stage": "life_stages",
    "sector": "sector",
    "activity": "activity_groups",
    "status": "status",
    "year": "last_evidence_year",
    "evidence": "evidence_level",
    "ladder": "ladder",
    "start_year": "start_year",
}
CHOICES = {"ambition": ["A1", "A2"], "life_stage": ["all", "65+"], "sector": ["community", "sports"]}
PAIRS = (("activity", "ambition"), ("theme", "sector"), ("district", "life_stage"), ("start_year", "ladder"))


def many(package: Package, count: int) -> Package:
    """A package with so many initiatives, drawn column by column; they have no places."""
    rng, register = np.random.default_rng(SEED), package.initiatives
    keys = [f"SYN-{i:06}" for i in range(1, count + 1)]
    drawn = register.iloc[rng.integers(len(register), size=count)].set_axis(
        pd.Index(keys, name=register.index.name)
    )
    served = pd.DataFrame({"initiative_id": keys, "model": register.index[_drawn(rng, register, drawn)]})
    for column in COLUMNS.values():
        drawn[column] = register[column].iloc[rng.integers(len(register), size=count)].array
    drawn["last_confirmed"] = ""
    areas = package.initiative_areas.rename(columns={"initiative_id": "model"})
    areas = served.merge(areas, on="model").drop(columns="model")
    return replace(
        package,
        initiatives=drawn,
        initiative_areas=areas,
        initiative_places=package.initiative_places.iloc[:0],
    )


def _drawn(rng: np.random.Generator, register: pd.DataFrame, drawn: pd.DataFrame) -> np.ndarray:
    """For each drawn initiative the position of one whose areas it takes: of the same precision."""
    found = np.zeros(len(drawn), dtype=int)
    for precision, there in drawn.groupby("precision", observed=True).indices.items():
        found[there] = rng.choice(np.flatnonzero(register["precision"] == precision), size=len(there))
    return found


@dataclass(frozen=True)
class Plain:
    """The plain way: per facet a series with a line per initiative and code."""

    codes: Mapping[str, pd.Series]
    ended: pd.Series

    def fits(self, choices: Mapping[str, Sequence[str]]) -> pd.Series:
        """Which initiatives fit."""
        keep = ~self.ended
        for facet, chosen in choices.items():
            keep &= self.codes[facet].isin(chosen).groupby(level=0).any()
        return keep

    def crosstab(self, keep: pd.Series, rows: str, columns: str) -> tuple[pd.DataFrame, pd.Series, pd.Series]:
        """(cells, distinct of each row, distinct of each column)."""
        ids = keep.index[keep]
        one, two = (self.codes[facet] for facet in (rows, columns))
        one, two = one[one.index.isin(ids)], two[two.index.isin(ids)]
        pairs = one.rename("row").to_frame().join(two.rename("column"))
        return pd.crosstab(pairs["row"], pairs["column"]), one.value_counts(), two.value_counts()


def plain_of(package: Package) -> Plain:
    """The exploded columns of a package."""
    register = package.initiatives.reset_index(drop=True)
    cells = {facet: register[column].astype("string").fillna("") for facet, column in COLUMNS.items()}
    cells["district"] = pd.Series(["|".join(codes) for codes in scope_codes(package)], dtype="string")
    codes = {facet: column.str.split("|").explode().replace("", "none") for facet, column in cells.items()}
    return Plain(codes, register["status"].astype(str) == "ended")


def run(count: int = 100_000) -> list[Line]:
    """Lines of making, filtering and counting; raises ValueError where the two ways differ."""
    package = many(load(), count)
    made, _ = _timed(lambda: _axes(package), 1)
    built, plain = _timed(lambda: plain_of(package), 1)
    what = "who has which option, made once (ours: and the text to search)"
    lines = [compared(count, what, "ms", 1000 * made, 1000 * built), _filter(package, plain, count)]
    return [
        *lines,
        *(_crosstab(package, plain, count, *pair) for pair in PAIRS),
        _every(package, plain, count),
    ]


def _axes(package: Package) -> list[np.ndarray]:
    facet_index(package)
    return [axis_of(package, facet).bits for facet in AXES]


def _filter(package: Package, plain: Plain, count: int) -> Line:
    asked = Asked(*PAIRS[0], CHOICES)
    fast, ours = _timed(lambda: fitting(package, asked), REPEATS)
    slow, theirs = _timed(lambda: plain.fits(CHOICES), REPEATS)
    if not np.array_equal(ours, theirs.to_numpy()):
        raise ValueError("the two ways let other initiatives fit")
    what = f"filter by three facets, {int(ours.sum()):,} fit"
    return compared(count, what, "ms", 1000 * fast, 1000 * slow, AT_LEAST)


def _crosstab(package: Package, plain: Plain, count: int, rows: str, columns: str) -> Line:
    fast, _ = _timed(lambda: crosstab(package, Asked(rows, columns, CHOICES)), REPEATS)
    slow, _ = _timed(lambda: plain.crosstab(plain.fits(CHOICES), rows, columns), REPEATS)
    same(package, plain, rows, columns)
    return compared(
        count, f"filter and crosstab, {rows} by {columns}", "ms", 1000 * fast, 1000 * slow, AT_LEAST
    )


def _every(package: Package, plain: Plain, count: int) -> Line:
    pairs = list(combinations(AXES, 2))
    fast, _ = _timed(lambda: [crosstab(package, Asked(*pair)) for pair in pairs], 1)
    keep = plain.fits({})
    slow, _ = _timed(lambda: [plain.crosstab(keep, *pair) for pair in pairs], 1)
    return compared(
        count, f"all {len(pairs)} crosstabs, without a filter", "ms", 1000 * fast, 1000 * slow, AT_LEAST
    )


def same(package: Package, plain: Plain, rows: str, columns: str) -> None:
    """Raises ValueError where the cells or the distinct margins of the two ways differ."""
    ours = crosstab(package, Asked(rows, columns, CHOICES))
    cells, of_rows, of_columns = plain.crosstab(plain.fits(CHOICES), rows, columns)
    table = pd.DataFrame(ours.cells, ours.rows.codes, ours.columns.codes)
    again = cells.reindex(index=table.index, columns=table.columns, fill_value=0)
    margins = (
        (ours.of_rows, of_rows.reindex(table.index)),
        (ours.of_columns, of_columns.reindex(table.columns)),
    )
    alike = [np.array_equal(table, again), cells.to_numpy().sum() == table.to_numpy().sum()]
    alike += [np.array_equal(one, two.fillna(0)) for one, two in margins]
    if not all(alike):
        raise ValueError(f"{rows} by {columns}: the two ways count differently")


def _timed(work: Callable[[], Any], times: int) -> tuple[float, Any]:
    """(the shortest time in seconds, the answer)."""
    durations = []
    for _ in range(times):
        began = time.perf_counter()
        answer = work()
        durations.append(time.perf_counter() - began)
    return min(durations), answer


if __name__ == "__main__":
    lines = run(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
    print_lines(f"crosstabs beside plain pandas, on {machine()}", lines)
