"""Need beside what is known, in words."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.access import Access
from hsc_geo.analysis.focus import focus_first, municipality_code
from hsc_geo.analysis.gaps import BY_AREA, BY_DISTANCE, GAP, LEAST_PLACED, RULES, UNCERTAIN, VERDICTS, Gaps
from hsc_geo.analysis.need import Need
from hsc_geo.analysis.need_beside import ABOVE, BELOW, INDISTINCT
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.answers.need import Needs, slope
from hsc_geo.views.coverage.words.known import beside_text
from hsc_geo.views.coverage.words.slope import slope_text
from hsc_geo.views.coverage.words.verdict import (
    NAMED,
    area_name,
    known_text,
    need_beside_text,
    range_text,
    rule_name,
    verdict_name,
    verdict_text,
)
from hsc_geo.views.kit.html import items, joined, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.kit.words import and_text


def percentile_text(n: Names, value: float | None) -> str:
    """Where an area stands in need."""
    if pd.isna(value):
        return n.w.t("need not known")
    return n.w.t("need {n} of 100", n=n.w.number(value))


def said(n: Names, answer: Needs, level: str) -> str:
    """The answer in a sentence or three: where it falls short at this level and at the other one, or why that cannot be
    told; and what there is for everyone."""
    found = answer.verdicts[level]
    other = next(each for each in answer.verdicts if each != level)
    parts = (
        _said_of(n, found) if _callable(found) else _cannot(n, found),
        _said_beside(n, answer.verdicts[other]),
        beside_text(n, len(found.city.wide)) if found.city.wide else "",
    )
    return " ".join(part for part in parts if part)


def _callable(found: Gaps) -> bool:
    return any(found.callable(rule) for rule in RULES)


def either(found: Gaps, verdict: str) -> list[str]:
    """The areas that one of the two rules at least calls so."""
    return [
        str(code)
        for code in found.table.index
        if verdict in {found.verdict(str(code), rule) for rule in RULES}
    ]


def _said_of(n: Names, found: Gaps) -> str:
    w, gaps = n.w, either(found, GAP)
    unsure = len(set(either(found, UNCERTAIN)) - set(gaps))
    doubt = w.t("; for {n} it is uncertain", n=w.number(unsure)) if unsure else ""
    if gaps:
        names = _names(n, found, gaps)
        return w.t("Need is high and little is known in {areas}{doubt}.", areas=names, doubt=doubt)
    level = w.t("district") if found.level == DISTRICT else w.t("neighbourhood")
    return w.t("No {level} can be called a gap{doubt}.", level=level, doubt=doubt)


def _said_beside(n: Names, other: Gaps) -> str:
    """The gaps at the other level."""
    w, gaps = n.w, either(other, GAP)
    if not gaps:
        return ""
    names = _names(n, other, gaps)
    if other.level == DISTRICT:
        return w.t("By district: {areas}.", areas=names)
    return w.t("By neighbourhood there is a gap in {areas}.", areas=names)


def _names(n: Names, found: Gaps, codes: Sequence[str]) -> str:
    """Names of areas; of many the number."""
    if len(codes) <= NAMED:
        return and_text(n.w, list(map(n.area, codes)))
    number = n.w.number(len(codes))
    return (
        n.w.t("{n} districts", n=number) if found.level == DISTRICT else n.w.t("{n} neighbourhoods", n=number)
    )


def _cannot(n: Names, found: Gaps) -> str:
    w, placed = n.w, found.placed
    if max(placed.values()) >= LEAST_PLACED:
        return w.t("Where it falls short cannot be told: there are too few areas to compare.")
    return w.t(
        "Where it falls short cannot be told: of {total} initiatives, for {area} the area is known and for {place} the "
        "place. At least {least} are needed.",
        total=w.number(len(found.city.everyone)),
        area=w.number(placed[BY_AREA]),
        place=w.number(placed[BY_DISTANCE]),
        least=LEAST_PLACED,
    )


def area_verdict(n: Names, code: str, answer: Needs, level: str) -> Markup:
    """One area of the level: what each rule says with its reasons, the numbers behind it, and the other level."""
    found = answer.verdicts[level]
    rules = [
        markup(
            "<p>{}: <strong>{}</strong>{}</p>",
            rule_name(n, rule, found.distance),
            *_verdict_parts(verdict_text(n, found, code, rule)),
        )
        for rule in RULES
    ]
    return markup(
        '<section class="hsc-card" id="panel">{}{}</section>',
        joined(rules),
        items(_facts(n, code, answer, found)),
    )


def _verdict_parts(text: str) -> tuple[str, str]:
    """A verdict, and the reasons behind it."""
    verdict, colon, why = text.partition(": ")
    return verdict, colon + why


def _facts(n: Names, code: str, answer: Needs, found: Gaps) -> list[str]:
    line: Any = found.table.loc[code]
    missing = answer.index[found.level].missing.get(code, ())
    facts = [
        percentile_text(n, line["need"]),
        need_beside_text(n, line["need_beside"]),
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


def card(n: Names) -> Markup:
    """How to read the map, and what to do with it."""
    w = n.w
    see = w.t(
        "Orange: high need and few within reach. Blue: many within reach and low need. A number on a square is "
        "known to the area only; rings are the distance around known places."
    )
    ask = w.t(
        "Choose an area on the map to see why it has its verdict. Ask the partners there what runs that nobody wrote "
        "down, before calling it a gap yourself."
    )
    body = joined(markup("<p>{}</p>", text) for text in (see, ask))
    return markup(
        '<details class="hsc-card"><summary>{}</summary>{}</details>', w.t("How to read this map"), body
    )


def first_area(n: Names, found: Gaps) -> str:
    """The first area of the table: a focus area, else one with something to ask."""
    return _ordered(n, found)[0]


def need_table(n: Names, found: Gaps, told: Sequence[str] = ()) -> Listing:
    """Need and the two verdicts of each area; `told` are reasons that are told elsewhere."""
    w = n.w
    caption = w.t(
        "Need and known help within {n} metres, by {level}",
        n=w.number(found.distance),
        level=w.t("district") if found.level == DISTRICT else w.t("neighbourhood"),
    )
    return Listing(caption, need_columns(n, found), need_rows(n, found, told))


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


def need_columns(n: Names, found: Gaps) -> list[Column]:
    """Columns that go with `need_rows`: the two rules beside each other, each with the number it rests on; need beside
    that of the city where intervals are published."""
    w, city = n.w, n.area(municipality_code(n.package))
    area, place = (rule_name(n, rule, found.distance) for rule in RULES)
    beside = [Column("beside", w.t("Need beside {city}", city=city), sortable=False)]
    return [
        Column("name", w.t("Area")),
        Column("need", w.t("Need, percentile"), numeric=True),
        *(beside if found.intervals else []),
        Column("sure", w.t("In the top quarter"), numeric=True),
        Column("number", w.t("Known here"), numeric=True),
        Column("verdict", area),
        Column("share", w.t("Reached"), numeric=True),
        Column("place", place, sortable=False),
    ]


def need_rows(n: Names, found: Gaps, told: Sequence[str] = ()) -> list[Row]:
    """A row per area, focus areas first, then those with something to ask, and the city last; `told` are reasons that
    are told elsewhere."""
    lines = dict(zip(map(str, found.table.index), (line for _, line in found.table.iterrows()), strict=True))
    return [*(_row(n, found, code, lines[code], told) for code in _ordered(n, found)), _city_row(n, found)]


def _ordered(n: Names, found: Gaps) -> list[str]:
    codes = sorted(map(str, found.table.index), key=lambda code: _urgency(found, code))
    return focus_first(n.package, codes)


def _urgency(found: Gaps, code: str) -> int:
    """By the verdict that calls most of the two, then by that of the first rule."""
    verdicts = [VERDICTS.index(found.verdict(code, rule)) for rule in RULES]
    return 10 * min(verdicts) + verdicts[0]


def _city_row(n: Names, found: Gaps) -> Row:
    """All that is known of the city; need and verdict are of areas beside each other, so it has none."""
    name = n.w.t("{city} as a whole", city=n.area(municipality_code(n.package)))
    beside = ["–"] if found.intervals else []
    return Row("", [name, "–", *beside, "–", _number(n, len(found.city.everyone)), "–", "–", "–"], {})


def _beside(n: Names, line: pd.Series) -> str:
    names = {
        ABOVE: n.w.t("higher"),
        BELOW: n.w.t("lower"),
        INDISTINCT: n.w.t("not distinguishable"),
    }
    return names.get(str(line["need_beside"]), "–")


def _number(n: Names, count: int) -> str:
    return n.w.number(count) if count else n.w.t("none known")


def _row(n: Names, found: Gaps, code: str, line: pd.Series, told: Sequence[str]) -> Row:
    w = n.w
    order = {
        "name": n.area(code).casefold(),
        "need": line["need"],
        "sure": line["sensitivity"],
        "number": line["number"],
        "share": line["share"],
        "verdict": _urgency(found, code),
    }
    sure = w.value(100 * line["sensitivity"], "percent", 0) if pd.notna(line["sensitivity"]) else "–"
    cells = [
        area_name(n, found, code),
        _need(n, line["need"]),
        *([_beside(n, line)] if found.intervals else []),
        sure,
        _number(n, line["number"]),
        verdict_text(n, found, code, BY_AREA, told),
        _reached(n, line),
        verdict_text(n, found, code, BY_DISTANCE, told),
    ]
    return Row(code, cells, order)


def _need(n: Names, value: float) -> Any:
    """The percentile, the stronger the colour the more need."""
    return "–" if pd.isna(value) else {"text": n.w.number(value), "heat": round(float(value) / 100, 2)}


def _reached(n: Names, line: pd.Series) -> Any:
    """`12,0 – 45,0%`: the bounds, one number where they are the same."""
    if pd.isna(line["share"]):
        return "–"
    low, high = (float(line[key]) for key in ("share", "upper_share"))
    first, whole = n.w.number(100 * low, 1), n.w.value(100 * high, "percent", 1)
    text = whole if first == n.w.number(100 * high, 1) else f"{first} – {whole}"
    return {"text": text, "range": [round(low, 3), round(high, 3)]}
