"""What the one search answers: its results in words, each with the page and the choices that it leads to."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis.explore import facet_index
from hsc_geo.analysis.facets import select
from hsc_geo.analysis.search import ALIKE, MOST_LETTERS, PART, Found, search
from hsc_geo.analysis.search_index import (
    AREA,
    FIGURE,
    INITIATIVE,
    ORGANISATION,
    PAGE,
    TOPIC_KINDS,
    Thing,
)
from hsc_geo.analysis.serving import NEIGHBOURHOOD
from hsc_geo.data.load import Package
from hsc_geo.domain.text import carriable
from hsc_geo.views.kit.links import NEAR, PARTNERS
from hsc_geo.views.kit.links import ORGANISATION as ORGANISATION_PART
from hsc_geo.views.kit.names import AS_OF, EDITION, Names
from hsc_geo.views.map.choices import KEYS, TEXT
from hsc_geo.views.maps.points import point_text
from hsc_geo.views.wording.found import count_text, found_detail, found_name, group_name, in_texts
from hsc_geo.web import editions
from hsc_geo.web.resource import Resource, answer
from hsc_geo.web.screen import visit_without_page

Query = list[tuple[str, str]]
MAP = "kaart"
KEPT = "private, max-age=60"  # what was typed goes to nobody else


def found(request: Request, package: Package) -> Response:
    """The answer for `q` in the language `lang`, as JSON (see `told`), of the edition and on the day that the page
    shows; of an edition that cannot be opened the page shows the present one, and so does this."""
    given = request.query_params
    opened = editions.found(given.get(EDITION, ""))
    day = given.get(AS_OF, "")
    n = (
        visit_without_page(opened.package, given.get("lang", ""), day, of=opened.edition)
        if opened
        else visit_without_page(package, given.get("lang", ""), day)
    )
    body = json.dumps(told(n, given.get("q", "")), ensure_ascii=False).encode()
    made = answer(request, Resource(body, "application/json"), immutable=False)
    made.headers["Cache-Control"] = KEPT
    return made


def told(n: Names, asked: str) -> dict[str, Any]:
    """The answer for a text: `said`, read aloud; `groups` of results, each with `label`, `detail`, `page` and `query`;
    `more`: one more of them where no name fits, else null."""
    text = carriable(asked[:MOST_LETTERS]).strip()
    found = search(n.package, text, n.w.code)
    groups: dict[str, list[dict[str, Any]]] = {}
    for each in found:
        groups.setdefault(group_name(n, each.thing.kind), []).append(_item(n, each))
    return {
        "said": count_text(n, text, len(found)),
        "groups": [{"name": name, "items": items} for name, items in groups.items()],
        "more": _more(n, text, found),
    }


def _item(n: Names, found: Found) -> dict[str, Any]:
    page, query = leads_to(n, found.thing)
    return {"label": found_name(n, found), "detail": found_detail(n, found), "page": page, "query": query}


def _more(n: Names, text: str, found: Sequence[Found]) -> dict[str, Any] | None:
    """The filter of the map on words, where no name fits as it was typed."""
    if any(each.why not in (ALIKE, PART) for each in found):
        return None
    count = int(select(facet_index(n.package, n.today), {}, text).sum()) if text else 0
    if found and not count:
        return None
    query = [(TEXT, text)] if count else []
    return {"label": in_texts(n, text, count), "detail": "", "page": MAP, "query": query}


def leads_to(n: Names, thing: Thing) -> tuple[str, Query]:
    """The path of the page that shows a thing, and the choices there."""
    if thing.kind in TOPIC_KINDS:
        return MAP, [(KEYS[thing.kind], thing.code)]
    if thing.kind == AREA:
        near = n.package.areas.at[thing.code, "level"] == NEIGHBOURHOOD
        return MAP, [*([("level", NEIGHBOURHOOD)] if near else []), ("sel", thing.code)]
    if thing.kind in (INITIATIVE, FIGURE):
        return MAP, [("sel" if thing.kind == INITIATIVE else "ind", thing.code)]
    if thing.kind == ORGANISATION:
        return PARTNERS, [("part", ORGANISATION_PART), ("org", thing.code)]
    if thing.kind == PAGE:
        return thing.code, []
    place = ("at", point_text(thing.at)) if thing.at else ("place", thing.area)
    return PARTNERS, [("part", NEAR), place]
