"""All published figures to take along: one table as a file for programs, for statistics or for Excel."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.call import Call
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names

PARQUET, CSV, EXCEL = "figures.parquet", "figures-csv.zip", "figures-excel-nl.zip"


def draw(n: Names, files: Mapping[str, str]) -> None:
    """A link to each file. files: address of each by its name; the files are no part of the page."""
    w = n.w
    names = {
        PARQUET: w.t("Parquet, for R, Python and QGIS"),
        CSV: w.t("CSV (zip), for programs"),
        EXCEL: w.t("CSV for Excel, Dutch (zip)"),
    }
    st.header(w.t("All figures as one file"), anchor=False)
    text = w.t(
        "One table with a row for each area, figure, year and age group: {n} rows, with names, unit, source, kind and, "
        "where the value is missing, why. The meaning of each column is in it.",
        n=w.number(len(n.package.observations)),
    )
    links = [
        markup('<a href="{}" download>{}</a>', files[name], label)
        for name, label in names.items()
        if name in files
    ]
    st.html(markup("<p>{}</p>", text) + items(links))
    in_python.fold(n, "all_figures", lambda: [Call("data", "figures")])
