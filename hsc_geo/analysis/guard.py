"""What the figures cannot bear: a reading of them is allowed, or refused with the reason and what one may ask instead.

Decided from what the package says of a figure (how it came about, its table) and of the areas (their level), never
from a list of indicators. The figures on health are predicted from who lives in an area: such a figure does not see an
initiative, its order of areas is no measurement, and it does not follow one area through the years. RIVM states the
same limits with its estimates; the indicators carry them in `not_for`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from hsc_geo.analysis.own_area import OWN
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.data.load import Package

EFFECT, RANK, CHANGE, TREND, LEVELS, COMPARE = "effect", "rank", "change", "trend", "levels", "compare"
KINDS = (EFFECT, RANK, CHANGE, TREND, LEVELS, COMPARE)

REGISTERED, SURVEYED, MODELLED, COUNTED = "registered", "surveyed", "modelled", "counted"
_WEAKEST_FIRST = (MODELLED, SURVEYED, COUNTED, REGISTERED)

ALLOWED, ALLOWED_COUNTED = "allowed", "allowed_counted"
# Reasons to refuse.
EFFECT_MODELLED, EFFECT_NO_COMPARISON = "effect_modelled", "effect_no_comparison"
RANK_MODELLED, RANK_SURVEYED = "rank_modelled", "rank_surveyed"
CHANGE_MODELLED, CHANGE_SURVEYED, CHANGE_COUNTED = "change_modelled", "change_surveyed", "change_counted"
TABLES_JOINED, FIGURES_JOINED = "tables_joined", "figures_joined"
LEVELS_MIXED, YEARS_MIXED, ONE_YEAR = "levels_mixed", "years_mixed", "one_year"
REASONS = (
    EFFECT_MODELLED,
    EFFECT_NO_COMPARISON,
    RANK_MODELLED,
    RANK_SURVEYED,
    CHANGE_MODELLED,
    CHANGE_SURVEYED,
    CHANGE_COUNTED,
    TABLES_JOINED,
    FIGURES_JOINED,
    LEVELS_MIXED,
    YEARS_MIXED,
    ONE_YEAR,
)
# What one may ask instead.
ASK_PARTNERS, ASK_COMPARE, ASK_ONE_TABLE = "ask_partners", "ask_compare", "ask_one_table"
ASK_ONE_FIGURE, ASK_ONE_LEVEL, ASK_ONE_YEAR = "ask_one_figure", "ask_one_level", "ask_one_year"
INSTEAD_OF = {
    EFFECT_MODELLED: ASK_PARTNERS,
    EFFECT_NO_COMPARISON: ASK_PARTNERS,
    RANK_MODELLED: ASK_COMPARE,
    RANK_SURVEYED: ASK_COMPARE,
    CHANGE_MODELLED: ASK_COMPARE,
    CHANGE_SURVEYED: ASK_COMPARE,
    CHANGE_COUNTED: ASK_PARTNERS,
    TABLES_JOINED: ASK_ONE_TABLE,
    FIGURES_JOINED: ASK_ONE_FIGURE,
    LEVELS_MIXED: ASK_ONE_LEVEL,
    YEARS_MIXED: ASK_ONE_YEAR,
    ONE_YEAR: ASK_COMPARE,
}


@dataclass(frozen=True)
class Reading:
    """What someone wants to read from figures.

    kind: `effect` (of an initiative on a figure), `rank` (areas in order as if the figure were exact), `change` (of an
    area through the years), `trend` (one line through the years), `levels` (areas beside one another, of whatever
    level) or `compare` (areas beside each other or the city, in one year). area_codes, years: () for those in general.
    """

    kind: str
    indicator_ids: tuple[str, ...]
    area_codes: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    initiative_id: str = ""


@dataclass(frozen=True)
class Verdict:
    """Whether a reading is borne. reason: `allowed`, `allowed_counted` (it is of what is known, not of what there is)
    or one of REASONS. instead: what one may ask, a value of INSTEAD_OF, '' where allowed. facts: `kind` of the figures
    (the weakest), `tables`, `levels` and `years`, each a tuple of texts."""

    allowed: bool
    reason: str
    instead: str
    facts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def judge(package: Package, reading: Reading) -> Verdict:
    """Whether the figures bear the reading.

    Of several figures the one that bears least decides. Without area codes the reading is of districts and
    neighbourhoods. Raises ValueError for another kind or no indicators, KeyError for an unknown indicator or area.
    """
    if reading.kind not in KINDS or not reading.indicator_ids:
        raise ValueError(
            f"kind {reading.kind!r}, {len(reading.indicator_ids)} indicators: expected {KINDS}, and one"
        )
    facts = _facts(package, reading)
    reason = _RULES[reading.kind](facts, reading)
    if reason:
        return Verdict(False, reason, INSTEAD_OF[reason], facts)
    return Verdict(True, ALLOWED_COUNTED if facts["kind"] == (COUNTED,) else ALLOWED, "", facts)


def _facts(package: Package, reading: Reading) -> dict[str, tuple[str, ...]]:
    figures = package.indicators.loc[list(reading.indicator_ids)]
    levels = package.areas.loc[list(reading.area_codes), "level"]
    return {
        "kind": (_weakest(set(figures["kind"].astype(str))),),
        "tables": tuple(sorted(set(figures["table_id"].astype(str)))),
        "levels": tuple(sorted(set(levels.astype(str)))),
        "years": tuple(map(str, sorted(set(reading.years)))),
    }


def _weakest(kinds: set[str]) -> str:
    """The kind that bears least; one that is not known bears as little as a modelled figure."""
    if kinds - set(_WEAKEST_FIRST):
        return MODELLED
    return next(kind for kind in _WEAKEST_FIRST if kind in kinds)


Facts = Mapping[str, tuple[str, ...]]


def _effect(facts: Facts, _: Reading) -> str:
    """A figure of an area never shows what an initiative did: there is no like area without it to set beside it."""
    return EFFECT_MODELLED if facts["kind"] == (MODELLED,) else EFFECT_NO_COMPARISON


def _rank(facts: Facts, reading: Reading) -> str:
    estimated = {MODELLED: RANK_MODELLED, SURVEYED: RANK_SURVEYED}
    return (
        estimated.get(facts["kind"][0], "")
        or _levels(facts, reading)
        or _joined(facts, reading)
        or _years(facts)
    )


def _change(facts: Facts, reading: Reading) -> str:
    """Estimates may be followed for a whole municipality or country, where the survey itself is large enough."""
    small = not facts["levels"] or bool({DISTRICT, NEIGHBOURHOOD, OWN} & set(facts["levels"]))
    estimated = {MODELLED: CHANGE_MODELLED, SURVEYED: CHANGE_SURVEYED} if small else {}
    refused = {COUNTED: CHANGE_COUNTED, **estimated}
    single = ONE_YEAR if len(facts["years"]) == 1 else ""
    return _joined(facts, reading) or refused.get(facts["kind"][0], "") or single


def _levels(facts: Facts, _: Reading) -> str:
    """An own area, which is several neighbourhoods, stands beside districts."""
    levels = set(facts["levels"])
    return LEVELS_MIXED if NEIGHBOURHOOD in levels and levels & {DISTRICT, OWN} else ""


def _beside(facts: Facts, reading: Reading) -> str:
    """Without areas it is of districts beside neighbourhoods in general."""
    return _levels(facts, reading) if facts["levels"] else LEVELS_MIXED


def _compare(facts: Facts, reading: Reading) -> str:
    return _levels(facts, reading) or _joined(facts, reading) or _years(facts)


def _joined(facts: Facts, reading: Reading) -> str:
    if len(facts["tables"]) > 1:
        return TABLES_JOINED
    return FIGURES_JOINED if len(set(reading.indicator_ids)) > 1 else ""


def _years(facts: Facts) -> str:
    return YEARS_MIXED if len(facts["years"]) > 1 else ""


_RULES: Mapping[str, Callable[[Facts, Reading], str]] = {
    EFFECT: _effect,
    RANK: _rank,
    CHANGE: _change,
    TREND: _change,
    LEVELS: _beside,
    COMPARE: _compare,
}
