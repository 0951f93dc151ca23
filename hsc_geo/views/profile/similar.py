"""The areas most alike to an area: what makes them so, and their core figures beside each other."""

from __future__ import annotations

from urllib.parse import urlencode

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.similar import Likeness
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.html import markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.table import whole
from hsc_geo.views.profile import answers, tables
from hsc_geo.views.profile.calls import calls
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.figures import section
from hsc_geo.views.profile.words import no_likeness_text


def draw(n: Names, choice: ProfileChoice) -> None:
    """A table per area of what makes them alike, nearest first; of an area alone also their core figures."""
    section(n, "alike")
    text = n.w.t(
        "Alike in ages, households, homes, income and the core health figures together, among areas of the same level "
        "in the municipality. What works in one may be worth a try in the other: ask there."
    )
    st.html(quiet(text))
    for code in choice.areas:
        found = answers.alike(n.package, code)
        if not found:
            st.info(no_likeness_text(n, code))
            continue
        if len(choice.areas) == 1:
            whole(n.w, f"profile_beside_{code}", tables.beside_alike(n, choice, code, found))
        st.html(_side_by_side(n, code, found))
        whole(n.w, f"profile_similar_{code}", tables.alike(n, code, found))
    in_python.fold(n, "alike", lambda: calls(choice, "alike"))


def _side_by_side(n: Names, code: str, found: list[Likeness]) -> Markup:
    """The way to all of the profile of these areas side by side."""
    areas = [code, *(each.area_code for each in found)]
    address = urlencode({"area": areas, **n.kept()}, doseq=True)
    text = n.w.t("The whole profile of {area} beside these", area=n.area(code))
    return markup('<p><a href="wijkprofiel?{}">{}</a></p>', address, text)
