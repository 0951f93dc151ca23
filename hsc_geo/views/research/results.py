"""What each part of the page finds, for screen and paper alike."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.research.choices import (
    CHANCE,
    EXPLORE,
    OWN,
    PATTERN,
    SPREAD,
    TOGETHER,
    UNEQUAL,
    ResearchChoice,
)
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.words import chance, explore, own, pattern, spread, together, unequal

RESULTS: dict[str, Callable[[Names, ResearchChoice], Result | None]] = {
    EXPLORE: explore.result,
    SPREAD: spread.result,
    TOGETHER: together.result,
    UNEQUAL: unequal.result,
    PATTERN: pattern.result,
    CHANCE: chance.result,
    OWN: own.result,
}


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the open part finds; None where the data have nothing for these choices. How its table is shown makes no
    difference. Shared, not to be changed."""
    return _result(n.package, n, replace(choice, sort="", descending=False, page=1))


@per_package(maxsize=24)
def _result(package: Package, n: Names, choice: ResearchChoice) -> Result | None:
    """A page asks again for each change of its table, its layout and its paper."""
    return RESULTS[choice.part](n, choice)


def nothing(n: Names) -> str:
    """What is said where the data have nothing."""
    return n.w.t("No figure is published for these choices. Choose another figure or level.")
