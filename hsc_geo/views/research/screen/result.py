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
from hsc_geo.views.paper import svg
from hsc_geo.views.paper.drawing import drawing
from hsc_geo.views.paper.html_page import picture_address
from hsc_geo.views.paper.model import Map, Plot
from hsc_geo.views.research import results
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.screen import plot, take

MAP_WIDTH = 420.0  # points


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
    foot(n, state, found)


def foot(n: Names, state: PageState, found: Result) -> None:
    """How it was found, and what to take along."""
    if found.method:
        st.html(markup("<h2>{}</h2>{}", n.w.t("How it was found"), items(found.method)))
    take.draw(n, state, found)


def nothing(n: Names, chips: Callable[[], None]) -> None:
    """Where the data have nothing for these choices."""
    with answer():
        say(results.nothing(n))
        chips()


def _shown(n: Names, found: Result, changed: Sequence[str]) -> None:
    """The plots, with what one may not conclude and the map beside them."""
    if changed:
        st.html(note(changed))
    beside = bool(found.warnings or found.map)
    places = st.columns([0.58, 0.42], gap="large") if found.plots and beside else [st.container()] * 2
    with places[0]:
        for i, shown in enumerate(found.plots):
            picture(n, found, shown, i)
    with places[1]:
        if found.warnings:
            st.html(warned(n.w, found.warnings))
        if found.map:
            picture(n, found, found.map, len(found.plots))


def picture(n: Names, found: Result, shown: Plot | Map, i: int) -> None:
    """The i-th picture of the answer, with its caption above and its files below it."""
    st.html(markup('<p class="hsc-caption">{}</p>', shown.caption))
    made = pictures(found, n)[i]
    if isinstance(made, Markup):
        st.html(made)
    else:
        st.plotly_chart(plot.Drawn(made), key=f"research_plot_{i}", config=CONFIG)
    take.pictures(n, found, shown, i)


@per_package(maxsize=2)
def pictures(found: Result, n: Names) -> tuple[plot.Parts | Markup, ...]:
    """The plots and the map of an answer as they go to the browser, made once an answer. A page makes them before it
    sends anything: what comes in one go is drawn by the browser in one go."""
    plots = tuple(plot.figure(n, each) for each in found.plots)
    return (*plots, _map(n, found.map)) if found.map else plots


def _map(n: Names, shown: Map) -> Markup:
    return markup(
        '<figure class="hsc-drawn"><img alt="{}" src="{}"></figure>',
        shown.alt,
        picture_address(svg.held(drawing(n.package, shown, MAP_WIDTH))),
    )
