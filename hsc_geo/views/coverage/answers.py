"""What coverage answers: each answer a pure function of the package and a frozen choice."""

from dataclasses import dataclass

from hsc_geo.analysis.access import Access, access
from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.gaps import Gaps, gaps
from hsc_geo.analysis.matrix import ACTIVE, KNOWN, Basis, Matrix, build_matrix, counted, with_ambition
from hsc_geo.analysis.need import Need, need_index, sensitivity
from hsc_geo.analysis.reach import for_life_stage, people_of
from hsc_geo.analysis.what_if import Change, point_in
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.points import point_of


def fitting(n: Names, state: PageState, ids: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `ids` of the ambition and for the life stage that are chosen."""
    return for_life_stage(n.package, with_ambition(n.package, ids, state["ramb"]), state["rlife"])


def as_known(n: Names, state: PageState) -> tuple[str, ...]:
    """Those that fit, also where nobody confirmed them lately."""
    return fitting(n, state, tuple(counted(n.package, Basis(state["count"]))))


@dataclass(frozen=True, eq=False)
class Seen:
    """What the part shows: the index of need and the verdicts of the level, access when places are shared, and the
    verdicts of the other level where these stand beside it."""

    need: Need
    found: Gaps
    access: Access
    beside: Gaps | None = None

    @property
    def levels(self) -> tuple[Gaps, ...]:
        """The verdicts of each level there is, districts first."""
        both = [each for each in (self.found, self.beside) if each is not None]
        return tuple(sorted(both, key=lambda each: LEVELS.index(each.level)))


def _seen(n: Names, state: PageState, fit: tuple[str, ...], need: Need) -> Seen:
    distance, people = int(state["dist"]), people_of(state["rlife"])
    known = as_known(n, state)

    def of(need: Need) -> Gaps:
        return gaps(n.package, fit, distance, need, sensitivity(need), n.today, people, known)

    other = next(level for level in LEVELS if level != need.level)
    beside = of(need_index(n.package, need.ingredients, other))
    return Seen(need, of(need), access(n.package, fit, distance, state["fca"], people), beside)


MOST = 10  # places tried out at a time


def chosen(package: Package, state: PageState) -> Change:
    """The change that the address holds; points that cannot be are left out."""
    points = [point for point in (point_of(package, text) for text in state.many("at")) if point is not None]
    added = [*(point_in(package, code) for code in state.many("add")), *points]
    return Change(tuple(added[:MOST]), tuple(state.many("less")))


def ever_known(package: Package, basis: Basis, level: str) -> Matrix | None:
    """The matrix of all that are known, active when last seen or not, whenever they were confirmed; None where the
    basis counts these anyway."""
    wider = Basis(KNOWN if basis.count == ACTIVE else basis.count)
    return None if basis == wider else build_matrix(package, counted(package, wider), level)


NEAREST = 5
