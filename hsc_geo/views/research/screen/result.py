"""What a part of the page found, on the screen: the answer with its pictures, the table, the method, what to take."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from markupsafe import Markup

from hsc_geo.data.cached import per_package
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.charts import CONFIG
from hsc_geo.views.kit.controls import sort_by
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, warned
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table, whole
from hsc_geo.views.maps.common import theme
from hsc_geo.views.paper import map_svg, svg
from hsc_geo.views.paper.html_page import picture_address
from hsc_geo.views.paper.model import Map, Plot
from hsc_geo.views.research import results
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.screen import plot, take

MAP_WIDTH = 330.0  # points: on a phone its letters are then still as large as small print


def draw(
    n: Names,
    state: PageState,
    choice: ResearchChoice,
    found: Result,
    chips: Callable[[], None],
    changed: Sequence[str] = (),
) -> None:
    """The whole part. chips: draws the line of choices. changed: what was taken in place of what was asked."""
    with answer():
        say(found.said, found.beside)
        chips()
        _shown(n, found, changed)
    if found.listing.rows:  # what is refused has none, and no empty head
        table(
            n.w,
            f"research_{choice.part}",
            found.listing,
            Display(choice.sort, choice.descending, choice.page),
            Clicks(
                sort=lambda key, down: sort_by(state, key, down),
                page=lambda number: state.set("page", str(number)),
            ),
        )
    for i, smaller in enumerate(each for each in found.smaller if each.rows):
        whole(n.w, f"research_{choice.part}_{i}", smaller)
    foot(n, state, choice, found)


def foot(n: Names, state: PageState, choice: ResearchChoice, found: Result) -> None:
    """How it was found, and what to take along."""
    if found.method:
        st.html(markup("<h2>{}</h2>{}", n.w.t("How it was found"), items(found.method)))
    take.draw(n, state, choice, found)


def nothing(n: Names, chips: Callable[[], None]) -> None:
    """Where the data have nothing for these choices."""
    with answer():
        say(results.nothing(n))
        chips()


def _shown(n: Names, found: Result, changed: Sequence[str]) -> None:
    """What one may not conclude, the plots and the map; on a wide screen the styles set the plots at the left."""
    if changed:
        st.html(note(changed))
    beside = found.plots and (found.warnings or found.map)
    with st.container(key="research_shown" if beside else None):
        if found.warnings:
            st.html(warned(n.w, found.warnings))
        with st.container(key="research_plots"):
            for i, shown in enumerate(found.plots):
                picture(n, found, shown, i)
        if found.map:
            with st.container(key="research_map"):
                picture(n, found, found.map, len(found.plots))


def picture(n: Names, found: Result, shown: Plot | Map, i: int) -> None:
    """The i-th picture of the answer, with its caption above and its files below it."""
    st.html(markup('<p class="hsc-caption">{}</p>', shown.caption))
    made = pictures(found, n, theme())[i]
    if isinstance(made, Markup):
        st.html(made)
    else:
        st.plotly_chart(plot.Drawn(made), key=f"research_plot_{i}", config=CONFIG)
    take.pictures(n, found, shown, i)


def make_pictures(n: Names, found: Result) -> None:
    """Make the pictures before anything is sent: what comes in one go is drawn by the browser in one go."""
    pictures(found, n, theme())


@per_package(maxsize=2)
def pictures(found: Result, n: Names, colours: str) -> tuple[plot.Parts | Markup, ...]:
    """The plots and the map of an answer as they go to the browser, in the colours of a theme; made once an answer."""
    plots = tuple(plot.figure(n, each) for each in found.plots)
    return (*plots, map_picture(n, found.map, MAP_WIDTH, colours)) if found.map else plots


def map_picture(n: Names, shown: Map, width: float, colours: str) -> Markup:
    """A map as a picture in the page."""
    drawn = svg.on_screen(map_svg.draw(n.package, shown, width), dark=colours == "dark")
    return markup(
        '<figure class="hsc-drawn"><img alt="{}" src="{}"></figure>', shown.alt, picture_address(drawn)
    )
