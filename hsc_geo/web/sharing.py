"""What the bar of a view asks for: its paper or the picture of its map, made from the address, and a QR code of it."""

from __future__ import annotations

import io
import threading
from collections.abc import Callable, Mapping
from urllib.parse import SplitResult, urlsplit

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import AS_OF, EDITION, OWN_AREAS, Names
from hsc_geo.web import editions
from hsc_geo.web.paths import base_path

AT_ONCE = 2  # files that are made at one time: each takes a processor for a second
PATIENCE = 30.0  # seconds that one waits for its turn
LONGEST = 1500  # letters of an address that a telephone can still read
_turns = threading.Semaphore(AT_ONCE)


def paper(request: Request, package: Callable[[], Package]) -> Response:
    """The paper of a view, or the picture of its map, for the choices in the address; 404 for another kind or form,
    for a picture of what has no map, and for an edition that cannot be opened."""
    # Late: what they bring is not needed to listen.
    from hsc_geo.views.brief import kinds
    from hsc_geo.views.paper import take

    kind, form = request.path_params["kind"], request.path_params["form"]
    if kind not in kinds.KINDS or form not in take.FORMS:
        raise HTTPException(404)
    query = {key: request.query_params.getlist(key) for key in request.query_params}
    n = _visit(query, package)
    if not _turns.acquire(timeout=PATIENCE):
        raise HTTPException(503, "Busy")
    try:
        document = kinds.asked_for(n, kind, query, site(request))
        content = take.taken(n, document, form)
    finally:
        _turns.release()
    if content is None:
        raise HTTPException(404)
    headers = {
        "Content-Disposition": f'attachment; filename="{take.file_name(document, form)}"',
        "Cache-Control": "no-store",
    }
    return Response(content, media_type=take.MEDIA[form], headers=headers)


def _visit(query: Mapping[str, list[str]], package: Callable[[], Package]) -> Names:
    """What an address asks a file of. One of an edition that is gone is never made of other data: 404."""
    from hsc_geo.web.screen import visit_without_page  # late, as above

    lang, day, own_areas, name = (query.get(key, [""])[-1] for key in ("lang", AS_OF, OWN_AREAS, EDITION))
    if not name:
        return visit_without_page(package(), lang, day, own_areas)
    opened = editions.found(name)
    if opened is None:
        raise HTTPException(404)
    return visit_without_page(opened.package, lang, day, own_areas, opened.edition)


def site(request: Request) -> str:
    """The address of the site as the browser knows it: that of the page which asks, where it is of this host."""
    here = _ours(request, request.headers.get("referer", "")) or urlsplit(str(request.base_url))
    return f"{here.scheme}://{here.netloc}{base_path()}"


def _ours(request: Request, address: str) -> SplitResult | None:
    """An address of this site, on whatever port; None for any other text."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    inside = parts.path.startswith(f"{base_path()}/")
    return parts if web and inside and parts.hostname == request.url.hostname else None


def qr(request: Request) -> Response:
    """A QR code of an address of this site; 404 for another one, and 414 for one that is too long."""
    wanted = request.query_params.get("to", "")
    if _ours(request, wanted) is None:
        raise HTTPException(404)
    if len(wanted) > LONGEST:
        raise HTTPException(414)
    drawn = io.BytesIO()
    segno.make_qr(wanted, error="m").save(drawn, kind="svg", scale=4, border=4, light="#ffffff")
    return Response(drawn.getvalue(), media_type="image/svg+xml", headers={"Cache-Control": "no-store"})
