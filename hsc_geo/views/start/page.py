"""The start page, for five minutes before a debate: where least is known in the focus districts, their figures beside
the city, what changed lately, and the ways on."""

from __future__ import annotations

from datetime import date
from typing import Any

import streamlit as st
from markupsafe import Markup

from hsc_geo.analysis.focus import comparisons, freshness
from hsc_geo.analysis.lately import Lately, lately
from hsc_geo.analysis.matrix import Basis, counted
from hsc_geo.views.kit import in_python
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.call import Call, as_of
from hsc_geo.views.kit.html import items, joined, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.words import and_text
from hsc_geo.views.start import words
from hsc_geo.views.start.answers import cockpit
from hsc_geo.views.start.city_map import city_map
from hsc_geo.views.start.figures import figures
from hsc_geo.views.start.matrix import address, matrix
from hsc_geo.views.start.questions import answers


def draw(n: Names, map_page: str, data_page: str) -> None:
    """The whole page; `map_page` and `data_page` are what its links lead to."""
    with head(words.title(n)):
        share(n, "start", picture=True)
    _answer(n)
    _figures(n)
    _changed(n, data_page)
    _questions(n, map_page)
    names = _names(n)
    if names:
        st.html(names)


def _answer(n: Names) -> None:
    found = cockpit(n)
    with answer():
        say(words.answer(n, found), words.beside(n, found))
        left, right = st.columns([0.58, 0.42], gap="medium")
        with left:
            st.html(matrix(n, found))
            in_python.fold(n, "start", lambda: [Call("start", "focus", arguments=as_of(n))])
        with right:
            st.html(city_map(n, found))


def _figures(n: Names) -> None:
    found = comparisons(n.package, cockpit(n).areas)
    if not found:
        return
    st.header(words.figures_head(n, found), anchor=False)
    st.html(figures(n, found))
    st.html(quiet(words.figures_note(n, found)))


def _changed(n: Names, data_page: str) -> None:
    """What changed lately, and beside it how fresh the register is; of an empty one how it is filled."""
    if n.empty:
        st.header(n.w.t("Fill the register"), anchor=False)
        st.html(
            markup('<p>{} <a href="{}">{}</a></p>', words.fill(n), address(n, "aanmelden"), words.propose(n))
        )
        return
    left, right = st.columns(2, gap="large")
    with left:
        changed = lately(n.package, n.today)
        st.header(words.lately_head(n, changed), anchor=False)
        st.html(items(_change(n, changed, *each) for each in words.changes(n, changed)))
        st.html(quiet(words.lately_limit(n)))
        link = markup('<a href="{}">{}</a>', address(n, "veranderd"), words.changes_link(n))
        st.html(markup('<p class="hsc-links">{}</p>', link))
    with right:
        fresh = freshness(n.package, n.today, counted(n.package, Basis()))
        st.header(n.w.t("How fresh is the register?"), anchor=False)
        st.html(markup("<p>{}</p>", words.fresh_text(n, fresh)))
        st.page_link(
            data_page,
            label=n.w.t("How the register was made and what it lacks"),
            query_params={"section": "register"},
        )


def _change(n: Names, found: Lately, name: str, ids: tuple[str, ...]) -> Markup:
    """What began, ended or was confirmed, each with its place on the map."""
    links = (
        markup('<a href="{}">{}</a>', address(n, "kaart", sel=key), n.initiative(key))
        for key in ids[: words.NAMED]
    )
    told = joined(links, ", ") + words.more(n, ids) if ids else words.no_change(n, found, ids)
    return markup("<strong>{}</strong>: {}", name, told)


def _questions(n: Names, map_page: str) -> None:
    """The three questions as links, each with a short answer."""
    st.header(n.w.t("Three questions"), anchor=False)
    focus = cockpit(n).areas
    for column, each in zip(st.columns(3, gap="large"), answers(n, focus), strict=True):
        with column:
            st.page_link(
                map_page,
                label=each.question,
                query_params=each.shown,
                icon=":material/arrow_forward:",
                icon_position="right",
            )
            st.html(markup('<p class="hsc-answer">{}</p>', each.text))


def _names(n: Names) -> Markup:
    """Which districts of the statistical office are meant by the names of the focus districts."""
    w = n.w
    rows: list[dict[str, Any]] = n.package.focus_areas.to_dict("records")  # type: ignore[assignment]
    if not rows:
        return Markup("")
    told = (
        markup(
            '<p><strong>{}</strong> = {} ({}), {}. <span class="hsc-quiet">{}</span></p>',
            w.pick(row, "name"),
            n.area(str(row["area_code"])),
            row["area_code"],
            w.t("since {date}", date=w.date(date.fromisoformat(str(row["valid_from"])))),
            w.pick(row, "basis"),
        )
        for row in rows
    )
    names = list(dict.fromkeys(w.pick(row, "name") for row in rows))
    text = w.t("What we call {areas}", areas=and_text(w, names))
    return markup('<details class="hsc-fold"><summary>{}</summary>{}</details>', text, joined(told))
