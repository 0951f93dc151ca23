"""The routes of the open API, each of which only reads."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from hsc_geo.domain.message import Message
from hsc_geo.web.api import ogc
from hsc_geo.web.api.answers import ROOT, Endpoint, endpoint, words
from hsc_geo.web.api.limits import Allowance, Limits
from hsc_geo.web.paths import FEED, base_path


def api_routes(limits: Limits) -> list[BaseRoute]:
    """All routes under `/api`, and the feed; one allowance for each address over all of them."""
    allowance = Allowance(limits)
    return [
        Route(f"{base_path()}{FEED}", endpoint(allowance, feed, no_feed)),
        Route(f"{base_path()}{FEED}/{{rest:path}}", endpoint(allowance, unknown, no_feed)),
        *(
            Route(f"{base_path()}{ROOT}{path}", endpoint(allowance, function))
            for path, function in _PATHS.items()
        ),
    ]


# Late, each of them: the store of the register, and what writes a package, are not needed to listen.
def hsds(request: Request) -> Response:
    """What HSDS asks of `/`."""
    from hsc_geo.web.api import hsds as pages

    return pages.about(request)


def hsds_some(request: Request) -> Response:
    """A page of a list."""
    from hsc_geo.web.api import hsds as pages

    return pages.some(request)


def hsds_one(request: Request) -> Response:
    """One thing of a list."""
    from hsc_geo.web.api import hsds as pages

    return pages.one(request)


def feed(request: Request) -> Response:
    """What changed, as Atom."""
    from hsc_geo.web import feed as changed

    return changed.changes(request)


def no_feed(request: Request, status: int, detail: str, **_more: str) -> Response:
    """What is wrong with what was asked of the feed, as text in the language that is asked for: a person made its
    address."""
    text = f"{words(request).told(detail)}\n"
    return PlainTextResponse(text.encode("utf-8", "replace"), status, {"Cache-Control": "no-store"})


def figures(request: Request) -> Response:
    """All figures as one file."""
    from hsc_geo.web.api import files

    return files.all_figures(request)


def edition(request: Request) -> Response:
    """The edition as one file."""
    from hsc_geo.web.api import files

    return files.edition(request)


def edition_list(request: Request) -> Response:
    """The editions that are kept."""
    from hsc_geo.web.api import files

    return files.edition_list(request)


def edition_kept(request: Request) -> Response:
    """One of them as one file."""
    from hsc_geo.web.api import files

    return files.edition_kept(request)


def style(request: Request) -> Response:
    """How a GIS draws a collection."""
    from hsc_geo.web.api import styles

    return styles.style(request)


def dictionary(request: Request) -> Response:
    """What everything means."""
    from hsc_geo.web.api import files

    return files.dictionary_json(request)


def unknown(request: Request) -> Response:
    """Any other path."""
    raise HTTPException(404, Message("there is nothing at this address; begin at /api"))


_PATHS: dict[str, Endpoint] = {
    **ogc.PATHS,
    "/hsds": hsds,
    "/hsds/": hsds,
    "/hsds/{name}": hsds_some,
    "/hsds/{name}/{id}": hsds_one,
    "/dictionary.json": dictionary,
    "/figures.parquet": figures,
    "/figures-csv.zip": figures,
    "/edition.zip": edition,
    "/styles/{collection}.sld": style,
    "/editions": edition_list,
    "/editions/{edition}.zip": edition_kept,
    "/{rest:path}": unknown,
}
