"""Who lives near, by plain distance and where places are shared."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis import access, reach
from hsc_geo.analysis.access import Access
from hsc_geo.analysis.reach import Reach
from hsc_geo.views.coverage.answers.counted import fitting
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names


@dataclass(frozen=True)
class Near:
    """fit: the initiatives that fit the choices. distance: metres. people, life_stage: which residents, and whom they
    stand for. found: how many of them a place is near to."""

    fit: tuple[str, ...]
    distance: int
    people: str
    life_stage: str
    found: Reach

    @property
    def measured(self) -> bool:
        """Whether any of them has a place or an area, without which nobody can say who lives near."""
        return bool(self.found.placed or self.found.area_only)


def near(n: Names, choice: CoverageChoice) -> Near:
    """Residents within the distance of what fits."""
    fit = fitting(n, choice)
    found = reach.reach(n.package, fit, choice.distance, choice.people)
    return Near(fit, choice.distance, choice.people, choice.life_stage, found)


def shared(n: Names, choice: CoverageChoice) -> Access:
    """Access to what fits, shared with all who live near."""
    how = choice.sharing
    fit = fitting(n, choice)
    return access.access(n.package, fit, choice.distance, how.method, choice.people, factor=how.factor)
