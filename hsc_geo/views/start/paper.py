"""The paper of the start page: what fits in a bag on the way to a debate."""

from __future__ import annotations

from collections.abc import Sequence

from hsc_geo.analysis.figures import Figure, has_intervals
from hsc_geo.analysis.focus import Comparison, comparisons, freshness
from hsc_geo.analysis.lately import lately
from hsc_geo.analysis.matrix import ALL, Basis, counted, newest_first
from hsc_geo.analysis.need_beside import INDISTINCT
from hsc_geo.views.coverage.words.verdict import need_beside_text
from hsc_geo.views.kit.intervals import rule_text, shown_text, with_bounds
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Column, Listing, Row
from hsc_geo.views.paper import blocks
from hsc_geo.views.paper.model import (
    Area,
    Beside,
    Block,
    Bullets,
    Document,
    Heading,
    Label,
    Map,
    Paragraph,
    Sign,
)
from hsc_geo.views.start import words
from hsc_geo.views.start.answers import Cockpit, cockpit
from hsc_geo.views.start.city_map import NOT_KNOWN, THIRDS, districts
from hsc_geo.views.start.figures import above, focus_name
from hsc_geo.views.wording.counted import sentence
from hsc_geo.views.wording.distance import distance_words

SHARE = 0.5  # of the width, for the map


def start_brief(n: Names, link: str) -> Document:
    """The same as the page: the sentence, the matrix with its reasons, the map, the figures, what changed."""
    found = cockpit(n)
    columns = len(found.ambitions) + 1
    shown = comparisons(n.package, found.areas)
    keys = [(each.indicator_id, each.year, each.age_group) for each in shown]
    return Document(
        kind="start",
        place=n.here.name,
        title=words.paper_title(n, found),
        subtitle=words.answer(n, found),
        beside=words.beside(n, found),
        language=n.w.code,
        link=link,
        snapshot=n.package.snapshot,
        date=n.today,
        blocks=(
            blocks.listed(words.matrix(n, found), widths=(0.2, *[0.8 / columns] * columns)),
            Beside((_map(n, found),), _reasons(n, found), SHARE),
            *_figures(n, shown),
            *(_changed(n) if not n.empty else ()),
            *(_known(n, found, area) for area in found.areas if not n.empty),
        ),
        sources=(*blocks.figure_sources(n, keys), blocks.register_source(n), blocks.boundary_source(n)),
        caveats=(blocks.absence(n), words.lately_limit(n), *blocks.limits(n, [key for key, _, _ in keys])),
    )


def _map(n: Names, found: Cockpit) -> Map:
    shown = districts(n, found)
    areas = tuple(
        Area(each.code, each.fill, each.third is None, each.code in found.areas, doubt=each.doubt)
        for each in shown
    )
    labels = tuple(
        Label(
            each.code,
            n.area_or_focus(each.code),
            words.known(n, each.known),
            each.code in found.areas,
        )
        for each in reversed(shown)
    )
    fills = tuple(Sign("fill", words.need_name(n, i), colour) for i, colour in enumerate(THIRDS))
    missing = (Sign("fill", words.need_name(n, None), NOT_KNOWN),) if any(a.missing for a in areas) else ()
    doubt = (Sign("doubt", need_beside_text(n, INDISTINCT)),) if any(each.doubt for each in shown) else ()
    told = words.described(n, [each.text for each in reversed(shown)])
    caption = f"{words.map_title(n)}. {words.map_note(n)}"
    return Map(
        caption, told, areas, labels, (), (*fills, *doubt, *missing, *blocks.signs(n, False)), n.credit
    )


def _reasons(n: Names, found: Cockpit) -> tuple[Block, ...]:
    """Of each cell that is a gap or uncertain, why."""
    told = [
        f"{words.cell_title(n, area, each)}. {' '.join(words.doubts(n, found, area, each))}"
        for area in found.areas
        for each in found.ambitions
        if words.doubts(n, found, area, each)
    ]
    return (Heading(n.w.t("Why uncertain, or a gap")), Bullets(tuple(told))) if told else ()


def _figures(n: Names, shown: Sequence[Comparison]) -> list[Block]:
    if not shown:
        return []
    columns = [
        Column("name", n.w.t("Figure")),
        Column("focus", n.w.t("Focus districts")),
        Column("above", n.w.t("City and country")),
    ]
    listing = Listing(words.figures_head(n, shown), columns, [Row("", _cells(n, each), {}) for each in shown])
    known = any(has_intervals(n.package, each.indicator_id) for each in shown)
    told = [Paragraph(f"{shown_text(n)} {rule_text(n)}", quiet=True)] if known else []
    return [blocks.listed(listing, widths=(0.22, 0.54, 0.24)), *told]


def _cells(n: Names, c: Comparison) -> list[str]:
    whole = "; ".join(f"{n.area(each.area_code)} {n.figure(each)}" for each in above(c))
    return [n.indicator(c.indicator_id), " ".join(_focus(n, c, each) for each in c.focus), whole]


def _focus(n: Names, c: Comparison, own: Figure) -> str:
    """`Leiden Noord 69.4%: 5.6 percentage points below Leiden: less favourable.`"""
    said = "; ".join(filter(None, (distance_words(n, own, other) for other in (c.municipality, c.country))))
    return f"{focus_name(n, own)} {with_bounds(n, own)}" + (f" ({said})." if said else ".")


def _known(n: Names, found: Cockpit, area: str) -> Block:
    """Who they are, the last seen first."""
    count = found.counts[area, ALL]
    ids = newest_first(n.package, n.today, count.here)
    return blocks.initiatives_table(n, ids, sentence(n, count, area))


def _changed(n: Names) -> list[Block]:
    found = lately(n.package, n.today)
    fresh = freshness(n.package, n.today, counted(n.package, Basis()))
    texts = (*words.lately_texts(n, found), words.fresh_text(n, fresh))
    return [Heading(words.lately_head(n, found)), Bullets(texts)]
