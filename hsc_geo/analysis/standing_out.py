"""The three things that stand out of an area beside the city: a core figure, who lives there, and an ambition.

None of it is a rank among areas: each is held against the city alone, and only what differs by the yardstick counts;
what is not distinguishable from the city by its interval never does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from hsc_geo.analysis.counting import Count, by_ambition, count_for
from hsc_geo.analysis.figures import SIZES
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.profile import (
    ADULTS,
    FAVOURABLE,
    INDISTINCT,
    UNFAVOURABLE,
    Spine,
    against_city,
    core,
    residents,
    spine,
)
from hsc_geo.analysis.yardstick import yardstick
from hsc_geo.data.load import Package


@dataclass(frozen=True)
class StandingOut:
    """figure, fact: the core figure and the registered fact of residents, homes or income that differ most from the
    city, in bands of about the same; None where none differs. ambition: the one with least known beside what the
    districts of the city have together, with who is there for it; '' without ambitions. whole: that of the city."""

    area_code: str
    figure: Spine | None
    fact: Spine | None
    ambition: str
    here: Count
    whole: Count


@dataclass(frozen=True)
class Tally:
    """Core figures that are known of an area and the city: how many, how many are less and more favourable, and how
    many are not distinguishable from the city."""

    known: int
    unfavourable: int
    favourable: int
    indistinct: int = 0


def standing_out(package: Package, area_code: str, age_group: str = ADULTS) -> StandingOut:
    """What stands out of a district or neighbourhood. Raises KeyError for an unknown area, ValueError for another
    level."""
    figures = core(spine(package, area_code, age_group), package)
    facts = [
        row
        for row in residents(package, area_code).facts
        if str(package.indicators.at[row.indicator_id, "unit"]) not in SIZES
    ]
    here = by_ambition(package, count_for(package, area_code), ambition_codes(package))
    whole = by_ambition(package, count_for(package, municipality_code(package)), ambition_codes(package))
    least = min(here, key=lambda each: _share(here[each], whole[each]), default="")
    nobody = Count()
    return StandingOut(
        area_code,
        _farthest(package, figures),
        _farthest(package, facts),
        least,
        here.get(least, nobody),
        whole.get(least, nobody),
    )


def tally(package: Package, rows: Iterable[Spine]) -> Tally:
    """How the core figures of an area compare with the city."""
    verdicts = [against_city(package, row) for row in rows]
    known = [each for each in verdicts if each]
    told = (known.count(each) for each in (UNFAVOURABLE, FAVOURABLE, INDISTINCT))
    return Tally(len(known), *told)


def _farthest(package: Package, rows: Iterable[Spine]) -> Spine | None:
    sizes = {row.indicator_id: (_bands(package, row), row) for row in rows}
    differing = [(size, row) for size, row in sizes.values() if size >= 1]
    return max(differing, key=lambda each: each[0])[1] if differing else None


def _bands(package: Package, row: Spine) -> float:
    """How far the area is from the city, in bands of about the same; 0 where a value is missing, or the area is not
    distinguishable from the city."""
    if row.figure.value is None or row.city.value is None or against_city(package, row) == INDISTINCT:
        return 0.0
    held = yardstick(package, row.indicator_id, row.city.value)
    return abs(held.gap(row.figure.value)) / held.band if held.band else 0.0


def _share(here: Count, whole: Count) -> float:
    return here.number / whole.number if whole.number else 0.0
