"""The coverage page: for whom help is known and where, as known or as confirmed; and who lives near its places."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsc_geo.analysis import matrix
from hsc_geo.views.coverage.answers.counted import counted
from hsc_geo.views.coverage.choices import (
    BEAR,
    ELSEWHERE,
    KNOWN,
    NEAR,
    NEED,
    NEXT,
    SPAN_CODES,
    CoverageChoice,
    coverage_choice,
    parameters,
)
from hsc_geo.views.coverage.paper.document import document
from hsc_geo.views.coverage.screen import access, claim, elsewhere, known, near, need, where_next
from hsc_geo.views.coverage.words.page import count_text, evidence_texts, part_names
from hsc_geo.views.kit.controls import segments
from hsc_geo.views.kit.html import items, markup
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.offer import Paper, offer
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.maps.frame import MapAssets
from hsc_geo.views.paper.take import as_pdf
from hsc_geo.views.wording.counted import label


def draw(n: Names, assets: MapAssets) -> None:
    """The whole page."""
    st.title(n.w.t("Coverage"), anchor=False)
    st.html(
        markup(
            '<p class="hsc-lead">{}</p>',
            n.w.t(
                "Where help is known for each ambition, who lives near it, and where need is high while none "
                "is known. None known is not the same as none."
            ),
        )
    )
    _page(n, assets)


@st.fragment
def _page(n: Names, assets: MapAssets) -> None:
    state = PageState("coverage", parameters(n.package), st.session_state, st.query_params)
    state.pull()
    refused = refused_texts(n.w, [each.value for each in state.refused])
    if refused:
        st.html(note(refused))
    segments(state, "part", n.w.t("Part of this page"), part_names(n.w))
    choice = coverage_choice(n, state)
    if choice.part != BEAR:
        _controls(n, state)
        _summary(n, choice)
    _part(n, state, choice, assets)
    offer(n, state, Paper("coverage", "dekking", as_pdf(n, document)))
    state.push()


def _part(n: Names, state: PageState, choice: CoverageChoice, assets: MapAssets) -> None:
    drawn: dict[str, Callable[[], None]] = {
        KNOWN: lambda: known.draw(n, state, choice),
        NEAR: lambda: _near(n, state, choice),
        NEED: lambda: need.draw(n, state, choice, assets),
        NEXT: lambda: where_next.draw(n, state, choice, assets),
        ELSEWHERE: lambda: elsewhere.draw(n, state, choice),
        BEAR: lambda: claim.draw(n, state, choice),
    }
    drawn[choice.part]()


def _near(n: Names, state: PageState, choice: CoverageChoice) -> None:
    near.draw(n, state, choice)
    access.draw(n, state, choice)


def _controls(n: Names, state: PageState) -> None:
    w = n.w
    spans = {code: w.t("within {n} months", n=code) for code in SPAN_CODES}
    kinds = {
        matrix.KNOWN: w.t("Not known to have ended"),
        matrix.ACTIVE: w.t("Active when last seen"),
        matrix.EVERY: w.t("Ended ones too"),
    }

    def take(key: str) -> None:
        state.take(key)
        for page in ("page", "lpage"):
            state.set(page, "1")

    left, right = st.columns(2, gap="medium")
    with left:
        _choose(state, "conf", w.t("As known, or as confirmed"), {"": w.t("As known"), **spans}, take)
    with right:
        _choose(state, "count", w.t("Which initiatives count"), kinds, take)


def _choose(
    state: PageState, key: str, label: str, names: dict[str, str], take: Callable[[str], None]
) -> None:
    """One of a few, as pills: these go on in the next line where a screen is narrow."""
    st.pills(
        label,
        list(names),
        format_func=lambda code: names[code],
        key=state.seed(key),
        on_change=take,
        args=(key,),
        required=True,
        wrap=True,
    )


def _summary(n: Names, choice: CoverageChoice) -> None:
    w = n.w
    st.html(
        markup(
            '<p aria-live="polite" id="counted"><strong>{}</strong> <span class="hsc-quiet">{}</span></p>',
            count_text(n, counted(n, choice)),
            w.t("on everything on this page: {label}", label=label(n, choice.basis)),
        )
    )
    with st.expander(w.t("How fresh the evidence is, and how that is known")):
        st.html(items(evidence_texts(n, choice.basis)))
