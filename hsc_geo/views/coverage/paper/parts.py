"""What the part of the coverage page that is open adds to its brief: it stands first."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from hsc_geo.analysis.need import NeedError
from hsc_geo.analysis.serving import DISTRICT, WIDE_SCOPES
from hsc_geo.views.coverage.answers.claim import claim
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.answers.elsewhere import elsewhere
from hsc_geo.views.coverage.answers.known import Known, districts_without, known
from hsc_geo.views.coverage.answers.near import Near, near, shared
from hsc_geo.views.coverage.answers.need import needs
from hsc_geo.views.coverage.answers.where_next import Next, what_if, where_next
from hsc_geo.views.coverage.choices import BEAR, ELSEWHERE, KNOWN, NEAR, NEED, NEXT, CoverageChoice
from hsc_geo.views.coverage.words import access as access_words
from hsc_geo.views.coverage.words import claim as claim_words
from hsc_geo.views.coverage.words import elsewhere as elsewhere_words
from hsc_geo.views.coverage.words import known as known_words
from hsc_geo.views.coverage.words import near as near_words
from hsc_geo.views.coverage.words import need as need_words
from hsc_geo.views.coverage.words import what_if as what_if_words
from hsc_geo.views.coverage.words import where_next as where_next_words
from hsc_geo.views.coverage.words.composition import error_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Beside, Block, Bullets, Heading, Paragraph, Table
from hsc_geo.views.wording.counts import TOTAL
from hsc_geo.views.wording.short import short_list


def part_blocks(n: Names, choice: CoverageChoice) -> tuple[Block, ...]:
    """The blocks of the part that is chosen."""
    made: dict[str, Callable[[Names, CoverageChoice], list[Block]]] = {
        KNOWN: _known,
        NEAR: _near,
        NEED: _need,
        NEXT: _next,
        ELSEWHERE: _elsewhere,
        BEAR: _bear,
    }
    return tuple(made[choice.part](n, choice))


def sentence(n: Names, choice: CoverageChoice) -> str:
    """The answer of the part that is chosen, as on the screen."""
    said: dict[str, Callable[[], str]] = {
        KNOWN: lambda: known_words.said(n, known(n, choice), choice),
        NEAR: lambda: near_words.said(n, near(n, choice)),
        NEED: lambda: need_words.said(n, needs(n, choice), choice.level),
        NEXT: lambda: where_next_words.said(n, where_next(n, choice), choice),
        ELSEWHERE: lambda: elsewhere_words.said(n, elsewhere(n, choice)),
        BEAR: lambda: claim_words.sentence(n, claim(n, choice)),
    }
    try:
        return said[choice.part]()
    except NeedError as error:
        return error_text(n, error)


def _even(first: float, others: int) -> tuple[float, ...]:
    return (first, *[(1 - first) / others] * others)


# What is known where


def _known(n: Names, choice: CoverageChoice) -> list[Block]:
    """The number of each district on a map with the places of the chosen cell, its list, and the matrix of areas and
    ambitions."""
    several = Paragraph(known_words.several_text(n), quiet=True)
    answer, of, ids = known(n, choice), replace(choice, split=TOTAL), counted(n, choice)
    found, row = answer.found, choice.area
    shown = found.at(row, choice.cell) if row in found.rows else ids
    areas = [row] if row in found.rows[:-1] and row not in WIDE_SCOPES else []
    beside = Beside((blocks.known_map(n, areas, ids, shown),), tuple(_without(n, choice)), 0.6)
    return [beside, *_cell(n, answer, choice), _matrix(n, answer, of), several]


def _cell(n: Names, answer: Known, choice: CoverageChoice) -> list[Block]:
    found = answer.found
    if choice.area not in found.rows:
        return []
    lists = [found.at(choice.area, choice.cell), found.beside(choice.area, choice.cell)]
    heads = [
        known_words.cell_title(n, choice, choice.area, choice.cell),
        known_words.wide_title(n, lists[1]),
    ]
    made: list[Block] = []
    for head, ids in zip(heads, lists, strict=True):
        if ids:
            made += [
                Heading(head),
                blocks.listed(short_list(n, ids), elastic=True, widths=(0.44, 0.32, 0.24)),
            ]
    return made


def _matrix(n: Names, answer: Known, choice: CoverageChoice) -> Table:
    shown, widths = known_words.known_table(n, answer, choice), _even(0.3, len(answer.found.ambitions) + 1)
    last = [len(shown.rows) - 1]
    if choice.level == DISTRICT:
        return blocks.listed(shown, strong=last, widths=widths)
    return blocks.listed(_with_something_first(shown, answer), elastic=True, widths=widths)


def _with_something_first(shown: Listing, answer: Known) -> Listing:
    """Of many rows those with something come first; the others may be cut."""
    return replace(shown, rows=sorted(shown.rows, key=lambda row: not answer.found.at(row.id)))


def _without(n: Names, choice: CoverageChoice) -> list[Block]:
    texts = known_words.without_texts(n, districts_without(n, choice))
    head = Heading(known_words.without_title(n))
    return [head, Bullets(texts)] if texts else []


# Who lives near


def _near(n: Names, choice: CoverageChoice) -> list[Block]:
    answer = near(n, choice)
    return [
        Paragraph(near_words.places_text(n, answer.found)),
        *([_reach(n, answer)] if answer.measured else []),
        *map(Paragraph, near_words.warnings(n, answer)),
        Bullets(tuple(near_words.method_texts(n, answer)[:2])),
        *_access(n, choice),
    ]


def _reach(n: Names, answer: Near) -> Table:
    shown = near_words.reach_table(n, answer)
    return blocks.listed(shown, strong=[len(shown.rows) - 1], widths=_even(0.3, 3))


def _access(n: Names, choice: CoverageChoice) -> list[Block]:
    head, found = Heading(access_words.title(n)), shared(n, choice)
    if not found.placed:
        return [head, Paragraph(access_words.no_place_text(n))]
    methods = Bullets(tuple(access_words.method_texts(n, found, choice.sharing)))
    shown, widths = access_words.access_table(n, found, choice), _even(0.3, 5)
    if choice.level == DISTRICT:
        return [head, blocks.listed(shown, strong=[len(shown.rows) - 1], widths=widths), methods]
    *areas, city = shown.rows  # the city first where the areas may be cut
    first = replace(shown, rows=[city, *areas])
    return [head, blocks.listed(first, strong=[0], elastic=True, widths=widths), methods]


# Need and gaps, where next


def _need(n: Names, choice: CoverageChoice) -> list[Block]:
    """On how many places the answer rests."""
    return [Paragraph(near_words.places_text(n, near(n, choice).found))]


def _next(n: Names, choice: CoverageChoice) -> list[Block]:
    """The best choices, and what the change that is tried out would do."""
    try:
        answer = where_next(n, choice)
    except NeedError:
        return []
    return [*_need(n, choice), *_best(n, answer, choice), *_what_if(n, choice)]


def _best(n: Names, answer: Next, choice: CoverageChoice) -> list[Block]:
    if answer.found is None:
        return []
    methods = Bullets(tuple(where_next_words.method_texts(n, answer, choice)))
    if not answer.found.options:
        return [methods]
    shown = where_next_words.next_table(n, answer.found)
    return [blocks.listed(shown, elastic=True, widths=(0.1, 0.54, 0.18, 0.18)), methods]


def _what_if(n: Names, choice: CoverageChoice) -> list[Block]:
    found = what_if(n, choice)
    if found is None:
        return []
    shown = what_if_words.what_if_table(n, found, choice)
    return [
        Heading(what_if_words.title(n)),
        Bullets((what_if_words.tried_text(n, choice.tried), *what_if_words.slope_texts(n, found))),
        blocks.listed(shown, strong=[len(shown.rows) - 1], widths=_even(0.3, 5)),
        Paragraph(what_if_words.caveat_text(n), quiet=True),
    ]


# What can serve elsewhere, what figures can bear


def _elsewhere(n: Names, choice: CoverageChoice) -> list[Block]:
    """Each initiative once; how the areas are alike where one is chosen."""
    lead, answer = Paragraph(elsewhere_words.lead(n)), elsewhere(n, choice)
    if not answer.found:
        return [lead]
    table = blocks.listed(
        elsewhere_words.transfer_table(n, answer), elastic=True, widths=(0.34, 0.2, 0.36, 0.1)
    )
    one = answer.by_initiative.get(choice.like, [])
    alike = [blocks.listed(elsewhere_words.alike_table(n, one), widths=(0.24, 0.34, 0.42))] if one else []
    return [lead, table, *alike, Bullets(tuple(elsewhere_words.method_texts(n, choice.level)))]


def _bear(n: Names, choice: CoverageChoice) -> list[Block]:
    """The claim, whether the figures bear it and why, and what to ask instead."""
    answer = claim(n, choice)
    said = claim_words.said(n, answer)
    instead: list[Block] = [Heading(said.instead_head), Paragraph(said.instead)] if said.instead else []
    keys = answer.reading.indicator_ids
    limits = Bullets((*blocks.caveats(n, keys), *blocks.limits(n, keys)))
    table = blocks.listed(claim_words.claims_table(n, answer), widths=(0.8, 0.2))
    return [Heading(said.head), Paragraph(said.asked), Paragraph(said.reason), *instead, table, limits]
