"""Need beside known provision: the map in two colours, what is called a gap and why so little is, the table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from hsc_geo.analysis.access import Access, access
from hsc_geo.analysis.asking import to_ask
from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.gaps import (
    BY_AREA,
    BY_DISTANCE,
    GAP,
    RULES,
    VERDICTS,
    Gaps,
    gaps,
)
from hsc_geo.analysis.inequality import told_slope
from hsc_geo.analysis.need import Need, need_index, sensitivity
from hsc_geo.analysis.reach import people_of
from hsc_geo.analysis.serving import DISTRICT, NEIGHBOURHOOD
from hsc_geo.views.coverage.choices import as_known, fitting, level_control, near_controls, segments
from hsc_geo.views.coverage.screen import ask
from hsc_geo.views.coverage.screen.composition import composed, composition_text, composition_texts, controls
from hsc_geo.views.coverage.screen.near import draw_places
from hsc_geo.views.coverage.words import bivariate
from hsc_geo.views.coverage.words.rules import method_texts
from hsc_geo.views.coverage.words.slope import slope_text
from hsc_geo.views.coverage.words.verdict import (
    answer_columns,
    answer_rows,
    area_name,
    known_text,
    nothing_called,
    range_text,
    rule_name,
    sign_of,
    verdict_name,
    verdict_text,
)
from hsc_geo.views.kit.components import Column, Row, table
from hsc_geo.views.kit.html import items, joined, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.colours import ramp
from hsc_geo.views.maps.common import HEIGHT, clicked_thing, map_config, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate, base_map, update_group

MAP_KEY = "hsc_need_map"
FARTHEST_RING = 1200  # metres; larger rings cover the map and say nothing
LEVELS = (DISTRICT, NEIGHBOURHOOD)


@dataclass(frozen=True, eq=False)
class Seen:
    """What the part shows: the index of need and the verdicts of the level, access when places are shared, and the
    verdicts of the other level where these stand beside it."""

    need: Need
    found: Gaps
    access: Access
    beside: Gaps | None = None

    @property
    def levels(self) -> tuple[Gaps, ...]:
        """The verdicts of each level there is, districts first."""
        both = [each for each in (self.found, self.beside) if each is not None]
        return tuple(sorted(both, key=lambda each: LEVELS.index(each.level)))


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


def _seen(n: Names, state: PageState, fit: tuple[str, ...], need: Need) -> Seen:
    distance, people = int(state["dist"]), people_of(state["rlife"])
    known = as_known(n, state)

    def of(need: Need) -> Gaps:
        return gaps(n.package, fit, distance, need, sensitivity(need), need.level, n.today, people, known)

    other = next(level for level in LEVELS if level != need.level)
    beside = of(need_index(n.package, need.ingredients, other))
    return Seen(need, of(need), access(n.package, fit, distance, state["fca"], people), beside)


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


def one_value(n: Names, show: str, value: float | None) -> str:
    """A value of the map with one quantity."""
    if pd.isna(value):
        return n.w.t("not known")
    if show == "share":
        return n.w.value(value, "percent", 1)
    if show == "known":
        return known_text(n, int(value))
    return n.w.number(value, 0 if show == "need" else 2)


def one_legend(n: Names, show: str, one: Classes, numbers: pd.Series) -> Markup:
    """Classes with the lowest and highest of `numbers` in each, and how many areas they are."""
    w = n.w
    decimals = {"need": 0, "known": 0, "share": 1, "access": 2}[show]
    entries = [
        markup(
            '<li><span class="hsc-swatch" style="background:{}"></span><span>{} ({})</span></li>',
            color,
            _bounds(n, numbers[one.assigned == i], decimals),
            count,
        )
        for i, (color, count) in enumerate(zip(ramp(one.k), one.counts, strict=True))
    ]
    missing = len(numbers) - sum(one.counts)
    if missing:
        text = w.tn("{n} area not known", "{n} areas not known", missing)
        entries.append(_sign("missing", text))
    entries.append(_sign("place", w.t("initiative at a known place")))
    entries.append(_sign("only", w.t("number known only to the district or neighbourhood")))
    return markup('<ul class="hsc-legend">{}</ul>', joined(entries))


def _sign(kind: str, text: str) -> Markup:
    return markup('<li><span class="hsc-swatch {}"></span><span>{}</span></li>', kind, text)


def _bounds(n: Names, numbers: pd.Series, decimals: int) -> str:
    low, high = (n.w.number(each, decimals) for each in (numbers.min(), numbers.max()))
    return low if low == high else f"{low} – {high}"


def _clicked(state: PageState) -> None:
    code = clicked_thing(MAP_KEY).get("code") or ""
    if code in (state.params["area"].options or ()):
        state.set("area", code)


def _percentile(n: Names, value: float | None) -> str:
    if pd.isna(value):
        return n.w.t("need not known")
    return n.w.t("need {n} of 100", n=n.w.number(value))


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


def area_verdict(n: Names, code: str, seen: Seen) -> Markup:
    """One area: what each rule says with its reasons, the numbers behind it, and the other level."""
    line: Any = seen.found.table.loc[code]
    rules = [
        markup(
            "<p>{}: <strong>{}</strong></p>",
            rule_name(n, rule, seen.found.distance),
            verdict_text(n, seen.found, code, rule),
        )
        for rule in RULES
    ]
    missing = [f"{n.indicator(key)} ({n.missing(status)})" for key, status in seen.need.missing.get(code, ())]
    facts = [_percentile(n, line["need"]), _sure_text(n, line["sensitivity"]), known_text(n, int(line["number"])),
             range_text(n, line), wide_text(n, seen.found), *missing, *other_level(n, code, seen)]  # fmt: skip
    return markup(
        '<section class="hsc-card"><h2 id="panel">{}</h2>{}{}</section>',
        area_name(n, seen.found, code),
        joined(rules),
        items([fact for fact in facts if fact]),
    )


def wide_text(n: Names, found: Gaps) -> str:
    """What works for the whole city or the region beside an area's own; '' where none is known."""
    w, wide = n.w, len(found.city.wide)
    return w.t("{n} more for the whole city or the region", n=w.number(wide)) if wide else ""


def other_level(n: Names, code: str, seen: Seen) -> list[str]:
    """What both rules say of the district around a neighbourhood, or of the neighbourhoods in a district."""
    w, other = n.w, seen.beside
    if other is None:
        return []
    if seen.found.level == DISTRICT:
        inside = [key for key in other.table.index if n.package.areas.at[key, "parent_code"] == code]
        called = [key for key in inside if any(other.verdict(key, rule) == GAP for rule in RULES)]
        names = ", ".join(map(n.area, called))
        return [w.t("Neighbourhoods in it with a gap: {areas}", areas=names or w.t("none called"))]
    around = str(n.package.areas.at[code, "parent_code"])
    if around not in other.table.index:
        return []
    verdicts = "; ".join(
        f"{rule_name(n, rule, other.distance)}: {verdict_name(n, other.verdict(around, rule))}"
        for rule in RULES
    )
    return [w.t("Its district, {area}. {verdicts}", area=n.area(around), verdicts=verdicts)]


def _sure_text(n: Names, share: float | None) -> str:
    if pd.isna(share):
        return ""
    percent = n.w.value(100 * share, "percent", 0)
    return n.w.t("in the top quarter in {share} of 1,000 random weightings", share=percent)


def card(n: Names, seen: Seen) -> Markup:
    """What you see, why it matters, what you can do, about the data."""
    w = n.w
    parts = [
        (
            w.t("What you see"),
            w.t(
                "Orange: high need and few within reach. Blue: many within reach and low need. A number on a square is "
                "known to the area only; rings are the distance around known places."
            ),
        ),
        (
            w.t("Why it matters"),
            w.t(
                "Health differences become smaller where help reaches the people who need it most, and only what "
                "is known counts here."
            ),
        ),
        (
            w.t("What you can do"),
            w.t(
                "Choose an area to see why it has its verdict. Ask the partners there what runs that nobody wrote "
                "down, before calling it a gap yourself."
            ),
        ),
        (
            w.t("About the data"),
            w.t("Need is composed of: {figures}.", figures=composition_text(n, seen.need)),
        ),
    ]
    body = joined(markup("<h2>{}</h2><p>{}</p>", head, text) for head, text in parts)
    return markup('<section class="hsc-card">{}</section>', body)


def need_columns(n: Names, distance: float) -> list[Column]:
    """Columns that go with `need_rows`: the two rules beside each other, each with the number it rests on."""
    w = n.w
    area, place = (rule_name(n, rule, distance) for rule in RULES)
    return [
        Column("name", w.t("Area")),
        Column("need", w.t("Need, percentile"), numeric=True),
        Column("sure", w.t("In the top quarter"), numeric=True),
        Column("number", w.t("Known here"), numeric=True),
        Column("verdict", area, wordy=True),
        Column("share", w.t("Reached"), numeric=True),
        Column("place", place, sortable=False, wordy=True),
        Column("wide", w.t("For the whole city or region"), numeric=True, sortable=False),
    ]


def need_rows(n: Names, found: Gaps, told: Sequence[str] = ()) -> list[Row]:
    """A row per area; `told` are reasons that are told elsewhere."""
    return [_row(n, found, str(code), line, told) for code, line in found.table.iterrows()]


def _row(n: Names, found: Gaps, code: str, line: pd.Series, told: Sequence[str]) -> Row:
    w = n.w
    verdicts = [VERDICTS.index(found.verdict(code, rule)) for rule in RULES]
    order = {"name": n.area(code).casefold(), "need": line["need"], "sure": line["sensitivity"],
             "number": line["number"], "share": line["share"], "verdict": 10 * min(verdicts) + verdicts[0]}  # fmt: skip
    sure = w.value(100 * line["sensitivity"], "percent", 0) if pd.notna(line["sensitivity"]) else "–"
    wide = len(found.city.wide)
    cells = [
        area_name(n, found, code),
        w.number(line["need"]),
        sure,
        w.number(line["number"]) if line["number"] else w.t("none known"),
        verdict_text(n, found, code, BY_AREA, told),
        _reached(n, line),
        verdict_text(n, found, code, BY_DISTANCE, told),
        w.number(wide) if wide else w.t("none known"),
    ]
    return Row(code, cells, order)


def _reached(n: Names, line: pd.Series) -> str:
    """`12,0 – 45,0%`: the bounds, one number where they are the same."""
    if pd.isna(line["share"]):
        return "–"
    low, high = (100 * line[key] for key in ("share", "upper_share"))
    first, whole = n.w.number(low, 1), n.w.value(high, "percent", 1)
    return whole if first == n.w.number(high, 1) else f"{first} – {whole}"


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
