"""The page on data leads programs to the open API."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from hsc_geo.web.api.limits import Limits
from hsc_geo.web.api.routes import api_routes
from tests.views.screens import text, visit, whole


@pytest.mark.parametrize("language", ["nl", "en"])
def test_each_link_to_the_open_api_is_answered(language: str) -> None:
    page = text(whole(visit("data", lang=language)))
    links = re.findall(r'href="(/api/[^"]*)"', page)
    assert len(links) == 5
    client = TestClient(Starlette(routes=api_routes(Limits(0, 0))))
    for link in links:
        assert link.endswith(f"?lang={language}")
        assert client.get(link).status_code == 200
