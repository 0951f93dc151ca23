"""Where an initiative happens, place by place, by a click on the map or in degrees; and, apart from that, which area it
serves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import streamlit as st

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.analysis.near import LookUp, areas_at
from hsc_geo.analysis.places import with_point
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.domain.schema_register import EVENT
from hsc_geo.register import Fault
from hsc_geo.register.place_fields import MOST_PLACES, ROLE, field_of
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.maps.common import POINT, clicked_point, draw_map, map_words, theme
from hsc_geo.views.maps.frame import MapAssets, MapUpdate
from hsc_geo.views.maps.points import degrees_text, point_of
from hsc_geo.views.propose import moves, places, search, words
from hsc_geo.views.propose.choices import AREA_CODES, AREAS, KEEP, MODE, NOW, names_of_place
from hsc_geo.views.propose.fields import fault_lines, field, one_of, several
from hsc_geo.views.propose.form import Form
from hsc_geo.views.wording import initiative
from hsc_geo.views.wording.area import area_label

MAP_KEY = "hsc_propose_map"


def place(form: Form, faults: Sequence[Fault], assets: MapAssets, look_up: LookUp, asks: bool) -> None:
    """The places on the map and in fields; then the ways to say which area it serves. asks: as of Letterbox."""
    w = form.n.w
    told = w.t("Type the name or the address of the place, or click on the map.")
    st.html(markup("<p>{}</p>", told))
    if asks:
        st.html(quiet(words.of_look_up(w)))
    left, right = st.columns([0.45, 0.55], gap="medium")
    with left:
        here = places.now(form)  # beside the map; the others under it
        for number in sorted(places.numbers(form), key=lambda each: (each != here, each)):
            _place(form, number, faults, look_up)
        _more(form)
    with right:
        _map(form, assets)
    _served(form, faults)


# The places


def _map(form: Form, assets: MapAssets) -> None:
    st.html(markup('<p class="hsc-maptitle">{} <small>{}</small></p>', *_title(form)))
    draw_map(MAP_KEY, form.n.package, assets, map_update(form), POINT, lambda: take_click(form))


def _title(form: Form) -> tuple[str, str]:
    w = form.n.w
    if len(places.numbers(form)) == 1:
        return w.t("The place"), w.t("+: the place that you propose; yellow: initiatives known")
    known, here = w.t("numbers: the places as they will be; yellow: initiatives known"), places.now(form)
    return w.t("A click on the map is for place {n}", n=here) if here else w.t("The places"), known


def _place(form: Form, number: int, faults: Sequence[Fault], look_up: LookUp) -> None:
    """One place: of several only the one that a click on the map sets shows its fields, so that these stay together."""
    several = len(places.numbers(form)) > 1
    with st.container(border=several, gap="small"):
        if number in places.gone(form):
            _gone(form, number)
        elif number == places.now(form):
            _opened(form, number, faults, look_up)
        else:
            _closed(form, number, faults)


def _opened(form: Form, number: int, faults: Sequence[Fault], look_up: LookUp) -> None:
    w, several = form.n.w, len(places.numbers(form)) > 1
    if several:
        _head(number, w.t("Place {n}", n=number))
    if form.current(field_of(ROLE, number)) == EVENT:
        st.html(quiet(w.t("Only a launch or a single event was here; that is no place of the initiative.")))
    venue, address, *degrees = names_of_place(number)
    find = partial(search.typed, form, number, look_up)
    field(form, venue, faults, find)
    field(form, address, faults, find)
    search.offer(form, number)
    st.html(markup('<p role="status" id="{}">{}</p>', field_of("place", number), place_text(form, number)))
    for column, name in zip(st.columns(2, gap="small"), degrees, strict=True):
        with column:
            field(form, name, faults, partial(places.typed_point, form, number))
    if several or number <= places.known(form):
        text = w.t("Take place {n} out", n=number) if several else w.t("Take this place out")
        _button(form, number, "out", text, _take_out)


def _closed(form: Form, number: int, faults: Sequence[Fault]) -> None:
    """What is known of it in a line, and what is wrong in it."""
    w = form.n.w
    _head(number, w.t("Place {n}", n=number), _line(form, number) or w.t("nothing filled in yet"))
    for name in names_of_place(number):
        fault_lines(form, name, faults)
    with st.container(horizontal=True, gap="small"):
        _button(form, number, "open", w.t("Change place {n}", n=number), _open)
        _button(form, number, "out", w.t("Take place {n} out", n=number), _take_out)


def _gone(form: Form, number: int) -> None:
    w = form.n.w
    _head(number, w.t("Place {n} goes out", n=number), _line(form, number))
    _button(form, number, "back", w.t("Put place {n} back", n=number), _put_back)


def _head(number: int, text: str, told: str = "") -> None:
    mark = moves.mark(_mark(number))
    more = markup("<p>{}</p>", told) if told else ""
    st.html(markup('<h3 id="place-{}" {}>{}</h3>{}', number, mark, text, more))


def _line(form: Form, number: int) -> str:
    told = places.texts(form, number)
    point = ", ".join(filter(None, (told["latitude"], told["longitude"])))
    return " · ".join(filter(None, (told["venue"], told["address"], point)))


def _more(form: Form) -> None:
    w = form.n.w
    if len(places.numbers(form)) >= MOST_PLACES:
        st.html(quiet(w.t("At most {n} places can be given here.", n=MOST_PLACES)))
        return
    st.button(w.t("Another place"), key="propose_place_add", on_click=_add, args=(form,))


def _button(form: Form, number: int, deed: str, text: str, act: Callable[[Form, int], None]) -> None:
    st.button(text, key=f"propose_place_{deed}_{number}", on_click=act, args=(form, number))


def _mark(number: int) -> str:
    return f"place-{number}"


def _add(form: Form) -> None:
    moves.move(_mark(places.add(form)))


def _take_out(form: Form, number: int) -> None:
    places.take_out(form, number)
    moves.move(_mark(min(number, len(places.numbers(form)))))


def _put_back(form: Form, number: int) -> None:
    places.put_back(form, number)
    _open(form, number)


def _open(form: Form, number: int) -> None:
    form.draft.put(NOW, str(number))
    moves.move(_mark(number))


def take_click(form: Form) -> None:
    """A click on the map is the point of a place; that it lies outside is told, as of any other."""
    point, number = clicked_point(MAP_KEY), places.now(form)
    if point is not None and number:
        places.set_point(form, number, point, {})


def place_text(form: Form, number: int) -> str:
    """In which neighbourhood the place lies."""
    w, found = form.n.w, places.degrees(form, number)
    point = point_of(form.n.package, degrees_text(*found)) if found else None
    if point is None:
        return w.t("No place within the municipality is chosen yet.")
    codes = [code for code in areas_at(form.n.package, point) if code]
    return w.t("The place lies in {area}.", area=", ".join(form.n.area(code) for code in codes))


def map_update(form: Form) -> MapUpdate:
    """Every initiative with a known place, and the places of the proposal as marks."""
    package = form.n.package
    return MapUpdate(
        level=NEIGHBOURHOOD,
        lang=form.n.w.code,
        theme=theme(),
        visible=np.isin(np.array(package.initiatives.index), list(with_point(package))),
        words=map_words(form.n),
        marks=_marks(form),
    )


def _marks(form: Form) -> list[dict[str, object]]:
    several = len(places.numbers(form)) > 1
    found = {number: places.degrees(form, number) for number in places.staying(form)}
    return [
        {"at": [round(each, 5) for each in at], "sign": str(number) if several else "+"}
        for number, at in found.items()
        if at
    ]


# Whom it serves


def _served(form: Form, faults: Sequence[Fault]) -> None:
    """The ways to say which area it serves, and the one that is chosen."""
    w = form.n.w
    head = w.t("Which area does it serve?")
    st.html(markup("<h3>{}</h3>", head))
    for name in ("place", "precision"):
        fault_lines(form, name, faults)
    names, modes = words.mode_names(w), form.modes()
    now = form.mode() if form.mode() in modes else modes[0]
    one_of(form, MODE, head, {mode: names[mode] for mode in modes}, now, "collapsed")
    if form.mode() == AREAS:
        _areas(form, faults)
    elif form.mode() == KEEP and form.entry:
        _as_it_is(form)


def _as_it_is(form: Form) -> None:
    w = form.n.w
    st.html(markup("<p>{}</p>", initiative.serves_text(form.n, form.entry)))
    if places.follows_places(form):
        text = w.t("That is the neighbourhood of its places. When a place changes, the area changes with it.")
        st.html(quiet(text))


def _areas(form: Form, faults: Sequence[Fault]) -> None:
    n = form.n
    fault_lines(form, AREA_CODES, faults)
    label = words.names_of_fields(n.w)[AREA_CODES]
    several(form, AREA_CODES, label, areas_in_order(n.package), lambda code: area_label(n, code))
