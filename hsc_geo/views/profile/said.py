"""What a profile says first: how its areas stand beside the city, and the three things that stand out of each."""

from __future__ import annotations

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.profile import Spine
from hsc_geo.analysis.standing_out import StandingOut, Tally
from hsc_geo.views.kit.intervals import with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.profile import answers
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.wording.asked import asked_on
from hsc_geo.views.wording.counted import beside_text, label, number
from hsc_geo.views.wording.distance import distance_words


def answer(n: Names, choice: ProfileChoice) -> str:
    """How each area stands beside the city: of its core figures and of what is known there."""
    return " ".join(_area(n, choice, code) for code in choice.areas)


def _area(n: Names, choice: ProfileChoice, code: str) -> str:
    count = answers.counts(n.package, choice)[code].number
    known = n.w.tn(
        "{n} initiative of its own is known.",
        "{n} initiatives of its own are known.",
        count,
    )
    none = n.w.t("No initiative of its own is known.")
    return f"{_figures(n, code, answers.tallies(n.package, choice)[code])} {known if count else none}"


def _figures(n: Names, code: str, found: Tally) -> str:
    w, area, city = n.w, n.area_or_focus(code), n.area(municipality_code(n.package))
    if not found.known:
        return w.t("Of {area} no core figure is known.", area=area)
    doubt = w.t("By the 95% interval {n} cannot be told apart from it.", n=w.number(found.indistinct))
    if found.indistinct:
        return f"{_differing(n, area, city, found)} {doubt}"
    if not found.unfavourable and not found.favourable:
        return w.tn(
            "{area} is about the same as {city} in {n} core figure.",
            "{area} is about the same as {city} in all {n} core figures.",
            found.known,
            area=area,
            city=city,
        )
    return _differing(n, area, city, found)


def _differing(n: Names, area: str, city: str, found: Tally) -> str:
    w = n.w
    return w.t(
        "Of {n} core figures of {area}, {worse} are less favourable than in {city} and {better} more favourable.",
        n=w.number(found.known),
        area=area,
        worse=_some(n, found.unfavourable),
        better=_some(n, found.favourable),
        city=city,
    )


def _some(n: Names, count: int) -> str:
    return n.w.number(count) if count else n.w.t("none")


def beside(n: Names, choice: ProfileChoice) -> str:
    """What counts, and what is there for more than the first area."""
    counted = n.w.t("Counted: {label}.", label=label(n))
    return f"{counted} {beside_text(n, answers.counts(n.package, choice)[choice.areas[0]])}"


def stands_out_head(n: Names, several: str = "") -> str:
    """The heading of what stands out; of one of several areas with its name."""
    return n.w.t("What stands out in {area}", area=several) if several else n.w.t("What stands out")


def _registered(n: Names) -> bool:
    """Whether this edition has any registered figure."""
    kinds, years = n.package.indicators["kind"], n.package.indicators["years"]
    return bool(((kinds == "registered") & (years.astype(str) != "")).any())


def _lives_there(n: Names, found: StandingOut) -> str:
    return _farthest(n, found.fact) or n.w.t("Nothing that is registered differs from the city.")


def stands_out(n: Names, found: StandingOut) -> list[tuple[str, str]]:
    """The three things, each what it is of and what is said."""
    w = n.w
    return [
        (
            w.t("Health"),
            _farthest(n, found.figure) or w.t("No core figure is known to differ from the city."),
        ),
        *([(w.t("Who lives there"), _lives_there(n, found))] if _registered(n) else []),
        *([(w.t("Initiatives"), _least(n, found))] if found.ambition else []),
    ]


def _farthest(n: Names, row: Spine | None) -> str:
    """`Overweight 47.4%: 5.4 percentage points above Leiden: less favourable (2024)`."""
    if row is None:
        return ""
    said = distance_words(n, row.figure, row.city)
    return f"{n.indicator(row.indicator_id)} {with_bounds(n, row.figure)} ({row.year}): {said}."


def _least(n: Names, found: StandingOut) -> str:
    w = n.w
    said = w.t(
        "{ambition}. Of its own: {n}; all districts of {city} together: {total}; for the whole city or the region: "
        "{wide}.",
        ambition=n.term("ambition", found.ambition),
        n=number(n, found.here.number),
        total=number(n, found.whole.number),
        city=n.area(municipality_code(n.package)),
        wide=number(n, len(found.here.wide)),
    )
    asked = "" if found.here.number else asked_on(n, found.area_code, found.ambition)
    return f"{said} {asked[:1].upper()}{asked[1:]}." if asked else said
