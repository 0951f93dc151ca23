"""The paper of what changed: what a yearly meeting looks back on, by district and by ambition."""

from __future__ import annotations

from hsc_geo.views.changes import answers, tables, words
from hsc_geo.views.changes.answers import Counts, Found
from hsc_geo.views.changes.choices import ChangesChoice, choice
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Block, Document, Heading, Paragraph, Table

KIND = "changes"
FIRST = 0.4  # of the width, for names of areas and ambitions
WIDTHS = {
    "what": 0.11,
    "day": 0.13,
    "name": 0.27,
    "serves": 0.17,
    "change": 0.32,
    "when": 0.14,
    "ambition": 0.26,
}


def document(n: Names, state: PageState, link: str) -> Document:
    """The paper of the choices of the page, whose parameters are `choices.parameters`."""
    chosen = choice(n, state)
    found = answers.found(n, chosen)
    return Document(
        kind=KIND,
        place=chosen.area or "all",
        title=words.asked(n, chosen),
        subtitle=words.said(n, chosen, found),
        beside=words.beside(n, chosen, found),
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=n.today,
        blocks=tuple(_blocks(n, chosen, found)),
        sources=(blocks.register_source(n),),
        caveats=(*words.method(n, found), blocks.absence(n)),
    )


def _blocks(n: Names, chosen: ChangesChoice, found: Found) -> list[Block]:
    w, made = n.w, list[Block]()
    if found.changed.entries:
        counts = answers.count_changes(n.package, found.changed.entries, chosen.area)
        made += [Heading(w.t("Changes in the register")), *_counts(n, counts, words.count_captions(n))]
        made.append(_table(tables.entries(n, chosen, found)))
    if found.dates:
        counts = answers.count_dates(n.package, found.dates, chosen.area)
        by_area = [] if found.covered else _counts(n, counts, words.count_captions(n))
        made += [Heading(w.t("By the dates of the entries")), *by_area]
        made.append(_table(tables.dates(n, found)))
    if found.changed.figures:
        made += [Heading(w.t("Figures")), blocks.listed(tables.figures(n, chosen, found), elastic=True)]
    return [*made, *_fresh(n, chosen, found)]


def _fresh(n: Names, chosen: ChangesChoice, found: Found) -> list[Block]:
    told: list[Block] = [
        Heading(n.w.t("How old is what is known?")),
        Paragraph(words.newest(n, found)),
        *_counts(n, answers.count_ages(n, found.known, chosen.area), words.age_captions(n)),
    ]
    return told


def _counts(n: Names, counts: Counts, captions: tuple[str, str]) -> list[Block]:
    return [
        _narrow(tables.by_area(n, counts, captions[0])),
        _narrow(tables.by_ambition(n, counts, captions[1])),
    ]


def _narrow(listing: Listing) -> Table:
    rest = len(listing.columns) - 1
    return blocks.listed(listing, widths=(FIRST, *[(1 - FIRST) / rest] * rest))


def _table(listing: Listing) -> Table:
    """The columns for which a paper has room, with a share of the width for each."""
    keys = [each.key for each in listing.columns]
    keep = [i for i, key in enumerate(keys) if key in WIDTHS and (key != "ambition" or "change" not in keys)]
    room = [WIDTHS[keys[i]] for i in keep]
    return blocks.listed(listing, keep, elastic=True, widths=tuple(each / sum(room) for each in room))
