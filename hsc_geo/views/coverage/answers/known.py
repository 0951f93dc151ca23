"""What is known where: areas against ambitions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.matrix import ACTIVE, ALL, KNOWN, Basis, Matrix, build_matrix, with_ambition
from hsc_geo.analysis.matrix import counted as counted_by
from hsc_geo.analysis.own_area import own_areas
from hsc_geo.analysis.serving import DISTRICT, WIDE_SCOPES
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names


@dataclass(frozen=True, eq=False)
class Served:
    """The matrix of some initiatives with their total. rows: focus areas, own areas, the other areas, what is known
    less precisely, and last the municipality: each initiative once, for whatever area it is. own: the own areas, which
    overlap the others."""

    rows: tuple[str, ...]
    matrix: Matrix
    total: Mapping[str, tuple[str, ...]]
    own: tuple[str, ...] = ()

    @property
    def ambitions(self) -> tuple[str, ...]:
        """Those in use."""
        return self.matrix.ambitions

    def at(self, row: str, ambition: str = ALL) -> tuple[str, ...]:
        """The initiatives of a cell."""
        return self.total[ambition] if row == self.rows[-1] else self.matrix.at(row, ambition)

    def beside(self, row: str, ambition: str = ALL) -> tuple[str, ...]:
        """What is there for the whole city or the region beside a cell: () for the rows that hold these themselves."""
        return () if row in (*WIDE_SCOPES, self.rows[-1]) else self.matrix.wide(ambition)

    @property
    def published(self) -> list[str]:
        """The rows that are published areas."""
        return [row for row in self.rows[:-1] if row not in (*WIDE_SCOPES, *self.own)]

    def most(self, ambition: str = ALL) -> int:
        """The largest number of a published area: of the ambitions together, or of any ambition."""
        columns = (ALL,) if ambition == ALL else self.ambitions
        rows = self.published
        return max((len(self.at(row, each)) for row in rows for each in columns), default=0)


@dataclass(frozen=True, eq=False)
class Known:
    """level: of the rows. ids: who counts. found: who serves each row for each ambition. ever: the same without what
    limits `found`; None where nothing does."""

    level: str
    ids: tuple[str, ...]
    found: Served
    ever: Served | None = None


def known(n: Names, choice: CoverageChoice) -> Known:
    """Who serves each area of the level for each ambition."""
    ids, wider = counted(n, choice), _wider(choice.basis)
    ever = _served(n.package, counted_by(n.package, wider), choice.level) if wider else None
    return Known(choice.level, ids, _served(n.package, ids, choice.level), ever)


@per_package(maxsize=8)
def _served(package: Package, ids: tuple[str, ...], level: str) -> Served:
    matrix = build_matrix(package, ids, level)
    own = tuple(each.code for each in own_areas(package))
    rows = (*focus_first(package, (*own, *matrix.rows)), municipality_code(package))
    total = {each: with_ambition(package, ids, each) for each in (*matrix.ambitions, ALL)}
    return Served(rows, matrix, total, own)


def _wider(basis: Basis) -> Basis | None:
    """All that are known, active when last seen or not, whenever they were confirmed; None where the basis counts
    these anyway."""
    if basis.within is None and basis.count != ACTIVE:
        return None
    return Basis(KNOWN if basis.count == ACTIVE else basis.count)


def districts_without(n: Names, choice: CoverageChoice) -> dict[str, list[str]]:
    """Ambition -> the districts for which none is known that counts; ambitions with none such are left out."""
    found = _served(n.package, counted(n, choice), DISTRICT)
    gone = {a: [d for d in found.published if not found.at(d, a)] for a in found.ambitions if a != "none"}
    return {ambition: places for ambition, places in gone.items() if places}
