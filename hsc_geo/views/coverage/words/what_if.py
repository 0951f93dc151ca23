"""What a place more would change, in words."""

from typing import Any

import pandas as pd

from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.analysis.what_if import Situation, WhatIf
from hsc_geo.views.coverage.answers.where_next import points
from hsc_geo.views.coverage.choices import CoverageChoice, Tried
from hsc_geo.views.coverage.words.near import hidden_reach
from hsc_geo.views.coverage.words.slope import signed, slope_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording.area import row_name


def title(n: Names) -> str:
    """What it is about."""
    return n.w.t("What if")


def caveat_text(n: Names) -> str:
    """What the answer is not."""
    return n.w.t(
        "This is who would live near, not what an initiative would bring about. A new place counts as "
        "one initiative."
    )


def tried_text(n: Names, tried: Tried) -> str:
    """What is added and what is taken away."""
    w = n.w
    added = "; ".join([*map(n.area, tried.added), *points(n.package, tried)]) or w.t("none chosen")
    less = "; ".join(map(n.initiative, tried.removed)) or w.t("none chosen")
    return w.t("Tried out: places added in {added}; taken away: {less}.", added=added, less=less)


def what_if_table(n: Names, found: WhatIf, choice: CoverageChoice) -> Listing:
    """Reach and access before and after, by district, and of the city last."""
    caption = n.w.t(
        "Residents within {n} metres of a known place or one tried out, and access, before and after, by district",
        n=n.w.number(choice.distance),
    )
    return Listing(caption, what_if_columns(n), what_if_rows(n, found))


def slope_texts(n: Names, found: WhatIf) -> list[str]:
    """How access differs with need before and after, and what was taken away in vain."""
    w = n.w
    if found.before.slope is None or found.after.slope is None:
        texts = [
            w.t(
                "How access differs with need cannot be computed: too few neighbourhoods have an index of need."
            )
        ]
    else:
        texts = [
            w.t("Before. {told}", told=_slope(n, found.before)),
            w.t("After. {told}", told=_slope(n, found.after)),
        ]
    names = [n.initiative(key) for key in found.idle]
    if names:
        texts.append(
            w.t(
                "Not among those that count here, so taking away changes nothing: {names}.",
                names=", ".join(names),
            )
        )
    return texts


def _slope(n: Names, of: Situation) -> str:
    """The slope; without places it is no finding of 0."""
    if of.slope is None or not of.access.placed:
        return n.w.t(
            "How access differs with need cannot be computed: no initiative that fits has a known place."
        )
    return slope_text(n, of.slope, NEIGHBOURHOOD)


def what_if_columns(n: Names) -> list[Column]:
    """Columns that go with `what_if_rows`."""
    w = n.w
    labels = [
        w.t("Reached now, at least"),
        w.t("With the change"),
        w.t("Difference"),
        w.t("Access now, per 1,000"),
        w.t("Access with the change"),
    ]
    numbers = [Column(f"c{i}", label, numeric=True, sortable=False) for i, label in enumerate(labels)]
    return [Column("name", w.t("District"), sortable=False), *numbers]


def what_if_rows(n: Names, found: WhatIf) -> list[Row]:
    """A row per district, and the city last; small counts are not shown."""
    before, after = found.before, found.after
    gone = hidden_reach(n, before.reach)["reached"] | hidden_reach(n, after.reach)["reached"]
    rows = [
        _row(
            n,
            row_name(n, str(code), DISTRICT),
            (before.reach.table.loc[code], after.reach.table.loc[code]),
            (before.access.table.loc[code], after.access.table.loc[code]),
            bool(gone[code]),
        )
        for code in focus_first(n.package, map(str, before.reach.table.index))
    ]
    whole = n.w.t("{city} as a whole", city=n.area(municipality_code(n.package)))
    city = (before.reach.city, after.reach.city), (before.access.city, after.access.city)
    return [*rows, _row(n, whole, *city, False)]


def _row(n: Names, name: str, reach: tuple[Any, Any], access: tuple[Any, Any], gone: bool) -> Row:
    """reach, access: a line of the table before, and after; gone: the numbers of residents may not be shown."""
    w = n.w
    now, then = (each["reached"] for each in reach)
    if pd.isna(now):
        return Row("", [name, w.t("population not known"), "–", "–", "–", "–"], {})
    moved = signed(n, round(then) - round(now))  # of what stands beside it
    numbers = [w.t("not shown"), "–", "–"] if gone else [w.number(now), w.number(then), moved]
    return Row("", [name, *numbers, *(w.number(each["access"], 3) for each in access)], {})
