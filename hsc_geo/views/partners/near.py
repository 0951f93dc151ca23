"""Near me: initiatives round a place, nearest first; those without a known place in groups of their own."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from streamlit_folium import st_folium

from hsc_geo.analysis.counting import count_of
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import counts, select
from hsc_geo.analysis.focus import municipality_code
from hsc_geo.analysis.matrix import EVERY, KNOWN, Basis
from hsc_geo.analysis.near import (
    AREA,
    FEWEST,
    FOUND,
    MOST_LETTERS,
    OFF,
    UNREACHABLE,
    AddressAnswer,
    Near,
    PlaceOption,
    Point,
    area_point,
    areas_at,
    nearest,
    place_options,
    to_degrees,
    to_rd,
)
from hsc_geo.analysis.places import places
from hsc_geo.analysis.reach import LONGEST
from hsc_geo.analysis.serving import CITY, DISTRICT, NEIGHBOURHOOD, REGION, scope_of
from hsc_geo.views.coverage.choices import segments
from hsc_geo.views.coverage.screen.need import FARTHEST_RING
from hsc_geo.views.coverage.screen.what_if import point_of
from hsc_geo.views.kit.components import Column, Row
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import refused_note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.map.page import facet_name, facet_order, facet_title
from hsc_geo.views.map.tables import initiative_columns, initiative_row
from hsc_geo.views.maps.common import HEIGHT, clicked_point, map_config, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate, base_map, update_group
from hsc_geo.views.maps.legend import legend
from hsc_geo.views.partners.choices import (
    COUNT,
    COUNTS,
    FACET_KEYS,
    GROUPS,
    NEIGHBOURS,
    RADIUS,
    LookUp,
    go,
    initiative_choice,
    initiative_panel,
    listed,
)
from hsc_geo.views.profile.page import area_label, areas_in_order
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.counted import label as counted_label
from hsc_geo.views.wording.counted import wide_text

MAP_KEY = "hsc_near_map"
TEXT = "w_partners_text"
ANSWER = "partners_answer"
SURE = 95  # likeness from which a place of the register is taken for what was meant, and no service is asked
STEP = 10  # metres: a place is known to a house or a street, not to the metre
PLACES = ("at", "place", "own")


def draw(n: Names, state: PageState, assets: MapAssets, look_up: LookUp) -> None:
    """Where from, how far and whom; then the map, who is near, and who is without a place.

    What comes and goes stands in a container of its own: the map keeps its frame only in the same position.
    """
    w = n.w
    st.header(w.t("Near me"), anchor=False)
    _where(n, state, look_up)
    with st.container():
        if state["at"] and point_of(n.package, state["at"]) is None:
            st.html(refused_note(w, [state["at"]]))
    _limits(n, state)
    _facets(n, state)
    point = chosen_point(n, state)
    found = _found(n, state, point) if point else None
    left, right = st.columns([0.56, 0.44], gap="medium")
    with left:
        _map(n, state, point, found, assets)
    with right:
        if point is None or found is None:
            st.html(markup('<p role="status" id="nowhere">{}</p>', no_point_text(n, state)))
            _to_neighbours(n, state)
        else:
            st.html(markup('<p aria-live="polite" id="near">{}</p>', near_text(n, state, point, found)))
            _placed(n, state, found)
    if found is not None:
        _groups(n, state, found)
        initiative_panel(n, state, "near")
    st.html(items(method_texts(n)))


# Where from


def _where(n: Names, state: PageState, look_up: LookUp) -> None:
    w = n.w
    st.text_input(
        w.t("Address, street, postcode, neighbourhood or place"),
        key=TEXT,
        type="search",
        placeholder=w.t("For example a street with a number"),
        max_chars=MOST_LETTERS,
    )
    text = str(st.session_state.get(TEXT) or "")
    with st.container():
        if len(text.strip()) >= FEWEST:
            _offers(n, state, text, look_up)
    left, right = st.columns(2, gap="medium")
    with left:
        st.selectbox(
            w.t("or a district or neighbourhood"),
            ["", *areas_in_order(n.package)],
            format_func=lambda code: (
                area_label(n, code) if code else w.t("choose an area, or click on the map")
            ),
            key=state.seed("place"),
            on_change=lambda: set_place(state, "place", str(st.session_state["w_place"] or "")),
        )
    with right:
        initiative_choice(n, state, "own", w.t("or an initiative of your own"),
                          lambda: set_place(state, "own", str(st.session_state["w_own"] or "")))  # fmt: skip


def set_place(state: PageState, key: str, value: str) -> None:
    """One place at a time: what was chosen another way is dropped."""
    state.clear([*PLACES, "sel", "page", "lpage"])
    state.set(key, value)


def _offers(n: Names, state: PageState, text: str, look_up: LookUp) -> None:
    """What the text may mean: places of the register, then addresses."""
    w = n.w
    own, answer = search(n, text, look_up)
    offered = [*own, *answer.options]
    if answer.state in (OFF, UNREACHABLE):
        st.html(markup('<p class="hsc-quiet" role="status">{}</p>', service_text(n, answer.state)))
    if not offered:
        st.html(markup('<p role="status">{}</p>', nothing_text(n, answer.state)))
        return
    st.html(
        markup(
            '<p role="status">{}</p>',
            w.tn("{n} place found; choose it", "{n} places found; choose one", len(offered)),
        )
    )
    with st.container(horizontal=True, gap="small"):
        for i, option in enumerate(offered):
            st.button(plain_label(option_name(n, option)), key=f"near_option_{i}", on_click=take_option,
                      args=(state, option))  # fmt: skip


def search(n: Names, text: str, look_up: LookUp) -> tuple[tuple[PlaceOption, ...], AddressAnswer]:
    """(places of the register, answer of the address service). The service is asked once for a text, and only where the
    register is not sure; the answer is kept with this visit and nowhere else."""
    own = place_options(n.package, text)
    if own and own[0].score >= SURE:
        return own, AddressAnswer(FOUND)
    kept = st.session_state.get(ANSWER)
    if kept is None or kept[0] != text:
        kept = (text, look_up(n.package, text))
        if kept[1].state != UNREACHABLE:
            st.session_state[ANSWER] = kept
    return own, kept[1]


def service_text(n: Names, state: str) -> str:
    """Why no addresses are found, and what works all the same."""
    w = n.w
    if state == OFF:
        return w.t(
            "Addresses are not looked up on this site; neighbourhoods, places of the register and the map work."
        )
    return w.t(
        "The address service cannot be reached just now; neighbourhoods, places of the register and the map work."
    )


def option_name(n: Names, option: PlaceOption) -> str:
    """A place that is offered: its name, and what it is."""
    if option.kind != AREA:
        return f"{option.name} ({option.detail})" if option.detail else option.name
    official = area_label(n, option.code)
    return official if option.name == option.detail else f"{option.name}: {official}"


def nothing_text(n: Names, state: str) -> str:
    """That nothing is found by a name, and what to try: a street only where streets can be found."""
    if state in (OFF, UNREACHABLE):
        return n.w.t("No place or neighbourhood of the register has this name.")
    return n.w.t("No place is found by this name; try a street or a neighbourhood.")


def take_option(state: PageState, option: PlaceOption) -> None:
    """A place that was offered is chosen: an area by its code, all else as a point."""
    if option.code:
        set_place(state, "place", option.code)
    else:
        set_place(state, "at", point_text(option.at))


def point_text(point: Point) -> str:
    """A point as it stands in the address: latitude and longitude in five decimals, about a metre."""
    latitude, longitude = to_degrees(point)
    return f"{latitude:.5f},{longitude:.5f}"


def chosen_point(n: Names, state: PageState) -> Point | None:
    """The point that distances are from (x, y, EPSG:28992); None where none is chosen or known."""
    if state["at"]:
        return point_of(n.package, state["at"])
    if state["place"]:
        return area_point(n.package, state["place"])
    own = next((place for place in places(n.package, state["own"]) if place.has_point), None)
    return to_rd(own.latitude, own.longitude) if own else None


def no_point_text(n: Names, state: PageState) -> str:
    """What to do when there is nothing to measure from."""
    w = n.w
    if state["own"]:
        return w.t(
            "No place of this initiative is known, so nothing can be measured from it. Choose a neighbourhood, or "
            "see its neighbours."
        )
    return w.t("Type an address, choose a neighbourhood or click on the map to see who is near.")


def _to_neighbours(n: Names, state: PageState) -> None:
    if state["own"]:
        st.button(n.w.t("Neighbours of this initiative"), key="near_own_neighbours", on_click=go,
                  args=(state, NEIGHBOURS, "one", state["own"]))  # fmt: skip


def _clicked(n: Names, state: PageState) -> None:
    """A click on the map is the place to measure from, where it lies in the municipality."""
    point = clicked_point(MAP_KEY)
    if point is not None:
        text = f"{point[0]:.5f},{point[1]:.5f}"
        if point_of(n.package, text) is not None:
            set_place(state, "at", text)


# How far and whom


def _limits(n: Names, state: PageState) -> None:
    w = n.w
    with st.container(horizontal=True, gap="medium", vertical_alignment="bottom"):
        segments(
            state, "by", w.t("How many"), {COUNT: w.t("The nearest"), RADIUS: w.t("All within a distance")}
        )
        if state["by"] == COUNT:
            segments(state, "k", w.t("Number"), {each: each for each in COUNTS})
        else:
            st.session_state["w_dist"] = int(state["dist"])
            st.number_input(
                w.t("Metres, as the crow flies"),
                min_value=0,
                max_value=LONGEST,
                step=100,
                key="w_dist",
                on_change=lambda: state.set("dist", str(st.session_state["w_dist"] or 0)),
                width=200,
            )
        st.session_state["w_ended"] = bool(state["ended"])
        st.toggle(
            w.t("Ended ones too"),
            key="w_ended",
            on_change=lambda: state.set("ended", "1" if st.session_state["w_ended"] else ""),
        )


def choices(state: PageState) -> dict[str, list[str]]:
    """The facets as the analysis takes them."""
    return {facet: state.many(key) for facet, key in FACET_KEYS.items()}


def _facets(n: Names, state: PageState) -> None:
    available = counts(facet_index(n.package, n.today), choices(state), ended=bool(state["ended"]))
    for column, (facet, key) in zip(st.columns(3, gap="medium"), FACET_KEYS.items(), strict=True):
        with column:
            _facet(n, state, facet, key, available[facet])


def _facet(n: Names, state: PageState, facet: str, key: str, available: dict[str, int]) -> None:
    st.multiselect(
        facet_title(n, facet),
        facet_order(n, facet, list(available)),
        format_func=lambda code: f"{facet_name(n, facet, code)} ({n.w.number(available.get(code, 0))})",
        placeholder=n.w.t("all"),
        key=state.seed(key),
        on_change=state.take,
        args=(key,),
    )


def fitting(n: Names, state: PageState) -> list[str]:
    """The initiatives that fit the choices, but the one that distances are measured from."""
    index = facet_index(n.package, n.today)
    mask = select(index, choices(state), ended=bool(state["ended"]))
    return [key for key, keep in zip(index.ids, mask, strict=True) if keep and key != state["own"]]


def _found(n: Names, state: PageState, point: Point) -> Near:
    ids = fitting(n, state)
    if state["by"] == COUNT:
        return nearest(n.package, ids, point, k=int(state["k"]))
    return nearest(n.package, ids, point, radius=int(state["dist"]))


# Who is near


def metres_text(n: Names, metres: float) -> str:
    """A distance as precisely as places are known: in tens of metres."""
    return n.w.t("{n} m", n=n.w.number(round(metres / STEP) * STEP))


def where_text(n: Names, state: PageState, point: Point) -> str:
    """What distances are measured from."""
    w = n.w
    if state["at"]:
        areas = areas_at(n.package, point)
        name = n.area(areas[0]) if areas else n.w.t("outside the neighbourhoods")
        return w.t("the chosen point in {area}", area=name)
    if state["place"]:
        return w.t("the middle of {area}", area=n.area(state["place"]))
    return n.initiative(state["own"])


def near_text(n: Names, state: PageState, point: Point, found: Near) -> str:
    """How many are near, measured from where, and how many are farther off."""
    w = n.w
    rest = (
        w.tn("{n} more lies farther off.", "{n} more lie farther off.", found.farther)
        if found.farther
        else ""
    )
    if not found.placed:
        return rest
    text = w.tn(
        "{n} initiative with a known place ({label}), by distance from {place}.",
        "{n} initiatives with a known place ({label}), by distance from {place}.",
        len(found.placed),
        label=counted_label(n, Basis(EVERY if state["ended"] else KNOWN)),
        place=where_text(n, state, point),
    )
    return f"{text} {rest}".strip()


def near_columns(n: Names) -> list[Column]:
    """Columns that go with `near_rows`."""
    w = n.w
    return [
        Column("name", w.t("Initiative"), sortable=False),
        Column("metres", w.t("Distance"), numeric=True, sortable=False),
        Column("place", w.t("Place known to"), sortable=False),
        Column("ambition", w.t("Ambition (most are inferred)"), sortable=False),
        Column("status", w.t("Status"), sortable=False),
    ]


def near_rows(n: Names, found: Near) -> list[Row]:
    """A row per initiative with a place, nearest first."""
    return [_row(n, key, metres) for key, metres in found.placed]


def place_text(n: Names, key: str) -> str:
    """How precisely its places are known and, of what is there for the whole city or the region, that it is."""
    known = (place.precision for place in places(n.package, key) if place.has_point)
    precision = ", ".join(n.term("precision", each) for each in dict.fromkeys(known))
    wide = {CITY: n.w.t("for the whole city"), REGION: n.w.t("for the region")}
    scope = wide.get(scope_of(n.package)[key], "")
    return "; ".join(filter(None, (precision, scope)))


def _row(n: Names, key: str, metres: float) -> Row:
    row: Any = n.package.initiatives.loc[key]
    cells = [
        n.initiative(key),
        metres_text(n, metres),
        place_text(n, key),
        initiative.ambitions_text(n, row),
        initiative.listed_status(n, key),
    ]
    return Row(key, cells, {})


def _placed(n: Names, state: PageState, found: Near) -> None:
    w = n.w
    if not found.placed:
        st.info(w.t("No initiative with a known place fits here under these choices."))
        return
    listed(n, state, "near_placed", w.t("With a known place, nearest first; choose a row for its source"),
           near_columns(n), near_rows(n, found), page_size=max(map(int, COUNTS)))  # fmt: skip


def group_names(n: Names, found: Near) -> dict[str, str]:
    """The groups without a place, each with its number."""
    w = n.w
    names = {
        "area_only": w.t("Known to this neighbourhood or its district, place not known"),
        "city": w.t("For the whole city"),
        "region": w.t("For the region"),
        "unknown": w.t("Area not known"),
        "elsewhere": w.t("Known to other areas"),
    }
    return {code: f"{names[code]} ({n.w.number(len(getattr(found, code)))})" for code in GROUPS}


def _groups(n: Names, state: PageState, found: Near) -> None:
    w = n.w
    st.header(w.t("Without a distance"), anchor=False)
    text = w.t(
        "Of these no place is known, so they have no distance. What is for the whole city or the region and has a "
        "place stands among those with a distance."
    )
    whole = count_of(n.package, [municipality_code(n.package)], fitting(n, state))
    with_those = w.t("With those, {wide}.", wide=wide_text(n, whole))
    st.html(quiet(f"{text} {with_those}"))
    names = group_names(n, found)

    def take() -> None:
        state.clear(["lpage"])
        state.take("grp")

    st.pills(w.t("Group"), GROUPS, format_func=lambda code: names[code], key=state.seed("grp"), on_change=take,
             required=True, wrap=True)  # fmt: skip
    ids = getattr(found, state["grp"])
    if not ids:
        st.info(w.t("No initiative known here under these choices."))
        return
    columns = [Column(c.key, c.label, c.numeric, sortable=False) for c in initiative_columns(n)]
    listed(
        n,
        state,
        "near_group",
        names[state["grp"]],
        columns,
        [initiative_row(n, key) for key in ids],
        page="lpage",
    )


def method_texts(n: Names) -> list[str]:
    """How distance is measured, and what becomes of what is typed."""
    w = n.w
    return [
        w.t(
            "Distance is as the crow flies, in tens of metres; a place known to a street only can be farther or nearer."
        ),
        w.t(
            "What you type is looked up in the register first. Where that is not sure, our server asks the address "
            "service of PDOK (Kadaster). What you type is not stored; the link holds the chosen point."
        ),
    ]


# The map


def _map(n: Names, state: PageState, point: Point | None, found: Near | None, assets: MapAssets) -> None:
    w = n.w
    st.html(
        markup(
            '<p class="hsc-maptitle">{} <small>{}</small></p>',
            w.t("Initiatives near the chosen place"),
            map_note(n, state, point),
        )
    )
    st_folium(
        base_map(assets, map_config(n.package)),
        key=MAP_KEY,
        height=HEIGHT,
        use_container_width=True,
        returned_objects=["last_clicked"],
        feature_group_to_add=update_group(map_update(n, state, point, found)),
        on_change=lambda: _clicked(n, state),
    )
    st.html(legend(n, "", None, [], pd.Series(dtype=str), NEIGHBOURHOOD))


def map_note(n: Names, state: PageState, point: Point | None) -> str:
    """What a click does, and what the sign and the rings are."""
    w = n.w
    if point is None:
        return w.t("click on the map to choose a place")
    if ring(state):
        return w.t(
            "×: the chosen place; rings of {n} metres round it and round each initiative",
            n=w.number(ring(state)),
        )
    return w.t("×: the chosen place; click on the map for another")


def ring(state: PageState) -> int:
    """Metres of the ring on the map round the place that was chosen, 0 for none."""
    distance = int(state["dist"])
    return distance if state["by"] == RADIUS and distance <= FARTHEST_RING else 0


def map_update(n: Names, state: PageState, point: Point | None, found: Near | None) -> MapUpdate:
    """The initiatives near the place with those of its area, and the place as a mark."""
    ids = [key for key, _ in found.placed] + list(found.area_only) if found else []
    marks: list[dict[str, object]] = []
    if point:
        latitude, longitude = to_degrees(point)
        marks = [{"at": [round(latitude, 5), round(longitude, 5)], "sign": "×", "radius": ring(state)}]
    whole = state["place"] and n.package.areas.at[state["place"], "level"] == DISTRICT
    return MapUpdate(
        level=DISTRICT if whole else NEIGHBOURHOOD,
        lang=n.w.code,
        theme=theme(),
        visible=np.isin(np.array(facet_index(n.package).ids), ids),
        selected=state["place"],
        words=map_words(n.w),
        marks=marks,
    )
