"""What the address of the page Partners says, and what was chosen by it in each part."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis.continuity import MONTHS, SOON
from hsc_geo.analysis.explore import areas_in_order, facet_index, usual_area
from hsc_geo.analysis.matrix import EVERY, KNOWN, Basis
from hsc_geo.analysis.near import WHY
from hsc_geo.analysis.neighbours import CODES
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.links import PARTNERS_PARTS
from hsc_geo.views.kit.state import PAGE_NUMBERS, PageState, Param

COUNT, RADIUS = WAYS = ("k", "radius")
COUNTS = ("5", "10", "20", "50")
LIFE_STAGE = "life_stage"
FACET_KEYS = {"theme": "theme", LIFE_STAGE: "life", "ambition": "amb", "sector": "sector"}
STARTS = ("at", "place", "own")  # from where near is counted: one of them, or none
OPEN = ("sel", "page", "lpage", "gpage")  # what is open in a table; closed where another thing is chosen


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """Every choice of the page, with its valid codes and its default. `at` is a point as `latitude,longitude`."""
    options = facet_index(package).options
    initiatives = frozenset(map(str, package.initiatives.index))
    areas = frozenset(areas_in_order(package))
    sectors = package.vocabularies.loc[package.vocabularies["vocabulary"] == "sector", "code"]
    return (
        Param("part", PARTNERS_PARTS[0], frozenset(PARTNERS_PARTS)),
        Param("at", limit=25),
        Param("place", "", areas),
        Param("own", "", initiatives),
        Param("by", WAYS[0], frozenset(WAYS)),
        Param("k", "10", frozenset(COUNTS)),
        Param("dist", "1000", frozenset(map(str, range(LONGEST + 1)))),
        *(Param(key, "", frozenset(options[facet]), many=True) for facet, key in FACET_KEYS.items()),
        Param("ended", "", frozenset({"1"})),
        Param("grp", "", frozenset(WHY)),
        Param("one", "", initiatives),
        Param("why", "", frozenset(CODES), many=True),
        Param("org", "", frozenset(map(str, package.organisations.index))),
        Param("area", "", areas),
        Param("mamb", "", frozenset(ambition_codes(package))),
        Param("msec", "", frozenset(map(str, sectors))),
        Param("soon", str(SOON), frozenset(map(str, MONTHS))),
        Param("sel", "", initiatives),
        *(Param(key, "1", PAGE_NUMBERS) for key in ("page", "lpage", "gpage", "epage")),
    )


@dataclass(frozen=True)
class NearChoice:
    """From where, how far and whom.

    at: a point as it stands in the address; place: code of an area; own: id of an initiative: one of them, or all ''.
    by: of what lies outside the own district the nearest `count`, or all within `radius` metres. facets: facet ->
    chosen codes. group: the one reason to stand in the list that is shown, '' for all.
    """

    at: str = ""
    place: str = ""
    own: str = ""
    by: str = COUNT
    count: int = 10
    radius: int = 1000
    facets: tuple[tuple[str, tuple[str, ...]], ...] = ()
    ended: bool = False
    group: str = ""

    @property
    def narrowed(self) -> bool:
        """Whether a facet is chosen."""
        return any(codes for _, codes in self.facets)


@dataclass(frozen=True)
class NeighboursChoice:
    """Of which initiative ('' for none yet), for which reasons (() for any), and whether ended ones count."""

    initiative: str
    reasons: tuple[str, ...] = ()
    ended: bool = False

    @property
    def basis(self) -> Basis:
        """Which initiatives count."""
        return Basis(EVERY if self.ended else KNOWN)


@dataclass(frozen=True)
class MissingChoice:
    """Of which area; and whom to invite: the kind of partner and the ambition, '' for none."""

    area: str
    sector: str = ""
    ambition: str = ""


def near_choice(state: PageState) -> NearChoice:
    """The choices of who is near."""
    return NearChoice(
        at=state["at"],
        place=state["place"],
        own=state["own"],
        by=state["by"],
        count=state.number("k"),
        radius=state.number("dist"),
        facets=tuple((facet, tuple(state.many(key))) for facet, key in FACET_KEYS.items()),
        ended=state.on("ended"),
        group=state["grp"],
    )


def neighbours_choice(state: PageState) -> NeighboursChoice:
    """The choices of the neighbours of an initiative."""
    return NeighboursChoice(state["one"], tuple(state.many("why")), state.on("ended"))


def missing_choice(package: Package, state: PageState) -> MissingChoice:
    """The choices of who is missing; without an area the first one."""
    return MissingChoice(state["area"] or usual_area(package), state["msec"], state["mamb"])
