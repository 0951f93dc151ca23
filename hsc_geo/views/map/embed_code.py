"""The text that puts the map or the list, as it is chosen now, on another site."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from hsc_geo.views.kit.address import page_address
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState, write

PAGE = "insluiten"
MAP, LIST = WHATS = ("map", "list")
HEIGHTS = {MAP: 800, LIST: 900}  # pixels
NOT_FRAMED = ("sel", "tab", "ppage", "table", "sort", "desc", "page")  # choices that a frame has no use for


def fold(n: Names) -> DeltaGenerator | None:
    """The fold for the code; None while it is closed, when nothing in it is drawn."""
    place = st.expander(n.w.t("Embed this map or list on another site"), key="map_embed", on_change="rerun")
    return place if place.open else None


def draw(n: Names, state: PageState) -> None:
    """The code to copy; of the page of the map, whose choices `state` holds."""
    w = n.w
    st.html(
        markup(
            "<p>{}</p>",
            w.t(
                "Copy this code into a page. It shows these choices with the newest edition of the data, counted "
                "from {date}; without asof={day} in the code it counts from the day of each visit. It loads "
                "nothing from elsewhere. Only sites that the operator of this site allows can show it.",
                date=w.date(n.today),
                day=n.today.isoformat(),
            ),
        )
    )
    for what, name in {MAP: w.t("The map"), LIST: w.t("The list")}.items():
        st.html(quiet(name))
        st.code(frame_code(n, framed(n, state, what), what), language=None, wrap_lines=True)


def framed(n: Names, state: PageState, what: str) -> dict[str, list[str]]:
    """The address of the frame: the filters and the figure of the page, and the day from which it counts."""
    choices = write(state.values, list(state.params.values()))
    kept = {key: values for key, values in choices.items() if key not in NOT_FRAMED}
    return {"what": [what], **kept, **{key: [text] for key, text in n.shared().items()}, "embed": ["true"]}


def frame_code(n: Names, address: Mapping[str, Sequence[str]], what: str) -> str:
    """The HTML of the frame; every value in it is escaped."""
    names = {
        MAP: n.w.t("Map of known initiatives for health"),
        LIST: n.w.t("List of known initiatives for health"),
    }
    source = page_address(PAGE, address) or f"{PAGE}?{urlencode(address, doseq=True)}"
    return str(
        markup(
            '<iframe src="{}" title="{}" width="100%" height="{}" loading="lazy" style="border:0"></iframe>',
            source,
            names[what],
            HEIGHTS[what],
        )
    )
