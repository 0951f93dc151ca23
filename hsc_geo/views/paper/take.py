"""A document to take along, as PDF or as a picture of its map: made when it is asked for."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper import map_svg, svg
from hsc_geo.views.paper.foot import foot
from hsc_geo.views.paper.model import Beside, Block, Document, Map

_log = logging.getLogger(__name__)


def pdf_bytes(n: Names, document: Document) -> bytes:
    """The PDF of a document; where it cannot be made, a PDF of one page that says so in one sentence, and the log says
    why."""
    from hsc_geo.views.paper.pdf import BriefError, to_pdf  # only when asked: it brings a compiler

    try:
        return to_pdf(n.package, document)
    except BriefError:
        _log.exception("the brief %s %s cannot be made", document.kind, document.place)
        return to_pdf(n.package, failed(n, document))


def failed(n: Names, document: Document) -> Document:
    """What stands in place of a brief that cannot be made."""
    text = n.w.t("This brief could not be made. The page on the site holds the same.")
    return replace(document, title=text, subtitle="", beside="", blocks=(), sources=(), caveats=())


PDF, PNG, SVG = FORMS = ("pdf", "png", "svg")
MEDIA = {PDF: "application/pdf", PNG: "image/png", SVG: "image/svg+xml"}
LONGEST_NAME = 80


def taken(n: Names, document: Document, form: str) -> bytes | None:
    """The document in one of FORMS; None for a picture of one without a map."""
    if form == PDF:
        return pdf_bytes(n, document)
    shown = map_of(document.blocks)
    if shown is None:
        return None
    told = f"{document.subtitle} {document.beside}".strip()
    drawn = map_svg.poster(n.package, shown, document.title, told, foot(n.w, document))
    if form == SVG:
        return svg.held(drawn).encode()
    from hsc_geo.views.paper.pdf import to_png  # as above

    return to_png(drawn)


def map_of(blocks: Iterable[Block]) -> Map | None:
    """The first map of a document."""
    for each in blocks:
        found = map_of((*each.left, *each.right)) if isinstance(each, Beside) else each
        if isinstance(found, Map):
            return found
    return None


def file_name(document: Document, form: str) -> str:
    """The name of its file: what was asked, and the edition; letters, digits and hyphens only."""
    return f"hsc-geo-{stem_of(document.title)}-{stem_of(document.snapshot)}.{form}"


def stem_of(text: str) -> str:
    """A text as part of the name of a file: small letters, digits and hyphens."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", plain)[:LONGEST_NAME].strip("-").lower() or "brief"
