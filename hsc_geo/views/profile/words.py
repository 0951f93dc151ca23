"""What a profile says beside its tables: how a chart is read, its limits, what is left out and why."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis import similar
from hsc_geo.analysis.figures import NOT_PUBLISHED
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.own_area import own_area
from hsc_geo.analysis.profile import (
    FAVOURABLE,
    INDISTINCT,
    SAME,
    UNFAVOURABLE,
    Spine,
    against_city,
    check_level,
)
from hsc_geo.analysis.yardstick import HIGH_BAD, HIGH_GOOD, POINTS, SHARE
from hsc_geo.views.kit.intervals import indistinct_text, rule_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.profile import answers
from hsc_geo.views.profile.answers import Groups, Judged, OverYears
from hsc_geo.views.profile.choices import MOST, ProfileChoice
from hsc_geo.views.wording import claims
from hsc_geo.views.wording.area import area_label


def ambitions_head(n: Names) -> str:
    """The heading of the initiatives by ambition."""
    return n.w.t("Initiatives by ambition")


def missing_head(n: Names) -> str:
    """The heading of the kinds of partner."""
    return n.w.t("Who is missing")


def section_names(n: Names) -> dict[str, str]:
    """The sections that one can jump to, in the order of the page."""
    w = n.w
    return {
        "short": w.t("In short"),
        "residents": w.t("Who lives there"),
        "figures": w.t("The figures beside the city"),
        "years": w.t("Over the years"),
        "initiatives": ambitions_head(n),
        "missing": missing_head(n),
        "alike": w.t("Areas most alike"),
    }


def refusal_text(n: Names, found: Judged) -> str:
    """Why the figures do not bear a reading, and what may be asked instead; '' where they do."""
    reading, verdict = found.reading, found.verdict
    if verdict.allowed:
        return ""
    parts = (claims.reason_text(n, reading, verdict), claims.instead_text(n, reading, verdict))
    return " ".join(part for part in parts if part)


def left_out_texts(n: Names, choice: ProfileChoice) -> list[str]:
    """Why areas that were asked are not on the page: there is room for four, and only of one level."""
    w = n.w
    texts = []
    for code in choice.left_out:
        found = answers.beside(n.package, choice, code)
        why = refusal_text(n, found) if found else w.t("At most {n} areas fit side by side.", n=MOST)
        texts.append(w.t("{area} is left out.", area=n.area(code)) + f" {why}")
    return texts


def kind_texts(n: Names, code: str) -> str:
    """What an area is, in short: its level, its focus district, its code."""
    if own_area(n.package, code):
        return n.area_kind(code)
    known = n.focus().get(code)
    what = n.w.t("focus district {name}", name=known) if known else _kind(n, code)
    return f"{what} · {code}"


def _kind(n: Names, code: str) -> str:
    return area_label(n, code).removeprefix(f"{n.area(code)} ").strip("()")


def verdicts(n: Names, groups: Groups) -> dict[str, str]:
    """How an area compares with the city, in words; INDISTINCT only where one of the figures is."""
    doubted = any(against_city(n.package, row) == INDISTINCT for group in groups for row in group)
    return {
        FAVOURABLE: n.w.t("more favourable than the city"),
        UNFAVOURABLE: n.w.t("less favourable than the city"),
        SAME: n.w.t("about the same as the city, or neither good nor bad"),
        **({INDISTINCT: indistinct_text(n)} if doubted else {}),
    }


def same_text(n: Names) -> str:
    """What the band round the city's value on a scale stands for."""
    return n.w.t("about the same as {area}", area=n.area(municipality_code(n.package)))


def scale_text(n: Names, groups: Groups) -> str:
    """How the chart is read, that the estimates in it have no interval, and of how many this edition has no national
    figure."""
    w, city = n.w, n.area(municipality_code(n.package))
    texts = [
        w.t(
            "Each figure stands in its own scale: a percentage from 0 to 100%. The stroke is {city}. In the band "
            "around it an area is about the same: less than {points} percentage points apart, or {share}% for other "
            "figures.",
            city=city,
            points=w.number(POINTS),
            share=w.number(100 * SHARE),
        )
    ]
    if any(group[0].direction == "neutral" for group in groups):
        texts.append(w.t("On a broken line neither end is favourable."))
    if any(interval_missing(n, group) for group in groups):
        texts.append(w.t("No interval in this edition: how precise the estimates are is not published."))
    if intervals_known(groups):
        texts += [w.t("A thin bar is the 95% interval."), rule_text(n)]
    return " ".join((*texts, *national_text(n, groups)))


def scale_line(n: Names, groups: Groups) -> str:
    """How the chart is read, in one line, and that the estimates in it have no interval."""
    city = n.area(municipality_code(n.package))
    band = n.w.t(
        "Each figure in its own scale. In the grey band an area is about the same as {city}: less than {n} percentage "
        "points apart.",
        city=city,
        n=n.w.number(POINTS),
    )
    missing = any(interval_missing(n, group) for group in groups)
    known = [n.w.t("A thin bar is the 95% interval.")] if intervals_known(groups) else []
    return " ".join((band, *([n.w.t("No interval in this edition.")] if missing else []), *known))


def national_text(n: Names, groups: Groups) -> list[str]:
    """For how many of the figures this edition has none of the country; [] where it has all."""
    without = sum(group[0].country.status == NOT_PUBLISHED for group in groups)
    if not without:
        return []
    return [
        n.w.tn(
            "Of {n} of these figures there is no national figure in this edition.",
            "Of {n} of these figures there is no national figure in this edition.",
            without,
        )
    ]


def intervals_known(groups: Groups) -> bool:
    """Whether an interval is published of any of the areas' figures."""
    return any(row.figure.lower is not None for group in groups for row in group)


def interval_missing(n: Names, group: Sequence[Spine]) -> bool:
    """Whether a figure is an estimate without a published interval."""
    return bool(n.interval_note(group[0].indicator_id)) and all(row.figure.lower is None for row in group)


def way_text(n: Names, row: Spine) -> str:
    """Which way a figure is favourable; '' for neither."""
    way = {HIGH_GOOD: n.w.t("higher is favourable"), HIGH_BAD: n.w.t("higher is unfavourable")}
    return way.get(row.direction, "")


def named(n: Names, row: Spine) -> str:
    """A figure with which way it is favourable: `Overweight (higher is unfavourable)`."""
    way = way_text(n, row)
    return f"{n.indicator(row.indicator_id)} ({way})" if way else n.indicator(row.indicator_id)


def limit_texts(n: Names, groups: Groups) -> list[str]:
    """How the figures came about, the caveats and the readings that they do not bear, each once."""
    rows = [n.package.indicators.loc[group[0].indicator_id] for group in groups]
    texts = dict.fromkeys(n.w.pick(row, field) for field in ("method", "caveats", "not_for") for row in rows)
    return [text for text in texts if text]


def years_text(n: Names, found: OverYears, areas: bool) -> str:
    """Source and age group; and where change in an area that is shown cannot be read from the figure, why."""
    key = found.figure
    said = f"{n.source(key)}; {n.moment(None, found.found[0].age_group)}; {n.kind(key).lower()}."
    refused = refusal_text(n, found.judged) if areas else ""
    return " ".join(part for part in (said, refused) if part)


def no_likeness_text(n: Names, code: str) -> str:
    """Why an area is compared with none."""
    w = n.w
    if own_area(n.package, code):
        return w.t("For {area} no areas alike are looked for: it is no area of one level.", area=n.area(code))
    why = similar.left_out(n.package, check_level(n.package, code)).get(code, "")
    return {
        similar.FEW_RESIDENTS: w.t(
            "{area} has fewer than {n} residents, too few to look for areas alike.",
            area=n.area(code),
            n=w.number(similar.FEWEST_RESIDENTS),
        ),
        similar.RESIDENTS_UNKNOWN: w.t("How many people live in {area} is not known.", area=n.area(code)),
    }.get(why, w.t("Of {area} too few figures are published to look for areas alike.", area=n.area(code)))
