"""All figures as files: made when first asked for, kept for the edition, and never part of a page's message."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from hsc_geo.analysis import bulk
from hsc_geo.data.load import Package
from hsc_geo.views.kit.names import EDITION
from hsc_geo.web.paths import address
from hsc_geo.web.resource import Resource

ZIP, PARQUET = "application/zip", "application/vnd.apache.parquet"


@dataclass(frozen=True)
class _File:
    media_type: str
    make: Callable[[Package, int], bytes]


FILES = {
    "figures.parquet": _File(PARQUET, bulk.to_parquet),
    "figures-csv.zip": _File(ZIP, bulk.to_csv_zip),
    "figures-excel-nl.zip": _File(ZIP, partial(bulk.to_csv_zip, excel=True)),
}

MOST = 2 * len(FILES)  # in memory: those of the present edition, and of one that a page opened
_lock = threading.Lock()
_made: dict[tuple[str, str], Resource] = {}


def figures_file(package: Package, name: str) -> Resource:
    """One of FILES; KeyError for another name. Only the MOST that were asked for last are kept."""
    key, file = (bulk.edition(package), name), FILES[name]
    with _lock:
        found = _made.pop(key, None)
        _made[key] = found or Resource(file.make(package, dt.date.today().year), file.media_type)
        while len(_made) > MOST:
            del _made[next(iter(_made))]
        return _made[key]


def figures_urls(edition: str = "") -> dict[str, str]:
    """The address of each of FILES: of the edition of this name, else always of the newest one, so that a program can
    keep it."""
    asked = f"?{EDITION}={edition}" if edition else ""
    return {name: address(f"figures/{name}") + asked for name in FILES}


def file_name(package: Package, name: str) -> str:
    """What a browser calls the file: with the edition in it."""
    return f"hsc-geo-{bulk.edition(package)}-{name}"
