"""The brief as PDF, read back by another program: tagged, two pages, vectors, embedded fonts, and true to the data."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hsc_geo.analysis.explore import Choice, default_indicator, explore
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kenniscafe import kenniscafe
from hsc_geo.views.brief.policy_lab import policy_lab
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.paper.document import coverage_brief
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.words import LANGUAGES, Words
from hsc_geo.views.map.paper import map_brief
from hsc_geo.views.paper import pdf as typst_pdf
from hsc_geo.views.paper.model import Bullets, Document, Heading, Paragraph, Table
from hsc_geo.views.paper.pdf import BriefError, to_pdf
from hsc_geo.views.paper.plain import plain
from hsc_geo.views.paper.take import file_name, pdf_bytes
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper import profile_brief
from tests.shared.naive import DATA
from tests.views.paper import reading as pdf
from tests.visit import names_of

pytestmark = pytest.mark.slow  # each makes a PDF

TODAY = dt.date(2026, 11, 21)
LINK = "https://leiden.example/kaart?ind=x&level=district"
FOCUS = "WK054603"
FOUR = ("WK054603", "WK054605", "WK054608", "WK054600")
NO_MAP: Any = SimpleNamespace(
    areas=pd.DataFrame({"level": ["municipality"], "name": ["Proefdam"]}, index=["GM9901"]), descriptor={}
)  # a package without anything to draw
HOSTILE = '#import "x": y $x^2$ *bold* _it_ \\ [content] <b>&amp;</b> @ref `raw` // c /* d */ ~ --- #{panic()} " \' {'


def by_map(n: Names) -> Document:
    view = explore(n.package, Choice(indicator=default_indicator(n.package)))
    return map_brief(n, view, LINK, TODAY)


def by_neighbourhood(n: Names) -> Document:
    choice = Choice(
        indicator=default_indicator(n.package), level="neighbourhood", facets={"ambition": ["A4"]}
    )
    return map_brief(n, explore(n.package, choice), LINK, TODAY)


MAKERS: dict[str, Callable[[Names], Document]] = {
    "map": by_map,
    "neighbourhoods": by_neighbourhood,
    "initiatives": lambda n: map_brief(n, explore(n.package, Choice()), LINK, TODAY),
    "profile": lambda n: profile_brief(n, ProfileChoice((FOCUS,)), LINK, TODAY),
    "side by side": lambda n: profile_brief(n, ProfileChoice(FOUR), LINK, TODAY),
    "coverage": lambda n: coverage_brief(n, CoverageChoice(), LINK, TODAY),
    "kenniscafe": lambda n: kenniscafe(n, FOCUS, "A4", LINK, TODAY),
    "policylab": lambda n: policy_lab(n, "Hoe bereiken we jongeren?", "BU05460301", "", LINK, TODAY),
}
_made: dict[tuple[str, str], tuple[Document, bytes]] = {}


CASES = [
    *((kind, LANGUAGES[i % 2]) for i, kind in enumerate(MAKERS)),
    ("map", "en"),
    ("profile", "nl"),
    ("policylab", "nl"),
]


@pytest.fixture(params=CASES, ids="-".join)
def made(request: pytest.FixtureRequest, package: Package) -> tuple[Document, bytes]:
    """Each kind of brief, each language, made once."""
    kind, language = request.param
    if request.param not in _made:
        document = MAKERS[kind](names_of(package, Words(language)))
        _made[request.param] = document, to_pdf(package, document)
    return _made[request.param]


def simple(*blocks: object, **fields: object) -> Document:
    document = Document("map", "x", "Title", "Subtitle", "nl", LINK, "abc", TODAY, (), (), ())
    return replace(document, blocks=blocks, **fields)  # type: ignore[arg-type]


def test_it_has_at_most_two_pages_of_a4(made: tuple[Document, bytes]) -> None:
    pages = pdf.opened(made[1]).pages
    assert 1 <= len(pages) <= 2
    assert {(round(p.mediabox.width), round(p.mediabox.height)) for p in pages} == {(595, 842)}


def test_it_is_tagged_with_language_and_title(made: tuple[Document, bytes]) -> None:
    document, content = made
    root = pdf.opened(content).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is True or root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own bool
    assert root["/Lang"] == document.language
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert pdf.opened(content).metadata.title == document.title
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()


def test_headings_tables_and_pictures_are_in_the_structure(made: tuple[Document, bytes]) -> None:
    document, content = made
    found = pdf.kinds(content)
    flat = list(blocks_of(document.blocks))
    assert found["/H1"] == 1
    assert found["/H2"] == sum(isinstance(each, Heading) for each in flat)
    assert found["/Table"] == found["/THead"] == sum(isinstance(each, Table) for each in flat)
    assert found["/TH"] == sum(len(each.header) for each in flat if isinstance(each, Table))
    pictures = [each for each in flat if type(each).__name__ in ("Map", "Chart")]
    figures = [each for each in pdf.elements(content) if each["/S"] == "/Figure"]
    assert [pdf.squeezed(str(f["/Alt"])) for f in figures] == [pdf.squeezed(p.alt) for p in pictures]  # type: ignore[attr-defined]


def blocks_of(blocks: tuple[object, ...]):  # type: ignore[no-untyped-def]
    for each in blocks:
        if type(each).__name__ == "Beside":
            yield from blocks_of((*each.left, *each.right))  # type: ignore[attr-defined]
        else:
            yield each


def test_every_font_is_embedded_and_nothing_is_a_raster(made: tuple[Document, bytes]) -> None:
    found = list(pdf.objects(made[1]))
    descriptors = [each for each in found if each.get("/Type") == "/FontDescriptor"]
    assert descriptors
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(each) for each in descriptors)
    assert not [each for each in found if each.get("/Subtype") == "/Image"]
    assert not [
        each
        for each in found
        if "/JavaScript" in str(each.get("/S")) or "/EmbeddedFile" in str(each.get("/Type"))
    ]


def test_no_letter_is_smaller_than_eight_points(made: tuple[Document, bytes]) -> None:
    sizes: list[float] = []

    def visit(text: str, matrix: Any, text_matrix: Any, font: Any, size: float) -> None:
        if text.strip():
            sizes.append(size * math.hypot(*text_matrix[2:4]) * math.hypot(*matrix[2:4]))

    for page in pdf.opened(made[1]).pages:
        page.extract_text(visitor_text=visit)
    assert len(sizes) > 50
    assert min(sizes) > 7.9


def test_date_edition_and_the_link_back_are_told(made: tuple[Document, bytes]) -> None:
    document, content = made
    text = pdf.text(content)
    day = {"nl": "21 november 2026", "en": "21 November 2026"}[document.language]
    assert text.count(pdf.squeezed(day)) >= len(pdf.opened(content).pages)
    assert document.snapshot in text
    assert pdf.links(content) == [LINK]
    assert pdf.squeezed(LINK) in text


def test_sources_and_caveats_are_told(made: tuple[Document, bytes]) -> None:
    document, content = made
    text = pdf.text(content)
    assert document.sources
    assert document.caveats
    assert [
        each
        for each in (*document.sources, *document.caveats)
        if unhyphened(each) not in text.replace("-", "")
    ] == []


def unhyphened(given: str) -> str:
    return pdf.squeezed(given).replace("-", "")


def test_the_same_document_gives_the_same_bytes(package: Package, nl: Names) -> None:
    document = MAKERS["map"](nl)
    assert to_pdf(package, document) == to_pdf(package, document)
    assert to_pdf(package, document) != to_pdf(package, replace(document, date=dt.date(2026, 11, 22)))


def observations(area: str) -> dict[tuple[str, int, str], str]:
    """(indicator, year, age group) -> value as it stands in the file, for one area."""
    with (DATA / "observations.csv").open(encoding="utf-8") as stream:
        rows = [row for row in csv.DictReader(stream) if row["area_code"] == area and row["value"]]
    return {(r["indicator_id"], int(r["year"]), r["age_group"]): r["value"] for r in rows}


def ranked() -> list[str]:
    with (DATA / "indicators.csv").open(encoding="utf-8") as stream:
        return [row["indicator_id"] for row in csv.DictReader(stream) if row["default_rank"]]


@pytest.mark.parametrize("kind", ["profile", "kenniscafe"])
def test_the_core_figures_are_those_of_the_file(package: Package, nl: Names, kind: str) -> None:
    text = pdf.text(to_pdf(package, MAKERS[kind](nl)))
    expected = []
    for area in (FOCUS, "GM0546", "NL00"):
        found = observations(area)
        for key in ranked():
            years = [y for i, y, age in found if i == key and age == "18plus"]
            if not years:  # of five of the six this edition has no national figure
                assert area == "NL00"
                assert "geenlandelijkcijferindezeeditie" in "".join(text.split())
                continue
            expected.append(f"{float(found[key, max(years), '18plus']):.1f}%".replace(".", ","))
    assert len(expected) == 2 * len(ranked()) + 1 == 13
    assert [each for each in expected if each not in text] == []


def test_the_map_tells_the_figure_of_every_district(package: Package, nl: Names) -> None:
    text = pdf.text(to_pdf(package, by_map(nl)))
    key = default_indicator(package)
    for code in map(str, package.areas.index[package.areas["level"] == "district"]):
        name = nl.area_or_focus(code)
        found = observations(code)
        year = max(y for i, y, age in found if i == key and age == "18plus")
        value = f"{float(found[key, year, '18plus']):.1f}%".replace(".", ",")
        assert f"{pdf.squeezed(name)}{value}" in text  # the label on the map: name, and under it the figure


def test_every_district_and_neighbourhood_fits_on_two_pages(package: Package, nl: Names) -> None:
    codes = package.areas.index[package.areas["level"].isin(["district", "neighbourhood"])]
    assert len(codes) == 64
    pages = {
        str(c): len(
            pdf.opened(to_pdf(package, profile_brief(nl, ProfileChoice((str(c),)), LINK, TODAY))).pages
        )
        for c in codes
    }
    assert set(pages.values()) <= {1, 2}


def test_hostile_text_is_set_as_it_is(package: Package) -> None:
    rows = ((HOSTILE, HOSTILE),)
    table = Table(HOSTILE, ("first", HOSTILE[:70]), rows, (False, False))
    document = simple(
        Heading(HOSTILE), Paragraph(HOSTILE), Bullets((HOSTILE,)), table, title=HOSTILE, caveats=(HOSTILE,)
    )
    content = to_pdf(package, document)
    seen = pdf.text(content).replace("-", "")
    wanted = unhyphened(HOSTILE)
    assert seen.count(wanted) == 8  # title, heading, paragraph, bullet, caption, two cells, caveat
    assert pdf.opened(content).metadata.title == HOSTILE


def test_very_long_text_is_shortened_and_said(package: Package) -> None:
    content = to_pdf(
        package, simple(Paragraph("woord " * 20_000), Paragraph("W" * 100_000), title="T" * 100_000)
    )
    text = pdf.text(content)
    assert len(pdf.opened(content).pages) <= 2
    assert text.count(f"…({Words('nl').t('shortened')})") == 3
    assert text.count("woord") < 300


def test_signs_that_turn_text_around_are_left_out(package: Package) -> None:
    given = "veilig\u202egnp.exe\u2066 \x00\x1b[31m\ud800 \U0001f600 漢"
    text = pdf.text(to_pdf(package, simple(Paragraph(given))))
    assert "veiliggnp.exe" in text
    assert not set("\u202e\u2066\x00\x1b\ud800") & set(text)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=60))
@example(" \n")
def test_any_text_can_be_carried(given_text: str) -> None:
    table = Table(given_text, ("a", given_text), ((given_text, given_text),), (False, True))
    document = simple(
        Heading(given_text), Paragraph(given_text), table, title=given_text, subtitle=given_text
    )
    assert len(pdf.opened(to_pdf(NO_MAP, document)).pages) == 1


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=3000), st.integers(1, 400))
def test_plain_text_is_bounded_and_calm(given_text: str, longest: int) -> None:
    made = plain(given_text, "ingekort", longest).replace("\u200b", "")
    assert len(made) <= longest + len("… (ingekort)")
    assert plain(made, "ingekort", 5000).replace("\u200b", "") == made


@pytest.mark.parametrize("link", ["javascript:alert(1)", "", "ftp://x.example/", "https://"])
def test_a_link_that_is_no_page_is_left_out(package: Package, link: str) -> None:
    assert pdf.links(to_pdf(package, simple(Paragraph("x"), link=link))) == []


@pytest.mark.parametrize("rows", [10, 31, 90, 400])
def test_a_list_that_is_too_long_is_cut_and_the_rest_is_counted(package: Package, rows: int) -> None:
    cells = tuple((f"rij{i:04}z", "lang " * 12) for i in range(rows))
    content = to_pdf(package, simple(Table("t", ("a", "b"), cells, (False, False), elastic=True)))
    text = pdf.text(content)
    shown = sum(f"rij{i:04}z" in text for i in range(rows))
    assert len(pdf.opened(content).pages) <= 2
    assert all(f"rij{i:04}z" in text for i in range(shown))  # the first ones, in order
    said = Words("nl").tn("and {n} more: see the site", "and {n} more: see the site", rows - shown)
    assert (pdf.squeezed(said) in text) == (rows > shown)
    assert shown == rows or shown >= 30


def test_what_was_left_out_before_is_added_to_what_is_cut(package: Package) -> None:
    cells = tuple((f"rij{i:04}z",) for i in range(60))
    text = pdf.text(to_pdf(package, simple(Table("t", ("a",), cells, (False,), elastic=True, left_out=100))))
    shown = sum(f"rij{i:04}z" in text for i in range(60))
    assert pdf.squeezed(f"{160 - shown}") in text


def test_what_cannot_fit_is_refused(package: Package) -> None:
    with pytest.raises(BriefError, match="over 2 pages"):
        to_pdf(package, simple(*[Heading("kop") for _ in range(300)]))


def test_a_brief_that_cannot_be_made_becomes_one_sentence(package: Package, nl: Names, en: Names) -> None:
    for n in (nl, en):
        document = simple(*[Heading("kop") for _ in range(300)], language=n.w.code)
        text = pdf.text(pdf_bytes(n, document))
        assert (
            pdf.squeezed(n.w.t("This brief could not be made. The page on the site holds the same.")) in text
        )


def test_a_refusal_of_the_compiler_is_told_in_our_words(
    package: Package, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typst_pdf, "_template", lambda: b"#panic()")
    with pytest.raises(BriefError):
        to_pdf(package, simple(Paragraph("x")))


@pytest.mark.parametrize(
    ("given_name", "expected"),
    [
        ("Roken in Leiden", "roken-in-leiden"),
        ('../../x"; y\n', "x-y"),
        ("", "brief"),
        ("Kenniscafé", "kenniscafe"),
        ("шум", "brief"),
        ("a" * 300, "a" * 80),
    ],
)
def test_file_names_are_plain(given_name: str, expected: str) -> None:
    made = replace(simple(Paragraph("x")), title=given_name, snapshot="2026/1")
    assert file_name(made, "pdf") == f"hsc-geo-{expected}-2026-1.pdf"


@pytest.mark.parametrize("language", LANGUAGES)
def test_letters_of_other_languages_are_printed_or_told_to_be_missing(language: str) -> None:
    names = ("Українська школа", "مركز السلام", "Hội người Việt", "Café Zuid", "Πάρκο")
    told = Words(language).t("An empty square stands for a letter that this paper does not have.")
    for more, lacking in ((), False), (("Wandelclub 🚶", "漢字"), True):
        document = Document(
            "map", "x", "T", "S", language, LINK, "abc", TODAY, (Bullets((*names, *more)),), (), ()
        )
        data = typst_pdf.as_data(NO_MAP, document)
        assert data["blocks"][0]["items"][: len(names)] == list(names)
        assert (told in data["closing"][0]["items"]) is lacking
        assert to_pdf(NO_MAP, document).startswith(b"%PDF")
