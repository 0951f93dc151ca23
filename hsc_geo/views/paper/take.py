"""A document as PDF, to take along: made when it is asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper.model import Document

_log = logging.getLogger(__name__)


def as_pdf(
    n: Names, document: Callable[[Names, PageState, str], Document]
) -> Callable[[PageState, str], bytes]:
    """What makes the PDF of a page's document from its choices and its address."""
    return lambda state, link: pdf_bytes(n, document(n, state, link))


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
    return replace(document, title=text, subtitle="", blocks=(), sources=(), caveats=())
