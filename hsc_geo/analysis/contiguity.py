"""Which areas of a level lie beside one another: queen contiguity, a border or a corner in common.

Computed from the full geometry (EPSG:28992, metres); the drawing is simplified and says nothing of it. Tests hold that
it gives the neighbours of PySAL `libpysal`, which would take 13 MB and a second and a half of import for these lines
(docs/decisions/moran-of-our-own.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.crs import RD, require_crs


@dataclass(frozen=True, eq=False)
class Weights:
    """Weights of neighbours, row-standardised: each neighbour of an area counts 1 / (number of its neighbours).

    codes: the areas that have a neighbour, sorted: the order of rows and columns. matrix: shape (n, n), 0 on the
    diagonal, rows that sum to 1. islands: areas that were asked and have no neighbour among those asked.
    """

    codes: tuple[str, ...]
    matrix: np.ndarray
    islands: tuple[str, ...]

    def neighbours(self, code: str) -> tuple[str, ...]:
        """The neighbours of an area."""
        row = self.matrix[self.codes.index(code)]
        return tuple(each for each, weight in zip(self.codes, row, strict=True) if weight)


@per_package(maxsize=4)
def touching(package: Package, level: str) -> frozenset[tuple[str, str]]:
    """Pairs of areas of a level with at least one point in common, both ways; nobody is a neighbour of itself.

    Of the town of docs/methods.md:

    >>> sorted(touching(town, "district"))
    [('WK000101', 'WK000102'), ('WK000102', 'WK000101')]
    """
    from shapely import STRtree

    require_crs(package.geometry, RD, "areas")
    rows = package.geometry[package.geometry["level"] == level]
    codes, shapes = [str(code) for code in rows.index], rows.geometry.to_numpy()
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    return frozenset((codes[a], codes[b]) for a, b in zip(first, second, strict=True) if a != b)


def weights(pairs: Iterable[tuple[str, str]], among: Iterable[str]) -> Weights:
    """Row-standardised weights of the areas in `among`, by code: neighbours outside it are left out, and what has no
    neighbour left is an island."""
    asked = tuple(sorted(set(map(str, among))))
    place = {code: i for i, code in enumerate(asked)}
    binary = np.zeros((len(asked), len(asked)))
    for one, other in pairs:
        if one in place and other in place:
            binary[place[one], place[other]] = 1.0
    kept = np.flatnonzero(binary.sum(axis=1))
    inner = binary[np.ix_(kept, kept)]
    lone = tuple(code for code, row in zip(asked, binary, strict=True) if not row.any())
    return Weights(tuple(asked[i] for i in kept), inner / inner.sum(axis=1, keepdims=True), lone)
