"""The feed of changes as Atom (RFC 4287), by area and ambition: for readers of feeds, without an account.

Each entry has an id that never changes (RFC 4151, a `tag:` of the host that was asked), whatever the language.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from email.utils import format_datetime, parsedate_to_datetime
from urllib.parse import quote, urlencode
from xml.etree import ElementTree as ET  # only written with; nothing from outside is read

from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis.feature_query import WrongParameter, once, one_of
from hsc_geo.domain.text import carriable
from hsc_geo.views.changes import feed as items
from hsc_geo.views.changes.feed import Feed, Item
from hsc_geo.views.kit.names import Names
from hsc_geo.web import register
from hsc_geo.web.document import LANGUAGES, TITLES
from hsc_geo.web.paths import FEED
from hsc_geo.web.resource import Resource, answer
from hsc_geo.web.screen import visit_without_page
from hsc_geo.web.sharing import site
from hsc_geo.web.site_paths import CHANGES, language_of

MEDIA = "application/atom+xml"
ATOM = "http://www.w3.org/2005/Atom"
AREA, AMBITION, LANG = PARAMETERS = ("area", "ambition", "lang")
_BEGAN = "2026"  # the year of which the ids are (RFC 4151: one in which the name was the site's own)


def changes(request: Request) -> Response:
    """The feed; 304 for who has it. Raises WrongParameter."""
    given = _given(request)
    language = given.get(LANG) or language_of(request)
    n = visit_without_page(register.package(), language, "")
    area = _known(AREA, given.get(AREA, ""), items.known_areas(n))
    ambition = _known(AMBITION, given.get(AMBITION, ""), n.codes("ambition"))
    found = items.feed(n, area, ambition)
    asked = {AREA: area, AMBITION: ambition, LANG: language}
    text = written(
        n, found, {key: value for key, value in asked.items() if value}, site(request), _host(request)
    )
    modified = found.at.astimezone(dt.UTC).replace(microsecond=0)
    made = answer(request, Resource(text, MEDIA, level=1), immutable=False)
    if _has_it(request, modified):
        made = Response(status_code=304, headers=dict(made.headers.items()))
        del made.headers["content-length"]
    made.headers["Last-Modified"] = format_datetime(modified, usegmt=True)
    request.state.said = language
    return made


def _given(request: Request) -> dict[str, str]:
    """The parameters. Raises WrongParameter for another name, one that stands there twice, and another language."""
    given = request.query_params.multi_items()
    for name, text in given:
        if name not in PARAMETERS:
            raise WrongParameter(name[:80], text, one_of(PARAMETERS))
    found = once(given, PARAMETERS)
    _known(LANG, found.get(LANG, ""), LANGUAGES)
    return found


def _known(name: str, text: str, known: Iterable[str]) -> str:
    if text and text not in known:
        raise WrongParameter(name, text, one_of(known))
    return text


def _host(request: Request) -> str:
    return request.url.hostname or "localhost"


def _has_it(request: Request, modified: dt.datetime) -> bool:
    """Whether who asks by time alone has the newest (RFC 9110: a tag goes before)."""
    since = request.headers.get("if-modified-since", "")
    if not since or "if-none-match" in request.headers:
        return False
    try:
        known = parsedate_to_datetime(since)
    except (ValueError, OverflowError):  # no date, or a year that there is not
        return False
    return (known if known.tzinfo else known.replace(tzinfo=dt.UTC)) >= modified


def written(n: Names, found: Feed, asked: dict[str, str], home: str, host: str) -> bytes:
    """The feed as bytes. asked: the choices in its address; home: the address of the site."""
    ET.register_namespace("", ATOM)
    root = ET.Element(_name("feed"), {"{http://www.w3.org/XML/1998/namespace}lang": asked[LANG]})
    own = urlencode(asked)
    page = {
        key: value for key, value in {"area": asked.get(AREA), "amb": asked.get(AMBITION)}.items() if value
    }
    shown = f"{home}/{CHANGES}?{urlencode({**page, LANG: asked[LANG]})}"
    choices = urlencode({key: value for key, value in asked.items() if key != LANG})
    _text(root, "id", _tag(host, "feed", choices, asked[LANG]))
    _text(root, "title", found.title)
    _text(root, "subtitle", found.subtitle)
    _text(root, "updated", _moment(found.at))
    _link(root, "self", f"{home}{FEED}?{own}", MEDIA)
    _link(root, "alternate", shown, "text/html")
    _author(root, n.here.author)
    _text(root, "generator", TITLES[asked[LANG]])
    for each in found.items:
        _entry(root, each, asked[LANG], home, host)
    return ET.tostring(root, encoding="utf-8", xml_declaration=True)


def _entry(root: ET.Element, item: Item, language: str, home: str, host: str) -> None:
    entry = ET.SubElement(root, _name("entry"))
    _text(entry, "id", _tag(host, item.mark))
    _text(entry, "title", item.title)
    _text(entry, "updated", _moment(item.at))
    _link(entry, "alternate", f"{home}/{item.page}?{urlencode({**item.query, LANG: language})}", "text/html")
    for term, label in item.terms:
        ET.SubElement(entry, _name("category"), {"term": carriable(term), "label": carriable(label)})
    _text(entry, "summary", item.text or item.title)


def _author(root: ET.Element, name: str) -> None:
    author = ET.SubElement(root, _name("author"))
    _text(author, "name", name)


def _text(parent: ET.Element, name: str, text: str) -> None:
    """An element with text: what XML cannot hold is left out, what means something to it is escaped."""
    ET.SubElement(parent, _name(name)).text = carriable(text)


def _link(parent: ET.Element, rel: str, address: str, media: str) -> None:
    ET.SubElement(parent, _name("link"), {"rel": rel, "type": media, "href": address})


def _name(name: str) -> str:
    return f"{{{ATOM}}}{name}"


def _tag(host: str, *parts: str) -> str:
    return f"tag:{host},{_BEGAN}:" + "/".join(quote(part, safe="/=&") for part in parts if part)


def _moment(at: dt.datetime) -> str:
    """By RFC 3339, in UTC."""
    return at.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
