"""Streamlit's own files: compressed, kept by the browser, and the icons that the pages draw."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import streamlit
from starlette.testclient import TestClient

from hsc_geo.web import bundle
from hsc_geo.web.assets import MADE_FOLDER
from hsc_geo.web.framework_words import in_language
from tests.web.conftest import Build

STATIC = Path(streamlit.__file__).parent / "static" / "static"
ROOT = Path(__file__).parents[2]
ENTRY = next(path.name for path in STATIC.glob("js/index.*.js"))
STYLES = next(path.name for path in STATIC.glob("css/index.*.css"))
FONTS = MADE_FOLDER / "fonts"
NOT_IN_THE_FONT = {"star_filled"}  # Streamlit names it; its font has no such icon
PLAIN = {"Accept-Encoding": "identity"}


def without_fonts(text: str) -> str:
    return re.sub(r"@font-face\{[^}]*\}", "", text)


@pytest.mark.parametrize("base", ["", "/leiden"])
@pytest.mark.parametrize("name", [f"js/{ENTRY}", f"css/{STYLES}"])
def test_scripts_and_styles_come_compressed_and_are_kept(build: Build, base: str, name: str) -> None:
    client = build(base=base)
    response = client.get(f"{base}/static/{name}")
    assert response.headers["content-encoding"] == "gzip"
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert int(response.headers["content-length"]) < (STATIC / name).stat().st_size / 2
    plain = client.get(f"{base}/static/{name}", headers=PLAIN)
    assert "content-encoding" not in plain.headers
    kind = response.headers["content-type"]
    assert kind == plain.headers["content-type"]
    assert without_fonts(response.text) == without_fonts(in_language(name, plain.text))
    head = client.head(f"{base}/static/{name}")
    assert (head.content, head.headers["content-length"]) == (b"", response.headers["content-length"])


@pytest.mark.parametrize("base", ["", "/leiden"])
def test_styles_name_our_fonts_which_are_there(build: Build, base: str) -> None:
    """Ours last, for of two fonts that have a sign a browser takes the last; Streamlit's only for what ours has not."""
    client = build(base=base)
    address = f"{base}/static/css/{STYLES}"
    faces = re.findall(r"@font-face\{[^}]*\}", client.get(address).text)
    text = [face for face in faces if "font-family:Source Sans;" in face and "style:normal" in face]
    assert [bundle.OTHER_RANGE in face for face in text] == [True, False]
    assert ["font-display:swap;" in face and bundle.TEXT_RANGE in face for face in text] == [False, True]
    (icons,) = (face for face in faces if "Material Symbols" in face)
    for face, name, most in ((text[-1], "sans.woff2", 35_000), (icons, "icons.woff2", 25_000)):
        (found,) = re.findall(r'url\("([^"]*)"\)', face)
        response = client.get(urljoin(address, found))
        assert (response.status_code, response.headers["content-type"]) == (200, "font/woff2")
        assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert response.content == (FONTS / name).read_bytes()
        assert len(response.content) < most


def test_a_part_of_a_file_is_answered_by_streamlit(client: TestClient) -> None:
    part = client.get(f"/static/js/{ENTRY}", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, (STATIC / "js" / ENTRY).read_bytes()[:10])


@pytest.mark.parametrize(
    "path", ["js/none.js", "js/../../index.html", "js", "", "../app.py", "%2e%2e/index.html"]
)
def test_no_other_file_is_answered(client: TestClient, path: str) -> None:
    asked, plain = (client.get(f"/static/{path}", headers=headers) for headers in ({}, PLAIN))
    assert (asked.status_code, asked.text) == (plain.status_code, plain.text)


def test_what_is_compressed_already_is_left_alone(client: TestClient) -> None:
    name = next(path.name for path in STATIC.glob("media/SourceSansVF-Upright*.woff2"))
    response = client.get(f"/static/media/{name}")
    assert "content-encoding" not in response.headers
    assert response.content == (STATIC / "media" / name).read_bytes()


def test_every_icon_that_is_named_is_in_the_font() -> None:
    """tools/environment.sh makes the font anew when what it is made from changes."""
    files = [*STATIC.glob("js/*.js"), *(ROOT / "hsc_geo").rglob("*.py")]
    named = {
        name
        for path in files
        for name in re.findall(r":material/([a-z0-9_]+):", path.read_text(encoding="utf-8"))
    }
    kept = set((FONTS / "icons.txt").read_text(encoding="utf-8").split())
    assert named - kept == NOT_IN_THE_FONT
