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
    return _fitting(n.package, choice.basis)


def fitting(n: Names, choice: CoverageChoice) -> Ids:
    """Those of them of the ambition and for the life stage that are chosen."""
    return _fitting(n.package, choice.basis, choice.ambition, choice.life_stage)


def ever_fitting(n: Names, choice: CoverageChoice) -> Ids:
    """Those that fit, also where nobody confirmed them lately."""
    return _fitting(n.package, Basis(choice.basis.count), choice.ambition, choice.life_stage)


@per_package(maxsize=32)
def _fitting(package: Package, basis: Basis, ambition: str = "", life_stage: str = "") -> Ids:
    """Several answers on one page ask for the same."""
    ids = with_ambition(package, matrix.counted(package, basis), ambition)
    return for_life_stage(package, ids, life_stage)
