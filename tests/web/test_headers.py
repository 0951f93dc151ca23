"""Security headers on every kind of answer, and what each kind of answer may load and run."""

from __future__ import annotations

import base64
import hashlib
from html.parser import HTMLParser

import pytest
from starlette.testclient import TestClient
from streamlit.proto.BackMsg_pb2 import BackMsg

from tests.web.conftest import Build

COMMON = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "SAMEORIGIN",
}
MAP_FRAME = "/component/streamlit_folium.st_folium/index.html"
KINDS = {
    "start page": ("GET", "/", 200),
    "start page, head": ("HEAD", "/", 200),
    "page": ("GET", "/kaart", 200),
    "page that does not exist": ("GET", "/nergens", 404),
    "page in capitals": ("GET", "/Kaart", 308),
    "what programs may read": ("GET", "/robots.txt", 200),
    "trailing slash": ("GET", "/kaart/", 301),
    "own asset": ("GET", "/hsc/assets/leaflet/leaflet.js", 200),
    "unknown asset": ("GET", "/hsc/assets/leaflet/nothing.js", 404),
    "health": ("GET", "/hsc/health", 200),
    "wrong method": ("POST", "/hsc/health", 405),
    "tile": ("GET", "/hsc/tiles/13/4198/2700.png", 200),
    "upload": ("PUT", "/_stcore/upload_file/a/b", 403),
    "agent": ("POST", "/_stcore/agent/interact", 404),
    "failure": ("GET", "/_stcore/fails", 500),
    "stream": ("GET", "/_stcore/flow", 200),
    "download": ("GET", "/media/x.csv", 200),
    "frame": ("GET", MAP_FRAME, 200),
    "bad path": ("GET", "/%2e%2e/%2e%2e/etc/passwd", 404),
    "Streamlit's own file": ("GET", "/favicon.png", 200),
}


def policy(response: object) -> dict[str, set[str]]:
    text = response.headers["content-security-policy"]  # type: ignore[attr-defined]
    rules = (rule.strip().split() for rule in text.split(";"))
    return {name: set(sources) for name, *sources in rules}


@pytest.mark.parametrize("kind", KINDS)
def test_every_answer_has_every_header_once(kind: str, client: TestClient) -> None:
    method, path, status = KINDS[kind]
    response = client.request(method, path, follow_redirects=False)
    assert response.status_code == status
    for name, value in COMMON.items():
        assert response.headers.get_list(name) == [value]
    assert "camera=()" in response.headers["permissions-policy"]
    assert policy(response)["frame-ancestors"] == {"'self'"}
    assert "strict-transport-security" not in response.headers


def test_not_modified_has_the_headers_too(client: TestClient) -> None:
    etag = client.get("/hsc/assets/leaflet/leaflet.js").headers["etag"]
    response = client.get("/hsc/assets/leaflet/leaflet.js", headers={"If-None-Match": etag})
    assert response.status_code == 304
    assert response.headers["x-content-type-options"] == "nosniff"


def test_failure_tells_nothing(client: TestClient) -> None:
    assert client.get("/_stcore/fails").text == "Internal Server Error"


class _InlineScripts(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[str] = []
        self._inside = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = tag == "script" and "src" not in dict(attrs)
        if self._inside:
            self.scripts.append("")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag: str) -> None:
        self._inside = False


@pytest.mark.parametrize("path", ["/", "/?lang=en", "/kaart", "/data?lang=nl&x=1"])
@pytest.mark.parametrize("base", ["", "/leiden"])
def test_document_runs_own_scripts_and_the_inline_ones_of_the_page_only(
    build: Build, base: str, path: str
) -> None:
    response = build(base=base).get(base + path)
    scripts = _InlineScripts(response.text).scripts
    assert len(scripts) == 4
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    hashes = {f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests}
    rules = policy(response)
    assert rules["script-src"] == {"'self'", "blob:"} | hashes
    assert rules["connect-src"] == rules["frame-src"] == rules["form-action"] == {"'self'"}


def test_nothing_may_be_loaded_from_another_host(client: TestClient) -> None:
    for method, path, _ in KINDS.values():
        sources = set().union(*policy(client.request(method, path)).values())
        hosts = {each for each in sources if not each.startswith(("'", "data:", "blob:"))}
        assert hosts == set()


def test_no_answer_takes_a_plug_in_or_another_base_for_its_links(client: TestClient) -> None:
    """Neither falls under `default-src` in every browser, so each answer says so itself."""
    for method, path, _ in KINDS.values():
        rules = policy(client.request(method, path, follow_redirects=False))
        assert rules["object-src"] == rules["base-uri"] == {"'none'"}, path


def test_only_the_map_frame_may_evaluate_scripts(client: TestClient) -> None:
    for method, path, _ in KINDS.values():
        script = policy(client.request(method, path, follow_redirects=False)).get("script-src", set())
        assert ("'unsafe-eval'" in script) == (path == MAP_FRAME)
        assert ("'unsafe-inline'" in script) == (path == MAP_FRAME)


def test_another_component_gets_no_such_right(client: TestClient) -> None:
    for path in ("/component/streamlit_folium.st_folium_other/index.html", "/component/other/index.html"):
        assert policy(client.get(path))["default-src"] == {"'none'"}


def test_frame_of_the_map_loads_from_this_host_only(client: TestClient) -> None:
    rules = policy(client.get(MAP_FRAME))
    assert rules["default-src"] == {"'none'"}
    assert rules["connect-src"] == {"'self'"}
    assert rules["img-src"] == {"'self'", "data:"}


def test_hosts_that_may_embed_are_named_on_the_page_for_that_and_on_the_map_alone(build: Build) -> None:
    client = build(embed_hosts=("https://www.leiden.nl", "https://*.example.org"))
    for path in ("/insluiten", "/insluiten?what=list", MAP_FRAME):
        response = client.get(path)
        assert policy(response)["frame-ancestors"] == {
            "'self'",
            "https://www.leiden.nl",
            "https://*.example.org",
        }
        assert "x-frame-options" not in response.headers
    for path in ("/", "/beheer", "/aanmelden", "/kaart", "/nergens", "/hsc/health"):
        response = client.get(path)
        assert policy(response)["frame-ancestors"] == {"'self'"}
        assert response.headers["x-frame-options"] == "SAMEORIGIN"


def test_cookies_go_over_https_alone_when_that_is_chosen(build: Build) -> None:
    for https in (False, True):
        cookie = build(https=https).get("/_stcore/cookie").headers["set-cookie"]
        assert cookie.lower().count("; secure") == int(https)


@pytest.mark.parametrize("path", ["", "/", "/index.html", "/./index.html", "/static/../index.html"])
def test_the_frame_of_the_map_listens_to_its_page_alone_from_the_first_script_on(
    client: TestClient, path: str
) -> None:
    page = client.get(MAP_FRAME.removesuffix("/index.html") + path.replace(".", "%2e")).text
    first = _InlineScripts(page).scripts[0]
    assert "event.source !== parent" in first
    assert "event.origin !== location.origin" in first
    assert page.index(first) < page.index("main.")


def test_https_is_demanded_only_when_chosen(build: Build) -> None:
    assert build(https=True).get("/").headers["strict-transport-security"] == "max-age=31536000"


@pytest.mark.parametrize("base", ["", "/leiden"])
@pytest.mark.parametrize("method", ["PUT", "DELETE", "OPTIONS", "GET", "POST"])
def test_uploads_are_refused(build: Build, base: str, method: str) -> None:
    client = build(base=base)
    for path in ("/_stcore/upload_file/session/file", "/_stcore/upload_file", "/_stcore/%75pload_file/a/b"):
        response = client.request(method, base + path)
        assert (response.status_code, response.text) == (403, "Not offered here")


def test_agent_api_is_not_there(client: TestClient) -> None:
    for path in ("interact", "mcp", "openapi.json", ""):
        assert client.post(f"/_stcore/agent/{path}").status_code == 404


def test_socket_passes_untouched(client: TestClient) -> None:
    with client.websocket_connect("/_stcore/stream") as socket:
        sound = BackMsg(load_git_info=True).SerializeToString()
        socket.send_bytes(sound)
        assert socket.receive_bytes() == b"heard " + sound


def test_stream_passes_in_pieces(client: TestClient) -> None:
    assert client.get("/_stcore/flow").text == "one two"
