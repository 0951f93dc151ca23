"""One figure over areas as a plot: a dot for each area where its value lies, so that one sees where most are."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pandas as pd

from hsc_geo.analysis.map_classes import TOTAL
from hsc_geo.views.kit.intervals import bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.axes import axis, categories, place
from hsc_geo.views.paper.model import BLUE, DARK, DIAMOND, DISC, GREY, ORANGE, Axis, Dot, Plot, Series
from hsc_geo.views.research.answers.spread import Spread
from hsc_geo.views.research.rows.areas import in_focus
from hsc_geo.views.research.words.page import moment_text

NAMED = 1  # areas at each end that have their name in the plot
COLUMNS = 26  # into which the values are put, a dot upon another
LINE_OF_AREA = 0.028  # of the width, the height of an area in a line of its own


def plot(n: Names, found: Spread, alt: str) -> Plot:
    """Where the values of the areas lie, with those of the city and the country as lines; at least one has a value."""
    w, value = n.w, found.by_area
    places = stacked(value)
    named = {*list(value)[:NAMED], *list(value)[-NAMED:]} if found.ordered else set()
    focus = [code for code in value if in_focus(n, code)]
    rest = [code for code in value if not in_focus(n, code)]

    def dots(codes: list[str]) -> tuple[Dot, ...]:
        return tuple(
            Dot(*places[code], _told(n, found, code), n.area(code) if code in named else "") for code in codes
        )

    above = _above(n, found)
    top = max(height for _, height in places.values()) + 1
    name, sign = n.indicator(_key(found)), n.sign(_key(found))
    return Plot(
        caption=w.t("Where the areas lie: {figure}", figure=moment_text(n, found.moment)),
        alt=alt,
        x=axis(w, name, [*value.values(), *(at for at, _, _ in above)], sign),
        y=_heights(w.t("Number of areas"), top),
        series=(
            *(_across(line, top) for line in above),
            Series(w.t("in a focus district"), dots(focus), DIAMOND, ORANGE),
            Series(w.t("elsewhere"), dots(rest), DISC, GREY),
        ),
    )


def each_area(n: Names, found: Spread, alt: str) -> Plot:
    """Every area in a line of its own, in the order of the table, with its 95% interval; upright the city and the
    country. Never by value: the order of estimates is not known."""
    w, key = n.w, _key(found)
    value = found.by_area
    codes = sorted(value, key=lambda code: (not in_focus(n, code), code))
    names = [n.area(code) for code in codes]
    ends = found.table.loc[codes, ["lower", "upper"]].astype("float64")

    def dots(shown: list[str]) -> tuple[Dot, ...]:
        return tuple(
            Dot(
                value[code],
                place(names, codes.index(code)),
                _told(n, found, code),
                left=_known(ends.at[code, "lower"]),
                right=_known(ends.at[code, "upper"]),
            )
            for code in shown
        )

    above = _above(n, found)
    known = [*value.values(), *ends.to_numpy().ravel().tolist(), *(at for at, _, _ in above)]
    return Plot(
        caption=w.t("Each area with its 95% interval: {figure}", figure=moment_text(n, found.moment)),
        alt=alt,
        x=axis(w, n.indicator(key), known, n.sign(key)),
        y=categories("", names),
        series=(
            *(_across(line, len(names) - 0.5, -0.5) for line in above),
            Series(w.t("in a focus district"), dots([c for c in codes if in_focus(n, c)]), DIAMOND, ORANGE),
            Series(w.t("elsewhere"), dots([c for c in codes if not in_focus(n, c)]), DISC, GREY),
        ),
        height=max(0.62, LINE_OF_AREA * len(codes)),
    )


def _known(value: Any) -> float | None:
    return None if pd.isna(value) else float(value)


def _key(found: Spread) -> str:
    return found.moment.indicator_id


def stacked(value: dict[str, float]) -> dict[str, tuple[float, float]]:
    """Where the dot of each area stands: at its value, and upon those before it that have about the same."""
    low, high = min(value.values()), max(value.values())
    wide = (high - low) / COLUMNS or 1.0
    taken: Counter[int] = Counter()
    places = {}
    for code, each in value.items():
        column = int((each - low) / wide)
        taken[column] += 1
        places[code] = (each, float(taken[column]))
    return places


def _heights(title: str, top: float) -> Axis:
    step = max(1, round(top / 5))
    return Axis(title, (0.0, top), tuple((float(at), str(at)) for at in range(0, int(top), step)))


def _told(n: Names, found: Spread, code: str) -> str:
    line: Any = found.table.loc[code]
    told = bounds(n, _key(found), line["lower"], line["upper"])
    return f"{n.area(code)}: {n.value(_key(found), found.by_area[code])}" + (f" ({told})" if told else "")


Line = tuple[float, str, str]  # a value, what it is, and its tone


def _above(n: Names, found: Spread) -> list[Line]:
    """The values of the city and the country; none where those are totals, far from any area."""
    if found.held.instead == TOTAL:
        return []
    return [
        (each.value, f"{n.area(each.area_code)} {n.figure(each)}", tone)
        for each, tone in ((found.city, BLUE), (found.country, DARK))
        if each.value is not None
    ]


def _across(line: Line, top: float, low: float = 0.0) -> Series:
    """An upright line at a value, named in the legend: two that stand close would cover each other's name."""
    at, text, tone = line
    ends = (Dot(at, low, text), Dot(at, top, text))
    return Series(text, ends, tone=tone, marked=False, joined=True, dashed=tone == DARK)
