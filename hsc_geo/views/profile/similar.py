"""The areas most alike to an area, with the variables that make them so."""

from __future__ import annotations

import streamlit as st

from hsc_geo.views.kit.html import quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.table import whole
from hsc_geo.views.profile import answers, tables
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.words import no_likeness_text


def draw(n: Names, choice: ProfileChoice) -> None:
    """A table per area, nearest first."""
    w = n.w
    st.header(w.t("Areas most alike"), anchor=False)
    text = w.t(
        "Alike in ages, households, homes, income and the core health figures together, among areas of the same level "
        "in the municipality. What works in one may be worth a try in the other: ask there."
    )
    st.html(quiet(text))
    for code in choice.areas:
        found = answers.alike(n.package, code)
        if found:
            whole(w, f"profile_similar_{code}", tables.alike(n, code, found))
        else:
            st.info(no_likeness_text(n, code))
