"""What was done for accessibility, and what is not reached."""

import streamlit as st

from hsc_geo.views.data.words import lacking
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import Words


def draw(w: Words) -> None:
    """What is done, and what is lacking."""
    left, right = st.columns(2, gap="large")
    with left:
        st.html(markup("<h2>{}</h2>", w.t("What is done")) + items(_reached(w), "hsc-list"))
    with right:
        st.html(
            markup("<h2>{}</h2>", w.t("What does not meet the standard yet")) + items(lacking(w), "hsc-list")
        )


def draw_rest(n: Names) -> None:
    """Where to write; nothing where no mailbox is known."""
    if n.here.mailbox:
        text = n.w.t("Missing something? Write to {mailbox}.", mailbox=n.here.mailbox)
        st.html(markup("<p>{}</p>", text))


def _reached(w: Words) -> list[str]:
    return [
        w.t("Every page is tested with axe-core and with the keyboard alone, at two widths."),
        w.t("Every map and chart has a table beside it that holds the same; colour never stands alone."),
        w.t(
            "Areas on the map are chosen by mouse or touch; by keyboard through the list beside the map or the "
            "table under it."
        ),
        w.t("The PDFs are tagged (PDF/UA-1), with a title, a language and a text for every picture."),
    ]
