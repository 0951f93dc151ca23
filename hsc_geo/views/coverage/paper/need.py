"""Need beside known provision in a brief: the map of both by district, the verdicts as a table, sources and limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hsc_geo.analysis.asking import Ask, to_ask
from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.gaps import NO_SIGN, REASONS, RULES, VERDICTS, Gaps, gaps
from hsc_geo.analysis.need import Ingredient, Need, NeedError, default_ingredients, need_index, sensitivity
from hsc_geo.views.coverage.screen.composition import composition_texts
from hsc_geo.views.coverage.words import bivariate
from hsc_geo.views.coverage.words.ask import ask_columns, ask_rows
from hsc_geo.views.coverage.words.composition import error_text
from hsc_geo.views.coverage.words.need import need_columns, need_rows
from hsc_geo.views.coverage.words.rules import need_texts, notes, rule_texts
from hsc_geo.views.coverage.words.verdict import answer_columns, answer_rows, verdict_name
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import blocks as parts
from hsc_geo.views.paper.model import (
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

MAP_SHARE = 0.34  # of the width
# Reasons of many areas, told once: among the limits of the figures, and in the answer.
TOLD = ("figures_modelled", "few_placed")


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
    ambition: str = "",
    life_stage: str = "",
    full: bool = False,
) -> NeedPart:
    """Need beside what is known by the two rules, within `distance` metres by the one, for the initiatives in `fit`;
    `known` are those and the ones that nobody confirmed lately. Districts on the map and in the table; where a gap is
    called, of both levels. full: also the reasons of each verdict, the rules, and what is not known and whom to ask.

    Without `ingredients` the index is of figures that fit the ambition; where there is no index, the sentence that says
    why.
    """
    head = Heading(n.w.t("Need beside what is known"))
    try:
        figures = ingredients or default_ingredients(n.package, ambition)
        needs = [need_index(n.package, figures, level) for level in LEVELS]
    except NeedError as error:
        return NeedPart((head, Paragraph(error_text(n, error))))
    levels = [
        gaps(n.package, fit, distance, need, sensitivity(need), n.today, people, known) for need in needs
    ]
    composed = (*composition_texts(n, needs[0], ambition, life_stage), *(need_texts(n) if full else ()))
    told = Bullets((*composed, *notes(n, levels[0])))
    beside = Beside((_map(n, levels[0], fit),), (told,), MAP_SHARE)
    blocks: tuple[Block, ...] = (
        head,
        _answer(n, levels),
        _table(n, levels[0], TOLD if full else REASONS),
        beside,
    )
    if full:
        rules = Paragraph(" ".join(rule_texts(n, set(known) > set(fit))), quiet=True)
        blocks = (*blocks, rules, _ask(n, to_ask(n.package, known or fit, n.today, ambition, needs[-1])))
    return NeedPart(blocks, *_ground(n, needs[0]))


def _answer(n: Names, levels: Sequence[Gaps]) -> Table:
    caption = n.w.t("Where need is high and little is known, by two rules")
    columns = answer_columns(n, levels[0].distance)
    return parts.as_table(caption, columns, answer_rows(n, levels), widths=(0.14, 0.36, 0.36, 0.14))


def _ask(n: Names, asks: Sequence[Ask]) -> Table:
    caption = n.w.t("What is not known yet, and whom to ask")
    return parts.as_table(caption, ask_columns(n), ask_rows(n, asks), elastic=True, widths=(0.18, 0.46, 0.36))


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
    signs = (*_class_signs(n, found, classes, len(codes)), *parts.signs(n, bool(points)))
    return Map("", _alt(n, found, classes), areas, labels, points, signs, parts.CREDIT)


def _sign(n: Names, found: Gaps, code: str) -> str:
    """The verdict on the map, where there is something to ask: a gap by at least one rule, else uncertain by one."""
    verdicts = {found.verdict(code, rule) for rule in RULES}
    return next((verdict_name(n, each) for each in VERDICTS if each in verdicts and each != NO_SIGN), "")


def _class_text(n: Names, found: Gaps, number: int) -> str:
    w, (need, provision) = n.w, divmod(number, bivariate.STEPS)
    needs = (w.t("low"), w.t("middling"), w.t("high"))
    much = bivariate.steps(n, found.table)
    return w.t("need {need}, within reach {provision}", need=needs[need], provision=much[provision])


def _class_signs(n: Names, found: Gaps, classes: dict[str, int], total: int) -> list[Sign]:
    """The nine colours with the number of districts of each, and those without one."""
    counts = [sum(each == i for each in classes.values()) for i in range(bivariate.STEPS**2)]
    signs = [
        Sign("fill", f"{_class_text(n, found, i)} ({n.w.number(counts[i])})", bivariate.colors()[i])
        for i in reversed(range(bivariate.STEPS**2))
    ]
    missing = total - len(classes)
    text = n.w.tn("{n} area not known", "{n} areas not known", missing)
    return [*signs, Sign("missing", text)] if missing else signs


def _alt(n: Names, found: Gaps, classes: dict[str, int]) -> str:
    """Every district with what its colour says and its verdict."""
    told = "; ".join(
        f"{n.area(code)}: {_class_text(n, found, classes[code])}, {_verdicts(n, found, code)}"
        if code in classes
        else f"{n.area(code)}: {n.w.t('not known')}"
        for code in map(str, found.table.index)
    )
    title = n.w.t("Need and known provision")
    return n.w.t("Map of Leiden: {title}. {told}", title=title, told=told)


def _verdicts(n: Names, found: Gaps, code: str) -> str:
    """What the two rules say, in the order of the table."""
    return ", ".join(verdict_name(n, found.verdict(code, rule)) for rule in RULES)


def _table(n: Names, found: Gaps, told: Sequence[str]) -> Table:
    caption = n.w.t("Need and known provision within {n} metres, by district", n=n.w.number(found.distance))
    keep = (0, 1, 3, 4, 5, 6)
    widths = (0.2, 0.09, 0.1, 0.24, 0.13, 0.24)
    return parts.as_table(
        caption, need_columns(n, found.distance), need_rows(n, found, told), keep=keep, widths=widths
    )
