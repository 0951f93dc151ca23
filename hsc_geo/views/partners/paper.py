"""The paper of the page Partners: the sentence of the question that is open, with its map and its lists."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from hsc_geo.analysis.continuity import what_may_end
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.partners import organisation
from hsc_geo.views.kit.links import ENDING, MISSING, NEAR, NEIGHBOURS, ORGANISATION
from hsc_geo.views.kit.names import Names, organisation_name
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Beside, Block, Document, Heading, Map, Paragraph, Sign
from hsc_geo.views.partners import answers
from hsc_geo.views.partners.choices import missing_choice, near_choice, neighbours_choice
from hsc_geo.views.partners.words import ending, missing, near, neighbours
from hsc_geo.views.partners.words import organisation as of_one
from hsc_geo.views.partners.words.page import part_names
from hsc_geo.views.wording.counted import label, sentence

FIRST = 12  # rows beside the map


@dataclass(frozen=True)
class Told:
    """What is on the paper. about: '' for the whole city. said: the sentence. counts: what counts and as of when."""

    about: str
    said: str
    counts: str
    blocks: list[Block]


def document(n: Names, state: PageState, link: str) -> Document:
    """The paper of the choices of the page, whose parameters are `choices.parameters`."""
    part = state["part"]
    told = {
        NEAR: _near,
        NEIGHBOURS: _neighbours,
        ORGANISATION: _organisation,
        MISSING: _missing,
        ENDING: _ending,
    }[part](n, state)
    question, counted = part_names(n.w)[part], n.w.t("Counted: {label}.", label=told.counts)
    return Document(
        kind="partners",
        place=part,
        title=told.about[:1].upper() + told.about[1:] or question,
        subtitle=told.said,
        beside=f"{question} {counted}" if told.about else counted,
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=n.today,
        blocks=tuple(told.blocks),
        sources=(blocks.register_source(n), blocks.boundary_source(n)),
        caveats=(blocks.absence(n),),
    )


def _table(listing: Listing, keep: Sequence[int] | None = None) -> list[Block]:
    """The list as a table, without the mark of its status, which the letters of papers lack, and without what its
    caption says of a press. keep: as `as_table`."""
    if not listing.rows:
        return []
    at = [i for i, column in enumerate(listing.columns) if column.key == "status"]
    rows = [
        replace(row, cells=[cell.partition(" ")[2] if i in at else cell for i, cell in enumerate(row.cells)])
        for row in listing.rows
    ]
    caption = listing.caption.partition("; ")[0]
    return [blocks.listed(replace(listing, rows=rows, caption=caption), keep, elastic=True)]


def _beside(n: Names, listing: Listing, map_: Map) -> list[Block]:
    """The first rows beside the map, then the other rows."""
    first, rest = listing.rows[:FIRST], listing.rows[FIRST:]
    keep = [i for i, column in enumerate(listing.columns) if not column.spare]
    short = _table(replace(listing, rows=first), keep)
    more = replace(listing, rows=rest, caption=n.w.t("The list goes on"))
    return [Beside(tuple(short), (map_,), 0.56), *_table(more)]


def _near(n: Names, state: PageState) -> Told:
    choice = near_choice(state)
    found, counts = answers.near(n.package, choice, n.today), near.label(n, choice)
    if found is None:
        every = answers.everywhere(n.package, choice, n.today)
        said = near.said_everywhere(n, choice, every)
        map_ = blocks.known_map(n, (), every.ids, every.ids)
        return Told("", said, counts, _beside(n, near.everywhere_list(n, choice, every), map_))
    shown = [each.id for each in answers.shown(found, choice)]
    name = answers.name_at(n.package, choice.at)
    place = near.place_text(n, choice, found, name)
    code = found.start.neighbourhood or found.start.district
    map_ = blocks.known_map(n, [code] if code else [], shown, shown)
    map_ = replace(map_, chosen=(found.start.point,), signs=(Sign("chosen", place), *map_.signs))
    said = near.said(n, choice, found, name)
    own = tuple(each for each in map_.labels if each.code == found.start.district)
    map_ = replace(map_, labels=own)
    return Told(place, said, counts, _beside(n, near.near_list(n, choice, found), map_))


def _neighbours(n: Names, state: PageState) -> Told:
    choice = neighbours_choice(state)
    if not choice.initiative:
        found = answers.sharing(n.package)
        listing = neighbours.sharing_list(n, found)
        return Told("", neighbours.said_sharing(n, found), label(n), _table(listing))
    shown = answers.with_reasons(answers.neighbours_of(n.package, choice), choice.reasons)
    said, listing = neighbours.said(n, choice, shown), neighbours.neighbours_list(n, shown)
    return Told(n.initiative(choice.initiative), said, label(n, choice.basis), _table(listing))


def _organisation(n: Names, state: PageState) -> Told:
    key = state["org"]
    if not key:
        found = answers.active(n.package)
        return Told("", of_one.said_active(n, found), label(n), _table(of_one.active_list(n, found)))
    now = organisation(n.package, key, counted(n.package, Basis()))
    every = organisation(n.package, key)
    told = _table(of_one.parts(n, every))
    if every.companions:
        told += [Heading(n.w.t("With whom?")), *_table(of_one.companions(n, every))]
    return Told(organisation_name(n, key), of_one.said(n, now), label(n), told)


def _missing(n: Names, state: PageState) -> Told:
    choice = missing_choice(n.package, state)
    found = answers.missing(n.package, choice)
    told: list[Block] = [
        Paragraph(sentence(n, found.count, choice.area), quiet=True),
        *_table(missing.matrix(n, found.found)),
    ]
    sector = choice.sector or next(iter(found.found.missing), "")
    if sector:
        asked = replace(choice, sector=sector)
        guests = answers.guests(n.package, asked)
        told += [Heading(n.w.t("Whom to invite?")), *_table(missing.invitation_list(n, asked, guests))]
    return Told(n.area(choice.area), missing.said(n, choice, found.found), label(n), told)


def _ending(n: Names, state: PageState) -> Told:
    months = state.number("soon")
    found = what_may_end(n.package, n.today, months)
    return Told("", ending.said(n, found, months), label(n), _table(ending.may_end(n, found)))
