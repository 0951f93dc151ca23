"""Need beside known provision: the map in two colours, what is called a gap and why so little is, the table."""

from __future__ import annotations

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from hsc_geo.analysis.asking import to_ask
from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.gaps import (
    RULES,
    Gaps,
)
from hsc_geo.analysis.inequality import told_slope
from hsc_geo.analysis.reach import people_of
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.coverage.answers import Seen, _seen, as_known, fitting
from hsc_geo.views.coverage.screen import ask
from hsc_geo.views.coverage.screen.composition import composition_texts, controls
from hsc_geo.views.coverage.screen.controls import level_control, near_controls
from hsc_geo.views.coverage.screen.near import draw_places
from hsc_geo.views.coverage.words import bivariate
from hsc_geo.views.coverage.words.composition import composed
from hsc_geo.views.coverage.words.need import (
    _percentile,
    area_verdict,
    card,
    need_columns,
    need_rows,
    one_legend,
    one_value,
)
from hsc_geo.views.coverage.words.rules import method_texts
from hsc_geo.views.coverage.words.slope import slope_text
from hsc_geo.views.coverage.words.verdict import (
    answer_columns,
    answer_rows,
    known_text,
    nothing_called,
    range_text,
    sign_of,
    verdict_name,
)
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import table
from hsc_geo.views.maps.colours import ramp
from hsc_geo.views.maps.common import FARTHEST_RING, HEIGHT, clicked_thing, map_config, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate, base_map, update_group

MAP_KEY = "hsc_need_map"


def draw(n: Names, state: PageState, ids: tuple[str, ...], assets: MapAssets) -> None:
    """Choices, what each rule calls a gap, the map, the table, whom to ask, the method.

    Where nothing is called, whom to ask is the answer, and stands before the map.
    """
    st.header(n.w.t("Need and gaps"), anchor=False)
    near_controls(n, state)
    controls(n, state)
    need, why = composed(n, state, state["level"])
    if need is None:
        st.info(why)
        return
    fit = fitting(n, state, ids)
    seen = _seen(n, state, fit, need)
    nothing = nothing_called(seen.levels)
    _answer(n, seen)
    draw_places(n, fit, int(state["dist"]), people_of(state["rlife"]))
    st.html(items(composition_texts(n, need, state["ramb"], state["rlife"])))
    if nothing:
        _ask(n, state, nothing)
    _choices(n, state)
    _seen_on_map(n, state, fit, seen, assets)
    _table(n, state, seen.found)
    if not nothing:
        _ask(n, state, nothing)
    st.html(items(method_texts(n, seen.found, bool(state["conf"]))))


def _seen_on_map(n: Names, state: PageState, fit: tuple[str, ...], seen: Seen, assets: MapAssets) -> None:
    """The map, and beside it the area that is chosen and how to read it."""
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        _map(n, state, fit, seen, assets)
    with right:
        st.html(markup('<p class="hsc-quiet" id="slope">{}</p>', slope_of(n, seen)))
        if state["area"] in seen.found.table.index:
            st.html(area_verdict(n, state["area"], seen))
        st.html(card(n, seen))


def _answer(n: Names, seen: Seen) -> None:
    """What each rule calls a gap at each level."""
    distance = seen.found.distance
    table(
        n.w,
        key="coverage_verdicts",
        caption=n.w.t("Where need is high and little is known, by two rules"),
        columns=answer_columns(n, distance),
        rows=answer_rows(n, seen.levels),
    )


def _ask(n: Names, state: PageState, nothing: bool) -> None:
    need, _ = composed(n, state, NEIGHBOURHOOD)
    ask.draw(n, to_ask(n.package, as_known(n, state), n.today, state["ramb"], need), nothing)


def _choices(n: Names, state: PageState) -> None:
    w = n.w
    shown = {
        "both": w.t("Need and provision"),
        "need": w.t("Need"),
        "known": w.t("Known here"),
        "share": w.t("Reached, at least"),
        "access": w.t("Access when shared"),
    }
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "show", w.t("On the map"), shown)


def column(seen: Seen, show: str) -> pd.Series:
    """The one quantity on the map, in the unit of its legend: percentile, initiatives, per cent, initiatives per 1,000
    residents."""
    table = seen.found.table
    return {
        "access": lambda: seen.access.at(seen.need.level)["access"].reindex(table.index),
        "need": lambda: table["need"],
        "known": lambda: table["number"].astype("float64"),
        "share": lambda: 100 * table["share"],
    }[show]()


def _map(n: Names, state: PageState, fit: tuple[str, ...], seen: Seen, assets: MapAssets) -> None:
    show, found = state["show"], seen.found
    one = None if show == "both" else classify(column(seen, show), "quantiles", 5)
    st.html(_map_title(n, state, seen))
    st_folium(
        base_map(assets, map_config(n.package)),
        key=MAP_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_active_drawing"],
        feature_group_to_add=update_group(map_update(n, state, fit, seen, one)),
        on_change=lambda: _clicked(state),
    )
    st.html(bivariate.legend(n, found.table) if one is None else one_legend(n, show, one, column(seen, show)))


def _map_title(n: Names, state: PageState, seen: Seen) -> Markup:
    w = n.w
    distance = w.t("known places within {n} metres", n=w.number(int(state["dist"])))
    titles = {
        "both": (w.t("Need and known provision"), distance),
        "need": (
            w.t("Need, as percentile among the areas"),
            w.t("composed by us of {n} figures", n=len(seen.need.ingredients)),
        ),
        "known": (w.t("Initiatives known here"), w.t("without those for the whole city or the region")),
        "share": (w.t("Residents reached, at least"), distance),
        "access": (w.t("Initiatives per 1,000 residents who share them"), distance),
    }
    title, rest = titles[state["show"]]
    return markup('<p class="hsc-maptitle">{} <small>{}</small></p>', title, rest)


def map_update(
    n: Names, state: PageState, fit: tuple[str, ...], seen: Seen, one: Classes | None
) -> MapUpdate:
    """The map of the choices: two quantities, or `one` in classes."""
    w, found = n.w, seen.found
    ids = np.array(facet_index(n.package).ids)
    distance = int(state["dist"])
    assigned = {} if one is None else {str(code): int(i) for code, i in one.assigned.items() if i >= 0}
    return MapUpdate(
        level=found.level,
        lang=w.code,
        theme=theme(),
        title=w.t("Need and known provision") if one is None else _one_title(n, state["show"]),
        classes=bivariate.classes(found.table) if one is None else assigned,
        colors=bivariate.colors() if one is None else ramp(one.k),
        text=_texts(n, state["show"], seen),
        visible=np.isin(ids, list(fit)),
        selected=state["area"],
        words=map_words(w),
        signs={code: sign for code in map(str, found.table.index) if (sign := sign_of(found, code))},
        radius=distance if distance <= FARTHEST_RING else 0,
    )


def _one_title(n: Names, show: str) -> str:
    w = n.w
    return {
        "need": w.t("Need"),
        "known": w.t("Initiatives known here"),
        "share": w.t("Reached, at least"),
        "access": w.t("Initiatives per 1,000 residents"),
    }[show]


def _texts(n: Names, show: str, seen: Seen) -> dict[str, str]:
    if show != "both":
        return {str(code): one_value(n, show, value) for code, value in column(seen, show).items()}
    return {
        str(code): _both_text(n, seen.found, str(code), line) for code, line in seen.found.table.iterrows()
    }


def _both_text(n: Names, found: Gaps, code: str, line: pd.Series) -> str:
    """An area in one line: need, then what each rule rests on and says."""
    known, reached = known_text(n, int(line["number"])), range_text(n, line)
    area, place = (verdict_name(n, found.verdict(code, rule)) for rule in RULES)
    return f"{_percentile(n, line['need'])}; {known}: {area}; {reached}: {place}"


def _clicked(state: PageState) -> None:
    code = clicked_thing(MAP_KEY).get("code") or ""
    if code in (state.params["area"].options or ()):
        state.set("area", code)


def slope_of(n: Names, seen: Seen) -> str:
    """How access differs with need over the areas of the level."""
    w, level = n.w, seen.need.level
    if not seen.access.placed:
        return w.t(
            "How access differs with need cannot be computed: no initiative that fits has a known place."
        )
    shared, parts = seen.access.at(level), seen.access.parts[level]
    try:
        told = told_slope(
            shared["access"], parts, seen.need.table["index"], shared["residents"], seen.access.places
        )
    except ValueError:  # fewer than three areas
        return w.t("How access differs with need cannot be computed: too few areas have an index of need.")
    return slope_text(n, told, level)


def _table(n: Names, state: PageState, found: Gaps) -> None:
    def on_sort(key: str, descending: bool) -> None:
        state.set("sort", key)
        state.set("desc", "1" if descending else "")
        state.set("page", "1")

    w = n.w
    level = w.t("district") if found.level == DISTRICT else w.t("neighbourhood")
    columns = need_columns(n, found.distance)
    sort = state["sort"] if state["sort"] in {c.key for c in columns if c.sortable} else "verdict"
    table(
        w,
        key="coverage_need",
        caption=w.t(
            "Need and known provision within {n} metres, by {level}",
            n=w.number(int(state["dist"])),
            level=level,
        ),
        columns=columns,
        rows=need_rows(n, found),
        sort=sort,
        descending=state["desc"] == "1",
        page=int(state["page"]),
        selected=state["area"],
        on_pick=lambda code: state.set("area", code),
        on_sort=on_sort,
        on_page=lambda page: state.set("page", str(page)),
    )
