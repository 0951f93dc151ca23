"""The map or the list alone, in a frame on another site: its title, its legend, its source and a way to the whole page.

Who may show it is a setting of the server (HSC_EMBED_HOSTS), which the browser holds to by the headers of each answer.
"""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st

from hsc_geo.analysis.explore import View, explore
from hsc_geo.data.cached import per_package
from hsc_geo.data.load import Package
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.rows import Column, Listing
from hsc_geo.views.kit.state import PageState, Param, write
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.map.choices import choice
from hsc_geo.views.map.choices import parameters as map_parameters
from hsc_geo.views.map.embed_code import LIST, WHATS
from hsc_geo.views.map.page import map_update
from hsc_geo.views.map.rows import list_caption, list_columns, list_rows, none_text
from hsc_geo.views.map.words import map_title, summary_parts
from hsc_geo.views.maps.common import draw_map
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.maps.legend import class_colors, legend
from hsc_geo.views.wording.counted import view_label

FULL_PAGE = "kaart"
# Navigation, bar and switch of language belong to the site, not to a frame in another one.
ALONE = (
    "<style>.stAppHeader, .stToolbar, .stSidebar, .st-key-hsc_language { display: none; } "
    ".stMainBlockContainer { padding-top: 0.5rem; padding-bottom: 0.5rem; }</style>"
)


@per_package(maxsize=1)
def parameters(package: Package) -> tuple[Param, ...]:
    """What to show, and the choices of the page of the map."""
    return (Param("what", WHATS[0], frozenset(WHATS)), *map_parameters(package))


def draw(n: Names, assets: MapAssets) -> None:
    """The whole frame."""
    st.html(ALONE)
    st.title(n.w.t("Known initiatives for health"), anchor=False)
    _frame(n, assets)


@st.fragment
def _frame(n: Names, assets: MapAssets) -> None:
    state = PageState("embed", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    view = explore(n.package, choice(state, n.today))
    st.html(markup('<p id="summary">{}</p>', summary_text(n, view)))
    if state["what"] == LIST:
        _list(n, state, view)
    else:
        _map(n, view, assets)
    st.html(source_line(n, state, view))
    state.push()


def summary_text(n: Names, view: View) -> str:
    """How many of the initiatives are shown, for whom they are, and what counts."""
    return f"{'; '.join(summary_parts(n, view))} ({view_label(n, view)})"


def _map(n: Names, view: View, assets: MapAssets) -> None:
    st.html(map_title(n, view))
    draw_map("hsc_embed_map", n.package, assets, map_update(n, view, ""))
    colors = class_colors(view)
    st.html(legend(n, view.choice.indicator, view.classes, colors, view.table["status"], view.choice.level))


def _list(n: Names, state: PageState, view: View) -> None:
    w = n.w
    if not view.ids:
        st.info(none_text(n))
        return
    number = len(view.ids)
    table(
        w,
        "embed_list",
        Listing(
            list_caption(n, number),
            [Column(c.key, c.label, c.numeric, sortable=False) for c in list_columns(n, view)],
            list_rows(n, view, list(view.ids), "", False, state.number("page")),
        ),
        Display(page=state.number("page"), total=number),
        Clicks(page=lambda page: state.set("page", str(page))),
    )


def full_address(n: Names, state: PageState) -> str:
    """The same choices on the whole page."""
    choices = write(state.values, [each for each in state.params.values() if each.key != "what"])
    return f"{FULL_PAGE}?{urlencode({**choices, **n.kept()}, doseq=True)}"


def source_line(n: Names, state: PageState, view: View) -> str:
    """Where it comes from, what none known means, and the way to the whole page."""
    w, key = n.w, view.choice.indicator
    figure = w.t("Figure: {source}.", source=n.source(key)) if key and state["what"] != LIST else ""
    register = w.t(
        "Initiatives: the register of {keeper}. None known is not the same as none.",
        keeper=n.here.organisation or n.here.name,
    )
    return markup(
        '<p class="hsc-quiet">{} {} <a href="{}" target="_blank" rel="noopener">{}</a></p>',
        figure,
        register,
        full_address(n, state),
        w.t("See and search all of it"),
    )
