"""The brief of the present view of the map page: what was asked and for where, as a map, in words and as lists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from hsc_geo.analysis import matrix
from hsc_geo.analysis.counting import count_of
from hsc_geo.analysis.explore import View, districts_of, explore
from hsc_geo.analysis.figures import REGISTER_INDICATOR
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map import said
from hsc_geo.views.map.card import about_the_data, limits, what_you_see, why_it_matters
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
from hsc_geo.views.paper import blocks as parts
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.wording.area import row_name
from hsc_geo.views.wording.counted import sentence, view_label
from hsc_geo.views.wording.facets import facet_name, facet_title
from hsc_geo.views.wording.freshness import seen_text
from hsc_geo.views.wording.initiative import places_texts, serves_text, status_text

MOST_NAMED = 3  # filters in a title; the others stand under it


def document(n: Names, state: PageState, link: str) -> Document:
    """The brief of the choices of the page, whose parameters are `choices.parameters`."""
    return map_brief(n, explore(n.package, choice(state, n.today)), link, n.today, state["sel"])


def map_brief(n: Names, view: View, link: str, today: dt.date, chosen: str = "") -> Document:
    """Map, what it shows and what is chosen on it, the areas as a table, and the initiatives that fit. chosen: the area
    or the initiative, '' for none."""
    shown = parts.view_map(n, view, _alt(n, view, chosen), _on_map(n, chosen))
    blocks: list[Block] = [
        Beside((shown,), (*_chosen(n, view, chosen), *_told(n, view)), 0.62),
        _areas(n, view),
        Paragraph(areas_text(n, view, rule=False), quiet=True),
        *_initiatives(n, view),
    ]
    return Document(
        kind="map",
        place=n.here.name,
        title=title(n, view, chosen),
        subtitle=subtitle(n, view, chosen),
        beside=beside(n, view),
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=today,
        blocks=tuple(blocks),
        sources=_sources(n, view),
        caveats=(parts.absence(n), *limits(n, view)),
    )


def _on_map(n: Names, chosen: str) -> str:
    """What is chosen, where it is less than the whole map."""
    return "" if chosen == municipality_code(n.package) else chosen


def _alt(n: Names, view: View, chosen: str) -> str:
    """What the map shows, for who cannot see it."""
    told = what_you_see(n, view)
    return n.w.t(
        "Map of {city}: {title}. {told}", city=n.here.name, title=title(n, view, chosen), told=told
    ).strip()


def title(n: Names, view: View, chosen: str = "") -> str:
    """What was asked and for where: the initiative that is chosen, else the filters, else the figure on the map."""
    if chosen in n.package.initiatives.index:
        return n.initiative(chosen)
    districts = districts_of(view.choice)
    where = districts or ([chosen] if chosen else [municipality_code(n.package)])
    return n.w.t(
        "{subject} in {area}",
        subject=_subject(n, view),
        area=", ".join(n.area_or_focus(code) for code in where),
    )


def _subject(n: Names, view: View) -> str:
    asked = [
        facet_name(n, facet, code)
        for facet, codes in view.choice.facets.items()
        for code in codes
        if facet != DISTRICT
    ]
    asked += [f"\u201c{view.choice.text}\u201d"] if view.choice.text else []
    if asked:
        more = len(asked) - MOST_NAMED
        return ", ".join(asked[:MOST_NAMED]) + (
            n.w.tn(" and {n} more", " and {n} more", more) if more > 0 else ""
        )
    return n.indicator(view.choice.indicator) if view.choice.indicator else n.w.t("Initiatives known")


def subtitle(n: Names, view: View, chosen: str = "") -> str:
    """Who fits, in the words of the page; of an initiative that is chosen, whose it is and whom it serves."""
    if chosen in n.package.initiatives.index:
        return f"{parts.organisations_text(n, chosen)} · {serves_text(n, chosen)}"
    return said.sentence(n, view, chosen).striptags()


def beside(n: Names, view: View) -> str:
    """What counts, what the map shows, and the filters in words."""
    w, choice = n.w, view.choice
    level = w.t("per district (wijk)") if choice.level == DISTRICT else w.t("per neighbourhood (buurt)")
    moment = n.moment(choice.year, choice.age_group) if choice.indicator else ""
    kind = n.kind(choice.indicator).lower() if choice.indicator else ""
    name = n.indicator(choice.indicator) if choice.indicator else w.t("Initiatives known")
    figure = w.t("On the map: {figure}.", figure=", ".join(filter(None, (name, level, moment, kind))))
    filters = filter_texts(n, view)
    only = w.t("Only: {filters}.", filters="; ".join(filters)) if filters else ""
    counted = w.t("Counted: {label}.", label=view_label(n, view))
    return " ".join(filter(None, (counted, figure, only)))


def filter_texts(n: Names, view: View) -> list[str]:
    """`Ambition: Mental health`, one text per facet with a choice, and the words that were looked for."""
    chosen = [
        f"{facet_title(n, facet)}: {', '.join(facet_name(n, facet, code) for code in codes)}"
        for facet, codes in view.choice.facets.items()
        if codes
    ]
    looked = n.w.t('with the words "{sought}"', sought=view.choice.text)
    return [*chosen, looked] if view.choice.text else chosen


def _told(n: Names, view: View) -> list[Block]:
    """What the map shows, why that matters, and where it comes from: nothing that only a screen can do."""
    w = n.w
    texts = (
        (w.t("What you see"), what_you_see(n, view)),
        (w.t("Why it matters"), why_it_matters(n, view)),
        (w.t("About the data"), about_the_data(n, view)),
    )
    return [block for head, text in texts if text for block in (Heading(head), Paragraph(text))]


def _chosen(n: Names, view: View, chosen: str) -> list[Block]:
    """What is known of the area or the initiative that is chosen."""
    if chosen in n.package.initiatives.index:
        row: Any = n.package.initiatives.loc[chosen]
        return [
            Heading(n.w.t("What it is")),
            Paragraph(n.w.pick(row, "description")),
            _facts(n, row, chosen),
        ]
    if not chosen:
        return []
    count = count_of(n.package, [chosen], view.ids)
    return [Heading(n.area(chosen)), Paragraph(sentence(n, count, chosen, view_label(n, view)))]


def _facts(n: Names, row: Any, key: str) -> Bullets:
    w = n.w
    facts = (
        (w.t("Organisation"), parts.organisations_text(n, key)),
        (w.t("For whom"), w.pick(row, "target_group")),
        (w.t("Serves"), serves_text(n, key)),
        (w.t("Place"), "; ".join(places_texts(n, key)) or w.t("not known")),
        (w.t("Status"), status_text(n, row)),
        (w.t("Last seen or confirmed"), seen_text(n, key)),
        (w.t("Source"), str(row["source_url"] or row["source_publisher"])),
    )
    return Bullets(tuple(f"{name}: {text}" for name, text in facts if text))


def _areas(n: Names, view: View) -> Table:
    """Focus districts first; the figure where there is one, and of neighbourhoods in which district they lie."""
    columns, fine = area_columns(n, view), view.choice.level != DISTRICT
    left_out = {"value" if not view.choice.indicator else "", "" if fine else "in", "about"}
    keep = [i for i, column in enumerate(columns) if column.key not in left_out]
    rows = area_rows(n, view) if fine else [_marked(n, row) for row in area_rows(n, view)]
    shares = [_WIDTHS[columns[i].key] for i in keep]
    widths = tuple(share / sum(shares) for share in shares) if sum(shares) > 1 else tuple(shares)
    return parts.as_table(areas_caption(n, view), columns, rows, keep, elastic=fine, widths=widths)


_WIDTHS = {
    "name": 0.3,
    "in": 0.22,
    "value": 0.22,
    "interval": 0.2,
    "people": 0.12,
    "known": 0.14,
    "only": 0.14,
}


def _marked(n: Names, row: Row) -> Row:
    """A district by its name, and whether it is a focus district."""
    name = row_name(n, row.id, DISTRICT) if row.id else row.cells[0]
    return Row(row.id, [name, *row.cells[1:]], row.order)


def _initiatives(n: Names, view: View) -> list[Block]:
    if not view.ids:
        return [Paragraph(none_text(n))]
    caption, ids = list_caption(n, len(view.ids)), matrix.newest_first(n.package, n.today, view.ids)
    if districts_of(view.choice):
        return [_grouped(n, view, caption)]
    return [parts.initiatives_table(n, ids, caption, ambition=_tells_ambition(view))]


def _tells_ambition(view: View) -> bool:
    """Whether each of the list has to say its ambitions: not where one was asked for."""
    return len(view.choice.facets.get("ambition", ())) != 1


def _grouped(n: Names, view: View, caption: str) -> Table:
    """With districts chosen: by whom they are for, of each group the newest first."""
    groups = [(group, getattr(view.here, group)) for group in GROUPS]
    ids = [key for _, keys in groups for key in matrix.newest_first(n.package, n.today, keys)]
    names = {key: group_name(n, group) for group, keys in groups for key in keys}
    return parts.initiatives_table(n, ids, caption, for_whom=names, ambition=_tells_ambition(view))


def _sources(n: Names, view: View) -> tuple[str, ...]:
    choice = view.choice
    own = choice.indicator in ("", REGISTER_INDICATOR) or choice.year is None
    figures = () if own else parts.figure_sources(n, [(choice.indicator, choice.year or 0, choice.age_group)])
    return (*figures, parts.register_source(n), parts.boundary_source(n))
