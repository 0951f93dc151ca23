"""Who is near: initiatives round a place, the own neighbourhood first, beside a map of them."""

from __future__ import annotations

import streamlit as st

from hsc_geo.analysis.near import LookUp
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer as answer_place
from hsc_geo.views.kit.answer import say
from hsc_geo.views.kit.chips import chips
from hsc_geo.views.kit.controls import listed
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.partners import answers, box, calls, near_choices, near_map
from hsc_geo.views.partners.answers import Everywhere, NearAnswer
from hsc_geo.views.partners.choices import NearChoice, near_choice
from hsc_geo.views.partners.panel import initiative_panel, to_neighbours
from hsc_geo.views.partners.words import near as words

ROWS = 10  # of a page of the list: as high as the map


def draw(n: Names, state: PageState, assets: MapAssets, look_up: LookUp) -> None:
    """The sentence, the box, the choices; then the list, and the map with what is chosen in the list.

    What comes and goes stands in a container of its own: the map keeps its frame only in the same position.
    """
    choice = near_choice(state)
    found = answers.near(n.package, choice, n.today)
    every = answers.everywhere(n.package, choice, n.today)
    name = box.name_of(choice.at) or answers.name_at(n.package, choice.at)
    with answer_place():
        _say(n, choice, found or every, name)
        place = words.place_text(n, choice, found, name) if found else ""
        with st.container(gap="xsmall", key="near_choices"):
            box.draw(n, state, look_up)
            chips(n, state, near_choices.line(n, state, choice, place))
            with st.container():
                near_choices.often(n, state, choice)
        left, right = st.columns([0.55, 0.45], gap="medium")
        with left:
            if found is None:
                _everywhere(n, state, choice, every)
            else:
                _near(n, state, choice, found)
                in_python.fold(n, "near", lambda: calls.near(n, choice, "near"))
        with right:
            with st.container(key="near_panel"):
                initiative_panel(n, state, "near")
            near_map.draw(n, state, choice, found or every, assets)
    st.html(items(words.method_texts(n)))


def _say(n: Names, choice: NearChoice, found: NearAnswer | Everywhere, name: str) -> None:
    label = f"({words.label(n, choice)})"
    if isinstance(found, NearAnswer):
        say(words.said(n, choice, found, name), label)
    else:
        say(words.said_everywhere(n, choice, found), label)


def _everywhere(n: Names, state: PageState, choice: NearChoice, every: Everywhere) -> None:
    st.html(markup('<p role="status" id="nowhere">{}</p>', words.ask_text(n, choice)))
    if choice.own:
        to_neighbours(n, state, "near_own_neighbours", choice.own)
    shown = words.everywhere_list(n, choice, every)
    if not shown.rows:
        st.info(n.w.t("No initiative known fits these choices."))
    elif choice.narrowed or not every.meetings:
        listed(n, state, "near_every", shown, page_size=ROWS)
        in_python.fold(n, "near", lambda: calls.near(n, choice, "everything"))
    else:
        listed(n, state, "near_meetings", shown, "gpage", lambda at: box.set_start(state, "at", at), ROWS)
        in_python.fold(n, "near", lambda: calls.near(n, choice, "meetings"))


def _near(n: Names, state: PageState, choice: NearChoice, found: NearAnswer) -> None:
    shown = words.near_list(n, choice, found)
    if shown.rows:
        listed(n, state, "near", shown, page_size=ROWS)
    else:
        st.info(n.w.t("No initiative known fits these choices."))
    told = [words.guessed_text(n, choice, found)] if found.guessed else []
    told.append(words.farther_text(n, found))
    st.html(quiet(" ".join(filter(None, told))))
