"""Screen and paper of a part of coverage show the same: the captions, columns, rows and sentences of its words."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from hsc_geo.analysis.gaps import REASONS
from hsc_geo.data.load import Package
from hsc_geo.views.coverage.answers.claim import claim
from hsc_geo.views.coverage.answers.elsewhere import elsewhere
from hsc_geo.views.coverage.answers.known import known
from hsc_geo.views.coverage.answers.near import near, shared
from hsc_geo.views.coverage.answers.need import asks, index_of, needs
from hsc_geo.views.coverage.answers.where_next import what_if, where_next
from hsc_geo.views.coverage.choices import CoverageChoice, coverage_choice, parameters
from hsc_geo.views.coverage.paper.document import document
from hsc_geo.views.coverage.paper.need import TOLD
from hsc_geo.views.coverage.paper.parts import sentence
from hsc_geo.views.coverage.words import access as access_words
from hsc_geo.views.coverage.words import ask as ask_words
from hsc_geo.views.coverage.words import claim as claim_words
from hsc_geo.views.coverage.words import elsewhere as elsewhere_words
from hsc_geo.views.coverage.words import known as known_words
from hsc_geo.views.coverage.words import near as near_words
from hsc_geo.views.coverage.words import need as need_words
from hsc_geo.views.coverage.words import verdict as verdict_words
from hsc_geo.views.coverage.words import what_if as what_if_words
from hsc_geo.views.coverage.words import where_next as where_next_words
from hsc_geo.views.coverage.words.composition import composition_texts
from hsc_geo.views.coverage.words.page import count_text, part_names
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import PAGE_SIZE, Listing
from hsc_geo.views.kit.state import PageState
from hsc_geo.views.paper.model import Beside, Block, Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.wording.short import short_list
from hsc_geo.web import package as web_package
from tests.views.coverage.visiting import texts, visit
from tests.views.query import Query
from tests.views.screens import components, text

Words = Callable[[Names, CoverageChoice], Listing]


@dataclass(frozen=True)
class Same:
    """A table of a part: its key on the screen, and what words make it of; of a paper, where that differs."""

    part: str
    key: str
    screen: Words
    paper: Words | None = None

    @property
    def on_paper(self) -> Words:
        return self.paper or self.screen


def matrix(opens: bool) -> Words:
    return lambda n, c: known_words.known_table(n, known(n, c), c, opens)


def cell(wide: bool) -> Words:
    """The lists of the cells of CELLS."""

    def made(n: Names, c: CoverageChoice) -> Listing:
        found = known(n, c).found
        return short_list(n, (found.beside if wide else found.at)(c.area, c.cell))

    return made


def options(n: Names, c: CoverageChoice) -> Listing:
    found = where_next(n, c).found
    assert found is not None
    return where_next_words.next_table(n, found)


def changed(n: Names, c: CoverageChoice) -> Listing:
    found = what_if(n, c)
    assert found is not None
    return what_if_words.what_if_table(n, found, c)


def gaps(*told: str) -> Words:
    return lambda n, c: need_words.need_table(n, needs(n, c).verdicts["district"], told)


TABLES = [
    Same("known", "coverage_matrix", matrix(True), matrix(False)),
    Same("near", "coverage_reach", lambda n, c: near_words.reach_table(n, near(n, c))),
    Same("near", "coverage_access", lambda n, c: access_words.access_table(n, shared(n, c), c)),
    Same("need", "coverage_verdicts", lambda n, c: verdict_words.answer_table(n, needs(n, c).levels)),
    Same("need", "coverage_need", gaps(*REASONS), gaps(*TOLD)),
    Same("need", "coverage_ask", lambda n, c: ask_words.ask_table(n, asks(n, c))),
    Same("next", "coverage_next", options),
    Same("next", "coverage_what_if", changed),
    Same("elsewhere", "coverage_transfer", lambda n, c: elsewhere_words.transfer_table(n, elsewhere(n, c))),
    Same("bear", "coverage_claims", lambda n, c: claim_words.claims_table(n, claim(n, c))),
    Same("known", "coverage_list", cell(wide=False)),
    Same("known", "coverage_wide", cell(wide=True)),
]
ADDRESSES: list[dict[str, list[str]]] = [
    {},
    {"ramb": ["A2"], "dist": ["800"], "fca": ["e2sfca"], "wide": ["1"], "count": ["all"]},
]
CELLS = {
    "coverage_list": {"area": ["WK054601"], "amb": ["A1"]},
    "coverage_wide": {"area": ["WK054603"], "amb": ["A3"]},  # without any of its own, so it is unfolded
}
TRIED = {"add": ["BU05460301"], "less": ["LEI-001"]}


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def chosen(n: Names, address: dict[str, list[str]]) -> PageState:
    state = PageState("t", parameters(n.package), {}, Query(**address))
    state.pull()
    return state


def flat(blocks: tuple[Block, ...]) -> Iterator[Block]:
    for each in blocks:
        yield from flat((*each.left, *each.right)) if isinstance(each, Beside) else (each,)


def shown_on_paper(made: Document, caption: str) -> Table:
    (found,) = (each for each in flat(made.blocks) if isinstance(each, Table) and each.caption == caption)
    return found


def plain(row: Any) -> list[str]:
    return texts({"cells": list(row)})


@pytest.mark.parametrize("address", ADDRESSES, ids=["as it opens", "chosen"])
@pytest.mark.parametrize("same", TABLES, ids=lambda each: each.key)
def test_screen_and_paper_show_the_rows_and_the_caption_of_the_words(
    en: Names, same: Same, address: dict[str, list[str]]
) -> None:
    whole = {**address, **TRIED, "part": [same.part], **CELLS.get(same.key, {})}
    app = visit(lang="en", asof=en.today.isoformat(), **whole)
    state = chosen(en, whole)
    choice = coverage_choice(en, state)

    words, drawn = same.screen(en, choice), components(app)[same.key]
    assert drawn["caption"] == words.caption
    assert [each["label"] for each in drawn["columns"]] == [each.label for each in words.columns]
    rows = [plain(row.cells) for row in words.rows]
    on_screen = [texts(row) for row in drawn["rows"]]
    assert len(on_screen) in (len(rows), PAGE_SIZE, 8, 10, 12)  # all rows, or a page of them
    assert all(row in rows for row in on_screen)

    told = same.on_paper(en, choice)
    paper = shown_on_paper(document(en, state, ""), told.caption)
    labels = [each.label for each in told.columns]
    kept = [labels.index(label) for label in paper.header]
    assert len(kept) > len(labels) / 2
    assert [list(row) for row in paper.rows] == [[plain(row.cells)[i] for i in kept] for row in told.rows]
    assert len(rows) == len(told.rows)


def sentences(n: Names, c: CoverageChoice) -> dict[str, list[str]]:
    """Part -> what screen and paper both say of it."""
    said, reach, next_ = claim_words.said(n, claim(n, c)), near(n, c), where_next(n, c)
    assert next_.found is not None
    change = what_if(n, c)
    assert change is not None
    return {
        "known": [known_words.several_text(n)],
        "near": [
            near_words.places_text(n, reach.found),
            *near_words.method_texts(n, reach)[:2],
            access_words.title(n),
            *access_words.method_texts(n, shared(n, c), c.sharing),
        ],
        "need": [
            near_words.places_text(n, reach.found),
            *composition_texts(n, index_of(n, c, "district"), c),
        ],
        "next": [
            *where_next_words.method_texts(n, next_, c),
            what_if_words.title(n),
            *what_if_words.slope_texts(n, change),
            what_if_words.caveat_text(n),
        ],
        "elsewhere": [elsewhere_words.lead(n), *elsewhere_words.method_texts(n, c.level)],
        "bear": [said.head, said.reason, said.instead_head, said.instead],
    }


def on_paper(made: Document) -> str:
    found = [made.title, made.subtitle]
    for each in flat(made.blocks):
        if isinstance(each, (Heading, Paragraph)):
            found.append(each.text)
        elif isinstance(each, Bullets):
            found += each.items
    return "\n".join(found)


@pytest.mark.parametrize("part", ["known", "near", "need", "next", "elsewhere", "bear"])
def test_screen_and_paper_say_the_sentences_of_the_words(n: Names, part: str) -> None:
    whole = {**TRIED, "part": [part]}
    app = visit(lang=n.w.code, asof=n.today.isoformat(), **whole)
    state = chosen(n, whole)
    choice = coverage_choice(n, state)
    heads = [*(each.value for each in (*app.header, *app.subheader)), *(each.label for each in app.tabs)]
    screen = html.unescape("\n".join([text(app), *heads]))
    made = document(n, state, "")
    paper = on_paper(made)
    said = [sentence(n, choice), *sentences(n, choice)[part], part_names(n.w)[part]]
    assert "" not in said
    assert [each for each in said if each not in screen] == []
    assert [each for each in said if each not in paper] == []
    if part != "bear":
        counts = count_text(n, known(n, choice).ids)
        assert counts in screen
        assert counts in made.beside
