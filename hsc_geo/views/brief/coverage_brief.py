"""The brief of the coverage page: what is known where, who lives near, and where the figures bear the word gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from hsc_geo.analysis import matrix
from hsc_geo.analysis.explore import LEVELS
from hsc_geo.analysis.gaps import Gaps, gaps
from hsc_geo.analysis.matrix import Basis, build_matrix, with_ambition
from hsc_geo.analysis.need import Ingredient, NeedError, default_ingredients, need_index, sensitivity
from hsc_geo.analysis.reach import Reach, for_life_stage, people_of, reach
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.brief import parts
from hsc_geo.views.brief.model import Block, Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.coverage_choices import TOTAL
from hsc_geo.views.coverage_compose import composition_text
from hsc_geo.views.coverage_matrix import ever_known, matrix_columns, matrix_rows, row_name
from hsc_geo.views.coverage_need import reason_text, verdict_name
from hsc_geo.views.coverage_reach import (
    RESIDENTS,
    method_texts,
    places_text,
    reach_columns,
    reach_rows,
    warnings,
)
from hsc_geo.views.names import Names


@dataclass(frozen=True)
class CoverageChoice:
    """The choices of the coverage page that its brief follows: who counts, the level, the distance in metres, and the
    ambition and life stage of the reach ('' for all), and the figures of the index of need (none: the default)."""

    basis: Basis = field(default_factory=Basis)
    level: str = LEVELS[0]
    everywhere: bool = False
    distance: int = 500
    ambition: str = ""
    life_stage: str = ""
    ingredients: tuple[Ingredient, ...] = ()


def coverage_brief(n: Names, choice: CoverageChoice, link: str, today: dt.date) -> Document:
    """Matrix of ambition by area, reach with both bounds, what is missing and what none known means."""
    w = n.w
    ids = matrix.counted(n.package, choice.basis)
    return Document(
        kind="coverage",
        place=choice.level,
        title=w.t("What is known where"),
        subtitle=subtitle(n, choice, ids),
        language=w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=(*_known(n, choice, ids), *_reach(n, choice, ids), *_gaps(n, choice, ids)),
        sources=_sources(n),
        caveats=(parts.absence(n), inferred(n, ids)),
    )


def subtitle(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> str:
    """How many count, and by which rule."""
    w = n.w
    counts = {
        matrix.KNOWN: w.t("Not known to have ended"),
        matrix.ACTIVE: w.t("Active when last seen"),
        matrix.EVERY: w.t("Ended ones too"),
    }
    total = len(n.package.initiatives)
    shown = w.t("{shown} of {total} initiatives count", shown=w.number(len(ids)), total=w.number(total))
    fresh = (
        w.t("as confirmed within {n} months", n=choice.basis.within)
        if choice.basis.within
        else w.t("As known").lower()
    )
    return f"{shown}: {counts[choice.basis.count].lower()}, {fresh}."


def inferred(n: Names, ids: Sequence[str]) -> str:
    """For how many of the initiatives we inferred the ambition."""
    stated = n.package.initiatives["ambition_basis"].reindex(list(ids)) == "stated"
    return n.w.t(
        "The ambition is inferred by us for {n} of {total}.",
        n=n.w.number(int((~stated).sum())),
        total=n.w.number(len(ids)),
    )


def _known(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> list[Block]:
    w = n.w
    level = w.t("district") if choice.level == DISTRICT else w.t("neighbourhood")
    text = w.t(
        "One that serves several areas or ambitions counts in each of them, and once under any ambition."
    )
    caption = w.t("Initiatives known to serve each {level}, by ambition", level=level)
    return [_matrix(n, choice, ids, caption), Paragraph(text, quiet=True), *_without(n, ids)]


def _matrix(n: Names, choice: CoverageChoice, ids: Sequence[str], caption: str) -> Table:
    found = build_matrix(n.package, ids, choice.level, choice.everywhere)
    columns = matrix_columns(n, found, TOTAL)
    within = choice.basis.within
    ever = ever_known(n.package, choice.basis.count, choice.level, choice.everywhere) if within else None
    rows = matrix_rows(n, found, choice.level, TOTAL, ever)
    if choice.level != DISTRICT:  # of many rows those with something come first; the others may be cut
        rows = sorted(rows, key=lambda row: not found.at(row.id))
    widths = (0.3, *[0.7 / (len(columns) - 1)] * (len(columns) - 1))
    return parts.as_table(caption, columns, rows, elastic=choice.level != DISTRICT, widths=widths)


def _without(n: Names, ids: Sequence[str]) -> list[Block]:
    """Per ambition the districts for which none is known."""
    w = n.w
    found = build_matrix(n.package, ids, DISTRICT)
    districts = [row for row in found.rows if row in n.package.areas.index]
    gone = {a: [d for d in districts if not found.at(d, a)] for a in found.ambitions if a != "none"}
    texts = tuple(
        w.t("{ambition}: {places}", ambition=n.term("ambition", a), places=", ".join(map(n.area, places)))
        for a, places in gone.items()
        if places
    )
    if not texts:
        return []
    return [Heading(w.t("Districts without a known initiative, by ambition")), Bullets(texts)]


def _reach(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> list[Block]:
    w = n.w
    people = people_of(choice.life_stage)
    fit = for_life_stage(n.package, with_ambition(n.package, ids, choice.ambition), choice.life_stage)
    found = reach(n.package, fit, choice.distance, people)
    chosen = [n.term("ambition", choice.ambition)] if choice.ambition else []
    chosen += [n.term("life_stage", choice.life_stage)] if choice.life_stage else []
    head = " · ".join([w.t("Who lives near"), *chosen])
    told = (
        [Paragraph(text) for text in warnings(n, found, choice.distance)]
        if found.placed or found.area_only
        else []
    )
    notes = Bullets(tuple(method_texts(n, choice.life_stage, people)[:2]))
    return [
        Heading(head),
        Paragraph(places_text(n, found)),
        *_reach_table(n, found, choice, people),
        *told,
        notes,
    ]


def _reach_table(n: Names, found: Reach, choice: CoverageChoice, people: str) -> list[Block]:
    if not (found.placed or found.area_only):
        return []
    rows = reach_rows(n, found)
    caption = n.w.t(
        "Residents within {n} metres of an initiative, by district", n=n.w.number(choice.distance)
    )
    widths = (0.3, *[0.14] * 5)
    return [parts.as_table(caption, reach_columns(n, people), rows, strong=[len(rows) - 1], widths=widths)]


def _gaps(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> list[Block]:
    """Need beside known provision by district: gap, uncertain, no sign, or not known."""
    w = n.w
    fit = for_life_stage(n.package, with_ambition(n.package, ids, choice.ambition), choice.life_stage)
    try:
        need = need_index(n.package, choice.ingredients or default_ingredients(n.package), DISTRICT)
    except NeedError:
        return []
    found = gaps(
        n.package, fit, choice.distance, need, sensitivity(need), DISTRICT, people_of(choice.life_stage)
    )
    note = w.t(
        "Need: the mean place of the district on these figures, with these weights: {figures}. Provision: the share of "
        "residents near a known place. It is a gap only where both hold however the figures are weighed and however "
        "the unknown places lie; else it is uncertain.",
        figures=composition_text(n, need),
    )
    ask = w.t("A gap is a reason to ask, not proof: it is about what is known.")
    return [
        Heading(w.t("Need beside what is known")),
        _gap_table(n, found),
        Paragraph(" ".join([note, ask]), quiet=True),
    ]


def _gap_table(n: Names, found: Gaps) -> Table:
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
        caption, header, rows, (False, True, True, True, False), widths=(0.26, 0.1, 0.11, 0.11, 0.42)
    )


def _verdict(n: Names, verdict: str, reasons: Sequence[str]) -> str:
    """`uncertain: of initiatives here the place is not known`."""
    why = "; ".join(reason_text(n, code) for code in reasons)
    return f"{verdict_name(n, verdict)}: {why}" if why else verdict_name(n, verdict)


def _sources(n: Names) -> tuple[str, ...]:
    people = (
        (
            n.w.t(
                "Residents by neighbourhood, which add up to the districts: {source}.",
                source=n.source(RESIDENTS),
            ),
        )
        if RESIDENTS in n.package.indicators.index
        else ()
    )
    return (parts.register_source(n), *people, parts.boundary_source(n))
