"""The brief of the coverage page: what its open part says, and where the figures bear the word gap."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from hsc_geo.analysis import matrix
from hsc_geo.analysis.asked import asked
from hsc_geo.analysis.matrix import Basis, build_matrix, with_ambition
from hsc_geo.analysis.reach import Reach, for_life_stage, people_of, reach
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.coverage.answers import ever_known
from hsc_geo.views.coverage.choices import (
    BEAR,
    ELSEWHERE,
    KNOWN,
    NEAR,
    NEED,
    NEXT,
    CoverageChoice,
    coverage_choice,
    part_names,
)
from hsc_geo.views.coverage.paper.need import NeedPart, need_part
from hsc_geo.views.coverage.paper.parts import part_blocks
from hsc_geo.views.coverage.screen.near import told_text
from hsc_geo.views.coverage.words.known import matrix_columns, matrix_rows
from hsc_geo.views.coverage.words.near import (
    method_texts,
    places_text,
    reach_columns,
    reach_rows,
    residents_note,
    warnings,
)
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Block, Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.wording.asked import absent
from hsc_geo.views.wording.counted import label
from hsc_geo.views.wording.counts import TOTAL

CHOSEN = "chosen"
SECTIONS = {  # of each part of the page: what two pages hold, what the part itself says first
    KNOWN: (KNOWN, NEED),
    NEAR: (NEAR, CHOSEN, NEED),
    NEED: (CHOSEN, NEED),
    NEXT: (CHOSEN, NEED),
    ELSEWHERE: (CHOSEN, NEED),
    BEAR: (CHOSEN, NEED),
}


def document(n: Names, state: PageState, link: str) -> Document:
    """The brief of the choices of the page, whose parameters are `choices.parameters`."""
    choice = coverage_choice(n, state)
    chosen = part_blocks(n, state, tuple(matrix.counted(n.package, choice.basis)))
    return coverage_brief(n, choice, link, n.today, state["part"], chosen)


def coverage_brief(
    n: Names,
    choice: CoverageChoice,
    link: str,
    today: dt.date,
    part: str = KNOWN,
    chosen: Sequence[Block] = (),
) -> Document:
    """The brief of a part of the page: first what that part says, then need beside what is known, with both on a map;
    see SECTIONS.

    `chosen` are the blocks of the part that the brief does not hold anyway, see `coverage_part`.
    """
    w = n.w
    ids = matrix.counted(n.package, choice.basis)
    need = _need(n, choice, ids, part == NEED)
    made: dict[str, Callable[[], Sequence[Block]]] = {
        KNOWN: lambda: _known(n, choice, ids),
        NEAR: lambda: _reach(n, choice, ids),
        NEED: lambda: need.blocks,
        CHOSEN: lambda: chosen,
    }
    return Document(
        kind="coverage",
        place=choice.level,
        title=part_names(w)[part],
        subtitle=subtitle(n, choice, ids),
        language=w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=tuple(block for section in SECTIONS[part] for block in made[section]()),
        sources=(*need.sources, *_sources(n, choice)),
        caveats=(blocks.absence(n), inferred(n, ids), *need.caveats),
    )


def subtitle(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> str:
    """How many count, and by which rule."""
    w = n.w
    total = len(n.package.initiatives)
    shown = w.t("{shown} of {total} initiatives count", shown=w.number(len(ids)), total=w.number(total))
    return f"{shown}: {label(n, choice.basis)}."


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
    found = build_matrix(n.package, ids, choice.level)
    columns = matrix_columns(n, found, TOTAL)
    ever = ever_known(n.package, choice.basis, choice.level)
    rows = matrix_rows(n, found, choice.level, TOTAL, ever, beside=choice.beside)
    if choice.level != DISTRICT:  # of many rows those with something come first; the others may be cut
        rows = sorted(rows, key=lambda row: not found.at(row.id))
    widths = (0.3, *[0.7 / (len(columns) - 1)] * (len(columns) - 1))
    return blocks.as_table(caption, columns, rows, elastic=choice.level != DISTRICT, widths=widths)


def _without(n: Names, ids: Sequence[str]) -> list[Block]:
    """Per ambition the districts for which none is known."""
    w = n.w
    found = build_matrix(n.package, ids, DISTRICT)
    districts = [row for row in found.rows if row in n.package.areas.index]
    gone = {a: [d for d in districts if not found.at(d, a)] for a in found.ambitions if a != "none"}
    texts = tuple(
        w.t(
            "{ambition}: {places}",
            ambition=n.term("ambition", a),
            places=", ".join(_without_name(n, place, a) for place in places),
        )
        for a, places in gone.items()
        if places
    )
    if not texts:
        return []
    return [Heading(w.t("Districts without a known initiative, by ambition")), Bullets(texts)]


def _without_name(n: Names, area_code: str, ambition: str) -> str:
    """The district, with the day on which it was asked where someone did."""
    was_asked = asked(n.package, area_code, ambition, n.today)
    return f"{n.area(area_code)} ({absent(n, area_code, ambition)})" if was_asked else n.area(area_code)


def _reach(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> list[Block]:
    w = n.w
    people = people_of(choice.life_stage)
    fit = _fitting(n, choice, ids)
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
        *([Paragraph(told_text(n, found, choice.distance))] if fit else []),
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
    return [blocks.as_table(caption, reach_columns(n, people), rows, strong=[len(rows) - 1], widths=widths)]


def _need(n: Names, choice: CoverageChoice, ids: Sequence[str], full: bool) -> NeedPart:
    known = matrix.counted(n.package, Basis(choice.basis.count))  # also what nobody confirmed lately
    fit, every = (_fitting(n, choice, each) for each in (ids, known))
    people = people_of(choice.life_stage)
    return need_part(
        n, choice.ingredients, fit, choice.distance, people, every, choice.ambition, choice.life_stage, full
    )


def _fitting(n: Names, choice: CoverageChoice, ids: Sequence[str]) -> tuple[str, ...]:
    return for_life_stage(n.package, with_ambition(n.package, ids, choice.ambition), choice.life_stage)


def _sources(n: Names, choice: CoverageChoice) -> tuple[str, ...]:
    residents = residents_note(n, people_of(choice.life_stage))
    return (blocks.register_source(n), *residents, blocks.boundary_source(n))
