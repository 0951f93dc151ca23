"""Own areas in an address: read once a visit, carried by links, marked wherever they stand, refused with a reason."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from hsc_geo.analysis.own_area import OwnArea, published
from hsc_geo.analysis.own_areas import make, with_own, written
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kinds import asked_for
from hsc_geo.views.kit.names import Names
from hsc_geo.views.paper.pdf import to_pdf
from hsc_geo.web import layers, screen
from hsc_geo.web import package as web_package
from tests.shared.hostile import SCRIPT
from tests.views.screens import components, html, map_update, notes, text, visit, whole

SOUTH_WEST = "WK054605"
AREA = make("Zuidwest, ruim", ["BU05460500", "BU05460501", "BU05460900"])
OTHER = make("Noord en wat erbij", ["BU05460300", "BU05460102"])
BOTH = written([AREA, OTHER])
SHOWING = {
    "wijkprofiel": {"area": [AREA.code]},
    "dekking": {"area": [AREA.code]},
    "onderzoek": {"part": ["own"]},
}


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)


def with_areas(n: Names, *areas: OwnArea) -> Names:
    return replace(n, package=with_own(n.package, areas), own=areas)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("page", SHOWING)
def test_a_page_shows_them_and_says_what_they_are(page: str, language: str) -> None:
    app = whole(visit(page, lang=[language], ownareas=[BOTH], **SHOWING[page]))
    marked = {"nl": "Zuidwest, ruim (eigen gebied)", "en": "Zuidwest, ruim (own area)"}[language]
    told = text(app) + str(components(app))
    assert marked in told
    assert {"nl": "door een bezoeker samengesteld", "en": "put together by a visitor"}[language] in told
    assert app.query_params["ownareas"] == BOTH


@pytest.mark.parametrize("page", ["kaart", "partners", "aanmelden", "data", "start"])
def test_another_page_carries_them_and_has_the_package_as_published(
    page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Package] = []
    build = screen._visit

    def watched(*given: object) -> Names:
        made = build(*given)  # type: ignore[arg-type]
        seen.append(made.package)
        return made

    monkeypatch.setattr(screen, "_visit", watched)
    app = whole(visit(page, ownareas=[BOTH]))
    assert seen
    assert all(published(each) is each for each in seen)
    assert app.query_params["ownareas"] == BOTH


def test_links_and_what_is_shared_carry_them(n: Names) -> None:
    both = with_areas(n, AREA, OTHER)
    assert both.kept()["ownareas"] == both.shared()["ownareas"] == BOTH
    assert "ownareas" not in n.kept()
    document = asked_for(both, "profile", {"area": [AREA.code, SOUTH_WEST]}, "https://example.org")
    query = parse_qs(urlsplit(document.link).query)
    assert query["ownareas"] == [BOTH]
    assert query["area"] == [AREA.code, SOUTH_WEST]


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ("0500-Alone", "Choose at least 2 neighbourhoods."),
        ("0500.0501-Leiden Noord", "Choose another name"),
        ("0500.9999-Nowhere", "One of its neighbourhoods is not known here."),
        ("0500.0501-", "Give it a name."),
        (f"0500.0501-{'x' * 50}", "at most 40 letters"),
    ],
)
def test_what_cannot_be_is_told_with_its_reason_and_left_out(asked: str, reason: str) -> None:
    app = whole(visit("wijkprofiel", lang=["en"], ownareas=[f"{asked}~{written([AREA])}"]))
    assert any(reason in note for note in notes(app))
    assert app.query_params["ownareas"] == written([AREA])


def test_a_hostile_name_is_text(n: Names) -> None:
    hostile = make(SCRIPT[:38], AREA.neighbourhoods)
    for page, more in SHOWING.items():
        app = whole(visit(page, lang=["en"], ownareas=[written([hostile])], **more))
        assert not any("<script>" in part or "<img src=x" in part for part in html(app))
    both = with_areas(n, hostile)
    document = asked_for(both, "research", {"part": ["own"]}, "")
    assert to_pdf(both.package, document).startswith(b"%PDF")


@pytest.mark.parametrize("part", ["known", "near", "need", "next", "elsewhere", "bear"])
def test_every_part_of_coverage_has_them_or_says_that_it_has_not(part: str) -> None:
    app = whole(visit("dekking", lang=["en"], ownareas=[written([AREA])], part=[part]))
    if part == "known":
        rows = components(app)["coverage_matrix"]["rows"]
        names = [row["cells"][0] for row in rows]
        assert names[2] == "Zuidwest, ruim (own area)"  # below both focus districts
        assert "overlaps other rows, and is in no total" in text(app)
    elif part != "bear":
        assert "so not for Zuidwest, ruim" in text(app)


def test_totals_of_coverage_are_as_without(n: Names) -> None:
    def totals(own: list[str]) -> dict[str, object]:
        shown = components(whole(visit("dekking", lang=["en"], ownareas=own)))["coverage_matrix"]
        return {row["cells"][0]: row["cells"][1:] for row in shown["rows"]}

    before, after = totals([""]), totals([BOTH])
    assert {name: cells for name, cells in after.items() if "own area" not in name} == before


def test_the_profile_compares_it_with_a_district_and_refuses_a_neighbourhood(n: Names) -> None:
    app = whole(visit("wijkprofiel", lang=["en"], ownareas=[written([AREA])], area=[AREA.code, SOUTH_WEST]))
    figures = components(app)["profile_figures"]["rows"]
    assert all("(computed)" in row["cells"][1] for row in figures)
    assert not any("(computed)" in row["cells"][2] for row in figures)
    assert all("of an own area computed by us" in str(row["cells"]) for row in figures)
    assert "For Zuidwest, ruim (own area) no areas alike are looked for" in "".join(
        each.value for each in app.info
    )
    app = whole(visit("wijkprofiel", lang=["en"], ownareas=[written([AREA])], area=[AREA.code, "BU05460302"]))
    assert any("is left out" in note for note in notes(app))


@pytest.mark.parametrize("kind", ["profile", "coverage", "kenniscafe", "policylab", "research"])
def test_every_paper_of_it_says_what_it_is(n: Names, kind: str) -> None:
    both = with_areas(n, AREA)
    document = asked_for(
        both, kind, {"area": [AREA.code], "part": ["known" if kind == "coverage" else "own"]}, ""
    )
    assert n.area(AREA.code) == AREA.code  # the package as published knows none
    assert both.area(AREA.code) in str(document)
    assert n.w.t("Combine neighbourhoods yourself") not in str(document)
    assert any("Vreewijk" in text for text in document.caveats)
    assert to_pdf(both.package, document).startswith(b"%PDF")


def test_what_browsers_share_never_holds_one(n: Names) -> None:
    layers.forget_layers()
    both = with_areas(n, AREA)
    address = screen.map_assets(both.package).areas
    made = layers.made_layer(n.package.snapshot, "areas")
    assert made is not None
    assert AREA.code.encode() not in made.body
    assert address == screen.map_assets(n.package).areas


def test_the_map_page_outlines_them_and_names_them_in_its_legend() -> None:
    page = whole(visit("kaart", ownareas=BOTH))
    assert map_update(page)["own"] == [list(AREA.neighbourhoods), list(OTHER.neighbourhoods)]
    assert f"eigen gebied: {AREA.name}, {OTHER.name}" in text(page)
    assert map_update(whole(visit("kaart")))["own"] == []
