"""A brief as a web page to print: the same document with headings, tables and pictures with a description.

Pictures are SVG in the address of an image (`data:`), since Streamlit takes drawn SVG out of a page's HTML. Nothing in
such a picture can run or be fetched.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup

from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import items, joined, link, markup, quiet
from hsc_geo.views.kit.words import Words
from hsc_geo.views.paper import chart_svg, map_svg, svg
from hsc_geo.views.paper.drawing import drawing
from hsc_geo.views.paper.foot import foot
from hsc_geo.views.paper.model import (
    Beside,
    Block,
    Bullets,
    Chart,
    Document,
    Heading,
    Map,
    Paragraph,
    Plot,
    Table,
)

STYLES = Path(__file__).with_name("paper.css")


def to_html(package: Package, document: Document) -> Markup:
    """The document as HTML under the page's own title and subtitle; all rows, nothing is cut."""
    w = Words(document.language)
    return markup(
        '<article class="hsc-brief" lang="{}">{}{}</article>',
        document.language,
        _blocks(package, w, document.blocks),
        _closing(w, document),
    )


def _blocks(package: Package, w: Words, blocks: Iterable[Block]) -> Markup:
    return joined(_block(package, w, block) for block in blocks)


def _block(package: Package, w: Words, block: Block) -> Markup:
    if isinstance(block, Heading):
        return markup("<h2>{}</h2>", block.text)
    if isinstance(block, Paragraph):
        return markup('<p class="{}">{}</p>', "hsc-quiet" if block.quiet else "", block.text)
    if isinstance(block, Bullets):
        return items(block.items)
    if isinstance(block, Table):
        return _table(w, block)
    if isinstance(block, Beside):
        sides = (_blocks(package, w, side) for side in (block.left, block.right))
        parts = joined(markup("<div>{}</div>", side) for side in sides)
        return markup('<div class="hsc-beside" style="--share:{}">{}</div>', f"{block.share:.0%}", parts)
    return _picture(package, block)


def _table(w: Words, table: Table) -> Markup:
    head = joined(
        markup('<th scope="col"{}>{}</th>', _side(number), text)
        for text, number in zip(table.header, table.numeric, strict=True)
    )
    rows = joined(_row(table, row, i in table.strong) for i, row in enumerate(table.rows))
    more = (
        w.tn("and {n} more: see the site", "and {n} more: see the site", table.left_out)
        if table.left_out
        else ""
    )
    return markup(
        '<div class="hsc-brief-table" role="region" tabindex="0" aria-label="{}" style="overflow-x:auto"><table>'
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>{}",
        table.caption,
        table.caption,
        head,
        rows,
        quiet(more) if more else "",
    )


def _row(table: Table, row: tuple[str, ...], strong: bool) -> Markup:
    first = markup('<th scope="row">{}</th>', _weighted(row[0], strong))
    cells = joined(
        markup("<td{}>{}</td>", _side(number), _weighted(text, strong))
        for text, number in zip(row[1:], table.numeric[1:], strict=True)
    )
    return markup("<tr>{}{}</tr>", first, cells)


def _weighted(text: str, strong: bool) -> Markup:
    return markup("<strong>{}</strong>", text) if strong else markup("{}", text)


def _side(number: bool) -> Markup:
    return Markup(' style="text-align:right"') if number else Markup("")


def _picture(package: Package, block: Chart | Plot | Map) -> Markup:
    drawn = drawing(package, block)
    width, least = (map_svg.WIDTH, 320) if isinstance(block, Map) else (chart_svg.WIDTH, 680)
    caption = markup("<figcaption>{}</figcaption>", block.caption) if block.caption else Markup("")
    return markup(
        '<figure tabindex="0" aria-label="{}" style="margin:0.4rem 0;overflow-x:auto"><img role="img" alt="{}" '
        'src="{}" style="width:100%;max-width:{}px;min-width:{}px;background:#fff">{}</figure>',
        block.alt or block.caption,
        block.alt,
        picture_address(svg.lettered(drawn)),
        round(width * 1.8),
        least,
        caption,
    )


def picture_address(drawn: str) -> Markup:
    """The picture itself as an address that needs no host."""
    return Markup("data:image/svg+xml;base64,") + base64.b64encode(drawn.encode()).decode("ascii")


def _closing(w: Words, document: Document) -> Markup:
    parts = [(w.t("Good to know"), document.caveats), (w.t("Sources"), document.sources)]
    shown = joined(markup("<h2>{}</h2>{}", name, items(texts)) for name, texts in parts if texts)
    back = (
        markup("<p>{}: {}</p>", w.t("On the site"), link(document.link, document.link))
        if document.link
        else Markup("")
    )
    return shown + back + quiet(foot(w, document))
