"""The page of what changed: in the register and the figures, since a day, of an area and an ambition."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from hsc_geo.views.changes import answers, controls, files, tables, words
from hsc_geo.views.changes.answers import Counts, Found
from hsc_geo.views.changes.calls import calls
from hsc_geo.views.changes.choices import PAGES, ChangesChoice, choice, parameters
from hsc_geo.views.changes.paper import KIND
from hsc_geo.views.kit import in_python, taking
from hsc_geo.views.kit.address import address_of, page_address
from hsc_geo.views.kit.answer import answer, head, say
from hsc_geo.views.kit.html import items, markup, quiet
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.notes import note, refused_texts
from hsc_geo.views.kit.rows import Listing
from hsc_geo.views.kit.share import share
from hsc_geo.views.kit.state import PageState, write
from hsc_geo.views.kit.table import Clicks, Display, table, whole
from hsc_geo.views.wording import cite

PAGE = "veranderd"


def draw(n: Names, feed: str) -> None:
    """The whole page. feed: the address of the feed on this host."""
    with head(words.title(n)):
        share(n, KIND)
    _page(n, feed)


@st.fragment
def _page(n: Names, feed: str) -> None:
    controls.settle()
    state = PageState(KIND, parameters(n.package), st.session_state, st.query_params)
    state.pull()
    chosen = choice(n, state)
    refused = refused_texts(n.w, [*(each.value for each in state.refused), *chosen.unknown])
    if refused:
        st.html(note(refused))
    found = answers.found(n, chosen)
    with answer():
        say(words.said(n, chosen, found), words.beside(n, chosen, found))
        controls.line(n, state, chosen)
        _counts(n, chosen, found)
    _listings(n, state, chosen, found)
    st.html(markup("<h2>{}</h2>{}", n.w.t("How it was found"), items(words.method(n, found))))
    _follow(n, chosen, feed)
    _take(n, state, chosen, found)
    state.push()


def _counts(n: Names, chosen: ChangesChoice, found: Found) -> None:
    """What happened, by area and by ambition; where no change is recorded, what the
    entries say of themselves, and where that is nothing, how old what is known is."""
    if found.changed.entries:
        _matrices(
            n, answers.count_changes(n.package, found.changed.entries, chosen.area), words.count_captions(n)
        )
    elif found.dates:
        _matrices(n, answers.count_dates(n.package, found.dates, chosen.area), words.count_captions(n))
    else:
        _matrices(n, answers.count_ages(n, found.known, chosen.area), words.age_captions(n))


def _matrices(n: Names, counts: Counts, captions: tuple[str, str]) -> None:
    left, right = st.columns(2, gap="large")
    with left:
        whole(n.w, "changes_areas", tables.by_area(n, counts, captions[0]))
    with right:
        whole(n.w, "changes_ambitions", tables.by_ambition(n, counts, captions[1]))


def _listings(n: Names, state: PageState, chosen: ChangesChoice, found: Found) -> None:
    w = n.w
    if found.changed.entries:
        st.header(w.t("Changes in the register"), anchor=False)
        _table(n, state, "changes", PAGES[0], chosen.page, tables.entries(n, chosen, found))
    if found.dates:
        st.header(w.t("By the dates of the entries"), anchor=False)
        _table(n, state, "dates", PAGES[1], chosen.dates_page, tables.dates(n, found))
    if found.changed.figures:
        st.header(w.t("Figures"), anchor=False)
        _table(n, state, "figures", PAGES[3], chosen.figures_page, tables.figures(n, chosen, found))
    st.header(w.t("How old is what is known?"), anchor=False)
    st.html(markup("<p>{}</p>", words.newest(n, found)))
    _table(n, state, "known", PAGES[2], chosen.known_page, tables.known(n, found))


def _table(n: Names, state: PageState, key: str, param: str, number: int, listing: Listing) -> None:
    def turn(page: int) -> None:
        state.set(param, str(page))

    table(n.w, f"changes_{key}", _with_links(listing), Display(page=number), Clicks(page=turn))


def _with_links(listing: Listing) -> Listing:
    """The links within this site with the whole address that a table asks; without one where it is not known."""
    home = page_address("", {})

    def whole_cell(cell: Any) -> Any:
        if not isinstance(cell, dict):
            return cell
        return {**cell, "href": f"{home}{cell['href']}"} if home else cell["text"]

    rows = [replace(row, cells=[whole_cell(cell) for cell in row.cells]) for row in listing.rows]
    return replace(listing, rows=rows)


def _follow(n: Names, chosen: ChangesChoice, feed: str) -> None:
    w = n.w
    asked = {"area": chosen.area, "ambition": chosen.ambition, "lang": w.code}
    address = f"{feed}?{urlencode({key: value for key, value in asked.items() if value})}"
    told = w.t(
        "A reader of feeds tells you of each new change of this area and ambition, without an account and without mail."
    )
    link = markup('<a href="{}" type="application/atom+xml" id="feed">{}</a>', address, w.t("Feed (Atom)"))
    st.html(markup("<h2>{}</h2><p>{}</p>{}", w.t("Follow what changes"), link, quiet(told)))


def _take(n: Names, state: PageState, chosen: ChangesChoice, found: Found) -> None:
    query = address_of(n, write(state.values, list(state.params.values())))
    link = page_address(PAGE, query) or f"{PAGE}?{urlencode(query, doseq=True)}"
    cited, stem = cite.citation(n, words.asked(n, chosen), link), files.stem(n, chosen)
    taking.rows(n, partial(files.bundle, n, chosen, found, cited), stem)
    made = partial(calls, n, chosen, found, in_python.kept_address)
    in_python.fold(n, "changes", made, words.not_in_code(n, found))
    taking.cited(n, cite.apa(n, cited), cite.files(cited), stem)
