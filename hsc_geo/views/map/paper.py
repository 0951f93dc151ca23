"""The brief of the present view of the map page."""

from __future__ import annotations

import datetime as dt

from hsc_geo.analysis import matrix
from hsc_geo.analysis.explore import View, districts_of, explore
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.card import card_texts, limits, limits_head, what_you_see
from hsc_geo.views.map.choices import choice
from hsc_geo.views.map.rows import (
    GROUPS,
    area_columns,
    area_rows,
    areas_caption,
    areas_text,
    group_name,
    list_caption,
    none_text,
)
from hsc_geo.views.map.words import summary_parts
from hsc_geo.views.paper import blocks as parts
from hsc_geo.views.paper.model import Beside, Block, Document, Heading, Paragraph, Table
from hsc_geo.views.wording.counted import view_label
from hsc_geo.views.wording.facets import facet_name, facet_title


def document(n: Names, state: PageState, link: str) -> Document:
    """The brief of the choices of the page, whose parameters are `choices.parameters`."""
    return map_brief(n, explore(n.package, choice(state, n.today)), link, n.today)


def map_brief(n: Names, view: View, link: str, today: dt.date) -> Document:
    """Map, the four texts of its card, the areas as a table and the initiatives that fit, with the filters in words."""
    blocks: list[Block] = [
        Beside((parts.view_map(n, view, _alt(n, view)),), tuple(_card(n, view)), 0.6),
        Heading(n.w.t("The same as a table")),
        _areas(n, view),
        Paragraph(areas_text(n, view), quiet=True),
        *_initiatives(n, view),
    ]
    return Document(
        kind="map",
        place="leiden",
        title=title(n, view),
        subtitle=subtitle(n, view),
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=tuple(blocks),
        sources=_sources(n, view),
        caveats=(parts.absence(n),),
    )


def _alt(n: Names, view: View) -> str:
    """What the map shows, for who cannot see it."""
    return n.w.t("Map of Leiden: {title}. {told}", title=title(n, view), told=what_you_see(n, view)).strip()


def title(n: Names, view: View) -> str:
    """The figure on the map, or that it shows initiatives only."""
    return n.indicator(view.choice.indicator) if view.choice.indicator else n.w.t("Initiatives known")


def subtitle(n: Names, view: View) -> str:
    """Level, moment and kind of the figure, and the filters in words."""
    w, choice = n.w, view.choice
    level = w.t("per district (wijk)") if choice.level == DISTRICT else w.t("per neighbourhood (buurt)")
    figure = (
        [n.moment(choice.year, choice.age_group), n.kind(choice.indicator).lower()]
        if choice.indicator
        else []
    )
    first = ", ".join(part for part in (n.area(_city(n)), level, *figure) if part)
    filters = filter_texts(n, view)
    chosen = w.t("Only: {filters}.", filters="; ".join(filters)) if filters else ""
    counts = f"{_capital('; '.join(summary_parts(n, view)))} ({view_label(n, view)})."
    return " ".join(filter(None, (f"{first}.", chosen, counts)))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def filter_texts(n: Names, view: View) -> list[str]:
    """`Ambition: Mental health`, one text per facet with a choice, and the words that were looked for."""
    chosen = [
        f"{facet_title(n, facet)}: {', '.join(facet_name(n, facet, code) for code in codes)}"
        for facet, codes in view.choice.facets.items()
        if codes
    ]
    looked = n.w.t('with the words "{sought}"', sought=view.choice.text)
    return [*chosen, looked] if view.choice.text else chosen


def _city(n: Names) -> str:
    return str(n.package.areas.index[n.package.areas["level"] == "municipality"][0])


def _card(n: Names, view: View) -> list[Block]:
    texts = card_texts(n, view)
    told: list[Block] = [block for head, text in texts for block in (Heading(head), Paragraph(text))]
    found = _limits(n, view)
    return (
        [*told, Heading(limits_head(n)), *(Paragraph(text, quiet=True) for text in found)] if found else told
    )


def _areas(n: Names, view: View) -> Table:
    columns = area_columns(n, view)
    keep = range(len(columns)) if view.choice.indicator else [i for i in range(len(columns)) if i != 2]
    fine = view.choice.level != DISTRICT
    rows = area_rows(n, view)
    return parts.as_table(
        areas_caption(n, view), columns, rows, list(keep), elastic=fine, widths=_widths(list(keep))
    )


_WIDTHS = (0.25, 0.22, 0.2, 0.11, 0.12, 0.14)


def _widths(keep: list[int]) -> tuple[float, ...]:
    return tuple(_WIDTHS[i] for i in keep)


def _initiatives(n: Names, view: View) -> list[Block]:
    if not view.ids:
        return [Paragraph(none_text(n))]
    caption = list_caption(n, len(view.ids))
    if not districts_of(view.choice):
        return [parts.initiatives_table(n, matrix.newest_first(n.package, n.today, view.ids), caption)]
    return [_grouped(n, view, caption)]


def _grouped(n: Names, view: View, caption: str) -> Table:
    """With districts chosen: by whom they are for, of each group the newest first."""
    groups = [(group, getattr(view.here, group)) for group in GROUPS]
    ids = [key for _, keys in groups for key in matrix.newest_first(n.package, n.today, keys)]
    names = {key: group_name(n, group) for group, keys in groups for key in keys}
    return parts.initiatives_table(n, ids, caption, for_whom=names)


def _sources(n: Names, view: View) -> tuple[str, ...]:
    choice = view.choice
    own = choice.indicator in ("", REGISTER_INDICATOR) or choice.year is None
    figures = () if own else parts.figure_sources(n, [(choice.indicator, choice.year or 0, choice.age_group)])
    return (*figures, parts.register_source(n), parts.boundary_source(n))


def _limits(n: Names, view: View) -> list[str]:
    """The limits of the figure on two lines: how it came about, and what it cannot bear."""
    first, *borne = limits(n, view) or [""]
    return [text for text in (first, " ".join(filter(None, borne))) if text]
