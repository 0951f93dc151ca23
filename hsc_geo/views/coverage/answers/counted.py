"""Which initiatives count, and which of them fit."""

from __future__ import annotations

from hsc_geo.analysis import matrix
from hsc_geo.analysis.matrix import Basis, with_ambition
from hsc_geo.analysis.reach import for_life_stage
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names

Ids = tuple[str, ...]


def counted(n: Names, choice: CoverageChoice) -> Ids:
    """The initiatives that count, in the register's order."""
    return _counted(n.package, choice.basis)


@per_package(maxsize=16)
def _counted(package: Package, basis: Basis) -> Ids:
    return matrix.counted(package, basis)


def fitting(n: Names, choice: CoverageChoice) -> Ids:
    """Those of them of the ambition and for the life stage that are chosen."""
    return _fitting(n, choice, counted(n, choice))


def ever_fitting(n: Names, choice: CoverageChoice) -> Ids:
    """Those that fit, also where nobody confirmed them lately."""
    return _fitting(n, choice, _counted(n.package, Basis(choice.basis.count)))


def _fitting(n: Names, choice: CoverageChoice, ids: Ids) -> Ids:
    return for_life_stage(n.package, with_ambition(n.package, ids, choice.ambition), choice.life_stage)
