"""The legend of the map, drawn by us: classes with their breaks and counts, missing values, signs."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.classify import Classes
from hsc_geo.views.html import joined, markup
from hsc_geo.views.names import Names


def class_label(n: Names, indicator_id: str, classes: Classes, i: int) -> str:
    """`30,0 – 33,9%`: the values of the class as they are published, so that no value stands in two classes.

    With figures published in steps of 0.1, "at most 33.98" is the same as "at most 33.9".
    """
    lower, upper = class_bounds(classes, i, n.decimals(indicator_id))
    if lower >= upper:
        return n.value(indicator_id, upper)
    return f"{n.bare(indicator_id, lower)} – {n.value(indicator_id, upper)}"


def class_bounds(classes: Classes, i: int, decimals: int) -> tuple[float, float]:
    """The lowest and the highest publishable value of a class; a class begins a step above the one below it."""
    step = 10.0**-decimals
    upper = _down(classes.breaks[i][1], step)
    lower = classes.breaks[0][0] if i == 0 else _down(classes.breaks[i][0], step) + step
    return lower, upper


def _down(value: float, step: float) -> float:
    return math.floor(value / step + 1e-6) * step


def legend(
    n: Names,
    indicator_id: str,
    classes: Classes | None,
    colors: Sequence[str],
    statuses: pd.Series,
    level: str,
    signs: bool = True,
) -> Markup:
    """The legend as a list; colour is never the only bearer: each class has its bounds and number of areas."""
    entries = []
    if classes is not None:
        entries += [_class_entry(n, indicator_id, classes, colors, i, level) for i in range(classes.k)]
        entries += _missing_entries(n, statuses, level)
    entries.append(_entry('<span class="hsc-swatch focus"></span>', n.w.t("focus district")))
    if signs:
        entries.append(_entry('<span class="hsc-swatch place"></span>', n.w.t("initiative at a known place")))
        entries.append(
            _entry(
                '<span class="hsc-swatch only"></span>',
                n.w.t("number known only to the district or neighbourhood"),
            )
        )
    return markup('<ul class="hsc-legend">{}</ul>', joined(entries))


def areas_count(n: Names, count: int, level: str) -> str:
    """`3 wijken`, `1 buurt`."""
    if level == "district":
        return n.w.tn("{n} district", "{n} districts", count)
    return n.w.tn("{n} neighbourhood", "{n} neighbourhoods", count)


def _class_entry(
    n: Names, indicator_id: str, classes: Classes, colors: Sequence[str], i: int, level: str
) -> Markup:
    swatch = markup('<span class="hsc-swatch" style="background:{}"></span>', colors[i])
    text = f"{class_label(n, indicator_id, classes, i)} ({areas_count(n, classes.counts[i], level)})"
    return _entry(swatch, text)


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
