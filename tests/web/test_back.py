"""After signing in or out one comes back where one began, and can be sent nowhere else."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from hsc_geo.web.back import COOKIE, PAGES, ReturnToPage, way_back
from hsc_geo.web.settings import Settings

SITE = "https://hsc.example.nl"
PROVIDER = "https://login.example.nl/auth?client_id=x"


def visiting(base: str = "") -> TestClient:
    """A visitor of a stand-in for Streamlit's routes of signing in; `ends` is what the provider leads to."""

    async def login(_request: object) -> Response:
        return RedirectResponse(PROVIDER, 302)

    async def logout(request: object) -> Response:
        there = "provider" in request.query_params  # type: ignore[attr-defined]
        return RedirectResponse(PROVIDER if there else f"{base}/", 302)

    async def callback(request: object) -> Response:
        if "fails" in request.query_params:  # type: ignore[attr-defined]
            return PlainTextResponse("Authentication error", 400)
        answer = RedirectResponse(f"{base}/", 302)
        answer.set_cookie("_streamlit_user", "signed")
        return answer

    routes = [
        Route(f"{base}/auth/login", login),
        Route(f"{base}/auth/logout", logout),
        Route(f"{base}/oauth2callback", callback),
    ]
    settings = Settings(oidc_redirect=f"{SITE}{base}/oauth2callback")
    app = ReturnToPage(Starlette(routes=routes), settings=settings, base=base)
    return TestClient(app, base_url=SITE, follow_redirects=False)


@pytest.fixture
def visitor() -> TestClient:
    return visiting()


def signed_in_from(visitor: TestClient, referer: str, base: str = "") -> Response:
    """The answer that ends a sign-in begun on a page."""
    begun = visitor.get(f"{base}/auth/login", headers={"Referer": referer})
    assert begun.headers["location"] == PROVIDER
    return visitor.get(f"{base}/oauth2callback?state=x&code=y")  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("begun", "ended"),
    [
        ("/beheer", "/beheer"),
        ("/beheer?lang=en", "/beheer?lang=en"),
        ("/beheer?lang=en&n=12&part=journal", "/beheer?lang=en&n=12&part=journal"),
        ("/beheer?lang=fy&n=12", "/beheer?n=12"),
        ("/beheer?q=two+words&lang=en", "/beheer?lang=en"),
        ("/beheer?" + "&".join(f"a{n}=1" for n in range(50)), "/beheer"),
    ],
)
@pytest.mark.parametrize("base", ["", "/kaart-van-leiden"])
def test_back_on_the_page_and_in_its_language(base: str, begun: str, ended: str) -> None:
    answer = signed_in_from(visiting(base), f"{SITE}{base}{begun}", base)
    assert answer.headers["location"] == f"{base}{ended}"
    assert "_streamlit_user=signed" in ", ".join(answer.headers.get_list("set-cookie"))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "referer",
    [
        "",
        SITE,
        f"{SITE}/",
        f"{SITE}/kaart?lang=en",
        f"{SITE}/beheer/../evil",
        f"{SITE}/beheer.evil.example",
        f"{SITE}//evil.example/beheer",
        f"{SITE}/%2Fevil.example",
        f"{SITE}@evil.example/beheer",
        f"{SITE}.evil.example/beheer",
        "https://evil.example/beheer?lang=en",
        "http://hsc.example.nl/beheer",
        "javascript:alert(1)//beheer",
        "/beheer",
    ],
)
def test_from_anywhere_else_one_comes_on_the_first_page(visitor: TestClient, referer: str) -> None:
    answer = signed_in_from(visitor, referer)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(
    "value",
    [
        "//evil.example/beheer",
        "https://evil.example/beheer",
        "/\\evil.example",
        "evil",
        "",
        "%",
        "%2525",
        "/beheer/..//evil.example",
        "@evil.example",
        "/kaart",
        "/beheer\r\nSet-Cookie: a=b",
    ],
)
def test_a_made_up_cookie_leads_nowhere_else(visitor: TestClient, value: str) -> None:
    answer = visitor.get("/oauth2callback", headers={"Cookie": f"{COOKIE}={quote(value, safe='')}"})
    assert answer.headers["location"] == "/"


@given(st.text())
def test_the_way_back_is_always_one_of_our_pages(text: str) -> None:
    for target in (text, f"{PAGES[0]}{text}", f"{PAGES[0]}?{text}"):
        found = way_back(target)
        assert found == "" or found.partition("?")[0] in PAGES
        assert found.isascii()
        assert found.isprintable()


def test_the_cookie_is_short_lived_and_of_this_site_only(visitor: TestClient) -> None:
    begun = visitor.get("/auth/login", headers={"Referer": f"{SITE}/beheer?lang=en"})
    attributes = {part.strip().lower() for part in begun.headers["set-cookie"].split(";")[1:]}
    assert attributes == {"httponly", "samesite=lax", "secure", "path=/", "max-age=900"}
    ended = visitor.get("/oauth2callback")
    assert any(
        each.startswith(f'{COOKIE}=""; ') and "Max-Age=0" in each
        for each in ended.headers.get_list("set-cookie")
    )
    assert visitor.get("/oauth2callback").headers["location"] == "/"


def test_what_was_no_redirect_stays_as_it_is(visitor: TestClient) -> None:
    visitor.get("/auth/login", headers={"Referer": f"{SITE}/beheer?lang=en"})
    answer = visitor.get("/oauth2callback?fails=1")
    assert (answer.status_code, answer.text) == (400, "Authentication error")


@pytest.mark.parametrize("through", ["", "?provider=1"])
def test_signing_out_comes_back_too(visitor: TestClient, through: str) -> None:
    """At once when the provider has no page for it, else by way of the provider."""
    answer = visitor.get(f"/auth/logout{through}", headers={"Referer": f"{SITE}/beheer?lang=en"})
    if through:
        assert answer.headers["location"] == PROVIDER
        answer = visitor.get("/oauth2callback")
    assert answer.headers["location"] == "/beheer?lang=en"
