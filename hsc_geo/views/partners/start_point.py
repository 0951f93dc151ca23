"""From where near is counted: a place that was searched, chosen or clicked."""

from collections.abc import Callable

import streamlit as st

from hsc_geo.analysis.near import (
    AREA,
    FEWEST,
    FOUND,
    MOST_LETTERS,
    OFF,
    UNREACHABLE,
    AddressAnswer,
    PlaceOption,
    place_options,
)
from hsc_geo.data.load import Package
from hsc_geo.views.kit.controls import initiative_choice
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.html import markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.points import point_text
from hsc_geo.views.wording.area import area_label, areas_in_order

TEXT = "w_partners_text"

ANSWER = "partners_answer"

SURE = 95  # likeness from which a place of the register is taken for what was meant, and no service is asked

PLACES = ("at", "place", "own")


LookUp = Callable[[Package, str], AddressAnswer]


def draw(n: Names, state: PageState, look_up: LookUp) -> None:
    """The three ways to say where: an address or a name, an area of the list, an initiative. `look_up` finds
    addresses."""
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
        _area(n, state)
    with right:
        text = w.t("or an initiative of your own")
        initiative_choice(n, state, "own", text, lambda: _take(state, "own"))


def _area(n: Names, state: PageState) -> None:
    none = n.w.t("choose an area, or click on the map")
    st.selectbox(
        n.w.t("or a district or neighbourhood"),
        ["", *areas_in_order(n.package)],
        format_func=lambda code: area_label(n, code) if code else none,
        key=state.seed("place"),
        on_change=lambda: _take(state, "place"),
    )


def _take(state: PageState, key: str) -> None:
    set_place(state, key, str(st.session_state[f"w_{key}"] or ""))


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
            name = plain_label(option_name(n, option))
            st.button(name, key=f"near_option_{i}", on_click=take_option, args=(state, option))


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
