"""Initiatives by two facets, with the cell that is open; and who lives near them, by district and age."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from hsc_geo.analysis.crosstab import Crosstab, crosstab, inferred
from hsc_geo.analysis.matrix import ALL
from hsc_geo.analysis.reach_by_age import ReachByAge, reach_by_age
from hsc_geo.analysis.table_suppression import Hidden, hidden_table
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.choices_explore import Explored


@dataclass(frozen=True, eq=False)
class Explorer:
    """asked: the choices. found: the table. inferred: facet of the rows and of the columns -> the initiatives that
    count of which we inferred its codes."""

    asked: Explored
    found: Crosstab
    inferred: Mapping[str, frozenset[str]]

    @property
    def open(self) -> tuple[str, str] | None:
        """The cell that is open, of options that the table has; None where none is."""
        if self.asked.cell is None:
            return None
        row, column = self.asked.cell
        there = row in (ALL, *self.found.rows.codes) and column in (ALL, *self.found.columns.codes)
        return self.asked.cell if there else None

    @cached_property
    def listed(self) -> tuple[str, ...]:
        """The initiatives of the cell that is open; all of them as long as none is."""
        return self.found.at(*self.open) if self.open else self.found.ids


def explore(n: Names, asked: Explored) -> Explorer:
    """The table of the choices, as of the day of the visit."""
    found = crosstab(n.package, asked.asked(n.today))
    facets = {asked.rows, asked.columns}
    return Explorer(
        asked, found, {facet: frozenset(inferred(n.package, facet, found.ids)) for facet in facets}
    )


@dataclass(frozen=True, eq=False)
class Nearby:
    """asked: the choices. ids: the initiatives that fit them. found: who lives near these, hidden: what of it may not
    be shown."""

    asked: Explored
    ids: tuple[str, ...]
    found: ReachByAge
    hidden: Hidden


def nearby(n: Names, asked: Explored) -> Nearby:
    """Residents near the initiatives that fit the choices."""
    ids = crosstab(n.package, asked.asked(n.today)).ids
    found = reach_by_age(n.package, ids, asked.distance)
    return Nearby(asked, ids, found, hidden_table(found.reached, n.small_counts))
