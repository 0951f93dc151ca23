"""The coverage page: for whom help is known and where, as known or as confirmed; and who lives near its places."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from hsc_geo.analysis import matrix
from hsc_geo.analysis.matrix import Basis
from hsc_geo.views.coverage.choices import (
    BEAR,
    ELSEWHERE,
    KNOWN,
    NEAR,
    NEED,
    NEXT,
    SPAN_CODES,
    chosen_basis,
    parameters,
    part_names,
)
from hsc_geo.views.coverage.paper.document import document
from hsc_geo.views.coverage.screen import claim, elsewhere, near, need, where_next
from hsc_geo.views.coverage.screen import known as coverage_matrix
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
    if state["part"] == BEAR:
        claim.draw(n, state)
    else:
        _controls(n, state)
        basis = chosen_basis(n, state)
        ids = matrix.counted(n.package, basis)
        _summary(n, basis, ids)
        _part(n, state, tuple(ids), assets, basis)
    offer(n, state, Paper("coverage", "dekking", as_pdf(n, document)))
    state.push()


def _part(n: Names, state: PageState, ids: tuple[str, ...], assets: MapAssets, basis: Basis) -> None:
    drawn: dict[str, Callable[[], None]] = {
        KNOWN: lambda: coverage_matrix.draw(n, state, ids, basis),
        NEAR: lambda: near.draw(n, state, ids),
        NEED: lambda: need.draw(n, state, ids, assets),
        NEXT: lambda: where_next.draw(n, state, ids, assets),
        ELSEWHERE: lambda: elsewhere.draw(n, state, ids),
    }
    drawn[state["part"]]()


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


def _summary(n: Names, basis: Basis, ids: tuple[str, ...]) -> None:
    w = n.w
    total = len(n.package.initiatives)
    st.html(
        markup(
            '<p aria-live="polite" id="counted"><strong>{}</strong> <span class="hsc-quiet">{}</span></p>',
            w.t("{shown} of {total} initiatives count", shown=w.number(len(ids)), total=w.number(total)),
            w.t("on everything on this page: {label}", label=label(n, basis)),
        )
    )
    with st.expander(w.t("How fresh the evidence is, and how that is known")):
        st.html(items(evidence_texts(n, basis)))


def evidence_texts(n: Names, basis: Basis) -> list[str]:
    """How precisely evidence is dated, and what follows from that for who counts as confirmed."""
    w = n.w
    known = matrix.evidence(n.package, n.today)["precision"].value_counts()
    texts = [
        w.t(
            "{confirmed} initiatives were confirmed, on a known day. Of the others the newest evidence is known to the "
            "month for {month} and to the year for {year}; {undated} carry no date.",
            confirmed=w.number(known.get(matrix.CONFIRMED, 0)),
            month=w.number(known.get("month", 0)),
            year=w.number(known.get("year", 0)),
            undated=w.number(known.get("", 0)),
        ),
        w.t("A year counts from its January, so that nothing is called confirmed too soon."),
        w.t("Months are counted back from {date}.", date=w.date(n.today)),
        w.t("An old entry is not an ended initiative: nobody confirmed it since."),
    ]
    unsure = len(matrix.doubtful(n.package, basis))
    if unsure:
        texts.append(
            w.tn(
                "{n} more may be confirmed as well: only the year of its evidence is known.",
                "{n} more may be confirmed as well: only the year of their evidence is known.",
                unsure,
            )
        )
    return texts
