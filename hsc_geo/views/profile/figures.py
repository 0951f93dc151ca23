"""Who lives in the areas of a profile, and their figures beside the city: a chart, and the same as a table."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.explanations import explanations
from hsc_geo.views.kit.controls import toggle
from hsc_geo.views.kit.html import joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import whole
from hsc_geo.views.profile import answers, tables
from hsc_geo.views.profile import explanations as words_of_the_office
from hsc_geo.views.profile.answers import Groups
from hsc_geo.views.profile.chart import CONFIG, spine_chart, spine_legend
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.words import limit_texts, scale_text
from hsc_geo.views.wording.people import of_whom


def draw(n: Names, state: PageState, choice: ProfileChoice) -> None:
    """Residents, then the figures with what the municipality says of them and what they may not be used for."""
    _residents(n, choice)
    w = n.w
    st.header(w.t("The figures beside the city"), anchor=False)
    groups = answers.figures(n.package, choice)
    toggle(state, "full", w.t("All figures"))
    if groups:
        _figures(n, choice, groups)
    else:
        st.info(w.t("No figures are published at this level."))


def _residents(n: Names, choice: ProfileChoice) -> None:
    st.header(n.w.t("Who lives there"), anchor=False)
    found = answers.residents(n.package, choice)
    one = len(choice.areas) == 1
    left, right = st.columns(2, gap="medium") if one else (st.container(), st.container())
    with left:
        whole(n.w, "profile_ages", tables.ages(n, choice, found))
    with right:
        whole(n.w, "profile_facts", tables.facts(n, choice, answers.facts(found)))


def _figures(n: Names, choice: ProfileChoice, groups: Groups) -> None:
    st.html(spine_legend(n, choice.areas, groups))
    st.html(quiet(scale_text(n, groups)))
    st.plotly_chart(spine_chart(n, groups), key="profile_spine", config=CONFIG)
    whole(n.w, "profile_figures", tables.figures(n, choice, groups))
    adults = of_whom(n, (row.figure for group in groups for row in group))
    if adults:
        st.html(quiet(adults))
    said = explanations(n.package, choice.areas, [group[0].indicator_id for group in groups])
    if said:
        st.html(words_of_the_office.block(n, said))
    st.html(_limits(n, groups))


def _limits(n: Names, groups: Groups) -> Markup:
    return markup(
        "<details><summary>{}</summary>{}</details>",
        n.w.t("Limits of these figures, and what they may not be used for"),
        joined(markup("<p>{}</p>", text) for text in limit_texts(n, groups)),
    )
