"""Need beside known provision in a brief: the map of both by district, the verdicts as a table, sources and limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsc_geo.analysis.access import access
from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.gaps import NO_SIGN, Gaps, gaps
from hsc_geo.analysis.need import Ingredient, Need, NeedError, default_ingredients, need_index, sensitivity
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views import bivariate
from hsc_geo.views.brief import parts
from hsc_geo.views.brief.model import (
    Area,
    Beside,
    Block,
    Bullets,
    Heading,
    Label,
    Map,
    Paragraph,
    Sign,
    Table,
)
from hsc_geo.views.coverage_compose import composition_text, error_text
from hsc_geo.views.coverage_matrix import row_name
from hsc_geo.views.coverage_need import Seen, method_texts, reason_text, verdict_name
from hsc_geo.views.names import Names


@dataclass(frozen=True)
class NeedPart:
    """The blocks on need, the sources of its figures, and what these cannot bear."""

    blocks: tuple[Block, ...]
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


def need_part(
    n: Names,
    ingredients: Sequence[Ingredient],
    fit: Sequence[str],
    distance: int,
    people: str,
    known: Sequence[str] = (),
) -> NeedPart:
    """Need by district beside what is known within `distance` metres, for the initiatives in `fit`; `known` are those
    and the ones that nobody confirmed lately.

    Without `ingredients` the index is the default one; where there is no index, the sentence that says why.
    """
    head = Heading(n.w.t("Need beside what is known"))
    try:
        need = need_index(n.package, ingredients or default_ingredients(n.package), DISTRICT)
    except NeedError as error:
        return NeedPart((head, Paragraph(error_text(n, error))))
    found = gaps(n.package, fit, distance, need, sensitivity(need), DISTRICT, n.today, people, known)
    seen = Seen(need, found, access(n.package, fit, distance, people=people))
    composed = n.w.t("Need is composed of: {figures}.", figures=composition_text(n, need))
    told = Bullets((composed, *method_texts(n, seen)))
    beside = Beside((_map(n, found, fit),), (told,), 0.42)
    return NeedPart((head, beside, _table(n, found)), *_ground(n, need))


def _ground(n: Names, need: Need) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(sources, limits) of the figures that count in the index."""
    counting = [each for each in need.ingredients if each.weight > 0]
    moments = [(each.indicator_id, each.year or 0, each.age_group) for each in counting if each.year]
    keys = [each.indicator_id for each in counting]
    return parts.figure_sources(n, moments), (*parts.caveats(n, keys), *parts.limits(n, keys))


def _map(n: Names, found: Gaps, fit: Iterable[str]) -> Map:
    classes, colors = bivariate.classes(found.table), bivariate.colors()
    focus = {code for codes in focus_codes(n.package).values() for code in codes}
    codes = [str(code) for code in found.table.index]
    areas = tuple(
        Area(code, colors[classes[code]] if code in classes else "", code not in classes, code in focus)
        for code in codes
    )
    labels = tuple(Label(code, n.area(code), _sign(n, found, code), code in focus) for code in codes)
    points = parts.places(n.package, fit)
    signs = (*_class_signs(n, classes, len(codes)), *parts.signs(n, bool(points)))
    return Map("", _alt(n, found, classes), areas, labels, points, signs, parts.CREDIT)


def _sign(n: Names, found: Gaps, code: str) -> str:
    """The verdict on the map, where there is something to ask."""
    verdict = str(found.table.at[code, "verdict"])
    return "" if verdict == NO_SIGN else verdict_name(n, verdict)


def _class_text(n: Names, number: int) -> str:
    need, provision = divmod(number, bivariate.STEPS)
    needs, much = _steps(n)
    return n.w.t("need {need}, known {provision}", need=needs[need], provision=much[provision])


def _steps(n: Names) -> tuple[tuple[str, ...], tuple[str, ...]]:
    w = n.w
    return (w.t("low"), w.t("middling"), w.t("high")), (w.t("little"), w.t("middling"), w.t("much"))


def _class_signs(n: Names, classes: dict[str, int], total: int) -> list[Sign]:
    """The nine colours with the number of districts of each, and those without one."""
    counts = [sum(each == i for each in classes.values()) for i in range(bivariate.STEPS**2)]
    signs = [
        Sign("fill", f"{_class_text(n, i)} ({n.w.number(counts[i])})", bivariate.colors()[i])
        for i in reversed(range(bivariate.STEPS**2))
    ]
    missing = total - len(classes)
    text = n.w.tn("{n} area not known", "{n} areas not known", missing)
    return [*signs, Sign("missing", text)] if missing else signs


def _alt(n: Names, found: Gaps, classes: dict[str, int]) -> str:
    """Every district with what its colour says and its verdict."""
    told = "; ".join(
        f"{n.area(str(code))}: {_class_text(n, classes[str(code)])}, {verdict_name(n, str(verdict))}"
        if str(code) in classes
        else f"{n.area(str(code))}: {n.w.t('not known')}"
        for code, verdict in found.table["verdict"].items()
    )
    title = n.w.t("Need and known provision")
    return n.w.t("Map of Leiden: {title}. {told}", title=title, told=told)


def _table(n: Names, found: Gaps) -> Table:
    w = n.w
    header = (
        w.t("District"),
        w.t("Need (0 to 100)"),
        w.t("Share, at least"),
        w.t("Share, at most"),
        w.t("Verdict"),
    )
    rows = tuple(
        (
            row_name(n, str(code), DISTRICT),
            w.number(line["need"]),
            w.value(100 * line["share"], "percent", 1),
            w.value(100 * line["upper_share"], "percent", 1),
            _verdict(n, str(line["verdict"]), line["reasons"]),
        )
        for code, line in found.table.iterrows()
    )
    caption = w.t("Need and known provision within {n} metres, by district", n=w.number(found.distance))
    return Table(
        caption, header, rows, (False, True, True, True, False), widths=(0.23, 0.08, 0.09, 0.09, 0.51)
    )


def _verdict(n: Names, verdict: str, reasons: Sequence[str]) -> str:
    """`uncertain: of initiatives here the place is not known`."""
    why = "; ".join(reason_text(n, code) for code in reasons)
    return f"{verdict_name(n, verdict)}: {why}" if why else verdict_name(n, verdict)
