"""Need beside known provision: where what is known bears the word gap, by two rules beside each other.

*By area*, an initiative is placed when it is known to a district or neighbourhood, and provision is low where none is
known to the area; of a neighbourhood, nor to its district. *By distance*, it is placed when a place of it has a point,
and provision is the share of residents within a distance of one, with two bounds (`hsc_geo.analysis.reach`): low where
it is in the lowest third of the areas' lower bounds and at most half of the residents, even at the upper bound, at the
distance and at 1.5 times it. At distance 0 nothing is reached, and nothing low.

Need is *high whatever the weights* (robust to the weights) where the area is in the top quarter in at least 90% of
random weightings, and in the top third whichever one figure is left out. With one figure this cannot be tested. Where
95% intervals of the figures are published, need is high only if it also is above that of the city with every figure at
the end of its interval with least need (`analysis.need_beside`); without them, estimation error is not in it.

Verdicts, of each rule: `gap` where both hold; `uncertain` where they do not both hold, but need is possibly high (in
the top quarter in more than 10% of weightings, or its index in the top third) and provision possibly low (by area none
or one known; by distance the lower bound in the lowest third and not nearly all, or below half); `not_known` without an
index of need or without residents; `not_called` where no verdict is given (below); else `no_sign`. It is always about
*known* provision. Where only a part of the initiatives counts (those confirmed lately), an area is a gap only if it
also is one by all that are known: what nobody confirmed has not therefore stopped.

Nothing is called at a rule by which fewer than LEAST_PLACED initiatives are placed in the city, with fewer than
FEWEST areas, and of an area with few residents or mostly students. What works for the whole city or the region is in
neither rule: it stands beside the verdict (`Gaps.city`) and vetoes none.

Reasons are codes, each true of its area. Of `not_called`: few_placed, few_areas, too_small, students. Of `uncertain`:
need_indistinct (not distinguishable from that of the city by the intervals), need_depends_on_weights, one_figure,
figures_modelled (need is not high whatever the weights and rests on modelled figures), not_confirmed (low by those that
count, not by all that are known), register_old (most of what is known to the area is old); by area known_in_district
(none known to the neighbourhood, but to its district), one_known; by distance place_unknown (low by the known places,
not if those without a place reach everyone; or the bounds lie far apart), provision_middling (in the lowest third or
below half, not both), distance (the answer differs at 1.5 times the distance, or the distance is 0). Of `gap`, as
caveats: figures_modelled, register_old. Of `not_known`: need_missing, residents_unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.adults import YOUNG_ADULTS, residents_of_bands
from hsc_geo.analysis.counting import Count, count_of
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import SPANS, freshness_bands
from hsc_geo.analysis.need import Need, left_one_out
from hsc_geo.analysis.need_beside import BELOW, INDISTINCT, beside_city
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.provision import DIGITS, known, known_to, lowest_third, near_places, terciles
from hsc_geo.analysis.reach import EVERYONE, LONGEST, check_distance
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package

BY_AREA, BY_DISTANCE = RULES = ("area", "distance")
GAP, UNCERTAIN, NO_SIGN, NOT_CALLED, NOT_KNOWN = ("gap", "uncertain", "no_sign", "not_called", "not_known")
VERDICTS = (GAP, UNCERTAIN, NOT_CALLED, NOT_KNOWN, NO_SIGN)
TOO_SMALL, STUDENTS = MARKS = ("too_small", "students")

LEAST_PLACED = 3  # initiatives in the city: of fewer, "none here" tells of the register, not of the area
SMALL = 1000  # residents: below it a street or a building makes the figures, and few places can be expected
MOSTLY = 0.5  # of the residents aged 15 to 24: a student area, of which estimates for residents say little
SURE = 0.9  # share of random weightings in which need is in the top quarter, for need that is high whatever the weights
POSSIBLE = 0.1  # the same, above which need is possibly high
TOP_THIRD = 200 / 3  # percentile
HALF = 0.5  # share of residents reached above which provision is not called low, whatever other areas have
NEARLY_ALL = 0.995  # share of residents reached from where provision is not even possibly low
APART = 0.1  # between the bounds, a share of the residents: from there unknown places matter
FARTHER = 1.5  # times the distance, about the difference between one choice of distance and the next
FEWEST = 4  # areas that can be divided into thirds
MONTHS = 24  # older evidence is old
MODELLED = "modelled"
_RECENT = [str(span) for span in SPANS if span <= MONTHS]


@dataclass(frozen=True, eq=False)
class Gaps:
    """Need and known provision of the areas of a level.

    table: index area code; `need` (index, 0-100, NaN missing), `sensitivity` (0-1), `need_tercile` (0, 1, 2; 2 most
    need; <NA> missing), `need_beside` (the need of the city: ABOVE, BELOW, INDISTINCT of `need_beside`, or '' where no
    interval is published), `need_possible` (need is possibly high), `number` (initiatives known to the area), `share`
    and `upper_share` (0-1, NaN without residents), `provision_tercile` (0 least, by `share`: thirds of the areas with
    less), `marks` (of MARKS), and for each of RULES `<rule>_verdict` (one of VERDICTS) and `<rule>_reasons` (tuple of
    codes, see above). distance and farther: the metres at which provision was computed. placed: rule -> how many of the
    initiatives are placed by it in the city. city: those that count, in groups: `own` known to a district or
    neighbourhood, `city` and `region` for all areas, `unknown`. notes: codes on the whole: `few_areas`, and
    `register_old` (most of those that count were last seen more than MONTHS ago or carry no date).
    """

    level: str
    distance: float
    farther: float
    table: pd.DataFrame
    placed: Mapping[str, int]
    city: Count
    notes: tuple[str, ...]

    def verdict(self, code: str, rule: str) -> str:
        """The verdict of an area by a rule."""
        return str(self.table.at[code, f"{rule}_verdict"])

    def reasons(self, code: str, rule: str) -> tuple[str, ...]:
        """The reasons of that verdict."""
        found: tuple[str, ...] = self.table.at[code, f"{rule}_reasons"]  # type: ignore[assignment]
        return found

    def marks(self, code: str) -> tuple[str, ...]:
        """For what an area is marked."""
        found: tuple[str, ...] = self.table.at[code, "marks"]  # type: ignore[assignment]
        return found

    @property
    def intervals(self) -> bool:
        """Whether need is held against that of the city, by published intervals."""
        return bool((self.table["need_beside"] != "").any())

    @property
    def indistinct(self) -> tuple[str, ...]:
        """The areas whose need is not distinguishable from that of the city."""
        return tuple(map(str, self.table.index[self.table["need_beside"] == INDISTINCT]))

    def called(self, rule: str, verdict: str = GAP) -> tuple[str, ...]:
        """The areas of a verdict by a rule."""
        return tuple(map(str, self.table.index[self.table[f"{rule}_verdict"] == verdict]))

    def callable(self, rule: str) -> bool:
        """Whether enough initiatives are placed by the rule, and areas enough, to call anything."""
        return self.placed[rule] >= LEAST_PLACED and "few_areas" not in self.notes


def gaps(
    package: Package,
    ids: Iterable[str],
    distance: float,
    need: Need,
    sensitivity: pd.Series,
    as_of: dt.date,
    people: str = EVERYONE,
    known: Iterable[str] = (),
) -> Gaps:
    """Where need is high and known provision low, in the areas of the level of `need`, for the initiatives in `ids` and
    a distance in metres.

    `sensitivity` is that of `need`; `as_of` the day from which the age of evidence counts; `people` a population column
    of areas.csv; `known` all that are known, where `ids` are those of them that were confirmed lately (empty: `ids` are
    all). Raises ValueError when the distance is no number from 0 to LONGEST, KeyError for another column.

    Of the town of docs/methods.md:

    >>> from hsc_geo.analysis.need import Ingredient, need_index, sensitivity
    >>> need = need_index(town, [Ingredient("lonely"), Ingredient("smoking")], "neighbourhood")
    >>> found = gaps(town, town.initiatives.index, 500, need, sensitivity(need), dt.date(2026, 6, 1))
    >>> found.verdict("BU00010202", "area"), found.reasons("BU00010202", "area")
    ('uncertain', ('need_depends_on_weights', 'known_in_district'))
    """
    level, asked = need.level, frozenset(ids)
    more = asked | frozenset(known)
    distances = (distance, min(FARTHER * check_distance(distance), LONGEST))
    near, here = near_places(package, asked, distance, level, people), known_to(package, asked, level)
    city = _in_city(package, asked)
    placed = {BY_AREA: len(city.own), BY_DISTANCE: len(with_point(package) & asked)}
    old = old_ids(package, as_of)
    facts = {**_need_facts(package, need, sensitivity), **_area_facts(package, level, near)}
    facts["register_old"] = _mostly(package, asked, old, level)
    table = _table(need, sensitivity, near, here, facts).assign(need_beside=beside_city(package, need))
    provided: dict[str, Provided] = {
        BY_AREA: lambda each: _by_area(known_to(package, each, level)),
        BY_DISTANCE: lambda each: _by_distance(package, each, distances, level, people),
    }
    for rule, of in provided.items():
        own = {**facts, **of(asked), "few_placed": np.full(len(table), placed[rule] < LEAST_PLACED)}
        own["low_known"] = own["low_sure"] if more == asked else of(more)["low_sure"]
        table[f"{rule}_verdict"], table[f"{rule}_reasons"] = _judged(own)
    return Gaps(level, *distances, table, placed, city, _notes(asked, old, near))


def old_ids(package: Package, as_of: dt.date) -> frozenset[str]:
    """The initiatives that have no evidence of the last MONTHS, as of a day; undated ones among them."""
    return _old_ids(package, as_of)


@per_package(maxsize=16)
def _old_ids(package: Package, as_of: dt.date) -> frozenset[str]:
    bands = freshness_bands(package, as_of)
    return frozenset(map(str, bands.index[~bands.isin(_RECENT)]))


@per_package(maxsize=16)
def _in_city(package: Package, ids: frozenset[str]) -> Count:
    return count_of(package, [municipality_code(package)], ids)


@per_package(maxsize=8)
def marks_of(package: Package, level: str) -> pd.DataFrame:
    """Of each area of the level, by code, whether it has few residents (TOO_SMALL; the newest number) or mostly
    students (STUDENTS: more than half of its residents aged 15 to 24, in the year of the age bands). Not where it is
    not known. Shared, so not to be changed."""
    areas = package.areas[package.areas["level"] == level].sort_index()
    young = areas[YOUNG_ADULTS].astype("float64") / residents_of_bands(areas)
    return pd.DataFrame({TOO_SMALL: areas["population"].astype("float64") < SMALL, STUDENTS: young > MOSTLY})


Facts = dict[str, np.ndarray]  # a truth of each area, by code
Provided = Callable[[frozenset[str]], Facts]  # what initiatives say of the provision of each area


def _need_facts(package: Package, need: Need, sensitivity: pd.Series) -> Facts:
    codes = need.table.index.sort_values()
    index, sure, others = (
        each.reindex(codes).to_numpy() for each in (need.table["index"], sensitivity, left_one_out(need))
    )
    counting = [each.indicator_id for each in need.ingredients if each.weight > 0]
    several, beside = len(counting) > 1, beside_city(package, need).reindex(codes).to_numpy()
    robust = (sure >= SURE) & (others > TOP_THIRD).all(axis=1) & several
    modelled = bool((package.indicators.loc[counting, "kind"] == MODELLED).any())
    return {
        "need_known": np.isfinite(index),
        "need_robust": robust,
        "need_sure": robust & ~np.isin(beside, (INDISTINCT, BELOW)),
        "need_possible": ((sure > POSSIBLE) | (index > TOP_THIRD)) & (beside != BELOW),
        "need_indistinct": beside == INDISTINCT,
        "several": np.full(len(index), several),
        "modelled": np.full(len(index), modelled),
    }


def _area_facts(package: Package, level: str, near: pd.DataFrame) -> Facts:
    marks, known = marks_of(package, level), near["share"].notna().to_numpy()
    few = np.full(len(near), known.sum() < FEWEST)
    return {"residents_known": known, "few_areas": few, **{mark: marks[mark].to_numpy() for mark in MARKS}}


def _by_area(here: pd.DataFrame) -> Facts:
    number, around = here["number"].to_numpy(), here["in_district"].to_numpy()
    return {
        "low_sure": around == 0,
        "low_possible": number <= 1,
        "known_in_district": (number == 0) & (around > 0),
        "one_known": number == 1,
    }


def _by_distance(
    package: Package, ids: frozenset[str], distances: tuple[float, float], level: str, people: str
) -> Facts:
    near, far = (near_places(package, ids, each, level, people) for each in distances)
    limits = [lowest_third(each["share"]) for each in (near, far)]
    seen = [_is_low(each["share"], limit) for each, limit in zip((near, far), limits, strict=True)]
    sure = [_is_low(each["upper_share"], limit) for each, limit in zip((near, far), limits, strict=True)]
    wide = (near["upper_share"] - near["share"]).to_numpy() >= APART
    return {
        "low_sure": sure[0] & sure[1] & (distances[0] > 0),
        "low_possible": _may_be_low(near["share"], limits[0]),
        "place_unknown": (seen[0] & ~sure[0]) | (seen[1] & ~sure[1]) | wide,
        "provision_middling": ~seen[0],
        "distance": (sure[0] != sure[1]) | (distances[0] == 0),
    }


def _is_low(shares: pd.Series, limit: float) -> np.ndarray:
    found = shares.to_numpy()
    return (found.round(DIGITS) <= limit) & (found <= HALF)


def _may_be_low(shares: pd.Series, limit: float) -> np.ndarray:
    found = shares.to_numpy()
    return ((found.round(DIGITS) <= limit) & (found < NEARLY_ALL)) | (found < HALF)


_NOT_CALLED = ("few_placed", "few_areas", *MARKS)
_PROVIDED = ("known_in_district", "one_known", "place_unknown", "provision_middling", "distance")
_OF_NEED = ("need_indistinct", "need_depends_on_weights", "one_figure", "figures_modelled")
REASONS = (
    *_NOT_CALLED,
    *_OF_NEED,
    *_PROVIDED,
    "not_confirmed",
    "register_old",
    "need_missing",
    "residents_unknown",
)


def _judged(facts: Facts) -> tuple[list[str], list[tuple[str, ...]]]:
    """The verdict and the reasons of each area."""
    verdicts, reasons = _verdicts(facts), _reasons(facts)
    told = [
        tuple(code for code, true in reasons[verdict].items() if true[i])
        for i, verdict in enumerate(verdicts)
    ]
    return verdicts, told


def _verdicts(facts: Facts) -> list[str]:
    unknown = ~(facts["need_known"] & facts["residents_known"])
    closed = np.logical_or.reduce([facts[code] for code in _NOT_CALLED])
    gap = facts["need_sure"] & facts["low_sure"] & facts["low_known"]
    maybe = facts["need_possible"] & facts["low_possible"]
    chosen = np.select([unknown, closed, gap, maybe], [NOT_KNOWN, NOT_CALLED, GAP, UNCERTAIN], NO_SIGN)
    return [str(each) for each in chosen]


def _reasons(facts: Facts) -> dict[str, Facts]:
    """Verdict -> where each of its reasons holds."""
    return {
        NOT_KNOWN: {"need_missing": ~facts["need_known"], "residents_unknown": ~facts["residents_known"]},
        NOT_CALLED: {code: facts[code] for code in _NOT_CALLED},
        GAP: {"figures_modelled": facts["modelled"], "register_old": facts["register_old"]},
        UNCERTAIN: _doubts(facts),
        NO_SIGN: {},
    }


def _doubts(facts: Facts) -> Facts:
    need, provided = ~facts["need_robust"], ~facts["low_sure"]
    return {
        "need_indistinct": facts["need_indistinct"],
        "need_depends_on_weights": need & facts["several"],
        "one_figure": need & ~facts["several"],
        "figures_modelled": need & facts["modelled"],
        **{code: provided & facts[code] for code in _PROVIDED if code in facts},
        "not_confirmed": facts["low_sure"] & ~facts["low_known"],
        "register_old": facts["register_old"],
    }


def _mostly(package: Package, ids: frozenset[str], old: frozenset[str], level: str) -> np.ndarray:
    """Whether more than half of the initiatives known to each area are old; where none is known, nothing is."""
    here = known(package, level)
    number, aged = (here.serves[here.rows(each)].sum(axis=0) for each in (ids, ids & old))
    found: np.ndarray = aged > HALF * number
    return found


def _table(
    need: Need, sensitivity: pd.Series, near: pd.DataFrame, here: pd.DataFrame, facts: Facts
) -> pd.DataFrame:
    index = need.table["index"].sort_index()
    marks = [tuple(mark for mark in MARKS if facts[mark][i]) for i in range(len(index))]
    return pd.DataFrame(
        {
            "need": index,
            "sensitivity": sensitivity.reindex(index.index),
            "need_tercile": terciles(index),
            "need_possible": facts["need_possible"],
            "marks": pd.Series(marks, index.index, dtype=object),
            "number": here["number"],
            "share": near["share"],
            "upper_share": near["upper_share"],
            "provision_tercile": terciles(near["share"].round(DIGITS)),
        }
    )


def _notes(ids: frozenset[str], old: frozenset[str], near: pd.DataFrame) -> tuple[str, ...]:
    holds = {
        "few_areas": near["share"].count() < FEWEST,
        "register_old": len(ids & old) > HALF * len(ids),
    }
    return tuple(code for code, true in holds.items() if true)
