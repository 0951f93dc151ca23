"""Files of the open API: all figures, the edition as one zip, and what each table, column and code means."""

from __future__ import annotations

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis import bulk as figures
from hsc_geo.data.cached import per_package
from hsc_geo.data.dictionary_json import dictionary
from hsc_geo.data.load import Package
from hsc_geo.data.packing import packed
from hsc_geo.domain.message import Message
from hsc_geo.web import bulk, editions
from hsc_geo.web.api.answers import address, attached, link, package, parameters, told
from hsc_geo.web.resource import Resource, answer

EDITION = "edition.zip"


def all_figures(request: Request) -> Response:
    """One of the files with all figures, the same as on the page Data."""
    parameters(request)
    now, name = package(), request.url.path.rpartition("/")[2]
    return attached(answer(request, bulk.figures_file(now, name), immutable=False), bulk.file_name(now, name))


def edition(request: Request) -> Response:
    """What the site shows now, as a data package in a zip."""
    parameters(request)
    now = package()
    return attached(answer(request, _zip(now), immutable=False), f"hsc-geo-{now.snapshot}.zip")


def edition_list(request: Request) -> Response:
    """The editions that are kept, the oldest first, each with its zip."""
    parameters(request)
    here = address(request, "editions")
    return told(
        request,
        {
            "present": package().snapshot,
            "editions": [
                {
                    "id": each.name,
                    "day": each.day.isoformat(),
                    "snapshot": each.snapshot,
                    "links": [link(f"{here}/{each.name}.zip", "enclosure", bulk.ZIP)],
                }
                for each in editions.shelf().all()
            ],
            "links": [link(here, "self"), link(address(request, EDITION), "enclosure", bulk.ZIP)],
        },
    )


def edition_kept(request: Request) -> Response:
    """One that is kept, as its zip."""
    parameters(request)
    name = str(request.path_params["edition"])
    opened = editions.found(name)
    if opened is None:
        raise HTTPException(
            404,
            Message(
                "there is no edition {name} that can be read here; /api/editions has them all",
                name=repr(name[:80]),
            ),
        )
    return attached(answer(request, _zip(opened.package), immutable=False), f"hsc-geo-{name}.zip")


@per_package(maxsize=1)
def _zip(package: Package) -> Resource:
    return Resource(packed(package), bulk.ZIP)


def dictionary_json(request: Request) -> Response:
    """Tables, columns, codes and indicators with their meaning in two languages."""
    parameters(request)
    now = package()
    return told(request, dictionary(now, {figures.ROWS: figures.FIELDS}))
