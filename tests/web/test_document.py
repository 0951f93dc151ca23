"""The page that Streamlit's program starts in: language, title, message without JavaScript."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from hsc_geo.web.document import COMING, DESCRIPTIONS, TITLES, installed_index, language_of, localised
from tests.web.conftest import Build


@pytest.mark.parametrize(
    ("query", "language"),
    [
        ("", "nl"),
        ("?lang=nl", "nl"),
        ("?lang=en", "en"),
        ("?lang=EN", "nl"),
        ("?lang=fr", "nl"),
        ("?lang=", "nl"),
        ("?lang=nl&lang=en", "en"),
        ("?lang=%22%3E%3Cscript%3E", "nl"),
        ("?a=1&lang=en&b=%FF", "en"),
    ],
)
@pytest.mark.parametrize("path", ["/", "/kaart", "/beheer", "/insluiten", "/data"])
def test_language_of_the_page_follows_the_link(
    client: TestClient, path: str, query: str, language: str
) -> None:
    response = client.get(path + query)
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert re.findall(r"<html lang=\"(.*?)\">", response.text) == [language]


def test_title_and_description_are_in_the_language(client: TestClient) -> None:
    dutch, english = client.get("/").text, client.get("/?lang=en").text
    assert "<title>Gezonde samenleving op de kaart · Leiden</title>" in dutch
    assert "<title>Healthy society on the map · Leiden</title>" in english
    assert '<meta name="description" content="Wat er per wijk' in dutch
    assert '<meta name="description" content="Known health initiatives' in english


def test_without_javascript_both_languages_say_so(client: TestClient) -> None:
    (message,) = re.findall(r"<noscript>(.*?)</noscript>", client.get("/").text, re.DOTALL)
    assert '<p lang="nl">' in message
    assert '<p lang="en">' in message
    assert "agent" not in message


def test_nothing_points_to_the_agent_api(client: TestClient) -> None:
    assert "_stcore/agent" not in client.get("/").text
    assert "service-desc" not in client.get("/").text


def test_the_program_is_told_where_its_server_is(build: Build) -> None:
    """So that it does not look below a page's address first, with two errors in the console."""
    assert 'BACKEND_BASE_URL: window.location.origin + "/"}' in build().get("/kaart").text
    assert (
        'BACKEND_BASE_URL: window.location.origin + "/leiden/"}'
        in build(base="/leiden").get("/leiden/kaart").text
    )


def test_scripts_and_styles_of_streamlit_stay(client: TestClient) -> None:
    wanted = re.findall(r"(?:src|href)=\"(\./static/(?:js|css)/[^\"]+)\"", installed_index())
    assert wanted
    served = client.get("/").text
    assert [address for address in wanted if served.count(f'"{address}"') != 1] == []


def test_styles_are_asked_for_first_and_the_font_of_text_not_before_there_is_text(client: TestClient) -> None:
    served = client.get("/").text
    first, *_ = re.findall(r"(?:src|href)=\"\./static/([^\"]+)\"", served)
    assert re.fullmatch(r"css/index\.[\w-]+\.css", first)
    assert 'as="font"' in installed_index()
    assert 'as="font"' not in served


def test_a_word_stands_there_before_the_program(client: TestClient) -> None:
    """After the root, which the program clears, and in the language of the page."""
    for language, query in (("nl", ""), ("en", "?lang=en")):
        _, after = client.get(f"/kaart{query}").text.split('<div id="root"></div>')
        told = (TITLES[language], DESCRIPTIONS[language], COMING[language])
        assert all(text in after for text in told)


def test_the_original_is_never_answered_by_a_condition_or_a_part(client: TestClient) -> None:
    """Streamlit answers 304 and 206 for its own file; ours is another."""
    path = Path(streamlit.__file__).parent / "static" / "index.html"
    plain = client.get("/")
    since = {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"}
    for headers in (since, {"Range": "bytes=0-100"}, {"If-None-Match": "*"}, {"Accept-Encoding": "gzip"}):
        response = client.get("/kaart", headers=headers)
        assert (response.status_code, response.text) == (200, plain.text)
    assert plain.text != path.read_text(encoding="utf-8")
    assert plain.headers["cache-control"] == "no-cache"
    assert "etag" not in plain.headers


def test_head_tells_the_length_and_no_more(client: TestClient) -> None:
    for headers in ({}, {"Accept-Encoding": "identity"}):
        head, whole = client.head("/kaart", headers=headers), client.get("/kaart", headers=headers)
        assert head.content == b""
        assert head.headers == whole.headers
    assert int(whole.headers["content-length"]) == len(whole.content)


def test_the_document_comes_compressed_to_who_takes_that(client: TestClient) -> None:
    plain, packed = (client.get("/kaart", headers={"Accept-Encoding": way}) for way in ("identity", "gzip"))
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert plain.text == packed.text
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) / 2


def test_other_html_is_left_alone(client: TestClient) -> None:
    assert "A component" in client.get("/component/another.component/index.html").text


def test_streamlits_picture_is_left_alone(client: TestClient) -> None:
    response = client.get("/favicon.png")
    assert response.headers["content-type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


def test_a_hostile_place_name_is_text() -> None:
    page = localised(installed_index(), "nl", "</title><script>alert(1)</script> \\1 \\g<0>")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; \\1 \\g&lt;0&gt;</title>" in page


def test_a_page_without_what_is_looked_for_stays_as_it_is() -> None:
    assert localised("<p>new</p>", "nl") == "<p>new</p>"


@given(st.binary(max_size=60))
def test_any_query_has_a_language(query: bytes) -> None:
    assert language_of(query) in ("nl", "en")
