"""One figure over areas, in words: the sentence that answers, what one may not conclude, and how it was found."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from hsc_geo.analysis.adults import FINEST
from hsc_geo.analysis.classify import ABOVE, BELOW, LESS, MORE, SAME
from hsc_geo.analysis.figures import PRESENT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.legend import areas_count, classes_note, fault_text, held_against
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Plot
from hsc_geo.views.research.answers.spread import INDISTINCT, Spread, spread
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result, Rows
from hsc_geo.views.research.rows import over_years as years_rows
from hsc_geo.views.research.rows import spread as rows
from hsc_geo.views.research.words import over_years, spread_plot, spread_table
from hsc_geo.views.research.words.page import moment_text, source_text


def result(n: Names, choice: ResearchChoice) -> Result | None:
    """What the page says of a figure over areas; None where there is none at this level."""
    found = spread(n.package, choice, n.small_counts)
    if found is None:
        return None
    said = _said(n, choice, found)
    years = over_years.plot(n, found.years)
    known = (spread_plot.plot(n, found, said),) if found.by_area else ()
    each = (spread_plot.each_area(n, found, said),) if found.table["lower"].notna().any() else ()
    plots: tuple[Plot, ...] = (*known, *each, *((years,) if years else ()))
    return Result(
        title=moment_text(n, found.moment),
        said=said,
        beside=_beside(n, choice, found),
        warnings=_warnings(n, found),
        listing=spread_table.listing(n, choice, found),
        smaller=(spread_table.classes(n, choice, found), over_years.listing(n, found.years)),
        on_paper=("name", "value", "gap", "side", "people"),
        make_rows=lambda: Rows(
            rows.rows(n, choice, found),
            spread_table.columns(n),
            {
                "classes": rows.classes(n, found),
                "years": years_rows.rows(n, found.years, choice.level),
            },
        ),
        plots=plots,
        map=blocks.view_map(n, found.view, said) if found.by_area else None,
        method=tuple(_method(n, found)),
        sources=(source_text(n, found.moment),),
    )


def _said(n: Names, choice: ResearchChoice, found: Spread) -> str:
    key = found.moment.indicator_id
    if not found.by_area:
        return n.w.t("{figure}: no area has a value.", figure=n.indicator(key))
    return f"{_compared(n, choice, found)} {_ends(n, found)}"


def _compared(n: Names, choice: ResearchChoice, found: Spread) -> str:
    """How many areas are on which side of the city; without that, where the middle half of them lies."""
    w, key = n.w, found.moment.indicator_id
    shared = {
        "figure": n.indicator(key),
        "moment": n.moment(found.moment.year, found.moment.age_group),
        "areas": areas_count(n, len(found.by_area), choice.level),
    }
    if found.against is None:
        low, middle, high = (n.value(key, value) for value in found.quartiles)
        return w.t(
            "{figure} ({moment}): of {areas} half lie between {low} and {high}, and the middle one has {middle}.",
            **shared,
            low=low,
            middle=middle,
            high=high,
        )
    doubted = found.number(INDISTINCT)
    doubt = w.t(
        "{n} are not distinguishable from it: its value lies in their 95% interval.", n=w.number(doubted)
    )
    return _beside_city(n, found, shared) + (f" {doubt}" if doubted else "")


def _beside_city(n: Names, found: Spread, shared: dict[str, str]) -> str:
    w, against = n.w, found.against
    sides = {side: w.number(found.number(side)) for side in (LESS, SAME, MORE, BELOW, ABOVE)}
    city = f"{n.area(found.city.area_code)} ({n.figure(found.city)})"
    if (
        found.number(LESS)
        or found.number(MORE)
        or (against and against.favourable(found.city.value or 0) is not None)
    ):
        return w.t(
            "{figure} ({moment}): of {areas} {less} are less favourable than {city}, {same} about the same and {more} "
            "more favourable.",
            **shared,
            city=city,
            **sides,
        )
    return w.t(
        "{figure} ({moment}): of {areas} {below} are lower than {city}, {same} about the same and {above} higher.",
        **shared,
        city=city,
        **sides,
    )


def _ends(n: Names, found: Spread) -> str:
    """From where to where the values run; which areas those are only where the figures bear an order of areas."""
    key, value = found.moment.indicator_id, found.by_area
    low, high = next(iter(value)), next(reversed(value))
    if not found.ordered:
        ends = (n.value(key, value[end]) for end in (low, high))
        return n.w.t("The values run from {low} to {high}.", **dict(zip(("low", "high"), ends, strict=True)))
    return n.w.t(
        "The lowest value is {low} ({least}), the highest {high} ({most}).",
        low=n.value(key, value[low]),
        least=n.area(low),
        high=n.value(key, value[high]),
        most=n.area(high),
    )


def _beside(n: Names, choice: ResearchChoice, found: Spread) -> str:
    """Source, the country, and how many areas have no figure, by the reason."""
    gone = Counter(str(status) for status in found.table["status"] if status != PRESENT)
    told = [
        f"{n.missing(status)}: {areas_count(n, count, choice.level)}"
        for status, count in sorted(gone.items())
    ]
    missing = n.w.t("Without a figure: {told}.", told="; ".join(told)) if told else ""
    name = n.area(found.country.area_code)
    country = f"{name[:1].upper()}{name[1:]}: {n.figure(found.country)}."  # begins a sentence
    return " ".join(filter(None, (source_text(n, found.moment), country, missing)))


def _warnings(n: Names, found: Spread) -> tuple[str, ...]:
    """Of what kind the figure is, what it may not be used for, and which thresholds could not be taken."""
    key = found.moment.indicator_id
    row = n.package.indicators.loc[key]
    kind = f"{n.kind(key)}: {_lower(n.meaning('indicator_kind', str(row['kind'])))} {_interval(n, found)}".strip()
    return tuple(filter(None, (fault_text(n, found.view.classes), kind, n.w.pick(row, "not_for"))))


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _interval(n: Names, found: Spread) -> str:
    """That estimates have no interval, where that is so."""
    return n.interval_note(found.moment.indicator_id)


def _method(n: Names, found: Spread) -> list[str]:
    key = found.moment.indicator_id
    row = n.package.indicators.loc[key]
    classes = classes_note(n, key, found.view.classes)
    texts = [
        n.w.pick(row, "definition"),
        n.w.pick(row, "method"),
        n.w.pick(row, "caveats"),
        "" if found.view.classes and found.view.classes.yardstick else held_against(n, key, found.held),
        n.w.t("Classes of the map: {told}", told=" ".join(classes)) if classes else "",
        _people(n, found),
        *over_years.method(n, found.years),
    ]
    return [text for text in texts if text]


def _people(n: Names, found: Spread) -> str:
    w = n.w
    if found.people is None:
        return w.t(
            "No number of people is told: the figure is no percentage of an age group whose size is known."
        )
    parts = [each["of_year"] for each in (found.people, found.people_city) if each is not None]
    years = sorted(set(map(int, pd.concat(parts).dropna())))
    small = w.t(
        "Numbers under {n} are not shown, nor a second one from which they could be computed.",
        n=w.number(n.small_counts),
    )
    return " ".join(
        (
            w.t(
                "Numbers of people are computed by us: the percentage of the residents of that age group, which we "
                "estimate from age groups of {year}. They are rounded to two digits, {n} at the finest.",
                year=", ".join(map(str, years)),
                n=FINEST,
            ),
            small if n.small_counts else "",
        )
    ).strip()
