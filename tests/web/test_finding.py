"""What the one search answers: each result in words, with the page that it leads to."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.testclient import TestClient

from hsc_geo.analysis.search_index import search_index
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import Names
from hsc_geo.views.kit.state import read
from hsc_geo.views.kit.words import LANGUAGES, Words
from hsc_geo.views.map import choices as map_choices
from hsc_geo.views.maps.points import point_of
from hsc_geo.views.partners import choices as partners_choices
from hsc_geo.views.wording.found import page_names
from hsc_geo.web import site_paths
from hsc_geo.web.finding import MAP, leads_to, told
from hsc_geo.web.screen import visit_without_page
from tests.shared import naive
from tests.shared.hostile import SCRIPT, hostile
from tests.web.conftest import Build


def asked(client: TestClient, text: str, language: str = "nl") -> dict[str, Any]:
    response = client.get("/hsc/search", params={"q": text, "lang": language})
    assert response.status_code == 200
    return response.json()


def items(found: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """Group, label, detail and address of each result."""
    return [
        (
            group["name"],
            item["label"],
            item["detail"],
            f"/{item['page']}?{urlencode([*map(tuple, item['query'])])}".rstrip("?"),
        )
        for group in found["groups"]
        for item in group["items"]
    ]


FIRST = {
    "roken": ("Onderwerpen", "Een rookvrije jeugd", "Ambitie · via “roken”", "/kaart?amb=A3"),
    "de kooi": (
        "Wijken en buurten",
        "De Kooi (buurt in Leiden-Noord)",
        "",
        "/kaart?level=neighbourhood&sel=BU05460302",
    ),
    "zuidwest": (
        "Wijken en buurten",
        "Bos- en Gasthuisdistrict (focuswijk Leiden Zuidwest)",
        "via “Zuidwest”",
        "/kaart?sel=WK054605",
    ),
    "leiden": ("Wijken en buurten", "Leiden (de hele stad)", "", "/kaart?sel=GM0546"),
    "voedsel bank": ("Initiatieven", "Voedselbank Leiden", "Voedselbank Leiden", "/kaart?sel=LEI-068"),
    "stoptober": ("Onderwerpen", "Een rookvrije jeugd", "Ambitie · via “stoptober”", "/kaart?amb=A3"),
    "lugdunum": ("Organisaties", "Lugdunum (voetbal)", "", "/partners?part=organisation&org=ORG-060"),
    "rokers": ("Cijfers", "Rokers", "", "/kaart?ind=50150NED-RooktTabak"),
    "driftstraat": ("In de buurt van", "Driftstraat", "straat", "/partners?part=near&at=52.16370%2C4.51066"),
    "willem klooslaan": (
        "In de buurt van",
        "Willem Klooslaan",
        "straat",
        "/partners?part=near&place=WK054605",
    ),
    "kaart": ("Pagina's", "Kaart", "", "/kaart"),
}


@pytest.mark.parametrize("text", FIRST)
def test_a_result_says_what_it_is_and_where_it_leads(client: TestClient, text: str) -> None:
    assert items(asked(client, text))[0] == FIRST[text]


def test_the_count_is_told_and_the_language_is_that_of_the_page(client: TestClient) -> None:
    dutch, english = asked(client, "roken"), asked(client, "roken", "en")
    assert (dutch["said"], english["said"]) == ("4 resultaten", "4 results")
    assert items(english)[0][:3] == ("Topics", "A smoke-free youth", "Ambition · by “roken”")
    assert asked(client, "roken", "xx") == dutch
    assert asked(client, "")["groups"] == []


def test_where_nothing_fits_the_words_of_the_texts_are_the_way_on(client: TestClient) -> None:
    found = asked(client, "qqqq")
    assert (found["said"], found["groups"]) == ("Niets gevonden voor “qqqq”.", [])
    assert (found["more"]["label"], found["more"]["query"]) == ("Bekijk alle initiatieven op de kaart", [])
    count = len([key for key in naive.current() if "buurtgenoten" in naive.haystack(key)])
    more = asked(client, " buurtgenoten ")["more"]
    assert more["label"] == f"“buurtgenoten” staat in de tekst van {count} initiatieven"
    assert (more["page"], more["query"]) == (MAP, [["q", "buurtgenoten"]])
    assert asked(client, "roken")["more"] is None


def test_an_answer_may_be_kept_for_a_minute_by_the_visitor_alone(client: TestClient) -> None:
    response = client.get("/hsc/search", params={"q": "roken"})
    assert response.headers["cache-control"] == "private, max-age=60"
    assert response.headers["content-type"] == "application/json"
    again = client.get("/hsc/search?q=roken", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize(
    "text",
    ["x" * 100_000, SCRIPT, "\x00\ud800".encode("utf-8", "replace").decode(), "%", "a&b=c", "../../etc"],
)
def test_any_text_is_answered_with_little(client: TestClient, text: str) -> None:
    response = client.get("/hsc/search", params={"q": text[:8000]})
    assert response.status_code == 200
    assert len(response.content) < 8000


def test_without_the_route_nothing_else_is_answered(build: Build) -> None:
    client = build(base="/leiden")
    assert client.get("/leiden/hsc/search?q=roken").status_code == 200
    assert client.get("/hsc/search?q=roken").status_code == 404
    assert client.post("/leiden/hsc/search?q=roken").status_code == 405


def test_every_thing_leads_to_choices_that_its_page_knows(package: Package) -> None:
    n = visit_without_page(package, "nl", "")
    known = {MAP: map_choices.parameters(package), "partners": partners_choices.parameters(package)}
    for thing in search_index(package).things:
        page, query = leads_to(n, thing)
        assert page in page_names(n.w)
        if not query:
            continue
        values, refused = read({key: [value] for key, value in query}, known[page])
        assert refused == [], thing
        assert all(values[key] in (value, [value]) for key, value in query)
        assert "at" not in dict(query) or point_of(package, dict(query)["at"]) is not None


def test_names_of_others_are_text_and_short(package: Package) -> None:
    made = hostile(package)
    for language in LANGUAGES:
        n = Names(made, Words(language), dt.date(2026, 11, 29), dt.datetime(2026, 11, 29, 12))
        for text in ("script alert", "carriage return", "x" * 50):
            for _, label, detail, _ in items(told(n, text)):
                assert len(label) < 200
                assert len(detail) < 400


def test_pages_are_called_what_the_navigation_calls_them() -> None:
    site = (Path(__file__).parents[2] / "pages" / "site.py").read_text(encoding="utf-8")
    titles = re.findall(
        r'st\.Page\("\w+\.py", title=w\.t\("([^"]+)"\), (?:default=True|url_path=site_paths\.(\w+))\)', site
    )
    found = {getattr(site_paths, name or "START"): title for title, name in titles}
    assert page_names(Words("en")) == {path: title for path, title in found.items() if title != "Review"}
