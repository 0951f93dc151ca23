"""An edition in an address: the data and the register of its day on each page, with the way back, or told as gone."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from hsc_geo.data.editions import Edition, make
from hsc_geo.data.load import Package
from hsc_geo.views.kit.address import address_of
from hsc_geo.views.kit.names import Names
from hsc_geo.views.wording.cite import citation
from hsc_geo.web import editions
from hsc_geo.web import package as web_package
from hsc_geo.web.bulk import FILES
from hsc_geo.web.editions import Shelf
from tests.views.screens import html, notes, text, visit, whole
from tests.views.tags import Tags

DAY = dt.date(2026, 10, 1)
KEY, OLD = "LEI-010", "Zo heette het toen"


@pytest.fixture(scope="module")
def old(package: Package, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """The edition of an earlier day, with an initiative that has another name now."""
    initiatives = package.initiatives.copy()
    initiatives.loc[KEY, "name"] = OLD
    folder = tmp_path_factory.mktemp("editions")
    return make(replace(package, initiatives=initiatives), folder, DAY).edition


@pytest.fixture(autouse=True)
def kept(package: Package, old: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_package, "_package", package)
    shelf = Shelf(old.folder.parent)
    monkeypatch.setattr(editions, "shelf", lambda: shelf)


def line(app: AppTest) -> str:
    return " ".join(Tags(each).text for each in html(app) if 'id="edition"' in each)


def foot(app: AppTest) -> str:
    (found,) = [each for each in html(app) if "hsc-footer" in each]
    return found


@pytest.mark.parametrize(
    "page", ["start", "kaart", "dekking", "wijkprofiel", "partners", "data", "insluiten"]
)
def test_each_page_shows_the_edition_and_says_so(page: str, old: Edition, package: Package) -> None:
    app = whole(visit(page, lang="en", edition=old.name))
    assert line(app) == "You see the edition of 1 October 2026."
    assert app.query_params["edition"] == old.name
    assert "asof" not in app.query_params
    assert notes(app) == []
    assert f"<code>{old.snapshot}</code>" in foot(app)
    plain = whole(visit(page, lang="en"))
    assert (line(plain), "edition" in plain.query_params) == ("", False)
    assert f"<code>{package.snapshot}</code>" in foot(plain)


def test_the_register_of_then_and_back_to_the_present_one(old: Edition, package: Package) -> None:
    app = whole(visit("kaart", lang="nl", edition=old.name, sel=KEY))
    assert line(app) == "Je ziet de editie van 1 oktober 2026."
    assert OLD in text(app)
    leads = [
        parse_qs(urlsplit(each.replace("&amp;", "&")).query)
        for piece in html(app)
        for each in re.findall(r'href="(partners[^"]*)"', piece)
    ]
    assert leads
    assert all(each["edition"] == [old.name] for each in leads)
    button = app.button(key="edition_leave")
    assert button.label == "Bekijk de huidige"
    button.click()
    whole(app.run())
    assert app.query_params == {"lang": "nl", "sel": KEY}
    assert line(app) == ""
    assert OLD not in text(app)
    assert str(package.initiatives.at[KEY, "name"]) in text(app)


def test_its_own_day_counts_and_a_shared_link_says_it_once(old: Edition) -> None:
    app = whole(visit("kaart", lang="en", edition=old.name, asof="2026-10-01"))
    assert app.query_params == {"lang": "en", "edition": old.name}
    assert 'id="asof"' not in text(app)
    early = whole(visit("kaart", lang="en", edition=old.name, asof="2026-01-05"))
    assert "Counted from 5 January 2026." in text(early)
    early.button(key="asof_leave").click()
    whole(early.run())
    assert early.query_params == {"lang": "en", "edition": old.name}


def test_what_is_cited_and_shared_names_edition_and_day(old: Edition, en: Names) -> None:
    opened = editions.shelf().opened(old.name)
    n = replace(en, package=opened.package, today=DAY, edition=old)
    assert address_of(n, {}) == {"lang": ["en"], "asof": ["2026-10-01"], "edition": [old.name]}
    assert citation(n, "A map", "").edition == old.snapshot
    assert "edition" not in address_of(en, {})


@pytest.mark.parametrize("name", ["2025-01-01-000000000000", "<script>", "../secret", "2026"])
def test_one_that_is_gone_is_told_and_the_present_one_shown(name: str, package: Package) -> None:
    app = whole(visit("data", lang="en", edition=name))
    (note,) = notes(app)
    assert (
        f'The edition "{name}" is not (or no longer) kept here; you see the present one.' in Tags(note).text
    )
    assert "<script>" not in note
    assert "edition" not in app.query_params
    assert f"<code>{package.snapshot}</code>" in foot(app)


@pytest.mark.parametrize(
    ("file", "before", "after"),
    [("initiatives.csv", OLD, "Zo heette het nooit"), ("datapackage.json", '"2.', '"1.')],
)
def test_one_that_is_damaged_or_of_an_older_contract_is_told(
    file: str, before: str, after: str, old: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = tmp_path / old.name
    shutil.copytree(old.folder, there)
    content = (there / file).read_text(encoding="utf-8")
    assert before in content
    (there / file).write_text(content.replace(before, after), encoding="utf-8")
    monkeypatch.setattr(editions, "shelf", lambda: Shelf(tmp_path))
    app = whole(visit("start", lang="nl", edition=old.name))
    (note,) = notes(app)
    assert "De editie van 1 oktober 2026 is beschadigd" in Tags(note).text
    assert (line(app), "edition" in app.query_params) == ("", False)


def test_the_forms_know_no_other_than_the_present_one(old: Edition, package: Package) -> None:
    for page in ("aanmelden", "beheer"):
        app = whole(visit(page, lang="en", edition=old.name))
        assert line(app) == ""
        assert f"<code>{package.snapshot}</code>" in foot(app)


def test_what_can_be_taken_is_of_the_edition_and_the_rest_says_so(old: Edition) -> None:
    page = text(whole(visit("data", lang="en", edition=old.name)))
    assert re.findall(r'href="([^"]*figures[^"]*)" download', page) == [
        f"/hsc/figures/{name}?edition={old.name}" for name in FILES
    ]
    assert f'href="/api/editions/{old.name}.zip?lang=en"' in page
    assert "Of the edition that you see, the API has the zip" in page
    plain = text(whole(visit("data", lang="en")))
    assert 'href="/api/edition.zip?lang=en"' in plain
    assert "edition=" not in plain.split("All figures as one file")[-1]
    assert 'id="present"' not in plain


def test_the_page_on_data_lists_what_is_kept_and_nothing_where_there_is_none(
    old: Edition, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = text(whole(visit("data", lang="en", section="sources")))
    (address,) = re.findall(r'href="(data\?[^"]*edition=[^"]*)"', page)
    query = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    assert query == {"section": ["sources"], "lang": ["en"], "edition": [old.name]}
    opened = text(whole(visit("data", **{key: one for key, (one,) in query.items()})))
    assert "you see this one" in opened
    monkeypatch.setattr(editions, "shelf", lambda: Shelf(tmp_path))
    assert 'id="editions"' not in text(whole(visit("data", lang="en", section="sources")))
