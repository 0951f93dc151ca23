"""What the server gives other programs of another municipality: nothing of the one of the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from hsc_geo.analysis.feature_kinds import KINDS
from hsc_geo.register.hsds_pages import LISTS
from hsc_geo.web import package as web_package
from hsc_geo.web import register as web_register
from hsc_geo.web.register import RegisterLink
from tests.shared.elsewhere import NAME, made
from tests.web.conftest import Build


def test_pages_and_api_are_of_the_municipality_of_the_package(
    monkeypatch: pytest.MonkeyPatch, build: Build, tmp_path: Path
) -> None:
    nothing = RegisterLink(None)
    monkeypatch.setattr(web_package, "_package", made(tmp_path))
    monkeypatch.setattr(web_register, "link", lambda: nothing)
    client = build(api_requests=0, api_mb=0)
    assert f"· {NAME}</title>" in client.get("/").text
    asked = [
        "/",
        "/?lang=en",
        "/api",
        "/api/openapi.json",
        "/api/dictionary.json",
        "/api/hsds",
        *(f"/api/hsds/{name}" for name in LISTS),
    ]
    asked += [f"/api/collections/{kind}/items" for kind in KINDS]
    for path in asked:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert "Leiden" not in answer.text, path
