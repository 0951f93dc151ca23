"""Addresses as people type and copy them: what there is, what is forgiven, what is told not to be there."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hsc_geo.web import site_paths
from tests.web.conftest import Build

SITE = Path(__file__).resolve().parents[2] / "pages" / "site.py"


def test_router_and_addresses_name_the_same_pages() -> None:
    tree = ast.parse(SITE.read_text(encoding="utf-8"))
    named = {
        getattr(site_paths, word.value.attr)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg == "url_path" and isinstance(word.value, ast.Attribute)
    }
    assert named | {site_paths.START} == set(site_paths.PAGES)


@pytest.mark.parametrize("base", ["", "/leiden"])
@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("/Kaart", "/kaart"),
        ("/kaart.", "/kaart"),
        ("/KAART)", "/kaart"),
        ("/dekking,?part=need&lang=en", "/dekking?part=need&lang=en"),
        ("/kaart?amb=A1&amp;level=neighbourhood", "/kaart?amb=A1&level=neighbourhood"),
        ("/Kaart?amb=A1&amp;amp;level=neighbourhood", "/kaart?amb=A1&level=neighbourhood"),
        ("/kaart?amb=A1&amp%3Blevel=neighbourhood", "/kaart?amb=A1&level=neighbourhood"),
        ("/kaart%3E", "/kaart"),
        ("/partners%20", "/partners"),
        ("/data%E2%80%9D", "/data"),
    ],
)
def test_an_address_that_is_nearly_right_is_sent_on(build: Build, base: str, asked: str, meant: str) -> None:
    response = build(base=base).get(base + asked, follow_redirects=False)
    assert (response.status_code, response.headers["location"]) == (308, base + meant)


@pytest.mark.parametrize(
    "path",
    ["/", "/kaart", "/beheer?lang=en", "/kaart?q=a%26amp%3Bb", "/favicon.png", "/favicon.ico", "/hsc/health"],
)
def test_what_there_is_is_answered_as_it_is_asked(client: TestClient, path: str) -> None:
    assert client.get(path, follow_redirects=False).status_code == 200


@pytest.mark.parametrize("path", ["/nergens", "/kaart/x", "/index.php", "/wp-admin/", "/kaart%00"])
def test_no_page_is_told_in_the_language_of_the_visitor(client: TestClient, path: str) -> None:
    for query, accepted, language in (
        ("", "", "nl"),
        ("?lang=en", "", "en"),
        ("", "en-GB,en;q=0.9,nl;q=0.8", "en"),
    ):
        response = client.get(path + query, headers={"accept-language": accepted}, follow_redirects=False)
        assert response.status_code == 404
        assert f'<html lang="{language}">' in response.text
    assert client.get("/api/nothing").json()["status"] == 404


@pytest.mark.parametrize("base", ["", "/leiden"])
@pytest.mark.parametrize(
    "path",
    [
        "/_stcore",
        "/_stcore/nothing",
        "/static/nothing.js",
        "/app/static/nothing",
        "/auth/nothing",
        "/oauth2callback/nothing",
        "/.well-known/nothing",
        "/hsc",
        "/component",
        "/media",
    ],
)
def test_beside_the_files_of_others_there_is_no_first_page_either(build: Build, base: str, path: str) -> None:
    client = build(base=base)
    for headers in ({}, {"range": "bytes=0-9"}):
        answer = client.get(f"{base}{path}?lang=en", headers=headers, follow_redirects=False)
        assert (answer.status_code, "There is no such page" in answer.text) == (404, True)
    assert "A component" in client.get(f"{base}/component/a/index.html").text


def test_what_is_no_page_is_not_served(client: TestClient) -> None:
    """Nothing of the project's folder, and no method that tells a request back."""
    for path in (
        "/.git/config",
        "/.git/HEAD",
        "/.env",
        "/data/datapackage.json",
        "/app.py",
        "/hsc/",
        "/hsc/assets/own/",
    ):
        assert client.get(path, follow_redirects=False).status_code == 404, path
    for path in ("/", "/hsc/health"):
        assert client.request("TRACE", path).status_code == 405, path
    for path in ("/", "/_stcore/host-config", "/component/streamlit_folium.st_folium/index.html"):
        assert client.request("CONNECT", path).status_code == 405, path


def test_no_redirect_leads_to_another_host(client: TestClient) -> None:
    for path in ("/%2f%2fevil.example", "/\\evil.example", "/Kaart%0d%0aX: y"):
        response = client.get(path, follow_redirects=False)
        assert response.headers.get("location", "/kaart").startswith("/kaart")


def test_what_programs_look_for(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    client = build()
    assert "Disallow: /beheer" in client.get("/robots.txt").text
    assert client.get("/.well-known/security.txt").status_code == 404
    monkeypatch.setenv("HSC_SECURITY_CONTACT", "mailto:security@example.org")
    monkeypatch.setenv("HSC_SECURITY_EXPIRES", "2027-06-30")
    from hsc_geo.web.settings import settings

    settings.cache_clear()
    try:
        lines = client.get("/.well-known/security.txt").text.splitlines()
        assert {"Contact: mailto:security@example.org", "Expires: 2027-06-30T00:00:00Z"} <= set(lines)
    finally:
        monkeypatch.undo()
        settings.cache_clear()
