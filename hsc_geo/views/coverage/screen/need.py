"""Need beside known provision: the map in two colours, what is called a gap and why so little is, the table."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.access import Access
from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.gaps import REASONS, Gaps
from hsc_geo.analysis.need import Need, NeedError
from hsc_geo.views.coverage.answers.near import near
from hsc_geo.views.coverage.answers.need import Needs, access_beside, asks, needs, quantity
from hsc_geo.views.coverage.calls import calls
from hsc_geo.views.coverage.choices import BOTH, INDEX, CoverageChoice
from hsc_geo.views.coverage.screen import ask
from hsc_geo.views.coverage.screen.choosing import line
from hsc_geo.views.coverage.screen.composition import show_left_out
from hsc_geo.views.coverage.screen.controls import show_places
from hsc_geo.views.coverage.words import bivariate, need_map
from hsc_geo.views.coverage.words.composition import composition_texts, error_text
from hsc_geo.views.coverage.words.need import area_verdict, card, first_area, need_table, said, slope_of
from hsc_geo.views.coverage.words.page import say_counted
from hsc_geo.views.coverage.words.rules import method_texts
from hsc_geo.views.coverage.words.verdict import answer_table, area_name
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.controls import sort_by
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.side import side
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.maps.common import (
    FARTHEST_RING,
    THING,
    clicked_thing,
    draw_map,
    map_words,
    theme,
)
from hsc_geo.views.maps.frame import MapAssets, MapUpdate

MAP_KEY = "hsc_need_map"


def draw(n: Names, state: PageState, choice: CoverageChoice, assets: MapAssets) -> None:
    """The map with the verdict of an area beside it; then what is not known and whom to ask, the table, the method."""
    try:
        found = needs(n, choice)
    except NeedError as error:
        with answer():
            say(error_text(n, error))
            line(n, state, choice)
        return
    shown = Shown(choice, found, access_beside(n, choice))
    with answer():
        say(said(n, found, choice.level), say_counted(n, choice))
        line(n, state, choice)
        show_left_out(n, choice)
        _seen_on_map(n, state, shown, assets)
    _why(n, state, shown)


@dataclass(frozen=True, eq=False)
class Shown:
    """What the part shows: the choice, its answer, and access where places are shared."""

    choice: CoverageChoice
    answer: Needs
    access: Access

    @property
    def need(self) -> Need:
        """The index of need of the level that is chosen."""
        return self.answer.index[self.choice.level]

    @property
    def found(self) -> Gaps:
        """The verdicts of the level that is chosen."""
        return self.answer.verdicts[self.choice.level]

    @property
    def numbers(self) -> pd.Series:
        """The one quantity on the map."""
        return quantity(self.choice.show, self.found, self.access)


def _why(n: Names, state: PageState, shown: Shown) -> None:
    """What the answer rests on: what each rule calls, area by area, what is not known, how it is computed."""
    choice, found = shown.choice, shown.answer
    table(n.w, "coverage_verdicts", answer_table(n, found.levels))
    show_places(n, near(n, choice).found)
    if not found.called:
        ask.draw(n, asks(n, choice), answers=True)
    _table(n, state, shown.found)
    if found.called:
        ask.draw(n, asks(n, choice), answers=False)
    in_python.fold(n, "need", lambda: calls(n, choice))
    st.html(markup('<p class="hsc-quiet" id="slope">{}</p>', slope_of(n, shown.access, shown.need)))
    texts = method_texts(n, shown.found, choice.basis.within is not None)
    st.html(items([*composition_texts(n, shown.need, choice), *texts]))


def _seen_on_map(n: Names, state: PageState, shown: Shown, assets: MapAssets) -> None:
    """The map, and beside it an area with its verdict: the one that is chosen, or the first of the table."""
    left, right = st.columns([0.62, 0.38], gap="medium")
    with left:
        _map(n, state, shown, assets)
    with right:
        found, area = shown.found, state["area"]
        asked = area in found.table.index
        code = area if asked else first_area(n, found)
        with side(n, state, asked, area_name(n, found, code), ["area"]):
            st.html(area_verdict(n, code, shown.answer, found.level))
        st.html(_legend(n, shown))
        st.html(card(n))


def _map(n: Names, state: PageState, shown: Shown, assets: MapAssets) -> None:
    title = need_map.map_title(n, shown.choice, len(shown.need.ingredients))
    st.html(markup('<p class="hsc-maptitle">{} <small>{}</small></p>', *title))
    draw_map(
        MAP_KEY,
        n.package,
        assets,
        map_update(n, shown, _one(shown), state["area"]),
        THING,
        lambda: _clicked(state),
    )


def _one(shown: Shown) -> Classes | None:
    """The classes of a map with one quantity."""
    return None if shown.choice.show == BOTH else classify(shown.numbers, "quantiles", 5)


def _legend(n: Names, shown: Shown) -> Markup:
    one = _one(shown)
    if one is None:
        return bivariate.legend(n, shown.found.table)
    return need_map.one_legend(n, shown.choice.show, one, shown.numbers, len(_doubt(shown)))


def _doubt(shown: Shown) -> tuple[str, ...]:
    """The areas with dots, where the map is of need."""
    return shown.found.indistinct if shown.choice.show in (BOTH, INDEX) else ()


def map_update(n: Names, shown: Shown, one: Classes | None, selected: str) -> MapUpdate:
    """The map of the choices: two quantities, or `one` in classes."""
    found, distance = shown.found, shown.choice.distance
    signs = {code: need_map.sign(n, found, code) for code in map(str, found.table.index)}
    return MapUpdate(
        level=found.level,
        lang=n.w.code,
        theme=theme(),
        title=need_map.short_title(n, shown.choice.show),
        classes=bivariate.classes(found.table) if one is None else _assigned(one),
        colors=bivariate.colors() if one is None else need_map.one_colours(shown.choice.show, one),
        text=_texts(n, shown),
        doubt=_doubt(shown),
        visible=np.isin(np.array(facet_index(n.package).ids), list(shown.answer.fit)),
        selected=selected,
        words=map_words(n),
        signs={code: said for code, said in signs.items() if said},
        radius=distance if distance <= FARTHEST_RING else 0,
    )


def _assigned(one: Classes) -> dict[str, int]:
    return {str(code): int(i) for code, i in one.assigned.items() if i >= 0}


def _texts(n: Names, shown: Shown) -> dict[str, str]:
    show = shown.choice.show
    if show == BOTH:
        return need_map.both_texts(n, shown.found)
    return {str(code): need_map.one_value(n, show, value) for code, value in shown.numbers.items()}


def _clicked(state: PageState) -> None:
    code = clicked_thing(MAP_KEY).get("code") or ""
    if code in (state.params["area"].options or ()):
        state.set("area", code)


def _table(n: Names, state: PageState, found: Gaps) -> None:
    shown = need_table(n, found, REASONS)
    sortable = {column.key for column in shown.columns if column.sortable}
    sort = state["sort"]
    table(
        n.w,
        "coverage_need",
        shown,
        Display(
            sort=sort if sort in sortable else "",
            descending=state.on("desc"),
            page=state.number("page"),
            selected=state["area"],
        ),
        Clicks(
            pick=lambda code: state.set("area", code),
            sort=lambda key, descending: sort_by(state, key, descending),
            page=lambda page: state.set("page", str(page)),
        ),
    )
