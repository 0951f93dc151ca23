"""Where the data come from, and what was left out."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from hsc_geo.data.editions import Edition
from hsc_geo.domain.versions import newest
from hsc_geo.views.data.tables import plain_table
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.call import Call
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import AS_OF, EDITION, Names

PAGE = "data"


def draw(n: Names) -> None:
    """Every source with its licence."""
    w = n.w
    headers = [w.t("Source"), w.t("Publisher"), w.t("Licence"), w.t("Vintage"), w.t("Note")]
    lines = [_source(n, row) for row in n.package.sources.to_dict("records")]
    plain_table(n, "sources", w.t("Every source with its licence"), headers, lines, wordy=(4,))
    in_python.fold(n, "sources", lambda: [Call("", "sources")])


def draw_edition(n: Names, editions: Sequence[Edition]) -> None:
    """Which edition this is, and the links to those that are kept; nothing of them where there are none."""
    w = n.w
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
    if editions:
        _draw_kept(n, editions)


def _draw_kept(n: Names, editions: Sequence[Edition]) -> None:
    w = n.w
    st.subheader(w.t("Earlier editions"), anchor=False)
    text = w.t(
        "The site as it stood on a day, with the register of then. Until you go back to the present one, every page "
        "shows that edition and every link carries it."
    )
    found = items(_kept_link(n, each) for each in reversed(editions))
    st.html(markup('<div id="editions"><p>{}</p>{}</div>', text, found))


def _kept_link(n: Names, edition: Edition) -> Markup:
    shown = n.edition == edition
    day = n.w.date(edition.day)
    if shown:
        return markup("{} <code>{}</code> ({})", day, edition.snapshot, n.w.t("you see this one"))
    kept = {key: text for key, text in n.kept().items() if key != AS_OF}
    address = urlencode({"section": "sources", **kept, EDITION: edition.name})
    return markup('<a href="{}?{}">{}</a> <code>{}</code>', PAGE, address, day, edition.snapshot)


def _source(n: Names, row: Mapping[Any, Any]) -> list[object]:
    return [
        _linked(row["title"], row["url"]),
        row["publisher"],
        _linked(row["licence"], row["licence_url"]),
        row["vintage"],
        n.w.pick(row, "note"),
    ]


def _linked(text: str, address: str) -> object:
    return {"text": text, "href": address} if address else text


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
    in_python.fold(n, "left_out", lambda: [Call("", "left_out")])
