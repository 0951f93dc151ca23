"""Who lives in the areas of a profile, and their figures beside the city: on scales, and as a table."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.explanations import explanations
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.controls import toggle
from hsc_geo.views.kit.html import items, joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import whole
from hsc_geo.views.profile import answers, tables
from hsc_geo.views.profile import explanations as words_of_the_office
from hsc_geo.views.profile.answers import Groups
from hsc_geo.views.profile.calls import calls
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.scale import scale_legend, scales
from hsc_geo.views.profile.words import limit_texts, scale_text, section_names
from hsc_geo.views.wording.own_area import made_head, method_texts
from hsc_geo.views.wording.people import of_whom


def section(n: Names, key: str) -> None:
    """The heading of a part, that one can jump to."""
    st.html(markup('<h2 id="{}" data-go>{}</h2>', key, section_names(n)[key]))


def core(n: Names, choice: ProfileChoice) -> None:
    """The core figures on their scales, with what the marks are."""
    groups = answers.core_figures(n.package, choice)
    if not groups:
        st.info(n.w.t("No core figure is published at this level."))
        return
    st.html(scales(n, groups, n.w.t("Core figures beside the city")))
    st.html(scale_legend(n, choice.areas, groups))


def draw(n: Names, state: PageState, choice: ProfileChoice) -> None:
    """Residents, then the figures with what the municipality says of them and what they may not be used for."""
    _residents(n, choice)
    section(n, "figures")
    groups = answers.figures(n.package, choice)
    toggle(state, "full", n.w.t("All figures"))
    if groups:
        _figures(n, choice, groups)
    else:
        st.info(n.w.t("No figures are published at this level."))


def _residents(n: Names, choice: ProfileChoice) -> None:
    section(n, "residents")
    found = answers.residents(n.package, choice)
    one = len(choice.areas) == 1
    left, right = st.columns([0.38, 0.62], gap="medium") if one else (st.container(), st.container())
    with left:
        whole(n.w, "profile_ages", tables.ages(n, choice, found))
    with right:
        registered = answers.facts(found)
        if registered:
            whole(n.w, "profile_facts", tables.facts(n, choice, registered))
        else:
            st.info(n.w.t("This edition has no registered figures of households, homes and income."))
    in_python.fold(n, "residents", lambda: calls(choice, "residents"))


def _figures(n: Names, choice: ProfileChoice, groups: Groups) -> None:
    st.html(quiet(scale_text(n, groups)))
    others = answers.other_figures(n.package, choice) if choice.every else []
    if others:
        st.html(scales(n, others, n.w.t("Other figures")))
    whole(n.w, "profile_figures", tables.figures(n, choice, groups))
    in_python.fold(n, "figures", lambda: calls(choice, "figures"))
    adults = of_whom(n, (row.figure for group in groups for row in group))
    if adults:
        st.html(quiet(adults))
    made = method_texts(n, [row.figure for group in groups for row in group])
    if made:
        st.html(markup("<details><summary>{}</summary>{}</details>", made_head(n), items(made)))
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
