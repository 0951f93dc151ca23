"""What a profile answers: functions of the package and the choice alone, the same for screen and paper."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from hsc_geo.analysis import guard, profile
from hsc_geo.analysis import similar as likeness
from hsc_geo.analysis import summary as rules
from hsc_geo.analysis.counting import Count, count_for
from hsc_geo.analysis.figures import concept_of, core_indicators, one_each, tables_of
from hsc_geo.analysis.own_area import own_area
from hsc_geo.analysis.profile import AmbitionLine, PartnerKind, Residents, Spine, Trend, check_level
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.analysis.standing_out import StandingOut, Tally, standing_out, tally
from hsc_geo.data.load import Package
from hsc_geo.views.profile.choices import ProfileChoice

Groups = Sequence[Sequence[Spine]]  # per figure the rows of the areas, all of one level
ALIKE = 3  # areas that are named as most alike


def check_together(package: Package, codes: Sequence[str]) -> str:
    """The one level of the areas.

    Raises KeyError for an unknown area, ValueError for none, for what is neither district nor neighbourhood, and for a
    district beside a neighbourhood.
    """
    levels = {check_level(package, code) for code in codes}
    if len(levels) != 1:
        raise ValueError(
            f"areas {', '.join(codes) or 'none'} are not of one level; take districts or neighbourhoods"
        )
    return levels.pop()


def tables_level(package: Package, choice: ProfileChoice) -> str:
    """The level whose tables have the figures of all the areas."""
    return profile.tables_level(package, choice.areas)


def _spine(package: Package, code: str, choice: ProfileChoice) -> list[Spine]:
    return profile.spine(package, code, choice.age_group, tables_level(package, choice))


def statements(package: Package, choice: ProfileChoice, today: date) -> dict[str, list[rules.Statement]]:
    """Area -> what is said of it in short."""
    return {code: rules.summary(package, code, today, choice.age_group) for code in choice.areas}


def counts(package: Package, choice: ProfileChoice) -> dict[str, Count]:
    """Area -> who is there for it."""
    return {code: count_for(package, code) for code in choice.areas}


def tallies(package: Package, choice: ProfileChoice) -> dict[str, Tally]:
    """Area -> how its core figures compare with the city."""
    found = {code: _spine(package, code, choice) for code in choice.areas}
    return {code: tally(package, profile.core(rows, package)) for code, rows in found.items()}


def stands_out(package: Package, choice: ProfileChoice) -> list[StandingOut]:
    """What stands out of each area."""
    return [standing_out(package, code, choice.age_group) for code in choice.areas]


def residents(package: Package, choice: ProfileChoice) -> list[Residents]:
    """Who lives in each area."""
    level = tables_level(package, choice)
    return [profile.residents(package, code, level) for code in choice.areas]


def facts(found: Sequence[Residents]) -> list[tuple[Spine, ...]]:
    """Per registered figure of residents, households, homes and income the rows of the areas."""
    return list(zip(*(each.facts for each in found), strict=True))


def figures(package: Package, choice: ProfileChoice) -> list[tuple[Spine, ...]]:
    """The figures beside the city: the core ones, or every one."""
    return _every(package, choice) if choice.every else core_figures(package, choice)


def core_figures(package: Package, choice: ProfileChoice) -> list[tuple[Spine, ...]]:
    """Per core figure the rows of the areas."""
    found = (profile.core(_spine(package, code, choice), package) for code in choice.areas)
    return list(zip(*found, strict=True))


def other_figures(package: Package, choice: ProfileChoice) -> list[tuple[Spine, ...]]:
    """Per figure that is not a core one the rows of the areas."""
    core = {group[0].indicator_id for group in core_figures(package, choice)}
    return [group for group in _every(package, choice) if group[0].indicator_id not in core]


def _every(package: Package, choice: ProfileChoice) -> list[tuple[Spine, ...]]:
    found = (_spine(package, code, choice) for code in choice.areas)
    return list(zip(*found, strict=True))


@dataclass(frozen=True)
class Judged:
    """A reading of figures, and the verdict on it."""

    reading: guard.Reading
    verdict: guard.Verdict


@dataclass(frozen=True)
class OverYears:
    """One figure over the years.

    figure: the indicator on the page. options: the indicators to choose from. tables: those of the same concept that
    have several years for the area, the newest table first. found: of each area that has any. judged: whether a change
    in them can be read.
    """

    figure: str
    options: tuple[str, ...]
    tables: tuple[str, ...]
    found: tuple[Trend, ...]
    judged: Judged


def judged(
    package: Package, kind: str, indicators: Iterable[str], codes: Iterable[str], years: Iterable[int] = ()
) -> Judged:
    """Whether the figures bear a reading (`kind` of `guard`)."""
    reading = guard.Reading(kind, tuple(indicators), tuple(codes), tuple(years))
    return Judged(reading, guard.judge(package, reading))


def over_years(package: Package, choice: ProfileChoice) -> OverYears | None:
    """The figure that is chosen, or the first one that has several years for the first area; None where none has."""
    first = choice.areas[0]
    options = profile.with_trend(package, first)
    if not options:
        return None
    known = bool(choice.figure) and profile.has_trend(package, first, choice.figure)
    now = choice.figure if known else options[0]
    asked = (profile.trends(package, code, now, choice.age_group) for code in choice.areas)
    found = tuple(trend for trend in asked if trend)
    every = tables_of(package, concept_of(package, now))
    return OverYears(
        figure=now,
        options=tuple(one_each(package, options, [now])),
        tables=tuple(key for key in every if profile.has_trend(package, first, key)),
        found=found,
        judged=judged(package, guard.CHANGE, [now], choice.areas, found[0].years),
    )


def beside(package: Package, choice: ProfileChoice, code: str) -> Judged | None:
    """Why an area that was asked is not beside the others; None where only the room is lacking."""
    first = choice.areas[0]
    if check_level(package, code) == check_level(package, first):
        return None
    return judged(package, guard.LEVELS, core_indicators(package)[:1], (first, code))


def one_neighbourhood(package: Package, choice: ProfileChoice) -> bool:
    """Whether it is about one neighbourhood, beside which its district stands."""
    return len(choice.areas) == 1 and check_level(package, choice.areas[0]) == NEIGHBOURHOOD


def ambitions(package: Package, choice: ProfileChoice) -> list[tuple[AmbitionLine, ...]]:
    """Per ambition the lines of the areas, in one order; an area without a line of its own gets an empty one."""
    found = [
        {line.ambition: line for line in profile.initiatives_by_ambition(package, code)}
        for code in choice.areas
    ]
    keys = dict.fromkeys(key for lines in found for key in lines)
    return [tuple(lines.get(key, AmbitionLine(key, (), (), ())) for lines in found) for key in keys]


def of_ambition(lines: Iterable[Sequence[AmbitionLine]], ambition: str) -> list[str] | None:
    """The initiatives of one ambition of any of the areas, each once; None where it has no lines."""
    group = next((each for each in lines if each[0].ambition == ambition), None)
    if group is None:
        return None
    return list(dict.fromkeys(key for line in group for key in (*line.here, *line.around, *line.wide)))


def known_here(package: Package, choice: ProfileChoice) -> list[str]:
    """The initiatives known to serve one of the areas, each once."""
    return list(dict.fromkeys(key for code in choice.areas for key in profile.known_here(package, code)))


def kinds(package: Package, choice: ProfileChoice) -> list[tuple[PartnerKind, ...]]:
    """Per kind of partner what is known of it in each area."""
    return list(zip(*(profile.missing_kinds(package, code) for code in choice.areas), strict=True))


def missing(choice: ProfileChoice, groups: Iterable[Sequence[PartnerKind]]) -> dict[str, list[str]]:
    """Area -> the kinds of partner that are missing there. groups: as of `kinds`."""
    every = list(groups)
    return {
        code: [group[i].sector for group in every if group[i].missing] for i, code in enumerate(choice.areas)
    }


def alike(package: Package, code: str) -> list[likeness.Likeness]:
    """The areas most alike to an area, nearest first; none for one that is not compared, as is an own area."""
    return [] if own_area(package, code) else list(likeness.similar(package, code, k=ALIKE))
