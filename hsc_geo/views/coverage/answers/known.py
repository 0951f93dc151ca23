"""What is known where: areas against ambitions."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis.matrix import ACTIVE, KNOWN, Basis, Matrix, build_matrix
from hsc_geo.analysis.matrix import counted as counted_by
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names


@dataclass(frozen=True, eq=False)
class Known:
    """level: of the rows. ids: who counts. found: who serves each row for each ambition. ever: the same without what
    limits `found`; None where nothing does."""

    level: str
    ids: tuple[str, ...]
    found: Matrix
    ever: Matrix | None = None


def known(n: Names, choice: CoverageChoice) -> Known:
    """Who serves each area of the level for each ambition."""
    ids, wider = counted(n, choice), _wider(choice.basis)
    every = counted_by(n.package, wider) if wider else ()
    ever = build_matrix(n.package, every, choice.level) if wider else None
    return Known(choice.level, ids, build_matrix(n.package, ids, choice.level), ever)


def _wider(basis: Basis) -> Basis | None:
    """All that are known, active when last seen or not, whenever they were confirmed; None where the basis counts
    these anyway."""
    if basis.within is None and basis.count != ACTIVE:
        return None
    return Basis(KNOWN if basis.count == ACTIVE else basis.count)


def districts_without(n: Names, choice: CoverageChoice) -> dict[str, list[str]]:
    """Ambition -> the districts for which none is known that counts; ambitions with none such are left out."""
    found = build_matrix(n.package, counted(n, choice), DISTRICT)
    districts = [row for row in found.rows if row in n.package.areas.index]
    gone = {a: [d for d in districts if not found.at(d, a)] for a in found.ambitions if a != "none"}
    return {ambition: places for ambition, places in gone.items() if places}
