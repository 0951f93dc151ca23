"""The profile page: a district or neighbourhood, or a few side by side, against the city and the country."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.offer import Paper, offer
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper.take import as_pdf
from hsc_geo.views.profile import answers, choices, figures, initiatives, similar, years
from hsc_geo.views.profile.choices import AGES, MOST, ProfileChoice, parameters
from hsc_geo.views.profile.paper import document
from hsc_geo.views.profile.summary import sentences
from hsc_geo.views.profile.words import kind_texts, left_out_texts
from hsc_geo.views.wording.area import area_label, areas_in_order


def draw(n: Names) -> None:
    """The whole page."""
    st.title(n.w.t("District profile"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            n.w.t(
                "One district or neighbourhood beside the city and the country, or up to four side by side."
            ),
        )
    )
    _page(n)


@st.fragment
def _page(n: Names) -> None:
    state = PageState("profile", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    _areas(n, state)
    choice = choices.choice(n.package, state)
    if choice.left_out:
        st.html(note(left_out_texts(n, choice)))
    _summary(n, choice)
    offer(n, state, Paper("profile", "wijkprofiel", as_pdf(n, document)), choice.areas[0])
    figures.draw(n, state, choice)
    years.draw(n, state, choice)
    initiatives.draw(n, state, choice)
    similar.draw(n, choice)
    state.push()


def _areas(n: Names, state: PageState) -> None:
    """The controls of which areas and of whom."""
    w, areas = n.w, areas_in_order(n.package)
    st.session_state["w_area"] = (state.many("area") or list(areas[:1]))[:MOST]

    def take() -> None:
        state.clear(["sel", "lpage"])
        state.take("area")

    left, right = st.columns([2, 1], gap="medium")
    with left:
        st.multiselect(
            w.t("District or neighbourhood, at most four of one level"),
            areas,
            format_func=lambda code: area_label(n, code),
            key="w_area",
            placeholder=w.t("Choose an area"),
            max_selections=MOST,
            on_change=take,
        )
    with right:
        _ages(n, state)


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


def _summary(n: Names, choice: ProfileChoice) -> None:
    codes = choice.areas
    columns = st.columns(len(codes) if len(codes) < MOST else 2, gap="medium")
    for i, (code, found) in enumerate(answers.statements(n.package, choice, n.today).items()):
        with columns[i % len(columns)]:
            about = quiet(kind_texts(n, code))
            st.html(markup("<h2>{}</h2>{}{}", n.area(code), about, items(sentences(n, found))))
