"""What can serve elsewhere: the areas most alike where nothing like it is known."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis.matrix import with_ambition
from hsc_geo.analysis.transfer import Transfer, focus_initiatives, transfer
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.kit.names import Names

NEAREST = 5  # areas for each initiative


@dataclass(frozen=True)
class Elsewhere:
    """offered: those that count of the focus districts. chosen: those of them that fit. found: where each could be
    asked for."""

    offered: tuple[str, ...]
    chosen: tuple[str, ...]
    found: tuple[Transfer, ...]

    @property
    def by_initiative(self) -> dict[str, list[Transfer]]:
        """Initiative -> where it could be asked for, the areas most alike first."""
        grouped: dict[str, list[Transfer]] = {}
        for each in self.found:
            grouped.setdefault(each.initiative_id, []).append(each)
        return grouped


def elsewhere(n: Names, choice: CoverageChoice) -> Elsewhere:
    """Where what is known in the focus districts could be asked for."""
    ids = counted(n, choice)
    there = set(ids)
    offered = tuple(key for key in focus_initiatives(n.package) if key in there)
    of_ambition = with_ambition(n.package, offered, choice.ambition)
    chosen = tuple(key for key in of_ambition if choice.like in ("", key))
    return Elsewhere(offered, chosen, _found(n.package, chosen, choice.level, ids))


@per_package(maxsize=32)
def _found(
    package: Package, chosen: tuple[str, ...], level: str, ids: tuple[str, ...]
) -> tuple[Transfer, ...]:
    return tuple(transfer(package, chosen, level, NEAREST, ids))
