"""The feed of changes: as a reader of feeds reads it, and by the rules of RFC 4287."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import feedparser
import pytest

from hsc_geo.data.editions import make
from hsc_geo.data.load import Package
from hsc_geo.register import Actor, Proposal
from hsc_geo.web import editions
from hsc_geo.web import past as web_past
from hsc_geo.web import register as web_register
from hsc_geo.web.api.limits import Limits
from hsc_geo.web.editions import Shelf
from hsc_geo.web.past import Kept
from hsc_geo.web.routes import own_routes
from tests.web.conftest import Build

ATOM = "{http://www.w3.org/2005/Atom}"
STEWARD = Actor("steward")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
TAG = re.compile(r"tag:[a-z0-9.-]+,\d{4}(-\d\d){0,2}:[A-Za-z0-9_.~!$&'()*+,;=:@/?%-]*")  # RFC 4151
FOCUS_DISTRICT = "WK054605"
# Of an entry and of a feed: what there must be once, and what there may be once (RFC 4287, 4.1.1 and 4.1.2).
ONCE = ("id", "title", "updated")
AT_MOST_ONCE = (
    "generator",
    "icon",
    "logo",
    "rights",
    "subtitle",
    "content",
    "published",
    "source",
    "summary",
)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, package: Package) -> Iterator[None]:
    """A register of its own with some changes of today, and two editions of this year."""
    made = web_register.RegisterLink(lambda: web_register._opened(f"sqlite:///{tmp_path}/register.db"))
    monkeypatch.setattr(web_register, "link", lambda: made)
    monkeypatch.setattr(web_past, "past", lambda: Kept())
    shelf = Shelf(tmp_path / "editions")
    monkeypatch.setattr(editions, "shelf", lambda: shelf)
    today = dt.date.today()
    old = package.observations.copy()
    row = old.index[
        (old["indicator_id"].astype(str) == "50150NED-Overgewicht")
        & (old["year"] == 2024)
        & (old["area_code"].astype(str) == FOCUS_DISTRICT)
    ][0]
    old.loc[row, "value"] = 12.3
    make(replace(package, observations=old), shelf._folder, today - dt.timedelta(days=40))
    make(package, shelf._folder, today - dt.timedelta(days=20))
    register = made.register(package)
    assert register is not None
    register.confirm("LEI-010", STEWARD)
    number = register.propose(
        Proposal(
            kind="correction",
            entity_id="LEI-035",
            fields={"cost_nl": "Gratis & \"vrij\" 'x'", "cost_en": "Free & \"open\" 'x'"},
            source_url="https://example.org/a",
        )
    ).number
    register.accept(number, STEWARD, why="seen")
    made.refresh()
    yield
    register.close()


def problems(text: bytes) -> list[str]:
    """What RFC 4287 does not allow, as far as a feed like this can go wrong."""
    root = ET.fromstring(text)
    found = [] if root.tag == f"{ATOM}feed" else [f"the root is {root.tag}"]
    found += [f"{each.tag} is no element of Atom" for each in root.iter() if not each.tag.startswith(ATOM)]
    entries = root.findall(f"{ATOM}entry")
    has_author = root.find(f"{ATOM}author/{ATOM}name") is not None
    for each in (root, *entries):
        where = each.findtext(f"{ATOM}id") or "?"
        counts = {name: len(each.findall(f"{ATOM}{name}")) for name in (*ONCE, *AT_MOST_ONCE)}
        found += [f"{where}: {name} stands there {counts[name]} times" for name in ONCE if counts[name] != 1]
        found += [f"{where}: more than one {name}" for name in AT_MOST_ONCE if counts[name] > 1]
        found += [f"{where}: no date {date}" for date in _dates(each) if not RFC_3339.fullmatch(date)]
        found += [] if urlsplit(where).scheme else [f"{where} is no absolute IRI"]
        found += [] if TAG.fullmatch(where) else [f"{where} is no tag"]
        found += [f"{where}: {why}" for why in _links(each)]
        if not has_author and each.find(f"{ATOM}author") is None:
            found.append(f"{where}: nobody is its author")
        texts = [each.find(f"{ATOM}{name}") for name in ("title", "summary", "subtitle")]
        found += [f"{where}: {t.tag} holds elements" for t in texts if t is not None and len(t)]
        categories = each.findall(f"{ATOM}category")
        found += [f"{where}: a category without a term" for c in categories if not c.get("term")]
    ids = [each.findtext(f"{ATOM}id") for each in entries]
    found += [f"{key} stands there twice" for key in set(ids) if ids.count(key) > 1]
    newest = max((each.findtext(f"{ATOM}updated") or "" for each in entries), default="")
    found += (
        ["the feed is older than its newest entry"]
        if newest > (root.findtext(f"{ATOM}updated") or "")
        else []
    )
    return found


def _dates(element: ET.Element) -> list[str]:
    return [each.text or "" for name in ("updated", "published") for each in element.findall(f"{ATOM}{name}")]


def _links(element: ET.Element) -> list[str]:
    links = [dict(each.attrib) for each in element.findall(f"{ATOM}link")]
    addresses = [each["href"] for each in links]
    wrong = [
        f"{each} is no web address" for each in addresses if urlsplit(each).scheme not in ("http", "https")
    ]
    alternates = [each.get("type") for each in links if each.get("rel", "alternate") == "alternate"]
    if element.tag == f"{ATOM}feed" and "self" not in [each.get("rel") for each in links]:
        wrong.append("no link to itself")
    return wrong + (["two alternates of one kind"] if len(set(alternates)) < len(alternates) else [])


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize(
    "query", ["", "?area=focus", "?ambition=A1&lang=en", f"?area={FOCUS_DISTRICT}&lang=nl"]
)
def test_it_is_valid_whatever_is_asked(build: Build, query: str) -> None:
    response = build().get(f"/feed.atom{query}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml"
    assert problems(response.content) == []


@pytest.mark.usefixtures("kept")
def test_a_reader_of_feeds_reads_it(build: Build) -> None:
    client = build()
    read = feedparser.parse(client.get(f"/feed.atom?area={FOCUS_DISTRICT}&lang=en").content)
    assert not read.bozo
    assert read.version == "atom10"
    assert read.feed.language == "en"
    assert read.feed.title.startswith("What changed: ")
    titles = [each.title for each in read.entries]
    assert "Confirmed: Leids Kennisfestival (the whole city)" in titles
    corrected = next(each for each in read.entries if each.title.startswith("Corrected: Wijkatlas"))
    assert "Free & \"open\" 'x'" in corrected.summary
    assert {"corrected", FOCUS_DISTRICT} <= {tag.term for tag in corrected.tags}
    assert parse_qs(urlsplit(corrected.link).query) == {"sel": ["LEI-035"], "lang": ["en"]}
    assert urlsplit(corrected.link).path == "/kaart"
    assert corrected.updated_parsed[:3] == dt.datetime.now(dt.UTC).timetuple()[:3]
    figure = next(each for each in read.entries if each.title.startswith("Revised: "))
    assert "12.3% → " in figure.summary
    assert figure.updated_parsed < corrected.updated_parsed
    own = next(each.href for each in read.feed.links if each.rel == "self")
    assert client.get(own).status_code == 200


@pytest.mark.usefixtures("kept")
def test_an_entry_has_the_same_id_in_any_feed_and_language(build: Build) -> None:
    client = build()
    feeds = [client.get(f"/feed.atom{query}").content for query in ("?lang=nl", "?lang=en", "?ambition=A1")]
    ids = [{each.id for each in feedparser.parse(text).entries} for text in feeds]
    assert ids[0] == ids[1] > ids[2] > set()
    assert len({feedparser.parse(text).feed.id for text in feeds}) == 3


@pytest.mark.usefixtures("kept")
def test_an_ambition_and_an_area_choose_their_own(build: Build) -> None:
    client = build()
    for_smoke = feedparser.parse(client.get("/feed.atom?ambition=A3").content)
    assert [
        each for each in for_smoke.entries if each.id.split(":")[-1].startswith("initiative/LEI-035")
    ] == []
    elsewhere = feedparser.parse(client.get("/feed.atom?area=WK054601&lang=en").content)
    assert [each.title for each in elsewhere.entries] == ["Confirmed: Leids Kennisfestival (the whole city)"]


def test_where_nothing_is_kept_it_is_valid_and_empty(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    off = web_register.RegisterLink(None)
    monkeypatch.setattr(web_register, "link", lambda: off)
    response = build().get("/feed.atom")
    assert problems(response.content) == []
    assert feedparser.parse(response.content).entries == []


@pytest.mark.usefixtures("kept")
def test_who_has_it_does_not_get_it_again(build: Build) -> None:
    client = build()
    first = client.get("/feed.atom")
    etag, modified = first.headers["etag"], first.headers["last-modified"]
    again = client.get("/feed.atom", headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == etag
    by_time = client.get("/feed.atom", headers={"If-Modified-Since": modified})
    assert (by_time.status_code, by_time.content) == (304, b"")
    for header in (
        {"If-Modified-Since": "Sat, 01 Jan 2000 00:00:00 GMT"},
        {"If-Modified-Since": "yesterday"},
        {"If-Modified-Since": "Thu, 01 Jan 99999999999 00:00:00 GMT"},
        {"If-None-Match": '"another"', "If-Modified-Since": modified},
    ):
        assert client.get("/feed.atom", headers=header).status_code == 200
    head = client.head("/feed.atom")
    assert (head.status_code, head.content, head.headers["etag"]) == (200, b"", etag)
    assert client.get("/feed.atom", headers={"Accept-Encoding": "identity"}).content == first.content


@pytest.mark.parametrize(
    ("query", "named"),
    [
        ("area=WK999999", "area"),
        ("area=%3Cscript%3E", "area"),
        ("area=GM0546", "area"),
        ("ambition=A9", "ambition"),
        ("lang=fr", "lang"),
        ("since=2026-01-01", "since"),
        ("lang=nl&lang=en", "lang"),
        ("area=%ff%00", "area"),
    ],
)
def test_what_is_wrong_is_told_as_text(build: Build, query: str, named: str) -> None:
    response = build().get(f"/feed.atom?{query}")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.startswith(f"{named}=")
    assert len(response.text.splitlines()) == 1
    assert response.headers["x-content-type-options"] == "nosniff"


def test_nothing_lies_under_it_and_only_reading(build: Build) -> None:
    client = build("/site")
    assert client.get("/site/feed.atom").status_code == 200
    assert client.get("/site/feed.atom/x").status_code == 404
    assert client.get("/site/feed.atom/x").headers["content-type"].startswith("text/plain")
    assert client.post("/site/feed.atom").status_code == 405
    read = feedparser.parse(client.get("/site/feed.atom").content)
    assert read.feed.link.startswith("http://testserver/site/veranderd?")


def test_it_counts_with_the_open_api(build: Build) -> None:
    client = build(api_requests=2)
    assert [client.get(path).status_code for path in ("/feed.atom", "/api/", "/feed.atom")] == [200, 200, 429]
    assert int(client.get("/feed.atom").headers["retry-after"]) >= 1
    assert Limits().requests == 600
    assert len({getattr(route, "path", "") for route in own_routes(None)} & {"/feed.atom"}) == 1
