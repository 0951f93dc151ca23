"""Who resembles us: the neighbours of an initiative, each with its reasons and the points that these give."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from hsc_geo.analysis.neighbours import CODES, Neighbour
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import initiative_choice, listed, toggle
from hsc_geo.views.kit.html import facts, items, markup
from hsc_geo.views.kit.html import label as plain_label
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.partners import answers, calls
from hsc_geo.views.partners.choices import NeighboursChoice, neighbours_choice
from hsc_geo.views.partners.panel import initiative_panel
from hsc_geo.views.partners.words import neighbours as words
from hsc_geo.views.wording.counted import label


def draw(n: Names, state: PageState) -> None:
    """The sentence, the choices and the neighbours; then what is compared, and how the points are given."""
    choice = neighbours_choice(state)
    found = answers.neighbours_of(n.package, choice) if choice.initiative else []
    with answer():
        if choice.initiative:
            _neighbours(n, state, choice, found)
        else:
            _sharing(n, state, choice)
    if choice.initiative:
        own = facts(words.own_facts(n, choice.initiative))
        st.html(markup("<h2>{}</h2>{}", n.w.t("What it is compared by"), own))
    method = items(words.method_texts(n))
    st.html(markup("<h2>{}</h2>{}", n.w.t("How the points are given"), method))


def _neighbours(n: Names, state: PageState, choice: NeighboursChoice, found: Sequence[Neighbour]) -> None:
    shown = answers.with_reasons(found, choice.reasons)
    say(words.said(n, choice, shown), f"({label(n, choice.basis)})")
    _chips(n, state, choice, found)
    if not shown:
        st.info(n.w.t("The register may know too little of this initiative."))
        return
    listed(n, state, "neighbours", words.neighbours_list(n, shown))
    in_python.fold(n, "neighbours", lambda: calls.neighbours(choice))
    initiative_panel(n, state, "neighbour")


def _sharing(n: Names, state: PageState, choice: NeighboursChoice) -> None:
    """Before an initiative is chosen: which share most with others."""
    found = answers.sharing(n.package)
    say(words.said_sharing(n, found), f"({label(n)})")
    _chips(n, state, choice, [])
    listed(
        n, state, "neighbours_sharing", words.sharing_list(n, found), pick=lambda code: _choose(state, code)
    )
    in_python.fold(n, "neighbours", lambda: calls.neighbours(choice))


def _choose(state: PageState, code: str) -> None:
    state.clear(["sel", "page", "why"])
    state.set("one", code)


def _chips(n: Names, state: PageState, choice: NeighboursChoice, found: Sequence[Neighbour]) -> None:
    w = n.w
    own = n.initiative(choice.initiative) if choice.initiative else w.t("Choose an initiative")

    def one() -> None:
        initiative_choice(
            n, state, "one", w.t("Initiative"), lambda: _choose(state, st.session_state["w_one"] or "")
        )

    line = [Chip("one", own, one, ["one"])]
    if choice.initiative:
        why = ", ".join(words.reason_names(n)[code] for code in choice.reasons) or w.t("All reasons")
        ended = w.t("Ended ones too") if choice.ended else w.t("Not ended")
        line.append(Chip("why", why, lambda: _reasons(n, state, found), ["why"]))
        line.append(Chip("ended", ended, lambda: toggle(state, "ended", w.t("Ended ones too")), ["ended"]))
    chips(n, state, line)


def _reasons(n: Names, state: PageState, found: Sequence[Neighbour]) -> None:
    names = words.reason_counts(n, found)

    def take() -> None:
        state.clear(["sel", "page"])
        state.take("why")

    st.pills(
        n.w.t("Reason"),
        CODES,
        format_func=lambda code: plain_label(names[code]),
        selection_mode="multi",
        key=state.seed("why"),
        on_change=take,
        wrap=True,
    )
