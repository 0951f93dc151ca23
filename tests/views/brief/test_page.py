"""The page to print, opened by a link, and its button."""

from __future__ import annotations

import html as markup
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.views.brief.kinds import KINDS
from hsc_geo.views.kit.names import Names
from tests.shared import naive
from tests.views.screens import components, html, whole

PAGE = Path(__file__).resolve().parents[3] / "pages" / "brief.py"


def visit(**query: Any) -> AppTest:
    app = AppTest.from_file(str(PAGE), default_timeout=60)
    app.query_params = query
    for chip in ("kind", "area", "amb", "q"):
        app.session_state[f"chip_{chip}"] = True  # each open
    return app.run()


def title(app: AppTest) -> str:
    return str(app.title[0].value)


def brief(app: AppTest) -> str:
    return markup.unescape(next(part for part in html(app) if "hsc-brief" in part))


@pytest.mark.parametrize(("kind", "lang"), [*((kind, "nl") for kind in KINDS), ("coverage", "en")])
def test_every_kind_has_a_page_with_a_bar_for_its_pdf(kind: str, lang: str) -> None:
    app = whole(visit(kind=kind, lang=lang))
    bar = components(app)["hsc_bar"]
    assert (bar["kind"], bar["prints"]) == (kind, True)
    assert bar["picture"] == (kind not in ("policylab", "research", "changes"))
    assert f'lang="{lang}"' in brief(app)
    assert title(app)


def test_without_a_kind_it_makes_the_papers_for_a_meeting() -> None:
    app = whole(visit(lang="en"))
    assert title(app) == "Kenniscafé: Leiden-Noord"  # the first focus district
    assert "Three questions for the table" in brief(app)


def test_choices_come_from_the_address_and_go_into_it() -> None:
    app = whole(visit(kind="policylab", area="WK054605", amb="A3", q="Wat nu?", lang="nl"))
    assert "Wat nu?" in brief(app)
    assert naive.areas()["WK054605"]["name"] in title(app)
    app.selectbox(key="w_area").select("WK054606").run()
    assert app.query_params["area"] in ("WK054606", ["WK054606"])
    assert app.query_params["kind"] in ("policylab", ["policylab"])
    assert naive.areas()["WK054606"]["name"] in title(app)


def test_the_question_is_text_and_nothing_else() -> None:
    app = whole(visit(kind="policylab", q="<script>alert(1)</script> #panic() $x$", lang="en"))
    page = next(part for part in html(app) if "hsc-brief" in part)
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; #panic() $x$" in page


def test_the_map_is_that_of_the_address(en: Names) -> None:
    key = str(en.package.indicators.index[3])
    app = whole(visit(kind="map", ind=key, level="neighbourhood", amb="A2", lang="en"))
    assert title(app) == "A healthy weight in Leiden"
    assert any(en.indicator(key) in part for part in html(app))
    assert any("Only: Ambition: A healthy weight." in part for part in html(app))


def test_areas_side_by_side(en: Names) -> None:
    app = whole(visit(kind="profile", area=["WK054603", "WK054605"], lang="en"))
    assert title(app) == f"{en.area('WK054603')} · {en.area('WK054605')}"


@pytest.mark.parametrize(
    "query",
    [
        {"kind": "map", "ind": "nonsense"},
        {"kind": "profile", "area": "BU99999999"},
        {"kind": "coverage", "dist": "-1"},
        {"kind": "kenniscafe", "area": "<b>"},
    ],
)
def test_what_is_not_known_is_left_out_and_said(query: dict[str, str]) -> None:
    app = whole(visit(**query, lang="en"))
    notes = [part for part in html(app) if "hsc-note" in part]
    assert len(notes) == 1
    assert brief(app)


def test_an_unknown_kind_gives_the_papers_for_a_meeting() -> None:
    app = whole(visit(kind="nonsense", lang="en"))
    assert title(app).startswith("Kenniscafé")
    assert any("nonsense" in part for part in html(app))


@pytest.mark.parametrize(
    ("view", "kept"),
    [
        (
            {"from": "map", "district": ["WK054605"], "amb": ["A3", "A1"], "q": "lopen"},
            {"area": "WK054605", "amb": "A3"},
        ),
        ({"from": "map", "sel": "BU05460301", "district": ["WK054605"]}, {"area": "BU05460301"}),
        ({"from": "map", "sel": "LEI-068"}, {}),
        ({"from": "profile", "area": ["WK054606", "WK054605"]}, {"area": "WK054606"}),
        ({"from": "coverage", "ramb": "A3", "area": "city"}, {"amb": "A3"}),
    ],
)
def test_a_paper_for_a_meeting_keeps_area_and_ambition_of_the_view(
    view: dict[str, Any], kept: dict[str, str]
) -> None:
    app = whole(visit(**view, lang="en", asof="2026-01-05"))
    shown = {key: value if isinstance(value, str) else value[-1] for key, value in app.query_params.items()}
    assert shown == {**kept, "lang": "en", "asof": "2026-01-05"}
    assert not [part for part in html(app) if "hsc-note" in part]
    area, ambition = kept.get("area", "WK054603"), kept.get("amb")
    assert title(app).startswith(f"Kenniscafé: {naive.areas()[area]['name']}")
    assert ("smoke-free" in title(app)) == (ambition == "A3")
