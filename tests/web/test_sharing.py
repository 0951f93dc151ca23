"""What the bar of a view asks for: papers and pictures made from an address, and QR codes of this site alone."""

from __future__ import annotations

import io
import re
from urllib.parse import urlencode

import pytest
from pypdf import PdfReader
from starlette.testclient import TestClient

from hsc_geo.views.brief.kinds import KINDS
from hsc_geo.web.sharing import LONGEST
from tests.shared import naive
from tests.web.conftest import Build

HERE = {"referer": "http://testserver/kaart?amb=A3"}
VIEW = "amb=A3&ind=none&lang=en&asof=2026-11-01"


def pdf_of(client: TestClient, path: str, **headers: str) -> PdfReader:
    answer = client.get(path, headers={**HERE, **headers})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/pdf"
    return PdfReader(io.BytesIO(answer.content))


def words(reader: PdfReader) -> str:
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def links(reader: PdfReader) -> list[str]:
    return [note.get_object()["/A"]["/URI"] for page in reader.pages for note in page.get("/Annots", [])]


@pytest.mark.parametrize("kind", KINDS)
def test_each_paper_comes_from_an_address_with_its_day_and_a_way_back(client: TestClient, kind: str) -> None:
    found = pdf_of(client, f"/hsc/paper/{kind}.pdf?{VIEW}&area=WK054605&unknown=x")
    assert "Madeon1November2026" in words(found)
    (back,) = [link for link in links(found) if link.startswith("http://testserver/")]
    assert {"lang=en", "asof=2026-11-01"} <= set(back.partition("?")[2].split("&"))
    assert "unknown" not in back


def test_the_picture_shows_what_was_asked_as_the_paper_does(client: TestClient) -> None:
    svg = client.get(f"/hsc/paper/map.svg?{VIEW}", headers=HERE)
    assert svg.headers["content-type"].startswith("image/svg+xml")
    assert "default-src 'none'" in svg.headers["content-security-policy"]
    shown = " ".join(re.sub(r"<[^>]*>", " ", svg.text).split())
    focus = {row["area_code"]: row["name_en"] for row in naive.rows("focus_areas")}  # as people know them
    for code in naive.codes_of("district"):
        assert focus.get(code, naive.areas()[code]["name"].split("-")[0]) in shown
    png = client.get(f"/hsc/paper/map.png?{VIEW}", headers=HERE)
    assert png.headers["content-type"] == "image/png"
    assert png.content.startswith(b"\x89PNG")
    names = [answer.headers["content-disposition"] for answer in (svg, png)]
    assert names[0].replace(".svg", ".png") == names[1]


def test_a_file_is_named_after_what_was_asked(client: TestClient) -> None:
    answer = client.get("/hsc/paper/kenniscafe.pdf?area=WK054605&lang=nl", headers=HERE)
    found = re.fullmatch(r'attachment; filename="([a-z0-9.-]+)"', answer.headers["content-disposition"])
    assert found
    assert found[1].startswith("hsc-geo-kenniscafe-bos-en-gasthuisdistrict-")


@pytest.mark.parametrize(
    "path",
    ["paper/none.pdf", "paper/map.exe", "paper/policylab.png", "paper/policylab.svg", "paper/map", "paper/"],
)
def test_no_other_kind_or_form_and_no_picture_without_a_map(client: TestClient, path: str) -> None:
    assert client.get(f"/hsc/{path}").status_code == 404


def test_the_way_back_is_never_to_another_host(client: TestClient) -> None:
    for other in ("https://elsewhere.example/kaart", "javascript://testserver/", "http://[", ""):
        back = links(pdf_of(client, f"/hsc/paper/map.pdf?{VIEW}", referer=other))
        assert all(link.startswith("http://testserver/") for link in back if "kaart" in link)
    back = links(pdf_of(client, f"/hsc/paper/map.pdf?{VIEW}", referer="https://testserver:8443/kaart"))
    assert any(link.startswith("https://testserver:8443/kaart?") for link in back)


def test_under_a_base_path_the_way_back_is_too(build: Build) -> None:
    client = build(base="/gezond")
    back = links(pdf_of(client, f"/gezond/hsc/paper/map.pdf?{VIEW}"))
    assert any(link.startswith("http://testserver/gezond/kaart?") for link in back)
    assert qr(client, "http://testserver/gezond/kaart", "/gezond") == 200
    assert qr(client, "http://testserver/kaart", "/gezond") == 404


def test_no_browser_and_no_proxy_keeps_what_someone_looked_at(client: TestClient) -> None:
    """Addresses of views hold choices and, for a while, what was typed."""
    code = f"/hsc/qr.svg?{urlencode({'to': 'http://testserver/kaart?amb=A3'})}"
    for path in (code, f"/hsc/paper/map.pdf?{VIEW}", f"/hsc/paper/map.svg?{VIEW}"):
        assert client.get(path, headers=HERE).headers["cache-control"] == "no-store", path


def qr(client: TestClient, to: str, base: str = "") -> int:
    return client.get(f"{base}/hsc/qr.svg?{urlencode({'to': to})}").status_code


def test_a_qr_code_is_of_this_site_alone(client: TestClient) -> None:
    answer = client.get(f"/hsc/qr.svg?{urlencode({'to': 'http://testserver/kaart?amb=A3&lang=nl'})}")
    assert answer.headers["content-type"].startswith("image/svg+xml")
    assert answer.text.count("<path") >= 1
    assert "testserver" not in answer.text
    assert qr(client, "https://testserver:8443/kaart") == 200
    for other in (
        "https://elsewhere.example/",
        "//testserver/",
        "javascript:alert(1)",
        "testserver/kaart",
        "",
        "http://[",
        "http://testserver@elsewhere.example/kaart",
        "http://testserver",
    ):
        assert qr(client, other) == 404, other
    assert qr(client, f"http://testserver/kaart?q={'x' * LONGEST}") == 414
