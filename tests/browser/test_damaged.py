"""A file of data/ that is missing or damaged: one clear message on every page, and mended data without a restart.

The tile service of this server is dead as well: the mended map shows its outlines on an empty ground.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from hsc_geo.views.kit.words import Words
from tests.browser import axe, copies, naive, serving
from tests.browser.serving import Site
from tests.browser.visiting import LANGUAGES, MAP, NARROW, PAGES, START, WIDE, Arrivals, Visit
from tests.browser.watching import traces


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """The app with damaged data from its start, and no tile service."""
    folder = tmp_path_factory.mktemp("damaged")
    data = copies.copy_of_data(folder)
    _missing(data)
    with serving.running(folder, data=data) as site:
        yield site
        assert "Traceback" not in site.told(), site.told()[-5000:]


def _missing(data: Path) -> str:
    (data / "observations.csv").unlink()
    return "observations.csv"


def _truncated(data: Path) -> str:
    content = (data / "initiatives.csv").read_bytes()
    (data / "initiatives.csv").write_bytes(content[: len(content) // 2])
    return "initiatives.csv"


def _no_unicode(data: Path) -> str:
    """Sealed as if it were built so, but no UTF-8: a lone surrogate and a cut letter."""
    content = (data / "organisations.csv").read_bytes()
    (data / "organisations.csv").write_bytes(content + b"ORG-999,\xed\xa0\x80 caf\xc3" + b"," * 19 + b"\n")
    copies.seal(data)
    return "organisations.csv"


def _no_descriptor(data: Path) -> str:
    (data / "datapackage.json").write_text("{", encoding="utf-8")
    return "datapackage.json"


def _no_geometry(data: Path) -> str:
    (data / "areas.parquet").write_bytes(b"PAR1")
    copies.seal(data)
    return "areas.parquet"


def _mend(data: Path) -> None:
    shutil.rmtree(data)
    shutil.copytree(naive.DATA, data)


@pytest.mark.parametrize("damage", [_missing, _truncated, _no_unicode, _no_descriptor, _no_geometry])
def test_every_page_says_which_file_is_wrong(
    arrive: Arrivals, damaged: Site, damage: Callable[[Path], str]
) -> None:
    _mend(damaged.data)
    file = damage(damaged.data)
    visit = arrive(NARROW if damage is _truncated else WIDE, at=damaged)
    for path in PAGES:
        visit.go(path)
        _expect_message(visit, file, "nl")
    visit.go(MAP, lang="en")
    _expect_message(visit, file, "en")
    assert [one for one in axe.findings(visit.page)[0] if axe.limit_of(visit.page, one) is None] == []


def _expect_message(visit: Visit, file: str, language: str) -> None:
    expect(visit.page.get_by_test_id("stAlert")).to_have_count(1)
    expect(visit.page.get_by_test_id("stAlert")).to_contain_text(file)
    expect(visit.page.locator("h1")).to_have_text(Words(language).t("The data cannot be read"))
    expect(visit.page.locator("html")).to_have_attribute("lang", language)
    assert traces(visit.text()) == []
    assert str(visit.site.data) not in visit.text()


def test_mended_data_come_up_without_a_restart_and_dead_tiles_do_no_harm(
    arrive: Arrivals, damaged: Site
) -> None:
    """The last test of this file: from here on the server keeps the data that it has read."""
    visit = arrive(at=damaged).go(START)
    expect(visit.page.get_by_test_id("stAlert")).to_have_count(1)
    _mend(damaged.data)
    for language in LANGUAGES:
        for path in sorted(PAGES, key=lambda path: path == MAP):
            visit.go(path, lang=language)
            expect(visit.page.get_by_test_id("stAlert")).to_have_count(0)
            expect(visit.page.locator(".hsc-footer code")).to_have_count(1)
        drawn = visit.map()
        assert (drawn.areas(), drawn.focus_outlines()) == (10, 2)
        visit.eventually(drawn.pictures, "clear")
        assert len(drawn.names()) == 10
        assert drawn.frame.locator(".hsc-failed").count() == 0
