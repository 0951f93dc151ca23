"""How unequal a value is over the areas of a level, in order of a measure; or why that may not be read."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from hsc_geo.analysis.figures import SIZES, concept_of, values
from hsc_geo.analysis.guard import MODELLED, RANK, Reading, Verdict, judge
from hsc_geo.analysis.inequality import FEWEST, ToldSlope, told_slope
from hsc_geo.analysis.need import default_ingredients, need_index
from hsc_geo.analysis.predictors import trait_of
from hsc_geo.analysis.provision import near_places
from hsc_geo.analysis.rates import LEAST, PER
from hsc_geo.analysis.reach import reach
from hsc_geo.analysis.suppression import hidden
from hsc_geo.analysis.unequal import Unequal, unequal
from hsc_geo.analysis.yardstick import PERCENT
from hsc_geo.data.load import Package
from hsc_geo.views.research.answers.known import ids_of, known_by_area
from hsc_geo.views.research.choices import FIGURE, KNOWN, RATE, REACH, Moment, ResearchChoice

ORDER, SIZE, SAME, FEW, ALIKE, PLACES = "order", "size", "same", "few", "alike", "places"
REASONS = (ORDER, SIZE, SAME, FEW, ALIKE, PLACES)
SHARE = (0.0, 100.0)  # the bounds of a percentage


@dataclass(frozen=True)
class Refused:
    """Why nothing is computed: one of REASONS. reading, verdict: of the guard, for ORDER. count: areas that have both,
    for FEW and ALIKE; placed, total: initiatives with a place and all that count, for PLACES."""

    reason: str
    reading: Reading | None = None
    verdict: Verdict | None = None
    count: int = 0
    placed: int = 0
    total: int = 0


@dataclass(frozen=True, eq=False)
class Answer:
    """value: one of VALUES. figure: the value where it is a figure. measure: what puts the areas in order, None for the
    index of need. found: None where `refused` says why. trait: of the residents, where the measure is part of the model
    behind the figure, '' else. told: how the slope hangs on single initiatives, for a number of them. hidden: areas
    whose value is not shown, since few residents are in it. count: initiatives that count."""

    value: str
    level: str
    ambition: str
    distance: int
    figure: Moment
    measure: Moment | None
    found: Unequal | None = None
    refused: Refused | None = None
    trait: str = ""
    told: ToldSlope | None = None
    hidden: frozenset[str] = frozenset()
    count: int = 0


def answer(package: Package, choice: ResearchChoice, least: int) -> Answer | None:
    """The inequality that is asked; None where the level has no figure or no measure. least: numbers of residents that
    we compute are hidden below it."""
    made = _asked(package, choice)
    if made is None:
        return None
    refused = _refused(package, made)
    if refused is not None:
        return replace(made, refused=refused)
    measure, people = _measure(package, made), package.areas["population"].astype("float64")
    value, limits, small = _value(package, made, least)
    both = pd.DataFrame(
        {"value": value, "measure": measure.reindex(value.index), "people": people.reindex(value.index)}
    )
    both = both[both.notna().all(axis=1) & (both["people"] > 0)]
    if len(both) < FEWEST or both["measure"].nunique() < 2:
        return replace(made, refused=Refused(FEW if len(both) < FEWEST else ALIKE, count=len(both)))
    bounds = SHARE if in_percent(package, made) else None
    found = unequal(value, measure, people, bounds, limits)
    return replace(made, found=found, told=_told(package, made, value, measure, people), hidden=small)


def _asked(package: Package, choice: ResearchChoice) -> Answer | None:
    figure = choice.figure if choice.value == FIGURE else Moment("")
    by_need = choice.by_need and choice.value != FIGURE
    measure = None if by_need else choice.other
    if (choice.value == FIGURE and figure.year is None) or (measure is not None and measure.year is None):
        return None
    trait = ""
    if measure is not None and choice.value == FIGURE:
        modelled = str(package.indicators.at[figure.indicator_id, "kind"]) == MODELLED
        trait = trait_of(package, measure.indicator_id) if modelled else ""
    count = 0 if choice.value == FIGURE else len(ids_of(package, choice.ambition))
    return Answer(
        choice.value,
        choice.level,
        choice.ambition,
        choice.distance,
        figure,
        measure,
        trait=trait,
        count=count,
    )


def _refused(package: Package, made: Answer) -> Refused | None:
    """What stands in the way whatever the values are."""
    units = package.indicators["unit"].astype(str)
    if made.measure is not None:
        reading = Reading(RANK, (made.measure.indicator_id,))
        verdict = judge(package, reading)
        if not verdict.allowed:
            return Refused(ORDER, reading, verdict)
    if made.value == FIGURE and units[made.figure.indicator_id] in SIZES:
        return Refused(SIZE)
    if made.value == FIGURE and made.measure is not None:
        mine, other = (concept_of(package, each.indicator_id) for each in (made.figure, made.measure))
        return Refused(SAME) if mine == other else None
    if made.value == REACH:
        near = reach(package, ids_of(package, made.ambition), made.distance)
        return None if near.told else Refused(PLACES, placed=near.placed, total=near.total)
    return None


def _measure(package: Package, made: Answer) -> pd.Series:
    if made.measure is None:
        need = need_index(package, default_ingredients(package, made.ambition), made.level)
        return need.table["index"].astype("float64")
    return _figure(package, made.measure, made.level)["value"].astype("float64")


def _figure(package: Package, moment: Moment, level: str) -> pd.DataFrame:
    return values(package, moment.indicator_id, moment.year or 0, moment.age_group, level)


def in_percent(package: Package, made: Answer) -> bool:
    """Whether the value is a percentage."""
    if made.value == FIGURE:
        return str(package.indicators.at[made.figure.indicator_id, "unit"]) == PERCENT
    return made.value == REACH


def _value(
    package: Package, made: Answer, least: int
) -> tuple[pd.Series, pd.DataFrame | None, frozenset[str]]:
    """The values by area, their limits where the source has them, and the areas whose value is not shown."""
    if made.value == FIGURE:
        table = _figure(package, made.figure, made.level)
        return table["value"].astype("float64"), table[["lower", "upper"]], frozenset()
    if made.value == REACH:
        near = near_places(package, ids_of(package, made.ambition), made.distance, made.level)
        small = hidden((near["share"] * near["residents"]).astype("float64"), least)
        return 100 * near["share"], None, frozenset(map(str, near.index[small]))
    known = pd.Series(
        {code: found.number for code, found in known_by_area(package, made.level, made.ambition).items()}
    )
    return _scaled(package, made, known.astype("float64")), None, frozenset()


def _scaled(package: Package, made: Answer, known: pd.Series) -> pd.Series:
    """A number as it is, or per 1,000 residents where there are enough of these (`rates.LEAST`)."""
    if made.value == KNOWN:
        return known
    people = package.areas["population"].reindex(known.index).astype("float64")
    return PER * known / people.where(people >= LEAST)


def _told(
    package: Package, made: Answer, value: pd.Series, measure: pd.Series, people: pd.Series
) -> ToldSlope | None:
    """The slope with each initiative left out in turn; only of a sum over initiatives."""
    if made.value not in (KNOWN, RATE):
        return None
    by_area = known_by_area(package, made.level, made.ambition)
    ids = sorted({key for found in by_area.values() for key in found.here})
    serves = np.array([[key in found.here for key in ids] for found in by_area.values()], dtype="float64")
    parts = pd.DataFrame(serves, list(by_area), ids).reindex(value.index)
    parts = parts.apply(lambda column: _scaled(package, made, column)) if ids else parts
    return told_slope(value, parts, measure, people, len(ids))


def sign(value: float, neutral: float) -> int:
    """1 where an index says that there is more where the measure is higher, -1 for less, 0 for neither."""
    return (
        0
        if math.isnan(value) or math.isclose(value, neutral, abs_tol=1e-12)
        else int(math.copysign(1, value - neutral))
    )
