"""What each part of the page Partners answers: functions of the package, the choice and the day alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from hsc_geo.analysis import together
from hsc_geo.analysis.counting import Count, count_for, count_of
from hsc_geo.analysis.explore import LEVELS, facet_index
from hsc_geo.analysis.facets import counts, select
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import Basis, counted, newest_first
from hsc_geo.analysis.near import Near, Nearby, Start, nearest, start_at, start_in, to_rd
from hsc_geo.analysis.neighbours import Neighbour, neighbours
from hsc_geo.analysis.partners import (
    Invitation,
    Spot,
    WhoIsMissing,
    invitations,
    spots,
    who_is_missing,
)
from hsc_geo.analysis.places import places, with_point
from hsc_geo.analysis.profile import check_level
from hsc_geo.analysis.reach import EVERYONE_LIFE_STAGE
from hsc_geo.analysis.search_index import PLACE, search_index
from hsc_geo.analysis.serving import DISTRICT, areas_of
from hsc_geo.analysis.together import Active, Meeting
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.domain.areas import level_of
from hsc_geo.views.kit.names import plain
from hsc_geo.views.maps.points import point_of, point_text
from hsc_geo.views.partners.choices import COUNT, LIFE_STAGE, MissingChoice, NearChoice, NeighboursChoice


@dataclass(frozen=True)
class NearAnswer:
    """Who is near where was chosen. neighbourhood: who counts for the own neighbourhood, None where a whole district or
    a point outside all was chosen; district: for the district round it, None outside all; whole: for the municipality.
    guessed: an initiative was chosen of which no place is known, and `start` is the area that it serves."""

    start: Start
    found: Near
    neighbourhood: Count | None
    district: Count | None
    whole: Count
    guessed: bool = False


@dataclass(frozen=True)
class Everywhere:
    """What is known before a place is chosen: who fits the choices, newest first, how many of them have a place, and
    where two or more meet."""

    ids: tuple[str, ...]
    placed: int
    meetings: tuple[Meeting, ...]


def near(package: Package, choice: NearChoice, today: date) -> NearAnswer | None:
    """Who is near what was chosen; None where there is nothing to count from."""
    start = start_of(package, choice)
    if start is None:
        return None
    ids = fitting(package, choice, today)
    limit = {"k": choice.count} if choice.by == COUNT else {"radius": choice.radius}
    count = {code: count_of(package, [code], ids) for code in (start.neighbourhood, start.district) if code}
    return NearAnswer(
        start,
        nearest(package, ids, start, **limit),
        count.get(start.neighbourhood),
        count.get(start.district),
        count_of(package, [municipality_code(package)], ids),
        bool(choice.own) and not _has_point(package, choice.own),
    )


def everywhere(package: Package, choice: NearChoice, today: date) -> Everywhere:
    """What is known as long as no place is chosen."""
    ids = tuple(fitting(package, choice, today))
    return Everywhere(ids, len(with_point(package) & set(ids)), together.meetings(package, ids))


def start_of(package: Package, choice: NearChoice) -> Start | None:
    """From where distances are; None where nothing is chosen or nothing of it is known. An initiative without a place
    stands in the area that it serves, where that is one."""
    if choice.at:
        point = point_of(package, choice.at)
        return start_at(package, point) if point else None
    if choice.place:
        return start_in(package, choice.place)
    if not choice.own:
        return None
    own = next((place for place in places(package, choice.own) if place.has_point), None)
    if own:
        return start_at(package, to_rd(own.latitude, own.longitude))
    areas = [code for code in areas_of(package).get(choice.own, ()) if level_of(code) in LEVELS]
    return start_in(package, areas[0]) if len(areas) == 1 else None


def name_at(package: Package, at: str) -> str:
    """The place of the register at a point of the address; '' where none is."""
    return _named(package).get(at, "")


@per_package(maxsize=1)
def _named(package: Package) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in search_index(package).things:
        if each.kind == PLACE and each.at:
            found.setdefault(point_text(each.at), plain(each.labels[0]))
    return found


def _has_point(package: Package, key: str) -> bool:
    return key in with_point(package)


def fitting(package: Package, choice: NearChoice, today: date) -> list[str]:
    """The initiatives that fit the choices, newest first, but the one that distances are measured from."""
    index = facet_index(package, today)
    mask = select(index, _facets(choice), ended=choice.ended)
    found = [key for key, keep in zip(index.ids, mask, strict=True) if keep and key != choice.own]
    return list(newest_first(package, today, found))


def for_all_ages(package: Package, choice: NearChoice, today: date) -> int:
    """How many more fit when what is for all ages counts beside the ages that are chosen; 0 where none is chosen."""
    facets = _facets(choice)
    if not facets.get(LIFE_STAGE):
        return 0
    wider = {**facets, LIFE_STAGE: [*facets[LIFE_STAGE], EVERYONE_LIFE_STAGE]}
    asked = replace(choice, facets=tuple((facet, tuple(codes)) for facet, codes in wider.items()))
    return len(fitting(package, asked, today)) - len(fitting(package, choice, today))


def shown(answer: NearAnswer, choice: NearChoice) -> tuple[Nearby, ...]:
    """The rows of the list: all, or those that stand there for the one chosen reason."""
    return tuple(each for each in answer.found.found if choice.group in ("", each.why))


def available(package: Package, choice: NearChoice, today: date) -> dict[str, dict[str, int]]:
    """Facet -> code -> how many initiatives it would leave under the other choices."""
    return counts(facet_index(package, today), _facets(choice), ended=choice.ended)


def _facets(choice: NearChoice) -> dict[str, list[str]]:
    return {facet: list(codes) for facet, codes in choice.facets}


def neighbours_of(package: Package, choice: NeighboursChoice) -> list[Neighbour]:
    """All neighbours of the initiative, most points first."""
    among = facet_index(package).ids if choice.ended else counted(package, Basis())
    return list(neighbours(package, choice.initiative, among))


def sharing(package: Package) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Which initiatives share a place or an organisation with others, as long as none is chosen."""
    return together.sharing(package, counted(package, Basis()))


def active(package: Package) -> tuple[Active, ...]:
    """Who leads and takes part in what, as long as no organisation is chosen."""
    return together.active(package, counted(package, Basis()))


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
