"""Need beside known provision: the map in two colours, what is called a gap and why so little is, the table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from markupsafe import Markup
from streamlit_folium import st_folium

from hsc_geo.analysis.access import Access, access
from hsc_geo.analysis.classify import Classes, classify
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.gaps import GAP, NO_SIGN, NOT_KNOWN, UNCERTAIN, VERDICTS, Gaps, gaps
from hsc_geo.analysis.inequality import slope_index
from hsc_geo.analysis.need import Need, sensitivity
from hsc_geo.analysis.reach import people_of
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views import bivariate
from hsc_geo.views.colours import ramp
from hsc_geo.views.components import Column, Row, table
from hsc_geo.views.coverage_choices import as_known, fitting, level_control, near_controls, segments
from hsc_geo.views.coverage_compose import composed, composition_text, controls
from hsc_geo.views.coverage_matrix import row_name
from hsc_geo.views.coverage_reach import draw_places
from hsc_geo.views.coverage_what_if import places_count, signed
from hsc_geo.views.folium_map import MapAssets, MapUpdate, base_map, update_group
from hsc_geo.views.html import items, joined, markup
from hsc_geo.views.legend import areas_count
from hsc_geo.views.map_view import HEIGHT, clicked_thing, map_config, map_words, theme
from hsc_geo.views.names import Names
from hsc_geo.views.state import PageState
from hsc_geo.views.words import Words

MAP_KEY = "hsc_need_map"
FARTHEST_RING = 1200  # metres; larger rings cover the map and say nothing
SIGNS = {GAP: "!", UNCERTAIN: "?"}


@dataclass(frozen=True, eq=False)
class Seen:
    """What the part shows: the index of need, the verdicts, and access when places are shared."""

    need: Need
    found: Gaps
    access: Access


def draw(n: Names, state: PageState, ids: tuple[str, ...], assets: MapAssets) -> None:
    """Choices, map with its legend, the card, the table, the method."""
    w = n.w
    st.header(w.t("Need and gaps"), anchor=False)
    near_controls(n, state)
    controls(n, state)
    level = state["level"]
    need, why = composed(n, state, level)
    if need is None:
        st.info(why)
        return
    fit = fitting(n, state, ids)
    seen = _seen(n, state, fit, need)
    _choices(n, state)
    draw_places(n, fit, int(state["dist"]), people_of(state["rlife"]))
    left, right = st.columns([0.6, 0.4], gap="medium")
    with left:
        _map(n, state, fit, seen, assets)
    with right:
        st.html(verdict_counts(n, seen.found))
        st.html(markup('<p class="hsc-quiet" id="slope">{}</p>', slope_text(n, seen)))
        if state["area"] in seen.found.table.index:
            st.html(area_verdict(n, state["area"], seen))
        st.html(card(n, seen))
    _table(n, state, seen.found)
    st.html(items(method_texts(n, seen)))


def _seen(n: Names, state: PageState, fit: tuple[str, ...], need: Need) -> Seen:
    distance, people = int(state["dist"]), people_of(state["rlife"])
    known = as_known(n, state)
    found = gaps(n.package, fit, distance, need, sensitivity(need), need.level, n.today, people, known)
    return Seen(need, found, access(n.package, fit, distance, state["fca"], people))


def _choices(n: Names, state: PageState) -> None:
    w = n.w
    shown = {
        "both": w.t("Need and provision"),
        "need": w.t("Need"),
        "share": w.t("Reached, at least"),
        "access": w.t("Access when shared"),
    }
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        level_control(n, state)
        segments(state, "show", w.t("On the map"), shown)


def column(seen: Seen, show: str) -> pd.Series:
    """The one quantity on the map, in the unit of its legend: percentile, per cent, initiatives per 1,000 residents."""
    if show == "access":
        return seen.access.at(seen.need.level)["access"].reindex(seen.found.table.index)
    return seen.found.table["need"] if show == "need" else 100 * seen.found.table["share"]


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
        signs={
            str(code): SIGNS[verdict] for code, verdict in found.table["verdict"].items() if verdict in SIGNS
        },
        radius=distance if distance <= FARTHEST_RING else 0,
    )


def _one_title(n: Names, show: str) -> str:
    w = n.w
    return {
        "need": w.t("Need"),
        "share": w.t("Reached, at least"),
        "access": w.t("Initiatives per 1,000 residents"),
    }[show]


def _texts(n: Names, show: str, seen: Seen) -> dict[str, str]:
    if show != "both":
        return {str(code): one_value(n, show, value) for code, value in column(seen, show).items()}
    texts = {}
    for code, line in seen.found.table.iterrows():
        reached = range_text(n, line)
        texts[str(code)] = (
            f"{_percentile(n, line['need'])}; {reached}; {verdict_name(n, str(line['verdict']))}"
        )
    return texts


def one_value(n: Names, show: str, value: float | None) -> str:
    """A value of the map with one quantity."""
    if pd.isna(value):
        return n.w.t("not known")
    if show == "share":
        return n.w.value(value, "percent", 1)
    return n.w.number(value, 0 if show == "need" else 2)


def one_legend(n: Names, show: str, one: Classes, numbers: pd.Series) -> Markup:
    """Classes with the lowest and highest of `numbers` in each, and how many areas they are."""
    w = n.w
    decimals = {"need": 0, "share": 1, "access": 2}[show]
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


def verdict_name(n: Names, verdict: str) -> str:
    """A verdict in a word or two."""
    w = n.w
    return {
        GAP: w.t("gap"),
        UNCERTAIN: w.t("uncertain"),
        NO_SIGN: w.t("no sign of a gap"),
        NOT_KNOWN: w.t("not known"),
    }[verdict]


def reason_text(n: Names, code: str) -> str:
    """Why a verdict is what it is, or what belongs beside it."""
    w = n.w
    return {
        "need_depends_on_weights": w.t("need is high or not by which figures weigh most"),
        "one_ingredient": w.t("need rests on one figure only"),
        "figures_modelled": w.t("the figures are estimates by a model"),
        "place_unknown": w.t("of initiatives here the place is not known"),
        "provision_middling": w.t("provision is neither clearly low nor clearly not"),
        "distance": w.t("it depends on the distance"),
        "not_confirmed": w.t("the register is old here: more is known, but not confirmed in this period"),
        "no_initiatives": w.t("no initiative that counts is known to a place or an area"),
        "few_areas": w.t("there are too few areas to divide in thirds"),
        "register_old": w.t("most of what is known here is old or undated"),
        "need_missing": w.t("a figure in the index is missing"),
        "residents_unknown": w.t("nobody lives here, or it is not known how many"),
    }[code]


def range_text(n: Names, line: pd.Series) -> str:
    """`12,0 to 45,0% reached`, one number where the bounds are the same."""
    w = n.w
    if pd.isna(line["share"]):
        return w.t("reach not known")
    low, high = (w.value(100 * line[key], "percent", 1) for key in ("share", "upper_share"))
    return (
        w.t("{share} reached", share=low)
        if low == high
        else w.t("{low} to {high} reached", low=low, high=high)
    )


def _percentile(n: Names, value: float | None) -> str:
    if pd.isna(value):
        return n.w.t("need not known")
    return n.w.t("need {n} of 100", n=n.w.number(value))


def verdict_counts(n: Names, found: Gaps) -> Markup:
    """How many areas have each verdict, and which are called a gap."""
    w = n.w
    counts = found.table["verdict"].value_counts()
    parts = [
        f"{w.number(int(counts[each]))} {verdict_name(n, each)}" for each in VERDICTS if counts.get(each)
    ]
    named = [n.area(str(code)) for code in found.table.index[found.table["verdict"] == GAP]]
    text = w.t("Called a gap: {areas}.", areas=", ".join(named)) if named else _no_gap(w, found)
    return markup(
        '<p aria-live="polite" id="verdicts"><strong>{}</strong></p><p>{}</p>', " · ".join(parts), text
    )


def _no_gap(w: Words, found: Gaps) -> str:
    if "no_initiatives" in found.notes:
        return w.t(
            "No area is called a gap: no initiative that counts is known to a place or an area, so there is nothing to "
            "compare."
        )
    return w.t("No area is called a gap: nowhere is need high and little known, however one looks.")


def slope_text(n: Names, seen: Seen) -> str:
    """How access differs with need over the areas of the level."""
    w, shared = n.w, seen.access.at(seen.need.level)
    if not seen.access.placed:
        return w.t(
            "How access differs with need cannot be computed: no initiative that fits has a known place."
        )
    try:
        slope = slope_index(shared["access"], seen.need.table["index"], shared["residents"])
    except ValueError:  # fewer than three areas
        return w.t("How access differs with need cannot be computed: too few areas have an index of need.")
    return w.t(
        "Access where need is greatest, less that where it is least: {sii} initiatives per 1,000 residents "
        "(slope index of inequality over {areas}, from {places}). Below zero: less access where need is greater.",
        sii=signed(n, slope.sii, 3),
        areas=areas_count(n, slope.n, seen.need.level),
        places=places_count(n, seen.access),
    )


def area_verdict(n: Names, code: str, seen: Seen) -> Markup:
    """One area: its verdict with reasons, and the numbers behind it."""
    line: Any = seen.found.table.loc[code]
    reasons = [reason_text(n, each) for each in line["reasons"]]
    missing = [f"{n.indicator(key)} ({n.missing(status)})" for key, status in seen.need.missing.get(code, ())]
    facts = [_percentile(n, line["need"]), _sure_text(n, line["sensitivity"]), range_text(n, line), *missing]
    return markup(
        '<section class="hsc-card"><h2 id="panel">{}</h2><p><strong>{}</strong>{}</p>{}</section>',
        n.area(code),
        verdict_name(n, str(line["verdict"])),
        markup(": {}", "; ".join(reasons)) if reasons else "",
        items([fact for fact in facts if fact]),
    )


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
                "Orange: high need and little known. Blue: much known and low need. A number on a square is "
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


def need_columns(n: Names) -> list[Column]:
    """Columns that go with `need_rows`."""
    w = n.w
    return [
        Column("name", w.t("Area")),
        Column("need", w.t("Need, percentile"), numeric=True),
        Column("sure", w.t("In the top quarter"), numeric=True),
        Column("share", w.t("Reached, at least"), numeric=True),
        Column("upper", w.t("Reached, at most"), numeric=True, sortable=False),
        Column("verdict", w.t("Verdict")),
        Column("why", w.t("Reasons"), sortable=False, wordy=True),
    ]


def need_rows(n: Names, found: Gaps) -> list[Row]:
    """A row per area."""
    return [_row(n, str(code), line, found.level) for code, line in found.table.iterrows()]


def _row(n: Names, code: str, line: pd.Series, level: str) -> Row:
    w = n.w
    shares = [
        w.value(100 * line[key], "percent", 1) if pd.notna(line[key]) else "–"
        for key in ("share", "upper_share")
    ]
    sure = w.value(100 * line["sensitivity"], "percent", 0) if pd.notna(line["sensitivity"]) else "–"
    reasons = "; ".join(reason_text(n, each) for each in line["reasons"])
    order = {"name": n.area(code).casefold(), "need": line["need"], "sure": line["sensitivity"], "share": line["share"],
             "verdict": VERDICTS.index(str(line["verdict"]))}  # fmt: skip
    cells = [
        row_name(n, code, level),
        w.number(line["need"]),
        sure,
        *shares,
        verdict_name(n, str(line["verdict"])),
        reasons,
    ]
    return Row(code, cells, order)


def _table(n: Names, state: PageState, found: Gaps) -> None:
    def on_sort(key: str, descending: bool) -> None:
        state.set("sort", key)
        state.set("desc", "1" if descending else "")
        state.set("page", "1")

    w = n.w
    level = w.t("district") if found.level == DISTRICT else w.t("neighbourhood")
    sort = state["sort"] if state["sort"] in {c.key for c in need_columns(n) if c.sortable} else "verdict"
    table(
        w,
        key="coverage_need",
        caption=w.t(
            "Need and known provision within {n} metres, by {level}",
            n=w.number(int(state["dist"])),
            level=level,
        ),
        columns=need_columns(n),
        rows=need_rows(n, found),
        sort=sort,
        descending=state["desc"] == "1",
        page=int(state["page"]),
        selected=state["area"],
        on_pick=lambda code: state.set("area", code),
        on_sort=on_sort,
        on_page=lambda page: state.set("page", str(page)),
    )


def method_texts(n: Names, seen: Seen) -> list[str]:
    """How need and verdict come about."""
    w = n.w
    texts = [
        w.t(
            "Need: each figure becomes a percentile among the areas of this level, turned so that high "
            "is need; the weighted mean of these is ranked again. An area without one of the figures has no "
            "index."
        ),
        w.t(
            "In the top quarter: in how many of 1,000 random weightings of the same figures the area is among "
            "the highest."
        ),
        w.t(
            "Gap: in the top quarter in at least 90% of those weightings, in the top third whichever figure "
            "is left out, and little known even if initiatives without a known place reach everyone, at this "
            "distance and at half as much again."
        ),
        w.t(
            "When only confirmed initiatives count, an area is called a gap only if it also is one by all that are "
            "known: what nobody confirmed may well go on."
        ),
        w.t("A gap is a reason to ask, not proof: it is about what is known."),
    ]
    notes = {
        "no_initiatives": w.t(
            "None of the initiatives that fit is known to a place or an area here, so known provision is zero "
            "everywhere."
        ),
        "wide_not_counted": w.t(
            "City-wide and regional initiatives, and those without a known area, are in no area's provision."
        ),
        "few_areas": w.t("There are too few areas to divide in thirds, so nothing is called a gap."),
    }
    return texts + [notes[code] for code in seen.found.notes]
