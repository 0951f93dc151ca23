"""The paper of a district or neighbourhood, or of a few of one level side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hsc_geo.analysis import matrix
from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.views.kit.intervals import rule_text
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Label, Map, Paragraph, Table
from hsc_geo.views.profile import answers, choices, paper_figures, said, tables
from hsc_geo.views.profile.answers import Groups
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.summary import sentences
from hsc_geo.views.profile.words import ambitions_head, intervals_known, missing_head, scale_line
from hsc_geo.views.wording.area import kind_line
from hsc_geo.views.wording.asked import asked_plain
from hsc_geo.views.wording.counted import label, number, wide_text
from hsc_geo.views.wording.missing import kinds_text, missing_text, none_missing_text
from hsc_geo.views.wording.own_area import definitions, method_texts


def document(n: Names, state: PageState, link: str) -> Document:
    """The brief of the choices of the page, whose parameters are `choices.parameters`."""
    return profile_brief(n, choices.choice(n.package, state), link, n.today)


def profile_brief(n: Names, choice: ProfileChoice, link: str, today: dt.date) -> Document:
    """Summary with a map, spine chart with its table, initiatives by ambition, and who is missing, for one to four
    areas.

    Raises KeyError for an unknown area, ValueError without areas or for areas that are not of one level.
    """
    answers.check_together(n.package, choice.areas)
    core = answers.core_figures(n.package, choice)
    others = answers.other_figures(n.package, choice)
    counts = said.beside(n, choice)
    return Document(
        kind="profile",
        place="-".join(choice.areas),
        title=" · ".join(map(n.area, choice.areas)),
        subtitle=said.answer(n, choice),
        beside=f"{kind_line(n, choice.areas[0])}. {counts}" if len(choice.areas) == 1 else counts,
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=(
            _summary(n, choice),
            *_figures(n, choice, core),
            *_known(n, choice),
            *_more(n, choice, others),
        ),
        sources=(
            *paper_figures.sources(n, [*core, *others]),
            blocks.register_source(n),
            blocks.boundary_source(n),
        ),
        caveats=(
            *definitions(n, choice.areas),
            *method_texts(n, [row.figure for group in core for row in group]),
            *([rule_text(n)] if intervals_known(core) else []),
            blocks.absence(n),
            *paper_figures.limits(n, core),
        ),
    )


def _summary(n: Names, choice: ProfileChoice) -> Block:
    """In a few sentences, or who they are where there are several; beside a map of where they lie."""
    codes = choice.areas
    if len(codes) > 1:
        told: tuple[Block, ...] = (Bullets(tuple(f"{n.area(code)}: {kind_line(n, code)}" for code in codes)),)
        return Beside(told, (area_map(n, choice),), 0.68)
    (found,) = answers.statements(n.package, choice, n.today).values()
    told = (Heading(n.w.t("In short")), Bullets(tuple(sentences(n, found))))
    return Beside(told, (area_map(n, choice),), 0.68)


def area_map(n: Names, choice: ProfileChoice) -> Map:
    """Where the areas lie, with the places of the initiatives known there; so small that names would not be read, so
    that only several areas have theirs, and the caption is the legend."""
    codes = choice.areas
    here = answers.known_here(n.package, choice)
    found = blocks.known_map(n, codes, counted(n.package, Basis()), here)
    labels = tuple(Label(code, n.area(code), strong=True) for code in codes) if len(codes) > 1 else ()
    told = (
        n.w.t("Blue: {areas}.", areas=", ".join(map(n.area, codes))),
        n.w.t("Outlined: the focus districts.") if n.focus() else "",
        n.w.t("Points: known places of initiatives that are known here."),
    )
    caption = " ".join(filter(None, told))
    return replace(found, caption=caption, labels=labels, signs=())


def _figures(n: Names, choice: ProfileChoice, core: Groups) -> list[Block]:
    if not core:
        return [Paragraph(n.w.t("No core figure is published at this level."))]
    caption = tables.figures(n, choice, core).caption
    return [
        Heading(n.w.t("Figures beside the city and the country")),
        paper_figures.chart(n, choice.areas, core),
        Paragraph(scale_line(n, core), quiet=True),
        paper_figures.table(n, choice.areas, core, caption),
    ]


def _known(n: Names, choice: ProfileChoice) -> list[Block]:
    several = len(choice.areas) > 1
    return [
        Heading(ambitions_head(n)),
        *((Paragraph(known_text(n, choice), quiet=True),) if several else ()),
        ambitions_table(n, choice),
        *_asked(n, choice),
        Heading(missing_head(n)),
        Paragraph(_missing_text(n, choice)),
        kinds_table(n, choice),
    ]


def known_text(n: Names, choice: ProfileChoice) -> str:
    """The one number of each area, with what counts and what is there for more than one of them."""
    counts = {code: count_for(n.package, code) for code in choice.areas}
    return n.w.t(
        "Initiatives ({label}): {areas}. Beside it, {wide}.",
        label=label(n),
        areas="; ".join(f"{n.area(code)} {number(n, found.number)}" for code, found in counts.items()),
        wide=wide_text(n, counts[choice.areas[0]]),
    )


def _asked(n: Names, choice: ProfileChoice) -> list[Block]:
    """Where someone asked for an ambition and found none, with the source."""
    found = {code: asked_plain(n, code, ambition_codes(n.package)) for code in choice.areas}
    several = len(choice.areas) > 1
    texts = [f"{n.area(code)}: {text}" if several else text for code, said in found.items() for text in said]
    return [Bullets(tuple(texts))] if texts else []


def _missing_text(n: Names, choice: ProfileChoice) -> str:
    """Which kinds of partner are missing; of several areas in one sentence."""
    gone = answers.missing(choice, answers.kinds(n.package, choice))
    if len(gone) == 1:
        return missing_text(n, *next(iter(gone.items())))
    told = [f"{n.area(code)}: {kinds_text(n, kinds)}" for code, kinds in gone.items() if kinds]
    if not told:
        return none_missing_text(n, ", ".join(map(n.area, gone)))
    return n.w.t(
        "Known elsewhere in the city, and in no initiative that is known to serve the area. {areas}. That is a "
        "question to ask there, not proof that they are absent.",
        areas="; ".join(told),
    )


def ambitions_table(n: Names, choice: ProfileChoice) -> Table:
    """Initiatives known to serve the areas, by ambition."""
    return _table(tables.ambitions(n, choice))


def kinds_table(n: Names, choice: ProfileChoice) -> Table:
    """Initiatives in which each kind of partner takes part."""
    return _table(tables.kinds(n, choice, answers.kinds(n.package, choice)))


def known_table(n: Names, ids: Sequence[str], ambition: str = "") -> Table:
    """The initiatives known to serve the areas (ids, in the order of the table), all for the ambition where one is
    given."""
    caption = n.w.tn("{n} initiative known here", "{n} initiatives known here", len(ids))
    return blocks.initiatives_table(n, ids, caption, ambition=not ambition)


def _table(listing: Listing) -> Table:
    """With room for what a row is about, and the rest shared evenly."""
    numbers = len(listing.columns) - 1
    widths = (0.34, *[0.66 / numbers] * numbers)
    return blocks.as_table(listing.caption, listing.columns, listing.rows, widths=widths)


def _more(n: Names, choice: ProfileChoice, others: Groups) -> list[Block]:
    """What there is room for: the initiatives themselves, and the other figures."""
    ids = matrix.newest_first(n.package, n.today, answers.known_here(n.package, choice))
    found: list[Block] = [known_table(n, ids)] if ids else []
    if others:
        head = n.w.t("Other figures")
        found.append(paper_figures.table(n, choice.areas, others, head, elastic=True))
    return found
