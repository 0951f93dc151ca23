"""Screen and paper of a profile show the same: tables with their captions and rows, filters, sentences."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import LANGUAGES, Words
from hsc_geo.views.paper.model import Beside, Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper import profile_brief
from hsc_geo.views.profile.words import missing_head
from hsc_geo.web import package as state
from tests.views.screens import components, html, visit, whole
from tests.views.tags import Tags
from tests.visit import names_of

DASH = "–"  # on paper in place of a sentence, with its meaning in the caption
AREAS = (("WK054603",), ("BU05460301",), ("WK054603", "WK054605"))
AGES = ("18plus", "65plus")


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(state, "_package", package)


def both(package: Package, areas: tuple[str, ...], language: str, age: str = "18plus") -> tuple:
    """(what the tables of the page were given, all its HTML, the paper of the same choice)."""
    app = whole(visit("wijkprofiel", area=list(areas), lang=language, age=age))
    n = names_of(package, Words(language))
    made = profile_brief(n, ProfileChoice(areas, age_group=age), "", n.today)
    return components(app), "\n".join(html(app)), made


def tables(document: Document) -> list[Table]:
    return [each for each in document.blocks if isinstance(each, Table)]


def on_screen(drawn: dict, key: str) -> tuple[str, list[str], list[tuple[str, ...]]]:
    shown = drawn[key]
    rows = [tuple(map(str, row["cells"])) for row in shown["rows"]]
    return shown["caption"], [column["label"] for column in shown["columns"]], rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("areas", AREAS)
def test_both_have_the_same_tables_of_initiatives(
    package: Package, areas: tuple[str, ...], language: str
) -> None:
    drawn, _, made = both(package, areas, language)
    printed = {table.caption: table for table in tables(made)}
    for key in ("profile_ambitions", "profile_kinds"):
        caption, header, rows = on_screen(drawn, key)
        assert list(printed[caption].header) == header
        assert list(printed[caption].rows) == rows
        assert rows


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("age", AGES)
@pytest.mark.parametrize("areas", AREAS)
def test_both_have_the_same_figures(
    package: Package, areas: tuple[str, ...], age: str, language: str
) -> None:
    drawn, _, made = both(package, areas, language, age)
    caption, header, rows = on_screen(drawn, "profile_figures")
    printed = tables(made)[0]
    assert printed.caption.split(" (")[0] == caption
    assert len(printed.rows) == len(rows) > 5
    for label in (label for label in printed.header if label in header):
        on_paper = [row[printed.header.index(label)] for row in printed.rows]
        on_page = [row[header.index(label)] for row in rows]
        same = [paper in (page, DASH) for paper, page in zip(on_paper, on_page, strict=True)]
        assert all(same), (label, on_paper, on_page)
    assert {*header[: len(areas) + 3]} <= {*printed.header}


def test_both_say_the_same_in_short(package: Package) -> None:
    for language in LANGUAGES:
        _, shown, made = both(package, ("WK054603",), language, "65plus")
        (beside,) = (each for each in made.blocks if isinstance(each, Beside))
        (said,) = (each for each in beside.left if isinstance(each, Bullets))
        text = Tags(shown).text
        assert len(said.items) > 3
        assert all(sentence in text for sentence in said.items)
        at = made.blocks.index(Heading(missing_head(names_of(package, Words(language)))))
        missing = made.blocks[at + 1]
        assert isinstance(missing, Paragraph)
        assert missing.text in text


def test_a_paper_follows_the_choice_of_an_age(package: Package, en: Names) -> None:
    of_all, of_old = (
        profile_brief(en, ProfileChoice(("WK054603",), age_group=age), "", en.today) for age in AGES
    )
    assert tables(of_all)[0].rows != tables(of_old)[0].rows
    assert tables(of_all)[1].rows == tables(of_old)[1].rows


def test_what_does_not_stand_on_paper_does_not_change_it(package: Package, en: Names) -> None:
    plain = ProfileChoice(("WK054603",))
    more = replace(plain, every=True, figure="x", drawn=True, ambition="A1", initiative="I001", page=3)
    assert profile_brief(en, plain, "", en.today) == profile_brief(en, more, "", en.today)
