"""What each part of the page Partners answers: functions of the package, the choice and the day alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hsc_geo.analysis.counting import Count, count_for, count_of
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import counts, select
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.near import Near, Point, area_point, nearest, to_rd
from hsc_geo.analysis.neighbours import Neighbour, neighbours
from hsc_geo.analysis.partners import (
    Invitation,
    Spot,
    WhoIsMissing,
    invitations,
    spots,
    who_is_missing,
)
from hsc_geo.analysis.places import places
from hsc_geo.analysis.profile import check_level
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.data.load import Package
from hsc_geo.views.maps.points import point_of
from hsc_geo.views.partners.choices import COUNT, MissingChoice, NearChoice, NeighboursChoice


@dataclass(frozen=True)
class NearAnswer:
    """Who is near a point (x, y, EPSG:28992), and how many fit the choices in the whole municipality."""

    point: Point
    found: Near
    whole: Count


def near(package: Package, choice: NearChoice, today: date) -> NearAnswer | None:
    """Who is near what was chosen; None where there is no point to measure from."""
    point = start_point(package, choice)
    if point is None:
        return None
    ids = fitting(package, choice, today)
    if choice.by == COUNT:
        found = nearest(package, ids, point, k=choice.count)
    else:
        found = nearest(package, ids, point, radius=choice.radius)
    return NearAnswer(point, found, count_of(package, [municipality_code(package)], ids))


def start_point(package: Package, choice: NearChoice) -> Point | None:
    """The point that distances are from (x, y, EPSG:28992); None where none is chosen or known."""
    if choice.at:
        return point_of(package, choice.at)
    if choice.place:
        return area_point(package, choice.place)
    own = next((place for place in places(package, choice.own) if place.has_point), None)
    return to_rd(own.latitude, own.longitude) if own else None


def fitting(package: Package, choice: NearChoice, today: date) -> list[str]:
    """The initiatives that fit the choices, but the one that distances are measured from."""
    index = facet_index(package, today)
    mask = select(index, _facets(choice), ended=choice.ended)
    return [key for key, keep in zip(index.ids, mask, strict=True) if keep and key != choice.own]


def available(package: Package, choice: NearChoice, today: date) -> dict[str, dict[str, int]]:
    """Facet -> code -> how many initiatives it would leave under the other choices."""
    return counts(facet_index(package, today), _facets(choice), ended=choice.ended)


def _facets(choice: NearChoice) -> dict[str, list[str]]:
    return {facet: list(codes) for facet, codes in choice.facets}


def neighbours_of(package: Package, choice: NeighboursChoice) -> list[Neighbour]:
    """All neighbours of the initiative, most points first."""
    among = facet_index(package).ids if choice.ended else counted(package, Basis())
    return list(neighbours(package, choice.initiative, among))


def with_reasons(found: Sequence[Neighbour], codes: Sequence[str]) -> list[Neighbour]:
    """Those with one of the reasons; all of them where none is chosen."""
    return [each for each in found if not codes or {reason.code for reason in each.reasons} & set(codes)]


@dataclass(frozen=True)
class MissingAnswer:
    """Who is missing in an area, the one number of the area, and its district with what is known in each of its
    neighbourhoods."""

    found: WhoIsMissing
    count: Count
    district: str
    spots: list[Spot]


def missing(package: Package, choice: MissingChoice) -> MissingAnswer:
    """Kinds of partner in the area, and neighbourhoods without."""
    code = choice.area
    district = code if check_level(package, code) == DISTRICT else str(package.areas.at[code, "parent_code"])
    return MissingAnswer(
        who_is_missing(package, code), count_for(package, code), district, list(spots(package, district))
    )


def guests(package: Package, choice: MissingChoice) -> list[Invitation]:
    """Whom to invite of the kind of partner that is chosen."""
    return list(invitations(package, choice.area, choice.sector, choice.ambition))
