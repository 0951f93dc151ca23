"""The own areas of the visit: each can be taken away, and a new one made of neighbourhoods and a name."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import cast
from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.own_area import OwnArea
from hsc_geo.analysis.own_areas import LONGEST_NAME, MOST, fault, make, neighbourhoods
from hsc_geo.analysis.serving import DISTRICT
from hsc_geo.views.kit import own
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import theme
from hsc_geo.views.research.answers.own import district_of
from hsc_geo.views.research.choices import ResearchChoice
from hsc_geo.views.research.screen.result import map_picture
from hsc_geo.views.research.words.own import chosen_map
from hsc_geo.views.wording.own_area import definition, fault_text

PARTS, NAME, WRONG = "own_parts", "own_name", "own_wrong"  # what is being made, in the session
WIDTH = 260.0  # points of the map of what is chosen


def line(n: Names, state: PageState, choice: ResearchChoice) -> None:
    """The line of choices: a chip for each own area, and one to make another."""
    there = [Chip(area.code, area.name, partial(_one, n, area)) for area in n.own]
    more = [Chip("own_new", n.w.t("Make an own area"), partial(_new, n))] if len(n.own) < MOST else []
    chips(n, state, [*there, *more])


def _one(n: Names, area: OwnArea) -> None:
    """What it is made of, where it is seen, and to take it away."""
    st.html(markup("<p>{}</p>{}", definition(n, area), _links(n, area)))
    rest = [each for each in n.own if each != area]
    st.button(
        n.w.t("Take {area} away", area=area.name),
        key=f"own_away_{area.code}",
        on_click=own.take,
        args=(rest,),
    )


def _links(n: Names, area: OwnArea) -> Markup:
    w, beside = n.w, district_of(n.package, area)
    profile = urlencode({"area": [area.code, beside], **n.kept()}, doseq=True)
    coverage = urlencode({"area": area.code, **n.kept()})
    return markup(
        '<p><a href="wijkprofiel?{}">{}</a></p><p><a href="dekking?{}">{}</a></p>',
        profile,
        w.t("Profile beside {district}", district=n.area(beside)),
        coverage,
        w.t("Which initiatives are known there"),
    )


def _new(n: Names) -> None:
    w = n.w
    _begin(n)
    st.session_state["w_own_parts"] = _parts(n)
    st.multiselect(
        w.t("Neighbourhoods"),
        neighbourhoods(n.package),
        format_func=lambda code: f"{n.area(code)} ({n.area(str(n.package.areas.at[code, 'parent_code']))})",
        key="w_own_parts",
        placeholder=w.t("Choose neighbourhoods"),
        on_change=_keep_parts,
    )
    st.session_state["w_own_name"] = st.session_state.get(NAME, "")
    st.text_input(w.t("Name"), key="w_own_name", max_chars=LONGEST_NAME, on_change=_keep_name)
    wrong = st.session_state.get(WRONG, "")
    if wrong:
        st.html(note([fault_text(w, wrong)]))
    st.button(w.t("Make it"), key="own_make", type="primary", on_click=_make, args=(n,))
    st.html(quiet(w.t("It stands in the link of this page: whoever opens that sees it too.")))
    if _parts(n):
        st.html(_map(n))


def _begin(n: Names) -> None:
    """All neighbourhoods of a district, to take some away or add others."""
    areas = n.package.areas
    districts = sorted(map(str, areas.index[areas["level"] == DISTRICT]), key=n.area)

    def take() -> None:
        chosen = st.session_state.get("w_own_begin")
        inside = areas.index[areas["parent_code"] == chosen] if chosen else []
        _keep(PARTS, sorted(map(str, inside)))

    st.selectbox(
        n.w.t("Begin with a district"),
        districts,
        index=None,
        format_func=n.area,
        key="w_own_begin",
        placeholder=n.w.t("or choose neighbourhoods below"),
        on_change=take,
    )


def _parts(n: Names) -> list[str]:
    known = set(neighbourhoods(n.package))
    return [code for code in cast(Sequence[str], st.session_state.get(PARTS, ())) if code in known]


def _keep(key: str, value: object) -> None:
    st.session_state[key] = value
    st.session_state[WRONG] = ""


def _keep_parts() -> None:
    _keep(PARTS, list(st.session_state.get("w_own_parts") or []))


def _keep_name() -> None:
    _keep(NAME, st.session_state.get("w_own_name") or "")


def _make(n: Names) -> None:
    """It is there from now on, or why it cannot be."""
    area = make(st.session_state.get(NAME, ""), _parts(n))
    wrong = fault(n.package, area, n.own)
    st.session_state[WRONG] = wrong
    if not wrong:
        _keep(PARTS, [])
        _keep(NAME, "")
        own.take([*n.own, area])


def _map(n: Names) -> Markup:
    """Where the neighbourhoods lie that are chosen."""
    shown = chosen_map(n, [OwnArea(n.w.t("This area"), tuple(_parts(n)))])
    return map_picture(n, shown, WIDTH, theme())
