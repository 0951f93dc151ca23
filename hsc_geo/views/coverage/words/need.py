"""Need beside what is known, in words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.access import Access
from hsc_geo.analysis.gaps import BY_AREA, BY_DISTANCE, GAP, RULES, VERDICTS, Gaps
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.answers.need import Needs, slope
from hsc_geo.views.coverage.words.composition import composed_text
from hsc_geo.views.coverage.words.slope import slope_text
from hsc_geo.views.coverage.words.verdict import (
    area_name,
    known_text,
    range_text,
    rule_name,
    verdict_name,
    verdict_text,
)
from hsc_geo.views.kit.html import items, joined, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row


def percentile_text(n: Names, value: float | None) -> str:
    """Where an area stands in need."""
    if pd.isna(value):
        return n.w.t("need not known")
    return n.w.t("need {n} of 100", n=n.w.number(value))


def area_verdict(n: Names, code: str, answer: Needs, level: str) -> Markup:
    """One area of the level: what each rule says with its reasons, the numbers behind it, and the other level."""
    found = answer.verdicts[level]
    rules = [
        markup(
            "<p>{}: <strong>{}</strong></p>",
            rule_name(n, rule, found.distance),
            verdict_text(n, found, code, rule),
        )
        for rule in RULES
    ]
    return markup(
        '<section class="hsc-card"><h2 id="panel">{}</h2>{}{}</section>',
        area_name(n, found, code),
        joined(rules),
        items(_facts(n, code, answer, found)),
    )


def _facts(n: Names, code: str, answer: Needs, found: Gaps) -> list[str]:
    line: Any = found.table.loc[code]
    missing = answer.index[found.level].missing.get(code, ())
    facts = [
        percentile_text(n, line["need"]),
        _sure_text(n, line["sensitivity"]),
        known_text(n, int(line["number"])),
        range_text(n, line),
        wide_text(n, found),
        *(f"{n.indicator(key)} ({n.missing(status)})" for key, status in missing),
        *other_level(n, code, found, answer.beside(found.level)),
    ]
    return [fact for fact in facts if fact]


def wide_text(n: Names, found: Gaps) -> str:
    """What works for the whole city or the region beside an area's own; '' where none is known."""
    w, wide = n.w, len(found.city.wide)
    return w.t("{n} more for the whole city or the region", n=w.number(wide)) if wide else ""


def other_level(n: Names, code: str, found: Gaps, other: Gaps) -> list[str]:
    """What both rules say of the district around a neighbourhood, or of the neighbourhoods in a district."""
    w = n.w
    if found.level == DISTRICT:
        inside = [key for key in other.table.index if n.package.areas.at[key, "parent_code"] == code]
        called = [key for key in inside if any(other.verdict(key, rule) == GAP for rule in RULES)]
        names = ", ".join(map(n.area, called))
        return [w.t("Neighbourhoods in it with a gap: {areas}", areas=names or w.t("none called"))]
    around = str(n.package.areas.at[code, "parent_code"])
    if around not in other.table.index:
        return []
    verdicts = "; ".join(
        f"{rule_name(n, rule, other.distance)}: {verdict_name(n, other.verdict(around, rule))}"
        for rule in RULES
    )
    return [w.t("Its district, {area}. {verdicts}", area=n.area(around), verdicts=verdicts)]


def _sure_text(n: Names, share: float | None) -> str:
    if pd.isna(share):
        return ""
    percent = n.w.value(100 * share, "percent", 0)
    return n.w.t("in the top quarter in {share} of 1,000 random weightings", share=percent)


def card(n: Names, need: Need) -> Markup:
    """What you see, why it matters, what you can do, about the data."""
    w = n.w
    parts = [
        (
            w.t("What you see"),
            w.t(
                "Orange: high need and few within reach. Blue: many within reach and low need. A number on a square is "
                "known to the area only; rings are the distance around known places."
            ),
        ),
        (
            w.t("Why it matters"),
            w.t(
                "Health differences become smaller where help reaches the people who need it most, and only what "
                "is known counts here."
            ),
        ),
        (
            w.t("What you can do"),
            w.t(
                "Choose an area to see why it has its verdict. Ask the partners there what runs that nobody wrote "
                "down, before calling it a gap yourself."
            ),
        ),
        (w.t("About the data"), composed_text(n, need)),
    ]
    body = joined(markup("<h2>{}</h2><p>{}</p>", head, text) for head, text in parts)
    return markup('<section class="hsc-card">{}</section>', body)


def need_table(n: Names, found: Gaps, told: Sequence[str] = ()) -> Listing:
    """Need and the two verdicts of each area; `told` are reasons that are told elsewhere."""
    w = n.w
    caption = w.t(
        "Need and known provision within {n} metres, by {level}",
        n=w.number(found.distance),
        level=w.t("district") if found.level == DISTRICT else w.t("neighbourhood"),
    )
    return Listing(caption, need_columns(n, found.distance), need_rows(n, found, told))


def slope_of(n: Names, found: Access, need: Need) -> str:
    """How access differs with need over the areas of the level of the index."""
    w = n.w
    if not found.placed:
        return w.t(
            "How access differs with need cannot be computed: no initiative that fits has a known place."
        )
    try:
        return slope_text(n, slope(found, need), need.level)
    except ValueError:  # fewer than three areas
        return w.t("How access differs with need cannot be computed: too few areas have an index of need.")


def need_columns(n: Names, distance: float) -> list[Column]:
    """Columns that go with `need_rows`: the two rules beside each other, each with the number it rests on."""
    w = n.w
    area, place = (rule_name(n, rule, distance) for rule in RULES)
    return [
        Column("name", w.t("Area")),
        Column("need", w.t("Need, percentile"), numeric=True),
        Column("sure", w.t("In the top quarter"), numeric=True),
        Column("number", w.t("Known here"), numeric=True),
        Column("verdict", area, wordy=True),
        Column("share", w.t("Reached"), numeric=True),
        Column("place", place, sortable=False, wordy=True),
        Column("wide", w.t("For the whole city or region"), numeric=True, sortable=False),
    ]


def need_rows(n: Names, found: Gaps, told: Sequence[str] = ()) -> list[Row]:
    """A row per area; `told` are reasons that are told elsewhere."""
    return [_row(n, found, str(code), line, told) for code, line in found.table.iterrows()]


def _row(n: Names, found: Gaps, code: str, line: pd.Series, told: Sequence[str]) -> Row:
    w = n.w
    verdicts = [VERDICTS.index(found.verdict(code, rule)) for rule in RULES]
    order = {
        "name": n.area(code).casefold(),
        "need": line["need"],
        "sure": line["sensitivity"],
        "number": line["number"],
        "share": line["share"],
        "verdict": 10 * min(verdicts) + verdicts[0],
    }
    sure = w.value(100 * line["sensitivity"], "percent", 0) if pd.notna(line["sensitivity"]) else "–"
    wide = len(found.city.wide)
    cells = [
        area_name(n, found, code),
        w.number(line["need"]),
        sure,
        w.number(line["number"]) if line["number"] else w.t("none known"),
        verdict_text(n, found, code, BY_AREA, told),
        _reached(n, line),
        verdict_text(n, found, code, BY_DISTANCE, told),
        w.number(wide) if wide else w.t("none known"),
    ]
    return Row(code, cells, order)


def _reached(n: Names, line: pd.Series) -> str:
    """`12,0 – 45,0%`: the bounds, one number where they are the same."""
    if pd.isna(line["share"]):
        return "–"
    low, high = (100 * line[key] for key in ("share", "upper_share"))
    first, whole = n.w.number(low, 1), n.w.value(high, "percent", 1)
    return whole if first == n.w.number(high, 1) else f"{first} – {whole}"
