"""The same question gives the same number: on every page, on paper and in a download, against a count of the files.

The number of an area is that of the initiatives that are not known to have ended and serve it; what is there for the
whole city or the region is a second number beside it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.analysis.explore import Choice, explore
from hsc_geo.analysis.export import bundle
from hsc_geo.data.load import Package
from hsc_geo.views.brief.kenniscafe import kenniscafe
from hsc_geo.views.brief.policy_lab import policy_lab
from hsc_geo.views.coverage.choices import CoverageChoice
from hsc_geo.views.coverage.paper.document import coverage_brief
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.rows import text_of
from hsc_geo.views.map.paper import map_brief
from hsc_geo.views.map.rows import area_rows
from hsc_geo.views.paper.model import Beside, Bullets, Document, Map, Paragraph, Table
from hsc_geo.views.profile.choices import ProfileChoice
from hsc_geo.views.profile.paper import profile_brief
from hsc_geo.web import addresses
from hsc_geo.web import package as web_package
from tests.shared import naive
from tests.views.screens import components, html, visit, whole
from tests.views.tags import Tags
from tests.visit import names_of

DAY = dt.date(2026, 11, 29)
Numbers = tuple[int, int, int]  # of the area, for the whole city, for the region
NORTH, SOUTH_WEST = "WK054603", "WK054605"


@pytest.fixture(autouse=True)
def committed(package: Package, monkeypatch: pytest.MonkeyPatch) -> None:
    from hsc_geo.analysis.near import NOTHING, AddressAnswer

    monkeypatch.setattr(web_package, "_package", package)
    monkeypatch.setattr(addresses, "look_up", lambda package, text: AddressAnswer(NOTHING))


def counted_by_hand(area: str) -> Numbers:
    """From initiatives.csv and initiative_areas.csv."""
    register = [row for row in naive.rows("initiatives") if row["status"] != "ended"]
    inside = {area} | {code for code, row in naive.areas().items() if row["parent_code"] == area}
    served = {r["initiative_id"] for r in naive.rows("initiative_areas") if r["area_code"] in inside}
    own = sum(row["initiative_id"] in served for row in register)
    city, region = (sum(row["precision"] == each for row in register) for each in ("city", "region"))
    return own, city, region


def number(text: str) -> int:
    return 0 if text == "none known" else int(text)


def said(text: str, name: str) -> Numbers:
    """What a page or paper says of an area in one sentence or list."""
    own = re.search(
        rf"{name}(?: itself)?:? (\d+|none known)\b|(\d+) initiatives? (?:is|are) known to serve {name}\b",
        text,
    )
    listed = r"for the whole city: (\d+|none known); for the region: (\d+|none known)"
    beside = re.search(listed, text) or re.search(r"(\d+) for the whole city, (\d+) for the region", text)
    assert own, text
    assert beside, text
    return number(own[1] or own[2]), number(beside[1]), number(beside[2])


def shown(page: str, part: str, /, **query: Any) -> str:
    """The text of a page, or of its pieces that hold `part`."""
    app: AppTest = whole(visit(page, lang="en", asof=DAY.isoformat(), **query))
    return " ".join(Tags(each).text for each in html(app) if part in each)


def rows(page: str, table: str, /, **query: Any) -> dict[str, list[Any]]:
    app = whole(visit(page, lang="en", asof=DAY.isoformat(), **query))
    return {row["id"]: row["cells"] for row in components(app)[table]["rows"]}


def pages(area: str) -> Iterator[tuple[str, Callable[[], Numbers]]]:
    name, focus = naive.areas()[area]["name"], {NORTH: "Leiden Noord", SOUTH_WEST: "Leiden Zuidwest"}[area]
    yield "start", lambda: said(shown("start", "hsc-answer"), focus)
    yield "map, its sentence", lambda: said(shown("kaart", 'id="summary"', district=area), focus)
    yield "map, its sentence on an area", lambda: said(shown("kaart", 'id="summary"', sel=area), focus)
    yield "map, the panel", lambda: said(shown("kaart", 'id="known"', sel=area), name)
    yield "map, the table", lambda: table_of_the_map(area)
    yield "profile", lambda: said(shown("wijkprofiel", "<ul", area=area), name)
    yield "coverage", lambda: matrix(area)
    yield "who is missing", lambda: said(shown("partners", 'id="known"', part="missing", area=area), name)
    yield "kenniscafe, the page to print", lambda: said(shown("stuk", "hsc", area=area), name)


def table_of_the_map(area: str) -> Numbers:
    own = text_of(rows("kaart", "table_areas")[area][4])
    beside = shown("kaart", "Beside the number of each area")
    return said(f"{naive.areas()[area]['name']}: {own} {beside}", naive.areas()[area]["name"])


def matrix(area: str) -> Numbers:
    found = rows("dekking", "coverage_matrix")
    texts = [found[row][-1] for row in (area, "city", "region")]
    own, city, region = (int(text["text"] if isinstance(text, dict) else text) for text in texts)
    return own, city, region


@pytest.mark.parametrize("area", [NORTH, SOUTH_WEST])
def test_every_page_tells_the_same(area: str) -> None:
    expected = counted_by_hand(area)
    assert {page: ask() for page, ask in pages(area)} == {page: expected for page, _ in pages(area)}


def words_of(made: Document) -> str:
    def texts(blocks: tuple[Any, ...]) -> Iterator[str]:
        for each in blocks:
            if isinstance(each, Beside):
                yield from texts((*each.left, *each.right))
            elif isinstance(each, Paragraph):
                yield each.text
            elif isinstance(each, Bullets):
                yield from each.items

    return "\n".join([made.subtitle, *texts(made.blocks)])


def flat(blocks: tuple[Any, ...]) -> list[Any]:
    return [
        part
        for each in blocks
        for part in (flat((*each.left, *each.right)) if isinstance(each, Beside) else [each])
    ]


@pytest.mark.parametrize("area", [NORTH, SOUTH_WEST])
def test_every_paper_and_download_tells_the_same(package: Package, en: Names, area: str) -> None:
    n, name, link = names_of(package, en.w, DAY), naive.areas()[area]["name"], ""
    one = explore(package, Choice("", facets={"district": [area]}, as_of=DAY))
    every = explore(package, Choice("", as_of=DAY))
    found = {
        "map": said(map_brief(n, one, link, DAY).subtitle, n.focus()[area]),
        "profile": said(words_of(profile_brief(n, ProfileChoice((area,)), link, DAY)), name),
        "kenniscafe": said(words_of(kenniscafe(n, area, "", link, DAY)), name),
        "policy lab": said(words_of(policy_lab(n, "", area, "", link, DAY)), name),
    }
    expected = counted_by_hand(area)
    assert found == dict.fromkeys(found, expected)

    (table, *_) = (b for b in flat(map_brief(n, every, link, DAY).blocks) if isinstance(b, Table))
    assert [row[-1] for row in table.rows if row[0].split(" (focus district")[0] == name] == [
        str(expected[0])
    ]
    (matrix, *_) = (
        b for b in flat(coverage_brief(n, CoverageChoice(), link, DAY).blocks) if isinstance(b, Table)
    )
    by_row = {row[0].split(" (focus district")[0]: row[-1] for row in matrix.rows}
    assert [int(by_row[r]) for r in (name, "For the whole city", "For the region")] == list(expected)
    (drawn,) = (b for b in flat(kenniscafe(n, area, "", link, DAY).blocks) if isinstance(b, Map))
    assert f"{n.area_or_focus(area)}: {expected[0]} known" in drawn.alt

    file = bundle(package, every, {}).tables["areas"].set_index("area_code").loc[area]
    assert (file["initiatives_known"], file["initiatives_city"], file["initiatives_region"]) == expected
    assert next(r.order["known"] for r in area_rows(n, every) if r.id == area) == expected[0]


def test_the_two_focus_districts_by_hand() -> None:
    assert [counted_by_hand(area) for area in (NORTH, SOUTH_WEST)] == [(15, 49, 10), (11, 49, 10)]
