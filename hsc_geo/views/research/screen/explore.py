"""Initiatives by two facets on the screen: the table whose cells open their initiatives, and its choices."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from hsc_geo.analysis.crosstab import AXES, WHOLE
from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import FACETS, counts
from hsc_geo.analysis.matrix import SPANS
from hsc_geo.views.kit.answer import answer, say
from hsc_geo.views.kit.chips import Chip, chips
from hsc_geo.views.kit.controls import segments, sort_by
from hsc_geo.views.kit.filters import Filter, filters
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, warned
from hsc_geo.views.kit.side import framed, side
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.kit.table import Clicks, Display, table
from hsc_geo.views.kit.words import lower_first
from hsc_geo.views.research.answers.explore import Explorer, explore
from hsc_geo.views.research.choices import DISTANCES, ResearchChoice
from hsc_geo.views.research.choices_explore import (
    BETWEEN,
    ENDED,
    FILTER_KEYS,
    FILTERS,
    OPEN_KEYS,
    RESIDENTS,
    TEXT,
    WITHIN,
    Explored,
)
from hsc_geo.views.research.result import Result
from hsc_geo.views.research.screen import result as drawn
from hsc_geo.views.research.words import explore as words
from hsc_geo.views.wording.facets import facet_options, facet_title
from hsc_geo.views.wording.initiative import initiative

LIST_SIZE = 8  # rows beside the table
NARROW = 6  # columns of a table beside which there is room
SHORT = 14  # rows of a table under which a list is still seen
CLOSES = ("sort", "desc", "page", *OPEN_KEYS)


def draw(
    n: Names, state: PageState, choice: ResearchChoice, found: Result, changed: Sequence[str] = ()
) -> None:
    """The sentence, the choices, the table, and beside it what is open or the picture of the totals, with what one may
    not conclude."""
    asked = choice.explored
    with answer():
        say(found.said, found.beside)
        line(n, state, asked)
        wide = len(found.listing.columns) > NARROW and len(found.listing.rows) <= SHORT
        left, right = [st.container()] * 2 if wide else st.columns([0.58, 0.42], gap="medium")
        with left:
            _table(n, state, choice, found)
        with right:
            opened = asked.cell is not None and asked.counted != RESIDENTS
            if opened:
                _list(n, state, explore(n, asked))
            if changed:
                st.html(note(changed))
            if found.warnings:
                st.html(warned(n.w, found.warnings))
            for i, shown in enumerate(found.plots):
                drawn.picture(n, found, shown, i)
    drawn.foot(n, state, choice, found)


def _table(n: Names, state: PageState, choice: ResearchChoice, found: Result) -> None:
    asked = choice.explored
    row, column = asked.cell or ("", "")
    table(
        n.w,
        f"research_{choice.part}",
        found.listing,
        Display(
            choice.sort,
            choice.descending,
            choice.page,
            selected=f"{row}{BETWEEN}{column}" if column else row,
            compact=True,
        ),
        Clicks(
            pick=None if asked.counted == RESIDENTS else lambda cell: _pick(state, cell),
            sort=lambda key, down: sort_by(state, key, down),
            page=lambda number: state.set("page", str(number)),
        ),
    )


def _pick(state: PageState, cell: str) -> None:
    """A cell is opened, or a row: its list, from the first page."""
    state.clear(OPEN_KEYS)
    state.set("cell", cell)


def _list(n: Names, state: PageState, found: Explorer) -> None:
    with side(n, state, True, words.cell_title(n, found), OPEN_KEYS):
        if state["sel"] in found.listed:
            framed(n, state, initiative(n, state["sel"]), "research_close")
        if not found.listed:
            st.info(n.w.t("No initiative known here under these choices."))
            return
        table(
            n.w,
            "research_list",
            words.cell_list(n, found),
            Display(page=state.number("lpage"), page_size=LIST_SIZE, selected=state["sel"], compact=True),
            Clicks(pick=lambda key: state.set("sel", key), page=lambda page: state.set("lpage", str(page))),
        )


def line(n: Names, state: PageState, asked: Explored) -> None:
    """The choices in one line."""
    w, names, people = n.w, words.axis_names(n, AXES), asked.counted == RESIDENTS
    shown = words.shown_names(n, people)
    of = [
        Chip("of", words.counted_names(n)[asked.counted], lambda: _counted(n, state, people), ("of", "dist"))
    ]
    axes = [
        Chip(
            "rows",
            w.t("Rows: {facet}", facet=lower_first(names[asked.rows])),
            lambda: _axes(n, state),
            ("rows",),
        ),
        Chip(
            "cols",
            w.t("Columns: {facet}", facet=lower_first(names[asked.columns])),
            lambda: _axes(n, state),
            ("cols",),
        ),
    ]
    now = asked.shown if asked.shown in shown else WHOLE
    cells = Chip("cells", shown[now], lambda: _shown(n, state, shown, now), ("cells",))
    chips(n, state, [*of, *([] if people else axes), cells, *_filters(n, state, asked)])


def _counted(n: Names, state: PageState, people: bool) -> None:
    segments(state, "of", n.w.t("What is counted"), words.counted_names(n), _taken(state, "of"))
    if people:
        metres = {code: n.w.number(int(code)) for code in DISTANCES}
        segments(state, "dist", n.w.t("Distance in metres, as the crow flies"), metres)


def _axes(n: Names, state: PageState) -> None:
    w, names = n.w, words.axis_names(n, AXES)
    for key, label in (("rows", w.t("In the rows")), ("cols", w.t("In the columns"))):
        st.selectbox(
            label,
            list(names),
            format_func=lambda facet: names[facet],
            key=state.seed(key),
            on_change=_taken(state, key),
        )
    st.button(
        w.t("Turn rows and columns"), key="turn", icon=":material/swap_horiz:", on_click=lambda: _turn(state)
    )


def _turn(state: PageState) -> None:
    rows, columns = state["rows"], state["cols"]
    state.clear(CLOSES)
    state.set("rows", columns)
    state.set("cols", rows)


def _taken(state: PageState, key: str) -> Callable[[], None]:
    def take() -> None:
        state.clear(CLOSES)
        state.take(key)

    return take


def _shown(n: Names, state: PageState, names: dict[str, str], now: str) -> None:
    st.session_state["w_cells"] = now
    st.segmented_control(
        n.w.t("In each cell"),
        list(names),
        format_func=lambda code: names[code],
        key="w_cells",
        on_change=state.take,
        args=("cells",),
        required=True,
        wrap=True,
    )


def _filters(n: Names, state: PageState, asked: Explored) -> list[Chip]:
    w = n.w
    used = sum(not state.usual(key) for key in FILTER_KEYS if key != WITHIN)
    text = w.t("Filters ({n})", n=w.number(used)) if used else w.t("Filters")
    spans = {"": w.t("As known"), **{str(s): w.t("within {n} months", n=s) for s in SPANS}}
    within = spans[str(asked.within or "")]
    keys = [key for key in FILTER_KEYS if key != WITHIN]
    return [
        Chip("filters", text, lambda: _facets(n, state, asked), keys),
        Chip(
            "within",
            w.t("Confirmed {when}", when=lower_first(within)) if asked.within else within,
            lambda: segments(state, WITHIN, w.t("As known, or as confirmed"), spans),
            (WITHIN,),
        ),
    ]


def _facets(n: Names, state: PageState, asked: Explored) -> None:
    """A list per facet, each option with how many it has under the other choices."""
    chosen = {facet: list(codes) for facet, codes in asked.facets}
    available = counts(facet_index(n.package, n.today), chosen, asked.text, asked.ended)
    found = [
        Filter(FILTERS[each], facet_title(n, each), facet_options(n, each, available[each]))
        for each in FACETS
    ]
    filters(n, state, found, TEXT, ENDED)
