"""The brief of the coverage page: what its open part says."""

from __future__ import annotations

import datetime as dt

from hsc_geo.analysis.own_area import own_areas
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.choices import BEAR, KNOWN, NEED, CoverageChoice, coverage_choice
from hsc_geo.views.coverage.paper.need import NeedPart, need_part
from hsc_geo.views.coverage.paper.parts import part_blocks, sentence
from hsc_geo.views.coverage.words.chosen import told
from hsc_geo.views.coverage.words.known import inferred_text
from hsc_geo.views.coverage.words.near import residents_note
from hsc_geo.views.coverage.words.page import count_text, part_names
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Document
from hsc_geo.views.wording.counted import label
from hsc_geo.views.wording.own_area import definitions, without_text


def document(n: Names, state: PageState, link: str) -> Document:
    """The brief of the choices of the page, whose parameters are `choices.parameters`."""
    return coverage_brief(n, coverage_choice(n, state), link, n.today)


def coverage_brief(n: Names, choice: CoverageChoice, link: str, today: dt.date) -> Document:
    """The brief of a part of the page: what that part says, and of what is known and of need its map."""
    ids = counted(n, choice)
    need = need_part(n, choice) if choice.part == NEED else NeedPart(())
    return Document(
        kind="coverage",
        place=choice.level,
        title=part_names(n.w)[choice.part],
        subtitle=sentence(n, choice),
        beside=f"{told(n, choice)}. {count_text(n, ids)}: {label(n, choice.basis)}.",
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=(*part_blocks(n, choice), *need.blocks),
        sources=(*need.sources, *_sources(n, choice)),
        caveats=(blocks.absence(n), *_own(n, choice), inferred_text(n, ids), *need.caveats),
    )


def _own(n: Names, choice: CoverageChoice) -> tuple[str, ...]:
    """What the own areas are, or that the part has none of them."""
    if choice.part in (KNOWN, BEAR):
        return tuple(definitions(n, (each.code for each in own_areas(n.package))))
    return tuple(filter(None, [without_text(n)]))


def _sources(n: Names, choice: CoverageChoice) -> tuple[str, ...]:
    residents = residents_note(n, choice.people)
    return (blocks.register_source(n), *residents, blocks.boundary_source(n))
