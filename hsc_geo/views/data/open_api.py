"""The same for programs: where the open API is, and what it offers."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names


def draw(n: Names, api: str) -> None:
    """A link to the first page of the API and to its parts. api: its address, with a slash at the end."""
    w = n.w
    st.header(w.t("For programs of others"), anchor=False)
    text = w.t(
        "An open API gives the same figures, areas and initiatives to other programs, without a key. QGIS and GDAL "
        "open it as OGC API - Features. None known does not mean that there is none."
    )
    names = {
        "": w.t("First page of the API"),
        "collections": w.t("Areas, figures and initiatives, with their places"),
        "hsds": w.t("The register as Open Referral HSDS, for social maps"),
        _zip(n): w.t("This edition as one file (zip), for a notebook"),
        "dictionary.json": w.t("The meaning of every column and code"),
    }
    links = [
        markup('<a href="{}">{}</a>', f"{api}{path}?lang={w.code}", label) for path, label in names.items()
    ]
    present = w.t("Of the edition that you see, the API has the zip; all else in it is of the present one.")
    told = markup('<p id="present">{}</p>', present) if n.edition else ""
    st.html(markup("<p>{}</p>", text) + told + items(links))


def _zip(n: Names) -> str:
    return f"editions/{n.edition.name}.zip" if n.edition else "edition.zip"
