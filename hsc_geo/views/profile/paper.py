"""The brief of a district or neighbourhood, or of a few of one level side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from hsc_geo.analysis import matrix, profile
from hsc_geo.analysis.counting import count_for
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.analysis.partners import ambition_codes
from hsc_geo.analysis.profile import ADULTS, check_level
from hsc_geo.analysis.summary import summary
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Label, Map, Paragraph, Table
from hsc_geo.views.profile import paper_figures
from hsc_geo.views.profile.initiatives import ambition_lines, one_neighbourhood
from hsc_geo.views.profile.summary import sentences
from hsc_geo.views.profile.tables import ambition_columns, ambition_rows, kind_columns, kind_rows
from hsc_geo.views.wording.area import kind_line
from hsc_geo.views.wording.asked import asked_plain
from hsc_geo.views.wording.counted import label, number, wide_text
from hsc_geo.views.wording.missing import kinds_text, missing_text, none_missing_text


def profile_brief(
    n: Names, area_codes: Sequence[str], link: str, today: dt.date, age_group: str = ADULTS
) -> Document:
    """Summary with a map, spine chart with its table, initiatives by ambition, and who is missing, for one to four
    areas.

    Raises KeyError for an unknown area, ValueError without areas or for areas that are not of one level.
    """
    codes = list(dict.fromkeys(area_codes))
    check_together(n, codes)
    core = paper_figures.core_groups(n, codes, age_group)
    others = paper_figures.other_groups(n, codes, age_group)
    return Document(
        kind="profile",
        place="-".join(codes),
        title=" · ".join(n.area(code) for code in codes),
        subtitle=" · ".join(kind_line(n, code) for code in codes)
        if len(codes) == 1
        else n.w.t("Side by side"),
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=(
            *_summary(n, codes, age_group),
            *_figures(n, codes, core),
            *_known(n, codes),
            *_more(n, codes, others),
        ),
        sources=(
            *paper_figures.sources(n, [*core, *others]),
            blocks.register_source(n),
            blocks.boundary_source(n),
        ),
        caveats=(blocks.absence(n), *paper_figures.limits(n, core)),
    )


def check_together(n: Names, codes: Sequence[str]) -> str:
    """The one level of the areas; ValueError for none, or for a district beside a neighbourhood."""
    levels = {check_level(n.package, code) for code in codes}
    if len(levels) != 1:
        raise ValueError(
            f"areas {', '.join(codes) or 'none'} are not of one level; take districts or neighbourhoods"
        )
    return levels.pop()


def _summary(n: Names, codes: Sequence[str], age_group: str) -> list[Block]:
    """In a few sentences, or who they are where there are several; beside a map of where they lie."""
    if len(codes) > 1:
        told: tuple[Block, ...] = (Bullets(tuple(f"{n.area(code)}: {kind_line(n, code)}" for code in codes)),)
    else:
        said = sentences(n, summary(n.package, codes[0], n.today, age_group))
        told = (Heading(n.w.t("In short")), Bullets(tuple(said)))
    return [Beside(told, (_map(n, codes),), 0.68 if len(codes) == 1 else 0.55)]


def _map(n: Names, codes: Sequence[str]) -> Map:
    """Where the areas lie, with the places of the initiatives known there; so small that names would not be read, so
    that only several areas have theirs, and the caption is the legend."""
    found = blocks.known_map(n, codes, counted(n.package, Basis()), known_here(n, codes))
    labels = tuple(Label(code, n.area(code), strong=True) for code in codes) if len(codes) > 1 else ()
    caption = n.w.t(
        "Blue: {areas}. Outlined: the focus districts. Points: known places of initiatives that are known here.",
        areas=", ".join(map(n.area, codes)),
    )
    return replace(found, caption=caption, labels=labels, signs=())


def known_text(n: Names, codes: Sequence[str]) -> str:
    """The one number of each area, with what counts and what is there for more than one of them."""
    counts = {code: count_for(n.package, code) for code in codes}
    return n.w.t(
        "Initiatives ({label}): {areas}. Beside it, {wide}.",
        label=label(n),
        areas="; ".join(f"{n.area(code)} {number(n, found.number)}" for code, found in counts.items()),
        wide=wide_text(n, counts[codes[0]]),
    )


def known_here(n: Names, codes: Sequence[str]) -> list[str]:
    """The initiatives known to serve one of the areas, each once."""
    return list(dict.fromkeys(key for code in codes for key in profile.known_here(n.package, code)))


def _figures(n: Names, codes: Sequence[str], core: paper_figures.Groups) -> list[Block]:
    if not core:
        return [Paragraph(n.w.t("No core figure is published at this level."))]
    w = n.w
    caption = w.t("The same figures as a table")
    return [
        Heading(w.t("Figures beside the city and the country")),
        paper_figures.chart(n, codes, core),
        Paragraph(paper_figures.scale_text(n, core), quiet=True),
        paper_figures.table(n, codes, core, caption),
    ]


def _known(n: Names, codes: Sequence[str]) -> list[Block]:
    w = n.w
    return [
        Heading(w.t("Initiatives by ambition")),
        *((Paragraph(known_text(n, codes), quiet=True),) if len(codes) > 1 else ()),
        ambitions_table(n, codes),
        *_asked(n, codes),
        Heading(w.t("Who is missing")),
        Paragraph(_missing_text(n, codes)),
        kinds_table(n, codes),
    ]


def _missing_text(n: Names, codes: Sequence[str]) -> str:
    """Which kinds of partner are missing; of several areas in one sentence."""
    gone = {
        code: [kind.sector for kind in profile.missing_kinds(n.package, code) if kind.missing]
        for code in codes
    }
    if len(codes) == 1:
        return missing_text(n, codes[0], gone[codes[0]])
    told = [f"{n.area(code)}: {kinds_text(n, kinds)}" for code, kinds in gone.items() if kinds]
    if not told:
        return none_missing_text(n, ", ".join(map(n.area, codes)))
    return n.w.t(
        "Known elsewhere in the city, and in no initiative that is known to serve the area. {areas}. That is a "
        "question to ask there, not proof that they are absent.",
        areas="; ".join(told),
    )


def _asked(n: Names, codes: Sequence[str]) -> list[Block]:
    """Where someone asked for an ambition and found none, with the source."""
    found = {code: asked_plain(n, code, ambition_codes(n.package)) for code in codes}
    named = len(codes) > 1
    texts = [f"{n.area(code)}: {text}" if named else text for code, lines in found.items() for text in lines]
    return [Bullets(tuple(texts))] if texts else []


def ambitions_table(n: Names, codes: Sequence[str]) -> Table:
    """Initiatives known to serve the areas, by ambition."""
    around = one_neighbourhood(n, codes)
    caption = n.w.t("Initiatives known to serve the area, by ambition")
    rows = ambition_rows(n, codes, ambition_lines(n, codes), around)
    columns = ambition_columns(n, codes, around)
    return blocks.as_table(caption, columns, rows, widths=_even(len(columns)))


def kinds_table(n: Names, codes: Sequence[str]) -> Table:
    """Initiatives in which each kind of partner takes part."""
    groups = list(zip(*(profile.missing_kinds(n.package, code) for code in codes), strict=True))
    caption = n.w.t("Initiatives in which a kind of partner is known to take part")
    fine = one_neighbourhood(n, codes)
    columns = kind_columns(n, codes, fine)
    return blocks.as_table(caption, columns, kind_rows(n, groups, fine), widths=_even(len(columns)))


def _even(columns: int) -> tuple[float, ...]:
    return (0.34, *[0.66 / (columns - 1)] * (columns - 1))


def _more(n: Names, codes: Sequence[str], others: paper_figures.Groups) -> list[Block]:
    """What there is room for: the initiatives themselves, and the other figures."""
    w = n.w
    ids = matrix.newest_first(n.package, n.today, known_here(n, codes))
    caption = w.tn("{n} initiative known here", "{n} initiatives known here", len(ids))
    listed: list[Block] = [blocks.initiatives_table(n, ids, caption)] if ids else []
    rest: list[Block] = (
        [paper_figures.table(n, codes, others, w.t("Other figures"), elastic=True)] if others else []
    )
    return [*listed, *rest]
