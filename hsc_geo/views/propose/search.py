"""The point of a place by its name or address: what the register knows, then the address service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import streamlit as st

from hsc_geo.analysis import search as one_search
from hsc_geo.analysis.geocoding import best, origin
from hsc_geo.analysis.near import (
    BUSY,
    FOUND,
    MOST_LETTERS,
    NOTHING,
    OFF,
    UNREACHABLE,
    Address,
    AddressAnswer,
    LookUp,
    Point,
    to_degrees,
)
from hsc_geo.analysis.search import FEWEST, Found
from hsc_geo.analysis.search_index import PLACE, POSTCODE, STREET, WAYS, numbers_of, words_of
from hsc_geo.data.load import Package
from hsc_geo.register import personal_data
from hsc_geo.register.old_forms import PLACE_COLUMNS
from hsc_geo.register.place_fields import field_of
from hsc_geo.views.kit.html import label, quiet
from hsc_geo.views.kit.words import Words
from hsc_geo.views.propose import places
from hsc_geo.views.propose.choices import OF_POINT
from hsc_geo.views.propose.form import Form

MOST = 4  # places offered
_OFFER, _ANSWER = "propose_offer", "propose_answer"


@dataclass(frozen=True)
class Option:
    """A place that the text may mean, at x, y in metres of EPSG:28992. sure: it can only be this one. origin: how the
    point is known, by the fields of one place; none for one of the register."""

    name: str
    address: str
    at: Point
    sure: bool
    origin: Mapping[str, str] = field(default_factory=dict)


def typed(form: Form, number: int, look_up: LookUp) -> None:
    """The address or name of a place was typed: the place that is sure sets the point, others are offered."""
    text = _text(form, number)
    options, state = search(form.n.package, text, look_up) if len(text) >= FEWEST else ((), FOUND)
    sure = [each for each in options if each.sure]
    places.forget_point(form, number)
    st.session_state[_OFFER] = (number, text, options, state)
    if sure:
        take(form, number, sure[0])


def _text(form: Form, number: int) -> str:
    told = places.texts(form, number)
    return told["address"] or told["venue"]


def offer(form: Form, number: int) -> None:
    """What the text may mean, where none is sure."""
    asked, text, options, state = st.session_state.get(_OFFER) or (0, "", (), "")
    if asked == number and text == _text(form, number) and len(text) >= FEWEST:
        _offer(form, number, options, state)


def search(package: Package, text: str, look_up: LookUp) -> tuple[tuple[Option, ...], str]:
    """(places, state of the address service). The service is asked once for a text, and only where the register is not
    sure."""
    own = _of_register(package, text)
    if any(each.sure for each in own):
        return own, FOUND
    kept = st.session_state.get(_ANSWER)
    if personal_data(text):  # what the register would not keep is not sent to anyone either
        return own[:MOST], NOTHING
    if kept is None or kept[0] != text:
        kept = (text, look_up(package, text[:MOST_LETTERS]))
        if kept[1].state not in (UNREACHABLE, BUSY):
            st.session_state[_ANSWER] = kept
    answer: AddressAnswer = kept[1]
    return (*_addresses(text, answer), *own)[:MOST], answer.state


def _addresses(text: str, answer: AddressAnswer) -> list[Option]:
    """What the service gave; the very house that was asked is sure, and stands first."""
    hits = [each.hit for each in answer.options if each.hit]
    fits = best(text, hits)
    exact = fits.hit if fits and fits.precision == "address" and not fits.remarks else None
    alone = len(answer.options) == 1 and not hits and bool(numbers_of(text))
    found = [
        Option(
            each.name,
            each.name,
            each.at,
            alone or (exact is not None and each.hit == exact),
            _origin(text, each),
        )
        for each in answer.options
    ]
    return sorted(found, key=lambda each: not each.sure)


def _origin(text: str, option: Address) -> dict[str, str]:
    match = best(text, [option.hit]) if option.hit else None
    told = origin(match) if match else {}
    return {name: told[PLACE_COLUMNS[name]] for name in OF_POINT} if told else {}


def _of_register(package: Package, text: str) -> tuple[Option, ...]:
    """Places, streets and postcodes of the register with a point, each point once."""
    found: dict[Point, Option] = {}
    for hit in one_search.search(package, text):
        if hit.thing.kind in (PLACE, STREET, POSTCODE) and hit.thing.at:
            option = Option(hit.label, hit.thing.detail, hit.thing.at, _is_sure(hit, text))
            found.setdefault(hit.thing.at, option)
    return tuple(found.values())[:MOST]


def _is_sure(hit: Found, text: str) -> bool:
    """Whether it is a place of this very name, or at this street and number or postcode."""
    if hit.why not in WAYS or hit.thing.kind == STREET:
        return False
    numbers = numbers_of(text)
    return words_of(hit.by) == words_of(text) or bool(numbers and numbers <= numbers_of(hit.by))


def _offer(form: Form, number: int, options: Sequence[Option], state: str) -> None:
    w = form.n.w
    if not options:
        st.html(quiet(nothing_text(w, state)))
        return
    st.html(quiet(w.t("Is it one of these? Or click on the map.")))
    with st.container(horizontal=True, gap="small"):
        for i, option in enumerate(options):
            differs = option.address and option.address != option.name
            name = f"{option.name} ({option.address})" if differs else option.name
            st.button(label(name), key=f"propose_found_{i}", on_click=take, args=(form, number, option))


def nothing_text(w: Words, state: str) -> str:
    """That no place is found, why, and what to do. state: of the address service."""
    return {
        OFF: w.t("We do not know this address. Click on the map, or say below which area it is for."),
        UNREACHABLE: w.t(
            "Addresses cannot be looked up just now. Put the point on the map yourself, or say below which area it "
            "is for."
        ),
        BUSY: w.t(
            "Too many addresses were looked up in this minute. Put the point on the map yourself, or try again in a "
            "minute."
        ),
    }.get(state) or w.t(
        "No place is found by this name. Click on the map, or say below which area it is for."
    )


def take(form: Form, number: int, option: Option) -> None:
    """Its point becomes that of the place, and its address where none was typed."""
    st.session_state.pop(_OFFER, None)
    places.set_point(form, number, to_degrees(option.at), option.origin)
    if not places.texts(form, number)["address"] and option.address:
        form.draft.put(field_of("address", number), option.address)
