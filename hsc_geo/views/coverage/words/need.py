"""Need beside what is known, in words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.classify import Classes
from hsc_geo.analysis.gaps import BY_AREA, BY_DISTANCE, GAP, RULES, VERDICTS, Gaps
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.answers import Seen
from hsc_geo.views.coverage.words.composition import composition_text
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
from hsc_geo.views.kit.rows import Column, Row
from hsc_geo.views.maps.colours import ramp


def one_value(n: Names, show: str, value: float | None) -> str:
    """A value of the map with one quantity."""
    if pd.isna(value):
        return n.w.t("not known")
    if show == "share":
        return n.w.value(value, "percent", 1)
    if show == "known":
        return known_text(n, int(value))
    return n.w.number(value, 0 if show == "need" else 2)


def one_legend(n: Names, show: str, one: Classes, numbers: pd.Series) -> Markup:
    """Classes with the lowest and highest of `numbers` in each, and how many areas they are."""
    w = n.w
    decimals = {"need": 0, "known": 0, "share": 1, "access": 2}[show]
    entries = [
        markup(
            '<li><span class="hsc-swatch" style="background:{}"></span><span>{} ({})</span></li>',
            color,
            _bounds(n, numbers[one.assigned == i], decimals),
            count,
        )
        for i, (color, count) in enumerate(zip(ramp(one.k), one.counts, strict=True))
    ]
    missing = len(numbers) - sum(one.counts)
    if missing:
        text = w.tn("{n} area not known", "{n} areas not known", missing)
        entries.append(_sign("missing", text))
    entries.append(_sign("place", w.t("initiative at a known place")))
    entries.append(_sign("only", w.t("number known only to the district or neighbourhood")))
    return markup('<ul class="hsc-legend">{}</ul>', joined(entries))


def _sign(kind: str, text: str) -> Markup:
    return markup('<li><span class="hsc-swatch {}"></span><span>{}</span></li>', kind, text)


def _bounds(n: Names, numbers: pd.Series, decimals: int) -> str:
    low, high = (n.w.number(each, decimals) for each in (numbers.min(), numbers.max()))
    return low if low == high else f"{low} – {high}"


def _percentile(n: Names, value: float | None) -> str:
    if pd.isna(value):
        return n.w.t("need not known")
    return n.w.t("need {n} of 100", n=n.w.number(value))


def area_verdict(n: Names, code: str, seen: Seen) -> Markup:
    """One area: what each rule says with its reasons, the numbers behind it, and the other level."""
    line: Any = seen.found.table.loc[code]
    rules = [
        markup(
            "<p>{}: <strong>{}</strong></p>",
            rule_name(n, rule, seen.found.distance),
            verdict_text(n, seen.found, code, rule),
        )
        for rule in RULES
    ]
    missing = [f"{n.indicator(key)} ({n.missing(status)})" for key, status in seen.need.missing.get(code, ())]
    facts = [_percentile(n, line["need"]), _sure_text(n, line["sensitivity"]), known_text(n, int(line["number"])),
             range_text(n, line), wide_text(n, seen.found), *missing, *other_level(n, code, seen)]  # fmt: skip
    return markup(
        '<section class="hsc-card"><h2 id="panel">{}</h2>{}{}</section>',
        area_name(n, seen.found, code),
        joined(rules),
        items([fact for fact in facts if fact]),
    )


def wide_text(n: Names, found: Gaps) -> str:
    """What works for the whole city or the region beside an area's own; '' where none is known."""
    w, wide = n.w, len(found.city.wide)
    return w.t("{n} more for the whole city or the region", n=w.number(wide)) if wide else ""


def other_level(n: Names, code: str, seen: Seen) -> list[str]:
    """What both rules say of the district around a neighbourhood, or of the neighbourhoods in a district."""
    w, other = n.w, seen.beside
    if other is None:
        return []
    if seen.found.level == DISTRICT:
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


def card(n: Names, seen: Seen) -> Markup:
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
        (
            w.t("About the data"),
            w.t("Need is composed of: {figures}.", figures=composition_text(n, seen.need)),
        ),
    ]
    body = joined(markup("<h2>{}</h2><p>{}</p>", head, text) for head, text in parts)
    return markup('<section class="hsc-card">{}</section>', body)


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
    order = {"name": n.area(code).casefold(), "need": line["need"], "sure": line["sensitivity"],
             "number": line["number"], "share": line["share"], "verdict": 10 * min(verdicts) + verdicts[0]}  # fmt: skip
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
