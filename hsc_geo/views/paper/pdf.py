"""A brief as PDF: tagged (PDF/UA-1), vectors and embedded fonts only, never more than two pages.

The fixed template `paper.typ` reads the document as JSON, so nothing from data is ever typst code. Where a document
would take more than two pages its elastic lists are cut, and the brief says how many rows it leaves out.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import typst

from hsc_geo.data.load import Package
from hsc_geo.data.municipality import municipality_of
from hsc_geo.views.kit.html import safe_url
from hsc_geo.views.kit.words import Words
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
from hsc_geo.views.paper.plain import ABSENT, LONGEST, plain

TEMPLATE = Path(__file__).with_name("paper.typ")
MOST_PAGES = 2
TEXT_WIDTH, GUTTER = 493.2, 19.8  # points: of the text on A4, and between two columns (as in the template)
PICTURE = b'#set page(width: auto, height: auto, margin: 0pt)\n#image(bytes(sys.inputs.svg), format: "svg")'
POINTS_PER_INCH = 384  # of a picture: some 1600 wide, enough for a slide and for a projector
LONGEST_CELL = 320
Step = tuple[int, int, int]  # rows of an elastic list, rows of any list, letters of a text
STEPS: tuple[Step, ...] = tuple((rows, 80, LONGEST) for rows in range(64, 3, -1))
LAST_STEPS: tuple[Step, ...] = ((3, 30, 600), (3, 12, 400), (2, 8, 250), (1, 5, 120), (0, 3, 80))


class BriefError(Exception):
    """A brief that cannot be made; the message is for the log, not for the screen."""


def to_pdf(package: Package, document: Document) -> bytes:
    """The document as PDF/UA-1, at most two pages of A4. The same document gives the same bytes.

    Raises BriefError where typst refuses it, or where it does not fit however much is cut.
    """
    source = _fitting(lambda step: json.dumps(as_data(package, document, *step), ensure_ascii=False))
    if source is None:
        raise BriefError(
            f"{document.kind} {document.place}: over {MOST_PAGES} pages however much is left out"
        )
    return _compile(source, document.date)


def _fitting(made: Callable[[Step], str]) -> str | None:
    """The fullest step that fits: what fits with more rows fits with fewer, so halving finds it; None without one."""
    low, high, found = 0, len(STEPS), None
    while low < high:
        middle = (low + high) // 2
        tried = made(STEPS[middle])
        if _pages(tried) <= MOST_PAGES:
            found, high = tried, middle
        else:
            low = middle + 1
    return found or next((tried for tried in map(made, LAST_STEPS) if _pages(tried) <= MOST_PAGES), None)


def cut(block: Block, elastic: int, whole: int) -> Block:
    """The block with at most `elastic` rows in a list that may be cut, and `whole` in any other."""
    if isinstance(block, Beside):
        left, right = (tuple(cut(b, elastic, whole) for b in side) for side in (block.left, block.right))
        return replace(block, left=left, right=right)
    if isinstance(block, Table):
        most = elastic if block.elastic else whole
        gone = max(0, len(block.rows) - most)
        return replace(block, rows=block.rows[: len(block.rows) - gone], left_out=block.left_out + gone)
    return block


def as_data(
    package: Package, document: Document, elastic: int = 64, whole: int = 80, longest: int = LONGEST
) -> dict[str, Any]:
    """The document as plain data for the template, every text made carriable and cut to `longest` letters."""
    w = Words(document.language)
    made = _Data(package, w, elastic, whole, longest)
    house = municipality_of(package).author
    link, caveats = safe_url(document.link), made.texts(document.caveats)
    data = {
        "language": document.language,
        "author": house,
        "house": house,
        "title": made.text(document.title, 160) or house,
        "subtitle": made.text(document.subtitle, 400),
        "beside": made.text(document.beside, 500),
        "blocks": made.blocks(document.blocks),
        "closing": [
            {"name": w.t("Good to know"), "items": caveats},
            {"name": w.t("Sources"), "items": made.texts(document.sources)},
        ],
        "footer": foot(w, document),
        "page": w.t("page {page} of {pages}", page="{page}", pages="{pages}"),
        "back": w.t("On the site"),
        "link": link,
        "address": made.text(link, 300),
    }
    if made.lacks:
        caveats.append(w.t("An empty square stands for a letter that this paper does not have."))
    return data


class _Data:
    """Blocks as plain data."""

    def __init__(self, package: Package, w: Words, elastic: int, whole: int, longest: int) -> None:
        self._package, self._w = package, w
        self._elastic, self._whole, self._longest = elastic, whole, longest
        self.lacks = False  # whether a letter was left out that the fonts do not have

    def text(self, text: str, longest: int | None = None) -> str:
        made = plain(text, self._w.t("shortened"), longest or self._longest)
        self.lacks = self.lacks or (ABSENT in made and ABSENT not in text)
        return made

    def texts(self, parts: tuple[str, ...]) -> list[str]:
        return [self.text(part) for part in parts]

    def blocks(self, blocks: Iterable[Block], width: float = TEXT_WIDTH) -> list[dict[str, Any]]:
        """All of them but headings without text, which PDF/UA forbids, in a column of so many points."""
        made = [self.block(each, width) for each in blocks]
        return [each for each in made if each["type"] != "heading" or each["text"]]

    def block(self, block: Block, width: float) -> dict[str, Any]:
        if isinstance(block, Beside):
            left = (TEXT_WIDTH - GUTTER) * block.share
            sides = {
                "left": self.blocks(block.left, left),
                "right": self.blocks(block.right, TEXT_WIDTH - GUTTER - left),
            }
            return {"type": "beside", "share": block.share, **sides}
        if isinstance(block, Heading):
            return {"type": "heading", "text": self.text(block.text, 160)}
        if isinstance(block, Paragraph):
            return {"type": "paragraph", "text": self.text(block.text), "quiet": block.quiet}
        if isinstance(block, Bullets):
            return self._bullets(block)
        if isinstance(block, Table):
            return self._table(block)
        return self._picture(block, width)

    def _bullets(self, block: Bullets) -> dict[str, Any]:
        most = self._elastic if block.elastic else self._whole
        gone = max(0, len(block.items) - most)
        items = self.texts(block.items[:most])
        return {"type": "bullets", "items": items, "more": more(self._w, gone)}

    def _table(self, block: Table) -> dict[str, Any]:
        shown = cut(block, self._elastic, self._whole)
        assert isinstance(shown, Table)
        return {
            "type": "table",
            "caption": self.text(shown.caption, 300),
            "header": [self.text(cell, 80) for cell in shown.header],
            "rows": [[self.text(cell, LONGEST_CELL) for cell in row] for row in shown.rows],
            "numeric": list(shown.numeric),
            "strong": sorted(i for i in shown.strong if i < len(shown.rows)),
            "widths": list(shown.widths),
            "elastic": shown.elastic,
            "more": more(self._w, shown.left_out),
        }

    def _picture(self, block: Chart | Plot | Map, width: float) -> dict[str, Any]:
        """A plot or a map is drawn as wide as it stands: its letters are as large as they say."""
        drawn = drawing(self._package, block, width)
        texts = {
            "caption": self.text(block.caption, 300),
            "alt": self.text(block.alt) or self.text(block.caption),
        }
        return {"type": "picture", "svg": drawn, **texts}


def more(w: Words, count: int) -> str:
    """That rows were left out; '' for none."""
    return w.tn("and {n} more: see the site", "and {n} more: see the site", count) if count else ""


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _pages(source: str) -> int:
    try:
        found = typst.query(
            _template(),
            "<pages>",
            field="value",
            one=True,
            ignore_system_fonts=True,
            sys_inputs={"document": source},
        )
    except RuntimeError as error:  # TypstError is one; a refusal to count pages is a plain one
        raise BriefError(str(error)) from error
    return int(json.loads(found))


def to_png(drawn: str) -> bytes:
    """A drawing (SVG) as PNG. Raises BriefError where typst refuses it."""
    try:
        made = typst.compile(
            PICTURE, format="png", ppi=POINTS_PER_INCH, ignore_system_fonts=True, sys_inputs={"svg": drawn}
        )
    except RuntimeError as error:
        raise BriefError(str(error)) from error
    assert isinstance(made, bytes)
    return made


def _compile(source: str, day: dt.date) -> bytes:
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    try:
        made = typst.compile(
            _template(),
            format="pdf",
            pdf_standards=["ua-1"],
            ignore_system_fonts=True,
            sys_inputs={"document": source},
            timestamp=moment,
        )
    except RuntimeError as error:  # TypstError is one; a refusal to count pages is a plain one
        raise BriefError(str(error)) from error
    assert isinstance(made, bytes)
    return made
