"""The maps of need in words: their titles, what they say of an area, the legend of one quantity."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from markupsafe import Markup

from hsc_geo.analysis.classify import Classes
from hsc_geo.analysis.gaps import NO_SIGN, NOT_CALLED, RULES, VERDICTS, Gaps
from hsc_geo.analysis.need_beside import INDISTINCT
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.choices import ACCESS, BOTH, HERE, INDEX, SHARE, CoverageChoice
from hsc_geo.views.coverage.words import bivariate
from hsc_geo.views.coverage.words.need import percentile_text
from hsc_geo.views.coverage.words.verdict import (
    known_text,
    need_beside_text,
    range_text,
    sign_of,
    verdict_name,
)
from hsc_geo.views.kit.html import joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.maps.colours import ramp


def both_title(n: Names) -> str:
    """What the map in two colours is of."""
    return n.w.t("Need and known provision")


def one_value(n: Names, show: str, value: float | None) -> str:
    """A value of the map with one quantity."""
    if pd.isna(value):
        return n.w.t("not known")
    if show == "share":
        return n.w.value(value, "percent", 1)
    if show == "known":
        return known_text(n, int(value))
    return n.w.number(value, 0 if show == "need" else 2)


def one_colours(show: str, one: Classes) -> list[str]:
    """A colour for each class: darker is less favourable, so more need and fewer residents within reach; of a number
    of initiatives it is more."""
    return ramp(one.k, dark_is_low=show in ("share", "access"))


def one_legend(n: Names, show: str, one: Classes, numbers: pd.Series, doubted: int = 0) -> Markup:
    """Classes with the lowest and highest of `numbers` in each, and how many areas they are; doubted: areas with dots,
    whose need is not distinguishable from that of the city."""
    w = n.w
    decimals = {"need": 0, "known": 0, "share": 1, "access": 2}[show]
    entries = [
        markup(
            '<li><span class="hsc-swatch" style="background:{}"></span><span>{} ({})</span></li>',
            color,
            _bounds(n, numbers[one.assigned == i], decimals),
            count,
        )
        for i, (color, count) in enumerate(zip(one_colours(show, one), one.counts, strict=True))
    ]
    if doubted:
        entries.append(_sign("doubt", f"{need_beside_text(n, INDISTINCT)} ({n.w.number(doubted)})"))
    missing = len(numbers) - sum(one.counts)
    if missing:
        entries.append(_sign("missing", bivariate.not_known_text(n, missing)))
    entries.append(_sign("place", w.t("initiative at a known place")))
    entries.append(_sign("only", w.t("number known only to the district or neighbourhood")))
    dark = w.t("Darker is more.") if show == "known" else w.t("Darker is less favourable.")
    return markup('{}<ul class="hsc-legend">{}</ul>', quiet(dark), joined(entries))


def _sign(kind: str, text: str) -> Markup:
    return markup('<li><span class="hsc-swatch {}"></span><span>{}</span></li>', kind, text)


def _bounds(n: Names, numbers: pd.Series, decimals: int) -> str:
    low, high = (n.w.number(each, decimals) for each in (numbers.min(), numbers.max()))
    return low if low == high else f"{low} – {high}"


def map_title(n: Names, choice: CoverageChoice, figures: int) -> tuple[str, str]:
    """What the map is of, and what belongs beside that; of so many figures need is composed."""
    w = n.w
    distance = w.t("known places within {n} metres", n=w.number(choice.distance))
    return {
        BOTH: (both_title(n), distance),
        INDEX: (
            w.t("Need, as percentile among the areas"),
            w.t("composed by us of {n} figures", n=figures),
        ),
        HERE: (w.t("Initiatives known here"), w.t("without those for the whole city or the region")),
        SHARE: (w.t("Residents reached, at least"), distance),
        ACCESS: (w.t("Initiatives per 1,000 residents who share them"), distance),
    }[choice.show]


def short_title(n: Names, show: str) -> str:
    """The same in a few words."""
    w = n.w
    return {
        BOTH: both_title(n),
        INDEX: w.t("Need"),
        HERE: w.t("Initiatives known here"),
        SHARE: w.t("Reached, at least"),
        ACCESS: w.t("Initiatives per 1,000 residents"),
    }[show]


def both_texts(n: Names, found: Gaps) -> dict[str, str]:
    """Each area in one line: need, then what each rule rests on and says."""
    return {str(code): _both_text(n, found, str(code), line) for code, line in found.table.iterrows()}


def _both_text(n: Names, found: Gaps, code: str, line: pd.Series) -> str:
    known, reached = known_text(n, int(line["number"])), range_text(n, line)
    area, place = (verdict_name(n, found.verdict(code, rule)) for rule in RULES)
    need = ", ".join(
        filter(None, (percentile_text(n, line["need"]), need_beside_text(n, line["need_beside"])))
    )
    return f"{need}; {known}: {area}; {reached}: {place}"


def verdict_label(n: Names, found: Gaps, code: str) -> str:
    """The verdict on a map, where there is something to ask: a gap by at least one rule, else uncertain by one."""
    verdicts = {found.verdict(code, rule) for rule in RULES}
    return next((verdict_name(n, each) for each in VERDICTS if each in verdicts and each != NO_SIGN), "")


def sign(n: Names, found: Gaps, code: str) -> str:
    """What stands with the name of an area on the screen's map: of districts the verdict, of the many neighbourhoods
    its sign, which the legend explains."""
    if found.level != DISTRICT:
        return sign_of(found, code)
    return verdict_name(n, NOT_CALLED) if found.marks(code) else verdict_label(n, found, code)


def class_counts(classes: Mapping[str, int]) -> list[int]:
    """How many areas each of the nine colours has."""
    return [sum(each == i for each in classes.values()) for i in range(bivariate.STEPS**2)]


def described(n: Names, found: Gaps, classes: Mapping[str, int]) -> str:
    """The map in two colours for who does not see it: every area with what its colour says and its verdicts."""
    told = "; ".join(_area_text(n, found, classes, str(code)) for code in found.table.index)
    return n.w.t("Map of {city}: {title}. {told}", city=n.here.name, title=both_title(n), told=told)


def _area_text(n: Names, found: Gaps, classes: Mapping[str, int], code: str) -> str:
    if code not in classes:
        return f"{n.area(code)}: {n.w.t('not known')}"
    said = ", ".join(verdict_name(n, found.verdict(code, rule)) for rule in RULES)
    return f"{n.area(code)}: {bivariate.class_text(n, found.table, classes[code])}, {said}"
