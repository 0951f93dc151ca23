"""Where the data come from, and what was left out."""

from collections.abc import Mapping
from typing import Any

import streamlit as st
from markupsafe import Markup

from hsc_geo.domain.versions import newest
from hsc_geo.views.data.tables import plain_table
from hsc_geo.views.kit.html import facts, joined, link, markup
from hsc_geo.views.kit.names import Names


def draw(n: Names) -> None:
    """Every source with its licence, and the edition."""
    w = n.w
    st.header(w.t("Sources and licences"), anchor=False)
    st.html(joined(_source(n, row) for row in n.package.sources.to_dict("records")))
    st.header(w.t("This edition"), anchor=False)
    st.html(
        markup(
            "<p>{} <code>{}</code>. {}</p><p>{}</p>",
            w.t("Edition"),
            n.package.snapshot,
            w.t("The same content always has the same code; every download names it."),
            w.t(
                "The tables follow version {number} of the data contract; docs/data-dictionary.md in the source code "
                "holds it, with its earlier versions.",
                number=newest().number,
            ),
        )
    )


def _source(n: Names, row: Mapping[Any, Any]) -> Markup:
    w = n.w
    licence = link(row["licence_url"], row["licence"]) if row["licence_url"] else row["licence"]
    return markup("<h3>{}</h3>", row["title"]) + facts(
        [
            (w.t("Publisher"), row["publisher"]),
            (w.t("Web page"), link(row["url"], row["title"]) if row["url"] else ""),
            (w.t("Licence"), licence),
            (w.t("Vintage"), row["vintage"]),
            (w.t("Note"), w.pick(row, "note")),
        ]
    )


def draw_left_out(n: Names) -> None:
    """What the build left out or could not match, row by row."""
    w = n.w
    st.header(w.t("What could not be matched"), anchor=False)
    lines = [
        [row["file"], w.number(row["row"]), row["key"], w.pick(row, "reason")]
        for _, row in n.package.left_out.iterrows()
    ]
    with st.expander(w.tn("{n} row, show the table", "{n} rows, show the table", len(lines))):
        caption = w.t("Rows and names that the build left out or could not match")
        headers = [w.t("File"), w.t("Row"), w.t("Key"), w.t("Reason")]
        plain_table(n, "left_out", caption, headers, lines)
