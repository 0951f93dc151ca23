"""Need beside known provision: where the figures bear the word gap, and where they do not.

Provision of an area is the share of its residents within a distance of a known place of an initiative, with two
bounds (see `hsc_geo.analysis.reach`): `share` counts places only, `upper_share` lets an initiative that is known to an
area only reach everyone there. City-wide and regional initiatives are in neither.

Need is *robustly high* where the area is in the top quarter in at least 90% of random weightings, and in the top
third whichever one ingredient is left out. With one ingredient this cannot be tested, and need is not robust.
Provision is *low* at a distance where it is in the lowest third of the areas' lower bounds and reaches at most half
of the residents; *robustly low* where the upper bound is low, at the chosen distance and at 1.5 times it. At distance
0 nothing is reached anywhere, and with fewer than 4 areas thirds say nothing: then nothing is robust.

Verdicts: `gap` where both hold; `uncertain` where they do not both hold, but need is possibly high (in the top quarter
in more than 10% of weightings, or its index in the top third) and provision possibly low (lower bound in the lowest
third and not nearly all, or below half); `not_known` without an index of need or without residents; else `no_sign`.
It is always about *known* provision. Where only a part of the initiatives counts (those confirmed lately), an area is
a gap only if it also is one by all that are known: what nobody confirmed has not therefore stopped.

Reasons are codes. Of `uncertain`: need_depends_on_weights, one_ingredient, figures_modelled (need is not robust and
rests on modelled figures), place_unknown (low by the known places, not if those without a place reach everyone; or the
bounds lie far apart), provision_middling (in the lowest third or below half, not both), distance (the answer differs
at 1.5 times the distance, or the distance is 0), not_confirmed (low by those that count, not by all that are known),
few_areas, no_initiatives (none that counts is known to a place or an area), register_old. Of `gap`, as caveats:
figures_modelled, register_old. Of `not_known`: need_missing, residents_unknown.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from hsc_geo.analysis.matrix import SPANS, freshness_bands
from hsc_geo.analysis.need import Need, left_one_out
from hsc_geo.analysis.places import points_of, with_point
from hsc_geo.analysis.reach import EVERYONE, LONGEST, by_neighbourhood, check_distance, reach
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD, served_pairs
from hsc_geo.data.load import Package

GAP, UNCERTAIN, NO_SIGN, NOT_KNOWN = "gap", "uncertain", "no_sign", "not_known"
VERDICTS = (GAP, UNCERTAIN, NO_SIGN, NOT_KNOWN)

SURE = 0.9  # share of random weightings in which need is in the top quarter, for need that is robust
POSSIBLE = 0.1  # the same, above which need is possibly high
TOP_THIRD = 200 / 3  # percentile
HALF = 0.5  # share of residents reached above which provision is not called low, whatever other areas have
NEARLY_ALL = 0.995  # share of residents reached from where provision is not even possibly low
APART = 0.1  # between the bounds, a share of the residents: from there unknown places matter
FARTHER = 1.5  # times the distance, about the difference between one choice of distance and the next
FEWEST = 4  # areas that can be divided into thirds
MONTHS = 24  # older evidence is old
MODELLED = "modelled"
_DIGITS = 3  # shares are compared to a tenth of a percent: circles are polygons (`circle_error`)
_RECENT = [str(span) for span in SPANS if span <= MONTHS]


@dataclass(frozen=True, eq=False)
class Gaps:
    """Need and known provision of the areas of a level.

    table: index area code; `need` (index, 0-100, NaN missing), `sensitivity` (0-1), `need_tercile` (0, 1, 2; 2 most
    need; <NA> missing), `share` and `upper_share` (0-1, NaN without residents), `provision_tercile` (0 least, by
    `share`: thirds of the areas with less), `verdict` (one of VERDICTS) and `reasons` (tuple of codes, see above).
    distance and farther: the metres at which provision was computed. notes: codes on the whole: `few_areas`,
    `no_initiatives` (none with a known place or area, so provision is 0 everywhere) and `wide_not_counted` (some of the
    initiatives work city-wide, in the region or nobody knows where).
    """

    level: str
    distance: float
    farther: float
    table: pd.DataFrame
    notes: tuple[str, ...]


def gaps(
    package: Package,
    ids: Iterable[str],
    distance: float,
    need: Need,
    sensitivity: pd.Series,
    level: str,
    as_of: dt.date,
    people: str = EVERYONE,
    known: Iterable[str] = (),
) -> Gaps:
    """Where need is high and known provision low, for the initiatives in `ids` at a distance in metres.

    `sensitivity` is that of `need`; `as_of` the day from which the age of evidence counts; `people` a population column
    of areas.csv; `known` all that are known, where `ids` are those of them that were confirmed lately (empty: `ids` are
    all). Raises ValueError when `need` is of another level or the distance is no number from 0 to LONGEST, KeyError for
    another column.
    """
    if need.level != level:
        raise ValueError(f"the index of need is by {need.level}, asked is {level}: make it for that level")
    asked = tuple(dict.fromkeys(ids))
    farther = min(FARTHER * check_distance(distance), LONGEST)
    more = tuple(dict.fromkeys((*asked, *known)))
    near, provided = _provided(package, asked, (distance, farther), level, people)
    as_known = provided if more == asked else _provided(package, more, (distance, farther), level, people)[1]
    facts = _need_facts(package, need, sensitivity).join(provided)
    facts["low_known"] = as_known["low_sure"]
    facts["old"] = _old(package, asked, facts.index, level, as_of)
    facts["few"] = near["share"].count() < FEWEST
    notes = _notes(package, asked, near)
    facts["none"] = "no_initiatives" in notes
    return Gaps(level, distance, farther, _table(need, sensitivity, near).join(_judged(facts)), notes)


def _provided(
    package: Package, ids: tuple[str, ...], distances: tuple[float, float], level: str, people: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Provision at the first distance, and what it and that at the second say of each area."""
    near, far = (provision(package, ids, each, level, people) for each in distances)
    return near, _provision_facts(near, far, distances[0])


def provision(
    package: Package, ids: Iterable[str], distance: float, level: str, people: str = EVERYONE
) -> pd.DataFrame:
    """Residents and the share of them (0-1) reached: index code of an area of `level`, sorted; columns `residents`,
    `share` (known places only) and `upper_share` (and all of the areas to which an initiative is known without a
    place). NaN shares without residents. Errors as of `reach`."""
    columns = ["residents", "share", "upper_share"]
    if level == DISTRICT:
        codes = package.areas.index[package.areas["level"] == DISTRICT].sort_values()
        return reach(package, ids, distance, people).table[columns].reindex(codes)
    return _by_neighbourhood(package, ids, distance, people)[columns]


def _by_neighbourhood(package: Package, ids: Iterable[str], distance: float, people: str) -> pd.DataFrame:
    asked = set(ids)
    here = points_of(package, asked)
    found = by_neighbourhood(package, here, asked - set(here.index), distance, people)
    found = found.rename(columns={"lower": "share", "upper": "upper_share"})
    bounds = ["share", "upper_share"]
    found[bounds] = found[bounds].where(found["residents"] > 0)
    return found


def lowest_third(shares: pd.Series) -> float:
    """The highest share of those in the lowest third: an area with at most this has less than a third of the areas
    below it. Rounded to a tenth of a percent; NaN without any share."""
    known = np.sort(shares.dropna().round(_DIGITS).to_numpy())
    return float(known[-(-len(known) // 3) - 1]) if len(known) else float("nan")


def _is_low(shares: pd.Series, limit: float) -> pd.Series:
    return (shares.round(_DIGITS) <= limit) & (shares <= HALF)


def _may_be_low(shares: pd.Series, limit: float) -> pd.Series:
    return ((shares.round(_DIGITS) <= limit) & (shares < NEARLY_ALL)) | (shares < HALF)


def _need_facts(package: Package, need: Need, sensitivity: pd.Series) -> pd.DataFrame:
    index, sure = need.table["index"], sensitivity.reindex(need.table.index)
    others = left_one_out(need)
    counting = [each.indicator_id for each in need.ingredients if each.weight > 0]
    steady = (others > TOP_THIRD).all(axis=1) & (len(counting) > 1)
    return pd.DataFrame({
        "need_known": index.notna(),
        "need_sure": (sure >= SURE) & steady,
        "need_possible": (sure > POSSIBLE) | (index > TOP_THIRD),
        "one_ingredient": len(counting) == 1,
        "modelled": bool((package.indicators.loc[counting, "kind"] == MODELLED).any()),
    })  # fmt: skip


def _provision_facts(near: pd.DataFrame, far: pd.DataFrame, distance: float) -> pd.DataFrame:
    limits = [lowest_third(each["share"]) for each in (near, far)]
    seen = [_is_low(each["share"], limit) for each, limit in zip((near, far), limits, strict=True)]
    sure = [_is_low(each["upper_share"], limit) for each, limit in zip((near, far), limits, strict=True)]
    wide = near["upper_share"] - near["share"] >= APART
    return pd.DataFrame({
        "residents_known": near["share"].notna(),
        "low_sure": sure[0] & sure[1] & (distance > 0),
        "low_possible": _may_be_low(near["share"], limits[0]),
        "place_unknown": (seen[0] & ~sure[0]) | (seen[1] & ~sure[1]) | wide,
        "middling": ~seen[0],
        "by_distance": (sure[0] != sure[1]) | (distance == 0),
    })  # fmt: skip


def _judged(facts: pd.DataFrame) -> pd.DataFrame:
    verdicts = _verdicts(facts)
    reasons = [_reasons(verdict, row) for verdict, (_, row) in zip(verdicts, facts.iterrows(), strict=True)]
    told = pd.Series(reasons, index=facts.index, dtype=object)
    return pd.DataFrame({"verdict": verdicts, "reasons": told}, index=facts.index)


def _verdicts(facts: pd.DataFrame) -> list[str]:
    unknown = ~(facts["need_known"] & facts["residents_known"])
    low = facts["low_sure"] & facts["low_known"]
    gap = facts["need_sure"] & low & ~facts["few"] & ~facts["none"]
    maybe = facts["need_possible"] & facts["low_possible"]
    return [str(each) for each in np.select([unknown, gap, maybe], [NOT_KNOWN, GAP, UNCERTAIN], NO_SIGN)]


def _reasons(verdict: str, row: pd.Series) -> tuple[str, ...]:
    holds = {
        NOT_KNOWN: {"need_missing": not row["need_known"], "residents_unknown": not row["residents_known"]},
        GAP: {"figures_modelled": row["modelled"], "register_old": row["old"]},
        UNCERTAIN: _doubts(row),
        NO_SIGN: {},
    }
    return tuple(code for code, true in holds[verdict].items() if true)


def _doubts(row: pd.Series) -> dict[str, bool]:
    need, provided = not row["need_sure"], not row["low_sure"]
    return {
        "need_depends_on_weights": need and not row["one_ingredient"],
        "one_ingredient": need and row["one_ingredient"],
        "figures_modelled": need and row["modelled"],
        "place_unknown": provided and row["place_unknown"],
        "provision_middling": provided and row["middling"],
        "distance": provided and row["by_distance"],
        "not_confirmed": row["low_sure"] and not row["low_known"],
        "few_areas": row["few"],
        "no_initiatives": row["none"],
        "register_old": row["old"],
    }


def _old(package: Package, ids: tuple[str, ...], codes: pd.Index, level: str, as_of: dt.date) -> pd.Series:
    """Whether more than half of the initiatives known to the area have no evidence of the last MONTHS, or none is
    known there and that holds for more than half of the register. Undated ones count as old."""
    old = ~freshness_bands(package, as_of).isin(_RECENT)
    pairs = _known_to(package, level)
    pairs = pairs[pairs["initiative_id"].isin(ids)]
    shares = pairs["initiative_id"].map(old).astype(float).groupby(pairs["area"]).mean()
    return shares.reindex(codes).fillna(float(old.mean()) if len(old) else 1.0) > HALF


def _known_to(package: Package, level: str) -> pd.DataFrame:
    """(initiative_id, area): what is known to serve the area; for a neighbourhood also what is known to serve its
    district as a whole."""
    pairs = served_pairs(package)
    own = pairs.loc[pairs["level"] == level].assign(area=lambda t: t["area_code"])
    if level == DISTRICT:
        return own[["initiative_id", "area"]]
    parts = package.areas.loc[package.areas["level"] == NEIGHBOURHOOD, "parent_code"].astype(str)
    inside = parts.rename_axis("area").reset_index(name="area_code")
    whole = pairs[pairs["exact"] & (pairs["level"] == DISTRICT)].merge(inside, on="area_code")
    return pd.concat([own, whole])[["initiative_id", "area"]].drop_duplicates()


def _table(need: Need, sensitivity: pd.Series, near: pd.DataFrame) -> pd.DataFrame:
    index = need.table["index"]
    table = pd.DataFrame({
        "need": index,
        "sensitivity": sensitivity.reindex(index.index),
        "need_tercile": terciles(index),
    })  # fmt: skip
    table = table.join(near[["share", "upper_share"]])
    return table.assign(provision_tercile=terciles(table["share"].round(_DIGITS)))


def terciles(numbers: pd.Series) -> pd.Series:
    """0, 1 or 2 by the thirds of the areas that have less; equal numbers go together, the lowest are always 0."""
    below = numbers.rank(method="min") - 1
    return (3 * below // max(numbers.count(), 1)).astype("Int64")


def _notes(package: Package, ids: tuple[str, ...], near: pd.DataFrame) -> tuple[str, ...]:
    local = set(served_pairs(package)["initiative_id"]) | with_point(package)
    known = [key for key in ids if key in local]
    holds = {
        "few_areas": near["share"].count() < FEWEST,
        "no_initiatives": not known,
        "wide_not_counted": len(known) < len(ids),
    }
    return tuple(code for code, true in holds.items() if true)
