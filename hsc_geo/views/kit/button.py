"""The button that makes a PDF of the present view when it is clicked."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

import streamlit as st

from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.model import Document

_log = logging.getLogger(__name__)


def pdf_button(n: Names, make: Callable[[], Document], key: str, name: str = "brief") -> None:
    """A button that downloads the document as PDF. `make` runs when it is clicked, with no page running: it must need
    no session. `name` is the middle of the file's name: see `stem`.

    Where the PDF cannot be made the file says so in one sentence, and the log says why.
    """
    st.download_button(
        n.w.t("Download as PDF"),
        data=partial(pdf_bytes, n, make),
        file_name=f"hsc-geo-{stem(name)}-{stem(n.package.snapshot)}.pdf",
        mime="application/pdf",
        key=key,
        on_click="ignore",
        icon=":material/picture_as_pdf:",
    )


def pdf_bytes(n: Names, make: Callable[[], Document]) -> bytes:
    """The PDF of a document; where it cannot be made, a PDF of one page that says so in one sentence."""
    from hsc_geo.views.paper.pdf import BriefError, to_pdf  # only when asked: it brings a compiler

    document = make()
    try:
        return to_pdf(n.package, document)
    except BriefError:
        _log.exception("the brief %s %s cannot be made", document.kind, document.place)
        return to_pdf(n.package, failed(n, document))


def failed(n: Names, document: Document) -> Document:
    """What stands in place of a brief that cannot be made."""
    text = n.w.t("This brief could not be made. The page on the site holds the same.")
    return replace(document, title=text, subtitle="", blocks=(), sources=(), caveats=())


def stem(name: str) -> str:
    """A part of a file name: letters, digits and hyphens only."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:80] or "brief"
