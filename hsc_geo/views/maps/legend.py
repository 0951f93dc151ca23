"""The legend of the map, drawn by us: what dark means, classes with their breaks and counts, missing values, signs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.classify import (
    ABOVE,
    BELOW,
    CITY,
    FIVE,
    LESS,
    MORE,
    MUCH_LESS,
    MUCH_MORE,
    SAME,
    Classes,
)
from hsc_geo.analysis.explore import View
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.map_classes import COUNTED, NO_CITY, TOTAL
from hsc_geo.analysis.yardstick import (
    FAR_POINTS,
    FAR_SHARE,
    HIGH_BAD,
    HIGH_GOOD,
    PERCENT,
    POINTS,
    SHARE,
    Yardstick,
)
from hsc_geo.views.kit.html import joined, markup, quiet
from hsc_geo.views.kit.intervals import indistinct_text, rule_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.colours import ramp


def class_colours(classes: Classes | None) -> list[str]:
    """The colours of the classes in use: darker is less favourable, of a figure without a direction it is more."""
    if classes is None or not classes.k:
        return []
    low = classes.direction == HIGH_GOOD
    if classes.scheme != CITY:
        return ramp(classes.k, low)
    full = ramp(len(FIVE), low)
    full = full if classes.of == len(FIVE) else full[1:-1]  # about the same has one colour on every map
    return [full[slot] for slot in classes.slots]


def class_text(n: Names, indicator_id: str, classes: Classes, i: int, level: str) -> str:
    """`less favourable: 70.1 – 73.0% (4 districts)`: all that the legend says of a class."""
    areas, doubted = areas_count(n, classes.counts[i], level), classes.doubted(i)
    if doubted:
        areas = n.w.t("{areas}, {n} of them dotted", areas=areas, n=n.w.number(doubted))
    text = f"{class_label(n, indicator_id, classes, i)} ({areas})"
    return f"{class_name(n, classes.names[i])}: {text}" if classes.names else text


def doubt_text(n: Names, classes: Classes, level: str) -> str:
    """What dots on an area say, and of how many areas."""
    return f"{indistinct_text(n)} ({areas_count(n, len(classes.indistinct), level)})"


def class_name(n: Names, name: str) -> str:
    """What a class is beside the city."""
    w, city = n.w, n.area(municipality_code(n.package))
    return {
        MUCH_LESS: w.t("much less favourable"),
        LESS: w.t("less favourable"),
        SAME: w.t("about the same"),
        MORE: w.t("more favourable"),
        MUCH_MORE: w.t("much more favourable"),
        BELOW: w.t("lower than {city}", city=city),
        ABOVE: w.t("higher than {city}", city=city),
    }[name]


def class_label(n: Names, indicator_id: str, classes: Classes, i: int) -> str:
    """`30,0 – 33,9%`: the values of the class as they are published, so that no value stands in two classes; open at
    the ends, `29,9% of lager`. With figures published in steps of 0.1, "at most 33.98" is the same as "at most 33.9".
    """
    w, (lower, upper) = n.w, classes.bounds(i, n.decimals(indicator_id))
    first, last = classes.ends(i)
    if first and not last:
        return w.t("{value} or lower", value=n.value(indicator_id, upper))
    if last and not first:
        return w.t("{value} or higher", value=n.value(indicator_id, lower))
    if lower >= upper:
        return n.value(indicator_id, upper)
    return n.between(indicator_id, lower, upper)


def classes_note(n: Names, indicator_id: str, classes: Classes | None, rule: bool = True) -> list[str]:
    """What dark means, what the areas are held against, why another way stands in for that, what to beware of, and by
    which `rule` an area is told apart from the city (not where it stands elsewhere)."""
    if classes is None or not classes.k:
        return []
    parts = (
        _dark(n, classes),
        fault_text(n, classes),
        _own(n, indicator_id, classes),
        held_against(n, indicator_id, classes),
        _closest(n, indicator_id, classes),
        rule_text(n) if rule and classes.against_city else "",
    )
    return [text for text in parts if text]


def _own(n: Names, indicator_id: str, classes: Classes) -> str:
    """That the thresholds are a reader's own, and which class is without an area."""
    if not classes.thresholds:
        return ""
    *more, last = (n.value(indicator_id, value) for value in classes.thresholds)
    told = n.w.t("Classes by own thresholds: {more} and {last}.", more=", ".join(more), last=last)
    empty = classes.counts.count(0)
    rest = n.w.tn("{n} class has no areas.", "{n} classes have no areas.", empty) if empty else ""
    return f"{told} {rest}".rstrip()


def fault_text(n: Names, classes: Classes | None) -> str:
    """Why the thresholds that a reader gave could not be taken, and what stands in; '' where they could."""
    if classes is None or not classes.fault:
        return ""
    return n.w.t("The map has its usual classes. {fault}", fault=n.w.told(classes.fault))


def _dark(n: Names, classes: Classes) -> str:
    w = n.w
    if classes.direction in (HIGH_GOOD, HIGH_BAD):
        return w.t("Darker is less favourable.")
    if classes.instead == COUNTED:
        return w.t("Darker is more.")
    return w.t("Darker is higher; this figure is neither favourable nor unfavourable in itself.")


def held_against(n: Names, indicator_id: str, classes: Classes) -> str:
    """The city's value and from how far an area differs from it; why areas cannot be held against it where that was
    asked; '' for another way."""
    return _yardstick(n, indicator_id, classes.yardstick) if classes.yardstick else _instead(n, classes)


def _yardstick(n: Names, indicator_id: str, found: Yardstick) -> str:
    w = n.w
    city = f"{n.area(municipality_code(n.package))}: {n.value(indicator_id, found.city)}."
    band, far = (POINTS, FAR_POINTS) if found.points else (100 * SHARE, 100 * FAR_SHARE)
    if found.points:
        same = w.t("About the same is less than {n} percentage points apart.", n=w.number(band))
        much = w.t("Much is {n} percentage points or more.", n=w.number(far))
    else:
        same = w.t("About the same is less than {n}% apart.", n=w.number(band))
        much = w.t("Much is {n}% or more.", n=w.number(far))
    return " ".join((city, same, *([much] if found.direction in (HIGH_GOOD, HIGH_BAD) else [])))


def _instead(n: Names, classes: Classes) -> str:
    """Why the areas are not held against the city, where that was asked."""
    w, city = n.w, n.area(municipality_code(n.package))
    return {
        COUNTED: w.t("A number of initiatives cannot be held against that of {city}.", city=city),
        TOTAL: w.t("The figure of {city} is a total, so areas cannot be held against it.", city=city),
        NO_CITY: w.t("There is no figure of {city} to hold the areas against.", city=city),
    }.get(classes.instead, "")


def _closest(n: Names, indicator_id: str, classes: Classes) -> str:
    """That areas of two colours differ less than what counts as a difference, where the classes are not made so."""
    percent = str(n.package.indicators.at[indicator_id, "unit"]) == PERCENT
    if classes.yardstick or not percent or classes.closest is None:
        return ""
    low, high = classes.closest
    if round(high - low, 6) >= POINTS:
        return ""
    return n.w.t(
        "Beware: two areas of different colours can be less than {n} percentage points apart, as {low} and {high}.",
        n=n.w.number(POINTS),
        low=n.value(indicator_id, low),
        high=n.value(indicator_id, high),
    )


def legend(
    n: Names,
    indicator_id: str,
    classes: Classes | None,
    colors: Sequence[str],
    statuses: pd.Series,
    level: str,
    signs: bool = True,
) -> Markup:
    """The legend as a list under what dark means; colour is never the only bearer: each class has its name or bounds
    and its number of areas."""
    entries = _entries(n, indicator_id, classes, colors, statuses, level)
    note = classes_note(n, indicator_id, classes)
    head = quiet(" ".join(note)) if note else Markup("")
    return head + _list([*entries, *(_signs(n) if signs else [])])


def short_legend(n: Names, view: View) -> Markup:
    """The same in little room, with only the first words on what dark means: the rest is `classes_note`."""
    key, classes, level = view.choice.indicator, view.classes, view.choice.level
    note = _dark(n, classes) if classes is not None and classes.k else ""
    entries = _entries(n, key, classes, class_colors(view), view.table["status"], level)
    return markup("<p>{}</p>{}{}", note, _list([*entries, *_own_areas(n)]), signs_legend(n))


def figure_legend(
    n: Names, indicator_id: str, classes: Classes, statuses: pd.Series, level: str, outlined: str
) -> Markup:
    """The legend of a map of figures alone, in little room. outlined: what the line round an area says, '' for none."""
    line = [_entry('<span class="hsc-swatch focus"></span>', outlined)] if outlined else []
    shown = _figure_entries(n, indicator_id, classes, class_colours(classes), statuses, level)
    return markup("<p>{}</p>{}", _dark(n, classes) if classes.k else "", _list([*shown, *line]))


def _own_areas(n: Names) -> list[Markup]:
    """The own areas of the visit, which a map outlines."""
    names = ", ".join(area.name for area in n.own)
    return (
        [_entry('<span class="hsc-swatch own"></span>', n.w.t("own area: {names}", names=names))]
        if names
        else []
    )


def signs_legend(n: Names) -> Markup:
    """What stands on the map beside the colours, as a list."""
    return _list(_signs(n))


def _list(entries: list[Markup]) -> Markup:
    return markup('<ul class="hsc-legend">{}</ul>', joined(entries))


def _entries(
    n: Names,
    indicator_id: str,
    classes: Classes | None,
    colors: Sequence[str],
    statuses: pd.Series,
    level: str,
) -> list[Markup]:
    """The classes, what has no figure, and the focus districts."""
    entry = _entry('<span class="hsc-swatch focus"></span>', n.w.t("focus district"))
    focus = [entry] if n.focus() else []
    if classes is None:
        return focus
    return [*_figure_entries(n, indicator_id, classes, colors, statuses, level), *focus]


def _figure_entries(
    n: Names,
    indicator_id: str,
    classes: Classes,
    colors: Sequence[str],
    statuses: pd.Series,
    level: str,
) -> list[Markup]:
    """The classes, and what has no figure."""
    texts = [class_text(n, indicator_id, classes, i, level) for i in range(classes.k)]
    doubt = [_entry('<span class="hsc-swatch doubt"></span>', doubt_text(n, classes, level))]
    shown = [*map(_class_entry, texts, colors), *(doubt if classes.indistinct else [])]
    return [*shown, *_missing_entries(n, statuses, level)]


def _signs(n: Names) -> list[Markup]:
    """What stands on the map beside the colours."""
    return [
        _entry('<span class="hsc-swatch place"></span>', n.w.t("initiative at a known place")),
        _entry(
            '<span class="hsc-swatch place wide"></span>',
            n.w.t("the same, there for the whole city or the region"),
        ),
        _entry(
            '<span class="hsc-swatch only"></span>',
            n.w.t("number known only to the district or neighbourhood"),
        ),
    ]


def areas_count(n: Names, count: int, level: str) -> str:
    """`3 wijken`, `1 buurt`, `341 gemeenten`."""
    if level == "municipality":
        return n.w.tn("{n} municipality", "{n} municipalities", count)
    if level == "district":
        return n.w.tn("{n} district", "{n} districts", count)
    return n.w.tn("{n} neighbourhood", "{n} neighbourhoods", count)


def _class_entry(text: str, colour: str) -> Markup:
    return _entry(markup('<span class="hsc-swatch" style="background:{}"></span>', colour), text)


def _missing_entries(n: Names, statuses: pd.Series, level: str) -> list[Markup]:
    missing = Counter(status for status in statuses if status != "present")
    return [
        _entry(
            '<span class="hsc-swatch missing"></span>',
            f"{n.missing(status)} ({areas_count(n, count, level)})",
        )
        for status, count in sorted(missing.items())
    ]


def _entry(swatch: str, text: str) -> Markup:
    return markup("<li>{}<span>{}</span></li>", Markup(swatch), text)  # noqa: S704 - made in this file


def class_colors(view: View) -> list[str]:
    """Colours of the classes in use."""
    return class_colours(view.classes)
