"""Need beside known provision in a brief: the map of both by district, the verdicts as a table, sources and limits."""

from __future__ import annotations

from dataclasses import dataclass

from hsc_geo.analysis.focus import focus_codes
from hsc_geo.analysis.gaps import Gaps
from hsc_geo.analysis.need import Need, NeedError
from hsc_geo.analysis.need_beside import INDISTINCT
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.answers.need import Needs, asks, needs
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.words import bivariate, need_map
from hsc_geo.views.coverage.words.ask import ask_table
from hsc_geo.views.coverage.words.composition import composition_texts
from hsc_geo.views.coverage.words.need import need_table
from hsc_geo.views.coverage.words.rules import need_texts, notes, rule_texts
from hsc_geo.views.coverage.words.verdict import answer_table, need_beside_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import (
    Area,
    Beside,
    Block,
    Bullets,
    Label,
    Map,
    Paragraph,
    Sign,
    Table,
)

MAP_SHARE = 0.5  # of the width
# Reasons of many areas, told once: among the limits of the figures, in the answer, and in a column of its own.
TOLD = ("figures_modelled", "few_placed", "need_indistinct")


@dataclass(frozen=True)
class NeedPart:
    """The blocks on need, the sources of its figures, and what these cannot bear."""

    blocks: tuple[Block, ...]
    sources: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()


def need_part(n: Names, choice: CoverageChoice) -> NeedPart:
    """Need beside what is known by the two rules, first as a map. Districts on the map and in the table; where a gap is
    called, of both levels; the reasons of each verdict, the rules, and what is not known and whom to ask. Nothing where
    there is no index of need: the sentence before it says why."""
    try:
        answer = needs(n, choice)
    except NeedError:
        return NeedPart(())
    shown = (_beside(n, answer, choice), _answer(n, answer), _table(n, answer))
    return NeedPart((*shown, _rules(n, answer), _ask(n, choice)), *_ground(n, answer.index[DISTRICT]))


def _answer(n: Names, answer: Needs) -> Table:
    return blocks.listed(answer_table(n, answer.levels), widths=(0.14, 0.36, 0.36, 0.14))


def _table(n: Names, answer: Needs) -> Table:
    shown = need_table(n, answer.verdicts[DISTRICT], TOLD)
    keep = [i for i, column in enumerate(shown.columns) if column.key != "sure"]
    beside = (0.13,) if answer.verdicts[DISTRICT].intervals else ()
    widths = (0.2, 0.09, *beside, 0.1, 0.24, 0.13, 0.24)
    return blocks.listed(shown, keep=keep, widths=tuple(each / sum(widths) for each in widths))


def _beside(n: Names, answer: Needs, choice: CoverageChoice) -> Beside:
    """The map, and beside it what the index is made of."""
    composed = composition_texts(n, answer.index[DISTRICT], choice)
    told = (*composed, *need_texts(n, answer.verdicts[DISTRICT]), *notes(n, answer.verdicts[DISTRICT]))
    return Beside((_map(n, answer),), (Bullets(told),), MAP_SHARE)


def _rules(n: Names, answer: Needs) -> Paragraph:
    return Paragraph(" ".join(rule_texts(n, set(answer.ever) > set(answer.fit))), quiet=True)


def _ask(n: Names, choice: CoverageChoice) -> Table:
    shown = ask_table(n, asks(n, choice))
    return blocks.listed(shown, elastic=True, widths=(0.18, 0.46, 0.36))


def _ground(n: Names, need: Need) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(sources, limits) of the figures that count in the index."""
    counting = [each for each in need.ingredients if each.weight > 0]
    moments = [(each.indicator_id, each.year or 0, each.age_group) for each in counting if each.year]
    keys = [each.indicator_id for each in counting]
    return blocks.figure_sources(n, moments), (*blocks.caveats(n, keys), *blocks.limits(n, keys))


def _map(n: Names, answer: Needs) -> Map:
    found = answer.verdicts[DISTRICT]
    classes, colors = bivariate.classes(found.table), bivariate.colors()
    focus = {code for codes in focus_codes(n.package).values() for code in codes}
    codes = [str(code) for code in found.table.index]
    areas = tuple(
        Area(
            code,
            colors[classes[code]] if code in classes else "",
            code not in classes,
            code in focus,
            doubt=code in found.indistinct and code in classes,
        )
        for code in codes
    )
    labels = tuple(
        Label(code, n.area_or_focus(code), need_map.verdict_label(n, found, code), code in focus)
        for code in codes
    )
    points = blocks.places(n.package, answer.fit)
    signs = (*_class_signs(n, found, classes), *blocks.signs(n, bool(points)))
    return Map("", need_map.described(n, found, classes), areas, labels, points, signs, n.credit)


def _class_signs(n: Names, found: Gaps, classes: dict[str, int]) -> list[Sign]:
    """The nine colours with the number of districts of each, and those without one."""
    signs = [
        Sign(
            "fill", f"{bivariate.class_text(n, found.table, i)} ({n.w.number(count)})", bivariate.colors()[i]
        )
        for i, count in reversed(list(enumerate(need_map.class_counts(classes))))
    ]
    signs += [Sign("doubt", need_beside_text(n, INDISTINCT))] if found.indistinct else []
    missing = len(found.table) - len(classes)
    return [*signs, Sign("missing", bivariate.not_known_text(n, missing))] if missing else signs
