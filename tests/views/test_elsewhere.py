"""Every page, paper and answer of another municipality: without a fault, and without the one of the program."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from hsc_geo.data.build import Elsewhere, build
from hsc_geo.data.load import Package, load
from hsc_geo.views.brief.kinds import MAKERS, asked_for
from hsc_geo.views.coverage import choices as coverage
from hsc_geo.views.data.page import SECTIONS as SECTIONS_OF_DATA
from hsc_geo.views.kit.links import PARTNERS_PARTS
from hsc_geo.views.kit.words import LANGUAGES, Words
from hsc_geo.views.paper.pdf import as_data, to_pdf
from hsc_geo.views.research import choices as research
from hsc_geo.web import package as web_package
from hsc_geo.web import register as web_register
from hsc_geo.web.register import RegisterLink
from tests.rebuild.conftest import extracts  # noqa: F401
from tests.shared.elsewhere import made
from tests.views.screens import PAGES, visit, whole
from tests.visit import names_of

HOME = re.compile(r"\bLeiden\b|\bLeidse?\b|GM0546|WK0546|BU0546")
SECTIONS = {
    "dekking": ("part", coverage.PARTS),
    "partners": ("part", PARTNERS_PARTS),
    "onderzoek": ("part", research.PARTS),
    "data": ("section", SECTIONS_OF_DATA),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Package:
    return made(tmp_path_factory.mktemp("made"))


@pytest.fixture(scope="module", params=["GM0088", "GM0344", "GM0518"])
def real(request: pytest.FixtureRequest, extracts: Path, tmp_path_factory: pytest.TempPathFactory) -> Package:  # noqa: F811
    folder = tmp_path_factory.mktemp("elsewhere") / "data"
    build(extracts, folder, elsewhere=Elsewhere(request.param))
    return load(folder)


def _shown(monkeypatch: pytest.MonkeyPatch, package: Package) -> None:
    monkeypatch.setattr(web_package, "_package", package)
    nothing = RegisterLink(None)
    monkeypatch.setattr(web_register, "link", lambda: nothing)


def _told(node: Any) -> Iterator[str]:
    """All that a page sends to the browser."""
    for child in getattr(node, "children", {}).values():
        yield from _told(child)
    proto = getattr(node, "proto", None)
    if proto is not None:
        yield str(proto)


def _sound(page: str, **query: str) -> None:
    app = whole(visit(page, **query))
    found = HOME.search("\n".join(_told(app._tree)))
    assert found is None, f"{page} {query}: {found}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_page_of_a_made_town(
    monkeypatch: pytest.MonkeyPatch, small: Package, page: str, lang: str
) -> None:
    _shown(monkeypatch, small)
    _sound(page, lang=lang)


@pytest.mark.parametrize("page", SECTIONS)
def test_every_section_of_a_made_town(monkeypatch: pytest.MonkeyPatch, small: Package, page: str) -> None:
    _shown(monkeypatch, small)
    name, values = SECTIONS[page]
    for value in values:
        _sound(page, lang="en", **{name: value})


@pytest.mark.extracts
def test_every_page_of_a_real_one(monkeypatch: pytest.MonkeyPatch, real: Package) -> None:
    _shown(monkeypatch, real)
    for page in PAGES:
        _sound(page, lang="nl")


@pytest.mark.extracts
@pytest.mark.slow
def test_every_section_of_a_real_one(monkeypatch: pytest.MonkeyPatch, real: Package) -> None:
    _shown(monkeypatch, real)
    for page, (name, values) in SECTIONS.items():
        for value in values:
            _sound(page, lang="en", **{name: value})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("kind", MAKERS)
def test_every_paper_of_a_made_town(small: Package, kind: str, lang: str) -> None:
    made = asked_for(names_of(small, Words(lang)), kind, {}, "https://example.org")
    assert HOME.search(str(as_data(small, made))) is None
    assert to_pdf(small, made).startswith(b"%PDF")
