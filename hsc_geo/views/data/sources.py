"""Where the data come from, and what was left out."""

from hsc_geo.domain.versions import newest
from hsc_geo.views.kit.html import facts
from hsc_geo.views.kit.html import joined
from hsc_geo.views.kit.html import link
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Row
from hsc_geo.views.kit.table import _plain
import streamlit as st


def _sources(n: Names) -> None:
    w = n.w
    st.header(w.t("Sources and licences"), anchor=False)
    rows = []
    for _, row in n.package.sources.iterrows():
        licence = link(row["licence_url"], row["licence"]) if row["licence_url"] else row["licence"]
        title = link(row["url"], row["title"]) if row["url"] else row["title"]
        rows.append(
            markup("<h3>{}</h3>", row["title"])
            + facts(
                [
                    (w.t("Publisher"), row["publisher"]),
                    (w.t("Web page"), title if row["url"] else ""),
                    (w.t("Licence"), licence),
                    (w.t("Vintage"), row["vintage"]),
                    (w.t("Note"), w.pick(row, "note")),
                ]
            )
        )
    st.html(joined(rows))
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

def _left_out(n: Names) -> None:
    w = n.w
    gone = n.package.left_out
    st.header(w.t("What could not be matched"), anchor=False)
    rows = [
        Row("", [row["file"], w.number(row["row"]), row["key"], w.pick(row, "reason")], {})
        for _, row in gone.iterrows()
    ]
    with st.expander(w.tn("{n} row, show the table", "{n} rows, show the table", len(rows))):
        _plain(
            n,
            "left_out",
            w.t("Rows and names that the build left out or could not match"),
            [w.t("File"), w.t("Row"), w.t("Key"), w.t("Reason")],
            rows,
        )
