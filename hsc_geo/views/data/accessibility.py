"""What was done for accessibility, and what is not reached."""

import streamlit as st

from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.words import Words


def draw(w: Words) -> None:
    """The statement: what is done, what is lacking, and where to write."""
    st.header(w.t("Accessibility statement"), anchor=False)
    st.html(items(_reached(w)))
    st.html(markup("<h3>{}</h3>", w.t("What does not meet the standard yet")))
    st.html(items(_lacking(w)))
    text = w.t("Missing something? Write to HealthySocietyCenter@Leiden.nl, the mailbox of the centre.")
    st.html(markup("<p>{}</p>", text))


def _reached(w: Words) -> list[str]:
    return [
        w.t(
            "We aim at WCAG 2.2, level AA. Every page is tested with axe-core and with the keyboard alone, at "
            "two widths."
        ),
        w.t("Every map and chart has a table beside it that holds the same; colour never stands alone."),
        w.t(
            "Areas on the map are chosen by mouse or touch; by keyboard through the list beside the map or the "
            "table under it."
        ),
        w.t("The PDFs are tagged (PDF/UA-1), with a title, a language and a text for every picture."),
    ]


def _lacking(w: Words) -> list[str]:
    return [
        w.t("The page is drawn by Streamlit, which needs JavaScript; without it only a short message shows."),
        w.t(
            "Some controls that Streamlit draws itself (the lists that open, the menu on a phone) cannot be "
            "changed by us; some of their words stay English."
        ),
        w.t(
            "The box in which a steward chooses a file to import is drawn by Streamlit with a role that "
            "screen readers may tell wrongly."
        ),
    ]
