"""The paper of the page of research: what its open part found."""

from __future__ import annotations

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.research.choices import choice
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.results import nothing, result
from hsc_geo.views.research.words.page import part_names

KIND = "research"
FIRST, WIDEST = 0.24, 0.16  # of the width: least of a column of names, most of one of numbers


def document(n: Names, state: PageState, link: str) -> Document:
    """The paper of the choices of the page, whose parameters are `choices.parameters`."""
    chosen = choice(n.package, state)
    found = result(n, chosen)
    return Document(
        kind=KIND,
        place=chosen.part,
        title=found.title if found else part_names(n.w)[chosen.part],
        subtitle=found.said if found else nothing(n),
        beside=found.beside if found else "",
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=n.today,
        blocks=_blocks(n, found) if found else (),
        sources=(*(found.sources if found else ()), blocks.register_source(n), blocks.boundary_source(n)),
        caveats=(*(found.warnings if found else ()), blocks.absence(n)),
    )


def _blocks(n: Names, found: Result) -> tuple[Block, ...]:
    told: tuple[Block, ...] = (
        (Heading(n.w.t("How it was found")), Bullets(found.method, elastic=True)) if found.method else ()
    )
    return (*_pictures(found), *_tables(n, found), *told)


def _tables(n: Names, found: Result) -> tuple[Block, ...]:
    """The tables, the shortest first: of the longest, rows are left out where the paper would get too long."""
    listing = found.turned or found.listing
    tables = sorted(
        (each for each in (listing, *found.smaller) if each.rows), key=lambda each: len(each.rows)
    )
    empty = () if found.listing.rows else (Paragraph(n.w.t("There are no rows.")),)
    return (*empty, *(_table(found, each) for each in tables))


def _table(found: Result, listing: Listing) -> Table:
    """A table with the columns for which a paper has room."""
    columns, room = listing.columns, found.on_paper if listing is found.listing else ()
    keep = [i for i, column in enumerate(columns) if column.key in room] if room else None
    return blocks.listed(listing, keep, elastic=True, widths=_widths(listing) if found.first_wide else ())


def _widths(listing: Listing) -> tuple[float, ...]:
    """Room for the names in the first column; the others share the rest."""
    others = len(listing.columns) - 1
    first = max(FIRST, 1 - others * WIDEST)
    return (first, *[(1 - first) / others] * others)


def _pictures(found: Result) -> tuple[Block, ...]:
    """The plots; the map beside the first two of them."""
    if found.map is None:
        return found.plots
    if not found.plots:
        return (found.map,)
    return (Beside(found.plots[:2], (found.map,), share=0.58), *found.plots[2:])
