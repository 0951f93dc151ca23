"""How much there is for each resident within reach, in words."""

import pandas as pd

from hsc_geo.analysis.access import ENHANCED, WEIGHTS, Access
from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.choices import CoverageChoice, Sharing
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import Words
from hsc_geo.views.wording.area import row_name


def title(n: Names) -> str:
    """What it is about."""
    return n.w.t("Access when places are shared")


def no_place_text(n: Names) -> str:
    """Why there is no table where nothing has a place."""
    return n.w.t("None of these initiatives has a known place, so access cannot be computed.")


def decimal(w: Words, factor: float) -> str:
    """`2`, or `1.5` by locale."""
    return w.number(factor, 0 if factor.is_integer() else 1)


def access_table(n: Names, found: Access, choice: CoverageChoice) -> Listing:
    """Access by area of the level, and of the city last."""
    w = n.w
    caption = w.t(
        "Access within {n} metres by {level}, over {places} places",
        n=w.number(choice.distance),
        level=w.t("district") if choice.level == DISTRICT else w.t("neighbourhood"),
        places=w.number(found.places),
    )
    return Listing(caption, access_columns(n), access_rows(n, found, choice.level))


def access_columns(n: Names) -> list[Column]:
    """Columns that go with `access_rows`."""
    w = n.w
    labels = [
        w.t("Initiatives per 1,000 residents"),
        w.t("Lowest"),
        w.t("Highest"),
        w.t("Place among areas"),
        w.t("Has a place nearby"),
    ]
    numbers = [Column(f"c{i}", label, numeric=True, sortable=False) for i, label in enumerate(labels)]
    return [Column("name", w.t("Area"), sortable=False), *numbers]


def access_rows(n: Names, found: Access, level: str) -> list[Row]:
    """A row per area, focus areas first, and the city last."""
    table = found.at(level)
    lines = dict(zip(map(str, table.index), (line for _, line in table.iterrows()), strict=True))
    rows = [_row(n, row_name(n, code, level), lines[code]) for code in focus_first(n.package, lines)]
    return [*rows, _row(n, n.w.t("{city} as a whole", city=n.area(municipality_code(n.package))), found.city)]


def _row(n: Names, name: str, line: pd.Series) -> Row:
    w = n.w
    if pd.isna(line["access"]):
        return Row("", [name, w.t("no residents, or not known"), "–", "–", "–", "–"], {})
    cells = [w.number(line[key], 3) for key in ("access", "lower", "upper")]
    return Row("", [name, *cells, _place(w, line), w.value(100 * line["binary"], "percent", 1)], {})


def _place(w: Words, line: pd.Series) -> str:
    """`3`, or `2 to 5` where what is not known of capacities leaves more than one place possible."""
    if "rank_best" not in line or pd.isna(line["rank_best"]):
        return "–"
    best, worst = (w.number(line[key]) for key in ("rank_best", "rank_worst"))
    return best if best == worst else w.t("{best} to {worst}", best=best, worst=worst)


def method_texts(n: Names, found: Access, how: Sharing) -> list[str]:
    """What the numbers are and what they leave out."""
    w = n.w
    zones = ", ".join(w.number(weight, 2) for weight in WEIGHTS[ENHANCED])
    texts = [
        w.tn(
            "{n} initiative with a known place: these numbers describe few points.",
            "{n} initiatives with a known place: these numbers describe few points.",
            found.placed,
        ),
        w.t(
            "Each initiative with a known place counts as one. It is divided over all who live within the "
            "distance, and each resident gets the sum of what is near (Luo and Wang 2003)."
        ),
        w.t(
            "{n} of {total} have no stated capacity. Lowest and highest: if each of those could be {factor} "
            "times smaller or larger.",
            n=w.number(found.unknown),
            total=w.number(found.placed),
            factor=decimal(w, how.factor),
        ),
        w.t("Place among areas: 1 has most access. The range holds for every capacity within those bounds."),
        w.t(
            "Residents live in squares of 100 metres here, so the share with a place nearby can differ a little from "
            "the exact one above."
        ),
        w.t(
            "Residents of other municipalities are not counted, so access near the border looks larger than it is; nor "
            "are initiatives without a known place."
        ),
    ]
    if how.method == ENHANCED:
        text = w.t(
            "Nearer counts more: weights {zones} for each third of the distance (Luo and Qi 2009).",
            zones=zones,
        )
        texts.insert(2, text)
    return texts
