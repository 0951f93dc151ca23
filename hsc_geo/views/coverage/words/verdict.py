"""Verdicts in words: what each of the two rules calls an area and why, and the answer by rule and level."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.gaps import (
    BY_AREA,
    BY_DISTANCE,
    GAP,
    LEAST_PLACED,
    NO_SIGN,
    NOT_CALLED,
    NOT_KNOWN,
    RULES,
    SMALL,
    STUDENTS,
    TOO_SMALL,
    UNCERTAIN,
    Gaps,
)
from hsc_geo.analysis.need_beside import ABOVE, BELOW, INDISTINCT
from hsc_geo.analysis.provision import level_with_lowest, lowest_third
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.wording.area import row_name

SIGNS = {GAP: "!", UNCERTAIN: "?", NOT_CALLED: "–"}
NAMED = 6  # areas named in a cell of the answer; of more the number


def rule_name(n: Names, rule: str, distance: float) -> str:
    """By which rule an initiative counts as placed."""
    if rule == BY_AREA:
        return n.w.t("By what is known in the area")
    return n.w.t("By places within {n} metres", n=n.w.number(distance))


def verdict_name(n: Names, verdict: str) -> str:
    """A verdict in a word or two."""
    w = n.w
    return {
        GAP: w.t("gap"),
        UNCERTAIN: w.t("uncertain"),
        NO_SIGN: w.t("no sign of a gap"),
        NOT_CALLED: w.t("cannot be told"),
        NOT_KNOWN: w.t("not known"),
    }[verdict]


def tempered(n: Names, verdict: str, wide: int) -> str:
    """The verdict, where what works for the whole city tempers the word gap."""
    if verdict == GAP and wide:
        return n.w.t("gap in the area itself, {n} for the whole city or region", n=n.w.number(wide))
    return verdict_name(n, verdict)


def verdict_text(n: Names, found: Gaps, code: str, rule: str, told: Sequence[str] = ()) -> str:
    """`uncertain: of initiatives here the place is not known`; without the reasons that are told elsewhere."""
    why = "; ".join(reason_text(n, each, rule) for each in found.reasons(code, rule) if each not in told)
    name = tempered(n, found.verdict(code, rule), len(found.city.wide))
    return f"{name}: {why}" if why else name


def need_beside_text(n: Names, beside: str) -> str:
    """Need beside that of the city, by the intervals of the figures; '' where these are not published."""
    w, city = n.w, n.area(municipality_code(n.package))
    return {
        ABOVE: w.t("need is higher than in {city}", city=city),
        BELOW: w.t("need is lower than in {city}", city=city),
        INDISTINCT: w.t("need is not distinguishable from that of {city}", city=city),
    }.get(beside, "")


def reason_text(n: Names, code: str, rule: str) -> str:
    """Why a verdict is what it is, or what belongs beside it."""
    w = n.w
    few = {
        BY_AREA: w.t(
            "fewer than {n} of these initiatives are known to a district or neighbourhood", n=LEAST_PLACED
        ),
        BY_DISTANCE: w.t("fewer than {n} of these initiatives have a known place", n=LEAST_PLACED),
    }
    return {
        "few_placed": few[rule],
        "few_areas": w.t("there are too few areas to divide in thirds"),
        TOO_SMALL: w.t("fewer than {n} residents", n=w.number(SMALL)),
        STUDENTS: w.t("more than half of the residents are 15 to 24 years old"),
        "need_depends_on_weights": w.t("need is high or not by which figures weigh most"),
        "need_indistinct": need_beside_text(n, INDISTINCT),
        "one_figure": w.t("need rests on one figure only"),
        "figures_modelled": w.t("the figures are estimates by a model"),
        "known_in_district": w.t("none is known here, but there is elsewhere in the district"),
        "one_known": w.t("one is known here"),
        "place_unknown": w.t("of initiatives here the place is not known"),
        "provision_middling": w.t("provision is neither clearly low nor clearly not"),
        "distance": w.t("it depends on the distance"),
        "not_confirmed": w.t("more is known here, but nobody confirmed it in this period"),
        "register_old": w.t("most of what is known here is old or undated"),
        "need_missing": w.t("a figure in the index is missing"),
        "residents_unknown": w.t("nobody lives here, or it is not known how many"),
    }[code]


def sign_of(found: Gaps, code: str) -> str:
    """The sign of an area on the map: a gap by at least one rule, else uncertain by at least one; an area that is not
    called for its residents has its own; '' for the others."""
    if found.marks(code):
        return SIGNS[NOT_CALLED]
    verdicts = {found.verdict(code, rule) for rule in RULES}
    return next((SIGNS[each] for each in (GAP, UNCERTAIN) if each in verdicts), "")


def area_name(n: Names, found: Gaps, code: str) -> str:
    """An area by its name, with what it is marked for."""
    marks = "; ".join(reason_text(n, each, BY_AREA) for each in found.marks(code))
    name = row_name(n, code, found.level)
    return f"{name} ({marks})" if marks else name


def answer_table(n: Names, levels: Sequence[Gaps]) -> Listing:
    """What each rule calls a gap at each level."""
    caption = n.w.t("Where need is high and little is known, by two rules")
    return Listing(caption, answer_columns(n, levels[0].distance), answer_rows(n, levels))


def answer_columns(n: Names, distance: float) -> list[Column]:
    """Columns that go with `answer_rows`: the two rules beside each other."""
    w = n.w
    rules = [Column(rule, rule_name(n, rule, distance), sortable=False) for rule in RULES]
    return [
        Column("level", w.t("Level"), sortable=False),
        *rules,
        Column("wide", w.t("For the whole city or region"), numeric=True, sortable=False),
    ]


def answer_rows(n: Names, levels: Sequence[Gaps]) -> list[Row]:
    """A row per level: what each rule calls a gap, or why it calls none."""
    return [
        Row("", [level_name(n, each), *(answer(n, each, rule) for rule in RULES), _wide(n, each)], {})
        for each in levels
    ]


def level_name(n: Names, found: Gaps) -> str:
    """Districts or neighbourhoods."""
    return n.w.t("Districts") if found.level == DISTRICT else n.w.t("Neighbourhoods")


def _wide(n: Names, found: Gaps) -> str:
    return n.w.number(len(found.city.wide)) if found.city.wide else n.w.t("none known")


def answer(n: Names, found: Gaps, rule: str) -> str:
    """What a rule says of a level, in a sentence or two."""
    w, unsure = n.w, len(found.called(rule, UNCERTAIN))
    if not found.callable(rule):
        return why_not(n, found, rule)
    gaps = found.called(rule)
    doubt = w.t("{n} uncertain.", n=w.number(unsure)) if unsure else ""
    if not gaps:
        return " ".join(part for part in (w.t("No gap is called."), doubt) if part)
    named = ", ".join(map(n.area, gaps)) if len(gaps) <= NAMED else w.number(len(gaps))
    own, plain = w.t("Gap in the area itself: {areas}.", areas=named), w.t("Gap: {areas}.", areas=named)
    return " ".join(part for part in (own if found.city.wide else plain, doubt) if part)


def why_not(n: Names, found: Gaps, rule: str) -> str:
    """Why a rule calls nothing at all."""
    w, placed = n.w, found.placed[rule]
    if placed >= LEAST_PLACED:
        return w.t("Cannot be told: there are too few areas to divide in thirds.")
    total = w.number(len(found.city.everyone))
    if rule == BY_AREA:
        return w.t(
            "Cannot be told. Known to a district or neighbourhood: {n} of {total}; at least {least} are needed.",
            n=w.number(placed),
            total=total,
            least=LEAST_PLACED,
        )
    return w.t(
        "Cannot be told. With a known place: {n} of {total}; at least {least} are needed.",
        n=w.number(placed),
        total=total,
        least=LEAST_PLACED,
    )


def tie_text(n: Names, found: Gaps) -> str:
    """What the lowest third is where many areas are equal there: no third; '' where it is a third."""
    shares = found.table["share"]
    level, total = level_with_lowest(shares)
    if not total or level <= -(-total // 3):
        return ""
    w, limit = n.w, lowest_third(shares)
    if not limit:
        return w.t(
            "{n} of {total} areas have none within reach: they are equal, and no lowest third.",
            n=w.number(level),
            total=w.number(total),
        )
    return w.t(
        "{n} of {total} areas are equal at the lowest {share}, and no lowest third.",
        n=w.number(level),
        total=w.number(total),
        share=w.value(100 * limit, "percent", 1),
    )


def range_text(n: Names, line: pd.Series) -> str:
    """`12,0 to 45,0% reached`, one number where the bounds are the same."""
    w = n.w
    if pd.isna(line["share"]):
        return w.t("reach not known")
    low, high = (w.value(100 * line[key], "percent", 1) for key in ("share", "upper_share"))
    return (
        w.t("{share} reached", share=low)
        if low == high
        else w.t("{low} to {high} reached", low=low, high=high)
    )


def known_text(n: Names, number: int) -> str:
    """How many are known in an area; never a bare zero."""
    return n.w.t("{n} known", n=n.w.number(number)) if number else n.w.t("none known")
