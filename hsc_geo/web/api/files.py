"""Files of the open API: all figures, the edition as one zip, and what each table, column and code means."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from hsc_geo.analysis import bulk as figures
from hsc_geo.data.cached import per_package
from hsc_geo.data.dictionary_json import dictionary
from hsc_geo.data.load import Package
from hsc_geo.data.packing import packed
from hsc_geo.web import bulk
from hsc_geo.web.api.answers import package, parameters, told
from hsc_geo.web.resource import Resource, answer

EDITION = "edition.zip"


def all_figures(request: Request) -> Response:
    """One of the files with all figures, the same as on the page Data."""
    parameters(request)
    now, name = package(), request.url.path.rpartition("/")[2]
    return _attached(
        answer(request, bulk.figures_file(now, name), immutable=False), bulk.file_name(now, name)
    )


def edition(request: Request) -> Response:
    """What the site shows now, as a data package in a zip."""
    parameters(request)
    now = package()
    return _attached(answer(request, _zip(now), immutable=False), f"hsc-geo-{now.snapshot}.zip")


@per_package(maxsize=1)
def _zip(package: Package) -> Resource:
    return Resource(packed(package), bulk.ZIP)


def _attached(response: Response, name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def dictionary_json(request: Request) -> Response:
    """Tables, columns, codes and indicators with their meaning in two languages."""
    parameters(request)
    now = package()
    return told(request, dictionary(now, {figures.ROWS: figures.FIELDS}))
