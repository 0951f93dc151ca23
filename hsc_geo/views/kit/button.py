"""The button that makes a PDF of the present view when it is clicked."""

from __future__ import annotations

import re
from collections.abc import Callable

import streamlit as st

from hsc_geo.views.kit.names import Names


def pdf_button(n: Names, make: Callable[[], bytes], key: str, name: str = "brief") -> None:
    """A button that downloads a PDF. `make` runs when it is clicked, with no page running: it must need no session.
    `name` is the middle of the file's name: see `stem`."""
    st.download_button(
        n.w.t("Download as PDF"),
        data=make,
        file_name=f"hsc-geo-{stem(name)}-{stem(n.package.snapshot)}.pdf",
        mime="application/pdf",
        key=key,
        on_click="ignore",
        icon=":material/picture_as_pdf:",
    )


def stem(name: str) -> str:
    """A part of a file name: letters, digits and hyphens only."""
    return re.sub(r"[^A-Za-z0-9]+", "-", name).strip("-")[:80] or "brief"
