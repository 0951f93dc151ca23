"""Two quantities in one colour: need against residents within reach, three steps each, and the legend.

Each colour is the product of a step of orange (need) and a step of blue (provision) on paper white. Both go from light
to dark, so that where need is high and provision low stands out as plain orange, also for who sees red and green alike.
"""

from __future__ import annotations

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.need_beside import INDISTINCT
from hsc_geo.analysis.provision import DIGITS
from hsc_geo.views.coverage.words.verdict import need_beside_text
from hsc_geo.views.kit.html import joined, markup
from hsc_geo.views.kit.names import Names

STEPS = 3
_PAPER = (240, 240, 236)
_NEED = ((1.0, 1.0, 1.0), (1.0, 0.80, 0.56), (0.93, 0.52, 0.14))
_PROVISION = ((1.0, 1.0, 1.0), (0.64, 0.81, 0.93), (0.30, 0.55, 0.80))


def colors() -> list[str]:
    """`#rrggbb` at 3 x step of need + step of provision."""
    return [_product(need, provision) for need in _NEED for provision in _PROVISION]


def _product(need: tuple[float, ...], provision: tuple[float, ...]) -> str:
    return "#" + "".join(f"{round(p * a * b):02x}" for p, a, b in zip(_PAPER, need, provision, strict=True))


def classes(table: pd.DataFrame) -> dict[str, int]:
    """Area code -> number of its colour, from `need_tercile` and `provision_tercile`; none where one is missing."""
    known = table.dropna(subset=["need_tercile", "provision_tercile"])
    pairs = zip(known.index, known["need_tercile"], known["provision_tercile"], strict=True)
    return {str(code): STEPS * int(need) + int(provision) for code, need, provision in pairs}


def not_known_text(n: Names, missing: int) -> str:
    """How many areas have no colour."""
    return n.w.tn("{n} area not known", "{n} areas not known", missing)


def legend(n: Names, table: pd.DataFrame) -> Markup:
    """The nine colours as a table with the number of areas of each, and those without one."""
    w = n.w
    found = pd.Series(classes(table), dtype="int64").value_counts()
    heads = steps(n, table)
    rising = needs(n)
    top = markup("<tr><td></td>{}</tr>", joined(markup('<th scope="col">{}</th>', head) for head in heads))
    rows = [
        markup(
            '<tr><th scope="row">{}</th>{}</tr>',
            rising[need],
            joined(_cell(n, need, step, found) for step in range(STEPS)),
        )
        for need in reversed(range(STEPS))
    ]
    caption = w.t(
        "Need (rows) and residents within reach (columns), in thirds as far as areas differ; number of areas"
    )
    grid = markup(
        '<table class="hsc-bivariate"><caption>{}</caption>{}{}</table>', caption, top, joined(rows)
    )
    missing = len(table) - int(found.sum())
    doubted = int((table["need_beside"] == INDISTINCT).sum())
    return grid + _rest(n, missing, doubted)


def class_text(n: Names, table: pd.DataFrame, number: int) -> str:
    """What a colour says: how high need is, and how much is within reach."""
    w, (need, provision) = n.w, divmod(number, STEPS)
    return w.t(
        "need {need}, within reach {provision}", need=needs(n)[need], provision=steps(n, table)[provision]
    )


def needs(n: Names) -> tuple[str, str, str]:
    """Need from little to much."""
    return n.w.t("low"), n.w.t("middling"), n.w.t("high")


def steps(n: Names, table: pd.DataFrame) -> tuple[str, str, str]:
    """Known provision from little to much; where its lowest step is 0 everywhere, it is called what it is."""
    w, lowest = n.w, table.loc[(table["provision_tercile"] == 0).fillna(False).astype(bool), "share"]
    none = len(lowest) > 0 and bool((lowest.round(DIGITS) == 0).all())
    return w.t("none within reach") if none else w.t("little"), w.t("middling"), w.t("much")


def _cell(n: Names, need: int, step: int, found: pd.Series) -> Markup:
    number = STEPS * need + step
    return markup(
        '<td><span class="hsc-swatch" style="background:{}"></span> {}</td>',
        colors()[number],
        n.w.number(int(found.get(number, 0))),
    )


def _rest(n: Names, missing: int, doubted: int) -> Markup:
    w = n.w
    doubt = f"{need_beside_text(n, INDISTINCT)} ({w.number(doubted)})"
    entries = [
        *([('<span class="hsc-swatch doubt"></span>', doubt)] if doubted else []),
        ('<b class="hsc-sign">!</b>', w.t("gap by at least one of the two rules")),
        ('<b class="hsc-sign">?</b>', w.t("uncertain by at least one of the two rules")),
        ('<b class="hsc-sign">–</b>', w.t("few residents or mostly students: not called")),
        *([('<span class="hsc-swatch focus"></span>', w.t("focus district"))] if n.focus() else []),
        ('<span class="hsc-swatch place"></span>', w.t("initiative at a known place")),
        ('<span class="hsc-swatch only"></span>', w.t("number known only to the district or neighbourhood")),
    ]
    if missing:
        entries.append(
            (
                '<span class="hsc-swatch missing"></span>',
                not_known_text(n, missing),
            )
        )
    return markup(
        '<ul class="hsc-legend">{}</ul>',
        joined(markup("<li>{}<span>{}</span></li>", Markup(sign), text) for sign, text in entries),  # noqa: S704 - ours
    )
