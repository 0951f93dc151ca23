"""Whether neighbouring areas look alike in one figure, and what a pattern with so few areas must be to be seen."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis.spatial import CHANCE, Pattern, pattern
from hsc_geo.analysis.spatial_power import Seen, weakest_seen
from hsc_geo.data.load import Package
from hsc_geo.views.research.answers.together import measure
from hsc_geo.views.research.choices import ResearchChoice


@dataclass(frozen=True, eq=False)
class Neighbours:
    """found: the pattern. seen: the weakest one that would be seen with these areas, None where not even a strong one
    would, or nothing could be computed."""

    found: Pattern
    seen: Seen | None

    def of(self, cluster: str) -> tuple[str, ...]:
        """The areas of a kind of cluster."""
        table = self.found.table
        return tuple(map(str, table.index[table["cluster"] == cluster])) if self.found.moran else ()

    @property
    def called(self) -> int:
        """How many areas are in a cluster of any kind."""
        return len(self.found.table) - len(self.of(CHANCE)) if self.found.moran else 0


def neighbours(package: Package, choice: ResearchChoice) -> Neighbours | None:
    """The pattern of the figure of the choice; None where it has nothing at this level."""
    asked = measure(choice.figure)
    if asked is None:
        return None
    found = pattern(package, asked, choice.level)
    return Neighbours(found, weakest_seen(found.weights) if found.moran else None)
