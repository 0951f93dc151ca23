"""Places without a point: a steward has the address of one looked up, sees what is found, and takes it or not."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from hsc_geo.analysis.geocoding import (
    CONFLICT,
    FOUND,
    MIDDLE,
    NO_NUMBER,
    OTHER_ADDITION,
    OTHER_AREA,
    OTHER_NAME,
    OTHER_POSTCODE,
    SEVERAL,
    UNSURE,
    VENUE,
    Judged,
    Lacking,
    judge,
    lacking,
    placed,
)
from hsc_geo.analysis.near import BUSY, OFF, UNREACHABLE, AddressAnswer, LookUp
from hsc_geo.register import Actor, Imported, ImportRefused, Register, RegisterError
from hsc_geo.register.points import PlacedPoint, import_file
from hsc_geo.sources.locatieserver import SOURCE
from hsc_geo.views.kit.html import facts, items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import Listing, Row
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.words import Words
from hsc_geo.views.maps.common import draw_map
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.review.desk import BAD, Desk, forget_message, gone, tell
from hsc_geo.views.review.lists import by_pages, columns
from hsc_geo.views.review.places import AFTER, map_update
from hsc_geo.views.review.refusals import error_text
from hsc_geo.views.review.words import entry_name
from hsc_geo.views.wording.entry_places import code_text

LOOKED_UP = "review_looked_up"  # (what was asked for, its address, the answer) of the last look-up
MAP_KEY = "hsc_review_point_map"


def draw(n: Names, state: PageState, desk: Desk, assets: MapAssets, look_up: LookUp) -> None:
    """The list, and the place that is open."""
    w = n.w
    st.header(w.t("Without a point"), anchor=False)
    every = desk.do(lambda register, by: lacking(register.overlay(register.package)))
    if not every:
        st.info(w.t("Every place has a point."))
        return
    texts = [
        w.t("These places are on no map, for nobody knows their point. Choose one and look its address up."),
        w.t("Nothing is taken until you say so. The journal keeps it, and there it can be undone."),
    ]
    st.html(items(texts))
    _list(n, state, every)
    if state["entry"]:
        place = next((each for each in every if mark(each) == state["entry"]), None)
        if place is None:
            gone(w)
        else:
            with st.container(border=True):
                _place(n, state, desk, place, assets, look_up)


def mark(place: Lacking) -> str:
    """How the address of the page names a place."""
    return place.key if place.entity == VENUE else f"{place.key}/{place.number}"


def _list(n: Names, state: PageState, every: Sequence[Lacking]) -> None:
    w = n.w
    headers = {"name": w.t("Place"), "address": w.t("Address"), "stated": w.t("District, as stated")}
    caption = w.tn("{n} place without a point", "{n} places without a point", len(every))
    ordered = sorted(every, key=lambda each: not each.address)  # what can be looked up first
    by_pages(
        n,
        state,
        "review_points_list",
        Listing(caption, columns(headers), [row(n, each) for each in ordered]),
        "entry",
    )


def row(n: Names, place: Lacking) -> Row:
    """The place, its address and the district that the register states."""
    address = place.address or n.w.t("not known")
    return Row(mark(place), [_name(n, place), address, ", ".join(place.stated) or "–"], {})


def _name(n: Names, place: Lacking) -> str:
    if place.entity == VENUE:
        return place.name
    return " · ".join(filter(None, (entry_name(n, place.key), place.name)))


def _place(
    n: Names, state: PageState, desk: Desk, place: Lacking, assets: MapAssets, look_up: LookUp
) -> None:
    w = n.w
    known = [(w.t("Address"), place.address), (w.t("District, as stated"), ", ".join(place.stated))]
    st.html(markup('<h2 id="point">{}</h2>{}', _name(n, place), facts(known)))
    if not place.address:
        text = w.t("No address is known, so there is nothing to look up. Correct the entry to give one.")
        st.html(markup("<p>{}</p>", text))
        return
    st.button(
        w.t("Find the point of this address"),
        key="review_find_point",
        on_click=partial(find, n, desk, place, look_up),
    )
    asked, address, answer = st.session_state.get(LOOKED_UP, ("", "", None))
    if asked == mark(place) and address == place.address and answer is not None:
        _found(n, state, desk, place, answer, assets)


def find(n: Names, desk: Desk, place: Lacking, look_up: LookUp) -> None:
    """Have the address looked up; only for who may review."""
    forget_message()
    try:
        answer = desk.do(lambda register, by: look_up(n.package, place.address))
    except RegisterError as error:
        tell(error_text(n.w, error), BAD)
        return
    st.session_state[LOOKED_UP] = (mark(place), place.address, answer)


def _found(
    n: Names, state: PageState, desk: Desk, place: Lacking, answer: AddressAnswer, assets: MapAssets
) -> None:
    w = n.w
    found = judge(n.package, place, [each.hit for each in answer.options if each.hit])
    if found.match is None:
        st.html(
            markup('<p role="status" class="hsc-note" id="nothing">{}</p>', nothing_text(n, answer.state))
        )
        return
    hit = found.match.hit
    st.html(
        markup('<div role="status" id="found">{}{}</div>', facts(found_facts(n, found)), _warned(n, found))
    )
    title = '<p class="hsc-maptitle" id="places">{} <small>{}</small></p>'
    st.html(markup(title, w.t("Where"), w.t("+: the point that is found; yellow: initiatives known")))
    at = (round(hit.latitude, 5), round(hit.longitude, 5))
    draw_map(MAP_KEY, n.package, assets, map_update(n, [(AFTER, at, hit.name)]))
    same = found.state == FOUND
    st.button(
        w.t("Take this point") if same else w.t("Take this point all the same"),
        key="review_take_point",
        type="primary" if same else "secondary",
        on_click=partial(take, n, state, desk, place, placed(place, found)),
    )


def nothing_text(n: Names, state: str) -> str:
    """That no point is found, and why. state: of the address service."""
    w = n.w
    return {
        OFF: w.t("Addresses are not looked up on this site: the administrator switched that off."),
        UNREACHABLE: w.t("The address service cannot be reached just now. Try again in a minute."),
        BUSY: w.t("Too many addresses were looked up in this minute. Try again in a minute."),
    }.get(state) or w.t("The address service does not find this address in {city}.", city=n.here.name)


def found_facts(n: Names, found: Judged) -> list[tuple[str, object]]:
    """The address that is found, how precise it is, and in which neighbourhood and district it lies."""
    w = n.w
    assert found.match is not None  # who asks has looked
    areas = " · ".join(n.area(code) for code in (found.neighbourhood, found.district))
    return [
        (w.t("Found"), found.match.hit.name),
        (w.t("Precision"), code_text(n, found.match.precision)),
        (w.t("Lies in"), areas),
        (w.t("Source"), SOURCE),
    ]


def _warned(n: Names, found: Judged) -> object:
    told = warnings(n, found)
    return markup('<div class="hsc-note" id="doubts">{}</div>', items(told)) if told else ""


def warnings(n: Names, found: Judged) -> list[str]:
    """What speaks against taking it: another district than is stated, another address than was asked."""
    assert found.match is not None
    names = remark_names(n.w)
    told = [names[each] for each in found.match.remarks]
    if found.state == CONFLICT:
        stated = ", ".join(n.area(code) for code in found.stated)
        text = n.w.t(
            "The register states another district: {stated}. The point lies in {district}.",
            stated=stated,
            district=n.area(found.district),
        )
        return [text, *told]
    doubt = n.w.t("Look whether this is the same address.")
    return [doubt, *told] if found.state == UNSURE else told


def remark_names(w: Words) -> dict[str, str]:
    """What is to be known of an answer, by its code."""
    return {
        OTHER_NAME: w.t("It has another name than the address that was asked."),
        SEVERAL: w.t("Several answers fit; this is the first."),
        NO_NUMBER: w.t("The house number is not found; this is a point in the street."),
        OTHER_ADDITION: w.t("This house has the same number and another letter or addition."),
        MIDDLE: w.t("This is the middle of a postcode."),
        OTHER_POSTCODE: w.t("It has another postcode than the address that was asked."),
        OTHER_AREA: w.t("PDOK has it in another neighbourhood than our boundaries."),
    }


def take(n: Names, state: PageState, desk: Desk, place: Lacking, point: PlacedPoint) -> None:
    """Put the point into the register, by the door of every file."""
    why = n.w.t("Point by address: {found}", found=point.coordinate_note or point.coordinate_source)
    done = desk.attempt(n.w, lambda register, by: taken(register, by, place, point, why))
    if done is None:
        return
    state.set("entry", "")
    st.session_state.pop(LOOKED_UP, None)
    if done.changed:
        tell(n.w.t("{place} has its point now. It shows on all pages.", place=_name(n, place)))
    else:
        tell(n.w.t("Someone changed this place meanwhile; nothing was taken."), BAD)


def taken(register: Register, by: Actor, place: Lacking, point: PlacedPoint, why: str) -> Imported:
    """What taking it did; nothing where the place changed since it was looked at. Raises ImportRefused for a point that
    the rules of the register refuse."""
    now = register.overlay(register.package)
    if place not in lacking(now):
        return Imported(0, 0, 1, "")
    report = register.read_import(import_file(now, [point]), "csv")
    if report.problems:
        raise ImportRefused(report.problems)
    return register.import_rows(report, by, why)
