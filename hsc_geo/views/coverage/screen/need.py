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
from hsc_geo.analysis.gaps import Gaps
from hsc_geo.analysis.need import Need, NeedError
from hsc_geo.views.coverage.answers.near import near
from hsc_geo.views.coverage.answers.need import Needs, access_beside, asks, needs, quantity
from hsc_geo.views.coverage.choices import ACCESS, BOTH, HERE, INDEX, NEED, SHARE, CoverageChoice
from hsc_geo.views.coverage.screen import ask
from hsc_geo.views.coverage.screen.composition import controls
from hsc_geo.views.coverage.screen.controls import (
    level_control,
    near_controls,
    show_places,
)
from hsc_geo.views.coverage.words import bivariate, need_map
from hsc_geo.views.coverage.words.composition import composition_texts, error_text
from hsc_geo.views.coverage.words.need import area_verdict, card, need_table, slope_of
from hsc_geo.views.coverage.words.page import part_names
from hsc_geo.views.coverage.words.rules import method_texts
from hsc_geo.views.coverage.words.verdict import answer_table, sign_of
from hsc_geo.views.kit.controls import segments, sort_by
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.maps.colours import ramp
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
    """Choices, what each rule calls a gap, the map, the table, whom to ask, the method."""
    st.header(part_names(n.w)[NEED], anchor=False)
    near_controls(n, state)
    controls(n, state, choice)
    try:
        answer = needs(n, choice)
    except NeedError as error:
        st.info(error_text(n, error))
        return
    _answer(n, state, Shown(choice, answer, access_beside(n, choice)), assets)


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


def _answer(n: Names, state: PageState, shown: Shown, assets: MapAssets) -> None:
    """Where nothing is called, whom to ask is the answer, and stands before the map."""
    choice, called = shown.choice, shown.answer.called
    _verdicts(n, shown.answer)
    show_places(n, near(n, choice).found)
    st.html(items(composition_texts(n, shown.need, choice)))
    if not called:
        ask.draw(n, asks(n, choice), answers=True)
    _choices(n, state)
    _seen_on_map(n, state, shown, assets)
    _table(n, state, shown.found)
    if called:
        ask.draw(n, asks(n, choice), answers=False)
    st.html(items(method_texts(n, shown.found, choice.basis.within is not None)))


def _verdicts(n: Names, answer: Needs) -> None:
    """What each rule calls a gap at each level."""
    told = answer_table(n, answer.levels)
    table(n.w, "coverage_verdicts", told)


def _choices(n: Names, state: PageState) -> None:
    w = n.w
    shown = {
        BOTH: w.t("Need and provision"),
        INDEX: w.t("Need"),
        HERE: w.t("Known here"),
        SHARE: w.t("Reached, at least"),
        ACCESS: w.t("Access when shared"),
    }
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "show", w.t("On the map"), shown)


def _seen_on_map(n: Names, state: PageState, shown: Shown, assets: MapAssets) -> None:
    """The map, and beside it the area that is chosen and how to read it."""
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        _map(n, state, shown, assets)
    with right:
        st.html(markup('<p class="hsc-quiet" id="slope">{}</p>', slope_of(n, shown.access, shown.need)))
        if state["area"] in shown.found.table.index:
            st.html(area_verdict(n, state["area"], shown.answer, shown.found.level))
        st.html(card(n, shown.need))


def _map(n: Names, state: PageState, shown: Shown, assets: MapAssets) -> None:
    one = None if shown.choice.show == BOTH else classify(shown.numbers, "quantiles", 5)
    title = need_map.map_title(n, shown.choice, len(shown.need.ingredients))
    st.html(markup('<p class="hsc-maptitle">{} <small>{}</small></p>', *title))
    draw_map(
        MAP_KEY, n.package, assets, map_update(n, shown, one, state["area"]), THING, lambda: _clicked(state)
    )
    st.html(_legend(n, shown, one))


def _legend(n: Names, shown: Shown, one: Classes | None) -> Markup:
    if one is None:
        return bivariate.legend(n, shown.found.table)
    return need_map.one_legend(n, shown.choice.show, one, shown.numbers)


def map_update(n: Names, shown: Shown, one: Classes | None, selected: str) -> MapUpdate:
    """The map of the choices: two quantities, or `one` in classes."""
    found, distance = shown.found, shown.choice.distance
    signs = {code: sign_of(found, code) for code in map(str, found.table.index)}
    return MapUpdate(
        level=found.level,
        lang=n.w.code,
        theme=theme(),
        title=need_map.short_title(n, shown.choice.show),
        classes=bivariate.classes(found.table) if one is None else _assigned(one),
        colors=bivariate.colors() if one is None else ramp(one.k),
        text=_texts(n, shown),
        visible=np.isin(np.array(facet_index(n.package).ids), list(shown.answer.fit)),
        selected=selected,
        words=map_words(n.w),
        signs={code: sign for code, sign in signs.items() if sign},
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
    shown = need_table(n, found)
    sortable = {column.key for column in shown.columns if column.sortable}
    table(
        n.w,
        "coverage_need",
        shown,
        Display(
            sort=state["sort"] if state["sort"] in sortable else "verdict",
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
