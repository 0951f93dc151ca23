"""The profile page: a district or neighbourhood, or a few side by side, against the city and the country."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.explore import areas_in_order
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.html import items, joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.common import theme
from hsc_geo.views.paper import map_svg, svg
from hsc_geo.views.paper.html_page import picture_address
from hsc_geo.views.profile import answers, choices, figures, initiatives, said, similar, years
from hsc_geo.views.profile.choices import AGES, MOST, ProfileChoice, parameters
from hsc_geo.views.profile.paper import area_map
from hsc_geo.views.profile.summary import sentences
from hsc_geo.views.profile.words import kind_texts, left_out_texts, section_names
from hsc_geo.views.wording.area import area_label
from hsc_geo.views.wording.own_area import definitions, make_link

WHERE = 200.0  # points: about as wide as the small map stands, so that its letters can be read


def draw(n: Names) -> None:
    """The whole page."""
    with head(n.w.t("District profile")):
        share(n, "profile", picture=True)
    _page(n)


@st.fragment
def _page(n: Names) -> None:
    state = PageState("profile", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    choice = choices.choice(n.package, state)
    if choice.left_out:
        st.html(note(left_out_texts(n, choice)))
    with answer():
        say(said.answer(n, choice), said.beside(n, choice))
        _choices(n, state, choice)
        own = definitions(n, choice.areas)
        if own:
            st.html(note(own))
        _shown(n, choice)
    st.html(_sections(n, choice))
    _summary(n, choice)
    figures.draw(n, state, choice)
    years.draw(n, state, choice)
    initiatives.draw(n, state, choice)
    similar.draw(n, choice)
    state.push()


def _choices(n: Names, state: PageState, choice: ProfileChoice) -> None:
    chosen = " · ".join(map(n.area, choice.areas))
    line = [
        Chip("area", chosen, lambda: _areas(n, state), ("area",)),
        Chip("age", n.term("age_group", choice.age_group), lambda: _ages(n, state), ("age",)),
    ]
    chips(n, state, line)


def _areas(n: Names, state: PageState) -> None:
    w, areas = n.w, areas_in_order(n.package)
    st.session_state["w_area"] = (state.many("area") or list(areas[:1]))[:MOST]

    def take() -> None:
        state.clear(["sel", "lpage"])
        state.take("area")

    st.multiselect(
        w.t("District or neighbourhood, at most four of one level"),
        areas,
        format_func=lambda code: area_label(n, code),
        key="w_area",
        placeholder=w.t("Choose an area"),
        max_selections=MOST,
        on_change=take,
    )
    st.html(make_link(n))


def _ages(n: Names, state: PageState) -> None:
    st.pills(
        n.w.t("Age group, where the figure has it"),
        AGES,
        format_func=lambda code: n.term("age_group", code),
        key=state.seed("age"),
        on_change=state.take,
        args=("age",),
        required=True,
        wrap=True,
    )


def _shown(n: Names, choice: ProfileChoice) -> None:
    """The core figures on their scales; of one area beside what stands out, of several above it."""
    if len(choice.areas) == 1:
        left, right = st.columns([0.58, 0.42], gap="large")
        with left:
            figures.core(n, choice)
        with right:
            st.html(_stands_out(n, choice))
        return
    figures.core(n, choice)
    st.html(_stands_out(n, choice))


def _stands_out(n: Names, choice: ProfileChoice) -> Markup:
    several = len(choice.areas) > 1
    parts = []
    for found in answers.stands_out(n.package, choice):
        name = said.stands_out_head(n, n.area(found.area_code) if several else "")
        told = items(
            (markup("<strong>{}</strong> {}", what, text) for what, text in said.stands_out(n, found)),
            "hsc-list",
        )
        parts.append(markup("<section><h2>{}</h2>{}</section>", name, told))
    return markup('<div class="hsc-outstanding">{}{}</div>', joined(parts), _where(n, choice))


def _where(n: Names, choice: ProfileChoice) -> Markup:
    """A small map of where the areas lie."""
    drawn = area_map(n, choice)
    return markup(
        '<figure class="hsc-where"><img alt="{}" src="{}"><figcaption class="hsc-quiet">{}</figcaption></figure>',
        drawn.alt,
        picture_address(svg.on_screen(map_svg.draw(n.package, drawn, WHERE), dark=theme() == "dark")),
        drawn.caption,
    )


def _sections(n: Names, choice: ProfileChoice) -> Markup:
    """The ways to the parts of the page."""
    w, gone = n.w, "" if answers.over_years(n.package, choice) else "years"
    links = (
        markup('<a href="#{}">{}</a>', key, name) for key, name in section_names(n).items() if key != gone
    )
    return markup(
        '<nav class="hsc-links hsc-jump" aria-label="{}">{}</nav>',
        w.t("Parts of this page"),
        joined(links, " "),
    )


def _summary(n: Names, choice: ProfileChoice) -> None:
    figures.section(n, "short")
    codes = choice.areas
    columns = st.columns(len(codes) if len(codes) < MOST else 2, gap="medium")
    for i, (code, found) in enumerate(answers.statements(n.package, choice, n.today).items()):
        with columns[i % len(columns)]:
            about = quiet(kind_texts(n, code))
            told = items(sentences(n, found))
            st.html(markup("<h3>{}</h3>{}{}{}", n.area(code), about, told, _changed(n, code)))


def _changed(n: Names, code: str) -> Markup:
    """The way to what changed in an area."""
    address = f"veranderd?{urlencode({'area': code, **n.kept()})}"
    return markup('<p class="hsc-links"><a href="{}">{}</a></p>', address, n.w.t("What changed here"))
