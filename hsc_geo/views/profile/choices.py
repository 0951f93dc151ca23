"""What the address of a profile says, and what was chosen by it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hsc_geo.analysis.explore import areas_in_order, usual_area
from hsc_geo.analysis.figures import offer
from hsc_geo.analysis.profile import ADULTS, check_level
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param

MOST = 4
AGES = (ADULTS, "18to64", "65plus")


@dataclass(frozen=True)
class ProfileChoice:
    """The choices of a profile.

    areas: codes on the page, of one level. left_out: codes that were asked and do not fit beside them. every: all
    figures, not only the core ones. figure: the indicator over the years, '' for none. drawn: also an area whose change
    cannot be read. ambition: of which the initiatives are listed, '' for none. initiative: of these the one that is
    open. page: of that list, from 1.
    """

    areas: tuple[str, ...]
    left_out: tuple[str, ...] = ()
    age_group: str = AGES[0]
    every: bool = False
    figure: str = ""
    drawn: bool = False
    ambition: str = ""
    initiative: str = ""
    page: int = 1


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default."""
    ambitions = package.vocabularies.loc[package.vocabularies["vocabulary"] == "ambition", "code"]
    over_years = [str(key) for key in package.indicators.index if len(offer(package, str(key)).years) > 1]
    return (
        Param("area", options=frozenset(areas_in_order(package)), many=True),
        Param("age", AGES[0], frozenset(AGES)),
        Param("full", "", frozenset({"1"})),
        Param("ind", "", frozenset(over_years)),
        Param("line", "", frozenset({"1"})),
        Param("amb", "", frozenset(map(str, ambitions)) | {"none"}),
        Param("sel", "", frozenset(map(str, package.initiatives.index))),
        Param("lpage", "1", PAGE_NUMBERS),
    )


def choice(package: Package, state: PageState) -> ProfileChoice:
    """The choices as they are in the state, whose parameters are `parameters`."""
    areas, left_out = chosen(package, state.many("area"))
    return ProfileChoice(
        areas=tuple(areas),
        left_out=tuple(left_out),
        age_group=state["age"],
        every=state.on("full"),
        figure=state["ind"],
        drawn=state.on("line"),
        ambition=state["amb"],
        initiative=state["sel"],
        page=state.number("lpage"),
    )


def chosen(package: Package, asked: Sequence[str]) -> tuple[list[str], list[str]]:
    """(areas on the page, those left out): the first four of the level of the first; nothing asked gives the first
    focus district."""
    areas = list(asked) or [usual_area(package)]
    level = check_level(package, areas[0])
    fits = [code for code in areas if check_level(package, code) == level][:MOST]
    return fits, [code for code in areas if code not in fits]
